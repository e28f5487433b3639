//! Who says it, how, and what? Attributions: source, cue, content.

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, Sentence, Word};
use rashomon_model::attribution::Attribution;

/// Attributions of the document. `learned` holds what a learned reader found, if there was one; rules add to and correct it.
#[must_use]
pub fn read(
    _doc: &Document,
    _sentences: &[Sentence],
    _words: &[Word],
    _mentions: &[Mention],
    learned: Vec<Attribution>,
) -> Vec<Attribution> {
    learned
}
