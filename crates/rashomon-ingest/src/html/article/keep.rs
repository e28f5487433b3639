//! Which blocks of the article's element stay? Not links, and no heading or label whose links went.
//!
//! Links are told by the share of linked characters. Items of a list and cells of a table are judged together: where links are
//! few in a list, an item that is one link belongs to it ("the ministry's report"); else it is one of a menu. Shares: starting values.

use super::LINKED;
use crate::html::compose::CELL;
use crate::html::side::heading;
use crate::html::tree::{Block, Flat};
use crate::words;

/// Share of linked characters above which an item is a link, and up to which a list is the article's as a whole: links are few in it.
const LINK: f64 = 0.6;
const LIST: f64 = 0.35;
/// Most words of an item that is a link to another page, and of a paragraph that is.
const ITEM: usize = 25;
const PARAGRAPH: usize = 40;
/// Words outside the link from which a paragraph that ends as a sentence is one ("Click here to read the ministry's letter.").
const OWN: usize = 3;
/// Most words of a label over links.
const LABEL: usize = 5;

/// Blocks of the article's element that are kept.
pub(super) fn keep(flat: &Flat, root: usize, pruned: &[bool]) -> Vec<usize> {
    let Some(element) = flat.elements.get(root) else { return Vec::new() };
    let out = |block: &Block| pruned.get(block.element).copied().unwrap_or(false);
    let known = Shares::new(flat);
    let mut kept: Vec<usize> = Vec::new();
    // whether links went right behind the last block kept
    let mut links = false;
    for i in element.blocks.clone() {
        let Some(block) = flat.blocks.get(i) else { continue };
        if out(block) {
            continue;
        }
        if is_link(flat, block, &known) {
            links = true;
            continue;
        }
        if links && kept.last().is_some_and(|last| left_over(flat, root, *last, i)) {
            kept.pop();
        }
        links = false;
        kept.push(i);
    }
    if links && kept.last().is_some_and(|last| label(flat, *last)) {
        kept.pop();
    }
    while kept.last().is_some_and(|last| flat.blocks.get(*last).is_some_and(|block| heading(flat, block))) {
        kept.pop();
    }
    kept
}

/// Whether a block is a heading, or a short line with a colon: it announces what comes.
fn label(flat: &Flat, at: usize) -> bool {
    flat.blocks.get(at).is_some_and(|block| heading(flat, block) || block.words <= LABEL && block.text.ends_with(':'))
}

/// Whether the block at `at` announced links that went, since nothing else stands under it before the block at `next`.
fn left_over(flat: &Flat, root: usize, at: usize, next: usize) -> bool {
    let (Some(block), Some(behind)) = (flat.blocks.get(at), flat.blocks.get(next)) else { return false };
    if !label(flat, at) {
        return false;
    }
    // the largest element that begins with the label and is not the article's
    let own = flat.around(block).take_while(|(up, e)| *up != root && e.blocks.start == at).last();
    let boxed = own.is_some_and(|(_, e)| e.blocks.len() > 1 && e.blocks.end <= next);
    boxed || heading(flat, behind)
}

/// Whether a block is a link to another page rather than words of the article.
fn is_link(flat: &Flat, block: &Block, known: &Shares<'_>) -> bool {
    let share = block.linked as f64 / block.chars.max(1) as f64;
    let n = block.words;
    match flat.elements.get(block.element).map_or("", |e| e.tag) {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => share > 0.8,
        "p" | "blockquote" => share > 0.8 && n < PARAGRAPH && !sentence(block),
        "li" => share > LINK && n < ITEM && known.of(block).is_none_or(|list| list > LIST),
        "td" | "th" => share > LINKED && known.of(block).is_none_or(|table| table > LINKED),
        _ => share > LINKED,
    }
}

/// Whether a paragraph that is mostly a link is a sentence all the same: it ends as one, with words of its own.
fn sentence(block: &Block) -> bool {
    let own = (block.chars.saturating_sub(block.linked)) as f64 / block.chars.max(1) as f64 * block.words as f64;
    own >= OWN as f64 && words::ends_sentence(&block.text) && block.text.starts_with(char::is_uppercase)
}

/// Shares of linked characters of lists and tables, by sums over the blocks before each.
struct Shares<'a> {
    flat: &'a Flat,
    /// Linked characters, characters, and blocks that are running text.
    before: Vec<(usize, usize, usize)>,
}

impl<'a> Shares<'a> {
    fn new(flat: &'a Flat) -> Self {
        let mut sum = (0, 0, 0);
        let mut before = vec![sum];
        before.extend(flat.blocks.iter().map(|block| {
            sum = (sum.0 + block.linked, sum.1 + block.chars, sum.2 + usize::from(block.words >= CELL));
            sum
        }));
        Self { flat, before }
    }

    /// Of the list or table of figures that the block stands in; none for a table that lays out the page.
    fn of(&self, block: &Block) -> Option<f64> {
        let (_, element) =
            self.flat.around(block).find(|(_, e)| matches!(e.tag, "ul" | "ol" | "dl" | "menu" | "table"))?;
        let (from, to) = (self.before.get(element.blocks.start)?, self.before.get(element.blocks.end)?);
        let layout = element.tag == "table" && to.2 > from.2;
        (!layout).then(|| (to.0 - from.0) as f64 / (to.1 - from.1).max(1) as f64)
    }
}
