//! Which words name a party? The table's names, longest first, bodies of states and short forms the text defines among them.
//!
//! Bodies: [`super::body`]; short forms: [`super::defined`]; what a state's name stands for: [`super::state`].

use std::collections::{BTreeMap, BTreeSet};

use rashomon_model::analysis::MentionKind;
use rashomon_model::party::{PartyKind, PartyTable};

use super::body::{bare_bodies, body_after, body_of, own_body};
use super::defined::{Definitions, acronym, push_defined};
use super::index::{Entry, Index, Role};
use super::lexicon::{Lexicon, lexicon};
use super::state::stands_for;
use super::token::{Case, Gap, Token};
use super::{Found, Layer, Reading, sure};

/// Reads all names of the table, left to right, longest first.
pub(super) fn read(reading: &mut Reading<'_>, table: &PartyTable, defined: &Definitions) {
    let index = Index::of(table);
    let lexicon = lexicon();
    let sure_of = strong(reading, &index);
    let defined_here: BTreeMap<usize, usize> = defined.values().copied().collect();
    let mut i = 0;
    while i < reading.tokens.len() {
        let rest = reading.tokens.get(i..).unwrap_or_default();
        // a long form the text defines is one name, whatever shorter name it begins with
        if let Some(&to) = defined_here.get(&i) {
            let whole = index.longest(rest).filter(|m| i + m.len == to);
            let party = whole.and_then(|m| pick(&m.entries, &sure_of)).and_then(|e| table.parties.get(e.party));
            push_defined(reading, lexicon, i, to, party);
            i = to;
            continue;
        }
        if let Some(&(from, to)) = acronym(reading, defined, i) {
            let party = reading.found.iter().rev().find(|f| f.from == from && f.to == to).cloned();
            let (kind, id, name) = match party {
                Some(long) if long.party.is_some() => (long.kind, long.party, long.name),
                Some(long) => (long.kind, None, reading.words(from, to).to_owned()),
                None => (MentionKind::Organisation, None, reading.words(from, to).to_owned()),
            };
            reading.push(Found { party: id, name, ..Found::exact(i, i + 1, kind, None, sure::TABLE) });
            i += 1;
            continue;
        }
        if let Some(len) = own_body(reading, table, &index, i) {
            i += len;
            continue;
        }
        if let Some(len) = body_of(reading, table, &index, i) {
            i += len;
            continue;
        }
        let Some(found) = index.longest(rest) else {
            i += 1;
            continue;
        };
        let entries: Vec<&Entry> = found
            .entries
            .into_iter()
            .filter(|entry| allowed(reading, lexicon, &sure_of, entry, i, found.len))
            .collect();
        let read =
            if entries.is_empty() { None } else { one(reading, table, &index, &entries, &sure_of, i, found.len) };
        i += read.unwrap_or(1);
    }
    bare_bodies(reading, table, &index);
}

/// Parties the text names beyond doubt: by a name that is no acronym, no weak word, and only theirs.
fn strong(reading: &Reading<'_>, index: &Index) -> BTreeSet<usize> {
    let mut parties = BTreeSet::new();
    for i in 0..reading.tokens.len() {
        let Some(found) = reading.tokens.get(i..).and_then(|rest| index.longest(rest)) else {
            continue;
        };
        if let [entry] = found.entries.as_slice()
            && !entry.acronym
            && !entry.weak
        {
            parties.insert(entry.party);
        }
    }
    parties
}

/// Whether the entry may be meant here: an acronym that is an English word not in a line of capitals, a weak name only alone and
/// with support.
fn allowed(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    sure_of: &BTreeSet<usize>,
    entry: &Entry,
    i: usize,
    len: usize,
) -> bool {
    let Some(first) = reading.token(i) else {
        return false;
    };
    if entry.acronym && len == 1 && lexicon.common.contains(&first.key) && first.opens && shouted(reading, i) {
        return false;
    }
    if !entry.weak {
        return true;
    }
    let beside = |t: Option<&Token>| t.is_some_and(|t| t.capital() && t.gap != Gap::Start);
    let next = reading.after(i + len);
    let alone = !beside(next) && !reading.before(i).is_some_and(|t| t.capital() && !t.opens);
    let spoken = next.is_some_and(|t| lexicon.cues.contains(&t.key) || lexicon.groups.contains(&t.key));
    let grouped = next.is_some_and(|t| t.key == "group")
        || reading.before(i).is_some_and(|t| matches!(t.key.as_str(), "told" | "citing" | "by" | "per"));
    alone && (sure_of.contains(&entry.party) || spoken || grouped)
}

/// Whether the words around are all in capitals.
fn shouted(reading: &Reading<'_>, i: usize) -> bool {
    let near = reading.tokens.get(i.saturating_sub(3)..(i + 4).min(reading.tokens.len())).unwrap_or_default();
    near.len() > 2 && near.iter().all(|t| matches!(t.case, Case::Upper | Case::None) || t.key.len() == 1)
}

/// The entry meant: the only one, or the only one whose party the text names by a full name.
fn pick<'i>(entries: &[&'i Entry], sure_of: &BTreeSet<usize>) -> Option<&'i Entry> {
    let parties: BTreeSet<usize> = entries.iter().map(|e| e.party).collect();
    if parties.len() == 1 {
        return entries.first().copied();
    }
    let mut known = parties.iter().filter(|party| sure_of.contains(party));
    match (known.next(), known.next()) {
        (Some(party), None) => entries.iter().find(|e| e.party == *party).copied(),
        // agencies sign with their acronym alone; others are introduced
        (None, _) => {
            let mut agencies = entries.iter().filter(|e| e.agency);
            agencies.next().filter(|_| agencies.next().is_none()).copied()
        }
        _ => None,
    }
}

/// A match as a mention; the number of tokens it took.
fn one(
    reading: &mut Reading<'_>,
    table: &PartyTable,
    index: &Index,
    entries: &[&Entry],
    sure_of: &BTreeSet<usize>,
    i: usize,
    len: usize,
) -> Option<usize> {
    let Some(entry) = pick(entries, sure_of) else {
        // several parties bear this name and the text does not tell which
        let kind = entries.first().and_then(|e| table.parties.get(e.party)).map(|p| kind_of(p.kind))?;
        reading.push(Found::exact(i, i + len, kind, None, sure::SIGNED));
        return Some(len);
    };
    let party = table.parties.get(entry.party)?;
    let previous = i
        .checked_sub(1)
        .and_then(|p| reading.token(p))
        .filter(|_| reading.token(i).is_some_and(|t| t.gap == Gap::Hyphen));
    let leaning = previous.is_some_and(|p| matches!(p.key.as_str(), "pro" | "anti" | "non" | "ex"));
    let hyphened = reading.token(i + len).is_some_and(|t| t.gap == Gap::Hyphen && t.case == Case::Lower);
    let state = party.kind == PartyKind::State;
    if leaning || (state && hyphened) {
        return None;
    }
    if state
        && entry.role != Role::Metonym
        && let Some((taken, id)) = body_after(reading, index, party, i + len)
        && let Some(body) = table.get(&id)
    {
        let whole = body.kind == PartyKind::State;
        let kind = kind_of(if whole { PartyKind::GovernmentBody } else { body.kind });
        let name = if whole { party.name.clone() } else { body.name.clone() };
        reading.push(Found { name, ..Found::exact(i, i + len + taken, kind, Some(body), sure::TABLE) });
        return Some(len + taken);
    }
    let (kind, confidence) = if state {
        (stands_for(reading, entries, entry.role, i, len), sure::WORD)
    } else {
        (kind_of(party.kind), if entry.weak { sure::WORD } else { sure::TABLE })
    };
    // a seat of government is the town where nothing is said to be done by it
    let seat = entry.role == Role::Metonym && kind == MentionKind::Place;
    let found = Found::exact(i, i + len, kind, (!seat).then_some(party), confidence);
    reading.push(Found { layer: if seat { Layer::Guess } else { Layer::Exact }, ..found });
    Some(len)
}

/// The kind of mention a party makes.
pub(super) fn kind_of(kind: PartyKind) -> MentionKind {
    match kind {
        PartyKind::State => MentionKind::Place,
        PartyKind::GovernmentBody | PartyKind::Military => MentionKind::Government,
        PartyKind::ArmedGroup => MentionKind::ArmedGroup,
        PartyKind::Alliance | PartyKind::Political | PartyKind::Monitor | PartyKind::Ngo | PartyKind::International => {
            MentionKind::Organisation
        }
        PartyKind::Agency | PartyKind::Outlet => MentionKind::Media,
        PartyKind::Civilians | PartyKind::Other => MentionKind::Other,
    }
}
