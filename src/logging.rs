//! One line an event, on standard error: for people, or as JSON for programs.

use std::io::{self, Write as _};

use env_logger::fmt::Formatter;
use log::Record;
use log::kv::{Error, Key, Value, VisitSource};

use crate::config::{LogConfig, LogFormat};

/// Starts logging; called once.
pub fn start(config: &LogConfig) {
    let mut builder = env_logger::Builder::new();
    builder.parse_filters(&config.filter);
    match config.format {
        LogFormat::Text => builder.format(text),
        LogFormat::Json => builder.format(json),
    };
    builder.init();
}

fn text(out: &mut Formatter, record: &Record<'_>) -> io::Result<()> {
    let time = out.timestamp_millis();
    write!(out, "{time} {:<5} {}", record.level(), record.args())?;
    record
        .key_values()
        .visit(&mut TextPairs(out))
        .map_err(io::Error::other)?;
    writeln!(out)
}

/// Writes ` key=value`: a word as it is, anything else in quotes, so that no value can look like
/// another line.
struct TextPairs<'a>(&'a mut Formatter);

impl<'kvs> VisitSource<'kvs> for TextPairs<'_> {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
        let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
        let out = &mut *self.0;
        if let Some(number) = value.to_u64() {
            write!(out, " {key}={number}")?;
        } else if let Some(text) = value.to_borrowed_str().filter(|text| is_plain(text)) {
            write!(out, " {key}={text}")?;
        } else {
            let text = value.to_string();
            if is_plain(&text) {
                write!(out, " {key}={text}")?;
            } else {
                write!(out, " {key}={text:?}")?;
            }
        }
        Ok(())
    }
}

fn json(out: &mut Formatter, record: &Record<'_>) -> io::Result<()> {
    let mut line = JsonPairs::default();
    line.0
        .insert("time".to_owned(), out.timestamp_millis().to_string().into());
    line.0
        .insert("level".to_owned(), record.level().as_str().into());
    line.0.insert("target".to_owned(), record.target().into());
    line.0
        .insert("message".to_owned(), record.args().to_string().into());
    record
        .key_values()
        .visit(&mut line)
        .map_err(io::Error::other)?;
    serde_json::to_writer(&mut *out, &line.0)?;
    writeln!(out)
}

#[derive(Default)]
struct JsonPairs(serde_json::Map<String, serde_json::Value>);

impl<'kvs> VisitSource<'kvs> for JsonPairs {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
        let value = match value.to_u64() {
            Some(number) => number.into(),
            None => value.to_string().into(),
        };
        self.0.insert(key.as_str().to_owned(), value);
        Ok(())
    }
}
