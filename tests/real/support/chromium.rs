//! Chromium, driven over the `WebDriver` protocol of the W3C.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Browser, Client, Order, Scripts, eventually, program};

/// Chromium with a fresh profile.
pub struct Chromium {
    driver: Child,
    client: Client,
    session: String,
    profile: TempDir,
}

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
            "acceptInsecureCerts": true,
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

    /// Looks at pages as on a screen of this width, in these colours, with nothing moving.
    pub fn look(&self, width: u32, colours: &str) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false }),
        );
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": colours },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.devtools("Emulation.setEmulatedMedia", &features);
    }

    /// How wide the page is, with all that one could scroll to.
    pub fn page_width(&self) -> u64 {
        let metrics = self.devtools("Page.getLayoutMetrics", &json!({}));
        metrics["cssContentSize"]["width"]
            .as_u64()
            .expect("a width")
    }

    /// Runs a function's body inside the page, and waits for what it promises.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: &Value) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.post("/execute/sync", &body)
            .expect("a script that runs")
    }

    #[track_caller]
    fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.post("/goog/cdp/execute", &body).expect(command)
    }

    fn get(&self, path: &str) -> Result<Value, String> {
        value_of(&self.client.get(&format!("{}{path}", self.session)))
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        value_of(&self.client.post(&format!("{}{path}", self.session), body))
    }
}

impl Browser for Chromium {
    fn tell(&self, order: Order<'_>) -> Result<Value, String> {
        match order {
            Order::Visit(url) => self.post("/url", &json!({ "url": url })),
            Order::Address => self.get("/url"),
            Order::Find(xpath) => {
                let query = json!({ "using": "xpath", "value": xpath });
                self.post("/elements", &query)
            }
            Order::Click(element) => self.post(&format!("/element/{element}/click"), &json!({})),
            Order::Clear(element) => self.post(&format!("/element/{element}/clear"), &json!({})),
            Order::Type(element, text) => {
                let path = format!("/element/{element}/value");
                self.post(&path, &json!({ "text": text }))
            }
            Order::Text(element) => self.get(&format!("/element/{element}/text")),
        }
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
