//! A mail server that takes whatever it is given, and a site that hands its mail in there.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tickbox::accounts::Email;
use tickbox::accounts::links::{Link, NewLink};
use tickbox::config::{Config, PublicUrl};
use tickbox::mail::{Sender, Smtp};

use super::{Browser, PASSWORD, Site};

/// Where links in mail begin.
pub const HOME: &str = "http://todo.example.org";

/// A letter that arrived.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Whom it was handed in for.
    pub to: String,
    /// The lines of its head.
    pub head: String,
    /// Its text.
    pub text: String,
}

/// What mail servers say to each other's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Willing,
    /// Answers every letter with 451 and the address in it.
    Unwilling,
}

/// A mail server on a port of its own.
#[derive(Clone)]
pub struct Sink {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    mails: Arc<Mutex<Vec<Mail>>>,
}

impl Sink {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let sink = Self {
            port: listener.local_addr().expect("a port").port(),
            mood: Arc::new(Mutex::new(Mood::Willing)),
            mails: Arc::default(),
        };
        let shared = sink.clone();
        // Ends with the process; a blocked `accept` cannot be called back.
        thread::spawn(move || {
            for visitor in listener.incoming().flatten() {
                drop(shared.converse(&visitor));
            }
        });
        sink
    }

    /// How it treats letters from now on.
    pub fn be(&self, mood: Mood) {
        *self.mood.lock().expect("a mood") = mood;
    }

    fn converse(&self, visitor: &TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(visitor.try_clone()?).lines();
        let say = |line: &str| (&*visitor).write_all(format!("{line}\r\n").as_bytes());
        say("220 sink")?;
        let mut to = String::new();
        while let Some(line) = lines.next().transpose()? {
            let word = line.split(' ').next().unwrap_or_default().to_uppercase();
            match word.as_str() {
                "RCPT" => {
                    let named = line.split(['<', '>']).nth(1);
                    named.unwrap_or_default().clone_into(&mut to);
                    match *self.mood.lock().expect("a mood") {
                        Mood::Willing => say("250 ok")?,
                        Mood::Unwilling => say(&format!("451 not now, <{to}>"))?,
                    }
                }
                "DATA" => {
                    say("354 go on")?;
                    let mut raw = Vec::new();
                    for line in lines.by_ref() {
                        let line = line?;
                        if line == "." {
                            break;
                        }
                        // A dot that begins a line is sent twice.
                        raw.push(line.strip_prefix('.').map_or(line.clone(), str::to_owned));
                    }
                    self.mails.lock().expect("mails").push(read(&to, &raw));
                    say("250 ok")?;
                }
                "QUIT" => return say("221 bye"),
                _ => say("250 ok")?,
            }
        }
        Ok(())
    }
}

fn read(to: &str, lines: &[String]) -> Mail {
    let end = lines.iter().position(String::is_empty).expect("a body");
    let (head, body) = (lines[..end].join("\n"), &lines[end + 1..]);
    let lower = head.to_lowercase();
    let text = if lower.contains("content-transfer-encoding: base64") {
        STANDARD.decode(body.concat()).expect("base64")
    } else if lower.contains("content-transfer-encoding: quoted-printable") {
        unquote(&body.join("\n"))
    } else {
        body.join("\n").into_bytes()
    };
    Mail {
        to: to.to_owned(),
        head,
        text: String::from_utf8(text)
            .expect("UTF-8")
            .replace("\r\n", "\n"),
    }
}

fn unquote(text: &str) -> Vec<u8> {
    let text = text.replace("=\n", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("hexadecimal"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

impl Mail {
    /// The address of the one link in it, without where it begins.
    #[track_caller]
    pub fn link(&self) -> String {
        let words = self.text.split_whitespace();
        let links: Vec<_> = words.filter_map(|word| word.strip_prefix(HOME)).collect();
        let [.., link] = links[..] else {
            panic!("no link: {}", self.text);
        };
        link.to_owned()
    }

    /// What stands behind `token=` in it.
    #[track_caller]
    pub fn token(&self) -> String {
        let link = self.link();
        let token = link.split_once("token=").expect("a token").1;
        token.to_owned()
    }

    /// The subject, if it is plain ASCII.
    pub fn subject(&self) -> &str {
        let line = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix("Subject: "));
        line.unwrap_or_default()
    }
}

impl Site {
    /// The same engine with a fresh database, where mail is sent.
    pub async fn with_mail(&self, change: impl FnOnce(&mut Config)) -> (Self, Sink) {
        let sink = Sink::open();
        let address = format!("smtp://127.0.0.1:{}", sink.port);
        let site = self
            .another(|config| {
                config.public_url = Some(PublicUrl::parse(HOME).expect("an address"));
                config.mail = Some(tickbox::config::Mail {
                    smtp: Smtp::parse(&address).expect("an address"),
                    from: Sender::parse("Tickbox <todo@example.org>").expect("an address"),
                });
                change(config);
            })
            .await;
        (site, sink)
    }

    /// A browser that has just signed up as `name@example.org` and followed the link in the mail.
    pub async fn sign_up_by_mail(&self, sink: &Sink, name: &str) -> Browser {
        let mut browser = self.browser();
        browser.email = format!("{name}@example.org");
        let form = browser.visit("/signup").await.ok();
        let typed = [("email", browser.email.as_str()), ("password", PASSWORD)]
            .map(|(k, v)| (k, v.to_owned()));
        let typed: Vec<_> = typed.iter().map(|(k, v)| (*k, v.as_str())).collect();
        form.submit(&mut browser, "#signup", &typed).await.ok();
        let link = self.mail(sink).await.link();
        let form = browser.visit(&link).await.ok();
        let page = form
            .submit(&mut browser, "#confirm", &[("password", PASSWORD)])
            .await
            .ok();
        assert_eq!(page.address, "/tasks");
        browser
    }

    /// The token of a link as the operator's command prints it.
    pub async fn printed_link(&self, email: &str) -> String {
        let (email, now) = (Email::parse(email).expect("an address"), self.clock.now());
        let made = self.state.store().front_desk_write(move |desk| {
            let known = desk.by_email(&email)?.expect("an account");
            let link = NewLink::new(known.id, Link::Reset, "", now)?;
            desk.put_link(&link)?;
            Ok(link.token)
        });
        made.await.expect("a link")
    }

    /// Sends what is due, and returns what arrived since it was asked for last.
    pub async fn mails(&self, sink: &Sink) -> Vec<Mail> {
        self.state.deliver_mail().await.expect("a delivery");
        std::mem::take(&mut *sink.mails.lock().expect("mails"))
    }

    /// The one letter that arrived.
    pub async fn mail(&self, sink: &Sink) -> Mail {
        let mut mails = self.mails(sink).await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        mails.swap_remove(0)
    }
}
