//! What does one pass of the encoder see? Whole paragraphs packed together, long ones cut at sentence ends.
//!
//! The limit is [`WINDOW`] wordpieces with the opening mark and one mark after each paragraph, as in training. Every
//! token lies in exactly one window, so cost is linear in length whatever the text looks like.

use super::wordpiece::{CLS, SEP, Tokens};

/// Most wordpieces of a window.
pub(super) const WINDOW: usize = 192;

/// A run of tokens `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A paragraph, or a sentence of a long one, or a part of a long sentence.
struct Unit {
    from: usize,
    to: usize,
    cost: usize,
}

/// Windows in text order.
pub(super) fn windows(tokens: &Tokens, limit: usize) -> Vec<Window> {
    let mut units = Vec::new();
    let mut from = 0;
    while let Some(first) = tokens.list.get(from) {
        let length = tokens.list[from..].iter().take_while(|t| t.paragraph == first.paragraph).count();
        paragraph(tokens, from, from + length, limit - 2, &mut units);
        from += length;
    }
    let (mut out, mut from, mut to, mut total) = (Vec::new(), 0, 0, 1);
    for unit in units {
        let joins = to > 0 && tokens.list[to - 1].paragraph == tokens.list[unit.from].paragraph;
        let mut extra = unit.cost + usize::from(!joins);
        if to > from && total + extra > limit {
            out.push(Window { from, to });
            from = unit.from;
            total = 1;
            extra = unit.cost + 1;
        }
        to = unit.to;
        total += extra;
    }
    if to > from {
        out.push(Window { from, to });
    }
    out
}

fn cost(tokens: &Tokens, from: usize, to: usize) -> usize {
    tokens.list[from..to].iter().map(|t| (t.pieces.1 - t.pieces.0) as usize).sum()
}

fn paragraph(tokens: &Tokens, from: usize, to: usize, room: usize, units: &mut Vec<Unit>) {
    let total = cost(tokens, from, to);
    if total <= room {
        units.push(Unit { from, to, cost: total });
        return;
    }
    let mut start = from;
    for at in from + 1..=to {
        if at == to || tokens.list[at].opens {
            sentence(tokens, start, at, room, units);
            start = at;
        }
    }
}

fn sentence(tokens: &Tokens, from: usize, to: usize, room: usize, units: &mut Vec<Unit>) {
    let (mut start, mut total) = (from, 0);
    for at in from..to {
        let cost = cost(tokens, at, at + 1);
        if total + cost > room && at > start {
            units.push(Unit { from: start, to: at, cost: total });
            start = at;
            total = 0;
        }
        total += cost;
    }
    units.push(Unit { from: start, to, cost: total });
}

/// The pieces of a window with their marks, and where each token's first piece stands.
#[derive(Debug, Default)]
pub(super) struct Input {
    /// Piece, shape, quote state.
    pub(super) pieces: Vec<(u32, u8, u8)>,
    pub(super) first: Vec<usize>,
}

/// Lays a window out for the encoder.
pub(super) fn input(tokens: &Tokens, window: Window) -> Input {
    let mut out = Input::default();
    out.pieces.push((CLS, 0, 0));
    let mut last = None;
    for token in &tokens.list[window.from..window.to] {
        if last.is_some_and(|p| p != token.paragraph) {
            out.pieces.push((SEP, 0, 0));
        }
        last = Some(token.paragraph);
        out.first.push(out.pieces.len());
        for &piece in &tokens.pieces[token.pieces.0 as usize..token.pieces.1 as usize] {
            out.pieces.push((piece, token.shape, token.quote));
        }
    }
    out.pieces.push((SEP, 0, 0));
    out
}

#[cfg(test)]
mod tests {
    use super::super::wordpiece::Token;
    use super::*;
    use rashomon_model::span::Span;

    /// Tokens of one piece each; one letter a token, a capital opens a sentence, `|` a paragraph.
    fn tokens(pattern: &str) -> Tokens {
        let mut out = Tokens::default();
        let mut paragraph = 0;
        let mut new = true;
        for c in pattern.chars() {
            if c == '|' {
                paragraph += 1;
                new = true;
                continue;
            }
            let at = out.pieces.len() as u32;
            out.pieces.push(7);
            let opens = new || c.is_uppercase();
            new = false;
            out.list.push(Token {
                span: Span::new(at, at + 1),
                paragraph,
                shape: 1,
                quote: 0,
                opens,
                pieces: (at, at + 1),
            });
        }
        out
    }

    fn cuts(pattern: &str, limit: usize) -> Vec<(usize, usize)> {
        windows(&tokens(pattern), limit).iter().map(|w| (w.from, w.to)).collect()
    }

    #[test]
    fn paragraphs_are_packed_and_long_ones_cut_at_sentences() {
        assert_eq!(cuts("Aa|Bb|Cc", 10), [(0, 6)]);
        assert_eq!(cuts("Aa|Bb|Cc", 7), [(0, 4), (4, 6)]);
        assert_eq!(cuts("AaaBbbCcc", 9), [(0, 6), (6, 9)]);
        assert_eq!(cuts("Aaaaaaaaa", 6), [(0, 4), (4, 8), (8, 9)]);
        assert_eq!(cuts("", 10), []);
        for window in windows(&tokens("AaBbb|Cccc|D|Eeeeeeee|F"), 8) {
            assert!(input(&tokens("AaBbb|Cccc|D|Eeeeeeee|F"), window).pieces.len() <= 8);
        }
    }
}
