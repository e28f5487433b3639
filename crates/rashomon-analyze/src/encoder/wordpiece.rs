//! What are the words and wordpieces of a text? BERT's uncased tokeniser, with exact byte spans.
//!
//! A *token* is what BERT's basic tokeniser makes: a run of letters and digits, or one punctuation mark or ideograph.
//! Its pieces come from greedy longest match in the vocabulary. Control characters and non-spacing marks are skipped,
//! letters are folded (NFD, lower case); the span stays that of the original text. Cost is linear: a token longer than
//! 100 characters is one unknown piece.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rashomon_model::span::Span;
use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Pieces every BERT vocabulary has.
pub(super) const UNKNOWN: u32 = 100;
pub(super) const CLS: u32 = 101;
pub(super) const SEP: u32 = 102;
/// Longest token that is looked up, in characters.
const LONGEST: usize = 100;

/// FNV-1a: short keys, no seed, the same on every run.
#[derive(Default)]
pub(super) struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut h = self.0 ^ 0xcbf2_9ce4_8422_2325;
        for &b in bytes {
            h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self.0 = h;
    }
}

type Pieces = HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>;

/// The pieces that open a word and those that go on in one.
pub(super) struct Vocabulary {
    opening: Pieces,
    going_on: Pieces,
    longest: usize,
}

impl Vocabulary {
    /// From a BERT vocabulary: one piece a line, `##` before those that go on.
    pub(super) fn new(lines: &str) -> Self {
        let mut it = Self { opening: Pieces::default(), going_on: Pieces::default(), longest: 0 };
        for (id, piece) in lines.lines().enumerate() {
            let id = u32::try_from(id).unwrap_or(UNKNOWN);
            let (map, piece) = match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (&mut it.going_on, rest),
                _ => (&mut it.opening, piece),
            };
            it.longest = it.longest.max(piece.len());
            map.insert(piece.into(), id);
        }
        it
    }

    /// Pieces of one folded token.
    fn pieces(&self, word: &str, out: &mut Vec<u32>) {
        let from = out.len();
        let mut at = 0;
        if word.chars().count() <= LONGEST {
            while at < word.len() {
                let map = if at == 0 { &self.opening } else { &self.going_on };
                let mut end = word.len().min(at + self.longest);
                let id = loop {
                    if end == at {
                        break None;
                    }
                    if let Some(&id) = word.get(at..end).and_then(|part| map.get(part)) {
                        break Some(id);
                    }
                    end -= 1;
                };
                match id {
                    Some(id) => out.push(id),
                    None => break,
                }
                at = end;
            }
        }
        if at < word.len() || word.is_empty() {
            out.truncate(from);
            out.push(UNKNOWN);
        }
    }
}

/// One word or mark of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) span: Span,
    /// Number of its paragraph.
    pub(super) paragraph: u32,
    /// Case and digits, see [`shape`].
    pub(super) shape: u8,
    /// 0 outside quotation marks, 1 inside, 2 an opening mark, 3 a closing one.
    pub(super) quote: u8,
    /// Whether a sentence or paragraph opens here.
    pub(super) opens: bool,
    /// Its pieces, as a range of [`Tokens::pieces`].
    pub(super) pieces: (u32, u32),
}

/// All tokens of a text.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    pub(super) pieces: Vec<u32>,
}

/// Splits the paragraphs into tokens. `sentences` is sorted; each start marks its first token.
pub(super) fn tokens(text: &str, sentences: &[Span], paragraphs: &[Span], vocabulary: &Vocabulary) -> Tokens {
    let mut out = Tokens::default();
    let mut folded = String::new();
    let mut next_sentence = sentences.iter().peekable();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let paragraph_number = u32::try_from(number).unwrap_or(u32::MAX);
        let mut inside = false;
        let mut first = true;
        let mut open: Option<(usize, usize)> = None;
        let base = paragraph.start as usize;
        let mut close = |open: &mut Option<(usize, usize)>, folded: &mut String, inside: &mut bool| {
            let Some((start, end)) = open.take() else { return };
            let raw = text.get(start..end).unwrap_or("");
            let quote = quote_state(raw, inside);
            let spaced =
                start == base || text.get(..start).and_then(|t| t.chars().next_back()).is_some_and(char::is_whitespace);
            let mut opens = std::mem::take(&mut first);
            while next_sentence.peek().is_some_and(|s| s.start as usize <= start) {
                next_sentence.next();
                opens = true;
            }
            let from = out.pieces.len();
            vocabulary.pieces(folded, &mut out.pieces);
            folded.clear();
            let range = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            out.list.push(Token {
                span: Span::from_usize(start, end),
                paragraph: paragraph_number,
                shape: shape(raw, spaced),
                quote,
                opens,
                pieces: (range(from), range(out.pieces.len())),
            });
        };
        for (offset, c) in paragraph.of(text).char_indices() {
            let (at, end) = (base + offset, base + offset + c.len_utf8());
            match class(c) {
                Class::Space => close(&mut open, &mut folded, &mut inside),
                Class::Skip => {}
                Class::Alone => {
                    close(&mut open, &mut folded, &mut inside);
                    fold(c, &mut folded);
                    open = Some((at, end));
                    close(&mut open, &mut folded, &mut inside);
                }
                Class::Letter => {
                    fold(c, &mut folded);
                    open = Some((open.map_or(at, |(start, _)| start), end));
                }
            }
        }
        close(&mut open, &mut folded, &mut inside);
    }
    out
}

enum Class {
    Space,
    Skip,
    Alone,
    Letter,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            ' ' | '\t' | '\n' | '\r' => Class::Space,
            c if c.is_ascii_control() => Class::Skip,
            c if c.is_ascii_punctuation() => Class::Alone,
            _ => Class::Letter,
        };
    }
    if c.is_whitespace() {
        return Class::Space;
    }
    match c.general_category() {
        GeneralCategory::NonspacingMark => Class::Skip,
        _ if c == '\u{fffd}' => Class::Skip,
        category => match category.into_group() {
            GeneralCategoryGroup::Other => Class::Skip,
            GeneralCategoryGroup::Punctuation => Class::Alone,
            _ if is_ideograph(c) => Class::Alone,
            _ => Class::Letter,
        },
    }
}

/// The blocks BERT sets apart as Chinese characters.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x2a6df | 0x2a700..=0x2b73f | 0x2b740..=0x2b81f
        | 0x2b920..=0x2ceaf | 0xf900..=0xfaff | 0x2f800..=0x2fa1f)
}

trait Group {
    fn into_group(self) -> GeneralCategoryGroup;
}

impl Group for GeneralCategory {
    fn into_group(self) -> GeneralCategoryGroup {
        use GeneralCategory as C;
        use GeneralCategoryGroup as G;
        match self {
            C::ConnectorPunctuation
            | C::DashPunctuation
            | C::OpenPunctuation
            | C::ClosePunctuation
            | C::InitialPunctuation
            | C::FinalPunctuation
            | C::OtherPunctuation => G::Punctuation,
            C::Control | C::Format | C::Surrogate | C::PrivateUse | C::Unassigned => G::Other,
            _ => G::Letter,
        }
    }
}

fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else {
        decompose_canonical(c, |d| {
            if d.general_category() != GeneralCategory::NonspacingMark {
                out.extend(d.to_lowercase());
            }
        });
    }
}

/// 0 no letter, 1 lower, 2 Title, 3 ALL CAPITALS, 4 miXed, 5 with a digit; plus 6 if nothing blank stands before.
fn shape(word: &str, spaced: bool) -> u8 {
    let (mut letters, mut capitals, mut first_capital, mut digit) = (0, 0, false, false);
    for c in word.chars() {
        digit |= c.is_numeric();
        if c.is_alphabetic() {
            if c.is_uppercase() {
                capitals += 1;
                first_capital |= letters == 0;
            }
            letters += 1;
        }
    }
    let kind = match (letters, capitals) {
        _ if digit => 5,
        (0, _) => 0,
        (_, 0) => 1,
        (n, c) if n == c && n > 1 => 3,
        (_, 1) if first_capital => 2,
        _ => 4,
    };
    if spaced { kind } else { kind + 6 }
}

/// The token's quote state; updates whether we are inside. Straight marks open and close in turn, within a paragraph.
fn quote_state(raw: &str, inside: &mut bool) -> u8 {
    match raw.chars().next() {
        Some('“' | '«' | '„') => {
            *inside = true;
            2
        }
        Some('"') if !*inside => {
            *inside = true;
            2
        }
        Some('”' | '»' | '"') => {
            *inside = false;
            3
        }
        _ => u8::from(*inside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, u8, u8, Vec<u32>)> {
        let vocabulary = Vocabulary::new("[PAD]\nun\n##hap\n##py\ncafe\nu\n.\ns\n\"\n");
        let all = Span::from_usize(0, text.len());
        let found = tokens(text, &[all], &[all], &vocabulary);
        found
            .list
            .iter()
            .map(|t| {
                let pieces = found.pieces[t.pieces.0 as usize..t.pieces.1 as usize].to_vec();
                (t.span.of(text).to_owned(), t.shape, t.quote, pieces)
            })
            .collect()
    }

    #[test]
    fn pieces_are_greedy_and_spans_are_of_the_original() {
        let found = words("Unhappy CAFÉ \"U.S\" zebra");
        let expected: Vec<(String, u8, u8, Vec<u32>)> = vec![
            ("Unhappy".into(), 2, 0, vec![1, 2, 3]),
            ("CAFÉ".into(), 3, 0, vec![4]),
            ("\"".into(), 0, 2, vec![8]),
            ("U".into(), 8, 1, vec![5]),
            (".".into(), 6, 1, vec![6]),
            ("S".into(), 8, 1, vec![7]),
            ("\"".into(), 6, 3, vec![8]),
            ("zebra".into(), 1, 0, vec![UNKNOWN]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn odd_characters_never_break_a_span() {
        for text in
            ["\u{200f}un\u{200d}happy\u{301}", "漢字 un", "e\u{301}\u{302}", "\u{fffd}\0", "😀 un", "İstanbul ﬀ ½"]
        {
            for (word, ..) in words(text) {
                assert!(text.contains(&word), "{word:?} of {text:?}");
            }
        }
        assert_eq!(words(&"x".repeat(10_000)).len(), 1);
    }
}
