//! Here is an assessed case: show it.
//!
//! One [`Case`] in, four kinds of text out: [`html()`] (one static page), [`markdown()`] (the same for pasting),
//! [`json`] (the contract other programs read) and [`table`] (claims, one a line). Nothing here compares, counts
//! or grades: what is shown was decided before, and every figure on the page leads back to words of an account.
//!
//! ```
//! let case = rashomon_dossier::empty_case("Nothing yet");
//! assert!(rashomon_dossier::json::dossier(&case, &Default::default()).ends_with("}\n"));
//! ```

pub mod codepoints;
pub mod diff;
pub mod html;
pub mod json;
pub mod markdown;
pub mod rules;
pub mod safe;
pub mod schema;
pub mod summary;
pub mod table;

mod caution;
mod grid;
mod index;
mod lead;
mod reasons;
mod relations;
mod timeline;
mod wording;

pub use html::{HtmlOptions, html};
pub use markdown::markdown;
pub use summary::summary;

use rashomon_model::assessment::Profile;
use rashomon_model::case::Case;
use rashomon_model::party::PartyTable;

/// A case with a title and nothing in it: a start for tests and for the binary's claims mode.
#[must_use]
pub fn empty_case(title: &str) -> Case {
    Case {
        title: title.into(),
        profile: Profile::Airwars,
        documents: Vec::new(),
        analyses: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
        places: Vec::new(),
        incidents: Vec::new(),
        totals: Vec::new(),
        dependences: Vec::new(),
        evidence: Vec::new(),
        parties: PartyTable::default(),
        judgements: Vec::new(),
        applied: Vec::new(),
        diagnostics: Vec::new(),
        models: Vec::new(),
    }
}
