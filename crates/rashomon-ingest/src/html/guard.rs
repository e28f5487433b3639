//! Is it safe to build a tree of this page?
//!
//! Every HTML tree builder is quadratic in nesting depth (`<div>` × 10,000: 30 to 50 s, measured), and in the number of
//! attributes of one tag. So one linear pass goes first: it drops scripts, styles, comments and drawings (most of the bytes of
//! a page), flattens nesting below [`DEEPEST`], drops attributes of tags with absurdly many and those that nobody here reads
//! (addresses of links and pictures are most of what is left of a page), and cuts at [`LONGEST`] bytes. Formatting elements left
//! open are made again by a tree builder in every paragraph that follows: where that would be [`AGAIN`] elements, all go.

use crate::limits::DEEPEST;

/// Longest page kept, in bytes, after scripts and styles are gone (crates.md 1a).
pub(crate) const LONGEST: usize = 5_000_000;
/// Most attributes a tag may have before they are dropped: real pages stay below 100 (white space counts as well).
const ATTRIBUTES: usize = 1000;

/// Shortest content of a `noscript` element, in bytes, that can be an article; trackers and image fall-backs are shorter.
const NOSCRIPT: usize = 1500;

/// Elements a tree builder may have to make again before formatting is left out: a paragraph of four bytes can cost hundreds.
const AGAIN: usize = 1_000_000;

/// What an element is to the pass, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Dropped with all it holds.
    Dropped,
    /// Has no end tag.
    Void,
    /// Its end tag may be left out: it closes by itself, so it does not count for depth.
    Closing,
    /// The same, and what is open outside is not closed inside.
    Cell,
    /// What is open outside is not closed inside.
    Frame,
    /// Bold, italic and their kin: made again in every paragraph until it is closed. (A link is closed by the next one.)
    Format,
    Other,
}

impl Kind {
    /// Whether it counts for depth.
    const fn nests(self) -> bool {
        !matches!(self, Kind::Void | Kind::Closing | Kind::Cell)
    }
}

/// Formatting elements that may still be open. What is not known to be closed counts as open.
#[derive(Default)]
struct Formats<'a> {
    /// Names, each with the number of frames met before it.
    open: Vec<(&'a str, usize)>,
    frames: usize,
    /// Elements that may have to be made again, so far.
    again: usize,
}

impl<'a> Formats<'a> {
    /// Takes a tag into account.
    fn tag(&mut self, kind: Kind, closing: bool, name: &'a str) {
        match (kind, closing) {
            (Kind::Format, false) => self.open.push((name, self.frames)),
            (Kind::Format, true) => {
                let mut here = self.open.iter().rev().take_while(|(_, frames)| *frames == self.frames).take(64);
                if let Some(at) = here.position(|(open, _)| open.eq_ignore_ascii_case(name)) {
                    self.open.remove(self.open.len() - at - 1);
                }
            }
            (Kind::Void, _) => {}
            _ => {
                self.frames += usize::from(!closing && matches!(kind, Kind::Cell | Kind::Frame));
                self.again += self.open.len();
            }
        }
    }
}

/// The kind of a name.
fn kind(name: &str) -> Kind {
    let mut lower = [0u8; 8];
    let Some(lower) = lower.get_mut(..name.len()) else { return Kind::Other };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"script" | b"style" | b"noscript" | b"svg" | b"template" | b"iframe" | b"textarea" | b"select" => {
            Kind::Dropped
        }
        b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta" | b"param"
        | b"source" | b"track" | b"wbr" => Kind::Void,
        b"td" | b"th" => Kind::Cell,
        b"p" | b"li" | b"tr" | b"dt" | b"dd" | b"option" | b"thead" | b"tbody" | b"tfoot" | b"html" | b"head"
        | b"body" => Kind::Closing,
        b"table" | b"caption" | b"object" | b"applet" | b"marquee" | b"button" | b"math" => Kind::Frame,
        b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike" | b"strong"
        | b"tt" | b"u" => Kind::Format,
        _ => Kind::Other,
    }
}

/// Elements, besides those of form, whose tags are kept as they are: what they say of the page is read, or the tree depends on their
/// attributes. (Of elements of form, a fourth of the same name and attributes closes the first.)
const WHOLE: &[&str] = &["meta", "link", "base", "input", "math", "annotation-xml"];
/// Tags of the page as a whole beyond which their attributes are not read: each is held against all before.
const PAGES: usize = 16;
/// Attributes that are read ([`super::tree`]).
const READ: &[&str] = &[
    "class",
    "id",
    "itemprop",
    "role",
    "style",
    "itemtype",
    "rel",
    "datetime",
    "content",
    "title",
    "aria-hidden",
    "hidden",
    "pubdate",
    "lang",
];

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
    pass(page, true).or_else(|| pass(page, false)).unwrap_or_default()
}

/// One pass; `None` where formatting would cost too much.
fn pass(page: &str, formatted: bool) -> Option<Guarded> {
    let mut out = Guarded { html: String::with_capacity(page.len().min(LONGEST)), ..Guarded::default() };
    out.flattened = !formatted;
    let mut open: Vec<&str> = Vec::new();
    let mut formats = Formats::default();
    let mut pages = 0usize;
    // where the next end of a `noscript` and the next paragraph are, in the page: looked for once each
    let (mut end_of_noscript, mut paragraph) = (0usize, 0usize);
    let mut hidden = 0usize;
    let mut rest = page;
    while !rest.is_empty() {
        if out.html.len() + out.thinned > LONGEST {
            out.cut = true;
            break;
        }
        let Some(at) = rest.find('<') else {
            push(&mut out, rest);
            break;
        };
        let (text, tag) = rest.split_at(at);
        push(&mut out, text);
        if let Some(comment) = tag.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            rest = if let Some(after) = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->")) {
                after
            } else {
                comment_end(comment)
            };
            continue;
        }
        let closing = tag.as_bytes().get(1) == Some(&b'/');
        let name_at = if closing { 2 } else { 1 };
        // No element has a longer name; without the limit a run of `<` would be read again and again.
        let named: usize = tag
            .bytes()
            .skip(name_at)
            .take(64)
            .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'))
            .count();
        let first = tag.as_bytes().get(name_at).copied().unwrap_or(b' ');
        if !first.is_ascii_alphabetic() && !matches!(first, b'!' | b'?') {
            push(&mut out, "<");
            rest = tag.get(1..).unwrap_or("");
            continue;
        }
        let name = tag.get(name_at..name_at + named).unwrap_or("");
        let kind = kind(name);
        // Where the tag is written in the plain way, only what is read of it is copied.
        let element = !closing && first.is_ascii_alphabetic() && !matches!(kind, Kind::Dropped | Kind::Format);
        let plain = (element && !WHOLE.iter().any(|whole| whole.eq_ignore_ascii_case(name)))
            .then(|| plain(tag, name_at + named))
            .flatten();
        let whole_page = element && ["html", "body"].iter().any(|page| page.eq_ignore_ascii_case(name));
        pages += usize::from(whole_page);
        let (end, attributes) = plain.as_ref().map_or_else(|| tag_end(tag), |plain| (plain.end, plain.attributes));
        let whole = tag.get(..end).unwrap_or(tag);
        rest = tag.get(end..).unwrap_or("");
        if !closing && kind == Kind::Dropped {
            // Written as if it had no content: only the tag goes. A script or style without an address has content all the same,
            // as every browser takes it.
            let lower = || whole.to_ascii_lowercase();
            let inline =
                ["script", "style"].iter().any(|name_| name.eq_ignore_ascii_case(name_)) && !lower().contains("src");
            if whole.ends_with("/>") && !inline {
                continue;
            }
            // Some pages hide the whole text from readers without scripts only.
            if name.eq_ignore_ascii_case("noscript") {
                let here = page.len() - rest.len();
                if end_of_noscript < here {
                    end_of_noscript = here + element_end(rest, name).0.len();
                }
                if paragraph < here {
                    paragraph = here + rest.find("<p").unwrap_or(rest.len());
                }
                if end_of_noscript - here > NOSCRIPT && paragraph < end_of_noscript {
                    continue;
                }
                rest = element_end(page.get(end_of_noscript..).unwrap_or(""), name).1;
                continue;
            }
            let (inside, after) = element_end(rest, name);
            let script = name.eq_ignore_ascii_case("script");
            if script && whole.to_ascii_lowercase().contains("ld+json") {
                out.structured.push(inside.to_owned());
            }
            rest = after;
            continue;
        }
        if closing && kind == Kind::Dropped || kind == Kind::Format && !formatted {
            continue;
        }
        // A link that leads nowhere is a mark in the text, often never closed.
        if name.eq_ignore_ascii_case("a") && plain.as_ref().is_some_and(|plain| !plain.leads && plain.read.is_empty()) {
            out.thinned += whole.len();
            continue;
        }
        if first.is_ascii_alphabetic() {
            formats.tag(kind, closing, name);
            if formats.again > AGAIN {
                return None;
            }
        }
        if closing {
            if hidden > 0 && kind.nests() {
                hidden -= 1;
                continue;
            }
            if let Some(at) = open.iter().rev().take(16).position(|n| n.eq_ignore_ascii_case(name)) {
                open.truncate(open.len() - at - 1);
            }
        } else if kind.nests() && !first.is_ascii_punctuation() {
            if open.len() >= DEEPEST {
                hidden += 1;
                out.flattened = true;
                out.html.push(' ');
                continue;
            }
            open.push(name);
        }
        if attributes > ATTRIBUTES || whole_page && pages > PAGES {
            out.flattened = true;
            out.html.push('<');
            out.html.push_str(&name.to_ascii_lowercase());
            out.html.push('>');
        } else if let Some(plain) = plain {
            let before = out.html.len();
            plain.write(name, &mut out.html);
            out.thinned += (before + whole.len()).saturating_sub(out.html.len());
        } else {
            out.html.push_str(whole);
        }
    }
    Some(out)
}

/// Adds text, up to the longest page.
fn push(out: &mut Guarded, text: &str) {
    let room = (LONGEST + 1).saturating_sub(out.html.len() + out.thinned);
    if text.len() <= room {
        out.html.push_str(text);
    } else {
        let mut end = room;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        out.html.push_str(text.get(..end).unwrap_or(""));
        out.cut = true;
    }
}

/// A tag written in the plain way: attributes with white space between, values in quotes or without signs.
struct Plain<'a> {
    /// Length of the tag, and about how many attributes it has, as [`tag_end`] counts.
    end: usize,
    attributes: usize,
    /// Attributes that are read, as written.
    read: Vec<(&'a str, &'a str)>,
    /// Whether it ends with `/>`.
    empty: bool,
    /// Whether it has an address.
    leads: bool,
}

/// Reads a tag from behind its name; `None` where it is written in any other way, or does not end.
fn plain(tag: &str, named: usize) -> Option<Plain<'_>> {
    let bytes = tag.as_bytes();
    let mut found = Plain { end: 0, attributes: 0, read: Vec::new(), empty: false, leads: false };
    let mut at = named;
    if !matches!(bytes.get(at)?, b' ' | b'\n' | b'\t' | b'\r' | 0xc | b'/' | b'>') {
        return None;
    }
    // white space counts as attributes do, but behind a sign of equality
    let skip = |at: &mut usize| {
        let from = *at;
        while bytes.get(*at).is_some_and(|b| matches!(b, b' ' | b'\n' | b'\t' | b'\r' | 0xc)) {
            *at += 1;
        }
        *at - from
    };
    loop {
        found.attributes += skip(&mut at);
        match bytes.get(at)? {
            b'>' => {
                found.end = at + 1;
                return Some(found);
            }
            b'/' if bytes.get(at + 1) == Some(&b'>') => {
                (found.end, found.empty) = (at + 2, true);
                return Some(found);
            }
            _ => {}
        }
        let from = at;
        while !matches!(bytes.get(at)?, 0..=b' ' | b'/' | b'>' | b'=' | b'"' | b'\'' | b'<' | 0x7f) {
            at += 1;
        }
        let name = tag.get(from..at).filter(|name| !name.is_empty())?;
        let mut end = at;
        found.attributes += skip(&mut at);
        if bytes.get(at) == Some(&b'=') {
            found.attributes += 1;
            at += 1;
            skip(&mut at);
            match *bytes.get(at)? {
                quote @ (b'"' | b'\'') => {
                    at += 2 + tag.get(at + 1..)?.find(char::from(quote))?;
                }
                _ => {
                    let from = at;
                    while !matches!(bytes.get(at)?, 0..=b' ' | b'>' | b'=' | b'"' | b'\'' | b'<' | b'`' | 0x7f) {
                        at += 1;
                    }
                    if at == from {
                        return None;
                    }
                }
            }
            end = at;
        }
        found.leads |= name.eq_ignore_ascii_case("href");
        if READ.iter().any(|read| read.eq_ignore_ascii_case(name)) {
            found.read.push((name, tag.get(from..end)?));
        }
    }
}

impl Plain<'_> {
    /// Writes the tag again with what is read of it.
    fn write(&self, name: &str, out: &mut String) {
        out.push('<');
        out.push_str(name);
        for (_, attribute) in &self.read {
            out.push(' ');
            out.push_str(attribute);
        }
        out.push_str(if self.empty { " />" } else { ">" });
    }
}

/// What stands behind the end of a comment.
fn comment_end(comment: &str) -> &str {
    let mut from = 0;
    while let Some(at) = comment.get(from..).and_then(|rest| rest.find('>')).map(|at| at + from) {
        if at >= 2 && comment.get(at - 2..at) == Some("--") {
            return comment.get(at + 1..).unwrap_or("");
        }
        from = at + 1;
    }
    ""
}

/// Length of the tag that `tag` begins with, quotes respected, and about how many attributes it has.
fn tag_end(tag: &str) -> (usize, usize) {
    let (mut quote, mut attributes, mut value) = (0u8, 0, false);
    for (i, b) in tag.bytes().enumerate() {
        match (quote, b) {
            (0, b'>') => return (i + 1, attributes),
            (0, b'"' | b'\'') if value => quote = b,
            (0, b'=') => {
                value = true;
                attributes += 1;
            }
            (0, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c') => {
                // A bare attribute counts too.
                attributes += usize::from(!value);
            }
            (0, _) => value = false,
            (q, b) if q == b => {
                quote = 0;
                value = false;
            }
            _ => {}
        }
    }
    (tag.len(), attributes)
}

/// What stands inside an element, and what after its end tag.
fn element_end<'a>(rest: &'a str, name: &str) -> (&'a str, &'a str) {
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|r| r.find('<')).map(|at| at + from) {
        if rest.as_bytes().get(at + 1) != Some(&b'/') {
            from = at + 1;
            continue;
        }
        let after = rest.get(at + 2..).unwrap_or("");
        let same = after.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
            && after.as_bytes().get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        if same {
            let close = after.find('>').map_or(after.len(), |end| end + 1);
            return (rest.get(..at).unwrap_or(""), after.get(close..).unwrap_or(""));
        }
        from = at + 2;
    }
    (rest, "")
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
