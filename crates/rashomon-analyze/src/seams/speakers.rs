//! Does everybody who speaks come in by the door? Speakers who go on, are counted on from or named before they are introduced,
//! and quotations without one.

use super::{LISTS, Seam, SeamKind, cover, in_running_text};
use crate::lexeme::{Lexeme, lexemes};
use crate::phrase::Phrases;
use rashomon_model::analysis::{Analysis, MentionKind};
use rashomon_model::document::BlockKind;
use rashomon_model::{Document, Span};
use std::collections::BTreeSet;

/// Least words of a quotation that stands alone; shorter ones are titles and slogans.
const QUOTED: usize = 5;
/// Quotations nobody speaks that are looked for in the rest of the text.
const LOOKED_AT: usize = 8;
/// Bytes behind a speaker and its cue in which "for his part" may stand.
const REACH: u32 = 24;

/// The signs of this room.
pub(super) fn read(doc: &Document, analysis: &Analysis) -> Vec<Seam> {
    let mut found: Vec<Seam> = opening(doc).into_iter().collect();
    found.extend(speakers(doc, analysis));
    found.extend(unspoken(doc, analysis));
    found
}

/// The connective that the running text opens with.
fn opening(doc: &Document) -> Option<Seam> {
    let first = doc.blocks.iter().find(|block| block.kind == BlockKind::Paragraph)?;
    let words = lexemes(&doc.text, first.span);
    let (end, ()) = LISTS.opening.at(&words, 0)?;
    Some(Seam { kind: SeamKind::Opening, span: cover(&words, 0, end)? })
}

/// Words of a text by where they first stand.
struct Firsts {
    words: crate::table::Map<String, u32>,
}

impl Firsts {
    fn of(doc: &Document) -> Self {
        let mut words = crate::table::Map::default();
        for lexeme in lexemes(&doc.text, Span::from_usize(0, doc.text.len())) {
            words.entry(lexeme.low.into_owned()).or_insert(lexeme.span.start);
        }
        Self { words }
    }

    /// Whether the text has used the word before this place, or a form of it: "officials" before "official".
    fn before(&self, word: &str, at: u32) -> bool {
        let used = |form: &str| self.words.get(form).is_some_and(|first| *first < at);
        let singular = word.strip_suffix('s').unwrap_or(word);
        used(word) || used(singular) || used(&format!("{singular}s"))
    }
}

/// Signs by who is said to speak.
fn speakers(doc: &Document, analysis: &Analysis) -> Vec<Seam> {
    let firsts = Firsts::of(doc);
    let mut found = Vec::new();
    for (attribution, chain) in analysis.attributions.iter().zip(&analysis.chains) {
        let cue = attribution.cue.iter().copied().reduce(Span::cover);
        let (Some(source), Some(cue)) = (attribution.source.first().copied(), cue) else { continue };
        if !in_running_text(doc, source.start) {
            continue;
        }
        let span = source.cover(cue);
        let words = lexemes(&doc.text, source);
        let own: Vec<&Lexeme<'_>> =
            words.iter().take_while(|word| word.word() && !LISTS.behind.iter().any(|behind| word.is(behind))).collect();
        let (Some(first), Some(head)) = (words.first(), own.last()) else { continue };
        // a pronoun or description that leads to a name
        let led = chain.links.last().is_some_and(|link| !link.resolved_because.is_empty());
        if firsts.before(&head.low, source.start) || led && words.len() > 1 {
            continue;
        }
        let definite = first.is("the") || first.capital && !LISTS.indefinite.iter().any(|word| first.is(word));
        let surname = words.len() == 1 && first.capital && !sentence_start_of_common(first);
        let around = Span::new(span.start, (span.end + REACH).min(u32::try_from(doc.text.len()).unwrap_or(u32::MAX)));
        if definite && stands(doc, cue, &LISTS.continuing) {
            found.push(Seam { kind: SeamKind::Continuation, span });
        } else if surname && introduced_after(doc, analysis, source) {
            found.push(Seam { kind: SeamKind::Unintroduced, span });
        } else if surname && names_person(analysis, source) && stands(doc, clipped(doc, around), &LISTS.besides) {
            found.push(Seam { kind: SeamKind::Continuation, span });
        }
        let counted = own.get(1).is_some_and(|second| LISTS.further.iter().any(|word| second.is(word)));
        if first.any(&["the", "a"]) && counted && own.len() >= 3 {
            found.push(Seam { kind: SeamKind::Further, span });
        }
    }
    found
}

/// Whether a word that begins a sentence is none of a name.
fn sentence_start_of_common(word: &Lexeme<'_>) -> bool {
    LISTS.indefinite.iter().any(|common| word.is(common))
        || word.any(&["the", "people", "residents", "police", "officials", "witnesses"])
}

/// The part of a span that holds whole characters.
fn clipped(doc: &Document, span: Span) -> Span {
    let end = (span.start..=span.end).rev().find(|end| doc.text.is_char_boundary(*end as usize)).unwrap_or(span.start);
    Span::new(span.start, end)
}

/// Whether one of the phrases stands in the span.
fn stands(doc: &Document, span: Span, phrases: &Phrases<()>) -> bool {
    let words = lexemes(&doc.text, span);
    (0..words.len()).any(|i| phrases.at(&words, i).is_some())
}

/// Whether a name was read as a person's.
fn names_person(analysis: &Analysis, source: Span) -> bool {
    analysis.mentions.iter().any(|mention| mention.span == source && mention.kind == MentionKind::Person)
}

/// Whether a person whose full name ends in this word comes only after it.
fn introduced_after(doc: &Document, analysis: &Analysis, source: Span) -> bool {
    let surname = doc.slice(source);
    analysis
        .mentions
        .iter()
        .filter(|mention| mention.span.start > source.end && mention.kind == MentionKind::Person)
        .any(|mention| {
            let name = doc.slice(mention.span);
            name.strip_suffix(surname).is_some_and(|given| given.ends_with(' ') && given.trim().len() > 2)
        })
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
pub(super) fn quoted(paragraph: &str) -> Option<&str> {
    let inner = paragraph.strip_prefix(['“', '"', '«', '„'])?.trim_end_matches(['.', ',', ' ']);
    let inner = inner.strip_suffix(['”', '"', '»', '“'])?;
    (!inner.contains(['“', '”', '"', '«', '»', '„'])).then_some(inner)
}
