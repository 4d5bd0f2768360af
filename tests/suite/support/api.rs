//! A client of the JSON API.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::Value;

use super::{Reply, Site};

/// A script with a bearer token, or without one.
#[derive(Clone)]
pub struct Api {
    pub site: Site,
    pub token: Option<String>,
}

/// What the API answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Method and address, for messages.
    asked: String,
    pub reply: Reply,
}

impl Api {
    pub fn new(site: Site, token: Option<String>) -> Self {
        Self { site, token }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Method::GET, address, &[], None).await
    }

    pub async fn post(&self, address: &str, body: Value) -> Answer {
        self.send(Method::POST, address, &[], Some(body)).await
    }

    pub async fn patch(&self, address: &str, body: Value) -> Answer {
        self.send(Method::PATCH, address, &[], Some(body)).await
    }

    pub async fn put(&self, address: &str) -> Answer {
        self.send(Method::PUT, address, &[], None).await
    }

    pub async fn delete(&self, address: &str) -> Answer {
        self.send(Method::DELETE, address, &[], None).await
    }

    /// Sends anything, with headers of one's own.
    /// Sends a body with any method.
    pub async fn send_json(&self, method: &str, address: &str, body: Value) -> Answer {
        let method = method.parse().expect("a method");
        self.send(method, address, &[], Some(body)).await
    }

    pub async fn send(
        &self,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let asked = format!("{method} {address}");
        let mut request = TestRequest::default().method(method).uri(address);
        if let Some(token) = &self.token {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        if let Some(body) = body {
            request = request.set_json(body);
        }
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        Answer {
            asked,
            reply: self.site.send(request).await,
        }
    }

    /// Makes a task and returns it.
    pub async fn add(&self, title: &str) -> Value {
        self.post("/api/tasks", serde_json::json!({ "title": title }))
            .await
            .created()
    }

    /// Changes a task.
    pub async fn set(&self, task: &Value, body: Value) -> Value {
        self.patch(&at(task), body).await.ok()
    }

    /// Marks a task done.
    pub async fn complete(&self, task: &Value) -> Value {
        self.put(&format!("{}/completion", at(task))).await.ok()
    }

    /// The task as it is now.
    pub async fn again(&self, task: &Value) -> Value {
        self.get(&at(task)).await.ok()
    }

    /// The steps of the history, latest first.
    pub async fn history(&self) -> Vec<Value> {
        let steps = self.get("/api/history?limit=200").await.ok();
        steps.as_array().expect("an array").clone()
    }

    /// Takes a step of the history back.
    pub async fn undo(&self, step: &Value) -> Answer {
        let address = format!("/api/history/{}/undo", step["id"]);
        self.post(&address, Value::Null).await
    }

    /// Takes the latest step back.
    pub async fn undo_last(&self) -> Value {
        let latest = self.history().await.swap_remove(0);
        self.undo(&latest).await.ok()
    }

    /// Everything outside the trash, without what each change moves on by itself.
    pub async fn everything(&self) -> Value {
        let mut all = serde_json::Map::new();
        for kind in ["tasks?limit=200", "lists", "labels", "views"] {
            let mut things = self.get(&format!("/api/{kind}")).await.ok();
            for thing in things.as_array_mut().expect("an array") {
                let members = thing.as_object_mut().expect("an object");
                members.remove("version");
                members.remove("updated_at");
            }
            all.insert(kind.to_owned(), things);
        }
        all.into()
    }

    /// The titles of a view.
    pub async fn titles(&self, address: &str) -> Vec<String> {
        let tasks = self.get(address).await.ok();
        let tasks = tasks.as_array().expect("an array");
        tasks
            .iter()
            .map(|task| task["title"].as_str().expect("a title").to_owned())
            .collect()
    }
}

/// Where the API has this task.
pub fn at(task: &Value) -> String {
    format!("/api/tasks/{}", task["id"].as_str().expect("an id"))
}

impl Answer {
    /// The entity tag.
    pub fn etag(&self) -> String {
        self.reply.header("etag").to_owned()
    }

    /// Where the `Link` header leads, without the server's name.
    pub fn link(&self, rel: &str) -> Option<String> {
        let ending = format!(">; rel=\"{rel}\"");
        let mut links = self.reply.header("link").split(", ");
        let target = links.find_map(|link| link.strip_prefix('<')?.strip_suffix(&ending))?;
        let path = target.strip_prefix("http://localhost");
        Some(path.expect("an absolute address").to_owned())
    }

    /// The body, if the status is 200.
    #[track_caller]
    pub fn ok(&self) -> Value {
        self.status(200).json()
    }

    /// The body, if the status is 201.
    #[track_caller]
    pub fn created(&self) -> Value {
        self.status(201).json()
    }

    /// Itself, if the status is this one.
    #[track_caller]
    pub fn status(&self, status: u16) -> &Self {
        let found = self.reply.status.as_u16();
        assert_eq!(
            found,
            status,
            "{}: {}",
            self.asked,
            String::from_utf8_lossy(&self.reply.body)
        );
        self
    }

    /// The problem document, if it is one of this status and code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let problem = self.status(status).json();
        assert_eq!(
            self.reply.header("content-type"),
            "application/problem+json",
            "{}",
            self.asked
        );
        assert_eq!(problem["code"], code, "{}: {problem}", self.asked);
        assert_eq!(problem["status"], status, "{}: {problem}", self.asked);
        problem
    }

    /// The members (or parameters) that a 422 names.
    #[track_caller]
    pub fn refused(&self) -> Vec<String> {
        let problem = self.problem(422, "invalid");
        let errors = problem["errors"].as_array().expect("errors").clone();
        let name = |error: &Value| {
            error["pointer"]
                .as_str()
                .or(error["parameter"].as_str())
                .map(str::to_owned)
        };
        errors
            .iter()
            .map(|error| name(error).expect("a pointer or a parameter"))
            .collect()
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_slice(&self.reply.body)
            .unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, self.reply.text()))
    }
}
