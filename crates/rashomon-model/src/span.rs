//! Where in the text? Spans in UTF-8 bytes, and anchors that name the document too.

use crate::id::DocumentId;

/// A half-open range of **UTF-8 byte** offsets into one document's canonical text.
///
/// Conversion to code points (the contract's unit) or UTF-16 happens only at the edge, when a dossier is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never less than `start`.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to `end`; the two are swapped if given the wrong way round.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        if start <= end { Self { start, end } } else { Self { start: end, end: start } }
    }

    /// The span of `start..end` given as `usize`; offsets past 4 GiB are cut (documents are capped far below).
    #[must_use]
    pub fn from_usize(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self::new(cut(start), cut(end))
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of the span; empty if it does not fit `text` (out of bounds or inside a character).
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte offset lies inside.
    #[must_use]
    pub fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The shared part, if any.
    #[must_use]
    pub fn intersection(self, other: Span) -> Option<Span> {
        self.overlaps(other).then(|| Span { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// The same span without white space at its ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Span {
        let words = self.of(text);
        let lead = words.len() - words.trim_start().len();
        let kept = words.trim().len();
        Span::from_usize(self.start as usize + lead, self.start as usize + lead + kept)
    }
}

/// A span and the document it lies in: what every claim rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// The document.
    pub document: DocumentId,
    /// The place in its canonical text.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_and_covers() {
        let text = " a bc ";
        assert_eq!(Span::new(0, 6).trimmed(text), Span::new(1, 5));
        assert_eq!(Span::new(0, 2).cover(Span::new(4, 5)), Span::new(0, 5));
        assert_eq!(Span::new(0, 3).intersection(Span::new(2, 5)), Some(Span::new(2, 3)));
        assert_eq!(Span::new(0, 9).of("é"), "");
    }
}
