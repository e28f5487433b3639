//! What does the shallow reader see? Words and marks of one block, with quoted regions.
//!
//! [`Block`] is one block of the document as tokens; [`Region`] a stretch in quotation marks, of any glyph, closed or not.

use super::lexicon::{CueClass, Form, Lexicon};
use rashomon_model::Document;
use rashomon_model::analysis::{Sentence, Word};
use rashomon_model::span::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Comma,
    Colon,
    Semicolon,
    /// Full stop, exclamation or question mark, ellipsis.
    Stop,
    Dash,
    Open,
    Close,
    /// Opening or closing quotation mark that is part of a region.
    Quote,
    /// Other marks.
    Other,
}

/// One word or mark.
#[derive(Debug, Clone)]
pub(crate) struct Tok {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// Lower-cased words, apostrophes straight; the mark itself for a mark.
    pub(crate) lower: String,
    /// Starts with a capital or digit.
    pub(crate) capital: bool,
    /// Part of speech by a tagger, or `X`.
    pub(crate) pos: &'static str,
    /// Sentence, counted within the document.
    pub(crate) sentence: usize,
    /// Region it lies in (marks included).
    pub(crate) region: Option<usize>,
}

/// A stretch between quotation marks: token indices of its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    /// Opening mark.
    pub(crate) open: usize,
    /// One past the closing mark, or past the last token where it is missing.
    pub(crate) end: usize,
    /// Whether a closing mark was found.
    pub(crate) closed: bool,
}

/// One block as tokens.
pub(crate) struct Block {
    pub(crate) toks: Vec<Tok>,
    pub(crate) regions: Vec<Region>,
    /// Token ranges of the sentences, in order.
    pub(crate) sentences: Vec<(usize, usize)>,
    /// Index in the document of its first sentence.
    pub(crate) first_sentence: usize,
}

/// The document's blocks that hold sentences, in order.
pub(crate) fn blocks(doc: &Document, sentences: &[Sentence], words: &[Word]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut word = 0;
    let mut at = 0;
    while let Some(first) = sentences.get(at) {
        let mut block = Block { toks: Vec::new(), regions: Vec::new(), sentences: Vec::new(), first_sentence: at };
        while let Some(sentence) = sentences.get(at).filter(|s| s.paragraph == first.paragraph) {
            let from = block.toks.len();
            tokenize(doc, sentence.span, at, words, &mut word, &mut block.toks);
            block.sentences.push((from, block.toks.len()));
            at += 1;
        }
        pair_quotes(&mut block);
        found.push(block);
    }
    found
}

/// Adds the tokens of one sentence.
fn tokenize(doc: &Document, span: Span, sentence: usize, words: &[Word], next: &mut usize, toks: &mut Vec<Tok>) {
    while words.get(*next).is_some_and(|w| w.span.start < span.start) {
        *next += 1;
    }
    let mut at = span.start;
    loop {
        let word = words.get(*next).filter(|w| w.span.start < span.end);
        let stop = word.map_or(span.end, |w| w.span.start);
        let gap = Span::new(at, stop.max(at));
        for (offset, c) in doc.slice(gap).char_indices() {
            if c.is_whitespace() || is_invisible(c) {
                continue;
            }
            let start = at as usize + offset;
            toks.push(Tok {
                span: Span::from_usize(start, start + c.len_utf8()),
                kind: mark(c),
                lower: c.to_string(),
                capital: false,
                pos: "PUNCT",
                sentence,
                region: None,
            });
        }
        let Some(word) = word else {
            break;
        };
        let text = doc.slice(word.span);
        toks.push(Tok {
            span: word.span,
            kind: Kind::Word,
            lower: text.to_lowercase().replace('’', "'"),
            capital: text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()),
            pos: word.pos,
            sentence,
            region: None,
        });
        at = word.span.end;
        *next += 1;
    }
}

/// Direction marks, zero-width and soft-hyphen characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

fn mark(c: char) -> Kind {
    match c {
        ',' | '،' | '、' => Kind::Comma,
        ':' => Kind::Colon,
        ';' | '؛' => Kind::Semicolon,
        '.' | '!' | '?' | '…' | '؟' | '。' => Kind::Stop,
        '-' | '–' | '—' | '―' | '−' => Kind::Dash,
        '(' | '[' | '{' => Kind::Open,
        ')' | ']' | '}' => Kind::Close,
        _ => Kind::Other,
    }
}

/// Quotation glyph families: which marks may close what an opening mark opened.
fn family(c: &str) -> Option<u8> {
    match c {
        "\"" | "“" | "”" | "„" | "‟" | "＂" => Some(0),
        "«" | "»" => Some(1),
        "‘" | "’" | "'" | "‚" | "‛" | "`" => Some(2),
        "‹" | "›" => Some(3),
        "「" | "」" | "『" | "』" => Some(4),
        _ => None,
    }
}

/// Finds quoted regions of a block. A mark opens when it stands before a word and after a space or bracket; it closes when
/// a region of its family is open. A region left open ends with its sentence, unless it began a sentence: then speech
/// may go on to the end of the block (a quotation over paragraphs).
fn pair_quotes(block: &mut Block) {
    let mut open: Option<(usize, u8)> = None;
    let n = block.toks.len();
    let spaced = |a: Option<&Tok>, b: Option<&Tok>| match (a, b) {
        (Some(a), Some(b)) => a.span.end < b.span.start,
        _ => true,
    };
    for i in 0..n {
        let Some(tok) = block.toks.get(i) else { break };
        if tok.kind == Kind::Word {
            continue;
        }
        let Some(mine) = family(&tok.lower) else {
            continue;
        };
        let before = i.checked_sub(1).and_then(|j| block.toks.get(j));
        let after = block.toks.get(i + 1);
        let space_before = spaced(before, Some(tok))
            || before.is_some_and(|b| matches!(b.kind, Kind::Open | Kind::Dash) || family(&b.lower).is_some());
        let space_after = spaced(Some(tok), after)
            || after.is_some_and(|a| a.kind != Kind::Word && a.kind != Kind::Open && family(&a.lower).is_none());
        let glyph = tok.lower.as_str();
        match open {
            Some((from, kind)) if kind == mine => {
                if mine == 2 && !space_after {
                    continue;
                }
                // A second opening mark: the first was never closed. (“ closes what „ opened.)
                let low_opening = block.toks.get(from).is_some_and(|t| t.lower == "„");
                let closing_glyph = matches!(glyph, "”" | "»" | "’") || glyph == "“" && low_opening;
                let opens_again = space_before && !space_after && !closing_glyph;
                close(block, from, if opens_again { i } else { i + 1 }, !opens_again);
                open = opens_again.then_some((i, mine));
            }
            Some(_) => {}
            None => {
                let opening_glyph = mine != 2 && matches!(glyph, "“" | "«" | "„" | "「" | "『");
                if !space_after && (space_before || opening_glyph) {
                    open = Some((i, mine));
                }
            }
        }
    }
    if let Some((from, kind)) = open {
        let sentence = block.sentences.iter().find(|(a, b)| *a <= from && from < *b).copied().unwrap_or((from, n));
        let starts_speech =
            from == sentence.0 || block.toks.get(from.wrapping_sub(1)).is_some_and(|t| t.kind == Kind::Colon);
        if kind != 2 {
            let end = if starts_speech { n } else { sentence.1 };
            close(block, from, end, false);
        }
    }
}

/// Records a region and marks its tokens.
fn close(block: &mut Block, open: usize, end: usize, closed: bool) {
    // An unclosed region that was cut by a later opening mark ends with its own sentence.
    let end = if closed || end == block.toks.len() {
        end
    } else {
        block.sentences.iter().find(|(a, b)| *a <= open && open < *b).map_or(end, |s| s.1.min(end))
    };
    if end <= open + 1 {
        return;
    }
    let index = block.regions.len();
    for tok in block.toks.get_mut(open..end).unwrap_or_default() {
        tok.region = Some(index);
    }
    for at in [Some(open), closed.then(|| end - 1)].into_iter().flatten() {
        if let Some(tok) = block.toks.get_mut(at) {
            tok.kind = Kind::Quote;
        }
    }
    block.regions.push(Region { open, end, closed });
}

impl Block {
    /// The token, if there is one.
    pub(crate) fn tok(&self, i: usize) -> Option<&Tok> {
        self.toks.get(i)
    }

    /// Lower-cased word or mark at `i`, empty out of bounds.
    pub(crate) fn low(&self, i: usize) -> &str {
        self.toks.get(i).map_or("", |t| t.lower.as_str())
    }

    /// Kind at `i`; `Stop` out of bounds.
    pub(crate) fn kind(&self, i: usize) -> Kind {
        self.toks.get(i).map_or(Kind::Stop, |t| t.kind)
    }

    /// Whether a word stands at `i`.
    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Kind::Word
    }

    /// Whether the word at `i` has a capital or is a number.
    pub(crate) fn capital(&self, i: usize) -> bool {
        self.toks.get(i).is_some_and(|t| t.capital)
    }

    /// Region at `i`.
    pub(crate) fn region(&self, i: usize) -> Option<usize> {
        self.toks.get(i).and_then(|t| t.region)
    }

    /// Token range of the sentence that holds token `i`.
    pub(crate) fn sentence(&self, i: usize) -> (usize, usize) {
        self.toks
            .get(i)
            .and_then(|t| t.sentence.checked_sub(self.first_sentence))
            .and_then(|s| self.sentences.get(s))
            .copied()
            .unwrap_or((i, i))
    }

    /// Window a cue at `i` may use: its sentence, cut to its quotation if it stands in one.
    pub(crate) fn window(&self, i: usize) -> (usize, usize) {
        let (a, b) = self.sentence(i);
        match self.region(i).and_then(|r| self.regions.get(r)) {
            Some(region) => {
                let inner = region.end - usize::from(region.closed);
                (a.max(region.open + 1), b.min(inner))
            }
            None => (a, b),
        }
    }

    /// Span from token `a` up to token `b` (exclusive); `None` if empty.
    pub(crate) fn span(&self, a: usize, b: usize) -> Option<Span> {
        if a >= b {
            return None;
        }
        let first = self.toks.get(a)?;
        let last = self.toks.get(b - 1)?;
        Some(Span::new(first.span.start, last.span.end))
    }

    /// Readings of the word at `i` as a cue verb.
    pub(crate) fn cues(&self, i: usize) -> &'static [(Form, usize)] {
        if !self.is_word(i) {
            return &[];
        }
        Lexicon::get().forms.get(self.low(i)).map_or(&[], Vec::as_slice)
    }

    /// Class of the word at `i` as a cue noun.
    pub(crate) fn noun(&self, i: usize) -> Option<CueClass> {
        if !self.is_word(i) {
            return None;
        }
        Lexicon::get().nouns.get(self.low(i)).copied()
    }
}
