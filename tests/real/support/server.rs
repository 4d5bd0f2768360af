//! The binary, running.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};

use super::{Client, eventually};

/// A running server; it is killed when dropped.
pub struct Server {
    child: Child,
    log: PathBuf,
    /// Where it is reached: `http://127.0.0.1:PORT`.
    pub url: String,
}

impl Server {
    /// Starts the command and waits until it answers; its log goes into the file.
    #[track_caller]
    pub fn start(command: Command, log: PathBuf) -> Self {
        Self::start_behind(command, log, None)
    }

    /// The same for one that does not say where it listens, because a proxy stands in front.
    #[track_caller]
    pub fn start_behind(mut command: Command, log: PathBuf, address: Option<&str>) -> Self {
        let file = File::create(&log).expect("a log file");
        let child = command
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .expect("the binary starts");
        let mut server = Self {
            child,
            log,
            url: String::new(),
        };
        server.url = eventually(|| {
            let log = server.log();
            if let Some(status) = server.child.try_wait().unwrap() {
                panic!("the server ended with {status}: {log}");
            }
            let url = log
                .split_once("ready: open ")
                .and_then(|(_, rest)| rest.split_once(' '));
            url.map(|(url, _)| url.to_owned()).ok_or(log)
        });
        if let Some(address) = address {
            server.url = format!("http://{address}");
        }
        let client = server.client();
        eventually(|| match client.try_send("GET", "/healthz", &[], "") {
            Ok(answer) if answer.status == 200 => Ok(()),
            other => Err(format!("/healthz says {other:?}")),
        });
        server
    }

    /// A client without a token.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log")
    }

    /// Asks it to stop, as `docker stop` does.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", "TERM", &id]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits for its end.
    #[track_caller]
    pub fn wait(&mut self) -> ExitStatus {
        eventually(|| {
            let ended = self.child.try_wait().unwrap();
            ended.ok_or_else(|| "the server still runs".to_owned())
        })
    }

    /// Kills it, as a power cut does.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to kill.
        drop(self.child.kill());
        drop(self.child.wait());
        if std::thread::panicking() {
            eprintln!("the log of the server:\n{}", self.log());
        }
    }
}

/// Runs the command, which must end with code 1 and one line, and returns that line.
#[track_caller]
pub fn refused(mut command: Command) -> String {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut pipe = child.stderr.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        std::io::Read::read_to_string(&mut pipe, &mut said).map(|_| said)
    });
    let mut server = Server {
        child,
        log: PathBuf::from("/dev/null"),
        url: String::new(),
    };
    let status = server.wait();
    let said = reader.join().unwrap().expect("UTF-8");
    assert_eq!(status.code(), Some(1), "{said}");
    let line = said.strip_suffix('\n').unwrap_or(&said);
    assert!(
        !line.is_empty() && !line.contains('\n'),
        "not one line: {said:?}"
    );
    let sentence = line.strip_prefix("tickbox: ");
    sentence
        .unwrap_or_else(|| panic!("not ours: {line}"))
        .to_owned()
}
