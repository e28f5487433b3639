//! Where does one statement end and the next begin? Sentences cut at the words that join clauses of different import.

use super::cue::{LISTS, find};
use rashomon_model::span::Span;

/// The clauses of one sentence of one voice: each a list of sorted pieces, trimmed of white space and joining words.
///
/// `weighty` tells whether a span holds something to claim (an event, a count): a cut is made only between two such parts,
/// so that "strikes, but in vain" stays whole.
pub(super) fn split(text: &str, pieces: &[Span], weighty: &dyn Fn(Span) -> bool) -> Vec<Vec<Span>> {
    let mut clauses: Vec<Vec<Span>> = vec![Vec::new()];
    for &piece in pieces {
        let mut rest = piece;
        let mut searched = rest.start;
        while let Some(joint) = find(text, Span::new(searched, rest.end), &LISTS.split) {
            let (left, right) = (Span::new(rest.start, joint.start), Span::new(joint.end, rest.end));
            searched = joint.end;
            let before = weighty(left) || clauses.last().is_some_and(|open| open.iter().any(|&span| weighty(span)));
            if before && weighty(right) {
                push(text, &mut clauses, left);
                clauses.push(Vec::new());
                rest = right;
            }
        }
        push(text, &mut clauses, rest);
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

/// Adds the words of `span` to the clause being built, unless nothing but marks is left of them.
fn push(text: &str, clauses: &mut [Vec<Span>], span: Span) {
    let span = bare(text, span);
    if let (false, Some(open)) = (span.is_empty(), clauses.last_mut()) {
        open.push(span);
    }
}

/// The span without white space, commas, dashes, colons and lone quotation marks at its ends; empty if no letter or digit is left.
pub(super) fn bare(text: &str, span: Span) -> Span {
    let words = span.of(text);
    if !words.chars().any(char::is_alphanumeric) {
        return Span::new(span.start, span.start);
    }
    let edge =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '"' | '“' | '”' | '‘' | '«' | '»');
    let lead = words.len() - words.trim_start_matches(edge).len();
    let kept = words.trim_matches(edge).len();
    let start = span.start as usize + lead;
    let tail = words.get(lead + kept..).unwrap_or("");
    Span::from_usize(start, start + kept + closing(words.get(lead..lead + kept).unwrap_or(""), tail))
}

/// Bytes of `tail` up to the mark that closes a quotation left open in `words` ("strike the Order," is whole with its mark).
fn closing(words: &str, tail: &str) -> usize {
    let count = |marks: [char; 2]| words.chars().filter(|c| marks.contains(c)).count();
    let open = count(['“', '«']) > count(['”', '»']) || count(['"', '"']) % 2 == 1;
    let mark = tail.char_indices().find(|(_, c)| matches!(c, '”' | '»' | '"'));
    match mark {
        Some((at, c)) if open => at + c.len_utf8(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_only_between_weighty_parts() {
        let text = "jets struck Talen but killed no civilians";
        let whole = [Span::from_usize(0, text.len())];
        let weighty = |span: Span| span.of(text).contains("struck") || span.of(text).contains("killed");
        let cut: Vec<&str> =
            split(text, &whole, &weighty).iter().map(|c| c.first().map_or("", |s| s.of(text))).collect();
        assert_eq!(cut, ["jets struck Talen", "killed no civilians"]);
        assert_eq!(split(text, &whole, &|_| false).len(), 1);
        let text = "called them “thieves,” ";
        assert_eq!(bare(text, Span::from_usize(0, text.len())).of(text), "called them “thieves,”");
    }
}
