//! Where do a judgement's words stand? Documents and claims found again by hash and quotation.

use rashomon_model::claim::Claim;
use rashomon_model::id::ClaimId;
use rashomon_model::judgement::JudgedAnchor;
use rashomon_model::{Document, Span};
use std::collections::BTreeSet;

/// Whether the anchor's document is this one: by hash, origin, id or given id.
#[must_use]
pub fn is_document(anchor: &JudgedAnchor, doc: &Document) -> bool {
    anchor.is_in(doc)
}

/// Where the anchor's words stand in its document; `None` for the document as a whole.
///
/// Words that stand where they stood when it was decided are those meant. If they moved (a better extraction changed what
/// stands before them), they are found again as long as the document has them once. Without a start all occurrences are
/// meant.
#[must_use]
pub fn spans_at(anchor: &JudgedAnchor, doc: &Document) -> Option<Vec<Span>> {
    let quote = anchor.quote.as_deref()?;
    let found: Vec<Span> = doc
        .text
        .match_indices(quote)
        .filter(|(_, words)| !words.is_empty())
        .map(|(at, words)| Span::from_usize(at, at + words.len()))
        .collect();
    let Some(start) = anchor.start else { return Some(found) };
    let byte = doc.text.char_indices().nth(start as usize).map(|(at, _)| at);
    let there = found.iter().find(|span| Some(span.start as usize) == byte).copied();
    Some(match (there, found.as_slice()) {
        (Some(span), _) => vec![span],
        (None, [only]) => vec![*only],
        (None, _) => Vec::new(),
    })
}

/// Claims the anchor points at: those anchored in just its words, else those that overlap them; all of the document where
/// it quotes no words.
#[must_use]
pub fn claims_at(anchor: &JudgedAnchor, documents: &[Document], claims: &[Claim]) -> BTreeSet<ClaimId> {
    let mut found = BTreeSet::new();
    for doc in documents.iter().filter(|doc| is_document(anchor, doc)) {
        let own: Vec<&Claim> = claims.iter().filter(|claim| claim.document == doc.id).collect();
        let Some(spans) = spans_at(anchor, doc) else {
            found.extend(own.iter().map(|claim| claim.id.clone()));
            continue;
        };
        let hit = |fits: &dyn Fn(&Span, &Span) -> bool| -> Vec<ClaimId> {
            let meant = |claim: &&&Claim| claim.anchors.iter().any(|at| spans.iter().any(|span| fits(span, at)));
            own.iter().filter(meant).map(|claim| claim.id.clone()).collect()
        };
        let exact = hit(&|span, at| span == at);
        found.extend(if exact.is_empty() { hit(&|span, at| span.overlaps(*at)) } else { exact });
    }
    found
}

/// Why an anchor points at nothing: the document or the words.
#[must_use]
pub fn why_lost(anchor: &JudgedAnchor, documents: &[Document]) -> String {
    match (documents.iter().find(|doc| is_document(anchor, doc)), &anchor.quote) {
        (None, _) => format!("no document {} in the case", anchor.document),
        (Some(doc), Some(quote)) if spans_at(anchor, doc).is_some_and(|spans| spans.is_empty()) => {
            let times = doc.text.matches(quote.as_str()).count();
            match times {
                0 => format!("its words are not in {}: \"{quote}\"", doc.capture.origin),
                n => format!("its words moved and stand {n} times in {}: \"{quote}\"", doc.capture.origin),
            }
        }
        (Some(doc), Some(quote)) => {
            format!("nothing to decide on was read at its words in {}: \"{quote}\"", doc.capture.origin)
        }
        (Some(doc), None) => format!("nothing to decide on was read in {}", doc.capture.origin),
    }
}
