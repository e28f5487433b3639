//! What was obtained? The root of all provenance.

use crate::date::DateTime;

/// Bytes as obtained, described; the bytes themselves stay with the reader or the store.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Capture {
    /// SHA-256 of the bytes as obtained, lower-case hexadecimal.
    pub sha256: String,
    /// Path or address as given; `PATH#ROW` (row counted from 1) for a row of a table or JSON Lines file.
    pub origin: String,
    /// When it was fetched (UTC), if it was.
    pub retrieved: Option<DateTime>,
    /// `text/html`, `text/plain`, …
    pub media_type: String,
}
