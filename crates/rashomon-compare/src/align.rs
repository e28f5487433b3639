//! What do the accounts answer, question by question? Positions, relations, statuses.
//!
//! Answers to one question are merged into positions by equal values; every position knows its claims, the origins behind
//! them, the documents that carry it, and how many of the origins are independent. Relations are listed between voices, not
//! between articles: of several claims of one origin for one position the earliest surely read stands for all, and what is
//! the same for all voices of two positions (that one refines the other) is said once.

mod alone;
mod said_once;
mod voice;

use crate::origin::Origins;
use crate::party::Key;
use crate::question::{Answer, Value, rank};
use crate::relate::place::told_apart;
use crate::relate::scope::is_toll;
use crate::relate::{Context, Found, actor, commits, relate, weight};
use crate::rule;
use crate::source::key::fold;
use rashomon_model::alignment::{Answered, Position, Question, Relation, RelationKind, Status};
use rashomon_model::id::{ClaimId, DocumentId, PlaceId};
use rashomon_model::quantity::{Category, Outcome};
use said_once::said_once;
use std::collections::{BTreeMap, BTreeSet};
use voice::{Said, Voice, firsts, moment, voices};

/// Questions of every incident, shown as unanswered where nobody answers.
const CORE: &[Question] = &[
    Question::WhoDid,
    Question::Target,
    Question::Where,
    Question::When,
    Question::Count(Outcome::Killed, Category::People),
];

/// One answer in one position.
struct Placed<'a> {
    /// What makes answers one position.
    key: String,
    /// The answer in words.
    value: String,
    answer: &'a Answer<'a>,
}

/// The rows of the grid, in its order.
#[must_use]
pub fn align(answers: &[Answer<'_>], origins: &Origins, context: &Context<'_>) -> Vec<Answered> {
    let mut rows: BTreeMap<(u8, Question), Vec<Placed<'_>>> = BTreeMap::new();
    for answer in answers.iter().filter(|answer| !answer.cumulative) {
        rows.entry(rank(answer.question)).or_default().extend(place(answer, context));
    }
    let heads: BTreeMap<(u8, Question), Vec<Voice<'_>>> =
        rows.iter().map(|(key, placed)| (*key, voices(placed, context))).collect();
    let firsts = firsts(&heads);
    let mut found: BTreeMap<(u8, Question), Answered> = BTreeMap::new();
    for (key, placed) in &rows {
        let relations = relations(key, &heads, placed, &firsts, context);
        let positions = positions(placed, origins);
        let status = status(placed, &relations, origins);
        found.insert(*key, Answered { question: key.1, status, positions, relations });
    }
    let killed = rows.keys().any(|(_, question)| matches!(question, Question::Count(Outcome::Killed, _)));
    for question in CORE {
        let stands_in = matches!(question, Question::Count(..)) && killed;
        if !stands_in {
            found.entry(rank(*question)).or_insert_with(|| Answered {
                question: *question,
                status: Status::Unanswered,
                positions: Vec::new(),
                relations: Vec::new(),
            });
        }
    }
    found.into_values().collect()
}

/// Pairs of places that one origin names together in one document, or of which the author names one in the document's own
/// voice; smaller id first.
#[must_use]
pub fn places_together(answers: &[Answer<'_>]) -> BTreeSet<(PlaceId, PlaceId)> {
    let mut named: BTreeMap<(&DocumentId, &str), BTreeSet<&PlaceId>> = BTreeMap::new();
    let mut own: BTreeMap<&DocumentId, BTreeSet<&PlaceId>> = BTreeMap::new();
    for answer in answers.iter().filter(|answer| !answer.negative && commits(answer.claim)) {
        if let Value::Places(spots) = &answer.value {
            let places: BTreeSet<&PlaceId> =
                spots.iter().filter(|spot| !spot.near).flat_map(|spot| &spot.candidates).collect();
            named.entry((&answer.claim.document, answer.origin)).or_default().extend(&places);
            if answer.claim.chain.is_empty() {
                own.entry(&answer.claim.document).or_default().extend(&places);
            }
        }
    }
    let none = BTreeSet::new();
    let pairs = named.iter().flat_map(|((document, _), places)| {
        let beside = own.get(document).unwrap_or(&none);
        places
            .iter()
            .flat_map(move |a| places.union(beside).filter(move |b| a != *b).map(move |b| (*a.min(b), *a.max(b))))
    });
    pairs.map(|(a, b)| (a.clone(), b.clone())).collect()
}

/// The position or (for places) positions of an answer.
fn place<'a>(answer: &'a Answer<'a>, context: &Context<'_>) -> Vec<Placed<'a>> {
    let mark = match (answer.negative, commits(answer.claim)) {
        (_, false) => "?",
        (true, true) => "-",
        (false, true) => "+",
    };
    let party_key = |key: Key| format!("{key:?}");
    let shown = |value: String| if mark == "?" { format!("{value} (not asserted)") } else { value };
    let one = |key: String, value: String| vec![Placed { key: format!("{mark}{key}"), value: shown(value), answer }];
    let negated = |value: String| if answer.negative { format!("not {value}") } else { value };
    match &answer.value {
        Value::Occurred => one(String::new(), answer.label(context.parties)),
        Value::Count(_) if answer.numberless && answer.negative => one("some".to_owned(), "none, or denied".to_owned()),
        Value::Count(_) if answer.numberless || answer.vague => {
            one("some".to_owned(), "some, no number given".to_owned())
        }
        Value::Count(figure) => one(figure.count.to_string(), negated(figure.count.to_string())),
        Value::Actors(actors) => one(actor::group(actors, context.parties), answer.label(context.parties)),
        Value::Party(party) => one(party_key(context.parties.key(party)), answer.label(context.parties)),
        Value::Time(time) => one(format!("{}/{}", time.start, time.end), negated(time.edtf())),
        Value::Means(means) => one(fold(means), negated((*means).to_owned())),
        Value::Item(item) => one(fold(item), negated(item.clone())),
        Value::Places(spots) => spots
            .iter()
            .map(|spot| {
                let known = spot.candidates.first().and_then(|id| context.places.get(id));
                let name = known.map_or_else(|| spot.name.clone(), |place| told_apart(place, context.places));
                let near = if spot.near { "near " } else { "" };
                let key = spot.candidates.first().map_or_else(|| fold(&spot.name), ToString::to_string);
                Placed { key: format!("{mark}{near}{key}"), value: shown(negated(format!("{near}{name}"))), answer }
            })
            .collect(),
    }
}

/// Relations of a row: between its voices, with the counts of other rows, and of an origin repeating itself. What holds
/// between two answers for many voices is said once, with all claims of which it holds.
fn relations(
    row: &(u8, Question),
    heads: &BTreeMap<(u8, Question), Vec<Voice<'_>>>,
    placed: &[Placed<'_>],
    firsts: &BTreeMap<Said, &ClaimId>,
    context: &Context<'_>,
) -> Vec<Relation> {
    let order = |voice: &Voice<'_>| {
        let own = &voice.answer.claim.id;
        (firsts.get(&voice.said).map_or(own, |first| *first).clone(), rank(voice.answer.question), own.clone())
    };
    let mut found: BTreeMap<(ClaimId, ClaimId), Found> = BTreeMap::new();
    let mut add = |a: &Answer<'_>, b: &Answer<'_>| {
        let new = relate(a, b, context);
        if a.claim.id == b.claim.id || !worth_saying(&new, a, b) {
            return;
        }
        let key = (a.claim.id.clone(), b.claim.id.clone());
        match found.get(&key) {
            Some(old) if weight(old.kind) >= weight(new.kind) => {}
            _ => {
                found.insert(key, new);
            }
        }
    };
    let mut pair = |a: &Voice<'_>, b: &Voice<'_>| {
        if order(a) <= order(b) { add(a.answer, b.answer) } else { add(b.answer, a.answer) }
    };
    let own = heads.get(row).map_or(&[][..], Vec::as_slice);
    for (i, a) in own.iter().enumerate() {
        for b in own.iter().skip(i + 1) {
            pair(a, b);
        }
    }
    if matches!(row.1, Question::Count(..)) {
        for (other, voices) in heads.iter().filter(|(other, _)| *other != row) {
            if matches!(other.1, Question::Count(..)) {
                for (a, b) in own.iter().flat_map(|a| voices.iter().map(move |b| (a, b))) {
                    pair(a, b);
                }
            }
        }
    }
    for one in own.iter().map(|voice| voice.answer) {
        let latest = placed
            .iter()
            .filter(|other| other.answer.origin == one.origin && same_value(other.answer, one))
            .filter(|other| other.answer.asserted_at.is_some())
            .max_by_key(|other| (moment(other.answer), other.answer.claim.id.clone()));
        if let Some(latest) = latest {
            let (a, b) =
                if one.claim.id <= latest.answer.claim.id { (one, latest.answer) } else { (latest.answer, one) };
            add(a, b);
        }
    }
    alone::settle(row.1, &mut found, placed);
    said_once(found)
}

fn same_value(a: &Answer<'_>, b: &Answer<'_>) -> bool {
    a.value == b.value && a.negative == b.negative
}

/// Whether the answer leaves open which of several actors it was ("Vardan or Orvian jets").
fn leaves_open(answer: &Answer<'_>) -> bool {
    matches!(&answer.value, Value::Actors(actors) if actors.alternatives.len() > 1)
}

/// Whether the relation tells the reader something: not that two things cannot be compared, nor what one voice says beside
/// its own other answers without contradicting itself.
fn worth_saying(found: &Found, a: &Answer<'_>, b: &Answer<'_>) -> bool {
    match found.kind {
        RelationKind::NotComparable => false,
        RelationKind::Uncommitted => {
            let open = || leaves_open(a) || leaves_open(b);
            a.question != Question::Occurred && (same_value(a, b) || open())
        }
        RelationKind::Ambiguous => a.origin != b.origin || found.rule == crate::rule::V4U,
        RelationKind::Equal | RelationKind::Repeats if a.question == Question::Occurred => false,
        // that the dead are not the injured goes without saying; that targets are not strikes does not
        RelationKind::Complements => match (a.question, b.question) {
            (Question::Count(x, _), Question::Count(y, _)) => x == y || !is_toll(x),
            _ => true,
        },
        _ => true,
    }
}

/// Positions, best supported first.
fn positions(placed: &[Placed<'_>], origins: &Origins) -> Vec<Position> {
    let mut groups: BTreeMap<&str, Vec<&Placed<'_>>> = BTreeMap::new();
    for one in placed {
        groups.entry(&one.key).or_default().push(one);
    }
    let mut found: Vec<Position> = groups
        .values()
        .map(|group| {
            let keys: BTreeSet<&str> = group.iter().map(|one| one.answer.origin).collect();
            let claims: BTreeSet<ClaimId> = group.iter().map(|one| one.answer.claim.id.clone()).collect();
            let carriers: BTreeSet<DocumentId> = group.iter().map(|one| one.answer.claim.document.clone()).collect();
            let first = group.iter().min_by(|a, b| a.answer.claim.id.cmp(&b.answer.claim.id));
            // who denies that it was not so says that it was
            let asserted = |one: &&&Placed<'_>| {
                commits(one.answer.claim) && !(one.answer.negative && one.answer.claim.factuality.is_negative())
            };
            let (names, nobody) = origins.names_of(group.iter().map(|one| one.answer.claim));
            Position {
                value: first.map(|one| one.value.clone()).unwrap_or_default(),
                claims: claims.into_iter().collect(),
                origins: names,
                nobody,
                carriers: carriers.into_iter().collect(),
                independent: origins.independent(keys.iter().copied()),
                denied: group.iter().filter(asserted).count() == 0,
            }
        })
        .collect();
    found.sort_by(|a, b| {
        (b.independent, b.origins.len()).cmp(&(a.independent, a.origins.len())).then_with(|| a.claims.cmp(&b.claims))
    });
    found
}

/// Where the accounts stand.
fn status(placed: &[Placed<'_>], relations: &[Relation], origins: &Origins) -> Status {
    let committed: BTreeSet<&str> =
        placed.iter().filter(|one| commits(one.answer.claim)).map(|one| one.answer.origin).collect();
    let held = placed.iter().filter(|one| commits(one.answer.claim)).map(|one| &one.key).collect::<BTreeSet<_>>().len();
    let sharp = |relation: &Relation| {
        // one origin's answers that exclude each other are no agreement, whichever of them stands
        (matches!(relation.kind, RelationKind::Contradicts | RelationKind::Denies) || relation.rule == rule::V4U)
            && !relation.review
    };
    if committed.is_empty() {
        Status::Unanswered
    } else if relations.iter().any(sharp) {
        Status::Contested
    } else if origins.independent(committed.iter().copied()) < 2 {
        Status::SingleOrigin
    } else if held == 1 {
        Status::Agreed
    } else {
        Status::Compatible
    }
}
