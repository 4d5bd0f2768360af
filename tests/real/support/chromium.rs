//! Chromium, driven over the `WebDriver` protocol of the W3C; nothing is ever run inside a page.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Client, eventually, program};

/// Whether pages may run JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// A browser with a fresh profile.
pub struct Chromium {
    driver: Child,
    client: Client,
    session: String,
    profile: TempDir,
}

const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    // A name on the network, as far as the browser can tell: it trusts loopback more.
    "--host-resolver-rules=MAP *.lan 127.0.0.1",
];

impl Chromium {
    /// Opens the browser; none if it is not installed here.
    pub fn open(scripts: Scripts) -> Option<Self> {
        let driver = program(&["chromedriver"])?;
        let browser = program(&["chromium", "chromium-browser", "google-chrome"])?;
        let profile = TempDir::new().expect("a temporary folder");
        let (driver, port) = start_driver(&driver, profile.path());
        let client = Client::new(&format!("http://127.0.0.1:{port}"));
        let mut chromium = Self {
            driver,
            client,
            session: String::new(),
            profile,
        };
        chromium.begin(&browser, scripts);
        Some(chromium)
    }

    fn begin(&mut self, browser: &Path, scripts: Scripts) {
        let folder = format!("--user-data-dir={}", self.profile.path().display());
        let arguments: Vec<_> = ARGUMENTS.into_iter().chain([folder.as_str()]).collect();
        let setting = match scripts {
            Scripts::On => 1,
            Scripts::Off => 2,
        };
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "timeouts": { "pageLoad": 30_000 },
            "goog:chromeOptions": {
                "binary": browser,
                "args": arguments,
                "prefs": { "profile.managed_default_content_settings.javascript": setting },
            },
        } } });
        let begun = self.client.post("/session", &capabilities).expect(200);
        let id = begun["value"]["sessionId"].as_str().expect("a session");
        self.session = format!("/session/{id}");
    }

    /// Goes to an address.
    #[track_caller]
    pub fn visit(&self, url: &str) {
        self.ask("/url", &json!({ "url": url })).expect("a page");
    }

    /// Clicks on the element, once it is there.
    #[track_caller]
    pub fn click(&self, xpath: &str) {
        eventually(|| {
            let element = self.find(xpath)?;
            self.ask(&format!("/element/{element}/click"), &json!({}))
        });
    }

    /// Empties the field and types into it.
    #[track_caller]
    pub fn fill(&self, xpath: &str, text: &str) {
        eventually(|| {
            let element = self.find(xpath)?;
            self.ask(&format!("/element/{element}/clear"), &json!({}))?;
            self.ask(
                &format!("/element/{element}/value"),
                &json!({ "text": text }),
            )
        });
    }

    /// The text of the element, once it is there and says something else than nothing.
    #[track_caller]
    pub fn text(&self, xpath: &str) -> String {
        eventually(|| {
            let element = self.find(xpath)?;
            self.text_of(&element)
        })
    }

    /// Waits until the element says this.
    #[track_caller]
    pub fn wait_for(&self, xpath: &str, text: &str) {
        eventually(|| {
            let element = self.find(xpath)?;
            let found = self.text_of(&element)?;
            found
                .contains(text)
                .then_some(())
                .ok_or_else(|| format!("{xpath} says {found:?}, not {text:?}"))
        });
    }

    /// Waits until there is no such element.
    #[track_caller]
    pub fn wait_without(&self, xpath: &str) {
        eventually(|| match self.find_all(xpath)?.as_slice() {
            [] => Ok(()),
            _ => Err(format!("{xpath} is still there")),
        });
    }

    /// The texts of all such elements, in order.
    #[track_caller]
    pub fn texts(&self, xpath: &str) -> Vec<String> {
        eventually(|| {
            let found = self.find_all(xpath)?;
            found.iter().map(|element| self.text_of(element)).collect()
        })
    }

    fn find(&self, xpath: &str) -> Result<String, String> {
        let found = self.find_all(xpath)?;
        let objection = || format!("there is no {xpath} at {}", self.address());
        found.into_iter().next().ok_or_else(objection)
    }

    fn find_all(&self, xpath: &str) -> Result<Vec<String>, String> {
        let found = self.ask("/elements", &json!({ "using": "xpath", "value": xpath }))?;
        let elements = found.as_array().expect("elements").iter();
        Ok(elements
            .map(|element| element[ELEMENT].as_str().expect("an element").to_owned())
            .collect())
    }

    fn text_of(&self, element: &str) -> Result<String, String> {
        let path = format!("{}/element/{element}/text", self.session);
        let text = value_of(&self.client.get(&path))?;
        Ok(text.as_str().expect("text").to_owned())
    }

    fn address(&self) -> String {
        let path = format!("{}/url", self.session);
        value_of(&self.client.get(&path)).map_or_else(|error| error, |url| url.to_string())
    }

    fn ask(&self, path: &str, body: &Value) -> Result<Value, String> {
        value_of(&self.client.post(&format!("{}{path}", self.session), body))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Ending the session ends the browser; what is left of it then is the driver.
        drop(self.client.try_send("DELETE", &self.session, &[], ""));
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

fn value_of(answer: &super::Answer) -> Result<Value, String> {
    let mut body: Value = serde_json::from_str(&answer.body).expect("JSON");
    match answer.status {
        200 => Ok(body["value"].take()),
        _ => Err(body["value"]["message"].to_string()),
    }
}

fn start_driver(driver: &Path, folder: &Path) -> (Child, u16) {
    let said = folder.join("driver.log");
    let child = Command::new(driver)
        .arg("--port=0")
        .env("HOME", folder)
        .stdin(Stdio::null())
        .stdout(File::create(&said).expect("a file"))
        .stderr(Stdio::null())
        .spawn()
        .expect("the driver starts");
    let port = eventually(|| {
        let said = std::fs::read_to_string(&said).expect("a file");
        let port = said.split_once("successfully on port ");
        let port = port.and_then(|(_, rest)| rest.split_once('.'));
        port.and_then(|(port, _)| port.parse().ok()).ok_or(said)
    });
    (child, port)
}
