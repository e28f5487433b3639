//! What does the text offer for it? Videos, lists, recordings, imagery, and what is said of their verification.

use rashomon_model::Document;
use rashomon_model::analysis::Sentence;
use rashomon_model::evidence::EvidenceMention;

/// Evidence mentioned in the document.
#[must_use]
pub fn read(_doc: &Document, _sentences: &[Sentence]) -> Vec<EvidenceMention> {
    Vec::new()
}
