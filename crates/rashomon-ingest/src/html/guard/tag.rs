//! What does a tag say, where does it end, and what of it is read?

use super::kind::{Kind, kind};

/// Elements, besides those of form, whose tags are kept as they are: what they say of the page is read, or the tree depends on their
/// attributes. (Of elements of form, a fourth of the same name and attributes closes the first.)
const WHOLE: &[&str] = &["meta", "link", "base", "input", "math", "annotation-xml"];
/// Attributes that are read ([`super::super::tree`]).
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

/// A tag at the start of a text.
pub(super) struct Tag<'a> {
    /// Name as written.
    pub(super) name: &'a str,
    pub(super) kind: Kind,
    /// Whether it is an end tag.
    pub(super) closing: bool,
    /// Whether it is of an element, not a declaration or an instruction.
    pub(super) element: bool,
    /// The tag as written.
    pub(super) whole: &'a str,
    /// About how many attributes it has.
    pub(super) attributes: usize,
    /// Its attributes, where it is written in the plain way and only what is read of it is copied.
    pub(super) plain: Option<Plain<'a>>,
}

impl<'a> Tag<'a> {
    /// The tag that a text with `<` at its start begins with; `None` where that is a mere sign.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let closing = text.as_bytes().get(1) == Some(&b'/');
        let name_at = if closing { 2 } else { 1 };
        let first = text.as_bytes().get(name_at).copied().unwrap_or(b' ');
        let element = first.is_ascii_alphabetic();
        if !element && !matches!(first, b'!' | b'?') {
            return None;
        }
        // No element has a longer name; without the limit a run of `<` would be read again and again.
        let named: usize = text
            .bytes()
            .skip(name_at)
            .take(64)
            .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'))
            .count();
        let name = text.get(name_at..name_at + named).unwrap_or("");
        let kind = kind(name);
        let thinned = element
            && !closing
            && !matches!(kind, Kind::Dropped | Kind::Format)
            && !WHOLE.iter().any(|whole| whole.eq_ignore_ascii_case(name));
        let plain = if thinned { plain(text, name_at + named) } else { None };
        let (end, attributes) = plain.as_ref().map_or_else(|| tag_end(text), |plain| (plain.end, plain.attributes));
        let whole = text.get(..end).unwrap_or(text);
        Some(Self { name, kind, closing, element, whole, attributes, plain })
    }

    /// Whether it has this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it begins the page as a whole, of which the tree keeps one.
    pub(super) fn of_page(&self) -> bool {
        self.element && !self.closing && (self.is("html") || self.is("body"))
    }

    /// Whether it is a link that leads nowhere and says nothing: a mark in the text, often never closed.
    pub(super) fn leads_nowhere(&self) -> bool {
        self.is("a") && self.plain.as_ref().is_some_and(|plain| !plain.leads && plain.read.is_empty())
    }
}

/// A tag written in the plain way: attributes with white space between, values in quotes or without signs.
pub(super) struct Plain<'a> {
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
        let at_value = at;
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
        let link = name.eq_ignore_ascii_case("href");
        found.leads |= link;
        if READ.iter().any(|read| read.eq_ignore_ascii_case(name)) || link && within(tag.get(at_value..end)?) {
            found.read.push((name, tag.get(from..end)?));
        }
    }
}

/// Whether an address, as written behind the name of its attribute, is a part of the page itself: `="#fold-1"`.
fn within(value: &str) -> bool {
    let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '"' | '\''));
    value.strip_prefix('#').is_some_and(|part| part.starts_with(|c: char| c.is_alphanumeric()))
}

impl Plain<'_> {
    /// Writes the tag again with what is read of it.
    pub(super) fn write(&self, name: &str, out: &mut String) {
        out.push('<');
        out.push_str(name);
        for (_, attribute) in &self.read {
            out.push(' ');
            out.push_str(attribute);
        }
        out.push_str(if self.empty { " />" } else { ">" });
    }
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

/// What stands behind the end of a comment.
pub(super) fn comment_end(comment: &str) -> &str {
    let mut from = 0;
    while let Some(at) = comment.get(from..).and_then(|rest| rest.find('>')).map(|at| at + from) {
        if at >= 2 && comment.get(at - 2..at) == Some("--") {
            return comment.get(at + 1..).unwrap_or("");
        }
        from = at + 1;
    }
    ""
}

/// What stands inside an element, and what after its end tag.
pub(super) fn element_end<'a>(rest: &'a str, name: &str) -> (&'a str, &'a str) {
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
