//! Which of the page's blocks are the article?
//!
//! 1. Each block gets a quality: the characters of running text outside links.
//! 2. Parts the page names as something else (navigation, comments, related stories …) are left out, unless so much of the
//!    page's running text stands inside that the name must mean something else.
//! 3. The article's element is the one the page names as its text, or else the smallest that holds most of the quality.
//! 4. Inside it, blocks that are mostly links go, and headings with nothing under them.

mod keep;
mod outside;
mod root;

use super::tree::{Block, Element, Flat};
use crate::words;
use keep::keep;
use outside::prune;
use root::{descend, guided, named};
use std::collections::BTreeSet;

/// If names leave less than this share of the page's quality, they are not believed, but for comments and navigation.
const BELIEVED: f64 = 0.25;
/// Share of the page's quality that an element named as the article's text must hold.
const NAMED: f64 = 0.35;
/// Share of the words of the element named as the text below which what the structured data holds is its beginning only.
const BEGINNING: f64 = 0.6;
/// Words of the page's description with which a block must begin to be known as what the page is about.
const TOLD: usize = 8;
/// Share of linked characters above which a block is a link, not a sentence.
const LINKED: f64 = 0.5;

/// Quality inside an element, of the sums over all.
fn held(total: &[f64], at: usize) -> f64 {
    total.get(at).copied().unwrap_or(0.0)
}

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
    let page = held(&total, 0);
    let mut pruned = prune(flat, &total, page, true);
    let mut kept = remaining(flat, &raw, &pruned);
    let described = described.map(|words| words::lower(&opening(words)));
    let told = |at: usize| {
        described.as_ref().is_some_and(|words| flat.blocks.get(at).is_some_and(|block| begins(&block.text, words)))
    };
    let told = || kept.iter().enumerate().any(|(at, quality)| *quality > 0.0 && told(at));
    if kept.iter().sum::<f64>() < BELIEVED * page && !told() {
        let cautious = prune(flat, &total, page, false);
        let more = remaining(flat, &raw, &cautious);
        if more.iter().sum::<f64>() > 2.0 * kept.iter().sum::<f64>() {
            (pruned, kept) = (cautious, more);
        }
    }
    let total = sums(flat, &kept);
    let page = held(&total, 0);
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
    let blocks = keep(flat, root, &pruned);
    Found { blocks, pruned }
}

/// Words that an article of an endless page holds at least.
const OWN: usize = 40;

/// Of an endless page, on which further articles follow under headlines of their own, leaves only the one of the page's headline;
/// gives the blocks of the other headlines.
pub(super) fn alone(flat: &Flat, found: &mut Found, head: Option<usize>) -> Vec<usize> {
    let article = |at: usize| {
        let block = flat.blocks.get(at)?;
        flat.around(block).find(|(_, e)| e.tag == "article").map(|(at, _)| at)
    };
    let level = |at: usize| flat.elements.get(flat.blocks.get(at)?.element).filter(|e| e.is_heading()).map(|e| e.tag);
    let Some((own, tag)) = head.and_then(|head| Some((article(head)?, level(head)?))) else { return Vec::new() };
    let Some(whole) = flat.elements.get(own) else { return Vec::new() };
    let inside = |at: usize| whole.blocks.contains(&at);
    let headlines: Vec<usize> = found
        .blocks
        .iter()
        .copied()
        .filter(|at| !inside(*at) && level(*at) == Some(tag) && article(*at).is_some())
        .collect();
    let others: BTreeSet<usize> = headlines.iter().filter_map(|at| article(*at)).collect();
    let held: usize =
        found.blocks.iter().filter(|at| inside(**at)).filter_map(|at| flat.blocks.get(*at)).map(|b| b.words).sum();
    if held < OWN || others.is_empty() {
        return Vec::new();
    }
    let further = |block: &Block| flat.around(block).any(|(at, _)| others.contains(&at));
    found.blocks.retain(|at| inside(*at) || !flat.blocks.get(*at).is_some_and(further));
    headlines
}

/// The first words of a text, as many as are held against the page's description.
fn opening(text: &str) -> String {
    text.split_whitespace().take(2 * TOLD).collect::<Vec<_>>().join(" ")
}

/// Whether a text begins as the page's description does, given by its first words, word for word as far as the shorter goes.
fn begins(text: &str, described: &[String]) -> bool {
    let own = words::lower(&opening(text));
    own.iter().zip(described).take_while(|(a, b)| a == b).count() >= TOLD
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

/// Most words of a label over other articles, and most of the text that may stand under one.
const LABEL: (usize, f64) = (8, 0.5);

/// Leaves out the parts of the article's element that begin with a label over other articles ("More stories").
fn listed(flat: &Flat, root: usize, total: &[f64], pruned: &mut [bool]) {
    let Some(element) = flat.elements.get(root) else { return };
    let whole = held(total, root);
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
                && held(total, *at) <= LABEL.1 * whole
                && (e.blocks.len() <= 2 || !inside.iter().any(|e| e.tag == "h1"))
        };
        if let Some((at, e)) = flat.around(block).take_while(begins).last() {
            // a label in an element of its own: the list right behind it
            let list = flat.elements.get(e.end).filter(|next| {
                e.blocks.len() == 1
                    && next.parent == e.parent
                    && matches!(next.tag, "ul" | "ol")
                    && held(total, e.end) <= LABEL.1 * whole
            });
            for slot in pruned.get_mut(at..list.map_or(e.end, |list| list.end)).unwrap_or_default() {
                *slot = true;
            }
        }
    }
}
