//! The lead: what is said to have happened, what is contested and between whom, what is agreed, how many dead by whose
//! count, how many voices. Meant to be read in one minute, so each part is short and leads to the whole.

use crate::caution::{self, cautions};
use crate::html::cite;
use crate::html::page::Page;
use crate::index::Index;
use crate::lead::{Lead, held, leads, sums};
use crate::wording;
use rashomon_model::alignment::{Answered, Position, Question, Status};

/// Answers shown of one question before the rest is left to the incident's section.
const ANSWERS: usize = 3;
/// Contested questions shown in full.
const QUESTIONS: usize = 7;
/// Figures of the toll shown at once.
const FIGURES: usize = 8;

/// The most told incident in full, the others in a line each.
pub(crate) fn lead(page: &mut Page, index: &Index<'_>) {
    let leads = leads(index.case);
    page.el("section", &[("class", "lead"), ("id", "lead"), ("aria-labelledby", "lead-h")], |page| {
        page.leaf("h2", &[("id", "lead-h")], "In one minute");
        let Some((main, others)) = leads.split_first() else {
            page.leaf(
                "p",
                &[],
                "No incident was made out: the accounts, if any, hold no claims of one occurrence to set side by side.",
            );
            accounts(page, index, None);
            return;
        };
        page.el("p", &[("class", "lead-title")], |page| {
            page.link(&format!("i{}", main.at + 1), &main.assessed.incident.title);
        });
        page.el("div", &[("class", "brief")], |page| {
            page.el("div", &[], |page| {
                happened(page, index, main);
                agreed(page, index, main);
                toll(page, index, main);
                voices(page, main);
                accounts(page, index, Some(main));
            });
            page.el("div", &[], |page| {
                contested(page, index, main);
                alone(page, index, main);
            });
        });
        if !others.is_empty() {
            page.leaf("h3", &[], "Other incidents in these accounts");
            page.el("ul", &[("class", "plain")], |page| {
                for other in others {
                    page.el("li", &[], |page| one_line(page, other));
                }
            });
        }
        totals(page, index);
    });
}

/// Sums over the incidents, where there is more than one to sum.
fn totals(page: &mut Page, index: &Index<'_>) {
    let sums = sums(index.case);
    if sums.is_empty() {
        return;
    }
    page.leaf("h3", &[("id", "totals")], "Over all incidents");
    page.leaf(
        "p",
        &[("class", "how")],
        "Lowest figures added up, and highest figures added up. Campaigns, round-ups and running totals are not counted again.",
    );
    page.el("ul", &[("class", "plain")], |page| {
        for sum in sums {
            page.el("li", &[], |page| {
                page.text(&wording::total(sum));
                page.text(" ");
                cite::rule(page, "A3");
            });
        }
    });
}

/// A part of the lead under its small heading.
fn part(page: &mut Page, tag: Option<(&str, &str)>, words: &str, inside: impl FnOnce(&mut Page)) {
    page.el("div", &[("class", "part")], |page| {
        page.el("h3", &[], |page| match tag {
            Some((tone, sign)) => cite::tag(page, tone, sign, words),
            None => page.text(words),
        });
        inside(page);
    });
}

fn happened(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    part(page, None, "Said to have happened", |page| {
        page.leaf("p", &[], &lead.told(index));
        let Some(who) = lead.question(Question::WhoDid).filter(|who| !who.positions.is_empty()) else {
            page.leaf("p", &[], "No account says who did it.");
            return;
        };
        page.el("p", &[], |page| {
            page.text("Said to have done it: ");
            for (i, held) in held(index, who).into_iter().take(ANSWERS).enumerate() {
                if i > 0 {
                    page.text("; ");
                }
                page.leaf("b", &[("dir", "auto")], &held.value);
                let denial = if index.denies(held) { ", a denial" } else { "" };
                page.text(&format!(" ({}{denial})", wording::n(held.carriers.len(), "account")));
                page.text(" ");
                first_number(page, index, held);
            }
            page.text(".");
        });
    });
}

fn contested(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    let found: Vec<&Answered> = lead.with(Status::Contested).collect();
    part(page, Some(("contested", "≠")), "Contested, and between whom", |page| {
        if found.is_empty() {
            page.leaf("p", &[], "No contradiction or denial was found.");
            return;
        }
        page.el("ul", &[("class", "plain")], |page| {
            for answered in found.iter().take(QUESTIONS) {
                page.el("li", &[], |page| {
                    asked(page, lead, answered);
                    page.el("ul", &[("class", "sides")], |page| {
                        let sides = held(index, answered);
                        for held in sides.iter().take(ANSWERS) {
                            page.el("li", &[], |page| side(page, index, answered.question, held));
                        }
                        if let Some(rest) = sides.len().checked_sub(ANSWERS).filter(|&n| n > 0) {
                            page.leaf("li", &[("class", "how")], &format!("and {}", wording::n(rest, "other answer")));
                        }
                    });
                });
            }
        });
        if let Some(more) = found.get(QUESTIONS..).filter(|more| !more.is_empty()) {
            page.el("p", &[], |page| {
                page.text("Also contested: ");
                for answered in more {
                    asked(page, lead, answered);
                    page.text(" ");
                }
            });
        }
    });
}

/// "**Karsia** – residents and Western officials (5 accounts) [9]".
fn side(page: &mut Page, index: &Index<'_>, question: Question, held: &Position) {
    if let Some((sign, word, tone)) = wording::stance(held, index.denies(held)) {
        cite::tag(page, tone, sign, word);
        page.text(" ");
    }
    page.leaf("b", &[("dir", "auto")], &wording::value(question, &held.value));
    page.el("span", &[("class", "by")], |page| page.text(&format!(" – {} ", index.by(held, 3))));
    first_number(page, index, held);
}

fn agreed(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    let found: Vec<&Answered> = lead.with(Status::Agreed).chain(lead.with(Status::Compatible)).collect();
    part(page, Some(("agreed", "=")), "Agreed, or at least compatible", |page| {
        if found.is_empty() {
            page.leaf("p", &[], "Nothing that independent origins agree on.");
            return;
        }
        page.el("ul", &[("class", "plain")], |page| {
            for answered in found {
                page.el("li", &[], |page| {
                    asked(page, lead, answered);
                    page.text(" ");
                    answers(page, index, answered);
                    if answered.status == Status::Compatible {
                        page.text(" ");
                        cite::tag(page, "compatible", "≈", "compatible");
                    }
                });
            }
        });
    });
}

/// Questions that one origin alone answers, each with its answer.
fn alone(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    let found: Vec<&Answered> = lead.with(Status::SingleOrigin).collect();
    if found.is_empty() {
        return;
    }
    part(page, Some(("single", "1")), "Resting on one origin", |page| {
        page.el("ul", &[("class", "plain")], |page| {
            for answered in found {
                page.el("li", &[], |page| {
                    asked(page, lead, answered);
                    page.text(" ");
                    answers(page, index, answered);
                });
            }
        });
    });
}

/// The first answers to a question, each with its number: "8 [83]; 12 [40] …".
fn answers(page: &mut Page, index: &Index<'_>, answered: &Answered) {
    let answers = held(index, answered);
    for (i, held) in answers.iter().take(ANSWERS).enumerate() {
        if i > 0 {
            page.text("; ");
        }
        page.leaf("b", &[("dir", "auto")], &wording::value(answered.question, &held.value));
        page.text(" ");
        first_number(page, index, held);
    }
    if answers.len() > ANSWERS {
        page.text(" …");
    }
}

/// The question's words, leading to its place in the incident.
fn asked(page: &mut Page, lead: &Lead<'_>, answered: &Answered) {
    let at = lead.assessed.questions.iter().position(|q| q.question == answered.question).unwrap_or(0);
    let href = format!("#i{}-q{}", lead.at + 1, at + 1);
    page.leaf("a", &[("class", "asks"), ("href", &href)], &wording::question(answered.question));
}

fn first_number(page: &mut Page, index: &Index<'_>, held: &Position) {
    if let Some(first) = held.claims.iter().find_map(|id| index.claim(id)) {
        cite::number(page, &first);
    }
}

fn toll(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    part(page, None, "How many dead, by whose count", |page| {
        if lead.toll.is_empty() {
            page.leaf("p", &[], "No account gives a figure for this incident.");
            return;
        }
        page.el("table", &[("class", "toll")], |page| {
            page.leaf("caption", &[("class", "sr")], "Figures given, with who stands behind each");
            page.el("thead", &[], |page| {
                page.el("tr", &[], |page| {
                    for words in ["Figure", "By whose count", "Accounts"] {
                        page.leaf("th", &[("scope", "col")], words);
                    }
                });
            });
            page.el("tbody", &[], |page| {
                for toll in lead.toll.iter().take(FIGURES) {
                    page.el("tr", &[], |page| {
                        page.el("th", &[("scope", "row")], |page| {
                            page.el("span", &[("class", "figure")], |page| {
                                match toll.position.claims.iter().find_map(|id| index.claim(id)) {
                                    Some(first) => page.link(&format!("w{}", first.n), &toll.position.value),
                                    None => page.text(&toll.position.value),
                                }
                            });
                            page.text(" ");
                            page.leaf("span", &[("class", "whom")], &wording::counted(toll.of, toll.category));
                        });
                        page.el("td", &[], |page| {
                            page.text(&index.origins(toll.position, 3));
                            if index.denies(toll.position) {
                                page.text(", a denial");
                            }
                        });
                        page.leaf("td", &[("class", "count")], &toll.position.carriers.len().to_string());
                    });
                }
            });
        });
        if let Some(rest) = lead.toll.len().checked_sub(FIGURES).filter(|&n| n > 0) {
            page.leaf("p", &[("class", "how")], &format!("and {} below", wording::n(rest, "more figure")));
        }
    });
}

fn voices(page: &mut Page, lead: &Lead<'_>) {
    part(page, None, "How many voices", |page| page.leaf("p", &[], &lead.voices()));
}

/// What to know of the accounts themselves.
fn accounts(page: &mut Page, index: &Index<'_>, main: Option<&Lead<'_>>) {
    let known = cautions(index, main);
    if known.is_empty() {
        return;
    }
    part(page, None, "About the accounts", |page| {
        page.el("ul", &[("class", "plain cautions")], |page| {
            for caution in known.iter().take(caution::SHOWN) {
                page.el("li", &[], |page| {
                    page.leaf("span", &[("dir", "auto")], &caution.words);
                    for (i, n) in caution.named().iter().enumerate() {
                        page.text(if i == 0 { " – " } else { ", " });
                        cite::account(page, index, *n);
                    }
                    page.text(&caution.and_others());
                    page.text(" ");
                    cite::numbers(page, &caution.claims);
                    if let Some(shown_by) = &caution.shown_by {
                        page.leaf("div", &[("class", "how"), ("dir", "auto")], shown_by);
                    }
                });
            }
        });
        if let Some(rest) = known.len().checked_sub(caution::SHOWN).filter(|&n| n > 0) {
            page.el("p", &[("class", "how")], |page| {
                page.text("and ");
                page.leaf("a", &[("href", "#diagnostics")], &wording::n(rest, "other remark"));
            });
        }
    });
}

fn one_line(page: &mut Page, lead: &Lead<'_>) {
    page.link(&format!("i{}", lead.at + 1), &lead.assessed.incident.title);
    let contested = lead.with(Status::Contested).count();
    let mut words = format!(": {}", wording::n(lead.accounts, "account"));
    if contested > 0 {
        words.push_str(&format!(", {} contested", wording::n(contested, "question")));
    }
    for range in lead.assessed.ranges.iter().filter(|r| r.min.is_some() || r.max.is_some()) {
        words.push_str(&format!("; {} {}", wording::range(range), wording::counted_by(range)));
    }
    page.text(&format!("{words}."));
}
