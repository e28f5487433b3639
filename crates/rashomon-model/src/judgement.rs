//! What did people decide? Append-only, pointing at words, never at machine ids alone.
//!
//! ```
//! use rashomon_model::judgement::{Decision, JudgedAnchor};
//! let words = JudgedAnchor::words("report.txt", "36 people died");
//! assert_eq!(Decision::ExcludeClaim(words).kind(), "exclude_claim");
//! ```

use crate::document::Document;
use crate::evidence::Verification;
use crate::id::{ClaimId, JudgementId};
use crate::quantity;
use crate::quantity::Category;

/// Where a judgement points: a document (by origin or hash) and a quotation in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct JudgedAnchor {
    /// SHA-256 of the capture, its origin, or the document's id or given id.
    pub document: String,
    /// Exact words; `None` for the document as a whole.
    pub quote: Option<String>,
    /// Where the words began when it was decided, in code points: tells equal words apart.
    pub start: Option<u32>,
}

impl JudgedAnchor {
    /// A document as a whole.
    #[must_use]
    pub fn whole(document: &str) -> Self {
        Self { document: document.to_owned(), ..Self::default() }
    }

    /// Words of a document, wherever they stand in it.
    #[must_use]
    pub fn words(document: &str, quote: &str) -> Self {
        Self { quote: Some(quote.to_owned()), ..Self::whole(document) }
    }

    /// Whether this is the anchor's document: by hash, origin, id or given id.
    #[must_use]
    pub fn is_in(&self, doc: &Document) -> bool {
        doc.capture.sha256 == self.document
            || doc.capture.origin == self.document
            || doc.id.as_str() == self.document
            || doc.given_id.as_deref() == Some(&self.document)
    }
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The two speak of one incident, or do not.
    SameIncident(JudgedAnchor, JudgedAnchor, bool),
    /// The two names are one source, or are not.
    SameSource(JudgedAnchor, JudgedAnchor, bool),
    /// This claim is left out.
    ExcludeClaim(JudgedAnchor),
    /// This source is on the team's credible list.
    Credible(String),
    /// This origin is the most reliable (profile `ucdp`).
    MostReliable(String),
    /// The first document copies the second, or no copying lies between the two.
    Copy(JudgedAnchor, JudgedAnchor, bool),
    /// This grade or status instead of the machine's.
    Override {
        /// An anchor of a claim of the incident.
        incident: JudgedAnchor,
        /// `strike_status` or `harm_grade`.
        what: String,
        /// Contract value.
        value: String,
    },
    /// This item of evidence was checked by the team, with this result.
    Verified {
        /// The words that name it.
        evidence: JudgedAnchor,
        /// The result.
        value: Verification,
    },
    /// These victims are named and were checked: the named floor of a range.
    Named {
        /// An anchor of a claim of the incident.
        incident: JudgedAnchor,
        /// What happened to them.
        of: quantity::Outcome,
        /// Who they are.
        category: Category,
        /// Their names (or initials, or numbers of a list that is kept elsewhere), one a person.
        names: Vec<String>,
    },
    /// An earlier judgement no longer holds.
    Withdraw(JudgementId),
}

impl Decision {
    /// The contract's name of the decision.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SameIncident(_, _, true) => "same_incident",
            Self::SameIncident(_, _, false) => "not_same_incident",
            Self::SameSource(_, _, true) => "same_source",
            Self::SameSource(_, _, false) => "not_same_source",
            Self::ExcludeClaim(_) => "exclude_claim",
            Self::Credible(_) => "credible",
            Self::MostReliable(_) => "most_reliable",
            Self::Copy(_, _, true) => "copy",
            Self::Copy(_, _, false) => "not_copy",
            Self::Override { .. } => "override",
            Self::Verified { .. } => "verified",
            Self::Named { .. } => "named",
            Self::Withdraw(_) => "withdraw",
        }
    }
}

/// One judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Id.
    pub id: JudgementId,
    /// Who (a pseudonym will do).
    pub by: String,
    /// When, as given (ISO 8601).
    pub at: String,
    /// What.
    pub decision: Decision,
    /// Why.
    pub why: String,
}

/// Whether a judgement has an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// A later judgement withdrew it.
    Withdrawn(JudgementId),
    /// What it points at is not in the case: why it has no effect.
    Lost(String),
}

/// What became of a judgement in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The judgement.
    pub judgement: JudgementId,
    /// Claims it points at, sorted.
    pub claims: Vec<ClaimId>,
    /// Whether it has an effect.
    pub outcome: Outcome,
}

impl Applied {
    /// Why it has no effect, if what it points at is not in the case.
    #[must_use]
    pub fn lost(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Lost(why) => Some(why),
            Outcome::Holds | Outcome::Withdrawn(_) => None,
        }
    }
}
