//! Who says it, how, and what? Source, cue and content spans; delivery and factuality.

use crate::span::Span;
use crate::wire::named;

/// One attribution in the PARC / PolNeAR scheme. Nesting and discontinuity allowed.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Attribution {
    /// Words naming who speaks; empty where elided or not named.
    pub source: Vec<Span>,
    /// Words that attribute ("said", "according to").
    pub cue: Vec<Span>,
    /// What is attributed; sorted, possibly in pieces.
    pub content: Vec<Span>,
    /// Index, in the same list, of the attribution whose content holds this one.
    pub inside: Option<usize>,
    /// Who is told ("told the agency"): an outlet here is a carrier (P3).
    pub told: Option<Span>,
    /// How sure the reader is, 0..=1.
    pub confidence: f32,
    /// Rule or model that made it: `model`, `P2`, `split-quote`, …
    #[serde(deserialize_with = "crate::wire::fixed")]
    pub made_by: crate::wire::Fixed,
}

impl Attribution {
    /// From the first to the last byte of the content.
    #[must_use]
    pub fn content_cover(&self) -> Option<Span> {
        self.content.iter().copied().reduce(Span::cover)
    }
}

named! {
    /// How the words are delivered.
    pub enum Delivery {
        /// All in quotation marks.
        Direct = "direct",
        /// None in quotation marks.
        Indirect = "indirect",
        /// Partly.
        Mixed = "mixed",
        /// The author's own voice.
        None = "none",
    }
}

named! {
    /// FactBank value at one level of a chain (Saurí & Pustejovsky 2009).
    pub enum Factuality {
        /// Certain, positive.
        CertainPositive = "CT+",
        /// Certain, negative.
        CertainNegative = "CT-",
        /// Probable, positive.
        ProbablePositive = "PR+",
        /// Probable, negative.
        ProbableNegative = "PR-",
        /// Possible, positive.
        PossiblePositive = "PS+",
        /// Possible, negative.
        PossibleNegative = "PS-",
        /// Uncommitted.
        Uncommitted = "Uu",
    }
}

impl Factuality {
    /// Whether it denies.
    #[must_use]
    pub fn is_negative(self) -> bool {
        matches!(self, Self::CertainNegative | Self::ProbableNegative | Self::PossibleNegative)
    }

    /// The same strength with the other polarity; `Uu` stays.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::CertainPositive => Self::CertainNegative,
            Self::CertainNegative => Self::CertainPositive,
            Self::ProbablePositive => Self::ProbableNegative,
            Self::ProbableNegative => Self::ProbablePositive,
            Self::PossiblePositive => Self::PossibleNegative,
            Self::PossibleNegative => Self::PossiblePositive,
            Self::Uncommitted => Self::Uncommitted,
        }
    }
}

named! {
    /// Marks a claim may bear.
    pub enum Flag {
        /// The author keeps away from it ("claims", "alleges", "so-called").
        Distancing = "distancing",
        /// Nobody in particular says it ("reportedly").
        OriginUnknown = "origin_unknown",
        /// The speaker denies it.
        Denial = "denial",
        /// The author says it could not be verified.
        UnverifiedByAuthor = "unverified_by_author",
        /// From the headline or standfirst.
        Headline = "headline",
        /// From a caption.
        Caption = "caption",
        /// Said to be uncertain by its speaker.
        Hedged = "hedged",
        /// The verb vouches for a basis ("confirmed", "found", "documented").
        BasisAsserted = "basis_asserted",
        /// A figure over a wider window than the incident.
        Cumulative = "cumulative",
        /// Chain taken over from the body (P12).
        InheritedChain = "inherited_chain",
        /// The speaker asked not to be named.
        Anonymous = "anonymous",
        /// A pronoun or description that could not be resolved.
        UnresolvedSource = "unresolved_source",
        /// The speaker is the party accused.
        Accused = "accused",
        /// A question or plan, not an assertion of fact.
        NotAsserted = "not_asserted",
        /// A correction of an earlier statement.
        Correction = "correction",
    }
}
