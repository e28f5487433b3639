//! Which questions does a claim answer, and how? Typed answers from propositions.
//!
//! A claim may answer several questions: a count, who did it, what was hit, where, when. Negation has a focus: a claim that
//! denies or negates answers only the question its negation is about, so that "Varda denies striking the market" neither
//! affirms that the market was struck nor that Varda did it.

mod focus;
mod places;
mod words;

use crate::party::{Parties, of_a_state};
use crate::relate::count::Figure;
use crate::relate::place::Spot;
use crate::relate::{actor, stance};
pub use focus::is_negative;
use focus::{Focus, counts_speak, focus};
use places::spot;
pub use places::{PlaceReadings, place_readings};
use rashomon_model::Document;
use rashomon_model::alignment::Question;
use rashomon_model::claim::{Claim, CountRef, Proposition, PropositionKind};
use rashomon_model::date::DateValue;
use rashomon_model::party::{Actors, PartyRef};
use rashomon_model::quantity::{Category, Count};
use rashomon_model::span::Span;
pub(crate) use words::written;
use words::{has_number, is_about, is_bare_one, is_vague, population};

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// It happened.
    Occurred,
    /// So many.
    Count(Figure),
    /// They did it.
    Actors(&'a Actors),
    /// This party was hit, is present, is the purpose.
    Party(&'a PartyRef),
    /// There; all the places the claim speaks of.
    Places(Vec<Spot>),
    /// Then.
    Time(&'a DateValue),
    /// With this.
    Means(&'a str),
    /// This item of evidence, this thing damaged.
    Item(String),
}

/// One claim's answer to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The question.
    pub question: Question,
    /// The answer.
    pub value: Value<'a>,
    /// It is denied or negated.
    pub negative: bool,
    /// A total over a wider window than the incident.
    pub cumulative: bool,
    /// Gives no number ("civilians were killed"): open, and sets no end of a range.
    pub numberless: bool,
    /// Its number is a vague word ("several people"): open, and sets an end of a range only where nobody gives a number.
    pub vague: bool,
    /// Some of the people there by what they were ("eleven passengers of its bus"): a part of any total of people.
    pub population: Option<&'a str>,
    /// The number is written in digits, so that its ends are the speaker's own.
    pub in_digits: bool,
    /// One number is given as a rough one ("about a dozen"), so that neither end is the speaker's own, but the middle is.
    pub about: bool,
    /// The higher figure that the same voice gives for the same question in the same text: this one may be a part of it.
    pub below: Option<Count>,
    /// Whose combatants a count says it counts: a state's, or those of no state.
    pub of_a_state: Option<bool>,
    /// Places a count is told of: the claim's own, or the one place its account tells of.
    pub told_of: Vec<Spot>,
    /// It is told of one of several places that lie apart, each of which has figures of its own in the incident.
    pub shared_out: bool,
    /// Its places are not named in the claim's own words: they only point to them ("there").
    pub pointed: bool,
    /// Key of the origin behind it (see [`crate::origin`]).
    pub origin: &'a str,
    /// When the origin said it.
    pub asserted_at: Option<&'a DateValue>,
    /// When its origin gave this value first, as far as the incident shows: a reprint of yesterday's toll is no statement of
    /// today (rule V5).
    pub first_at: Option<&'a DateValue>,
}

impl<'a> Answer<'a> {
    /// An answer of which nothing is known but the claim and where it stands.
    fn new(claim: &'a Claim, question: Question, value: Value<'a>, negative: bool, reading: Reading<'a>) -> Self {
        Self {
            claim,
            question,
            value,
            negative,
            cumulative: false,
            numberless: false,
            vague: false,
            population: None,
            in_digits: false,
            about: false,
            below: None,
            of_a_state: None,
            told_of: Vec::new(),
            shared_out: false,
            pointed: false,
            origin: reading.origin,
            asserted_at: reading.asserted_at,
            first_at: reading.asserted_at,
        }
    }

    /// The answer in words or figures: `36`, `not Islamic State`, `Varda or Tolmar`.
    #[must_use]
    pub fn label(&self, parties: &Parties<'_>) -> String {
        let plain = match &self.value {
            Value::Occurred => return if self.negative { "it did not happen".into() } else { "it happened".into() },
            Value::Party(party) => return stance::label(stance::Side { party, negative: self.negative }, parties),
            Value::Count(figure) => figure.to_string(),
            Value::Actors(actors) => actor::label(actors, parties),
            Value::Places(spots) => spots.iter().map(Spot::label).collect::<Vec<_>>().join(", "),
            Value::Time(time) => time.edtf(),
            Value::Means(means) => (*means).to_owned(),
            Value::Item(item) => item.clone(),
        };
        if self.negative { format!("not {plain}") } else { plain }
    }
}

/// What the answers of a claim are made from beside the claim itself.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The claim's document, for the words of a count.
    pub document: Option<&'a Document>,
    /// Readings of its places.
    pub places: &'a PlaceReadings,
    /// Key of its origin.
    pub origin: &'a str,
    /// When the origin said it.
    pub asserted_at: Option<&'a DateValue>,
}

/// All answers of the claim, in the order of the questions.
#[must_use]
pub fn answers<'a>(claim: &'a Claim, reading: Reading<'a>) -> Vec<Answer<'a>> {
    let what = &claim.proposition;
    let negative = is_negative(claim);
    let focus = if negative { focus(what) } else { Focus::Everything };
    let mut found: Vec<(Question, Value<'a>)> = Vec::new();
    let mut add = |question: Question, value: Value<'a>| {
        if focus.holds(question) {
            found.push((question, value));
        }
    };
    if tells_of_act(what) {
        add(Question::Occurred, Value::Occurred);
        if !what.actor.is_empty() {
            add(Question::WhoDid, Value::Actors(&what.actor));
        }
        let spots: Vec<Spot> = what.place.iter().map(|place| spot(claim, place, reading.places)).collect();
        if !spots.is_empty() {
            add(Question::Where, Value::Places(spots));
        }
        if let Some(time) = &what.time {
            add(Question::When, Value::Time(&time.date));
        }
        for means in &what.means {
            add(Question::Means, Value::Means(means));
        }
        if what.kind != PropositionKind::Damage {
            for party in what.target.iter().filter(|party| !is_counted(party, what)) {
                add(Question::Target, Value::Party(party));
            }
        }
    }
    match what.kind {
        // of a negated purpose with several parties it is not known which is negated
        PropositionKind::Purpose if negative && what.target.len() > 1 => {}
        PropositionKind::Presence | PropositionKind::Purpose => {
            let question = if what.kind == PropositionKind::Presence { Question::Presence } else { Question::Purpose };
            for party in &what.target {
                add(question, Value::Party(party));
            }
        }
        PropositionKind::Evidence => {
            for id in &claim.evidence {
                add(Question::Evidence, Value::Item(id.as_str().to_owned()));
            }
        }
        PropositionKind::Damage => {
            for thing in &what.target {
                add(Question::Damage, Value::Item(thing.name.clone()));
            }
        }
        _ => {}
    }
    let mut all: Vec<Answer<'a>> =
        found.into_iter().map(|(question, value)| Answer::new(claim, question, value, negative, reading)).collect();
    let start = claim.cover().start;
    let before = |span: Span| !span.is_empty() && span.end <= start;
    let pointed = !what.place.is_empty() && what.place.iter().all(|place| before(place.span));
    for answer in all.iter_mut().filter(|answer| answer.question == Question::Where) {
        answer.pointed = pointed;
    }
    // "six people were killed, among them a teacher": how many of them were people says nothing
    let says = |count: &&CountRef| !(count.part && count.category == Category::People);
    let counts = what.count.iter().filter(|count| !negative || counts_speak(what, count)).filter(says);
    all.extend(counts.map(|count| counted(claim, count, negative, reading)));
    all.sort_by_key(|answer| rank(answer.question));
    all
}

/// A count as an answer. A zero ("no civilians were killed") is a figure, not a negation (methods.md B, P13); its speaker may
/// still deny it.
fn counted<'a>(claim: &'a Claim, count: &CountRef, negative: bool, reading: Reading<'a>) -> Answer<'a> {
    let negative = if count.count.max == Some(0) { claim.factuality.is_negative() } else { negative };
    let words = reading.document.map_or("", |doc| doc.slice(count.span));
    // a vague word has no upper end that anybody would be held to
    let vague = !count.count.is_exact() && is_vague(words);
    // and who is told of one person does not say that there was no other ("a man was killed")
    let one = count.count == Count::exact(1) && !count.whole && !words.is_empty() && is_bare_one(words);
    let number = if vague || one { Count::at_least(count.count.min) } else { count.count };
    let figure = Figure { of: count.of, category: count.category, count: number, whole: count.whole };
    let places = claim.proposition.place.iter().filter(|place| place.place.is_some());
    let question = Question::Count(count.of, count.category);
    Answer {
        cumulative: count.cumulative.is_some(),
        in_digits: words.chars().any(char::is_numeric),
        about: count.count.max.is_some() && reading.document.is_some_and(|doc| is_about(doc, count.span)),
        vague,
        numberless: count.count.max.is_none() && !words.is_empty() && !has_number(words),
        population: if matches!(count.category, Category::People | Category::Combatants) && !count.whole {
            population(words, count.category == Category::Combatants)
        } else {
            None
        },
        of_a_state: if count.category == Category::Combatants { of_a_state(words) } else { None },
        told_of: places.map(|place| spot(claim, place, reading.places)).collect(),
        ..Answer::new(claim, question, Value::Count(figure), negative, reading)
    }
}

/// Whether the proposition tells of the act itself, so that its actor, place, time and means answer the incident's questions.
fn tells_of_act(what: &Proposition) -> bool {
    match what.kind {
        PropositionKind::Strike
        | PropositionKind::Target
        | PropositionKind::Responsibility
        | PropositionKind::Casualties
        | PropositionKind::Damage => true,
        PropositionKind::Presence
        | PropositionKind::Evidence
        | PropositionKind::Purpose
        | PropositionKind::Statement => false,
    }
}

/// Whether the words of the target are those of a count ("27 people"): then the count answers for them.
fn is_counted(party: &PartyRef, what: &Proposition) -> bool {
    party.party.is_none() && what.count.iter().any(|count| count.span.overlaps(party.span))
}

/// The place of a question in the grid.
#[must_use]
pub fn rank(question: Question) -> (u8, Question) {
    use rashomon_model::quantity::Outcome::{
        Aircraft, Casualties, Injured, Killed, Missing, Munitions, Sorties, Strikes, Targets, Victims,
    };
    let place = match question {
        Question::Occurred => 0,
        Question::WhoDid => 1,
        Question::Target => 2,
        Question::Presence => 3,
        Question::Where => 4,
        Question::When => 5,
        Question::Means => 6,
        Question::Count(Strikes, _) => 10,
        Question::Count(Targets, _) => 11,
        Question::Count(Sorties, _) => 12,
        Question::Count(Aircraft, _) => 13,
        Question::Count(Munitions, _) => 14,
        Question::Count(Killed, _) => 15,
        Question::Count(Injured, _) => 16,
        Question::Count(Casualties, _) => 17,
        Question::Count(Victims, _) => 18,
        Question::Count(Missing, _) => 19,
        Question::Count(..) => 20,
        Question::Damage => 21,
        Question::Purpose => 22,
        Question::Evidence => 23,
    };
    (place, question)
}
