//! How do two counts relate? Rules N1–N9, V5 and U1 with severity (methods.md E1, E2).
//!
//! ```
//! use rashomon_compare::relate::count::{relate, Figure, Timing};
//! use rashomon_compare::Settings;
//! use rashomon_model::quantity::{Category, Count, Outcome};
//! let figure = |count| Figure { of: Outcome::Killed, category: Category::People, count, whole: false };
//! let found = relate(&figure(Count::exact(36)), &figure(Count::at_least(30)), Timing::default(), &Settings::default());
//! assert_eq!((found.kind.name(), found.rule), ("REFINES", "N2"));
//! ```

use super::Found;
use super::scope::{Scopes, is_toll, scopes};
use crate::Settings;
use crate::rule;
use rashomon_model::alignment::{Cause, Gap, RelationKind};
use rashomon_model::quantity::{Category, Count, Outcome};

/// A count with its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// What is counted.
    pub of: Outcome,
    /// Who is counted.
    pub category: Category,
    /// The interval.
    pub count: Count,
    /// It states the status of the whole toll ("all of the dead").
    pub whole: bool,
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let whole = if self.whole { " (all)" } else { "" };
        match self.category {
            Category::Objects => write!(f, "{} {}{whole}", self.count, self.of),
            category => write!(f, "{} {category} {}{whole}", self.count, self.of),
        }
    }
}

/// What is known of when two figures were stated (rule V5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Timing {
    /// Nothing that makes one an update of the other.
    #[default]
    None,
    /// By different origins, the first at most 72 hours after the second.
    FirstLater,
    /// By different origins, the second at most 72 hours after the first.
    SecondLater,
}

impl Timing {
    /// Seen from the other side.
    #[must_use]
    pub fn converse(self) -> Self {
        match self {
            Self::None => Self::None,
            Self::FirstLater => Self::SecondLater,
            Self::SecondLater => Self::FirstLater,
        }
    }
}

/// Greatest number meant; an open count has none above it.
fn hi(count: Count) -> u64 {
    count.max.unwrap_or(u64::MAX)
}

/// Whether every number the first allows the second allows too.
#[must_use]
pub fn within(a: Count, b: Count) -> bool {
    a.min >= b.min && hi(a) <= hi(b)
}

/// Whether no number is allowed by both.
#[must_use]
pub fn apart(a: Count, b: Count) -> bool {
    a.min > hi(b) || b.min > hi(a)
}

/// How far apart: `low` is the greatest number of the lower, `high` the least of the higher (methods.md E2).
#[must_use]
pub fn severity(low: u64, high: u64) -> Gap {
    let gap = high.saturating_sub(low);
    if gap <= 2 || gap.saturating_mul(10) <= high {
        Gap::Minor
    } else if high >= low.saturating_mul(2) {
        Gap::Major
    } else {
        Gap::Plain
    }
}

/// One way to read a figure: "casualties" as dead and hurt together or as dead, a list of victims as whole or as a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    figure: Figure,
    /// `Some(true)`: "casualties" or "victims" means deaths; `Some(false)`: dead and hurt; `None`: only one reading.
    deaths: Option<bool>,
    /// `Some(true)`: the list names some of the victims; `Some(false)`: all of them; `None`: no list.
    partial: Option<bool>,
}

/// All readings of a figure, at least one.
fn readings(figure: &Figure) -> Vec<Reading> {
    let plain = Reading { figure: *figure, deaths: None, partial: None };
    let lists: &[Option<bool>] = match figure.of {
        Outcome::Casualties => &[None],
        Outcome::Victims => &[Some(false), Some(true)],
        _ => return vec![plain],
    };
    let mut found = Vec::new();
    for partial in lists {
        for (deaths, of) in [(false, Outcome::Casualties), (true, Outcome::Killed)] {
            let count = if *partial == Some(true) { Count::at_least(figure.count.min) } else { figure.count };
            found.push(Reading { figure: Figure { of, count, ..*figure }, deaths: Some(deaths), partial: *partial });
        }
    }
    found
}

/// Whether the two readings go together: a word both sides use is read alike on both.
fn agree(a: &Reading, b: &Reading) -> bool {
    let alike = |x: Option<bool>, y: Option<bool>| x.is_none() || y.is_none() || x == y;
    alike(a.deaths, b.deaths) && alike(a.partial, b.partial)
}

/// The relation of two figures, the incident and the polarity being the same.
#[must_use]
pub fn relate(a: &Figure, b: &Figure, timing: Timing, settings: &Settings) -> Found {
    let mut tried: Vec<(Found, Reading, Reading)> = Vec::new();
    for first in readings(a) {
        for second in readings(b).into_iter().filter(|second| agree(&first, second)) {
            tried.push((single(&first.figure, &second.figure, timing, settings), first, second));
        }
    }
    match tried.as_slice() {
        [(only, _, _)] => Found { because: sentence(only, a, b), ..only.clone() },
        _ => several(a, b, &tried),
    }
}

/// Rule N9: the readings together.
fn several(a: &Figure, b: &Figure, tried: &[(Found, Reading, Reading)]) -> Found {
    let conflict = |found: &Found| found.kind == RelationKind::Contradicts;
    let conflicts: Vec<&(Found, Reading, Reading)> = tried.iter().filter(|(found, _, _)| conflict(found)).collect();
    let mildest = conflicts.iter().map(|(found, _, _)| found).min_by_key(|found| found.severity);
    match mildest {
        Some(mildest) if conflicts.len() == tried.len() => {
            // the readings as dead and hurt come first, so that of N6 and N4 it is N6
            Found { because: format!("{a} and {b} exclude each other, however the words are read"), ..mildest.clone() }
        }
        Some(_) => {
            let named: Vec<String> = tried
                .iter()
                .filter(|(found, _, _)| conflict(found))
                .map(|(_, first, second)| words(first, second))
                .collect();
            Found::new(RelationKind::Ambiguous, rule::N9, format!("{a} and {b} conflict only if {}", shortest(&named)))
        }
        None => {
            let part =
                tried.iter().find(|(found, _, _)| matches!(found.kind, RelationKind::PartOf | RelationKind::Contains));
            if let Some((found, _, _)) = part {
                return Found { because: sentence(found, a, b), ..found.clone() };
            }
            let kinds_agree = tried.windows(2).all(|pair| matches!(pair, [(x, ..), (y, ..)] if x.kind == y.kind));
            match tried.first() {
                Some((found, _, _)) if kinds_agree => Found { because: sentence(found, a, b), ..found.clone() },
                // what can be compared under one reading only has nothing in common for sure
                _ if tried.iter().any(|(found, _, _)| found.kind == RelationKind::NotComparable) => {
                    let because = format!("{a} and {b} cannot be compared under every reading");
                    Found::new(RelationKind::NotComparable, rule::N8, because)
                }
                _ => Found::new(
                    RelationKind::Overlaps,
                    rule::N9,
                    format!("{a} and {b} agree in part under every reading"),
                ),
            }
        }
    }
}

/// The reading in words.
fn words(first: &Reading, second: &Reading) -> String {
    let mut said = Vec::new();
    match first.deaths.or(second.deaths) {
        Some(true) => said.push("\"casualties\" means deaths"),
        _ => said.push("\"casualties\" means dead and injured"),
    }
    if first.partial.or(second.partial) == Some(false) {
        said.push("the list is meant to be complete");
    }
    said.join(" and ")
}

/// What the conflicting readings have in common, else all of them.
fn shortest(named: &[String]) -> String {
    const WHOLE: &str = "the list is meant to be complete";
    if named.len() > 1 && named.iter().all(|reading| reading.ends_with(WHOLE)) {
        return WHOLE.to_owned();
    }
    named.join(", or ")
}

/// Rules U1, N1–N8 and V5 on figures of one reading each.
fn single(a: &Figure, b: &Figure, timing: Timing, settings: &Settings) -> Found {
    let scopes = scopes((a.of, a.category), (b.of, b.category), settings.presume_children_civilian);
    if let Some(found) = status(a, b) {
        return found;
    }
    let plain = |kind, rule| Found::new(kind, rule, String::new());
    match scopes {
        Scopes::Same => same_scope(a, b, timing),
        Scopes::Inside(presumed) => part(a, b, presumed, timing, RelationKind::PartOf),
        Scopes::Around(presumed) => part(b, a, presumed, timing.converse(), RelationKind::Contains),
        Scopes::Disjoint => plain(RelationKind::Complements, rule::N7),
        Scopes::Unknown => plain(RelationKind::NotComparable, rule::N8),
        Scopes::Apart => plain(RelationKind::NotComparable, rule::V1),
    }
}

/// Rules U1 and U1e: one status for all of the same toll.
fn status(a: &Figure, b: &Figure) -> Option<Found> {
    use Category::{Civilians, Combatants, Men, Women};
    let opposed = matches!(
        (a.category, b.category),
        (Civilians, Combatants) | (Combatants, Civilians) | (Women, Men) | (Men, Women)
    );
    if a.of != b.of || !opposed {
        return None;
    }
    let rule = match (a.whole, b.whole) {
        (true, true) => rule::U1,
        (true, false) if b.count.min > 0 => rule::U1E,
        (false, true) if a.count.min > 0 => rule::U1E,
        _ => return None,
    };
    Some(Found { cause: Some(Cause::Category), ..Found::new(RelationKind::Contradicts, rule, String::new()) })
}

/// Rules N1–N4 and V5.
fn same_scope(a: &Figure, b: &Figure, timing: Timing) -> Found {
    let (x, y) = (a.count, b.count);
    let plain = |kind, rule| Found::new(kind, rule, String::new());
    if x == y {
        return plain(RelationKind::Equal, rule::N1);
    }
    if within(x, y) {
        return plain(RelationKind::Refines, rule::N2);
    }
    if within(y, x) {
        return plain(RelationKind::RefinedBy, rule::N2);
    }
    if !apart(x, y) {
        return plain(RelationKind::Overlaps, rule::N3);
    }
    let first_higher = x.min > hi(y);
    let grows = match timing {
        Timing::None => false,
        Timing::FirstLater => first_higher,
        Timing::SecondLater => !first_higher,
    };
    if grows && is_toll(a.of) {
        return plain(RelationKind::Growth, rule::V5);
    }
    let (low, high) = if first_higher { (hi(y), x.min) } else { (hi(x), y.min) };
    Found {
        severity: Some(severity(low, high)),
        cause: Some(Cause::Conflict),
        ..plain(RelationKind::Contradicts, rule::N4)
    }
}

/// Rules N5, N5p and N6: `inner` counts a part of what `outer` counts; `kind` is the relation asked for if it fits.
fn part(inner: &Figure, outer: &Figure, presumed: bool, timing: Timing, kind: RelationKind) -> Found {
    if inner.count.min <= hi(outer.count) {
        return Found::new(kind, if presumed { rule::N5P } else { rule::N5 }, String::new());
    }
    if presumed {
        // it must hold under every reading (methods.md 0.4), and the presumption is one
        return Found::new(RelationKind::Ambiguous, rule::N5P, String::new());
    }
    let later = timing == Timing::FirstLater && is_toll(inner.of);
    Found {
        severity: Some(severity(hi(outer.count), inner.count.min)),
        cause: Some(if later { Cause::Time } else { Cause::Scope }),
        ..Found::new(RelationKind::Contradicts, rule::N6, String::new())
    }
}

/// The reason in one sentence, naming both figures.
fn sentence(found: &Found, a: &Figure, b: &Figure) -> String {
    match found.rule {
        rule::N1 => format!("both say {a}"),
        rule::N2 if found.kind == RelationKind::Refines => format!("{a} is one of the numbers {b} allows"),
        rule::N2 => format!("{b} is one of the numbers {a} allows"),
        rule::N3 => format!("{a} and {b} allow some of the same numbers"),
        rule::N4 => format!("{a} and {b} exclude each other"),
        rule::V5 => format!("{a} and {b}: the higher toll is the later, from another origin"),
        rule::N5 if found.kind == RelationKind::PartOf => format!("{a} can be a part of {b}"),
        rule::N5 => format!("{b} can be a part of {a}"),
        rule::N5P if found.kind == RelationKind::Ambiguous => {
            format!("{a} and {b} conflict only if children are presumed civilians")
        }
        rule::N5P if found.kind == RelationKind::PartOf => {
            format!("{a} can be a part of {b}, if children are presumed civilians")
        }
        rule::N5P => format!("{b} can be a part of {a}, if children are presumed civilians"),
        rule::N6 => format!("{a} and {b}: the part is greater than the whole"),
        rule::N7 => format!("{a} and {b} count different things"),
        rule::U1 => format!("{a} and {b} give one status each to all of the same toll"),
        rule::U1E => format!("{a} and {b}: if all were the one, none was the other"),
        _ => format!("{a} and {b} cannot be compared"),
    }
}
