//! The mail server that takes our mail, and how it is spoken to.

use std::fmt;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{SmtpTransport, Transport as _};
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::Letter;

/// How long the mail server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the connection is kept from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS before anything is said; without it nothing is sent.
    StartTls,
    /// None, as somebody asked for.
    None,
}

/// Where mail is handed in.
#[derive(Clone, Debug)]
pub struct Smtp {
    host: String,
    port: u16,
    security: Security,
    login: Option<(String, SecretString)>,
}

impl Smtp {
    /// Reads `smtp://user:password@host:587` or `smtps://host`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let url = url::Url::parse(text).map_err(|_shape| "is not an address")?;
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or("needs a host")?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err("has something behind the host");
        }
        let (security, port) = match (url.scheme(), url.query()) {
            ("smtps", None) => (Security::Tls, 465),
            ("smtp", Some("tls=none")) => (Security::None, 25),
            ("smtp", None) if is_loopback(host) => (Security::None, 25),
            ("smtp", None | Some("tls=required")) => (Security::StartTls, 587),
            ("smtp", Some(_)) => return Err("has a query that is no tls=none or tls=required"),
            ("smtps", Some(_)) => return Err("has a query, which smtps:// does not need"),
            _ => return Err("needs smtp:// or smtps://"),
        };
        let decode = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let login = url
            .password()
            .map(|password| (decode(url.username()), decode(password).into()));
        if login.is_none() && !url.username().is_empty() {
            return Err("has a user and no password");
        }
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port().unwrap_or(port),
            security,
            login,
        })
    }
}

/// Whether what is sent there never leaves the machine.
fn is_loopback(host: &str) -> bool {
    let ip = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

/// From whom mail comes: `todo@example.org` or `Tickbox <todo@example.org>`.
#[derive(Clone, Debug)]
pub struct Sender(Mailbox);

impl Sender {
    /// Reads it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let mailbox = text.parse().map(Self);
        mailbox.map_err(|_shape| "is no e-mail address")
    }
}

/// Why a letter did not leave; says nothing about it but what can be mended.
#[derive(Debug)]
pub(super) struct NotSent(String);

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<lettre::transport::smtp::Error> for NotSent {
    // What the server answers may repeat the address, so only its number is kept.
    fn from(error: lettre::transport::smtp::Error) -> Self {
        Self(match error.status() {
            Some(code) => format!("the mail server answered {code}"),
            None => error.to_string(),
        })
    }
}

/// A mail server that can be spoken to.
#[derive(Clone)]
pub(super) struct Line {
    transport: SmtpTransport,
    from: Mailbox,
    host: String,
}

impl Line {
    /// Makes ready to speak to the server, as the host whose pages we are.
    pub(super) fn new(smtp: &Smtp, from: &Sender, host: &str) -> Result<Self, NotSent> {
        let parameters = || TlsParameters::new(smtp.host.clone());
        let tls = match smtp.security {
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::StartTls => Tls::Required(parameters()?),
            Security::None => Tls::None,
        };
        let mut builder = SmtpTransport::builder_dangerous(&smtp.host)
            .port(smtp.port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(host.to_owned()));
        if let Some((user, password)) = &smtp.login {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from: from.0.clone(),
            host: host.to_owned(),
        })
    }

    /// Hands a letter in; blocks until the server has taken it. Sent again under the same id it is
    /// the same message.
    pub(super) fn send(&self, id: Uuid, letter: &Letter) -> Result<(), NotSent> {
        let to = letter.to.parse();
        let to = to.map_err(|_shape| NotSent("the recipient is no mailbox".to_owned()))?;
        // RFC 3834: nobody's holiday answers this.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{id}@{}>", self.host)))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.replace('\n', "\r\n"))
            .map_err(|_cause| NotSent("the letter is none".to_owned()))?;
        self.transport.send(&message)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, u16, Security, Option<String>) {
        let smtp = Smtp::parse(text).unwrap_or_else(|fault| panic!("{text} {fault}"));
        let user = smtp.login.map(|(user, _)| user);
        (smtp.host, smtp.port, smtp.security, user)
    }

    #[test]
    fn only_what_stays_on_the_machine_goes_unprotected_unasked() {
        use Security::{None as Plain, StartTls, Tls};
        let host = |name: &str| name.to_owned();
        for (text, expected) in [
            ("smtp://h.example", (host("h.example"), 587, StartTls, None)),
            ("smtps://h.example", (host("h.example"), 465, Tls, None)),
            (
                "smtp://localhost?tls=required",
                (host("localhost"), 587, StartTls, None),
            ),
            ("smtp://localhost", (host("localhost"), 25, Plain, None)),
            (
                "smtp://127.0.0.1:2525",
                (host("127.0.0.1"), 2525, Plain, None),
            ),
            ("smtp://[::1]:26/", (host("::1"), 26, Plain, None)),
            (
                "smtp://10.0.0.1?tls=none",
                (host("10.0.0.1"), 25, Plain, None),
            ),
            (
                "smtp://a%40b.example:p%3Aw@h.example:2587",
                (
                    host("h.example"),
                    2587,
                    StartTls,
                    Some("a@b.example".to_owned()),
                ),
            ),
        ] {
            assert_eq!(parsed(text), expected, "{text}");
        }
        let password = Smtp::parse("smtp://a:p%3Aw@h.example").expect("an address");
        let (_, password) = password.login.expect("a log-in");
        assert_eq!(password.expose_secret(), "p:w");
    }

    #[test]
    fn a_slip_is_refused() {
        for text in [
            "h.example",
            "http://h.example",
            "smtp://",
            "smtps://h.example?tls=none",
            "smtp://h.example?tls=maybe",
            "smtp://h.example/path",
            "smtp://user@h.example",
        ] {
            assert!(Smtp::parse(text).is_err(), "{text}");
        }
        for text in ["", "todo", "a@b\r\nBcc: c@d", "A <a@b>, B <c@d>"] {
            assert!(Sender::parse(text).is_err(), "{text:?}");
        }
        assert!(Sender::parse("Tickbox <todo@example.org>").is_ok());
        assert!(Sender::parse("todo@example.org").is_ok());
    }
}
