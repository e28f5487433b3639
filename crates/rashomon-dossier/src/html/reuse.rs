//! Who repeats whom? Credits, shared origins and copied passages, side by side.

use crate::html::page::Page;
use crate::html::{article, cite};
use crate::index::Index;
use crate::wording::{self, sentence};
use rashomon_model::dependence::{Dependence, DependenceKind, Passage, Upstream};
use rashomon_model::document::Document;

/// Copied passages shown per pair; the rest is counted.
const PASSAGES: usize = 3;

/// The section on repetition.
pub(crate) fn reuse(page: &mut Page, index: &Index<'_>) {
    if index.case.dependences.is_empty() {
        return;
    }
    page.el("section", &[("id", "reuse"), ("aria-labelledby", "reuse-h")], |page| {
        page.leaf("h2", &[("id", "reuse-h")], "Who repeats whom");
        page.leaf(
            "p",
            &[("class", "how")],
            "An account not named here was not found to repeat another; that does not show that it stands alone.",
        );
        page.el("ol", &[("class", "reuse")], |page| {
            for (at, edge) in index.case.dependences.iter().enumerate() {
                one(page, index, at + 1, edge);
            }
        });
    });
}

fn one(page: &mut Page, index: &Index<'_>, n: usize, edge: &Dependence) {
    let Some((from_n, from)) = index.document(&edge.from) else {
        return;
    };
    let id = format!("r{n}");
    page.el("li", &[("id", &id)], |page| {
        page.el("div", &[("class", "edge")], |page| {
            page.leaf("span", &[("class", "n")], &format!("R{n}"));
            page.text(" ");
            cite::account(page, index, from_n);
            page.text(" ");
            let (sign, verb) = wording::dependence(edge.kind, matches!(edge.to, Upstream::Source(_)));
            let tone = match edge.kind {
                DependenceKind::PossibleCopy => "single",
                _ => "unanswered",
            };
            cite::tag(page, tone, sign, verb);
            page.text(" ");
            match &edge.to {
                Upstream::Document(to) => match index.document(to) {
                    Some((to, _)) => cite::account(page, index, to),
                    None => page.text("an account that is not part of this case"),
                },
                Upstream::Source(to) => match index.source(to) {
                    Some((to, source)) => page.link(&format!("s{to}"), &source.name),
                    None => page.text("a source that is not part of this case"),
                },
            }
            page.text(". ");
            page.text(&sentence(&edge.because));
            page.text(" ");
            cite::rule(page, edge.direction_by);
        });
        passages(page, index, n, from_n, from, edge);
        let loose: Vec<usize> = (0..edge.anchors.len()).filter(|_| edge.passages.is_empty()).collect();
        if !loose.is_empty() {
            page.el("ul", &[("class", "plain")], |page| {
                for k in loose {
                    if let Some(anchor) = edge.anchors.get(k) {
                        page.el("li", &[], |page| article::quote(page, index, anchor, &format!("r{n}-a{}", k + 1)));
                    }
                }
            });
        }
    });
}

fn passages(page: &mut Page, index: &Index<'_>, n: usize, from_n: usize, from: &Document, edge: &Dependence) {
    let Upstream::Document(to) = &edge.to else { return };
    let Some((to_n, to)) = index.document(to) else { return };
    if edge.passages.is_empty() {
        return;
    }
    page.el("details", &[], |page| {
        page.leaf(
            "summary",
            &[],
            &format!(
                "{}, the longest of {}",
                wording::n(edge.passages.len(), "shared passage"),
                wording::n(edge.passages.first().map_or(0, |p| p.words), "word")
            ),
        );
        for (k, passage) in edge.passages.iter().take(PASSAGES).enumerate() {
            page.el("div", &[("class", "pair")], |page| {
                side(page, index, from_n, from, passage, true, &format!("r{n}-p{}-here", k + 1));
                side(page, index, to_n, to, passage, false, &format!("r{n}-p{}-there", k + 1));
            });
        }
    });
}

fn side(page: &mut Page, index: &Index<'_>, n: usize, doc: &Document, passage: &Passage, here: bool, target: &str) {
    let span = if here { passage.here } else { passage.there };
    page.el("figure", &[], |page| {
        page.el("figcaption", &[], |page| {
            cite::account(page, index, n);
            page.text(" · ");
            page.link(target, "in the text");
        });
        cite::excerpt(page, index, doc, &[span], &[]);
    });
}
