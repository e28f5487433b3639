//! What happened, says the text? Event words, with who did what to whom as far as the clause says.

use rashomon_model::Document;
use rashomon_model::analysis::{EventMention, Mention, Sentence, Word};

/// Events of the document.
#[must_use]
pub fn read(
    _doc: &Document,
    _sentences: &[Sentence],
    _words: &[Word],
    _mentions: &[Mention],
) -> Vec<EventMention> {
    Vec::new()
}
