//! When was what done and said? Days in order: incidents, statements, publications.

use crate::html::cite;
use crate::html::page::Page;
use crate::index::Index;
use crate::timeline::{Day, days};
use crate::wording;

/// The section: one entry a day.
pub(crate) fn timeline(page: &mut Page, index: &Index<'_>) {
    let days = days(index);
    if days.is_empty() {
        if !index.case.documents.is_empty() {
            page.el("section", &[("id", "timeline"), ("aria-labelledby", "timeline-h")], |page| {
                page.leaf("h2", &[("id", "timeline-h")], "Timeline");
                page.leaf("p", &[], "No day could be made out.");
            });
        }
        return;
    }
    page.el("section", &[("id", "timeline"), ("aria-labelledby", "timeline-h")], |page| {
        page.leaf("h2", &[("id", "timeline-h")], "Timeline");
        page.el("ol", &[("class", "timeline")], |page| {
            for (date, day) in &days {
                page.el("li", &[], |page| {
                    page.leaf("h3", &[], &wording::day(*date));
                    entry(page, index, day);
                });
            }
        });
    });
}

fn entry(page: &mut Page, index: &Index<'_>, day: &Day<'_>) {
    page.el("dl", &[], |page| {
        if !day.incidents.is_empty() {
            page.leaf("dt", &[], "Said to have happened");
            for &at in &day.incidents {
                if let Some(assessed) = index.case.incidents.get(at) {
                    page.el("dd", &[], |page| page.link(&format!("i{}", at + 1), &assessed.incident.title));
                }
            }
        }
        if !day.statements.is_empty() {
            page.leaf("dt", &[], "Said");
            for ((who, medium), cited) in &day.statements {
                page.el("dd", &[], |page| {
                    page.leaf("bdi", &[], who);
                    if !medium.is_empty() {
                        page.text(&format!(", {medium}"));
                    }
                    page.text(" ");
                    cite::numbers(page, cited);
                });
            }
        }
        if !day.published.is_empty() {
            page.leaf("dt", &[], "Published");
            page.el("dd", &[], |page| {
                for (i, &(n, inferred)) in day.published.iter().enumerate() {
                    if i > 0 {
                        page.text(" · ");
                    }
                    cite::account(page, index, n);
                    if inferred {
                        page.text(" (day inferred)");
                    }
                }
            });
        }
    });
}
