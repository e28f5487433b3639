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

use super::Linked;
use super::bearing::place_ids;
use super::ground::{grain, settled};
use rashomon_model::analysis::{EventKind, EventMention};
use rashomon_model::attribution::Flag;
use rashomon_model::claim::Claim;
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::PlaceId;
use rashomon_model::place::{Place, Toponym};
use rashomon_model::span::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Bytes from the start of a sentence within which a place says what the sentence is about. Starting value.
const OPENING: u32 = 32;

/// Characters behind an event's word looked at for "on the same". Starting value.
const SAME_REACH: usize = 24;

/// Days before publication back to which "since Thursday" may be since the occurrence told of. Starting value.
const SINCE_DAYS: i32 = 6;

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

    /// Whether the place stands in what names a speaker ("told reporters in …" names no scene).
    fn is_spoken(&self, toponym: &Toponym) -> bool {
        let at = self.spoken.partition_point(|span| span.end <= toponym.span.start);
        self.spoken.get(at).is_some_and(|span| span.overlaps(toponym.span))
    }

    /// Whether a preposition of place stands before it ("…'s action" names no scene, nor does "the hospital in …", where those
    /// hurt elsewhere lie).
    fn is_behind(&self, toponym: &Toponym) -> bool {
        let before = self.doc.document.slice(Span::new(0, toponym.span.start));
        let mut words = before.rsplit(char::is_whitespace).filter(|word| !word.is_empty()).map(str::to_lowercase);
        words.find(|word| word != "the").is_some_and(|word| WORDS.at_places.contains(&word))
            && !words.next().is_some_and(|word| WORDS.brought.contains(&word))
    }

    /// "Five people have died since Thursday": the day since which the claim's cumulative figures count, if they name but one, not
    /// long before publication.
    pub(super) fn since(&self, claim: &Claim) -> Option<DateValue> {
        let published = self.doc.document.published.as_ref()?;
        let mut windows = claim.proposition.count.iter().filter_map(|count| count.cumulative);
        let window = windows.next().filter(|window| windows.all(|other| other == *window))?;
        let times = &self.doc.analysis.times;
        let from = times.partition_point(|time| time.span.end <= window.start);
        let time = times.get(from).filter(|time| time.span.overlaps(window))?;
        let recent = |date: &DateValue| {
            date.precision <= Precision::Day
                && date
                    .first_day()
                    .until(published.first_day())
                    .is_ok_and(|gap| (0..=SINCE_DAYS).contains(&gap.get_days()))
        };
        let since =
            self.doc.document.slice(Span::new(window.start.saturating_sub(7).min(time.span.start), time.span.start));
        time.date.clone().filter(|date| recent(date) && since.to_lowercase().contains("since"))
    }

    /// The one day since which the account counts, where it dates no occurrence of that time to another day: what has come of
    /// that day's occurrence, rather than a total over several.
    pub(super) fn days_since(&self, core: impl Fn(&Claim) -> bool) -> Option<DateValue> {
        let claims = || self.doc.claims.iter().filter(|claim| core(claim));
        let mut days = claims().filter_map(|claim| self.since(claim));
        let day = days.next().filter(|day| days.all(|other| other.first_day() == day.first_day()))?;
        let published = self.doc.document.published.as_ref()?.first_day();
        let other = |claim: &Claim| {
            let time = claim.proposition.time.as_ref().filter(|_| !claim.flags.contains(&Flag::Cumulative));
            time.is_some_and(|time| {
                let recent = time.date.last_day().until(published).is_ok_and(|gap| gap.get_days() <= SINCE_DAYS);
                recent && !(day.start < time.date.end && time.date.start < day.end)
            })
        };
        (!claims().any(other)).then_some(day)
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

    /// "In January gunmen killed 17 people at the market of Orvel": one occurrence told without its day, rather than the total of
    /// a month: at a settlement, of one act or none named.
    pub(super) fn is_of_month(&self, claim: &Claim, time: Option<&DateValue>, scene: &BTreeSet<PlaceId>) -> bool {
        let plural = |event: &EventMention| {
            let word = self.doc.document.slice(event.span);
            is_act(event.kind) && word.ends_with('s') && !word.ends_with("ss")
        };
        time.is_some_and(|time| time.precision == Precision::Month)
            && !claim.flags.contains(&Flag::Cumulative)
            && !settled(scene, self.places).is_empty()
            && !self.events(claim).any(plural)
    }

    /// Whether the words name the place as where it happened, outside what names a speaker.
    fn is_told_of(&self, toponym: &Toponym) -> bool {
        self.is_behind(toponym) && !self.is_spoken(toponym)
    }

    /// Whether the opening of the account names the place as a scene: in the headline, behind a preposition of place, or as a
    /// paragraph's first words ("Talen pass, this side.").
    pub(super) fn is_opening_scene(&self, toponym: &Toponym) -> bool {
        let document = self.doc.document;
        let block = document.block_at(toponym.span.start);
        let heads = block.is_some_and(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Dateline));
        let behind =
            block.map_or("", |block| document.slice(Span::new(toponym.span.end.min(block.span.end), block.span.end)));
        let alone = behind.starts_with([',', '.', '(', ':']) || super::head::kind_word(behind).is_some();
        // "Orvel, 15 March, 16:30" above a statement says where and when it was made
        let signed = |block: &Block| {
            document.published_anchor.is_some_and(|anchor| anchor.overlaps(block.span)) && is_short(behind)
        };
        let opens = alone && block.is_some_and(|block| block.span.start == toponym.span.start && !signed(block));
        let heads = heads && !block.is_some_and(|block| block.kind == BlockKind::Dateline && signed(block));
        !self.is_spoken(toponym) && (self.is_behind(toponym) || heads || opens)
    }

    /// Whether the opening tells of the place as a scene, by its headline or in so many words; where a report was written is none.
    pub(super) fn is_lead_scene(&self, toponym: &Toponym) -> bool {
        let block = self.doc.document.block_at(toponym.span.start).map(|block| block.kind);
        !self.is_spoken(toponym) && (self.is_behind(toponym) || block == Some(BlockKind::Headline))
    }

    /// Whether the id is of a settlement or a finer place.
    fn is_fine(&self, id: &PlaceId) -> bool {
        self.places.get(id).is_some_and(|place| grain(place) <= 1)
    }

    /// Places a claim tells of, and whether it tells of several as one: those read as its place, else those its words name as a
    /// scene. A figure of several places named apart ("eleven in Orvel and six in Kesta") is of the one named next after it.
    pub(super) fn scene(&self, claim: &Claim) -> (BTreeSet<PlaceId>, bool) {
        let toponyms = || in_claim(&self.doc.analysis.toponyms, |toponym| toponym.span, claim);
        let mut read = place_ids(claim);
        // a claim read to be at some place was not read to be at the others it names: a hospital's town, where something was bound
        if read.is_empty() {
            let told = toponyms().filter(|toponym| self.is_told_of(toponym));
            read.extend(told.filter_map(|toponym| toponym.place.as_ref()).map(|place| place.id.clone()));
        }
        if !read.iter().any(|id| self.is_fine(id)) {
            read.extend(self.opening(claim).into_iter().filter(|id| self.is_fine(id)));
        }
        let named: Vec<(Span, &PlaceId)> = toponyms()
            .filter_map(|toponym| Some((toponym.span, &toponym.place.as_ref()?.id)))
            .filter(|(_, id)| self.is_fine(id) && read.contains(*id))
            .collect();
        let several = named.windows(2).filter_map(|two| if let [a, b] = two { Some((a, b)) } else { None });
        let mut row = false;
        for (a, b) in several.filter(|(a, b)| a.1 != b.1) {
            let between = self.doc.document.slice(Span::new(a.0.end.min(b.0.start), b.0.start));
            if is_row(between) {
                row = true;
                continue;
            }
            let figure = claim.proposition.count.iter().map(|count| count.span.start).min().unwrap_or(0);
            let meant = named.iter().find(|(span, _)| span.start >= figure).map_or(a.1, |(_, id)| *id);
            let only = read.iter().filter(|id| !self.is_fine(id) || *id == meant).cloned().collect();
            return (only, false);
        }
        (read, row)
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

    /// Places by which the claim's sentence opens ("As for Kesta, the army repeated that …", "In Orvel, residents said …").
    fn opening(&self, claim: &Claim) -> BTreeSet<PlaceId> {
        let Some((before, topic)) = self.before_claim(claim) else { return BTreeSet::new() };
        let reach = if topic { before.end } else { before.end.min(before.start + OPENING) };
        starting_in(&self.doc.analysis.toponyms, |toponym| toponym.span, before)
            .iter()
            .filter(|toponym| toponym.span.end <= reach && (topic || self.is_told_of(toponym)))
            .filter_map(|toponym| toponym.place.as_ref().map(|place| place.id.clone()))
            .collect()
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
        self.events(claim).filter(|event| is_act(event.kind)).find_map(|event| {
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

/// Whether no sentence follows, but a day and an hour at most.
fn is_short(behind: &str) -> bool {
    behind.split_whitespace().count() <= SIGNED
}

/// Words behind a place that with its day and hour make a line of their own.
const SIGNED: usize = 7;

/// Whether the words between two places join them to one row: nothing but commas, "and", "or" and what a place is.
fn is_row(between: &str) -> bool {
    let words = || between.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let joins = |word: &str| WORDS.joining.contains(word);
    words().all(|word| joins(word) || is_kind(word) || WORDS.beside_joining.contains(word))
        && (between.contains(',') || words().any(joins))
}

/// An attack, rather than what came of one.
pub(super) fn is_act(kind: EventKind) -> bool {
    kind.is_violence() && !matches!(kind, EventKind::Harm | EventKind::Damage)
}

#[cfg(test)]
mod tests {
    use super::{WORDS, is_row};

    #[test]
    fn the_shipped_words_are_read() {
        let words = &*WORDS;
        assert!(!words.openers.is_empty() && words.series.get("second") == Some(&2));
        assert!(words.kinds.contains("village") && words.at_places.contains("in") && words.spread.contains("since"));
    }

    #[test]
    fn places_in_a_row() {
        for row in [" and ", ", ", ", the town of ", " or in the nearby villages of "] {
            assert!(is_row(row), "{row}");
        }
        for other in [" and six in ", " to ", " village ", " sand "] {
            assert!(!is_row(other), "{other}");
        }
    }
}
