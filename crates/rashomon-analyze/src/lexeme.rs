//! What are the smallest pieces a number or a date is made of?
//!
//! Finer than words: "16-hour" is `16`, `-`, `hour`; "1990s" is `1990`, `s`; "Friday's" is `friday`, `'s`. A digit group
//! with its separators ("12,500", "4.5", "250 000" is not joined) is one lexeme, and so is an abbreviation of single
//! letters ("a.m.", "U.S."). Everything is kept but white space, so that patterns over lexemes never skip a word.

use rashomon_model::span::Span;
use std::borrow::Cow;

/// Sort of lexeme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Letters.
    Word,
    /// Digits, with separators.
    Digits,
    /// A single mark.
    Mark,
}

/// One lexeme.
#[derive(Debug, Clone)]
pub(crate) struct Lexeme<'a> {
    /// Extent in the document.
    pub(crate) span: Span,
    /// Sort.
    pub(crate) sort: Sort,
    /// Lower case, curly quotes straightened.
    pub(crate) low: Cow<'a, str>,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether nothing stands between it and the lexeme before.
    pub(crate) glued: bool,
}

impl Lexeme<'_> {
    /// Whether it is this word or mark.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.low == word
    }

    /// Whether it is one of these.
    pub(crate) fn any(&self, words: &[&str]) -> bool {
        words.contains(&&*self.low)
    }

    /// Whether it is made of letters.
    pub(crate) fn word(&self) -> bool {
        self.sort == Sort::Word
    }

    /// Its value if it is a plain group of digits without separator.
    pub(crate) fn plain(&self) -> Option<u64> {
        if self.sort == Sort::Digits && self.low.len() <= 18 { self.low.parse().ok() } else { None }
    }
}

/// Lexemes of one sentence of `text`.
pub(crate) fn lexemes(text: &str, span: Span) -> Vec<Lexeme<'_>> {
    let words = span.of(text);
    let base = span.start as usize;
    let mut found: Vec<Lexeme<'_>> = Vec::new();
    let mut rest = words.char_indices().peekable();
    let mut last_end = usize::MAX;
    while let Some((from, c)) = rest.next() {
        if c.is_whitespace() || is_format(c) {
            continue;
        }
        let mut to = from + c.len_utf8();
        let sort = if c.is_ascii_digit() {
            while let Some(&(at, d)) = rest.peek() {
                let inner = matches!(d, ',' | '.')
                    && words.get(at + 1..).is_some_and(|tail| tail.starts_with(|n: char| n.is_ascii_digit()))
                    && (d != ',' || thousands(words, at));
                if !(d.is_ascii_digit() || inner) {
                    break;
                }
                to = at + d.len_utf8();
                rest.next();
            }
            Sort::Digits
        } else if c.is_alphabetic() {
            while let Some(&(at, d)) = rest.peek() {
                let dotted =
                    d == '.' && single_letters(words.get(from..at).unwrap_or(""), words.get(at + 1..).unwrap_or(""));
                if !(d.is_alphabetic() || is_mark(d) || dotted) {
                    break;
                }
                to = at + d.len_utf8();
                rest.next();
            }
            Sort::Word
        } else if matches!(c, '\'' | '’')
            && last_end == from
            && found.last().is_some_and(|l| l.sort == Sort::Word || l.sort == Sort::Digits)
            && words.get(to..).is_some_and(|tail| {
                tail.starts_with(['s', 'S']) && !tail.chars().nth(1).is_some_and(char::is_alphanumeric)
            })
        {
            to += 1;
            rest.next();
            Sort::Word
        } else {
            Sort::Mark
        };
        let slice = words.get(from..to).unwrap_or("");
        found.push(Lexeme {
            span: Span::from_usize(base + from, base + to),
            sort,
            low: lower(slice),
            capital: c.is_uppercase(),
            glued: last_end == from,
        });
        last_end = to;
    }
    found
}

/// Lower case with straight quotes; borrowed where nothing changes.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    match word {
        "’" | "‘" | "`" => Cow::Borrowed("'"),
        "–" | "—" | "‑" | "‐" | "−" | "‒" => Cow::Borrowed("-"),
        "“" | "”" => Cow::Borrowed("\""),
        "’s" | "’S" => Cow::Borrowed("'s"),
        _ => Cow::Owned(word.to_lowercase()),
    }
}

/// Whether the comma at `at` separates thousands: exactly three digits follow.
fn thousands(words: &str, at: usize) -> bool {
    let tail = words.get(at + 1..).unwrap_or("");
    tail.bytes().take_while(u8::is_ascii_digit).take(4).count() == 3
}

/// Whether a full stop after `so_far` continues an abbreviation of single letters ("a.m.", "U.S.").
fn single_letters(so_far: &str, after: &str) -> bool {
    if so_far.len() > 12 {
        return false;
    }
    let single = so_far.split('.').all(|part| part.chars().count() == 1);
    let mut next = after.chars();
    match next.next() {
        Some(c) if c.is_alphabetic() => {
            // "a.m." goes on; "a.man" does not.
            single && !next.next().is_some_and(char::is_alphabetic)
        }
        // The last point belongs to it once there is a point inside.
        _ => single && so_far.contains('.'),
    }
}

/// Combining marks belong to the letter before (Arabic vowel signs, accents).
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' | '\u{0670}')
}

/// Direction and joining marks, invisible.
fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let all = Span::from_usize(0, text.len());
        let got: Vec<String> = lexemes(text, all).into_iter().map(|l| l.low.into_owned()).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn cuts_numbers_from_letters() {
        check("A 16-hour flight", &["a", "16", "-", "hour", "flight"]);
        check("the 1990s’ 12,500 at 10 a.m.", &["the", "1990", "s", "'", "12,500", "at", "10", "a.m."]);
        check("Friday’s, Sept. 30", &["friday", "'s", ",", "sept", ".", "30"]);
        check("30–40 on 3,4", &["30", "-", "40", "on", "3", ",", "4"]);
        check("U.S. jets", &["u.s.", "jets"]);
    }
}
