//! What do accounts offer for it? Videos, lists, recordings, imagery.

use crate::id::{EvidenceId, JudgementId};
use crate::span::{Anchor, Span};
use crate::wire::named;

named! {
    /// What kind of item.
    pub enum EvidenceKind {
        /// Film.
        Video = "video",
        /// Photograph.
        Photo = "photo",
        /// Sound, radio traffic, calls.
        Audio = "audio",
        /// Satellite or aerial imagery.
        Imagery = "imagery",
        /// List of names.
        List = "list",
        /// Statement or post.
        Statement = "statement",
        /// Any other document.
        Document = "document",
    }
}

named! {
    /// What accounts say of its verification.
    pub enum Verification {
        /// Nobody says it was checked, or it is said that it could not be.
        Unverified = "unverified",
        /// Said to have been verified or geolocated.
        Verified = "verified",
        /// Said to be false, staged or of another time, or verified by some and disputed by others.
        Disputed = "disputed",
    }
}

/// An item of evidence as one document mentions it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EvidenceMention {
    /// The words ("a video", "a list of 22 names").
    pub span: Span,
    /// Kind.
    pub kind: EvidenceKind,
    /// Who released or made it, as written.
    pub by: Option<Span>,
    /// What is said of its verification here, with the words.
    pub verification: Option<(Verification, Span)>,
    /// Index, in the same list, of the earlier mention of the same item, if it is one.
    pub same_as: Option<usize>,
}

/// An item over the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceItem {
    /// Id.
    pub id: EvidenceId,
    /// Kind.
    pub kind: EvidenceKind,
    /// In the words of the fullest mention.
    pub description: String,
    /// All mentions, sorted.
    pub mentions: Vec<Anchor>,
    /// What is said, over all mentions.
    pub verification: Verification,
    /// The words that say so.
    pub verification_anchors: Vec<Anchor>,
    /// The judgement that set the verification instead, if one did.
    pub judged: Option<JudgementId>,
}
