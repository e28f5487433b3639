//! Which entries does this live blog hold? Each was written at its own time and is a report of its own.
//!
//! Structured data gives the entries with their times (`liveBlogUpdate` of schema.org's `LiveBlogPosting`). A toll told at noon
//! and another told at night are then two statements with two dates, and an entry that was changed later is a new capture
//! of that entry. What else is on the page stays one report, without the words of the entries.

use super::Desk;
use crate::extract::{decoded, looks_like_html};
use crate::html::{Entry, live_blog};
use crate::read::{Given, Input, MediaType, Share};
use std::collections::BTreeMap;

/// Words of running text below which the page without its entries is no report: a line that says how to follow it.
const REST: usize = 40;

impl Desk<'_> {
    /// Takes the entries of a live blog out as inputs; gives the rest of the page back, if anything is left of it.
    pub(super) fn live(&mut self, mut page: Input) -> Option<Input> {
        let mark = b"liveBlogUpdate";
        let may = matches!(page.media, MediaType::Html | MediaType::Plain)
            && page.bytes.windows(mark.len()).any(|window| window == mark);
        let text = if may { decoded(&page).ok().map(|decoded| decoded.text) } else { None };
        let text = text.filter(|text| page.media == MediaType::Html || looks_like_html(text));
        let Some(live) = text.and_then(|text| live_blog(&text, page.given.url.as_deref())) else { return Some(page) };
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &live.entries {
            *times.entry(entry.published.as_deref().unwrap_or("")).or_default() += 1;
        }
        for (i, entry) in live.entries.iter().enumerate() {
            if !self.one_more(&page.origin) {
                break;
            }
            let Entry { id, published, headline, .. } = entry;
            // the time names an entry that has no name, where it is its alone
            let alone = published.clone().filter(|time| times.get(time.as_str()) == Some(&1));
            let id = id.clone().or(alone);
            let url = live.url.clone();
            let bytes = article(entry).into_bytes();
            let name = id.clone().unwrap_or_else(|| page.name.clone());
            self.out.inputs.push(Input {
                origin: format!("{}#{}", page.origin, i + 1),
                charset: Some("utf-8".to_owned()),
                given: Given {
                    id,
                    title: headline.clone(),
                    url,
                    publisher: page.given.publisher.clone().or_else(|| live.publisher.clone()),
                    published: published.clone(),
                    byline: None,
                },
                retrieved: page.retrieved,
                share: Share::Entry,
                ..Input::new(&name, MediaType::Html, bytes)
            });
        }
        page.share = Share::Rest;
        (live.others >= REST).then_some(page)
    }
}

/// Characters as the text of a page.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// An entry as a page of its own.
fn article(entry: &Entry) -> String {
    let body = if entry.body.contains("</") || entry.body.contains("<br") {
        entry.body.clone()
    } else {
        entry.body.lines().map(|line| format!("<p>{}</p>\n", escaped(line))).collect()
    };
    let headline = entry.headline.as_deref().map(|line| format!("<h1>{}</h1>\n", escaped(line))).unwrap_or_default();
    format!("<html><body><article>\n{headline}{body}</article></body></html>\n")
}
