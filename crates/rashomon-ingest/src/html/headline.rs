//! Which heading is the article's, and what is it called?
//!
//! Pages have many headings (the site's name, teasers, sections) and tell their title in several ways; the two are held against
//! each other: [`find`] gives the block, [`bare`] the title where the block holds more than it.

use super::article::Found;
use super::metadata::Metadata;
use super::title;
use super::tree::{Block, Flat};
use crate::words;
use std::collections::BTreeSet;

/// The page's headline block before or at the start of the article.
///
/// Best is a heading of the words of the title; then an `h1` or `h2` that begins as it does, or it as that; then a heading of the
/// words of one part of it. What begins the title and is one part may be the site's name: a heading of another part with more words
/// is preferred. Last comes any `h1`.
pub(super) fn find(flat: &Flat, found: &Found, meta: &Metadata) -> Option<usize> {
    let key = |text: &str| words::lower(text).join(" ");
    let titles: Vec<&str> = [meta.title.as_deref(), meta.site_title.as_deref()].into_iter().flatten().collect();
    let titles: Vec<&str> = titles.into_iter().filter(|title| title.len() <= title::TITLE).collect();
    let parts: Vec<String> = titles.iter().flat_map(|title| title::parts(title)).map(key).take(PARTS).collect();
    let titles: Vec<String> = titles.into_iter().map(key).collect();
    let tag = |block: &Block| {
        let direct = flat.elements.get(block.element).map_or("", |e| e.tag);
        if direct.starts_with('h') {
            direct
        } else {
            flat.around(block).map(|(_, e)| e.tag).find(|tag| matches!(*tag, "h1" | "h2")).unwrap_or(direct)
        }
    };
    let limit = found.blocks.get(found.blocks.len().min(6)).copied().unwrap_or(flat.blocks.len());
    let headings: Vec<(usize, &Block, &str, String)> = flat
        .blocks
        .iter()
        .take(limit + 1)
        .enumerate()
        .filter(|(_, block)| block.words >= 2)
        .map(|(i, block)| (i, block, tag(block), key(&block.text)))
        .filter(|(.., tag, _)| matches!(*tag, "h1" | "h2" | "h3"))
        .collect();
    // The last of the highest rank that passes.
    let last = |test: &dyn Fn(&str, &str) -> bool| {
        ["h1", "h2", "h3"].iter().find_map(|rank| {
            headings.iter().rev().find(|(.., tag, own)| tag == rank && own.len() >= 8 && test(tag, own))
        })
    };
    let part = last(&|_, own| parts.iter().any(|part| part == own));
    let same = last(&|_, own| titles.iter().any(|title| title == own));
    let sets: Vec<BTreeSet<&str>> = titles.iter().map(|title| title.split(' ').collect()).collect();
    let near = || {
        last(&|tag, own| {
            let own: BTreeSet<&str> = own.split(' ').collect();
            sets.iter().any(|title| alike(title, &own) >= if tag == "h1" { ALIKE.0 } else { ALIKE.1 })
        })
    };
    let begins = || {
        let like =
            |title: &String, own: &str| title.starts_with(own) || title.len() >= 8 && own.starts_with(title.as_str());
        let found = last(&|tag, own| tag != "h3" && titles.iter().any(|title| like(title, own)))?;
        let longer = |other: &&(usize, &Block, &str, String)| parts.contains(&other.3) && other.1.words > found.1.words;
        let longer = headings.iter().rev().find(|other| parts.contains(&found.3) && longer(other));
        Some(longer.unwrap_or(found))
    };
    // A heading may hold a line above the title, or below it.
    let longest = |found: &(usize, &Block, &str, String)| {
        let around = flat.around(found.1).find(|(_, e)| matches!(e.tag, "h1" | "h2" | "h3"))?.1;
        let inside = headings
            .iter()
            .filter(|(i, .., own)| around.blocks.contains(i) && titles.iter().any(|t| t.contains(own.as_str())));
        inside.max_by_key(|(i, block, ..)| (block.words, *i == found.0)).map(|(i, ..)| *i)
    };
    same.or_else(near).or_else(begins).or(part).map(|found| longest(found).unwrap_or(found.0)).or_else(|| {
        let any = headings.iter().rev().find(|(.., tag, _)| *tag == "h1");
        let open = |block: &Block| !found.pruned.get(block.element).copied().unwrap_or(false);
        any.filter(|(_, block, ..)| open(block)).map(|(i, ..)| *i)
    })
}

/// Share of the words of heading and title that are the same from which the heading is the title in other words: of the page's
/// first rank, and of the others.
const ALIKE: (f64, f64) = (0.6, 0.8);

/// Share of words of the longer of two lines that stand in the other too.
fn alike(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> f64 {
    if a.len().min(b.len()) < 4 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / a.len().max(b.len()) as f64
}

/// Parts of the titles that are held against the headings.
const PARTS: usize = 16;

/// What the page calls itself, where its headline says that and more: a line above or below it written into the same heading.
pub(super) fn bare(headline: &str, meta: &Metadata) -> Option<String> {
    let title = meta.title.as_deref().filter(|title| words::count(title) >= 3)?;
    let more = |rest: &str| words::count(rest) > 0;
    let behind = headline
        .strip_prefix(title)
        .is_some_and(|rest| more(rest) && rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase));
    let before = headline.strip_suffix(title).is_some_and(|rest| {
        more(rest) && rest.ends_with(' ') && !rest.trim_end().ends_with([',', ';', '-', '–', '—', ':'])
    });
    (behind || before).then(|| title.to_owned())
}
