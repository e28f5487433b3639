//! Which words decide what a clause is about? The lists of `data/propositions.toml`, matched on whole words.

use rashomon_model::span::Span;
use serde::Deserialize;
use std::sync::LazyLock;

/// The data file, as read.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    pub(super) presence: Vec<String>,
    pub(super) purpose: Vec<String>,
    pub(super) evidence: Vec<String>,
    pub(super) damage: Vec<String>,
    pub(super) responsibility: Vec<String>,
    pub(super) negation: Vec<String>,
    pub(super) possible: Vec<String>,
    pub(super) probable: Vec<String>,
    pub(super) turns: Vec<String>,
    pub(super) moves: Vec<String>,
    pub(super) shooters: Vec<String>,
    pub(super) taken_from: Vec<String>,
    pub(super) untruths: Vec<String>,
    pub(super) issued: Vec<String>,
    pub(super) whither: Vec<String>,
    pub(super) elsewhen: Vec<String>,
    pub(super) bounds: Vec<String>,
    pub(super) distances: Vec<String>,
    pub(super) kinds: Vec<String>,
    pub(super) pointing: Vec<String>,
    pub(super) existential: Vec<String>,
    pub(super) later_death: Vec<String>,
    pub(super) left_as: Vec<String>,
    pub(super) reached: Vec<String>,
    pub(super) remains: Vec<String>,
    pub(super) lying: Vec<String>,
    pub(super) clinics: Vec<String>,
    pub(super) care: Vec<String>,
    pub(super) bodies: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) split: Vec<String>,
    pub(super) civilians: Vec<String>,
    pub(super) locative: Vec<String>,
    pub(super) reported: Vec<String>,
    pub(super) withdrawn: Vec<String>,
    pub(super) back: Vec<String>,
    pub(super) hospital: Vec<String>,
    pub(super) vague: Vec<String>,
    pub(super) none: Vec<String>,
    pub(super) modifier: Vec<String>,
    pub(super) auxiliary: Vec<String>,
    pub(super) refuting: Vec<String>,
    pub(super) aside: Vec<String>,
    pub(super) leading: Vec<String>,
    pub(super) leads_to_time: Vec<String>,
    pub(super) undetermined: Vec<String>,
    pub(super) copula: Vec<String>,
    pub(super) naming: Vec<String>,
    #[serde(rename = "self")]
    pub(super) own: Vec<String>,
}

/// The shipped lists; empty ones if the embedded file were broken (a test reads it, so it is not).
pub(super) static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/propositions.toml")).unwrap_or_default());

/// First match of any of `phrases` in `span` of `text`, on whole words, without case.
pub(super) fn find(text: &str, span: Span, phrases: &[String]) -> Option<Span> {
    let words = span.of(text);
    let lower = words.to_ascii_lowercase();
    let seen = Pairs::of(lower.as_bytes());
    phrases
        .iter()
        .filter(|phrase| seen.may_hold(phrase.trim_end_matches('*').as_bytes()))
        .filter_map(|phrase| position(&lower, phrase))
        .min()
        .map(|(from, to)| Span::new(span.start + as_u32(from), span.start + as_u32(to)))
}

/// Whether the words end in the phrase.
pub(super) fn ends(words: &[&str], phrase: &str) -> bool {
    let mut back = words.iter().rev();
    phrase.rsplit(' ').all(|word| back.next() == Some(&word))
}

/// Which pairs of bytes follow each other in a text, folded to 4096: most phrases are not in most clauses, and this tells
/// so without looking for them.
struct Pairs([u64; 64]);

impl Pairs {
    fn slot(pair: &[u8]) -> usize {
        (usize::from(pair[0]) * 31 + usize::from(pair[1])) % 4096
    }

    fn of(text: &[u8]) -> Self {
        let mut seen = [0; 64];
        for pair in text.windows(2) {
            let slot = Self::slot(pair);
            seen[slot / 64] |= 1 << (slot % 64);
        }
        Self(seen)
    }

    /// False only if the text does not hold the phrase.
    fn may_hold(&self, phrase: &[u8]) -> bool {
        phrase.windows(2).all(|pair| {
            let slot = Self::slot(pair);
            self.0[slot / 64] >> (slot % 64) & 1 == 1
        })
    }
}

/// First match of any phrase in any piece.
pub(super) fn find_any(text: &str, pieces: &[Span], phrases: &[String]) -> Option<Span> {
    pieces.iter().find_map(|piece| find(text, *piece, phrases))
}

/// The text up to `reach` bytes before `at`, from a whole character on.
pub(super) fn before(text: &str, at: u32, reach: u32) -> &str {
    (at.saturating_sub(reach)..=at).find_map(|from| text.get(from as usize..at as usize)).unwrap_or("")
}

/// First place of `phrase` in `lower` on word boundaries; a final `*` allows any ending, `n't` any beginning.
fn position(lower: &str, phrase: &str) -> Option<(usize, usize)> {
    let open = phrase.ends_with('*');
    let stem = phrase.trim_end_matches('*');
    let suffix = stem.starts_with("n'");
    lower.match_indices(stem).find_map(|(from, found)| {
        let to = from + found.len();
        let before = lower.get(..from).and_then(|s| s.chars().next_back());
        let after = lower.get(to..).and_then(|s| s.chars().next());
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let symbol = stem.chars().all(|c| !c.is_alphanumeric());
        let starts = symbol || suffix || !word(before);
        let ends = symbol || open || !word(after);
        (starts && ends).then_some((from, to))
    })
}

/// Offsets inside one clause always fit.
fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_file_reads_and_matches_words() {
        assert!(!LISTS.presence.is_empty() && !LISTS.own.is_empty());
        let text = "They weren't held by rebels";
        let span = Span::from_usize(0, text.len());
        assert_eq!(find(text, span, &LISTS.presence).map(|s| s.of(text)), Some("held by"));
        assert_eq!(find(text, span, &LISTS.negation).map(|s| s.of(text)), Some("n't"));
        assert_eq!(find("knot now", Span::new(0, 8), &LISTS.negation), None);
    }
}
