//! Does the text read as one piece? Signs that it was cut, put together from others, or had its words changed.
//!
//! A site that lives on other people's reports leaves seams: the text opens with a sentence from the middle of another, somebody
//! speaks on who has not spoken or is introduced only afterwards, a quotation stands alone, a name is written in two ways, a
//! thesaurus has made "some 4,500" "a few 4,500" and "the ruling party" "the ruling get together", the last sentence breaks off.
//! Each may happen in an honest text, some often: a kind has a weight by how rarely it does ([`SeamKind::weight`]), and what
//! weighs [`TOLD`] together is worth telling the reader, with the words. Measured in docs/quality.md. What it says of a
//! text's worth is for the reader to judge, and nothing else in a dossier depends on it.
//!
//! The words are those of `data/seams.toml`. `speakers` asks who speaks, `wording` what the words are like.
//!
//! Example: `The mayor went on to say that …` in a text that has no mayor before gives [`SeamKind::Continuation`].

mod speakers;
mod wording;

use crate::lexeme::Lexeme;
use crate::phrase::Phrases;
use rashomon_model::analysis::Analysis;
use rashomon_model::document::BlockKind;
use rashomon_model::{Document, Span};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What kind of sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeamKind {
    /// The article opens with a connective to something before it.
    Opening,
    /// Somebody goes on to say, or says "also", who has not spoken and whom the text does not introduce.
    Continuation,
    /// Somebody speaks under a bare surname and is introduced only later.
    Unintroduced,
    /// "The second official", where no first one was.
    Further,
    /// A paragraph that is a quotation and nothing else, and that nobody is said to speak.
    Unspoken,
    /// One name is written in two ways.
    Spelling,
    /// A word for an inexact number before an exact one, or two bounds for one number.
    Number,
    /// Words that a thesaurus put in the place of others, [`SPUN`] of them.
    Spun,
    /// The text ends in the middle of a sentence.
    BreaksOff,
}

impl SeamKind {
    /// The sign in words, to stand before those that give it.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Self::Opening => "opens with",
            Self::Continuation => "somebody goes on who has not spoken:",
            Self::Unintroduced => "speaks before being introduced:",
            Self::Further => "counted on from one who is not there:",
            Self::Unspoken => "a quotation nobody is said to speak:",
            Self::Spelling => "a name written in two ways:",
            Self::Number => "a number with words that do not fit it:",
            Self::Spun => "words as a thesaurus puts them:",
            Self::BreaksOff => "breaks off:",
        }
    }

    /// How much it weighs: 3 where fewer than two of a thousand ordinary articles show it, else 1 (docs/quality.md).
    #[must_use]
    pub fn weight(self) -> u32 {
        match self {
            Self::Unspoken | Self::Spelling | Self::BreaksOff | Self::Unintroduced => 1,
            Self::Opening | Self::Continuation | Self::Further | Self::Number | Self::Spun => 3,
        }
    }
}

/// Weight of the kinds of signs in one text from which they are told.
pub const TOLD: u32 = 3;
/// Different phrases of a thesaurus that make one sign.
const SPUN: usize = 2;
/// Most characters shown of a sign.
const SHOWN: usize = 120;

/// One sign, with the words that give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seam {
    /// Kind.
    pub kind: SeamKind,
    /// The words.
    pub span: Span,
}

/// The data file, as read.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    opening: Vec<String>,
    continuing: Vec<String>,
    besides: Vec<String>,
    indefinite: Vec<String>,
    further: Vec<String>,
    behind: Vec<String>,
    inexact: Vec<String>,
    doubled: Vec<String>,
    units: Vec<String>,
    spun: Vec<String>,
}

/// The lists as tables.
struct Lists {
    opening: Phrases<()>,
    continuing: Phrases<()>,
    besides: Phrases<()>,
    indefinite: Vec<String>,
    further: Vec<String>,
    behind: Vec<String>,
    inexact: Phrases<()>,
    doubled: Phrases<()>,
    units: Vec<String>,
    spun: Phrases<()>,
}

/// The shipped words; none if the embedded file were broken (a test reads it, so it is not).
static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let words: Words = toml::from_str(include_str!("../data/seams.toml")).unwrap_or_default();
    let table = |phrases: &[String]| {
        let mut table = Phrases::new();
        table.extend(phrases, &());
        table
    };
    Lists {
        opening: table(&words.opening),
        continuing: table(&words.continuing),
        besides: table(&words.besides),
        indefinite: words.indefinite,
        further: words.further,
        behind: words.behind,
        inexact: table(&words.inexact),
        doubled: table(&words.doubled),
        units: words.units,
        spun: table(&words.spun),
    }
});

/// The signs in a document, by kind, then place.
#[must_use]
pub fn read(doc: &Document, analysis: &Analysis) -> Vec<Seam> {
    let mut found = speakers::read(doc, analysis);
    found.extend(wording::read(doc, analysis));
    found.sort_by_key(|seam| (seam.kind, seam.span));
    found.dedup();
    found
}

/// Whether the signs together are worth telling.
#[must_use]
pub fn pieced(seams: &[Seam]) -> bool {
    let kinds: BTreeSet<SeamKind> = seams.iter().map(|seam| seam.kind).collect();
    kinds.into_iter().map(SeamKind::weight).sum::<u32>() >= TOLD
}

/// The words of a sign to be quoted: without quotation marks of their own, and the first of many.
#[must_use]
pub fn words(doc: &Document, seam: &Seam) -> String {
    let words = doc.slice(seam.span);
    let words = speakers::quoted(words).unwrap_or(words);
    let mut first: String = words.chars().take(SHOWN).collect();
    if first.len() < words.len() {
        first.truncate(first.rfind(' ').unwrap_or(first.len()));
        first.push('…');
    }
    first
}

/// The extent of some lexemes.
fn cover(words: &[Lexeme<'_>], from: usize, to: usize) -> Option<Span> {
    words.get(from..to)?.iter().map(|lexeme| lexeme.span).reduce(Span::cover)
}

/// Whether a block is running text.
fn runs(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::List)
}

/// Whether a byte lies in running text.
fn in_running_text(doc: &Document, at: u32) -> bool {
    doc.block_at(at).is_some_and(|block| runs(block.kind))
}
