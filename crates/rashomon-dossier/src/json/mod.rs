//! What do programs read? The dossier, the claims and the analysis layers as JSON of the fixed contract.
//!
//! Wire types (`wire`) are separate from the model's: fields may be added to them, none renamed or retyped
//! without a new version. Offsets become code points here ([`crate::codepoints`]); every `quote` is the slice
//! it names. Lists keep the order of the [`Case`], so the same case gives the same bytes.
//!
//! ```
//! use rashomon_dossier::json::{self, Generator};
//! # let case = rashomon_dossier::empty_case("Nothing yet");
//! let text = json::dossier(&case, &Generator::default());
//! assert!(text.contains("\"schema\": \"rashomon/dossier/1\""));
//! ```

mod analysis;
mod dossier;
mod incident;
pub(crate) mod wire;

use rashomon_model::analysis::Analysis;
use rashomon_model::case::{Case, ModelUsed};
use rashomon_model::document::Document;
use serde::Serialize;

/// What wrote the output: named in every file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generator {
    /// Version of the program.
    pub version: String,
    /// Versions of the stages that shape the result, as one opaque text.
    pub analysis: String,
}

impl Default for Generator {
    /// This crate's version for both.
    fn default() -> Self {
        Self { version: env!("CARGO_PKG_VERSION").into(), analysis: format!("dossier {}", env!("CARGO_PKG_VERSION")) }
    }
}

/// The whole case as `rashomon/dossier/1`, pretty-printed, with a newline at the end.
#[must_use]
pub fn dossier(case: &Case, generator: &Generator) -> String {
    write(&dossier::dossier(case, generator, true))
}

/// The same object with `incidents` and `dependences` empty: what `rashomon claims --json` writes.
#[must_use]
pub fn claims(case: &Case, generator: &Generator) -> String {
    write(&dossier::dossier(case, generator, false))
}

/// Everything read in each document before any comparison, as `rashomon/analysis/1`.
///
/// `analyses` is matched to `documents` by document id; a document without one has empty layers.
#[must_use]
pub fn analysis(documents: &[Document], analyses: &[Analysis], generator: &Generator, models: &[ModelUsed]) -> String {
    write(&analysis::analysis(documents, analyses, generator, models))
}

/// Two-space indentation; a value that cannot be written (there is none in the wire types) would give an empty object.
fn write<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|_| "{}".into());
    text.push('\n');
    text
}
