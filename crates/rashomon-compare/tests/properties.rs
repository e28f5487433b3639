//! What must hold whatever the claims: converse relations, carriers that add nothing, origins that never narrow, order and
//! names that do not matter. Seeded, so that a failure can be run again.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod invented;

use invented::case::{Assessed, Case};
use rashomon_compare::Settings;
use rashomon_compare::party::Parties;
use rashomon_compare::question::{Reading, answers};
use rashomon_compare::relate::count::{Figure, Timing, relate as relate_counts};
use rashomon_compare::relate::place::{PlaceIndex, Together};
use rashomon_compare::relate::{Context, Link, relate};
use rashomon_model::alignment::RelationKind;
use rashomon_model::quantity::{Category, Count, Outcome};
use std::collections::BTreeSet;

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, good enough for cases.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

const OUTCOMES: &[Outcome] =
    &[Outcome::Killed, Outcome::Injured, Outcome::Casualties, Outcome::Victims, Outcome::Missing, Outcome::Targets];
const CATEGORIES: &[Category] =
    &[Category::People, Category::Civilians, Category::Children, Category::Women, Category::Men, Category::Combatants];

fn figure(dice: &mut Dice) -> Figure {
    let min = dice.below(12) as u64;
    let count = match dice.below(4) {
        0 => Count::at_least(min),
        1 => Count::between(min, min + dice.below(8) as u64),
        _ => Count::exact(min),
    };
    Figure {
        of: OUTCOMES[dice.below(OUTCOMES.len())],
        category: CATEGORIES[dice.below(CATEGORIES.len())],
        count,
        whole: dice.one_in(5),
    }
}

#[test]
fn counts_relate_the_other_way_by_the_converse() {
    let mut dice = Dice(1);
    let settings = [Settings::default(), Settings { presume_children_civilian: false, ..Settings::default() }];
    let mut seen = BTreeSet::new();
    for n in 0..200_000 {
        let (a, b) = (figure(&mut dice), figure(&mut dice));
        let timing = [Timing::None, Timing::FirstLater, Timing::SecondLater][dice.below(3)];
        let settings = &settings[n % 2];
        let found = relate_counts(&a, &b, timing, settings);
        let back = relate_counts(&b, &a, timing.converse(), settings);
        assert_eq!(
            (found.kind, found.rule, found.severity, found.cause),
            (back.kind.converse(), back.rule, back.severity, back.cause),
            "{a} against {b}, {timing:?}"
        );
        seen.insert(found.rule);
    }
    let wanted = ["N1", "N2", "N3", "N4", "N5", "N5p", "N6", "N7", "N8", "N9", "U1", "U1e", "V1", "V5"];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), wanted, "a rule the pairs never reach");
}

const SPEAKERS: &[&str] = &[
    "Lantern",
    "Beacon",
    "Agency",
    "Courier",
    "Council",
    "Council president",
    "Ministry",
    "Army",
    "Tolmar",
    "Pact",
    "Greys",
];
const PARTIES: &[&str] = &[
    "Varda",
    "Tolmar",
    "Kest",
    "Northern Pact",
    "Vardan Army",
    "Grey Column",
    "Fourth Band",
    "Kestrel Company",
    "Hill Council",
    "civilians",
    "militants",
    "unidentified jets",
    "the Riders",
];
const PLACES: &[&str] =
    &["Orvel", "Kesta", "Marn", "Marn(city)", "Marn(province)", "Dell", "Farrow", "Varda", "Hollin"];
const FACTUALITY: &[&str] = &["CT+", "CT+", "CT+", "CT+", "PR+", "PS+", "CT-", "PR-", "Uu"];

/// A random claim line by one of the speakers.
fn line(dice: &mut Dice, speaker: &str) -> String {
    let near = if dice.one_in(3) { "near " } else { "" };
    let value = match dice.below(9) {
        0 => format!("who {}", dice.pick(PARTIES)),
        1 => format!("who {} or {}", dice.pick(PARTIES), dice.pick(PARTIES)),
        2 => format!("who {} & {}", dice.pick(PARTIES), dice.pick(PARTIES)),
        3 => format!("target {}{}", if dice.one_in(2) { "not " } else { "" }, dice.pick(PARTIES)),
        4 => format!("where {near}{}", dice.pick(PLACES)),
        5 => format!("when 2031-03-1{}", dice.below(5)),
        6 => format!("presence {}{}", if dice.one_in(2) { "not " } else { "" }, dice.pick(PARTIES)),
        _ => {
            let mut count = figure(dice);
            if dice.one_in(2) {
                (count.of, count.category) = (Outcome::Killed, Category::People);
            }
            let number = match count.count.max {
                None => format!("{}+", count.count.min),
                Some(max) => format!("{}-{max}", count.count.min),
            };
            format!("{number} {} {}", count.of.name(), count.category.name())
        }
    };
    let mut options = vec![dice.pick(FACTUALITY).to_owned()];
    if dice.one_in(2) {
        options.push(format!("at {}", dice.below(100)));
    }
    for (n, option) in [(6, "whole"), (12, "cumulative"), (8, "conf 0.2"), (6, "derived"), (10, "night")] {
        if dice.one_in(n) {
            options.push(option.to_owned());
        }
    }
    if dice.one_in(3) {
        options.push(format!("by {}", dice.pick(PARTIES)));
    }
    format!("{speaker}: {value} {{{}}}", options.join(", "))
}

#[test]
fn answers_of_every_kind_relate_the_other_way_by_the_converse() {
    let mut dice = Dice(2);
    let (table, places, settings) = (invented::parties(), invented::places(), Settings::default());
    let parties = Parties::new(&table);
    let index: PlaceIndex<'_> = places.iter().map(|place| (&place.id, place)).collect();
    let together = Together::default();
    let context = Context {
        link: Link::Same,
        parties: &parties,
        places: &index,
        together: &together,
        origins: None,
        settings: &settings,
    };
    let mut kinds = BTreeSet::new();
    for _ in 0..20_000 {
        let speakers = [dice.pick(SPEAKERS), dice.pick(SPEAKERS)];
        let lines = speakers.map(|speaker| line(&mut dice, speaker));
        let claims = [invented::claim(&lines[0], 1), invented::claim(&lines[1], 2)];
        let readings = invented::readings(&[claims[0].0.document.as_str(), claims[1].0.document.as_str()]);
        let at = [0, 1].map(|i| claims[i].1.at.map(invented::hours));
        let all = [0, 1].map(|i| {
            let reading =
                Reading { document: None, places: &readings, origin: speakers[i], asserted_at: at[i].as_ref() };
            answers(&claims[i].0, reading)
        });
        for a in &all[0] {
            for b in &all[1] {
                let (found, back) = (relate(a, b, &context), relate(b, a, &context));
                assert_eq!(
                    (found.kind, found.rule, found.severity, found.cause, found.review),
                    (back.kind.converse(), back.rule, back.severity, back.cause, back.review),
                    "{} | {}: {} / {}",
                    lines[0],
                    lines[1],
                    found.because,
                    back.because
                );
                assert!(rashomon_compare::rule::ALL.contains(&found.rule), "{} is no rule", found.rule);
                kinds.insert(found.kind);
            }
        }
    }
    let missed: Vec<&RelationKind> = RelationKind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
    assert!(missed.is_empty(), "never reached: {missed:?}");
}

/// A random case of 2 to 12 claims.
fn case(dice: &mut Dice) -> Case {
    let mut case = Case::empty();
    let mut lines = Vec::new();
    for _ in 0..2 + dice.below(11) {
        let speaker = dice.pick(SPEAKERS);
        lines.push(line(dice, speaker));
    }
    for speaker in ["Lantern", "Beacon"] {
        if dice.one_in(2) {
            lines.push(format!("credible {speaker}"));
        }
    }
    let read = Case::read(&lines.join("\n"));
    case.clone_from(&read);
    case
}

/// Status, grade and ranges without the ids of claims.
fn verdicts(found: &Assessed) -> String {
    let incident = &found.value[0];
    let ranges: Vec<String> = incident
        .ranges
        .iter()
        .map(|range| invented::case::range_words(incident, range.of.name(), range.category.name()))
        .collect();
    let status = &incident.strike_status;
    let grade = &incident.harm_grade;
    format!("{} {} {} {} {ranges:?}", status.value, status.rule, grade.value, grade.rule)
}

#[test]
fn a_carrier_of_a_known_origin_changes_no_grade_and_no_range() {
    let mut dice = Dice(3);
    for _ in 0..1_500 {
        let case = case(&mut dice);
        let before = case.assess();
        let mut more = case.clone();
        let mut copy = case.claims[dice.below(case.claims.len())].clone();
        let mut doc = more.documents.iter().find(|doc| doc.id == copy.document).unwrap().clone();
        doc.id = rashomon_model::DocumentId::new("carrier");
        copy.document = doc.id.clone();
        copy.id = rashomon_model::ClaimId::new("z999");
        more.documents.push(doc);
        more.claims.push(copy.clone());
        assert_eq!(verdicts(&before), verdicts(&more.assess()), "{copy:?}");
    }
}

#[test]
fn an_origin_never_narrows_a_range() {
    let mut dice = Dice(4);
    for _ in 0..1_500 {
        let case = case(&mut dice);
        let before = case.assess();
        let mut more = case.clone();
        let figure = figure(&mut dice);
        let line = format!("Harbour: {} {} {}", figure.count.min, figure.of.name(), figure.category.name());
        more.add(&line);
        let after = more.assess();
        for range in &before.value[0].ranges {
            let same =
                |other: &&rashomon_model::assessment::Range| (other.of, other.category) == (range.of, range.category);
            let wider = after.value[0].ranges.iter().find(same).expect("the range is still there");
            let fits = range.min.is_none_or(|min| wider.min.is_some_and(|new| new <= min))
                && range.max.is_none_or(|max| wider.max.is_some_and(|new| new >= max))
                && wider.possible_max >= range.possible_max
                && wider.conceded >= range.conceded;
            assert!(fits, "{line}: {range:?} became {wider:?}");
        }
    }
}

#[test]
fn order_of_input_does_not_matter() {
    let mut dice = Dice(5);
    for _ in 0..500 {
        let case = case(&mut dice);
        let mut shuffled = case.clone();
        for i in (1..shuffled.claims.len()).rev() {
            let j = dice.below(i + 1);
            shuffled.claims.swap(i, j);
        }
        shuffled.documents.reverse();
        assert_eq!(case.assess(), shuffled.assess());
        assert_eq!(case.assess(), case.reversed().assess());
    }
}

#[test]
fn another_name_for_a_party_changes_only_the_name() {
    let mut dice = Dice(6);
    let new = |name: &str| name.replace("Varda", "Zembla").replace("Grey Column", "Azure Row");
    for _ in 0..500 {
        let case = case(&mut dice);
        let mut renamed = case.clone();
        for party in std::sync::Arc::make_mut(&mut renamed.parties.parties) {
            party.name = new(&party.name);
            party.aliases.iter_mut().for_each(|alias| *alias = new(alias));
        }
        for claim in &mut renamed.claims {
            let what = &mut claim.proposition;
            let actors = what.actor.alternatives.iter_mut().flatten();
            actors.chain(&mut what.target).for_each(|party| party.name = new(&party.name));
        }
        let plain = |found: &Assessed| {
            let incident = &found.value[0];
            let rows: Vec<String> = incident
                .questions
                .iter()
                .map(|row| format!("{:?} {:?} {:?} {:?}", row.question, row.status, row.positions, row.relations))
                .collect();
            new(&format!("{rows:?} {}", verdicts(found)))
        };
        assert_eq!(plain(&case.assess()), plain(&renamed.assess()));
    }
}
