//! What must a reader know in one minute? What is claimed, agreed and contested, how many dead by whose count,
//! how many voices; computed once for the page, the Markdown and the terminal.

use crate::index::Index;
use crate::wording;
use rashomon_model::alignment::{Answered, Position, Question, Status};
use rashomon_model::assessment::Total;
use rashomon_model::case::{AssessedIncident, Case};
use rashomon_model::dependence::{DependenceKind, Upstream};
use rashomon_model::id::DocumentId;
use rashomon_model::quantity::{Category, Outcome};
use std::collections::BTreeSet;

/// One figure of a toll.
pub(crate) struct Toll<'a> {
    pub(crate) of: Outcome,
    pub(crate) category: Category,
    pub(crate) position: &'a Position,
}

/// The lead of one incident.
pub(crate) struct Lead<'a> {
    /// Position in `case.incidents`, from 0.
    pub(crate) at: usize,
    pub(crate) assessed: &'a AssessedIncident,
    /// Figures of the dead, or of casualties where nobody counts the dead, in the grid's order.
    pub(crate) toll: Vec<Toll<'a>>,
    /// Distinct origins behind all answers; headlines, those not resolved and nobody in particular are none.
    pub(crate) origins: BTreeSet<&'a str>,
    /// Accounts that speak of it.
    pub(crate) accounts: usize,
    /// Of these, accounts found to copy or credit another account.
    pub(crate) relays: usize,
    /// The most independent origins any one answer has.
    pub(crate) most_independent: usize,
}

impl<'a> Lead<'a> {
    /// Questions with this status that somebody answers, in the grid's order.
    pub(crate) fn with(&self, status: Status) -> impl Iterator<Item = &'a Answered> + use<'a> {
        self.assessed.questions.iter().filter(move |q| q.status == status && !q.positions.is_empty())
    }

    /// "8 accounts tell of an airstrike at Tel Arwan, 14 March 2031."
    pub(crate) fn told(&self, index: &Index<'_>) -> String {
        let found = &self.assessed.incident;
        let kind = found.kind.name();
        let article = if kind.starts_with(['a', 'e', 'o']) { "an" } else { "a" };
        let mut words = match self.accounts {
            1 => format!("One account tells of {article} {kind}"),
            n => format!("{n} accounts tell of {article} {kind}"),
        };
        let places: Vec<String> =
            found.places.iter().filter_map(|id| index.place(id)).map(|place| place.name.clone()).take(3).collect();
        if !places.is_empty() {
            words.push_str(&format!(" at {}", wording::list(&places)));
        }
        if let Some(time) = &found.time {
            words.push_str(&format!(", {}", wording::date(time)));
        }
        words.push('.');
        words
    }

    /// How many voices, in a sentence or three.
    pub(crate) fn voices(&self) -> String {
        let mut words =
            format!("{} in {}.", wording::n(self.origins.len(), "origin"), wording::n(self.accounts, "account"));
        words.push_str(&match self.relays {
            0 => String::new(),
            1 => " One account repeats another's words or credits it, and adds no voice.".to_owned(),
            n => format!(" {n} accounts repeat another's words or credit it, and add no voice."),
        });
        words.push_str(&match self.most_independent {
            0 => String::new(),
            1 => " No answer has more than one independent origin.".to_owned(),
            most => format!(
                " The best supported answer has {most} origins between which no copying or common source was found."
            ),
        });
        words
    }

    /// The question, if it was asked.
    pub(crate) fn question(&self, wanted: Question) -> Option<&'a Answered> {
        self.assessed.questions.iter().find(|q| q.question == wanted)
    }
}

/// The sums over incidents, where there is more than one to sum.
pub(crate) fn sums(case: &Case) -> Vec<&Total> {
    case.totals.iter().filter(|sum| sum.incidents > 1).collect()
}

/// The answers somebody stands by or denies; those only mentioned are left to the incident's section.
pub(crate) fn held<'a>(index: &Index<'_>, answered: &'a Answered) -> Vec<&'a Position> {
    let stood_by: Vec<&Position> =
        answered.positions.iter().filter(|held| !held.denied || index.denies(held)).collect();
    if stood_by.is_empty() { answered.positions.iter().collect() } else { stood_by }
}

/// Incidents as a page shows them, each with its position in `case.incidents`: what most accounts tell of first, then what has most
/// claims; containers last. A folder is put together on one event, and an aside of some earlier day should not stand before it.
pub(crate) fn most_told_first(case: &Case) -> Vec<(usize, &AssessedIncident)> {
    let mut found: Vec<(usize, &AssessedIncident)> = case.incidents.iter().enumerate().collect();
    found.sort_by_key(|(at, assessed)| {
        let told = (accounts(assessed).len(), assessed.incident.claims.len());
        (assessed.incident.container, std::cmp::Reverse(told), *at)
    });
    found
}

/// The documents that tell of it.
fn accounts(assessed: &AssessedIncident) -> BTreeSet<&DocumentId> {
    assessed.accounts.iter().map(|account| &account.document).collect()
}

/// The leads of all incidents that are one occurrence, the most told first; containers only where there is nothing else.
pub(crate) fn leads(case: &Case) -> Vec<Lead<'_>> {
    let index = Index::new(case);
    let mut found: Vec<Lead<'_>> =
        most_told_first(case).into_iter().map(|(at, assessed)| lead(&index, at, assessed)).collect();
    if found.iter().any(|lead| !lead.assessed.incident.container) {
        found.retain(|lead| !lead.assessed.incident.container);
    }
    found
}

fn lead<'a>(index: &Index<'a>, at: usize, assessed: &'a AssessedIncident) -> Lead<'a> {
    let positions = || assessed.questions.iter().flat_map(|q| &q.positions);
    let toll_of = |wanted: &[Outcome]| -> Vec<Toll<'a>> {
        assessed
            .questions
            .iter()
            .filter_map(|q| match q.question {
                Question::Count(of, category) if wanted.contains(&of) && category != Category::Objects => {
                    Some(q.positions.iter().map(move |position| Toll { of, category, position }))
                }
                _ => None,
            })
            .flatten()
            .collect()
    };
    let mut toll = toll_of(&[Outcome::Killed]);
    if toll.is_empty() {
        toll = toll_of(&[Outcome::Casualties, Outcome::Victims]);
    }
    let documents = accounts(assessed);
    let relays: BTreeSet<&DocumentId> = index
        .case
        .dependences
        .iter()
        .filter(|edge| matches!(edge.kind, DependenceKind::Copies | DependenceKind::Credits))
        .filter(|edge| matches!(&edge.to, Upstream::Document(to) if documents.contains(to)))
        .map(|edge| &edge.from)
        .filter(|from| documents.contains(from))
        .collect();
    Lead {
        at,
        assessed,
        toll,
        origins: positions()
            .flat_map(|p| p.origins.iter().take(p.origins.len().saturating_sub(p.nobody)))
            .map(String::as_str)
            .collect(),
        accounts: documents.len(),
        relays: relays.len(),
        most_independent: positions().map(|p| p.independent).max().unwrap_or(0),
    }
}
