//! Every route of the pages, whatever it is for: other sites, other methods, and what is kept.

use actix_web::http::Method;
use actix_web::test::TestRequest;

use crate::support::{Browser, Reply, Site};

const SOME_ID: &str = "01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";

/// The addresses of the pages that take a method.
fn pages(site: &Site, method: &str) -> Vec<String> {
    let routes = site.routes.iter();
    let pages = routes.filter(|route| {
        route.method == method
            && !route.path.starts_with("/api/")
            && !route.path.starts_with("/static")
            && !route.path.starts_with("/.well-known")
    });
    let filled = pages.map(|route| {
        let path = route.path.replace("{id}", SOME_ID);
        path.replace("{name}", "home").replace("{code}", "invalid")
    });
    filled.collect()
}

async fn send(browser: &mut Browser, method: Method, address: &str, site: &str) -> Reply {
    let request = TestRequest::default().method(method).uri(address);
    let request = request.insert_header(("sec-fetch-site", site));
    browser
        .send(request.set_form([("next", "/tasks"), ("password", "wrong but long")]))
        .await
}

on_both_engines! {
    async fn no_form_of_another_site_does_anything(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let (api, cookies) = (ann.api().await, ann.cookies.clone());
        ann.add("Buy milk").await;
        let before = (api.everything().await, api.get("/api/me").await.ok());
        let addresses = pages(&site, "POST");
        assert!(addresses.len() > 35, "{addresses:?}");
        for known in ["/login/code", "/reset", "/reset/new", "/confirm", "/signup/again", "/settings/delete"] {
            assert!(addresses.iter().any(|address| address == known), "{known}");
        }

        for address in &addresses {
            for from in ["cross-site", "same-site", "bogus"] {
                let reply = send(&mut ann, Method::POST, address, from).await;
                assert_eq!(reply.status, 403, "{address} from {from}");
                assert_eq!(reply.header("set-cookie"), "", "{address} from {from}");
            }
            for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("referer", "https://evil.example/")] {
                let request = TestRequest::post().uri(address).insert_header((name, value));
                let reply = ann.send(request.set_form([("next", "/tasks")])).await;
                assert_eq!(reply.status, 403, "{address} with {name}: {value}");
                assert_eq!(reply.header("set-cookie"), "", "{address} with {name}: {value}");
            }
        }

        assert_eq!(ann.cookies, cookies);
        assert_eq!((api.everything().await, api.get("/api/me").await.ok()), before);
    }

    async fn no_page_is_loaded_into_another_site(site: Site) {
        let mut ann = site.sign_up("ann").await;
        for address in pages(&site, "GET") {
            // The health of a server is nobody's secret.
            if matches!(address.as_str(), "/healthz" | "/readyz" | "/favicon.ico") {
                continue;
            }
            let reply = send(&mut ann, Method::GET, &address, "cross-site").await;
            assert_eq!(reply.status, 403, "{address}");
        }
    }

    async fn what_changes_something_is_asked_for_by_post_alone(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let before = (api.everything().await, api.get("/api/me").await.ok());
        let read = pages(&site, "GET");
        for address in pages(&site, "POST").into_iter().filter(|address| !read.contains(address)) {
            for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::PATCH] {
                let reply = send(&mut ann, method.clone(), &address, "same-origin").await;
                assert_eq!(reply.status, 405, "{method} {address}");
                assert_eq!(reply.header("allow"), "POST", "{method} {address}");
            }
        }
        for address in read {
            for tricky in ["x-http-method-override", "x-http-method", "x-method-override"] {
                let request = TestRequest::get().uri(&address).insert_header((tricky, "POST"));
                let reply = ann.send(request).await;
                assert!(!reply.status.is_server_error(), "{address} with {tricky}");
            }
        }
        assert_eq!((api.everything().await, api.get("/api/me").await.ok()), before);
        assert_eq!(ann.get("/tasks").await.status, 200, "still signed in");
    }

    async fn pages_with_secrets_are_kept_nowhere(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let mut stranger = site.browser();
        let is_secret = |address: &String| {
            address.starts_with("/settings") || ["/login", "/signup", "/reset", "/confirm"].iter().any(|it| address.starts_with(it))
        };
        let addresses: Vec<_> = pages(&site, "GET").into_iter().filter(is_secret).collect();
        assert!(addresses.len() >= 15, "{addresses:?}");
        for address in addresses {
            for browser in [&mut ann, &mut stranger] {
                let reply = browser.get(&address).await;
                assert!(matches!(reply.status.as_u16(), 200 | 303), "{address}");
                assert_eq!(reply.header("cache-control"), "no-store", "{address}");
                assert_eq!(reply.header("etag"), "", "{address}");
            }
        }
        // After signing out the way back shows nothing.
        let mut thief = ann.clone();
        ann.post("/logout", &[]).await;
        for address in ["/settings/tokens", "/tasks", "/settings/export"] {
            let reply = thief.get(address).await;
            assert!(reply.header("location").starts_with("/login"), "{address}");
            assert_eq!(reply.header("cache-control"), "no-store", "{address}");
        }
    }

    async fn what_a_token_of_the_api_answers_about_the_account_is_kept_nowhere(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        for address in ["/api/me", "/api/me/sign-ins", "/api/me/export", "/api/tokens"] {
            let answer = api.get(address).await;
            answer.ok();
            assert_eq!(answer.reply.header("cache-control"), "no-store", "{address}");
            assert_eq!(answer.reply.header("content-encoding"), "", "{address}");
        }
    }
}
