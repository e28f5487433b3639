//! Which reports are in a capture, and when are two captures of one report?

use super::options;
use rashomon_ingest::open::{self, Link, Opened, Source};
use rashomon_ingest::{Document, Refusal};
use rashomon_store::Taken;
use rashomon_store::log::facts::{Captured, Read};
use std::collections::{BTreeMap, BTreeSet};

/// The reports in bytes to be taken in, as the log names them, what could not be read, and addresses without a text.
pub(super) fn reports(taken: &Taken) -> anyhow::Result<(Vec<Read>, Vec<Refusal>, Vec<Link>)> {
    let Opened { inputs, mut links, mut refusals } = opened(&taken.facts, taken.bytes.clone())?;
    let texts: BTreeSet<String> = inputs.iter().map(|input| input.origin.clone()).collect();
    links.retain(|link| !texts.contains(&link.origin)); // an entry of a feed has a text as well as an address
    let mut found = Vec::new();
    for input in inputs {
        let part = part(&input.origin, &taken.facts.origin);
        let digest = input.sha256.clone();
        match rashomon_ingest::extract_with(input, &crate::isolate::pages) {
            Err(error) => refusals.push(error.into()),
            Ok(document) => {
                let document = document.value;
                found.push(Read {
                    key: key(&document, &taken.facts, &part, &digest),
                    document: document.id.as_str().to_owned(),
                    text: rashomon_store::hex::sha256(document.text.as_bytes()),
                    title: document.title,
                    part,
                });
            }
        }
    }
    apart(&mut found);
    Ok((found, refusals, links))
}

/// Where in a capture an input lies: what its origin says behind that of the capture.
pub(in crate::command::case) fn part(origin: &str, capture: &str) -> String {
    origin.strip_prefix(capture).unwrap_or(origin).to_owned()
}

/// What makes two captures the same report: the giver's id within one table; else its address, unless that is only a
/// site's front page; else its place, for a file that holds nothing else; else its own bytes.
fn key(document: &Document, capture: &Captured, part: &str, digest: &str) -> String {
    let short = capture.place.get(..16).unwrap_or(&capture.place);
    if let Some(id) = &document.given_id {
        return format!("id {short}:{id}");
    }
    if let Some(url) = document.url.as_deref().and_then(address) {
        return format!("url:{url}");
    }
    if part.is_empty() { format!("place:{}", capture.place) } else { format!("row {short}:{digest}") }
}

/// An address without what does not change the page: its fragment, `www.`, a closing slash, and the scheme. `None` for a
/// front page.
fn address(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://")?.1;
    let rest = rest.split('#').next()?;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    (!path.is_empty()).then(|| format!("{}/{path}", host.strip_prefix("www.").unwrap_or(&host)))
}

/// Reports of one capture with one key are several reports: an address that all rows of a table share names none of them.
fn apart(reports: &mut [Read]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for report in reports.iter() {
        *times.entry(report.key.clone()).or_default() += 1;
    }
    for report in reports.iter_mut().filter(|report| times.get(&report.key).is_some_and(|n| *n > 1)) {
        report.key = format!("{} {}", report.key, report.text);
    }
}

/// A capture taken apart, with the choices of columns it was taken in with.
pub(in crate::command::case) fn opened(capture: &Captured, bytes: Vec<u8>) -> anyhow::Result<Opened> {
    let source = Source { origin: capture.origin.clone(), ..Source::new(&capture.name, bytes) };
    Ok(open::open(source, &options(&capture.columns)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        assert_eq!(address("https://www.Talen.example/a/b/#top"), Some("talen.example/a/b".into()));
        assert_eq!(address("http://talen.example/a/b"), Some("talen.example/a/b".into()));
        assert_eq!(address("https://talen.example/"), None, "a front page names no report");
        assert_ne!(address("https://talen.example/?id=1"), address("https://talen.example/?id=2"));
    }
}
