//! Through whom was it said? The speaker chain of each attribution, resolved within the document.

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, Sentence, TimeExpression};
use rashomon_model::attribution::Attribution;
use rashomon_model::claim::Chain;
use rashomon_model::party::PartyTable;
use rashomon_model::source::LocalSource;

/// One chain an attribution, in the same order, and the document's speakers.
#[must_use]
pub fn read(
    _doc: &Document,
    _sentences: &[Sentence],
    _mentions: &[Mention],
    _times: &[TimeExpression],
    _attributions: &[Attribution],
    _parties: &PartyTable,
) -> (Vec<Chain>, Vec<LocalSource>) {
    (Vec::new(), Vec::new())
}
