//! Does the speaker stand inside what is said? "A, X said, B": both A and B are content.
//!
//! Where the reader took B alone, A would be left to the author, with a day on which X spoke.

use super::lexicon::Lexicon;
use crate::cover::Cover;
use rashomon_model::Document;
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;

/// The clause before the cue, where `rule` reads it as content, the reader's content begins behind the cue, set off by a comma or a
/// dash, and nothing the reader found (`taken`) lies in it. "On Monday, X said, B": what is no clause may be of the speaking.
pub(super) fn clause_before(doc: &Document, learned: &Attribution, rule: &Attribution, taken: &Cover) -> Option<Span> {
    let (cue, behind, clause) = (learned.cue.last()?, learned.content.first()?, *rule.content.first()?);
    let between = doc.text.get(cue.end as usize..behind.start as usize)?;
    let speaker = rule.source.first().map_or(cue.start, |source| source.start.min(cue.start));
    let own = rule.made_by == "P1-after"
        && between.contains([',', '—', '–'])
        && clause.end <= speaker
        && !taken.meets(clause)
        && has_verb(doc.slice(clause));
    own.then_some(clause)
}

/// Whether one of the words is a finite verb by its form alone.
fn has_verb(words: &str) -> bool {
    let lexicon = Lexicon::get();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    words
        .split_whitespace()
        .map(plain)
        .any(|word| lexicon.words.finite.contains(&word) || lexicon.finite.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    /// The clause before the cue of "said", the reader having read `behind`, the rule `before` too.
    fn found(text: &str, source: &str, before: &str, behind: &str) -> Option<String> {
        let doc = Fixture::new(text).doc;
        let at = |words: &str| {
            let start = text.find(words).expect("words of the passage");
            Span::from_usize(start, start + words.len())
        };
        let made = |made_by: &'static str, content: Vec<Span>| Attribution {
            source: vec![at(source)],
            cue: vec![at("said")],
            content,
            made_by,
            ..Attribution::default()
        };
        let (learned, rule) = (made("model", vec![at(behind)]), made("P1-after", vec![at(before), at(behind)]));
        let taken = Cover::new(learned.source.iter().chain(&learned.cue).chain(&learned.content));
        clause_before(&doc, &learned, &rule, &taken).map(|span| doc.slice(span).to_owned())
    }

    #[test]
    fn a_clause_before_the_cue_is_said_too() {
        let text = "Four miners were shot, a union clerk said on Tuesday, in a clash the firm blamed on thieves.";
        let clause = "Four miners were shot";
        let tail = "in a clash the firm blamed on thieves";
        assert_eq!(found(text, "a union clerk", clause, tail).as_deref(), Some(clause));
        let text = "Two ferries burned – the warden said – a loss he called the worst in years.";
        assert!(found(text, "the warden", "Two ferries burned", "a loss he called the worst in years").is_some());
    }

    #[test]
    fn what_is_no_clause_or_not_set_off_stays_the_authors() {
        let text = "In a note to the press, the warden said, two ferries had sunk.";
        assert_eq!(found(text, "the warden", "In a note to the press", "two ferries had sunk"), None);
        let text = "Two ferries burned, the warden said the quay was safe.";
        assert_eq!(found(text, "the warden", "Two ferries burned", "the quay was safe"), None);
    }
}
