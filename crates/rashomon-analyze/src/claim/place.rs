//! Where does a clause say it happened? Its toponyms, but not those that stand for a government or tell whence and whither.

use super::cue::{LISTS, ends, find};
use super::proposition::{Reader, before, inside};
use crate::mention::lexicon::lexicon;
use rashomon_model::analysis::{EventMention, MentionKind};
use rashomon_model::claim::PlaceRef;
use rashomon_model::document::BlockKind;
use rashomon_model::place::Toponym;
use rashomon_model::span::Span;

impl Reader<'_> {
    /// Places of the clause.
    pub(super) fn places(&self, pieces: &[Span]) -> Vec<PlaceRef> {
        inside(&self.analysis.toponyms, pieces, |t| t.span)
            .filter(|toponym| self.is_location(toponym))
            .map(|toponym| PlaceRef {
                name: toponym.name.clone(),
                place: toponym.place.as_ref().map(|place| place.id.clone()),
                span: toponym.span,
                near: toponym.place.as_ref().is_some_and(|place| toponym.radius_km >= place.radius_km + 9.0),
            })
            .collect()
    }

    /// "fired from the ridge", "taken to the town", "a train bound for the town", "treated in a hospital in the town": whence
    /// something comes, where it goes, or where the wounded lie, not where it happened.
    fn is_way(&self, span: Span) -> bool {
        let before = before(&self.doc.text, span.start, 96).to_lowercase();
        let all: Vec<&str> = before.split_whitespace().collect();
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
            return !(to - near + 1..=to)
                .any(|end| of(&LISTS.taken_from, head.get(to - near..end).unwrap_or_default()));
        }
        *last == "to" && verb || leg || of(&LISTS.whither, &words) || in_care(&words)
    }

    /// "two days after the raid on the town": where another event was, by which the clause says when.
    fn is_elsewhen(&self, span: Span) -> bool {
        let before = before(&self.doc.text, span.start, 64);
        let last = before.rsplit([',', ';', '.', ':', '—', '–', '"', '”', '“']).next().unwrap_or("");
        find(last, Span::from_usize(0, last.len()), &LISTS.elsewhen).is_some()
    }

    /// "CASSING, 4 March (Anvil News) — ": where the report was written, not where it happened.
    fn in_dateline(&self, span: Span) -> bool {
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
    fn is_location(&self, toponym: &Toponym) -> bool {
        // "the guns on the ridge had fired": where they stand who did it
        let events = &self.analysis.events;
        let next = events.partition_point(|event| event.span.end <= toponym.span.start);
        // (but "an air strike on the depot in Orvel killed nine": what killed is an event, and that has its place)
        let is_event = |span: Span| inside(events, &[span], |event| event.span).next().is_some();
        let acts =
            |event: &EventMention| event.actor.iter().any(|span| span.contains(toponym.span) && !is_event(*span));
        let acting = events.iter().skip(next).take(3).any(acts);
        if self.is_way(toponym.span) || self.is_elsewhen(toponym.span) || self.in_dateline(toponym.span) || acting {
            return false;
        }
        if self.opens_body(toponym.span) {
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

/// Whether the words before a place end in a house of the sick to which a word of care led: "were treated in a hospital in".
fn in_care(words: &[&str]) -> bool {
    let Some((last, head)) = words.split_last() else { return false };
    if !matches!(*last, "in" | "at" | "of") {
        return false;
    }
    let house = head.iter().rev().take(2).position(|word| LISTS.clinics.iter().any(|c| c == word));
    let two =
        head.get(head.len().saturating_sub(2)..).is_some_and(|pair| LISTS.clinics.iter().any(|c| *c == pair.join(" ")));
    let Some(at) = house.or(two.then_some(1)) else { return false };
    let lead: Vec<&&str> = head.iter().rev().skip(at + 1).take(8).collect();
    // nothing between may begin another clause
    let clause = lead.iter().take_while(|word| !word.ends_with(['.', ';', '"', '”']));
    clause.into_iter().any(|word| LISTS.care.iter().any(|care| care == word.trim_matches(',')))
}
