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
    /// Address of the article, if known (its canonical link if that is of its own site, else as given).
    pub url: Option<String>,
    /// Credits found by extraction (metadata, tag lines); in-text citations are attributions instead.
    pub credits: Vec<Credit>,
    /// Canonical article text, page furniture removed; blocks are separated by one blank line.
    pub text: String,
    /// Typed blocks, sorted.
    pub blocks: Vec<Block>,
}

impl Document {
    /// An English text and its blocks, of which nothing else is known; its origin is called as its id.
    #[must_use]
    pub fn new(id: DocumentId, text: String, blocks: Vec<Block>) -> Self {
        Self {
            capture: Capture {
                sha256: String::new(),
                origin: id.as_str().to_owned(),
                retrieved: None,
                media_type: "text/plain".to_owned(),
            },
            id,
            given_id: None,
            publisher: None,
            title: None,
            byline: None,
            language: "en".to_owned(),
            published: None,
            published_anchor: None,
            updated: false,
            url: None,
            credits: Vec::new(),
            text,
            blocks,
        }
    }

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

    /// The main text: what the article itself says, blocks separated by one blank line.
    ///
    /// Standfirst, paragraphs, lists and closing lines that credit another outlet ("With reporting by …") are in it; headline,
    /// author, date lines and captions are not, since each has a role of its own. A dateline that opens a paragraph ("TALEN, 4 March —") stands before
    /// it in one line. Where the captions hold more words than all else (a gallery), they are the text.
    #[must_use]
    pub fn main_text(&self) -> String {
        let words = |wanted: fn(BlockKind) -> bool| -> usize {
            let of = self.blocks.iter().filter(|block| wanted(block.kind));
            of.map(|block| self.slice(block.span).split_whitespace().count()).sum()
        };
        let running = |kind| matches!(kind, BlockKind::Standfirst | BlockKind::Paragraph | BlockKind::List);
        let gallery = words(|kind| kind == BlockKind::Caption) > words(running);
        let mut out = String::new();
        let (mut begun, mut glue) = (false, false);
        for block in &self.blocks {
            let text = self.slice(block.span);
            let opens = block.kind == BlockKind::Dateline && text.ends_with(['-', '–', '—', ':']);
            let kept = match block.kind {
                BlockKind::Headline => false,
                BlockKind::Byline => begun && self.credits.iter().any(|credit| text.contains(&credit.name)),
                BlockKind::Dateline => opens,
                BlockKind::Caption => gallery,
                BlockKind::Standfirst | BlockKind::Paragraph | BlockKind::List => true,
            };
            begun |= block.kind == BlockKind::Paragraph;
            if kept {
                if !out.is_empty() {
                    out.push_str(if glue { " " } else { "\n\n" });
                }
                out.push_str(text);
                glue = opens;
            }
        }
        out
    }

    /// The block that holds the start of `span`.
    #[must_use]
    pub fn block_at(&self, offset: u32) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.start <= offset);
        after.checked_sub(1).and_then(|i| self.blocks.get(i)).filter(|block| block.span.holds(offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(blocks: &[(BlockKind, &str)], credits: &[&str]) -> Document {
        let mut doc = Document::new(DocumentId::new("a"), String::new(), Vec::new());
        for (kind, text) in blocks {
            let gap = if doc.text.is_empty() { "" } else { "\n\n" };
            doc.text.push_str(gap);
            let start = doc.text.len();
            doc.text.push_str(text);
            doc.blocks.push(Block { kind: *kind, span: Span::from_usize(start, doc.text.len()) });
        }
        let credit = |name: &&str| Credit { name: (*name).to_owned(), span: None, how: "credit line".to_owned() };
        doc.credits = credits.iter().map(credit).collect();
        doc
    }

    #[test]
    fn main_text_is_what_the_article_says() {
        use BlockKind::{Byline, Caption, Dateline, Headline, List, Paragraph, Standfirst};
        let blocks = [
            (Headline, "Shells hit Talen"),
            (Byline, "By Ada Writer"),
            (Dateline, "4 March 2032"),
            (Standfirst, "The mayor says all are civilians."),
            (Caption, "Smoke over the market."),
            (Dateline, "TALEN (AFP) —"),
            (Paragraph, "Shells fell on the market."),
            (List, "Twelve were wounded."),
            (Byline, "With reporting by Talen Radio"),
            (Byline, "Ada Writer is a reporter of the Post."),
        ];
        let expected = "The mayor says all are civilians.\n\nTALEN (AFP) — Shells fell on the market.\n\nTwelve were wounded.\n\nWith reporting by Talen Radio";
        assert_eq!(of(&blocks, &["Talen Radio"]).main_text(), expected);
        let gallery = [(Headline, "Market"), (Paragraph, "Pictures."), (Caption, "The fish stalls before the war.")];
        assert_eq!(of(&gallery, &[]).main_text(), "Pictures.\n\nThe fish stalls before the war.");
        assert_eq!(of(&[], &[]).main_text(), "");
    }
}
