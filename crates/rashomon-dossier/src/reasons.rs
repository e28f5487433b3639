//! Why was a claim read so, value by value?
//!
//! One line for the claim (kind, delivery, factuality at the origin), one for each resolved speaker, and then one for every
//! value: its words and where they stand (code points), the value, the rule or reason, and what else was considered.
//!
//! ```text
//! positive casualties, indirect speech, CT+ at the origin, reading 0.80
//! count “three people were killed” 33–57: killed people 3; “three” by table E1; outcome said right after
//! place “Lorun” 4–9: Lorun (user:4); same folded name as “Lorun”; town, in Tarn, Orvia
//!     not geonames:…: …
//! time “Wednesday” 13–22: 2031-10-01 (derived); weekday by tense and publication day; rests on publication date
//! actor “Orvian jets” 60–71: Orvia (state:ORV); does what “struck” 72–78 tells of (airstrike)
//! ```

use crate::codepoints::CodePoints;
use crate::index::{Cited, Index};
use crate::wording;
use rashomon_model::analysis::{Analysis, TimeExpression};
use rashomon_model::claim::{CountRef, PlaceRef, TimeRef};
use rashomon_model::date::RestsOn;
use rashomon_model::party::PartyRef;
use rashomon_model::quantity::Quantity;
use rashomon_model::span::Span;
use std::fmt::Write as _;

/// Most alternatives told of one value.
const ALTERNATIVES: usize = 3;

/// The reasons of a claim, one a line; lines of alternatives are indented below their value.
pub(crate) fn of(index: &Index<'_>, cited: &Cited<'_>, points: &CodePoints<'_>) -> Vec<String> {
    let claim = cited.claim;
    let said = &claim.proposition;
    let mut all = vec![format!(
        "{} {}, {}, {} at the origin, reading {:.2}",
        said.polarity,
        said.kind,
        wording::delivery(claim.delivery),
        claim.factuality,
        claim.confidence
    )];
    for link in claim.chain.iter().filter(|link| !link.resolved_because.is_empty()) {
        all.push(format!("{}: {}", wording::link_name(link), link.resolved_because));
    }
    all.extend(claim.why.iter().cloned());
    let Some(analysis) = index.analysis(&claim.document) else { return all };
    let words = Words { cited, points, anchors: &claim.anchors };
    for count in &said.count {
        words.count(&mut all, analysis, count);
    }
    for place in &said.place {
        words.place(&mut all, analysis, place);
    }
    words.unused_places(&mut all, analysis, &said.place);
    if let Some(time) = &said.time {
        words.time(&mut all, analysis, time);
    }
    for (n, joint) in said.actor.alternatives.iter().enumerate() {
        for party in joint {
            let role = if n == 0 { "actor" } else { "or actor" };
            words.party(&mut all, analysis, party, role);
        }
    }
    for party in &said.target {
        words.party(&mut all, analysis, party, "target");
    }
    all
}

/// The words of one claim's document.
struct Words<'a> {
    cited: &'a Cited<'a>,
    points: &'a CodePoints<'a>,
    anchors: &'a [Span],
}

impl Words<'_> {
    /// `“36 people” 33–42`.
    fn quote(&self, span: Span) -> String {
        format!("“{}” {}–{}", self.cited.doc.slice(span), self.points.at(span.start), self.points.at(span.end))
    }

    /// Whether a span lies in the claim's words.
    fn inside(&self, span: Span) -> bool {
        self.anchors.iter().any(|anchor| anchor.contains(span))
    }

    fn count(&self, all: &mut Vec<String>, analysis: &Analysis, count: &CountRef) {
        let mut line = format!("count {}: {} {} {}", self.quote(count.span), count.of, count.category, count.count);
        let at = analysis.quantities.partition_point(|q| q.span.start < count.span.start);
        let mut read = analysis.quantities.iter().skip(at).take_while(|q| q.span.start == count.span.start);
        let Some(quantity) = read.find(|q| q.span == count.span && q.of == Some(count.of)) else {
            return all.push(line);
        };
        let _ = write!(line, "; {}", quantity.why);
        if quantity.category.is_none() {
            line.push_str("; who is counted is not said, taken as people or things by the outcome");
        }
        if let Some(at) = quantity.outcome_at {
            let _ = write!(line, "; outcome from {}", self.quote(at));
        }
        if let Some(noun) = quantity.noun {
            let _ = write!(line, "; noun {}", self.quote(noun));
        }
        if let Some(total) = &quantity.cumulative {
            let _ = write!(line, "; a total over more than this incident: {}", self.quote(total.span));
        }
        if let Some(whole) = quantity.part_of.and_then(|i| analysis.quantities.get(i)) {
            let _ = write!(line, "; a part of {}", self.quote(whole.span));
        }
        for (is, words) in [
            (quantity.whole, "says of what status all of a toll are (U1)"),
            (quantity.beside, "counted beside others, no total of its own"),
            (quantity.outdated, "an earlier state of the figure"),
        ] {
            if is {
                let _ = write!(line, "; {words}");
            }
        }
        all.push(line);
        // figures in the same words whose outcome was left open, or that belong to another reading
        let other = |q: &&Quantity| self.inside(q.span) && q.span != quantity.span && q.of.is_none();
        let left: Vec<&Quantity> = analysis.quantities.iter().filter(other).take(ALTERNATIVES).collect();
        for q in left {
            let line = format!("    not {}: {}; {}", self.quote(q.span), q.count, q.why);
            if !all.contains(&line) {
                all.push(line);
            }
        }
    }

    fn place(&self, all: &mut Vec<String>, analysis: &Analysis, place: &PlaceRef) {
        let found = analysis.toponyms.binary_search_by_key(&place.span, |t| t.span).ok();
        let toponym = found.and_then(|i| analysis.toponyms.get(i));
        let mut line = format!("place {}: ", self.quote(place.span));
        match (&place.place, toponym.and_then(|t| t.place.as_ref())) {
            (Some(id), Some(known)) => {
                let _ = write!(line, "{} ({id})", known.name);
            }
            (Some(id), None) => {
                let _ = write!(line, "{id}");
            }
            (None, _) => line.push_str("not in any list"),
        }
        if place.near {
            line.push_str(", or near it");
        }
        let Some(toponym) = toponym else { return all.push(line) };
        let _ = write!(line, "; {}", toponym.why);
        all.push(line);
        let others = toponym.candidates.iter().filter(|c| Some(&c.place.id) != place.place.as_ref());
        for candidate in others.take(ALTERNATIVES) {
            all.push(format!(
                "    not {} ({}), {:.2}: {}",
                candidate.place.name, candidate.place.id, candidate.score, candidate.why
            ));
        }
    }

    /// Places named in the claim's words that do not say where.
    fn unused_places(&self, all: &mut Vec<String>, analysis: &Analysis, used: &[PlaceRef]) {
        let unused = |span: Span| self.inside(span) && !used.iter().any(|place| place.span == span);
        let spans: Vec<Span> =
            analysis.toponyms.iter().map(|t| t.span).filter(|&span| unused(span)).take(ALTERNATIVES).collect();
        for span in spans {
            all.push(format!(
                "    not place {}: whence or whither, a dateline, a house of the sick, or stands for a government",
                self.quote(span)
            ));
        }
    }

    fn time(&self, all: &mut Vec<String>, analysis: &Analysis, time: &TimeRef) {
        let value = format!("{} ({})", time.date.edtf(), time.date.basis);
        let Some(span) = time.span else {
            return all.push(format!("time: {value}; taken over from what stands around the claim"));
        };
        let mut line = format!("time {}: {value}", self.quote(span));
        let read = |t: &&TimeExpression| t.span == span;
        if let Some(expression) = analysis.times.iter().find(read) {
            let _ = write!(line, "; {}; written value {}", expression.why, expression.value);
        }
        match &time.date.rests_on {
            Some(RestsOn::Words(at)) => {
                let _ = write!(line, "; rests on {}", self.quote(*at));
            }
            Some(RestsOn::Document(id)) => {
                let _ = write!(line, "; rests on document {id}");
            }
            Some(RestsOn::Metadata(field)) => {
                let _ = write!(line, "; rests on {field}");
            }
            None => {}
        }
        if time.date.loose {
            line.push_str("; may be a day off");
        }
        all.push(line);
        let other = |t: &&TimeExpression| t.span != span && self.inside(t.span) && t.date.is_some();
        let others: Vec<&TimeExpression> = analysis.times.iter().filter(other).take(ALTERNATIVES).collect();
        for t in others {
            let value = t.date.as_ref().map(|date| date.edtf()).unwrap_or_default();
            all.push(format!("    not {}: {value}; {}", self.quote(t.span), t.why));
        }
    }

    fn party(&self, all: &mut Vec<String>, analysis: &Analysis, party: &PartyRef, role: &str) {
        let id = party.party.as_ref().map_or_else(|| "not in the party table".to_owned(), ToString::to_string);
        let mut line = if party.span.is_empty() {
            format!("{role}: {} ({id})", party.name)
        } else {
            format!("{role} {}: {} ({id})", self.quote(party.span), party.name)
        };
        let touches = |span: &Span| span.overlaps(party.span);
        let event = analysis.events.iter().find(|event| {
            self.inside(event.span)
                && if role == "target" { event.target.iter().any(touches) } else { event.actor.iter().any(touches) }
        });
        if let Some(event) = event {
            let words = self.quote(event.span);
            let _ = if role == "target" {
                write!(line, "; to whom or what {words} was done ({})", event.kind)
            } else {
                write!(line, "; does what {words} tells of ({})", event.kind)
            };
        }
        let mention = analysis.mentions.iter().find(|m| m.span.overlaps(party.span) && m.party == party.party);
        if let Some(mention) = mention {
            let _ = write!(line, "; read as {} {:.2}", mention.kind, mention.confidence);
        } else if !party.span.is_empty() {
            line.push_str("; read from what the words stand for here");
        }
        all.push(line);
    }
}
