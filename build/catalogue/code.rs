//! The code for catalogues that were found to be whole.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use fluent_syntax::ast::{
    Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};

use super::{Kind, Locale, ORIGINAL, find, kind_of, parameters, variables};

/// The enum of the locales, with a method for each message of the original.
pub(super) fn written(original: &Locale, locales: &[Locale]) -> Result<String, std::fmt::Error> {
    let mut code = String::new();
    write_enum(&mut code, locales)?;
    writeln!(code, "impl Locale {{")?;
    for name in original.messages.keys() {
        write_method(&mut code, name, original, locales)?;
    }
    writeln!(code, "}}")?;
    Ok(code)
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
