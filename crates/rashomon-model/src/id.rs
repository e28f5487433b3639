//! What is a thing called? Opaque ids, stable for the same input and version.
//!
//! Ids of machine-made things are derived from content (never from a counter over input order or a clock).

/// Declares a newtype over an opaque string id.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(String);

        impl $name {
            /// Takes the id as it is; the maker is responsible for its being derived from content.
            #[must_use]
            pub fn new(id: impl Into<String>) -> Self { Self(id.into()) }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

ids! {
    /// One article: hash of canonical text and origin.
    DocumentId,
    /// Someone who speaks, after entity resolution over the case.
    SourceId,
    /// One claim: hash of document, anchors, chain and proposition.
    ClaimId,
    /// An occurrence in the world that claims refer to.
    IncidentId,
    /// A place: `geonames:172057`, `user:…`, or `context:…` for one placed by its text alone.
    PlaceId,
    /// An item of evidence (a video, a list, a recording).
    EvidenceId,
    /// A party of the party table: `state:RU`, `group:…`, or `case:…` for one met only in this case.
    PartyId,
    /// A human judgement.
    JudgementId,
}
