//! Is it safe to build a tree of this page?
//!
//! Every HTML tree builder is quadratic in nesting depth (`<div>` × 10,000: 30 to 50 s, measured), and in the number of
//! attributes of one tag. So one linear pass goes first: it drops scripts, styles, comments and drawings (most of the bytes of
//! a page), flattens nesting below [`DEEPEST`], drops attributes of tags with absurdly many, and cuts at [`LONGEST`] bytes.

use crate::limits::DEEPEST;

/// Longest page kept, in bytes, after scripts and styles are gone (crates.md 1a).
pub(crate) const LONGEST: usize = 5_000_000;
/// Most attributes a tag may have before they are dropped: real pages stay below 100 (white space counts as well).
const ATTRIBUTES: usize = 1000;

/// Shortest content of a `noscript` element, in bytes, that can be an article; trackers and image fall-backs are shorter.
const NOSCRIPT: usize = 1500;

/// Elements without an end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose end tag may be left out: they close by themselves, so they do not count for depth.
const SELF_CLOSING: &[&str] =
    &["p", "li", "td", "tr", "th", "dt", "dd", "option", "thead", "tbody", "tfoot", "html", "head", "body"];
/// Elements dropped with all they hold.
const DROPPED: &[&str] = &["script", "style", "noscript", "svg", "template", "iframe", "textarea", "select"];

/// A page made safe, its structured data, and what was done to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Guarded {
    pub(crate) html: String,
    /// Contents of `<script type="application/ld+json">`.
    pub(crate) structured: Vec<String>,
    pub(crate) flattened: bool,
    pub(crate) cut: bool,
}

/// Passes over a page once.
pub(crate) fn guard(page: &str) -> Guarded {
    let mut out = Guarded { html: String::with_capacity(page.len().min(LONGEST)), ..Guarded::default() };
    let mut open: Vec<String> = Vec::new();
    let mut hidden = 0usize;
    let mut rest = page;
    while !rest.is_empty() {
        if out.html.len() > LONGEST {
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
                comment.find("-->").and_then(|end| comment.get(end + 3..)).unwrap_or("")
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
        let (end, attributes) = tag_end(tag);
        let whole = tag.get(..end).unwrap_or(tag);
        rest = tag.get(end..).unwrap_or("");
        let name = tag.get(name_at..name_at + named).unwrap_or("").to_ascii_lowercase();
        if !closing && DROPPED.contains(&name.as_str()) {
            if whole.ends_with("/>") {
                // Written as if it had no content: only the tag goes.
                continue;
            }
            let (inside, after) = element_end(rest, &name);
            let lower = whole.to_ascii_lowercase();
            if name == "script" && lower.contains("ld+json") {
                out.structured.push(inside.to_owned());
            }
            // Some pages hide the whole text from readers without scripts only.
            rest = if name == "noscript" && inside.len() > NOSCRIPT && inside.contains("<p") { rest } else { after };
            continue;
        }
        if closing && DROPPED.contains(&name.as_str()) {
            continue;
        }
        if closing {
            if hidden > 0 && !VOID.contains(&name.as_str()) && !SELF_CLOSING.contains(&name.as_str()) {
                hidden -= 1;
                continue;
            }
            if let Some(at) = open.iter().rev().take(16).position(|n| *n == name) {
                open.truncate(open.len() - at - 1);
            }
        } else if !VOID.contains(&name.as_str())
            && !SELF_CLOSING.contains(&name.as_str())
            && !first.is_ascii_punctuation()
        {
            if open.len() >= DEEPEST {
                hidden += 1;
                out.flattened = true;
                out.html.push(' ');
                continue;
            }
            open.push(name.clone());
        }
        if attributes > ATTRIBUTES {
            out.flattened = true;
            out.html.push('<');
            out.html.push_str(&name);
            out.html.push('>');
        } else {
            out.html.push_str(whole);
        }
    }
    out
}

/// Adds text, up to the longest page.
fn push(out: &mut Guarded, text: &str) {
    let room = (LONGEST + 1).saturating_sub(out.html.len());
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
    while let Some(at) = rest.get(from..).and_then(|r| r.find("</")).map(|at| at + from) {
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
        let many = format!("<p {}>x</p>", "a=1 ".repeat(100_000));
        assert_eq!(guard(&many).html, "<p>x</p>");
        assert_eq!(guard("<a title=\"1 > 0\">x</a>").html, "<a title=\"1 > 0\">x</a>");
    }
}
