//! Every page in every state as it was answered, with all that it loads.

use std::collections::BTreeMap;

use super::table::{PAGES, PAGES_WITH_MAIL, SETTINGS, Table};
use super::{Answer, Engine, Place, free_port};

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
        let mut pages = Table::new(&server, language).pages(PAGES);
        pages.extend(with_mail(language));
        let pages = pages.into_iter();
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

/// The pages of a server that sends mail; nobody takes it.
fn with_mail(language: &str) -> Vec<(String, Answer)> {
    let place = Place::new(Engine::Sqlite).expect("SQLite is always there");
    let port = free_port();
    let (listen, url) = (
        format!("127.0.0.1:{port}"),
        format!("http://127.0.0.1:{port}"),
    );
    let mut settings = vec![
        ("TICKBOX_LISTEN", listen.as_str()),
        ("TICKBOX_PUBLIC_URL", url.as_str()),
        ("TICKBOX_SMTP_URL", "smtp://127.0.0.1:1"),
        ("TICKBOX_MAIL_FROM", "todo@example.org"),
    ];
    settings.extend(SETTINGS);
    let server = place.serve_with(&settings);
    Table::new(&server, language).pages(PAGES_WITH_MAIL)
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
