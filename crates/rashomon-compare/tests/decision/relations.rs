//! Relation cases: `A | B => KIND RULE [severity] [cause] [review] [: words of the reason]`, in `tests/cases/{relation,place,time,actor,stance}/*.md`.
//!
//! Every line is checked both ways: the converse relation must follow by the same rule.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::invented;
use rashomon_compare::Settings;
use rashomon_compare::party::Parties;
use rashomon_compare::question::{Answer, Reading, answers};
use rashomon_compare::relate::place::{PlaceIndex, Together};
use rashomon_compare::relate::{Context, Found, Link, relate};
use rashomon_model::claim::Claim;
use rashomon_model::id::PlaceId;
use rashomon_model::span::Span;
use std::collections::BTreeSet;

/// Relates the two sides of a line, one way and the other.
fn both(a: &str, b: &str, settings: &Settings, together: &BTreeSet<(PlaceId, PlaceId)>) -> (Found, Found) {
    let (mut first, left) = invented::claim(a, 1);
    let (mut second, right) = invented::claim(b, 2);
    // the words a count was read from are all that its document says
    let says = |claim: &mut Claim, words: Option<&String>| {
        let mut doc = invented::document(claim.document.as_str());
        doc.text = words.cloned().unwrap_or_default();
        let all = Span::from_usize(0, doc.text.len());
        claim.proposition.count.iter_mut().for_each(|count| count.span = all);
        doc
    };
    let (one_says, other_says) = (says(&mut first, left.words.as_ref()), says(&mut second, right.words.as_ref()));
    let table = invented::parties();
    let parties = Parties::new(&table);
    let places = invented::places();
    let index: PlaceIndex<'_> = places.iter().map(|place| (&place.id, place)).collect();
    let link = match left.link.or(right.link).as_deref() {
        Some("different") => Link::Different,
        Some("unreviewed") => Link::Unreviewed,
        _ => Link::Same,
    };
    let together = Together::new(together.clone(), &index);
    let context = Context { link, parties: &parties, places: &index, together: &together, origins: None, settings };
    let readings = invented::readings(&[first.document.as_str(), second.document.as_str()]);
    let (x, y) = (left.at.map(invented::hours).or(left.dated), right.at.map(invented::hours).or(right.dated));
    let origin = |line: &str| line.split_once(':').map_or(line, |(speaker, _)| speaker).trim().to_owned();
    let (p, q) = (origin(a), origin(b));
    let pick = |claim, origin, at, doc| -> Answer<'_> {
        let reading = Reading { document: Some(doc), places: &readings, origin, asserted_at: at };
        let wanted = invented::question_of(claim);
        answers(claim, reading).into_iter().find(|answer| answer.question == wanted).expect("an answer")
    };
    let (one, two) = (pick(&first, &p, x.as_ref(), &one_says), pick(&second, &q, y.as_ref(), &other_says));
    (relate(&one, &two, &context), relate(&two, &one, &context))
}

fn shown(found: &Found) -> String {
    let mut words = vec![found.kind.name().to_owned(), found.rule.to_owned()];
    words.extend(found.severity.map(|gap| gap.name().to_owned()));
    words.extend(found.cause.map(|cause| cause.name().to_owned()));
    words.extend(found.review.then(|| "review".to_owned()));
    words.join(" ")
}

/// The one door: every line of a ```relation block of every case of the task.
fn check(task: &str) {
    let (mut n, mut wrong) = (0, Vec::new());
    for (name, text) in invented::files(task) {
        let mut settings = None;
        let mut together = BTreeSet::new();
        for line in text.lines() {
            match line {
                "```relation" => {
                    settings = Some(Settings::default());
                    together = BTreeSet::new();
                }
                "```relation presumption off" => {
                    settings = Some(Settings { presume_children_civilian: false, ..Settings::default() });
                }
                "```relation both places named together" => {
                    settings = Some(Settings::default());
                    together = BTreeSet::from([(PlaceId::new("p:kesta"), PlaceId::new("p:orvel"))]);
                }
                "```" => settings = None,
                _ => {}
            }
            let Some(settings) = settings.as_ref().filter(|_| line.contains("=>")) else { continue };
            let (sides, expected) = line.split_once("=>").unwrap();
            let (a, b) = sides.split_once('|').expect("two sides");
            let (found, back) = both(a.trim(), b.trim(), settings, &together);
            n += 1;
            let (expected, reason) = expected.split_once(" : ").unwrap_or((expected, ""));
            if shown(&found) != expected.trim() || !found.because.contains(reason.trim()) {
                wrong.push(format!("{name}: {line}\n    got {}: {}", shown(&found), found.because));
            }
            let converse = Found { kind: found.kind.converse(), because: String::new(), ..found.clone() };
            if converse != (Found { because: String::new(), ..back.clone() }) {
                wrong.push(format!("{name}: {line}\n    the other way {}: {}", shown(&back), back.because));
            }
            assert!(rashomon_compare::rule::rule(found.rule).is_some(), "{} is not in the rule book", found.rule);
            assert!(!found.because.is_empty(), "no reason: {line}");
        }
    }
    assert!(n > 0, "no cases of {task}");
    assert!(wrong.is_empty(), "{} of {n} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn relation() {
    check("relation");
}

#[test]
fn place() {
    check("place");
}

#[test]
fn time() {
    check("time");
}

#[test]
fn actor() {
    check("actor");
}

#[test]
fn stance() {
    check("stance");
}
