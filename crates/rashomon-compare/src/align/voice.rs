//! Who speaks for a position? One answer for each position and origin.

use super::{Placed, place};
use crate::question::{Answer, rank};
use crate::relate::Context;
use rashomon_model::alignment::Question;
use rashomon_model::attribution::Flag;
use rashomon_model::date::DateTime;
use rashomon_model::id::{ClaimId, DocumentId};
use std::collections::{BTreeMap, BTreeSet};

/// The moment to order an origin's statements by; unknown last.
pub(super) fn moment(answer: &Answer<'_>) -> (bool, Option<DateTime>) {
    (answer.asserted_at.is_none(), answer.asserted_at.map(|time| time.start))
}

/// One answer for each position and origin, a headline's only where the text below it does not say so: surely read before
/// unsure, then the earliest.
pub(super) fn voices<'a>(placed: &[Placed<'a>], context: &Context<'_>) -> Vec<Voice<'a>> {
    let order = |answer: &Answer<'_>| {
        let unsure = answer.claim.confidence < context.settings.sure_reading;
        (unsure, moment(answer), answer.claim.id.clone())
    };
    let headline = |answer: &Answer<'_>| answer.claim.flags.contains(&Flag::Headline);
    let below: BTreeSet<(&str, &DocumentId)> = placed
        .iter()
        .filter(|one| !headline(one.answer))
        .map(|one| (one.key.as_str(), &one.answer.claim.document))
        .collect();
    let mut best: BTreeMap<(&str, &str), &'a Answer<'a>> = BTreeMap::new();
    for one in placed {
        if headline(one.answer) && below.contains(&(one.key.as_str(), &one.answer.claim.document)) {
            continue;
        }
        let known = best.entry((&one.key, one.answer.origin)).or_insert(one.answer);
        if order(one.answer) < order(known) {
            *known = one.answer;
        }
    }
    let mut found: Vec<Voice<'a>> = best
        .into_values()
        .map(|answer| {
            let keys: Vec<String> = place(answer, context).into_iter().map(|one| one.key).collect();
            Voice { said: (rank(answer.question), keys.join(" ")), answer }
        })
        .collect();
    found.sort_by(|a, b| (&a.answer.claim.id, &a.said).cmp(&(&b.answer.claim.id, &b.said)));
    found.dedup_by(|a, b| (&a.answer.claim.id, &a.said) == (&b.answer.claim.id, &b.said));
    found
}

/// One origin's answer, and what tells its value apart from others.
pub(super) struct Voice<'a> {
    /// Its value.
    pub(super) said: Said,
    /// The answer.
    pub(super) answer: &'a Answer<'a>,
}

/// An answer's value, as far as telling values apart goes.
pub(super) type Said = ((u8, Question), String);

/// The first claim of each value, by which it is known which of two values is written first, whatever names are in them.
pub(super) fn firsts<'a>(heads: &BTreeMap<(u8, Question), Vec<Voice<'a>>>) -> BTreeMap<Said, &'a ClaimId> {
    let mut found: BTreeMap<Said, &ClaimId> = BTreeMap::new();
    for voice in heads.values().flatten() {
        let first = found.entry(voice.said.clone()).or_insert(&voice.answer.claim.id);
        *first = (*first).min(&voice.answer.claim.id);
    }
    found
}
