//! Where does the text say? Place names and the places they mean.

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, Sentence};
use rashomon_model::place::Toponym;
use rashomon_model::resources::Resources;

/// Toponyms of the document; `mentions` holds names already read (parties, persons), which are not places.
#[must_use]
pub fn read(
    _doc: &Document,
    _sentences: &[Sentence],
    _mentions: &[Mention],
    _resources: &dyn Resources,
) -> Vec<Toponym> {
    Vec::new()
}
