//! What do the accounts amount to? Strike status T1–T5 and harm grade G1–G6, first match (methods.md H).
//!
//! A grade is not a probability: "weak" says that one origin stands behind it, never that it is unlikely. Every verdict says
//! what would change it.

use crate::origin::Origins;
use crate::question::{Answer, Value};
use crate::relate::{Context, commits, relate};
use crate::rule;
use crate::side::{Accused, acts_itself};
use rashomon_model::alignment::{Question, RelationKind};
use rashomon_model::assessment::Verdict;
use rashomon_model::attribution::Factuality;
use rashomon_model::id::{ClaimId, JudgementId};
use rashomon_model::quantity::{Category, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// What grades are made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// All answers of the incident but those a person left out.
    pub answers: &'a [Answer<'a>],
    /// Their origins.
    pub origins: &'a Origins,
    /// Parties, places, settings.
    pub context: &'a Context<'a>,
    /// Who is accused.
    pub accused: &'a Accused,
    /// Keys of the origins on the team's credible list, and by which judgement; the list ships empty.
    pub credible: &'a BTreeMap<String, JudgementId>,
    /// Kinds of evidence offered, for the basis line.
    pub evidence: &'a BTreeSet<&'static str>,
}

impl Input<'_> {
    /// Certain or probable, affirmed, of this incident.
    fn live<'b>(&'b self, answer: &&'b Answer<'b>) -> bool {
        let sure = matches!(answer.claim.factuality, Factuality::CertainPositive | Factuality::ProbablePositive)
            || (answer.claim.factuality.is_negative()
                && !matches!(answer.claim.factuality, Factuality::PossibleNegative));
        sure && commits(answer.claim) && !answer.negative && !answer.cumulative
    }

    fn independent(&self, answers: &[&Answer<'_>]) -> usize {
        self.origins.independent(answers.iter().map(|answer| answer.origin))
    }
}

/// Claims of answers, sorted, unique.
fn ids(answers: &[&Answer<'_>]) -> Vec<ClaimId> {
    answers.iter().map(|answer| answer.claim.id.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn verdict(
    value: &'static str,
    rule: &'static str,
    because: String,
    claims: Vec<ClaimId>,
    would_change_if: &str,
) -> Verdict {
    Verdict { value, rule, because, claims, would_change_if: would_change_if.to_owned(), overridden_by: None }
}

/// The strike status.
#[must_use]
pub fn strike_status(input: &Input<'_>) -> Verdict {
    let who: Vec<&Answer<'_>> = input
        .answers
        .iter()
        .filter(|answer| matches!(answer.value, Value::Actors(_)))
        .filter(|answer| input.live(answer))
        .collect();
    let declared: Vec<&Answer<'_>> = who.iter().copied().filter(|answer| declares(answer, input)).collect();
    if !declared.is_empty() {
        return verdict(
            "declared",
            rule::T1,
            format!("{} itself says that it acted", names(input, &declared)),
            ids(&declared),
            "the party takes its statement back, or it turns out to be of another place or day",
        );
    }
    let rivals = rivals(&who, input);
    if !rivals.is_empty() {
        let labels: BTreeSet<String> = rivals.iter().map(|answer| answer.label(input.context.parties)).collect();
        return verdict(
            "contested",
            rule::T2,
            format!(
                "origins name actors that exclude each other: {}",
                labels.into_iter().collect::<Vec<_>>().join("; ")
            ),
            ids(&rivals),
            "one side withdraws its attribution, or a party declares the act",
        );
    }
    match input.independent(&who) {
        0 => verdict(
            "unknown",
            rule::T5,
            "no live claim names an actor".to_owned(),
            Vec::new(),
            "an origin names an actor",
        ),
        1 => verdict(
            "single_source_claim",
            rule::T4,
            format!("one independent origin names an actor: {}", names(input, &who)),
            ids(&who),
            "a second independent origin names an actor, or the party declares the act",
        ),
        n => verdict(
            "likely",
            rule::T3,
            format!("{n} independent origins name actors that do not exclude each other: {}", names(input, &who)),
            ids(&who),
            "an origin names an actor that excludes these, or the party declares the act",
        ),
    }
}

/// T1: the actor named is the speaker's own side, through a named channel, with certainty.
fn declares(answer: &Answer<'_>, input: &Input<'_>) -> bool {
    let origin = input.origins.get(answer.origin);
    let certain = answer.claim.factuality == Factuality::CertainPositive;
    let actors = &answer.claim.proposition.actor;
    let alone = actors.alternatives.iter().filter(|joint| !joint.is_empty()).count() == 1;
    certain
        && alone
        && origin.is_some_and(|origin| origin.official)
        && acts_itself(actors, origin, input.context.parties)
}

/// T2: answers of two independent origins that contradict each other.
fn rivals<'a>(who: &[&'a Answer<'a>], input: &Input<'_>) -> Vec<&'a Answer<'a>> {
    let against = |a: &Answer<'_>, b: &Answer<'_>| {
        let found = relate(a, b, input.context);
        found.kind == RelationKind::Contradicts && !found.review && !input.origins.dependent(a.origin, b.origin)
    };
    who.iter().copied().filter(|a| who.iter().any(|b| against(a, b))).collect()
}

fn names(input: &Input<'_>, answers: &[&Answer<'_>]) -> String {
    input.origins.names_of(answers.iter().map(|answer| answer.claim)).0.join(", ")
}

/// Whether the answer says that civilians were harmed: a count of at least one civilian (or child, woman, medic, journalist,
/// by presumption), or civilians as those hit.
fn is_harm(answer: &Answer<'_>, input: &Input<'_>) -> bool {
    let presumed = input.context.settings.presume_children_civilian;
    match &answer.value {
        Value::Count(figure) => {
            let harm = matches!(figure.of, Outcome::Killed | Outcome::Injured | Outcome::Casualties | Outcome::Victims);
            let civilian = match figure.category {
                Category::Civilians => true,
                Category::Children | Category::Women | Category::Medics | Category::Journalists => presumed,
                Category::People | Category::Men | Category::Combatants | Category::Objects => false,
            };
            harm && civilian && figure.count.min > 0
        }
        Value::Party(party) if answer.question == Question::Target => input.context.parties.names_civilians(party),
        _ => false,
    }
}

/// The harm grade, given the strike status.
#[must_use]
pub fn harm_grade(input: &Input<'_>, status: &Verdict) -> Verdict {
    let harm: Vec<&Answer<'_>> =
        input.answers.iter().filter(|answer| is_harm(answer, input)).filter(|answer| input.live(answer)).collect();
    let admitted: Vec<&Answer<'_>> = harm.iter().copied().filter(|answer| admits(answer, input)).collect();
    let basis = basis(input);
    if !admitted.is_empty() {
        return verdict(
            "confirmed",
            rule::G1,
            format!("{} itself says that its action harmed civilians; {basis}", names(input, &admitted)),
            ids(&admitted),
            "the party takes its statement back",
        );
    }
    if status.value == "contested" {
        return verdict(
            "contested",
            rule::G3,
            format!("the strike status is contested ({}); {basis}", status.rule),
            status.claims.clone(),
            "the strike status is no longer contested",
        );
    }
    let disputed = status_dispute(input);
    if input.context.settings.contested_status && !disputed.is_empty() {
        return verdict(
            "contested",
            rule::G3,
            format!("status of the dead contested between {}; {basis}", names(input, &disputed)),
            ids(&disputed),
            "one side withdraws the status it gives to the dead",
        );
    }
    let behind = input.independent(&harm);
    let listed: BTreeMap<&str, &JudgementId> = harm
        .iter()
        .filter_map(|answer| input.credible.get(answer.origin).map(|judgement| (answer.origin, judgement)))
        .collect();
    let credible = !listed.is_empty();
    let by: Vec<String> = listed
        .iter()
        .map(|(origin, judgement)| format!("{} by judgement {judgement}", input.origins.names([*origin]).join("")))
        .collect();
    let attributed = matches!(status.value, "declared" | "likely");
    match (behind, credible, status.value) {
        (0, _, _) => none(input, &harm, "no live claim says that civilians were harmed", "an origin says so", &basis),
        (1, _, _) => verdict(
            "weak",
            rule::G5,
            format!("one independent origin for civilian harm: {}; {basis}", names(input, &harm)),
            ids(&harm),
            "a second independent origin says so",
        ),
        (n, true, _) if attributed => verdict(
            "fair",
            rule::G4,
            format!(
                "{n} independent origins for civilian harm, on the credible list of these {}, strike status {}; {basis}",
                by.join(", "),
                status.value
            ),
            ids(&harm),
            "the strike status becomes contested, the party admits the harm, or fewer than two independent origins remain",
        ),
        (n, _, "single_source_claim") => verdict(
            "weak",
            rule::G5,
            format!("Weak: attribution: {n} independent origins for civilian harm, but one for the actor; {basis}"),
            ids(&harm),
            "a second independent origin names the actor, or the party declares the act",
        ),
        (_, _, _) if attributed => none(
            input,
            &harm,
            "no source on the credible list",
            "the team puts one of the origins on its credible list",
            &basis,
        ),
        _ => none(input, &harm, "nobody names an actor", "two independent origins name an actor", &basis),
    }
}

fn none(input: &Input<'_>, harm: &[&Answer<'_>], missing: &str, change: &str, basis: &str) -> Verdict {
    let by = names(input, harm);
    let said = if by.is_empty() { String::new() } else { format!(" (harm reported by {by})") };
    verdict("none", rule::G6, format!("{missing}{said}; {basis}"), ids(harm), change)
}

/// G1: the responsible party itself, with certainty, of its own action.
fn admits(answer: &Answer<'_>, input: &Input<'_>) -> bool {
    let origin = input.origins.get(answer.origin);
    let parties = input.context.parties;
    answer.claim.factuality == Factuality::CertainPositive
        && origin.is_some_and(|origin| origin.official)
        && input.accused.is(origin, parties)
        && acts_itself(&answer.claim.proposition.actor, origin, parties)
}

/// U1 between origins that are not accused.
fn status_dispute<'a>(input: &Input<'a>) -> Vec<&'a Answer<'a>> {
    let parties = input.context.parties;
    let apart = |answer: &&Answer<'_>| !input.accused.is(input.origins.get(answer.origin), parties);
    let whole: Vec<&Answer<'_>> = input
        .answers
        .iter()
        .filter(|answer| matches!(&answer.value, Value::Count(figure) if figure.whole))
        .filter(|answer| apart(answer))
        .filter(|answer| input.live(answer))
        .collect();
    let against = |a: &Answer<'_>, b: &Answer<'_>| relate(a, b, input.context).rule == rule::U1 && a.origin != b.origin;
    whole.iter().copied().filter(|a| whole.iter().any(|b| against(a, b))).collect()
}

/// The basis line: kinds of evidence offered, not folded into the grade.
fn basis(input: &Input<'_>) -> String {
    if input.evidence.is_empty() {
        "no item of evidence is offered".to_owned()
    } else {
        format!("evidence offered: {}", input.evidence.iter().copied().collect::<Vec<_>>().join(", "))
    }
}

/// Whether enough stands behind a reviewer's "discounted" (G2): two independent origins that are not accused and say that the
/// dead were combatants, or that another party acted.
#[must_use]
pub fn supports_discount(input: &Input<'_>) -> bool {
    let parties = input.context.parties;
    let says = |answer: &&Answer<'_>| {
        let combatants = matches!(&answer.value, Value::Count(figure)
            if figure.whole && figure.category == Category::Combatants);
        combatants || matches!(answer.value, Value::Actors(_))
    };
    let found: Vec<&Answer<'_>> = input
        .answers
        .iter()
        .filter(says)
        .filter(|answer| input.live(answer) && !input.accused.is(input.origins.get(answer.origin), parties))
        .collect();
    input.independent(&found) >= 2
}

/// Contract values of the strike status.
pub const STRIKE_STATUS: &[&str] = &["declared", "contested", "likely", "single_source_claim", "unknown"];

/// Contract values of the harm grade.
pub const HARM_GRADE: &[&str] = &["confirmed", "fair", "weak", "contested", "discounted", "none"];
