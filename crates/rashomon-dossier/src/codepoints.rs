//! Which code point is this byte? The contract counts code points, the model bytes; this is the only door between them.
//!
//! ```
//! use rashomon_dossier::codepoints::CodePoints;
//! let table = CodePoints::new("é is two bytes");
//! assert_eq!(table.at(2), 1);
//! ```

use rashomon_model::span::Span;

/// Bytes between two remembered counts: one look-up counts at most this many bytes (64 four-byte counts per 16 KiB of text).
const STEP: usize = 256;

/// Number of code points before any byte of one text. Built in one pass; a look-up reads at most 256 bytes.
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points that start before byte `i * STEP`; empty for ASCII, where bytes are code points.
    before: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    /// The table of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut seen = 0u32;
            for block in text.as_bytes().chunks(STEP) {
                before.push(seen);
                seen += starts(block);
            }
            before.push(seen);
        }
        Self { text, before }
    }

    /// Code points before the byte offset; an offset inside a character or past the end is moved down to the nearest boundary.
    #[must_use]
    pub fn at(&self, byte: u32) -> usize {
        let byte = self.text.floor_char_boundary(byte as usize);
        if self.before.is_empty() {
            return byte;
        }
        let block = byte / STEP;
        let known = self.before.get(block).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(block * STEP..byte).unwrap_or_default();
        (known + starts(rest)) as usize
    }

    /// Start and end in code points, with the words between them: always a true slice, whatever the span.
    #[must_use]
    pub fn slice(&self, span: Span) -> (usize, usize, &'a str) {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.floor_char_boundary(span.end as usize).max(start);
        let words = self.text.get(start..end).unwrap_or_default();
        (self.at(span.start), self.at(span.end.max(span.start)), words)
    }
}

/// How many code points start in these bytes.
fn starts(bytes: &[u8]) -> u32 {
    let n = bytes.iter().filter(|&&b| (b & 0xC0) != 0x80).count();
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the definition, at every byte of texts longer than a block.
    #[test]
    fn agrees_with_counting() {
        let samples =
            [String::new(), "plain words ".repeat(60), "é→مدينة 🙂 x".repeat(70), format!("{}é", "a".repeat(STEP - 1))];
        for text in &samples {
            let table = CodePoints::new(text);
            for byte in 0..text.len() + 3 {
                let at = text.floor_char_boundary(byte);
                assert_eq!(table.at(byte as u32), text.get(..at).map(|t| t.chars().count()).unwrap(), "byte {byte}");
            }
        }
    }

    #[test]
    fn a_span_out_of_bounds_is_still_a_slice() {
        let table = CodePoints::new("añb");
        assert_eq!(table.slice(Span::new(2, 90)), (1, 3, "ñb"));
    }
}
