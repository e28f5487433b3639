//! Is everything as it was? Checks a case from its files alone: no network, no database, no trust in the program that wrote.
//!
//! Findings come by kind (log, checkpoint, facts, objects, anchors), those of a kind in the order of the log. What a
//! verified case does and does not prove stands in `docs/integrity.md`.

mod anchors;

use crate::anchor::Header;
use crate::disk::Files;
use crate::log::facts::{self, Captured, Commitment, Opening};
use crate::log::note::{Checkpoint, PublicKey};
use crate::log::{self, Facts, Log, Verb};
use crate::objects;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Something found, with its row of [`crate::codes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `S201` …
    pub code: &'static str,
    /// Which file, entry or object, and what is the matter with it.
    pub message: String,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// What is wrong; the case verifies if there is nothing.
    pub wrong: Vec<Finding>,
    /// What is worth knowing and not wrong.
    pub notes: Vec<Finding>,
    /// Objects whose bytes were read and are right.
    pub objects: u64,
    /// Captures whose bytes were erased on request.
    pub erased: u64,
    /// Name, size and root of the checkpoint, as signed.
    pub checkpoint: Option<Checkpoint>,
    /// Anchors that hold, in words.
    pub anchors: Vec<String>,
}

impl Verified {
    fn wrong(&mut self, code: &'static str, message: impl Into<String>) {
        self.wrong.push(Finding { code, message: message.into() });
    }

    fn note(&mut self, code: &'static str, message: impl Into<String>) {
        self.notes.push(Finding { code, message: message.into() });
    }
}

/// What somebody has from elsewhere to check a case against.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outside<'a> {
    /// A checkpoint of this case: the log must still begin with what it signs.
    pub checkpoint: Option<&'a str>,
    /// Headers of Bitcoin blocks: each must be one that an anchor ends in.
    pub headers: &'a [Header],
}

/// Checks the case in a folder, and against what is known from elsewhere.
#[must_use]
pub fn verify(files: &dyn Files, root: &Path, outside: Outside<'_>) -> Verified {
    let mut out = Verified::default();
    let mut read = |name: &str| match files.read(&root.join(name)) {
        Ok(bytes) => bytes,
        Err(error) => {
            out.wrong.push(Finding { code: "S201", message: format!("{name}: {error}") });
            Vec::new()
        }
    };
    let note = read("log/checkpoint");
    let entries = read("log/entries.jsonl");
    let opened = read("log/facts.jsonl");
    let mut log = log::read(&entries);
    let public = head(&mut log, entries.len() as u64, &String::from_utf8_lossy(&note), outside.checkpoint, &mut out);
    clock(&log, &mut out);
    let (openings, bad) = facts::read(&opened);
    let torn = opened.last().is_some_and(|byte| *byte != b'\n');
    let (bad, cut) = bad.split_at(bad.len() - usize::from(torn && !bad.is_empty()));
    if !cut.is_empty() {
        out.note("S221", "log/facts.jsonl: ends in the middle of a line: a command was interrupted; it does not count");
    }
    told(&log, &openings, bad, &mut out);
    bytes(files, root, &log, &openings, &mut out);
    if public.is_some() {
        anchors::check(files, root, &log, &openings, outside.headers, &mut out);
    }
    out
}

/// Log and checkpoints. What is behind the log's own checkpoint is cut off: what nobody signed for neither adds to the case
/// nor excuses what is missing.
fn head(log: &mut Log, length: u64, note: &str, kept: Option<&str>, out: &mut Verified) -> Option<PublicKey> {
    let key = log.entries.first().and_then(|entry| entry.key.as_deref()).and_then(PublicKey::read);
    let signed = key.as_ref().map(|key| Checkpoint::open(note, key));
    let whole = matches!(&signed, Some(Ok(checkpoint)) if checkpoint.size <= log.entries.len() as u64);
    if let Some(damage) = log.damage.as_ref().filter(|_| !whole) {
        out.wrong("S202", format!("log/entries.jsonl: {damage}"));
    }
    let (Some(key), Some(signed)) = (key, signed) else {
        out.wrong("S202", "log/entries.jsonl: entry 0: names no key");
        return None;
    };
    match signed {
        Err(error) => out.wrong("S203", format!("log/checkpoint: {error}")),
        Ok(checkpoint) => {
            fits(log, &checkpoint, "log/checkpoint", out);
            if whole {
                log.keep(usize::try_from(checkpoint.size).unwrap_or(usize::MAX));
                let behind = length.saturating_sub(log.ends.last().copied().unwrap_or(0));
                if behind > 0 {
                    out.note(
                        "S221",
                        format!(
                            "log/entries.jsonl: {behind} bytes behind the last signed entry: a command was interrupted, or \
                             somebody without the key wrote there; they do not count and the next command cuts them off"
                        ),
                    );
                }
            }
            if checkpoint.origin != key.name() {
                out.wrong("S203", format!("log/checkpoint: is of another log, {}", checkpoint.origin));
            }
            out.checkpoint = Some(checkpoint);
        }
    }
    if let Some(kept) = kept {
        match Checkpoint::open(kept, &key) {
            Err(error) => out.wrong("S203", format!("the checkpoint given: {error}")),
            Ok(checkpoint) => fits(log, &checkpoint, "the checkpoint given", out),
        }
    }
    Some(key)
}

/// A checkpoint's size and root are those of the log.
fn fits(log: &Log, checkpoint: &Checkpoint, name: &str, out: &mut Verified) {
    match usize::try_from(checkpoint.size).ok().and_then(|size| log.root(size)) {
        None if log.damage.is_some() => {} // told already, by the entry where the log ends
        None => out.wrong(
            "S204",
            format!(
                "log/entries.jsonl: entry {}: missing; {name} is signed for {} entries and {} are there",
                log.entries.len(),
                checkpoint.size,
                log.entries.len()
            ),
        ),
        Some(root) if root != checkpoint.root => out.wrong(
            "S204",
            format!(
                "log/entries.jsonl: entry {}: not the one {name} was signed for; it was altered, or the log was rewritten",
                checkpoint.size.saturating_sub(1)
            ),
        ),
        Some(_) => {}
    }
}

/// Times that go back.
fn clock(log: &Log, out: &mut Verified) {
    for pair in log.entries.windows(2) {
        if let [before, after] = pair
            && after.at < before.at
        {
            let seq = after.seq;
            out.note("S222", format!("entry {seq}: its time {} is before that of entry {}", after.at, before.seq));
        }
    }
}

/// Every commitment has its opening, unless that was erased.
fn told(log: &Log, openings: &BTreeMap<Commitment, Opening>, bad: &[usize], out: &mut Verified) {
    let erased = log.erased();
    for line in bad {
        out.wrong("S206", format!("log/facts.jsonl: line {line}: not what any commitment binds"));
    }
    for entry in &log.entries {
        for commitment in &entry.objects {
            match openings.get(commitment) {
                None if erased.contains(commitment.as_str()) => {}
                None => out.wrong(
                    "S205",
                    format!(
                        "entry {}: what it speaks of is missing from log/facts.jsonl, and was not erased",
                        entry.seq
                    ),
                ),
                Some(_) if erased.contains(commitment.as_str()) => out.note(
                    "S223",
                    format!("entry {}: was to be erased and is still told of; the next command finishes it", entry.seq),
                ),
                Some(_) => {}
            }
        }
    }
    let named: BTreeSet<&String> = log.entries.iter().flat_map(|entry| &entry.objects).collect();
    let stray = openings.keys().filter(|commitment| !named.contains(commitment)).count();
    if stray > 0 {
        out.note("S221", format!("log/facts.jsonl: {stray} lines no entry speaks of, left by an interrupted command"));
    }
}

/// Every object is there and is what it was.
fn bytes(files: &dyn Files, root: &Path, log: &Log, openings: &BTreeMap<Commitment, Opening>, out: &mut Verified) {
    let erased = log.erased();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for entry in log.entries.iter().filter(|entry| entry.verb == Verb::Capture) {
        let facts: Option<&Captured> =
            entry.objects.first().and_then(|commitment| openings.get(commitment)).and_then(|opening| {
                match &opening.facts {
                    Facts::Capture(facts) => Some(facts),
                    _ => None,
                }
            });
        if entry.objects.iter().any(|commitment| erased.contains(commitment.as_str())) {
            out.erased += 1;
            continue;
        }
        let Some(facts) = facts else { continue };
        if !seen.insert(&facts.sha256) {
            continue;
        }
        match objects::get(files, root, &facts.sha256, facts.bytes) {
            Ok(bytes) if bytes.len() as u64 == facts.bytes => out.objects += 1,
            Ok(bytes) => out.wrong(
                "S207",
                format!(
                    "entry {}: object {}: {} bytes instead of {}",
                    entry.seq,
                    facts.sha256,
                    bytes.len(),
                    facts.bytes
                ),
            ),
            Err(error) => out.wrong("S207", format!("entry {}: {error} ({})", entry.seq, facts.origin)),
        }
    }
    let mut stray = 0;
    for folder in files.list(&root.join("objects")).unwrap_or_default() {
        for path in files.list(&folder).unwrap_or_default() {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            stray += usize::from(!seen.contains(stem.as_str()));
        }
    }
    if stray > 0 {
        out.note(
            "S224",
            format!("objects: {stray} files no entry speaks of, left by an interrupted command or put there"),
        );
    }
}
