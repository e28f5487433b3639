//! How do two claims relate, by which rule, and why? The fixed precedence V0–V6 over typed answers (methods.md E2).
//!
//! [`relate()`] takes two [`Answer`]s (what a claim says on one question) and gives one [`Found`]: relation, rule and reason.
//! The value relations live below: counts in [`count`], places in [`place`], times in [`time`], actors in [`actor`], parties
//! affirmed or denied in [`stance`]. Contradiction is sceptical: only what excludes the other under every reading is one.

pub mod actor;
pub mod count;
pub mod elsewhere;
pub mod place;
pub mod scope;
pub mod stance;
pub mod time;

use crate::Settings;
use crate::origin::Origins;
use crate::party::Parties;
use crate::question::{Answer, Value};
use crate::rule;
use count::{Figure, Timing};
use place::{PlaceIndex, Together};
use rashomon_model::alignment::{Cause, Gap, Question, RelationKind};
use rashomon_model::analysis::EventKind;
use rashomon_model::attribution::{Factuality, Flag};
use rashomon_model::claim::Claim;
use std::collections::BTreeSet;
use time::Order;

/// Hours within which a higher toll of another origin counts as a possible update (rule V5).
pub const GROWTH_HOURS: i64 = 72;

/// A relation before the claims' ids are set to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How the first relates to the second.
    pub kind: RelationKind,
    /// Rule id.
    pub rule: &'static str,
    /// One sentence why, naming both values.
    pub because: String,
    /// For contradicting counts.
    pub severity: Option<Gap>,
    /// For contradictions, and for differences of definition.
    pub cause: Option<Cause>,
    /// A review task rather than a published contradiction (V6).
    pub review: bool,
}

impl Found {
    /// A relation without severity or cause.
    #[must_use]
    pub fn new(kind: RelationKind, rule: &'static str, because: String) -> Self {
        Self { kind, rule, because, severity: None, cause: None, review: false }
    }
}

/// How sure it is that two claims speak of one incident (rule V0).
///
/// Assessment relates claims of one incident only, since a link that is not sure enough is not made but listed (rule D1): it
/// always says [`Link::Same`]. The others are for whoever relates claims over incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// One incident.
    #[default]
    Same,
    /// Two incidents.
    Different,
    /// Linked below the threshold and not reviewed.
    Unreviewed,
}

/// What the relation of two answers needs to know beyond the answers.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The two claims' incidents.
    pub link: Link,
    /// The party table.
    pub parties: &'a Parties<'a>,
    /// Places of the case.
    pub places: &'a PlaceIndex<'a>,
    /// Places that some account of the incident names together.
    pub together: &'a Together,
    /// Who stands behind the answers; without them only answers of one key are of one voice.
    pub origins: Option<&'a Origins>,
    /// Settings.
    pub settings: &'a Settings,
}

impl Context<'_> {
    /// Whether one voice gives both answers: one origin, or a state and a body of it (rule V4).
    fn one_voice(&self, a: &Answer<'_>, b: &Answer<'_>) -> bool {
        a.origin == b.origin || self.origins.is_some_and(|origins| origins.one_voice(a.origin, b.origin, self.parties))
    }
}

/// Whether the claim commits its speaker to something (rule V2).
#[must_use]
pub fn commits(claim: &Claim) -> bool {
    claim.factuality != Factuality::Uncommitted && !claim.flags.contains(&Flag::NotAsserted)
}

/// The relation of two answers.
#[must_use]
pub fn relate(a: &Answer<'_>, b: &Answer<'_>, context: &Context<'_>) -> Found {
    let said = |end: &str| format!("{} and {} {end}", a.label(context.parties), b.label(context.parties));
    let none = |rule, because| Found::new(RelationKind::NotComparable, rule, because);
    if context.link != Link::Same {
        return none(rule::V0, said("are not known to speak of one incident"));
    }
    if !same_question(a.question, b.question) {
        return none(rule::V1, said("answer different questions"));
    }
    if a.cumulative != b.cumulative {
        return none(rule::V1, said("cannot be compared: one is a total over a wider window"));
    }
    if !commits(a.claim) || !commits(b.claim) {
        return Found::new(RelationKind::Uncommitted, rule::V2, said("are not both asserted by their speakers"));
    }
    let found = match (a.negative, b.negative) {
        (false, false) => affirmed(a, b, context),
        (true, true) => both_denied(a, b, context),
        (false, true) => opposed(a, b, context),
        // what comes of opposite answers is the same from either side
        (true, false) => opposed(b, a, context),
    };
    review(found, a, b, context.settings)
}

/// Rule V6: a contradiction or denial that rests on an unsure reading is a review task.
fn review(found: Found, a: &Answer<'_>, b: &Answer<'_>, settings: &Settings) -> Found {
    let sharp = matches!(found.kind, RelationKind::Contradicts | RelationKind::Denies);
    if sharp && a.claim.confidence.min(b.claim.confidence) < settings.sure_reading {
        return Found {
            review: true,
            because: format!("{} ({}), but the reading of one is unsure", found.because, found.rule),
            rule: rule::V6,
            ..found
        };
    }
    found
}

/// Whether one question maps on the other (rule V1): the same, or two counts.
fn same_question(a: Question, b: Question) -> bool {
    a == b || matches!((a, b), (Question::Count(..), Question::Count(..)))
}

/// Whether the question has one answer at a time, so that an origin's later answer replaces its earlier one (rule V4).
fn one_answer(question: Question) -> bool {
    matches!(question, Question::Count(..) | Question::WhoDid | Question::When)
}

/// Two affirmed answers: the value relation, then what the same origin makes of it (V4, V4a, V4u).
fn affirmed(a: &Answer<'_>, b: &Answer<'_>, context: &Context<'_>) -> Found {
    let order = time::order(a.asserted_at, b.asserted_at);
    let same_origin = context.one_voice(a, b);
    let timing = if same_origin { Timing::None } else { growth(a, b) };
    let found = values(a, b, timing, context);
    // "eight dead, all of them civilians" after "seven dead": the later answer, though it counts a part
    let revised = found.kind == RelationKind::Contradicts
        && matches!((a.question, b.question), (Question::Count(of, _), Question::Count(other, _)) if of == other);
    if !same_origin || a.question != b.question && !revised {
        return found;
    }
    let (x, y) = (a.label(context.parties), b.label(context.parties));
    match (found.kind, order) {
        (RelationKind::NotComparable, _) => found,
        // what is told of different places, or of some of the people, is no revision
        _ if found.rule == rule::N12 || found.rule == rule::N5 => found,
        (RelationKind::Equal, Order::FirstLater | Order::SecondLater) => {
            Found::new(RelationKind::Repeats, rule::V4A, format!("{}, at another time, by one origin", found.because))
        }
        (_, Order::FirstLater) if one_answer(a.question) => Found::new(
            RelationKind::Supersedes,
            rule::V4,
            format!("{x} is the same origin's later answer after {y}{}", direction(a, b)),
        ),
        (_, Order::SecondLater) if one_answer(a.question) => Found::new(
            RelationKind::SupersededBy,
            rule::V4,
            format!("{y} is the same origin's later answer after {x}{}", direction(b, a)),
        ),
        (RelationKind::Contradicts, Order::Unknown) => Found::new(
            RelationKind::Ambiguous,
            rule::V4U,
            format!(
                "{x} and {y} come from one origin: a revision or a contradiction, which of them is the later is not known"
            ),
        ),
        _ => found,
    }
}

/// How a figure moved: up, down, narrowed, widened or shifted; empty for other values.
fn direction(later: &Answer<'_>, earlier: &Answer<'_>) -> &'static str {
    let (Value::Count(new), Value::Count(old)) = (&later.value, &earlier.value) else { return "" };
    let (new, old) = (new.count, old.count);
    if count::apart(new, old) {
        if new.min > old.min { " (up)" } else { " (down)" }
    } else if count::within(new, old) {
        " (narrowed)"
    } else if count::within(old, new) {
        " (widened)"
    } else {
        " (shifted)"
    }
}

/// Whether one statement can be an update of the other (rule V5).
fn growth(a: &Answer<'_>, b: &Answer<'_>) -> Timing {
    let (Some(x), Some(y)) = (a.first_at, b.first_at) else { return Timing::None };
    if time::hours(x.start, y.start).abs() > GROWTH_HOURS {
        return Timing::None;
    }
    match time::order(a.first_at, b.first_at) {
        Order::FirstLater => Timing::FirstLater,
        Order::SecondLater => Timing::SecondLater,
        Order::Together | Order::Unknown => Timing::None,
    }
}

/// The relation of two affirmed values.
fn values(a: &Answer<'_>, b: &Answer<'_>, timing: Timing, context: &Context<'_>) -> Found {
    match (&a.value, &b.value) {
        (Value::Occurred, Value::Occurred) => {
            Found::new(RelationKind::Equal, rule::Q1, "both say that it happened".to_owned())
        }
        (Value::Count(x), Value::Count(y)) => {
            let found = count::relate(x, y, timing, context.settings);
            elsewhere::of_counts(found, (x, a), (y, b), context)
        }
        (Value::Actors(x), Value::Actors(y)) => actor::relate(x, y, context.parties),
        (Value::Party(x), Value::Party(y)) => stance::relate(
            stance::Side { party: x, negative: a.negative },
            stance::Side { party: y, negative: b.negative },
            a.question != Question::Presence,
            context.parties,
        ),
        (Value::Places(x), Value::Places(y)) => {
            let found = place::relate_lists(x, y, context.places, context.together.several(x, y));
            of_the_act(pointed(found, a, b), a, b)
        }
        (Value::Time(x), Value::Time(y)) => of_the_act(time::relate(x, y), a, b),
        (Value::Means(x), Value::Means(y)) => means(x, y),
        (Value::Item(x), Value::Item(y)) => item(x, y),
        _ => Found::new(RelationKind::NotComparable, rule::V1, "values of different kinds".to_owned()),
    }
}

/// Places that a claim does not name but points to ("there") exclude no others for sure.
fn pointed(found: Found, a: &Answer<'_>, b: &Answer<'_>) -> Found {
    if found.kind != RelationKind::Contradicts || !(a.pointed || b.pointed) {
        return found;
    }
    let because = format!("{}; one of them is only pointed to: they conflict only if it is meant", found.because);
    Found::new(RelationKind::Ambiguous, found.rule, because)
}

/// Where and when people died, were treated or were counted need not be where and when they were attacked: a contradiction takes
/// two claims that tell of the act itself, and of what lasts (a clash, a sweep, a protest) each may tell another hour.
fn of_the_act(found: Found, a: &Answer<'_>, b: &Answer<'_>) -> Found {
    if found.kind != RelationKind::Contradicts {
        return found;
    }
    let event = |answer: &Answer<'_>| answer.claim.proposition.event;
    let act = |answer: &Answer<'_>| {
        event(answer).is_some_and(|kind| kind.is_act() || matches!(kind, EventKind::Arrest | EventKind::Protest))
    };
    let lasts = |answer: &Answer<'_>| {
        event(answer).is_some_and(|kind| matches!(kind, EventKind::Clash | EventKind::Arrest | EventKind::Protest))
    };
    let hours = match (&a.value, &b.value) {
        (Value::Time(x), Value::Time(y)) => (x.first_day(), x.last_day()) == (y.first_day(), y.last_day()),
        _ => false,
    };
    let why = if !(act(a) && act(b)) {
        "one tells of what came of the act, not of the act"
    } else if hours && (lasts(a) || lasts(b)) {
        "one tells of what may have lasted from the one hour to the other"
    } else {
        return found;
    };
    Found::new(RelationKind::Ambiguous, found.rule, format!("{}; but {why}", found.because))
}

/// Weapons and aircraft: equal, the finer list, or nothing (they do not exclude each other).
fn means(a: &str, b: &str) -> Found {
    let (x, y) = (crate::source::key::fold(a), crate::source::key::fold(b));
    let within = |inner: &str, outer: &str| {
        let words: BTreeSet<&str> = outer.split_whitespace().collect();
        inner.split_whitespace().all(|word| words.contains(word))
    };
    let found = |kind, because| Found::new(kind, rule::MEANS, because);
    match (within(&y, &x), within(&x, &y)) {
        // the same words, in whatever order
        (true, true) => found(RelationKind::Equal, format!("both say {a}")),
        (true, false) => found(RelationKind::Refines, format!("{a} is the more exact form of {b}")),
        (false, true) => found(RelationKind::RefinedBy, format!("{b} is the more exact form of {a}")),
        (false, false) => found(RelationKind::NotComparable, format!("{a} and {b} do not exclude each other")),
    }
}

/// An item of evidence or a thing damaged: the same or another.
fn item(a: &str, b: &str) -> Found {
    if crate::source::key::fold(a) == crate::source::key::fold(b) {
        Found::new(RelationKind::Equal, rule::Q1, format!("both speak of {a}"))
    } else {
        Found::new(RelationKind::NotComparable, rule::Q5, format!("{a} and {b} are different things"))
    }
}

/// Rule V3d: two denials of one thing are equal; of two things, nothing follows.
fn both_denied(a: &Answer<'_>, b: &Answer<'_>, context: &Context<'_>) -> Found {
    if let (Value::Party(_), Value::Party(_)) = (&a.value, &b.value) {
        return values(a, b, Timing::None, context);
    }
    let found = values(a, b, Timing::None, context);
    let (x, y) = (a.label(context.parties), b.label(context.parties));
    if found.kind == RelationKind::Equal {
        Found::new(RelationKind::Equal, rule::V3D, format!("both say {x}"))
    } else {
        Found::new(RelationKind::NotComparable, rule::V3D, format!("{x} and {y} deny different things"))
    }
}

/// Rules V3 and V3n: `b` denies; does what `a` affirms entail what is denied?
fn opposed(a: &Answer<'_>, b: &Answer<'_>, context: &Context<'_>) -> Found {
    let (x, y) = (a.label(context.parties), b.label(context.parties));
    let follows = match (&a.value, &b.value) {
        (Value::Party(_), Value::Party(_)) => return values(a, b, Timing::None, context),
        (Value::Count(x), Value::Count(y)) => count_entails(x, y, context.settings),
        (Value::Actors(x), Value::Actors(y)) => actor::entails(x, y, context.parties),
        // that it happened, things damaged or shown; places, times and means are never what a negation is about
        _ => (values(a, b, Timing::None, context).kind == RelationKind::Equal).then_some(true),
    };
    match follows {
        Some(true) => {
            Found::new(RelationKind::Denies, rule::V3, format!("{x} and {y}: the one is denied by the other"))
        }
        Some(false) => Found::new(
            RelationKind::Ambiguous,
            rule::V3N,
            format!("{x} and {y} conflict only if the wider answer means the denied part of it"),
        ),
        None => Found::new(
            RelationKind::NotComparable,
            rule::V3N,
            format!("{x} and {y}: what is denied does not follow from what is affirmed"),
        ),
    }
}

/// Whether the affirmed figure entails the denied one: always, perhaps, or not.
fn count_entails(affirmed: &Figure, denied: &Figure, settings: &Settings) -> Option<bool> {
    let found = count::relate(affirmed, denied, Timing::None, settings);
    let open = denied.count.max.is_none() && affirmed.count.min >= denied.count.min;
    match found.kind {
        RelationKind::Equal | RelationKind::Refines => Some(true),
        RelationKind::PartOf if open => Some(true),
        RelationKind::RefinedBy | RelationKind::Overlaps | RelationKind::Ambiguous => Some(false),
        _ => None,
    }
}

/// How much a relation says, for choosing one where two claims give several answers to one question: agreement on one value
/// outweighs a mere "both may be so" on another, a denial or contradiction outweighs everything.
#[must_use]
pub fn weight(kind: RelationKind) -> u8 {
    match kind {
        RelationKind::Denies => 9,
        RelationKind::Contradicts => 8,
        RelationKind::Supersedes | RelationKind::SupersededBy | RelationKind::Growth => 7,
        RelationKind::Equal | RelationKind::Repeats => 6,
        RelationKind::Refines | RelationKind::RefinedBy => 5,
        RelationKind::PartOf | RelationKind::Contains | RelationKind::Overlaps => 4,
        RelationKind::Ambiguous => 3,
        RelationKind::Complements => 2,
        RelationKind::Uncommitted => 1,
        RelationKind::NotComparable => 0,
    }
}
