//! How many, at least and at most, by whose count? Ranges over live origins in three profiles (methods.md A3).
//!
//! A range is bounds over what origins assert, not a confidence interval. Every claim that speaks of the same people and
//! sets no end is listed with the reason.

mod total;

use crate::origin::Origins;
use crate::party::Parties;
use crate::question::{Answer, Value};
use crate::relate::commits;
use crate::relate::count::Figure;
use crate::relate::scope::{Scopes, is_toll, scopes};
use crate::side::Accused;
use crate::{Settings, rule};
use rashomon_model::alignment::Question;
use rashomon_model::assessment::{LeftOut, Profile, Range, Supported};
use rashomon_model::attribution::Factuality;
use rashomon_model::date::DateTime;
use rashomon_model::id::{ClaimId, JudgementId};
use rashomon_model::quantity::{Category, Count, Outcome};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
pub use total::totals_of;

/// ACLED's codes for words without a number: several, few, many, a bare plural (codebook; 3 or 10 by scale, the lower here).
const ACLED_FEW: u64 = 3;

/// Ceilings that only the table of quantity words sets (several, a few, a handful, tens, dozens, scores, hundreds, thousands;
/// methods.md E1): nobody asserts them, so they set no maximum, unless digits are written.
const WORD_CEILINGS: &[(u64, u64)] =
    &[(2, 20), (2, 10), (2, 9), (10, 199), (12, 199), (20, 299), (100, 1999), (1000, 19999)];

/// Several, a few: words ACLED codes as 3.
const WORD_FEW: &[(u64, Option<u64>)] = &[(2, Some(20)), (2, Some(10)), (2, Some(9)), (3, None)];

/// What ranges are made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// All answers of the incident.
    pub answers: &'a [Answer<'a>],
    /// Their origins.
    pub origins: &'a Origins,
    /// The party table.
    pub parties: &'a Parties<'a>,
    /// Who is accused.
    pub accused: &'a Accused,
    /// The profile in force.
    pub profile: Profile,
    /// Claims a person left out, and by which judgement.
    pub excluded: &'a BTreeMap<ClaimId, JudgementId>,
    /// Keys of the origins a person marked most reliable (profile `ucdp`), and by which judgement.
    pub reliable: &'a BTreeMap<String, JudgementId>,
    /// Distinct victims named and reviewed.
    pub named: &'a BTreeMap<(Outcome, Category), u64>,
    /// Settings.
    pub settings: &'a Settings,
}

/// A figure that counts for a scope.
struct Live<'a> {
    answer: &'a Answer<'a>,
    count: Count,
}

impl Live<'_> {
    /// Highest number asserted: the upper end, or the lower where it is open.
    fn top(&self) -> u64 {
        top(self.answer, self.count)
    }

    fn is_open(&self) -> bool {
        ceiling(self.answer, self.count).is_none()
    }
}

/// What one origin asserts of a scope.
#[derive(Debug, Clone)]
struct Asserted<'a> {
    origin: &'a str,
    lo: u64,
    /// Highest number asserted.
    reach: u64,
    /// That number is the lower end of an open figure.
    open: bool,
    low_claim: &'a ClaimId,
    high_claim: &'a ClaimId,
    /// As ACLED codes the lowest of its figures.
    code: u64,
}

/// What becomes of one answer.
enum Fate {
    Live,
    Possible,
    Conceded,
    DeniedByAccused,
    Excluded(JudgementId),
    Out(&'static str),
}

/// Ranges of all scopes that have a figure, in the order of the grid.
#[must_use]
pub fn ranges(input: &Input<'_>) -> Vec<Range> {
    let mut found: BTreeSet<(u8, Outcome, Category)> = BTreeSet::new();
    for answer in input.answers {
        if let Value::Count(figure) = &answer.value {
            let rank = |category| crate::question::rank(Question::Count(figure.of, category)).0;
            found.insert((rank(figure.category), figure.of, figure.category));
            if figure.whole && figure.category != Category::Objects {
                found.insert((rank(Category::People), figure.of, Category::People));
            }
        }
    }
    // victims named by a person have a range to be shown in, though no account counts them
    found.extend(
        input
            .named
            .keys()
            .map(|(of, category)| (crate::question::rank(Question::Count(*of, *category)).0, *of, *category)),
    );
    let mut ranges: BTreeMap<(u8, Outcome, Category), Range> =
        found.iter().map(|key| (*key, range(input, key.1, key.2))).collect();
    for (rank, of, _) in &found {
        let key = (*rank, *of, Category::People);
        if let Entry::Vacant(new) = ranges.entry(key) {
            let derived = range(input, *of, Category::People);
            if derived.min.is_some() {
                new.insert(derived);
            }
        }
    }
    ranges.into_values().collect()
}

/// The range of one scope.
#[must_use]
pub fn range(input: &Input<'_>, of: Outcome, category: Category) -> Range {
    let mut range = empty(input, of, category);
    let mut live: Vec<Live<'_>> = Vec::new();
    let mut numberless: Vec<&ClaimId> = Vec::new();
    for answer in input.answers {
        let Value::Count(figure) = &answer.value else {
            if is_toll(of) && denies_all(answer, input) {
                range.denied_by_accused.push(answer.claim.id.clone());
            }
            continue;
        };
        let Some(count) = counts_for(figure, of, category) else {
            if let Some(because) = elsewhere(figure, of, category, input.settings) {
                range.left_out.push(LeftOut { claim: answer.claim.id.clone(), because });
            }
            continue;
        };
        let out = |because: &str| LeftOut { claim: answer.claim.id.clone(), because: because.to_owned() };
        match fate(answer, count, input) {
            Fate::Live => live.push(Live { answer, count: asserted(answer, count) }),
            Fate::Possible => {
                range.possible_max = range.possible_max.max(Some(top(answer, count)));
                range.left_out.push(out("only called possible: widens the possible maximum"));
            }
            Fate::Conceded => {
                range.conceded = range.conceded.max(Some(top(answer, count)));
                range.left_out.push(out("figure of the accused party: shown as conceded"));
            }
            Fate::DeniedByAccused => {
                range.denied_by_accused.push(answer.claim.id.clone());
                range.left_out.push(out("denial or zero by the accused party: never lowers the minimum"));
            }
            Fate::Excluded(judgement) => {
                range.left_out.push(out(&format!("left out by a person: judgement {judgement}")));
            }
            Fate::Out(because) => {
                if because == NO_NUMBER {
                    numberless.push(&answer.claim.id);
                }
                range.left_out.push(out(because));
            }
        }
    }
    // "eleven passengers", "several people" beside figures of all: a part, and no number
    let weak = |known: &Live<'_>| known.answer.population.is_some() || known.answer.vague;
    if !live.iter().all(weak) {
        let (some, all): (Vec<Live<'_>>, Vec<Live<'_>>) = live.into_iter().partition(weak);
        live = all;
        range.left_out.extend(some.iter().map(|known| LeftOut {
            claim: known.answer.claim.id.clone(),
            because: match known.answer.population {
                Some(who) => format!("other scope: counts {who}, a part"),
                None => NO_NUMBER.to_owned(),
            },
        }));
    }
    live.extend(sums(input, of, category, &live));
    let asserted = by_origin(&live, &mut range.left_out);
    fill(&mut range, &asserted, &numberless, input);
    disputed(&mut range, input);
    range.denied_by_accused.sort();
    range.denied_by_accused.dedup();
    range.set_by.sort();
    range.set_by.dedup();
    range.left_out.sort_by(|a, b| (&a.claim, &a.because).cmp(&(&b.claim, &b.because)));
    range.left_out.dedup();
    range
}

/// Reason of a claim without a number.
const NO_NUMBER: &str = "gives no number";

fn empty(input: &Input<'_>, of: Outcome, category: Category) -> Range {
    Range {
        of,
        category,
        min: None,
        max: None,
        open: false,
        supported: Vec::new(),
        best: None,
        possible_max: None,
        conceded: None,
        denied_by_accused: Vec::new(),
        status_disputed: false,
        named_floor: input.named.get(&(of, category)).copied(),
        profile: input.profile,
        rule: rule::A3,
        set_by: Vec::new(),
        left_out: Vec::new(),
    }
}

/// The figure as a count of this scope: its own, or all people where it gives one status to the whole toll.
fn counts_for(figure: &Figure, of: Outcome, category: Category) -> Option<Count> {
    let own = figure.category == category;
    let whole = figure.whole && category == Category::People && figure.category != Category::Objects;
    (figure.of == of && (own || whole)).then_some(figure.count)
}

/// Why a figure of another scope that concerns the same people is not used.
fn elsewhere(figure: &Figure, of: Outcome, category: Category, settings: &Settings) -> Option<String> {
    let what = format!("{} {}", figure.category, figure.of);
    match scopes((figure.of, figure.category), (of, category), settings.presume_children_civilian) {
        Scopes::Inside(_) => Some(format!("other scope: counts {what}, a part")),
        Scopes::Around(_) if category == Category::Civilians || category == Category::People => {
            Some(format!("other scope: counts {what}, more than these"))
        }
        Scopes::Unknown if figure.of == Outcome::Victims => {
            Some("other scope: a list of victims whose fate is not stated".to_owned())
        }
        _ => None,
    }
}

/// What becomes of the answer (A3.1, A3.4), first reason that applies.
fn fate(answer: &Answer<'_>, count: Count, input: &Input<'_>) -> Fate {
    let accused = is_toll_answer(answer) && input.accused.speaks(answer, input.origins, input.parties);
    if let Some(judgement) = input.excluded.get(&answer.claim.id) {
        return Fate::Excluded(judgement.clone());
    }
    if answer.cumulative {
        return Fate::Out("total over a wider window than the incident");
    }
    if !commits(answer.claim) {
        return Fate::Out("uncommitted: not asserted by its speaker");
    }
    if accused && (answer.negative || count.max == Some(0)) {
        return Fate::DeniedByAccused;
    }
    if answer.negative {
        return Fate::Out("denied by its speaker");
    }
    if count.max == Some(0) && is_toll_answer(answer) && repeats_accused(answer, input) {
        return Fate::Out("the accused party's zero, told again by nobody else who is named");
    }
    if answer.numberless || (count.min == 0 && count.max.is_none()) {
        return Fate::Out(NO_NUMBER);
    }
    if matches!(answer.claim.factuality, Factuality::PossiblePositive | Factuality::PossibleNegative) {
        return Fate::Possible;
    }
    if accused { Fate::Conceded } else { Fate::Live }
}

/// Whether the answer is a carrier's who says no more than the accused party does: an outlet in its own voice, or somebody not
/// resolved, gives the zero that the accused party gives of the same people.
fn repeats_accused(answer: &Answer<'_>, input: &Input<'_>) -> bool {
    let own = input.origins.get(answer.origin).is_none_or(|origin| origin.official);
    let same = |other: &&Answer<'_>| {
        other.question == answer.question
            && matches!(&other.value, Value::Count(figure) if figure.count.max == Some(0))
            && input.accused.speaks(other, input.origins, input.parties)
    };
    !own && input.answers.iter().any(|other| same(&other))
}

fn is_toll_answer(answer: &Answer<'_>) -> bool {
    matches!(answer.question, Question::Count(of, _) if is_toll(of))
}

/// Whether the accused party denies the act itself, or that civilians were hit.
fn denies_all(answer: &Answer<'_>, input: &Input<'_>) -> bool {
    let asked = match &answer.value {
        Value::Occurred | Value::Actors(_) => true,
        Value::Party(party) => answer.question == Question::Target && input.parties.names_civilians(party),
        _ => false,
    };
    asked && answer.negative && commits(answer.claim) && input.accused.speaks(answer, input.origins, input.parties)
}

/// Highest number asserted: the upper end, or the lower where it is open.
fn top(answer: &Answer<'_>, count: Count) -> u64 {
    ceiling(answer, count).unwrap_or(count.min)
}

/// What the speaker asserts of the figure: of a rough number the number, not the width the table of words gives it.
fn asserted(answer: &Answer<'_>, count: Count) -> Count {
    match count.max.filter(|_| answer.about) {
        Some(max) => Count::exact(u64::midpoint(count.min, max)),
        None => count,
    }
}

/// The upper end if somebody asserts it.
fn ceiling(answer: &Answer<'_>, count: Count) -> Option<u64> {
    count.max.filter(|max| answer.in_digits || !WORD_CEILINGS.contains(&(count.min, *max)))
}

/// The figure as ACLED codes it.
fn code(count: Count) -> u64 {
    if WORD_FEW.contains(&(count.min, count.max)) { ACLED_FEW } else { count.min }
}

/// Civilians and combatants of one claim.
type Parts<'a> = (Option<Count>, Option<Count>, &'a Answer<'a>);

/// Derived totals: an origin that gives civilians and combatants but no total (E1: "36 civilians and 5 fighters").
fn sums<'a>(input: &Input<'a>, of: Outcome, category: Category, direct: &[Live<'a>]) -> Vec<Live<'a>> {
    if category != Category::People || !is_toll(of) {
        return Vec::new();
    }
    let mut parts: BTreeMap<(&str, &ClaimId), Parts<'_>> = BTreeMap::new();
    for answer in input.answers {
        let Value::Count(figure) = &answer.value else { continue };
        let usable = figure.of == of && !figure.whole && matches!(fate(answer, figure.count, input), Fate::Live);
        if usable {
            let known = parts.entry((answer.origin, &answer.claim.id)).or_insert((None, None, answer));
            match figure.category {
                Category::Civilians => known.0 = Some(figure.count),
                Category::Combatants => known.1 = Some(figure.count),
                _ => {}
            }
        }
    }
    parts
        .into_iter()
        .filter(|((origin, _), _)| !direct.iter().any(|live| live.answer.origin == *origin))
        .filter_map(|(_, (civilians, combatants, answer))| {
            let sum = civilians?.min.saturating_add(combatants?.min);
            Some(Live { answer, count: Count::at_least(sum) })
        })
        .collect()
}

/// When a figure was first said by its origin, and whether it is known.
fn first_said(live: &[&Live<'_>], count: Count) -> Option<(DateTime, DateTime)> {
    let said = live.iter().filter(|one| one.count == count);
    // words that give the time of the statement itself outweigh the dates of those who carry it
    let own = said
        .clone()
        .filter(|one| one.answer.claim.chain.last().is_some_and(|link| link.at.is_some()))
        .filter_map(|one| one.answer.asserted_at)
        .map(|time| (time.start, time.end))
        .max();
    own.or_else(|| said.filter_map(|one| one.answer.asserted_at).map(|time| (time.start, time.end)).min())
}

/// A3.2: per origin the latest statement; figures of one statement, or of statements whose order is not known, together.
fn by_origin<'a>(live: &[Live<'a>], left_out: &mut Vec<LeftOut>) -> Vec<Asserted<'a>> {
    let mut groups: BTreeMap<&str, Vec<&Live<'a>>> = BTreeMap::new();
    for one in live {
        groups.entry(one.answer.origin).or_default().push(one);
    }
    let mut found = Vec::new();
    for (origin, group) in groups {
        let counts: BTreeSet<Count> = group.iter().map(|one| one.count).collect();
        let said: BTreeMap<Count, Option<(DateTime, DateTime)>> =
            counts.iter().map(|count| (*count, first_said(&group, *count))).collect();
        let later = |count: &Count| {
            let own = said.get(count).copied().flatten();
            said.iter().find(|(_, other)| matches!((own, other), (Some(own), Some(other)) if other.0 >= own.1))
        };
        let (old, kept): (Vec<&Live<'a>>, Vec<&Live<'a>>) = group.iter().partition(|one| later(&one.count).is_some());
        for one in old {
            let by = later(&one.count).map(|(count, _)| count.to_string()).unwrap_or_default();
            left_out.push(LeftOut {
                claim: one.answer.claim.id.clone(),
                because: format!("superseded by the same origin's later figure {by}"),
            });
        }
        found.extend(assert_of(origin, &kept));
    }
    found
}

/// The statements of one origin as one interval.
fn assert_of<'a>(origin: &'a str, kept: &[&Live<'a>]) -> Option<Asserted<'a>> {
    let id = |one: &&&Live<'a>| &one.answer.claim.id;
    let low = kept.iter().min_by_key(|one| (one.count.min, id(one)))?;
    let high = kept.iter().min_by_key(|one| (std::cmp::Reverse(one.top()), id(one)))?;
    let reach = high.top();
    Some(Asserted {
        origin,
        lo: low.count.min,
        reach,
        open: kept.iter().any(|one| one.top() == reach && one.is_open()),
        low_claim: &low.answer.claim.id,
        high_claim: &high.answer.claim.id,
        code: kept.iter().map(|one| code(one.count)).min().unwrap_or_default(),
    })
}

/// A3.3 and A3.5: the ends, what is supported, and the profile's own figure.
fn fill(range: &mut Range, asserted: &[Asserted<'_>], numberless: &[&ClaimId], input: &Input<'_>) {
    let Some(low) = asserted.iter().min_by_key(|one| (one.lo, one.low_claim)) else {
        if input.profile == Profile::Acled && !numberless.is_empty() && is_toll(range.of) {
            // ACLED codes a bare plural and leaves nothing unknown
            range.min = Some(ACLED_FEW);
            range.max = Some(ACLED_FEW);
            range.set_by = numberless.iter().map(|id| (*id).clone()).collect();
        }
        return;
    };
    let most = asserted.iter().map(|one| one.reach).max().unwrap_or(low.lo);
    let highest = asserted.iter().filter(|one| one.reach == most);
    let high = highest.clone().min_by_key(|one| (one.open, one.high_claim));
    range.min = Some(low.lo);
    range.max = Some(most);
    range.open = highest.clone().any(|one| one.open);
    range.set_by.push(low.low_claim.clone());
    range.set_by.extend(high.map(|one| one.high_claim.clone()));
    range.supported = supported(asserted, input.origins);
    match input.profile {
        Profile::Airwars => {}
        Profile::Ucdp => {
            let marked = asserted.iter().filter(|one| input.reliable.contains_key(one.origin)).min_by_key(|one| one.lo);
            let by = |one: &Asserted<'_>| {
                input.reliable.get(one.origin).map(|id| format!(" (judgement {id})")).unwrap_or_default()
            };
            range.best = Some(marked.map_or_else(
                || (low.lo, "the lowest figure: no origin is marked most reliable".to_owned()),
                |one| (one.lo, format!("figure of the origin a reviewer marked most reliable{}", by(one))),
            ));
        }
        Profile::Acled => {
            let lowest = asserted.iter().min_by_key(|one| (one.code, one.low_claim));
            let code = lowest.map_or(low.lo, |one| one.code);
            range.min = Some(code);
            range.max = Some(code);
            range.open = false;
            range.set_by = lowest.map(|one| one.low_claim.clone()).into_iter().collect();
        }
    }
}

/// "At least m, from at least k independent origins", k from 2: for every m at which k grows.
fn supported(asserted: &[Asserted<'_>], origins: &Origins) -> Vec<Supported> {
    let mut figures: Vec<u64> = asserted.iter().map(|one| one.lo).filter(|lo| *lo > 0).collect();
    figures.sort_unstable_by(|a, b| b.cmp(a));
    figures.dedup();
    let mut found: Vec<Supported> = Vec::new();
    for m in figures {
        let behind = origins.independent(asserted.iter().filter(|one| one.lo >= m).map(|one| one.origin));
        let told = found.last().map_or(1, |last| last.origins);
        if behind > told {
            found.push(Supported { at_least: m, origins: behind });
        }
    }
    found
}

/// A3.4: an origin that is not accused says that all the dead were combatants.
fn disputed(range: &mut Range, input: &Input<'_>) {
    if range.category != Category::Civilians {
        return;
    }
    let says = |answer: &&Answer<'_>| {
        let all_combatants = matches!(&answer.value, Value::Count(figure)
            if figure.of == range.of && figure.whole && figure.category == Category::Combatants);
        all_combatants
            && !answer.negative
            && !answer.cumulative
            && commits(answer.claim)
            && !input.excluded.contains_key(&answer.claim.id)
            && !input.accused.is(input.origins.get(answer.origin), input.parties)
    };
    if let Some(answer) = input.answers.iter().filter(says).min_by_key(|answer| &answer.claim.id) {
        range.status_disputed = true;
        if range.min.is_some() {
            range.min = Some(0);
            range.set_by.push(answer.claim.id.clone());
        }
    }
}
