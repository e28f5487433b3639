//! When does the text say? Temporal expressions and their values.

use rashomon_model::Document;
use rashomon_model::analysis::{Sentence, TimeExpression};

/// Temporal expressions of the document, resolved against its publication date.
#[must_use]
pub fn read(_doc: &Document, _sentences: &[Sentence]) -> Vec<TimeExpression> {
    Vec::new()
}
