//! How many does the text say? Counts, of what and of whom.

use rashomon_model::Document;
use rashomon_model::analysis::{Sentence, TimeExpression};
use rashomon_model::quantity::Quantity;

/// Counts of the document.
#[must_use]
pub fn read(_doc: &Document, _sentences: &[Sentence], _times: &[TimeExpression]) -> Vec<Quantity> {
    Vec::new()
}
