//! What changed between two captures of a report?
//!
//! Texts are compared line by line (a line is a block of the article), and of a line that was changed only the words that
//! differ are shown, with a few around them: a toll that was revised without a word is what a reader must see.
//!
//! ```
//! use rashomon_store::versions::changes;
//! let found = changes("Shells hit Talen.\n\nFour people died there.", "Shells hit Talen.\n\nNine people died there.");
//! assert_eq!(found.len(), 1);
//! assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("Four people died there.", "Nine people died there."));
//! ```

/// Words shown around those that differ.
const AROUND: usize = 6;
/// Cells of the table of two texts' lines above which they are compared as wholes (lines of one times lines of the other).
const MOST_CELLS: usize = 4_000_000;

/// Words that stand in one capture and not in the other; empty where nothing stands against them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In the earlier capture.
    pub before: String,
    /// In the later one.
    pub after: String,
}

/// What differs from one text to the other, in the order of the later one.
#[must_use]
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let (old, new) = (lines(before), lines(after));
    let mut found = Vec::new();
    for (gone, come) in runs(&old, &new) {
        // lines that were changed stand against one another in order; what is left over was taken out or put in
        for n in 0..gone.len().max(come.len()) {
            let side = |lines: &[String]| lines.get(n).cloned().unwrap_or_default();
            found.push(words(&side(gone), &side(come)));
        }
    }
    found
}

/// Runs of lines of each side that have no equal on the other, by a longest common subsequence.
fn runs<'a>(old: &'a [String], new: &'a [String]) -> Vec<(&'a [String], &'a [String])> {
    if old.len().saturating_mul(new.len()) > MOST_CELLS {
        return if old == new { Vec::new() } else { vec![(old, new)] };
    }
    // length[i][j]: longest common subsequence of old[i..] and new[j..]
    let width = new.len() + 1;
    let mut length = vec![0u32; (old.len() + 1) * width];
    let at = |table: &[u32], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let value = if old.get(i) == new.get(j) {
                at(&length, i + 1, j + 1) + 1
            } else {
                at(&length, i + 1, j).max(at(&length, i, j + 1))
            };
            if let Some(cell) = length.get_mut(i * width + j) {
                *cell = value;
            }
        }
    }
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let (from, to) = (i, j);
        while (i < old.len() || j < new.len()) && !(i < old.len() && j < new.len() && old.get(i) == new.get(j)) {
            if j >= new.len() || (i < old.len() && at(&length, i + 1, j) >= at(&length, i, j + 1)) {
                i += 1;
            } else {
                j += 1;
            }
        }
        if from < i || to < j {
            found.push((old.get(from..i).unwrap_or_default(), new.get(to..j).unwrap_or_default()));
        }
        while i < old.len() && j < new.len() && old.get(i) == new.get(j) {
            i += 1;
            j += 1;
        }
    }
    found
}

/// The words of two lines that differ, with some around them.
fn words(before: &str, after: &str) -> Change {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), after.split(' ').collect());
    let least = old.len().min(new.len());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count().min(least - head.min(least));
    let shown = |words: &[&str]| {
        let from = head.saturating_sub(AROUND);
        let to = (words.len() - tail + AROUND).min(words.len());
        let text = words.get(from..to).unwrap_or_default().join(" ");
        let (open, close) = (if from > 0 { "… " } else { "" }, if to < words.len() { " …" } else { "" });
        if text.is_empty() { text } else { format!("{open}{text}{close}") }
    };
    Change { before: shown(&old), after: shown(&new) }
}

/// How much two texts have in common: the share of the shorter one's runs of three words that stand in the other.
#[must_use]
pub fn in_common(a: &str, b: &str) -> f64 {
    let threes = |text: &str| -> std::collections::BTreeSet<Vec<String>> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.windows(3).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (threes(a), threes(b));
    let least = a.len().min(b.len());
    if least == 0 {
        return 1.0;
    }
    #[allow(clippy::cast_precision_loss, reason = "a share of some thousand runs")]
    let share = a.intersection(&b).count() as f64 / least as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_revised_toll_in_a_long_line_is_shown_with_the_words_around_it() {
        let line = |toll: &str| {
            format!(
                "Shells hit the market of Talen on Monday, and {toll} people were killed there, the mayor of the town said on Tuesday."
            )
        };
        let found = changes(&line("four"), &line("eleven"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].before, "… market of Talen on Monday, and four people were killed there, the mayor …");
        assert_eq!(found[0].after, "… market of Talen on Monday, and eleven people were killed there, the mayor …");
    }

    #[test]
    fn lines_taken_out_and_put_in_stand_alone() {
        let found = changes("A.\n\nB said so.\n\nC.", "A.\n\nC.\n\nD said so.");
        let pairs: Vec<(&str, &str)> = found.iter().map(|c| (c.before.as_str(), c.after.as_str())).collect();
        assert_eq!(pairs, [("B said so.", ""), ("", "D said so.")]);
        assert!(changes("A.\n\nB.", "A.\n\n\nB. ").is_empty(), "white space is no change");
    }

    #[test]
    fn another_article_has_nothing_in_common() {
        assert!(
            in_common(
                "Shells hit the market of Talen on Monday.",
                "The harbour was closed after a storm broke its gates."
            ) < 0.05
        );
        assert!(
            in_common(
                "Shells hit the market of Talen on Monday.",
                "Shells hit the market of Talen on Monday, police say."
            ) > 0.5
        );
    }

    proptest! {
        #[test]
        fn equal_texts_have_no_change_and_others_have(a in "([a-c ]{0,6}\n){0,6}", b in "([a-c ]{0,6}\n){0,6}") {
            let lines = |text: &str| text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect::<Vec<_>>();
            prop_assert!(changes(&a, &a).is_empty());
            prop_assert_eq!(changes(&a, &b).is_empty(), lines(&a) == lines(&b));
        }
    }
}
