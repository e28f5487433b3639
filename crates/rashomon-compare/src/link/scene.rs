//! Where and when does a claim say it was? What its words and the opening of its sentence say of the scene.
//!
//! ```text
//! In Orvel and in the nearby village of Kesta 19 died.               both, as one row
//! Eleven died in Orvel and six in Kesta.                             Orvel: of the first figure
//! Asked about the raid of 3 March on Kesta, he said two had died.    Kesta, 3 March: the topic
//! A second strike hit the street.                                    the second of a series
//! … to bury Ilo Marant, a student shot in Kesta on Friday.           an aside of somebody named
//! ```
//!
//! The words by which scenes are told apart are data (`data/scenes.toml`).

mod place;
mod since;

use super::Linked;
use super::ground::settled;
use rashomon_model::analysis::{EventKind, EventMention};
use rashomon_model::attribution::Flag;
use rashomon_model::claim::Claim;
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use rashomon_model::span::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Characters behind an event's word looked at for "on the same". Starting value.
const SAME_REACH: usize = 24;

/// Numbered paragraphs from which a text is a list of points.
const NUMBERED: usize = 3;

/// Words of an apposition behind its article: "a student", "the deputy head of the council". Starting value.
const APPOSED: std::ops::RangeInclusive<usize> = 1..=4;

/// The shipped words (`data/scenes.toml`, which says what each list is for).
#[derive(Default, Deserialize)]
struct Words {
    openers: Vec<String>,
    at_places: BTreeSet<String>,
    brought: BTreeSet<String>,
    sums: Vec<String>,
    occasions: Vec<String>,
    disasters: BTreeSet<String>,
    live: BTreeSet<String>,
    behind_participles: BTreeSet<String>,
    kinds: BTreeSet<String>,
    joining: BTreeSet<String>,
    beside_joining: BTreeSet<String>,
    spread: BTreeSet<String>,
    series: BTreeMap<String, u8>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/scenes.toml")).unwrap_or_default());

/// Whether the word says what kind of place something is ("village", "pass").
pub(super) fn is_kind(word: &str) -> bool {
    WORDS.kinds.contains(word)
}

/// Items of a list sorted by where they start that start within `span`.
pub(super) fn starting_in<T>(list: &[T], of: impl Fn(&T) -> Span, span: Span) -> &[T] {
    let from = list.partition_point(|item| of(item).start < span.start);
    let to = list.partition_point(|item| of(item).start < span.end);
    list.get(from..to).unwrap_or_default()
}

/// Items of a list sorted by where they start that stand in the claim's words.
fn in_claim<'a, T>(list: &'a [T], of: fn(&T) -> Span, claim: &'a Claim) -> impl Iterator<Item = &'a T> {
    let inside = move |item: &&T| claim.anchors.iter().any(|anchor| anchor.contains(of(item)));
    starting_in(list, of, claim.cover()).iter().filter(inside)
}

/// A document with what tells whether its places are scenes.
pub(super) struct Scenery<'a> {
    /// The document.
    pub(super) doc: &'a Linked<'a>,
    /// Places of the case.
    pub(super) places: &'a BTreeMap<PlaceId, Place>,
    /// What names speakers and the verbs of saying, sorted, not overlapping.
    spoken: Vec<Span>,
}

impl<'a> Scenery<'a> {
    /// Of one document.
    pub(super) fn of(doc: &'a Linked<'a>, places: &'a BTreeMap<PlaceId, Place>) -> Self {
        let mut all: Vec<Span> =
            doc.analysis.attributions.iter().flat_map(|a| a.source.iter().chain(&a.cue)).copied().collect();
        all.sort_unstable();
        let mut spoken: Vec<Span> = Vec::with_capacity(all.len());
        for span in all {
            match spoken.last_mut().filter(|last| last.overlaps(span)) {
                Some(last) => *last = last.cover(span),
                None => spoken.push(span),
            }
        }
        Self { doc, places, spoken }
    }

    /// Whether what stands first in the account need not be what it is about: a page of live entries, or numbered points.
    pub(super) fn is_listing(&self) -> bool {
        let document = self.doc.document;
        let live = |block: &Block| {
            let words = document.slice(block.span).to_lowercase();
            let mut words = words.split(|c: char| !c.is_alphanumeric());
            block.kind == BlockKind::Headline && words.any(|word| WORDS.live.contains(word))
        };
        let numbered = |block: &&Block| {
            let words = document.slice(block.span).trim_start_matches(['(', ' ']);
            let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            (1..=2).contains(&digits) && words.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']))
        };
        document.blocks.iter().any(live) || document.blocks.iter().filter(numbered).count() >= NUMBERED
    }

    /// "In these strikes 212 civilians have died": a figure over occurrences told before.
    pub(super) fn is_sum(&self, claim: &Claim) -> bool {
        let words = self.doc.document.slice(claim.cover()).to_lowercase();
        WORDS.sums.iter().any(|phrase| words.contains(phrase.as_str()))
    }

    /// The time of the sentence that names the place the claim points back to ("Last night it was the turn of Kesta. Nine people
    /// died there.").
    pub(super) fn pointed_time(&self, claim: &Claim) -> Option<DateValue> {
        let own = |span: Span| claim.anchors.iter().any(|anchor| anchor.contains(span));
        let place = claim.proposition.place.iter().find(|place| place.place.is_some() && !own(place.span))?;
        let sentence = self.doc.sentence_at(place.span.start)?;
        let times = starting_in(&self.doc.analysis.times, |time| time.span, sentence).iter();
        times
            .filter_map(|time| time.date.clone())
            .filter(|date| date.precision <= Precision::Month)
            .min_by_key(|d| d.precision)
    }

    /// The day last named before the claim in its paragraph, if the claim points back to what was told of it ("Nobody was killed
    /// on that occasion").
    pub(super) fn occasion_day(&self, claim: &Claim) -> Option<DateValue> {
        let words = self.doc.document.slice(claim.cover()).to_lowercase();
        if !WORDS.occasions.iter().any(|phrase| words.contains(phrase.as_str())) {
            return None;
        }
        let start = claim.cover().start;
        let block = self.doc.document.block_at(start)?.span;
        let before = Span::new(block.start.min(start), start);
        let times = starting_in(&self.doc.analysis.times, |time| time.span, before).iter().rev();
        times.filter_map(|time| time.date.clone()).find(|date| date.precision <= Precision::Day)
    }

    /// Whether the claim tells of harm that a disaster did ("the slide cost 37 lives").
    pub(super) fn is_disaster(&self, claim: &Claim) -> bool {
        let words = self.doc.document.slice(claim.cover()).to_lowercase();
        let named = words.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.disasters.contains(word));
        named && !self.events(claim).any(|event| event.kind.is_act() && event.kind != EventKind::Accident)
    }

    /// "In January gunmen killed 17 people at the market of Orvel": one occurrence told without its day, rather than the total of
    /// a month: at a settlement, of one act or none named.
    pub(super) fn is_of_month(&self, claim: &Claim, time: Option<&DateValue>, scene: &BTreeSet<PlaceId>) -> bool {
        let plural = |event: &EventMention| {
            let word = self.doc.document.slice(event.span);
            event.kind.is_act() && word.ends_with('s') && !word.ends_with("ss")
        };
        time.is_some_and(|time| time.precision == Precision::Month)
            && !claim.flags.contains(&Flag::Cumulative)
            && !settled(scene, self.places).is_empty()
            && !self.events(claim).any(plural)
    }

    /// What of the claim's sentence stands before the claim, and whether it opens by saying what it is about.
    fn before_claim(&self, claim: &Claim) -> Option<(Span, bool)> {
        let start = claim.cover().start;
        let sentence = self.doc.sentence_at(start)?;
        let before = Span::new(sentence.start.min(start), start);
        let words = self.doc.document.slice(before).to_lowercase();
        let about = |opener: &String| words.strip_prefix(opener.as_str()).is_some_and(|rest| rest.starts_with(' '));
        Some((before, WORDS.openers.iter().any(about)))
    }

    /// The day by which the claim's sentence says what it is about ("Asked about the raid of 3 March, the army said …").
    pub(super) fn topic_day(&self, claim: &Claim) -> Option<DateValue> {
        let (before, _) = self.before_claim(claim).filter(|(_, topic)| *topic)?;
        starting_in(&self.doc.analysis.times, |time| time.span, before)
            .iter()
            .filter(|time| before.contains(time.span))
            .filter_map(|time| time.date.clone())
            .find(|date| date.precision <= Precision::Day)
    }

    /// The events in the claim's words that are told as real.
    fn events<'b>(&'b self, claim: &'b Claim) -> impl Iterator<Item = &'b EventMention> {
        in_claim(&self.doc.analysis.events, |event| event.span, claim).filter(|event| !event.unreal)
    }

    /// Whether the claim only says of somebody named what happened to him: its one event stands as a participle in an apposition
    /// to a name ("… to bury Ilo Marant, a student shot in Kesta on Friday").
    pub(super) fn is_aside(&self, claim: &Claim) -> bool {
        let mut events = self.events(claim).filter(|event| event.kind.is_violence());
        let (Some(event), None) = (events.next(), events.next()) else { return false };
        let Some(sentence) = self.doc.sentence_at(event.span.start) else { return false };
        let document = self.doc.document;
        let before = document.slice(Span::new(sentence.start.min(event.span.start), event.span.start));
        let Some((name, noun)) = before.rsplit_once(", ") else { return false };
        // the sentence's first word is a capital's for another reason
        let named = name.rsplit_once(' ').is_some_and(|(_, last)| last.starts_with(char::is_uppercase));
        let words: Vec<&str> = noun.split_whitespace().collect();
        let apposed = matches!(words.as_slice(), ["a" | "an" | "the", rest @ ..] if APPOSED.contains(&rest.len()));
        let after = document.slice(Span::new(event.span.end.min(sentence.end), sentence.end));
        let passive = after.split_whitespace().next().is_some_and(|word| WORDS.behind_participles.contains(word));
        named && apposed && passive
    }

    /// The claim's place in a series of strikes: "a second strike", but not "the second strike in a week".
    pub(super) fn rank(&self, claim: &Claim) -> Option<u8> {
        let text = &self.doc.document.text;
        self.events(claim).filter(|event| event.kind.is_act()).find_map(|event| {
            let before = text.get(..event.span.start as usize)?;
            let mut near = before.rsplit(char::is_whitespace).filter(|word| !word.is_empty()).take(2);
            let rank = near.find_map(|word| WORDS.series.get(&word.to_lowercase()).copied())?;
            let after =
                text.get(event.span.end as usize..)?.trim_start_matches(|c: char| c.is_alphabetic()).trim_start();
            let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
            // "the second strike on the same street" is of the series; "the second strike in a week" is not
            let same = after.chars().take(SAME_REACH).collect::<String>().contains(" same ");
            (same || !WORDS.spread.contains(&next)).then_some(rank)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn the_shipped_words_are_read() {
        let words = &*WORDS;
        assert!(!words.openers.is_empty() && words.series.get("second") == Some(&2));
        assert!(words.kinds.contains("village") && words.at_places.contains("in") && words.spread.contains("since"));
    }
}
