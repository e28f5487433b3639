//! What are the blocks of this page, and inside which elements do they stand?
//!
//! The tree is flattened once, in document order, without recursion: elements with their extent, and runs of text between
//! block boundaries. Everything after works on these two lists, in linear time.

mod tag;
mod walk;

use super::cues::Names;

/// An element that makes a block boundary (or wraps others).
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// Tag name, lower case.
    pub(super) tag: &'static str,
    /// Index of the element around it (0 is the root, its own parent).
    pub(super) parent: usize,
    /// First element index that is not inside.
    pub(super) end: usize,
    /// Blocks inside: half-open range of block indices.
    pub(super) blocks: std::ops::Range<usize>,
    /// Class, id, itemprop.
    pub(super) names: Names,
    /// `role` attribute, lower case.
    pub(super) role: String,
    /// Whether the page hides it (`hidden`, `aria-hidden`, `display:none`).
    pub(super) hidden: bool,
    /// Whether its `itemtype` is an article.
    pub(super) itemtype_article: bool,
}

/// A run of text between block boundaries.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Squeezed text, not empty.
    pub(super) text: String,
    /// Innermost element around it.
    pub(super) element: usize,
    /// Characters inside links.
    pub(super) linked: usize,
    /// Characters in all.
    pub(super) chars: usize,
    /// Words.
    pub(super) words: usize,
    /// Names of the inline elements inside match byline cues / date cues.
    pub(super) byline: bool,
    /// Inline names match date cues, or it holds a `time` element.
    pub(super) dated: bool,
}

/// A flattened page.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat {
    pub(super) elements: Vec<Element>,
    pub(super) blocks: Vec<Block>,
    /// Values of `time` elements and of those marked as publication date, with the number of the block they stand in or
    /// before, and whether they are marked so.
    pub(super) times: Vec<(String, usize, bool)>,
    /// Short texts of elements that name the author, with the number of the block they stand in or before, and whether they are
    /// marked so (`rel`, `itemprop`) or only called so.
    pub(super) authors: Vec<(String, usize, bool)>,
}

/// Flattens a tree.
pub(super) fn flatten(html: &scraper::Html) -> Flat {
    walk::flatten(html)
}

impl Element {
    /// The root, before anything is known of it.
    fn root() -> Self {
        Self {
            tag: "html",
            parent: 0,
            end: 0,
            blocks: 0..0,
            names: Names::default(),
            role: String::new(),
            hidden: false,
            itemtype_article: false,
        }
    }

    /// Whether it is a heading.
    pub(super) fn is_heading(&self) -> bool {
        matches!(self.tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }
}

impl Flat {
    /// The elements around a block, innermost first, up to but not including the root.
    pub(super) fn around(&self, block: &Block) -> impl Iterator<Item = (usize, &Element)> {
        let mut at = block.element;
        std::iter::from_fn(move || {
            let element = self.elements.get(at).filter(|_| at != 0)?;
            let here = at;
            at = element.parent;
            Some((here, element))
        })
    }
}
