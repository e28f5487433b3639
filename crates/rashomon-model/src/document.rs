//! What is the article? Canonical text, fixed once, in typed blocks.

use crate::capture::Capture;
use crate::date::DateValue;
use crate::id::DocumentId;
use crate::span::{Anchor, Span};
use crate::wire::named;

named! {
    /// Role of a block of the article.
    pub enum BlockKind {
        /// Title line over the article.
        Headline = "headline",
        /// Summary line(s) under the headline.
        Standfirst = "standfirst",
        /// Who wrote it.
        Byline = "byline",
        /// Place and date opening the text.
        Dateline = "dateline",
        /// Running text.
        Paragraph = "paragraph",
        /// Words under a picture or video.
        Caption = "caption",
        /// List item.
        List = "list",
    }
}

/// One block; blocks are sorted, do not overlap and together hold all words of the text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Block {
    /// Role.
    pub kind: BlockKind,
    /// Extent in the text.
    pub span: Span,
}

/// A credit the document itself gives to another outlet or agency (methods.md C1).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Credit {
    /// The outlet or agency as written ("Xinhua", "wire services").
    pub name: String,
    /// Where it says so; `None` where metadata does.
    pub span: Option<Span>,
    /// Kind of credit in words: "agency tag line", "byline", "first appeared on", "canonical link".
    pub how: String,
}

/// One article. `text` never changes; a better extraction is a new document.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Document {
    /// Hash of text and origin.
    pub id: DocumentId,
    /// The id a JSON or table row gave.
    pub given_id: Option<String>,
    /// Where it came from.
    pub capture: Capture,
    /// Outlet that published it.
    pub publisher: Option<String>,
    /// Headline or title, as written.
    pub title: Option<String>,
    /// Author line, as written.
    pub byline: Option<String>,
    /// BCP 47 primary language, `und` if not found.
    pub language: String,
    /// Publication date, with its basis.
    pub published: Option<DateValue>,
    /// The words the publication date rests on.
    pub published_anchor: Option<Span>,
    /// Whether the page says it was updated after publication (time order then proves nothing, methods.md C4b).
    pub updated: bool,
    /// Address of the article, if known (canonical link first, then as given).
    pub url: Option<String>,
    /// Credits found by extraction (metadata, tag lines); in-text citations are attributions instead.
    pub credits: Vec<Credit>,
    /// Canonical article text, page furniture removed; blocks are separated by one blank line.
    pub text: String,
    /// Typed blocks, sorted.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The words of a span (empty if the span does not fit).
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// A checked span: within bounds and on character boundaries.
    #[must_use]
    pub fn span(&self, range: std::ops::Range<usize>) -> Option<Span> {
        self.text.get(range.clone()).map(|_| Span::from_usize(range.start, range.end))
    }

    /// The span as an anchor of this document.
    #[must_use]
    pub fn anchor(&self, span: Span) -> Anchor {
        Anchor { document: self.id.clone(), span }
    }

    /// The block that holds the start of `span`.
    #[must_use]
    pub fn block_at(&self, offset: u32) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.start <= offset);
        after.checked_sub(1).and_then(|i| self.blocks.get(i)).filter(|block| block.span.holds(offset))
    }
}
