//! Can this text hurt? Escaping for HTML, and visible marks for characters that hide or reorder words.
//!
//! Accounts are hostile input: they may hold mark-up, characters that turn the reading order round, or letters of no
//! width. The JSON keeps them as they are; everything meant for eyes passes through here.
//!
//! ```
//! assert_eq!(rashomon_dossier::safe::plain("a\u{202e}b"), "a⟨U+202E⟩b");
//! ```

use std::borrow::Cow;

/// Whether the character is shown as a mark instead of itself: control characters, bidirectional controls,
/// zero-width and invisible characters, tags, noncharacters of the interlinear kind (Unicode 16, categories Cc and Cf,
/// and the line and paragraph separators); line feed and tab stay.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}'
        | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Joiners that shape letters (Persian, Indic) or emoji are not hidden where the character before needs them.
fn shapes(before: Option<char>, c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
        && before.is_some_and(
            |b| matches!(b, '\u{600}'..='\u{DFF}' | '\u{FE0F}' | '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}'),
        )
}

/// Splits a text into runs of plain characters and single hidden ones.
pub(crate) fn pieces(text: &str, mut each: impl FnMut(Piece<'_>)) {
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if is_hidden(c) && !shapes(before, c) {
            if let Some(run) = text.get(start..at).filter(|run| !run.is_empty()) {
                each(Piece::Plain(run));
            }
            each(Piece::Hidden(c));
            start = at + c.len_utf8();
        }
        before = Some(c);
    }
    if let Some(run) = text.get(start..).filter(|run| !run.is_empty()) {
        each(Piece::Plain(run));
    }
}

/// A run of a text as [`pieces`] gives it.
pub(crate) enum Piece<'a> {
    Plain(&'a str),
    Hidden(char),
}

/// The text with hidden characters as `⟨U+202E⟩`, for terminals, Markdown, tables and attributes.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    pieces(text, |piece| match piece {
        Piece::Plain(run) => out.push_str(run),
        Piece::Hidden(c) => out.push_str(&mark(c)),
    });
    Cow::Owned(out)
}

/// The same on one line: every run of white space becomes one space.
#[must_use]
pub fn one_line(text: &str) -> String {
    let safe = plain(text);
    let mut out = String::with_capacity(safe.len());
    for word in safe.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// `⟨U+202E⟩`.
pub(crate) fn mark(c: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(c))
}

/// Appends the text with the five characters of HTML escaped; good for text and for quoted attributes.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// A table cell that no spreadsheet takes for a formula, on one line and without tabs: an apostrophe stands before `=`, `+`,
/// `-` or `@` where they open it (OWASP, "CSV injection"), and where they open what follows a semicolon, spaces and quotes
/// aside: a spreadsheet of a country that writes 1,5 parts cells there. Other text is left as it is.
///
/// ```
/// use rashomon_dossier::safe::cell;
/// assert_eq!(cell("=1+1"), "'=1+1");
/// assert_eq!(cell("Four died; =1+1"), "Four died; '=1+1");
/// assert_eq!(cell("Four died; two - no, three - were hurt"), "Four died; two - no, three - were hurt");
/// ```
#[must_use]
pub fn cell(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 2);
    let (mut opens, mut parted) = (true, false);
    for c in line.chars() {
        if opens && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            out.push('\'');
        }
        parted |= c == ';';
        opens = c == ';' || (opens && parted && matches!(c, ' ' | '"'));
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_what_hides() {
        assert_eq!(plain("a\u{200b}b\u{0}"), "a⟨U+200B⟩b⟨U+0000⟩");
        assert_eq!(plain("می\u{200c}رود"), "می\u{200c}رود");
        assert_eq!(plain("a\u{200c}b"), "a⟨U+200C⟩b");
        assert!(matches!(plain("plain é"), Cow::Borrowed(_)));
    }

    #[test]
    fn formulas_are_text() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("\t@x"), "'@x");
        assert_eq!(cell("12 - 3"), "12 - 3");
        assert_eq!(cell("a;=1; -2;;\"@x\";\n+1"), "a;'=1; '-2;;\"'@x\"; '+1");
        assert_eq!(cell("a; b - c; 5"), "a; b - c; 5");
        assert_eq!(cell("\"-5 degrees\""), "\"-5 degrees\"");
    }
}
