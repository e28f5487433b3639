//! Is a state's name that of a place, of one who acts, or only an adjective? "In Varland", "Varland said", "Varlandic jets".

use rashomon_model::analysis::MentionKind;

use super::Reading;
use super::index::{Entry, Role};
use super::lexicon::lexicon;
use super::token::{Case, Token};

/// What the name of a state over `len` tokens from `i` stands for; `entries` are those of the name, `role` that of the one meant.
pub(super) fn stands_for(reading: &Reading<'_>, entries: &[&Entry], role: Role, i: usize, len: usize) -> MentionKind {
    let both = entries.iter().any(|e| e.role == Role::Demonym) && entries.iter().any(|e| e.role == Role::Name);
    let adjective = role == Role::Demonym && !both
        || both && adjectival(reading, i + len)
        || role == Role::Name && qualifies(reading, i, i + len);
    if adjective {
        MentionKind::Nationality
    } else if acts(reading, i, len) {
        MentionKind::Government
    } else {
        MentionKind::Place
    }
}

/// Whether a word that is both name and adjective ("U.S.") qualifies the noun after it.
fn adjectival(reading: &Reading<'_>, next: usize) -> bool {
    let lexicon = lexicon();
    let possessive = next.checked_sub(1).and_then(|i| reading.token(i)).is_some_and(|t| t.possessive);
    !possessive
        && reading.after(next).is_some_and(|t| {
            !lexicon.cues.contains(&t.key) && !lexicon.common.contains(&t.key)
                || t.capital() && !lexicon.cues.contains(&t.key)
        })
}

/// "the Syria talks", "the 2015 Canada election": a state's name before a common noun.
fn qualifies(reading: &Reading<'_>, at: usize, next: usize) -> bool {
    let lexicon = lexicon();
    let election = |t: &Token| {
        matches!(t.key.as_str(), "general" | "federal" | "presidential" | "parliamentary" | "election" | "elections")
    };
    let Some(noun) = reading.after(next).filter(|t| t.case == Case::Lower) else { return false };
    let possessive = reading.token(next - 1).is_some_and(|t| t.possessive);
    let locative = reading.before(at).is_some_and(|t| lexicon.locatives.contains(&t.key));
    let function = lexicon.cues.contains(&noun.key)
        || lexicon.common.contains(&noun.key)
        || lexicon.locatives.contains(&noun.key)
        || ["ly", "ed", "ing"].iter().any(|end| noun.key.ends_with(end));
    !possessive && (election(noun) || !locative && !function && reading.before(at).is_some_and(|t| t.key == "the"))
}

/// Whether a state or its seat speaks or acts here, rather than being a place.
fn acts(reading: &Reading<'_>, i: usize, len: usize) -> bool {
    let lexicon = lexicon();
    let before = reading.before(i);
    if before.is_some_and(|t| lexicon.locatives.contains(&t.key)) {
        return false;
    }
    if before.is_some_and(|t| matches!(t.key.as_str(), "by" | "against" | "accused" | "blamed" | "blames" | "accuses"))
    {
        return true;
    }
    let last = reading.token(i + len - 1);
    let next = reading.after(i + len);
    if last.is_some_and(|t| t.possessive) {
        return next.is_some_and(|t| lexicon.metonym_acts.contains(&t.key));
    }
    next.is_some_and(|t| t.case == Case::Lower && lexicon.cues.contains(&t.key))
}
