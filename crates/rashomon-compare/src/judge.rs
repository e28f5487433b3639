//! What did people decide? Judgements found again in the case by their words, and applied as data.
//!
//! A judgement points at a document and a quotation, never at a machine id alone ([`anchor`]). One whose words are no longer
//! there has no effect and is listed (rule J2). Those on speakers, incidents and copies are found before these are compared
//! ([`tie`]), those on evidence before it is used ([`checked`]); those on claims, origins and grades are found by
//! [`apply`]. The list is append-only: a later judgement may withdraw an earlier one, and of two overrides of one grade the
//! later holds.

pub mod anchor;
pub mod checked;
pub mod tie;

use crate::grade::{HARM_GRADE, STRIKE_STATUS};
use crate::origin::Origins;
use crate::relate::scope::{Scopes, scopes};
use crate::rule;
use crate::source::key::fold;
use anchor::why_lost;
pub use anchor::{claims_at, is_document};
pub use checked::verify;
use rashomon_model::claim::Claim;
use rashomon_model::id::{ClaimId, JudgementId};
use rashomon_model::judgement::{Applied, Decision, Judgement, Outcome};
use rashomon_model::quantity::{self, Category};
use rashomon_model::source::Source;
use rashomon_model::{Diagnostic, Document, Severity};
use std::collections::{BTreeMap, BTreeSet};
pub use tie::{Tie, Ties, ties};

/// An override of a status or grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The judgement.
    pub id: JudgementId,
    /// A claim of the incident meant.
    pub claims: BTreeSet<ClaimId>,
    /// `strike_status` or `harm_grade`.
    pub what: String,
    /// Contract value.
    pub value: &'static str,
    /// Why.
    pub why: String,
}

/// Victims named and checked, of one incident and scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// A claim of the incident meant.
    pub claims: BTreeSet<ClaimId>,
    /// What happened to them.
    pub of: quantity::Outcome,
    /// Who they are.
    pub category: Category,
    /// Their names, folded.
    pub names: BTreeSet<String>,
}

/// Judgements that concern claims, origins and grades.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    /// Claims left out, and by which judgement.
    pub excluded: BTreeMap<ClaimId, JudgementId>,
    /// Keys of credible origins, and by which judgement.
    pub credible: BTreeMap<String, JudgementId>,
    /// Keys of origins marked most reliable, and by which judgement.
    pub reliable: BTreeMap<String, JudgementId>,
    /// Overrides, in the order given: the last one that fits an incident holds.
    pub overrides: Vec<Override>,
    /// Victims named.
    pub named: Vec<Named>,
    /// What became of these judgements.
    pub applied: Vec<Applied>,
}

impl Judged {
    /// Distinct victims named in the incident these claims are of, for every scope that holds them: a civilian is one of the
    /// people, and whoever is named twice is one.
    #[must_use]
    pub fn named_in(&self, claims: &[ClaimId]) -> BTreeMap<(quantity::Outcome, Category), u64> {
        let own: Vec<&Named> =
            self.named.iter().filter(|named| claims.iter().any(|claim| named.claims.contains(claim))).collect();
        let wanted: BTreeSet<(quantity::Outcome, Category)> =
            own.iter().flat_map(|named| [(named.of, named.category), (named.of, Category::People)]).collect();
        let counts = |scope: (quantity::Outcome, Category)| {
            let within = |named: &&&Named| {
                matches!(scopes((named.of, named.category), scope, false), Scopes::Same | Scopes::Inside(false))
            };
            let names: BTreeSet<&str> =
                own.iter().filter(within).flat_map(|named| &named.names).map(String::as_str).collect();
            names.len() as u64
        };
        wanted.into_iter().map(|scope| (scope, counts(scope))).collect()
    }
}

/// The judgements that no later one withdraws.
fn standing(judgements: &[Judgement]) -> impl Iterator<Item = &Judgement> {
    let withdrawn: BTreeMap<&JudgementId, &JudgementId> = withdrawals(judgements);
    judgements.iter().filter(move |judgement| !withdrawn.contains_key(&judgement.id))
}

/// Judgements withdrawn, and by which later one.
fn withdrawals(judgements: &[Judgement]) -> BTreeMap<&JudgementId, &JudgementId> {
    let mut found = BTreeMap::new();
    for (at, judgement) in judgements.iter().enumerate() {
        if let Decision::Withdraw(earlier) = &judgement.decision
            && let Some(meant) = judgements.iter().take(at).find(|known| known.id == *earlier)
        {
            found.insert(&meant.id, &judgement.id);
        }
    }
    found
}

/// It holds, and concerns these claims.
fn holds(judgement: &Judgement, claims: impl IntoIterator<Item = ClaimId>) -> Applied {
    let claims: BTreeSet<ClaimId> = claims.into_iter().collect();
    Applied { judgement: judgement.id.clone(), claims: claims.into_iter().collect(), outcome: Outcome::Holds }
}

/// It has no effect.
fn lost(judgement: &Judgement, why: String) -> Applied {
    Applied { judgement: judgement.id.clone(), claims: Vec::new(), outcome: Outcome::Lost(why) }
}

/// Finds what the judgements on claims, origins and grades point at.
#[must_use]
pub fn apply(
    judgements: &[Judgement],
    documents: &[Document],
    claims: &[Claim],
    sources: &[Source],
    origins: &Origins,
) -> Judged {
    let mut found = Judged::default();
    for judgement in standing(judgements) {
        let id = &judgement.id;
        let done = match &judgement.decision {
            Decision::ExcludeClaim(anchor) => {
                let hit = claims_at(anchor, documents, claims);
                found.excluded.extend(hit.iter().map(|claim| (claim.clone(), id.clone())));
                if hit.is_empty() { lost(judgement, why_lost(anchor, documents)) } else { holds(judgement, hit) }
            }
            Decision::Credible(name) | Decision::MostReliable(name) => {
                let keys = origins_named(name, sources, origins, claims);
                let outcome = if keys.is_empty() {
                    lost(judgement, format!("no origin of this name: {name}"))
                } else {
                    holds(judgement, [])
                };
                let list = match judgement.decision {
                    Decision::Credible(_) => &mut found.credible,
                    _ => &mut found.reliable,
                };
                list.extend(keys.into_iter().map(|key| (key, id.clone())));
                outcome
            }
            Decision::Override { incident, what, value } => {
                let claims = claims_at(incident, documents, claims);
                let known = match what.as_str() {
                    "strike_status" => STRIKE_STATUS,
                    "harm_grade" => HARM_GRADE,
                    _ => &[],
                };
                match known.iter().find(|known| *known == value) {
                    _ if claims.is_empty() => lost(judgement, why_lost(incident, documents)),
                    None => lost(judgement, format!("not a value of {what}: {value}")),
                    Some(value) => {
                        let outcome = holds(judgement, claims.iter().cloned());
                        let (id, what, why) = (id.clone(), what.clone(), judgement.why.clone());
                        found.overrides.push(Override { id, claims, what, value, why });
                        outcome
                    }
                }
            }
            Decision::Named { incident, of, category, names } => {
                let claims = claims_at(incident, documents, claims);
                let names: BTreeSet<String> =
                    names.iter().map(|name| fold(name.trim())).filter(|name| !name.is_empty()).collect();
                if claims.is_empty() {
                    lost(judgement, why_lost(incident, documents))
                } else {
                    let outcome = holds(judgement, claims.iter().cloned());
                    found.named.push(Named { claims, of: *of, category: *category, names });
                    outcome
                }
            }
            Decision::SameIncident(..)
            | Decision::SameSource(..)
            | Decision::Copy(..)
            | Decision::Verified { .. }
            | Decision::Withdraw(_) => continue,
        };
        found.applied.push(done);
    }
    found
}

/// What became of every judgement, in the order given: what was found of each, the withdrawn as such, and withdrawals.
#[must_use]
pub fn account(judgements: &[Judgement], found: Vec<Applied>) -> Vec<Applied> {
    let withdrawn = withdrawals(judgements);
    let mut known: BTreeMap<JudgementId, Applied> =
        found.into_iter().map(|applied| (applied.judgement.clone(), applied)).collect();
    judgements
        .iter()
        .map(|judgement| match (&judgement.decision, withdrawn.get(&judgement.id)) {
            (_, Some(by)) => Applied {
                judgement: judgement.id.clone(),
                claims: Vec::new(),
                outcome: Outcome::Withdrawn((*by).clone()),
            },
            (Decision::Withdraw(_), None) if withdrawn.values().any(|by| **by == judgement.id) => holds(judgement, []),
            (Decision::Withdraw(earlier), None) => lost(judgement, format!("no earlier judgement {earlier}")),
            _ => known.remove(&judgement.id).unwrap_or_else(|| lost(judgement, "nothing it could apply to".to_owned())),
        })
        .collect()
}

/// Rule J2 for every judgement that has no effect.
#[must_use]
pub fn warnings(applied: &[Applied]) -> Vec<Diagnostic> {
    applied
        .iter()
        .filter_map(|one| {
            one.lost().map(|why| Diagnostic {
                code: rule::J2,
                severity: Severity::Warning,
                document: None,
                span: None,
                message: format!("judgement {} has no effect: {why}", one.judgement),
            })
        })
        .collect()
}

/// Keys of the origins of this name, or whose source has it among its names.
fn origins_named(name: &str, sources: &[Source], origins: &Origins, claims: &[Claim]) -> BTreeSet<String> {
    let wanted = fold(name.trim());
    let by_id: BTreeMap<_, _> = sources.iter().map(|source| (&source.id, source)).collect();
    claims
        .iter()
        .map(|claim| origins.key(&claim.id))
        .filter(|key| {
            origins.get(key).is_some_and(|origin| {
                let source = origin.source.as_ref().and_then(|id| by_id.get(id));
                fold(&origin.name) == wanted
                    || origin.source.as_ref().is_some_and(|id| id.as_str() == name)
                    || source.is_some_and(|source| source.names.iter().any(|known| fold(known) == wanted))
            })
        })
        .map(str::to_owned)
        .collect()
}
