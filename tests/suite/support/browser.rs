//! A browser without scripts: keeps cookies, follows 303, sends what browsers send.

use std::collections::BTreeMap;

use actix_web::cookie::Cookie;
use actix_web::http::header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE};
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use super::{Api, PASSWORD, Page, Reply, Site};

/// A person at a browser; clones share nothing but the site.
#[derive(Clone)]
pub struct Browser {
    pub site: Site,
    /// Cookies by name.
    pub cookies: BTreeMap<String, String>,
    /// Who signed up with it.
    pub email: String,
    /// What it sends as `Accept-Language`, unless empty.
    pub language: &'static str,
}

impl Browser {
    pub fn new(site: Site) -> Self {
        Self {
            site,
            cookies: BTreeMap::new(),
            email: String::new(),
            language: "",
        }
    }

    /// Opens an address and follows where it leads.
    pub async fn visit(&mut self, address: &str) -> Page {
        let mut address = address.to_owned();
        for _ in 0..5 {
            let reply = self.get(&address).await;
            if reply.status != StatusCode::SEE_OTHER {
                return Page::new(address, reply);
            }
            reply.header("location").clone_into(&mut address);
        }
        panic!("{address} leads in circles");
    }

    /// Opens an address and stays there.
    pub async fn get(&mut self, address: &str) -> Reply {
        let path = address.split('#').next().unwrap_or_default();
        self.send(TestRequest::get().uri(path)).await
    }

    /// Sends a form as it is and stays there.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Reply {
        let request = TestRequest::default()
            .method(Method::POST)
            .uri(address)
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_form(fields);
        self.send(request).await
    }

    /// Sends any request with this browser's cookies.
    pub async fn send(&mut self, mut request: TestRequest) -> Reply {
        let pairs: Vec<_> = self
            .cookies
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        if !pairs.is_empty() {
            request = request.append_header((COOKIE, pairs.join("; ")));
        }
        if !self.language.is_empty() {
            request = request.append_header((ACCEPT_LANGUAGE, self.language));
        }
        let reply = self.site.send(request).await;
        for value in reply.headers.get_all(SET_COOKIE) {
            let cookie =
                Cookie::parse(value.to_str().expect("a readable cookie")).expect("a cookie");
            if cookie.value().is_empty() {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies
                    .insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        reply
    }

    /// Signs in with the address that this browser signed up with.
    pub async fn sign_in(&mut self) -> Page {
        let form = self.visit("/login").await.ok();
        let email = self.email.clone();
        form.submit(self, "#login", &[("email", &email), ("password", PASSWORD)])
            .await
    }

    /// Adds a task through the form of the list.
    pub async fn add(&mut self, title: &str) -> Page {
        let list = self.visit("/tasks").await.ok();
        list.submit(self, "#new-task", &[("title", title)])
            .await
            .ok()
    }

    /// An API client for the same account, with a token of its own.
    pub async fn api(&self) -> Api {
        let login = serde_json::json!({ "email": self.email, "password": PASSWORD });
        let answer = self
            .site
            .stranger()
            .post("/api/auth/login", login)
            .await
            .ok();
        let token = answer["token"].as_str().expect("a token");
        Api::new(self.site.clone(), Some(token.to_owned()))
    }
}
