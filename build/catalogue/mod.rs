//! Turns `locales/*.ftl` (Project Fluent) into Rust: an enum of the locales and one method a message.
//!
//! A message that is missing, unknown or takes other variables than its original stops the build, and
//! what is said costs no look-up when the server runs. Of Fluent's grammar, what a catalogue of
//! sentences needs is known: text, variables, string literals, and selection by plural category,
//! number or word.

mod code;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};

/// The file that the others translate.
const ORIGINAL: &str = "en-GB";
/// What a text may not hold: pages print fixed messages as they are, between tags and in attributes.
const MARKUP: [char; 4] = ['<', '>', '&', '"'];
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

struct Locale {
    tag: String,
    /// The messages by their names.
    messages: BTreeMap<String, Pattern<String>>,
    /// Variables that a message's comment offers beside those that its text has.
    offered: BTreeMap<String, Vec<String>>,
}

/// What a message's variable may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Anything that can be shown.
    Shown,
    /// A whole number that chooses between forms.
    Number,
    /// A word that chooses between forms.
    Word,
}

/// Reads a folder of catalogues and writes the code for them.
pub(crate) fn generate(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let locales = read(folder)?;
    let original = locales
        .iter()
        .find(|locale| locale.tag == ORIGINAL)
        .ok_or_else(|| io::Error::other(format!("locales/{ORIGINAL}.ftl is missing")))?;
    let wrong = check(original, &locales);
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    Ok(code::written(original, &locales)?)
}

fn read(folder: &Path) -> Result<Vec<Locale>, Box<dyn std::error::Error>> {
    let mut locales = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(tag) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        let text = fs::read_to_string(&path)?;
        let resource = fluent_syntax::parser::parse(text)
            .map_err(|(_, errors)| format!("{}: {:?}", path.display(), errors))?;
        let (mut messages, mut offered) = (BTreeMap::new(), BTreeMap::new());
        for entry in resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let name = message.id.name;
            let comment = message.comment.map(|comment| comment.content.join(" "));
            offered.insert(name.clone(), named(&comment.unwrap_or_default()));
            let value = message
                .value
                .ok_or_else(|| format!("{tag}: {name} has no value"))?;
            if holds_markup(&value) {
                return Err(format!("{tag}: {name} holds one of {MARKUP:?}").into());
            }
            if messages.insert(name.clone(), value).is_some() {
                return Err(format!("{tag}: {name} stands there twice").into());
            }
        }
        locales.push(Locale {
            tag: tag.to_owned(),
            messages,
            offered,
        });
    }
    // The original comes first: it is what is spoken where nothing else is asked for.
    locales.sort_by_key(|locale| (locale.tag != ORIGINAL, locale.tag.clone()));
    Ok(locales)
}

fn holds_markup(pattern: &Pattern<String>) -> bool {
    pattern.elements.iter().any(|element| match element {
        PatternElement::TextElement { value }
        | PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value }),
        } => value.contains(MARKUP),
        PatternElement::Placeable {
            expression: Expression::Select { variants, .. },
        } => variants.iter().any(|variant| holds_markup(&variant.value)),
        PatternElement::Placeable { .. } => false,
    })
}

/// The variables in a comment.
fn named(comment: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let names = comment.split('$').skip(1);
    names
        .map(|rest| rest.chars().take_while(|c| is_part(*c)).collect())
        .collect()
}

/// What a message takes: the variables of its original, then those that the comment there offers.
fn parameters(name: &str, original: &Locale) -> Vec<(String, Kind)> {
    let mut known = original
        .messages
        .get(name)
        .map(variables)
        .unwrap_or_default();
    for offered in original.offered.get(name).into_iter().flatten() {
        if !known.iter().any(|(known, _)| known == offered) {
            known.push((offered.clone(), Kind::Shown));
        }
    }
    known
}

/// Where a locale's message stands: in its own file, or in that of a locale of the same language.
fn find<'l>(name: &str, locale: &'l Locale, all: &'l [Locale]) -> Option<&'l Pattern<String>> {
    let language = |locale: &Locale| locale.tag.split('-').next().map(str::to_owned);
    let mut relatives = all
        .iter()
        .filter(|other| language(other) == language(locale));
    locale
        .messages
        .get(name)
        .or_else(|| relatives.find_map(|other| other.messages.get(name)))
}

fn check(original: &Locale, all: &[Locale]) -> Vec<String> {
    let mut wrong = Vec::new();
    for locale in all {
        let tag = &locale.tag;
        for name in original.messages.keys() {
            let Some(own) = find(name, locale, all) else {
                wrong.push(format!("locales/{tag}.ftl: {name} is missing"));
                continue;
            };
            let known = parameters(name, original);
            let is_known = |found: &str| known.iter().any(|(known, _)| known == found);
            let extra = variables(own).into_iter();
            let extra = extra.filter(|(found, _)| !is_known(found));
            wrong.extend(
                extra.map(|(found, _)| format!("locales/{tag}.ftl: {name} is given no ${found}")),
            );
        }
        let unknown = locale
            .messages
            .keys()
            .filter(|name| !original.messages.contains_key(*name));
        wrong.extend(unknown.map(|name| format!("locales/{tag}.ftl: {name} is not in {ORIGINAL}")));
    }
    wrong
}

/// The variables of a pattern in the order in which they come.
fn variables(pattern: &Pattern<String>) -> Vec<(String, Kind)> {
    let mut found: Vec<(String, Kind)> = Vec::new();
    collect(pattern, &mut found);
    found
}

fn collect(pattern: &Pattern<String>, found: &mut Vec<(String, Kind)>) {
    let note = |name: &str, kind: Kind, found: &mut Vec<(String, Kind)>| match found
        .iter_mut()
        .find(|(known, _)| known == name)
    {
        Some((_, known)) if *known == Kind::Shown => *known = kind,
        Some(_) => {}
        None => found.push((name.to_owned(), kind)),
    };
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                note(&id.name, Kind::Shown, found);
            }
            Expression::Select { selector, variants } => {
                if let InlineExpression::VariableReference { id } = selector {
                    note(&id.name, kind_of(variants), found);
                }
                for variant in variants {
                    collect(&variant.value, found);
                }
            }
            Expression::Inline(_) => {}
        }
    }
}

fn kind_of(variants: &[Variant<String>]) -> Kind {
    let is_numeric = |variant: &Variant<String>| match &variant.key {
        VariantKey::NumberLiteral { .. } => true,
        VariantKey::Identifier { name } => CATEGORIES.contains(&name.as_str()),
    };
    if variants.iter().all(is_numeric) {
        Kind::Number
    } else {
        Kind::Word
    }
}
