//! Which places may a name of a claim mean? The one chosen, and those nearly as good that hold it or lie in it.

use crate::relate::place::Spot;
use rashomon_model::analysis::Analysis;
use rashomon_model::claim::{Claim, PlaceRef};
use rashomon_model::id::{DocumentId, PlaceId};
use rashomon_model::span::Span;
use std::collections::BTreeMap;

/// Candidates of places named, by document and span: what the toponym layer considered close enough to be meant.
pub type PlaceReadings = BTreeMap<(DocumentId, Span), Vec<PlaceId>>;

/// Share of the best score above which another candidate of the same country counts as a reading of the name.
const READING_SCORE: f64 = 0.9;

/// Readings of every toponym of the case: the place chosen, and candidates of nearly its score that hold it or lie in it
/// (a city and the province of its name).
#[must_use]
pub fn place_readings(analyses: &[Analysis]) -> PlaceReadings {
    let mut found = PlaceReadings::new();
    for analysis in analyses {
        for toponym in &analysis.toponyms {
            let Some(place) = &toponym.place else { continue };
            let best = toponym.candidates.iter().map(|c| c.score).fold(0.0, f64::max);
            let mut ids = vec![place.id.clone()];
            for candidate in &toponym.candidates {
                let other = &candidate.place;
                let nested = other.within_ids.contains(&place.id) || place.within_ids.contains(&other.id);
                if nested && candidate.score >= best * READING_SCORE && !ids.contains(&other.id) {
                    ids.push(other.id.clone());
                }
            }
            found.insert((analysis.document.clone(), toponym.span), ids);
        }
    }
    found
}

/// A place of a claim with its readings.
pub(super) fn spot(claim: &Claim, place: &PlaceRef, readings: &PlaceReadings) -> Spot {
    let read = readings.get(&(claim.document.clone(), place.span));
    let chosen: Vec<PlaceId> = place.place.iter().cloned().collect();
    // a reading is of use only if it is of the place the claim settled on
    let candidates = read.filter(|ids| place.place.as_ref().is_some_and(|id| ids.contains(id))).cloned();
    Spot { name: place.name.clone(), candidates: candidates.unwrap_or(chosen), near: place.near }
}
