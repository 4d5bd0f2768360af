//! The application in process, with a database and a clock of its own.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::HttpMessage as _;
use actix_web::body::MessageBody;
use actix_web::dev::Service as _;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName};
use actix_web::introspection::IntrospectionTree;
use actix_web::test::{TestRequest, init_service};
use actix_web::web::Data;
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;
use tickbox::clock::{Clock, Stamp};
use tickbox::config::{
    Config, CrossOrigin, Database, MailLimits, SecretKey, Signup, TokenAlgorithm,
};
use tickbox::store::{Limits, Store};
use tickbox::web::state::State;

use super::routes::{self, Route};
use super::{Api, Browser, contract};

/// Which database a site runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Sunday, 22 November 2026, noon UTC.
pub const NOON: &str = "2026-11-22T12:00:00Z";

/// What signs the tokens here.
pub const KEY: &[u8] = b"k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a";

type Call = dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = Reply>>>;

/// A server without a socket.
#[derive(Clone)]
pub struct Site {
    call: Rc<Call>,
    pub clock: Clock,
    pub engine: Engine,
    /// Where the database is, for tests that look at it from outside.
    pub database: Database,
    /// The parts below the doors, for tests that use them directly.
    pub state: State,
    /// Every address and method that is answered.
    pub routes: Rc<Vec<Route>>,
    limits: Limits,
    folder: Rc<TempDir>,
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    /// The one value of a header; empty if there is none.
    pub fn header(&self, name: &'static str) -> &str {
        let value = self.headers.get(HeaderName::from_static(name));
        value.map_or("", |value| value.to_str().expect("a readable header"))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }
}

impl Site {
    /// A fresh site, or none if this engine is not to be had here.
    pub async fn open(engine: Engine) -> Option<Self> {
        Self::open_with(engine, Limits::default(), |_| ()).await
    }

    /// A fresh site with other settings or limits.
    pub async fn open_with(
        engine: Engine,
        limits: Limits,
        change: impl FnOnce(&mut Config),
    ) -> Option<Self> {
        let folder = TempDir::new().expect("a temporary folder");
        let database = match engine {
            Engine::Sqlite => Database::Sqlite(folder.path().join("tickbox.db")),
            Engine::Postgres => fresh_schema()?,
        };
        let mut config = config(database);
        change(&mut config);
        let database = config.database.clone();
        let clock = Clock::held_at(stamp(NOON));
        let store = Store::open(&config.database, limits).expect("a store");
        let state = State::new(config, store, clock.clone()).expect("a state");
        let (call, routes) = serve(state.clone()).await;
        Some(Self {
            call,
            state,
            routes: Rc::new(routes),
            clock,
            engine,
            database,
            limits,
            folder: Rc::new(folder),
        })
    }

    /// The same engine with a fresh database and other settings.
    pub async fn another(&self, change: impl FnOnce(&mut Config)) -> Self {
        let site = Self::open_with(self.engine, self.limits, change).await;
        site.expect("an engine that was there a moment ago")
    }

    /// The same engine with a fresh database and other limits.
    pub async fn limited(&self, limits: Limits) -> Self {
        let site = Self::open_with(self.engine, limits, |_| ()).await;
        site.expect("an engine that was there a moment ago")
    }

    /// Sends a request as it is; a `Host` is added where none was set.
    pub async fn send(&self, request: TestRequest) -> Reply {
        (self.call)(request).await
    }

    /// A browser that has just signed up as `name@example.org`.
    pub async fn sign_up(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let form = browser.visit("/signup").await.ok();
        let email = format!("{name}@example.org");
        let typed = [("email", email.as_str()), ("password", super::PASSWORD)];
        form.submit(&mut browser, "#signup", &typed).await.ok();
        browser.email = email;
        browser
    }

    /// A browser that nobody has used yet.
    pub fn browser(&self) -> Browser {
        Browser::new(self.clone())
    }

    /// An API client without a token.
    pub fn stranger(&self) -> Api {
        Api::new(self.clone(), None)
    }

    /// Stops serving; the database stays as long as what is returned.
    pub fn close(self) -> Rc<TempDir> {
        self.folder
    }

    /// Moves the site's clock.
    pub fn set_clock(&self, at: &str) {
        self.clock.set(stamp(at));
    }
}

/// Reads RFC 3339.
pub fn stamp(text: &str) -> Stamp {
    let at = chrono::DateTime::parse_from_rfc3339(text).expect("RFC 3339");
    Stamp::from_micros(at.timestamp_micros())
}

fn config(database: Database) -> Config {
    let key = SecretKey::new(KEY.to_vec()).expect("a key");
    Config {
        listen: "127.0.0.1:0".parse().expect("an address"),
        database,
        keys: vec![key],
        token_algorithm: TokenAlgorithm::Hs256,
        issuers: Vec::new(),
        cross_origin: CrossOrigin::default(),
        public_url: None,
        allowed_hosts: Vec::new(),
        trusted_proxies: Vec::new(),
        security_contact: None,
        signup: Signup::Open,
        bcrypt_cost: 4,
        refuse_common_passwords: true,
        has_examples: false,
        login_limit: None,
        account_limit: 0,
        code_limit: 0,
        signup_limit: None,
        write_limit: None,
        renewal_days: 30,
        trash_days: 30,
        limits: Limits::default(),
        time_zone: chrono_tz::UTC,
        static_dir: None,
        workers: 1,
        mail: None,
        mail_limits: MailLimits::default(),
    }
}

async fn serve(state: State) -> (Rc<Call>, Vec<Route>) {
    let service = Rc::new(init_service(tickbox::app(state)).await);
    let any = TestRequest::get().uri("/healthz").to_request();
    let answer = service.call(any).await.expect("an answer");
    let tree = answer.request().app_data::<Data<IntrospectionTree>>();
    let routes = routes::all(tree.expect("actix keeps the tree"));
    let call: Rc<Call> = Rc::new(move |request| {
        let service = Rc::clone(&service);
        Box::pin(async move {
            let mut request = request.to_request();
            if !request.headers().contains_key("host") {
                let host = "localhost".parse().expect("a header value");
                request
                    .headers_mut()
                    .insert("host".parse().expect("a header name"), host);
            }
            let response = match service.call(request).await {
                Ok(response) => {
                    contract::check(&response);
                    response.into_parts().1
                }
                Err(error) => error.error_response(),
            };
            let (status, headers) = (response.status(), response.headers().clone());
            let body = actix_web::body::to_bytes(response.into_body().boxed()).await;
            Reply {
                status,
                headers,
                body: body.map(|b| b.to_vec()).unwrap_or_default(),
            }
        })
    });
    (call, routes)
}

/// A schema of its own in the PostgreSQL database that `TICKBOX_TEST_DATABASE_URL` names.
///
/// Without that variable these tests are left out, but never where CI runs.
fn fresh_schema() -> Option<Database> {
    static COUNT: AtomicU32 = AtomicU32::new(0);

    let Ok(url) = std::env::var("TICKBOX_TEST_DATABASE_URL") else {
        assert!(
            std::env::var("CI").is_err(),
            "TICKBOX_TEST_DATABASE_URL is not set"
        );
        eprintln!("left out: TICKBOX_TEST_DATABASE_URL is not set");
        return None;
    };
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let schema = format!("t_{}_{count}", std::process::id());
    let mut connection = PgConnection::establish(&url).expect("the test database");
    let make = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    connection.batch_execute(&make).expect("a schema");
    let joint = if url.contains('?') { '&' } else { '?' };
    let url = format!("{url}{joint}options=-csearch_path%3D{schema}");
    let database = Database::Postgres {
        url: url.into(),
        connections: 2,
        row_security: false,
    };
    // The whole suite can be run behind the wall, too.
    Some(match std::env::var_os("TICKBOX_TEST_ROW_SECURITY") {
        Some(_) => walled(&database),
        None => database,
    })
}

/// The same database behind row-level security, for a role that cannot walk through it.
pub fn walled(database: &Database) -> Database {
    let Database::Postgres {
        url,
        row_security: false,
        ..
    } = database
    else {
        return database.clone();
    };
    let url = url.expose_secret();
    let mut connection = PgConnection::establish(url).expect("the test database");
    let make = "DO $$ BEGIN CREATE ROLE tickbox_walled LOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
        DO $$ BEGIN EXECUTE format('ALTER SCHEMA %I OWNER TO tickbox_walled', current_schema()); END $$";
    connection.batch_execute(make).expect("a role");
    Database::Postgres {
        url: format!("{url}&user=tickbox_walled").into(),
        connections: 2,
        row_security: true,
    }
}
