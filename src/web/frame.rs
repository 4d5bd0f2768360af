//! The frame: what every page shows around its content.
//!
//! Owns the shared shapes of `templates/base.html`: addresses of embedded files, the four views
//! in the navigation, the flash line and the errors of a form. It decides no wording beyond the
//! names of the views, and knows nothing about requests; a page fills it and hands it over.

use super::static_files;

/// Addresses of the embedded files, content-hashed; filled once at start.
#[derive(Clone, Copy, Debug)]
pub struct Assets {
    /// The one stylesheet.
    pub stylesheet: &'static str,
    /// The sprite of icons; pages add `#name` to it.
    pub icons: &'static str,
    /// The mark in the browser's tab.
    pub favicon: &'static str,
}

/// A way of looking at one's tasks, each with its own entry in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What is still to do.
    Open,
    /// What was ticked.
    Completed,
    /// Open and completed together.
    All,
    /// What was deleted and can come back.
    Trash,
}

impl View {
    /// Lists the views in the order of the navigation.
    pub const EVERY: [Self; 4] = [Self::Open, Self::Completed, Self::All, Self::Trash];

    /// Gives the address of the view's first page.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Open => "/tasks",
            Self::Completed => "/tasks?status=completed",
            Self::All => "/tasks?status=all",
            Self::Trash => "/tasks?status=trashed",
        }
    }

    /// Names the view in the navigation.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Completed => "Completed",
            Self::All => "All",
            Self::Trash => "Trash",
        }
    }

    /// Names the view at the top of its own page.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Open => "Open tasks",
            Self::Completed => "Completed tasks",
            Self::All => "All tasks",
            Self::Trash => "Trash",
        }
    }

    /// Names the view's icon in the sprite.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Completed => "completed",
            Self::All => "all",
            Self::Trash => "trash",
        }
    }

    /// Says whether a task can be added from this view and be seen there at once.
    pub const fn takes_new_tasks(self) -> bool {
        matches!(self, Self::Open | Self::All)
    }
}

/// What happened, said once after a change, with the way back.
#[derive(Clone, Debug)]
pub struct Flash {
    /// What was done, such as `Completed`.
    pub verb: &'static str,
    /// The title of what it was done to.
    pub title: String,
    /// The button that takes the change back.
    pub undo: Option<Undo>,
    /// Where to see what the sentence speaks of.
    pub link: Option<Link>,
}

/// The change that takes back the one before it.
#[derive(Clone, Debug)]
pub struct Undo {
    /// The address that the button posts to, such as `/tasks/{id}/reopen`.
    pub action: String,
    /// The word on the button.
    pub label: &'static str,
    /// Where the browser lands afterwards; travels as the hidden field `next`.
    pub next: String,
}

/// A link with its words.
#[derive(Clone, Debug)]
pub struct Link {
    /// The address, on this server.
    pub href: String,
    /// The words to click on.
    pub label: String,
}

/// What every page shows around its content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Addresses of stylesheet, icons and favicon.
    pub assets: Assets,
    /// The visitor's e-mail address; nobody is signed in when absent.
    pub signed_in_as: Option<String>,
    /// The view that the navigation marks as the current one.
    pub view: Option<View>,
    /// What just happened.
    pub flash: Option<Flash>,
}

impl Frame {
    /// Around what nobody has to sign in for.
    pub fn signed_out() -> Self {
        Self {
            assets: static_files::assets(),
            signed_in_as: None,
            view: None,
            flash: None,
        }
    }

    /// Says whether the navigation marks this view as the current one.
    pub fn shows(&self, view: View) -> bool {
        self.view == Some(view)
    }
}

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
