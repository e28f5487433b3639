//! What was left out, and why? Errors of reading, by name, and the refusals a run lists.
//!
//! ```
//! use rashomon_ingest::{IngestError, Refusal};
//! let refusal = Refusal::from(IngestError::Empty { origin: "a.txt".into() });
//! assert_eq!((refusal.to_string().as_str(), refusal.left_out()), ("a.txt: empty [R101]", true));
//! ```

use crate::codes::{self, Class};
use crate::decode::NotText;

/// Why an input gave no document. Every variant names the file, address or row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// R101.
    #[error("{origin}: empty")]
    Empty {
        /// File, address or row.
        origin: String,
    },
    /// R102.
    #[error("{origin}: not text: {kind}")]
    Binary {
        /// File, address or row.
        origin: String,
        /// What it looks like.
        kind: &'static str,
    },
    /// R103.
    #[error("{origin}: unreadable encoding: {encoding}")]
    Encoding {
        /// File, address or row.
        origin: String,
        /// The encoding tried.
        encoding: &'static str,
    },
    /// R104.
    #[error("{origin}: too large: {bytes} bytes, more than {most}")]
    TooLarge {
        /// File or part.
        origin: String,
        /// Its size.
        bytes: u64,
        /// The cap it passed.
        most: u64,
    },
    /// R105.
    #[error("{origin}: cannot be opened: {reason}")]
    Unopened {
        /// File or folder.
        origin: String,
        /// The system's words.
        reason: String,
    },
    /// R106.
    #[error("{origin}: no `text` or `html` in this row")]
    NoText {
        /// Row.
        origin: String,
    },
    /// R107.
    #[error("{origin}: not JSON: {reason}")]
    BadJson {
        /// Row or file.
        origin: String,
        /// The parser's words.
        reason: String,
    },
    /// R108.
    #[error("{origin}: no articles in this JSON")]
    NoArticles {
        /// File.
        origin: String,
    },
    /// R109.
    #[error("{origin}: no article found")]
    NoArticle {
        /// File, address or row.
        origin: String,
    },
    /// R123.
    #[error("{origin}: {reason}")]
    BadTable {
        /// Table, feed or row.
        origin: String,
        /// What is wrong with it.
        reason: String,
    },
    /// R124.
    #[error("{origin}: cannot be read: {reason}")]
    Broken {
        /// File, or row.
        origin: String,
        /// The reader's words.
        reason: String,
    },
    /// R125.
    #[error("{origin}: the PDF has no text layer")]
    NoTextLayer {
        /// PDF.
        origin: String,
    },
}

impl IngestError {
    /// Row of the code table.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            IngestError::Empty { .. } => "R101",
            IngestError::Binary { .. } => "R102",
            IngestError::Encoding { .. } => "R103",
            IngestError::TooLarge { .. } => "R104",
            IngestError::Unopened { .. } => "R105",
            IngestError::NoText { .. } => "R106",
            IngestError::BadJson { .. } => "R107",
            IngestError::NoArticles { .. } => "R108",
            IngestError::NoArticle { .. } => "R109",
            IngestError::BadTable { .. } => "R123",
            IngestError::Broken { .. } => "R124",
            IngestError::NoTextLayer { .. } => "R125",
        }
    }

    /// File, address or row.
    #[must_use]
    pub fn origin(&self) -> &str {
        match self {
            IngestError::Empty { origin }
            | IngestError::Binary { origin, .. }
            | IngestError::Encoding { origin, .. }
            | IngestError::TooLarge { origin, .. }
            | IngestError::Unopened { origin, .. }
            | IngestError::NoText { origin }
            | IngestError::BadJson { origin, .. }
            | IngestError::NoArticles { origin }
            | IngestError::NoArticle { origin }
            | IngestError::BadTable { origin, .. }
            | IngestError::Broken { origin, .. }
            | IngestError::NoTextLayer { origin } => origin,
        }
    }

    /// The error of bytes that are no text.
    pub(crate) fn not_text(origin: &str, why: NotText) -> Self {
        let origin = origin.to_owned();
        match why {
            NotText::Empty => IngestError::Empty { origin },
            NotText::Binary(kind) => IngestError::Binary { origin, kind },
            NotText::Unreadable(encoding) => IngestError::Encoding { origin, encoding },
        }
    }
}

/// Something that was not read, by name, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// File, folder or row.
    pub origin: String,
    /// Row of the code table.
    pub code: &'static str,
    /// Lower case, no full stop: what is wrong.
    pub message: String,
}

impl Refusal {
    /// Whether a document is missing because of it (exit status 1), or a file was rightly passed over.
    #[must_use]
    pub fn left_out(&self) -> bool {
        codes::find(self.code).is_none_or(|row| row.class == Class::LeftOut)
    }

    /// A refusal whose message is that of its code, with the particular reason if there is one.
    #[must_use]
    pub fn of(origin: &str, code: &'static str, reason: Option<&str>) -> Self {
        let title = codes::find(code).map_or("", |row| row.message);
        let message = match reason {
            Some(reason) => format!("{origin}: {title}: {reason}"),
            None => format!("{origin}: {title}"),
        };
        Self { message, origin: origin.to_owned(), code }
    }
}

impl From<IngestError> for Refusal {
    fn from(error: IngestError) -> Self {
        Self { origin: error.origin().to_owned(), code: error.code(), message: error.to_string() }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}]", self.message, self.code)
    }
}
