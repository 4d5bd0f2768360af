//! The session cookie: how it is set, and which bytes are read as it.

use actix_web::cookie::Cookie;
use actix_web::http::header::HeaderValue;
use actix_web::test::TestRequest;
use serde_json::json;
use tickbox::config::PublicUrl;

use crate::support::{PASSWORD, Reply, Site};

const HTTPS: &str = "https://todo.example.org";

async fn https(site: &Site) -> Site {
    site.another(|config| config.public_url = PublicUrl::parse(HTTPS).ok())
        .await
}

async fn token(site: &Site) -> String {
    let login = json!({ "email": "ann@example.org", "password": PASSWORD });
    let answer = site.stranger().post("/api/auth/signup", login).await;
    answer.created()["token"]
        .as_str()
        .expect("a token")
        .to_owned()
}

async fn visit(site: &Site, cookies: &[Vec<u8>]) -> Reply {
    let mut request = TestRequest::get().uri("/tasks");
    for cookie in cookies {
        let value = HeaderValue::from_bytes(cookie).expect("a header value");
        request = request.append_header(("cookie", value));
    }
    site.send(request).await
}

fn line(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// What comes of a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The page.
    SignedIn,
    /// To the log-in; the cookie was not seen.
    Unseen,
    /// To the log-in, and the cookie is taken away.
    Cleared,
}

fn outcome(reply: &Reply, name: &str) -> Outcome {
    let cleared = reply
        .header("set-cookie")
        .starts_with(&format!("{name}=; "));
    match (reply.status.as_u16(), cleared) {
        (200, false) => Outcome::SignedIn,
        (303, false) => Outcome::Unseen,
        (303, true) => Outcome::Cleared,
        (status, _) => panic!("{status}: {:?}", reply.headers),
    }
}

async fn log_in(site: &Site) -> Reply {
    let request = TestRequest::post()
        .uri("/login")
        .set_form([("email", "ann@example.org"), ("password", PASSWORD)]);
    site.send(request).await
}

on_both_engines! {
    async fn only_the_exact_bytes_of_the_name_are_the_session(site: Site) {
        use Outcome::{Cleared, SignedIn, Unseen};
        for (site, name) in [(site.clone(), "tickbox"), (https(&site).await, "__Host-tickbox")] {
            let token = token(&site).await;
            let (n, t) = (name.as_bytes(), token.as_bytes());
            let other = if name == "tickbox" { "__Host-tickbox" } else { "tickbox" };
            let upper = name.to_uppercase();
            let encoded = format!("%{:02X}{}", n[0], &name[1..]);
            let many: Vec<u8> = (0..200).flat_map(|at| format!("c{at}=v; ").into_bytes()).collect();
            let long = vec![b'x'; 100_000];
            let rows: [(&str, Vec<Vec<u8>>, Outcome); 27] = [
                ("alone", vec![line(&[n, b"=", t])], SignedIn),
                ("between others", vec![line(&[b"a=b; ", n, b"=", t, b"; c=d"])], SignedIn),
                ("without spaces", vec![line(&[b"a=b;", n, b"=", t, b";c=d"])], SignedIn),
                ("in a second header", vec![b"a=b".to_vec(), line(&[n, b"=", t])], SignedIn),
                ("beside a broken escape", vec![line(&[b"x=%db; ", n, b"=", t])], SignedIn),
                ("beside bytes that are no text", vec![line(&[b"x=\xff; ", n, b"=", t])], SignedIn),
                ("beside a name of bytes", vec![line(&[b"\xff=x; ", n, b"=", t])], SignedIn),
                ("beside a flag", vec![line(&[b"flag; ", n, b"=", t])], SignedIn),
                ("behind 200 others", vec![line(&[&many, n, b"=", t])], SignedIn),
                ("behind 100,000 bytes", vec![line(&[b"x=", &long, b"; ", n, b"=", t])], SignedIn),
                ("percent-encoded name", vec![line(&[encoded.as_bytes(), b"=", t])], Unseen),
                ("U+2000 before", vec![line(&[b"\xe2\x80\x80", n, b"=", t])], Unseen),
                ("U+00A0 before", vec![line(&[b"\xc2\xa0", n, b"=", t])], Unseen),
                ("U+0085 before", vec![line(&[b"\xc2\x85", n, b"=", t])], Unseen),
                ("U+FEFF before", vec![line(&[b"\xef\xbb\xbf", n, b"=", t])], Unseen),
                ("upper case", vec![line(&[upper.as_bytes(), b"=", t])], Unseen),
                ("an equals sign before", vec![line(&[b"=", n, b"=", t])], Unseen),
                ("a space behind the name", vec![line(&[n, b" =", t])], Unseen),
                ("a quote before the name", vec![line(&[b"\"", n, b"=", t])], Unseen),
                ("the other mode's name", vec![line(&[other.as_bytes(), b"=", t])], Unseen),
                ("a longer name", vec![line(&[n, b"x=", t])], Unseen),
                ("in the value of another", vec![line(&[b"x=", n, b"=", t])], Unseen),
                ("twice", vec![line(&[n, b"=", t, b"; ", n, b"=", t])], Cleared),
                ("twice, in two headers", vec![line(&[n, b"=", t]), line(&[n, b"=x"])], Cleared),
                ("with $Version", vec![line(&[b"$Version=1; ", n, b"=\"", t, b"\""])], Cleared),
                ("empty", vec![line(&[n, b"="])], Cleared),
                ("bytes that are no text", vec![line(&[n, b"=\xff"])], Cleared),
            ];

            for (row, cookies, expected) in rows {
                let reply = visit(&site, &cookies).await;
                assert_eq!(outcome(&reply, name), expected, "{name}: {row}");
            }
        }
    }

    async fn the_cookie_is_bound_as_tightly_as_the_scheme_allows(site: Site) {
        let rows = [
            (site.clone(), "tickbox=", "; HttpOnly; SameSite=Lax; Path=/; Max-Age=604800"),
            (
                https(&site).await,
                "__Host-tickbox=",
                "; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=604800",
            ),
        ];

        for (site, name, attributes) in rows {
            token(&site).await;
            let reply = log_in(&site).await;

            assert_eq!(reply.status, 303, "{name}");
            let cookie = reply.header("set-cookie");
            let token = cookie.strip_prefix(name).and_then(|rest| rest.strip_suffix(attributes));
            assert!(token.is_some_and(|token| token.matches('.').count() == 2), "{cookie}");
            assert!(reply.body.is_empty(), "{name}: the token goes into the cookie and nowhere else");
        }
    }

    async fn a_bearer_token_is_handed_out_without_a_cookie(site: Site) {
        token(&site).await;
        let login = json!({ "email": "ann@example.org", "password": PASSWORD });
        let answer = site.stranger().post("/api/auth/login", login).await;

        answer.ok();
        assert_eq!(answer.reply.header("set-cookie"), "");
        assert_eq!(answer.reply.header("cache-control"), "no-store");
    }

    async fn signing_out_takes_the_cookie_away_whatever_it_was(site: Site) {
        for (site, name) in [(site.clone(), "tickbox"), (https(&site).await, "__Host-tickbox")] {
            let token = token(&site).await;
            for value in ["", "nonsense", &token, &token] {
                let request = TestRequest::post()
                    .uri("/logout")
                    .insert_header(("cookie", format!("{name}={value}")));
                let reply = site.send(request).await;

                assert_eq!(reply.status, 303, "{name}={value}");
                assert_eq!(reply.header("location"), "/login", "{name}={value}");
                let cookie = Cookie::parse(reply.header("set-cookie").to_owned()).expect("a cookie");
                assert_eq!((cookie.name(), cookie.value()), (name, ""));
                assert_eq!(cookie.max_age().map(|age| age.whole_seconds()), Some(0));
                assert_eq!(cookie.path(), Some("/"));
                let clears = reply.header("clear-site-data");
                let expected = if name == "tickbox" { "" } else { "\"cache\"" };
                assert_eq!(clears, expected, "cookies of other sites under the domain stay");
            }
            let reply = visit(&site, &[format!("{name}={token}").into_bytes()]).await;
            assert_eq!(outcome(&reply, name), Outcome::Cleared, "{name}: replayed");
        }
    }
}
