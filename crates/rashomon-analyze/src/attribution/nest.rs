//! Which attribution lies inside which? And how rules and a learned reader are put together.

use super::lexicon::{Form, Lexicon};
use rashomon_model::Document;
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;

/// Rules precise enough to add what the learned reader did not find.
const TRUSTED: &[&str] = &["P2", "P2-quoted", "P3", "P9", "carrier", "P1-quote", "P7", "floating"];

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

/// Jaccard of two contents in bytes.
fn overlap(a: &Attribution, b: &Attribution) -> f32 {
    let shared: usize =
        a.content.iter().flat_map(|x| b.content.iter().filter_map(move |y| x.intersection(*y))).map(Span::len).sum();
    let total = |x: &Attribution| x.content.iter().map(|s| s.len()).sum::<usize>();
    let union = total(a) + total(b) - shared;
    if union == 0 { 0.0 } else { shared as f32 / union as f32 }
}

/// The learned reading, corrected and completed by rules. Both lists in text order; returns the list and, per attribution,
/// the index of the one a pattern says it lies in.
pub(crate) fn merge(
    learned: Vec<Attribution>,
    rules: Vec<Attribution>,
    hints: &[Option<usize>],
) -> (Vec<Attribution>, Vec<Option<usize>>) {
    if learned.is_empty() {
        return (rules, hints.to_vec());
    }
    let mut by_cue: Vec<(u32, usize)> =
        learned.iter().enumerate().filter_map(|(i, a)| a.cue.first().map(|c| (c.start, i))).collect();
    by_cue.sort_unstable();
    let mut list = learned;
    let mut place: Vec<Option<usize>> = Vec::with_capacity(rules.len());
    for rule in rules {
        let cue = rule.cue.last().copied().unwrap_or_default();
        let from = by_cue.partition_point(|(start, _)| start + 60 < cue.start);
        let same = by_cue
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|(start, _)| *start < cue.end)
            .map(|&(_, i)| i)
            .find(|&i| list.get(i).is_some_and(|a| a.cue.iter().any(|c| rule.cue.iter().any(|r| r.overlaps(*c)))));
        match same {
            Some(i) => {
                if let Some(a) = list.get_mut(i) {
                    complete(a, &rule);
                }
                place.push(Some(i));
            }
            None if TRUSTED.contains(&rule.made_by)
                && !list.iter().rev().take(8).any(|a| overlap(a, &rule) > 0.8 && rule.cue.is_empty()) =>
            {
                place.push(Some(list.len()));
                list.push(rule);
            }
            None => place.push(None),
        }
    }
    let mut mapped = vec![None; list.len()];
    for (r, p) in place.iter().enumerate() {
        let outer = hints.get(r).copied().flatten().and_then(|h| place.get(h).copied().flatten());
        if let (Some(p), Some(outer)) = (*p, outer)
            && p != outer
            && let Some(slot) = mapped.get_mut(p)
        {
            *slot = Some(outer);
        }
    }
    (list, mapped)
}

/// Takes over what the rule knows and the learned reading lacks: hearer, source, further pieces of a split quotation.
fn complete(a: &mut Attribution, rule: &Attribution) {
    a.told = a.told.or(rule.told);
    if a.source.is_empty() {
        a.source.clone_from(&rule.source);
    }
    if a.content.is_empty() {
        a.content.clone_from(&rule.content);
    } else if rule.content.len() > a.content.len() && overlap(a, rule) > 0.3 {
        a.content.clone_from(&rule.content);
        a.made_by = "split-quote";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(made_by: &'static str, source: &[(u32, u32)], cue: (u32, u32), content: &[(u32, u32)]) -> Attribution {
        let spans = |list: &[(u32, u32)]| list.iter().map(|&(a, b)| Span::new(a, b)).collect::<Vec<_>>();
        Attribution {
            source: spans(source),
            cue: spans(&[cue]),
            content: spans(content),
            confidence: 0.9,
            made_by,
            ..Attribution::default()
        }
    }

    #[test]
    fn rules_complete_a_learned_reading() {
        let learned = vec![made("model", &[], (20, 24), &[(0, 18)]), made("model", &[(60, 64)], (65, 69), &[(70, 99)])];
        let rules = vec![
            made("split-quote", &[(25, 30)], (20, 24), &[(0, 18), (32, 50)]),
            made("P1", &[(60, 64)], (65, 69), &[(70, 90)]),
            made("carrier", &[(110, 115)], (116, 122), &[(123, 160)]),
            made("P8", &[(200, 205)], (206, 210), &[(211, 230)]),
        ];
        let (list, _) = merge(learned, rules, &[None; 4]);
        assert_eq!(list.len(), 3, "a precise pattern is added, a loose one is not");
        let first = &list[0];
        assert_eq!(first.source, [Span::new(25, 30)], "source filled in");
        assert_eq!(first.content, [Span::new(0, 18), Span::new(32, 50)], "split quotation joined");
        assert_eq!(list[1].content, [Span::new(70, 99)], "learned content kept");
        assert_eq!(list[2].made_by, "carrier");
    }
}
