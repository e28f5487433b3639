//! The grid: questions down, accounts across; heads stay in sight, and on a phone or paper each question is a list.

use crate::grid::{Column, Grid};
use crate::html::page::Page;
use crate::html::{cite, questions};
use crate::index::Index;
use crate::wording;

/// The grid of an incident, if anything is in it.
pub(crate) fn grid(page: &mut Page, index: &Index<'_>, id: &str, grid: &Grid<'_>) {
    if grid.rows.iter().all(|row| row.cells.iter().all(Vec::is_empty)) {
        return;
    }
    let heading = format!("{id}-grid");
    page.el("section", &[("class", "side"), ("aria-labelledby", &heading)], |page| {
        page.leaf("h3", &[("id", &heading)], "Side by side");
        page.leaf(
            "p",
            &[("class", "how")],
            "Each cell is what one account says; open the speaker to see the exact words, follow the number to the article.",
        );
        if grid.folds() {
            fold(page, id, grid);
        }
        page.el("div", &[("class", "gridbox"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", &heading)], |page| {
            page.el("table", &[("class", "grid"), ("role", "table")], |page| {
                page.el("thead", &[("role", "rowgroup")], |page| {
                    page.el("tr", &[("role", "row")], |page| {
                        page.leaf("th", &[("scope", "col"), ("role", "columnheader"), ("class", "corner")], "Question");
                        for column in &grid.columns {
                            head(page, index, grid, column);
                        }
                    });
                });
                page.el("tbody", &[("role", "rowgroup")], |page| rows(page, index, grid));
            });
        });
    });
}

/// The switch that shows accounts which only repeat another: a check box read by the style sheet.
fn fold(page: &mut Page, id: &str, grid: &Grid<'_>) {
    let n = grid.columns.iter().filter(|c| c.repeats.is_some()).count();
    let switch = format!("{id}-all");
    page.void("input", &[("type", "checkbox"), ("class", "fold"), ("id", &switch)]);
    page.el("label", &[("for", &switch)], |page| {
        page.text(&format!("{} found to repeat another's words: show them too", wording::n(n, "account")));
    });
}

/// Class of a cell in this column.
fn class(grid: &Grid<'_>, column: &Column<'_>) -> &'static str {
    if grid.folds() && column.repeats.is_some() { "repeat" } else { "own" }
}

fn head(page: &mut Page, index: &Index<'_>, grid: &Grid<'_>, column: &Column<'_>) {
    page.el("th", &[("scope", "col"), ("role", "columnheader"), ("class", class(grid, column))], |page| {
        cite::account(page, index, column.n);
        if let Some(date) = &column.doc.published {
            page.leaf("div", &[("class", "date")], &wording::date(date));
        }
        if let Some(root) = column.repeats {
            page.leaf("div", &[("class", "date")], &format!("repeats {root}"));
        }
    });
}

fn rows(page: &mut Page, index: &Index<'_>, grid: &Grid<'_>) {
    for row in &grid.rows {
        if row.cells.iter().all(Vec::is_empty) {
            continue;
        }
        page.el("tr", &[("role", "row")], |page| {
            let (sign, word, _) = wording::status(row.answered.status);
            page.el("th", &[("scope", "row"), ("role", "rowheader")], |page| {
                page.leaf("div", &[], &wording::question(row.answered.question));
                cite::tag(page, questions::tone(row.answered.status), sign, word);
            });
            for (column, cell) in grid.columns.iter().zip(&row.cells) {
                let kind = class(grid, column);
                if cell.is_empty() {
                    let class = format!("{kind} silent");
                    page.el("td", &[("role", "cell"), ("class", &class)], |page| {
                        page.leaf("span", &[("class", "sr")], "silent");
                    });
                    continue;
                }
                page.el("td", &[("role", "cell"), ("class", kind)], |page| {
                    page.el("div", &[("class", "stacked")], |page| cite::account(page, index, column.n));
                    cite::cell(page, index, cell, row.answered.question);
                });
            }
        });
    }
}
