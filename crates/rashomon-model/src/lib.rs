//! What are we talking about? The nouns, ids, spans and provenance every room shares.
//!
//! Data and invariants only: no algorithms, no IO, no format. What is read of one document can be written and read back
//! by `serde`, for readings that a case keeps for the same program; no output is made so. Each stage of Rashomon is a plain
//! function from one of these types to the next, in the order of the modules below:
//! [`capture::Capture`] → [`document::Document`] → [`analysis::Analysis`] → [`claim::Claim`] →
//! [`incident::Incident`] → [`alignment::Relation`], [`dependence::Dependence`] → [`assessment::Range`],
//! [`assessment::Verdict`] → [`case::Case`], which a dossier is written from.
//!
//! ```
//! use rashomon_model::span::Span;
//! let text = "Al-Qasr was hit";
//! assert_eq!(Span::new(0, 7).of(text), "Al-Qasr");
//! ```

pub mod alignment;
pub mod analysis;
pub mod assessment;
pub mod attribution;
pub mod capture;
pub mod case;
pub mod claim;
pub mod date;
pub mod dependence;
pub mod diagnostic;
pub mod document;
pub mod evidence;
pub mod id;
pub mod incident;
pub mod judgement;
pub mod party;
pub mod place;
pub mod quantity;
pub mod resources;
pub mod source;
pub mod span;

mod wire;

pub use diagnostic::{Diagnostic, Severity, Warned};
pub use document::Document;
pub use id::{ClaimId, DocumentId, EvidenceId, IncidentId, PlaceId, SourceId};
pub use span::{Anchor, Span};
