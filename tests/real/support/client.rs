//! A program that uses the API.

use std::time::Duration;

use serde_json::{Value, json};

use super::PASSWORD;

/// Talks to one server, with or without a token.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
    pub token: Option<String>,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    asked: String,
    pub status: u16,
    headers: ureq::http::HeaderMap,
    pub body: String,
}

impl Client {
    pub fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(Duration::from_mins(1)))
            .build();
        Self {
            agent: config.into(),
            base: base.to_owned(),
            token: None,
        }
    }

    /// Makes an account and returns a client that is signed in to it.
    pub fn sign_up(&self, name: &str) -> Self {
        let answer = self.post("/api/auth/signup", &login(name));
        self.with_token_of(&answer.expect(201))
    }

    /// A client that is signed in to an account that is there.
    pub fn signed_in(&self, name: &str) -> Self {
        self.with_token_of(&self.log_in(name).expect(200))
    }

    fn with_token_of(&self, answer: &Value) -> Self {
        self.with_token(answer["token"].as_str().expect("a token"))
    }

    /// The same client with another token.
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// Asks for a token.
    pub fn log_in(&self, name: &str) -> Answer {
        self.post("/api/auth/login", &login(name))
    }

    /// Makes a task and returns it.
    pub fn add(&self, title: &str) -> Value {
        self.post("/api/tasks", &json!({ "title": title }))
            .expect(201)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let json = [("content-type", "application/json")];
        self.send("POST", path, &json, &body.to_string())
    }

    /// Every task that is not in the trash, however many pages that takes.
    pub fn every_task(&self) -> Vec<Value> {
        let mut tasks = Vec::new();
        let mut path = "/api/tasks?limit=200".to_owned();
        loop {
            let answer = self.get(&path);
            tasks.extend(answer.expect(200).as_array().expect("an array").clone());
            let Some(next) = answer.next() else {
                return tasks;
            };
            next.trim_start_matches(&self.base).clone_into(&mut path);
        }
    }

    /// The titles of the tasks that a query asks for.
    #[track_caller]
    pub fn titles(&self, query: &str) -> Vec<String> {
        let tasks = self.get(&format!("/api/tasks?{query}")).expect(200);
        let tasks = tasks.as_array().expect("an array").iter();
        tasks
            .map(|task| task["title"].as_str().expect("a title").to_owned())
            .collect()
    }

    /// The open task with this title.
    #[track_caller]
    pub fn open_task(&self, title: &str) -> Value {
        let tasks = self.get("/api/tasks?status=open").expect(200);
        let mut tasks = tasks.as_array().expect("an array").iter();
        let found = tasks.find(|task| task["title"] == title);
        found.expect(title).clone()
    }

    /// Sends a request that must be answered, whatever the answer.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        match self.try_send(method, path, headers, body) {
            Ok(answer) => answer,
            Err(error) => panic!("{method} {path}: {error}"),
        }
    }

    /// Sends a request that the server may not live to answer.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = if body.is_empty() {
            self.agent.run(request.body(())?)?
        } else {
            self.agent.run(request.body(body.to_owned())?)?
        };
        Ok(Answer {
            asked: format!("{method} {path}"),
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.body_mut().read_to_string()?,
        })
    }
}

impl Answer {
    /// The body, if the status is this one.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.body);
        match self.body.as_str() {
            "" => Value::Null,
            body => serde_json::from_str(body).expect("JSON"),
        }
    }

    /// The value of a header; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// The cookies that it sets: name and value.
    pub fn cookies(&self) -> Vec<(String, String)> {
        let lines = self.headers.get_all("set-cookie").iter();
        let pairs = lines.filter_map(|line| line.to_str().ok()?.split(';').next()?.split_once('='));
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    fn next(&self) -> Option<&str> {
        let mut links = self.header("link").split(", ");
        let next = links.find(|link| link.ends_with("rel=\"next\""))?;
        next.strip_prefix('<')?.split('>').next()
    }
}

fn login(name: &str) -> Value {
    json!({ "email": format!("{name}@example.org"), "password": PASSWORD })
}
