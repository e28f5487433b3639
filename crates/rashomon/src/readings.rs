//! Which reports were read before? What the readers made of a report, kept in its case for the next command.
//!
//! A reading is what [`crate::pipeline::read`] makes of one input before documents are compared: document, diagnostics,
//! layers. Its key covers everything of the input that takes part (bytes, name, number, what the giver says); its stamp
//! everything of the program (a digest of the sources and data of the reading rooms, made when the program was built), the
//! user's tables, the learned reader. So a reading is used where reading anew would give the same, and the dossier is the
//! same with and without it. The form on disk is private to one build.

use crate::resources::Loaded;
use rashomon_analyze::Reader;
use rashomon_ingest::Input;
use rashomon_model::analysis::Analysis;
use rashomon_model::{Diagnostic, Document};
use rashomon_store::Case;
use rashomon_store::hex::sha256;
use rashomon_store::readings::{Found, Shelf};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Digest of the sources and data that decide how a report is read.
const READING: &str = env!("RASHOMON_READING");

/// What was made of one input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The article.
    pub document: Document,
    /// What was noticed while it was extracted.
    pub diagnostics: Vec<Diagnostic>,
    /// Its layers, times not yet resolved against a date inferred from other documents.
    pub analysis: Analysis,
}

/// The readings of a case, for one program with one set of tables.
pub struct Readings {
    shelf: Shelf,
    afresh: bool,
    used: AtomicUsize,
    refused: AtomicBool,
}

/// What a reading of this input is kept under.
#[must_use]
pub fn key(input: &Input) -> String {
    let Input { origin, name, ordinal, media, sha256: digest, bytes, charset, given, retrieved, share } = input;
    let all = (origin, name, ordinal, media.name(), digest, sha256(bytes), charset, given, retrieved, share);
    sha256(format!("{all:?}").as_bytes())
}

impl Readings {
    /// The readings of a case by what is loaded; with `afresh` none is used, and all are made again. `None` for a case whose
    /// secret is missing.
    #[must_use]
    pub fn of(case: &Case, resources: &Loaded, afresh: bool) -> Option<Self> {
        let kind = if matches!(resources.reader(), Reader::Encoder(_)) { "accurate" } else { "fast" };
        let shelf = case.shelf(kind, &format!("{READING} {}", resources.stamp()))?;
        Some(Self { shelf, afresh, used: AtomicUsize::new(0), refused: AtomicBool::new(false) })
    }

    /// What was made of an input before; one that is broken is named on standard error.
    #[must_use]
    pub fn get(&self, key: &str, origin: &str) -> Option<Reading> {
        if self.afresh {
            return None;
        }
        let found = match self.shelf.get(key) {
            Found::Nothing => return None,
            Found::Broken => None,
            Found::Reading(bytes) => postcard::from_bytes(&bytes).ok(),
        };
        match &found {
            Some(_) => drop(self.used.fetch_add(1, Ordering::Relaxed)),
            None => {
                let origin = rashomon_dossier::safe::one_line(origin);
                eprintln!("note: {origin}: what was kept of its reading is broken; it was read anew [S225]");
            }
        }
        found
    }

    /// Keeps what was made of an input; a case that cannot be written is none the worse.
    pub fn put(&self, key: &str, reading: &Reading) {
        let Ok(bytes) = postcard::to_allocvec(reading) else { return };
        if !self.refused.load(Ordering::Relaxed) && self.shelf.put(key, &bytes).is_err() {
            self.refused.store(true, Ordering::Relaxed);
        }
    }

    /// Readings used so far.
    #[must_use]
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// Forgets the readings of inputs that no longer count.
    pub fn keep_only(&self, keys: &BTreeSet<String>) {
        // what cannot be removed takes room and is not used
        let _ = self.shelf.keep_only(keys);
    }
}
