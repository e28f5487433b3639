//! Is this figure one to record? Not those turned down, those of which nothing is said, or those told a second time.
//!
//! "11 people, not 13, were killed" keeps the 11, "some of them so badly that …" nothing.

use super::bind::Binding;
use super::item::Item;
use super::lexicon::LEXICON;
use super::noun::NounKind;
use crate::lexeme::{Lexeme, Sort};
use rashomon_model::quantity::{Category, Outcome, Quantity};

/// Whether a counted phrase is worth recording.
pub(super) fn kept(lexemes: &[Lexeme<'_>], item: &Item, binding: Option<&Binding>) -> bool {
    tells(item, binding)
        && !tells_of_the_harmed(lexemes, item)
        && !part_unsaid(item, binding)
        && !excepts(lexemes, item)
        && !none_of_those(lexemes, item, binding)
        && !of_a_pair_told(lexemes, item, binding)
}

/// "Both missiles", "remnants of both": two things told before, no count of their own, unless it is said what became of them
/// ("both bridges were destroyed").
fn of_a_pair_told(lexemes: &[Lexeme<'_>], item: &Item, binding: Option<&Binding>) -> bool {
    let both = lexemes.get(item.start).is_some_and(|l| l.is("both")) && item.amount.why.starts_with("“both");
    let befell = binding.is_some_and(|b| b.outcome.befalls_people() || b.outcome == Outcome::Destroyed);
    both && !befell
}

/// "None of the bombs fell on the depot": those there were did something else, not that there were none.
fn none_of_those(lexemes: &[Lexeme<'_>], item: &Item, binding: Option<&Binding>) -> bool {
    let of = lexemes.get(item.number_end).is_some_and(|l| l.is("of"));
    let definite =
        lexemes.get(item.number_end + 1).is_some_and(|l| l.any(&["the", "our", "their", "its", "these", "those"]));
    let things = binding.is_some_and(|b| !b.outcome.befalls_people() && b.outcome != Outcome::Destroyed);
    item.amount.zero && of && definite && things
}

/// Lexemes behind a zero within which an exception is made of it.
const EXCEPTION: usize = 9;

/// "No bodies other than two", "nobody but the guard": none but some is not none; and bodies not found are no dead not there.
fn excepts(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let word = |back: usize| item.start.checked_sub(back).and_then(|i| lexemes.get(i));
    let no = |back: usize| word(back).is_some_and(|l| l.is("no"));
    // "no bodies of attackers": nor attackers
    if item.bare && (no(1) || no(3) && word(1).is_some_and(|l| l.is("of"))) {
        return true;
    }
    if !item.amount.zero {
        return false;
    }
    let after = lexemes.get(item.end..(item.end + EXCEPTION).min(lexemes.len())).unwrap_or_default();
    let but = after.windows(2).any(|pair| match pair {
        [a, b] => a.is("other") && b.is("than") || a.is("apart") && b.is("from") || a.is("but") && b.is("for"),
        _ => false,
    });
    let except = but || after.iter().any(|l| l.any(&["except", "excepting", "besides", "save"]));
    let bodies = |l: &Lexeme<'_>| l.any(&["bodies", "corpses", "graves", "remains"]);
    let found = lexemes.get(item.start.saturating_sub(3)..item.start).unwrap_or_default();
    let sought = lexemes.get(item.start..item.end).unwrap_or_default().iter().any(bodies)
        && found.iter().any(|l| l.any(&["found", "find", "saw", "seen", "discovered"]));
    except || sought
}

/// Whether what it counts, or what happened to them, is known well enough.
fn tells(item: &Item, binding: Option<&Binding>) -> bool {
    let known = item.noun.is_some();
    if item.bare {
        let plural = item.amount.why.contains("plural");
        return binding.is_some_and(|b| !(plural || item.named) || !b.how.contains("in the clause"));
    }
    if item.amount.zero {
        return match item.noun.map(|n| n.kind) {
            Some(NounKind::Person | NounKind::Outcome(_) | NounKind::Group | NounKind::Object) => binding.is_some(),
            _ => binding.is_some() && item.head.is_none(),
        };
    }
    if item.amount.weak {
        return known || binding.is_some();
    }
    known || binding.is_some() || item.head.is_some() && item.amount.why.starts_with("the number")
}

/// "None of the dead were armed" tells something of the dead, not that nobody died.
fn tells_of_the_harmed(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let of = lexemes.get(item.number_end).is_some_and(|l| l.is("of"));
    let harmed = ["dead", "killed", "victims", "wounded", "injured", "casualties", "deceased", "fatalities"];
    let after = lexemes.get(item.number_end..(item.number_end + 4).min(lexemes.len())).unwrap_or_default();
    item.amount.zero && of && after.iter().any(|l| l.any(&harmed))
}

/// "some of them so badly that …": a part of which nothing is said that can be compared.
fn part_unsaid(item: &Item, binding: Option<&Binding>) -> bool {
    let own = binding.is_some_and(|b| !b.how.starts_with("as the count") && b.how != "named by its noun");
    item.anaphor && item.category.is_none() && !own
}

/// Whether a plural without number is a definite one: "the wounded children", "those killed".
pub(super) fn again(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let definite = |l: &Lexeme<'_>| l.any(&["the", "those", "these", "such", "their", "whose"]);
    item.bare
        && item.amount.why.contains("plural")
        && (lexemes.get(item.start).is_some_and(definite)
            || item.start.checked_sub(1).and_then(|before| lexemes.get(before)).is_some_and(definite))
}

/// Whether a count of the same sentence is of those that a definite plural speaks of again.
pub(super) fn counts_those(known: &Quantity, plural: &Quantity) -> bool {
    known.of == plural.of && (known.category == plural.category || plural.category == Some(Category::People))
}

/// Lexemes behind a count within which "elsewhere" is said of it.
const ELSEWHERE: usize = 7;

/// Whether each figure is no toll of its own: of those harmed elsewhere ("two persons who died elsewhere", "six died in captivity"),
/// or of some of the harmed of whom more is said ("29 of the dead have bullet wounds; two show injuries from crushing").
pub(super) fn no_toll(lexemes: &[Lexeme<'_>], items: &[Item], bound: &[Option<Binding>]) -> Vec<bool> {
    let mut shared = false;
    let mut found = Vec::with_capacity(items.len());
    for (item, binding) in items.iter().zip(bound) {
        let behind = lexemes.get(item.end..(item.end + ELSEWHERE).min(lexemes.len())).unwrap_or_default();
        let clause = item.end..item.end + behind.iter().take_while(|l| !l.any(&[",", ";", "."])).count();
        let dead = binding.as_ref().is_some_and(|b| b.outcome == Outcome::Killed);
        let elsewhere = clause.into_iter().any(|i| {
            // "six had died in captivity": not in what took them there; but "six died in prison when it was shelled"
            // (or "died in custody after jets hit it")
            let struck = |end: usize| {
                let behind = lexemes.get(end + 1..(end + ELSEWHERE).min(lexemes.len())).unwrap_or_default();
                behind.iter().any(|l| LEXICON.touched.contains(&*l.low))
            };
            let told = |end: usize| {
                let word = lexemes.get(end);
                word.is_some_and(|l| l.any(&["when", "as", "while"]) || l.is("after") && struck(end))
            };
            LEXICON.elsewhere.at(lexemes, i).is_some()
                || dead && LEXICON.held.at(lexemes, i).is_some_and(|(end, ())| !told(end))
        });
        // "two show injuries"; but "12 injuries" and "12 slight injuries" are others
        // but not "two of the wounded died, bringing the toll to nine"
        let led = binding.as_ref().is_some_and(|b| b.at.1 <= item.start);
        let rest = shared && !item.bare && !item.anaphor && item.noun.is_none() && !led;
        found.push(elsewhere || rest);
        shared |= item.anaphor && item.inner.is_some();
    }
    found
}

/// "They are 17 children and four women": the sentence lists who those of the toll told before are.
pub(super) fn lists_those_told(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let opens = matches!(lexemes, [they, are, ..] if they.any(&["they", "these", "those"]) && are.any(&["are", "were", "include", "included"]));
    opens && !lexemes.get(2..item.start).unwrap_or_default().iter().any(|l| l.any(&[";", ":", "that", "who"]))
}

/// "This includes two patients who died overnight": the sentence says what the figure told before holds.
pub(super) fn says_what_it_holds(lexemes: &[Lexeme<'_>]) -> bool {
    let Some((end, ())) = LEXICON.holding.at(lexemes, 0) else { return false };
    let verb = (end..end + 3).find(|&k| lexemes.get(k).is_some_and(|l| LEXICON.holds.contains(&*l.low)));
    verb.is_some_and(|verb| lexemes.get(end..verb).unwrap_or_default().iter().all(|l| !l.any(&[",", ";", "that"])))
}

/// "The army's own figure was nineteen", "put the count at 30": a bare number said of a figure that was told before.
pub(super) fn takes_up_the_toll(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let word = |at: usize| lexemes.get(at);
    let ends = word(item.end).is_none_or(|l| l.sort == Sort::Mark || LEXICON.breaks.contains(&*l.low));
    let mut at = item.start;
    let led = |l: &Lexeme<'_>| {
        l.any(&["is", "was", "stands", "stood", "remains", "remained", "at", "as", "still", "now", "only", "put"])
    };
    while at > 0 && item.start - at < 4 && word(at - 1).is_some_and(led) {
        at -= 1;
    }
    let figure = at < item.start && at > 0 && word(at - 1).is_some_and(|l| LEXICON.figures.contains(&*l.low));
    ends && figure && !item.anaphor
}

/// Whether the figure is only named to be turned down: "11 people, not 13".
pub(super) fn corrected(lexemes: &[Lexeme<'_>], found: &[Item], item: &Item) -> bool {
    let word = |back: usize| item.start.checked_sub(back).and_then(|i| lexemes.get(i));
    let Some(before) = found.last().filter(|before| !before.bare) else { return false };
    let gap = item.start.saturating_sub(before.end);
    let not = word(1).is_some_and(|l| l.is("not"))
        || word(2).zip(word(1)).is_some_and(|(a, b)| a.is("rather") && b.is("than") || a.is("instead") && b.is("of"));
    not && gap <= 4
}
