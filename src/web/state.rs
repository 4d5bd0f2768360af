//! What every handler can reach.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header;
use uuid::Uuid;

use crate::accounts::actions::Lobby;
use crate::accounts::issuers::Issuers;
use crate::accounts::keys::Keys;
use crate::accounts::password::Passwords;
use crate::accounts::sign_ins::Recent;
use crate::accounts::throttle::Throttle;
use crate::accounts::token::Tokens;
use crate::clock::{Clock, Stamp};
use crate::config::{Config, Signup};
use crate::error::{Error, Result};
use crate::mail::PostOffice;
use crate::store::{Navs, Store};
use crate::words::Locale;

/// The parts of a running server; clones share them.
#[derive(Clone)]
pub struct State(Arc<Parts>);

struct Parts {
    store: Store,
    tokens: Tokens,
    keys: Keys,
    issuers: Issuers,
    recent: Recent,
    passwords: Passwords,
    throttle: Throttle,
    sign_ups: Throttle,
    writes: Throttle<Uuid>,
    clock: Clock,
    config: Config,
    navs: Navs,
    post: Option<PostOffice>,
}

impl State {
    /// Puts a server together from its settings and an open store.
    pub fn new(config: Config, store: Store, clock: Clock) -> Result<Self> {
        let issuer = config.own_issuer().to_owned();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let passwords = Passwords::new(
            config.bcrypt_cost,
            config.refuse_common_passwords,
            cores - 1,
        );
        let post = match (&config.mail, &config.public_url) {
            (Some(mail), Some(url)) => Some(PostOffice::new(mail, url)?),
            (Some(_), None) => return Err(Error::internal("mail needs a public address")),
            (None, _) => None,
        };
        Ok(Self(Arc::new(Parts {
            tokens: Tokens::new(issuer, &config.keys, config.token_algorithm)?,
            keys: Keys::new(&config.keys)?,
            issuers: Issuers::new(&config.issuers),
            recent: Recent::default(),
            throttle: Throttle::per_minute(config.login_limit),
            sign_ups: Throttle::per_hour(config.signup_limit),
            writes: Throttle::per_minute(config.write_limit),
            store,
            passwords,
            clock,
            config,
            navs: Navs::default(),
            post,
        })))
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Navigations that were counted already.
    pub fn navs(&self) -> &Navs {
        &self.0.navs
    }

    /// Signs and verifies tokens.
    pub fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    /// Keys derived from the signing secrets.
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// How often one account may change something at the API.
    pub fn writes(&self) -> &Throttle<Uuid> {
        &self.0.writes
    }

    /// Verifies the tokens of others.
    pub fn issuers(&self) -> &Issuers {
        &self.0.issuers
    }

    /// Whose use by program was noted a moment ago.
    pub fn recent(&self) -> &Recent {
        &self.0.recent
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// What signing up and in needs, for somebody who reads this language.
    pub fn lobby(&self, locale: Locale) -> Lobby<'_> {
        Lobby {
            store: &self.0.store,
            passwords: &self.0.passwords,
            tokens: &self.0.tokens,
            time_zone: self.0.config.time_zone,
            locale,
            throttle: &self.0.throttle,
            sign_ups: &self.0.sign_ups,
            keys: &self.0.keys,
            free_attempts: self.0.config.account_limit,
            free_codes: self.0.config.code_limit,
            has_examples: false,
            signup: self.0.config.signup,
            post: self.0.post.as_ref(),
            mail_limits: self.0.config.mail_limits,
        }
    }

    /// Takes mail, where any can be sent.
    pub fn post(&self) -> Option<&PostOffice> {
        self.0.post.as_ref()
    }

    /// Sends the mail that is due; says how many letters left.
    pub async fn deliver_mail(&self) -> Result<usize> {
        match &self.0.post {
            Some(post) => post.deliver(self.store(), self.keys(), self.now()).await,
            None => Ok(0),
        }
    }

    /// The time.
    pub fn now(&self) -> Stamp {
        self.0.clock.now()
    }

    /// Whether strangers may make an account.
    pub fn is_signup_open(&self) -> bool {
        self.0.config.signup == Signup::Open
    }

    /// Whether people come by https.
    pub fn is_https(&self) -> bool {
        self.0
            .config
            .public_url
            .as_ref()
            .is_some_and(crate::config::PublicUrl::is_https)
    }

    /// Where absolute addresses begin: the configured address, else the host of the request, which
    /// has passed the list of allowed hosts.
    pub fn base_url(&self, request: &HttpRequest) -> String {
        if let Some(url) = &self.0.config.public_url {
            return url.origin().to_owned();
        }
        let host = request
            .headers()
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        format!("http://{}", host.unwrap_or("localhost"))
    }
}
