//! Which places does a claim, or the opening of its account, tell of as the scene?

use super::{Scenery, WORDS, in_claim, is_kind, starting_in};
use crate::link::bearing::place_ids;
use crate::link::context::is_head;
use crate::link::ground::grain;
use crate::link::head;
use rashomon_model::claim::Claim;
use rashomon_model::date::Precision;
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Toponym;
use rashomon_model::span::Span;
use std::collections::BTreeSet;

/// Bytes from the start of a sentence within which a place says what the sentence is about. Starting value.
const OPENING: u32 = 32;

impl Scenery<'_> {
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

    /// Whether the words name the place as where it happened, outside what names a speaker.
    fn is_told_of(&self, toponym: &Toponym) -> bool {
        self.is_behind(toponym) && !self.is_spoken(toponym)
    }

    /// Whether the opening of the account names the place as a scene: in the headline, behind a preposition of place, or as a
    /// paragraph's first words ("Talen pass, this side.").
    pub(in crate::link) fn is_opening_scene(&self, toponym: &Toponym) -> bool {
        let document = self.doc.document;
        let block = document.block_at(toponym.span.start);
        let heads = block.is_some_and(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Dateline));
        let behind =
            block.map_or("", |block| document.slice(Span::new(toponym.span.end.min(block.span.end), block.span.end)));
        let alone = behind.starts_with([',', '.', '(', ':']) || head::kind_word(behind).is_some();
        // "Orvel, 15 March, 16:30" above a statement says where and when it was made
        let signed = |block: &Block| {
            document.published_anchor.is_some_and(|anchor| anchor.overlaps(block.span)) && is_short(behind)
        };
        let opens = alone && block.is_some_and(|block| block.span.start == toponym.span.start && !signed(block));
        let heads = heads && !block.is_some_and(|block| block.kind == BlockKind::Dateline && signed(block));
        !self.is_spoken(toponym) && (self.is_behind(toponym) || heads || opens)
    }

    /// Whether the opening tells of the place as a scene, by its headline, by a line of its head that names a day too, or in so many words;
    /// where a report was written is none.
    pub(in crate::link) fn is_lead_scene(&self, toponym: &Toponym) -> bool {
        let block = self.doc.document.block_at(toponym.span.start);
        let dated = |block: &Block| {
            is_head(self.doc.document, block)
                && starting_in(&self.doc.analysis.times, |time| time.span, block.span)
                    .iter()
                    .any(|time| time.date.as_ref().is_some_and(|date| date.precision <= Precision::Day))
        };
        let heads = block.is_some_and(|block| block.kind == BlockKind::Headline || dated(block));
        !self.is_spoken(toponym) && (self.is_behind(toponym) || heads)
    }

    /// Whether the id is of a settlement or a finer place.
    fn is_fine(&self, id: &PlaceId) -> bool {
        self.places.get(id).is_some_and(|place| grain(place) <= 1)
    }

    /// Places a claim tells of, and whether it tells of several as one: those read as its place, else those its words name as a
    /// scene. A figure of several places named apart ("eleven in Orvel and six in Kesta") is of the one named next after it.
    pub(in crate::link) fn scene(&self, claim: &Claim) -> (BTreeSet<PlaceId>, bool) {
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

#[cfg(test)]
mod tests {
    use super::is_row;

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
