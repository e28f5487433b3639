//! One incident in Markdown: facts, grades, questions, grid, ranges.

use crate::grid::{self, Grid};
use crate::index::Index;
use crate::markdown::{esc, heading, refs, row, table_head};
use crate::relations::{Grouped, grouped};
use crate::wording;
use rashomon_model::alignment::Answered;
use rashomon_model::assessment::{Range, Verdict};
use rashomon_model::case::AssessedIncident;

/// Accounts up to which the grid is written as a table; beyond, each question is a list.
const TABLE_UP_TO: usize = 6;

pub(crate) fn incident(out: &mut String, index: &Index<'_>, at: usize, assessed: &AssessedIncident) {
    let found = &assessed.incident;
    heading(out, 2, &format!("{}. {}", at + 1, esc(&found.title)));
    facts(out, index, assessed);
    verdict(out, index, "Who did it", &assessed.strike_status);
    verdict(out, index, "Harm to civilians", &assessed.harm_grade);
    if !assessed.questions.is_empty() {
        heading(out, 3, "Where the accounts stand");
        for answered in &assessed.questions {
            question(out, index, answered);
        }
    }
    let grid = grid::grid(index, assessed);
    side_by_side(out, index, &grid);
    if !assessed.ranges.is_empty() {
        heading(out, 3, &format!("Ranges ({})", wording::profile(index.case.profile)));
        for bounds in &assessed.ranges {
            range(out, index, bounds);
        }
    }
    if !grid.other.is_empty() {
        heading(out, 3, "Also said of this");
        out.push_str(&format!("{}\n", refs(&grid.other)));
    }
}

fn facts(out: &mut String, index: &Index<'_>, assessed: &AssessedIncident) {
    let found = &assessed.incident;
    let kind = if found.container {
        format!("{} – a campaign, round-up or total, not one occurrence", found.kind)
    } else {
        found.kind.name().into()
    };
    out.push_str(&format!("- Kind: {kind}\n"));
    out.push_str(&match &found.time {
        Some(time) => format!("- When: {}, {}\n", wording::date(time), wording::basis(time.basis)),
        None => "- When: not said, or not one time\n".into(),
    });
    let places: Vec<String> = found
        .places
        .iter()
        .filter_map(|id| index.place(id))
        .map(|p| {
            format!(
                "{} ({}{}, within {:.0} km{})",
                esc(&p.name),
                wording::within(p).iter().map(|w| format!("{}, ", esc(w))).collect::<String>(),
                wording::coordinates(p),
                p.radius_km,
                match index.spellings(p) {
                    none if none.is_empty() => String::new(),
                    some => format!("; also written {}", esc(&wording::list(&some))),
                }
            )
        })
        .collect();
    let places = if places.is_empty() { "not said, or not found".into() } else { wording::list(&places) };
    out.push_str(&format!("- Where: {places}\n"));
    out.push_str(&format!(
        "- Told by: {}, {}\n",
        wording::n(assessed.accounts.len(), "account"),
        wording::n(found.claims.len(), "claim")
    ));
    if let Some(whole) = &found.part_of
        && let Some(wider) = index.case.incidents.iter().find(|i| &i.incident.id == whole)
    {
        out.push_str(&format!("- Part of: {}\n", esc(&wider.incident.title)));
    }
    if !found.because.is_empty() {
        out.push_str(&format!("- Held to be one because: {}\n", esc(&found.because.join("; "))));
    }
}

fn verdict(out: &mut String, index: &Index<'_>, what: &str, made: &Verdict) {
    out.push_str(&format!(
        "- {what}: **{}** ({}). {} {}",
        wording::verdict(made.value),
        made.rule,
        esc(&wording::sentence(&made.because)),
        refs(&index.cite(&made.claims))
    ));
    if !made.would_change_if.is_empty() {
        out.push_str(&format!(" Would change if {}.", esc(made.would_change_if.trim_end_matches('.'))));
    }
    if let Some(judgement) = &made.overridden_by {
        out.push_str(&format!(" Set by a person: judgement {}.", esc(judgement)));
    }
    out.push('\n');
}

fn question(out: &mut String, index: &Index<'_>, answered: &Answered) {
    let (sign, word, _) = wording::status(answered.status);
    out.push_str(&format!("- **{}** {sign} {word}\n", wording::question(answered.question)));
    for held in &answered.positions {
        let stance = wording::stance(held, index.denies(held)).map(|(sign, word, _)| format!("{sign} {word}: "));
        let stance = stance.unwrap_or_default();
        out.push_str(&format!(
            "  - {stance}**{}** – {}, {} {}\n",
            esc(&wording::value(answered.question, &held.value)),
            esc(&index.by(held, usize::MAX)),
            wording::n(held.independent, "independent origin"),
            refs(&index.cite(&held.claims))
        ));
    }
    for group in grouped(index, answered.relations.iter().filter(|r| !r.review)) {
        relation(out, &group, "");
    }
    for group in grouped(index, answered.relations.iter().filter(|r| r.review)) {
        relation(out, &group, "For a person to look at: ");
    }
}

fn relation(out: &mut String, group: &Grouped<'_>, opening: &str) {
    let found = group.first;
    let (sign, verb) = wording::relation(found.kind);
    let gap = found.severity.map(|gap| format!(" ({})", wording::gap(gap))).unwrap_or_default();
    let cause = found.cause.map(|cause| format!("; {}", wording::cause(cause))).unwrap_or_default();
    out.push_str(&format!(
        "  - {opening}{} {sign} {verb} {}: {}{gap}{cause} ({})\n",
        refs(&group.a),
        refs(&group.b),
        esc(&wording::sentence(&found.because)),
        esc(found.rule)
    ));
}

fn side_by_side(out: &mut String, index: &Index<'_>, grid: &Grid<'_>) {
    if grid.columns.is_empty() || grid.rows.is_empty() {
        return;
    }
    heading(out, 3, "Side by side");
    let cell = |said: &[grid::Said<'_>]| {
        let all: Vec<String> = said
            .iter()
            .map(|one| {
                let denial = if one.denied { "denies " } else { "" };
                format!(
                    "{denial}{} – {} {}",
                    esc(&one.value),
                    esc(&wording::chain(one.cited.claim, "in its own voice")),
                    refs(&[one.cited])
                )
            })
            .collect();
        all.join("; ")
    };
    if grid.columns.len() <= TABLE_UP_TO {
        let mut head = vec!["Question".to_owned()];
        head.extend(grid.columns.iter().map(|c| format!("{} {}", c.n, esc(index.label(c.n)))));
        table_head(out, &head.iter().map(String::as_str).collect::<Vec<_>>());
        for line in &grid.rows {
            let mut cells = vec![wording::question(line.answered.question)];
            cells.extend(line.cells.iter().map(|said| cell(said)));
            row(out, &cells);
        }
        return;
    }
    for line in &grid.rows {
        if line.cells.iter().all(Vec::is_empty) {
            continue;
        }
        out.push_str(&format!("- **{}**\n", wording::question(line.answered.question)));
        for (column, said) in grid.columns.iter().zip(&line.cells) {
            if !said.is_empty() {
                out.push_str(&format!("  - {} {}: {}\n", column.n, esc(index.label(column.n)), cell(said)));
            }
        }
    }
}

fn range(out: &mut String, index: &Index<'_>, bounds: &Range) {
    out.push_str(&format!(
        "- **{}** {} – set by {} ({})\n",
        wording::range(bounds),
        wording::counted_by(bounds),
        refs(&index.cite(&bounds.set_by)),
        bounds.rule
    ));
    for words in wording::range_lines(bounds) {
        out.push_str(&format!("  - {}\n", esc(&words)));
    }
    let denied = index.cite(&bounds.denied_by_accused);
    if !denied.is_empty() {
        out.push_str(&format!("  - ¬ denied by the party accused {}\n", refs(&denied)));
    }
    for left in &bounds.left_out {
        if let Some(cited) = index.claim(&left.claim) {
            out.push_str(&format!("  - left out: {} {}\n", refs(&[cited]), esc(&left.because)));
        }
    }
}
