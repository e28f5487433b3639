//! Does an answer count for a range, and if not, why? Scope, commitment, and who says it of whom (methods.md A3.1, A3.4).

use super::Input;
use crate::Settings;
use crate::question::{Answer, Value};
use crate::relate::commits;
use crate::relate::count::Figure;
use crate::relate::scope::{Scopes, is_toll, scopes};
use rashomon_model::alignment::Question;
use rashomon_model::attribution::Factuality;
use rashomon_model::id::JudgementId;
use rashomon_model::quantity::{Category, Count, Outcome};

/// What becomes of one answer.
pub(super) enum Fate {
    /// It sets an end.
    Live,
    /// Only called possible.
    Possible,
    /// The accused party's own figure.
    Conceded,
    /// The accused party's denial or zero.
    DeniedByAccused,
    /// A person left it out.
    Excluded(JudgementId),
    /// It gives no number.
    Numberless,
    /// Left out, and why.
    Out(&'static str),
}

/// The figure as a count of this scope: its own, or all people where it gives one status to the whole toll.
pub(super) fn counts_for(figure: &Figure, of: Outcome, category: Category) -> Option<Count> {
    let own = figure.category == category;
    let whole = figure.whole && category == Category::People && figure.category != Category::Objects;
    (figure.of == of && (own || whole)).then_some(figure.count)
}

/// Why a figure of another scope that concerns the same people is not used.
pub(super) fn elsewhere(figure: &Figure, of: Outcome, category: Category, settings: &Settings) -> Option<String> {
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
pub(super) fn fate(answer: &Answer<'_>, count: Count, input: &Input<'_>) -> Fate {
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
        return Fate::Numberless;
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
pub(super) fn denies_all(answer: &Answer<'_>, input: &Input<'_>) -> bool {
    let asked = match &answer.value {
        Value::Occurred | Value::Actors(_) => true,
        Value::Party(party) => answer.question == Question::Target && input.parties.names_civilians(party),
        _ => false,
    };
    asked && answer.negative && commits(answer.claim) && input.accused.speaks(answer, input.origins, input.parties)
}
