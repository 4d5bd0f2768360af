//! What settings are made of: numbers, choices, lists, and values that may stand in a file.

use std::fmt;
use std::path::Path;

use super::ConfigError;

pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

pub(super) fn number<N>(
    variable: &str,
    text: &str,
    range: std::ops::RangeInclusive<N>,
) -> Result<N, ConfigError>
where
    N: std::str::FromStr + PartialOrd + fmt::Display,
{
    text.trim()
        .parse()
        .ok()
        .filter(|number| range.contains(number))
        .ok_or_else(|| {
            let remedy = format!(
                "“{text}” is no number from {} to {}",
                range.start(),
                range.end()
            );
            ConfigError::new(variable, remedy)
        })
}

pub(super) fn choice(variable: &str, given: &str, choices: &str) -> ConfigError {
    ConfigError::new(variable, format!("“{given}” is not known; write {choices}"))
}

pub(super) fn yes(variable: &str, text: &str) -> Result<bool, ConfigError> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(choice(variable, other, "yes or no")),
    }
}

/// How often something may be done; none for 0, which is no limit.
pub(super) fn limit(
    variable: &str,
    text: &str,
) -> Result<Option<std::num::NonZeroU32>, ConfigError> {
    number(variable, text, 0..=1_000_000).map(std::num::NonZeroU32::new)
}

/// The value itself or what its file holds, trimmed; empty counts as not given.
pub(super) fn value_or_file(
    (variable, value): (&str, Option<&str>),
    (file_variable, file): (&str, Option<&Path>),
) -> Result<Option<String>, ConfigError> {
    let value = value.map(str::trim).filter(|value| !value.is_empty());
    match (value, file) {
        (Some(_), Some(_)) => Err(ConfigError::new(
            variable,
            format!("{file_variable} is set too; keep one"),
        )),
        (Some(value), None) => Ok(Some(value.to_owned())),
        (None, Some(path)) => match std::fs::read_to_string(path) {
            Ok(text) if text.trim().is_empty() => Err(ConfigError::new(
                file_variable,
                format!("{} is empty", path.display()),
            )),
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(error) => {
                let remedy = format!("cannot read {}: {error}", path.display());
                Err(ConfigError::new(file_variable, remedy))
            }
        },
        (None, None) => Ok(None),
    }
}
