//! Does the toll stand above the figure? Floors of it: rising tolls, bodies found, some among the rest, others beside those told
//! before; and the floor that parts give to a ceiling.
//!
//! Each takes the upper bound away, or raises the lower, and says so in the reason: "the toll rises to 36" gives [36, ∞).

use super::bind::Binding;
use super::item::Item;
use super::lexicon::LEXICON;
use crate::lexeme::Lexeme;
use rashomon_model::quantity::{Category, Count, Outcome, Quantity};
use std::collections::BTreeMap;

/// "the toll rises to 36", "36 so far": a floor as of the text (methods.md E1).
pub(super) fn rise(lexemes: &[Lexeme<'_>], item: &Item, binding: &Binding, so_far: bool, quantity: &mut Quantity) {
    let rising = binding.at.1 <= item.start
        && lexemes.get(binding.at.1..item.start).unwrap_or_default().iter().any(|l| LEXICON.rising.contains(&*l.low));
    if (rising || so_far) && quantity.count.max.is_some() && !quantity.zero && !item.bare {
        quantity.count = Count::at_least(quantity.count.min);
        quantity.why.push_str(if rising {
            "; a rising toll, a floor as of the text"
        } else {
            "; “so far”, a floor as of the text"
        });
    }
}

/// "Nineteen dead so far", "34 buried until now", "26 dead, and nobody has been to the wells yet": more may come.
pub(super) fn so_far(lexemes: &[Lexeme<'_>]) -> bool {
    let none = |l: &Lexeme<'_>| l.any(&["nobody", "not", "no", "none", "n't"]);
    let yet = || {
        let at = lexemes.iter().rposition(|l| l.is("yet"));
        at.is_some_and(|at| lexemes.get(at.saturating_sub(12)..at).unwrap_or_default().iter().any(none))
    };
    (0..lexemes.len()).any(|i| LEXICON.so_far.at(lexemes, i).is_some()) || yet()
}

/// A floor by what is counted: bodies found so far, "two commanders were among the dead", those
/// who died of their wounds beside the rest.
pub(super) fn among(lexemes: &[Lexeme<'_>], item: &Item, binding: &Binding, quantity: &mut Quantity) {
    let word = |i: usize| lexemes.get(i);
    let bodies = item.head.and_then(|(from, _)| word(from)).is_some_and(|l| l.any(&["bodies", "body", "corpses"]));
    let at = binding.at.1;
    // "were among the dead", not "12 people, among them five children, were killed"
    let before = |back: usize| binding.at.0.checked_sub(back).filter(|i| *i >= item.end).and_then(word);
    let among = before(1).is_some_and(|l| l.is("among"))
        || before(1).is_some_and(|l| l.any(&["the", "those"])) && before(2).is_some_and(|l| l.is("among"));
    let ours = |i: usize, joint: &str| {
        word(i).is_some_and(|l| l.is(joint))
            && word(i + 1).is_some_and(|l| l.any(&["our", "my", "their", "his", "her", "its"]))
    };
    // "nineteen of our people": all of them, whoever says "our"
    let everybody = || word(item.number_end + 2).is_some_and(|l| LEXICON.everybody.contains(&*l.low));
    // "12 of them were killed": of whom is not said here
    let unsaid = item.category.is_none_or(|category| category == Category::People);
    // "three of our colleagues", "five from my shift are dead": some of one's own, whoever else there was
    let own = ours(item.number_end, "of") && !everybody()
        || ours(item.end, "from")
        || item.anaphor && unsaid && binding.how.starts_with("said");
    // "I counted five dead": a witness tells what he saw
    let seen = item.start.checked_sub(2).and_then(word).is_some_and(|l| l.any(&["i", "we"]))
        && item
            .start
            .checked_sub(1)
            .and_then(word)
            .is_some_and(|l| l.any(&["counted", "saw", "count", "see", "found"]));
    // a hospital tells of those brought to it
    let treated = binding.outcome == Outcome::Injured
        && lexemes.get(binding.at.0..binding.at.1).unwrap_or_default().iter().any(|l| {
            l.any(&["treated", "treating", "admitted", "hospital", "hospitals", "hospitalised", "hospitalized"])
        });
    // of their wounds, later than the rest; "of gunshot wounds" only says of what
    let of_wounds = word(at).is_some_and(|l| l.is("of"))
        && word(at + 1).is_some_and(|l| l.any(&["their", "his", "her", "its", "wounds", "injuries"]))
        && lexemes
            .get(at + 1..(at + 4).min(lexemes.len()))
            .unwrap_or_default()
            .iter()
            .any(|l| l.any(&["wounds", "injuries"]));
    // "died on the spot", "on the way to hospital": of the others nothing is said
    let some = LEXICON.some.at(lexemes, at).is_some();
    // who was buried by now: more may lie elsewhere
    let buried = LEXICON.burial.at(lexemes, binding.at.0).is_some();
    // "four of the wounded have died": beside those who died at once
    let wounded = item.inner.is_some_and(|(outcome, ..)| outcome == Outcome::Injured);
    let dead = binding.outcome == Outcome::Killed && (of_wounds || some || buried || wounded);
    if !(bodies || among || dead || own || seen || treated) || quantity.zero || quantity.count.max.is_none() {
        return;
    }
    quantity.count = Count::at_least(quantity.count.min);
    quantity.why.push_str(if bodies { "; bodies found are a floor of the dead" } else { SOME });
}

/// "Two aircraft dropped one bomb each": as many as there are of those before, by the number said of each.
pub(super) fn each(lexemes: &[Lexeme<'_>], item: &Item, before: Option<&Quantity>, quantity: &mut Quantity) {
    if quantity.zero || item.bare || !lexemes.get(item.end).is_some_and(|l| l.any(&["each", "apiece"])) {
        return;
    }
    let holders = before.map_or(Count::at_least(1), |before| before.count);
    quantity.count = Count {
        min: quantity.count.min.saturating_mul(holders.min),
        max: quantity.count.max.zip(holders.max).map(|(a, b)| a.saturating_mul(b)),
    };
    quantity.why.push_str("; so many for each of those before");
}

/// Reason of a floor said of some among others.
const SOME: &str = "; said of some among the rest, a floor of the toll";

/// Whether the figure is of some among others, so that "another six" after it are too.
pub(super) fn of_some(quantity: &Quantity) -> bool {
    quantity.why.ends_with(SOME)
}

/// "Nine others were wounded": others beside those told before, or beside some among the rest ("three of our colleagues were
/// killed, another six injured").
pub(super) fn beside(quantity: &mut Quantity, some: bool) {
    if (quantity.beside || some) && !quantity.zero && quantity.count.max.is_some() {
        quantity.count = Count::at_least(quantity.count.min);
        quantity.why.push_str("; others beside those told before, a floor of the toll");
    }
}

/// "Fifteen people died. Five were killed by shots": a bare number after a higher figure of the same toll is of some of them.
pub(super) fn fewer(quantity: &mut Quantity, most: u64) {
    let bare = quantity.noun.is_none() && quantity.count.max.is_some() && quantity.part_of.is_none();
    let people = quantity.category.is_none_or(|category| category == Category::People);
    if bare && people && !quantity.whole && quantity.count.min < most && !super::is_shared_out(quantity) {
        quantity.count = Count::at_least(quantity.count.min);
        quantity.why.push_str(SOME);
    }
}

/// "Up to 30, including at least 12 villagers": a whole is no smaller than its parts, so the ceiling has a floor (rule N5
/// read within one sentence). Women, men and children add up; other parts may overlap.
pub(super) fn raise(read: &mut [Quantity]) {
    let mut floors: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for part in read.iter() {
        let Some(whole) = part.part_of else { continue };
        let floor = floors.entry(whole).or_default();
        if matches!(part.category, Some(Category::Children | Category::Women | Category::Men)) {
            floor.0 = floor.0.saturating_add(part.count.min);
        } else {
            floor.1 = floor.1.max(part.count.min);
        }
    }
    for (whole, (disjoint, other)) in floors {
        let Some(whole) = read.get_mut(whole) else { continue };
        let least = disjoint.max(other);
        if whole.count.min == 0 && !whole.zero && least > 0 && whole.count.max.is_some_and(|max| max >= least) {
            whole.count.min = least;
            whole.why.push_str("; at least its parts");
        }
    }
}
