//! Reading bodies: JSON at the API, forms at the pages, both into the same named members.

use std::collections::HashSet;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;

use super::api_error::ApiError;
use super::page_error::PageError;
use crate::error::{Error, FieldErrors, Refusal, Result, Sentence};
use crate::words::Locale;

/// Largest body, in bytes.
pub const LIMIT: usize = 256 * 1024;
/// The fields that a form may send several times.
const LISTS: [&str; 1] = ["ids"];
/// Largest body of a batch, in bytes.
const BATCH_LIMIT: usize = 1024 * 1024;
/// Most members of a body, or parameters of a query string.
///
/// Each is compared with all before it and each may be refused in a sentence of its own, so a body
/// full of tiny ones would cost seconds and be answered with megabytes.
const MEMBERS_MAX: usize = 1_000;

/// The members of a JSON object or the fields of a form, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Members(Vec<(String, Value)>);

impl Members {
    /// The members of an object inside another; none for anything else.
    pub fn of_object(value: Value) -> Option<Self> {
        match value {
            Value::Object(members) => Some(Self(members.into_iter().collect())),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => None,
        }
    }

    /// Takes a member out.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(at).1)
    }

    /// Takes a field of a form out; an absent one is empty.
    pub fn take_text(&mut self, name: &str) -> String {
        match self.take(name) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        }
    }

    /// Takes a field out that a form may send several times.
    pub fn take_list(&mut self, name: &str) -> Vec<String> {
        match self.take(name) {
            Some(Value::Array(values)) => values
                .into_iter()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect(),
            Some(Value::String(text)) => vec![text],
            _ => Vec::new(),
        }
    }

    /// Takes a field out whose name begins like this, and returns the rest of its name.
    pub fn take_rest_of_name(&mut self, prefix: &str) -> Option<String> {
        let at = self.0.iter().position(|(key, _)| key.starts_with(prefix))?;
        let name = self.0.remove(at).0;
        name.strip_prefix(prefix).map(str::to_owned)
    }

    /// What was typed into a field.
    pub fn text(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found
            .and_then(|(_, value)| value.as_str())
            .unwrap_or_default()
    }

    /// The texts of these members, in this order; an absent one is empty, any other is refused.
    pub fn texts<const N: usize>(mut self, names: [&'static str; N]) -> Result<[String; N]> {
        let mut errors = FieldErrors::default();
        let texts = names.map(|name| {
            let value = self.take(name).unwrap_or_else(|| "".into());
            let text = errors.take(text(&value, name).map(str::to_owned));
            text.unwrap_or_default()
        });
        self.refuse_rest(&mut errors);
        errors.into_result()?;
        Ok(texts)
    }

    /// Refuses whatever is left.
    pub fn refuse_rest(self, errors: &mut FieldErrors) {
        for (name, _) in self.0 {
            let sentence = Sentence::Said(Locale::refused_field_unknown);
            errors.add(name, "unknown", sentence);
        }
    }
}

impl FromIterator<(String, Value)> for Members {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}

impl IntoIterator for Members {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The text of a member.
pub fn text<'v>(value: &'v Value, field: &'static str) -> Result<&'v str, Refusal> {
    value
        .as_str()
        .ok_or_else(|| Refusal::new(field, "type", format!("{field} is text")))
}

/// The JSON object that a request to the API carries.
pub struct JsonBody(pub Members);

/// The JSON object of a batch, which may be larger.
pub struct BatchBody(pub Members);

/// The form that a page sent.
pub struct FormBody(pub Members);

macro_rules! json_body {
    ($body:ident, $limit:expr) => {
        impl FromRequest for $body {
            type Error = ApiError;
            type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

            fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
                let (request, mut payload) = (request.clone(), payload.take());
                Box::pin(async move {
                    check_type(
                        request.headers(),
                        &["application/json", "application/merge-patch+json"],
                        "send application/json in UTF-8, not compressed",
                    )?;
                    let bytes = read(request.headers(), &mut payload, $limit).await?;
                    Ok(Self(parse_json(&bytes)?))
                })
            }
        }
    };
}

json_body!(JsonBody, LIMIT);
json_body!(BatchBody, BATCH_LIMIT);

impl FromRequest for FormBody {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let types = ["application/x-www-form-urlencoded"];
            check_type(
                request.headers(),
                &types,
                "send a form as browsers do, urlencoded in UTF-8",
            )?;
            let bytes = read(request.headers(), &mut payload, LIMIT).await?;
            Ok(Self(parse_form(&bytes)?))
        })
    }
}

fn check_type(headers: &HeaderMap, types: &[&str], remedy: &'static str) -> Result<()> {
    let sent = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut parts = sent.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let is_known = types.iter().any(|known| known.eq_ignore_ascii_case(kind));
    let is_utf8 = parts.all(|part| match part.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    });
    if is_known && is_utf8 && !headers.contains_key(CONTENT_ENCODING) {
        Ok(())
    } else {
        Err(Error::UnsupportedMediaType(remedy))
    }
}

async fn read(headers: &HeaderMap, payload: &mut Payload, limit: usize) -> Result<BytesMut> {
    let announced = headers
        .get(actix_web::http::header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::TooLarge(limit));
    }
    let mut bytes = BytesMut::with_capacity(announced.unwrap_or(0));
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| Error::Malformed(error.to_string().into()))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Error::TooLarge(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn parse_json(bytes: &[u8]) -> Result<Members> {
    let object: Object = serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => {
            Error::Malformed(format!("the body is not JSON: {error}").into())
        }
        Category::Data => Error::invalid("", "type", "the body is a JSON object"),
    })?;
    check_count(object.0.len())?;
    let mut seen = HashSet::new();
    let mut errors = FieldErrors::default();
    for (name, _) in &object.0 {
        if !seen.insert(name.as_str()) {
            errors.add(name.clone(), "duplicate", "this member stands there twice");
        }
    }
    errors.into_result()?;
    Ok(Members(object.0))
}

fn parse_form(bytes: &[u8]) -> Result<Members> {
    let mut fields: Vec<(String, Value)> = Vec::new();
    let mut errors = FieldErrors::default();
    check_count(url::form_urlencoded::parse(bytes).count())?;
    for (name, value) in url::form_urlencoded::parse(bytes) {
        let value_of = |value: &str| Value::String(value.to_owned());
        if LISTS.contains(&&*name) {
            match fields.iter_mut().find(|(known, _)| *known == name) {
                Some((_, Value::Array(values))) => values.push(value_of(&value)),
                _ => fields.push((name.into_owned(), Value::Array(vec![value_of(&value)]))),
            }
        } else if fields.iter().any(|(known, _)| *known == name) {
            let sentence = Sentence::Said(Locale::refused_field_twice);
            errors.add(name.into_owned(), "duplicate", sentence);
        } else {
            fields.push((name.into_owned(), Value::String(value.into_owned())));
        }
    }
    errors.into_result()?;
    Ok(Members(fields))
}

/// Refuses more members than anybody has a use for.
pub fn check_count(count: usize) -> Result<()> {
    if count <= MEMBERS_MAX {
        return Ok(());
    }
    let detail = format!("there are {count} members, and at most {MEMBERS_MAX} are read");
    Err(Error::Malformed(detail.into()))
}

/// A JSON object and nothing else; serde's derive would take an array for a struct.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}
