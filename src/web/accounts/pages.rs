//! Signing up, in and out at the pages' door. The token goes into the cookie and nowhere else.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use secrecy::ExposeSecret as _;

use super::code;
use super::refused::Refused;
use super::views::{LoginPage, MessagePage, SignupPage};
use crate::accounts::actions::{self, Lobby, LogIn, Login, SignedIn, SignedUp};
use crate::accounts::caller::remember_device;
use crate::error::{Error, FieldErrors, Result};
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
    let form = Form {
        next: wanted(&request),
        invite: asked(&request, "invite"),
        ..Form::default()
    };
    let lobby = state.lobby(asked_locale(request.headers()));
    actions::check_invitation(&lobby, &form.invite, state.now()).await?;
    Ok(render::uncached(
        HttpResponse::Ok(),
        &signup_page(&request, form),
    ))
}

/// `POST /signup`
pub async fn sign_up(
    state: web::Data<State>,
    request: HttpRequest,
    FormBody(mut body): FormBody,
) -> PageResult {
    let invite = body.take_text("invite");
    let lobby = Lobby {
        has_examples: state.config().has_examples,
        ..state.lobby(asked_locale(request.headers()))
    };
    actions::check_invitation(&lobby, &invite, state.now()).await?;
    let (mut form, login) = read(body);
    form.invite = invite;
    let caller = client::caller(&state, &request);
    let attempt =
        async { actions::sign_up(&lobby, (login?, &form.invite), &caller, state.now()).await };
    match attempt.await {
        Ok(SignedUp::In(signed_in)) => enter(&state, &request, &signed_in, &form.next).await,
        Ok(SignedUp::Mailed) => Ok(mailed(
            Frame::signed_out(lobby.locale),
            Locale::mailed_sign_up,
        )),
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
    invite: String,
    is_unconfirmed: bool,
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

/// Where somebody wanted to go who was sent to sign in first.
pub(super) fn wanted(request: &HttpRequest) -> String {
    next::accepted(&asked(request, "next"))
        .unwrap_or_default()
        .to_owned()
}

/// What stands once under this name behind the address; else nothing.
pub(super) fn asked(request: &HttpRequest, name: &str) -> String {
    let query = url::form_urlencoded::parse(request.query_string().as_bytes());
    let mut named = query.filter(|(key, _)| key == name);
    match (named.next(), named.next()) {
        (Some((_, value)), None) => value.into_owned(),
        _ => String::new(),
    }
}

/// Says that a mail is on its way, whether or not it is.
pub(super) fn mailed(frame: Frame, sentence: fn(Locale) -> &'static str) -> HttpResponse {
    let say = frame.say;
    let page = MessagePage {
        title: say.mailed_title(),
        sentences: vec![sentence(say), say.mailed_none()],
        way_on: "/login",
        way_on_label: say.login_title(),
        frame,
    };
    render::uncached(HttpResponse::Ok(), &page)
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
    form.is_unconfirmed = matches!(error, Error::Unconfirmed);
    let refused = Refused::said(error, &["email", "password"], say)?;
    let response = refused.response();
    (form.errors, form.notice) = (refused.errors, refused.notice);
    Ok((response, form))
}

fn login_page(state: &State, request: &HttpRequest, form: Form) -> LoginPage {
    LoginPage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        email: form.email,
        next: form.next,
        errors: form.errors,
        notice: form.notice,
        signup_open: state.is_signup_open(),
        sends_mail: state.post().is_some(),
        is_unconfirmed: form.is_unconfirmed,
    }
}

fn signup_page(request: &HttpRequest, form: Form) -> SignupPage {
    SignupPage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        email: form.email,
        next: form.next,
        errors: form.errors,
        notice: form.notice,
        invite: form.invite,
    }
}
