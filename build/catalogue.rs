//! Turns `locales/*.ftl` (Project Fluent) into Rust: an enum of the locales and one method a message.
//!
//! A message that is missing, unknown or takes other variables than its original stops the build, and
//! what is said costs no look-up when the server runs. Of Fluent's grammar, what a catalogue of
//! sentences needs is known: text, variables, string literals, and selection by plural category,
//! number or word.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
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
    let mut code = String::new();
    write_enum(&mut code, &locales)?;
    writeln!(code, "impl Locale {{")?;
    for name in original.messages.keys() {
        write_method(&mut code, name, original, &locales)?;
    }
    writeln!(code, "}}")?;
    Ok(code)
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

fn write_enum(code: &mut String, locales: &[Locale]) -> std::fmt::Result {
    writeln!(
        code,
        "/// A language, and the customs of those who speak it."
    )?;
    writeln!(
        code,
        "#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]\npub enum Locale {{"
    )?;
    for locale in locales {
        writeln!(code, "/// `locales/{}.ftl`", locale.tag)?;
        if locale.tag == ORIGINAL {
            writeln!(code, "#[default]")?;
        }
        writeln!(code, "{},", variant(&locale.tag))?;
    }
    writeln!(code, "}}\nimpl Locale {{")?;
    let all: Vec<_> = locales
        .iter()
        .map(|locale| format!("Self::{}", variant(&locale.tag)))
        .collect();
    writeln!(
        code,
        "/// Every locale, the original first.\npub const ALL: &[Self] = &[{}];",
        all.join(", ")
    )?;
    writeln!(
        code,
        "/// The tag (BCP 47).\npub const fn tag(self) -> &'static str {{ match self {{"
    )?;
    for locale in locales {
        writeln!(code, "Self::{} => {:?},", variant(&locale.tag), locale.tag)?;
    }
    writeln!(code, "}} }}\n}}")
}

fn variant(tag: &str) -> String {
    let parts = tag.split('-').map(|part| {
        let (first, rest) = part.split_at(1);
        first.to_uppercase() + &rest.to_lowercase()
    });
    parts.collect()
}

fn write_method(
    code: &mut String,
    name: &str,
    original: &Locale,
    locales: &[Locale],
) -> std::fmt::Result {
    let mut texts: Vec<(&Pattern<String>, Vec<String>)> = Vec::new();
    for locale in locales {
        let Some(own) = find(name, locale, locales) else {
            continue;
        };
        let spoken = format!("Self::{}", variant(&locale.tag));
        match texts.iter_mut().find(|(text, _)| *text == own) {
            Some((_, speakers)) => speakers.push(spoken),
            None => texts.push((own, vec![spoken])),
        }
    }
    let arguments = arguments(name, original, &texts);
    let is_fixed = texts.iter().all(|(text, _)| is_fixed(text));
    let returned = if is_fixed { "&'static str" } else { "String" };
    let said = original.messages.get(name).map(summary);
    writeln!(code, "/// `{name}`: {}", said.unwrap_or_default().trim())?;
    writeln!(
        code,
        "pub fn {}(self{arguments}) -> {returned} {{",
        identifier(name)
    )?;
    if !is_fixed {
        writeln!(code, "let mut said = String::new();")?;
    }
    writeln!(code, "match self {{")?;
    for (text, speakers) in &texts {
        write!(code, "{} => ", speakers.join(" | "))?;
        if is_fixed {
            write_fixed(code, text)?;
        } else {
            write_block(code, text)?;
        }
    }
    writeln!(code, "}}")?;
    if !is_fixed {
        writeln!(code, "said")?;
    }
    writeln!(code, "}}")
}

/// The arguments of a message's method: kinds are known from whichever text chooses by them.
fn arguments(name: &str, original: &Locale, texts: &[(&Pattern<String>, Vec<String>)]) -> String {
    let mut known = parameters(name, original);
    for (text, _) in texts {
        for (name, kind) in variables(text) {
            if let Some((_, known)) = known.iter_mut().find(|(known, _)| *known == name)
                && *known == Kind::Shown
            {
                *known = kind;
            }
        }
    }
    let shown: BTreeSet<String> = texts
        .iter()
        .flat_map(|(text, _)| variables(text))
        .map(|(name, _)| name)
        .collect();
    let arguments = known.iter().map(|(name, kind)| {
        let unused = if shown.contains(name) { "" } else { "_" };
        let name = identifier(name);
        match kind {
            Kind::Shown => format!(", {unused}{name}: impl std::fmt::Display"),
            Kind::Number => format!(", {unused}{name}: i64"),
            Kind::Word => format!(", {unused}{name}: &str"),
        }
    });
    arguments.collect()
}

fn write_block(code: &mut String, pattern: &Pattern<String>) -> std::fmt::Result {
    writeln!(code, "{{")?;
    write_pattern(code, pattern)?;
    writeln!(code, "}}")
}

fn write_pattern(code: &mut String, pattern: &Pattern<String>) -> std::fmt::Result {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => write_text(code, value)?,
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::VariableReference { id }) => {
                    writeln!(code, "put(&mut said, &{});", identifier(&id.name))?;
                }
                Expression::Inline(InlineExpression::StringLiteral { value }) => {
                    write_text(code, value)?;
                }
                Expression::Select { selector, variants } => {
                    write_select(code, selector, variants, &write_block)?;
                }
                Expression::Inline(_) => {}
            },
        }
    }
    Ok(())
}

fn write_text(code: &mut String, text: &str) -> std::fmt::Result {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => writeln!(code, "said.push({only:?});"),
        _ => writeln!(code, "said.push_str({text:?});"),
    }
}

/// Whether nothing has to be put together: the text is whole, or one of several whole ones.
fn is_fixed(pattern: &Pattern<String>) -> bool {
    let is_whole = |pattern: &Pattern<String>| variables(pattern).is_empty();
    match pattern.elements.as_slice() {
        [
            PatternElement::Placeable {
                expression: Expression::Select { variants, .. },
            },
        ] => variants.iter().all(|variant| is_whole(&variant.value)),
        _ => is_whole(pattern),
    }
}

fn write_fixed(code: &mut String, pattern: &Pattern<String>) -> std::fmt::Result {
    match pattern.elements.as_slice() {
        [
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            },
        ] => write_select(code, selector, variants, &write_fixed)?,
        _ => write!(code, "{:?}", fixed(pattern))?,
    }
    writeln!(code, ",")
}

/// Exact numbers come before categories, and the default last.
fn write_select(
    code: &mut String,
    selector: &InlineExpression<String>,
    variants: &[Variant<String>],
    write_arm: &impl Fn(&mut String, &Pattern<String>) -> std::fmt::Result,
) -> std::fmt::Result {
    let InlineExpression::VariableReference { id } = selector else {
        return Ok(());
    };
    let on = identifier(&id.name);
    let is_number = kind_of(variants) == Kind::Number;
    let is_category = |variant: &Variant<String>| {
        !variant.default && matches!(variant.key, VariantKey::Identifier { .. })
    };
    let by_category = is_number && variants.iter().any(is_category);
    if by_category {
        writeln!(code, "match ({on}, self.category({on})) {{")?;
    } else {
        writeln!(code, "match {on} {{")?;
    }
    let rank = |variant: &&Variant<String>| match (&variant.key, variant.default) {
        (_, true) => 2,
        (VariantKey::Identifier { .. }, _) => 1,
        (VariantKey::NumberLiteral { .. }, _) => 0,
    };
    let mut ordered: Vec<_> = variants.iter().collect();
    ordered.sort_by_key(rank);
    for variant in ordered {
        match &variant.key {
            _ if variant.default => write!(code, "_")?,
            VariantKey::NumberLiteral { value } if by_category => write!(code, "({value}, _)")?,
            VariantKey::NumberLiteral { value } => write!(code, "{value}")?,
            VariantKey::Identifier { name } if by_category => {
                write!(code, "(_, PluralCategory::{})", name.to_uppercase())?;
            }
            VariantKey::Identifier { name } => write!(code, "{name:?}")?,
        }
        write!(code, " => ")?;
        write_arm(code, &variant.value)?;
    }
    write!(code, "}}")
}

/// The text of a pattern without variables.
fn fixed(pattern: &Pattern<String>) -> String {
    let texts = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value }
        | PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value }),
        } => value.as_str(),
        PatternElement::Placeable { .. } => "",
    });
    texts.collect()
}

/// What the original says, on one line.
fn summary(pattern: &Pattern<String>) -> String {
    let parts = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value } => value.replace('\n', " "),
        PatternElement::Placeable { expression } => match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                format!("`{}`", id.name)
            }
            Expression::Inline(InlineExpression::StringLiteral { value }) => value.clone(),
            Expression::Select { variants, .. } => {
                let default = variants.iter().find(|variant| variant.default);
                default.map_or_else(String::new, |default| summary(&default.value))
            }
            Expression::Inline(_) => String::new(),
        },
    });
    let text = parts.collect::<String>().replace("https://", "");
    let text: String = text
        .chars()
        .map(|c| if "<>[]".contains(c) { ' ' } else { c })
        .collect();
    text
}

/// A name of Fluent's as one of Rust's.
fn identifier(name: &str) -> String {
    name.replace('-', "_").to_lowercase()
}
