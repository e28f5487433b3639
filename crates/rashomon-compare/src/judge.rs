//! What did people decide? Judgements found again in the case by their words, and applied as data.
//!
//! A judgement points at a document and a quotation, never at a machine id alone. One whose words are no longer there has no
//! effect and is listed (rule J2). Judgements on incidents, sources and copies are applied where those are made.

use crate::grade::{HARM_GRADE, STRIKE_STATUS};
use crate::origin::Origins;
use crate::rule;
use crate::source::key::fold;
use rashomon_model::claim::Claim;
use rashomon_model::id::{ClaimId, JudgementId};
use rashomon_model::judgement::{Decision, JudgedAnchor, Judgement};
use rashomon_model::source::Source;
use rashomon_model::{Diagnostic, Document, Severity, Span};
use std::collections::{BTreeMap, BTreeSet};

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

/// Judgements that concern claims, origins and grades.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    /// Claims left out.
    pub excluded: BTreeSet<ClaimId>,
    /// Keys of credible origins.
    pub credible: BTreeSet<String>,
    /// Keys of origins marked most reliable.
    pub reliable: BTreeSet<String>,
    /// Overrides, in the order given: the last one that fits an incident holds.
    pub overrides: Vec<Override>,
    /// Judgements that fit nothing.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds what the judgements point at.
#[must_use]
pub fn apply(
    judgements: &[Judgement],
    documents: &[Document],
    claims: &[Claim],
    sources: &[Source],
    origins: &Origins,
) -> Judged {
    let mut found = Judged::default();
    for judgement in judgements {
        let lost = |what: String| Diagnostic {
            code: rule::J2,
            severity: Severity::Warning,
            document: None,
            span: None,
            message: format!("judgement {} has no effect: {what}", judgement.id),
        };
        match &judgement.decision {
            Decision::ExcludeClaim(anchor) => {
                let hit = claims_at(anchor, documents, claims);
                if hit.is_empty() {
                    found.diagnostics.push(lost(format!("no claim at its words, in {}", anchor.document)));
                }
                found.excluded.extend(hit);
            }
            Decision::Credible(name) => {
                let keys = origins_named(name, sources, origins, claims);
                if keys.is_empty() {
                    found.diagnostics.push(lost(format!("no origin of this name: {name}")));
                }
                found.credible.extend(keys);
            }
            Decision::MostReliable(name) => {
                let keys = origins_named(name, sources, origins, claims);
                if keys.is_empty() {
                    found.diagnostics.push(lost(format!("no origin of this name: {name}")));
                }
                found.reliable.extend(keys);
            }
            Decision::Override { incident, what, value } => {
                let claims = claims_at(incident, documents, claims);
                let known = match what.as_str() {
                    "strike_status" => STRIKE_STATUS,
                    "harm_grade" => HARM_GRADE,
                    _ => &[],
                };
                match known.iter().find(|known| *known == value) {
                    _ if claims.is_empty() => {
                        found.diagnostics.push(lost(format!("no claim at its words, in {}", incident.document)));
                    }
                    None => found.diagnostics.push(lost(format!("not a value of {what}: {value}"))),
                    Some(value) => found.overrides.push(Override {
                        id: judgement.id.clone(),
                        claims,
                        what: what.clone(),
                        value,
                        why: judgement.why.clone(),
                    }),
                }
            }
            Decision::SameIncident(..) | Decision::SameSource(..) | Decision::Copy(..) => {}
        }
    }
    found
}

/// Whether the anchor's document is this one: by hash, origin, id or given id.
#[must_use]
pub fn is_document(anchor: &JudgedAnchor, doc: &Document) -> bool {
    doc.capture.sha256 == anchor.document
        || doc.capture.origin == anchor.document
        || doc.id.as_str() == anchor.document
        || doc.given_id.as_deref() == Some(&anchor.document)
}

/// Claims the anchor points at: those that overlap an occurrence of its words, or all of the document without words.
#[must_use]
pub fn claims_at(anchor: &JudgedAnchor, documents: &[Document], claims: &[Claim]) -> BTreeSet<ClaimId> {
    let mut found = BTreeSet::new();
    for doc in documents.iter().filter(|doc| is_document(anchor, doc)) {
        let spans: Option<Vec<Span>> = anchor.quote.as_ref().map(|quote| {
            doc.text
                .match_indices(quote.as_str())
                .filter(|(_, words)| !words.is_empty())
                .map(|(at, words)| Span::from_usize(at, at + words.len()))
                .collect()
        });
        let own = claims.iter().filter(|claim| claim.document == doc.id);
        let hit = own.filter(|claim| {
            spans
                .as_ref()
                .is_none_or(|spans| claim.anchors.iter().any(|anchor| spans.iter().any(|span| span.overlaps(*anchor))))
        });
        found.extend(hit.map(|claim| claim.id.clone()));
    }
    found
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
