//! Are the words those of one writer? Numbers with words that do not fit them, what a thesaurus puts for common words, names
//! written in two ways, a last sentence that breaks off.

use super::{LISTS, SPUN, Seam, SeamKind, cover, runs};
use crate::lexeme::{Lexeme, lexemes};
use rashomon_model::analysis::Analysis;
use rashomon_model::{Document, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest letters of a name that is compared with others.
const NAME: usize = 6;
/// Names of a text that are compared with each other.
const NAMES: usize = 300;
/// Fewest words of a last sentence that can break off.
const BROKEN: usize = 5;

/// The signs of this room.
pub(super) fn read(doc: &Document, analysis: &Analysis) -> Vec<Seam> {
    let mut found = Vec::new();
    let mut spun: BTreeMap<String, Span> = BTreeMap::new();
    let mut names: BTreeMap<String, Span> = BTreeMap::new();
    let mut small: BTreeSet<String> = BTreeSet::new();
    for sentence in &analysis.sentences {
        let words = lexemes(&doc.text, sentence.span);
        for i in 0..words.len() {
            found.extend(number(&words, i));
            if let Some((end, ())) = LISTS.spun.at(&words, i)
                && let Some(span) = cover(&words, i, end)
            {
                spun.entry(span.of(&doc.text).to_lowercase()).or_insert(span);
            }
        }
        for (i, word) in words.iter().enumerate().filter(|(_, word)| word.word() && word.low.chars().count() >= NAME) {
            if word.capital && i > 0 && runs(sentence.block) && names.len() < NAMES {
                names.entry(word.low.clone().into_owned()).or_insert(word.span);
            } else if !word.capital {
                small.insert(word.low.clone().into_owned());
            }
        }
    }
    if spun.len() >= SPUN {
        found.extend(spun.into_values().map(|span| Seam { kind: SeamKind::Spun, span }));
    }
    names.retain(|name, _| !small.contains(name));
    found.extend(spellings(&names));
    found.extend(breaks_off(doc));
    found
}

/// "A few 4,500" (an exact number is a group of thousands that is not round as a whole, and no measure), "as many as at least".
fn number(words: &[Lexeme<'_>], i: usize) -> Option<Seam> {
    let seam = |end| cover(words, i, end).map(|span| Seam { kind: SeamKind::Number, span });
    if let Some((end, ())) = LISTS.doubled.at(words, i) {
        return seam(end);
    }
    let (end, ()) = LISTS.inexact.at(words, i)?;
    words.get(end).filter(|number| number.low.contains(',') && !round(&number.low))?;
    let next = words.get(end + 1);
    let measured = next.is_some_and(|next| LISTS.units.iter().any(|unit| next.is(unit)));
    // "several 2,000-pound bombs", "a few 1,500m runners"
    let joined = next.is_some_and(|next| next.glued && !next.any(&[".", ",", ";", ":", ")"]));
    if measured || joined { None } else { seam(end + 1) }
}

/// Whether a group of digits is one digit and noughts: "a few 1,000" is said.
fn round(digits: &str) -> bool {
    digits.chars().filter(|c| matches!(c, '1'..='9')).count() <= 1
}

/// Names that differ in one letter, and not by an ending that a name takes ("Orvia", "Orvian").
fn spellings(names: &BTreeMap<String, Span>) -> Vec<Seam> {
    let all: Vec<(&String, &Span)> = names.iter().collect();
    let mut found = Vec::new();
    for (i, (a, _)) in all.iter().enumerate() {
        for (b, span) in all.iter().skip(i + 1) {
            if one_letter_apart(a, b) && !inflected(a, b) {
                found.push(Seam { kind: SeamKind::Spelling, span: **span });
            }
        }
    }
    found
}

/// Whether one letter is put in, left out or changed, the first not counted.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 || a.first() != b.first() || a == b {
        return false;
    }
    let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let rest = |list: &[char], from: usize| list.get(from..).unwrap_or_default().to_vec();
    if short.len() == long.len() {
        rest(short, same + 1) == rest(long, same + 1)
    } else {
        rest(short, same) == rest(long, same + 1)
    }
}

/// Whether the longer is the shorter with an ending.
fn inflected(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).is_some_and(|ending| matches!(ending, "s" | "n" | "i" | "’" | "'"))
        || (a.ends_with("man") && b.ends_with("men") || a.ends_with("men") && b.ends_with("man"))
        || (a.ends_with("an") && b.ends_with("a") || a.ends_with('a') && b.ends_with("an"))
}

/// The last sentence, if it ends in a small letter.
fn breaks_off(doc: &Document) -> Option<Seam> {
    let last = doc.blocks.iter().rev().find(|block| runs(block.kind))?;
    let words = doc.slice(last.span).trim_end();
    let sentence = words.rfind(['.', '!', '?', '”', '"']).and_then(|at| words.get(at..)).unwrap_or(words);
    let sentence = sentence.trim_start_matches(['.', '!', '?', '”', '"', ' ']);
    let broken = words.ends_with(|c: char| c.is_lowercase()) && sentence.split_whitespace().count() >= BROKEN;
    let start = last.span.start + u32::try_from(words.len() - sentence.len()).unwrap_or_default();
    let end = last.span.start + u32::try_from(words.len()).unwrap_or_default();
    broken.then(|| Seam { kind: SeamKind::BreaksOff, span: Span::new(start, end) })
}
