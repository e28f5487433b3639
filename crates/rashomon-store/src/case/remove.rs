//! How is something taken out of a case? A tombstone always, destruction only on request.

use super::{Capture, Case, Draft, Hand, State, StoreError};
use crate::log::facts::{Captured, Read};
use crate::log::{Facts, Verb};
use std::collections::BTreeSet;

/// Things listed of those a name may mean.
const SHOWN: usize = 10;

/// What a name on the command line stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// These captures, whole.
    Captures(BTreeSet<u64>),
    /// One report among others in these captures.
    Report {
        /// Its key.
        key: String,
        /// Captures that hold it.
        captures: BTreeSet<u64>,
    },
}

impl Case {
    /// What is meant by a name: the number of a capture, the start of a SHA-256 (8 digits or more), a document id, an
    /// address or given id, or a path as `status` shows it. A path means all captures of the one file it names.
    ///
    /// # Errors
    /// If nothing is called so that was not erased, or things of several places are.
    pub fn named(&self, name: &str) -> Result<Target, StoreError> {
        let live: Vec<(&Capture, &Captured)> = self
            .contents
            .captures()
            .filter(|c| c.state != State::Erased)
            .filter_map(|c| Some((c, c.facts.as_ref()?)))
            .collect();
        let whole = |found: &dyn Fn(&Capture, &Captured) -> bool| -> Option<Target> {
            let seqs: BTreeSet<u64> = live.iter().filter(|(c, f)| found(c, f)).map(|(c, _)| c.seq).collect();
            (!seqs.is_empty()).then(|| Target::Captures(with_parts(seqs, &live)))
        };
        let digits = name.len() >= 8 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if let Some(target) = name.parse::<u64>().ok().and_then(|n| whole(&|c, _| c.seq == n)) {
            return Ok(target);
        }
        let called = |f: &Captured| (digits && f.sha256.starts_with(name)) || f.origin == name;
        let places: BTreeSet<&str> = live.iter().filter(|(_, f)| called(f)).map(|(_, f)| f.place.as_str()).collect();
        if places.len() > 1 {
            let those = live.iter().filter(|(_, f)| called(f)).map(|(c, f)| shown(c, f));
            return Err(StoreError::Ambiguous { name: name.to_owned(), those: some(those) });
        }
        if let Some(target) = whole(&|_, f| called(f)) {
            return Ok(target);
        }
        let all = || live.iter().flat_map(|(c, facts)| facts.reports.iter().map(move |report| (*c, *facts, report)));
        let fits = |facts: &Captured, report: &Read| {
            report.document == name
                || report.id.as_deref() == Some(name)
                || report.key.split_once(':').is_some_and(|(_, key)| key == name)
                || format!("{}{}", facts.origin, report.part) == name
        };
        // what counts is meant before what was taken out or read otherwise
        let counts = all().any(|(c, f, r)| c.state == State::Live && fits(f, r));
        let reports = || all().filter(|(c, f, r)| fits(f, r) && (c.state == State::Live || !counts));
        let keys: BTreeSet<&str> = reports().map(|(_, _, r)| r.key.as_str()).collect();
        let key = match keys.first() {
            Some(key) if keys.len() == 1 => key,
            None => return Err(StoreError::Unknown(name.to_owned())),
            Some(_) => {
                let of = |(c, f, r): (&Capture, &Captured, &Read)| {
                    format!("{} ({}{}, in capture {}, taken in {})", r.document, f.origin, r.part, c.seq, c.at)
                };
                let those = reports().map(of);
                return Err(StoreError::Ambiguous { name: name.to_owned(), those: some(those) });
            }
        };
        let holds = |facts: &Captured| facts.reports.iter().any(|report| report.key == *key);
        let captures: BTreeSet<u64> = live.iter().filter(|(_, f)| holds(f)).map(|(c, _)| c.seq).collect();
        let alone = live.iter().filter(|(_, f)| holds(f)).all(|(_, f)| f.reports.len() == 1);
        let captures = if alone { with_parts(captures, &live) } else { captures };
        Ok(if alone { Target::Captures(captures) } else { Target::Report { key: (*key).to_owned(), captures } })
    }

    /// Takes what is meant out of consideration; its bytes stay, and that it was there stays told.
    ///
    /// # Errors
    /// As [`Case::commit`].
    pub fn remove(&mut self, targets: &[Target], reason: &str, hand: &mut Hand<'_>) -> Result<Vec<u64>, StoreError> {
        let drafts = targets
            .iter()
            .map(|target| {
                let (report, of) = match target {
                    Target::Captures(seqs) => (None, seqs),
                    Target::Report { key, captures } => (Some(key.clone()), captures),
                };
                let facts = Facts::Removed { report, reason: reason.to_owned() };
                Draft { verb: Verb::Remove, facts, of: of.iter().copied().collect() }
            })
            .collect();
        self.commit(drafts, hand)
    }

    /// Destroys the bytes of captures and what was noted of them, also where a single report of them was taken out before;
    /// the entries that spoke of them stay, and so does the reason given now.
    ///
    /// # Errors
    /// If other captures hold the same bytes, a report among others is meant, or as [`Case::commit`].
    pub fn erase(&mut self, targets: &[Target], reason: &str, hand: &mut Hand<'_>) -> Result<Vec<u64>, StoreError> {
        let mut all = BTreeSet::new();
        for target in targets {
            match target {
                Target::Captures(seqs) => all.extend(seqs.iter().copied()),
                Target::Report { key, captures } => {
                    let what = key.split_once(':').map_or(key.as_str(), |(_, key)| key).to_owned();
                    let others = format!("the other reports of capture {}", list(captures));
                    return Err(StoreError::Shared { what, others });
                }
            }
        }
        // a logo or a style is part of many pages: its bytes stay as long as another page has them, and do not hold this one up
        let hashes: BTreeSet<&str> = all
            .iter()
            .filter_map(|seq| self.contents.get(*seq)?.facts.as_ref())
            .filter(|facts| facts.part_of.is_none())
            .map(|facts| facts.sha256.as_str())
            .collect();
        let others: BTreeSet<u64> = self
            .contents
            .captures()
            .filter(|c| c.state != State::Erased && !all.contains(&c.seq))
            .filter(|c| c.facts.as_ref().is_some_and(|facts| hashes.contains(facts.sha256.as_str())))
            .map(|c| c.seq)
            .collect();
        if !others.is_empty() {
            let what = format!("what capture {} holds", list(&all));
            return Err(StoreError::Shared { what, others: format!("capture {}", list(&others)) });
        }
        // that a single report of theirs was taken out names its address: this goes too
        let gone = |seq: &u64| all.contains(seq) || self.contents.get(*seq).is_some_and(|c| c.state == State::Erased);
        let told = self.log.entries.iter().filter(|entry| {
            matches!(self.opening(entry).map(|opening| &opening.facts), Some(Facts::Removed { report: Some(_), .. }))
                && entry.of.iter().all(gone)
        });
        let of = all.iter().copied().chain(told.map(|entry| entry.seq)).collect();
        let facts = Facts::Removed { report: None, reason: reason.to_owned() };
        let done = self.commit(vec![Draft { verb: Verb::Erase, facts, of }], hand)?;
        self.erase_now()?;
        Ok(done)
    }
}

/// The captures, and with the last capture of a saved page its parts.
fn with_parts(mut captures: BTreeSet<u64>, live: &[(&Capture, &Captured)]) -> BTreeSet<u64> {
    let of = |inside: bool| -> BTreeSet<&str> {
        let pages = live.iter().filter(|(c, f)| captures.contains(&c.seq) == inside && f.part_of.is_none());
        pages.map(|(_, f)| f.place.as_str()).collect()
    };
    let gone: BTreeSet<&str> = of(true).difference(&of(false)).copied().collect();
    let parts = live.iter().filter(|(_, f)| f.part_of.as_deref().is_some_and(|page| gone.contains(page)));
    let parts: Vec<u64> = parts.map(|(c, _)| c.seq).collect();
    captures.extend(parts);
    captures
}

/// "3 (rows.csv, 1f8e02ab, taken in 2031-03-04T09:28:00Z)".
fn shown(capture: &Capture, facts: &Captured) -> String {
    let sha256 = facts.sha256.get(..8).unwrap_or_default();
    format!("{} ({}, {sha256}, taken in {})", capture.seq, facts.origin, capture.at)
}

/// The first of a list, and how many more there are.
fn some(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    let shown = all.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(" or ");
    if all.len() > SHOWN { format!("{shown} or one of {} more", all.len() - SHOWN) } else { shown }
}

/// "3, 5".
fn list(numbers: &BTreeSet<u64>) -> String {
    numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}
