//! Where do sentences and words begin and end?
//!
//! Sentences never run over a block of the document. Words are maximal runs of letters, digits and inner
//! apostrophes, hyphens or points ("U.S.", "anti-ISIL", "Su-24"); punctuation is not a word.

use crate::table::Set;
use rashomon_model::Document;
use rashomon_model::analysis::{Sentence, Word};
use rashomon_model::span::Span;
use serde::Deserialize;
use std::sync::LazyLock;

/// Sentences in text order, blocks in turn; without white space at their ends, never empty.
#[must_use]
pub fn sentences(doc: &Document) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (paragraph, block) in doc.blocks.iter().enumerate() {
        for span in split(doc.slice(block.span)) {
            let start = block.span.start + span.start;
            found.push(Sentence {
                span: Span::new(start, start + (span.end - span.start)),
                block: block.kind,
                paragraph,
            });
        }
    }
    found
}

/// Sentence spans of one block's text.
fn split(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate() {
        let newline = c == '\n';
        if !newline && !matches!(c, '.' | '!' | '?' | '…' | '؟') {
            continue;
        }
        let mut next = i + 1;
        while chars
            .get(next)
            .is_some_and(|&(_, c)| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '.' | '!' | '?'))
        {
            next += 1;
        }
        let end = chars.get(next).map_or(text.len(), |&(at, _)| at);
        if newline || ends_sentence(text, start, at, c, &chars, next) {
            push(&mut spans, text, start, end);
            start = end;
        }
    }
    push(&mut spans, text, start, text.len());
    spans
}

/// Adds the trimmed span unless it is empty or lies behind the last one.
fn push(spans: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    if start < end {
        let mut span = Span::from_usize(start, end).trimmed(text);
        while span.len() > LONGEST {
            let cut = span.start + within(span.of(text));
            spans.push(Span::new(span.start, cut).trimmed(text));
            span = Span::new(cut, span.end).trimmed(text);
        }
        if !span.is_empty() {
            spans.push(span);
        }
    }
}

/// Longest sentence in bytes; what goes on longer without an end is a text that lost its marks, and is cut, since rooms may look
/// through a sentence once for each of its words (several times the longest sentence of the development sets, set by hand).
const LONGEST: usize = 4000;

/// Where a sentence that is too long is cut: behind the last comma or semicolon of its last quarter, or else the last white space;
/// where there is none, at the next one behind.
fn within(text: &str) -> u32 {
    let most = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (head, tail) = text.split_at_checked(most).unwrap_or((text, ""));
    let mark = head.rfind([',', ';', '،', '؛']).filter(|at| *at > most / 4 * 3);
    let mark = mark.and_then(|at| head.get(at..)?.chars().next().map(|c| at + c.len_utf8()));
    let space = || head.rfind(char::is_whitespace).filter(|at| *at > 0);
    let next = || tail.find(char::is_whitespace).map_or(text.len(), |at| most + at);
    u32::try_from(mark.or_else(space).unwrap_or_else(next)).unwrap_or(u32::MAX)
}

/// The words of `data/sentences.toml`; each list is explained there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    abbreviations: Set<String>,
    openers: Set<String>,
    pointed: Set<String>,
}

/// The lists; empty if the embedded file were broken (a test reads it, so it is not).
static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../data/sentences.toml")).unwrap_or_default());

/// Whether a word of a name, in lower case, is written with a point that is no mark between two words ("Gen. Varo").
pub(crate) fn is_pointed(word: &str) -> bool {
    LISTS.pointed.contains(word)
}

/// Whether the mark at `at` ends a sentence: what follows must start with a capital, a digit or a quotation mark after
/// white space, and what precedes must not be an abbreviation or an initial.
fn ends_sentence(text: &str, start: usize, at: usize, mark: char, chars: &[(usize, char)], next: usize) -> bool {
    let Some(&(_, after)) = chars.get(next) else {
        return true;
    };
    if !after.is_whitespace() {
        // "…fire."Stay" or "word.Next": a lost space; a closing quotation mark right before a capital ends the sentence.
        let closed = chars.get(next.wrapping_sub(1)).is_some_and(|&(_, c)| matches!(c, '"' | '”' | '»'));
        return closed && after.is_uppercase();
    }
    let following = chars.get(next..).unwrap_or_default().iter().map(|&(_, c)| c).find(|c| !c.is_whitespace());
    let Some(following) = following else {
        return true;
    };
    if following.is_lowercase() {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let before = text.get(start..at).unwrap_or("");
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘')).next().unwrap_or("");
    let bare = word.to_lowercase();
    let short = is_pointed(&bare) || LISTS.abbreviations.contains(&bare);
    if short && (bare != "no" || following.is_ascii_digit()) {
        return false;
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.contains('.')
        && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
    if initial || dotted {
        // "U.S. officials" goes on; "in the U.S. The minister" ends: decided by whether a function word follows.
        return dotted && starts_sentence(chars, next);
    }
    true
}

/// Whether the words from `next` on begin with a word that opens sentences but hardly ever follows an abbreviation within one.
fn starts_sentence(chars: &[(usize, char)], next: usize) -> bool {
    let word: String = chars
        .get(next..)
        .unwrap_or_default()
        .iter()
        .map(|&(_, c)| c)
        .skip_while(|c| c.is_whitespace())
        .take_while(|c| c.is_alphabetic())
        .take(12)
        .collect();
    LISTS.openers.contains(&word)
}

/// Words in text order, sentence by sentence; part of speech unknown.
#[must_use]
pub fn words(doc: &Document, sentences: &[Sentence]) -> Vec<Word> {
    let mut words = Vec::new();
    for sentence in sentences {
        let text = doc.slice(sentence.span);
        let base = sentence.span.start as usize;
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut i = 0;
        while i < chars.len() {
            let Some(&(from, c)) = chars.get(i) else {
                break;
            };
            if !c.is_alphanumeric() {
                i += 1;
                continue;
            }
            let mut j = i + 1;
            while let Some(&(_, c)) = chars.get(j) {
                let inner = matches!(c, '\'' | '’' | '-' | '‑' | '.' | ',')
                    && chars.get(j + 1).is_some_and(|&(_, n)| joins(c, chars.get(j - 1).map(|x| x.1), n));
                if !(c.is_alphanumeric() || is_mark(c) || inner) {
                    break;
                }
                j += 1;
            }
            let to = chars.get(j).map_or(text.len(), |&(at, _)| at);
            words.push(Word { span: Span::from_usize(base + from, base + to), pos: "X" });
            i = j;
        }
    }
    words
}

/// Whether the mark joins its neighbours into one word: apostrophes and hyphens between letters or digits, points between
/// single letters or digits, commas between digits.
fn joins(mark: char, before: Option<char>, after: char) -> bool {
    let before = before.unwrap_or(' ');
    match mark {
        ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        '.' => (before.is_ascii_digit() && after.is_ascii_digit()) || (before.is_uppercase() && after.is_uppercase()),
        _ => after.is_alphanumeric(),
    }
}

/// Combining marks belong to the letter before (Arabic vowel signs, accents).
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' | '\u{0670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let got: Vec<&str> = split(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn splits_sentences() {
        check("Gen. A. Varo spoke. \"We left,\" he said.", &["Gen. A. Varo spoke.", "\"We left,\" he said."]);
        check("The U.S. envoy came on Oct. 3. Nobody met him.", &["The U.S. envoy came on Oct. 3.", "Nobody met him."]);
        check("He lives in the U.S. The envoy left.", &["He lives in the U.S.", "The envoy left."]);
        check("It cost 4.5 million. Why?", &["It cost 4.5 million.", "Why?"]);
        check("“It burns.”Stay up to date", &["“It burns.”", "Stay up to date"]);
    }

    #[test]
    fn the_lists_can_be_read() {
        assert!(LISTS.abbreviations.contains("etc") && LISTS.openers.contains("The") && is_pointed("gen"));
    }

    #[test]
    fn what_never_ends_is_cut() {
        let all = |text: &str| split(text).iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        let text = "the road is shut and ".repeat(1000);
        let spans = all(&text);
        assert!(spans.iter().all(|s| s.len() <= LONGEST) && spans.len() < 8, "{}", spans.len());
        assert_eq!(spans.join(" "), text.trim(), "nothing is lost, no word is cut");
        let listed = format!("{}, {}", "a b ".repeat(900), "c d ".repeat(900));
        assert!(all(&listed)[0].ends_with(','), "rather at a comma");
        let solid = "ab".repeat(9000);
        assert_eq!(all(&format!("{solid} {solid}")), [solid.clone(), solid], "a word is never cut");
        assert_eq!(all(&"é".repeat(5000)).len(), 1);
    }
}
