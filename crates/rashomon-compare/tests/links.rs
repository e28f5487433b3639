//! Which claims are one occurrence: invented reports, one paragraph a line, through the one door `link`.
//!
//! A case: `report NAME DAY` opens a report published that day; every further line is a paragraph of sentences that end in
//! `{…}`: `killed N`, `on DAY`, `on MONTH` or `on START/END`, `event KIND`, `unplaced`; `{-}` ends words that claim nothing,
//! `{head on DAY}` a line of the head that names a day. Places of the invented gazetteer are found in the
//! words; "strike", "raid", "attack" are words for events. The claims of report `a` are `a1`, `a2`, … in order.
//! Expected: `=> together a1 b1`, `=> apart a1 b1`, `=> container a1`, `=> part a2 a1`. Every case is linked a second time with
//! its reports in reverse order.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod invented;

use invented::{Options, document, places, time};
use rashomon_compare::link::{Linked, link};
use rashomon_model::analysis::{Analysis, EventKind, EventMention, Sentence, TimeExpression, TimeType};
use rashomon_model::attribution::{Delivery, Factuality};
use rashomon_model::claim::{Claim, CountRef, PlaceRef, Polarity, Proposition, PropositionKind, TimeRef};
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::ClaimId;
use rashomon_model::incident::Incident;
use rashomon_model::party::Actors;
use rashomon_model::place::{Place, Toponym};
use rashomon_model::quantity::{Category, Count, Outcome};
use rashomon_model::{Document, Span};
use std::collections::BTreeSet;
use std::path::Path;

/// A report as it is read.
struct Report {
    document: Document,
    analysis: Analysis,
    claims: Vec<Claim>,
}

/// Words found in a stretch of text, with where they stand.
fn found<'a>(text: &str, at: usize, words: &[&'a str]) -> Vec<(&'a str, Span)> {
    let mut all: Vec<(&str, Span)> = words
        .iter()
        .flat_map(|word| {
            text.match_indices(word).map(move |(i, _)| (*word, Span::from_usize(at + i, at + i + word.len())))
        })
        .collect();
    all.sort_by_key(|(_, span)| *span);
    all
}

fn read(name: &str, day: &str, lines: &[&str]) -> Report {
    let mut document = document(name);
    document.published = Some(time(day, &Options::default()));
    let mut analysis = Analysis::empty(document.id.clone());
    let mut claims = Vec::new();
    let gazetteer = places();
    let names: Vec<&str> = gazetteer.iter().map(|place| place.name.as_str()).collect();
    for (paragraph, line) in lines.iter().enumerate() {
        let start = document.text.len();
        let mut kind = BlockKind::Paragraph;
        let mut opened: Option<usize> = None;
        for piece in line.split_inclusive('}') {
            let Some((words, options)) = piece.trim().trim_end_matches('}').split_once('{') else { continue };
            let words = words.trim();
            let from = document.text.len();
            document.text.push_str(words);
            let span = Span::from_usize(from, document.text.len());
            document.text.push(' ');
            // words that claim nothing and end in no stop open the sentence of the claim behind them
            let open = options == "-" && !words.ends_with(['.', ':']);
            let begin = opened.take().unwrap_or(from);
            opened = open.then_some(begin);
            if !open {
                let span = Span::from_usize(begin, span.end as usize);
                analysis.sentences.push(Sentence { span, block: BlockKind::Paragraph, paragraph });
            }
            let placed: Vec<(Place, Span)> = found(words, from, &names)
                .into_iter()
                .filter_map(|(name, span)| Some((gazetteer.iter().find(|place| place.name == name)?.clone(), span)))
                .collect();
            for (place, span) in &placed {
                analysis.toponyms.push(Toponym {
                    span: *span,
                    name: place.name.clone(),
                    place: Some(place.clone()),
                    radius_km: place.radius_km,
                    why: String::new(),
                    candidates: Vec::new(),
                });
            }
            for (_, span) in found(words, from, &["strike", "raid", "attack"]) {
                let event = EventMention {
                    span,
                    kind: EventKind::Attack,
                    negated: false,
                    unreal: false,
                    actor: Vec::new(),
                    target: Vec::new(),
                };
                analysis.events.push(event);
            }
            if let Some(day) = options.strip_prefix("head on ") {
                kind = BlockKind::Standfirst;
                analysis.times.push(TimeExpression {
                    span: Span::new(span.end - 1, span.end),
                    kind: TimeType::Date,
                    value: day.to_owned(),
                    date: Some(time(day, &Options::default())),
                    why: String::new(),
                });
            } else if options != "-" {
                claims.push(claim(name, claims.len() + 1, span, options, &placed));
            }
        }
        document.blocks.push(Block { kind, span: Span::from_usize(start, document.text.len()) });
        document.text.push('\n');
    }
    Report { document, analysis, claims }
}

/// "2031-01" as a month of which no day is said.
fn in_month(month: &str) -> DateValue {
    let mut value = time(&format!("{month}-01/{month}-28"), &Options::default());
    value.precision = Precision::Month;
    value
}

fn claim(document: &str, number: usize, span: Span, options: &str, placed: &[(Place, Span)]) -> Claim {
    let mut what = Proposition {
        kind: PropositionKind::Strike,
        polarity: Polarity::Positive,
        event: Some(EventKind::Attack),
        actor: Actors::default(),
        target: Vec::new(),
        place: placed
            .iter()
            .map(|(place, span)| PlaceRef {
                name: place.name.clone(),
                place: Some(place.id.clone()),
                span: *span,
                near: false,
            })
            .collect(),
        time: None,
        count: Vec::new(),
        means: Vec::new(),
    };
    for option in options.split(',').map(str::trim).filter(|option| !option.is_empty()) {
        match option.split_once(' ').unwrap_or((option, "")) {
            ("killed", n) => {
                what.kind = PropositionKind::Casualties;
                what.event = Some(EventKind::Harm);
                what.count.push(CountRef {
                    of: Outcome::Killed,
                    category: Category::People,
                    count: Count::exact(n.parse().expect("a number")),
                    span,
                    cumulative: None,
                    whole: false,
                    part: false,
                });
            }
            // "2031-01": a month
            ("on", month) if month.len() == 7 => {
                what.time = Some(TimeRef { date: in_month(month), span: Some(span) });
            }
            ("on", day) => what.time = Some(TimeRef { date: time(day, &Options::default()), span: Some(span) }),
            ("event", kind) => what.event = EventKind::from_name(kind),
            ("unplaced", _) => what.place.clear(),
            (other, _) => panic!("option {other}"),
        }
    }
    Claim {
        id: ClaimId::new(format!("{document}{number}")),
        document: rashomon_model::DocumentId::new(document),
        anchors: vec![span],
        chain: Vec::new(),
        delivery: Delivery::None,
        factuality: Factuality::CertainPositive,
        flags: BTreeSet::new(),
        proposition: what,
        evidence: Vec::new(),
        confidence: 0.9,
        why: Vec::new(),
    }
}

fn incidents(reports: &[Report]) -> Vec<Incident> {
    let linked: Vec<Linked<'_>> =
        reports.iter().map(|r| Linked { document: &r.document, analysis: &r.analysis, claims: &r.claims }).collect();
    let known = places().into_iter().map(|place| (place.id.clone(), place)).collect();
    let mut all: Vec<Incident> =
        link(&linked, &known, &[]).incidents.into_iter().map(|(incident, _)| incident).collect();
    for incident in &mut all {
        // told in the order of the reports given
        incident.claims.sort();
        incident.documents.sort();
    }
    all
}

/// Whether an expectation holds.
fn holds(line: &str, all: &[Incident]) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let of = |claim: &str| all.iter().find(|incident| incident.claims.iter().any(|id| id.as_str() == claim));
    let first = of(words.get(1).expect("a claim"));
    let rest = || words.iter().skip(2).map(|claim| of(claim));
    match words.first().copied() {
        Some("together") => rest().all(|other| first.is_some() && other.map(|i| &i.id) == first.map(|i| &i.id)),
        Some("apart") => {
            rest().all(|other| first.is_some() && other.is_some() && other.map(|i| &i.id) != first.map(|i| &i.id))
        }
        Some("container") => first.is_some_and(|incident| incident.container),
        Some("part") => rest().all(|other| {
            first
                .and_then(|incident| incident.part_of.as_ref())
                .is_some_and(|id| other.is_some_and(|whole| whole.id == *id))
        }),
        other => panic!("expectation {other:?}"),
    }
}

#[test]
fn reports_of_one_occurrence_and_of_several() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/link/incidents.md");
    let text = std::fs::read_to_string(file).unwrap();
    let (mut n, mut wrong) = (0, Vec::new());
    for block in text.split("```case\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        let mut reports: Vec<(&str, &str, Vec<&str>)> = Vec::new();
        for line in block.lines().filter(|line| !line.is_empty() && !line.starts_with("=> ")) {
            match line.strip_prefix("report ") {
                Some(head) => {
                    let (name, day) = head.split_once(' ').expect("a name and a day");
                    reports.push((name, day, Vec::new()));
                }
                None => reports.last_mut().expect("a report first").2.push(line),
            }
        }
        let made = |list: &[(&str, &str, Vec<&str>)]| -> Vec<Report> {
            list.iter().map(|(name, day, lines)| read(name, day, lines)).collect()
        };
        let all = incidents(&made(&reports));
        reports.reverse();
        assert_eq!(all, incidents(&made(&reports)), "order of reports:\n{block}");
        for line in block.lines().filter_map(|line| line.strip_prefix("=> ")) {
            n += 1;
            if !holds(line, &all) {
                let told: Vec<String> = all
                    .iter()
                    .map(|i| format!("{} {:?}{}", i.title, i.claims, if i.container { " container" } else { "" }))
                    .collect();
                wrong.push(format!("{block}  not so: {line}\n  but {}\n", told.join("\n  ")));
            }
        }
    }
    assert!(n > 0, "no expectations");
    assert!(wrong.is_empty(), "{} of {n} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
