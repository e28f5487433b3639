//! How does a case come in? `rashomon import`: what `export` wrote, checked, with its times of capture.

use super::add::{BATCH, BATCH_BYTES};
use super::hand_on::fetched;
use super::{by, open};
use crate::cli::ImportArgs;
use crate::command::{DONE, print};
use crate::wacz;
use anyhow::{Context as _, bail};
use rashomon_ingest::limits::{Limits, Overrun};
use rashomon_ingest::read::LARGEST;
use rashomon_ingest::warc::Reader;
use rashomon_store::log::facts::{self, Captured};
use rashomon_store::log::note::{Checkpoint, PublicKey};
use rashomon_store::log::{self, Facts, Verb};
use rashomon_store::{Outcome, Taken, hex};
use std::collections::{BTreeMap, BTreeSet};

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

/// Bytes a web archive of many records may unpack to whatever its size; above, [`Limits::ratio`] counts.
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
        let ratio = Limits::default().ratio;
        if said > FREE.saturating_add(packed.saturating_mul(ratio)) {
            bail!("{name}: {packed} bytes that are said to hold {said}: {}", Overrun::Ratio(ratio));
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
