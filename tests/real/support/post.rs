//! A real mail server, and the letters that it has taken.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::{eventually, leave_out};

/// A mail server that runs; it is killed when dropped.
pub struct MailServer {
    child: Child,
    folder: PathBuf,
}

/// A port that nobody listens on just now.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a port").port()
}

impl MailServer {
    /// Starts it; none if it is not installed here. With a certificate it takes nothing before
    /// STARTTLS.
    pub fn start(port: u16, folder: &Path, certificate: Option<&Certificate>) -> Option<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = here.join("target/tools/python/bin/python");
        let has = Command::new(&python)
            .args(["-c", "import aiosmtpd"])
            .stderr(Stdio::null())
            .status();
        if !has.is_ok_and(|status| status.success()) {
            leave_out("aiosmtpd is not installed");
            return None;
        }
        std::fs::create_dir_all(folder).expect("a folder");
        let mut command = Command::new(python);
        command
            .arg(here.join("tests/real/support/mail_server.py"))
            .arg(port.to_string())
            .arg(folder);
        if let Some(certificate) = certificate {
            command.args([&certificate.certificate, &certificate.key]);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let said = BufReader::new(child.stdout.take().expect("a pipe"))
            .lines()
            .next();
        assert_eq!(said.expect("a line").expect("UTF-8"), "ready");
        Some(Self {
            child,
            folder: folder.to_owned(),
        })
    }

    /// The letters that it has taken, once there are so many.
    #[track_caller]
    pub fn letters(&self, count: usize) -> Vec<String> {
        eventually(|| {
            let letters = self.taken();
            let found = letters.len();
            (found >= count)
                .then_some(letters)
                .ok_or_else(|| format!("{found} letters came"))
        })
    }

    /// The letters that it has taken so far.
    pub fn taken(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).expect("the folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let letters = paths.filter(|path| path.extension().is_some_and(|it| it == "eml"));
        letters
            .map(|path| std::fs::read_to_string(path).expect("a letter"))
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to kill.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A certificate for localhost that nobody has signed but itself.
pub struct Certificate {
    pub certificate: PathBuf,
    key: PathBuf,
}

impl Certificate {
    /// Makes one in a folder; none if that cannot be done here.
    pub fn make(folder: &Path) -> Option<Self> {
        let openssl = super::program(&["openssl"])?;
        let made = Self {
            certificate: folder.join("certificate.pem"),
            key: folder.join("key.pem"),
        };
        let words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
                     -subj /CN=localhost -addext subjectAltName=DNS:localhost";
        let status = Command::new(openssl)
            .args(words.split_whitespace())
            .arg("-out")
            .arg(&made.certificate)
            .arg("-keyout")
            .arg(&made.key)
            .stderr(Stdio::null())
            .status();
        assert!(status.expect("openssl runs").success());
        Some(made)
    }
}
