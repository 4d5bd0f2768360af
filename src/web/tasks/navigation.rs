//! The navigation and the frame of somebody who is signed in.

use super::place::Place;
use crate::accounts::settings::Theme;
use crate::lists::List;
use crate::store::{Nav, Standing};
use crate::web::frame::{Frame, NavLink, Navigation};
use crate::web::static_files;
use crate::words::Locale;

/// Most labels in the navigation; the page of lists has them all.
const LABELS: usize = 12;

/// The frame around a page that belongs to a place, or to none.
pub fn frame(standing: &Standing, nav: &Nav, here: &Here<'_>) -> Frame {
    Frame {
        say: standing.settings.locale,
        assets: static_files::assets(),
        signed_in_as: Some(standing.email.to_string()),
        called: match standing.settings.name.as_str() {
            "" => standing.email.to_string(),
            name => name.to_owned(),
        },
        theme: match standing.settings.theme {
            Theme::Auto => "",
            chosen @ (Theme::Light | Theme::Dark) => chosen.word(),
        },
        nav: navigation(nav, here, standing.settings.locale),
        search: String::new(),
        flash: None,
    }
}

/// Where the visitor is.
#[derive(Clone, Copy, Debug)]
pub enum Here<'a> {
    /// Where tasks are seen.
    At(&'a Place),
    /// At an address of its own.
    Address(&'a str),
}

impl Here<'_> {
    fn is(&self, href: &str) -> bool {
        match self {
            Self::At(place) => place.path() == href,
            Self::Address(address) => *address == href,
        }
    }
}

/// What a list is called on pages: the Inbox has a name in each language.
pub fn list_name(list: &List, say: Locale) -> &str {
    if list.is_inbox {
        say.nav_inbox()
    } else {
        list.name.as_str()
    }
}

/// What the navigation shows, with the visitor's place marked.
pub fn navigation(nav: &Nav, here: &Here<'_>, say: Locale) -> Navigation {
    let view = |href: &str, label: &str, icon, count| NavLink {
        href: href.to_owned(),
        label: label.to_owned(),
        icon,
        color: "none",
        count,
        is_current: here.is(href),
    };
    let inbox = nav.lists.iter().find(|(list, _)| list.is_inbox);
    let in_use = nav
        .lists
        .iter()
        .filter(|(list, _)| !list.is_inbox && list.archived_at.is_none());
    let lists = in_use.map(|(list, open)| NavLink {
        color: list.color.word(),
        ..view(
            &Place::List(list.id).path(),
            list.name.as_str(),
            "list",
            Some(*open),
        )
    });
    let saved = nav.views.iter().map(|saved| {
        let href = Place::View(saved.id).path();
        view(&href, saved.name.as_str(), "view", None)
    });
    let labels = nav.labels.iter().filter(|(_, open)| *open > 0);
    let labels = labels.take(LABELS).map(|(label, open)| {
        let href = Place::Label(label.name.key()).path();
        view(&href, label.name.as_str(), "label", Some(*open))
    });
    Navigation {
        views: vec![
            view("/today", say.nav_today(), "today", Some(nav.today)),
            view("/upcoming", say.nav_upcoming(), "upcoming", Some(nav.dated)),
            view(
                "/inbox",
                say.nav_inbox(),
                "inbox",
                inbox.map(|(_, open)| *open),
            ),
            view("/tasks", say.nav_all(), "all", Some(nav.open)),
            view(
                "/tasks?status=completed",
                say.nav_completed(),
                "completed",
                None,
            ),
            view("/tasks?status=trashed", say.nav_trash(), "trash", None),
        ],
        lists: lists.collect(),
        saved: saved.collect(),
        labels: labels.collect(),
    }
}
