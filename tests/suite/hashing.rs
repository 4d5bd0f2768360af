//! Where passwords are compared and secrets are kept: counted everywhere, whatever becomes of the
//! request, and nothing in the database that opens anything.

use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::dev::Service as _;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service};
use actix_web::web::{Data, get};
use actix_web::{App, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tickbox::config::Database;
use tickbox::web::watch::watch;

use crate::support::{Api, Browser, KEY, PASSWORD, Site};
use crate::two_step::code;

const WRONG: &str = "wrong but long";
const NOON: &str = "2026-11-22T12:00:00Z";
const LATER: &str = "2026-11-22T12:10:00Z";

async fn log_in(site: &Site, password: &str) -> u16 {
    let body = json!({ "email": "ann@example.org", "password": password });
    let answer = site.stranger().post("/api/auth/login", body).await;
    answer.reply.status.as_u16()
}

async fn sign_up(site: &Site) {
    let body = json!({ "email": "ann@example.org", "password": PASSWORD });
    site.stranger()
        .post("/api/auth/signup", body)
        .await
        .status(201);
}

async fn boom() -> HttpResponse {
    panic!("with a secret in it")
}

/// Everything in the database, as bytes; what is kept as bytes on PostgreSQL is in hexadecimal.
fn everything_kept(site: &Site) -> Vec<u8> {
    if let Database::Sqlite(path) = &site.database {
        let wal = format!("{}-wal", path.display());
        let mut all = std::fs::read(path).expect("the file");
        all.extend(std::fs::read(wal).unwrap_or_default());
        return all;
    }
    let mut outside = site.outside();
    let tables = "SELECT table_name::text AS answer FROM information_schema.tables \
                  WHERE table_schema = current_schema()";
    let mut all = String::new();
    for table in outside.ask(tables) {
        let rows = outside.ask(&format!("SELECT t::text AS answer FROM \"{table}\" t"));
        all.push_str(&rows.join("\n"));
    }
    all.into_bytes()
}

fn holds(all: &[u8], part: &[u8]) -> bool {
    let hex = part.iter().map(|byte| format!("{byte:02x}"));
    let hex = hex.collect::<String>().into_bytes();
    all.windows(part.len()).any(|at| at == part) || all.windows(hex.len()).any(|at| at == hex)
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Where a password is asked for: by form with these fields, or by the API with these members.
#[derive(Clone, Copy, Debug)]
enum Asks {
    Form(&'static str, &'static [&'static str]),
    Json(&'static str, &'static str, &'static [&'static str]),
}

const ASKS: [Asks; 15] = [
    Asks::Form("/login", &["email", "password"]),
    Asks::Form("/settings/password", &["current_password", "new_password"]),
    Asks::Form("/settings/email", &["password", "email"]),
    Asks::Form("/settings/delete", &["password"]),
    Asks::Form("/settings/two-step/start", &["password"]),
    Asks::Form("/settings/two-step/off", &["password", "code"]),
    Asks::Form("/settings/two-step/codes", &["password", "code"]),
    Asks::Form("/confirm", &["password", "token"]),
    Asks::Json("POST", "/api/auth/login", &["email", "password"]),
    Asks::Json("POST", "/api/auth/confirm", &["password", "token"]),
    Asks::Json(
        "PUT",
        "/api/me/password",
        &["current_password", "new_password"],
    ),
    Asks::Json("PUT", "/api/me/email", &["password", "email"]),
    Asks::Json("DELETE", "/api/me", &["password"]),
    Asks::Json("POST", "/api/me/totp", &["password"]),
    Asks::Json("DELETE", "/api/me/totp", &["password", "code"]),
];

/// Asks with this password and all else in order, and says the status.
async fn ask(who: &mut Browser, api: &Api, asks: Asks, (password, token): (&str, &str)) -> u16 {
    let email = who.email.clone();
    let value = |name: &str| match name {
        "email" => email.clone(),
        "new_password" => "five large red bricks".to_owned(),
        "code" => "123456".to_owned(),
        "token" => token.to_owned(),
        _ => password.to_owned(),
    };
    let reply = match asks {
        Asks::Form(address, names) => {
            let fields: Vec<_> = names.iter().map(|name| (*name, value(name))).collect();
            let fields: Vec<_> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            who.post(address, &fields).await
        }
        Asks::Json(method, address, names) => {
            let members = names
                .iter()
                .map(|name| ((*name).to_owned(), value(name).into()));
            let body: serde_json::Map<_, _> = members.collect();
            api.send_json(method, address, body.into()).await.reply
        }
    };
    reply.status.as_u16()
}

on_both_engines! {
    async fn a_password_is_kept_as_a_bcrypt_hash_of_the_cost_that_was_set(site: Site) {
        let site = site.another(|config| config.bcrypt_cost = 12).await;
        sign_up(&site).await;

        let kept = site.outside().ask("SELECT password_hash AS answer FROM users").remove(0);

        let rest = kept.strip_prefix("$2b$12$").expect("a hash of cost 12");
        assert_eq!(rest.len(), 53, "{kept}");
        assert!(rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/')), "{kept}");
        assert!(bcrypt::non_truncating_verify(PASSWORD, &kept).expect("a hash"));
    }

    async fn who_hangs_up_takes_no_turn_along_and_no_attempt_back(site: Site) {
        let site = site.another(|config| {
            config.bcrypt_cost = 12;
            config.account_limit = 3;
        }).await;
        sign_up(&site).await;
        for _ in 0..3 {
            let hung_up = tokio::time::timeout(Duration::from_millis(50), log_in(&site, WRONG)).await;
            assert!(hung_up.is_err(), "a password takes longer than that");
        }

        assert_eq!(log_in(&site, PASSWORD).await, 429, "they were counted all the same");
        site.set_clock("2026-11-22T12:01:00Z");
        let mut statuses = Vec::new();
        for _ in 0..10 {
            statuses.push(log_in(&site, PASSWORD).await);
            if statuses.last() == Some(&200) {
                break;
            }
        }
        assert_eq!(statuses.last(), Some(&200), "{statuses:?}");
    }

    async fn every_door_that_takes_a_password_counts(site: Site) {
        let (site, sink) = site.with_mail(|config| config.account_limit = 1).await;
        for (at, asks) in ASKS.into_iter().enumerate() {
            let mut who = site.sign_up_by_mail(&sink, &format!("ann{at}")).await;
            let api = who.api().await;
            let body = json!({ "password": PASSWORD, "email": format!("new{at}@example.org") });
            api.send_json("PUT", "/api/me/email", body).await.status(202);
            let token = site.mail(&sink).await.token();

            let first = ask(&mut who, &api, asks, (WRONG, &token)).await;
            let second = ask(&mut who, &api, asks, (PASSWORD, &token)).await;

            assert!(matches!(first, 401 | 422), "{asks:?}: {first}");
            assert_eq!(second, 429, "{asks:?}");
        }
    }

    async fn an_address_with_a_second_slash_passes_no_limit_by(site: Site) {
        let site = site.another(|config| config.login_limit = NonZeroU32::new(3)).await;
        sign_up(&site).await;
        let send = |address: &'static str, password: &'static str| {
            let request = TestRequest::post().uri(address).peer_addr("192.0.2.1:1".parse().expect("an address"));
            let login = [("email", "ann@example.org"), ("password", password)];
            site.send(if address.contains("api") {
                request.set_json(json!({ "email": login[0].1, "password": login[1].1 }))
            } else {
                request.set_form(login)
            })
        };
        for _ in 0..3 {
            assert_eq!(send("/login", WRONG).await.status, 401);
        }

        for address in [
            "/login", "//login", "/login/", "/./login", "/x/../login", "/%6cogin", "/LOGIN", "/login?x=y", "/login;x",
            "/api/auth/login", "//api/auth/login", "/api//auth/login", "/api/auth/login/", "/api/auth/%6cogin",
            "/api/./auth/login", "/api/auth/login?x=y",
        ] {
            let reply = send(address, PASSWORD).await;
            let status = reply.status.as_u16();
            assert!(matches!(status, 401 | 404 | 422 | 429), "{address}: {status}");
            assert_eq!(reply.header("set-cookie"), "", "{address}");
            assert!(!reply.text().contains("eyJ"), "{address}: {}", reply.text());
        }
    }

    async fn no_secret_that_opens_something_lies_in_the_database(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let mut browser = site.sign_up_by_mail(&sink, "ann").await;
        let ann = browser.api().await;
        let set_up = ann.post("/api/me/totp", json!({ "password": PASSWORD })).await.ok();
        let shared = text(&set_up["secret"]).replace(' ', "");
        let on = json!({ "code": code(&shared, NOON) });
        let on = ann.send_json("PUT", "/api/me/totp", on).await.ok();
        assert!(site.mail(&sink).await.subject().contains("Two-step sign-in is on"));
        site.set_clock(LATER);
        let mut secrets = vec![PASSWORD.to_owned(), text(&on["token"]), shared.clone(), text(&set_up["secret"])];
        for recovery in on["recovery_codes"].as_array().expect("codes") {
            secrets.push(text(recovery));
            secrets.push(text(recovery).replace('-', ""));
        }
        let ann = Api::new(site.clone(), Some(text(&on["token"])));
        let made = ann.post("/api/tokens", json!({ "name": "script", "scope": "write" })).await.created();
        secrets.push(text(&made["token"]));
        browser.sign_in().await.ok();
        secrets.push(browser.cookies["tickbox-2fa"].clone());
        secrets.push(browser.cookies["tickbox-device"].clone());
        let move_to = json!({ "password": PASSWORD, "email": "anna@example.org" });
        ann.send_json("PUT", "/api/me/email", move_to).await.status(202);
        secrets.push(site.mail(&sink).await.token());
        let asked = json!({ "email": "ann@example.org" });
        site.stranger().post("/api/auth/reset-request", asked.clone()).await.status(202);
        secrets.push(site.mail(&sink).await.token());
        // One that still waits to be sent.
        site.stranger().post("/api/auth/reset-request", asked).await.status(202);
        secrets.push(site.printed_link("ann@example.org").await);

        let kept = everything_kept(&site);

        assert!(holds(&kept, b"ann@example.org"), "control");
        assert!(!holds(&kept, KEY), "the key");
        for secret in secrets {
            assert!(!holds(&kept, secret.as_bytes()), "{secret}");
            // The last part of a token is its signature.
            let last = secret.rsplit('.').next().unwrap_or_default();
            let plain = URL_SAFE_NO_PAD.decode(last).unwrap_or_default();
            assert!(plain.len() < 16 || !holds(&kept, &plain), "{secret}, decoded");
        }
    }

    async fn a_handler_that_panics_is_answered_for(site: Site) {
        let app = App::new()
            .app_data(Data::new(site.state.clone()))
            .route("/boom", get().to(boom))
            .route("/api/boom", get().to(boom))
            .route("/fine", get().to(HttpResponse::Ok))
            .wrap(from_fn(watch));
        let service = init_service(app).await;
        let ask = |address: &str| {
            let request = TestRequest::get().uri(address).insert_header(("host", "localhost"));
            service.call(request.to_request())
        };

        for (address, kind) in [("/boom", "text/html; charset=utf-8"), ("/api/boom", "application/problem+json")] {
            let response = match ask(address).await {
                Ok(response) => response.into_parts().1.map_into_boxed_body(),
                Err(error) => error.error_response(),
            };
            assert_eq!(response.status(), 500, "{address}");
            let header = |name: &str| response.headers().get(name).map(|value| value.to_str().expect("ASCII").to_owned());
            assert_eq!(header("content-type").as_deref(), Some(kind), "{address}");
            assert_eq!(header("cache-control").as_deref(), Some("no-store"), "{address}");
            assert!(header("content-security-policy").is_some(), "{address}");
            let body = actix_web::body::to_bytes(response.into_body()).await.expect("a body");
            let body = String::from_utf8_lossy(&body).into_owned();
            assert!(!body.contains("secret") && !body.contains("panic"), "{body}");
        }
        assert_eq!(ask("/fine").await.expect("an answer").status(), 200);
    }
}
