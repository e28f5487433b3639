//! What does each speaker claim? Propositions with their chains, anchored in words.

use rashomon_model::Document;
use rashomon_model::analysis::Analysis;
use rashomon_model::claim::Claim;
use rashomon_model::resources::Resources;

/// Claims of the document, in text order.
#[must_use]
pub fn claims(_doc: &Document, _analysis: &Analysis, _resources: &dyn Resources) -> Vec<Claim> {
    Vec::new()
}
