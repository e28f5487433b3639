//! Which names differ only in vowels and related consonants? A walk over the keys, and a similarity.
//!
//! Vowels are what romanisations of one Arabic or Cyrillic name differ in most (Sweida, Suwayda, Souweida), so the weak
//! comparison asks for the same consonants in the same order, lets related ones stand for each other (q/k, g/j, d/dh, …),
//! and leaves the rest to a similarity. The keys themselves are walked with an automaton; no third index is kept.

use fst::automaton::Automaton;

/// Fewest consonants a weak comparison may rest on: with two, unrelated names meet (Homs, Hims, Hamas).
pub(crate) const MIN_CONSONANTS: usize = 3;

/// Letters that may come and go: vowels and the glides that write long ones.
fn glides(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'w')
}

/// Whether two consonants are written for one another (classical and colloquial values, French and English habits).
fn related(a: u8, b: u8) -> bool {
    a == b
        || matches!(
            (a.min(b), a.max(b)),
            (b'k', b'q')
                | (b'c', b'k')
                | (b'c', b'q')
                | (b'g', b'j')
                | (b'd', b'z')
                | (b's', b'z')
                | (b'b', b'p')
                | (b'f', b'v')
        )
}

/// Accepts keys with the same consonants as the key given.
pub(crate) struct Skeleton {
    consonants: Vec<u8>,
    first: u8,
}

impl Skeleton {
    /// The walk for a strong key; `None` if it is not Latin or has too few consonants.
    pub(crate) fn of(strong: &str) -> Option<Self> {
        if !strong.is_ascii() {
            return None;
        }
        let mut consonants: Vec<u8> = Vec::new();
        for b in strong.bytes().filter(|&b| !glides(b) && b != b'h') {
            if consonants.last() != Some(&b) {
                consonants.push(b);
            }
        }
        let first = strong.bytes().next()?;
        (consonants.len() >= MIN_CONSONANTS).then_some(Self { consonants, first })
    }
}

/// Progress: consonants met, and the one met last (which may be repeated). `None` once it cannot match.
type State = Option<(usize, u8)>;

impl Automaton for Skeleton {
    type State = State;

    fn start(&self) -> State {
        Some((0, 0))
    }

    fn is_match(&self, state: &State) -> bool {
        state.is_some_and(|(met, _)| met == self.consonants.len())
    }

    fn can_match(&self, state: &State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let (met, last) = (*state)?;
        if met == 0 && last == 0 && !glides(byte) && byte != b'h' && glides(self.first) {
            // A name that starts with a vowel is compared with such names only, save where the vowel writes ayn.
            if self.first != b'a' {
                return None;
            }
        }
        if byte >= 0x80 {
            return None;
        }
        if glides(byte) || byte == b'h' {
            return Some((met, if last == 0 { 1 } else { last }));
        }
        match self.consonants.get(met) {
            Some(&wanted) if related(wanted, byte) => Some((met + 1, byte)),
            _ if byte == last => Some((met, last)),
            _ => None,
        }
    }
}

/// Similarity of two strong keys, 0..=1: one less the weighted edit distance over the longer length. A vowel for a vowel,
/// or a vowel or `h` more or less, costs 0.4; related consonants 0.5; anything else 1.
pub(crate) fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let light = |c: u8| if glides(c) || c == b'h' { 0.4 } else { 1.0 };
    let swap = |x: u8, y: u8| {
        if x == y {
            0.0
        } else if glides(x) && glides(y) {
            0.4
        } else if related(x, y) {
            0.5
        } else {
            1.0
        }
    };
    let mut above: Vec<f64> = vec![0.0];
    for &c in b {
        above.push(above.last().copied().unwrap_or(0.0) + light(c));
    }
    for &x in a {
        let mut row = vec![above.first().copied().unwrap_or(0.0) + light(x)];
        for (j, &y) in b.iter().enumerate() {
            let cut = above.get(j + 1).copied().unwrap_or(0.0) + light(x);
            let add = row.get(j).copied().unwrap_or(0.0) + light(y);
            let change = above.get(j).copied().unwrap_or(0.0) + swap(x, y);
            row.push(cut.min(add).min(change));
        }
        above = row;
    }
    #[allow(clippy::cast_precision_loss)]
    let longer = a.len().max(b.len()) as f64;
    1.0 - above.last().copied().unwrap_or(longer) / longer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(a: &str, b: &str) -> bool {
        let walk = Skeleton::of(a).expect("enough consonants");
        let state = b.bytes().fold(walk.start(), |s, byte| walk.accept(&s, byte));
        walk.is_match(&state)
    }

    #[test]
    fn walks_over_vowels() {
        assert!(accepts("dirhafir", "dayrhafer"));
        assert!(accepts("maskana", "meskina"));
        assert!(accepts("qalat", "kalet"));
        assert!(!accepts("maskana", "maskanat"));
        assert!(Skeleton::of("hama").is_none());
    }

    #[test]
    fn similar_names_score_high() {
        assert!(similarity("talbisa", "talbeisa") > 0.9);
        assert!(similarity("talbisa", "kafrzita") < 0.5);
        assert!((similarity("x", "x") - 1.0).abs() < 1e-9);
    }
}
