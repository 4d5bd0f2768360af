//! One line an event, on standard error: for people, or as JSON for programs.

use std::io::Write as _;

use log::kv::{Key, Value, VisitSource};

use crate::config::{LogConfig, LogFormat};

/// Starts logging; called once.
pub fn start(config: &LogConfig) {
    let mut builder = env_logger::Builder::new();
    builder.parse_filters(&config.filter);
    match config.format {
        LogFormat::Text => builder.format(|out, record| {
            let mut pairs = Pairs::default();
            drop(record.key_values().visit(&mut pairs));
            let time = out.timestamp_millis();
            write!(out, "{time} {:<5} {}", record.level(), record.args())?;
            for (key, value) in pairs.0 {
                write!(out, " {key}={}", as_text(&value))?;
            }
            writeln!(out)
        }),
        LogFormat::Json => builder.format(|out, record| {
            let mut pairs = Pairs::default();
            drop(record.key_values().visit(&mut pairs));
            let mut line = serde_json::Map::new();
            line.insert("time".to_owned(), out.timestamp_millis().to_string().into());
            line.insert("level".to_owned(), record.level().as_str().into());
            line.insert("target".to_owned(), record.target().into());
            line.insert("message".to_owned(), record.args().to_string().into());
            line.extend(pairs.0);
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)
        }),
    };
    builder.init();
}

#[derive(Default)]
struct Pairs(Vec<(String, serde_json::Value)>);

impl<'kvs> VisitSource<'kvs> for Pairs {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), log::kv::Error> {
        let value = match (value.to_u64(), value.to_borrowed_str()) {
            (Some(number), _) => number.into(),
            (None, Some(text)) => text.into(),
            (None, None) => value.to_string().into(),
        };
        self.0.push((key.as_str().to_owned(), value));
        Ok(())
    }
}

/// A word as it is; anything else in quotes, so that no value can look like another line.
fn as_text(value: &serde_json::Value) -> String {
    match value.as_str() {
        Some(text) if text.chars().all(|c| c.is_ascii_graphic() && c != '"') => text.to_owned(),
        _ => value.to_string(),
    }
}
