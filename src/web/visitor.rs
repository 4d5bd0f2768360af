//! Who is asking, checked before a handler runs.
//!
//! Pages read the cookie and ignore `Authorization`; the API reads `Authorization: Bearer` and
//! ignores cookies. So the API needs no rule against forged forms, and a bad token never falls back
//! to anything. Signature and claims are checked here without any I/O; whether the account is in
//! order is asked with the first database job of the request.

use std::future::{Ready, ready};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::api_error::ApiError;
use super::client;
use super::cookie::{self, Sent};
use super::page_error::PageError;
use super::state::State;
use crate::accounts::actions::recognise;
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::{Access, Credential, Proof};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::journal::{Door, Occasion};
use crate::store::{Fresh, FrontDesk, Length, Mine, Standing};
use crate::words::Locale;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Somebody with a good token, and their way to the store.
#[derive(Clone)]
pub struct Visitor {
    credential: Credential,
    state: web::Data<State>,
    now: Stamp,
    door: Door,
}

impl Visitor {
    /// How their account stands, if it may be used at all.
    pub async fn standing(&self) -> Result<Standing> {
        self.state.store().admit(self.credential).await
    }

    /// Reads what is theirs.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.look(work).await.map(|(_, value)| value)
    }

    /// Reads what is theirs, and how their account stands.
    pub async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static,
    ) -> Result<(Standing, T)> {
        let store = self.state.store();
        store.read(self.credential, Length::Long, work).await
    }

    /// Looks at no more of what is theirs than an index finds in a moment.
    pub async fn glance<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static,
    ) -> Result<(Standing, T)> {
        let store = self.state.store();
        store.read(self.credential, Length::Short, work).await
    }

    /// Reads what is theirs, unless they have seen it already.
    pub async fn read_unless<T: Send + 'static>(
        &self,
        length: Length,
        has_seen: impl Fn(&Standing) -> bool + Send + 'static,
        work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static,
    ) -> Result<Fresh<T>> {
        self.state
            .store()
            .read_unless(self.credential, length, has_seen, work)
            .await
    }

    /// Changes what is theirs, in one transaction.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Mine<'_>, Stamp) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.tell(work).await.map(|(value, _)| value)
    }

    /// Changes what is theirs, in one transaction, and says by which step of the history that can
    /// be found, if anything changed.
    pub async fn tell<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Mine<'_>, Stamp) -> Result<T> + Send + 'static,
    ) -> Result<(T, Option<i64>)> {
        let occasion = Occasion {
            at: self.now,
            door: self.door,
        };
        self.state
            .store()
            .write(self.credential, occasion, move |mine| {
                work(mine, occasion.at)
            })
            .await
    }

    /// When the request came.
    pub fn now(&self) -> Stamp {
        self.now
    }

    /// What their token says.
    pub fn credential(&self) -> Credential {
        self.credential
    }

    /// The rest of the server.
    pub fn state(&self) -> &State {
        &self.state
    }
}

/// Somebody signed in at the pages.
pub struct PageUser(Visitor);

/// Somebody with a bearer token at the API.
pub struct ApiUser(Visitor);

macro_rules! visitor_at {
    ($user:ident, $error:ident, $door:expr) => {
        impl std::ops::Deref for $user {
            type Target = Visitor;

            fn deref(&self) -> &Visitor {
                &self.0
            }
        }

        impl FromRequest for $user {
            type Error = $error;
            type Future = Ready<std::result::Result<Self, $error>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                ready(visitor(request, $door).map($user).map_err($error))
            }
        }
    };
}

visitor_at!(PageUser, PageError, Door::Page);
visitor_at!(ApiUser, ApiError, Door::Api);

/// Only the middleware below leaves a credential behind, so a route that was left unguarded
/// answers everyone with a refusal rather than somebody with data.
fn visitor(request: &HttpRequest, door: Door) -> Result<Visitor> {
    let credential = request.extensions().get::<Credential>().copied();
    let state = request.app_data::<web::Data<State>>().cloned();
    match (credential, state) {
        (Some(credential), Some(state)) => {
            let now = state.now();
            Ok(Visitor {
                credential,
                state,
                now,
                door,
            })
        }
        (None, _) => Err(Error::Unauthenticated),
        (_, None) => Err(Error::internal("the state is missing")),
    }
}

/// Lets in who has a good cookie, and gives who comes back with an old one a new one.
pub async fn require_session(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let credential = match session(request.request()) {
        Ok(credential) => credential,
        Err(error) => return Ok(request.error_response(PageError(error))),
    };
    let renewed = renewed(request.request(), credential);
    request.extensions_mut().insert(credential);
    let mut response = next.call(request).await?.map_into_boxed_body();
    // Only a good answer shows that the account was looked up and found in order.
    let is_good = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    if let Some((token, is_https)) = renewed.filter(|_| is_good) {
        let cookie = cookie::SESSION.set(token.expose_secret(), is_https);
        response.response_mut().add_cookie(&cookie)?;
    }
    Ok(response)
}

/// Another token for the same sign-in, where the one at hand is a day old and the sign-in may go on.
fn renewed(request: &HttpRequest, credential: Credential) -> Option<(SecretString, bool)> {
    let state = state(request).ok()?;
    let (sign_in, now) = (credential.sign_in().ok()?, state.now());
    let until = i64::from(state.config().renewal_days) * DAY;
    let is_due = credential.access == Access::Read
        && now >= sign_in.issued.plus_seconds(DAY)
        && now < sign_in.since.plus_seconds(until);
    if !is_due {
        return None;
    }
    let issued = state
        .tokens()
        .renew(credential.account, &sign_in, now)
        .ok()?;
    Some((issued.token, state.is_https()))
}

/// Lets in who has a good bearer token.
pub async fn require_bearer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let credential = match admit_bearer(request.request()).await {
        Ok(credential) => credential,
        Err(error) => return Ok(request.error_response(ApiError(error))),
    };
    request.extensions_mut().insert(credential);
    let response = next.call(request).await?.map_into_boxed_body();
    if let Proof::Personal(token) = credential.proof
        && !response.status().is_client_error()
    {
        note_use(response.request(), credential.account, token).await;
    }
    Ok(response)
}

async fn admit_bearer(request: &HttpRequest) -> Result<Credential> {
    let credential = match bearer(request)? {
        // Only what is not ours is worth asking others about.
        Bearer::Others(token) => Box::pin(vouched(request, token)).await?,
        Bearer::Ours(credential) => credential,
    };
    if credential.access == Access::Write {
        state(request)?.writes().count(&credential.account)?;
    }
    Ok(credential)
}

/// Notes now and then that a personal token is in use.
async fn note_use(request: &HttpRequest, account: Uuid, token: Uuid) {
    let Ok(state) = state(request) else {
        return;
    };
    let now = state.now();
    if !state.recent().is_due(token, now) {
        return;
    }
    let noted = Noted::new(Event::TokenUsed, "", &client::caller(state, request), now);
    let note = move |desk: &mut FrontDesk<'_>| desk.note_token_use(account, token, &noted);
    if let Err(error) = state.store().front_desk_write(note).await {
        log::warn!("the use of a token was not noted: {error}");
    }
}

/// The credential in the session cookie.
pub fn session(request: &HttpRequest) -> Result<Credential> {
    let state = state(request)?;
    match cookie::SESSION.read(request.headers(), state.is_https()) {
        Sent::One(token) => state
            .tokens()
            .verify_cookie(token, access(request), state.now()),
        Sent::None | Sent::Ambiguous => Err(Error::Unauthenticated),
    }
}

/// A bearer token, as far as it can be judged without asking anybody.
enum Bearer<'r> {
    Ours(Credential),
    /// Not signed by us.
    Others(&'r str),
}

fn bearer(request: &HttpRequest) -> Result<Bearer<'_>> {
    let state = state(request)?;
    let token = bearer_token(request.headers())?;
    if !state.tokens().claims_ours(token) {
        return Ok(Bearer::Others(token));
    }
    let credential = state.tokens().verify(token, access(request), state.now());
    credential.map(Bearer::Ours)
}

/// The credential in a token of another issuer.
async fn vouched(request: &HttpRequest, token: &str) -> Result<Credential> {
    let state = state(request)?;
    let now = state.now();
    let vouched = state.issuers().verify(token, now).await?;
    let issued = vouched.issued;
    let lobby = state.lobby(asked_locale(request.headers()));
    let caller = client::caller(state, request);
    Ok(Credential {
        account: recognise(&lobby, vouched, state.recent(), &caller, now).await?,
        proof: Proof::Issuer(issued),
        access: access(request),
    })
}

/// What a request is about to do, by its method.
fn access(request: &HttpRequest) -> Access {
    match *request.method() {
        Method::GET | Method::HEAD | Method::OPTIONS => Access::Read,
        _ => Access::Write,
    }
}

/// The token in the one `Authorization` header (RFC 6750, 2.1; the scheme's case does not matter).
fn bearer_token(headers: &HeaderMap) -> Result<&str> {
    let mut values = headers.get_all(AUTHORIZATION);
    let (Some(value), None) = (values.next(), values.next()) else {
        if headers.contains_key(AUTHORIZATION) {
            let detail = "there are several Authorization headers; send one";
            return Err(Error::Malformed(detail.into()));
        }
        return Err(Error::Unauthenticated);
    };
    let value = value.to_str().map_err(|_bytes| Error::Unauthenticated)?;
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        _ => Err(Error::Unauthenticated),
    }
}

/// The language that somebody's browser asks for; it counts as long as nobody is signed in.
pub fn asked_locale(headers: &HeaderMap) -> Locale {
    let asked = headers.get(ACCEPT_LANGUAGE);
    asked
        .and_then(|asked| asked.to_str().ok())
        .map_or_else(Locale::default, Locale::negotiate)
}

fn state(request: &HttpRequest) -> Result<&State> {
    request
        .app_data::<web::Data<State>>()
        .map(web::Data::get_ref)
        .ok_or_else(|| Error::internal("the state is missing"))
}
