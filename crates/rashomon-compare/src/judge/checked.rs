//! Which items of evidence did a person check, and with what result?

use super::anchor::{is_document, spans_at, why_lost};
use super::{holds, lost, standing};
use rashomon_model::Document;
use rashomon_model::evidence::EvidenceItem;
use rashomon_model::judgement::{Applied, Decision, Judgement};

/// Sets the verification of items a person checked; the words of the accounts stay as they are.
#[must_use]
pub fn verify(judgements: &[Judgement], documents: &[Document], evidence: &mut [EvidenceItem]) -> Vec<Applied> {
    let mut applied = Vec::new();
    for judgement in standing(judgements) {
        let Decision::Verified { evidence: anchor, value } = &judgement.decision else { continue };
        let mut hit = false;
        for doc in documents.iter().filter(|doc| is_document(anchor, doc)) {
            let spans = spans_at(anchor, doc).unwrap_or_default();
            for item in evidence.iter_mut() {
                let meant =
                    |m: &rashomon_model::Anchor| m.document == doc.id && spans.iter().any(|span| span.overlaps(m.span));
                if item.mentions.iter().any(meant) {
                    item.verification = *value;
                    item.judged = Some(judgement.id.clone());
                    hit = true;
                }
            }
        }
        applied.push(if hit { holds(judgement, []) } else { lost(judgement, why_lost(anchor, documents)) });
    }
    applied
}
