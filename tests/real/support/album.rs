//! Every page in every state as it was answered, with all that it loads.

use std::collections::BTreeMap;

use super::table::{SETTINGS, Table};
use super::{Answer, Engine, Place};

/// The pages in one language.
pub struct Album {
    pub pages: Vec<Shot>,
    /// Stylesheet and icons, by their addresses.
    pub assets: BTreeMap<String, Shot>,
}

/// One answer.
pub struct Shot {
    pub name: String,
    pub text: String,
    pub content_type: String,
    /// The Content-Security-Policy.
    pub policy: String,
}

impl Album {
    /// Asks a server of its own for every page.
    pub fn new(language: &str) -> Self {
        let place = Place::new(Engine::Sqlite).expect("SQLite is always there");
        let server = place.serve_with(&SETTINGS);
        let pages = Table::new(&server, language).pages().into_iter();
        let mut album = Self {
            pages: pages
                .map(|(name, answer)| Shot::new(name, answer))
                .collect(),
            assets: BTreeMap::new(),
        };
        for page in &album.pages {
            for address in page.loads() {
                if !album.assets.contains_key(address) {
                    let asset = Shot::new(address.to_owned(), server.client().get(address));
                    album.assets.insert(address.to_owned(), asset);
                }
            }
        }
        album
    }
}

impl Shot {
    fn new(name: String, answer: Answer) -> Self {
        Self {
            name,
            content_type: answer.header("content-type").to_owned(),
            policy: answer.header("content-security-policy").to_owned(),
            text: answer.body,
        }
    }

    /// The addresses of the files that it loads.
    fn loads(&self) -> impl Iterator<Item = &str> {
        let found = self.text.match_indices("\"/static/");
        found.filter_map(|(at, _)| self.text[at + 1..].split(['"', '#']).next())
    }
}
