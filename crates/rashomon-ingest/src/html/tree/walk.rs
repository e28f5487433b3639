//! How does a tree become blocks? One walk over it, in document order, without recursion.

use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use scraper::node::Element as Tagged;

use super::tag::{Attributes, Tag};
use super::{Block, Element, Flat};
use crate::html::cues::{Cue, Namer, Names};
use crate::words;

/// Longest text of an element that names the author, in bytes, and most such elements one in another.
const AUTHOR: (usize, usize) = (200, 4);

/// An element that names the author, while its text is gathered.
struct Naming {
    element: ego_tree::NodeId,
    text: String,
    block: usize,
    marked: bool,
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

/// The walk so far.
#[derive(Default)]
struct Walk {
    flat: Flat,
    /// Elements open, the root first.
    open: Vec<usize>,
    /// Elements open in which no words of the page stand.
    silent: usize,
    /// Those of them that stand within a line and are hidden.
    hidden: Vec<NodeId>,
    /// Links open, and whether each leads elsewhere: not to the page's own folds ("#answer-3") from a heading.
    links: Vec<bool>,
    run: Run,
    namer: Namer,
    /// Elements open that name the author.
    naming: Vec<Naming>,
}

/// Most characters of an element within a line that is left out where the page hides it, and most nodes in it.
const SMALL: (usize, usize) = (80, 20);

/// Whether an element holds a few words only.
fn small(node: NodeRef<'_, Node>) -> bool {
    let mut length = 0;
    node.descendants().enumerate().all(|(n, inner)| {
        length += inner.value().as_text().map_or(0, |text| text.chars().count());
        n < SMALL.1 && length <= SMALL.0
    })
}

/// Whether a line so far is only the word that stands before an author's name.
fn glues(line: &str) -> bool {
    line.len() <= 16 && matches!(line.trim_start(), "By" | "by" | "BY" | "Von" | "Par" | "Por")
}

/// Flattens a tree.
pub(super) fn flatten(html: &scraper::Html) -> Flat {
    use ego_tree::iter::Edge;
    let mut walk = Walk::default();
    walk.flat.elements.push(Element::root());
    walk.open.push(0);
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if walk.silent == 0 => walk.text(text),
                Node::Element(element) => walk.enter(node, element),
                _ => {}
            },
            Edge::Close(node) => {
                if walk.hidden.pop_if(|id| *id == node.id()).is_some() {
                    walk.silent = walk.silent.saturating_sub(1);
                    continue;
                }
                walk.named(node.id());
                if let Node::Element(element) = node.value() {
                    walk.leave(element.name());
                }
            }
        }
    }
    walk.flush();
    walk.end(0);
    walk.flat
}

impl Walk {
    /// A text of the page.
    fn text(&mut self, text: &str) {
        let run = &mut self.run;
        if text.trim().is_empty() {
            if !run.text.is_empty() {
                run.text.push(' ');
            }
            return;
        }
        if run.breaks > 1 {
            self.flush();
        } else if run.breaks == 1 {
            run.text.push(' ');
        }
        let run = &mut self.run;
        run.breaks = 0;
        // "By" and the name in elements of their own, with no space between
        if glues(&run.text) && text.starts_with(char::is_uppercase) {
            run.text.push(' ');
        }
        run.text.push_str(text);
        for one in self.naming.iter_mut().filter(|one| one.text.len() <= AUTHOR.0) {
            one.text.push_str(text.get(..2 * AUTHOR.0).unwrap_or(text));
        }
        if self.links.contains(&true) {
            run.linked += words::squeeze(text).chars().count();
        }
    }

    /// An element opens.
    fn enter(&mut self, node: NodeRef<'_, Node>, element: &Tagged) {
        let (id, name) = (node.id(), element.name());
        let tag = Tag::of(name);
        self.naming.iter_mut().for_each(|one| one.text.push(' '));
        if matches!(tag, Some(Tag::Silent)) {
            self.silent += 1;
        }
        if self.silent > 0 {
            return;
        }
        let attributes = Attributes::of(element);
        let Attributes { class, itemprop, .. } = attributes;
        // "[edit]" and the like within a line, which the page does not show
        let data = name == "time" || !itemprop.is_empty() || !attributes.rel.is_empty();
        if tag.is_none() && !data && attributes.gone() && small(node) {
            self.silent += 1;
            self.hidden.push(id);
            return;
        }
        // of what stands within a line only the class is looked at
        let names = if matches!(tag, Some(Tag::Block(_))) {
            self.flush();
            self.namer.names(class, attributes.id, itemprop)
        } else {
            self.namer.names(class, "", "")
        };
        let marked = itemprop.eq_ignore_ascii_case("author")
            || attributes.rel.split_whitespace().any(|rel| rel.eq_ignore_ascii_case("author"));
        let around = matches!(name, "body" | "html" | "article" | "main" | "section");
        if self.naming.len() < AUTHOR.1 && !around && (marked || names.has_word(Cue::Byline)) {
            let block = self.flat.blocks.len();
            self.naming.push(Naming { element: id, text: String::new(), block, marked });
        }
        if let Some(Tag::Block(tag)) = tag {
            self.begin(tag, names, &attributes);
        } else {
            match name {
                "br" => self.run.breaks += 1,
                "a" => {
                    let inner = self.open.last().and_then(|at| self.flat.elements.get(*at));
                    let fold = attributes.href.len() > 1 && attributes.href.starts_with('#');
                    self.links.push(!(fold && inner.is_some_and(Element::is_heading)));
                }
                _ => {}
            }
            self.run.byline |= names.has(Cue::Byline) || attributes.rel == "author";
            self.run.dated |= name == "time" || names.has_word(Cue::Dated);
        }
        let published = itemprop.eq_ignore_ascii_case("datepublished") || attributes.pubdate;
        if name == "time" || published {
            let value = [attributes.datetime, attributes.content, attributes.title];
            let value = value.into_iter().find(|value| !value.is_empty()).unwrap_or("");
            self.flat.times.push((value.to_owned(), self.flat.blocks.len(), published));
        }
    }

    /// A block element begins.
    fn begin(&mut self, tag: &'static str, names: Names, attributes: &Attributes<'_>) {
        let flat = &mut self.flat;
        let itemtype = attributes.itemtype.to_ascii_lowercase();
        let at = flat.elements.len();
        flat.elements.push(Element {
            tag,
            parent: self.open.last().copied().unwrap_or(0),
            end: at,
            blocks: flat.blocks.len()..flat.blocks.len(),
            names,
            role: attributes.role.to_ascii_lowercase(),
            hidden: attributes.hides(),
            itemtype_article: itemtype.contains("article") || itemtype.contains("blogposting"),
        });
        self.open.push(at);
    }

    /// An element that names the author closes.
    fn named(&mut self, id: NodeId) {
        if self.naming.last().is_some_and(|one| one.element == id)
            && let Some(one) = self.naming.pop()
            && one.text.len() <= AUTHOR.0
        {
            self.flat.authors.push((words::squeeze(&one.text), one.block, one.marked));
        }
    }

    /// An element closes.
    fn leave(&mut self, name: &str) {
        match Tag::of(name) {
            Some(Tag::Silent) => self.silent = self.silent.saturating_sub(1),
            _ if self.silent > 0 => {}
            Some(Tag::Block(_)) => {
                self.flush();
                if self.open.len() > 1
                    && let Some(at) = self.open.pop()
                {
                    self.end(at);
                }
            }
            None if name == "a" => drop(self.links.pop()),
            None => {}
        }
    }

    /// Everything met so far behind an element's beginning is inside it.
    fn end(&mut self, at: usize) {
        let (end, last) = (self.flat.elements.len(), self.flat.blocks.len());
        if let Some(element) = self.flat.elements.get_mut(at) {
            element.end = end;
            element.blocks.end = last;
        }
    }

    /// Ends a run of text.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let text = words::squeeze(&run.text);
        if text.is_empty() {
            return;
        }
        let element = self.open.last().copied().unwrap_or(0);
        // A large first letter set by itself belongs to the word behind it; those that are words themselves may not.
        let last = self.flat.blocks.last_mut();
        if let Some(last) = last.filter(|last| initial(&last.text) && text.starts_with(char::is_lowercase)) {
            last.text.push_str(&text);
            (last.chars, last.words) = (last.text.chars().count(), words::count(&last.text));
            (last.linked, last.element) = (run.linked, element);
            return;
        }
        self.flat.blocks.push(Block {
            chars: text.chars().count(),
            words: words::count(&text),
            text,
            element,
            linked: run.linked,
            byline: run.byline,
            dated: run.dated,
        });
    }
}

/// Whether a text is one capital and no word.
fn initial(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|c| c.is_uppercase() && !matches!(c, 'A' | 'I' | 'O')) && letters.next().is_none()
}
