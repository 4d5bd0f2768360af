//! The pages for what went wrong, as the templates see them.
//!
//! Owns the page that a person gets instead of the one asked for, and the page that explains a
//! problem type of the API to whoever follows its address.

use askama::Template;

use crate::web::frame::{Frame, framed};
use crate::web::markup::Html;

framed!(ErrorPage, ProblemPage);

/// The page shown in place of the one that was asked for.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// What surrounds the message.
    pub frame: Frame,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in a few words.
    pub title: &'static str,
    /// What happened, in a sentence.
    pub sentence: String,
    /// What to do about it.
    pub hint: Option<&'static str>,
    /// The id under which the log knows this request, as a sentence.
    pub request: Option<Html>,
    /// The address where to go from here.
    pub way_on: &'static str,
}

/// The page at the address of a problem type, for people who build on the API.
#[derive(Clone, Debug, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// What surrounds the explanation.
    pub frame: Frame,
    /// The problem's code, the last part of its address.
    pub code: &'static str,
    /// The HTTP status that it travels with.
    pub status: u16,
    /// The problem in a few words.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What the caller can do about it.
    pub remedy: &'static str,
}
