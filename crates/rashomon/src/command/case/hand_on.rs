//! How does a case leave? `rashomon export`.
//!
//! An export is a WACZ package other tools open: local files as `resource` records, what was fetched as the web archive it
//! was kept as. Under `rashomon/` lie the log, what it says of the captures that count, for each its proof of inclusion
//! under the signed root, and the anchors; not the key, and no capture that was removed.

use crate::cli::ExportArgs;
use crate::command::print;
use crate::wacz::{Indexed, Package, Page};
use anyhow::Context as _;
use rashomon_ingest::http;
use rashomon_ingest::limits::Limits;
use rashomon_ingest::warc::{Draft, Reader, Writer};
use rashomon_store::case::State;
use rashomon_store::disk::{Disk, Files as _};
use rashomon_store::log::facts::Captured;
use rashomon_store::log::{Facts, Verb, merkle};
use rashomon_store::{Case, hex};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `rashomon export`.
///
/// # Errors
/// If an object was altered, or the file cannot be written.
pub fn export(args: &ExportArgs) -> anyhow::Result<u8> {
    let case = Case::look(Arc::new(Disk), &args.case)?;
    let created = case.entries().last().map_or("", |entry| entry.at.as_str()).to_owned();
    let mut package = Package::new();
    let (mut index, mut pages) = (Vec::new(), Vec::new());
    let mut writer = Writer::new(Vec::new(), true);
    let info = format!("software: {}\r\nformat: WARC File Format 1.1\r\n", super::TOOL);
    writer.write(&Draft::new("warcinfo", &created).body("application/warc-fields", info.as_bytes()))?;
    let mut archives = Vec::new();
    for (capture, facts) in case.contents().live() {
        let bytes = case.bytes(facts)?;
        let title = facts.reports.first().and_then(|report| report.title.clone());
        if fetched(facts) {
            let file = format!("{}.warc.gz", facts.sha256);
            let before = index.len();
            index_of(&bytes, &file, &mut index);
            // the page is the last answer, which the address given may only have led to
            let shown = index.get(before..).and_then(<[Indexed]>::last);
            let (url, at) = shown.map_or((&facts.origin, &capture.at), |last| (&last.url, &last.at));
            pages.push(Page { url: url.clone(), at: at.clone(), title });
            archives.push((format!("archive/{file}"), bytes));
            continue;
        }
        let (url, mime) = (address(facts), media(&facts.name));
        let record = Draft::new("resource", &capture.at).target(&url).body(mime, &bytes).payload(&bytes);
        let placed = writer.write(&record)?;
        index.push(Indexed {
            url: url.clone(),
            at: capture.at.clone(),
            mime: mime.to_owned(),
            digest: format!("sha256:{}", facts.sha256),
            file: "data.warc.gz".to_owned(),
            offset: placed.offset,
            length: placed.length,
        });
        if !facts.reports.is_empty() {
            pages.push(Page { url, at: capture.at.clone(), title });
        }
    }
    package.file("archive/data.warc.gz", &writer.into_inner())?;
    archives.sort();
    archives.dedup();
    let held = archives.len();
    for (path, bytes) in archives {
        package.file(&path, &bytes)?;
    }
    let many = index.len();
    package.index(index, pages)?;
    // as it was opened: without what an interrupted command left behind, whatever another command writes meanwhile
    let entries: Vec<u8> = case.entries().iter().flat_map(|entry| [entry.line().as_slice(), b"\n"].concat()).collect();
    package.file("rashomon/entries.jsonl", &entries)?;
    package.file("rashomon/checkpoint", case.checkpoint().as_bytes())?;
    let (opened, proofs) = evidence(&case);
    package.file("rashomon/facts.jsonl", opened.as_bytes())?;
    package.file("rashomon/proofs.jsonl", proofs.as_bytes())?;
    let anchors = anchors(&case);
    for (file, bytes) in &anchors {
        package.file(&format!("rashomon/anchors/{file}"), bytes)?;
    }
    let bytes = package.finish(case.contents().title(), &created, super::TOOL)?;
    rashomon_store::write_whole(&args.wacz, &bytes).with_context(|| format!("cannot write {}", args.wacz.display()))?;
    print(&format!(
        "wrote {}: {many} records, {held} web archives, {} entries of the log, {} anchors\n",
        args.wacz.display(),
        case.entries().len(),
        anchors.len()
    ))
}

/// What authorities and calendars answered, by name: hashes of roots, and signatures or ways to blocks. A query without an answer
/// says nothing to anybody else.
fn anchors(case: &Case) -> BTreeMap<String, Vec<u8>> {
    let of = |entry| match &case.opening(entry)?.facts {
        Facts::Anchor { file, sha256, state, .. } if state != "query" => {
            let bytes = Disk.read(&case.root().join("anchors").join(file)).ok()?;
            (hex::sha256(&bytes) == *sha256 && file.starts_with(sha256.as_str())).then(|| (file.clone(), bytes))
        }
        _ => None,
    };
    case.entries().iter().filter(|entry| entry.verb == Verb::Anchor).filter_map(of).collect()
}

/// Openings of the captures that count and of the anchors, and their proofs of inclusion, a line each.
fn evidence(case: &Case) -> (String, String) {
    let (root, size) = case.head();
    let (mut opened, mut proofs) = (String::new(), String::new());
    for entry in case.entries() {
        let counts = match entry.verb {
            Verb::Capture => case.contents().get(entry.seq).is_some_and(|capture| capture.state == State::Live),
            verb => matches!(verb, Verb::Init | Verb::Anchor),
        };
        let Some(opening) = case.opening(entry).filter(|_| counts) else { continue };
        opened.push_str(opening.line());
        opened.push('\n');
        let Ok(at) = usize::try_from(entry.seq) else { continue };
        let path: Vec<String> = merkle::inclusion(case.leaves(), at).iter().map(|hash| hex::text(hash)).collect();
        let leaf = case.leaves().get(at).map(|hash| hex::text(hash));
        let proof = json!({ "entry": entry.seq, "leaf": leaf, "path": path, "root": hex::text(&root), "size": size });
        proofs.push_str(&format!("{proof}\n"));
    }
    (opened, proofs)
}

/// Whether a capture is the web archive of something fetched.
pub(super) fn fetched(facts: &Captured) -> bool {
    facts.place.starts_with("url:")
}

/// The address a local file gets in the archive: where it lay below the folder that was named.
fn address(facts: &Captured) -> String {
    use std::fmt::Write as _;
    let mut out = String::from("file:///");
    for byte in facts.origin.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Media type by name.
fn media(name: &str) -> &'static str {
    match name.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
        Some("html" | "htm" | "xhtml") => "text/html",
        Some("txt" | "text") => "text/plain",
        Some("md" | "markdown") => "text/markdown",
        Some("json" | "geojson") => "application/json",
        Some("jsonl" | "ndjson") => "application/x-ndjson",
        Some("eml") => "message/rfc822",
        Some("csv") => "text/csv",
        Some("pdf") => "application/pdf",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// Index lines of the answers in a web archive.
fn index_of(bytes: &[u8], file: &str, index: &mut Vec<Indexed>) {
    let limits = Limits { unpacked: u64::MAX, ..Limits::default() };
    let records: Vec<_> = Reader::with(bytes, limits).filter_map(Result::ok).collect();
    for (n, record) in records.iter().enumerate().filter(|(_, record)| record.kind() == "response") {
        // redirects and refusals are in the archive; the index leads to what can be shown
        let Some((head, _)) = http::split(&record.body).filter(|(head, _)| head.status == 200) else { continue };
        let end = records.get(n + 1).map_or(bytes.len() as u64, |next| next.offset);
        index.push(Indexed {
            url: record.target().unwrap_or_default().to_owned(),
            at: record.date().unwrap_or_default().to_owned(),
            mime: head.media().unwrap_or_else(|| "application/octet-stream".to_owned()),
            digest: record.get("warc-payload-digest").unwrap_or_default().to_owned(),
            file: file.to_owned(),
            offset: record.offset,
            length: end.saturating_sub(record.offset),
        });
    }
}
