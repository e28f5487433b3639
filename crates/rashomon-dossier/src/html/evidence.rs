//! On what evidence? Videos, lists, recordings and imagery: who cites them, what is said of their verification.

use crate::html::page::Page;
use crate::html::{article, cite};
use crate::index::{Cited, Index};
use crate::wording;
use rashomon_model::evidence::EvidenceItem;

/// The section of evidence items.
pub(crate) fn evidence(page: &mut Page, index: &Index<'_>) {
    if index.case.evidence.is_empty() {
        return;
    }
    page.el("section", &[("id", "evidence"), ("aria-labelledby", "evidence-h")], |page| {
        page.leaf("h2", &[("id", "evidence-h")], "Evidence the accounts offer");
        page.leaf(
            "p",
            &[("class", "how")],
            "What accounts point to. None of it was looked at; only what they say of it is shown.",
        );
        page.el("ol", &[("class", "items")], |page| {
            for (at, item) in index.case.evidence.iter().enumerate() {
                one(page, index, at + 1, item);
            }
        });
    });
}

fn one(page: &mut Page, index: &Index<'_>, n: usize, item: &EvidenceItem) {
    let id = format!("e{n}");
    page.el("li", &[("id", &id)], |page| {
        page.el("h3", &[], |page| {
            page.leaf("span", &[("class", "n")], &format!("E{n}"));
            page.text(" ");
            page.leaf("bdi", &[], &item.description);
        });
        page.el("div", &[("class", "edge")], |page| {
            page.text(wording::evidence(item.kind));
            page.text(" · ");
            let (sign, words, tone) = wording::verification(item.verification);
            cite::tag(page, tone, sign, words);
            if let Some(judgement) = &item.judged {
                page.text(" set by a person: ");
                cite::judgement(page, index, judgement.as_str());
            }
        });
        page.el("ul", &[("class", "plain")], |page| {
            for (k, anchor) in item.mentions.iter().enumerate() {
                page.el("li", &[], |page| article::quote(page, index, anchor, &format!("e{n}-m{}", k + 1)));
            }
            for (k, anchor) in item.verification_anchors.iter().enumerate() {
                page.el("li", &[], |page| {
                    page.text("On its verification, ");
                    article::quote(page, index, anchor, &format!("e{n}-v{}", k + 1));
                });
            }
        });
        let cited: Vec<Cited<'_>> = index.claims_offering(&item.id).collect();
        if !cited.is_empty() {
            page.el("div", &[("class", "how")], |page| {
                page.text("Offered for ");
                cite::numbers(page, &cited);
            });
        }
    });
}
