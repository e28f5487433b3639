//! Which articles are in this table? Rows of JSON and JSON Lines.
//!
//! A row is an object with `text` or `html` (`body`, `content`, `article` are read as `text` too) and optionally `id`,
//! `title`, `url`, `publisher`, `published`. A row that fails is named with its number, counted from 1; the rest is read.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Given, IngestError, Input, MediaType, Refusal};
use crate::canonical::sha256;
use crate::decode::decode;

/// A value that may be written as text or as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Whole(i64),
    Real(f64),
    Other(serde::de::IgnoredAny),
}

impl Scalar {
    fn text(self) -> Option<String> {
        let text = match self {
            Scalar::Text(text) => text,
            Scalar::Whole(n) => n.to_string(),
            Scalar::Real(x) => x.to_string(),
            Scalar::Other(_) => return None,
        };
        (!text.trim().is_empty()).then_some(text)
    }
}

/// The fields of a row; others are ignored.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    #[serde(alias = "given_id")]
    id: Option<Scalar>,
    #[serde(alias = "body", alias = "content", alias = "article")]
    text: Option<Scalar>,
    html: Option<Scalar>,
    #[serde(alias = "headline")]
    title: Option<Scalar>,
    #[serde(alias = "link")]
    url: Option<Scalar>,
    #[serde(alias = "outlet", alias = "site")]
    publisher: Option<Scalar>,
    #[serde(alias = "date", alias = "published_at", alias = "date_published")]
    published: Option<Scalar>,
}

/// One row as an input.
fn input(row: Row, raw: &[u8], origin: String, name: &str) -> Result<Input, IngestError> {
    let take = |field: Option<Scalar>| field.and_then(Scalar::text);
    let (media, content) = match (take(row.html), take(row.text)) {
        (_, Some(text)) => (MediaType::Plain, text),
        (Some(html), None) => (MediaType::Html, html),
        (None, None) => return Err(IngestError::NoText { origin }),
    };
    let given = Given {
        id: take(row.id).map(|id| id.trim().to_owned()),
        title: take(row.title),
        url: take(row.url),
        publisher: take(row.publisher),
        published: take(row.published),
    };
    Ok(Input {
        name: given.id.clone().or_else(|| given.url.clone()).unwrap_or_else(|| name.to_owned()),
        origin,
        ordinal: 0,
        media,
        sha256: sha256(raw),
        bytes: content.into_bytes(),
        charset: Some("utf-8".to_owned()),
        given,
    })
}

/// Rows of a JSON Lines file.
pub(super) fn rows(bytes: &[u8], origin: &str, name: &str) -> Result<(Vec<Input>, Vec<Refusal>), IngestError> {
    let text = decode(bytes, None).map_err(|why| IngestError::not_text(origin, why))?.text;
    let (mut found, mut refusals) = (Vec::new(), Vec::new());
    let mut n = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        n += 1;
        let origin = format!("{origin}#{n}");
        let made = serde_json::from_str::<Row>(line)
            .map_err(|error| IngestError::BadJson { origin: origin.clone(), reason: error.to_string() })
            .and_then(|row| input(row, line.as_bytes(), origin, &format!("{name}#{n}")));
        match made {
            Ok(one) => found.push(one),
            Err(error) => refusals.push(error.into()),
        }
    }
    Ok((found, refusals))
}

/// A JSON file: one article, a list of them, or an object with such a list (`articles`, `documents`, `items`, …).
pub(super) fn json(bytes: &[u8], origin: &str, name: &str) -> Result<(Vec<Input>, Vec<Refusal>), IngestError> {
    let text = decode(bytes, None).map_err(|why| IngestError::not_text(origin, why))?.text;
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(&text) {
        return Ok(list_of(&list, origin, name));
    }
    let fields: std::collections::BTreeMap<String, &RawValue> = match serde_json::from_str(&text) {
        Ok(fields) => fields,
        Err(error) => {
            // Files of JSON Lines are sometimes named .json.
            let (found, refusals) = rows(bytes, origin, name)?;
            if found.is_empty() {
                return Err(IngestError::BadJson { origin: origin.to_owned(), reason: error.to_string() });
            }
            return Ok((found, refusals));
        }
    };
    if ["text", "html", "body", "content", "article"].iter().any(|key| fields.contains_key(*key)) {
        let row: Row = serde_json::from_str(&text)
            .map_err(|error| IngestError::BadJson { origin: origin.to_owned(), reason: error.to_string() })?;
        return Ok((vec![input(row, bytes, origin.to_owned(), name)?], Vec::new()));
    }
    for key in ["articles", "documents", "accounts", "reports", "items", "rows", "data", "results"] {
        if let Some(raw) = fields.get(key)
            && let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(raw.get())
        {
            return Ok(list_of(&list, origin, name));
        }
    }
    Err(IngestError::NoArticles { origin: origin.to_owned() })
}

/// The rows of a JSON list.
fn list_of(list: &[&RawValue], origin: &str, name: &str) -> (Vec<Input>, Vec<Refusal>) {
    let (mut found, mut refusals) = (Vec::new(), Vec::new());
    for (i, raw) in list.iter().enumerate() {
        let n = i + 1;
        let origin = format!("{origin}#{n}");
        let made = serde_json::from_str::<Row>(raw.get())
            .map_err(|error| IngestError::BadJson { origin: origin.clone(), reason: error.to_string() })
            .and_then(|row| input(row, raw.get().as_bytes(), origin, &format!("{name}#{n}")));
        match made {
            Ok(one) => found.push(one),
            Err(error) => refusals.push(error.into()),
        }
    }
    if found.is_empty() && refusals.is_empty() {
        refusals.push(IngestError::NoArticles { origin: origin.to_owned() }.into());
    }
    (found, refusals)
}
