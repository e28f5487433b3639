//! Who repeats whom? Credits, shared origins, copied passages.

use crate::id::{DocumentId, SourceId};
use crate::span::{Anchor, Span};
use crate::wire::named;

named! {
    /// Kind of dependence (methods.md C).
    pub enum DependenceKind {
        /// Text channel or rare features say it copies.
        Copies = "COPIES",
        /// Enough to look at, counts once until reviewed.
        PossibleCopy = "POSSIBLE_COPY",
        /// Both rest on the same speaker or release.
        SharedSource = "SHARED_SOURCE",
        /// It says so itself.
        Credits = "CREDITS",
    }
}

/// What the dependent document rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Upstream {
    /// Another document of the case.
    Document(DocumentId),
    /// A source (an agency outside the case, a ministry).
    Source(SourceId),
}

/// The same words in two documents.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// In the dependent document.
    pub here: Span,
    /// In the other.
    pub there: Span,
    /// Words in the run.
    pub words: usize,
}

/// One edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependence {
    /// The dependent document.
    pub from: DocumentId,
    /// What it depends on.
    pub to: Upstream,
    /// Kind.
    pub kind: DependenceKind,
    /// Rule that gave the direction (`C4a`, …), or `undirected`.
    pub direction_by: &'static str,
    /// The words that show it (credit words, or the copied passages of both documents).
    pub anchors: Vec<Anchor>,
    /// Copied passages, longest first.
    pub passages: Vec<Passage>,
    /// Containment 0..=1 for text, bits for rare features, 1 for a credit.
    pub score: f64,
    /// In one sentence.
    pub because: String,
}
