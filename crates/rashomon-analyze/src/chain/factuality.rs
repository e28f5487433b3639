//! How committed is the speaker, and how far does the author keep away? FactBank values and flags (methods.md P1 to P10).

use crate::attribution::CueClass;
use crate::attribution::lexicon::Lexicon;
use rashomon_model::Document;
use rashomon_model::attribution::{Attribution, Factuality, Flag};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The phrases of `data/hedges.toml`.
#[derive(Deserialize, Default)]
struct Hedges {
    probable: Vec<String>,
    silence: Vec<String>,
    unverified: Vec<String>,
    distancing: Vec<String>,
    anonymous: Vec<String>,
    correction: Vec<String>,
}

static HEDGES: LazyLock<Hedges> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/hedges.toml")).unwrap_or_default());

/// Class of a cue by its last word that is one; the verb's first reading, else the noun's.
pub(super) fn class(doc: &Document, attribution: &Attribution) -> Option<CueClass> {
    let lexicon = Lexicon::get();
    let text: Vec<&str> = attribution.cue.iter().map(|span| doc.slice(*span)).collect();
    let lower = text.join(" ").to_lowercase().replace('’', "'");
    let words: Vec<&str> =
        lower.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|w| !w.is_empty()).collect();
    if attribution.made_by == "P4" {
        return words.iter().rev().find_map(|w| lexicon.nouns.get(*w).copied());
    }
    words
        .iter()
        .rev()
        .find_map(|w| {
            let readings = lexicon.forms.get(*w)?;
            let verbs = readings.iter().filter_map(|(_, v)| lexicon.verbs.get(*v));
            // "called for" wants, "called" judges: a verb known with its particle only needs it
            let last = words.last().copied().unwrap_or("");
            verbs.filter(|v| !v.needs_particle() || v.takes(last)).map(|v| v.class).next()
        })
        .or_else(|| words.iter().rev().find_map(|w| lexicon.nouns.get(*w).copied()))
}

/// Value at the origin and the flags of the cue.
pub(super) fn read(doc: &Document, attribution: &Attribution) -> (Factuality, BTreeSet<Flag>) {
    let mut flags = BTreeSet::new();
    let cue: String = attribution
        .cue
        .iter()
        .map(|span| doc.slice(*span))
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
        .replace('’', "'");
    let lexicon = Lexicon::get();
    let words: Vec<&str> = cue.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|w| !w.is_empty()).collect();
    if attribution.made_by == "P9"
        || words.iter().any(|w| lexicon.adverbs.contains(*w) || lexicon.adjectives.contains(*w))
            && attribution.source.is_empty()
    {
        flags.insert(Flag::OriginUnknown);
        if HEDGES.distancing.iter().any(|w| cue.contains(w.as_str()))
            || words.iter().any(|w| lexicon.adverbs.contains(*w) && *w != "reportedly" && *w != "apparently")
        {
            flags.insert(Flag::Distancing);
        }
        // "is believed to", "was feared": the value of the verb, nobody's in particular
        let value = match class(doc, attribution) {
            Some(CueClass::Probable) => Factuality::ProbablePositive,
            Some(CueClass::Possible) => Factuality::PossiblePositive,
            _ => return (Factuality::CertainPositive, flags),
        };
        flags.insert(Flag::Hedged);
        return (value, flags);
    }
    let negated = words.iter().any(|w| {
        matches!(
            *w,
            "not"
                | "never"
                | "neither"
                | "declined"
                | "declines"
                | "refused"
                | "refuses"
                | "without"
                | "cannot"
                | "failed"
        ) || w.ends_with("n't")
    });
    let future = words.iter().any(|w| matches!(*w, "would" | "will" | "may" | "might" | "could" | "should"));
    let class = class(doc, attribution).unwrap_or(CueClass::Report);
    if words.iter().any(|w| lexicon.adverbs.contains(*w))
        || class == CueClass::Distance && words.iter().any(|w| w.starts_with("purport"))
    {
        flags.insert(Flag::OriginUnknown);
        flags.insert(Flag::Distancing);
    }
    let mut value = match class {
        CueClass::Report | CueClass::Quote | CueClass::Judge | CueClass::Show => Factuality::CertainPositive,
        CueClass::Basis => {
            flags.insert(Flag::BasisAsserted);
            Factuality::CertainPositive
        }
        CueClass::Distance => {
            flags.insert(Flag::Distancing);
            Factuality::CertainPositive
        }
        CueClass::Deny => {
            flags.insert(Flag::Denial);
            Factuality::CertainNegative
        }
        CueClass::Probable => {
            flags.insert(Flag::Hedged);
            Factuality::ProbablePositive
        }
        CueClass::Possible => {
            flags.insert(Flag::Hedged);
            Factuality::PossiblePositive
        }
        CueClass::Doubt => {
            flags.insert(Flag::Hedged);
            Factuality::ProbableNegative
        }
        CueClass::Ask | CueClass::Want => {
            flags.insert(Flag::NotAsserted);
            Factuality::Uncommitted
        }
    };
    if class == CueClass::Show && HEDGES.probable.iter().any(|h| cue.contains(h.as_str()))
        || words.iter().any(|w| matches!(*w, "appears" | "appeared" | "appear" | "seems" | "seemed"))
    {
        flags.insert(Flag::Hedged);
        value = Factuality::ProbablePositive;
    }
    // "did not rule out", "cannot exclude": holds it possible
    let open = negated && words.iter().any(|w| matches!(*w, "exclude" | "excluded" | "rule" | "ruled" | "discount"));
    if open {
        flags.remove(&Flag::Denial);
        flags.insert(Flag::Hedged);
        return (Factuality::PossiblePositive, flags);
    }
    // "does not doubt", "left little doubt": is sure
    let without = words.iter().any(|w| matches!(*w, "no" | "little" | "hardly" | "beyond"));
    if (negated || without) && class == CueClass::Doubt {
        flags.remove(&Flag::Hedged);
        return (Factuality::CertainPositive, flags);
    }
    let nobody = attribution.source.first().is_some_and(|span| {
        let first = doc.slice(*span).split_whitespace().next().unwrap_or("").to_lowercase();
        matches!(first.as_str(), "none" | "nobody" | "neither" | "no")
    });
    let negated = negated || nobody;
    // whether they died is not said by who "did not say whether"
    let silent = negated || HEDGES.silence.iter().any(|s| cue.contains(s.as_str()));
    let asks = attribution.content.first().is_some_and(|span| {
        let head: String = doc.slice(*span).chars().take(12).collect::<String>().to_lowercase();
        ["whether ", "if ", "how many ", "how much "].iter().any(|w| head.starts_with(w))
    });
    if silent || asks && class != CueClass::Basis {
        flags.remove(&Flag::Denial);
        flags.remove(&Flag::BasisAsserted);
        flags.insert(Flag::NotAsserted);
        value = Factuality::Uncommitted;
    } else if future && class == CueClass::Want {
        value = Factuality::Uncommitted;
    }
    (value, flags)
}

/// Whether the words hold one of the author's remarks that it could not be checked (P10).
pub(super) fn unverified(text: &str) -> bool {
    holds(text, &HEDGES.unverified)
}

/// Whether the words say that the speaker is not named.
pub(super) fn anonymous(text: &str) -> bool {
    holds(text, &HEDGES.anonymous)
}

/// Whether the words say that an earlier statement is put right.
pub(super) fn correction(text: &str) -> bool {
    holds(text, &HEDGES.correction)
}

fn holds(text: &str, phrases: &[String]) -> bool {
    let lower = text.to_lowercase().replace('’', "'");
    phrases.iter().any(|phrase| lower.contains(phrase.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_parses() {
        assert!(unverified("The claim could not be independently verified."));
        assert!(anonymous("spoke on condition of anonymity"));
        assert!(!HEDGES.probable.is_empty() && !HEDGES.silence.is_empty() && !HEDGES.distancing.is_empty());
    }
}
