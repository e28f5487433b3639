//! One incident: facts and map, status and grade, where the accounts stand, the grid, the ranges, what else is said.

use crate::grid;
use crate::html::map::{self, Basemap};
use crate::html::page::Page;
use crate::html::{cite, grid as grid_table, questions, ranges};
use crate::index::{Cited, Index};
use crate::wording::{self, sentence};
use rashomon_model::assessment::Verdict;
use rashomon_model::case::AssessedIncident;
use rashomon_model::place::Place;

/// The section of one incident.
pub(crate) fn incident(
    page: &mut Page,
    index: &Index<'_>,
    at: usize,
    assessed: &AssessedIncident,
    basemap: Option<&Basemap<'_>>,
) {
    let id = format!("i{}", at + 1);
    let heading = format!("{id}-h");
    page.el("section", &[("class", "incident"), ("id", &id), ("aria-labelledby", &heading)], |page| {
        page.leaf("h2", &[("id", &heading), ("dir", "auto")], &assessed.incident.title);
        page.el("div", &[("class", "opening")], |page| {
            page.el("div", &[], |page| {
                facts(page, index, assessed);
                if !assessed.incident.container {
                    verdicts(page, index, assessed);
                }
            });
            whereabouts(page, index, &id, assessed, basemap);
        });
        questions::questions(page, index, &id, assessed);
        let grid = grid::grid(index, assessed);
        grid_table::grid(page, index, &id, &grid);
        ranges::ranges(page, index, &id, assessed);
        if !grid.other.is_empty() {
            page.el("details", &[("class", "long")], |page| {
                page.leaf("summary", &[], &format!("Also said of this: {}", wording::n(grid.other.len(), "claim")));
                claims(page, index, &grid.other);
            });
        }
    });
}

fn facts(page: &mut Page, index: &Index<'_>, assessed: &AssessedIncident) {
    page.el("dl", &[("class", "facts")], |page| fact_rows(page, index, assessed));
}

fn fact_rows(page: &mut Page, index: &Index<'_>, assessed: &AssessedIncident) {
    let found = &assessed.incident;
    let mut row = |term: &str, inside: &dyn Fn(&mut Page)| {
        page.el("div", &[], |page| {
            page.leaf("dt", &[], term);
            page.el("dd", &[], inside);
        });
    };
    row("Kind", &|page| {
        page.text(found.kind.name());
        if found.container {
            page.text(" – a campaign, round-up or total, not one occurrence");
        }
    });
    row("When", &|page| match &found.time {
        Some(time) => page.text(&format!("{}, {}", wording::date(time), wording::basis(time.basis))),
        None => page.text("not said, or not one time"),
    });
    row("Where", &|page| {
        let places: Vec<String> = found
            .places
            .iter()
            .filter_map(|id| index.place(id))
            .map(|place| match wording::within(place) {
                none if none.is_empty() => place.name.clone(),
                within => format!("{} ({})", place.name, within.join(", ")),
            })
            .collect();
        page.text(if places.is_empty() { "not said, or not found".into() } else { wording::list(&places) }.as_str());
    });
    row("Told by", &|page| {
        page.text(&wording::n(assessed.accounts.len(), "account"));
        page.text(&format!(", {}", wording::n(found.claims.len(), "claim")));
    });
    if let Some(whole) = &found.part_of
        && let Some(at) = index.case.incidents.iter().position(|i| &i.incident.id == whole)
        && let Some(wider) = index.case.incidents.get(at)
    {
        row("Part of", &|page| page.link(&format!("i{}", at + 1), &wider.incident.title));
    }
    let mut because: Vec<&str> = found.because.iter().map(String::as_str).collect();
    because.dedup();
    if !because.is_empty() {
        row("Held to be one", &|page| {
            page.el("details", &[], |page| {
                page.leaf("summary", &[], &format!("for {}", wording::n(because.len(), "reason")));
                page.el("ul", &[("class", "plain")], |page| {
                    for why in &because {
                        page.leaf("li", &[("class", "how")], &sentence(why));
                    }
                });
            });
        });
    }
}

fn verdicts(page: &mut Page, index: &Index<'_>, assessed: &AssessedIncident) {
    page.el("div", &[("class", "verdicts")], |page| {
        verdict(page, index, "Who did it", &assessed.strike_status);
        verdict(page, index, "Harm to civilians", &assessed.harm_grade);
    });
}

fn verdict(page: &mut Page, index: &Index<'_>, what: &str, made: &Verdict) {
    let (tone, sign) = match made.value {
        "contested" => ("contested", "≠"),
        "declared" | "likely" | "confirmed" | "fair" => ("agreed", "="),
        "single_source_claim" | "weak" => ("single", "1"),
        _ => ("unanswered", "–"),
    };
    page.el("div", &[("class", "verdict")], |page| {
        page.el("p", &[("class", "grade")], |page| {
            page.text(what);
            page.text(": ");
            cite::tag(page, tone, sign, &wording::verdict(made.value));
            page.text(" ");
            cite::rule(page, made.rule);
        });
        page.leaf("p", &[], &sentence(&made.because));
        page.el("div", &[], |page| cite::numbers(page, &index.cite(&made.claims)));
        if !made.would_change_if.is_empty() {
            page.leaf(
                "p",
                &[("class", "how")],
                &format!("Would change if {}.", made.would_change_if.trim_end_matches('.')),
            );
        }
        if let Some(judgement) = &made.overridden_by {
            page.el("p", &[("class", "how")], |page| {
                page.text("Set by a person: ");
                cite::judgement(page, index, judgement);
                page.text(".");
            });
        }
    });
}

fn whereabouts(
    page: &mut Page,
    index: &Index<'_>,
    id: &str,
    assessed: &AssessedIncident,
    basemap: Option<&Basemap<'_>>,
) {
    let places: Vec<_> = assessed.incident.places.iter().filter_map(|place| index.place(place)).collect();
    if places.is_empty() {
        return;
    }
    page.el("figure", &[], |page| {
        map::map(page, &format!("{id}-map"), &places, basemap);
        page.el("figcaption", &[], |page| {
            let (first, rest) = places.split_at(places.len().min(PLACES));
            caption(page, index, first);
            if !rest.is_empty() {
                page.el("details", &[], |page| {
                    page.leaf("summary", &[], &format!("and {}", wording::n(rest.len(), "more place")));
                    caption(page, index, rest);
                });
            }
        });
    });
}

/// Places named under the map at once.
const PLACES: usize = 4;

fn caption(page: &mut Page, index: &Index<'_>, places: &[&Place]) {
    for place in places {
        let mut words = format!("{}: {}, within {:.0} km.", place.name, wording::coordinates(place), place.radius_km);
        let others = index.spellings(place);
        if !others.is_empty() {
            words.push_str(&format!(" Also written {}.", wording::list(&others)));
        }
        page.leaf("p", &[], &words);
    }
}

/// Cards of claims that stand in no row, under the account that makes them.
fn claims(page: &mut Page, index: &Index<'_>, list: &[Cited<'_>]) {
    page.el("ul", &[("class", "claims")], |page| {
        for cited in list {
            page.el("li", &[], |page| {
                cite::account(page, index, cited.doc_n);
                let words = cited
                    .claim
                    .anchors
                    .iter()
                    .map(|&span| cited.doc.slice(span).trim())
                    .collect::<Vec<_>>()
                    .join(" … ");
                let denied = crate::index::denies(cited.claim);
                cite::card(
                    page,
                    index,
                    std::slice::from_ref(cited),
                    &format!("“{}”", crate::index::shorten(&words, 160)),
                    denied,
                    None,
                );
            });
        }
    });
}

/// Claims that belong to no incident.
pub(crate) fn unplaced(page: &mut Page, index: &Index<'_>) {
    let rest: Vec<Cited<'_>> = index.claims().filter(|cited| !page.has_card(cited.n)).collect();
    if rest.is_empty() {
        return;
    }
    page.el("section", &[("id", "unplaced"), ("aria-labelledby", "unplaced-h")], |page| {
        page.leaf("h2", &[("id", "unplaced-h")], "Said, but of no incident above");
        page.el("details", &[("class", "long")], |page| {
            page.leaf("summary", &[], &wording::n(rest.len(), "claim"));
            claims(page, index, &rest);
        });
    });
}
