//! Behind nginx, as people put it on the internet: https outside, http inside.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::browsing::Ann;
use crate::journey::walk;
use crate::support::{Engine, Pages, Place, Server, eventually, program};

/// nginx in front of a server of ours; it ends when dropped.
struct Proxied {
    nginx: Child,
    _server: Server,
    _place: Place,
    folder: TempDir,
    port: u16,
}

impl Drop for Proxied {
    fn drop(&mut self) {
        drop(self.nginx.kill());
        drop(self.nginx.wait());
    }
}

/// The configuration that the README recommends, for ports and files of this test.
fn configuration(port: u16, inner: &str) -> String {
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr;
         events {{}}
         http {{
             access_log off;
             client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
             uwsgi_temp_path uwsgi; scgi_temp_path scgi;
             server {{
                 listen 127.0.0.1:{port} ssl;
                 server_name todo.lan;
                 ssl_certificate cert.pem;
                 ssl_certificate_key key.pem;
                 location / {{
                     proxy_pass http://{inner};
                     proxy_set_header Host $http_host;
                     proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                 }}
             }}
         }}"
    )
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a port").port()
}

fn make_certificate(openssl: &Path, folder: &Path) {
    let made = Command::new(openssl)
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ])
        .args(["-nodes", "-days", "2", "-subj", "/CN=todo.lan"])
        .args(["-addext", "subjectAltName=DNS:todo.lan"])
        .args(["-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .status();
    assert!(made.expect("openssl runs").success());
}

/// None where nginx is not installed.
fn proxied() -> Option<Proxied> {
    let nginx = program(&["nginx"])?;
    let openssl = program(&["openssl"])?;
    let place = Place::new(Engine::Sqlite).expect("SQLite is always there");
    let folder = TempDir::new().expect("a temporary folder");
    make_certificate(&openssl, folder.path());
    let (port, inner) = (free_port(), format!("127.0.0.1:{}", free_port()));
    let url = format!("https://todo.lan:{port}");
    let settings = [
        ("TICKBOX_PUBLIC_URL", url.as_str()),
        ("TICKBOX_TRUSTED_PROXIES", "127.0.0.1/32"),
        ("TICKBOX_LIMIT_LOGIN", "10"),
    ];
    let server = place.serve_behind(&inner, &settings);
    let file = folder.path().join("nginx.conf");
    fs::write(&file, configuration(port, &inner)).expect("a file");
    let nginx = Command::new(nginx)
        .arg("-p")
        .arg(folder.path())
        .arg("-c")
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(fs::File::create(folder.path().join("nginx.log")).expect("a log"))
        .spawn()
        .expect("nginx starts");
    let proxied = Proxied {
        nginx,
        _server: server,
        _place: place,
        folder,
        port,
    };
    eventually(|| {
        let (status, _, said) = proxied.try_curl("127.0.0.1", &["/healthz"]);
        (status == 200).then_some(()).ok_or(said)
    });
    Some(proxied)
}

impl Proxied {
    /// What curl says when it comes from this loopback address: status, head and body.
    fn try_curl(&self, from: &str, arguments: &[&str]) -> (u16, String, String) {
        let (path, rest) = arguments.split_first().expect("a path");
        let output = Command::new("curl")
            .args(["-sSi", "--interface", from, "--cacert"])
            .arg(self.folder.path().join("cert.pem"))
            .args(["--resolve", &format!("todo.lan:{}:127.0.0.1", self.port)])
            .arg(format!("https://todo.lan:{}{path}", self.port))
            .args(rest)
            .output()
            .expect("curl runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let status = text
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let said = String::from_utf8_lossy(&output.stderr);
        (
            status.unwrap_or(0),
            head.to_lowercase(),
            format!("{body}{said}"),
        )
    }

    #[track_caller]
    fn curl(&self, expected: u16, from: &str, arguments: &[&str]) -> (String, String) {
        let (status, head, body) = self.try_curl(from, arguments);
        assert_eq!(status, expected, "{arguments:?}: {head} {body}");
        (head, body)
    }
}

const ANN: &str = r#"{"email": "ann@example.org", "password": "four small grey stones"}"#;

#[test]
fn https_brings_the_prefixed_cookie_and_strict_transport_security() {
    let Some(proxied) = proxied() else {
        return;
    };
    let form = "email=ann%40example.org&password=four+small+grey+stones";

    let (head, _) = proxied.curl(303, "127.0.0.2", &["/signup", "-d", form]);

    let cookie = head
        .lines()
        .find(|line| line.starts_with("set-cookie: __host-tickbox="));
    let cookie = cookie.expect("the cookie of the secure mode");
    for part in ["; httponly", "; samesite=lax", "; secure", "; path=/"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("domain"), "{cookie}");
    assert!(
        head.contains("strict-transport-security: max-age=31536000"),
        "{head}"
    );
    // The name of the other mode opens nothing.
    let token = cookie.split(['=', ';']).nth(1).expect("a value").to_owned();
    let plain = format!("Cookie: tickbox={token}");
    let (head, _) = proxied.curl(303, "127.0.0.2", &["/tasks", "-H", &plain]);
    assert!(head.contains("location: /login"), "{head}");
}

#[test]
fn the_address_is_that_of_the_client_whatever_it_claims() {
    let Some(proxied) = proxied() else {
        return;
    };
    let spoofed = "X-Forwarded-For: 203.0.113.9, 127.0.0.1";
    let sign_up = ["/api/auth/signup", "--json", ANN, "-H", spoofed];

    let (_, body) = proxied.curl(201, "127.0.0.2", &sign_up);

    let token: Value = serde_json::from_str(&body).expect("JSON");
    let bearer = format!(
        "Authorization: Bearer {}",
        token["token"].as_str().expect("a token")
    );
    let (_, body) = proxied.curl(200, "127.0.0.2", &["/api/me/sign-ins", "-H", &bearer]);
    let noted: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(noted[0]["network"], "127.0.0.2");

    let wrong = r#"{"email": "bob@example.org", "password": "wrong but long"}"#;
    for attempt in 0..10 {
        let claim = format!("X-Forwarded-For: 198.51.100.{attempt}");
        let log_in = ["/api/auth/login", "--json", wrong, "-H", &claim];
        let (status, _, _) = proxied.try_curl("127.0.0.3", &log_in);
        assert!(matches!(status, 401 | 429), "{status}");
    }
    let claim = "X-Forwarded-For: 198.51.100.99";
    let log_in = ["/api/auth/login", "--json", wrong, "-H", claim];
    proxied.curl(429, "127.0.0.3", &log_in);
    // A forged host, and forged words about it, lead nowhere.
    proxied.curl(421, "127.0.0.2", &["/login", "-H", "Host: evil.example"]);
    let forged = [
        "/login",
        "-H",
        "X-Forwarded-Host: evil.example",
        "-H",
        "Forwarded: host=evil",
    ];
    proxied.curl(200, "127.0.0.2", &forged);
}

#[test]
fn a_first_visit_works_over_https_to_a_name_on_the_network() {
    let Some(proxied) = proxied() else {
        return;
    };
    let site = format!("https://todo.lan:{}", proxied.port);

    if let Some(ann) = Pages::at(&site) {
        walk(&mut Ann(ann));
    }
}
