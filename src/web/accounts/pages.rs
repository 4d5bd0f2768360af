//! Signing up, in and out at the pages' door. The token goes into the cookie and nowhere else.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use secrecy::ExposeSecret as _;

use super::code;
use super::refused::Refused;
use super::views::{LoginPage, SignupPage};
use crate::accounts::actions::{self, Lobby, LogIn, Login, SignedIn};
use crate::accounts::caller::remember_device;
use crate::error::{Error, FieldErrors, Result, Sentence};
use crate::web::body::{FormBody, Members};
use crate::web::frame::{FieldError, Frame};
use crate::web::page_error::PageResult;
use crate::web::state::State;
use crate::web::visitor::asked_locale;
use crate::web::{client, cookie, next, render, visitor};
use crate::words::Locale;

/// `GET /login`
pub async fn show_login(state: web::Data<State>, request: HttpRequest) -> PageResult {
    let form = Form {
        next: wanted(&request),
        ..Form::default()
    };
    Ok(render::uncached(
        HttpResponse::Ok(),
        &login_page(&state, &request, form),
    ))
}

/// `POST /login`
pub async fn log_in(
    state: web::Data<State>,
    request: HttpRequest,
    FormBody(body): FormBody,
) -> PageResult {
    let (form, login) = read(body);
    let (lobby, caller) = (
        state.lobby(asked_locale(request.headers())),
        client::caller(&state, &request),
    );
    let attempt = async { actions::log_in(&lobby, login?, None, &caller, state.now()).await };
    match attempt.await {
        Ok(LogIn::Done(signed_in)) => enter(&state, &request, &signed_in, &form.next).await,
        Ok(LogIn::CodeWanted(halfway)) => {
            let mut response = HttpResponse::SeeOther();
            response.insert_header((header::LOCATION, code::address(&form.next)));
            let token = halfway.token.expose_secret();
            response.cookie(cookie::SECOND_STEP.set(token, state.is_https()));
            Ok(response.finish())
        }
        Err(error) => {
            let (response, form) = refuse(form, error, asked_locale(request.headers()))?;
            Ok(render::uncached(
                response,
                &login_page(&state, &request, form),
            ))
        }
    }
}

/// `GET /signup`
pub async fn show_signup(state: web::Data<State>, request: HttpRequest) -> PageResult {
    check_open(&state)?;
    let form = Form {
        next: wanted(&request),
        ..Form::default()
    };
    Ok(render::uncached(
        HttpResponse::Ok(),
        &signup_page(&request, form),
    ))
}

/// `POST /signup`
pub async fn sign_up(
    state: web::Data<State>,
    request: HttpRequest,
    FormBody(body): FormBody,
) -> PageResult {
    check_open(&state)?;
    let (form, login) = read(body);
    let lobby = Lobby {
        has_examples: state.config().has_examples,
        ..state.lobby(asked_locale(request.headers()))
    };
    let caller = client::caller(&state, &request);
    let attempt = async { actions::sign_up(&lobby, login?, &caller, state.now()).await };
    match attempt.await {
        Ok(signed_in) => enter(&state, &request, &signed_in, &form.next).await,
        Err(error) => {
            let (response, form) = refuse(form, error, asked_locale(request.headers()))?;
            Ok(render::uncached(response, &signup_page(&request, form)))
        }
    }
}

/// `POST /logout`
///
/// Leads to the log-in also when nobody was signed in any more.
pub async fn log_out(state: web::Data<State>, request: HttpRequest) -> PageResult {
    if let Ok(credential) = visitor::session(&request) {
        actions::log_out(state.store(), credential).await?;
    }
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, "/login"));
    response.cookie(cookie::SESSION.clear(state.is_https()));
    if state.is_https() {
        // Not "cookies": that would sign people out of every other site under the same domain.
        response.insert_header(("clear-site-data", "\"cache\""));
    }
    Ok(response.finish())
}

/// What stood in the form, but for the password.
#[derive(Default)]
struct Form {
    email: String,
    next: String,
    errors: Vec<FieldError>,
    notice: Option<String>,
}

fn read(mut body: Members) -> (Form, Result<Login>) {
    let email = body.take_text("email");
    let password = body.take_text("password");
    let next = next::accepted(&body.take_text("next"))
        .unwrap_or_default()
        .to_owned();
    let mut errors = FieldErrors::default();
    body.refuse_rest(&mut errors);
    let login = errors
        .into_result()
        .and_then(|()| Login::parse(&email, &password));
    (
        Form {
            email,
            next,
            ..Form::default()
        },
        login,
    )
}

fn check_open(state: &State) -> Result<()> {
    if state.is_signup_open() {
        return Ok(());
    }
    Err(Error::Forbidden(Sentence::Said(Locale::signup_closed)))
}

/// Where somebody wanted to go who was sent to sign in first.
pub(super) fn wanted(request: &HttpRequest) -> String {
    let query = url::form_urlencoded::parse(request.query_string().as_bytes());
    let mut named = query.filter(|(name, _)| name == "next");
    match (named.next(), named.next()) {
        (Some((_, next)), None) => next::accepted(&next).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// Signs in the browser; a sign-in that it had before ends.
pub(super) async fn enter(
    state: &State,
    request: &HttpRequest,
    signed_in: &SignedIn,
    goal: &str,
) -> PageResult {
    if let Ok(before) = visitor::session(request) {
        actions::log_out(state.store(), before).await?;
    }
    let token = signed_in.issued.token.expose_secret();
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, next::or_home(Some(goal))));
    response.cookie(cookie::SESSION.set(token, state.is_https()));
    let device = remember_device(state.keys(), &signed_in.email, state.now())?;
    response.cookie(cookie::DEVICE.set(&device, state.is_https()));
    Ok(response.finish())
}

/// The form with what was wrong, for errors that the person can mend; others pass on.
fn refuse(mut form: Form, error: Error, say: Locale) -> Result<(HttpResponseBuilder, Form)> {
    let refused = Refused::said(error, &["email", "password"], say)?;
    let response = refused.response();
    (form.errors, form.notice) = (refused.errors, refused.notice);
    Ok((response, form))
}

fn login_page(state: &State, request: &HttpRequest, form: Form) -> LoginPage {
    let Form {
        email,
        next,
        errors,
        notice,
    } = form;
    LoginPage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        email,
        next,
        errors,
        notice,
        signup_open: state.is_signup_open(),
    }
}

fn signup_page(request: &HttpRequest, form: Form) -> SignupPage {
    let Form {
        email,
        next,
        errors,
        notice,
    } = form;
    SignupPage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        email,
        next,
        errors,
        notice,
    }
}
