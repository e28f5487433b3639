//! Is it safe to build a tree of this page?
//!
//! Every HTML tree builder is quadratic in nesting depth (`<div>` × 10,000: 30 to 50 s, measured), and in the number of
//! attributes of one tag. So one linear pass goes first: it drops scripts, styles, comments and drawings (most of the bytes of
//! a page), flattens nesting below [`DEEPEST`], drops attributes of tags with absurdly many and those that nobody here reads
//! (addresses of links and pictures are most of what is left of a page), and cuts at [`LONGEST`] bytes. Formatting elements left
//! open are made again by a tree builder in every paragraph that follows: where that would be too many ([`formats`]), all go.

mod formats;
mod kind;
mod tag;

use crate::limits::DEEPEST;
use formats::Formats;
use kind::Kind;
use tag::{Tag, comment_end, element_end};

/// Longest page kept, in bytes, after scripts and styles are gone (crates.md 1a).
pub(crate) const LONGEST: usize = 5_000_000;
/// Most attributes a tag may have before they are dropped: real pages stay below 100 (white space counts as well).
const ATTRIBUTES: usize = 1000;

/// Shortest content of a `noscript` element, in bytes, that can be an article; trackers and image fall-backs are shorter.
const NOSCRIPT: usize = 1500;

/// Tags of the page as a whole beyond which their attributes are not read: each is held against all before.
const PAGES: usize = 16;

/// A page made safe, its structured data, and what was done to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Guarded {
    pub(crate) html: String,
    /// Contents of `<script type="application/ld+json">`.
    pub(crate) structured: Vec<String>,
    pub(crate) flattened: bool,
    pub(crate) cut: bool,
    /// Bytes of attributes that were left out of `html`: they count for [`LONGEST`].
    thinned: usize,
}

/// Passes over a page once, or twice where its formatting must go.
pub(crate) fn guard(page: &str) -> Guarded {
    Pass::new(page, true).run().or_else(|| Pass::new(page, false).run()).unwrap_or_default()
}

/// One pass over a page.
struct Pass<'a> {
    page: &'a str,
    /// What is still to be read of it.
    rest: &'a str,
    out: Guarded,
    /// Whether formatting is kept.
    formatted: bool,
    formats: Formats<'a>,
    /// Elements open, and open ones left out below the deepest.
    open: Vec<&'a str>,
    hidden: usize,
    /// Tags of the page as a whole met so far.
    pages: usize,
    /// Where the next end of a `noscript` and the next paragraph are, in the page: looked for once each.
    end_of_noscript: usize,
    paragraph: usize,
}

impl<'a> Pass<'a> {
    fn new(page: &'a str, formatted: bool) -> Self {
        let html = String::with_capacity(page.len().min(LONGEST));
        Self {
            page,
            rest: page,
            out: Guarded { html, flattened: !formatted, ..Guarded::default() },
            formatted,
            formats: Formats::default(),
            open: Vec::new(),
            hidden: 0,
            pages: 0,
            end_of_noscript: 0,
            paragraph: 0,
        }
    }

    /// The page made safe; `None` where formatting would cost too much.
    fn run(mut self) -> Option<Guarded> {
        while !self.rest.is_empty() {
            if self.out.html.len() + self.out.thinned > LONGEST {
                self.out.cut = true;
                break;
            }
            let (text, tag) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
            self.out.push(text);
            if tag.is_empty() {
                break;
            }
            if let Some(comment) = tag.strip_prefix("<!--") {
                // `<!-->` and `<!--->` are whole comments.
                let whole = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
                self.rest = whole.unwrap_or_else(|| comment_end(comment));
                continue;
            }
            let Some(read) = Tag::read(tag) else {
                self.out.push("<");
                self.rest = tag.get(1..).unwrap_or("");
                continue;
            };
            self.rest = tag.get(read.whole.len()..).unwrap_or("");
            if read.kind == Kind::Dropped && !read.closing {
                self.drop_element(&read);
            } else if read.kind != Kind::Dropped && (read.kind != Kind::Format || self.formatted) {
                self.tag(&read);
                if self.formats.too_many() {
                    return None;
                }
            }
        }
        Some(self.out)
    }

    /// Leaves out an element with all it holds, of which structured data are kept.
    fn drop_element(&mut self, tag: &Tag<'a>) {
        // Written as if it had no content: only the tag goes. A script or style without an address has content all the same,
        // as every browser takes it.
        let inline = || (tag.is("script") || tag.is("style")) && !tag.whole.to_ascii_lowercase().contains("src");
        if tag.whole.ends_with("/>") && !inline() {
            return;
        }
        if tag.is("noscript") {
            return self.noscript(tag.name);
        }
        let (inside, after) = element_end(self.rest, tag.name);
        if tag.is("script") && tag.whole.to_ascii_lowercase().contains("ld+json") {
            self.out.structured.push(inside.to_owned());
        }
        self.rest = after;
    }

    /// Some pages hide the whole text from readers without scripts only: then only the tag goes.
    fn noscript(&mut self, name: &str) {
        let here = self.page.len() - self.rest.len();
        if self.end_of_noscript < here {
            self.end_of_noscript = here + element_end(self.rest, name).0.len();
        }
        if self.paragraph < here {
            self.paragraph = here + self.rest.find("<p").unwrap_or(self.rest.len());
        }
        if self.end_of_noscript - here <= NOSCRIPT || self.paragraph >= self.end_of_noscript {
            self.rest = element_end(self.page.get(self.end_of_noscript..).unwrap_or(""), name).1;
        }
    }

    /// A tag that stays, unless it is nested too deep or a mark that leads nowhere.
    fn tag(&mut self, tag: &Tag<'a>) {
        self.pages += usize::from(tag.of_page());
        if tag.leads_nowhere() {
            self.out.thinned += tag.whole.len();
            return;
        }
        if tag.element {
            self.formats.tag(tag.kind, tag.closing, tag.name);
        }
        if !self.nests(tag) {
            return;
        }
        if tag.attributes > ATTRIBUTES || self.pages > PAGES && tag.of_page() {
            self.out.flattened = true;
            self.out.html.push('<');
            self.out.html.push_str(&tag.name.to_ascii_lowercase());
            self.out.html.push('>');
        } else if let Some(plain) = &tag.plain {
            let before = self.out.html.len();
            plain.write(tag.name, &mut self.out.html);
            self.out.thinned += (before + tag.whole.len()).saturating_sub(self.out.html.len());
        } else {
            self.out.html.push_str(tag.whole);
        }
    }

    /// Opens or closes an element; `false` where it is nested too deep to stay.
    fn nests(&mut self, tag: &Tag<'a>) -> bool {
        if tag.closing {
            if self.hidden > 0 && tag.kind.nests() {
                self.hidden -= 1;
                return false;
            }
            if let Some(at) = self.open.iter().rev().take(16).position(|n| n.eq_ignore_ascii_case(tag.name)) {
                self.open.truncate(self.open.len() - at - 1);
            }
        } else if tag.kind.nests() && tag.element {
            if self.open.len() >= DEEPEST {
                self.hidden += 1;
                self.out.flattened = true;
                self.out.html.push(' ');
                return false;
            }
            self.open.push(tag.name);
        }
        true
    }
}

impl Guarded {
    /// Adds text, up to the longest page.
    fn push(&mut self, text: &str) {
        let room = (LONGEST + 1).saturating_sub(self.html.len() + self.thinned);
        if text.len() <= room {
            self.html.push_str(text);
        } else {
            let mut end = room;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            self.html.push_str(text.get(..end).unwrap_or(""));
            self.cut = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flattens_and_strips() {
        let bomb = "<div>".repeat(100_000) + "words" + &"</div>".repeat(100_000);
        let read = guard(&bomb);
        assert!(read.flattened && read.html.contains("words"));
        assert_eq!(read.html.matches("<div>").count(), DEEPEST);
        let page = guard(
            "<p>a<!-- x --><script>if (1 < 2) \"</p>\"</script>b<script type='application/ld+json'>{}</script></p>",
        );
        assert_eq!((page.html.as_str(), page.structured.len()), ("<p>ab</p>", 1));
        assert_eq!(guard("<p>2 < 3 <b>x</b>").html, "<p>2 < 3 <b>x</b>");
        // what a script would hide from readers without one, if it is an article
        let hidden = "<noscript><p>".to_owned() + &"a ".repeat(NOSCRIPT) + "</noscript>b";
        assert!(guard(&hidden).html.starts_with("<p>a a") && guard(&hidden).html.ends_with(" b"));
        assert_eq!(guard("<noscript><p>a</noscript>b<noscript>c").html, "b");
        // a script written as if empty holds what follows, unless it is elsewhere
        assert_eq!(guard("a<script type=x/>b()</script>c<script src='x.js'/>d").html, "acd");
        // formatting left open is made again in every paragraph
        let left: String = (0..400).map(|n| format!("<b id={n}>")).collect();
        let read = guard(&format!("<p>{left}{}", "x<p>".repeat(10_000)));
        assert!(read.flattened && !read.html.contains("<b") && read.html.contains("x<p>"));
        let closed = guard(&"<p><b>x</b> y<td><i>z</i>".repeat(10_000));
        assert!(!closed.flattened && closed.html.contains("<b>x</b>"));
        let pages = guard(&"<body class=x>".repeat(100));
        assert_eq!(pages.html.matches("class").count(), PAGES);
        let many = format!("<p {}>x</p>", "a=1 ".repeat(100_000));
        assert_eq!(guard(&many).html, "<p>x</p>");
        assert_eq!(guard("<a title=\"1 > 0\">x</a>").html, "<a title=\"1 > 0\">x</a>");
        // attributes nobody reads go, and the rest of a tag is as it was
        for (tag, kept) in [
            ("<A HREF='/a>b' Class = big hidden>", "<A Class = big hidden>"),
            ("<img src=/a/b.png alt='x'/>", "<img />"),
            ("<time datetime=2032-03-04 data-x=1 />", "<time datetime=2032-03-04 />"),
            ("<div id=\"a\"class=\"b\"onclick=x>", "<div id=\"a\" class=\"b\">"),
            ("<a href=x/>", "<a>"),
            ("<a href='#fold-1'>", "<a href='#fold-1'>"),
            ("<a href = \"#\">", "<a>"),
            ("<a name=x>", ""),
            ("<a href=a=b class=c>", "<a href=a=b class=c>"),
            ("<a \"b=c>", "<a \"b=c>"),
            ("<i data-x=1>", "<i data-x=1>"),
            ("<p class>", "<p class>"),
        ] {
            assert_eq!(guard(tag).html, kept);
        }
    }
}
