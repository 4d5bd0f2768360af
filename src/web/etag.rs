//! Entity tags and the conditions on them (RFC 9110, 8.8.3 and 13.1).

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::header::{HeaderMap, IF_MATCH, IF_NONE_MATCH};

use crate::error::{Error, Result};
use crate::tasks::Precondition;

/// Changes with every release, so that nobody keeps a page of an older one.
const RELEASE: &str = env!("CARGO_PKG_VERSION");

/// The strong tag of one task.
pub fn of_task(version: i64) -> String {
    format!("\"{version}\"")
}

/// The weak tag of a view: the owner's change counter, and everything else that shapes the answer.
pub fn of_view(version: i64, shape: impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    (RELEASE, shape).hash(&mut hasher);
    format!("W/\"{version}-{:016x}\"", hasher.finish())
}

/// What the caller has already: `If-None-Match`, which compares weakly.
#[derive(Clone, Debug)]
pub struct Known(Option<String>);

impl Known {
    /// Reads the header; most requests have none.
    pub fn of(headers: &HeaderMap) -> Self {
        if !headers.contains_key(IF_NONE_MATCH) {
            return Self(None);
        }
        Self(Some(
            items(headers, IF_NONE_MATCH).collect::<Vec<_>>().join(","),
        ))
    }

    /// Whether the thing with this tag is among them.
    pub fn has(&self, tag: &str) -> bool {
        let tag = opaque(tag);
        let mut known = self.0.iter().flat_map(|known| known.split(','));
        known.any(|item| item == "*" || opaque(item) == tag)
    }
}

/// The versions that `If-Match` allows to change.
pub fn precondition(headers: &HeaderMap) -> Result<Precondition> {
    if !headers.contains_key(IF_MATCH) {
        return Ok(Precondition::None);
    }
    let mut versions = Vec::new();
    for item in items(headers, IF_MATCH) {
        if item == "*" {
            return Ok(Precondition::None);
        }
        let is_tag =
            opaque(item).len() >= 2 && opaque(item).starts_with('"') && item.ends_with('"');
        if !is_tag {
            let detail = "If-Match holds entity tags in double quotes, as in \"17\"";
            return Err(Error::Malformed(detail.into()));
        }
        // A weak tag never matches strongly, and a tag that is none of ours matches nothing.
        versions.extend(item.trim_matches('"').parse::<i64>());
    }
    Ok(Precondition::VersionIn(versions))
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// Our own tags hold no comma, so splitting at commas loses none of them.
fn items(
    headers: &HeaderMap,
    name: actix_web::http::header::HeaderName,
) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.append(name, HeaderValue::from_static(value));
        headers
    }

    #[test]
    fn if_none_match_compares_weakly() {
        let tag = of_task(7);
        for (sent, known) in [
            ("\"7\"", true),
            ("W/\"7\"", true),
            ("\"1\", \"7\"", true),
            ("*", true),
            ("\"8\"", false),
            ("7", false),
        ] {
            assert_eq!(
                Known::of(&headers(IF_NONE_MATCH, sent)).has(&tag),
                known,
                "{sent}"
            );
        }
    }

    #[test]
    fn if_match_compares_strongly() {
        for (sent, allowed) in [
            ("\"7\"", true),
            ("\"1\", \"7\"", true),
            ("*", true),
            ("W/\"7\"", false),
            ("\"x\"", false),
        ] {
            let condition = precondition(&headers(IF_MATCH, sent)).expect("readable");
            assert_eq!(condition.allows(7), allowed, "{sent}");
        }
        assert!(precondition(&headers(IF_MATCH, "7")).is_err());
    }

    #[test]
    fn a_tag_tells_what_shaped_the_view() {
        assert_eq!(of_view(1, "a"), of_view(1, "a"));
        assert_ne!(of_view(1, "a"), of_view(1, "b"));
        assert_ne!(of_view(1, "a"), of_view(2, "a"));
    }
}
