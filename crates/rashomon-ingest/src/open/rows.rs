//! Which articles are in this table? Rows of JSON and JSON Lines, and JSON feeds.
//!
//! A row is an object with a text or an address under one of the names of [`super::Columns`]. A row that fails is named with
//! its number, counted from 1; the rest is read.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::columns::{Columns, Field};
use super::{Opened, Options};
use crate::decode::decode;
use crate::read::IngestError;

/// Keys of an object under which a list of articles stands.
pub(super) const LISTS: [&str; 9] =
    ["articles", "documents", "accounts", "reports", "items", "rows", "data", "results", "entries"];

/// Named values of an object: texts and numbers as they are, of an object its `name` (an outlet given with its id), of several
/// authors their names.
fn values(raw: &str, columns: &Columns) -> serde_json::Result<BTreeMap<String, String>> {
    let fields: BTreeMap<String, Value> = serde_json::from_str(raw)?;
    let text = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Number(n) => Some(n.to_string()),
        Value::Object(fields) => fields.get("name").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let value = |name: &str, value: Value| match value {
        Value::Array(all) if columns.names(Field::Byline, name) => {
            Some(all.into_iter().filter_map(text).collect::<Vec<_>>().join(", "))
        }
        value => text(value),
    };
    Ok(fields.into_iter().filter_map(|(name, field)| Some((name.clone(), value(&name, field)?))).collect())
}

/// Adds one row.
fn row(raw: &str, origin: String, name: &str, options: &Options, out: &mut Opened) {
    let done = values(raw, &options.columns)
        .map_err(|error| IngestError::BadJson { origin: origin.clone(), reason: error.to_string() })
        .and_then(|row| options.columns.row(&row, raw.as_bytes(), origin, name, out));
    if let Err(error) = done {
        out.refusals.push(error.into());
    }
}

/// Rows of a JSON Lines file.
pub(super) fn rows(bytes: &[u8], origin: &str, name: &str, options: &Options) -> Result<Opened, IngestError> {
    let text = decode(bytes, None).map_err(|why| IngestError::not_text(origin, why))?.text;
    let mut out = Opened::default();
    for (n, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        if n == options.limits.rows {
            out.refusals.push(options.too_many(origin).into());
            break;
        }
        row(line, format!("{origin}#{}", n + 1), name, options, &mut out);
    }
    Ok(out)
}

/// A JSON file: one article, a list of them, or an object with such a list (`articles`, `documents`, `items`, …).
pub(super) fn json(bytes: &[u8], origin: &str, name: &str, options: &Options) -> Result<Opened, IngestError> {
    let text = decode(bytes, None).map_err(|why| IngestError::not_text(origin, why))?.text;
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(&text) {
        return Ok(list_of(&list, origin, name, options));
    }
    let fields: BTreeMap<String, &RawValue> = match serde_json::from_str(&text) {
        Ok(fields) => fields,
        Err(error) => {
            // Files of JSON Lines are sometimes named .json.
            let out = rows(bytes, origin, name, options)?;
            if out.inputs.is_empty() && out.links.is_empty() {
                return Err(IngestError::BadJson { origin: origin.to_owned(), reason: error.to_string() });
            }
            return Ok(out);
        }
    };
    let list = LISTS.iter().find_map(|key| serde_json::from_str::<Vec<&RawValue>>(fields.get(*key)?.get()).ok());
    // An article may carry a list of its own (`items` of a gallery): what has a text is an article.
    let row_of = values(&text, &options.columns).unwrap_or_default();
    let texts = [super::Field::Text, super::Field::Html];
    let article = texts.iter().any(|field| options.columns.pick(*field, &row_of).is_some());
    match list {
        Some(list) if !article => {
            let mut out = list_of(&list, origin, name, options);
            // A JSON feed gives its own title as the outlet of all its items.
            let feed = row_of.get("version").is_some_and(|version| version.contains("jsonfeed.org"));
            if let Some(title) = row_of.get("title").filter(|_| feed) {
                for input in &mut out.inputs {
                    input.given.publisher.get_or_insert_with(|| title.clone());
                }
            }
            Ok(out)
        }
        _ => {
            let mut out = Opened::default();
            match options.columns.row(&row_of, bytes, origin.to_owned(), name, &mut out) {
                Ok(()) => Ok(out),
                Err(_) => Err(IngestError::NoArticles { origin: origin.to_owned() }),
            }
        }
    }
}

/// The rows of a JSON list.
fn list_of(list: &[&RawValue], origin: &str, name: &str, options: &Options) -> Opened {
    let mut out = Opened::default();
    for (i, raw) in list.iter().enumerate() {
        if i == options.limits.rows {
            out.refusals.push(options.too_many(origin).into());
            break;
        }
        row(raw.get(), format!("{origin}#{}", i + 1), name, options, &mut out);
    }
    if list.is_empty() {
        out.refusals.push(IngestError::NoArticles { origin: origin.to_owned() }.into());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_may_say_a_thing_twice() {
        let bytes = br#"[{"title": "A", "headline": "B", "content": "cut ...", "text": "Shells hit Talen", "source": {"id": "x", "name": "Courier"}, "author": null}]"#;
        let out = json(bytes, "a.json", "a.json", &Options::default()).unwrap();
        assert_eq!(out.inputs[0].bytes, b"Shells hit Talen");
        assert_eq!(
            (out.inputs[0].given.title.as_deref(), out.inputs[0].given.publisher.as_deref()),
            (Some("A"), Some("Courier"))
        );
    }

    #[test]
    fn json_feeds_are_lists() {
        let bytes = br#"{"version": "https://jsonfeed.org/version/1.1", "title": "Talen Post", "items": [
            {"id": "1", "url": "https://x.example/1", "content_html": "<p>Shells hit Talen</p>", "date_published": "2032-03-04T09:00:00Z"},
            {"id": "2", "url": "https://x.example/2"}]}"#;
        let out = json(bytes, "feed.json", "feed.json", &Options::default()).unwrap();
        assert_eq!(out.inputs[0].given.publisher.as_deref(), Some("Talen Post"));
        assert_eq!((out.inputs.len(), out.links.len(), out.refusals.len()), (1, 1, 0));
    }
}
