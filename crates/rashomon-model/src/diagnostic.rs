//! What should the reader know of the reading? Values with diagnostics instead of errors.

use crate::id::DocumentId;
use crate::span::Span;
use crate::wire::named;

named! {
    /// How much it matters.
    pub enum Severity {
        /// Good to know.
        Note = "note",
        /// May change what is shown.
        Warning = "warning",
    }
}

/// Something noticed while reading; text analysis never fails.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Diagnostic {
    /// Code of the error table (`R101` …), explained by `rashomon explain CODE`.
    #[serde(deserialize_with = "crate::wire::fixed")]
    pub code: crate::wire::Fixed,
    /// Severity.
    pub severity: Severity,
    /// Document.
    pub document: Option<DocumentId>,
    /// Place in its text.
    pub span: Option<Span>,
    /// Lower case, no full stop, value last.
    pub message: String,
}

/// A value and what was noticed while making it.
#[derive(Debug, Clone, PartialEq)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// Sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// A value without diagnostics.
    #[must_use]
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }
}
