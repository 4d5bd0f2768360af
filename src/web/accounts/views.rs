//! The pages for signing in and for creating an account, as the templates see them.
//!
//! Owns the view structs behind `templates/accounts/`. A password is never among their fields:
//! whatever was typed there is not sent back.

use askama::Template;

use crate::web::frame::{FieldError, Frame, framed};

framed!(LoginPage, SignupPage);

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
}
