//! Who claims what, through whom? Claims: a proposition, a chain, anchors.

use crate::analysis::EventKind;
use crate::attribution::{Delivery, Factuality, Flag};
use crate::date::DateValue;
use crate::id::{ClaimId, DocumentId, EvidenceId, PlaceId, SourceId};
use crate::party::{Actors, PartyRef};
use crate::quantity::{Category, Count, Outcome};
use crate::source::SourceKind;
use crate::span::Span;
use crate::wire::named;
use std::collections::BTreeSet;

/// One link of a chain: someone who says it, or passes it on.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Link {
    /// Resolved source, `None` while (or where) unresolved.
    pub source: Option<SourceId>,
    /// Name resolved within the document ("the ministry" → "Defence Ministry of X"), or the words themselves.
    pub name: String,
    /// Kind of speaker as far as the document shows.
    pub kind: SourceKind,
    /// Words naming the source here; `None` where elided.
    pub span: Option<Span>,
    /// The cue.
    pub cue: Option<Span>,
    /// Through what it was said ("press conference", "statement", "social media").
    pub medium: Option<String>,
    /// When it was said.
    pub at: Option<DateValue>,
    /// FactBank value at this level.
    pub factuality: Factuality,
    /// How a pronoun or description was resolved; empty for a name.
    pub resolved_because: String,
}

named! {
    /// What a proposition is about.
    pub enum PropositionKind {
        /// An attack happened.
        Strike = "strike",
        /// People were harmed, or not.
        Casualties = "casualties",
        /// Who or what was hit or aimed at.
        Target = "target",
        /// Who did it.
        Responsibility = "responsibility",
        /// Whether a group is or was somewhere.
        Presence = "presence",
        /// What a video, list or recording shows or is worth.
        Evidence = "evidence",
        /// What for.
        Purpose = "purpose",
        /// What was damaged.
        Damage = "damage",
        /// Anything else that somebody states.
        Statement = "statement",
    }
}

named! {
    /// Whether a proposition affirms or negates.
    pub enum Polarity {
        /// Affirms.
        Positive = "positive",
        /// Negates.
        Negative = "negative",
    }
}

/// A place as a claim has it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRef {
    /// Name as written (without "town of").
    pub name: String,
    /// Resolved place.
    pub place: Option<PlaceId>,
    /// Where it is written.
    pub span: Span,
    /// "near X" and the like: the claim is not of X itself.
    pub near: bool,
}

/// A time as a claim has it.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeRef {
    /// Resolved value.
    pub date: DateValue,
    /// Where it is written; `None` where taken over from the context.
    pub span: Option<Span>,
}

/// A count as a claim has it.
#[derive(Debug, Clone, PartialEq)]
pub struct CountRef {
    /// What is counted.
    pub of: Outcome,
    /// Who is counted.
    pub category: Category,
    /// The interval.
    pub count: Count,
    /// Where it is written.
    pub span: Span,
    /// A total over a wider window than the incident, with the words that say so.
    pub cumulative: Option<Span>,
    /// States the status of the whole toll (rule U1).
    pub whole: bool,
    /// A part of another count of the same claim ("including 5 children").
    pub part: bool,
}

/// What is claimed, whoever claims it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposition {
    /// What it is about.
    pub kind: PropositionKind,
    /// Affirms or negates.
    pub polarity: Polarity,
    /// Event told of, if any.
    pub event: Option<EventKind>,
    /// Who acted.
    pub actor: Actors,
    /// Who or what was hit, or whose presence or purpose it is.
    pub target: Vec<PartyRef>,
    /// Where.
    pub place: Vec<PlaceRef>,
    /// When.
    pub time: Option<TimeRef>,
    /// How many.
    pub count: Vec<CountRef>,
    /// With what.
    pub means: Vec<String>,
}

/// A proposition put forward by a source through a chain, anchored in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Id.
    pub id: ClaimId,
    /// Document.
    pub document: DocumentId,
    /// The content's exact words; at least one, sorted; more where a quotation is split.
    pub anchors: Vec<Span>,
    /// Chain, outermost first, without the author; empty = the author's own voice. The last link is the origin.
    pub chain: Vec<Link>,
    /// How the words are delivered.
    pub delivery: Delivery,
    /// FactBank value at the origin.
    pub factuality: Factuality,
    /// Marks.
    pub flags: BTreeSet<Flag>,
    /// What is claimed.
    pub proposition: Proposition,
    /// Evidence it offers.
    pub evidence: Vec<EvidenceId>,
    /// How sure the *reading* is, 0..=1; says nothing of truth.
    pub confidence: f32,
    /// What else was considered and why this reading (for `rashomon claims --why`).
    pub why: Vec<String>,
}

impl Claim {
    /// The last link: who is said to know.
    #[must_use]
    pub fn origin(&self) -> Option<&Link> {
        self.chain.last()
    }

    /// From the first to the last byte anchored.
    #[must_use]
    pub fn cover(&self) -> Span {
        self.anchors.iter().copied().reduce(Span::cover).unwrap_or_default()
    }
}

/// The speaker chain of one attribution, read within its document: what the claims in its content inherit.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Chain {
    /// Links, outermost first, without the author; the last is the origin. Empty only for an attribution nobody makes.
    pub links: Vec<Link>,
    /// How the content is delivered.
    pub delivery: Delivery,
    /// FactBank value at the origin, from the cue (hedges inside the content are added clause by clause).
    pub factuality: Factuality,
    /// Marks of the attribution and its paragraph.
    pub flags: BTreeSet<Flag>,
    /// The party the origin is or speaks for, so that "it" and "our forces" in the content can be read.
    pub party: Option<PartyRef>,
}
