//! What is written in each letter, in the language of the account that it is about.

use super::Letter;
use crate::accounts::Email;
use crate::words::Locale;

/// The link with which somebody sets a new password.
pub fn reset(say: Locale, base_url: &str, to: &Email, token: &str) -> Letter {
    let body = [
        say.mail_reset_why(base_url),
        format!("{base_url}/reset/new?token={token}"),
        say.mail_reset_how().to_owned(),
        say.mail_not_you_ignore().to_owned(),
    ];
    letter(to, say.mail_reset_subject(), &body)
}

/// Tells that the password was set anew.
pub fn password_was_reset(say: Locale, base_url: &str, to: &Email) -> Letter {
    let body = [
        say.mail_was_reset(base_url),
        say.mail_not_you_act().to_owned(),
    ];
    letter(to, say.mail_was_reset_subject(), &body)
}

/// The link with which somebody who signed up shows that the address is theirs.
pub fn welcome(say: Locale, base_url: &str, to: &Email, token: &str) -> Letter {
    let body = [
        say.mail_welcome_why(base_url),
        format!("{base_url}/confirm?token={token}"),
        say.mail_confirm_how().to_owned(),
        say.mail_welcome_not_you().to_owned(),
    ];
    letter(to, say.mail_welcome_subject(), &body)
}

/// Tells the owner of an account that somebody tried to sign up with its address.
pub fn has_account(say: Locale, base_url: &str, to: &Email) -> Letter {
    let body = [
        say.mail_taken_why(base_url),
        say.mail_taken_how().to_owned(),
        format!("{base_url}/reset"),
        say.mail_not_you_ignore().to_owned(),
    ];
    letter(to, say.mail_taken_subject(), &body)
}

/// The link with which an account moves to another address.
pub fn new_address(say: Locale, base_url: &str, to: &Email, token: &str) -> Letter {
    let body = [
        say.mail_change_why(base_url),
        format!("{base_url}/confirm?token={token}"),
        say.mail_confirm_how().to_owned(),
        say.mail_change_not_you().to_owned(),
    ];
    letter(to, say.mail_change_subject(), &body)
}

/// Tells the address that an account had before.
pub fn address_was_changed(say: Locale, base_url: &str, to: &Email) -> Letter {
    let body = [
        say.mail_was_changed(base_url),
        say.mail_not_you_act().to_owned(),
    ];
    letter(to, say.mail_was_changed_subject(), &body)
}

/// What of signing in somebody changed who was signed in.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// The password.
    Password,
    /// It takes a code from now on.
    CodesOn,
    /// It takes no code any more.
    CodesOff,
}

/// Says that signing in is another thing from now on.
pub fn sign_in_was_changed(say: Locale, base_url: &str, to: &Email, change: Change) -> Letter {
    let (subject, body) = match change {
        Change::Password => (
            say.mail_was_reset_subject(),
            say.mail_new_password(base_url),
        ),
        Change::CodesOn => (say.mail_codes_on_subject(), say.mail_codes_on(base_url)),
        Change::CodesOff => (say.mail_codes_off_subject(), say.mail_codes_off(base_url)),
    };
    letter(to, subject, &[body, say.mail_not_you_act().to_owned()])
}

fn letter(to: &Email, subject: &str, paragraphs: &[String]) -> Letter {
    Letter {
        to: to.as_str().to_owned(),
        subject: subject.to_owned(),
        body: paragraphs.join("\n\n") + "\n",
    }
}
