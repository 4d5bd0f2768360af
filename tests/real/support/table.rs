//! The table of all pages, `tests/corpus/pages.txt`, which says at its top how it is read;
//! `bin/screenshots` reads it too. Another has the pages of a server that sends mail.

use std::collections::HashMap;

use chrono::{Days, Utc};
use serde_json::Value;

use super::{Answer, Client, Server};

/// The pages of a server with [`SETTINGS`] alone.
pub const PAGES: &str = include_str!("../../corpus/pages.txt");
/// The pages that sending mail adds.
pub const PAGES_WITH_MAIL: &str = include_str!("../../corpus/pages_with_mail.txt");

/// Settings of a server that the table can be asked of: it counts what each person does apart.
pub const SETTINGS: [(&str, &str); 4] = [
    ("TICKBOX_LIMIT_LOGIN", "100"),
    ("TICKBOX_LIMIT_ACCOUNT", "5"),
    ("TICKBOX_LIMIT_SIGNUP", "1"),
    ("TICKBOX_TRUSTED_PROXIES", "127.0.0.1/32"),
];

/// Somebody in the table.
#[derive(Default)]
struct Person {
    address: String,
    cookie: String,
    token: Option<String>,
    /// Where their last page leads on to.
    next: String,
    /// What their last page gave to an authenticator app.
    secret: String,
}

/// Asks a server for every page of the table, in order.
pub struct Table {
    client: Client,
    people: HashMap<String, Person>,
    words: Vec<(String, String)>,
    language: String,
}

impl Table {
    pub fn new(server: &Server, language: &str) -> Self {
        // The server's own clock says what day it is, too.
        let today = Utc::now().date_naive();
        let mut words = vec![
            ("{locale}".to_owned(), language.to_owned()),
            ("{long}".to_owned(), "x".repeat(300_000)),
        ];
        for days in 0..500 {
            let later = today + Days::new(days);
            words.push((format!("{{+{days}}}"), later.to_string()));
            let before = today - Days::new(days);
            words.push((format!("{{-{days}}}"), before.to_string()));
        }
        Self {
            client: server.client(),
            people: HashMap::new(),
            words,
            language: language.to_owned(),
        }
    }

    /// The name and the answer of each page of a table.
    pub fn pages(&mut self, table: &str) -> Vec<(String, Answer)> {
        let mut pages = Vec::new();
        for (number, line) in (1..).zip(table.lines()) {
            if !line.is_empty() && !line.starts_with('#') {
                let (name, answer) = self.ask(number, line);
                if !name.starts_with(['-', '$']) {
                    pages.push((name.to_owned(), answer));
                }
            }
        }
        pages
    }

    fn ask<'a>(&mut self, number: u32, line: &'a str) -> (&'a str, Answer) {
        let (name, rest) = word(line);
        let (status, rest) = word(rest);
        let (who, rest) = word(rest);
        let (method, rest) = word(rest);
        let newcomer = self.people.len() + 1;
        let person = self
            .people
            .entry(who.to_owned())
            .or_insert_with(|| Person::new(newcomer));
        let mut rest = rest.replace("{next}", &person.next);
        if rest.contains("{totp}") {
            rest = rest.replace("{totp}", &code_of(&person.secret));
        }
        for (word, value) in &self.words {
            rest = rest.replace(word, value);
        }
        let (path, rest) = word(&rest);
        let (header, body) = header(rest);

        let request = (method, path, header, body);
        let answer = person.ask(&self.client, &self.language, request);
        let (got, said) = (answer.status, &answer.body);
        assert_eq!(
            got.to_string(),
            status,
            "line {number} of the table, {name}: {said}"
        );
        let id = person.learn(&answer);
        if let Some(word) = name.strip_prefix('$') {
            self.words.push((format!("{{{word}}}"), id.expect("an id")));
        }
        (name, answer)
    }
}

impl Person {
    fn new(number: usize) -> Self {
        Self {
            address: format!("192.0.2.{number}"),
            ..Self::default()
        }
    }

    /// Follows redirects, as a browser does.
    fn ask(
        &mut self,
        client: &Client,
        language: &str,
        (method, path, header, body): (&str, &str, Option<(&str, &str)>, &str),
    ) -> Answer {
        let is_api = path.starts_with("/api/") && path != "/api/docs";
        let kind = if is_api {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        };
        let bearer = self.token.as_ref().map(|token| format!("Bearer {token}"));
        let mut headers = vec![
            ("accept-language", language),
            ("x-forwarded-for", &self.address),
        ];
        match &bearer {
            Some(bearer) if is_api => headers.push(("authorization", bearer)),
            _ => headers.push(("cookie", &self.cookie)),
        }
        if !body.is_empty() && header.is_none_or(|(name, _)| name != "Content-Type") {
            headers.push(("content-type", kind));
        }
        headers.extend(header);
        let answer = client.send(method, path, &headers, body);
        if let Some((cookie, _)) = answer.header("set-cookie").split_once(';') {
            cookie.clone_into(&mut self.cookie);
        }
        if answer.status != 303 {
            return answer;
        }
        let goal = answer.header("location").split('#').next();
        let goal = goal.expect("a location").to_owned();
        self.ask(client, language, ("GET", &goal, None, ""))
    }

    /// Keeps what an answer says for later, and returns the id in it.
    fn learn(&mut self, answer: &Answer) -> Option<String> {
        let Ok(told) = serde_json::from_str::<Value>(&answer.body) else {
            if let Some((_, rest)) = answer.body.split_once("rel=\"next\" href=\"") {
                let address = rest.split('"').next().expect("an end");
                self.next = address.replace("&amp;", "&").replace("&#38;", "&");
            }
            if let Some((_, rest)) = answer.body.split_once("id=\"secret\">") {
                self.secret = rest.split('<').next().expect("an end").replace(' ', "");
            }
            return None;
        };
        if let Some(token) = told["token"].as_str() {
            self.token = Some(token.to_owned());
        }
        told["id"].as_str().map(str::to_owned)
    }
}

/// What an authenticator app shows for a secret at this moment.
pub fn code_of(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("base32");
    let app = totp_rs::Builder::new().with_secret(secret).build();
    let now = u64::try_from(Utc::now().timestamp()).expect("after 1970");
    app.expect("an app").generate(now).to_string()
}

/// The first word of a text, and what follows.
fn word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    (word, rest.trim_start())
}

/// A header in brackets, if there is one, and what follows.
fn header(text: &str) -> (Option<(&str, &str)>, &str) {
    let found = text
        .strip_prefix('[')
        .and_then(|text| text.split_once("] "));
    match found {
        Some((header, rest)) => (header.split_once(": "), rest),
        None => (None, text),
    }
}
