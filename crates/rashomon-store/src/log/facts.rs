//! What does an entry speak of, in words that can be erased?
//!
//! An entry holds commitments only: `SHA-256(0x02 ‖ nonce ‖ facts)` with 32 random bytes of nonce for each (methods.md F5).
//! Facts and nonce stand in `log/facts.jsonl`, one [`Opening`] a line. Whoever has the line can check it against the log;
//! once it is erased nothing can be guessed from the commitment, and the log verifies as before.

use crate::hex;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// A commitment in hexadecimal.
pub type Commitment = String;

/// What is noted of a capture: where the bytes came from and which reports they were read as.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Captured {
    /// Length in bytes.
    pub bytes: u64,
    /// When they were captured, for an import: when they were taken in where they come from (UTC, RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// The user's choices of columns, for a table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Last part of the path, or the address: what a reader of bytes tells the format by.
    pub name: String,
    /// Path below the folder named on the command line, or the address.
    pub origin: String,
    /// For a picture, style or script that lay in the folder of a saved page: the place of that page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// Salted hash of the full path, which tells whether two captures come from one place without saying which; the
    /// address for one that was fetched; for standard input a salted hash of its bytes.
    pub place: String,
    /// The reports read in it when it was taken in.
    pub reports: Vec<Read>,
    /// When it was fetched, for an address (UTC, RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<String>,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// The archive it was imported from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
}

/// A report read in a capture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Read {
    /// When it was captured, where a web archive says so (UTC, RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// Id of the document.
    pub document: String,
    /// The giver's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What makes two captures the same report: its address, its given id or its place.
    pub key: String,
    /// Where in the capture: `#12` for a row, empty for the whole.
    pub part: String,
    /// SHA-256 of the text.
    pub text: String,
    /// Headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// What an entry speaks of, by its verb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Facts {
    /// Of `init`.
    Case {
        /// Title of the case.
        title: String,
    },
    /// Of `capture`.
    Capture(Captured),
    /// Of `remove` and `erase`.
    Removed {
        /// The report, if not all of the captures named in the entry.
        report: Option<String>,
        /// Why.
        reason: String,
    },
    /// Of `dossier`.
    Dossier {
        /// What it was made by: program, profile, models, and name and SHA-256 of tables named on the command line.
        by: String,
        /// Name and SHA-256 of what was written.
        written: BTreeMap<String, String>,
    },
    /// Of `anchor`.
    Anchor {
        /// File below `anchors/`.
        file: String,
        /// SHA-256 of the file.
        sha256: String,
        /// Entries under the root.
        size: u64,
        /// What it is: `query` (pending) or `token` (confirmed) of RFC 3161, `proof` of OpenTimestamps.
        state: String,
    },
    /// Of `recover`.
    Recovered {
        /// What was cleared away.
        what: String,
    },
}

/// Facts with their nonce: one line of `log/facts.jsonl`.
#[derive(Debug, Clone)]
pub struct Opening {
    /// What the entry holds.
    pub commitment: Commitment,
    /// What was noted.
    pub facts: Facts,
    line: String,
}

/// The line as it is written; the facts' own bytes are what is committed to.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    commitment: &'a str,
    #[serde(borrow)]
    facts: &'a RawValue,
    nonce: &'a str,
}

/// The commitment to facts under a nonce.
fn commit(nonce: &[u8; 32], facts: &str) -> Commitment {
    hex::text(&Sha256::new().chain_update([2]).chain_update(nonce).chain_update(facts).finalize())
}

impl Opening {
    /// Facts bound by a fresh nonce.
    #[must_use]
    pub fn new(facts: Facts, nonce: &[u8; 32]) -> Self {
        let text = serde_json::to_string(&facts).unwrap_or_default(); // texts and numbers always have a JSON form
        let commitment = commit(nonce, &text);
        let line = format!(r#"{{"commitment":"{commitment}","facts":{text},"nonce":"{}"}}"#, hex::text(nonce));
        Self { commitment, facts, line }
    }

    /// The opening on a line, if its facts are what its commitment binds.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let read: Line<'_> = serde_json::from_str(line).ok()?;
        let nonce: [u8; 32] = hex::bytes(read.nonce)?.try_into().ok()?;
        if commit(&nonce, read.facts.get()) != read.commitment {
            return None;
        }
        let facts = serde_json::from_str(read.facts.get()).ok()?;
        Some(Self { commitment: read.commitment.to_owned(), facts, line: line.to_owned() })
    }

    /// The line, without its end.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }
}

/// The openings of a facts file, by commitment, and the numbers (from 1) of lines that are none.
#[must_use]
pub fn read(bytes: &[u8]) -> (BTreeMap<Commitment, Opening>, Vec<usize>) {
    let mut found = BTreeMap::new();
    let mut bad = Vec::new();
    for (line, n) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        if line.is_empty() {
            continue;
        }
        match std::str::from_utf8(line).ok().and_then(Opening::read) {
            Some(opening) => {
                found.insert(opening.commitment.clone(), opening);
            }
            None => bad.push(n),
        }
    }
    (found, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bound_by_the_commitment() {
        let facts = Facts::Case { title: "The harbour".into() };
        let opening = Opening::new(facts.clone(), &[5; 32]);
        assert_eq!(Opening::read(opening.line()).unwrap().facts, facts);
        assert!(Opening::read(&opening.line().replace("harbour", "bridge")).is_none());
        let other = Opening::new(facts, &[6; 32]);
        assert_ne!(opening.commitment, other.commitment, "the nonce hides what is low in entropy");
    }
}
