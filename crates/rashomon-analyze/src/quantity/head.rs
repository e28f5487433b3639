//! Which noun is counted? The head of the phrase behind a number, its category and the outcome named inside it.
//!
//! "36 unarmed Palestinian civilians" has the head "civilians"; "marchers and bystanders" are counted together; of words not
//! listed the last plural is what is counted ("27 gold diggers").

use super::item::Item;
use super::lexicon::LEXICON;
use super::noun::{Noun, NounKind};
use crate::lexeme::{Lexeme, Sort};
use rashomon_model::quantity::{Category, Outcome};

/// Reads the head from lexeme `j` on into `item`.
pub(super) fn head(lexemes: &[Lexeme<'_>], from: usize, item: &mut Item) {
    let mut j = from;
    let mut unknown = 0;
    let (mut first_unknown, mut last_unknown) = (None, None);
    // whether the phrase was read to its end
    let mut ended = false;
    while j < from + 12 {
        let Some(lexeme) = lexemes.get(j) else {
            ended = true;
            break;
        };
        if let Some(end) = aged(lexemes, j) {
            j = end;
            continue;
        }
        // "six burnt vehicles"
        if let Some((end, ())) =
            LEXICON.ruined.at(lexemes, j).filter(|_| item.noun.is_none() && unknown == 0 && !item.bare)
            && LEXICON.nouns.at(lexemes, end).is_some_and(|(_, n)| n.kind == NounKind::Object)
        {
            item.inner = Some((Outcome::Destroyed, j, end));
            j = end;
            continue;
        }
        let cue = LEXICON.after.at(lexemes, j).map(|(end, outcome)| (end, *outcome)).filter(|(_, o)| befalls(*o));
        if let Some((end, outcome)) = cue {
            // "36 wounded people"
            let noun_follows = LEXICON.nouns.at(lexemes, end).is_some_and(|(_, n)| n.kind == NounKind::Person);
            if item.noun.is_none() && noun_follows && unknown == 0 {
                item.inner = Some((outcome, j, end));
                j = end;
                continue;
            }
        }
        if let Some((end, noun)) = LEXICON.nouns.at(lexemes, j) {
            // "36 dead": the number has no noun of its own.
            if cue.is_some() && (item.noun.is_some() || unknown == 0 && !item.bare) {
                break;
            }
            take(item, noun, j, end);
            j = end;
            continue;
        }
        let adjective = LEXICON.adjectives.get(&*lexeme.low).copied();
        item.category = adjective.or(item.category);
        if item.noun.is_some() {
            break;
        }
        if adjective.is_some() {
            j += 1;
            continue;
        }
        let counts =
            item.bare && (crate::numeral::read(lexemes, j).is_some() || LEXICON.vague.at(lexemes, j).is_some());
        if counts {
            break;
        }
        let passes = lexeme.is("-") && lexeme.glued || lexeme.any(&["\"", "'", "'s"]);
        // "Su-24" is part of the phrase.
        let designation = lexeme.sort == Sort::Digits
            && lexeme.glued
            && j > from
            && lexemes.get(j - 1).is_some_and(|l| l.is("-") && l.glued);
        if designation {
            j += 1;
            continue;
        }
        if lexeme.sort == Sort::Mark && !passes || lexeme.sort == Sort::Digits {
            ended = lexeme.sort == Sort::Mark;
            break;
        }
        if !passes {
            if ends(lexemes, j) || cue.is_some() {
                ended = true;
                break;
            }
            unknown += 1;
            last_unknown = Some(j);
            if first_unknown.is_none() {
                first_unknown = Some(j);
            }
            // A bare plural begins with its noun; "a displaced woman" may have words between.
            if item.bare && from == item.start || unknown > if item.bare { 3 } else { 5 } {
                break;
            }
        }
        j += 1;
    }
    if item.noun.is_none()
        && !item.bare
        && let Some(first) = first_unknown
    {
        // "27 gold diggers": the last word is what is counted
        let at = last_unknown.filter(|last| ended && lexemes.get(*last).is_some_and(plural)).unwrap_or(first);
        item.head = Some((at, at + 1));
        item.end = at + 1;
    }
}

/// "A 12-year-old girl", "a two month old baby": one past the words of age that `i` opens.
fn aged(lexemes: &[Lexeme<'_>], i: usize) -> Option<usize> {
    let mut at = crate::numeral::read(lexemes, i)?.end;
    let mut step = |words: &[&str]| {
        at += usize::from(lexemes.get(at).is_some_and(|l| l.is("-")));
        let found = lexemes.get(at).is_some_and(|l| l.any(words));
        at += usize::from(found);
        found
    };
    (step(&["year", "years", "month", "months", "week", "weeks", "day", "days"]) && step(&["old", "olds"]))
        .then_some(at)
}

/// Whether the outcome is one that words inside the phrase say of those counted ("36 wounded people").
fn befalls(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Killed
            | Outcome::Injured
            | Outcome::Missing
            | Outcome::Displaced
            | Outcome::Arrested
            | Outcome::Abducted
    )
}

/// Makes the noun of lexemes `from..to` the head.
fn take(item: &mut Item, noun: &Noun, from: usize, to: usize) {
    // "eleven military men": men, but first of all soldiers
    let soldiers =
        item.category == Some(Category::Combatants) && matches!(noun.category, Some(Category::Men | Category::Women));
    if let Some(category) = noun.category
        && !soldiers
        && (item.category.is_none() || category != Category::People)
    {
        item.category = Some(category);
    }
    if let NounKind::Outcome(outcome) = noun.kind {
        item.inner = Some((outcome, from, to));
    }
    item.noun = Some(*noun);
    item.head = Some((from, to));
    item.end = to;
}

/// "Fifty-two marchers and bystanders were hurt": the number is that of both together.
pub(super) fn joint(lexemes: &[Lexeme<'_>], item: &mut Item) {
    let person = item.noun.is_none_or(|noun| noun.kind == NounKind::Person && noun.plural);
    let Some((from, to)) = item.head.filter(|_| person && !item.amount.zero && item.inner.is_none()) else { return };
    let unknown = item.noun.is_none();
    if unknown && !lexemes.get(to - 1).is_some_and(plural) || !lexemes.get(item.end).is_some_and(|l| l.is("and")) {
        return;
    }
    let at = item.end + 1;
    let (end, second) = match LEXICON.nouns.at(lexemes, at) {
        Some((end, noun)) if noun.kind == NounKind::Person && noun.plural => (end, Some(*noun)),
        None if lexemes.get(at).is_some_and(|l| plural(l) && !ends(lexemes, at)) => (at + 1, None),
        _ => return,
    };
    // "12 soldiers and officials said": the second noun opens a clause of its own unless what happened to both follows
    let closes = |l: &Lexeme<'_>| {
        l.any(&[",", ".", ";", ")", "in", "on", "at", "near", "when", "after", "during", "by", "from", "who"])
    };
    let harmed = (end..end + 4)
        .take_while(|&k| k == end || lexemes.get(k - 1).is_some_and(|l| LEXICON.between.contains(&*l.low)))
        .any(|k| LEXICON.after.at(lexemes, k).is_some());
    if !(harmed || lexemes.get(end).is_none_or(closes)) || second.is_none() && unknown && !harmed {
        return;
    }
    let known = item.noun.or(second);
    let alike = item.noun.is_some() && second.is_some() && item.category == second.and_then(|noun| noun.category);
    item.category = if alike { item.category } else { Some(Category::People) };
    item.noun = known;
    item.head = Some((from, end));
    item.end = end;
}

/// Whether a word looks like a plural.
fn plural(lexeme: &Lexeme<'_>) -> bool {
    let word = &*lexeme.low;
    let s = word.len() > 3 && word.ends_with('s') && !["ss", "us", "is", "'s"].iter().any(|end| word.ends_with(end));
    lexeme.word() && (s || word.len() > 4 && (word.ends_with("men") || word.ends_with("folk")))
}

/// Whether nothing that could be an object or a verb stands at `at`: the end, a mark, words of place and time, another clause.
pub(super) fn closed(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    lexemes.get(at).is_none_or(|l| {
        l.sort == Sort::Mark
            || LEXICON.breaks.contains(&*l.low)
            || LEXICON.closes.contains(&*l.low)
            || crate::event::is_time(&l.low)
    })
}

/// Whether a word ends the noun phrase after a number.
pub(super) fn ends(lexemes: &[Lexeme<'_>], j: usize) -> bool {
    lexemes.get(j).is_some_and(|lexeme| {
        LEXICON.stops.contains(&*lexeme.low)
            || LEXICON.breaks.contains(&*lexeme.low)
            || lexeme.low.ends_with("ly")
            || LEXICON.active.at(lexemes, j).is_some()
    })
}
