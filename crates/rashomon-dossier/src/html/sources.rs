//! Who speaks? Everyone a claim is credited to: how named, for whom, what they say, how often only passed on.

use crate::html::cite;
use crate::html::page::Page;
use crate::index::{Cited, Index};
use crate::wording;
use rashomon_model::id::SourceId;
use rashomon_model::source::Source;
use std::collections::BTreeMap;

/// The section of sources: those who are an origin first, by number of claims.
pub(crate) fn sources(page: &mut Page, index: &Index<'_>) {
    if index.case.sources.is_empty() {
        return;
    }
    let mut says: BTreeMap<&SourceId, Vec<Cited<'_>>> = BTreeMap::new();
    let mut passes: BTreeMap<&SourceId, Vec<Cited<'_>>> = BTreeMap::new();
    for cited in index.claims() {
        let last = cited.claim.chain.len().saturating_sub(1);
        for (i, link) in cited.claim.chain.iter().enumerate() {
            if let Some(id) = &link.source {
                let list = if i == last { &mut says } else { &mut passes };
                list.entry(id).or_default().push(cited);
            }
        }
    }
    let of = |list: &BTreeMap<&SourceId, Vec<Cited<'_>>>, source: &Source| list.get(&source.id).map_or(0, Vec::len);
    let mut order: Vec<(usize, &Source)> = index.case.sources.iter().enumerate().collect();
    order.sort_by_key(|(at, source)| (std::cmp::Reverse((of(&says, source), of(&passes, source))), *at));
    page.el("section", &[("id", "sources"), ("aria-labelledby", "sources-h")], |page| {
        page.leaf("h2", &[("id", "sources-h")], "Who speaks");
        page.el(
            "div",
            &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", "sources-h")],
            |page| {
                page.el("table", &[("class", "sources")], |page| {
                    page.el("thead", &[], |page| {
                        page.el("tr", &[], |page| {
                            for words in ["Source", "Named as", "Says", "Passes on"] {
                                page.leaf("th", &[("scope", "col")], words);
                            }
                        });
                    });
                    page.el("tbody", &[], |page| {
                        for (at, source) in order {
                            let (said, passed) = (says.get(&source.id), passes.get(&source.id));
                            row(page, index, at + 1, source, said, passed);
                        }
                    });
                });
            },
        );
    });
}

fn row(
    page: &mut Page,
    index: &Index<'_>,
    n: usize,
    source: &Source,
    said: Option<&Vec<Cited<'_>>>,
    passed: Option<&Vec<Cited<'_>>>,
) {
    let id = format!("s{n}");
    page.el("tr", &[("id", &id)], |page| {
        page.el("th", &[("scope", "row")], |page| {
            page.leaf("bdi", &[], &source.name);
            page.el("div", &[("class", "how")], |page| {
                page.text(wording::speaker(source.kind));
                if let Some((other, whom)) = source.affiliation.as_ref().and_then(|id| index.source(id)) {
                    page.text(", speaks for ");
                    page.link(&format!("s{other}"), &whom.name);
                }
                if let Some((only, _)) = source.document.as_ref().and_then(|id| index.document(id)) {
                    page.text(", known only from ");
                    cite::account(page, index, only);
                }
            });
        });
        page.el("td", &[], |page| {
            let others: Vec<&str> = source.names.iter().map(String::as_str).filter(|n| *n != source.name).collect();
            page.text(&others.join("; "));
            if let Some(words) = &source.described_as {
                page.leaf("div", &[("class", "how")], &format!("described as “{words}”"));
            }
            for why in &source.merged_because {
                page.leaf("div", &[("class", "how")], why);
            }
        });
        for (list, of) in [(said, "Says"), (passed, "Passes on")] {
            page.el("td", &[("data-of", of)], |page| match list {
                Some(list) => {
                    page.text(&wording::n(list.len(), "claim"));
                    page.text(" ");
                    cite::numbers(page, list);
                }
                None => page.text("–"),
            });
        }
    });
}
