//! Whom does a number count whose noun is not said again? "Two officers were killed and nine injured": nine officers.
//!
//! A number that stands for its noun (a fused head, Huddleston and Pullum 2002, ch. 5) takes the noun of the clause before.
//! Read so where the number stands alone before what happened to those counted, right behind a clause that counts somebody of a
//! kind and is no part of another count. Not read so: "others" (anyone else), and what follows one child, woman or man: "a child
//! was killed and thirty injured" hardly ever counts thirty children.

use super::bind::{Binding, GAPPED, SHARED_OUT};
use super::item::{Item, casualty};
use super::lexicon::LEXICON;
use super::noun::NounKind;
use crate::lexeme::{Lexeme, Sort};
use rashomon_model::quantity::{Category, Outcome};

/// Most lexemes from the noun to the number that leaves it out.
const REACH: usize = 14;

/// Gives items whose noun is left out the category of the count before them. `parts[i]` is the item that item `i` is part of.
pub(super) fn take_over(
    lexemes: &[Lexeme<'_>],
    items: &mut [Item],
    bound: &[Option<Binding>],
    parts: &[Option<usize>],
) {
    for i in 1..items.len() {
        // "eleven gunmen in Orvel and six in Kesta": six gunmen; "the first raid killed nine soldiers and the second four": four soldiers
        let shared = bound.get(i).and_then(Option::as_ref).is_some_and(|b| matches!(b.how, SHARED_OUT | GAPPED));
        let category = if shared {
            items.get(i - 1).and_then(|before| before.category)
        } else {
            of_the_one_before(lexemes, items, bound, parts, i)
        };
        if let Some(item) = items.get_mut(i).filter(|item| item.category.is_none() && category.is_some()) {
            item.category = category;
        }
    }
}

/// The category of the count before item `i`, where the noun of `i` is left out.
fn of_the_one_before(
    lexemes: &[Lexeme<'_>],
    items: &[Item],
    bound: &[Option<Binding>],
    parts: &[Option<usize>],
    i: usize,
) -> Option<Category> {
    let told = |at: usize| bound.get(at)?.as_ref().filter(|b| casualty(b.outcome) && b.outcome != Outcome::Victims);
    let (before, item) = (items.get(i - 1)?, items.get(i)?);
    let (first, second) = (told(i - 1)?, told(i)?);
    let alone = item.head.is_none()
        && item.category.is_none()
        && item.inner.is_none()
        && !(item.anaphor || item.bare || item.beside || item.named || item.amount.zero);
    // "nine injured", "nine were injured": said behind it; of the first, before the number
    // "eight deaths, all civilians, and 16 injured": a noun of persons is left out, and a clause told of them
    let persons = before.noun.is_some_and(|noun| noun.kind == NounKind::Person) && !before.whole;
    let said = persons
        && second.at.0 >= item.end
        && second.at != first.at
        && before.end <= first.at.0
        && first.at.1 <= item.start;
    let whole = parts.get(i - 1) == Some(&None) && parts.get(i) == Some(&None) && !before.amount.zero;
    let between = lexemes.get(before.end..item.start).filter(|between| between.len() <= REACH)?;
    let marked = between.last().is_some_and(|l| l.any(&["and", ",", "while"]));
    let breaks = |l: &Lexeme<'_>| {
        !l.is("while") && (LEXICON.breaks.contains(&*l.low) || l.sort == Sort::Mark && !l.is(","))
            || l.any(&["who", "which", "that", "whom", "whose"])
    };
    if !(alone && said && whole && marked) || between.iter().any(breaks) {
        return None;
    }
    let category = before.category?;
    match category {
        Category::Civilians | Category::Combatants | Category::Medics | Category::Journalists => Some(category),
        Category::Children | Category::Women | Category::Men => (before.amount.count.min > 1).then_some(category),
        Category::People | Category::Objects => None,
    }
}
