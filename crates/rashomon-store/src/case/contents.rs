//! What does the case hold? The log, played from its start.

use crate::log::facts::{Captured, Commitment, Opening, Read};
use crate::log::{Entry, Facts, Verb};
use std::collections::BTreeMap;

/// What became of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It counts.
    Live,
    /// It was taken out of consideration; its bytes are kept.
    Removed,
    /// Its bytes and facts were destroyed.
    Erased,
}

/// Bytes taken in at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// Number of its entry.
    pub seq: u64,
    /// When it was taken in.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// What became of it.
    pub state: State,
    /// What was noted of it; `None` if that was erased.
    pub facts: Option<Captured>,
}

/// Everything the log tells of.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    entries: usize,
    title: String,
    captures: BTreeMap<u64, Capture>,
    /// Reports taken out, with the number of the last entry that did it: later captures of them count again.
    removed: BTreeMap<String, (u64, String)>,
    by_sha: BTreeMap<String, Vec<u64>>,
    by_place: BTreeMap<String, Vec<u64>>,
    dossier: Option<(String, BTreeMap<String, String>)>,
}

impl Capture {
    /// When it, or a report in it, was captured: as its web archive, its fetching or the case it was imported from says; else, or
    /// where that would be later, when it was taken in.
    #[must_use]
    pub fn captured<'a>(&'a self, report: Option<&'a Read>) -> &'a str {
        let facts = self.facts.as_ref();
        let said = report.and_then(|report| report.captured.as_ref());
        let said = said.or_else(|| facts?.retrieved.as_ref()).or_else(|| facts?.captured.as_ref());
        said.filter(|said| instant(said) <= instant(&self.at)).unwrap_or(&self.at)
    }
}

/// A time (UTC, RFC 3339) so that its letters sort as it does, with or without a fraction.
fn instant(time: &str) -> &str {
    time.trim_end_matches('Z')
}

impl Contents {
    /// Plays a log.
    #[must_use]
    pub fn replay(entries: &[Entry], openings: &BTreeMap<Commitment, Opening>) -> Self {
        let mut contents = Self::default();
        for entry in entries {
            contents.take(entry, openings);
        }
        contents
    }

    /// Plays one more entry.
    pub(crate) fn take(&mut self, entry: &Entry, openings: &BTreeMap<Commitment, Opening>) {
        self.entries += 1;
        let facts = entry.objects.first().and_then(|commitment| openings.get(commitment)).map(|opening| &opening.facts);
        match (entry.verb, facts) {
            (Verb::Init, Some(Facts::Case { title })) => title.clone_into(&mut self.title),
            (Verb::Capture, facts) => {
                let facts = match facts {
                    Some(Facts::Capture(facts)) => Some(facts.clone()),
                    _ => None,
                };
                let mut state = State::Live;
                if let Some(facts) = &facts {
                    state = self.read_otherwise(facts);
                    self.by_sha.entry(facts.sha256.clone()).or_default().push(entry.seq);
                    self.by_place.entry(facts.place.clone()).or_default().push(entry.seq);
                }
                let (at, actor) = (entry.at.clone(), entry.actor.clone());
                self.captures.insert(entry.seq, Capture { seq: entry.seq, at, actor, state, facts });
            }
            (Verb::Remove, Some(Facts::Removed { report: Some(key), reason })) => {
                self.removed.insert(key.clone(), (entry.seq, reason.clone()));
            }
            (Verb::Remove | Verb::Erase, _) => {
                let state = if entry.verb == Verb::Erase { State::Erased } else { State::Removed };
                for seq in &entry.of {
                    if let Some(capture) = self.captures.get_mut(seq) {
                        capture.state = capture.state.max(state);
                    }
                }
            }
            (Verb::Dossier, Some(Facts::Dossier { by, written })) => {
                self.dossier = Some((by.clone(), written.clone()));
            }
            _ => {}
        }
    }

    /// Entries played.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// Title of the case.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// All captures, in the order they were taken in.
    pub fn captures(&self) -> impl Iterator<Item = &Capture> {
        self.captures.values()
    }

    /// The capture of an entry.
    #[must_use]
    pub fn get(&self, seq: u64) -> Option<&Capture> {
        self.captures.get(&seq)
    }

    /// Captures that count and what was noted of them, in the order they were taken in.
    pub fn live(&self) -> impl Iterator<Item = (&Capture, &Captured)> {
        self.captures
            .values()
            .filter(|capture| capture.state == State::Live)
            .filter_map(|capture| Some((capture, capture.facts.as_ref()?)))
    }

    /// Whether a report of a capture was taken out after it was captured.
    #[must_use]
    pub fn is_removed(&self, key: &str, capture: u64) -> bool {
        self.removed.get(key).is_some_and(|(seq, _)| *seq > capture)
    }

    /// Reports taken out that were not captured again since, with the reason.
    pub fn removed(&self) -> impl Iterator<Item = (&str, &str)> {
        let count = self.reports();
        let gone = self.removed.iter().filter(move |(key, _)| !count.contains_key(key.as_str()));
        gone.map(|(key, (_, reason))| (key.as_str(), reason.as_str()))
    }

    /// Every report that counts, by key, with its captures from the one captured first to the one captured last.
    #[must_use]
    pub fn reports(&self) -> BTreeMap<&str, Vec<(&Capture, &Read)>> {
        let mut found: BTreeMap<&str, Vec<(&Capture, &Read)>> = BTreeMap::new();
        for (capture, facts) in self.live() {
            for report in facts.reports.iter().filter(|report| !self.is_removed(&report.key, capture.seq)) {
                found.entry(&report.key).or_default().push((capture, report));
            }
        }
        for captures in found.values_mut() {
            captures.sort_by_key(|&(capture, report)| {
                (instant(capture.captured(Some(report))), capture.seq, &report.captured)
            });
        }
        found
    }

    /// The live captures of a place that nothing followed there: the one captured last and the one taken in last.
    fn last_at(&self, place: &str) -> Option<(u64, u64)> {
        let here = self.by_place.get(place).into_iter().flatten().filter_map(|seq| self.captures.get(seq));
        let here: Vec<&Capture> = here.filter(|capture| capture.state == State::Live).collect();
        let captured = here.iter().max_by_key(|capture| (instant(capture.captured(None)), capture.seq))?;
        // by a clock that was set back it is another
        let taken_in = here.iter().max_by_key(|capture| capture.seq)?;
        Some((captured.seq, taken_in.seq))
    }

    /// A live capture of the same bytes that stands for them: the last of its place, or one of the same name where nothing is
    /// known of the place; for an import, the one captured when it was. None of its reports was taken out, and it was read by the
    /// same choice of columns or as the same reports.
    #[must_use]
    pub fn same(&self, new: &Captured) -> Option<u64> {
        let last = if new.captured.is_some() { None } else { self.last_at(&new.place) };
        let stands = |capture: &Capture, facts: &Captured| {
            let named = facts.origin == new.origin;
            if let Some(at) = &new.captured {
                // an address fetched here has the time of its answer, which its export gives beside that of its entry
                let times = [Some(at), new.retrieved.as_ref()];
                let then = times.into_iter().flatten().any(|at| instant(at) == instant(capture.captured(None)));
                return facts.via.is_some() && facts.via == new.via || then && (named || facts.place == new.place);
            }
            last.map_or(named, |(captured, taken_in)| capture.seq == captured || capture.seq == taken_in)
        };
        self.with_bytes(&new.sha256)
            .filter(|(capture, facts)| stands(capture, facts))
            .filter(|(_, facts)| facts.columns == new.columns || facts.reports == new.reports)
            .find(|(capture, facts)| facts.reports.iter().all(|report| !self.is_removed(&report.key, capture.seq)))
            .map(|(capture, _)| capture.seq)
    }

    /// A table that was taken in again with another choice of columns, and gave other reports, was read wrongly before: the earlier
    /// capture of these bytes no longer counts; of an import, the one captured before the other. What becomes of the new one.
    fn read_otherwise(&mut self, new: &Captured) -> State {
        if new.reports.is_empty() {
            return State::Live;
        }
        let of_it = |facts: &Captured| {
            (facts.place == new.place || facts.origin == new.origin)
                && facts.columns != new.columns
                && facts.reports != new.reports
        };
        let later =
            |capture: &Capture| new.captured.as_ref().is_some_and(|at| instant(at) < instant(capture.captured(None)));
        let before: Vec<(u64, bool)> = self
            .with_bytes(&new.sha256)
            .filter(|(_, facts)| of_it(facts))
            .map(|(capture, _)| (capture.seq, later(capture)))
            .collect();
        if before.iter().any(|(_, later)| *later) {
            return State::Removed;
        }
        for (seq, _) in before {
            if let Some(capture) = self.captures.get_mut(&seq) {
                capture.state = State::Removed;
            }
        }
        State::Live
    }

    /// Live captures of these bytes.
    pub fn with_bytes(&self, sha256: &str) -> impl Iterator<Item = (&Capture, &Captured)> {
        self.by_sha
            .get(sha256)
            .into_iter()
            .flatten()
            .filter_map(|seq| self.captures.get(seq))
            .filter(|capture| capture.state == State::Live)
            .filter_map(|capture| Some((capture, capture.facts.as_ref()?)))
    }

    /// What made the last dossier, and what was written.
    #[must_use]
    pub fn dossier(&self) -> Option<&(String, BTreeMap<String, String>)> {
        self.dossier.as_ref()
    }
}
