//! curl and a shell.

use std::process::Command;

use serde_json::Value;

use crate::journey::{Visitor, walk};
use crate::support::{Engine, Place, program};

/// Ann's shell script.
struct Script {
    base: String,
    token: String,
}

const LOGIN: &str = r#"{"email": "ann@example.org", "password": "four small grey stones"}"#;

impl Script {
    /// Runs one line of shell in which `$BASE` and `$TOKEN` are set; returns status, head, body.
    #[track_caller]
    fn run(&self, line: &str) -> (u16, String, Value) {
        let output = Command::new("sh")
            .args(["-ec", line])
            .env("BASE", &self.base)
            .env("TOKEN", &self.token)
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {said}");
        let answer = String::from_utf8(output.stdout).expect("UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let body = match body {
            "" => Value::Null,
            body => serde_json::from_str(body).expect("JSON"),
        };
        (status.expect("a status"), head.to_owned(), body)
    }

    #[track_caller]
    fn expect(&self, status: u16, line: &str) -> Value {
        let (found, _, body) = self.run(line);
        assert_eq!(found, status, "{line}: {body}");
        body
    }

    fn enter(&mut self, status: u16, door: &str) {
        let line = format!("curl -sSi $BASE/api/auth/{door} --json '{LOGIN}'");
        let body = self.expect(status, &line);
        let token = body["token"].as_str().expect("a token");
        token.clone_into(&mut self.token);
    }

    fn id_of(&self, title: &str, status: &str) -> String {
        let tasks = self.expect(
            200,
            &format!(
                r#"curl -sSi "$BASE/api/tasks?status={status}" -H "Authorization: Bearer $TOKEN""#
            ),
        );
        let tasks = tasks.as_array().expect("an array");
        let task = tasks.iter().find(|task| task["title"] == title);
        task.expect(title)["id"].as_str().expect("an id").to_owned()
    }

    fn on_task(&self, title: &str, status: &str, (options, rest): (&str, &str)) -> String {
        let id = self.id_of(title, status);
        format!(
            r#"curl -sSi {options} $BASE/api/tasks/{id}{rest} -H "Authorization: Bearer $TOKEN""#
        )
    }
}

impl Visitor for Script {
    fn sign_up(&mut self) {
        self.enter(201, "signup");
    }

    fn add(&mut self, title: &str) {
        let task = self.expect(
            201,
            &format!(
                r#"curl -sSi $BASE/api/tasks -H "Authorization: Bearer $TOKEN" \
                   --json '{{"title": "{title}"}}'"#
            ),
        );
        assert_eq!(task["title"], title);
    }

    fn rename(&mut self, from: &str, to: &str) {
        let (_, head, _) = self.run(&self.on_task(from, "open", ("", "")));
        let tag = head.lines().find_map(|line| line.strip_prefix("etag: "));
        let patch = format!(
            r#"-X PATCH --json '{{"title": "{to}"}}' -H 'If-Match: {}'"#,
            tag.expect("an entity tag")
        );
        let line = self.on_task(from, "open", (&patch, ""));

        assert_eq!(self.expect(200, &line)["title"], to);
        // The same once more comes too late: the task has changed since.
        assert_eq!(self.expect(412, &line)["code"], "precondition-failed");
    }

    fn complete(&mut self, title: &str) {
        let line = self.on_task(title, "open", ("-X PUT", "/completion"));
        assert_eq!(self.expect(200, &line)["completed"], true);
    }

    fn undo(&mut self, title: &str) {
        let line = self.on_task(title, "completed", ("-X DELETE", "/completion"));
        assert_eq!(self.expect(200, &line)["completed"], false);
    }

    fn delete(&mut self, title: &str) {
        let line = self.on_task(title, "open", ("-X DELETE", ""));
        self.expect(204, &line);
    }

    fn restore(&mut self, title: &str) {
        let line = self.on_task(title, "trashed", ("-X POST", "/restore"));
        assert_eq!(self.expect(200, &line)["deleted_at"], Value::Null);
    }

    fn search(&mut self, words: &str) -> Vec<String> {
        let tasks = self.expect(
            200,
            &format!(
                r#"curl -sSi -G $BASE/api/tasks --data-urlencode "q={words}" \
                   -H "Authorization: Bearer $TOKEN""#
            ),
        );
        titles(&tasks)
    }

    fn complete_together(&mut self, titles: &[&str]) {
        let operation = |title: &&str| {
            let id = self.id_of(title, "open");
            format!(r#"{{"op": "complete", "id": "{id}"}}"#)
        };
        let operations: Vec<_> = titles.iter().map(operation).collect();
        let line = format!(
            r#"curl -sSi $BASE/api/tasks/batch -H "Authorization: Bearer $TOKEN" \
               --json '{{"operations": [{}]}}'"#,
            operations.join(", ")
        );
        let done = self.expect(200, &line);
        assert_eq!(done["results"].as_array().map(Vec::len), Some(titles.len()));
    }

    fn sign_out(&mut self) {
        let token = r#"-H "Authorization: Bearer $TOKEN""#;
        self.expect(
            204,
            &format!("curl -sSi -X POST $BASE/api/auth/logout {token}"),
        );
        self.expect(401, &format!("curl -sSi $BASE/api/tasks {token}"));
    }

    fn sign_in(&mut self) {
        self.enter(200, "login");
    }

    fn open_titles(&mut self) -> Vec<String> {
        let tasks = self.expect(
            200,
            r#"curl -sSi "$BASE/api/tasks?status=open&sort=order" \
               -H "Authorization: Bearer $TOKEN""#,
        );
        titles(&tasks)
    }
}

fn titles(tasks: &Value) -> Vec<String> {
    let tasks = tasks.as_array().expect("an array").iter();
    tasks
        .map(|task| task["title"].as_str().expect("a title").to_owned())
        .collect()
}

on_both_engines! {
    fn a_first_visit_works_with_curl(place: &Place) {
        let server = place.serve();
        if program(&["curl"]).is_some() {
            let mut script = Script { base: server.url.clone(), token: String::new() };
            walk(&mut script);
        }
    }
}

/// The lines stand in the README for people to copy.
#[test]
fn the_lines_in_the_readme_work() {
    let place = Place::new(Engine::Sqlite).expect("SQLite is always there");
    let server = place.serve();
    if program(&["curl"]).is_none() {
        return;
    }
    let readme = include_str!("../../README.md");
    let section = readme
        .split("\n## ")
        .find(|section| section.starts_with("The API"));
    let lines = section.expect("the section").split("```sh\n").nth(1);
    let lines = lines
        .and_then(|rest| rest.split("```").next())
        .expect("lines of shell");
    assert!(lines.contains("http://127.0.0.1:8080"));
    let lines = lines.replace("http://127.0.0.1:8080", &server.url);

    let output = Command::new("sh")
        .args(["-ec", &lines])
        .output()
        .expect("a shell");

    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{said}");
    let last = said.rsplit_once("}[").expect("a list at the end").1;
    let tasks: Value = serde_json::from_str(&format!("[{last}")).expect("JSON");
    assert_eq!(tasks[0]["title"], "Call mum", "{said}");
    assert_eq!(tasks[0]["due_date"], "2026-11-27", "{said}");
}
