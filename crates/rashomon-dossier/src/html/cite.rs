//! How is a claim cited? Numbers that lead to its words, excerpts with the words marked, and claim cards.

use crate::grid::{self, Said};
use crate::html::page::Page;
use crate::index::{Cited, Index};
use crate::wording;
use rashomon_model::alignment::Question;
use rashomon_model::document::Document;
use rashomon_model::span::Span;

/// Numbers shown before the rest is folded away.
const SHOWN: usize = 8;

/// The number of one claim, leading to its words in the article.
pub(crate) fn number(page: &mut Page, cited: &Cited<'_>) {
    let href = format!("#w{}", cited.n);
    let label = format!("claim {}, to its words", cited.n);
    page.leaf("a", &[("class", "ref"), ("href", &href), ("aria-label", &label)], &cited.n.to_string());
}

/// Numbers of several claims; many are folded. Holds a `details`, so it must not stand in a paragraph.
pub(crate) fn numbers(page: &mut Page, cited: &[Cited<'_>]) {
    let (first, rest) = cited.split_at(cited.len().min(SHOWN));
    let row = |page: &mut Page, list: &[Cited<'_>]| {
        page.el("span", &[("class", "refs")], |page| {
            for (i, one) in list.iter().enumerate() {
                if i > 0 {
                    page.text(" ");
                }
                number(page, one);
            }
        });
    };
    if first.is_empty() {
        return;
    }
    row(page, first);
    if !rest.is_empty() {
        page.el("details", &[("class", "more")], |page| {
            page.leaf("summary", &[], &format!("and {} more", rest.len()));
            row(page, rest);
        });
    }
}

/// A rule id, leading to its sentence.
pub(crate) fn rule(page: &mut Page, id: &str) {
    let target = page.rule(id);
    let label = format!("rule {id}");
    let href = format!("#{target}");
    page.leaf("a", &[("class", "rule"), ("href", &href), ("aria-label", &label)], id);
}

/// A judgement by its id, leading to its entry.
pub(crate) fn judgement(page: &mut Page, index: &Index<'_>, id: &str) {
    match index.judgement(id) {
        Some((n, _)) => page.link(&format!("j{n}"), &format!("judgement {id}")),
        None => page.text(&format!("judgement {id}")),
    }
}

/// A status, grade or relation tag: sign, word and tone; the sign is for the eye only.
pub(crate) fn tag(page: &mut Page, tone: &str, sign: &str, words: &str) {
    let class = format!("tag {tone}");
    page.el("span", &[("class", &class)], |page| {
        page.leaf("span", &[("class", "sign"), ("aria-hidden", "true")], sign);
        page.text(" ");
        page.text(words);
    });
}

/// The name of an account, leading to its text.
pub(crate) fn account(page: &mut Page, index: &Index<'_>, n: usize) {
    let href = format!("#d{n}");
    page.el("a", &[("class", "account"), ("href", &href)], |page| {
        page.leaf("span", &[("class", "n")], &n.to_string());
        page.text(" ");
        page.leaf("bdi", &[], index.label(n));
    });
}

/// A piece of the article with the claim's words marked, and within them the words that answer.
pub(crate) fn excerpt(page: &mut Page, index: &Index<'_>, doc: &Document, anchors: &[Span], strong: &[Span]) {
    let Some(cover) = anchors.iter().copied().reduce(Span::cover) else {
        return;
    };
    let shown = index.around(doc, cover);
    page.el("blockquote", &[("dir", "auto")], |page| {
        if shown.start > 0 {
            page.text("… ");
        }
        marked(page, doc, shown, anchors, strong);
        if (shown.end as usize) < doc.text.len() {
            page.text(" …");
        }
    });
}

/// The words of `shown`, cut at every boundary of a mark.
fn marked(page: &mut Page, doc: &Document, shown: Span, anchors: &[Span], strong: &[Span]) {
    let mut cuts: Vec<usize> = anchors
        .iter()
        .chain(strong)
        .flat_map(|s| [s.start as usize, s.end as usize])
        .filter(|&at| at > shown.start as usize && at < shown.end as usize)
        .map(|at| doc.text.floor_char_boundary(at))
        .collect();
    cuts.push(shown.start as usize);
    cuts.push(shown.end as usize);
    cuts.sort_unstable();
    cuts.dedup();
    for pair in cuts.windows(2) {
        let &[from, to] = pair else { continue };
        let words = doc.text.get(from..to).unwrap_or_default();
        let piece = Span::from_usize(from, to);
        let inside = |list: &[Span]| list.iter().any(|s| s.contains(piece));
        match (inside(anchors), inside(strong)) {
            (false, _) => page.text(words),
            (true, false) => page.leaf("mark", &[], words),
            (true, true) => page.el("mark", &[], |page| page.leaf("b", &[], words)),
        }
    }
}

/// Voices for one value in one cell shown before the rest is folded.
const VOICES: usize = 4;

/// What one account says on one question: each value once, under it everyone said to say so, and behind each the words.
pub(crate) fn cell(page: &mut Page, index: &Index<'_>, cell: &[Said<'_>], question: Question) {
    let mut values: Vec<(&str, bool)> = Vec::new();
    for said in cell {
        if !values.contains(&(said.value.as_str(), said.denied)) {
            values.push((&said.value, said.denied));
        }
    }
    for (value, denied) in values {
        let cited: Vec<Cited<'_>> =
            cell.iter().filter(|s| s.value == value && s.denied == denied).map(|s| s.cited).collect();
        card(page, index, &cited, value, denied, Some(question));
    }
}

/// A value and the voices behind it. The first card of a claim bears its id (`c12`), the target of the mark in the article.
pub(crate) fn card(
    page: &mut Page,
    index: &Index<'_>,
    cited: &[Cited<'_>],
    value: &str,
    denied: bool,
    question: Option<Question>,
) {
    page.el("div", &[("class", "said")], |page| {
        page.el("div", &[("class", "value")], |page| {
            if denied {
                tag(page, "contested", "¬", "denies");
                page.text(" ");
            }
            page.leaf("bdi", &[], value);
        });
        let (first, rest) = cited.split_at(cited.len().min(VOICES));
        for one in first {
            voice(page, index, one, question);
        }
        if !rest.is_empty() {
            page.el("details", &[("class", "fold-voices")], |page| {
                page.leaf("summary", &[], &format!("and {}", wording::n(rest.len(), "more claim")));
                for one in rest {
                    voice(page, index, one, question);
                }
            });
        }
    });
}

/// One claim: its number, who says it, and behind that the exact words and how they were read.
fn voice(page: &mut Page, index: &Index<'_>, cited: &Cited<'_>, question: Option<Question>) {
    let claim = cited.claim;
    let id = format!("c{}", cited.n);
    let named: &[(&'static str, &str)] = &[("class", "voice"), ("id", &id)];
    let attrs = if page.first_card(cited.n) { named } else { named.get(..1).unwrap_or_default() };
    page.el("div", attrs, |page| {
        number(page, cited);
        if let Some(made) = index.left_out_by(&claim.id) {
            page.text(" ");
            tag(page, "unanswered", "×", "left out by a person");
            page.text(" ");
            judgement(page, index, made.id.as_str());
        }
        page.el("details", &[], |page| {
            page.leaf("summary", &[], &wording::chain(claim, "in its own voice"));
            let strong = question.map(|q| grid::answer_spans(claim, q)).unwrap_or_default();
            excerpt(page, index, cited.doc, &claim.anchors, &strong);
            page.leaf("p", &[("class", "how")], &wording::how(claim));
            if !claim.why.is_empty() {
                page.leaf("p", &[("class", "how")], &format!("Read so: {}", claim.why.join("; ")));
            }
            for item in &claim.evidence {
                if let Some(n) = index.evidence_number(item) {
                    page.el("p", &[("class", "how")], |page| {
                        page.text("Evidence: ");
                        page.link(&format!("e{n}"), &format!("E{n}"));
                    });
                }
            }
        });
    });
}
