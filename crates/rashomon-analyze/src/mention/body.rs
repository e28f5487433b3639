//! Which body of a state is named? "Varland's defence ministry", "the armed forces of Orvia", "the country's air force".

use std::collections::{BTreeMap, BTreeSet};

use rashomon_model::analysis::MentionKind;
use rashomon_model::id::PartyId;
use rashomon_model::party::{Party, PartyKind, PartyTable};

use super::index::{Index, Role};
use super::lexicon::lexicon;
use super::token::{Case, Token};
use super::{Found, Reading, sure};

/// A body noun right after the state's name or adjective.
pub(super) fn body_after(reading: &Reading<'_>, index: &Index, state: &Party, at: usize) -> Option<(usize, PartyId)> {
    reading.after(at)?;
    let (len, key) = index.body(reading.tokens.get(at..)?)?;
    let words = reading.words(at, at + len);
    // "Russian State Duma", "US Secretary": a capitalised single word is part of a longer title
    let single = len == 1 && reading.token(at).is_some_and(|t| t.case == Case::Title && !t.opens);
    if single && reading.after(at + 1).is_some_and(Token::capital) {
        return None;
    }
    let adjective_only = matches!(words, "state" | "side" | "intelligence" | "leadership" | "State");
    if adjective_only
        && reading
            .after(at + len)
            .is_some_and(|t| !lexicon().cues.contains(&t.key) && !lexicon().common.contains(&t.key))
    {
        return None;
    }
    let id = if key.is_empty() { state.id.clone() } else { crate::party::body_id(&state.id, key) };
    Some((len, id))
}

/// "the country's air force": of the state last named, by itself or by a body of its.
pub(super) fn own_body(reading: &mut Reading<'_>, table: &PartyTable, index: &Index, i: usize) -> Option<usize> {
    let country = reading.token(i).filter(|t| t.possessive && matches!(t.key.as_str(), "country" | "nation"))?;
    let sentence = country.sentence;
    reading.before(i).filter(|t| t.key == "the")?;
    let last = reading.found.iter().rev().find_map(|f| {
        let near = reading.token(f.from).is_some_and(|t| t.sentence + 1 >= sentence);
        f.party.as_ref().map(crate::party::whole).filter(|id| near && id.as_str().starts_with("state:"))
    })?;
    let state = table.get(&last)?;
    let (len, id) = body_after(reading, index, state, i + 1)?;
    let body = table.get(&id)?;
    reading.push(Found::exact(i + 1, i + 1 + len, MentionKind::Government, Some(body), sure::ANAPHOR));
    Some(len + 1)
}

/// "Ministry of Defence of the Republic of Orvia", "the armed forces of Varda".
pub(super) fn body_of(reading: &mut Reading<'_>, table: &PartyTable, index: &Index, i: usize) -> Option<usize> {
    let (len, key) = index.body(reading.tokens.get(i..)?)?;
    let mut at = i + len;
    if reading.after(at).is_none_or(|t| t.key != "of") {
        return None;
    }
    at += 1;
    if reading.after(at).is_some_and(|t| t.key == "the") {
        at += 1;
    }
    reading.after(at)?;
    let found = index.longest(reading.tokens.get(at..)?)?;
    let party = found
        .entries
        .iter()
        .filter(|entry| entry.role == Role::Name)
        .find_map(|entry| table.parties.get(entry.party).filter(|p| p.kind == PartyKind::State))?;
    let id = if key.is_empty() { party.id.clone() } else { crate::party::body_id(&party.id, key) };
    let body = table.get(&id)?;
    let to = at + found.len;
    reading.push(Found::exact(i, to, MentionKind::Government, Some(body), sure::TABLE));
    Some(to - i)
}

/// Ministries named without their state ("the Defence Ministry"): of the only state whose ministry of that kind, or failing that
/// any body, the text names.
pub(super) fn bare_bodies(reading: &mut Reading<'_>, table: &PartyTable, index: &Index) {
    let mut by_key: BTreeMap<String, BTreeSet<PartyId>> = BTreeMap::new();
    for found in &reading.found {
        if let Some((state, key)) = found.party.as_ref().and_then(|id| id.as_str().split_once('/')) {
            by_key.entry(key.to_owned()).or_default().insert(PartyId::new(format!("{state}/{key}")));
        }
    }
    let mut i = 0;
    while i < reading.tokens.len() {
        let ministry =
            reading.tokens.get(i..).and_then(|rest| index.body(rest)).filter(|(len, key)| *len > 1 && !key.is_empty());
        let Some((len, key)) = ministry.filter(|(len, _)| !reading.is_taken(i, i + len)) else {
            i += 1;
            continue;
        };
        let only = by_key.get(key).filter(|ids| ids.len() == 1).and_then(|ids| table.get(ids.first()?));
        let confidence = if only.is_some() { sure::SIGNED } else { sure::GROUP };
        reading.push(Found::exact(i, i + len, MentionKind::Government, only, confidence));
        i += len;
    }
}
