//! Is it a rewrite? Texts in other words that claim the same things through the same speakers.
//!
//! A rewrite farm leaves no shared wording, so shingles fail (methods.md C, content farms); what it keeps is the set of
//! claims: the same values from the same speakers, and nothing new. Rule C3r: at least six typed values of one text, among
//! them at least two numbers or quoted speakers, and nine tenths of them also in the other, earlier text.

use super::Traced;
use rashomon_model::claim::Claim;
use rashomon_model::dependence::{Dependence, DependenceKind, Upstream};
use std::collections::BTreeSet;

/// Least number of typed values in the rewritten text.
const LEAST_TUPLES: usize = 6;
/// Least share of them in the other text.
const LEAST_SHARE: f64 = 0.9;

/// A possible rewrite of `b` by `a` or the other way round, by the values they share.
pub(super) fn shared_tuples(
    (a, left): (&Traced<'_>, &BTreeSet<String>),
    (b, right): (&Traced<'_>, &BTreeSet<String>),
) -> Option<Dependence> {
    let shared = left.intersection(right).count();
    let share = |of: &BTreeSet<String>| if of.is_empty() { 0.0 } else { shared as f64 / of.len() as f64 };
    let later = |x: &Traced<'_>, y: &Traced<'_>| match (&x.document.published, &y.document.published) {
        (Some(px), Some(py)) => px.start >= py.start,
        _ => false,
    };
    let (from, to, set) = if left.len() <= right.len() { (a, b, left) } else { (b, a, right) };
    let telling = set.iter().filter(|value| is_telling(value)).count();
    let enough = set.len() >= LEAST_TUPLES && telling >= 2 && share(set) >= LEAST_SHARE;
    (enough && later(from, to)).then(|| Dependence {
        from: from.document.id.clone(),
        to: Upstream::Document(to.document.id.clone()),
        kind: DependenceKind::PossibleCopy,
        direction_by: "C4b",
        anchors: Vec::new(),
        passages: Vec::new(),
        score: share(set),
        because: format!(
            "C3r: {shared} of its {} typed values, with the same speakers, stand in the earlier text; nothing new",
            set.len()
        ),
    })
}

/// Whether a value is a number or a speaker.
pub(super) fn is_telling(value: &str) -> bool {
    value.starts_with("count") || value.starts_with("origin")
}

/// The typed values of a document's claims, each with its origin.
pub(super) fn tuples(claims: &[Claim]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for claim in claims {
        let origin = claim.origin().and_then(|link| link.source.as_ref()).map_or("-", |id| id.as_str());
        let p = &claim.proposition;
        for count in &p.count {
            found.insert(format!("count {} {} {} {origin}", count.of, count.category, count.count));
        }
        for party in p.actor.all() {
            found.insert(format!("actor {} {origin}", party.name));
        }
        for party in &p.target {
            found.insert(format!("target {} {} {origin}", p.polarity, party.name));
        }
        for place in p.place.iter().filter_map(|place| place.place.as_ref()) {
            found.insert(format!("place {place}"));
        }
        if origin != "-" {
            found.insert(format!("origin {origin}"));
        }
    }
    found
}
