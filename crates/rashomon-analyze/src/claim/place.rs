//! Where does a clause say it happened? Its toponyms, but not those that stand for a government or tell whence and whither.

use super::care::{in_care, is_led_to};
use super::cue::{LISTS, before, ends, find};
use super::proposition::Reader;
use crate::cover::inside;
use crate::mention::lexicon::lexicon;
use rashomon_model::analysis::{EventKind, EventMention, MentionKind};
use rashomon_model::claim::PlaceRef;
use rashomon_model::document::BlockKind;
use rashomon_model::place::Toponym;
use rashomon_model::span::Span;

impl Reader<'_> {
    /// Places of the clause; "there" is the place named last before it.
    pub(super) fn places(&self, pieces: &[Span]) -> Vec<PlaceRef> {
        let located = |loose: bool| -> Vec<&Toponym> {
            let inside = inside(&self.analysis.toponyms, pieces, |t| t.span);
            inside.filter(|toponym| self.is_location(toponym, loose)).collect()
        };
        let mut found = located(false);
        // "police in Orvel opened fire": where those are who act, if nothing else says where
        if found.is_empty() {
            found = located(true);
        }
        // "a hamlet, 6 km west of Orvel": where Orvel lies, if the clause has a place of its own
        if found.iter().any(|toponym| !self.is_bearing(toponym.span)) {
            found.retain(|toponym| !self.is_bearing(toponym.span));
        }
        if !found.iter().any(|toponym| is_spot(toponym)) {
            found.extend(self.there(pieces));
        }
        found.into_iter().map(place_ref).collect()
    }

    /// "45 km east of the town", "two miles from the town": from where the distance is measured.
    pub(super) fn is_bearing(&self, span: Span) -> bool {
        let before = before(&self.doc.text, span.start, 64).to_lowercase();
        let all: Vec<&str> = before.split_whitespace().collect();
        let words = without_fillers(&all);
        let Some((last, head)) = words.split_last() else { return false };
        let unit = |word: &&str| LISTS.distances.iter().any(|unit| unit == word.trim_matches([',', ')', '(']));
        matches!(*last, "of" | "from") && head.iter().rev().take(3).any(unit)
    }

    /// "fired from the ridge", "taken to the town", "a train bound for the town", "treated in a hospital in the town": whence
    /// something comes, where it goes, or where the wounded lie, not where it happened.
    fn is_way(&self, span: Span) -> bool {
        let before = before(&self.doc.text, span.start, 96).to_lowercase();
        let all: Vec<&str> = before.split_whitespace().collect();
        // "the Orvel hospital took in 35 wounded"
        if self.names_clinic(span) && (is_led_to(&all) || self.cares(span)) && !self.is_struck(span) {
            return true;
        }
        let words = without_fillers(&all);
        let of = |list: &[String], words: &[&str]| list.iter().any(|phrase| ends(words, phrase));
        let Some((last, head)) = words.split_last() else { return false };
        let verb = head.iter().rev().take(3).any(|word| LISTS.moves.iter().any(|m| m == word.trim_matches(',')));
        // "the train from A to B"
        let leg = *last == "to" && head.iter().rev().take(4).any(|word| *word == "from");
        // "abducted nine people from the town"
        if *last == "from" {
            let near = head.iter().rev().take(TAKEN).take_while(|word| !word.ends_with(',')).count();
            let to = head.len();
            let taken =
                (to - near + 1..=to).any(|end| of(&LISTS.taken_from, head.get(to - near..end).unwrap_or_default()));
            return !taken || self.has_place_behind(span);
        }
        let house = || {
            let noun = head.last().copied().unwrap_or("");
            matches!(*last, "in" | "at" | "of") && LISTS.clinics.iter().any(|clinic| clinic == noun)
        };
        let bound = || of(&LISTS.whither, &words) && !(matches!(*last, "left" | "leaving") && self.is_left_as(span));
        *last == "to" && verb
            || leg
            || bound()
            || in_care(&words)
            || house() && self.cares(span) && !self.is_struck(span)
    }

    /// "Arrested nine people from the town in another": whether another settlement right behind says where.
    fn has_place_behind(&self, span: Span) -> bool {
        let toponyms = &self.analysis.toponyms;
        let next = toponyms.get(toponyms.partition_point(|toponym| toponym.span.start < span.end));
        next.is_some_and(|next| {
            let between = Span::new(span.end, next.span.start).of(&self.doc.text);
            is_spot(next) && matches!(between.trim(), "in" | "at" | "near" | "outside")
        })
    }

    /// "The raid left the town without water": what became of it, where it happened.
    fn is_left_as(&self, span: Span) -> bool {
        let behind: String = self.doc.text.get(span.end as usize..).unwrap_or("").chars().take(LEFT_REACH).collect();
        let behind = behind.trim_start().to_lowercase();
        let goes_on = |phrase: &String| {
            behind.strip_prefix(phrase.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        LISTS.left_as.iter().any(goes_on)
    }

    /// "Brothers from Orvel, Kesta and Mirro": behind a comma or "and" after a place on the way.
    fn is_way_joined(&self, span: Span) -> bool {
        let toponyms = &self.analysis.toponyms;
        let at = toponyms.partition_point(|toponym| toponym.span.start < span.start);
        let mut next = span;
        for last in toponyms.get(..at).unwrap_or_default().iter().rev().take(ROW) {
            let between = Span::new(last.span.end.min(next.start), next.start).of(&self.doc.text);
            if !matches!(between.trim(), "," | "and" | ", and") {
                return false;
            }
            if self.is_way(last.span) {
                return true;
            }
            next = last.span;
        }
        false
    }

    /// "In the port of": whether a preposition of place stands before it, with no more than what kind of place it is between.
    fn is_behind_at(&self, span: Span) -> bool {
        let before = before(&self.doc.text, span.start, 64).to_lowercase();
        let words: Vec<&str> = before.split_whitespace().collect();
        let near = words.iter().rev().take(PREPOSITION_REACH).position(|word| matches!(*word, "in" | "at" | "near"));
        near.is_some_and(|at| at == 0 || words.last() == Some(&"of") || words.last() == Some(&"the"))
    }

    /// "A battery near the village fired": where the guns stand, before the verb close behind.
    fn is_whence(&self, span: Span, event: Span) -> bool {
        let before = before(&self.doc.text, span.start, 48).to_lowercase();
        let all: Vec<&str> = before.split_whitespace().collect();
        let words = without_fillers(&all);
        let behind = matches!(words.last(), Some(&("in" | "near" | "outside" | "around")));
        let noun = words.len().checked_sub(2).and_then(|i| words.get(i));
        behind
            && event.start.saturating_sub(span.end) <= WHENCE_REACH
            && noun.is_some_and(|noun| LISTS.shooters.iter().any(|shooter| shooter == noun))
    }

    /// "two days after the raid on the town": where another event was, by which the clause says when.
    fn is_elsewhen(&self, span: Span) -> bool {
        let before = before(&self.doc.text, span.start, 64);
        let last = before.rsplit([',', ';', '.', ':', '—', '–', '"', '”', '“']).next().unwrap_or("");
        find(last, Span::from_usize(0, last.len()), &LISTS.elsewhen).is_some()
    }

    /// "CASSING, 4 March (Anvil News) — ": where the report was written, not where it happened.
    pub(super) fn in_dateline(&self, span: Span) -> bool {
        let Some(block) = self.doc.block_at(span.start) else { return false };
        if matches!(block.kind, BlockKind::Dateline | BlockKind::Byline) {
            return true;
        }
        let text = &self.doc.text;
        let head = Span::new(block.span.start, span.start).of(text);
        // another place of the dateline may stand before it ("CASSING, Veskar —")
        let opens = head.chars().count() <= 40 && head.chars().all(|c| !c.is_lowercase());
        if !opens || block.kind != BlockKind::Paragraph {
            return false;
        }
        let rest: String =
            text.get(span.end as usize..block.span.end as usize).unwrap_or("").chars().take(70).collect();
        let Some(dash) = [" — ", " – ", " - ", " -- "].iter().filter_map(|mark| rest.find(mark)).min() else {
            return false;
        };
        // between name and dash: a country, a date, the agency in brackets; never a clause
        let between = rest.get(..dash).unwrap_or("");
        (between.is_empty() || between.starts_with([',', ' ', '(']))
            && between.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|word| {
                word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                    || matches!(word, "of" | "and" | "the")
            })
    }

    /// Whether the place name says where, rather than standing for a government or qualifying a noun: a country or a
    /// capital counts only behind a preposition of place (or in a row of places behind one).
    /// `loose`: so does one in the name of those who act ("police in Orvel").
    fn is_location(&self, toponym: &Toponym, loose: bool) -> bool {
        // "the guns on the ridge had fired": where they stand who did it
        let events = &self.analysis.events;
        let next = events.partition_point(|event| event.span.end <= toponym.span.start);
        // (but "an air strike on the depot in Orvel killed nine": what killed is an event, and that has its place)
        let is_event = |span: Span| inside(events, &[span], |event| event.span).next().is_some();
        let acts =
            |event: &EventMention| event.actor.iter().any(|span| span.contains(toponym.span) && !is_event(*span));
        let stands =
            loose && !toponym.place.as_ref().is_some_and(|place| place.is_area()) && self.is_behind_at(toponym.span);
        let acting = !stands && events.iter().skip(next).take(3).any(acts)
            || events.get(next).is_some_and(|event| {
                // "a mortar near the village killed nine": a shell, if nothing else says where
                !(loose && event.kind == EventKind::Harm) && self.is_whence(toponym.span, event.span)
            });
        if self.is_way(toponym.span)
            || self.is_way_joined(toponym.span)
            || self.is_elsewhen(toponym.span)
            || self.in_dateline(toponym.span)
            || acting
        {
            return false;
        }
        if self.opens_body(toponym.span) || self.opens_name(toponym.span) {
            return false;
        }
        let broad = toponym.place.as_ref().is_some_and(|place| place.kind == "country");
        // a mention of a part of the name says nothing of the whole
        let whole = |span: Span| span == toponym.span;
        let actor = inside(&self.analysis.mentions, &[toponym.span], |m| m.span).next().is_some_and(|mention| {
            matches!(mention.kind, MentionKind::Government | MentionKind::Nationality | MentionKind::Organisation)
                && (broad || toponym.place.is_none() || whole(mention.span))
        });
        if !broad && !actor {
            return true;
        }
        // "the bakery of Orvel": what is of a settlement stands in it
        let settlement = toponym.place.as_ref().is_some_and(|place| !place.is_area());
        if settlement && before(&self.doc.text, toponym.span.start, 8).trim_end().ends_with(" of") {
            return true;
        }
        let before = before(&self.doc.text, toponym.span.start, 24);
        let locative = |word: &str| LISTS.locative.iter().any(|place| *place == word.to_lowercase());
        let behind = before.split_whitespace().rev().take(2).any(locative);
        behind || before.trim_end().ends_with(',') && !actor || self.joined_to_place(toponym, 0)
    }

    /// "The Outer Isles Army": whether the name is the beginning of a body's.
    fn opens_body(&self, span: Span) -> bool {
        let rest = self.doc.text.get(span.end as usize..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or("");
        let mut words = rest.split(|c: char| !c.is_alphanumeric());
        let Some(first) = words.next().filter(|word| word.starts_with(char::is_uppercase)) else { return false };
        let first = first.to_lowercase();
        let two = format!("{first} {}", words.next().unwrap_or("").to_lowercase());
        let armed = lexicon().heads.get(&first) == Some(&MentionKind::ArmedGroup);
        let listed = |name: &str| LISTS.bodies.iter().chain(&LISTS.groups).any(|body| body == name);
        armed || listed(&first) || listed(&two)
    }

    /// "Orvel Municipal Transport": whether the name is the beginning of a longer one that is no place's, and no preposition of
    /// place leads to it ("in Orvel Mayor Tessin said").
    fn opens_name(&self, span: Span) -> bool {
        let rest = self.doc.text.get(span.end as usize..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or("");
        let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let small = word.chars().skip(1).any(char::is_lowercase);
        if !small || !word.starts_with(char::is_uppercase) {
            return false;
        }
        // in a title every word has its capital
        let headline = self.doc.block_at(span.start).is_some_and(|block| block.kind != BlockKind::Paragraph);
        let at = Span::from_usize(span.end as usize + 1, span.end as usize + 1 + word.len());
        let times = &self.analysis.times;
        let time = times.get(times.partition_point(|time| time.span.end <= at.start));
        let other = inside(&self.analysis.toponyms, &[at], |t| t.span).next().is_some()
            || time.is_some_and(|time| time.span.overlaps(at))
            || [word, last_capital(rest)].iter().any(|word| LISTS.kinds.contains(&word.to_lowercase()));
        let before = before(&self.doc.text, span.start, 24);
        let last = before.split_whitespace().rev().find(|word| *word != "the").unwrap_or("").to_lowercase();
        !headline && !other && !LISTS.locative.contains(&last)
    }

    /// "over Orvia and Varda": behind "and", "or" or a comma after a place that says where.
    fn joined_to_place(&self, toponym: &Toponym, depth: usize) -> bool {
        let toponyms = &self.analysis.toponyms;
        let at = toponyms.partition_point(|t| t.span.start < toponym.span.start);
        let Some(last) = at.checked_sub(1).and_then(|i| toponyms.get(i)) else { return false };
        let between = Span::new(last.span.end.min(toponym.span.start), toponym.span.start).of(&self.doc.text);
        let joined = between.len() <= 8
            && !between.is_empty()
            && between.split_whitespace().all(|word| matches!(word, "," | "and" | "or" | ",and" | "and/or"));
        if !joined || depth > 8 {
            return false;
        }
        let before = before(&self.doc.text, last.span.start, 24);
        let locative = |word: &str| LISTS.locative.iter().any(|place| *place == word.to_lowercase());
        before.split_whitespace().rev().take(2).any(locative) || self.joined_to_place(last, depth + 1)
    }
}

/// The last of the words with a capital that a text begins with: "Hospital" of "Teaching Hospital on".
fn last_capital(rest: &str) -> &str {
    let words = rest.split(' ').take(NAME);
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let last = words.take_while(capital).last().unwrap_or("");
    last.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// A place as a claim names it.
fn place_ref(toponym: &Toponym) -> PlaceRef {
    PlaceRef {
        name: toponym.name.clone(),
        place: toponym.place.as_ref().map(|place| place.id.clone()),
        span: toponym.span,
        near: toponym.place.as_ref().is_some_and(|place| toponym.radius_km >= place.radius_km + 9.0),
    }
}

/// Whether the toponym is of a settlement or a finer place.
pub(super) fn is_spot(toponym: &Toponym) -> bool {
    toponym.place.as_ref().is_some_and(|place| !place.is_area())
}

/// Words of a longer name behind a place's.
pub(super) const NAME: usize = 4;

/// Words before a place among which its preposition is looked for ("in the Lusarran port of").
const PREPOSITION_REACH: usize = 5;

/// Places of one row.
const ROW: usize = 6;

/// Characters behind a place within which it is said what it was left as.
const LEFT_REACH: usize = 24;

/// Bytes between a place and the verb of those who shoot from there.
const WHENCE_REACH: u32 = 24;

/// Words before "from" among which a verb of taking is looked for ("abducted nine people from").
const TAKEN: usize = 6;

/// The words without what may stand between a preposition and a place: "the nearby town of".
fn without_fillers<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut words = words.to_vec();
    if words.last() == Some(&"of") {
        let kind = words.iter().rev().nth(1).copied().unwrap_or("");
        if matches!(
            kind,
            "town" | "city" | "village" | "port" | "capital" | "hamlet" | "suburb" | "district" | "province"
        ) {
            words.truncate(words.len() - 2);
        }
    }
    while words.last().is_some_and(|word| {
        matches!(
            *word,
            "the"
                | "nearby"
                | "neighbouring"
                | "neighboring"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
                | "coastal"
        )
    }) {
        words.pop();
    }
    words
}
