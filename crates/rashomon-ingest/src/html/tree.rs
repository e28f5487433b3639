//! What are the blocks of this page, and inside which elements do they stand?
//!
//! The tree is flattened once, in document order, without recursion: elements with their extent, and runs of text between
//! block boundaries. Everything after works on these two lists, in linear time.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;
use scraper::Node;

use super::cues::{Cue, Namer, Names};
use crate::words;

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

/// Longest text of an element that names the author, in bytes, and most such elements one in another.
const AUTHOR: (usize, usize) = (200, 4);

/// An element that names the author, while its text is gathered.
struct Naming {
    element: ego_tree::NodeId,
    text: String,
    block: usize,
    marked: bool,
}

/// Elements that stand on their own lines.
const BLOCK_TAGS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "noframes",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements without words of the page in them.
const SILENT: &[&str] = &[
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "head",
    "input",
    "map",
    "math",
    "object",
    "option",
    "script",
    "select",
    "style",
    "template",
    "textarea",
    "title",
    "video",
    "iframe",
    "svg",
    "noscript",
    "meter",
    "rt",
    "rp",
    "progress",
    "label",
    "amp-sidebar",
    "amp-consent",
    "amp-ad",
    "amp-analytics",
    "amp-social-share",
    "amp-lightbox",
    "amp-state",
    "amp-user-notification",
    "amp-sticky-ad",
    "amp-next-page",
];

/// What a tag is to the walk.
#[derive(Clone, Copy)]
enum Tag {
    Block(&'static str),
    Silent,
}

/// The tags that matter, by name; all others stand in a line of text.
static TAGS: LazyLock<HashMap<&str, Tag, FxBuildHasher>> = LazyLock::new(|| {
    let blocks = BLOCK_TAGS.iter().map(|tag| (*tag, Tag::Block(tag)));
    blocks.chain(SILENT.iter().map(|tag| (*tag, Tag::Silent))).collect()
});

/// The attributes of an element that are looked at, empty where it has none.
#[derive(Default)]
struct Attributes<'a> {
    class: &'a str,
    id: &'a str,
    itemprop: &'a str,
    role: &'a str,
    style: &'a str,
    itemtype: &'a str,
    rel: &'a str,
    datetime: &'a str,
    content: &'a str,
    title: &'a str,
    aria_hidden: &'a str,
    hidden: bool,
    pubdate: bool,
}

impl<'a> Attributes<'a> {
    fn of(element: &'a scraper::node::Element) -> Self {
        let mut found = Self::default();
        for (name, value) in &element.attrs {
            // those of drawings and formulas have a name space
            if !name.ns.is_empty() {
                continue;
            }
            match &*name.local {
                "class" => found.class = value,
                "id" => found.id = value,
                "itemprop" => found.itemprop = value,
                "role" => found.role = value,
                "style" => found.style = value,
                "itemtype" => found.itemtype = value,
                "rel" => found.rel = value,
                "datetime" => found.datetime = value,
                "content" => found.content = value,
                "title" => found.title = value,
                "aria-hidden" => found.aria_hidden = value,
                "hidden" => found.hidden = true,
                "pubdate" => found.pubdate = true,
                _ => {}
            }
        }
        found
    }

    /// Whether the page hides the element.
    fn hides(&self) -> bool {
        let style = || {
            let style = self.style.to_ascii_lowercase().replace(' ', "");
            style.contains("display:none") || style.contains("visibility:hidden")
        };
        self.hidden || self.aria_hidden == "true" || !self.style.is_empty() && style()
    }
}

/// Collects the text of one block while walking.
#[derive(Default)]
struct Run {
    text: String,
    linked: usize,
    byline: bool,
    dated: bool,
    breaks: usize,
}

/// Flattens a tree.
pub(super) fn flatten(html: &scraper::Html) -> Flat {
    use ego_tree::iter::Edge;
    let mut flat = Flat::default();
    flat.elements.push(Element {
        tag: "html",
        parent: 0,
        end: 0,
        blocks: 0..0,
        names: Names::default(),
        role: String::new(),
        hidden: false,
        itemtype_article: false,
    });
    let mut open = vec![0usize];
    let (mut silent, mut links) = (0usize, 0usize);
    let mut run = Run::default();
    let mut namer = Namer::default();
    let mut naming: Vec<Naming> = Vec::new();
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if silent == 0 => {
                    let text: &str = &text.text;
                    if text.trim().is_empty() {
                        if !run.text.is_empty() {
                            run.text.push(' ');
                        }
                    } else {
                        if run.breaks > 1 {
                            flush(&mut flat, &mut run, &open);
                        } else if run.breaks == 1 {
                            run.text.push(' ');
                        }
                        run.breaks = 0;
                        run.text.push_str(text);
                        for one in naming.iter_mut().filter(|one| one.text.len() <= AUTHOR.0) {
                            one.text.push_str(text.get(..2 * AUTHOR.0).unwrap_or(text));
                        }
                        if links > 0 {
                            run.linked += words::squeeze(text).chars().count();
                        }
                    }
                }
                Node::Element(element) => {
                    let name = element.name();
                    let tag = TAGS.get(name).copied();
                    naming.iter_mut().for_each(|one| one.text.push(' '));
                    if matches!(tag, Some(Tag::Silent)) {
                        silent += 1;
                    }
                    if silent > 0 {
                        continue;
                    }
                    let attributes = Attributes::of(element);
                    let Attributes { class, id, itemprop, .. } = attributes;
                    let marked = itemprop.eq_ignore_ascii_case("author")
                        || attributes.rel.split_whitespace().any(|rel| rel.eq_ignore_ascii_case("author"));
                    // of what stands within a line only the class is looked at
                    let names = if matches!(tag, Some(Tag::Block(_))) {
                        flush(&mut flat, &mut run, &open);
                        namer.names(class, id, itemprop)
                    } else {
                        namer.names(class, "", "")
                    };
                    let around = matches!(name, "body" | "html" | "article" | "main" | "section");
                    if naming.len() < AUTHOR.1 && !around && (marked || names.has_word(Cue::Byline)) {
                        let block = flat.blocks.len();
                        naming.push(Naming { element: node.id(), text: String::new(), block, marked });
                    }
                    if let Some(Tag::Block(tag)) = tag {
                        let itemtype = attributes.itemtype.to_ascii_lowercase();
                        let at = flat.elements.len();
                        flat.elements.push(Element {
                            tag,
                            parent: open.last().copied().unwrap_or(0),
                            end: at,
                            blocks: flat.blocks.len()..flat.blocks.len(),
                            names,
                            role: attributes.role.to_ascii_lowercase(),
                            hidden: attributes.hides(),
                            itemtype_article: itemtype.contains("article") || itemtype.contains("blogposting"),
                        });
                        open.push(at);
                    } else {
                        match name {
                            "br" => run.breaks += 1,
                            "a" => links += 1,
                            _ => {}
                        }
                        run.byline |= names.has(Cue::Byline) || attributes.rel == "author";
                        run.dated |= name == "time" || names.has_word(Cue::Dated);
                    }
                    let published = itemprop.eq_ignore_ascii_case("datepublished") || attributes.pubdate;
                    if name == "time" || published {
                        let value = [attributes.datetime, attributes.content, attributes.title];
                        let value = value.into_iter().find(|value| !value.is_empty()).unwrap_or("");
                        flat.times.push((value.to_owned(), flat.blocks.len(), published));
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if naming.last().is_some_and(|one| one.element == node.id())
                    && let Some(one) = naming.pop()
                    && one.text.len() <= AUTHOR.0
                {
                    flat.authors.push((words::squeeze(&one.text), one.block, one.marked));
                }
                if let Node::Element(element) = node.value() {
                    let name = element.name();
                    let tag = TAGS.get(name).copied();
                    if matches!(tag, Some(Tag::Silent)) {
                        silent = silent.saturating_sub(1);
                        continue;
                    }
                    if silent > 0 {
                        continue;
                    }
                    if matches!(tag, Some(Tag::Block(_))) {
                        flush(&mut flat, &mut run, &open);
                        if open.len() > 1
                            && let Some(at) = open.pop()
                        {
                            let (end, last) = (flat.elements.len(), flat.blocks.len());
                            if let Some(element) = flat.elements.get_mut(at) {
                                element.end = end;
                                element.blocks.end = last;
                            }
                        }
                    } else if name == "a" {
                        links = links.saturating_sub(1);
                    }
                }
            }
        }
    }
    flush(&mut flat, &mut run, &open);
    let (end, last) = (flat.elements.len(), flat.blocks.len());
    if let Some(root) = flat.elements.first_mut() {
        root.end = end;
        root.blocks.end = last;
    }
    flat
}

/// Ends a run of text.
fn flush(flat: &mut Flat, run: &mut Run, open: &[usize]) {
    let run = std::mem::take(run);
    let text = words::squeeze(&run.text);
    if text.is_empty() {
        return;
    }
    // A large first letter set by itself belongs to the word behind it; those that are words themselves may not.
    let element = open.last().copied().unwrap_or(0);
    if let Some(last) =
        flat.blocks.last_mut().filter(|last| initial(&last.text) && text.starts_with(char::is_lowercase))
    {
        last.text.push_str(&text);
        (last.chars, last.words) = (last.text.chars().count(), words::count(&last.text));
        (last.linked, last.element) = (run.linked, element);
        return;
    }
    flat.blocks.push(Block {
        chars: text.chars().count(),
        words: words::count(&text),
        text,
        element,
        linked: run.linked,
        byline: run.byline,
        dated: run.dated,
    });
}

/// Whether a text is one capital and no word.
fn initial(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|c| c.is_uppercase() && !matches!(c, 'A' | 'I' | 'O')) && letters.next().is_none()
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
