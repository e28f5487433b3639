//! The head of the page: title, contents, what was read, what the page says and does not.

use crate::html::cite;
use crate::html::page::Page;
use crate::index::Index;
use crate::lead::most_told_first;
use crate::wording;
use rashomon_model::case::Case;
use rashomon_model::date::{DateValue, RestsOn};
use rashomon_model::document::Document;
use std::collections::BTreeSet;

/// Title, one sentence on what was read, and the contents.
pub(crate) fn masthead(page: &mut Page, index: &Index<'_>) {
    page.el("header", &[("class", "masthead")], |page| {
        page.leaf("p", &[("class", "kicker")], "Rashomon dossier: who says what");
        page.leaf("h1", &[("dir", "auto")], &index.case.title);
        page.leaf("p", &[("class", "deck")], &deck(index.case));
        contents(page, index);
    });
}

/// "8 accounts by 7 publishers, 14 to 19 March 2031. 31 claims by 10 sources were read in them."
pub(crate) fn deck(case: &Case) -> String {
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
            let incidents = || most_told_first(case).into_iter();
            for (at, assessed) in incidents().filter(|(_, i)| !i.incident.container) {
                item(&format!("i{}", at + 1), &assessed.incident.title);
            }
            if let Some((at, _)) = incidents().find(|(_, i)| i.incident.container) {
                item(&format!("i{}", at + 1), "Wider totals");
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
        let claims = index.count_of(&doc.id);
        page.leaf("td", &[("class", "count"), ("data-of", "Claims:")], &claims.to_string());
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

/// What a dossier says and does not, for every rendering.
pub(crate) const LIMITS: [&str; 4] = [
    "It sets side by side who says what, through whom and in which words. It does not say who is right and gives no likelihood.",
    "It counts origins, not articles: a figure passed on by ten outlets is one voice. “Independent” means that no copying and no common source was found in these texts, not that there is none.",
    "“Agreed” is agreement between accounts, not truth. A range is the span of figures given, not a margin of error. A grade tells what kinds of voices there are, by the rule named beside it.",
    "The reading is done by a program and can be wrong. Every number leads to the exact words, so that it can be checked.",
];

/// What the page does and does not say.
pub(crate) fn claims_and_limits(page: &mut Page) {
    page.el("aside", &[("class", "limits"), ("aria-labelledby", "limits-h")], |page| {
        page.leaf("h2", &[("id", "limits-h")], "What this page says, and what it does not");
        page.el("ul", &[], |page| {
            for words in LIMITS {
                page.leaf("li", &[], words);
            }
        });
    });
}
