//! What happened, says the text? Event words, with who did what to whom as far as the clause says.

use rashomon_model::Document;
use rashomon_model::analysis::{EventMention, Mention, Sentence, Word};
use rashomon_model::party::{Actors, PartyTable};

/// Events of the document.
#[must_use]
pub fn read(_doc: &Document, _sentences: &[Sentence], _words: &[Word], _mentions: &[Mention]) -> Vec<EventMention> {
    Vec::new()
}

/// Who did it: the event's actors as alternatives of joint parties.
#[must_use]
pub fn actors(_doc: &Document, _event: &EventMention, _mentions: &[Mention], _parties: &PartyTable) -> Actors {
    Actors::default()
}
