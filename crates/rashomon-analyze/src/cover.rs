//! Which of many spans meet this one? [`Cover`] answers in logarithmic time whether any does: spans 0..4 and 2..9 meet 8..12 and hold
//! 3..7; [`inside`] gives the items of a sorted list that lie within some pieces.

use rashomon_model::span::Span;

/// Sorted spans that answer in logarithmic time whether one of them meets or holds another span.
pub(crate) struct Cover {
    spans: Vec<Span>,
    /// Largest end among the spans up to each.
    reach: Vec<u32>,
}

impl Cover {
    pub(crate) fn new<'a>(spans: impl Iterator<Item = &'a Span>) -> Self {
        let mut spans: Vec<Span> = spans.copied().collect();
        spans.sort_unstable();
        let reach = spans
            .iter()
            .scan(0, |far, span| {
                *far = span.end.max(*far);
                Some(*far)
            })
            .collect();
        Self { spans, reach }
    }

    fn reach_before(&self, n: usize) -> u32 {
        n.checked_sub(1).and_then(|last| self.reach.get(last)).copied().unwrap_or(0)
    }

    /// Whether any span shares a byte with this one.
    pub(crate) fn meets(&self, span: Span) -> bool {
        self.reach_before(self.spans.partition_point(|s| s.start < span.end)) > span.start
    }

    /// Whether this one lies within one of the spans.
    pub(crate) fn holds(&self, span: Span) -> bool {
        self.reach_before(self.spans.partition_point(|s| s.start <= span.start)) >= span.end
    }
}

/// The items of a list sorted by span that lie inside any of `pieces`.
pub(crate) fn inside<'a, T>(
    list: &'a [T],
    pieces: &'a [Span],
    span: impl Fn(&T) -> Span + Copy + 'a,
) -> impl Iterator<Item = &'a T> {
    pieces.iter().flat_map(move |piece| {
        let from = list.partition_point(|item| span(item).start < piece.start);
        list.get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |item| span(item).start < piece.end)
            .filter(move |item| piece.contains(span(item)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meets_and_holds() {
        let cover = Cover::new([Span::new(2, 9), Span::new(0, 4), Span::new(20, 21)].iter());
        let meets = [(8, 12), (9, 12), (3, 4), (19, 20)].map(|(a, b)| cover.meets(Span::new(a, b)));
        assert_eq!(meets, [true, false, true, false]);
        let holds = [(3, 7), (8, 10), (0, 4), (20, 21)].map(|(a, b)| cover.holds(Span::new(a, b)));
        assert_eq!(holds, [true, false, true, true]);
    }
}
