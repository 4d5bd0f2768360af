//! The pages and routes with which somebody looks after their account: one file a subject.

pub mod data;
pub mod password;
pub mod sign_ins;
pub mod tokens;
pub mod two_step;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use secrecy::ExposeSecret as _;

use super::refused::Refused;
use crate::accounts::actions::{Lobby, SignedIn};
use crate::accounts::{Access, Caller, Credential};
use crate::error::Result;
use crate::store::{Length, Mine, Standing};
use crate::web::client;
use crate::web::cookie;
use crate::web::frame::{FieldError, Flash, Frame};
use crate::web::markup::Html;
use crate::web::state::State;
use crate::web::tasks::navigation::{Here, frame};
use crate::web::visitor::Visitor;
use crate::words::Locale;

const SETTINGS: &str = "/settings";

/// What stands on each of these pages.
#[derive(Clone, Debug)]
pub struct Shell {
    /// What surrounds it.
    pub frame: Frame,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
}

impl Shell {
    /// The shell for who is signed in, with what they have just done.
    async fn of(user: &Visitor, request: &HttpRequest) -> Result<(Standing, Self)> {
        let (standing, mut shell) = Self::around(user, user.credential()).await?;
        shell.frame.flash = done(request.query_string(), shell.frame.say);
        Ok((standing, shell))
    }

    /// The shell for who has just ended the sign-in that the request came with.
    async fn of_signed_in(user: &Visitor, signed_in: &SignedIn) -> Result<(Standing, Self)> {
        let token = signed_in.issued.token.expose_secret();
        let state = user.state();
        let credential = state.tokens().verify(token, Access::Read, user.now())?;
        Self::around(user, credential).await
    }

    async fn around(user: &Visitor, credential: Credential) -> Result<(Standing, Self)> {
        let (state, now) = (user.state().clone(), user.now());
        let read = move |mine: &mut Mine<'_>| mine.nav(state.navs(), now);
        let (standing, nav) = user
            .state()
            .store()
            .read(credential, Length::Long, read)
            .await?;
        let shell = Self {
            frame: frame(&standing, &nav, &Here::Address(SETTINGS)),
            errors: Vec::new(),
            notice: None,
        };
        Ok((standing, shell))
    }

    /// The shell around a form that was refused.
    async fn refused(user: &Visitor, request: &HttpRequest, refused: Refused) -> Result<Self> {
        let (_, mut shell) = Self::of(user, request).await?;
        shell.errors = refused.errors;
        shell.notice = refused.notice;
        Ok(shell)
    }
}

/// What was just done, said once.
fn done(query: &str, say: Locale) -> Option<Flash> {
    let words = match query.strip_prefix("done=")? {
        "password" => say.password_changed(),
        "codes-off" => say.two_step_turned_off(),
        "revoked" => say.tokens_revoked(),
        "everywhere" => say.sign_ins_ended(),
        _ => return None,
    };
    Some(Flash {
        words: Html::text(words),
        undo: None,
        link: None,
        understood: None,
    })
}

/// Who is asking, for what counts and notes it.
fn caller(user: &Visitor, request: &HttpRequest) -> Caller {
    client::caller(user.state(), request)
}

/// What changing an account needs; nobody new is made here, so the language does not matter.
fn lobby(user: &Visitor) -> Lobby<'_> {
    user.state().lobby(Locale::default())
}

/// On to another page, with the cookie of the sign-in that goes on.
fn go_on(state: &State, signed_in: &SignedIn, address: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, address));
    sign_in(state, &mut response, signed_in);
    response.finish()
}

/// Puts the cookie of the sign-in that goes on into an answer.
fn sign_in(state: &State, response: &mut HttpResponseBuilder, signed_in: &SignedIn) {
    let token = signed_in.issued.token.expose_secret();
    response.cookie(cookie::SESSION.set(token, state.is_https()));
}
