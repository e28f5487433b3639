//! Who and what is named? Mentions of persons, organisations, parties, weapons.

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, Sentence, Word};
use rashomon_model::resources::Resources;

/// Mentions of the document. `tagged` holds names a learned reader found, if there was one.
#[must_use]
pub fn read(
    _doc: &Document,
    _sentences: &[Sentence],
    _words: &[Word],
    _tagged: &[Mention],
    _resources: &dyn Resources,
) -> Vec<Mention> {
    Vec::new()
}
