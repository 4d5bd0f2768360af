//! Firefox with JavaScript switched off, driven over its own protocol, Marionette, because its driver
//! is not in every distribution. The orders are those of `WebDriver`.

use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Browser, Order, eventually, program};

/// Firefox with a fresh profile.
pub struct Firefox {
    child: Child,
    wire: RefCell<Marionette>,
    /// Lives as long as the browser.
    _profile: TempDir,
}

/// One connection; requests are numbered.
struct Marionette {
    stream: TcpStream,
    count: u64,
}

/// A port of its choice, no scripts in pages, and no talk with anybody but the pages' server.
const PREFERENCES: &str = r#"
user_pref("marionette.port", 0);
user_pref("javascript.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("browser.aboutConfig.showWarning", false);
user_pref("browser.region.update.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.search.update", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("dom.ipc.processPrelaunch.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.proxy.type", 0);
user_pref("services.settings.server", "http://127.0.0.1:1/");
user_pref("toolkit.telemetry.enabled", false);
"#;

impl Firefox {
    /// Opens the browser; none if it is not installed here.
    pub fn open() -> Option<Self> {
        let browser = program(&["firefox-esr", "firefox"])?;
        let profile = TempDir::new().expect("a temporary folder");
        std::fs::write(profile.path().join("user.js"), PREFERENCES).expect("a file");
        let child = Command::new(browser)
            .args(["--headless", "--width", "800", "--height", "600"])
            .args(["--marionette", "--no-remote", "--profile"])
            .arg(profile.path())
            .env("HOME", profile.path())
            .env("MOZ_CRASHREPORTER_DISABLE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the browser starts");
        let wire = Marionette::connect(profile.path());
        let firefox = Self {
            child,
            wire: RefCell::new(wire),
            _profile: profile,
        };
        let begun = firefox.ask("WebDriver:NewSession", &json!({}));
        begun.expect("a session");
        let patience = json!({ "pageLoad": 30_000 });
        let set = firefox.ask("WebDriver:SetTimeouts", &patience);
        set.expect("time limits");
        Some(firefox)
    }

    fn ask(&self, command: &str, parameters: &Value) -> Result<Value, String> {
        self.wire.borrow_mut().ask(command, parameters)
    }
}

impl Browser for Firefox {
    fn tell(&self, order: Order<'_>) -> Result<Value, String> {
        let (command, parameters) = match order {
            Order::Visit(url) => ("WebDriver:Navigate", json!({ "url": url })),
            Order::Address => ("WebDriver:GetCurrentURL", json!({})),
            Order::Find(xpath) => {
                let query = json!({ "using": "xpath", "value": xpath });
                // The one answer that comes as it is, not as a value.
                return self.ask("WebDriver:FindElements", &query);
            }
            Order::Click(element) => ("WebDriver:ElementClick", json!({ "id": element })),
            Order::Clear(element) => ("WebDriver:ElementClear", json!({ "id": element })),
            Order::Type(element, text) => {
                let typed = json!({ "id": element, "text": text });
                ("WebDriver:ElementSendKeys", typed)
            }
            Order::Text(element) => ("WebDriver:GetElementText", json!({ "id": element })),
        };
        let mut answer = self.ask(command, &parameters)?;
        Ok(answer["value"].take())
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        // It may hang in its goodbyes, and nothing in its profile is worth keeping.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Marionette {
    fn connect(profile: &Path) -> Self {
        let file = profile.join("MarionetteActivePort");
        let stream = eventually(|| {
            let port = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
            let port: u16 = port
                .trim()
                .parse()
                .map_err(|_no_number| format!("port {port:?}"))?;
            TcpStream::connect(("127.0.0.1", port)).map_err(|error| error.to_string())
        });
        let limit = Some(Duration::from_mins(1));
        stream.set_read_timeout(limit).expect("a time limit");
        let mut marionette = Self { stream, count: 0 };
        // It speaks first, and says who it is.
        marionette.hear().expect("a greeting");
        marionette
    }

    fn ask(&mut self, command: &str, parameters: &Value) -> Result<Value, String> {
        self.count += 1;
        let message = json!([0, self.count, command, parameters]).to_string();
        let message = format!("{}:{message}", message.len());
        let sent = self.stream.write_all(message.as_bytes());
        sent.map_err(|error| format!("{command}: {error}"))?;
        let mut answer = self.hear()?;
        assert_eq!(answer[1], self.count, "{command}: {answer}");
        if answer[2].is_null() {
            Ok(answer[3].take())
        } else {
            Err(answer[2]["message"].to_string())
        }
    }

    /// Reads one message: its length, a colon, and that many bytes of JSON.
    fn hear(&mut self) -> Result<Value, String> {
        let mut length = 0;
        loop {
            let mut byte = [0];
            let heard = self.stream.read_exact(&mut byte);
            heard.map_err(|error| format!("Firefox says nothing: {error}"))?;
            match byte[0] {
                digit @ b'0'..=b'9' => length = length * 10 + u64::from(digit - b'0'),
                _ => break,
            }
        }
        let mut message = Vec::new();
        let heard = (&self.stream).take(length).read_to_end(&mut message);
        heard.map_err(|error| format!("Firefox stops talking: {error}"))?;
        serde_json::from_slice(&message).map_err(|error| error.to_string())
    }
}
