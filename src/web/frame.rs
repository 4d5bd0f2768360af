//! The frame: what every page shows around its content.
//!
//! Owns the shared shapes of `templates/base.html`: addresses of embedded files, the navigation, the
//! flash line and the errors of a form. It knows nothing about requests; a page fills it and hands it
//! over.

use askama::Template;

use super::markup::Html;
use super::static_files;
use crate::words::Locale;

/// Addresses of the embedded files, content-hashed; filled once at start. They need no escaping.
#[derive(Clone, Copy, Debug)]
pub struct Assets {
    /// The one stylesheet.
    pub stylesheet: &'static str,
    /// The sprite of icons; pages add `#name` to it.
    pub icons: &'static str,
    /// The mark in the browser's tab.
    pub favicon: &'static str,
    /// Which links a browser may follow ahead of time.
    pub speculation_rules: &'static str,
}

/// An entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavLink {
    /// The address.
    pub href: String,
    /// Its words.
    pub label: String,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// The word of its colour.
    pub color: &'static str,
    /// How many tasks wait there; none where that says nothing.
    pub count: Option<i64>,
    /// Whether this is where the visitor is.
    pub is_current: bool,
}

impl NavLink {
    /// What the number counts, for those who hear it.
    pub fn unit(&self, say: &Locale) -> &'static str {
        say.nav_tasks(self.count.unwrap_or_default())
    }
}

/// The navigation of somebody who is signed in.
#[derive(Clone, Debug, Default)]
pub struct Navigation {
    /// The views that everybody has.
    pub views: Vec<NavLink>,
    /// The lists in use.
    pub lists: Vec<NavLink>,
    /// The saved views.
    pub saved: Vec<NavLink>,
    /// The labels in use.
    pub labels: Vec<NavLink>,
}

impl Navigation {
    /// Whether there is more than the views that everybody has.
    pub fn has_groups(&self) -> bool {
        !(self.lists.is_empty() && self.saved.is_empty() && self.labels.is_empty())
    }
}

/// What happened, said once after a change, with the way back.
#[derive(Clone, Debug)]
pub struct Flash {
    /// What was done, as a sentence.
    pub words: Html,
    /// The button that takes the change back.
    pub undo: Option<Undo>,
    /// The address where to see what the sentence speaks of.
    pub link: Option<String>,
    /// What was understood of a line of quick add.
    pub understood: Option<Understood>,
}

/// What was understood of a line, each part with a way to have it back as text.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The address that the buttons post to.
    pub action: String,
    /// The step of the history that made the task.
    pub step: i64,
    /// Where the browser lands afterwards.
    pub next: String,
    /// The parts in the order of the line.
    pub parts: Vec<UnderstoodPart>,
}

/// A part of a line that meant something.
#[derive(Clone, Debug)]
pub struct UnderstoodPart {
    /// What it was taken for, as a sentence.
    pub words: Html,
    /// The words as they were typed.
    pub typed: String,
    /// What they were taken for.
    pub meaning: String,
    /// Whether it names a list.
    pub is_list: bool,
    /// The spans that are text when this one is too; of an unknown part, those that are by now.
    pub keep: String,
    /// Whether it names nothing known: a list that does not exist, a start that is no day.
    pub is_unknown: bool,
}

/// The change that takes back the one before it.
#[derive(Clone, Debug)]
pub struct Undo {
    /// The address that the button posts to, such as `/history/{id}/undo`.
    pub action: String,
    /// The word on the button.
    pub label: &'static str,
    /// Where the browser lands afterwards; travels as the hidden field `next`.
    pub next: String,
}

/// What every page shows around its content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language of the page: each of its sentences is a method.
    pub say: Locale,
    /// Addresses of stylesheet, icons and favicon.
    pub assets: Assets,
    /// The visitor's e-mail address; nobody is signed in when absent.
    pub signed_in_as: Option<String>,
    /// What the visitor is called, or their address.
    pub called: String,
    /// The word of their theme; empty = as the device has it.
    pub theme: &'static str,
    /// Where they can go.
    pub nav: Navigation,
    /// What was searched for.
    pub search: String,
    /// What just happened.
    pub flash: Option<Flash>,
}

impl Frame {
    /// Around what nobody has to sign in for.
    pub fn signed_out(say: Locale) -> Self {
        Self {
            say,
            assets: static_files::assets(),
            signed_in_as: None,
            called: String::new(),
            theme: "",
            nav: Navigation::default(),
            search: String::new(),
            flash: None,
        }
    }

    /// Who is signed in, as a sentence.
    pub fn signed_in(&self) -> Html {
        let name = Html::element("b", &self.called);
        Html::sentence([&name], |[name]| self.say.frame_signed_in_as(name))
    }
}

/// A page that is extended from `templates/base.html`.
pub trait Framed: Template {
    /// What surrounds its content.
    fn frame(&self) -> &Frame;
}

/// Says of pages that their frame is called so.
macro_rules! framed {
    ($($page:ty),+) => {
        $(impl $crate::web::frame::Framed for $page {
            fn frame(&self) -> &$crate::web::frame::Frame {
                &self.frame
            }
        })+
    };
}
pub(crate) use framed;

/// What is wrong with one field of a form.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// The id of the input that it belongs to; empty when it concerns the form as a whole.
    pub field: &'static str,
    /// The whole sentence, for the person who typed.
    pub sentence: String,
}

/// Finds what is wrong with the named field; the first sentence wins.
pub fn error_for<'a>(errors: &'a [FieldError], field: &str) -> Option<&'a str> {
    errors
        .iter()
        .find(|error| error.field == field)
        .map(|error| error.sentence.as_str())
}
