//! How is an evaluation set read?

use std::io::Read as _;
use std::path::Path;

use rashomon_model::{Document, DocumentId};
use serde_json::Value;

/// Bytes of a file, unpacked where its name ends in `.gz`.
///
/// # Errors
/// Names the file that cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    let raw = std::fs::read(path).map_err(named)?;
    if path.extension().is_none_or(|extension| extension != "gz") {
        return Ok(raw);
    }
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(raw.as_slice()).read_to_end(&mut out).map_err(named)?;
    Ok(out)
}

/// Lines of a JSONL file, packed or not.
///
/// # Errors
/// Names the file that cannot be read or the line that is not JSON.
pub(crate) fn lines(path: &Path) -> Result<Vec<Value>, String> {
    let text = String::from_utf8(bytes(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    let row = |(n, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| format!("{}: line {}: {error}", path.display(), n + 1))
    };
    text.lines().enumerate().map(row).collect()
}

/// An English document of this text, of which nothing else is known; it has no blocks yet.
pub(crate) fn bare(id: &str, text: &str) -> Document {
    Document::new(DocumentId::new(id), text.to_owned(), Vec::new())
}

/// What is counted of predictions against a gold standard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    right: usize,
    predicted: usize,
    gold: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, right: usize, predicted: usize, gold: usize) {
        self.right += right;
        self.predicted += predicted;
        self.gold += gold;
    }

    /// F1 from 0 to 1.
    #[must_use]
    pub(crate) fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.predicted + self.gold).max(1) as f64
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        let mut sum = Self::default();
        all.for_each(|one| sum.add(one.right, one.predicted, one.gold));
        sum
    }
}
