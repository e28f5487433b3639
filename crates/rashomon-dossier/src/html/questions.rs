//! Where do the accounts stand? Each question with its status, its answers and who is behind them, and the relations.

use crate::html::cite;
use crate::html::page::Page;
use crate::index::Index;
use crate::wording::{self, sentence};
use rashomon_model::alignment::{Answered, Position, Relation, Status};
use rashomon_model::case::AssessedIncident;
use std::collections::BTreeMap;

/// Relations shown at once; the rest is folded.
const SHOWN: usize = 3;

/// All questions of an incident that somebody answers; the unanswered ones in one line.
pub(crate) fn questions(page: &mut Page, index: &Index<'_>, id: &str, assessed: &AssessedIncident) {
    if assessed.questions.is_empty() {
        return;
    }
    let heading = format!("{id}-stand");
    page.el("section", &[("class", "stand"), ("aria-labelledby", &heading)], |page| {
        page.leaf("h3", &[("id", &heading)], "Where the accounts stand");
        let mut silent = Vec::new();
        for (at, answered) in assessed.questions.iter().enumerate() {
            if answered.positions.is_empty() {
                silent.push(wording::question(answered.question));
            } else {
                question(page, index, &format!("{id}-q{}", at + 1), answered);
            }
        }
        if !silent.is_empty() {
            page.el("div", &[("class", "question")], |page| {
                cite::tag(page, "unanswered", "–", "unanswered");
                page.text(" ");
                page.text(&silent.join(" "));
            });
        }
    });
}

fn question(page: &mut Page, index: &Index<'_>, id: &str, answered: &Answered) {
    let heading = format!("{id}-h");
    let (sign, word, gloss) = wording::status(answered.status);
    let tone = tone(answered.status);
    page.el("section", &[("class", "question"), ("id", id), ("aria-labelledby", &heading)], |page| {
        page.el("div", &[("class", "asked")], |page| {
            page.leaf("h4", &[("id", &heading)], &wording::question(answered.question));
            page.el("span", &[("title", gloss)], |page| cite::tag(page, tone, sign, word));
        });
        page.el("div", &[("class", "answered")], |page| {
            page.el("ul", &[("class", "positions")], |page| {
                for held in &answered.positions {
                    page.el("li", &[], |page| position(page, index, held));
                }
            });
            relations(page, index, answered);
        });
    });
}

/// Class of colour of a status.
pub(crate) fn tone(status: Status) -> &'static str {
    match status {
        Status::Agreed => "agreed",
        Status::Compatible => "compatible",
        Status::Contested => "contested",
        Status::SingleOrigin => "single",
        Status::Unanswered => "unanswered",
    }
}

fn position(page: &mut Page, index: &Index<'_>, held: &Position) {
    if held.denied {
        cite::tag(page, "contested", "¬", "denial");
        page.text(" ");
    }
    page.leaf("b", &[("class", "value"), ("dir", "auto")], &held.value);
    page.text(" ");
    page.el("span", &[("class", "by")], |page| {
        page.text(&wording::by(held, 6));
        page.text(&match held.independent {
            0 => String::new(),
            1 => ", 1 independent origin".into(),
            n => format!(", {n} independent origins"),
        });
    });
    page.text(" ");
    cite::numbers(page, &index.cite(&held.claims));
}

fn relations(page: &mut Page, index: &Index<'_>, answered: &Answered) {
    let published: Vec<&Relation> = answered.relations.iter().filter(|r| !r.review).collect();
    let review: Vec<&Relation> = answered.relations.iter().filter(|r| r.review).collect();
    // Conflicts first, each kind in the order of the case.
    let (conflicts, rest): (Vec<&Relation>, Vec<&Relation>) =
        published.into_iter().partition(|r| wording::relation_tone(r.kind) == "contested");
    let (shown, more) = conflicts.split_at(conflicts.len().min(SHOWN));
    let folded: Vec<&Relation> = more.iter().chain(&rest).copied().collect();
    list(page, index, shown);
    if !folded.is_empty() {
        page.el("details", &[], |page| {
            page.leaf("summary", &[], &summary(&folded, shown.is_empty()));
            list(page, index, &folded);
        });
    }
    if !review.is_empty() {
        page.el("details", &[], |page| {
            page.leaf(
                "summary",
                &[],
                &format!("{} for a person to look at: the reading is unsure", wording::n(review.len(), "pair")),
            );
            list(page, index, &review);
        });
    }
}

/// "12 relations: 3 is more exact than, 9 says the same as" would not read; the kinds are counted by their signs' words.
fn summary(folded: &[&Relation], only: bool) -> String {
    let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
    for relation in folded {
        *kinds.entry(relation.kind).or_default() += 1;
    }
    let kinds: Vec<String> =
        kinds.into_iter().map(|(kind, n)| format!("{n} × {}", wording::relation(kind).1)).collect();
    let more = if only { "" } else { " more" };
    let noun = if folded.len() == 1 { "relation" } else { "relations" };
    format!("{}{more} {noun}: {}", folded.len(), kinds.join(", "))
}

fn list(page: &mut Page, index: &Index<'_>, relations: &[&Relation]) {
    if relations.is_empty() {
        return;
    }
    page.el("ul", &[("class", "relations")], |page| {
        for found in relations {
            let (Some(a), Some(b)) = (index.claim(&found.a), index.claim(&found.b)) else {
                continue;
            };
            let (sign, verb) = wording::relation(found.kind);
            page.el("li", &[], |page| {
                cite::number(page, &a);
                page.text(" ");
                cite::tag(page, wording::relation_tone(found.kind), sign, verb);
                page.text(" ");
                cite::number(page, &b);
                page.text(" ");
                page.text(&sentence(&found.because));
                if let Some(gap) = found.severity {
                    page.text(&format!(" ({})", wording::gap(gap)));
                }
                page.text(" ");
                cite::rule(page, found.rule);
            });
        }
    });
}
