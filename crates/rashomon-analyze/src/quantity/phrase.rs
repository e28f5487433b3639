//! What is counted? The noun phrase a number opens.
//!
//! "36 unarmed Palestinian civilians" has the head "civilians"; "dozens of the wounded" and "five of them children" are
//! partitive; "36 killed" has none.

use super::amount::Amount;
use super::lexicon::{Change, LEXICON, Noun, NounKind};
use crate::lexeme::{Lexeme, Sort};
use rashomon_model::quantity::{Category, Count, Outcome};

/// A count with what it counts, before an outcome is bound to it. Indices are lexemes of the sentence.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// First lexeme of the number with its modifiers.
    pub(super) start: usize,
    /// One past the number.
    pub(super) number_end: usize,
    /// One past the noun phrase.
    pub(super) end: usize,
    /// The number.
    pub(super) amount: Amount,
    /// Head noun: first and one past last lexeme.
    pub(super) head: Option<(usize, usize)>,
    /// What the head is; `None` for an unknown noun or none.
    pub(super) noun: Option<Noun>,
    /// Category from head and adjectives.
    pub(super) category: Option<Category>,
    /// Outcome named inside the phrase ("36 wounded people", "36 deaths"), and where.
    pub(super) inner: Option<(Outcome, usize, usize)>,
    /// "of them", "of whom": part of a count before.
    pub(super) anaphor: bool,
    /// No number word: "a child", "civilians".
    pub(super) bare: bool,
    /// A person named.
    pub(super) named: bool,
    /// A count whose people are then listed by name.
    pub(super) listed: bool,
    /// "another", "three other", "others".
    pub(super) beside: bool,
    /// "eight deaths, all of them civilians": the status is that of all.
    pub(super) whole: bool,
}

impl Item {
    /// Whether people are counted, as far as known.
    pub(super) fn person(&self) -> bool {
        match self.noun.map(|n| n.kind) {
            Some(NounKind::Person | NounKind::Group) => true,
            Some(NounKind::Outcome(o)) => casualty(o),
            Some(_) => false,
            None => self.head.is_none() || self.anaphor,
        }
    }
}

/// Whether an outcome befalls people.
pub(super) fn casualty(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Killed
            | Outcome::Injured
            | Outcome::Casualties
            | Outcome::Victims
            | Outcome::Missing
            | Outcome::Arrested
            | Outcome::Abducted
            | Outcome::Displaced
    )
}

/// The item opened by an amount.
pub(super) fn counted(lexemes: &[Lexeme<'_>], amount: Amount) -> Option<Item> {
    let number_end = amount.end;
    let mut item = Item {
        start: amount.start,
        number_end,
        end: number_end,
        amount,
        head: None,
        noun: None,
        category: None,
        inner: None,
        anaphor: false,
        bare: false,
        named: false,
        listed: false,
        beside: false,
        whole: false,
    };
    let mut j = number_end;
    // "36-strong group", "five-member family"
    if lexemes.get(j).is_some_and(|l| l.is("-") && l.glued) {
        j += 2;
    }
    if lexemes.get(j).is_some_and(|l| l.is("of")) || lexemes.get(j - 1).is_some_and(|l| l.is("of")) {
        j += usize::from(lexemes.get(j).is_some_and(|l| l.is("of")));
        if lexemes.get(j).is_some_and(|l| l.any(&["them", "whom", "those", "which"])) {
            // "asleep beneath one of them": where somebody was
            let led = item.start.checked_sub(1).and_then(|before| lexemes.get(before));
            if item.amount.weak && led.is_some_and(|l| l.any(&BENEATH)) {
                return None;
            }
            item.anaphor = true;
            item.end = j + 1;
            let those = lexemes.get(j).is_some_and(|l| l.is("those"));
            j += 1;
            // "five of those killed were children"; "five of them died" says what became of them
            if let Some((end, &outcome)) = LEXICON.after.at(lexemes, j).filter(|_| those) {
                item.inner = Some((outcome, j, end));
                item.end = end;
                j = end;
            }
            while lexemes.get(j).is_some_and(|l| l.any(&["were", "are", "was", "is", "being", "a"])) {
                j += 1;
            }
            if let Some((end, noun)) = LEXICON.nouns.at(lexemes, j)
                && noun.kind == NounKind::Person
            {
                item.head = Some((j, end));
                item.noun = Some(*noun);
                item.category = noun.category;
                item.end = end;
            }
            return Some(item);
        }
        while lexemes.get(j).is_some_and(|l| l.any(&["the", "those", "these", "his", "her", "their", "its", "other"])) {
            j += 1;
        }
        // "four of seven vehicles": the four are counted
        let named = |end: usize| lexemes.get(end).is_some_and(|l| l.word() && !ends(lexemes, end));
        if let Some(all) =
            crate::numeral::read(lexemes, j).filter(|n| n.whole() > item.amount.count.max && named(n.end))
        {
            j = all.end;
        }
    }
    head(lexemes, j, &mut item);
    joint(lexemes, &mut item);
    of_the_harmed(lexemes, &mut item);
    predicate(lexemes, &mut item);
    or_more(lexemes, &mut item);
    let words = lexemes.get(item.start..item.end.max(item.number_end)).unwrap_or_default();
    // "the other 40": all the rest
    let rest =
        words.first().is_some_and(|l| l.is("the")) && words.get(1).is_some_and(|l| l.any(&["other", "remaining"]));
    item.beside = !rest
        && words.iter().any(|l| l.any(&["another", "other", "others", "additional", "further", "more"]))
        && !(words.first().is_some_and(|l| l.is("more"))
            || words.iter().any(|l| l.is("than")) && !words.iter().any(|l| l.any(&["another", "other", "others"])));
    match item.noun.map(|n| n.kind) {
        Some(NounKind::Measure) => None,
        Some(NounKind::Group) => {
            // Families count at least two people each.
            item.amount.count = Count::at_least(item.amount.count.min.saturating_mul(2));
            item.amount.why.push_str("; families of two or more");
            Some(item)
        }
        _ => Some(item),
    }
}

/// Words of place before "one of them".
const BENEATH: [&str; 14] = [
    "under",
    "beneath",
    "below",
    "near",
    "behind",
    "inside",
    "in",
    "on",
    "beside",
    "from",
    "at",
    "with",
    "by",
    "underneath",
];

/// "Fifty-two marchers and bystanders were hurt": the number is that of both together.
fn joint(lexemes: &[Lexeme<'_>], item: &mut Item) {
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

/// Whether a word ends the noun phrase after a number.
fn ends(lexemes: &[Lexeme<'_>], j: usize) -> bool {
    lexemes.get(j).is_some_and(|lexeme| {
        LEXICON.stops.contains(&*lexeme.low)
            || LEXICON.breaks.contains(&*lexeme.low)
            || lexeme.low.ends_with("ly")
            || LEXICON.active.at(lexemes, j).is_some()
    })
}

/// "six people or more were killed": what changes a number may stand behind what it counts, unless it counts something else.
fn or_more(lexemes: &[Lexeme<'_>], item: &mut Item) {
    let joint = lexemes.get(item.end).is_some_and(|l| l.any(&["or", "at"]));
    let Some((end, Change::AtLeast)) = LEXICON.followers.at(lexemes, item.end).filter(|_| joint) else { return };
    let other = LEXICON.nouns.at(lexemes, end).is_some()
        || crate::numeral::read(lexemes, end).is_some()
        || lexemes.get(end).is_some_and(|l| l.is("than"));
    if !other && item.end > item.number_end && !item.amount.zero {
        item.amount.count = Count::at_least(item.amount.count.min);
        item.amount.why.push_str("; or more");
        item.end = end;
    }
}

/// "six of the dead", "two of the wounded": a part of those harmed, of whom the sentence may say more.
fn of_the_harmed(lexemes: &[Lexeme<'_>], item: &mut Item) {
    let word = |i: usize| lexemes.get(i);
    let of = item.number_end;
    if item.amount.zero
        || !word(of).is_some_and(|l| l.is("of"))
        || !word(of + 1).is_some_and(|l| l.any(&["the", "those"]))
    {
        return;
    }
    // "three of the victims were children": of the toll told before
    if word(of + 2).is_some_and(|l| l.is("victims")) {
        item.head = None;
        item.noun = None;
        item.anaphor = true;
        item.end = of + 3;
        return;
    }
    if let Some((end, &outcome)) = LEXICON.after.at(lexemes, of + 2).filter(|(_, o)| casualty(**o)) {
        item.inner = Some((outcome, of + 2, end));
        item.head = None;
        item.noun = None;
        item.anaphor = true;
        item.end = end;
    }
}

/// "The youngest of the wounded is four": a predicate number is an age where the subject is one by age.
pub(super) fn is_age(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let copula =
        item.start.checked_sub(1).and_then(|i| lexemes.get(i)).is_some_and(|l| l.any(&["is", "was", "just", "only"]));
    let from = item.start.saturating_sub(10);
    copula
        && item.head.is_none()
        && lexemes
            .get(from..item.start)
            .unwrap_or_default()
            .iter()
            .any(|l| l.any(&["youngest", "oldest", "eldest", "aged"]))
}

/// Words between a number and the noun that says what those counted are.
const PREDICATES: [&str; 24] = [
    "was",
    "were",
    "is",
    "are",
    "being",
    "a",
    "an",
    "also",
    "to",
    "have",
    "been",
    "be",
    "as",
    "said",
    "believed",
    "thought",
    "assessed",
    "presumed",
    "known",
    "considered",
    "understood",
    "described",
    "identified",
    "reported",
];

/// "six of the dead are children", "two were women": what those counted are, said after a copula.
fn predicate(lexemes: &[Lexeme<'_>], item: &mut Item) {
    if item.head.is_some() || item.amount.zero {
        return;
    }
    let mut j = item.end;
    if !lexemes.get(j).is_some_and(|l| l.any(&["was", "were", "is", "are", "being"])) {
        return;
    }
    // "seven are believed to have been fighters" says what they were, as somebody sees it
    while lexemes.get(j).is_some_and(|l| l.any(&PREDICATES)) {
        j += 1;
    }
    let Some((end, noun)) = LEXICON.nouns.at(lexemes, j) else { return };
    if noun.kind == NounKind::Person && noun.category.is_some_and(|c| c != Category::People) {
        item.head = Some((j, end));
        item.noun = Some(*noun);
        item.category = noun.category;
        item.end = end;
        item.anaphor = true;
    }
}

/// An item without a number word: "a child", "civilians", "his wife".
pub(super) fn bare(lexemes: &[Lexeme<'_>], i: usize) -> Option<Item> {
    let first = lexemes.get(i)?;
    let article = first.any(&["a", "an", "another", "one"]);
    let possessive = first.any(&["his", "her", "their"]);
    // "unclear how many people"
    let unasked = |back: usize| i.checked_sub(back).and_then(|p| lexemes.get(p));
    if unasked(1).is_some_and(|l| l.any(&["many", "how", "which", "what"]))
        && (unasked(2).is_some_and(|l| l.is("how")) || !unasked(1).is_some_and(|l| l.is("many")))
    {
        return None;
    }
    // "the number of people killed … has reached 17": the number comes later
    if unasked(1).is_some_and(|l| l.is("of")) && unasked(2).is_some_and(|l| LEXICON.counting.contains(&*l.low)) {
        return None;
    }
    let amount = |count, why: &str| Amount { start: i, end: i, count, zero: false, weak: false, why: why.to_owned() };
    let mut item = Item {
        start: i,
        number_end: i,
        end: i,
        amount: amount(Count::exact(1), "one named by its noun"),
        head: None,
        noun: None,
        category: None,
        inner: None,
        anaphor: false,
        bare: true,
        named: false,
        listed: false,
        beside: false,
        whole: false,
    };
    let from = if article || possessive { i + 1 } else { i };
    head(lexemes, from, &mut item);
    let noun = item.noun?;
    let (head_start, _) = item.head?;
    // "her father's recovery", "Defence for Children": no victim.
    let owner = lexemes.get(item.end).is_some_and(|l| l.is("'s") || l.is("'") && l.glued);
    let name = !article && !possessive && i > 0 && lexemes.get(head_start).is_some_and(|l| l.capital);
    if item.end <= from || owner || name {
        return None;
    }
    item.beside =
        first.is("another") || lexemes.get(from..item.end)?.iter().any(|l| l.any(&["other", "additional", "further"]));
    let follows_of = lexemes.get(item.end).is_some_and(|l| l.is("of"));
    match noun.kind {
        NounKind::Group => {
            // "a family of six" is counted by the six.
            if follows_of && super::amount::read(lexemes, item.end + 1).is_some_and(|a| !a.zero) {
                return None;
            }
            item.amount = amount(Count::at_least(2), "a family: two or more");
            (article || possessive || first.any(&["entire", "whole", "families"])).then_some(item)
        }
        NounKind::Person if noun.plural => {
            item.amount = amount(Count::at_least(2), "a plural without number: two or more");
            (!article).then_some(item)
        }
        NounKind::Person => {
            if possessive && !noun.kin {
                return None;
            }
            // "an eighth person died": with those before
            if let Some(nth) = lexemes.get(from).and_then(ordinal) {
                item.amount = amount(Count::at_least(nth), "an ordinal: that many at least");
            }
            // "a passenger boat", "a refugee camp": the thing is meant
            if lexemes.get(item.end).is_some_and(|l| LEXICON.things.contains(&*l.low)) {
                return None;
            }
            if lexemes.get(head_start).is_some_and(|l| l.is("couple")) {
                item.amount = amount(Count::exact(2), "a couple: two");
            }
            (article || possessive).then_some(item)
        }
        // "died of their wounds" counts no wounded
        NounKind::Outcome(Outcome::Killed | Outcome::Injured | Outcome::Casualties)
            if noun.plural && !article && !possessive =>
        {
            let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
            let told = before.is_none_or(|l| LEXICON.causes.contains(&*l.low) || l.any(&["\"", ","]));
            let stays = lexemes.get(head_start).is_some_and(|l| l.any(&["lives", "bodies", "corpses", "slain"]));
            if !told || stays {
                return None;
            }
            let floor = if noun.kind == NounKind::Outcome(Outcome::Casualties) { 1 } else { 2 };
            item.amount = amount(Count::at_least(floor), "a plural without number");
            Some(item)
        }
        _ => None,
    }
}

/// The number an ordinal says: "an eighth person" is the eighth of at least eight; none for "first" and "second", which tell of order.
fn ordinal(lexeme: &Lexeme<'_>) -> Option<u64> {
    crate::numeral::ordinal(&lexeme.low).filter(|n| *n > 2)
}

/// Reads the head from lexeme `j` on into `item`.
fn head(lexemes: &[Lexeme<'_>], from: usize, item: &mut Item) {
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
        // "six burnt vehicles"
        if let Some((end, ())) =
            LEXICON.ruined.at(lexemes, j).filter(|_| item.noun.is_none() && unknown == 0 && !item.bare)
            && LEXICON.nouns.at(lexemes, end).is_some_and(|(_, n)| n.kind == NounKind::Object)
        {
            item.inner = Some((Outcome::Destroyed, j, end));
            j = end;
            continue;
        }
        let cue = LEXICON.after.at(lexemes, j).filter(|&(_, o)| {
            matches!(
                o,
                Outcome::Killed
                    | Outcome::Injured
                    | Outcome::Missing
                    | Outcome::Displaced
                    | Outcome::Arrested
                    | Outcome::Abducted
            )
        });
        if let Some((end, &outcome)) = cue {
            // "36 wounded people"
            let noun_follows = LEXICON.nouns.at(lexemes, end).is_some_and(|(_, n)| n.kind == NounKind::Person);
            if item.noun.is_none() && noun_follows && unknown == 0 {
                item.inner = Some((outcome, j, end));
                j = end;
                continue;
            }
        }
        if let Some((end, noun)) = LEXICON.nouns.at(lexemes, j) {
            if cue.is_some() && item.noun.is_none() && unknown == 0 && !item.bare {
                // "36 dead": the number has no noun of its own.
                break;
            }
            if cue.is_some() && item.noun.is_some() {
                break;
            }
            // "eleven military men": men, but first of all soldiers
            let soldiers = item.category == Some(Category::Combatants)
                && matches!(noun.category, Some(Category::Men | Category::Women));
            if let Some(category) = noun.category
                && !soldiers
                && (item.category.is_none() || category != Category::People)
            {
                item.category = Some(category);
            }
            if let NounKind::Outcome(outcome) = noun.kind {
                item.inner = Some((outcome, j, end));
            }
            item.noun = Some(*noun);
            item.head = Some((j, end));
            item.end = end;
            j = end;
            continue;
        }
        if item.noun.is_some() && !LEXICON.adjectives.contains_key(&*lexeme.low) {
            break;
        }
        if let Some(&category) = LEXICON.adjectives.get(&*lexeme.low) {
            item.category = Some(category);
            if item.noun.is_some() {
                break;
            }
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
