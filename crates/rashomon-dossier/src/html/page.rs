//! How is a page put together safely? A writer in which every text passes one escaping door.
//!
//! Element and attribute names are constants of this crate; texts and attribute values come from accounts and are
//! escaped, with hidden characters shown as marks. No way leads in for mark-up, scripts, styles or outside addresses:
//! the only links are fragments of the same page.

use crate::safe::{self, Piece};
use std::collections::BTreeSet;

/// Attributes of an element.
pub(crate) type Attrs<'a> = &'a [(&'static str, &'a str)];

/// A page being written.
#[derive(Default)]
pub(crate) struct Page {
    out: String,
    /// Claims whose card was written, by number.
    cards: BTreeSet<usize>,
    /// Rules cited so far.
    rules: BTreeSet<String>,
}

/// Elements after which a line ends, for sources that can be read and compared.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

impl Page {
    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn open(&mut self, tag: &'static str, attrs: Attrs<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attrs {
            debug_assert!(
                *name != "style" && !name.starts_with("on") && *name != "src",
                "no {name} attribute belongs on the page"
            );
            debug_assert!(*name != "href" || value.starts_with('#'), "links stay on the page");
            self.out.push(' ');
            self.out.push_str(name);
            if !value.is_empty() || *name == "alt" {
                self.out.push_str("=\"");
                safe::escape(&safe::plain(value), &mut self.out);
                self.out.push('"');
            }
        }
        self.out.push('>');
    }

    fn close(&mut self, tag: &'static str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        if BLOCKS.contains(&tag) {
            self.out.push('\n');
        }
    }

    /// An element and what `inside` writes into it.
    pub(crate) fn el(&mut self, tag: &'static str, attrs: Attrs<'_>, inside: impl FnOnce(&mut Self)) {
        self.open(tag, attrs);
        inside(self);
        self.close(tag);
    }

    /// An element that holds one text.
    pub(crate) fn leaf(&mut self, tag: &'static str, attrs: Attrs<'_>, text: &str) {
        self.el(tag, attrs, |p| p.text(text));
    }

    /// An element that may hold no other (a title, a label in a drawing): hidden characters are marked in plain text.
    pub(crate) fn plain_leaf(&mut self, tag: &'static str, attrs: Attrs<'_>, text: &str) {
        self.el(tag, attrs, |page| page.text(&safe::plain(text)));
    }

    /// An element without content or end tag (`meta`, `br`, SVG shapes close themselves).
    pub(crate) fn void(&mut self, tag: &'static str, attrs: Attrs<'_>) {
        self.open(tag, attrs);
    }

    /// An empty element with an end tag.
    pub(crate) fn empty(&mut self, tag: &'static str, attrs: Attrs<'_>) {
        self.el(tag, attrs, |_| {});
    }

    /// A link to a place on this page.
    pub(crate) fn link(&mut self, target: &str, text: &str) {
        let href = format!("#{target}");
        self.leaf("a", &[("href", &href)], text);
    }

    /// Text, escaped; hidden characters become visible marks with their name.
    pub(crate) fn text(&mut self, text: &str) {
        safe::pieces(text, |piece| match piece {
            Piece::Plain(run) => safe::escape(run, &mut self.out),
            Piece::Hidden(c) => {
                self.out
                    .push_str("<span class=\"hidden-char\" title=\"a character that does not show or reorders text\">");
                self.out.push_str(&safe::mark(c));
                self.out.push_str("</span>");
            }
        });
    }

    /// Whether this is the first card of claim `n`: the one that bears its id.
    pub(crate) fn first_card(&mut self, n: usize) -> bool {
        self.cards.insert(n)
    }

    /// Whether claim `n` has a card already.
    pub(crate) fn has_card(&self, n: usize) -> bool {
        self.cards.contains(&n)
    }

    /// Notes that a rule is cited and gives the id of its sentence.
    pub(crate) fn rule(&mut self, id: &str) -> String {
        self.rules.insert(id.to_owned());
        format!("rule-{}", fragment(id))
    }

    /// Rules cited so far.
    pub(crate) fn rules(&self) -> Vec<String> {
        self.rules.iter().cloned().collect()
    }

    /// Constant text of this crate that must not be escaped: the doctype and the style sheet.
    pub(crate) fn constant(&mut self, text: &'static str) {
        self.out.push_str(text);
    }

    /// Begins an element that [`Page::end`] closes: for marks that cross closures.
    pub(crate) fn begin(&mut self, tag: &'static str, attrs: Attrs<'_>) {
        self.open(tag, attrs);
    }

    /// Ends what [`Page::begin`] opened.
    pub(crate) fn end(&mut self, tag: &'static str) {
        self.close(tag);
    }
}

/// A class list or id out of parts known to be harmless, with anything else turned to `-`.
pub(crate) fn fragment(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_values_are_escaped() {
        let mut page = Page::default();
        page.leaf("p", &[("title", "\"><script>")], "<b onclick='x'>\u{202e}");
        let html = page.finish();
        assert!(!html.contains("<b") && !html.contains("<script"), "{html}");
        assert!(html.contains("⟨U+202E⟩"), "{html}");
    }
}
