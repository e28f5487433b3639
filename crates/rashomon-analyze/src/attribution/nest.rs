//! Which attribution lies inside which?

use super::lexicon::{Form, Lexicon};
use rashomon_model::Document;
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;

/// Sorts by content and cue, and sets `inside` where a pattern did not: the attribution with the smallest content piece that
/// holds the cue. `hints` gives, per attribution, the index (before sorting) of the one it lies in.
pub(crate) fn arrange(doc: &Document, mut list: Vec<Attribution>, hints: &[Option<usize>]) -> Vec<Attribution> {
    let key = |a: &Attribution| {
        let content = a.content.first().copied().unwrap_or_default();
        let cue = a.cue.first().copied().unwrap_or_default();
        (content.start, std::cmp::Reverse(content.end), cue.start)
    };
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|&i| (list.get(i).map(key), hints.get(i).copied().flatten().is_some(), i));
    let mut place = vec![0; list.len()];
    for (new, &old) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(old) {
            *slot = new;
        }
    }
    let mut sorted: Vec<Attribution> = Vec::with_capacity(list.len());
    for &old in &order {
        if let Some(a) = list.get_mut(old) {
            let mut a = std::mem::take(a);
            a.inside = hints.get(old).copied().flatten().and_then(|outer| place.get(outer).copied());
            sorted.push(a);
        }
    }
    contain(doc, &mut sorted);
    sorted
}

/// Fills `inside` by containment with one sweep over the pieces.
fn contain(doc: &Document, list: &mut [Attribution]) {
    let mut pieces: Vec<(Span, usize)> =
        list.iter().enumerate().flat_map(|(i, a)| a.content.iter().map(move |&span| (span, i))).collect();
    pieces.sort_by_key(|(span, i)| (span.start, std::cmp::Reverse(span.end), *i));
    let mut wanted: Vec<(Span, usize)> = list
        .iter()
        .enumerate()
        .filter(|(_, a)| a.inside.is_none())
        .filter_map(|(i, a)| a.cue.first().copied().map(|cue| (cue, i)))
        .collect();
    wanted.sort_by_key(|(span, i)| (span.start, *i));
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut next = 0;
    for (cue, i) in wanted {
        while let Some(&(span, j)) = pieces.get(next).filter(|p| p.0.start <= cue.start) {
            open.retain(|(s, _)| s.end > cue.start);
            open.push((span, j));
            next += 1;
        }
        let source = list.get(i).and_then(|a| a.source.first().copied());
        let holder = open
            .iter()
            .rev()
            .take(16)
            .filter(|(span, j)| {
                *j != i && span.contains(cue) && source.is_none_or(|s| span.overlaps(s) || s.end <= span.start)
            })
            .min_by_key(|(span, _)| span.len())
            .map(|&(_, j)| j)
            // "X dismissed the claim that S": S is denied by X and claimed by another, side by side
            .filter(|&j| {
                let noun =
                    list.get(i).is_some_and(|a| a.made_by == "P4" || (a.source.is_empty() && is_noun(doc, &a.cue)));
                !(noun && list.get(j).is_some_and(|outer| denies(doc, &outer.cue)))
            });
        if let Some(a) = list.get_mut(i) {
            a.inside = holder;
        }
    }
    // no circles, and no deeper than the list allows
    for i in 0..list.len() {
        let mut at = list.get(i).and_then(|a| a.inside);
        let mut steps = 0;
        while let Some(j) = at {
            steps += 1;
            if j == i || steps > 8 {
                if let Some(a) = list.get_mut(i) {
                    a.inside = None;
                }
                break;
            }
            at = list.get(j).and_then(|a| a.inside);
        }
    }
}

/// Whether the cue is one that turns its object down, so that what it turns down is also somebody's claim.
fn denies(doc: &Document, cue: &[Span]) -> bool {
    let lexicon = Lexicon::get();
    cue.iter().any(|span| {
        doc.slice(*span).to_lowercase().split(' ').any(|w| {
            lexicon.forms.get(w).is_some_and(|readings| {
                readings.iter().any(|(form, v)| {
                    *form != Form::Gerund
                        && lexicon.verbs.get(*v).is_some_and(|verb| verb.class == super::lexicon::CueClass::Deny)
                })
            })
        })
    })
}

/// Whether the cue is one word that holds a content as a noun ("reports").
fn is_noun(doc: &Document, cue: &[Span]) -> bool {
    matches!(cue, [only] if Lexicon::get().nouns.contains_key(doc.slice(*only).to_lowercase().as_str()))
}
