//! Which pages does this web archive hold?

use std::collections::BTreeMap;

use rashomon_model::date::DateTime;

use super::pages::Listed;
use super::{Desk, Kind, Source, kind};
use crate::http;
use crate::read::Given;
use crate::warc::{Reader, Record};

impl Desk<'_> {
    /// Pages of a web archive: answers with status 200 and resources that are read here; `pages` lists those that count
    /// where the archive says so.
    pub(super) fn warc(&mut self, bytes: &[u8], origin: &str, name: &str, depth: u32, pages: Option<&Listed>) {
        // an archive of one address the user gave, whose answer is read whatever it is: a list, a feed, a file to be kept
        let fetched = depth == 1 && name.contains("://");
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        let mut reader = Reader::with(bytes, self.caps());
        let (mut i, mut counted) = (0usize, 0u64);
        while let Some(record) = reader.next() {
            i += 1;
            let at = format!("{origin}#{i}");
            // all that came out of a packed file counts, whatever it is; what lies in it unpacked is the file itself, which was
            // counted where it was unpacked, if it was
            let unpacked = reader.unpacked();
            self.left = self.left.saturating_sub(unpacked - counted);
            counted = unpacked;
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    self.refuse_for(&at, "R118", &error.to_string());
                    // Damage counts as a part, or a file made of it would give a refusal every few bytes.
                    if !self.one_more(origin) {
                        break;
                    }
                    continue;
                }
            };
            if record.passed_over > 0 {
                self.refuse_for(&at, "R118", &format!("{} bytes before it are no record", record.passed_over));
                if !self.one_more(origin) {
                    break;
                }
            }
            let length = record.body.len() as u64;
            if !matches!(record.kind(), "response" | "resource" | "revisit") {
                continue;
            }
            if !self.one_more(origin) {
                break;
            }
            if record.cut {
                self.refuse(&at, "R120");
                continue;
            }
            let listed = |url: &str| pages.is_some_and(|pages| pages.has(url));
            let asked = fetched || record.target().is_some_and(listed);
            let passed = match page(record, &at, name, asked, &self.caps()) {
                Ok(source) => self.captured(source, length, depth, pages.is_none(), asked),
                Err(Skipped::Counted(why)) => Some(why),
                Err(Skipped::Refused(reason)) => {
                    self.refuse_for(&at, "R121", &reason);
                    None
                }
            };
            if let Some(what) = passed {
                *others.entry(what).or_default() += 1;
            }
        }
        if !others.is_empty() {
            let list: Vec<String> = others.iter().map(|(what, n)| format!("{what} {n}")).collect();
            self.refuse_for(origin, "R114", &list.join(", "));
        }
    }

    /// Opens what a record of so many bytes captured; what the user or the list of pages asks for is read or refused, what else is
    /// no page is passed over, under the name of its kind.
    fn captured(&mut self, source: Source, length: u64, depth: u32, all: bool, asked: bool) -> Option<String> {
        // What the content coding hid counts as unpacked too; `page` stops at what is left.
        self.left = self.left.saturating_sub((source.bytes.len() as u64).saturating_sub(length));
        let found = kind(&source.bytes, &source.name, source.media.as_deref());
        // a table that is served as text is one; data served as such are mostly the page's own
        let table =
            matches!(found, Kind::Json | Kind::Rows | Kind::Csv) && source.media.as_deref() == Some("text/plain");
        let readable = asked || all && (table || matches!(found, Kind::Article(_) | Kind::Feed));
        if !readable || source.name.ends_with("/robots.txt") {
            return Some(source.media.unwrap_or_else(|| "unknown".to_owned()));
        }
        self.open(source, depth + 1);
        None
    }
}

/// Why a record is no page.
enum Skipped {
    /// Rightly passed over; counted under this name.
    Counted(String),
    /// Cannot be read, though it may be one.
    Refused(String),
}

/// What a record captured; where the user asked for it, its kind is not looked at, but for styles and scripts.
fn page(record: Record, at: &str, name: &str, asked: bool, caps: &crate::limits::Limits) -> Result<Source, Skipped> {
    let url = record.target().map(str::to_owned);
    let retrieved = record.date().and_then(utc);
    let block = record.get("content-type").unwrap_or("").to_ascii_lowercase();
    let (media, charset, bytes) = if record.kind() == "revisit" {
        return Err(Skipped::Counted("seen before".to_owned()));
    } else if block.starts_with("application/http") {
        let Some((head, raw)) = http::split(&record.body) else {
            return Err(Skipped::Refused("no head of an answer".to_owned()));
        };
        if head.status != 200 {
            return Err(Skipped::Counted(format!("status {}", head.status)));
        }
        let media = head.media();
        let text = media.as_deref().is_none_or(|media| {
            media.starts_with("text/")
                || media.contains("html")
                || media.contains("xml")
                || media.contains("json")
                || media == "application/pdf"
                || media.contains("officedocument")
                || media.contains("opendocument")
        });
        if !asked && !text || media.as_deref().is_some_and(|media| matches!(media, "text/css" | "text/javascript")) {
            return Err(Skipped::Counted(media.unwrap_or_default()));
        }
        let body = http::decode(&head, raw, caps).map_err(|error| Skipped::Refused(error.to_string()))?;
        (media, head.charset(), body)
    } else {
        let media = block.split(';').next().unwrap_or("").trim().to_owned();
        (Some(media).filter(|media| !media.is_empty()), http::charset(&block), record.body)
    };
    if bytes.is_empty() {
        return Err(Skipped::Counted("empty".to_owned()));
    }
    Ok(Source {
        origin: at.to_owned(),
        name: url.clone().unwrap_or_else(|| name.to_owned()),
        bytes,
        media,
        charset,
        given: Given { url, ..Given::default() },
        retrieved,
    })
}

/// A `WARC-Date`: `2032-03-04T09:28:00Z`, with or without a fraction.
fn utc(text: &str) -> Option<DateTime> {
    text.trim().trim_end_matches('Z').parse().ok()
}
