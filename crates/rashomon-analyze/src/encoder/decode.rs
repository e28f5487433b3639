//! Which labels fit best together? Viterbi over a linear chain, and runs of labels.

use super::network::Chain;

/// The best label of every step; `scores` is `steps × n`. Of equal paths the one with smaller labels.
pub(super) fn viterbi(scores: &[f32], chain: &Chain) -> Vec<usize> {
    let n = chain.start.len();
    let steps = scores.len() / n.max(1);
    if steps == 0 {
        return Vec::new();
    }
    let mut best: Vec<f32> = (0..n).map(|j| chain.start[j] + scores[j]).collect();
    let mut back = Vec::with_capacity(steps * n);
    for line in scores.chunks_exact(n).skip(1) {
        let mut next = vec![0f32; n];
        for (j, next) in next.iter_mut().enumerate() {
            let (mut from, mut top) = (0, f32::NEG_INFINITY);
            for (i, b) in best.iter().enumerate() {
                let s = b + chain.transition[i * n + j];
                if s > top {
                    (from, top) = (i, s);
                }
            }
            back.push(from);
            *next = top + line[j];
        }
        best = next;
    }
    let mut label = (1..n).fold(0, |a, j| if best[j] > best[a] { j } else { a });
    let mut path = vec![label; steps];
    for step in (1..steps).rev() {
        label = back[(step - 1) * n + label];
        path[step - 1] = label;
    }
    path
}

/// Ranges of `begin inside*`; an `inside` without a beginning opens one.
pub(super) fn runs(labels: &[usize], begin: usize, inside: usize) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, &label) in labels.iter().enumerate() {
        if label == begin || (label == inside && !open) {
            out.push((at, at + 1));
            open = true;
        } else if label == inside {
            if let Some(last) = out.last_mut() {
                last.1 = at + 1;
            }
        } else {
            open = false;
        }
    }
    out
}

/// Ranges and kinds of BIO labels `0, B₀, I₀, B₁, I₁, …`; `breaks[i]` forbids a range to go on into step `i`.
pub(super) fn bio(labels: &[usize], breaks: &[bool]) -> Vec<(usize, usize, usize)> {
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    let mut last = None;
    for (at, &label) in labels.iter().enumerate() {
        let kind = label.checked_sub(1).map(|l| l / 2);
        if let Some(kind) = kind {
            let goes_on = label % 2 == 0 && last == Some(kind) && !breaks.get(at).copied().unwrap_or(false);
            match out.last_mut() {
                Some(range) if goes_on => range.1 = at + 1,
                _ => out.push((at, at + 1, kind)),
            }
        }
        last = kind;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transitions_overrule_a_single_step() {
        let chain = Chain { transition: vec![0.0, -2.0, -2.0, 0.0], start: vec![0.0, 0.0] };
        assert_eq!(viterbi(&[1.0, 0.0, 0.0, 1.0, 1.0, 0.0], &chain), [0, 0, 0]);
        assert_eq!(viterbi(&[3.0, 0.0, 0.0, 9.0, 3.0, 0.0], &chain), [0, 1, 0]);
        assert!(viterbi(&[], &chain).is_empty());
    }

    #[test]
    fn ranges_open_and_close() {
        assert_eq!(runs(&[3, 4, 0, 4, 3, 3], 3, 4), [(0, 2), (3, 4), (4, 5), (5, 6)]);
        assert_eq!(bio(&[1, 2, 2, 4, 0, 3, 4], &[false, false, true]), [(0, 2, 0), (2, 3, 0), (3, 4, 1), (5, 7, 1)]);
    }
}
