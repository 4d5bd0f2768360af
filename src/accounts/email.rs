//! E-mail addresses: the name of an account.

use std::fmt;

use uuid::Uuid;

use crate::error::{Refusal, Sentence};
use crate::words::Locale;

/// Longest address that SMTP can deliver to, in bytes (RFC 5321, 4.5.3.1.3).
const MAX: usize = 254;

/// Stands in for the address of accounts that have none; no mail can be sent there (RFC 2606, 2).
const NO_ADDRESS: &str = "@issuer.invalid";

/// An address, trimmed and lower-cased, so that one mailbox is one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Normalises first and checks then, by the rule of HTML's `input type=email`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() {
            let sentence = Sentence::Said(Locale::refused_email_empty);
            return Err(Refusal::new("email", "required", sentence));
        }
        if text.len() > MAX || !is_address(&text) || text.ends_with(NO_ADDRESS) {
            let sentence = Sentence::Said(Locale::refused_email);
            return Err(Refusal::new("email", "email", sentence));
        }
        Ok(Self(text))
    }

    /// What stands in for the address of an account that came without one: it differs for each
    /// account, and nobody can sign up or in with it.
    pub fn none_of(account: Uuid) -> Self {
        Self(format!("{}{NO_ADDRESS}", account.simple()))
    }

    /// The address that an account is kept with, if it is one.
    pub fn of_account(kept: &str) -> Option<&str> {
        (!kept.ends_with(NO_ADDRESS)).then_some(kept)
    }

    /// What somebody would try first as the password of this address.
    pub fn guesses(&self) -> Vec<String> {
        let parts = self.0.split(['@', '.']).map(str::to_owned);
        parts.chain([self.0.clone()]).collect()
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// <https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address>
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_local = |c: u8| c.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&c);
    !local.is_empty() && local.bytes().all(is_local) && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || c == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_is_one_account() {
        assert_eq!(
            Email::parse("  A@X.org ").map(|e| e.0).as_deref(),
            Ok("a@x.org")
        );
        assert!(Email::parse("o'neill+todo@mail.example.org").is_ok());
        assert!(Email::parse("ann@localhost").is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@x.org", "a".repeat(250));
        for text in [
            "",
            "ann",
            "@x.org",
            "ann@",
            "a@b@c",
            "ann＠x.org",
            "a@x..org",
            "a@-x.org",
            "a b@x.org",
            "a@x.org\r\nBcc: b@x.org",
            "<script>@x",
            "ann@ex ample.org",
            "ann@exämple.org",
            &long,
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
    }
}
