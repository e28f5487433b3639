//! Who speaks? Sources after resolution.

use crate::id::{DocumentId, PartyId, SourceId};
use crate::span::Anchor;
use crate::wire::named;

named! {
    /// What kind of speaker.
    pub enum SourceKind {
        /// A named person.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
        /// A government or a body of one.
        Government = "government",
        /// Armed forces of a state.
        Military = "military",
        /// An armed group.
        ArmedGroup = "armed_group",
        /// An outlet or agency.
        Media = "media",
        /// An aid or rights organisation.
        Ngo = "ngo",
        /// A monitor or casualty recorder.
        Monitor = "monitor",
        /// Residents, witnesses, medics on the spot.
        Eyewitness = "eyewitness",
        /// A document, video, list or recording that "says".
        Document = "document",
        /// Not named, or not resolved.
        Unnamed = "unnamed",
    }
}

/// One speaker of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Id.
    pub id: SourceId,
    /// Fullest name.
    pub name: String,
    /// Kind.
    pub kind: SourceKind,
    /// Every way it was named, sorted, unique.
    pub names: Vec<String>,
    /// Whom it speaks for.
    pub affiliation: Option<SourceId>,
    /// Party of the table it is or speaks for.
    pub party: Option<PartyId>,
    /// Description in the words of a text ("president of the coalition").
    pub described_as: Option<String>,
    /// The only document an unnamed source belongs to; `None` for one shared over documents.
    pub document: Option<DocumentId>,
    /// Where it is named.
    pub mentions: Vec<Anchor>,
    /// One line per merge of names: why these are one.
    pub merged_because: Vec<String>,
}

/// A speaker as one document knows it, before sources are merged over the case.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LocalSource {
    /// Fullest name in the document, equal to the `name` of the links that refer to it.
    pub name: String,
    /// Kind.
    pub kind: SourceKind,
    /// Every way it is named in the document, sorted, unique.
    pub names: Vec<String>,
    /// Index, in the same list, of the one it speaks for.
    pub affiliation: Option<usize>,
    /// Party of the table it is or speaks for.
    pub party: Option<PartyId>,
    /// Description in the words of the text.
    pub described_as: Option<String>,
    /// Where it is named.
    pub mentions: Vec<crate::span::Span>,
    /// Unnamed or asked not to be named: never merged with another document's.
    pub anonymous: bool,
    /// Why its names are one.
    pub because: Vec<String>,
}
