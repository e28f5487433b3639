//! Does the text read as one piece? Signs that it was cut, put together from others, or had its words changed.
//!
//! A site that lives on other people's reports leaves seams: it opens with a connective to a sentence that is not there, a
//! speaker "goes on" who has not spoken, "some 4,500" has become "a few 4,500", a quotation stands alone that nobody speaks.
//! Each may happen in an honest text; two kinds in one ([`pieced`]) are worth telling the reader, with the words. On ordinary
//! articles two kinds stand in fewer than one of a hundred (docs/quality.md). What it says about a text's worth is for the
//! reader to judge, and nothing else in a dossier depends on it.
//!
//! The words are those of `data/seams.toml`.
//!
//! Example: `The mayor went on to say that …` in a text that has no mayor before gives [`SeamKind::Continuation`].

use crate::lexeme::{Lexeme, lexemes};
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
    /// Somebody "goes on to say" who has not spoken, and whom the text does not introduce.
    Continuation,
    /// A word for an inexact number before an exact one.
    Inexact,
    /// A paragraph that is a quotation and nothing else, and that nobody is said to speak.
    Unspoken,
}

impl SeamKind {
    /// The sign in words, to stand before those that give it.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Self::Opening => "opens with",
            Self::Continuation => "somebody goes on who has not spoken:",
            Self::Inexact => "an exact number after an inexact word:",
            Self::Unspoken => "a quotation nobody is said to speak:",
        }
    }
}

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
    indefinite: Vec<String>,
    behind: Vec<String>,
    inexact: Vec<String>,
    units: Vec<String>,
}

/// The lists as tables.
struct Lists {
    opening: Phrases<()>,
    continuing: Phrases<()>,
    indefinite: Vec<String>,
    behind: Vec<String>,
    inexact: Phrases<()>,
    units: Vec<String>,
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
        indefinite: words.indefinite,
        behind: words.behind,
        inexact: table(&words.inexact),
        units: words.units,
    }
});

/// Least words of a quotation that stands alone; shorter ones are titles and slogans.
const QUOTED: usize = 5;

/// Most characters shown of a sign.
const SHOWN: usize = 120;
/// Quotations nobody speaks that are looked for in the rest of the text.
const LOOKED_AT: usize = 8;

/// The signs in a document, by kind, then place.
#[must_use]
pub fn read(doc: &Document, analysis: &Analysis) -> Vec<Seam> {
    let mut found: Vec<Seam> = opening(doc).into_iter().collect();
    found.extend(continuations(doc, analysis));
    found.extend(analysis.sentences.iter().flat_map(|sentence| inexact(doc, sentence.span)));
    found.extend(unspoken(doc, analysis));
    found.sort_by_key(|seam| (seam.kind, seam.span));
    found
}

/// The words of a sign to be quoted: without quotation marks of their own, and the first of many.
#[must_use]
pub fn words(doc: &Document, seam: &Seam) -> String {
    let words = doc.slice(seam.span);
    let words = quoted(words).unwrap_or(words);
    let mut first: String = words.chars().take(SHOWN).collect();
    if first.len() < words.len() {
        first.truncate(first.rfind(' ').unwrap_or(first.len()));
        first.push('…');
    }
    first
}

/// Whether the signs together are worth telling: two kinds of them.
#[must_use]
pub fn pieced(seams: &[Seam]) -> bool {
    seams.iter().map(|seam| seam.kind).collect::<BTreeSet<_>>().len() >= 2
}

/// The connective that the running text opens with.
fn opening(doc: &Document) -> Option<Seam> {
    let first = doc.blocks.iter().find(|block| block.kind == BlockKind::Paragraph)?;
    let words = lexemes(&doc.text, first.span);
    let (end, ()) = LISTS.opening.at(&words, 0)?;
    Some(Seam { kind: SeamKind::Opening, span: cover(&words, 0, end)? })
}

/// Speakers who go on, of whom the text says nothing before.
fn continuations<'a>(doc: &'a Document, analysis: &'a Analysis) -> impl Iterator<Item = Seam> + 'a {
    let said = analysis.attributions.iter().zip(&analysis.chains);
    said.filter_map(|(attribution, chain)| {
        let (source, cue) = (*attribution.source.first()?, attribution.cue.iter().copied().reduce(Span::cover)?);
        let words = lexemes(&doc.text, cue);
        (0..words.len()).find(|&i| LISTS.continuing.at(&words, i).is_some())?;
        // a pronoun or description that leads to a name
        let led = chain.links.last().is_some_and(|link| !link.resolved_because.is_empty());
        (!led && is_new(doc, source)).then(|| Seam { kind: SeamKind::Continuation, span: source.cover(cue) })
    })
}

/// Whether a definite description or a name is of somebody whose last word ("master" of "the harbour master") the text has not
/// used before.
fn is_new(doc: &Document, source: Span) -> bool {
    let words = lexemes(&doc.text, source);
    let own = words.iter().take_while(|word| word.word() && !LISTS.behind.iter().any(|behind| word.is(behind)));
    let (Some(first), Some(head)) = (words.first(), own.last()) else { return false };
    let definite = first.is("the") || first.capital && !LISTS.indefinite.iter().any(|word| first.is(word));
    let before = lexemes(&doc.text, Span::new(0, source.start));
    definite && !before.iter().any(|word| word.low == head.low)
}

/// "A few 4,500": an exact number is a group of thousands that is not round as a whole, and no measure.
fn inexact(doc: &Document, sentence: Span) -> Vec<Seam> {
    let words = lexemes(&doc.text, sentence);
    let seam = |i: usize| {
        let (end, ()) = LISTS.inexact.at(&words, i)?;
        words.get(end).filter(|number| number.low.contains(',') && !round(&number.low))?;
        let next = words.get(end + 1);
        let measured = next.is_some_and(|next| LISTS.units.iter().any(|unit| next.is(unit)));
        // "several 2,000-pound bombs", "a few 1,500m runners"
        let joined = next.is_some_and(|next| next.glued && !next.any(&[".", ",", ";", ":", ")"]));
        (!measured && !joined)
            .then(|| cover(&words, i, end + 1))
            .flatten()
            .map(|span| Seam { kind: SeamKind::Inexact, span })
    };
    (0..words.len()).filter_map(seam).collect()
}

/// Whether a group of digits is one digit and noughts: "a few 1,000" is said.
fn round(digits: &str) -> bool {
    digits.chars().filter(|c| matches!(c, '1'..='9')).count() <= 1
}

/// Paragraphs that are quotations nobody speaks.
fn unspoken<'a>(doc: &'a Document, analysis: &'a Analysis) -> impl Iterator<Item = Seam> + 'a {
    let contents = analysis.attributions.iter().flat_map(|attribution| &attribution.content);
    let spoken: BTreeSet<u32> =
        contents.flat_map(|span| [span.start, span.end.saturating_sub(1)]).filter_map(|at| start(doc, at)).collect();
    let announced = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| doc.blocks.get(before));
        before.is_some_and(|before| doc.slice(before.span).trim_end().ends_with(':'))
    };
    let alone = doc.blocks.iter().enumerate().filter(move |(at, block)| {
        block.kind == BlockKind::Paragraph && !spoken.contains(&block.span.start) && !announced(*at)
    });
    let quoted = alone.filter_map(|(_, block)| Some((block, quoted(doc.slice(block.span))?)));
    let whole = quoted.filter(|(_, inner)| inner.split_whitespace().nth(QUOTED - 1).is_some()).take(LOOKED_AT);
    // a line set large beside the text says what the text says
    whole
        .filter(|(_, inner)| doc.text.matches(inner).nth(1).is_none())
        .map(|(block, _)| Seam { kind: SeamKind::Unspoken, span: block.span })
}

/// First byte of the block that holds a byte.
fn start(doc: &Document, at: u32) -> Option<u32> {
    doc.block_at(at).map(|block| block.span.start)
}

/// What stands between the quotation marks of a paragraph that is one quotation.
fn quoted(paragraph: &str) -> Option<&str> {
    let inner = paragraph.strip_prefix(['“', '"', '«', '„'])?.trim_end_matches(['.', ',', ' ']);
    let inner = inner.strip_suffix(['”', '"', '»', '“'])?;
    (!inner.contains(['“', '”', '"', '«', '»', '„'])).then_some(inner)
}

/// The extent of some lexemes.
fn cover(words: &[Lexeme<'_>], from: usize, to: usize) -> Option<Span> {
    words.get(from..to)?.iter().map(|lexeme| lexeme.span).reduce(Span::cover)
}
