//! What must hold whatever the claims: converse relations, carriers that add nothing, origins that never narrow, order and
//! names that do not matter. Seeded, so that a failure can be run again. `RASHOMON_CASES=0.05` tries that share of the cases
//! (`cargo xtask mutants`, where a build and a run for each mutant is what costs).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::invented;
use crate::invented::case::{Assessed, Case};
use rashomon_compare::Settings;
use rashomon_compare::party::Parties;
use rashomon_compare::question::{Reading, answers};
use rashomon_compare::relate::count::{Figure, Timing, relate as relate_counts};
use rashomon_compare::relate::place::{PlaceIndex, Together};
use rashomon_compare::relate::{Context, Link, relate};
use rashomon_model::alignment::RelationKind;
use rashomon_model::dependence::DependenceKind;
use rashomon_model::id::{ClaimId, DocumentId};
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

/// So many cases, or the share of them asked for.
fn cases(all: usize) -> usize {
    let share = std::env::var("RASHOMON_CASES").ok().and_then(|share| share.parse::<f64>().ok()).unwrap_or(1.0);
    (all as f64 * share).ceil() as usize
}

/// Whether all are tried, so that whatever can happen among them happens.
fn all_cases() -> bool {
    cases(1_000) >= 1_000
}

/// What the second says to the first where the first says this to the second. Written out here, so that a wrong converse in
/// the model is seen as well: EQUAL and CONTRADICTS are symmetric, REFINES and PART_OF have converses.
fn turned(kind: RelationKind) -> RelationKind {
    use RelationKind::{
        Ambiguous, Complements, Contains, Contradicts, Denies, Equal, Growth, NotComparable, Overlaps, PartOf,
        RefinedBy, Refines, Repeats, SupersededBy, Supersedes, Uncommitted,
    };
    match kind {
        Refines => RefinedBy,
        RefinedBy => Refines,
        PartOf => Contains,
        Contains => PartOf,
        Supersedes => SupersededBy,
        SupersededBy => Supersedes,
        Equal | Contradicts | Denies | Overlaps | Complements | Growth | Repeats | Ambiguous | Uncommitted
        | NotComparable => kind,
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
    for n in 0..cases(200_000) {
        let (a, b) = (figure(&mut dice), figure(&mut dice));
        let timing = [Timing::None, Timing::FirstLater, Timing::SecondLater][dice.below(3)];
        let settings = &settings[n % 2];
        let found = relate_counts(&a, &b, timing, settings);
        let back = relate_counts(&b, &a, timing.converse(), settings);
        assert_eq!(
            (found.kind, found.rule, found.severity, found.cause),
            (turned(back.kind), back.rule, back.severity, back.cause),
            "{a} against {b}, {timing:?}"
        );
        seen.insert(found.rule);
    }
    let wanted = &["N1", "N2", "N3", "N4", "N5", "N5p", "N6", "N7", "N8", "N9", "U1", "U1e", "V1", "V5"];
    assert!(!all_cases() || seen.iter().eq(wanted), "a rule the pairs never reach: {seen:?}");
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
    "medic",
    "reportedly",
    "author",
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
const MEANS: &[&str] = &["Su-24", "jets", "barrel", "bombs"];
const FACTUALITY: &[&str] = &["CT+", "CT+", "CT+", "CT+", "PR+", "PS+", "CT-", "PR-", "Uu"];

/// Documents of authors who speak in their own voice.
const PAPERS: &[&str] = &["d1", "d2", "d3"];

/// A random claim line by one of the speakers.
fn line(dice: &mut Dice, speaker: &str) -> String {
    let near = if dice.one_in(3) { "near " } else { "" };
    let value = match dice.below(11) {
        0 => format!("who {}", dice.pick(PARTIES)),
        1 => format!("who {} or {}", dice.pick(PARTIES), dice.pick(PARTIES)),
        2 => format!("who {} & {}", dice.pick(PARTIES), dice.pick(PARTIES)),
        3 => format!("target {}{}", if dice.one_in(2) { "not " } else { "" }, dice.pick(PARTIES)),
        4 => format!("where {near}{}", dice.pick(PLACES)),
        5 => format!("when 2031-03-1{}", dice.below(5)),
        9 => format!("means {} {}", dice.pick(MEANS), dice.pick(MEANS)),
        10 => format!("damage {}{}", if dice.one_in(2) { "not " } else { "" }, dice.pick(&["market", "school"])),
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
    if speaker == "author" {
        options.push(format!("in {}", dice.pick(PAPERS)));
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
    let mut pairs = 0;
    while pairs < cases(200_000) {
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
                    (turned(back.kind), back.rule, back.severity, back.cause, back.review),
                    "{} | {}: {} / {}",
                    lines[0],
                    lines[1],
                    found.because,
                    back.because
                );
                assert!(rashomon_compare::rule::ALL.contains(&found.rule), "{} is no rule", found.rule);
                kinds.insert(found.kind);
                pairs += 1;
            }
        }
    }
    let missed: Vec<&RelationKind> = RelationKind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
    assert!(!all_cases() || missed.is_empty(), "never reached: {missed:?}");
}

/// A random case of 2 to 12 claims.
fn case(dice: &mut Dice) -> Case {
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
    for paper in PAPERS {
        if dice.one_in(3) {
            lines.push(format!("publisher {paper} {}", dice.pick(&["Courier", "Agency", "Varda Radio"])));
        }
        if dice.one_in(6) {
            lines.push(format!("credit {paper} Agency"));
        }
    }
    if dice.one_in(4) {
        let kind = dice.pick(&["copies", "possible copy"]);
        lines.push(format!("{kind} {} {}", PAPERS[0], PAPERS[1 + dice.below(2)]));
    }
    if dice.one_in(4) {
        lines.push("profile ucdp".to_owned());
    }
    Case::read(&lines.join("\n"))
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
    for _ in 0..cases(600) {
        let case = case(&mut dice);
        let before = case.assess();
        let mut more = case.clone();
        let mut copy = case.claims[dice.below(case.claims.len())].clone();
        let from = copy.document.clone();
        let mut doc = more.documents.iter().find(|doc| doc.id == from).unwrap().clone();
        doc.id = DocumentId::new("carrier");
        copy.document = doc.id.clone();
        copy.id = ClaimId::new("z999");
        // words of a paper's own, or of nobody who is named, are carried by a copy of the paper; a speaker's by whoever quotes
        // the speaker, and later too
        let named = copy.chain.last().is_some_and(|link| link.name != "medic");
        if !named || dice.one_in(3) {
            more.depend("carrier", from.as_str(), DependenceKind::Copies);
        }
        if dice.one_in(2) {
            doc.published = doc.published.map(|_| invented::hours(100));
        }
        more.documents.push(doc);
        more.claims.push(copy.clone());
        let (before, after) = (verdicts(&before), verdicts(&more.assess()));
        assert_eq!(before, after, "{} in {:#?}", copy.document, case.lines);
    }
}

#[test]
fn an_origin_never_narrows_a_range() {
    let mut dice = Dice(4);
    for _ in 0..cases(600) {
        let case = case(&mut dice);
        let before = case.assess();
        let mut more = case.clone();
        let figure = figure(&mut dice);
        let open = if dice.one_in(3) { "+" } else { "" };
        let mut options = vec![dice.pick(FACTUALITY).to_owned(), format!("at {}", dice.below(100))];
        options.extend(figure.whole.then(|| "whole".to_owned()));
        options.extend(dice.one_in(8).then(|| "cumulative".to_owned()));
        let count = format!("{}{open} {} {}", figure.count.min, figure.of.name(), figure.category.name());
        let line = format!("Harbour: {count} {{{}}}", options.join(", "));
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
            assert!(fits, "{line}: {range:#?} became {wider:#?} in {:#?}", case.lines);
        }
    }
}

#[test]
fn order_of_input_does_not_matter() {
    let mut dice = Dice(5);
    for _ in 0..cases(500) {
        let case = case(&mut dice);
        let mut shuffled = case.clone();
        for i in (1..shuffled.claims.len()).rev() {
            let j = dice.below(i + 1);
            shuffled.claims.swap(i, j);
        }
        shuffled.documents.reverse();
        shuffled.sources.reverse();
        shuffled.places.reverse();
        assert_eq!(case.assess(), shuffled.assess(), "{:#?}", case.lines);
        assert_eq!(case.assess(), case.reversed().assess(), "{:#?}", case.lines);
    }
}

/// Two adversaries change names, and with them everybody who is named after them; the ids of documents are no names.
fn swapped(words: &str) -> String {
    let swap = |words: &str| words.replace("Varda", "\u{1}").replace("Tolmar", "Varda").replace('\u{1}', "Tolmar");
    let kept = ["doc-Varda", "doc-Tolmar"];
    kept.iter().fold(swap(words), |words, id| words.replace(&swap(id), &id.replace('-', "\u{2}"))).replace('\u{2}', "-")
}

/// Everything that is told of the incident, by other names. Lists of names stand in the order of the alphabet, so they, and the
/// sentences that hold them, are compared without it.
fn told(found: &Assessed, name: fn(&str) -> String) -> String {
    let mut incident = found.value[0].clone();
    let sorted = |words: &str| {
        let mut all: Vec<&str> = words.split([' ', ',', ';']).collect();
        all.sort_by_key(|word| name(word));
        all.join(" ")
    };
    for position in incident.questions.iter_mut().flat_map(|row| &mut row.positions) {
        position.origins.sort_by_key(|origin| name(origin));
    }
    for verdict in [&mut incident.strike_status, &mut incident.harm_grade] {
        verdict.because = sorted(&verdict.because);
    }
    name(&format!("{incident:#?} {:#?}", found.diagnostics))
}

#[test]
fn two_parties_that_swap_names_swap_nothing_else() {
    let mut dice = Dice(6);
    for _ in 0..cases(500) {
        let case = case(&mut dice);
        let mut other = case.clone();
        for party in std::sync::Arc::make_mut(&mut other.parties.parties) {
            party.name = swapped(&party.name);
            party.aliases.iter_mut().for_each(|alias| *alias = swapped(alias));
        }
        for source in &mut other.sources {
            source.name = swapped(&source.name);
            source.names.iter_mut().for_each(|name| *name = swapped(name));
        }
        for place in &mut other.places {
            place.name = swapped(&place.name);
        }
        for doc in &mut other.documents {
            doc.publisher = doc.publisher.as_deref().map(swapped);
        }
        for claim in &mut other.claims {
            let what = &mut claim.proposition;
            let actors = what.actor.alternatives.iter_mut().flatten();
            actors.chain(&mut what.target).for_each(|party| party.name = swapped(&party.name));
            what.place.iter_mut().for_each(|place| place.name = swapped(&place.name));
            claim.chain.iter_mut().for_each(|link| link.name = swapped(&link.name));
        }
        let (one, two) = (told(&case.assess(), swapped), told(&other.assess(), str::to_owned));
        let differ: Vec<(&str, &str)> = one.lines().zip(two.lines()).filter(|(a, b)| a != b).collect();
        assert!(one == two, "{differ:#?} in {:#?}", case.lines);
    }
}
