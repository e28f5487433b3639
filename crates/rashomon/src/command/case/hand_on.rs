//! How does a case leave and come in? `rashomon export` and `rashomon import`.
//!
//! An export is a WACZ package other tools open: local files as `resource` records, what was fetched as the web archive it
//! was kept as. Under `rashomon/` lie the log, what it says of the captures that count, for each its proof of inclusion
//! under the signed root, and the anchors; not the key, and no capture that was removed.

use super::add::{BATCH, BATCH_BYTES};
use super::{by, open};
use crate::cli::{ExportArgs, ImportArgs};
use crate::command::{DONE, print};
use crate::wacz::{self, Indexed, Package, Page};
use anyhow::{Context as _, bail};
use rashomon_ingest::http;
use rashomon_ingest::limits::Limits;
use rashomon_ingest::read::LARGEST;
use rashomon_ingest::warc::{Draft, Reader, Writer};
use rashomon_store::case::State;
use rashomon_store::disk::Disk;
use rashomon_store::log::facts::{self, Captured};
use rashomon_store::log::note::{Checkpoint, PublicKey};
use rashomon_store::log::{self, Facts, Verb, merkle};
use rashomon_store::{Case, Outcome, Taken, hex};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
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
            let bytes = std::fs::read(case.root().join("anchors").join(file)).ok()?;
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
fn fetched(facts: &Captured) -> bool {
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

/// `rashomon import`.
///
/// # Errors
/// If the archive does not hold what it says, or the case cannot be changed; of an archive that is refused nothing is
/// taken in.
pub fn import(args: &ImportArgs) -> anyhow::Result<u8> {
    let mut case = open(&args.case, "import", &args.operator)?;
    let shown = args.archive.display();
    let bytes = std::fs::read(&args.archive).with_context(|| format!("cannot read {shown}"))?;
    let refused = || format!("{shown} cannot be imported [S110]");
    let files = wacz::entries(&bytes).with_context(refused)?;
    drop(bytes);
    let wanted = wanted(&files).with_context(refused)?;
    let objects = objects(&files, &wanted).with_context(refused)?;
    if let Some((_, facts)) = wanted.iter().find(|(_, facts)| !objects.contains_key(&facts.sha256)) {
        return Err(anyhow::anyhow!("it says it holds {} ({}), and does not", facts.sha256, facts.origin))
            .with_context(refused);
    }
    let (mut added, mut unchanged) = (0, 0);
    let mut rest = wanted.into_iter().peekable();
    while rest.peek().is_some() {
        let (mut taken, mut held) = (Vec::new(), 0);
        while taken.len() < BATCH && held <= BATCH_BYTES {
            let Some((via, facts)) = rest.next() else { break };
            let bytes = objects.get(&facts.sha256).and_then(Lies::bytes);
            let bytes =
                bytes.with_context(|| format!("{} is not there any more", facts.sha256)).with_context(refused)?;
            held += bytes.len() as u64;
            taken.push(Taken { bytes, facts: Captured { via: Some(via), ..facts } });
        }
        for outcome in by(&args.operator, |hand| case.capture(taken, hand))? {
            match outcome {
                Outcome::New(_) => added += 1,
                Outcome::Unchanged(_) => unchanged += 1,
            }
        }
    }
    print(&format!("{added} added, {unchanged} unchanged\n"))?;
    Ok(DONE)
}

/// What an export of ours says it holds: for each capture, the log and entry it comes from, and what was noted of it.
fn wanted(files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<Vec<(String, Captured)>> {
    let file =
        |name: &str| files.get(name).with_context(|| format!("it has no {name}: give it to `rashomon add` instead"));
    let log = log::read(file("rashomon/entries.jsonl")?);
    if let Some(damage) = &log.damage {
        bail!("rashomon/entries.jsonl: {damage}");
    }
    let first = log.entries.first().and_then(|entry| entry.key.as_deref());
    let key = first.and_then(PublicKey::read).context("rashomon/entries.jsonl: its first entry names no key")?;
    let note = String::from_utf8_lossy(file("rashomon/checkpoint")?).into_owned();
    let checkpoint = Checkpoint::open(&note, &key).context("rashomon/checkpoint")?;
    let size = usize::try_from(checkpoint.size).unwrap_or(usize::MAX);
    if log.root(size) != Some(checkpoint.root) || log.entries.len() != size {
        bail!("rashomon/entries.jsonl: is not the log that was signed");
    }
    let (openings, bad) = facts::read(file("rashomon/facts.jsonl")?);
    if let Some(line) = bad.first() {
        bail!("rashomon/facts.jsonl: line {line}: not what any commitment binds");
    }
    let mut wanted = Vec::new();
    for entry in log.entries.iter().filter(|entry| entry.verb == Verb::Capture) {
        let opening = entry.objects.first().and_then(|commitment| openings.get(commitment));
        if let Some(Facts::Capture(facts)) = opening.map(|opening| &opening.facts) {
            if facts.bytes > LARGEST {
                bail!(
                    "rashomon/facts.jsonl: {} is said to have {} bytes, more than a case takes in",
                    facts.origin,
                    facts.bytes
                );
            }
            // captured when it was taken in there, not when it is handed on
            let captured = facts.captured.clone().or_else(|| Some(entry.at.clone()));
            wanted.push((format!("{}, entry {}", key.name(), entry.seq), Captured { captured, ..facts.clone() }));
        }
    }
    Ok(wanted)
}

/// Most times a web archive may unpack to its own size, once [`FREE`] bytes are out: text packs ten to one.
const RATIO: u64 = 200;
/// Bytes it may unpack to whatever its size.
const FREE: u64 = 8 << 20;
/// Most bytes of the head of a record, of what `export` writes.
const HEAD: u64 = 64 << 10;

/// Where the bytes of a capture lie in a package.
enum Lies<'a> {
    /// They are a file of it.
    Whole(&'a [u8]),
    /// They are the record of a web archive that begins here, of so many bytes.
    Record(&'a [u8], u64),
}

impl Lies<'_> {
    /// The bytes.
    fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Lies::Whole(bytes) => Some(bytes.to_vec()),
            Lies::Record(from, length) => {
                let limits = Limits { document: *length, ratio: u64::MAX, unpacked: u64::MAX, ..Limits::default() };
                Reader::with(*from, limits).next()?.ok().map(|record| record.body)
            }
        }
    }
}

/// Where the captures that are wanted lie in the package, by their SHA-256. Nothing that is unpacked is kept, and no more is
/// unpacked than the package says it holds.
fn objects<'a>(
    files: &'a BTreeMap<String, Vec<u8>>,
    wanted: &[(String, Captured)],
) -> anyhow::Result<BTreeMap<String, Lies<'a>>> {
    let named: BTreeSet<&str> = wanted.iter().map(|(_, facts)| facts.sha256.as_str()).collect();
    let mut found = BTreeMap::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("archive/")) {
        let sha256 = hex::sha256(bytes);
        if named.contains(sha256.as_str()) {
            found.insert(sha256, Lies::Whole(bytes));
        }
        if name != "archive/data.warc.gz" {
            continue;
        }
        let local = || wanted.iter().map(|(_, facts)| facts).filter(|facts| !fetched(facts));
        let said = local().fold(0u64, |sum, facts| sum.saturating_add(facts.bytes));
        let packed = bytes.len() as u64;
        if said > FREE.saturating_add(packed.saturating_mul(RATIO)) {
            bail!("{name}: {packed} bytes that are said to hold {said}: packed more than {RATIO} to 1, as no text is");
        }
        let unpacked = said.saturating_add((wanted.len() as u64 + 1).saturating_mul(HEAD));
        let document = local().map(|facts| facts.bytes).max().unwrap_or(0);
        // a single one may be packed as densely as it likes
        let limits = Limits { document, ratio: u64::MAX, unpacked, ..Limits::default() };
        let mut before = None;
        for record in Reader::with(bytes.as_slice(), limits).filter_map(Result::ok) {
            // the first of its member, so that it can be read again from there
            let first = before.replace(record.offset) != Some(record.offset) && record.passed_over == 0;
            let from = usize::try_from(record.offset).ok().and_then(|at| bytes.get(at..));
            let (Some(from), true, false) = (from, first, record.cut) else { continue };
            let sha256 = hex::sha256(&record.body);
            if named.contains(sha256.as_str()) {
                found.entry(sha256).or_insert(Lies::Record(from, record.body.len() as u64));
            }
        }
    }
    Ok(found)
}
