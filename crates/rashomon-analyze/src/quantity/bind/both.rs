//! Are two outcomes told of one figure? "40 people were killed or wounded" are no 40 killed.

use super::Binding;
use crate::lexeme::Lexeme;
use crate::quantity::head::closed;
use crate::quantity::item::{Item, casualty};
use crate::quantity::lexicon::LEXICON;
use rashomon_model::quantity::Outcome;
use std::collections::BTreeMap;

/// The binding by all the outcomes that the words join: killed or injured people are casualties; of others ("killed or captured") none
/// can be said of the figure. Where nobody was, the first holds.
pub(super) fn both(
    lexemes: &[Lexeme<'_>],
    starts: &BTreeMap<usize, usize>,
    item: &Item,
    binding: Binding,
) -> Option<Binding> {
    if !casualty(binding.outcome) {
        return Some(binding);
    }
    let Some((or, other, at)) = behind(lexemes, starts, &binding).or_else(|| before(lexemes, item, &binding)) else {
        return Some(binding);
    };
    let harm = |of: Outcome| matches!(of, Outcome::Killed | Outcome::Injured | Outcome::Casualties);
    if other == binding.outcome {
        Some(binding)
    } else if harm(other) && harm(binding.outcome) {
        Some(Binding { outcome: Outcome::Casualties, at, ..binding })
    } else {
        // "abducted and killed": one after the other, and both hold
        (!or || item.amount.zero).then_some(binding)
    }
}

/// "Killed or wounded", "dead and injured": whether "or" joins them, the other outcome, and where all of it stands.
fn behind(
    lexemes: &[Lexeme<'_>],
    starts: &BTreeMap<usize, usize>,
    binding: &Binding,
) -> Option<(bool, Outcome, (usize, usize))> {
    let (mut at, mut or) = (binding.at.1, false);
    // "killed, wounded or captured"
    let series = lexemes.get(at)?.is(",");
    if !series && !lexemes.get(at)?.any(&["or", "and", "/"]) {
        return None;
    }
    while let Some(word) = lexemes.get(at) {
        or |= word.is("or");
        let passes = word.any(&["or", "and", "/", ",", "else", "otherwise", "seriously", "badly"]);
        if !passes && !LEXICON.auxiliaries.contains(&*word.low) && !word.low.ends_with("ly") || starts.contains_key(&at)
        {
            break;
        }
        at += 1;
    }
    if starts.contains_key(&at) {
        return None;
    }
    let (end, outcome) = LEXICON.after.at(lexemes, at).filter(|(_, outcome)| casualty(**outcome))?;
    if series {
        // what is no harm ("or captured") decides
        let (_, third) = lexemes.get(end).filter(|l| l.is("or")).and_then(|_| LEXICON.after.at(lexemes, end + 1))?;
        let harm = matches!(third, Outcome::Killed | Outcome::Injured | Outcome::Casualties);
        return Some((true, if harm { *outcome } else { *third }, (binding.at.0, end)));
    }
    // "were killed and wounded people taken away"
    let closed = closed(lexemes, end);
    let pair = (binding.outcome, *outcome) == (Outcome::Killed, Outcome::Injured);
    (or || pair && closed).then_some((or, *outcome, (binding.at.0, end)))
}

/// "Killed or wounded 30 people": the same where the figure comes last.
fn before(lexemes: &[Lexeme<'_>], item: &Item, binding: &Binding) -> Option<(bool, Outcome, (usize, usize))> {
    let joint = binding.at.0.checked_sub(1).filter(|_| binding.at.1 <= item.start)?;
    let or = lexemes.get(joint)?.is("or");
    if !or && !lexemes.get(joint)?.is("and") {
        return None;
    }
    let (start, outcome) = LEXICON.active.before(lexemes, joint).filter(|(_, outcome)| casualty(**outcome))?;
    let pair = (*outcome, binding.outcome) == (Outcome::Killed, Outcome::Injured);
    (or || pair).then_some((or, *outcome, (start, binding.at.1)))
}
