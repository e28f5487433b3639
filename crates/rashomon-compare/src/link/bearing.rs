//! Does a claim tell of an occurrence, of something beside one, or of a total?

use super::Linked;
use rashomon_model::analysis::EventKind;
use rashomon_model::attribution::Flag;
use rashomon_model::claim::{Claim, PropositionKind};
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::id::PlaceId;
use std::collections::BTreeSet;

/// Days before publication from which an undated-present claim is background rather than the event reported
/// (round-ups of a week are still news; older matters are history). Starting value.
pub(super) const BACKGROUND_DAYS: i32 = 8;

/// Days between the first and the last of a stretch given by its dates from which it is a window of several occurrences. Starting
/// value.
pub(super) const WINDOW_DAYS: i32 = 4;

/// Whether the claim tells of violence or harm, so that it can open an incident.
pub(super) fn is_core(claim: &Claim) -> bool {
    let p = &claim.proposition;
    let typed = matches!(
        p.kind,
        PropositionKind::Strike
            | PropositionKind::Casualties
            | PropositionKind::Target
            | PropositionKind::Responsibility
    );
    let counted = !p.count.is_empty();
    typed && (p.event.is_some_and(EventKind::is_violence) || counted) && !claim.flags.contains(&Flag::NotAsserted)
}

/// Whether the claim only makes sense beside an incident.
pub(super) fn is_side(claim: &Claim) -> bool {
    matches!(
        claim.proposition.kind,
        PropositionKind::Presence
            | PropositionKind::Target
            | PropositionKind::Evidence
            | PropositionKind::Purpose
            | PropositionKind::Damage
            | PropositionKind::Responsibility
    )
}

/// Whether the claim is of a total or of history: cumulative, coarser than a week, or a stretch of days long before
/// publication. One day long ago is an occurrence like any other: trials and anniversaries tell of it.
pub(super) fn is_total(doc: &Linked<'_>, claim: &Claim, time: Option<&DateValue>) -> bool {
    let old = time
        .filter(|time| time.precision > Precision::Day)
        .zip(doc.document.published.as_ref())
        .is_some_and(|(time, published)| long_before(time, published));
    // "1 to 15 June": a window said in so many days, unlike "last week", in which one occurrence may lie
    let window = time.is_some_and(|time| {
        let days = time.first_day().until(time.last_day()).map_or(0, |gap| gap.get_days());
        !time.loose && days >= WINDOW_DAYS
    });
    claim.flags.contains(&Flag::Cumulative) || time.is_some_and(|t| t.precision > Precision::Week) || old || window
}

/// Whether a time ends so long before publication that it is history.
pub(super) fn long_before(time: &DateValue, published: &DateValue) -> bool {
    time.last_day().until(published.first_day()).is_ok_and(|gap| gap.get_days() > BACKGROUND_DAYS)
}

/// Places of the claim, as far as the gazetteer knows them.
pub(super) fn place_ids(claim: &Claim) -> BTreeSet<PlaceId> {
    claim.proposition.place.iter().filter_map(|place| place.place.clone()).collect()
}
