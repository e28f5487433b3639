//! Which counts add up? Sums of a list, and statements about the whole of a toll.
//!
//! "a man and his three children were killed" states four; "36 civilians and 5 fighters" at least 41 (methods.md E1).
//! "All of the dead were civilians" gives one status to the whole (rule U1).

use super::bind::Binding;
use super::item::Item;
use super::lexicon::LEXICON;
use super::list::joined;
use super::noun::NounKind;
use crate::lexeme::Lexeme;
use rashomon_model::quantity::{Category, Count, Outcome};

/// A sum over items `from..=to`.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// First item.
    pub(super) from: usize,
    /// Last item.
    pub(super) to: usize,
    /// The sum.
    pub(super) count: Count,
    /// Category common to all, people otherwise.
    pub(super) category: Category,
    /// Whether the first item is itself the whole, the others its parts ("three people, a woman and two children").
    pub(super) first_is_whole: bool,
}

/// Sums of lists of people with one outcome.
pub(super) fn sums(
    lexemes: &[Lexeme<'_>],
    items: &[Item],
    bound: &[Option<Binding>],
    parts: &[Option<usize>],
) -> Vec<Sum> {
    let mut found = Vec::new();
    let outcome = |i: usize| bound.get(i).and_then(Option::as_ref).map(|b| b.outcome);
    let fit = |i: usize| {
        items.get(i).is_some_and(|item| item.person() && !item.amount.zero && !item.anaphor)
            && parts.get(i).is_some_and(Option::is_none)
            && outcome(i).is_some()
    };
    let mut from = 0;
    while from < items.len() {
        let mut to = from;
        while fit(from)
            && fit(to + 1)
            && outcome(to + 1) == outcome(from)
            && bound.get(to).and_then(Option::as_ref).is_some()
            && joined(lexemes, items, to, to + 1)
            && one_cue(bound, to)
        {
            to += 1;
        }
        if to > from
            && let Some(sum) = sum(lexemes, items, from, to)
        {
            found.push(sum);
        }
        from = to + 1;
    }
    found
}

/// Whether items `i` and `i + 1` rest on the same words ("3 killed and 9 killed" does not).
fn one_cue(bound: &[Option<Binding>], i: usize) -> bool {
    match (bound.get(i), bound.get(i + 1)) {
        (Some(Some(a)), Some(Some(b))) => a.at == b.at,
        _ => false,
    }
}

/// The sum of items `from..=to`.
fn sum(lexemes: &[Lexeme<'_>], items: &[Item], from: usize, to: usize) -> Option<Sum> {
    let list = items.get(from..=to)?;
    let first = list.first()?;
    let rest = list.get(1..)?;
    let add = |part: &[Item]| {
        part.iter().fold(Count::exact(0), |a, item| Count {
            min: a.min.saturating_add(item.amount.count.min),
            max: a.max.zip(item.amount.count.max).map(|(x, y)| x.saturating_add(y)),
        })
    };
    let categories: Vec<Option<Category>> = list.iter().map(|i| i.category).collect();
    let common = categories.first().copied().flatten().filter(|c| categories.iter().all(|o| *o == Some(*c)));
    let of_rest = add(rest);
    // "a civilian, a young man": without "and" the second names the first again.
    let and = lexemes
        .get(list.get(list.len().checked_sub(2)?)?.end..list.last()?.start)?
        .iter()
        .any(|l| l.any(&["and", "&", "plus", "with", "alongside", "as"]));
    // "four civilians identified as …": the names are those of the four
    let named = lexemes
        .get(first.number_end..list.get(1)?.start)?
        .iter()
        .any(|l| l.any(&["identified", "named", "namely", ":"]));
    let apposed = !and
        || named && first.amount.count.min > 1
        || matches!(first.category, None | Some(Category::People | Category::Civilians))
            && of_rest.min <= first.amount.count.min
            && of_rest.max.is_none_or(|most| first.amount.count.max.is_some_and(|max| most >= max))
            && rest.len() > 1;
    if apposed {
        return Some(Sum {
            from,
            to,
            count: first.amount.count,
            category: first.category.unwrap_or(Category::People),
            first_is_whole: true,
        });
    }
    let mut count = add(list);
    if categories.contains(&Some(Category::Combatants)) && common.is_none() {
        count.max = None;
    }
    Some(Sum { from, to, count, category: common.unwrap_or(Category::People), first_is_whole: false })
}

/// "All of the dead were civilians": what is said of the whole.
#[derive(Debug, Clone)]
pub(super) struct Status {
    /// First lexeme ("all").
    pub(super) start: usize,
    /// One past the predicate.
    pub(super) end: usize,
    /// The number, if one is given ("all 36 people killed"), as lexemes and interval.
    pub(super) number: Option<(usize, usize, Count)>,
    /// The outcome of the whole.
    pub(super) outcome: Outcome,
    /// The words of the outcome.
    pub(super) at: (usize, usize),
    /// Status said.
    pub(super) category: Category,
    /// The predicate noun.
    pub(super) noun: (usize, usize),
}

/// "…, all of them civilians", "…, all civilians": the category of all just counted and where the words end.
pub(super) fn apposed(lexemes: &[Lexeme<'_>], i: usize) -> Option<(usize, Category)> {
    let comma = i.checked_sub(1).and_then(|before| lexemes.get(before)).is_some_and(|l| l.any(&[",", "(", "-"]));
    if !comma || !lexemes.get(i)?.is("all") {
        return None;
    }
    let mut j = i + 1;
    while lexemes.get(j)?.any(&["of", "them", "whom", "unarmed", "innocent"]) {
        j += 1;
    }
    let (end, noun) = LEXICON.nouns.at(lexemes, j).or_else(|| LEXICON.nouns.at(lexemes, j + 1))?;
    let category = noun.category.filter(|c| noun.kind == NounKind::Person && noun.plural && *c != Category::People)?;
    // "all of them civilian employees" says who they are; "all of them were civilians" is a clause of its own
    let verb = lexemes.get(end).is_some_and(|l| l.any(&["were", "are", "was", "is"]));
    (!verb).then_some((end, category))
}

/// A statement about the whole of a toll that begins at lexeme `i` with "all".
/// `told` is the outcome of the toll the paragraph spoke of last, for "all of them were civilians".
pub(super) fn status(lexemes: &[Lexeme<'_>], i: usize, told: Option<Outcome>) -> Option<Status> {
    if !lexemes.get(i)?.any(&["all", "everyone", "everybody", "every"]) {
        return None;
    }
    let mut j = i + 1;
    while lexemes
        .get(j)?
        .any(&["of", "the", "those", "these", "its", "our", "their", "who", "was", "one", "other", "them"])
        && j < i + 6
    {
        j += 1;
    }
    // "all (of them) were civilians": the toll is the one told last
    let back = lexemes.get(i + 1..j)?.iter().all(|l| l.any(&["of", "them", "those", "these"]));
    let told = told.filter(|o| back && *o != Outcome::Destroyed).map(|o| (o, i, j));
    let number = super::amount::read(lexemes, j).filter(|a| !a.zero);
    let number = number.map(|a| (a.start, a.end, a.count));
    if let Some((_, end, _)) = number {
        j = end;
    }
    let mut outcome: Option<(Outcome, usize, usize)> = None;
    let limit = j + 16;
    while j < limit {
        let lexeme = lexemes.get(j)?;
        if let Some((end, &found)) = LEXICON.after.at(lexemes, j) {
            outcome = outcome.or(Some((found, j, end)));
            j = end;
            continue;
        }
        if let Some((end, noun)) = LEXICON.nouns.at(lexemes, j) {
            if let NounKind::Outcome(found) = noun.kind {
                outcome = outcome.or(Some((found, j, end)));
            }
            j = end;
            continue;
        }
        if lexeme.any(&["were", "are", "was", "is"])
            && let Some((outcome, from, to)) = outcome.or(told)
        {
            let mut k = j + 1;
            while lexemes.get(k).is_some_and(|l| {
                l.low.ends_with("ly")
                    || l.any(&[
                        "all", "in", "fact", "unarmed", "armed", "innocent", "young", "foreign", "local", "known",
                    ])
            }) {
                k += 1;
            }
            let (end, noun) = LEXICON.nouns.at(lexemes, k)?;
            if noun.kind != NounKind::Person || !noun.plural {
                return None;
            }
            return Some(Status {
                start: i,
                end,
                number,
                outcome,
                at: (from, to),
                category: noun.category.filter(|c| *c != Category::People)?,
                noun: (k, end),
            });
        }
        if LEXICON.breaks.contains(&*lexeme.low) || lexeme.any(&[",", ".", ";"]) {
            return None;
        }
        j += 1;
    }
    None
}
