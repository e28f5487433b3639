//! What else should a reader know? Judgements, warnings, the signs, the rules, and what wrote the page.

use crate::html::cite;
use crate::html::page::{Page, fragment};
use crate::html::questions::tone;
use crate::index::{Index, shorten};
use crate::json::Generator;
use crate::rules as rule_table;
use crate::wording::{self, sentence};
use rashomon_model::alignment::{RelationKind, Status};
use rashomon_model::diagnostic::Severity;
use rashomon_model::judgement::{Applied, Decision, JudgedAnchor, Judgement, Outcome};

/// What people decided, and what became of it.
pub(crate) fn judgements(page: &mut Page, index: &Index<'_>) {
    if index.case.judgements.is_empty() {
        return;
    }
    page.el("section", &[("id", "judgements"), ("aria-labelledby", "judgements-h")], |page| {
        page.leaf("h2", &[("id", "judgements-h")], "Decided by people");
        page.leaf(
            "p",
            &[("class", "how")],
            "Decisions given with the accounts. They are applied as data and named where they took effect.",
        );
        page.el("ul", &[("class", "judgements")], |page| {
            for (at, made) in index.case.judgements.iter().enumerate() {
                let id = format!("j{}", at + 1);
                page.el("li", &[("id", &id)], |page| judgement(page, index, made));
            }
        });
    });
}

fn judgement(page: &mut Page, index: &Index<'_>, made: &Judgement) {
    page.leaf("b", &[], made.id.as_str());
    page.text(" ");
    let applied = index.applied(made);
    match applied.map(|one| &one.outcome) {
        Some(Outcome::Holds) | None => {}
        Some(Outcome::Withdrawn(by)) => cite::tag(page, "unanswered", "–", &format!("withdrawn by {by}")),
        Some(Outcome::Lost(_)) => cite::tag(page, "contested", "!", "no effect"),
    }
    page.text(" ");
    page.leaf("bdi", &[], &sentence(&decision(index, &made.decision)));
    page.text(" ");
    if let Some(one) = applied {
        cite::numbers(page, &index.cite(&one.claims));
    }
    page.el("div", &[("class", "how")], |page| {
        page.text(&format!("By {}, {}: {}", made.by, made.at, sentence(&made.why)));
        if let Some(why) = applied.and_then(Applied::lost) {
            page.text(&format!(" It has no effect: {}", sentence(why)));
        }
    });
}

/// A decision in words.
pub(crate) fn decision(index: &Index<'_>, decision: &Decision) -> String {
    let point = |anchor: &JudgedAnchor| {
        let doc = index.judged_document(anchor);
        let doc = doc.map_or_else(|| shorten(&anchor.document, 24), |n| format!("{n} {}", index.label(n)));
        match &anchor.quote {
            Some(words) => format!("“{}” in {doc}", shorten(words, 160)),
            None => doc,
        }
    };
    let not = |yes: &bool| if *yes { "" } else { "not " };
    match decision {
        Decision::SameIncident(a, b, yes) => format!("{} and {} are {}of one incident", point(a), point(b), not(yes)),
        Decision::SameSource(a, b, yes) => format!("{} and {} are {}one source", point(a), point(b), not(yes)),
        Decision::ExcludeClaim(a) => format!("{} is left out", point(a)),
        Decision::Credible(who) => format!("{who} is on the list of credible sources"),
        Decision::MostReliable(who) => format!("{who} is the most reliable origin"),
        Decision::Copy(a, b, true) => format!("{} copies {}", point(a), point(b)),
        Decision::Copy(a, b, false) => format!("{} does not copy {}", point(a), point(b)),
        Decision::Override { incident, what, value } => {
            let value = wording::verdict(value);
            format!("{} of the incident of {} is set to {value}", what.replace('_', " "), point(incident))
        }
        Decision::Verified { evidence, value } => format!("{} was checked: {value}", point(evidence)),
        Decision::Named { incident, of, category, names } => format!(
            "{} of {} {of} in the incident of {} are named and checked: {}",
            wording::n(names.len(), "victim"),
            category,
            point(incident),
            names.join(", ")
        ),
        Decision::Withdraw(earlier) => format!("judgement {earlier} no longer holds"),
    }
}

/// What was noticed while reading: warnings first.
pub(crate) fn diagnostics(page: &mut Page, index: &Index<'_>) {
    if index.case.diagnostics.is_empty() {
        return;
    }
    page.el("section", &[("id", "diagnostics"), ("aria-labelledby", "diagnostics-h")], |page| {
        page.leaf("h2", &[("id", "diagnostics-h")], "Warnings and remarks on the reading");
        for (severity, title) in [(Severity::Warning, "Warnings"), (Severity::Note, "Remarks")] {
            let found: Vec<_> =
                index.case.diagnostics.iter().enumerate().filter(|(_, d)| d.severity == severity).collect();
            if found.is_empty() {
                continue;
            }
            page.leaf("h3", &[], title);
            page.el("ul", &[("class", "plain")], |page| {
                for (at, one) in found {
                    let id = format!("x{}", at + 1);
                    page.el("li", &[("id", &id)], |page| {
                        page.leaf("code", &[], one.code);
                        page.text(" ");
                        page.text(&sentence(&one.message));
                        if let Some((n, _)) = one.document.as_ref().and_then(|id| index.document(id)) {
                            page.text(" ");
                            cite::account(page, index, n);
                            if one.span.is_some() {
                                page.text(" · ");
                                page.link(&format!("{id}-at"), "the words");
                            }
                        }
                    });
                }
            });
        }
    });
}

/// Signs and their meaning.
pub(crate) fn legend(page: &mut Page) {
    page.el("section", &[("id", "legend"), ("aria-labelledby", "legend-h")], |page| {
        page.leaf("h2", &[("id", "legend-h")], "How to read this");
        page.el("dl", &[("class", "legend")], |page| {
            for &status in Status::ALL {
                let (sign, word, gloss) = wording::status(status);
                page.el("div", &[], |page| {
                    page.el("dt", &[], |page| cite::tag(page, tone(status), sign, word));
                    page.leaf("dd", &[], &sentence(gloss));
                });
            }
            page.el("div", &[], |page| {
                page.el("dt", &[], |page| page.leaf("span", &[("class", "refs")], "12"));
                page.leaf(
                    "dd",
                    &[],
                    "A claim's number: leads to its words in the account; from there it leads back to the comparison.",
                );
            });
        });
        page.el("details", &[], |page| {
            page.leaf("summary", &[], "All relations between two claims");
            page.el("ul", &[("class", "plain")], |page| {
                for &kind in RelationKind::ALL {
                    let (sign, verb) = wording::relation(kind);
                    page.el("li", &[], |page| {
                        cite::tag(page, wording::relation_tone(kind), sign, verb);
                        page.text(" ");
                        page.leaf("code", &[], kind.name());
                    });
                }
            });
        });
    });
}

/// The sentence of every rule cited on the page.
pub(crate) fn rules(page: &mut Page) {
    let cited = page.rules();
    if cited.is_empty() {
        return;
    }
    page.el("section", &[("id", "rules"), ("aria-labelledby", "rules-h")], |page| {
        page.leaf("h2", &[("id", "rules-h")], "Rules cited");
        page.el("dl", &[("class", "rules")], |page| {
            for id in cited {
                let target = format!("rule-{}", fragment(&id));
                page.el("div", &[("id", &target)], |page| {
                    page.leaf("dt", &[], &id);
                    page.leaf("dd", &[], rule_table::explain(&id).unwrap_or("See `rashomon explain`."));
                });
            }
        });
    });
}

/// What wrote the page, with which models.
pub(crate) fn foot(page: &mut Page, index: &Index<'_>, generator: &Generator) {
    page.el("footer", &[], |page| {
        page.leaf(
            "p",
            &[],
            &format!("Written by Rashomon {} ({}), without network access.", generator.version, generator.analysis),
        );
        for model in &index.case.models {
            page.el("p", &[("class", "origin")], |page| {
                page.text(&format!("Model {}, SHA-256 {}", model.name, model.sha256));
            });
        }
    });
}
