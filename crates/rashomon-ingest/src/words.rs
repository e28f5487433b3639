//! How is one line written? Small, pure questions about a line of text.

/// White space runs become one space, ends are trimmed, invisible layout characters go.
///
/// Removed: control characters, soft hyphen, zero-width space, byte order mark. Kept: joiners and direction marks, which
/// are part of the spelling in several scripts. No Unicode normalisation.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // plain signs in a row are taken at once
        let plain = rest.bytes().take_while(u8::is_ascii_graphic).count();
        let taken = if plain > 0 { plain } else { c.len_utf8() };
        let (here, after) = rest.split_at(taken);
        rest = after;
        if c.is_whitespace() {
            gap = true;
        } else if !(c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push_str(here);
        }
    }
    out
}

/// Lower case without punctuation, digits and symbols at both ends, inner white space squeezed: the form of the label lists.
pub(crate) fn label_form(line: &str) -> String {
    folded(squeeze(line).trim_matches(|c: char| !c.is_alphabetic()))
}

/// Lower case, with straight apostrophes.
pub(crate) fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    if lower.contains('’') { lower.replace('’', "'") } else { lower }
}

/// Number of words (runs without white space that hold a letter or digit).
pub(crate) fn count(line: &str) -> usize {
    let (mut words, mut word) = (0, false);
    let mut look = |space: bool, letter: bool| {
        words += usize::from(space && word);
        word = !space && (word || letter);
    };
    if line.is_ascii() {
        line.bytes().for_each(|b| look(matches!(b, b'\t'..=b'\r' | b' '), b.is_ascii_alphanumeric()));
    } else {
        line.chars().for_each(|c| look(c.is_whitespace(), c.is_alphanumeric()));
    }
    words + usize::from(word)
}

/// Whether the line ends as a sentence does (final mark, possibly behind closing quotes or brackets).
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end()
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔', ':', ';'])
}

/// Whether the line reads as running text: long enough and ending as a sentence, or very long.
pub(crate) fn runs(line: &str) -> bool {
    let ends = ends_sentence(line);
    if ends && line.chars().count() >= 60 {
        return true;
    }
    let n = count(line);
    n >= 40 || ends && n >= 12
}

/// Whether the line holds quotation marks of any style.
pub(crate) fn quotes(line: &str) -> bool {
    line.chars().any(|c| matches!(c, '"' | '“' | '”' | '«' | '»' | '„'))
}

/// The lower-case words of a line, punctuation stripped.
pub(crate) fn lower(line: &str) -> Vec<String> {
    line.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(folded)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squeezes_and_labels() {
        assert_eq!(squeeze(" a\u{a0}\u{a0}b\u{ad}c\r\n"), "a bc");
        assert_eq!(label_form("  Comments (12) "), "comments");
        assert_eq!(["", " - ", "a", " a,\u{b}b – c\u{a0}d ", "1 % of\tthem"].map(count), [0, 0, 1, 4, 3]);
        assert!(ends_sentence("He fled.”"));
        assert!(!ends_sentence("Shells hit market"));
    }
}
