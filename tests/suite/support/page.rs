//! A page that was answered: its texts, its links, and its forms as a person would send them.

use scraper::{ElementRef, Html, Selector};

use super::{Browser, Reply};

/// A field of a form as it stands.
struct Field {
    name: String,
    value: String,
    /// A box that is not ticked is not.
    is_sent: bool,
}

/// A page in a browser.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it was found, fragment included.
    pub address: String,
    pub reply: Reply,
}

impl Page {
    pub fn new(address: String, reply: Reply) -> Self {
        Self { address, reply }
    }

    /// The page, if it was answered with 200.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.status(200)
    }

    /// The page, if it was answered with this status.
    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        let found = self.reply.status.as_u16();
        assert_eq!(
            found,
            status,
            "{}: {}",
            self.address,
            String::from_utf8_lossy(&self.reply.body)
        );
        self
    }

    /// The texts of all elements that match, white space folded.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let html = self.html();
        html.select(&selector(css)).map(text_of).collect()
    }

    /// The text of the one element that matches.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        let texts = self.texts(css);
        assert_eq!(texts.len(), 1, "{css} on {}: {texts:?}", self.address);
        texts.into_iter().next().expect("one")
    }

    /// An attribute of every element that matches.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let html = self.html();
        html.select(&selector(css))
            .filter_map(|e| e.attr(name))
            .map(str::to_owned)
            .collect()
    }

    /// Every element with the names of its attributes, in order: what text alone cannot change,
    /// except within notes, which are Markdown.
    pub fn shape(&self) -> Vec<String> {
        let html = self.html();
        let is_notes = |element: ElementRef<'_>| element.attr("class") == Some("notes");
        let is_in_notes = |element: &ElementRef<'_>| {
            let mut around = element.ancestors().filter_map(ElementRef::wrap);
            around.any(is_notes)
        };
        let elements = html.tree.nodes().filter_map(ElementRef::wrap);
        let elements = elements.filter(|element| !is_in_notes(element));
        let shape = elements.map(|element| {
            let names = element.value().attrs().map(|(name, _)| name);
            let mut names: Vec<_> = names.collect();
            names.sort_unstable();
            format!("{} {}", element.value().name(), names.join(" "))
        });
        shape.collect()
    }

    /// Whether anything matches.
    pub fn has(&self, css: &str) -> bool {
        self.html().select(&selector(css)).next().is_some()
    }

    /// What the one field with this name holds, inside the form that matches.
    #[track_caller]
    pub fn field(&self, form: &str, name: &str) -> String {
        let (_, fields) = self.form(form);
        let found = fields.into_iter().find(|field| field.name == name);
        found
            .unwrap_or_else(|| panic!("no field {name} in {form} on {}", self.address))
            .value
    }

    /// Sends the form that matches, or that of the button that matches, hidden fields and all, and
    /// follows where it leads.
    ///
    /// Panics when there is no such form or button, or no such field in it.
    pub async fn submit(&self, browser: &mut Browser, css: &str, typed: &[(&str, &str)]) -> Page {
        let (action, mut fields) = self.form(css);
        for (name, value) in typed {
            let field = fields.iter_mut().find(|field| field.name == *name);
            let field =
                field.unwrap_or_else(|| panic!("no field {name} in {css} on {}", self.address));
            (*value).clone_into(&mut field.value);
            field.is_sent = true;
        }
        let pairs: Vec<(&str, &str)> = fields
            .iter()
            .filter(|field| field.is_sent)
            .map(|field| (field.name.as_str(), field.value.as_str()))
            .collect();
        if !self.posts(css) {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&pairs)
                .finish();
            return browser.visit(&format!("{action}?{query}")).await;
        }
        let reply = browser.post(&action, &pairs).await;
        if reply.status.as_u16() != 303 {
            return Page::new(action, reply);
        }
        let goal = reply.header("location").to_owned();
        browser.visit(&goal).await
    }

    /// Follows the one link that matches.
    pub async fn follow(&self, browser: &mut Browser, css: &str) -> Page {
        let targets = self.attributes(css, "href");
        assert_eq!(targets.len(), 1, "{css} on {}: {targets:?}", self.address);
        browser.visit(&targets[0]).await
    }

    /// Whether the first form that matches changes something, rather than asks.
    fn posts(&self, css: &str) -> bool {
        let html = self.html();
        let found = html.select(&selector(css)).next();
        found.and_then(form_of).and_then(|form| form.attr("method")) == Some("post")
    }

    /// Where the form of the first match goes, and its fields as they stand.
    #[track_caller]
    fn form(&self, css: &str) -> (String, Vec<Field>) {
        let html = self.html();
        let found = html.select(&selector(css)).next();
        let found =
            found.unwrap_or_else(|| panic!("no {css} on {}: {}", self.address, self.reply.text()));
        let form = form_of(found).unwrap_or_else(|| panic!("{css} is in no form"));
        let named = selector("input[name], textarea[name], select[name]");
        let fields = form.select(&named);
        let fields = fields.map(|field| {
            let is_box = field.attr("type") == Some("checkbox");
            Field {
                name: field.attr("name").expect("named").to_owned(),
                value: value_of(field),
                is_sent: !is_box || field.attr("checked").is_some(),
            }
        });
        let button = found.attr("name").map(|name| Field {
            name: name.to_owned(),
            value: value_of(found),
            is_sent: true,
        });
        (
            form.attr("action").expect("an action").to_owned(),
            fields.chain(button).collect(),
        )
    }

    fn html(&self) -> Html {
        Html::parse_document(self.reply.text())
    }
}

#[track_caller]
fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

fn text_of(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form itself, or the one around a button.
fn form_of(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let around = element.ancestors().filter_map(ElementRef::wrap);
    std::iter::once(element)
        .chain(around)
        .find(|element| element.value().name() == "form")
}

/// What a browser would send for the field.
fn value_of(field: ElementRef<'_>) -> String {
    match field.value().name() {
        "textarea" => {
            let text: String = field.text().collect();
            text.strip_prefix('\n')
                .unwrap_or(&text)
                .replace('\n', "\r\n")
        }
        "select" => {
            let options: Vec<_> = field.select(&selector("option")).collect();
            let chosen = options
                .iter()
                .find(|option| option.attr("selected").is_some());
            let chosen = chosen.or(options.first());
            // An option without a value stands for its text.
            let value = chosen.map(|option| match option.attr("value") {
                Some(value) => value.to_owned(),
                None => text_of(*option),
            });
            value.unwrap_or_default()
        }
        _ => field.attr("value").unwrap_or_default().to_owned(),
    }
}
