//! Programs in other languages that run beside a server: they say where they are, and serve.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use super::{Client, PASSWORD, eventually, leave_out, program};

const HERE: &str = env!("CARGO_MANIFEST_DIR");
/// What Better Auth keeps to itself, or shares with us.
pub const SHARED: &str = "b9Qz2v-LmX4tR7wKp1sYc6Hd3gJf8nAe";

/// A program that serves; it is killed when dropped.
pub struct Service {
    child: Child,
    pub url: String,
    /// All that its line says.
    pub greeting: Value,
}

impl Service {
    /// Starts it and waits for its one line.
    #[track_caller]
    fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let said = BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line);
        let greeting: Value = match said.map(|_| serde_json::from_str(&line)) {
            Ok(Ok(greeting)) => greeting,
            other => panic!("it says {line:?}: {other:?}"),
        };
        let url = greeting["baseURL"].as_str().expect("an address").to_owned();
        Self {
            child,
            url,
            greeting,
        }
    }

    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Ends it; nobody listens at its address any more.
    pub fn stop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A Better Auth server with these settings, if it is installed.
pub fn better_auth(settings: Value) -> Option<BetterAuth> {
    let mut settings = settings;
    settings["secret"] = json!(SHARED);
    let service = Service::start(node("server.mjs", &settings)?);
    Some(BetterAuth { service, settings })
}

/// Runs a script of Better Auth's folder to its end, and returns what it prints.
pub fn run_node(script: &str, settings: &Value) -> Option<Value> {
    let output = node(script, settings)?.output().expect("node runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

/// The command, if node and the packages are there. A script finds packages beside itself only.
fn node(script: &str, settings: &Value) -> Option<Command> {
    static COPIES: AtomicU32 = AtomicU32::new(0);

    let node = program(&["node"])?;
    let home = tool("better-auth")?;
    let number = COPIES.fetch_add(1, Ordering::Relaxed);
    let copy = home.join(format!("{}-{number}-{script}", std::process::id()));
    let source = Path::new(HERE).join("tests/real/better-auth").join(script);
    let text = std::fs::read_to_string(source).expect("the script");
    // It deletes itself as soon as it runs.
    let text = format!("(await import(\"node:fs\")).unlinkSync(process.argv[1]);\n{text}");
    std::fs::write(&copy, text).expect("a copy");
    let mut command = Command::new(node);
    command.arg(copy).arg(settings.to_string());
    Some(command)
}

/// The service that verifies our tokens with `PyJWT`, if that is installed.
pub fn py_jwt(settings: &Value) -> Option<Service> {
    let python = tool("python")?.join("bin/python");
    let mut command = Command::new(python);
    command
        .arg(Path::new(HERE).join("tests/real/pyjwt/service.py"))
        .arg(settings.to_string());
    let service = Service::start(command);
    let client = service.client();
    eventually(|| {
        let answer = client.try_send("GET", "/whoami", &[], "");
        answer.map_err(|error| error.to_string())
    });
    Some(service)
}

/// An issuer whose keys come over TLS; the certificate of its authority goes into the file.
pub fn issuer_with_tls(authority: &Path) -> Option<Service> {
    let mut command = Command::new(tool("python")?.join("bin/python"));
    command
        .arg(Path::new(HERE).join("tests/real/pyjwt/issuer.py"))
        .arg(authority);
    Some(Service::start(command))
}

/// The folder of a tool that bin/test installs, whole.
fn tool(name: &str) -> Option<PathBuf> {
    let folder = Path::new(HERE).join("target/tools").join(name);
    let is_whole = std::fs::read_dir(&folder).is_ok_and(|entries| {
        let mut names = entries.flatten().map(|entry| entry.file_name());
        names.any(|entry| entry.to_string_lossy().starts_with("installed-"))
    });
    if !is_whole {
        leave_out(&format!("{name} is not installed"));
        return None;
    }
    Some(folder)
}

/// Better Auth with its JWT plugin.
pub struct BetterAuth {
    pub service: Service,
    settings: Value,
}

/// Somebody who is signed in there.
pub struct Member {
    client: Client,
    cookies: Vec<(String, String)>,
}

impl BetterAuth {
    /// The table that trusts it, as an operator writes it.
    pub fn table(&self) -> String {
        let url = &self.service.url;
        let algorithm = self.settings["algorithm"].as_str().expect("a name");
        let keys = match algorithm {
            "HS256" => format!("secret = \"{SHARED}\""),
            _ => format!("jwks_url = \"{url}/api/auth/jwks\""),
        };
        format!(
            "[[issuer]]\nissuer = \"{url}\"\naudience = \"tickbox\"\n\
             algorithm = \"{algorithm}\"\n{keys}\n"
        )
    }

    /// Makes an account there.
    pub fn sign_up(&self, name: &str) -> Member {
        let client = self.service.client();
        let body = json!({
            "name": name, "email": format!("{name}@example.org"), "password": PASSWORD,
        });
        let headers = [
            ("origin", self.service.url.as_str()),
            ("content-type", "application/json"),
        ];
        let path = "/api/auth/sign-up/email";
        let answer = client.send("POST", path, &headers, &body.to_string());
        answer.expect(200);
        Member {
            cookies: answer.cookies(),
            client,
        }
    }

    /// How often somebody asked for the public keys.
    pub fn fetched(&self) -> u32 {
        let answer = self.service.client().get("/fetched");
        answer.body.parse().expect("a number")
    }
}

impl Member {
    /// A token for another service.
    pub fn token(&self) -> String {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let headers = [("cookie", &*cookies.join("; "))];
        let answer = self.client.send("GET", "/api/auth/token", &headers, "");
        let token = answer.expect(200)["token"].as_str().map(str::to_owned);
        token.expect("a token")
    }

    /// The value of a cookie whose name ends so.
    pub fn cookie(&self, ending: &str) -> &str {
        let found = self.cookies.iter().find(|(name, _)| name.ends_with(ending));
        &found.expect(ending).1
    }
}
