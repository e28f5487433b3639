//! With what? Type designations ("Su-24"), type names ("Grad") and weapon nouns ("barrel bombs").

use rashomon_model::analysis::MentionKind;

use super::lexicon::lexicon;
use super::token::{Case, Gap, key};
use super::{Found, Layer, Reading, sure};

/// Longest weapon noun in words ("improvised explosive device", "surface-to-air missile").
const LONGEST: usize = 5;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut i = 0;
    while i < reading.tokens.len() {
        let found = designation(reading, i).or_else(|| named(reading, i)).or_else(|| noun(reading, i));
        match found {
            Some((from, to)) if !reading.is_taken(from, to) => {
                let name = name(reading, from, to);
                let (kind, confidence) = (MentionKind::Weapon, sure::WEAPON);
                reading.push(Found { from, to, kind, party: None, name, confidence, layer: Layer::Exact });
                i = to;
            }
            _ => i += 1,
        }
    }
}

/// "Su-24", "F-16C", "AK47", "Shahed 136".
fn designation(reading: &Reading<'_>, i: usize) -> Option<(usize, usize)> {
    let lists = lexicon();
    let token = reading.token(i)?;
    let words = reading.doc.slice(token.span);
    let number = |i: usize| reading.token(i).filter(|t| t.key.chars().next().is_some_and(|c| c.is_ascii_digit()));
    if lists.designations.contains(words) {
        let next = number(i + 1)?;
        let joined = next.gap == Gap::Hyphen || next.gap == Gap::Space && words.chars().count() >= 4;
        return (joined && next.key.len() <= 5).then_some((i, i + 2));
    }
    // letters and digits written as one, two letters at least or two digits ("AK47", "M16"; not "G7")
    let letters: String = words.chars().take_while(|c| c.is_alphabetic()).collect();
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let one = lists.designations.contains(&letters) && digits >= 2 && letters.chars().count() + digits <= 6;
    (one && token.case != Case::Lower && !token.opens).then_some((i, i + 1))
}

fn named(reading: &Reading<'_>, i: usize) -> Option<(usize, usize)> {
    let sentence = reading.token(i)?.sentence;
    (1..=2).rev().find_map(|len| {
        let last = reading.token(i + len - 1).filter(|t| t.sentence == sentence && t.gap != Gap::Hard || len == 1)?;
        let _ = last;
        let words = reading.words(i, i + len);
        lexicon().weapon_names.contains(words).then_some((i, i + len))
    })
}

fn noun(reading: &Reading<'_>, i: usize) -> Option<(usize, usize)> {
    let lists = lexicon();
    let first = reading.token(i)?;
    let rest = reading.tokens.get(i..)?;
    let to = lists.weapon_nouns.longest(rest, LONGEST, |len, ()| {
        let words = rest.get(..len)?;
        let whole =
            words.iter().all(|t| t.sentence == first.sentence) && words.iter().skip(1).all(|t| t.gap != Gap::Hard);
        whole.then_some(i + len)
    })?;
    let before = reading.before(i).map(|t| t.key.as_str()).unwrap_or("");
    let single = to == i + 1;
    // "to bomb", "would shell", "a friend of mine": verbs and the pronoun
    let verb = single
        && matches!(
            before,
            "to" | "will"
                | "would"
                | "could"
                | "can"
                | "may"
                | "might"
                | "must"
                | "should"
                | "not"
                | "they"
                | "we"
                | "i"
                | "that"
        );
    let pronoun = single && first.key == "mine" && !lists.weapon_modifiers.contains(before);
    let gunlike = single
        && matches!(first.key.as_str(), "fighter" | "fighters" | "gun" | "guns" | "technicals" | "tank" | "tanks");
    let person = single
        && matches!(first.key.as_str(), "fighter" | "fighters" | "destroyer" | "destroyers" | "bomber" | "bombers")
        && !(i > 0 && reading.is_taken(i - 1, i));
    let think = gunlike && before == "think";
    if verb || pronoun || person || think || lists.weapon_not_after.contains(before) {
        return None;
    }
    let mut from = i;
    loop {
        // hyphened modifiers are two tokens ("laser-guided")
        let pair = from.checked_sub(2).and_then(|start| reading.tokens.get(start..from)).filter(|pair| {
            pair.get(1).is_some_and(|t| t.gap == Gap::Hyphen) && lists.weapon_modifiers.contains(&key(pair))
        });
        let one = reading.before(from).is_some_and(|t| lists.weapon_modifiers.contains(&t.key));
        let steps = if pair.is_some() { 2 } else { usize::from(one) };
        if steps == 0 || reading.is_taken(from - steps, from) {
            break;
        }
        from -= steps;
    }
    Some((from, to))
}

/// Designations as written, nouns in lower case and singular, so that accounts compare.
fn name(reading: &Reading<'_>, from: usize, to: usize) -> String {
    let words = reading.words(from, to);
    if words.chars().any(|c| c.is_uppercase()) && !reading.token(from).is_some_and(|t| t.opens) {
        return words.to_owned();
    }
    let lower = words.to_lowercase();
    let singular = lower.strip_suffix('s').map(str::to_owned);
    let known = |noun: &str| lexicon().weapon_nouns.contains(&key(&super::token::phrase(noun)));
    let last = |noun: &str| known(noun) || noun.rsplit([' ', '-']).next().is_some_and(known);
    singular.filter(|noun| last(noun) && !lower.ends_with("ss")).unwrap_or(lower)
}
