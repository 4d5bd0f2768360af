//! The pages for signing in and for creating an account, as the templates see them.
//!
//! Owns the view structs behind `templates/accounts/`. A password is never among their fields:
//! whatever was typed there is not sent back.

use askama::Template;

use crate::web::frame::{FieldError, Frame, framed};
use crate::web::markup::Html;

framed!(
    LoginPage,
    SignupPage,
    ResetPage,
    NewPasswordPage,
    ConfirmPage,
    EmailPage,
    MessagePage
);

/// The page where a person signs in.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/login.html")]
pub struct LoginPage {
    /// What surrounds the form.
    pub frame: Frame,
    /// The address as typed.
    pub email: String,
    /// Where to go afterwards; empty when nobody asked for anything.
    pub next: String,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
    /// Whether this server lets strangers create an account.
    pub signup_open: bool,
    /// Whether a link for a new password can be mailed.
    pub sends_mail: bool,
    /// Whether the password was right and the account waits for its address to be confirmed.
    pub is_unconfirmed: bool,
}

/// The page where a person creates an account.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/signup.html")]
pub struct SignupPage {
    /// What surrounds the form.
    pub frame: Frame,
    /// The address as typed.
    pub email: String,
    /// Where to go afterwards; empty when nobody asked for anything.
    pub next: String,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
    /// The token of an invitation; empty where none was brought along.
    pub invite: String,
}

/// The page where a person asks for a link to set a new password.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/reset.html")]
pub struct ResetPage {
    /// What surrounds the form.
    pub frame: Frame,
    /// The address as typed.
    pub email: String,
    /// Whether there is a form at all.
    pub sends_mail: bool,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
}

/// The page where a person who followed such a link chooses a password.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/reset_new.html")]
pub struct NewPasswordPage {
    /// What surrounds the form.
    pub frame: Frame,
    /// The token of the link.
    pub token: String,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
}

/// The page where a person who followed the link in a mail proves an address.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/confirm.html")]
pub struct ConfirmPage {
    /// What surrounds the form.
    pub frame: Frame,
    /// The token of the link.
    pub token: String,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
}

/// The page where a person changes the address of their account.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/email.html")]
pub struct EmailPage {
    /// What surrounds the form.
    pub frame: Frame,
    /// The address of the account.
    pub address: String,
    /// Whether its owner proved that it is theirs.
    pub is_verified: bool,
    /// Whether the change waits for a link to be followed.
    pub sends_mail: bool,
    /// The new address as typed.
    pub email: String,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
}

impl EmailPage {
    /// The address, as a sentence.
    pub fn current(&self) -> Html {
        let address = Html::element("b", &self.address);
        Html::sentence([&address], |[address]| {
            self.frame.say.email_current(address)
        })
    }
}

/// A page that only says something.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/message.html")]
pub struct MessagePage {
    /// What surrounds it.
    pub frame: Frame,
    /// What it is about.
    pub title: &'static str,
    /// What it says.
    pub sentences: Vec<&'static str>,
    /// Where to go from there.
    pub way_on: &'static str,
    /// What is there.
    pub way_on_label: &'static str,
}
