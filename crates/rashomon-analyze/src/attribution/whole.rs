//! Are the spans whole? Edges a learned reader leaves ragged: a source that begins with "of", a quotation without its closing
//! mark, the author's comment behind a quotation.

use super::lexicon::Lexicon;
use rashomon_model::Document;
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;

/// How far, in bytes, a phrase is looked for around a ragged edge.
const REACH: u32 = 48;

/// Repairs the edges of one attribution.
pub(super) fn mend(doc: &Document, attribution: &mut Attribution) {
    if let Some(first) = attribution.source.first_mut() {
        *first = with_head(doc, *first);
    }
    for piece in &mut attribution.content {
        *piece = without_aside(doc, *piece);
        *piece = closed(doc, *piece);
    }
}

/// "[a number] of letters": a source that begins with "of" has its head before it, up to three words in the same block.
fn with_head(doc: &Document, source: Span) -> Span {
    if !doc.slice(source).to_lowercase().starts_with("of ") {
        return source;
    }
    let Some(block) = doc.block_at(source.start) else { return source };
    let from = block.span.start.max(source.start.saturating_sub(REACH));
    let Some(before) = (from..=source.start).find_map(|at| doc.text.get(at as usize..source.start as usize)) else {
        return source;
    };
    let mut start = before.trim_end().len();
    for _ in 0..3 {
        let head = before.get(..start).unwrap_or("").trim_end();
        let word = head.rsplit(char::is_whitespace).next().unwrap_or("");
        let at = head.len() - word.len();
        if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || c == '-') {
            break;
        }
        start = at;
        let lower = word.to_lowercase();
        // the phrase opens with its determiner or number, or is one of the words that stand alone
        if Lexicon::get().words.determiners.contains(&lower) || opens(&lower) {
            return Span::new(source.start - u32::try_from(before.len() - start).unwrap_or(0), source.end);
        }
    }
    source
}

/// Words of quantity that are no determiners, and figures.
fn opens(word: &str) -> bool {
    matches!(word, "none" | "half") || word.chars().all(|c| c.is_ascii_digit())
}

/// A piece whose opening mark has its closing one right behind it, or behind the sentence's mark, takes that in.
fn closed(doc: &Document, piece: Span) -> Span {
    let text = doc.slice(piece);
    let (mut open, mut straight) = (0_i32, false);
    for c in text.chars() {
        match c {
            '“' | '«' => open += 1,
            '”' | '»' => open -= 1,
            '"' => straight = !straight,
            _ => {}
        }
    }
    if open <= 0 && !straight {
        return piece;
    }
    let rest = doc.text.get(piece.end as usize..).unwrap_or("");
    let mut end = 0;
    for c in rest.chars().take(3) {
        end += c.len_utf8();
        match c {
            '”' | '»' | '"' => return Span::new(piece.start, piece.end + u32::try_from(end).unwrap_or(0)),
            '.' | ',' | '!' | '?' | '…' => {}
            _ => break,
        }
    }
    piece
}

/// `"…," using an old name of the group`: what stands behind the last quotation mark and comma is the author's.
fn without_aside(doc: &Document, piece: Span) -> Span {
    let text = doc.slice(piece);
    let Some(at) = text.rfind(['”', '"', '»']) else { return piece };
    let mark = text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
    let Some(tail) = text.get(at + mark..) else { return piece };
    let comma = tail.trim_start().starts_with(',') || text.get(..at).is_some_and(|t| t.ends_with(','));
    let words = tail.trim_start_matches([',', ' ']).to_lowercase();
    let aside = Lexicon::get().aside.iter().any(|phrase| words.starts_with(phrase.as_str()));
    if comma && aside { Span::from_usize(piece.start as usize, piece.start as usize + at + mark) } else { piece }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    fn mended(text: &str, source: &str, content: &str) -> (String, String) {
        let doc = Fixture::new(text).doc;
        let at = |words: &str| {
            let start = text.find(words).expect("words of the passage");
            Span::from_usize(start, start + words.len())
        };
        let mut a = Attribution { source: vec![at(source)], content: vec![at(content)], ..Attribution::default() };
        mend(&doc, &mut a);
        (doc.slice(a.source[0]).to_owned(), doc.slice(a.content[0]).to_owned())
    }

    #[test]
    fn ragged_edges_are_mended() {
        let (source, _) = mended("A large number of letters claim the mill burnt.", "of letters", "the mill burnt");
        assert_eq!(source, "A large number of letters");
        let (source, _) = mended("Talk of letters claims the mill burnt.", "of letters", "the mill burnt");
        assert_eq!(source, "of letters", "nothing is guessed");
        let (_, content) = mended("Osk called them “thieves,” again.", "Osk", "“thieves");
        assert_eq!(content, "“thieves,”");
        let (_, content) = mended(
            "Osk said it would \"fight the Order,\" using an old name of the Front.",
            "Osk",
            "it would \"fight the Order,\" using an old name of the Front",
        );
        assert_eq!(content, "it would \"fight the Order,\"");
        let (_, content) =
            mended("Osk said \"we held,\" and the mill burnt.", "Osk", "\"we held,\" and the mill burnt");
        assert_eq!(content, "\"we held,\" and the mill burnt", "no comment of the author");
    }
}
