//! Which element is the article's text? The one the page names so, or the smallest that holds most of it.

use super::{NAMED, held, sums};
use crate::html::cues::Cue;
use crate::html::tree::{Element, Flat};
use crate::{limits, words};

/// A child with this share of its parent's quality is where the article is; calibrated on the developers' pages.
const DOMINANT: f64 = 0.7;
/// Where parts of the name of the article's text stand beside each other, what all hold over what the largest holds from which
/// on what is around them is taken: a first section of one paragraph is often 3 % of a long article.
const APART: f64 = 1.01;
/// Least share of a part of the text that stands in a wrapper of its own, and what all must hold over what the largest holds.
const PART: f64 = 0.04;
const SCATTERED: f64 = 1.1;

/// The smallest element that holds most of what the page's own structured data gives as the article's words.
pub(super) fn guided(flat: &Flat, guide: &str) -> Option<usize> {
    let words = words::lower(guide);
    if words.len() < 60 {
        return None;
    }
    let known: std::collections::BTreeSet<[&str; 4]> = words
        .windows(4)
        .filter_map(|w| Some([w.first()?.as_str(), w.get(1)?.as_str(), w.get(2)?.as_str(), w.get(3)?.as_str()]))
        .collect();
    let hits: Vec<f64> = flat
        .blocks
        .iter()
        .map(|block| {
            let own = words::lower(&block.text);
            own.windows(4)
                .filter(|w| match w {
                    [a, b, c, d] => known.contains(&[a.as_str(), b.as_str(), c.as_str(), d.as_str()]),
                    _ => false,
                })
                .count() as f64
        })
        .collect();
    let total = sums(flat, &hits);
    let page = held(&total, 0);
    if page < 0.6 * known.len() as f64 {
        return None;
    }
    (1..flat.elements.len())
        .rev()
        .find(|at| held(&total, *at) >= 0.9 * page && flat.elements.get(*at).is_some_and(|e| e.blocks.len() > 1))
}

/// The element the page names as the article's text.
pub(super) fn named(flat: &Flat, total: &[f64], page: f64, pruned: &[bool]) -> Option<usize> {
    let share = |at: usize| held(total, at) / page.max(1.0);
    let open = |at: &usize| !pruned.get(*at).copied().unwrap_or(false);
    // Share of an element and of its siblings that pass the same test.
    let beside = |at: usize, test: &dyn Fn(&Element) -> bool| -> f64 {
        let Some(parent) = flat.elements.get(at).map(|e| e.parent) else { return 0.0 };
        let end = flat.elements.get(parent).map_or(0, |e| e.end);
        let (mut child, mut sum) = (parent + 1, 0.0);
        while child < end {
            if open(&child) && flat.elements.get(child).is_some_and(test) {
                sum += share(child);
            }
            child = flat.elements.get(child).map_or(end, |e| e.end.max(child + 1));
        }
        sum
    };
    let best =
        |test: &dyn Fn(&Element) -> bool| -> Option<usize> {
            let candidates: Vec<usize> = (1..flat.elements.len())
                .filter(open)
                .filter(|at| flat.elements.get(*at).is_some_and(test))
                .filter(|at| share(*at) >= NAMED || share(*at) >= 0.1 && beside(*at, test) >= 1.5 * NAMED)
                .collect();
            let top = candidates.iter().copied().map(share).fold(0.0, f64::max);
            // The innermost of those that hold nearly as much as the best; where the text is cut into several parts of that
            // name beside each other, what is around them.
            let best = candidates.into_iter().rev().find(|at| share(*at) >= 0.9 * top)?;
            let parent = flat.elements.get(best)?.parent;
            if beside(best, test) > APART * share(best) && parent != 0 {
                return Some(parent);
            }
            Some(
                scattered(flat, best, |at| {
                    if open(&at) && flat.elements.get(at).is_some_and(test) { share(at) } else { 0.0 }
                })
                .unwrap_or(best),
            )
        };
    best(&|e| e.names.has_itemprop(Cue::Body) && !matches!(e.tag, "body" | "html"))
        .or_else(|| best(&|e| e.names.has(Cue::Body) && !matches!(e.tag, "body" | "html")))
        .or_else(|| {
            let articles = flat.elements.iter().filter(|e| e.tag == "article").count();
            best(&|e| e.tag == "article" || e.itemtype_article).filter(|at| articles == 1 || share(*at) >= DOMINANT)
        })
        .or_else(|| {
            best(&|e| e.tag == "main" || e.role == "main")
                .filter(|at| share(*at) >= DOMINANT)
                .map(|at| descend_from(flat, total, at))
        })
}

/// What is around the parts of the text, where they stand in wrappers of their own: `part` gives the share of an element that
/// is named as the text, nothing for any other. Parts of another article, and parts with a headline between, are not the same text.
fn scattered(flat: &Flat, best: usize, part: impl Fn(usize) -> f64) -> Option<usize> {
    let article = |at: usize| {
        let above =
            std::iter::successors(Some(at), |at| flat.elements.get(*at).map(|e| e.parent).filter(|up| up != at));
        above
            .take(limits::DEEPEST)
            .find(|at| flat.elements.get(*at).is_some_and(|e| e.tag == "article" || e.itemtype_article))
    };
    let home = article(best);
    let (mut at, mut sum, mut parts) = (1, 0.0, Vec::new());
    while let Some(element) = flat.elements.get(at) {
        let share = part(at);
        if share >= PART && article(at) == home {
            sum += share;
            parts.push(at);
        }
        at = if share >= PART { element.end.max(at + 1) } else { at + 1 };
    }
    let (first, last) = (*parts.first()?, *parts.last()?);
    let between = flat.elements.get(first..last)?;
    if sum < SCATTERED * part(best) || between.iter().any(|e| e.tag == "h1") {
        return None;
    }
    let mut around = first;
    while !flat.elements.get(around).is_some_and(|e| (around..e.end).contains(&last)) {
        around = flat.elements.get(around).map(|e| e.parent).filter(|up| *up != 0)?;
    }
    (!matches!(flat.elements.get(around)?.tag, "body" | "html")).then_some(around)
}

/// From the whole page down to the smallest element that holds most of the quality.
pub(super) fn descend(flat: &Flat, total: &[f64]) -> usize {
    descend_from(flat, total, 0)
}

/// The same from one of its elements down.
fn descend_from(flat: &Flat, total: &[f64], from: usize) -> usize {
    let mut at = from;
    loop {
        let here = held(total, at);
        let end = flat.elements.get(at).map_or(0, |e| e.end);
        let mut child = at + 1;
        let mut best = None;
        while child < end {
            let own = held(total, child);
            if own >= DOMINANT * here && here > 0.0 {
                best = Some(child);
                break;
            }
            child = flat.elements.get(child).map_or(end, |e| e.end.max(child + 1));
        }
        match best {
            Some(next)
                if paragraphs(flat, total, at) < LEAD * here
                    && flat
                        .elements
                        .get(next)
                        .is_some_and(|e| e.blocks.len() > 1 || !matches!(e.tag, "p" | "blockquote" | "li")) =>
            {
                at = next
            }
            _ => return at,
        }
    }
}

/// Share of an element's quality in paragraphs of its own from which the text is not in one part of it alone.
const LEAD: f64 = 0.1;

/// Quality of the paragraphs that are an element's own children.
fn paragraphs(flat: &Flat, total: &[f64], at: usize) -> f64 {
    let end = flat.elements.get(at).map_or(0, |e| e.end);
    let (mut child, mut sum) = (at + 1, 0.0);
    while let Some(element) = flat.elements.get(child).filter(|_| child < end) {
        if element.tag == "p" {
            sum += held(total, child);
        }
        child = element.end.max(child + 1);
    }
    sum
}
