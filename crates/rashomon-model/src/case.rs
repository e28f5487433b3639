//! What is there in all? A case, assessed: everything a dossier is written from.

use crate::alignment::Answered;
use crate::analysis::Analysis;
use crate::assessment::{Profile, Range, Total, Verdict};
use crate::claim::Claim;
use crate::dependence::Dependence;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::evidence::EvidenceItem;
use crate::incident::{Account, Incident};
use crate::judgement::{Applied, Judgement};
use crate::party::PartyTable;
use crate::place::Place;
use crate::source::Source;

/// A model that took part, named in the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelUsed {
    /// Name.
    pub name: String,
    /// SHA-256 of its weights.
    pub sha256: String,
}

/// An incident with all that was found on it.
#[derive(Debug, Clone, PartialEq)]
pub struct AssessedIncident {
    /// The incident.
    pub incident: Incident,
    /// Accounts of it, in document order.
    pub accounts: Vec<Account>,
    /// Questions asked and answered, in the grid's order.
    pub questions: Vec<Answered>,
    /// Ranges per outcome and category.
    pub ranges: Vec<Range>,
    /// T1–T5.
    pub strike_status: Verdict,
    /// G1–G6.
    pub harm_grade: Verdict,
}

/// Everything found, ready to be shown; carries its quotations, so it renders without the store.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Title.
    pub title: String,
    /// Range profile.
    pub profile: Profile,
    /// Documents, sorted by publication date (unknown last), then id.
    pub documents: Vec<Document>,
    /// Their analyses, in the same order.
    pub analyses: Vec<Analysis>,
    /// Sources, sorted by id.
    pub sources: Vec<Source>,
    /// Claims, by document then text order.
    pub claims: Vec<Claim>,
    /// Places named by a claim or toponym, sorted by id.
    pub places: Vec<Place>,
    /// Incidents, by date then id; containers after their parts.
    pub incidents: Vec<AssessedIncident>,
    /// Sums over distinct incidents, by outcome and category.
    pub totals: Vec<Total>,
    /// Dependences, sorted.
    pub dependences: Vec<Dependence>,
    /// Evidence, sorted by id.
    pub evidence: Vec<EvidenceItem>,
    /// Party table in force.
    pub parties: PartyTable,
    /// Judgements given, in their order.
    pub judgements: Vec<Judgement>,
    /// What became of each of them, in the same order.
    pub applied: Vec<Applied>,
    /// Diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Models used.
    pub models: Vec<ModelUsed>,
}
