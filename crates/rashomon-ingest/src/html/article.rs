//! Which of the page's blocks are the article?
//!
//! 1. Each block gets a quality: the characters of running text outside links.
//! 2. Parts the page names as something else (navigation, comments, related stories …) are left out, unless so much of the
//!    page's running text stands inside that the name must mean something else.
//! 3. The article's element is the one the page names as its text, or else the smallest that holds most of the quality.
//! 4. Inside it, blocks that are mostly links go, and headings with nothing under them.

use super::cues::Cue;
use super::tree::{Block, Element, Flat};
use crate::words;

/// Share of the page's quality that a part with a strong name must hold to be kept all the same: templates call the element
/// around everything "has-sidebar" or "share-docked"; side matter rarely holds that much.
const STRONG: f64 = 0.4;
/// The same for comments, which can hold more text than a short article.
const COMMENTS: f64 = 0.8;
/// If names leave less than this share of the page's quality, they are not believed, but for comments and navigation.
const BELIEVED: f64 = 0.25;
/// The same for a weak name ("info", "box"): kept if it holds this much.
const WEAK: f64 = 0.3;
/// A child with this share of its parent's quality is where the article is; calibrated on the developers' pages.
const DOMINANT: f64 = 0.7;
/// Share of the page's quality that an element named as the article's text must hold.
const NAMED: f64 = 0.35;
/// Where parts of the name of the article's text stand beside each other, what all hold over what the largest holds from which
/// on what is around them is taken: a first section of one paragraph is often 3 % of a long article.
const APART: f64 = 1.01;
/// Share of the words of the element named as the text below which what the structured data holds is its beginning only.
const BEGINNING: f64 = 0.6;
/// Words of the page's description with which a block must begin to be known as what the page is about.
const TOLD: usize = 8;
/// Share of the page's quality in hidden parts beside each other from which they are steps of a slide show or folds of the text,
/// and their least number.
const UNFOLDED: (f64, usize) = (0.5, 3);
/// Least share of a part of the text that stands in a wrapper of its own, and what all must hold over what the largest holds.
const PART: f64 = 0.04;
const SCATTERED: f64 = 1.1;
/// Share of linked characters above which a block is a link, not a sentence.
const LINKED: f64 = 0.5;

/// The article on a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// Indices of its blocks, in order.
    pub(super) blocks: Vec<usize>,
    /// For each element, whether it was left out by its name.
    pub(super) pruned: Vec<bool>,
}

/// Characters of running text of a block, links taken off.
fn quality(flat: &Flat, block: &Block) -> f64 {
    let n = block.words;
    let share = block.linked as f64 / block.chars.max(1) as f64;
    if share > LINKED || n < 8 || block.byline && n < 30 {
        return 0.0;
    }
    if crate::furniture::server_error(&block.text) {
        return 0.0;
    }
    let sentence = words::ends_sentence(&block.text) || n >= 20;
    if !sentence {
        return 0.0;
    }
    let tag = flat.elements.get(block.element).map_or("", |element| element.tag);
    let weight = match tag {
        "li" | "dd" | "td" | "th" | "figcaption" => 0.5,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => 0.1,
        _ => 1.0,
    };
    block.chars as f64 * (1.0 - share) * weight
}

/// Finds the article.
///
/// `guide` is what the page's structured data gives as the article's words, `described` what it says the article is about.
pub(super) fn find(flat: &Flat, guide: Option<&str>, described: Option<&str>) -> Found {
    let raw: Vec<f64> = flat.blocks.iter().map(|block| quality(flat, block)).collect();
    let total = sums(flat, &raw);
    let page = total.first().copied().unwrap_or(0.0);
    let mut pruned = prune(flat, &total, page, true);
    let mut kept = remaining(flat, &raw, &pruned);
    let told =
        |at: usize| described.is_some_and(|words| flat.blocks.get(at).is_some_and(|block| begins(&block.text, words)));
    let told = || kept.iter().enumerate().any(|(at, quality)| *quality > 0.0 && told(at));
    if kept.iter().sum::<f64>() < BELIEVED * page && !told() {
        let cautious = prune(flat, &total, page, false);
        let more = remaining(flat, &raw, &cautious);
        if more.iter().sum::<f64>() > 2.0 * kept.iter().sum::<f64>() {
            (pruned, kept) = (cautious, more);
        }
    }
    let total = sums(flat, &kept);
    let page = total.first().copied().unwrap_or(0.0);
    let named = named(flat, &total, page, &pruned);
    let guided = guide.and_then(|guide| {
        let at = guided(flat, guide)?;
        // Some structured data holds the beginning only.
        let more = named.filter(|named| flat.elements.get(*named).is_some_and(|e| (*named..e.end).contains(&at)));
        let whole = more.and_then(|named| total.get(named)).copied().unwrap_or(0.0);
        Some(if (guide.chars().count() as f64) < BEGINNING * whole { more.unwrap_or(at) } else { at })
    });
    let root = guided.or(named).unwrap_or_else(|| descend(flat, &total));
    listed(flat, root, &total, &mut pruned);
    let blocks = choose(flat, root, &pruned);
    Found { blocks, pruned }
}

/// Which elements are outside the article by tag, role or name; what is inside them is too.
fn prune(flat: &Flat, total: &[f64], page: f64, names: bool) -> Vec<bool> {
    let mut pruned = vec![false; flat.elements.len()];
    let main = main_element(flat, total, page);
    let mut folds = vec![(0.0, 0usize); flat.elements.len()];
    for (at, element) in flat.elements.iter().enumerate().filter(|(_, element)| element.hidden) {
        let own = total.get(at).copied().unwrap_or(0.0);
        if let Some(slot) = folds.get_mut(element.parent).filter(|_| own > 0.0) {
            *slot = (slot.0 + own, slot.1 + 1);
        }
    }
    for at in 1..flat.elements.len() {
        let Some(element) = flat.elements.get(at) else { continue };
        let inside = pruned.get(element.parent).copied().unwrap_or(false);
        let own = total.get(at).copied().unwrap_or(0.0);
        let holds_main = main.is_some_and(|main| at <= main && main < element.end);
        let (folded, n) = folds.get(element.parent).copied().unwrap_or_default();
        let unfolded = folded >= UNFOLDED.0 * page && n >= UNFOLDED.1;
        let drop = inside || (!holds_main && outside(element, own, page, names, unfolded));
        if let Some(slot) = pruned.get_mut(at) {
            *slot = drop;
        }
    }
    pruned
}

/// Whether a text begins as the page's description does, word for word as far as the shorter goes.
fn begins(text: &str, described: &str) -> bool {
    let described = words::lower(described);
    let own = text.split_whitespace().take(2 * TOLD);
    let own = words::lower(&own.collect::<Vec<_>>().join(" "));
    let same = own.iter().zip(&described).take_while(|(a, b)| a == b).count();
    same >= TOLD
}

/// Qualities with those of pruned parts set to nothing.
fn remaining(flat: &Flat, raw: &[f64], pruned: &[bool]) -> Vec<f64> {
    flat.blocks
        .iter()
        .zip(raw)
        .map(|(block, q)| if pruned.get(block.element).copied().unwrap_or(false) { 0.0 } else { *q })
        .collect()
}

/// Sum of block values inside each element.
fn sums(flat: &Flat, values: &[f64]) -> Vec<f64> {
    let mut prefix = Vec::with_capacity(values.len() + 1);
    let mut sum = 0.0;
    prefix.push(sum);
    for value in values {
        sum += value;
        prefix.push(sum);
    }
    let at = |i: usize| prefix.get(i).copied().unwrap_or(sum);
    flat.elements.iter().map(|e| at(e.blocks.end) - at(e.blocks.start)).collect()
}

/// The one element marked `main`, or the one article marked so, if it holds running text: what is around it is never pruned.
fn main_element(flat: &Flat, total: &[f64], page: f64) -> Option<usize> {
    let holds = |at: usize| total.get(at).copied().unwrap_or(0.0) >= NAMED * page;
    let body = flat.elements.iter().position(|e| e.names.has_itemprop(Cue::Body));
    body.filter(|at| holds(*at)).or_else(|| {
        let named: Vec<usize> = (1..flat.elements.len())
            .filter(|at| flat.elements.get(*at).is_some_and(|e| e.names.has(Cue::Body)) && holds(*at))
            .collect();
        named.last().copied()
    })
}

/// Whether an element is not of the article by its tag, role or name.
///
/// With `unfolded` it does not matter that the page hides it.
fn outside(element: &Element, own: f64, page: f64, names: bool, unfolded: bool) -> bool {
    let share = if page > 0.0 { own / page } else { 0.0 };
    match element.tag {
        "html" | "body" => return false,
        "nav" | "menu" | "dialog" | "search" => return true,
        "footer" | "aside" | "form" if share < WEAK => {
            return true;
        }
        _ => {}
    }
    if matches!(
        element.role.as_str(),
        "navigation"
            | "search"
            | "complementary"
            | "contentinfo"
            | "banner"
            | "menu"
            | "menubar"
            | "dialog"
            | "alertdialog"
            | "toolbar"
            | "tablist"
    ) && share < WEAK
    {
        return true;
    }
    if element.hidden && share < WEAK && !unfolded {
        return true;
    }
    let heading = matches!(element.tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if heading {
        return false;
    }
    if element.names.has(Cue::Comments) {
        return share < COMMENTS;
    }
    names && element.names.has(Cue::Strong) && share < STRONG
}

/// The smallest element that holds most of what the page's own structured data gives as the article's words.
fn guided(flat: &Flat, guide: &str) -> Option<usize> {
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
    if total.first().copied().unwrap_or(0.0) < 0.6 * known.len() as f64 {
        return None;
    }
    let page = total.first().copied().unwrap_or(0.0);
    (1..flat.elements.len()).rev().find(|at| {
        total.get(*at).copied().unwrap_or(0.0) >= 0.9 * page
            && flat.elements.get(*at).is_some_and(|e| e.blocks.len() > 1)
    })
}

/// The element the page names as the article's text.
fn named(flat: &Flat, total: &[f64], page: f64, pruned: &[bool]) -> Option<usize> {
    let share = |at: usize| total.get(at).copied().unwrap_or(0.0) / page.max(1.0);
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
            .take(crate::limits::DEEPEST)
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

/// Most words of a label over other articles, and most of the text that may stand under one.
const LABEL: (usize, f64) = (8, 0.5);

/// Leaves out the parts of the article's element that begin with a label over other articles ("More stories").
fn listed(flat: &Flat, root: usize, total: &[f64], pruned: &mut [bool]) {
    let Some(element) = flat.elements.get(root) else { return };
    let whole = total.get(root).copied().unwrap_or(0.0);
    // Above the text such a label is the section's name.
    let text = element.blocks.clone().skip_while(|i| !flat.blocks.get(*i).is_some_and(|b| words::runs(&b.text)));
    for i in text {
        let Some(block) = flat.blocks.get(i).filter(|b| b.words <= LABEL.0 && crate::furniture::closing(&b.text))
        else {
            continue;
        };
        // The largest part that begins with it and holds no headline.
        let begins = |(at, e): &(usize, &Element)| {
            let inside = flat.elements.get(*at..e.end).unwrap_or_default();
            *at > root
                && e.blocks.start == i
                && total.get(*at).copied().unwrap_or(0.0) <= LABEL.1 * whole
                && (e.blocks.len() <= 2 || !inside.iter().any(|e| e.tag == "h1"))
        };
        if let Some((at, e)) = flat.around(block).take_while(begins).last() {
            for slot in pruned.get_mut(at..e.end).unwrap_or_default() {
                *slot = true;
            }
        }
    }
}

/// From the whole page down to the smallest element that holds most of the quality.
fn descend(flat: &Flat, total: &[f64]) -> usize {
    descend_from(flat, total, 0)
}

fn descend_from(flat: &Flat, total: &[f64], from: usize) -> usize {
    let mut at = from;
    loop {
        let here = total.get(at).copied().unwrap_or(0.0);
        let end = flat.elements.get(at).map_or(0, |e| e.end);
        let mut child = at + 1;
        let mut best = None;
        while child < end {
            let own = total.get(child).copied().unwrap_or(0.0);
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
            sum += total.get(child).copied().unwrap_or(0.0);
        }
        child = element.end.max(child + 1);
    }
    sum
}

/// Blocks of the article's element that are kept.
fn choose(flat: &Flat, root: usize, pruned: &[bool]) -> Vec<usize> {
    let Some(element) = flat.elements.get(root) else { return Vec::new() };
    let mut kept: Vec<usize> = Vec::new();
    for i in element.blocks.clone() {
        let Some(block) = flat.blocks.get(i) else { continue };
        if pruned.get(block.element).copied().unwrap_or(false) {
            continue;
        }
        let share = block.linked as f64 / block.chars.max(1) as f64;
        let tag = flat.elements.get(block.element).map_or("", |e| e.tag);
        let n = block.words;
        let link = match tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => share > 0.8,
            "p" | "blockquote" => share > 0.8 && n < 40,
            "li" => share > 0.6 && n < 25,
            _ => share > LINKED,
        };
        if !link {
            kept.push(i);
        }
    }
    let heading = |i: &usize| {
        flat.blocks
            .get(*i)
            .and_then(|b| flat.elements.get(b.element))
            .is_some_and(|e| matches!(e.tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    };
    while kept.last().is_some_and(heading) {
        kept.pop();
    }
    kept
}
