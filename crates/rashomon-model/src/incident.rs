//! Which occurrence? Incidents and the accounts of them.

use crate::analysis::EventKind;
use crate::date::DateValue;
use crate::id::{ClaimId, DocumentId, IncidentId, PlaceId};

/// An occurrence in the world that claims refer to.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Id.
    pub id: IncidentId,
    /// Title to show: kind, place, day.
    pub title: String,
    /// Kind of event.
    pub kind: EventKind,
    /// The wider incident or container it is part of.
    pub part_of: Option<IncidentId>,
    /// Whether it is a campaign, round-up or total rather than one occurrence.
    pub container: bool,
    /// When, as far as the claims agree; the earliest to the latest day said.
    pub time: Option<DateValue>,
    /// Where: places named, finest first.
    pub places: Vec<PlaceId>,
    /// Documents that speak of it, sorted.
    pub documents: Vec<DocumentId>,
    /// Claims that refer to it, in document order.
    pub claims: Vec<ClaimId>,
    /// Why these claims are held to speak of one occurrence, one line each.
    pub because: Vec<String>,
}

/// What one document says of one incident: a column of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The incident.
    pub incident: IncidentId,
    /// The document.
    pub document: DocumentId,
    /// Its claims, in text order.
    pub claims: Vec<ClaimId>,
}
