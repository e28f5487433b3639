//! How is something written down, so that it has happened whole or not at all?

use super::refusal::io_error;
use super::{CLEARED, Case, Hand, PUTTING, StoreError, put};
use crate::log::facts::{Captured, Opening};
use crate::log::note::Checkpoint;
use crate::log::{Entry, Facts, Log, Verb, merkle};
use crate::{hex, objects};
use std::collections::BTreeMap;
use std::io;

/// Something to be written down.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What was done.
    pub verb: Verb,
    /// What it is about, bound by a commitment.
    pub facts: Facts,
    /// Earlier entries it is about.
    pub of: Vec<u64>,
}

/// Bytes to be taken in.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The bytes as obtained.
    pub bytes: Vec<u8>,
    /// What is noted of them; length and hash are filled in.
    pub facts: Captured,
}

/// What became of bytes to be taken in: the number of their entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They are new.
    New(u64),
    /// They are there already; [`super::Contents::same`] says in which capture.
    Unchanged(u64),
}

impl Case {
    /// Writes entries down. When it returns without error they are lasting; with an error, none of them counts, or (where
    /// the disk failed after the last step) all of them do.
    ///
    /// # Errors
    /// If the case was opened to look only, or the disk fails.
    pub fn commit(&mut self, drafts: Vec<Draft>, hand: &mut Hand<'_>) -> Result<Vec<u64>, StoreError> {
        self.settle()?;
        if self.lock.is_none() {
            return Err(self.error("change", "log/entries.jsonl", io::Error::other("it was opened to look only")));
        }
        let cleared = self.cleared.clone().map(|what| Draft {
            verb: Verb::Recover,
            facts: Facts::Recovered { what },
            of: vec![],
        });
        let first = self.log.entries.len() + usize::from(cleared.is_some());
        let mut log = Log { entries: Vec::new(), leaves: self.log.leaves.clone(), ..Log::default() };
        let (mut lines, mut opened, mut added) = (Vec::new(), String::new(), Vec::new());
        let mut before = self.log.entries.last().map(|entry| entry.at.clone());
        for (draft, seq) in cleared.into_iter().chain(drafts).zip(self.log.entries.len() as u64..) {
            let nonce = (hand.random)().map_err(io_error("draw random numbers for", &self.root))?;
            let opening = Opening::new(draft.facts, &nonce);
            let back = before.as_deref().is_some_and(|before| before > hand.at);
            let entry = Entry {
                actor: hand
                    .actor
                    .or(self.log.entries.first().map(|first| first.actor.as_str()))
                    .unwrap_or("operator")
                    .to_owned(),
                at: hand.at.to_owned(),
                clock: if back { "system, set back" } else { "system" }.to_owned(),
                key: (seq == 0).then(|| self.public.write()),
                objects: vec![opening.commitment.clone()],
                of: draft.of,
                prev: log.last(),
                seq,
                tool: hand.tool.to_owned(),
                verb: draft.verb,
            };
            let line = entry.line();
            lines.extend_from_slice(&line);
            lines.push(b'\n');
            opened.push_str(opening.line());
            opened.push('\n');
            before = Some(entry.at.clone());
            log.push(entry, &line);
            added.push(opening);
        }
        let Some((key, _)) = &self.secret else {
            return Err(self.error("read", "secret/key", io::Error::other("the signing key is missing or unreadable")));
        };
        let checkpoint = Checkpoint {
            origin: self.public.name().to_owned(),
            size: log.leaves.len() as u64,
            root: merkle::root(&log.leaves),
        };
        let signed = checkpoint.sign(key);
        self.unsure = true;
        self.lasting("log/facts.jsonl", opened.as_bytes())?;
        self.lasting("log/entries.jsonl", &lines)?;
        put(&*self.files, &self.root.join("log/checkpoint"), signed.as_bytes())?;
        self.unsure = false;
        if self.cleared.take().is_some() {
            // told now: should it stay, the next command sees that the log went on since
            let _ = self.files.remove(&self.root.join("tmp").join(CLEARED));
        }
        self.note = signed;
        for entry in log.entries {
            let line = entry.line();
            self.log.push(entry, &line);
        }
        for opening in added {
            self.openings.insert(opening.commitment.clone(), opening);
        }
        for entry in self.log.entries.iter().skip(self.contents.entries()) {
            self.contents.take(entry, &self.openings);
        }
        Ok((first as u64..self.log.entries.len() as u64).collect())
    }

    /// After an error of the disk: what is written there is read again, and what does not count is cleared away.
    fn settle(&mut self) -> Result<(), StoreError> {
        if self.unsure {
            let mut fresh = Self::load(self.files.clone(), &self.root)?;
            fresh.lock = self.lock.take();
            *self = fresh;
            self.recover(true)?;
        }
        Ok(())
    }

    /// Takes bytes in. Bytes for which a capture stands already ([`super::Contents::same`]) make no new entry.
    ///
    /// # Errors
    /// As [`Case::commit`].
    pub fn capture(&mut self, taken: Vec<Taken>, hand: &mut Hand<'_>) -> Result<Vec<Outcome>, StoreError> {
        self.settle()?;
        let mut outcomes = Vec::with_capacity(taken.len());
        let mut fresh: Vec<Taken> = Vec::new();
        // the same bytes given twice at once, from one place
        let mut held: BTreeMap<(String, Option<String>, String), usize> = BTreeMap::new();
        let mut twice: Vec<(usize, usize)> = Vec::new();
        for mut one in taken {
            one.facts.bytes = one.bytes.len() as u64;
            one.facts.sha256 = hex::sha256(&one.bytes);
            let there = (one.facts.sha256.clone(), one.facts.captured.clone(), one.facts.place.clone());
            if let Some(seq) = self.contents.same(&one.facts) {
                outcomes.push(Outcome::Unchanged(seq));
            } else if let Some(first) = held.get(&there) {
                twice.push((outcomes.len(), *first));
                outcomes.push(Outcome::Unchanged(0));
            } else {
                held.insert(there, fresh.len());
                outcomes.push(Outcome::New(fresh.len() as u64));
                fresh.push(one);
            }
        }
        if fresh.is_empty() {
            return Ok(outcomes);
        }
        // tells the next command, should this one end here, that objects may lie about that no entry speaks of
        let putting = self.root.join("tmp").join(PUTTING);
        self.unsure = true;
        let told = self.files.write(&putting, b"").and_then(|()| self.files.sync_folder(&self.root.join("tmp")));
        told.map_err(io_error("write", &putting))?;
        objects::put(
            &*self.files,
            &self.root,
            fresh.iter().map(|one| (one.facts.sha256.as_str(), one.bytes.as_slice())),
        )
        .map_err(io_error("write an object of", &self.root))?;
        let drafts = fresh
            .into_iter()
            .map(|one| Draft { verb: Verb::Capture, facts: Facts::Capture(one.facts), of: vec![] })
            .collect();
        self.unsure = false;
        let numbers = self.commit(drafts, hand)?;
        self.unsure = true;
        self.files.remove(&putting).map_err(io_error("remove", &putting))?;
        self.unsure = false;
        for outcome in &mut outcomes {
            if let Outcome::New(n) = outcome {
                *n = usize::try_from(*n).ok().and_then(|n| numbers.get(n)).copied().unwrap_or_default();
            }
        }
        for (at, first) in twice {
            if let (Some(outcome), Some(seq)) = (outcomes.get_mut(at), numbers.get(first)) {
                *outcome = Outcome::Unchanged(*seq);
            }
        }
        Ok(outcomes)
    }

    /// Appends and waits until it is lasting.
    fn lasting(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.root.join(name);
        self.files.append(&path, bytes).and_then(|()| self.files.sync(&path)).map_err(io_error("write", &path))
    }
}
