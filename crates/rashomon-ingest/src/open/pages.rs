//! Which of the answers in this WACZ are its pages?
//!
//! A WACZ lists its pages by the addresses that were asked. Where the answer was a redirect, the page is what the redirect
//! leads to, so the archives are gone through once for redirects before they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::Desk;
use crate::http;
use crate::limits::{Counting, Limits, unpack};
use crate::warc::Reader;

/// Addresses of the pages that count, as [`plain`] writes them.
pub(super) struct Listed(BTreeSet<String>);

impl Listed {
    /// Whether an address is one of them.
    pub(super) fn has(&self, url: &str) -> bool {
        self.0.contains(&plain(url))
    }
}

/// What the archives of a WACZ hold: addresses that were answered, and those that led elsewhere.
#[derive(Default)]
struct Answers {
    held: BTreeSet<String>,
    redirects: BTreeMap<String, BTreeSet<String>>,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

impl Desk<'_> {
    /// The pages a WACZ lists, with what redirects lead to; none where it lists none, or where none of them is in it, which is
    /// told: then all its answers are read.
    pub(super) fn listed(&mut self, archive: &mut Archive<'_>, origin: &str) -> Option<Listed> {
        let mut pages = self.page_list(archive)?;
        let answers = self.answers(archive);
        let mut open: Vec<String> = pages.iter().cloned().collect();
        while let Some(url) = open.pop() {
            for target in answers.redirects.get(&url).into_iter().flatten() {
                if pages.insert(target.clone()) {
                    open.push(target.clone());
                }
            }
        }
        if !answers.held.is_empty() && pages.is_disjoint(&answers.held) {
            self.refuse(origin, "R129");
            return None;
        }
        Some(Listed(pages))
    }

    /// Addresses of the pages a WACZ lists, if it lists any.
    fn page_list(&self, archive: &mut Archive<'_>) -> Option<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        for name in ["pages/pages.jsonl", "pages/extraPages.jsonl"] {
            let Ok(entry) = archive.by_name(name) else { continue };
            let mut text = String::new();
            if entry.take(self.options.limits.document).read_to_string(&mut text).is_err() {
                continue;
            }
            for line in text.lines() {
                let row: Option<serde_json::Value> = serde_json::from_str(line).ok();
                if let Some(url) = row.as_ref().and_then(|row| row.get("url")).and_then(|url| url.as_str()) {
                    found.insert(plain(url));
                }
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// What is answered in the archives; what cannot be unpacked within the caps is told when it is read.
    fn answers(&self, archive: &mut Archive<'_>) -> Answers {
        let mut found = Answers::default();
        let mut left = self.left;
        for i in 0..archive.len() {
            let Ok(mut entry) = archive.by_index(i) else { continue };
            if !entry.name_raw().starts_with(b"archive/") || entry.is_dir() || entry.encrypted() {
                continue;
            }
            let packed = entry.compressed_size();
            let caps = Limits { unpacked: left, ..self.options.limits };
            let mut counted = Counting(&mut entry, 0);
            let done = unpack(&mut counted, packed, &caps);
            left = left.saturating_sub(counted.1);
            let Ok(bytes) = done else { continue };
            let mut reader = Reader::with(bytes.as_slice(), Limits { unpacked: left, ..caps });
            for record in reader.by_ref() {
                let Ok(record) = record else { continue };
                let Some(url) = record.target().map(str::to_owned) else { continue };
                if record.kind() == "resource" {
                    found.held.insert(plain(&url));
                }
                let Some((head, _)) = http::split(&record.body).filter(|_| record.kind() == "response") else {
                    continue;
                };
                let location = head.get("location").filter(|_| matches!(head.status, 301 | 302 | 303 | 307 | 308));
                if let Some(target) = location.and_then(|location| join(&url, location)) {
                    found.redirects.entry(plain(&url)).or_default().insert(plain(&target));
                } else if head.status == 200 {
                    found.held.insert(plain(&url));
                }
            }
            left = left.saturating_sub(reader.unpacked());
        }
        found
    }
}

/// An address as it is compared: scheme and host in lower case, a path, no fragment, escaped.
fn plain(url: &str) -> String {
    let url = url.trim().split('#').next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let slash = if target.starts_with('/') { "" } else { "/" };
    let mut out = format!("{}://{}{slash}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    for byte in target.bytes() {
        // as browsers write what is no plain letter
        if byte.is_ascii_graphic() { out.push(char::from(byte)) } else { out.push_str(&format!("%{byte:02X}")) }
    }
    out
}

/// Where a `Location` leads from an address (RFC 3986, 5.2).
fn join(from: &str, location: &str) -> Option<String> {
    let location = location.trim();
    let begins_scheme = location.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    if begins_scheme {
        return Some(location.to_owned());
    }
    let (scheme, rest) = from.split_once("://")?;
    if let Some(rest) = location.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let (host, target) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let target = match location.chars().next()? {
        '/' => location.to_owned(),
        '?' => format!("{path}{location}"),
        _ => format!("{}/{location}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    let (path, query) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        match part {
            "." | ".." => {
                if part == ".." {
                    kept.pop();
                }
                if parts.peek().is_none() {
                    kept.push("");
                }
            }
            part => kept.push(part),
        }
    }
    Some(format!("{scheme}://{host}/{}{query}", kept.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_on() {
        let from = "https://talen.example/news/a?x=1";
        for (location, expected) in [
            ("https://post.example/b", "https://post.example/b"),
            ("//post.example/b", "https://post.example/b"),
            ("/b", "https://talen.example/b"),
            ("b?back=http://x.example", "https://talen.example/news/b?back=http://x.example"),
            ("?y=2", "https://talen.example/news/a?y=2"),
            ("../b/./", "https://talen.example/b/"),
        ] {
            assert_eq!(join(from, location).as_deref(), Some(expected), "{location}");
        }
        assert_eq!(plain("HTTPS://Talen.Example#top"), "https://talen.example/");
        assert_eq!(plain("https://talen.example/A?b#c"), "https://talen.example/A?b");
    }
}
