//! Settings of mail: by whom it is taken, from whom it comes, how much of it strangers can cause.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;

use super::ConfigError;
use super::command_line::Settings;
use super::values::{number, value_or_file};
use crate::mail::{Sender, Smtp};

/// The settings of mail as they were written, still text.
#[derive(Debug, Default, Args)]
pub(super) struct MailSettings {
    /// Mail server that takes our mail: <smtp://user:password@host:587>, or smtps:// for TLS from the
    /// first byte.
    #[arg(long, env = "TICKBOX_SMTP_URL", hide_env_values = true, global = true)]
    smtp_url: Option<String>,
    /// File that holds the address of the mail server.
    #[arg(long, env = "TICKBOX_SMTP_URL_FILE", global = true)]
    smtp_url_file: Option<PathBuf>,
    /// From whom mail comes: <todo@example.org> or "Tickbox <todo@example.org>".
    #[arg(long, env = "TICKBOX_MAIL_FROM", global = true)]
    mail_from: Option<String>,
    /// Mails an hour to one address that anybody can ask for; 0 = no limit.
    #[arg(long, env = "TICKBOX_LIMIT_MAIL", default_value = "3", global = true)]
    limit_mail: String,
    /// Mails an hour that one network can ask for; 0 = no limit.
    #[arg(long, env = "TICKBOX_LIMIT_RESET", default_value = "10", global = true)]
    limit_reset: String,
}

/// How mail is sent.
#[derive(Clone, Debug)]
pub struct Mail {
    /// By whom it is taken.
    pub smtp: Smtp,
    /// From whom it comes.
    pub from: Sender,
}

/// How many mails an hour anybody can ask for; none = no limit.
#[derive(Clone, Copy, Debug, Default)]
pub struct MailLimits {
    /// To one address.
    pub address: Option<NonZeroU32>,
    /// From one network.
    pub network: Option<NonZeroU32>,
}

impl Settings {
    /// Both of server and sender, or neither; and links need an address to begin with.
    pub(super) fn mail(&self) -> Result<Option<Mail>, ConfigError> {
        let given = &self.mail;
        let url = value_or_file(
            ("TICKBOX_SMTP_URL", given.smtp_url.as_deref()),
            ("TICKBOX_SMTP_URL_FILE", given.smtp_url_file.as_deref()),
        )?;
        let from = given.mail_from.as_deref().map(str::trim);
        let (url, from) = match (url, from.filter(|from| !from.is_empty())) {
            (None, None) => return Ok(None),
            (Some(url), Some(from)) => (url, from),
            (Some(_), None) => {
                let remedy = "must be set with TICKBOX_SMTP_URL; write it like todo@example.org";
                return Err(ConfigError::new("TICKBOX_MAIL_FROM", remedy));
            }
            (None, Some(_)) => {
                let remedy = "must be set with TICKBOX_MAIL_FROM; write it like \
                              smtp://user:password@mail.example.org:587";
                return Err(ConfigError::new("TICKBOX_SMTP_URL", remedy));
            }
        };
        if self.public_url()?.is_none() {
            let remedy = "must be set with TICKBOX_SMTP_URL, because links in mail begin with it; \
                          write it like https://todo.example.org";
            return Err(ConfigError::new("TICKBOX_PUBLIC_URL", remedy));
        }
        // What was written may hold a password, so it is not repeated.
        let smtp = Smtp::parse(&url).map_err(|fault| {
            let remedy = format!(
                "the address {fault}; write it like smtp://user:password@mail.example.org:587 \
                 (STARTTLS), smtps://mail.example.org, or smtp://mail.lan?tls=none"
            );
            ConfigError::new("TICKBOX_SMTP_URL", remedy)
        })?;
        let from = Sender::parse(from).map_err(|fault| {
            let remedy = format!("“{from}” {fault}; write it like todo@example.org");
            ConfigError::new("TICKBOX_MAIL_FROM", remedy)
        })?;
        Ok(Some(Mail { smtp, from }))
    }

    pub(super) fn mail_limits(&self) -> Result<MailLimits, ConfigError> {
        let limit = |variable, text| number(variable, text, 0..=1_000_000).map(NonZeroU32::new);
        Ok(MailLimits {
            address: limit("TICKBOX_LIMIT_MAIL", &self.mail.limit_mail)?,
            network: limit("TICKBOX_LIMIT_RESET", &self.mail.limit_reset)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::config::CommandLine;

    fn mail(url: &str, from: &str, public_url: &str) -> Result<Option<Mail>, String> {
        let mut settings = CommandLine::parse_from(["tickbox"]).settings;
        settings.mail.smtp_url = Some(url.to_owned());
        settings.mail.mail_from = Some(from.to_owned());
        settings.public_url = Some(public_url.to_owned());
        settings.mail().map_err(|error| error.to_string())
    }

    #[test]
    fn mail_is_all_or_nothing_and_each_slip_names_its_variable() {
        let (url, from, public) = ("smtp://h.example", "a@b.example", "https://todo.example");
        assert!(matches!(mail("", "", ""), Ok(None)));
        assert!(matches!(mail(url, from, public), Ok(Some(_))));
        for (smtp, from, public_url, variable) in [
            (url, "", public, "TICKBOX_MAIL_FROM: must be set"),
            ("", from, public, "TICKBOX_SMTP_URL: must be set"),
            (url, from, "", "TICKBOX_PUBLIC_URL: must be set"),
            ("h.example", from, public, "TICKBOX_SMTP_URL: the address"),
            (url, "nobody", public, "TICKBOX_MAIL_FROM: “nobody”"),
        ] {
            let error = mail(smtp, from, public_url).expect_err(variable);
            assert!(error.starts_with(variable), "{error}");
        }
        let error = mail("smtp://u:hush@", from, public).expect_err("no host");
        assert!(!error.contains("hush"), "{error}");
    }
}
