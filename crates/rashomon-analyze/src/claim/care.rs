//! Does the place only say where the wounded lie, or the dead? A house of the sick in it, or of its name, and a word of care.
//!
//! ```text
//! Nine people were treated at a hospital in Orvel.        where they lie
//! Eight wounded had reached the Orvel clinic.             where they lie
//! Shells hit the Orvel clinic.                            where it happened
//! ```

use super::cue::{LISTS, find};
use super::place::NAME;
use super::proposition::Reader;
use rashomon_model::analysis::{EventKind, EventMention};
use rashomon_model::span::Span;

/// Characters behind a hospital's town within which a word of care is looked for.
const CARE_REACH: usize = 80;

/// Words before a house of the sick among which a word of care is looked for.
const LED: usize = 8;

/// Events behind a town's name among which the blow is looked for that struck the house in it.
const STRIKING: usize = 3;

/// Words between a blow and the town of the house it struck.
const STRUCK: usize = 5;

impl Reader<'_> {
    /// "The Orvel district hospital", "Orvel Teaching Hospital": whether the place gives a house of the sick its name.
    pub(super) fn names_clinic(&self, span: Span) -> bool {
        let rest = self.doc.text.get(span.end as usize..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or("");
        let words: Vec<&str> = rest.split(' ').take(NAME + 1).collect();
        let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let listed = |name: String| LISTS.clinics.contains(&name);
        (0..words.len()).take(NAME).find_map(|i| {
            let word = words.get(i)?;
            let pair = || words.get(i..i + 2).is_some_and(|pair| listed(plain(&pair.join(" "))));
            let goes_on = word.starts_with(char::is_uppercase) || LISTS.kinds.iter().any(|kind| kind == word);
            let ends = word.ends_with(|c: char| !c.is_alphanumeric());
            if listed(plain(word)) || pair() { Some(true) } else { (!goes_on || ends).then_some(false) }
        }) == Some(true)
    }

    /// "The hospital in the town took in 35 wounded": whether a word of care follows in its clause.
    pub(super) fn cares(&self, span: Span) -> bool {
        let behind: String = self.doc.text.get(span.end as usize..).unwrap_or("").chars().take(CARE_REACH).collect();
        let clause = behind.split(['.', ';']).next().unwrap_or("");
        find(clause, Span::from_usize(0, clause.len()), &LISTS.reached).is_some()
    }

    /// "Shells hit the hospital in the town", "the hospital in the town was shelled": whether what stands at the place was struck.
    pub(super) fn is_struck(&self, span: Span) -> bool {
        let events = &self.analysis.events;
        let at = events.partition_point(|event| event.span.end <= span.start);
        let blow = |event: &EventMention| event.kind.is_violence() && event.kind != EventKind::Harm;
        let hit = |event: &EventMention| blow(event) && event.target.iter().any(|target| target.contains(span));
        if events.iter().skip(at).take(STRIKING).any(hit) {
            return true;
        }
        at.checked_sub(1).and_then(|at| events.get(at)).is_some_and(|event| {
            blow(event) && Span::new(event.span.end, span.start).of(&self.doc.text).split_whitespace().count() <= STRUCK
        })
    }
}

/// "Had reached the Orvel clinic": whether a word of care leads to the house, and to nothing new on its way ("died in a fire at").
pub(super) fn is_led_to(words: &[&str]) -> bool {
    let near = words.iter().rev().take(LED).take_while(|word| !word.ends_with(['.', ';', '"', '”']));
    near.take_while(|word| !matches!(**word, "a" | "an"))
        .any(|word| LISTS.care.iter().any(|care| care == word.trim_matches(',')))
}

/// Whether the words before a place end in a house of the sick to which a word of care led: "were treated in a hospital in".
pub(super) fn in_care(words: &[&str]) -> bool {
    let Some((last, head)) = words.split_last() else { return false };
    if !matches!(*last, "in" | "at" | "of") {
        return false;
    }
    let house = head.iter().rev().take(2).position(|word| LISTS.clinics.iter().any(|c| c == word));
    let two =
        head.get(head.len().saturating_sub(2)..).is_some_and(|pair| LISTS.clinics.iter().any(|c| *c == pair.join(" ")));
    let Some(at) = house.or(two.then_some(1)) else { return false };
    let lead: Vec<&&str> = head.iter().rev().skip(at + 1).take(8).collect();
    // nothing between may begin another clause
    let clause = lead.iter().take_while(|word| !word.ends_with(['.', ';', '"', '”']));
    clause.into_iter().any(|word| LISTS.care.iter().any(|care| care == word.trim_matches(',')))
}
