//! When was what done and said? Days in order: incidents, statements, publications.

use crate::html::cite;
use crate::html::page::Page;
use crate::index::{Cited, Index};
use crate::wording;
use rashomon_model::date::{Basis, Date};
use std::collections::BTreeMap;

/// What falls on one day.
#[derive(Default)]
struct Day<'a> {
    incidents: Vec<usize>,
    /// Speaker and medium with the claims said that day.
    statements: BTreeMap<(String, String), Vec<Cited<'a>>>,
    /// Document number and whether the date is inferred.
    published: Vec<(usize, bool)>,
}

/// The section: one entry a day.
pub(crate) fn timeline(page: &mut Page, index: &Index<'_>) {
    let mut days: BTreeMap<Date, Day<'_>> = BTreeMap::new();
    for (at, assessed) in index.case.incidents.iter().enumerate() {
        if let (Some(time), false) = (&assessed.incident.time, assessed.incident.container) {
            days.entry(time.first_day()).or_default().incidents.push(at);
        }
    }
    for cited in index.claims() {
        if let Some(link) = cited.claim.origin()
            && let Some(at) = &link.at
        {
            let key = (wording::link_name(link), link.medium.clone().unwrap_or_default());
            let day = days.entry(at.first_day()).or_default();
            day.statements.entry(key).or_default().push(cited);
        }
    }
    for (at, doc) in index.case.documents.iter().enumerate() {
        if let Some(value) = &doc.published {
            let day = days.entry(value.first_day()).or_default();
            day.published.push((at + 1, value.basis == Basis::Inferred));
        }
    }
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
            for &(n, inferred) in &day.published {
                page.el("dd", &[], |page| {
                    cite::account(page, index, n);
                    if inferred {
                        page.text(" (day inferred)");
                    }
                });
            }
        }
    });
}
