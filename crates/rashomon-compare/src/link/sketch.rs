//! By what is an occurrence known again? What linking compares of one local incident: words, people, ages, days, places.
//!
//! A sketch holds what the text around a local incident gives: the occurrence an account leads with has the whole text, a
//! further one the paragraphs of its own claims. Page furniture that survived extraction (a paragraph that recurs in texts
//! of distant days) is left out. Words weigh more the rarer they are in the case ([`Weigher`]), so "Talen" counts for something and "police" for next to nothing.

use super::Linked;
use super::local::Local;
use super::pair::FURNITURE;
use crate::hash::word as hash;
use crate::source::key::{fold, is_title};
use rashomon_model::analysis::MentionKind;
use rashomon_model::date::{Date, DateValue, Precision};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use rashomon_model::span::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

/// Bytes of a text that are compared; what a report has to say of which occurrence it is about stands above.
const COMPARED: usize = 6_000;
/// Texts added to the case when the rarity of a word is worked out, so that in a case of five accounts, where every telling
/// word is in all of them, words still weigh something.
const BACKGROUND: f64 = 1_000.0;
/// Texts a person may be named in and still tell occurrences apart: officials who speak in more are no mark of one.
pub(super) const KNOWN_PERSON: usize = 25;

/// Entries of the shipped list.
#[derive(Deserialize)]
struct Listed {
    words: String,
}

/// Hashes of words that say nothing of which occurrence is meant.
static FUNCTION_WORDS: LazyLock<BTreeSet<u64>> = LazyLock::new(|| {
    let listed: Result<Listed, _> = toml::from_str(include_str!("../../data/function-words.toml"));
    listed.map(|listed| listed.words.split_whitespace().map(hash).collect()).unwrap_or_default()
});

/// What one local incident is known by.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sketch {
    /// Day of publication, counted from 1970.
    pub(super) published: Option<i64>,
    /// Days every expression of the text names, each with its neighbours, sorted.
    pub(super) days: Vec<i64>,
    /// Settlements and finer places named, sorted.
    pub(super) places: Vec<PlaceId>,
    /// People named by more than one name, as hashes of first and last name, sorted.
    pub(super) people: Vec<u64>,
    /// Ages given, sorted.
    pub(super) ages: Vec<u8>,
    /// Content words by hash with their weight, sorted by hash; the squares of the weights sum to 1.
    pub(super) terms: Vec<(u64, f32)>,
}

/// Days since 1970-01-01.
pub(super) fn number(day: Date) -> i64 {
    day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// Rarity of words over the case.
#[derive(Debug, Default)]
pub(super) struct Weigher {
    texts: f64,
    seen: HashMap<u64, u32>,
    /// Hash of a paragraph → texts it is in, first and last day of publication.
    paragraphs: HashMap<u64, (usize, i64, i64)>,
}

impl Weigher {
    /// Counts words and paragraphs of all texts.
    pub(super) fn of(documents: &[Linked<'_>]) -> Self {
        let mut made = Self { texts: documents.len() as f64, ..Self::default() };
        for doc in documents {
            let words: BTreeSet<u64> =
                words(doc.document.title.as_deref().unwrap_or("")).chain(words(head(&doc.document.text))).collect();
            for word in words {
                *made.seen.entry(word).or_default() += 1;
            }
            let day = doc.document.published.as_ref().map(|date| number(date.first_day()));
            let own: BTreeSet<u64> = doc.document.blocks.iter().map(|b| hash(doc.document.slice(b.span))).collect();
            for (paragraph, day) in own.into_iter().filter_map(|p| day.map(|day| (p, day))) {
                let (n, first, last) = made.paragraphs.entry(paragraph).or_insert((0, day, day));
                (*n, *first, *last) = (*n + 1, (*first).min(day), (*last).max(day));
            }
        }
        made
    }

    /// How rare a word is: the logarithm of how many texts there are to one that has it.
    fn rarity(&self, word: u64) -> f64 {
        let seen = self.seen.get(&word).copied().unwrap_or(1);
        ((self.texts + BACKGROUND) / f64::from(seen.max(1))).ln()
    }

    /// In how many texts a word stands.
    pub(super) fn seen(&self, word: u64) -> usize {
        self.seen.get(&word).map_or(0, |n| *n as usize)
    }

    /// Whether a paragraph recurs in texts of distant days.
    fn is_furniture(&self, paragraph: &str) -> bool {
        let (texts, days) = FURNITURE;
        self.paragraphs
            .get(&hash(paragraph))
            .is_some_and(|(n, first, last)| *n >= texts && last - first >= i64::from(days))
    }

    /// Word weights, normalised.
    fn terms(&self, counted: BTreeMap<u64, u32>) -> Vec<(u64, f32)> {
        let weights: Vec<(u64, f64)> =
            counted.into_iter().map(|(word, n)| (word, (1.0 + f64::from(n).ln()) * self.rarity(word))).collect();
        // a word no other text has can match nothing: it does not make the text less like others either
        let shared: Vec<(u64, f64)> = weights.into_iter().filter(|(word, _)| self.seen(*word) >= 2).collect();
        let length = shared.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        #[allow(clippy::cast_possible_truncation, reason = "seven digits are enough for a weight")]
        shared.into_iter().map(|(word, weight)| (word, (weight / length) as f32)).collect()
    }
}

/// The compared part of a text.
fn head(text: &str) -> &str {
    let end = (0..=COMPARED.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or(text)
}

/// Hashes of the content words.
fn words(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
        .filter(|word| word.len() >= 2 || word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty())
        .map(|word| hash(&fold(word)))
        .filter(|word| !FUNCTION_WORDS.contains(word))
}

/// Sketches of the local incidents of one document, in the same order; `main` is the one it leads with.
pub(super) fn sketches(
    doc: &Linked<'_>,
    locals: &[Local],
    weigher: &Weigher,
    places: &BTreeMap<PlaceId, Place>,
    main: Option<usize>,
) -> Vec<Sketch> {
    let of_claim: BTreeMap<_, Span> = doc.claims.iter().map(|claim| (&claim.id, claim.cover())).collect();
    let told: Vec<BTreeSet<usize>> = locals
        .iter()
        .map(|local| {
            let starts = local.claims.iter().filter_map(|id| of_claim.get(id)).map(|cover| cover.start);
            starts.filter_map(|start| block_index(doc, start)).collect()
        })
        .collect();
    locals
        .iter()
        .enumerate()
        .map(|(index, local)| {
            let own = told.get(index);
            let here = |block: usize| main == Some(index) || own.is_some_and(|own| own.contains(&block));
            sketch(doc, local, main == Some(index), here, weigher, places)
        })
        .collect()
}

/// Index of the block that holds an offset.
fn block_index(doc: &Linked<'_>, offset: u32) -> Option<usize> {
    doc.document.blocks.partition_point(|block| block.span.start <= offset).checked_sub(1)
}

/// One sketch, from the blocks that are `here`.
fn sketch(
    doc: &Linked<'_>,
    local: &Local,
    main: bool,
    here: impl Fn(usize) -> bool,
    weigher: &Weigher,
    places: &BTreeMap<PlaceId, Place>,
) -> Sketch {
    let kept = |(index, block): (usize, &rashomon_model::document::Block)| {
        let text = doc.document.slice(block.span);
        (here(index) && !weigher.is_furniture(text)).then_some(block.span)
    };
    let blocks: Vec<Span> = doc.document.blocks.iter().enumerate().filter_map(kept).collect();
    let inside = |span: Span| {
        let at = blocks.partition_point(|block| block.end <= span.start);
        blocks.get(at).is_some_and(|block| block.overlaps(span))
    };
    let mut counted: BTreeMap<u64, u32> = BTreeMap::new();
    let title = doc.document.title.as_deref().filter(|_| main).unwrap_or("");
    // the headline says what the text is about: it counts twice
    for word in words(title).chain(words(title)) {
        *counted.entry(word).or_default() += 1;
    }
    let mut left = COMPARED;
    let mut ages = BTreeSet::new();
    for span in &blocks {
        let text = head(doc.document.slice(*span));
        let text = if text.len() <= left { text } else { text.get(..left).unwrap_or("") };
        left -= text.len();
        for word in words(text) {
            *counted.entry(word).or_default() += 1;
        }
        ages.extend(ages_in(text));
    }
    let mut people: Vec<u64> = doc
        .analysis
        .mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Person && inside(mention.span))
        .filter_map(|mention| person(&mention.name))
        .collect();
    people.sort_unstable();
    people.dedup();
    let day_precise = |date: &&DateValue| date.precision <= Precision::Day;
    let said = doc.analysis.times.iter().filter(|time| inside(time.span)).filter_map(|time| time.date.as_ref());
    let days: BTreeSet<i64> = said
        .chain(local.time.as_ref().filter(|_| local.dated))
        .filter(day_precise)
        .flat_map(|date| [number(date.first_day()), number(date.last_day())])
        .flat_map(|day| day - 1..=day + 1)
        .collect();
    let named = doc.analysis.toponyms.iter().filter(|toponym| inside(toponym.span));
    let settled = |id: &PlaceId| places.get(id).is_some_and(|place| super::ground::grain(place) <= 1);
    let places: BTreeSet<PlaceId> = named
        .filter_map(|toponym| toponym.place.as_ref().map(|place| place.id.clone()))
        .chain(local.places.iter().cloned())
        .filter(settled)
        .collect();
    Sketch {
        published: doc.document.published.as_ref().map(|date| number(date.first_day())),
        days: days.into_iter().collect(),
        places: places.into_iter().collect(),
        people,
        ages: ages.into_iter().collect(),
        terms: weigher.terms(counted),
    }
}

/// A person by first and last name; `None` for one name alone, which many bear.
fn person(name: &str) -> Option<u64> {
    let parts: Vec<String> = name.split_whitespace().map(fold).filter(|word| word.chars().count() > 1).collect();
    let is_suffix = |word: &str| matches!(word, "jr" | "sr" | "ii" | "iii");
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|w| !is_title(w) && !is_suffix(w)).collect();
    match parts.as_slice() {
        [first, .., last] if !last.bytes().any(|b| b.is_ascii_digit()) => Some(hash(&format!("{first} {last}"))),
        _ => None,
    }
}

/// Ages: "34-year-old", "34 years old", and a number between commas or before a full stop ("…, 34, …").
fn ages_in(text: &str) -> BTreeSet<u8> {
    let bytes = text.as_bytes();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes.get(at..).into_iter().flatten().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        let (from, to) = (at, at + digits);
        at = to;
        let after = bytes.get(to..).unwrap_or(&[]);
        let before = bytes.get(from.saturating_sub(2)..from).unwrap_or(&[]);
        let aged = after.get(1..5) == Some(b"year") || before == b", " && matches!(after.first(), Some(b',' | b'.'));
        let value = text.get(from..to).filter(|_| digits <= 2 && aged).and_then(|n| n.parse::<u8>().ok());
        found.extend(value);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_people() {
        let found = ages_in("Ada Bren, 34, and a 7-year-old; 12 men aged 40 at 9 Oak Road, 2031.");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [7, 34]);
        assert_eq!(person("Ada M. Bren"), person("Dr. Ada Bren Jr."));
        assert_eq!(person("Bren"), None);
    }

    #[test]
    fn words_are_content_words() {
        assert_eq!(words("The mayor's house was hit, he said").count(), 3);
    }
}
