//! Which two things did a person hold to be one, or two? Speakers, incidents and copies, found before they are compared.

use super::anchor::{claims_at, is_document, spans_at, why_lost};
use super::{holds, lost, standing};
use rashomon_model::Document;
use rashomon_model::analysis::Analysis;
use rashomon_model::claim::Claim;
use rashomon_model::id::{ClaimId, DocumentId, JudgementId};
use rashomon_model::judgement::{Applied, Decision, JudgedAnchor, Judgement};
use std::collections::BTreeSet;

/// Two things a person held to be one, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie<T> {
    /// The first.
    pub a: T,
    /// The second.
    pub b: T,
    /// They are one (for copies: the first copies the second).
    pub same: bool,
    /// By which judgement.
    pub judgement: JudgementId,
    /// In one sentence: by whom and why.
    pub because: String,
}

/// A speaker: position of its document, and its own in that document's list of speakers.
pub type SpeakerAt = (usize, usize);

/// What people decided of speakers, incidents and copies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ties {
    /// Speakers that are one source, or are not.
    pub speakers: Vec<Tie<SpeakerAt>>,
    /// Claims that speak of one incident, or do not.
    pub incidents: Vec<Tie<BTreeSet<ClaimId>>>,
    /// Documents of which the first copies the second, or does not.
    pub copies: Vec<Tie<DocumentId>>,
    /// What became of these judgements.
    pub applied: Vec<Applied>,
}

/// Finds what the judgements on speakers, incidents and copies point at. `analyses` and `claims` go with `documents`.
#[must_use]
pub fn ties(judgements: &[Judgement], documents: &[Document], analyses: &[Analysis], claims: &[Vec<Claim>]) -> Ties {
    let mut found = Ties::default();
    if judgements.is_empty() {
        return found;
    }
    let all: Vec<Claim> = claims.concat();
    for judgement in standing(judgements) {
        let id = &judgement.id;
        let because = format!("J1: judgement {id} by {}: {}", judgement.by, judgement.why);
        match &judgement.decision {
            Decision::SameIncident(a, b, same) => {
                let (a_claims, b_claims) = (claims_at(a, documents, &all), claims_at(b, documents, &all));
                let none = [(a, &a_claims), (b, &b_claims)].into_iter().find(|(_, claims)| claims.is_empty());
                if let Some((anchor, _)) = none {
                    found.applied.push(lost(judgement, why_lost(anchor, documents)));
                } else if a_claims == b_claims {
                    found.applied.push(lost(judgement, "both anchors point at the same claims".to_owned()));
                } else {
                    found.applied.push(holds(judgement, a_claims.union(&b_claims).cloned()));
                    found.incidents.push(Tie { a: a_claims, b: b_claims, same: *same, judgement: id.clone(), because });
                }
            }
            Decision::SameSource(a, b, same) => {
                let find =
                    |anchor| speaker_at(anchor, documents, analyses, claims).ok_or_else(|| why_lost(anchor, documents));
                match find(a).and_then(|a| find(b).map(|b| (a, b))) {
                    Ok((a, b)) => {
                        found.applied.push(holds(judgement, []));
                        found.speakers.push(Tie { a, b, same: *same, judgement: id.clone(), because });
                    }
                    Err(why) => found.applied.push(lost(judgement, why)),
                }
            }
            Decision::Copy(a, b, same) => {
                let find = |anchor: &JudgedAnchor| {
                    let doc = documents.iter().find(|doc| is_document(anchor, doc));
                    let there = doc.filter(|doc| spans_at(anchor, doc).is_none_or(|spans| !spans.is_empty()));
                    there.map(|doc| doc.id.clone()).ok_or_else(|| why_lost(anchor, documents))
                };
                match find(a).and_then(|a| find(b).map(|b| (a, b))) {
                    Ok((a, b)) if a == b => {
                        found.applied.push(lost(judgement, "both anchors point at one document".to_owned()));
                    }
                    Ok((a, b)) => {
                        found.applied.push(holds(judgement, []));
                        found.copies.push(Tie { a, b, same: *same, judgement: id.clone(), because });
                    }
                    Err(why) => found.applied.push(lost(judgement, why)),
                }
            }
            _ => {}
        }
    }
    found
}

/// The speaker an anchor points at: the one named by just its words, else the one whose name there is nearest in length to
/// them, else the origin of the claims there if it is one.
fn speaker_at(
    anchor: &JudgedAnchor,
    documents: &[Document],
    analyses: &[Analysis],
    claims: &[Vec<Claim>],
) -> Option<SpeakerAt> {
    let (at, doc) = documents.iter().enumerate().find(|(_, doc)| is_document(anchor, doc))?;
    let speakers = &analyses.get(at)?.speakers;
    let spans = spans_at(anchor, doc)?;
    let named = speakers.iter().enumerate().flat_map(|(i, speaker)| {
        let overlaps = speaker.mentions.iter().flat_map(|own| spans.iter().map(move |span| (own, span)));
        overlaps.filter(|(own, span)| own.overlaps(**span)).map(move |(own, span)| (own.len().abs_diff(span.len()), i))
    });
    if let Some((_, speaker)) = named.min() {
        return Some((at, speaker));
    }
    let own = claims.get(at)?;
    let ids = claims_at(anchor, std::slice::from_ref(doc), own);
    let origins: BTreeSet<&str> = own
        .iter()
        .filter(|claim| ids.contains(&claim.id))
        .filter_map(|claim| claim.origin().map(|link| link.name.as_str()))
        .collect();
    let [only] = origins.into_iter().collect::<Vec<_>>()[..] else { return None };
    speakers.iter().position(|speaker| speaker.name == only).map(|speaker| (at, speaker))
}
