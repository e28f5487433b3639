//! Where does one statement end and the next begin? Sentences cut at the words that join clauses of different import.

use super::cue::{LISTS, find};
use super::proposition::Reader;
use crate::cover::inside;
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

impl Reader<'_> {
    /// Whether the span holds something to claim.
    pub(super) fn weighty(&self, span: Span) -> bool {
        let pieces = [span];
        inside(&self.analysis.events, &pieces, |e| e.span).any(|event| event.kind.is_violence())
            || inside(&self.analysis.quantities, &pieces, |q| q.span).any(|quantity| quantity.of.is_some())
            || find(&self.doc.text, span, &LISTS.presence).is_some()
            || !self.owners(&pieces).is_empty()
    }

    /// The clauses in which each figure that a sentence shares out among places or attacks stands alone with its place and day.
    pub(super) fn shared_out(&self, clauses: Vec<Vec<Span>>) -> Vec<Vec<Span>> {
        let mut found: Vec<Vec<Span>> = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let cuts: Vec<u32> = inside(&self.analysis.quantities, &clause, |q| q.span)
                .filter(|quantity| crate::quantity::is_shared_out(quantity))
                .map(|quantity| quantity.span.start)
                .collect();
            let mut rest = clause;
            for cut in cuts {
                let (left, right) = parted(&self.doc.text, &rest, cut);
                if left.is_empty() || right.is_empty() {
                    continue;
                }
                found.push(left);
                rest = right;
            }
            found.push(rest);
        }
        found
    }
}

/// The pieces before and from `at`, without the joining words at the cut.
fn parted(text: &str, pieces: &[Span], at: u32) -> (Vec<Span>, Vec<Span>) {
    let bare = |span: Span| bare(text, span);
    let joint = |span: Span| {
        let words = span.of(text).trim_end();
        let words = words.strip_suffix("and").unwrap_or(words);
        Span::from_usize(span.start as usize, span.start as usize + words.len())
    };
    let left = pieces.iter().filter(|p| p.start < at).map(|p| bare(joint(Span::new(p.start, p.end.min(at)))));
    let right = pieces.iter().filter(|p| p.end > at).map(|p| bare(Span::new(p.start.max(at), p.end)));
    (left.filter(|span| !span.is_empty()).collect(), right.filter(|span| !span.is_empty()).collect())
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
