//! Where and when is what a section tells of? The heads of a text that is divided by places.
//!
//! Missions, monitors and round-ups tell of one place after another, and name place and day only in the head of each section:
//! in words that open its paragraph and end in a full stop or colon, or in a line of their own. A claim below that names no
//! place or day has the head's.
//!
//! ```text
//! 2. Orvel, 7 June. The Mission has corroborated eight deaths.     Orvel, 7 June
//! Kesta (6 km south of the line). Four people were hurt.           Kesta
//! ```
//!
//! One head is none: a text is divided only where two of its heads name different settlements.

use super::Linked;
use super::ground::grain;
use super::scene::{is_kind, starting_in};
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::document::BlockKind;
use rashomon_model::id::PlaceId;
use rashomon_model::place::{Place, Toponym};
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes within which a head ends: a line of a section's title with its bracket and day.
const LONGEST: usize = 120;

/// What a head says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    /// The settlement.
    pub(super) place: PlaceId,
    /// The day, where it gives one.
    pub(super) time: Option<DateValue>,
}

/// The head each block stands under, by the block's extent; empty for a text that is not divided by places.
pub(super) fn heads(doc: &Linked<'_>, places: &BTreeMap<PlaceId, Place>) -> BTreeMap<Span, Head> {
    let mut under = BTreeMap::new();
    let mut last: Option<Head> = None;
    let mut named = BTreeSet::new();
    for block in &doc.document.blocks {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::List) {
            continue;
        }
        let mut own = None;
        match head(doc, block.span, places) {
            Some((head, true)) => {
                named.insert(head.place.clone());
                last = Some(head);
                continue;
            }
            Some((head, false)) => {
                named.insert(head.place.clone());
                last = None;
                own = Some(head);
            }
            None if is_title(doc.document.slice(block.span)) => last = None,
            None => {}
        }
        if let Some(head) = own.or_else(|| last.clone()) {
            under.insert(block.span, head);
        }
    }
    if named.len() < 2 { BTreeMap::new() } else { under }
}

/// The head a block opens with, and whether the block is nothing else.
fn head(doc: &Linked<'_>, block: Span, places: &BTreeMap<PlaceId, Place>) -> Option<(Head, bool)> {
    let text = doc.document.slice(block);
    let start = block.start + u32::try_from(mark(text)).ok()?;
    let toponyms = &doc.analysis.toponyms;
    let first = toponyms.partition_point(|toponym| toponym.span.start < start);
    let toponym = toponyms.get(first).filter(|toponym| toponym.span.start == start)?;
    let place = settlement(toponym, places)?;
    let behind = doc.document.slice(Span::new(toponym.span.end.min(block.end), block.end));
    let kind = kind_word(behind);
    let (length, whole) = end(behind.get(kind.unwrap_or(0)..)?)?;
    // a line of a place and what it is, with nothing behind it, is no head
    if kind.is_some() && whole {
        return None;
    }
    let from = toponym.span.end + u32::try_from(kind.unwrap_or(0)).ok()?;
    let span = Span::new(from, from + u32::try_from(length).ok()?);
    if !bare(doc, span) {
        return None;
    }
    let inside = starting_in(&doc.analysis.times, |time| time.span, span).iter();
    let day = inside.filter_map(|time| time.date.clone()).find(|date| date.precision <= Precision::Day);
    Some((Head { place: place.clone(), time: day }, whole))
}

/// The settlement a toponym means.
fn settlement<'a>(toponym: &'a Toponym, places: &BTreeMap<PlaceId, Place>) -> Option<&'a PlaceId> {
    let id = &toponym.place.as_ref()?.id;
    places.get(id).filter(|place| grain(place) <= 1).map(|_| id)
}

/// Length of the mark before a head: "2. ", "3) ", "B. ", "(iv) ", a bullet.
fn mark(text: &str) -> usize {
    let number =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ')' | '(' | '–' | '-' | '•' | '*');
    let plain = text.len() - text.trim_start_matches(number).len();
    let rest = text.get(plain..).unwrap_or("");
    let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let word = rest.get(..letters).unwrap_or("");
    let roman = !word.is_empty() && word.chars().all(|c| "IVXivx".contains(c));
    let closed = rest.get(letters..).unwrap_or("");
    if (letters == 1 || roman) && closed.starts_with(['.', ')']) {
        return plain + letters + closed.len() - closed.trim_start_matches(number).len();
    }
    plain
}

/// Whether a block is the title of a section that names no place: few words behind a mark, and no stop.
fn is_title(text: &str) -> bool {
    let at = mark(text);
    let words = text.get(at..).unwrap_or("");
    at > 0 && words.split_whitespace().count() <= 6 && !words.trim_end().ends_with(['.', '!', '?', ':', ';', ','])
}

/// Length of a space and a word that says what kind of place it is, before a comma or bracket: "Mirro pass, 12 October.".
pub(super) fn kind_word(behind: &str) -> Option<usize> {
    let rest = behind.strip_prefix(' ')?;
    let word = rest.find(|c: char| !c.is_lowercase() && c != '-').unwrap_or(rest.len());
    let next = rest.get(word..)?.trim_start();
    (next.starts_with([',', '(']) && is_kind(rest.get(..word)?)).then_some(1 + word)
}

/// Whether the words are times, places and what stands in brackets: a head tells nothing.
pub(super) fn bare(doc: &Linked<'_>, span: Span) -> bool {
    let times = starting_in(&doc.analysis.times, |time| time.span, span).iter().map(|time| time.span);
    let toponyms = starting_in(&doc.analysis.toponyms, |toponym| toponym.span, span).iter().map(|toponym| toponym.span);
    let known: Vec<Span> = times.chain(toponyms).collect();
    let mut depth = 0_u8;
    for (at, c) in doc.document.slice(span).char_indices() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => {
                let at = u32::try_from(at).map_or(u32::MAX, |at| span.start + at);
                if !known.iter().any(|known| known.holds(at)) {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

/// Where the words behind the place end the head, and whether the block ends there: nothing, a bracket or a comma with what
/// follows it, then a full stop or colon, or the end of the line.
fn end(behind: &str) -> Option<(usize, bool)> {
    let mut depth = 0_u8;
    let opens = behind.trim_start().chars().next();
    if !matches!(opens, None | Some('(' | ',' | '.' | ':')) {
        return None;
    }
    for (at, c) in behind.char_indices().take_while(|(at, _)| *at <= LONGEST) {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            '.' | ':' if depth == 0 => {
                let rest = behind.get(at + 1..).unwrap_or("");
                // the point of an hour or a number is no end
                if rest.starts_with(|c: char| c.is_ascii_digit()) {
                    continue;
                }
                return Some((at, rest.trim().is_empty()));
            }
            _ => {}
        }
    }
    (behind.len() <= LONGEST).then_some((behind.len(), true))
}

#[cfg(test)]
mod tests {
    use super::{end, is_title, kind_word, mark};

    #[test]
    fn marks_before_a_head() {
        let after = |text: &'static str| text.get(mark(text)..).unwrap_or("");
        assert_eq!(after("2. Orvel, 7 June"), "Orvel, 7 June");
        assert_eq!(after("B. Orvel"), "Orvel");
        assert_eq!(after("(iv) Orvel"), "Orvel");
        assert_eq!(after("Orvel"), "Orvel");
        assert!(is_title("D. Recommendations") && !is_title("7. One missile fell."));
    }

    #[test]
    fn a_small_word_may_say_what_place_it_is() {
        assert_eq!(kind_word(" pass, 12 October. Fighters"), Some(5));
        assert_eq!(kind_word(" district (north). Fighters"), Some(9));
        assert_eq!(kind_word(" was shelled. Six died"), None);
        assert_eq!(kind_word(" said, and so did others"), None, "no kind of place");
        assert_eq!(kind_word(", 12 October."), None);
    }

    #[test]
    fn a_head_ends_at_a_point_a_colon_or_the_line() {
        assert_eq!(end(", 7 June. The Mission saw"), Some((8, false)));
        assert_eq!(end(" (held, 6 km. south). On 9 June"), Some((20, false)));
        assert_eq!(end(", 7 June, 14.10: shells fell"), Some((15, false)), "the point of an hour is no end");
        assert_eq!(end(""), Some((0, true)));
        assert_eq!(end(" (north)"), Some((8, true)));
        assert_eq!(end(" was shelled. Six died"), None);
        assert_eq!(end(&format!(", {}.", "where shells fell, ".repeat(9))), None);
    }
}
