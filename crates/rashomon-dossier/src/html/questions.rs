//! Where do the accounts stand? Each question with its status, its answers and who is behind them, and the relations.

use crate::html::cite;
use crate::html::page::Page;
use crate::index::Index;
use crate::relations::{Grouped, grouped};
use crate::wording::{self, sentence};
use rashomon_model::alignment::{Answered, Position, Question, Relation, Status};
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
        if !silent.is_empty() && !assessed.incident.container {
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
                    page.el("li", &[], |page| position(page, index, answered.question, held));
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

fn position(page: &mut Page, index: &Index<'_>, question: Question, held: &Position) {
    if let Some((sign, word, tone)) = wording::stance(held, index.denies(held)) {
        cite::tag(page, tone, sign, word);
        page.text(" ");
    }
    page.leaf("b", &[("class", "value"), ("dir", "auto")], &wording::value(question, &held.value));
    page.text(" ");
    page.el("span", &[("class", "by")], |page| {
        page.text(&index.by(held, 6));
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
    let published = grouped(index, answered.relations.iter().filter(|r| !r.review));
    let review = grouped(index, answered.relations.iter().filter(|r| r.review));
    let conflicts = published.iter().take_while(|g| g.is_conflict()).count().min(SHOWN);
    let (shown, folded) = published.split_at(conflicts);
    list(page, shown);
    if !folded.is_empty() {
        page.el("details", &[], |page| {
            page.leaf("summary", &[], &summary(folded, shown.is_empty()));
            list(page, folded);
        });
    }
    if !review.is_empty() {
        page.el("details", &[], |page| {
            let pairs: usize = review.iter().map(|g| g.pairs).sum();
            page.leaf(
                "summary",
                &[],
                &format!("{} for a person to look at: the reading is unsure", wording::n(pairs, "relation")),
            );
            list(page, &review);
        });
    }
}

/// "38 more relations: 15 × contradicts, 18 × says the same as".
fn summary(folded: &[Grouped<'_>], only: bool) -> String {
    let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
    for group in folded {
        *kinds.entry(group.first.kind).or_default() += group.pairs;
    }
    let n: usize = kinds.values().sum();
    let kinds: Vec<String> =
        kinds.into_iter().map(|(kind, n)| format!("{n} × {}", wording::relation(kind).1)).collect();
    let more = if only { "" } else { " more" };
    let noun = if n == 1 { "relation" } else { "relations" };
    format!("{n}{more} {noun}: {}", kinds.join(", "))
}

fn list(page: &mut Page, groups: &[Grouped<'_>]) {
    if groups.is_empty() {
        return;
    }
    page.el("ul", &[("class", "relations")], |page| {
        for group in groups {
            let found: &Relation = group.first;
            let (sign, verb) = wording::relation(found.kind);
            page.el("li", &[], |page| {
                cite::numbers(page, &group.a);
                page.text(" ");
                cite::tag(page, wording::relation_tone(found.kind), sign, verb);
                page.text(" ");
                cite::numbers(page, &group.b);
                page.text(" ");
                page.text(&sentence(&found.because));
                if let Some(gap) = found.severity {
                    page.text(&format!(" ({})", wording::gap(gap)));
                }
                if let Some(cause) = found.cause {
                    page.leaf("span", &[("class", "how")], &format!(" {}.", wording::cause(cause)));
                }
                page.text(" ");
                cite::rule(page, found.rule);
            });
        }
    });
}
