//! What does the next sentence take back? "On Monday we reported 30 dead. That was wrong and we withdraw it."
//!
//! Claims of a sentence that the one right after it, in the same paragraph, calls wrong or withdraws are denied by the author:
//! certainly negative, with the flags of a denial and a correction.

use super::cue::{LISTS, find};
use rashomon_model::Document;
use rashomon_model::analysis::{Analysis, Sentence};
use rashomon_model::attribution::Flag;
use rashomon_model::claim::Claim;

/// Marks the claims taken back.
pub(super) fn mark(doc: &Document, analysis: &Analysis, claims: &mut [Claim]) {
    for pair in analysis.sentences.windows(2) {
        let [told, next] = pair else { continue };
        if told.paragraph != next.paragraph || !takes_back(doc, next) {
            continue;
        }
        // the words that take it back may be read as going on with it
        let begins = |claim: &Claim| claim.anchors.first().is_some_and(|span| told.span.contains(*span));
        for claim in claims.iter_mut().filter(|claim| begins(claim)) {
            claim.factuality = claim.factuality.negated();
            claim.flags.insert(Flag::Correction);
            claim.flags.insert(Flag::Denial);
            claim.why.push("the next sentence takes it back".to_owned());
        }
    }
}

/// Whether the sentence opens by speaking of what was said and calls it wrong or withdrawn.
fn takes_back(doc: &Document, sentence: &Sentence) -> bool {
    let words = sentence.span.of(&doc.text).trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let back = |opening: &str| words.strip_prefix(opening).is_some_and(|rest| rest.starts_with(' '));
    LISTS.back.iter().any(|opening| back(opening)) && find(&doc.text, sentence.span, &LISTS.withdrawn).is_some()
}
