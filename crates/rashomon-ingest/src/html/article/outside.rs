//! Which parts of the page are not the article, by tag, role or name?

use super::{NAMED, held};
use crate::html::cues::Cue;
use crate::html::tree::{Element, Flat};
use crate::words;

/// Share of the page's quality that a part with a strong name must hold to be kept all the same: templates call the element
/// around everything "has-sidebar" or "share-docked"; side matter rarely holds that much.
const STRONG: f64 = 0.4;
/// The same for a part behind the headline that does not hold the first running text: it is no template's name for everything.
const BESIDE: f64 = 0.65;
/// The same for comments, which can hold more text than a short article.
const COMMENTS: f64 = 0.8;
/// The same for a weak name ("info", "box"): kept if it holds this much.
const WEAK: f64 = 0.3;
/// Share of the page's quality in hidden parts beside each other from which they are steps of a slide show or folds of the text,
/// and their least number.
const UNFOLDED: (f64, usize) = (0.5, 3);

/// Which elements are outside the article by tag, role or name; what is inside them is too.
pub(super) fn prune(flat: &Flat, total: &[f64], page: f64, names: bool) -> Vec<bool> {
    let mut pruned = vec![false; flat.elements.len()];
    let main = main_element(flat, total, page);
    let mut folds = vec![(0.0, 0usize); flat.elements.len()];
    for (at, element) in flat.elements.iter().enumerate().filter(|(_, element)| element.hidden) {
        let own = held(total, at);
        if let Some(slot) = folds.get_mut(element.parent).filter(|_| own > 0.0) {
            *slot = (slot.0 + own, slot.1 + 1);
        }
    }
    let first_headline = flat.elements.iter().position(|e| e.tag == "h1");
    // the first running text behind the headline
    let lead = first_headline.and_then(|head| {
        let from = flat.elements.get(head)?.blocks.end;
        let found = flat.blocks.get(from..)?.iter().position(|block| words::runs(&block.text))?;
        Some(from + found)
    });
    for at in 1..flat.elements.len() {
        let Some(element) = flat.elements.get(at) else { continue };
        let inside = pruned.get(element.parent).copied().unwrap_or(false);
        let own = held(total, at);
        let holds_main = main.is_some_and(|main| at <= main && main < element.end);
        let (folded, n) = folds.get(element.parent).copied().unwrap_or_default();
        let unfolded = folded >= UNFOLDED.0 * page && n >= UNFOLDED.1;
        // beside the headline's part of the page, not around it
        let beside =
            first_headline.is_some_and(|head| head < at) && lead.is_some_and(|lead| !element.blocks.contains(&lead));
        let aside = names && beside && element.names.has(Cue::Strong) && own < BESIDE * page;
        let drop = inside || (!holds_main && (aside || outside(element, own, page, names, unfolded)));
        if let Some(slot) = pruned.get_mut(at) {
            *slot = drop;
        }
    }
    pruned
}

/// The one element marked `main`, or the one article marked so, if it holds running text: what is around it is never pruned.
fn main_element(flat: &Flat, total: &[f64], page: f64) -> Option<usize> {
    let holds = |at: usize| held(total, at) >= NAMED * page;
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
    if element.is_heading() {
        return false;
    }
    if element.names.has(Cue::Comments) {
        return share < COMMENTS;
    }
    names && element.names.has(Cue::Strong) && share < STRONG
}
