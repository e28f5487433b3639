//! How many, from where to where? Ranges per outcome and category, with what set them and what was left out.

use crate::html::cite;
use crate::html::page::Page;
use crate::index::Index;
use crate::wording::{self, sentence};
use rashomon_model::assessment::Range;
use rashomon_model::case::AssessedIncident;

/// Claims left out that are shown at once.
const SHOWN: usize = 3;

/// The ranges of an incident.
pub(crate) fn ranges(page: &mut Page, index: &Index<'_>, id: &str, assessed: &AssessedIncident) {
    if assessed.ranges.is_empty() {
        return;
    }
    let heading = format!("{id}-ranges");
    page.el("section", &[("class", "ranges"), ("aria-labelledby", &heading)], |page| {
        page.leaf("h3", &[("id", &heading)], "Ranges");
        page.leaf(
            "p",
            &[("class", "how")],
            &format!(
                "Lowest and highest figure of the origins that stand; not a margin of error. Profile: {}.",
                wording::profile(index.case.profile)
            ),
        );
        page.el("div", &[("class", "range-list")], |page| {
            for bounds in &assessed.ranges {
                page.el("div", &[("class", "range")], |page| range(page, index, bounds));
            }
        });
    });
}

fn range(page: &mut Page, index: &Index<'_>, bounds: &Range) {
    page.el("h4", &[], |page| {
        let cited = index.cite(&bounds.set_by);
        page.el("span", &[("class", "figure")], |page| match cited.first() {
            Some(first) => page.link(&format!("w{}", first.n), &wording::range(bounds)),
            None => page.text(&wording::range(bounds)),
        });
        page.text(" ");
        page.text(&wording::counted_by(bounds));
    });
    page.el("ul", &[("class", "plain")], |page| {
        page.el("li", &[], |page| {
            page.text("Set by ");
            cite::numbers(page, &index.cite(&bounds.set_by));
            page.text(" ");
            cite::rule(page, bounds.rule);
        });
        for words in wording::range_lines(bounds) {
            page.leaf("li", &[], &words);
        }
        if !bounds.denied_by_accused.is_empty() {
            page.el("li", &[], |page| {
                cite::tag(page, "contested", "¬", "denied by the party accused");
                page.text(" ");
                cite::numbers(page, &index.cite(&bounds.denied_by_accused));
            });
        }
    });
    if bounds.left_out.is_empty() {
        return;
    }
    let list = |page: &mut Page| {
        page.el("ul", &[("class", "relations")], |page| {
            for left in &bounds.left_out {
                if let Some(cited) = index.claim(&left.claim) {
                    page.el("li", &[], |page| {
                        cite::number(page, &cited);
                        page.text(" ");
                        page.text(&sentence(&left.because));
                    });
                }
            }
        });
    };
    if bounds.left_out.len() <= SHOWN {
        page.leaf("p", &[("class", "left-out")], "Left out:");
        list(page);
    } else {
        page.el("details", &[], |page| {
            page.leaf("summary", &[], &format!("Left out: {}", wording::n(bounds.left_out.len(), "claim")));
            list(page);
        });
    }
}
