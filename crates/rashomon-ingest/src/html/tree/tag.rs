//! What is a tag to the walk, and which attributes of an element are looked at?

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

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
pub(super) enum Tag {
    /// Stands on its own lines.
    Block(&'static str),
    /// Holds no words of the page.
    Silent,
}

impl Tag {
    /// The tag of this name, if it matters; all others stand in a line of text.
    pub(super) fn of(name: &str) -> Option<Self> {
        TAGS.get(name).copied()
    }
}

/// The tags that matter, by name.
static TAGS: LazyLock<HashMap<&str, Tag, FxBuildHasher>> = LazyLock::new(|| {
    let blocks = BLOCK_TAGS.iter().map(|tag| (*tag, Tag::Block(tag)));
    blocks.chain(SILENT.iter().map(|tag| (*tag, Tag::Silent))).collect()
});

/// The attributes of an element that are looked at, empty where it has none.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) itemprop: &'a str,
    pub(super) role: &'a str,
    pub(super) style: &'a str,
    pub(super) itemtype: &'a str,
    pub(super) rel: &'a str,
    pub(super) href: &'a str,
    pub(super) datetime: &'a str,
    pub(super) content: &'a str,
    pub(super) title: &'a str,
    pub(super) aria_hidden: &'a str,
    pub(super) hidden: bool,
    pub(super) pubdate: bool,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(element: &'a scraper::node::Element) -> Self {
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
                "href" => found.href = value,
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

    /// Whether the page does not show the element: unlike one that is only not read aloud.
    pub(super) fn gone(&self) -> bool {
        let style = || self.style.to_ascii_lowercase().replace(' ', "").contains("display:none");
        self.hidden || !self.style.is_empty() && style()
    }

    /// Whether the page hides the element, or does not read it aloud.
    pub(super) fn hides(&self) -> bool {
        let style = || self.style.to_ascii_lowercase().replace(' ', "").contains("visibility:hidden");
        self.gone() || self.aria_hidden == "true" || !self.style.is_empty() && style()
    }
}
