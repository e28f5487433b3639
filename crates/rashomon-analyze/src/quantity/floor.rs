//! Does the toll stand above the figure? Floors of it: rising tolls, bodies found, some among the rest, others beside those told
//! before; and the floor that parts give to a ceiling.
//!
//! Each takes the upper bound away, or raises the lower, and says so in the reason: "the toll rises to 36" gives [36, ∞).

use super::bind::Binding;
use super::item::Item;
use super::lexicon::LEXICON;
use super::revision::Way;
use crate::lexeme::Lexeme;
use rashomon_model::quantity::{Category, Count, Outcome, Quantity};
use std::collections::BTreeMap;

/// "the toll rises to 36", "36 so far": a floor as of the text (methods.md E1).
pub(super) fn rise(lexemes: &[Lexeme<'_>], item: &Item, binding: &Binding, so_far: &SoFar, quantity: &mut Quantity) {
    let up = |at: usize| LEXICON.revisions.at(lexemes, at).is_some_and(|(_, way)| *way == Way::Up);
    // "raised the death toll to 36"
    let led = binding
        .at
        .0
        .checked_sub(1)
        .and_then(|at| lexemes.get(at))
        .is_some_and(|l| l.any(&["the", "its", "their", "his", "her", "a"]));
    let nominal = LEXICON.active.at(lexemes, binding.at.0).is_none();
    let raised = nominal
        && LEXICON.revisions.before(lexemes, binding.at.0 - usize::from(led)).is_some_and(|(_, way)| *way == Way::Up);
    let rising = binding.at.1 <= item.start && (raised || (binding.at.1..item.start).any(up));
    let open = quantity.count.max.is_some() && !quantity.zero && !item.bare;
    if open && (rising || so_far.is_of(lexemes, item, binding)) {
        quantity.count = Count::at_least(quantity.count.min);
        quantity.why.push_str(if rising {
            "; a rising toll, a floor as of the text"
        } else {
            "; “so far”, a floor as of the text"
        });
    }
}

/// Lexemes between a figure and "so far" within which it may be said of it.
const SO_FAR: usize = 16;

/// What a sentence says of figures that may rise.
pub(super) struct SoFar {
    /// Where "so far" and the like stand, from and to, sorted.
    said: Vec<(usize, usize)>,
    /// "26 dead, and nobody has been to the wells yet".
    unsearched: bool,
}

impl SoFar {
    /// Of one sentence.
    pub(super) fn of(lexemes: &[Lexeme<'_>]) -> Self {
        let at = |i: usize| LEXICON.so_far.at(lexemes, i).map(|(end, ())| (i, end));
        Self { said: (0..lexemes.len()).filter_map(at).collect(), unsearched: unsearched(lexemes) }
    }

    /// "Nineteen dead so far", "34 buried until now": more may come. But not where it is said of something else: "12 were killed, and
    /// the army has so far said nothing", "so far nobody has claimed the blast that killed 12".
    fn is_of(&self, lexemes: &[Lexeme<'_>], item: &Item, binding: &Binding) -> bool {
        let (from, to) = (item.start.min(binding.at.0), item.end.max(binding.at.1));
        let first = self.said.partition_point(|(_, end)| end + SO_FAR < from);
        let near = self.said.get(first..).unwrap_or_default().iter().take_while(|(start, _)| *start <= to + SO_FAR);
        self.unsearched
            || near.into_iter().any(|&(start, end)| match (lexemes.get(to..start), lexemes.get(end..from)) {
                (Some(behind), _) => !goes_on(behind) && !new_subject(behind),
                (_, Some(before)) => !goes_on(before) && !before.iter().any(is_none),
                _ => true,
            })
    }
}

/// Whether the words open another clause.
fn goes_on(words: &[Lexeme<'_>]) -> bool {
    words.iter().any(|l| {
        LEXICON.breaks.contains(&*l.low) && !l.any(&["since", "after"]) || l.any(&["who", "which", "that", "whose"])
    })
}

/// "And the army has", but not "and 30 have been wounded".
fn new_subject(words: &[Lexeme<'_>]) -> bool {
    let joint = words.iter().rposition(|l| l.any(&["and", ","])).unwrap_or(words.len());
    let rest = words.get(joint..).unwrap_or_default();
    let number = |i: usize| crate::numeral::read(rest, i).is_some();
    rest.iter().any(|l| LEXICON.auxiliaries.contains(&*l.low)) && !(0..rest.len()).any(number)
}

/// A word of denial.
fn is_none(l: &Lexeme<'_>) -> bool {
    l.any(&["nobody", "not", "no", "none", "n't"])
}

/// "Nobody has been to the wells yet", "the search is not over yet": whether more may be found.
fn unsearched(lexemes: &[Lexeme<'_>]) -> bool {
    let Some(yet) = lexemes.iter().rposition(|l| l.is("yet")) else { return false };
    let Some(none) = (yet.saturating_sub(12)..yet).rev().find(|i| lexemes.get(*i).is_some_and(is_none)) else {
        return false;
    };
    // "no agreement has been reached yet"
    let passive = |i: usize| {
        lexemes.get(i.saturating_sub(1)).is_some_and(|l| l.is("been"))
            && lexemes.get(i).is_some_and(|l| l.is("reached"))
    };
    (none..yet + 4).any(|i| LEXICON.unsearched.at(lexemes, i).is_some() && !passive(i))
}

/// Lexemes behind "46 wounded" within which they are said to have been admitted.
const ADMITTED: usize = 5;

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
    // a hospital tells of those brought to it: "treated 23", "46 wounded had been admitted to his hospital"
    let care = |l: &Lexeme<'_>| {
        l.any(&["treated", "treating", "admitted", "hospital", "hospitals", "hospitalised", "hospitalized"])
    };
    let from = item.end.max(at);
    let behind = lexemes.get(from..(from + ADMITTED).min(lexemes.len())).unwrap_or_default();
    let admitted =
        behind.iter().take_while(|l| l.any(&["who", "that"]) || LEXICON.auxiliaries.contains(&*l.low) || care(l));
    let treated = binding.outcome == Outcome::Injured
        && (lexemes.get(binding.at.0..binding.at.1).unwrap_or_default().iter().any(care)
            || admitted.last().is_some_and(care));
    // "four of the civilians were killed by shots": of how others were nothing is said
    let of_the = word(item.number_end).is_some_and(|l| l.is("of"))
        && word(item.number_end + 1).is_some_and(|l| l.any(&["the", "these", "those", "them"]));
    let manner = of_the
        && at >= item.end
        && word(at).is_some_and(|l| l.is("by"))
        && (at + 1..at + 3).any(|k| word(k).is_some_and(|l| LEXICON.manner.contains(&*l.low)));
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
    if !(bodies || among || dead || own || seen || treated || manner) || quantity.zero || quantity.count.max.is_none() {
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
