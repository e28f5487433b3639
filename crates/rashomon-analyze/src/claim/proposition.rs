//! What does a clause claim? Typed propositions from the layers that fall inside it.

use super::count::{is_attack, is_fate, is_harm};
use super::cue::{LISTS, find_any};
use crate::cover::inside;
use rashomon_model::Document;
use rashomon_model::analysis::{Analysis, EventKind, EventMention, MentionKind};
use rashomon_model::claim::{CountRef, Polarity, Proposition, PropositionKind};
use rashomon_model::party::{Actors, PartyRef, PartyTable};
use rashomon_model::span::Span;

/// What the reading of a clause needs.
pub(super) struct Reader<'a> {
    pub(super) doc: &'a Document,
    pub(super) analysis: &'a Analysis,
    pub(super) parties: &'a PartyTable,
    /// Who speaks, wherever named, sorted.
    pub(super) speakers: Vec<Span>,
}

/// Words behind "control of" looked at for a "would".
const WOULD_REACH: usize = 5;

/// A clause with what all its propositions share.
struct Clause<'c> {
    pieces: &'c [Span],
    /// The party the voice belongs to.
    speaker: Option<&'c PartyRef>,
    /// Counts whose outcome is known.
    counts: Vec<CountRef>,
    hedge: Option<bool>,
    refuted: bool,
}

impl Clause<'_> {
    /// The proposition as one of this clause.
    fn read(&self, proposition: Proposition, unreal: bool, why: String) -> Read {
        Read { proposition, hedge: self.hedge, unreal, refuted: self.refuted, why }
    }
}

/// A proposition with what the clause says about its certainty.
pub(super) struct Read {
    pub(super) proposition: Proposition,
    /// `Some(true)` possible, `Some(false)` probable, `None` plain.
    pub(super) hedge: Option<bool>,
    /// Plan, condition or general statement.
    pub(super) unreal: bool,
    /// The clause only names what it calls untrue ("claims that … are groundless").
    pub(super) refuted: bool,
    /// Why this kind.
    pub(super) why: String,
}

impl Reader<'_> {
    /// The propositions of one clause, at least one. `speaker` is the party the voice belongs to, for "it" and "our".
    pub(super) fn read(&self, pieces: &[Span], speaker: Option<&PartyRef>) -> Vec<Read> {
        let (hedge, refuted) = (self.hedge(pieces), self.refuted(pieces));
        let clause = Clause { pieces, speaker, counts: self.counts(pieces), hedge, refuted };
        let people = clause.counts.iter().any(|count| is_harm(count.of));
        let (harms, mut acts): (Vec<&EventMention>, Vec<&EventMention>) =
            inside(&self.analysis.events, pieces, |e| e.span)
                .filter(|event| event.kind.is_violence())
                .partition(|event| event.kind == EventKind::Harm);
        let bare = clause.counts.is_empty() && self.time(pieces, &[]).is_none();
        if bare && acts.iter().all(|event| event.kind == EventKind::Clash) {
            acts.clear(); // "the fight against …": what for, not what happened
        }
        // "had not targeted the group": what is denied is a claim of its own beside what is affirmed
        let (denied, acts): (Vec<&EventMention>, Vec<&EventMention>) =
            acts.into_iter().partition(|event| event.negated);
        let mut found = Vec::new();
        if let Some(first) = denied.first() {
            found.push(self.denied(&clause, first, &denied, &acts));
        }
        if people || !harms.is_empty() {
            found.push(self.harmed(&clause, people, &harms, &acts));
        } else if let Some(first) = acts.first()
            && (denied.is_empty() || acts.iter().any(|event| !event.actor.is_empty()))
        {
            found.push(self.done(&clause, first, &acts));
        }
        found.extend(self.present(&clause));
        if found.is_empty() {
            found.push(self.other(&clause));
        }
        found
    }

    /// "The army did not target the group": events denied, of which `first` is the first, beside those affirmed.
    fn denied(
        &self,
        clause: &Clause<'_>,
        first: &EventMention,
        denied: &[&EventMention],
        acts: &[&EventMention],
    ) -> Read {
        let mut proposition = self.proposition(PropositionKind::Strike, true, denied, clause);
        if proposition.actor.is_empty() {
            proposition.actor =
                acts.iter().map(|e| self.actor(e, clause.speaker)).find(|a| !a.is_empty()).unwrap_or_default();
        }
        if proposition.target.is_empty() {
            proposition.target.extend(self.none_of_what(clause.pieces, first.span));
        }
        if !proposition.target.is_empty() {
            proposition.kind = PropositionKind::Target;
        }
        proposition.event = acts.first().map(|event| event.kind).or(Some(first.kind));
        // "no inhabitant was abducted" is a count, and says nothing of what else happened
        let none = |count: &&CountRef| count.count.max == Some(0) && is_fate(count.of);
        proposition.count = clause.counts.iter().filter(none).cloned().collect();
        if !proposition.count.is_empty() {
            proposition.kind = PropositionKind::Casualties;
            proposition.polarity = Polarity::Positive;
            proposition.target.clear();
        }
        let why = format!("\"{}\" is negated", self.doc.slice(first.span));
        clause.read(proposition, denied.iter().all(|event| event.unreal), why)
    }

    /// "Shelling killed nine": people harmed, by the events named beside, or a count of them.
    fn harmed(&self, clause: &Clause<'_>, people: bool, harms: &[&EventMention], acts: &[&EventMention]) -> Read {
        let pieces = clause.pieces;
        let zero = clause.counts.iter().any(|count| is_harm(count.of) && count.count.max == Some(0));
        let negated = !zero && !people && harms.iter().all(|event| event.negated);
        let all: Vec<&EventMention> = harms.iter().chain(acts).copied().collect();
        let mut proposition = self.proposition(PropositionKind::Casualties, negated, &all, clause);
        if acts.is_empty() && self.died_later(harms, pieces) {
            proposition.place.clear();
            proposition.time = None;
        } else if acts.is_empty() && (self.told_of_later(harms, pieces) || self.in_care_later(harms, pieces)) {
            proposition.time = None;
        }
        proposition.count.clone_from(&clause.counts);
        proposition.event = acts.first().or(harms.first()).map(|event| event.kind);
        let unreal = all.iter().all(|event| event.unreal) && !all.is_empty() && !people;
        clause.read(proposition, unreal, "people are said to be harmed, or a count of them is given".into())
    }

    /// "Jets struck the depot": events of which `first` is the first.
    fn done(&self, clause: &Clause<'_>, first: &EventMention, acts: &[&EventMention]) -> Read {
        let mut proposition = self.proposition(PropositionKind::Strike, false, acts, clause);
        if self.responsibility(clause.pieces).is_some() {
            proposition.kind = PropositionKind::Responsibility;
        } else if acts.iter().all(|event| event.kind == EventKind::Damage) {
            proposition.kind = PropositionKind::Damage;
            proposition.target = self.damaged(acts, proposition.target);
        }
        proposition.event = Some(first.kind);
        proposition.count.clone_from(&clause.counts);
        let why = format!("\"{}\" tells of {}", self.doc.slice(first.span), first.kind);
        clause.read(proposition, acts.iter().all(|event| event.unreal), why)
    }

    /// "The group holds the hill": who is there or controls it.
    fn present(&self, clause: &Clause<'_>) -> Option<Read> {
        let pieces = clause.pieces;
        let at = find_any(&self.doc.text, pieces, &LISTS.presence).or_else(|| self.existence(pieces))?;
        let negated = find_any(&self.doc.text, pieces, &LISTS.negation).is_some();
        // "control of the hill would cut the road": what would be, were it so
        let would = Span::new(at.end, pieces.last().map_or(at.end, |piece| piece.end).max(at.end)).of(&self.doc.text);
        let would = would.split_whitespace().take(WOULD_REACH).any(|word| word == "would");
        let mut proposition = self.proposition(PropositionKind::Presence, negated, &[], clause);
        proposition.target = self.groups_by(pieces, at);
        let why = format!("\"{}\" speaks of presence or control", self.doc.slice(at));
        (!proposition.target.is_empty()).then(|| clause.read(proposition, would, why))
    }

    /// A clause without an event of violence: counts of things, purpose, evidence, damage, or a plain statement.
    fn other(&self, clause: &Clause<'_>) -> Read {
        let (pieces, counts) = (clause.pieces, &clause.counts);
        let lists = [
            (&LISTS.damage, PropositionKind::Damage),
            (&LISTS.purpose, PropositionKind::Purpose),
            (&LISTS.evidence, PropositionKind::Evidence),
        ];
        let blame = self.responsibility(pieces).map(|at| (PropositionKind::Responsibility, at));
        let listed =
            || lists.iter().find_map(|(list, kind)| find_any(&self.doc.text, pieces, list).map(|at| (*kind, at)));
        let named = blame.or_else(listed);
        let (mut kind, mut why) = match named {
            Some((kind, at)) => (kind, format!("\"{}\" speaks of {}", self.doc.slice(at), kind)),
            None => (PropositionKind::Statement, "no event, count or cue of another kind".to_owned()),
        };
        let shown = inside(&self.analysis.evidence, pieces, |e| e.span).next();
        if kind == PropositionKind::Evidence && shown.is_none() {
            kind = PropositionKind::Statement;
        }
        if counts.iter().any(|count| is_attack(count.of)) {
            kind = PropositionKind::Strike;
            why = "counts attacks or what they were aimed at".to_owned();
        }
        if counts.iter().any(|count| is_fate(count.of)) {
            kind = PropositionKind::Casualties;
            why = "counts people arrested, abducted or displaced".to_owned();
        }
        let mut negated = find_any(&self.doc.text, pieces, &LISTS.negation).is_some()
            && self.denies_counts(pieces, |of| is_fate(of) || is_attack(of)).unwrap_or(true);
        let mut about = pieces.to_vec();
        if let (PropositionKind::Purpose, Some((_, cue))) = (kind, named) {
            about.retain(|piece| piece.end > cue.start);
            if let Some(first) = about.first_mut() {
                first.start = first.start.max(cue.start);
            }
            negated = false; // what an aim is not stands beside what it is; only the aim named is compared
        }
        let undetermined = find_any(&self.doc.text, pieces, &LISTS.undetermined).is_some();
        let owners = self.owners(pieces);
        if !owners.is_empty() {
            kind = PropositionKind::Responsibility;
            "a copula says whose the weapon or aircraft is".clone_into(&mut why);
        }
        let mut proposition = self.proposition(kind, negated && !undetermined, &[], clause);
        proposition.target = self.groups(&about);
        proposition.count.clone_from(counts);
        if !owners.is_empty() {
            proposition.target.clear();
            proposition.actor = Actors { alternatives: owners };
        }
        clause.read(proposition, undetermined, why)
    }

    /// A proposition with participants of `events` and the places, time and means of the clause.
    fn proposition(
        &self,
        kind: PropositionKind,
        negated: bool,
        events: &[&EventMention],
        clause: &Clause<'_>,
    ) -> Proposition {
        let pieces = clause.pieces;
        // "strikes on groups fighting the army": who fights is not who strikes
        let mixed = events.iter().any(|event| event.kind != EventKind::Clash);
        let mut actor = events
            .iter()
            .filter(|event| !mixed || event.kind != EventKind::Clash)
            .map(|event| self.actor(event, clause.speaker))
            .find(|actor| !actor.is_empty())
            .unwrap_or_default();
        let mut target: Vec<PartyRef> = Vec::new();
        let told = events.iter().filter(|event| !mixed || event.kind != EventKind::Clash);
        for span in told.flat_map(|event| &event.target) {
            for party in self.hit(*span) {
                if !target.iter().any(|known| known.name == party.name) {
                    target.push(party);
                }
            }
        }
        // "the group's targets were hit": whoever is hit in a clause is not also the one who hits
        for joint in &mut actor.alternatives {
            joint.retain(|party| !target.iter().any(|hit| hit.name == party.name));
        }
        // people counted are those it happened to
        for joint in &mut actor.alternatives {
            let people = |name: &str| name == "people" || LISTS.civilians.iter().any(|word| word == name);
            joint.retain(|party| party.party.is_some() || !people(&party.name.to_lowercase()));
        }
        actor.alternatives.retain(|joint| !joint.is_empty());
        let polarity = if negated { Polarity::Negative } else { Polarity::Positive };
        Proposition {
            kind,
            polarity,
            event: None,
            actor,
            target,
            place: self.places(pieces),
            time: self.time(pieces, events),
            count: Vec::new(),
            means: self.means(pieces),
        }
    }

    /// Weapons and aircraft named, lower-cased unless a type designation.
    fn means(&self, pieces: &[Span]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for mention in inside(&self.analysis.mentions, pieces, |m| m.span).filter(|m| m.kind == MentionKind::Weapon) {
            if !found.contains(&mention.name) {
                found.push(mention.name.clone());
            }
        }
        found
    }
}
