//! The first screen: title, what was read, and the lead that answers in one minute.

use crate::html::cite;
use crate::html::page::Page;
use crate::index::Index;
use crate::lead::{Lead, leads};
use crate::wording;
use rashomon_model::alignment::{Answered, Position, Question, Status};
use rashomon_model::date::{DateValue, RestsOn};
use rashomon_model::document::Document;
use std::collections::BTreeSet;

/// Title, one sentence on what was read, and the contents.
pub(crate) fn masthead(page: &mut Page, index: &Index<'_>) {
    page.el("header", &[("class", "masthead")], |page| {
        page.leaf("p", &[("class", "kicker")], "Rashomon dossier: who says what");
        page.leaf("h1", &[("dir", "auto")], &index.case.title);
        page.leaf("p", &[("class", "deck")], &deck(index));
        contents(page, index);
    });
}

/// "8 accounts by 7 publishers, 14 to 19 March 2031. 31 claims by 10 sources were read in them."
pub(crate) fn deck(index: &Index<'_>) -> String {
    let case = index.case;
    if case.documents.is_empty() {
        return "No account was read.".into();
    }
    let publishers: BTreeSet<&str> = case.documents.iter().filter_map(|d| d.publisher.as_deref()).collect();
    let mut words = wording::n(case.documents.len(), "account");
    if !publishers.is_empty() {
        words.push_str(&format!(" by {}", wording::n(publishers.len(), "publisher")));
    }
    let dated = || case.documents.iter().filter_map(|d| d.published.as_ref());
    let first = dated().map(DateValue::first_day).min();
    let last = dated().map(DateValue::last_day).max();
    if let (Some(first), Some(last)) = (first, last) {
        let undated = case.documents.iter().filter(|d| d.published.is_none()).count();
        if first == last {
            words.push_str(&format!(", published {}", wording::day(first)));
        } else {
            words.push_str(&format!(", published {} to {}", wording::day(first), wording::day(last)));
        }
        if undated > 0 {
            words.push_str(&format!(" ({undated} without a date)"));
        }
    }
    format!(
        "{words}. They hold {} by {}.",
        wording::n(case.claims.len(), "claim"),
        wording::n(case.sources.len(), "source")
    )
}

fn contents(page: &mut Page, index: &Index<'_>) {
    let case = index.case;
    page.el("nav", &[("class", "contents"), ("aria-label", "Contents")], |page| {
        page.el("ul", &[], |page| {
            let mut item = |target: &str, words: &str| {
                page.el("li", &[], |page| page.link(target, words));
            };
            item("lead", "In one minute");
            item("read", "What was read");
            for (at, assessed) in case.incidents.iter().enumerate() {
                item(&format!("i{}", at + 1), &assessed.incident.title);
            }
            for (there, target, words) in [
                (!case.sources.is_empty(), "sources", "Who speaks"),
                (!case.dependences.is_empty(), "reuse", "Who repeats whom"),
                (!case.evidence.is_empty(), "evidence", "Evidence"),
                (!case.documents.is_empty(), "timeline", "Timeline"),
                (!case.documents.is_empty(), "articles", "The accounts"),
                (!case.diagnostics.is_empty(), "diagnostics", "Warnings"),
                (true, "legend", "How to read this"),
            ] {
                if there {
                    item(target, words);
                }
            }
        });
    });
}

/// The lead: the most told incident in full, the others in a line each.
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
            return;
        };
        page.el("p", &[("class", "lead-title")], |page| {
            page.link(&format!("i{}", main.at + 1), &main.assessed.incident.title);
        });
        page.el("dl", &[("class", "brief")], |page| {
            happened(page, index, main);
            agreed(page, index, main);
            contested(page, index, main);
            toll(page, index, main);
            voices(page, main);
        });
        if !others.is_empty() {
            page.leaf("h3", &[], "Other incidents in these accounts");
            page.el("ul", &[("class", "plain")], |page| {
                for other in others {
                    page.el("li", &[], |page| one_line(page, other));
                }
            });
        }
    });
}

fn entry(page: &mut Page, tone: &str, sign: &str, words: &str, inside: impl FnOnce(&mut Page)) {
    page.el("div", &[("class", "entry")], |page| {
        page.el("dt", &[], |page| {
            if sign.is_empty() {
                page.text(words);
            } else {
                cite::tag(page, tone, sign, words);
            }
        });
        page.el("dd", &[], inside);
    });
}

fn happened(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    entry(page, "", "", "Said to have happened", |page| {
        let found = &lead.assessed.incident;
        let kind = found.kind.name();
        let article = if kind.starts_with(['a', 'e', 'o']) { "an" } else { "a" };
        let mut words = match lead.accounts {
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
        page.el("p", &[], |page| page.text(&format!("{words}.")));
        match lead.question(Question::WhoDid) {
            Some(who) if !who.positions.is_empty() => {
                page.el("div", &[("class", "who")], |page| {
                    page.text("Who did it? ");
                    answers(page, index, who);
                });
            }
            _ => page.leaf("p", &[], "No account says who did it."),
        }
    });
}

fn agreed(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    let found: Vec<&Answered> = lead.with(Status::Agreed).chain(lead.with(Status::Compatible)).collect();
    entry(page, "agreed", "=", "Agreed", |page| {
        if found.is_empty() {
            page.leaf("p", &[], "Nothing is agreed between independent origins.");
            return;
        }
        page.el("ul", &[("class", "plain")], |page| {
            for answered in found {
                page.el("li", &[], |page| {
                    question_link(page, lead, answered);
                    page.text(" ");
                    answers(page, index, answered);
                });
            }
        });
    });
}

fn contested(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    let found: Vec<&Answered> = lead.with(Status::Contested).collect();
    entry(page, "contested", "≠", "Contested", |page| {
        if found.is_empty() {
            page.leaf("p", &[], "No contradiction or denial was found.");
            return;
        }
        page.el("ul", &[("class", "plain")], |page| {
            for answered in found {
                page.el("li", &[], |page| {
                    question_link(page, lead, answered);
                    page.text(" ");
                    answers(page, index, answered);
                });
            }
        });
    });
}

/// The question's words, leading to its place in the incident.
fn question_link(page: &mut Page, lead: &Lead<'_>, answered: &Answered) {
    let at = lead.assessed.questions.iter().position(|q| q.question == answered.question).unwrap_or(0);
    let href = format!("#i{}-q{}", lead.at + 1, at + 1);
    page.leaf("a", &[("class", "asked"), ("href", &href)], &wording::question(answered.question));
}

/// Answers shown in the lead before the rest is left to the incident's section.
const ANSWERS: usize = 3;

/// "**Karsia** – residents and Western officials (5 accounts); **not Karsia** – the ministry".
fn answers(page: &mut Page, index: &Index<'_>, answered: &Answered) {
    for (i, position) in answered.positions.iter().take(ANSWERS).enumerate() {
        if i > 0 {
            page.text("; ");
        }
        page.leaf("b", &[("dir", "auto")], &position.value);
        page.text(" – ");
        page.text(&by(position, 3));
        if let Some(first) = index.cite(&position.claims).first() {
            page.text(" ");
            cite::number(page, first);
        }
    }
    if let Some(rest) = answered.positions.len().checked_sub(ANSWERS).filter(|&n| n > 0) {
        page.text(&format!("; and {}", wording::n(rest, "other answer")));
    }
    page.text(".");
}

/// Whose answer it is: the origins by name, and how many accounts carry it where more than one does.
pub(crate) fn by(position: &Position, limit: usize) -> String {
    let mut names: Vec<String> = position.origins.iter().take(limit).cloned().collect();
    let rest = position.origins.len().saturating_sub(limit);
    if rest > 0 {
        names.push(format!("{rest} more"));
    }
    if names.is_empty() {
        names.push("no origin named".into());
    }
    let words = wording::list(&names);
    match position.carriers.len() {
        0 | 1 => words,
        n => format!("{words} ({})", wording::n(n, "account")),
    }
}

fn toll(page: &mut Page, index: &Index<'_>, lead: &Lead<'_>) {
    entry(page, "", "", "How many dead, by whose count", |page| {
        if lead.toll.is_empty() {
            page.leaf("p", &[], "No account gives a figure for this incident.");
            return;
        }
        page.el("table", &[("class", "toll")], |page| {
            page.leaf("caption", &[("class", "sr")], "Figures given, with who stands behind each");
            page.el("thead", &[], |page| {
                page.el("tr", &[], |page| {
                    for words in ["Figure", "Of whom", "By whose count", "Carried by"] {
                        page.leaf("th", &[("scope", "col")], words);
                    }
                });
            });
            page.el("tbody", &[], |page| {
                for toll in &lead.toll {
                    page.el("tr", &[], |page| {
                        page.el("th", &[("scope", "row"), ("class", "figure")], |page| {
                            let cited = index.cite(&toll.position.claims);
                            match cited.first() {
                                Some(first) => page.link(&format!("w{}", first.n), &toll.position.value),
                                None => page.text(&toll.position.value),
                            }
                        });
                        page.leaf("td", &[], &wording::counted(toll.of, toll.category));
                        let mut names = toll.position.origins.join(", ");
                        if toll.position.denied {
                            names.push_str(" (a denial)");
                        }
                        page.leaf("td", &[], &names);
                        page.leaf("td", &[], &wording::n(toll.position.carriers.len(), "account"));
                    });
                }
            });
        });
    });
}

fn voices(page: &mut Page, lead: &Lead<'_>) {
    entry(page, "", "", "How many voices", |page| {
        let mut words =
            format!("{} in {}.", wording::n(lead.origins.len(), "origin"), wording::n(lead.accounts, "account"));
        if lead.relays > 0 {
            words.push_str(&format!(" {} repeat another account's words or credit it, and add no voice.", lead.relays));
        }
        words.push_str(&match lead.most_independent {
            0 => " No answer has an independent origin.".to_owned(),
            1 => " No answer has more than one independent origin.".to_owned(),
            most => format!(
                " The best supported answer has {most} origins between which no copying or common source was found."
            ),
        });
        page.leaf("p", &[], &words);
    });
}

fn one_line(page: &mut Page, lead: &Lead<'_>) {
    page.link(&format!("i{}", lead.at + 1), &lead.assessed.incident.title);
    let contested = lead.with(Status::Contested).count();
    let mut words = format!(": {}", wording::n(lead.accounts, "account"));
    if contested > 0 {
        words.push_str(&format!(", {} contested", wording::n(contested, "question")));
    }
    for range in &lead.assessed.ranges {
        words.push_str(&format!("; {} {}", wording::range(range), wording::counted(range.of, range.category)));
    }
    page.text(&format!("{words}."));
}

/// The table of documents with dates and how each is known.
pub(crate) fn documents(page: &mut Page, index: &Index<'_>) {
    page.el("section", &[("id", "read"), ("aria-labelledby", "read-h")], |page| {
        page.leaf("h2", &[("id", "read-h")], "What was read");
        if index.case.documents.is_empty() {
            page.leaf("p", &[], "Nothing.");
            return;
        }
        let table = |page: &mut Page| {
            page.el(
                "div",
                &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Accounts read")],
                |page| {
                    page.el("table", &[("class", "documents")], |page| {
                        page.el("thead", &[], |page| {
                            page.el("tr", &[], |page| {
                                for words in ["Account", "Headline", "Published", "How the date is known", "Claims"] {
                                    page.leaf("th", &[("scope", "col")], words);
                                }
                            });
                        });
                        page.el("tbody", &[], |page| {
                            for (at, doc) in index.case.documents.iter().enumerate() {
                                row(page, index, at + 1, doc);
                            }
                        });
                    });
                },
            );
        };
        if index.case.documents.len() > 12 {
            page.el("details", &[("class", "long")], |page| {
                page.leaf("summary", &[], &format!("All {} accounts", index.case.documents.len()));
                table(page);
            });
        } else {
            table(page);
        }
    });
}

fn row(page: &mut Page, index: &Index<'_>, n: usize, doc: &Document) {
    page.el("tr", &[], |page| {
        page.el("th", &[("scope", "row")], |page| cite::account(page, index, n));
        page.leaf("td", &[("dir", "auto")], doc.title.as_deref().unwrap_or("–"));
        match &doc.published {
            Some(value) => {
                page.leaf("td", &[("class", "date")], &wording::date(value));
                page.el("td", &[], |page| known(page, index, n, doc, value));
            }
            None => {
                page.leaf("td", &[("class", "date")], "not known");
                page.leaf("td", &[], "no date was found");
            }
        }
        let claims = index.case.claims.iter().filter(|c| c.document == doc.id).count();
        page.leaf("td", &[("class", "count")], &claims.to_string());
    });
}

/// The basis of a date and what it rests on, with a link to the words where there are some.
pub(crate) fn known(page: &mut Page, index: &Index<'_>, n: usize, doc: &Document, value: &DateValue) {
    page.text(wording::basis(value.basis));
    if let Some(span) = doc.published_anchor {
        page.text(": ");
        let href = format!("#d{n}-date");
        page.leaf("a", &[("href", &href)], doc.slice(span));
    }
    match &value.rests_on {
        Some(RestsOn::Document(id)) => {
            if let Some((other, _)) = index.document(id) {
                page.text(": ");
                cite::account(page, index, other);
            }
        }
        Some(RestsOn::Metadata(field)) => page.text(&format!(": {field}")),
        Some(RestsOn::Words(span)) if doc.published_anchor.is_none() => {
            page.text(&format!(": “{}”", doc.slice(*span)));
        }
        _ => {}
    }
    if value.loose {
        page.text(" (may be a day off)");
    }
    if doc.updated {
        page.text("; the page says it was updated");
    }
}

/// What the page does and does not say.
pub(crate) fn claims_and_limits(page: &mut Page) {
    page.el("aside", &[("class", "limits"), ("aria-labelledby", "limits-h")], |page| {
        page.leaf("h2", &[("id", "limits-h")], "What this page says, and what it does not");
        page.el("ul", &[], |page| {
            for words in [
                "It sets side by side who says what, through whom and in which words. It does not say who is right and gives no likelihood.",
                "It counts origins, not articles: a figure passed on by ten outlets is one voice. “Independent” means that no copying and no common source was found in these texts, not that there is none.",
                "“Agreed” is agreement between accounts, not truth. A range is the span of figures given, not a margin of error. A grade tells what kinds of voices there are, by the rule named beside it.",
                "The reading is done by a program and can be wrong. Every number leads to the exact words, so that it can be checked.",
            ] {
                page.leaf("li", &[], words);
            }
        });
    });
}
