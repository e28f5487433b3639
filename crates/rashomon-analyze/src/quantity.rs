//! How many does the text say? Counts as intervals, of what and of whom (methods.md E1).
//!
//! [`read`] finds the number words of each sentence, what they count, what happened to those counted, which counts are
//! parts or sums of others, and which are totals over a wider window. A count whose outcome the text does not say keeps
//! its span and has none: nothing is guessed. "At least 36 people, including five children, were killed" gives
//! people killed [36, ∞) and, part of it, children killed [5, 5].
//!
//! Rules in prose: `docs/values.md`. Words: `data/{numbers,categories,casualties}.toml`.

mod amount;
mod bare;
mod bind;
mod change;
mod cumulative;
mod elided;
mod floor;
mod head;
mod item;
mod items;
mod keep;
mod lexicon;
mod list;
mod membership;
mod named;
mod noun;
mod phrase;
mod record;
mod refuse;
mod revision;
mod whole;

use crate::lexeme::{Lexeme, lexemes};
use bind::Binding;
use item::casualty;
use items::items;
pub use membership::members;
use rashomon_model::Document;
use rashomon_model::analysis::{Sentence, TimeExpression};
use rashomon_model::quantity::{Category, Outcome, Quantity};
use record::{of_status, quantity, total};
use revision::outdated;
use std::collections::BTreeMap;

/// Counts of the document, sorted by span (wider first).
#[must_use]
pub fn read(doc: &Document, sentences: &[Sentence], times: &[TimeExpression]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    // the toll told last, and the paragraph of the count told last
    let (mut last, mut paragraph, mut some) = (None, None, false);
    // the highest figure of each toll in the paragraph
    let mut highest: BTreeMap<Outcome, u64> = BTreeMap::new();
    // where the paragraph counts attacks over a wider window than the incident's
    let mut wider = None;
    for sentence in sentences {
        let from = times.partition_point(|t| t.span.end <= sentence.span.start);
        let to = times.partition_point(|t| t.span.start < sentence.span.end);
        let times = times.get(from..to.max(from)).unwrap_or_default();
        let lexemes = lexemes(&doc.text, sentence.span);
        let base = found.len();
        let told = last.filter(|_| paragraph == Some(sentence.paragraph));
        let holds = keep::says_what_it_holds(&lexemes);
        if cumulative::counts_attacks(&lexemes) {
            wider = Some(sentence.paragraph);
        }
        let total = cumulative::of_these(&lexemes).filter(|_| wider == Some(sentence.paragraph));
        for mut quantity in in_sentence(doc, &lexemes, times, told) {
            quantity.part_of = quantity.part_of.map(|i| i + base);
            if holds && quantity.part_of.is_none() && quantity.of.is_some_and(casualty) {
                let known = |q: &Quantity| q.of == quantity.of && !q.zero && q.part_of.is_none();
                quantity.part_of = found
                    .get(..base)
                    .and_then(|told| told.iter().rposition(known))
                    .filter(|_| paragraph == Some(sentence.paragraph));
            }
            if quantity.cumulative.is_none() && quantity.of.is_some_and(casualty) {
                quantity.cumulative.clone_from(&total);
            }
            // "five were killed and nine others wounded": beside the killed, not beside other wounded.
            some &= paragraph == Some(sentence.paragraph);
            if paragraph != Some(sentence.paragraph) {
                highest.clear();
            }
            // "Eight died on the spot and two within a week": of the rest no more is said than of the first
            let rest =
                found.len() > base && quantity.noun.is_none() && quantity.of == last && !is_shared_out(&quantity);
            let others = some && (quantity.beside || rest) && quantity.of.is_some_and(casualty);
            quantity.beside &= quantity.of.is_some() && quantity.of == last;
            floor::beside(&mut quantity, others);
            if let Some(of) = quantity.of.filter(|of| casualty(*of) && !quantity.zero) {
                let most = highest.get(&of).copied().unwrap_or(0);
                if quantity.number.start == sentence.span.start {
                    floor::fewer(&mut quantity, most);
                }
                highest.insert(of, most.max(quantity.count.min));
            }
            if quantity.of.is_some_and(casualty) && !quantity.zero {
                last = quantity.of;
                some = others || floor::of_some(&quantity);
            }
            paragraph = Some(sentence.paragraph);
            found.push(quantity);
        }
    }
    found
}

/// Counts of one sentence, sorted; `part_of` indexes the list returned.
fn in_sentence(
    doc: &Document,
    lexemes: &[Lexeme<'_>],
    times: &[TimeExpression],
    told: Option<Outcome>,
) -> Vec<Quantity> {
    let (mut items, statuses) = items(lexemes, times, told);
    if items.is_empty() && statuses.is_empty() {
        return Vec::new();
    }
    let (mut bound, parts) = bind::bind(lexemes, &items);
    let (mut told, mut latest) = (told, None);
    for (item, binding) in items.iter().zip(&mut bound) {
        // "six of the dead were crew, and four were children": of the dead, whatever was counted before
        if let Some((outcome, ..)) = item.inner.filter(|_| item.anaphor) {
            told = Some(outcome);
        }
        // "Two of them were children": of the toll told before
        // "They are 17 children and four women"
        let known = (item.anaphor || keep::lists_those_told(lexemes, item))
            && item.category.is_some_and(|category| category != Category::People);
        let taken_up = item.head.is_none() && !item.bare && keep::takes_up_the_toll(lexemes, item);
        if taken_up && binding.is_none() && !item.amount.zero {
            let outcome = latest.or(told).filter(|outcome| casualty(*outcome));
            *binding = outcome.map(|outcome| Binding { outcome, at: (item.start, item.end), how: TAKEN_UP });
        }
        latest = binding.as_ref().map(|b| b.outcome).or(latest);
        if known && binding.is_none() && !item.amount.zero {
            let told = told.filter(|outcome| casualty(*outcome));
            *binding =
                told.map(|outcome| Binding { outcome, at: (item.start, item.end), how: "of the toll told before" });
        }
    }
    elided::take_over(lexemes, &mut items, &bound, &parts);
    let no_toll = keep::no_toll(lexemes, &items, &bound);
    for (binding, _) in bound.iter_mut().zip(&no_toll).filter(|(_, no)| **no) {
        *binding = None;
    }
    let sums = whole::sums(lexemes, &items, &bound, &parts);
    let so_far = floor::SoFar::of(lexemes);
    let windows = cumulative::windows(lexemes, times, doc.published.as_ref());

    // Quantities with the item or sum they came from; parts are resolved after sorting.
    let mut made: Vec<(Quantity, Option<Key>)> = Vec::new();
    let mut keys: Vec<Key> = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let binding = bound.get(i).and_then(Option::as_ref);
        // "Four people have been confirmed dead": the words that say it of them count nobody else
        let said = |k: Option<usize>| {
            let other = k.and_then(|k| bound.get(k)?.as_ref());
            item.bare && other.is_some_and(|b| b.at.0 <= item.start && item.start < b.at.1)
        };
        if said(i.checked_sub(1)) || said(Some(i + 1)) {
            continue;
        }
        if !keep::kept(lexemes, item, binding) || no_toll.get(i) == Some(&true) {
            continue;
        }
        let mut quantity = quantity(lexemes, item, binding);
        floor::each(lexemes, item, made.last().map(|(before, _)| before), &mut quantity);
        if keep::again(lexemes, item) && made.iter().any(|(known, _)| keep::counts_those(known, &quantity)) {
            continue;
        }
        if let Some(b) = binding {
            floor::rise(lexemes, item, b, &so_far, &mut quantity);
            floor::among(lexemes, item, b, &mut quantity);
            if quantity.zero && b.outcome == Outcome::Casualties {
                // "no civilians were harmed": none was killed, whoever else was not hurt
                quantity.of = Some(Outcome::Killed);
                quantity.why.push_str("; nobody harmed, so nobody killed");
            }
        }
        quantity.outdated = outdated(lexemes, item);
        if quantity.of.is_some_and(casualty) && !is_shared_out(&quantity) {
            quantity.cumulative = cumulative::bound(&windows, lexemes, item.start, item.end);
        }
        let part = parts.get(i).copied().flatten().map(Key::Item).or_else(|| {
            let s = sums.partition_point(|sum| sum.to < i);
            let sum = sums.get(s).filter(|sum| sum.from <= i)?;
            if sum.first_is_whole { (i != sum.from).then_some(Key::Item(sum.from)) } else { Some(Key::Sum(s)) }
        });
        made.push((quantity, part));
        keys.push(Key::Item(i));
    }
    for (s, sum) in sums.iter().enumerate().filter(|(_, sum)| !sum.first_is_whole) {
        if let Some(mut quantity) = total(lexemes, &items, &bound, sum) {
            if let (Some(item), Some(Some(b))) = (items.get(sum.to), bound.get(sum.to)) {
                floor::among(lexemes, item, b, &mut quantity);
            }
            if let Some(first) = items.get(sum.from).filter(|_| quantity.of.is_some_and(casualty)) {
                let last = items.get(sum.to).map_or(first.end, |last| last.end);
                quantity.cumulative = cumulative::bound(&windows, lexemes, first.start, last);
            }
            made.push((quantity, None));
            keys.push(Key::Sum(s));
        }
    }
    for status in statuses {
        if let Some(quantity) = of_status(lexemes, &status) {
            made.push((quantity, None));
            keys.push(Key::Status);
        }
    }
    let mut order: Vec<usize> = (0..made.len()).collect();
    order.sort_by_key(|&i| made.get(i).map(|(q, _)| (q.span.start, u32::MAX - q.span.end, i)));
    let places: BTreeMap<Key, usize> =
        order.iter().enumerate().filter_map(|(place, &i)| Some((*keys.get(i)?, place))).collect();
    let place = |key: Key| places.get(&key).copied();
    let mut sorted = Vec::with_capacity(order.len());
    for &i in &order {
        if let Some((quantity, part)) = made.get(i) {
            let mut quantity = quantity.clone();
            quantity.part_of = part.and_then(place);
            sorted.push(quantity);
        }
    }
    floor::raise(&mut sorted);
    sorted
}

/// How a bare figure said of a figure told before is bound ("the army's own figure was nineteen").
const TAKEN_UP: &str = "of the toll that the figure takes up";

/// Whether the figure takes up a toll told before.
pub(crate) fn takes_up(quantity: &Quantity) -> bool {
    quantity.why.contains(TAKEN_UP)
}

/// Whether the figure is one of several that the sentence shares out among places or attacks.
pub(crate) fn is_shared_out(quantity: &Quantity) -> bool {
    [bind::SHARED_OUT, bind::GAPPED].iter().any(|how| quantity.why.contains(how))
}

/// Where a quantity came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Item(usize),
    Sum(usize),
    Status,
}
