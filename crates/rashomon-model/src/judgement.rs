//! What did people decide? Append-only, pointing at words, never at machine ids alone.

use crate::id::JudgementId;

/// Where a judgement points: a document (by origin or hash) and a quotation in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedAnchor {
    /// SHA-256 of the capture, its origin, or the document's given id.
    pub document: String,
    /// Exact words; `None` for the document as a whole.
    pub quote: Option<String>,
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
    /// This copy is confirmed or refuted.
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
