//! The second step of signing in: the code, for who gave the password a moment ago.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::pages::{enter, wanted};
use super::refused::Refused;
use crate::accounts::actions;
use crate::error::{Error, Sentence};
use crate::web::body::FormBody;
use crate::web::cookie::{self, Sent};
use crate::web::frame::{FieldError, Frame, framed};
use crate::web::page_error::{PageResult, sentence_case};
use crate::web::state::State;
use crate::web::visitor::asked_locale;
use crate::web::{client, next, render};
use crate::words::Locale;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/code.html")]
pub struct CodePage {
    /// What surrounds the form.
    pub frame: Frame,
    /// Where to go afterwards; empty when nobody asked for anything.
    pub next: String,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
}

framed!(CodePage);

/// Where the code is asked for, on the way to another page.
pub fn address(next: &str) -> String {
    match next {
        "" => "/login/code".to_owned(),
        next => {
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            format!("/login/code?next={next}")
        }
    }
}

/// `GET /login/code`
pub async fn show(state: web::Data<State>, request: HttpRequest) -> PageResult {
    let Some(halfway) = halfway(&state, &request) else {
        return Ok(begin_again(&state));
    };
    if state
        .tokens()
        .verify_second_step(halfway, state.now())
        .is_err()
    {
        return Ok(begin_again(&state));
    }
    Ok(render::uncached(
        HttpResponse::Ok(),
        &page(&request, wanted(&request)),
    ))
}

/// `POST /login/code`
pub async fn enter_code(
    state: web::Data<State>,
    request: HttpRequest,
    FormBody(form): FormBody,
) -> PageResult {
    let Some(halfway) = halfway(&state, &request) else {
        return Ok(begin_again(&state));
    };
    let say = asked_locale(request.headers());
    let goal = next::accepted(form.text("next"))
        .unwrap_or_default()
        .to_owned();
    let (lobby, caller) = (state.lobby(say), client::caller(&state, &request));
    let entered = async {
        let [code, _next] = form.texts(["code", "next"])?;
        actions::finish_log_in(&lobby, halfway, &code, &caller, state.now()).await
    };
    match entered.await {
        Ok(signed_in) => {
            let mut response = enter(&state, &request, &signed_in, &goal).await?;
            response
                .add_cookie(&cookie::SECOND_STEP.clear(state.is_https()))
                .map_err(|error| Error::internal(error.to_string()))?;
            Ok(response)
        }
        Err(Error::Unauthenticated) => Ok(begin_again(&state)),
        Err(error) => {
            let is_over = matches!(error, Error::SlowDown(_));
            let refused = Refused::said(error, &["code"], say)?;
            let mut response = refused.response();
            let mut page = page(&request, goal);
            page.errors = refused.errors;
            page.notice = refused.notice;
            if is_over {
                response.cookie(cookie::SECOND_STEP.clear(state.is_https()));
                let sentence = Sentence::Said(Locale::code_begin_again);
                page.notice = Some(sentence_case(&sentence.in_locale(say)));
            }
            Ok(render::uncached(response, &page))
        }
    }
}

fn halfway<'r>(state: &State, request: &'r HttpRequest) -> Option<&'r str> {
    match cookie::SECOND_STEP.read(request.headers(), state.is_https()) {
        Sent::One(token) => Some(token),
        Sent::None | Sent::Ambiguous => None,
    }
}

/// To the password, for who has given none or is too late.
fn begin_again(state: &State) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, "/login"));
    response.cookie(cookie::SECOND_STEP.clear(state.is_https()));
    response.finish()
}

fn page(request: &HttpRequest, next: String) -> CodePage {
    CodePage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        next,
        errors: Vec::new(),
        notice: None,
    }
}
