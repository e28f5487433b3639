//! Who did what, and when? The append-only log of a case.
//!
//! `log/entries.jsonl` holds one canonical [`Entry`] a line. An entry names the hash of the one before it, and all entries
//! are leaves of a Merkle tree ([`merkle`]) whose root is signed in `log/checkpoint` ([`note`]). What an entry speaks of
//! (hash of the object, path, address, reason) does not stand in it but in `log/facts.jsonl`, bound to it by a salted
//! commitment ([`facts`]): so a person can be erased while the log stays whole.
//!
//! The log counts as far as its checkpoint goes: entries behind it were never acknowledged.

pub mod entry;
pub mod facts;
pub mod merkle;
pub mod note;

pub use entry::{Entry, Verb};
pub use facts::{Commitment, Facts, Opening};
use std::collections::BTreeSet;

/// What is wrong with a log, as [`read`] finds it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// An entry that is not in the one form entries have.
    #[error("entry {seq}: not a canonical entry")]
    Form {
        /// Its place, from 0.
        seq: u64,
    },
    /// An entry with another number than its place.
    #[error("entry {seq}: bears the number {found}; an entry was taken out, put in or moved")]
    Order {
        /// Its place, from 0.
        seq: u64,
        /// The number it bears.
        found: u64,
    },
    /// An entry that does not follow from the one before.
    #[error("entry {seq}: does not follow from the entry before it; one of the two was altered")]
    Chain {
        /// Its place, from 0.
        seq: u64,
    },
}

/// A log as far as it is in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    /// Entries in order.
    pub entries: Vec<Entry>,
    /// Their leaf hashes.
    pub leaves: Vec<merkle::Hash>,
    /// Bytes up to the end of each entry's line.
    pub ends: Vec<u64>,
    /// The first thing wrong, where reading stopped.
    pub damage: Option<Damage>,
}

impl Log {
    /// The root of the first `size` entries; `None` if there are fewer.
    #[must_use]
    pub fn root(&self, size: usize) -> Option<merkle::Hash> {
        self.leaves.get(..size).map(merkle::root)
    }

    /// What the next entry names as the one before it.
    #[must_use]
    pub fn last(&self) -> String {
        self.leaves.last().map_or_else(|| "0".repeat(64), |hash| crate::hex::text(hash))
    }

    /// Commitments of the entries that an erasure names.
    #[must_use]
    pub fn erased(&self) -> BTreeSet<&str> {
        self.entries
            .iter()
            .filter(|entry| entry.verb == Verb::Erase)
            .flat_map(|entry| &entry.of)
            .filter_map(|seq| self.entries.get(usize::try_from(*seq).ok()?))
            .flat_map(|entry| entry.objects.iter().map(String::as_str))
            .collect()
    }

    /// Forgets everything after the first `size` entries.
    pub fn keep(&mut self, size: usize) {
        self.entries.truncate(size);
        self.leaves.truncate(size);
        self.ends.truncate(size);
        self.damage = None;
    }

    /// Takes a further entry in.
    pub(crate) fn push(&mut self, entry: Entry, line: &[u8]) {
        self.leaves.push(merkle::leaf(line));
        self.ends.push(self.ends.last().copied().unwrap_or(0) + line.len() as u64 + 1);
        self.entries.push(entry);
    }
}

/// Reads a log's bytes up to the first thing wrong.
#[must_use]
pub fn read(bytes: &[u8]) -> Log {
    let mut log = Log::default();
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let lines = bytes.get(..whole).unwrap_or(bytes);
    for (line, seq) in lines.strip_suffix(b"\n").unwrap_or(lines).split(|byte| *byte == b'\n').zip(0u64..) {
        if lines.is_empty() {
            break;
        }
        let Some(entry) = Entry::read(line) else {
            log.damage = Some(Damage::Form { seq });
            break;
        };
        if entry.seq != seq {
            log.damage = Some(Damage::Order { seq, found: entry.seq });
            break;
        }
        if entry.prev != log.last() {
            log.damage = Some(Damage::Chain { seq });
            break;
        }
        log.push(entry, line);
    }
    log
}
