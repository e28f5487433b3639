//! Which capitalised words are names, and of what? Persons by title, role or given name; organisations and facilities by their
//! head word; places by the gazetteer or by what stands before them.

use std::collections::BTreeMap;

use rashomon_model::analysis::MentionKind;
use rashomon_model::place::PlaceQuery;
use rashomon_model::resources::Resources;

use super::lexicon::lexicon;
use super::token::{Case, Gap, Token};
use super::{Found, Layer, Reading, sure};

/// Longest run of capitals read as one name, in tokens (an all-capitals page is no name).
const LONGEST: usize = 12;

pub(super) fn read(reading: &mut Reading<'_>, resources: &dyn Resources) {
    let surnames = surnames(reading);
    let mut i = 0;
    while i < reading.tokens.len() {
        let to = run(reading, i);
        if to == i {
            i += 1;
            continue;
        }
        let from = skip_openers(reading, i, to);
        if from < to
            && let Some(found) = classify(reading, resources, &surnames, from, to)
        {
            let next = found.to;
            absorb(reading, found);
            i = next.max(to);
            continue;
        }
        i = to;
    }
}

/// End of the run of capitals at `i`; `i` itself if there is none.
fn run(reading: &Reading<'_>, i: usize) -> usize {
    let starts = |i: usize| reading.token(i).is_some_and(|t| t.capital()) && !reading.is_taken(i, i + 1);
    if !starts(i) {
        return i;
    }
    let mut to = i + 1;
    while to - i < LONGEST {
        let Some(next) = reading.token(to) else { break };
        if matches!(next.gap, Gap::Hard | Gap::Start) || reading.is_taken(to, to + 1) {
            break;
        }
        let ended = reading.token(to - 1).is_some_and(|t| t.possessive);
        if ended {
            break;
        }
        if next.capital() {
            to += 1;
            continue;
        }
        // "Free Syrian 5th Brigade"
        let particle = next.case == Case::Lower && lexicon().particles.contains(&next.key);
        let digit = next.case == Case::None;
        let capital =
            |n: usize| reading.token(n).is_some_and(|t| t.capital() && !matches!(t.gap, Gap::Hard | Gap::Start));
        let steps = if particle || digit { 1 } else { 0 };
        if steps == 1 && capital(to + 1) && !reading.is_taken(to + 1, to + 2) && (particle || to + 1 - i > 1) {
            to += 2;
        } else if particle
            && capital(to + 2)
            && reading.token(to + 1).is_some_and(|t| lexicon().particles.contains(&t.key) && t.gap == Gap::Space)
        {
            to += 3;
        } else if digit && next.gap == Gap::Hyphen {
            to += 1;
        } else {
            break;
        }
    }
    to
}

/// Start of the name in a run that opens a sentence with an ordinary word ("But Varo said").
fn skip_openers(reading: &Reading<'_>, from: usize, to: usize) -> usize {
    let lists = lexicon();
    let mut start = from;
    while start < to {
        let Some(token) = reading.token(start) else { break };
        // "New Varo", "North Dur": ordinary words that begin names
        let part = lists.first_words.contains(&token.key) && start + 1 < to;
        if token.case == Case::Upper || part || !lists.common.contains(&token.key) {
            break;
        }
        start += 1;
    }
    start
}

/// Last words of names of persons the text introduces in full, for the short form later.
fn surnames(reading: &Reading<'_>) -> BTreeMap<String, ()> {
    let mut known = BTreeMap::new();
    let mut i = 0;
    while i < reading.tokens.len() {
        let to = run(reading, i);
        if to > i {
            let from = skip_openers(reading, i, to);
            if let Some((start, end)) = person(reading, from, to)
                && end - start > 1
                && let Some(last) = reading.token(end - 1)
            {
                known.insert(last.key.clone(), ());
            }
            i = to;
        } else {
            i += 1;
        }
    }
    known
}

/// The person in a run, if a title, a given name or a role says there is one: (first token, end).
fn person(reading: &Reading<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let lists = lexicon();
    let key = |i: usize| reading.token(i).map(|t| t.key.as_str()).unwrap_or("");
    // titles inside the run: the name is what follows the last of them
    let title = (from..to).rev().find(|&i| lists.titles.contains(key(i)) && i + 1 < to);
    let mut start = title.map_or(from, |i| i + 1);
    let mut titled = title.is_some();
    if !titled {
        let before = reading.before(from);
        titled = before.is_some_and(|t| lists.titles.contains(&t.key) && t.gap != Gap::Hyphen);
        let two = from >= 2 && key(from - 1) == "of" && matches!(key(from - 2), "secretary" | "minister");
        if two && key(from) == "state" {
            start = from + 1;
            titled = true;
        }
    }
    if start >= to {
        return None;
    }
    // an ordinary word or an organisation's head is no surname
    let last = key(to - 1);
    if lists.heads.contains_key(last)
        || lists.facilities.contains(last)
        || lists.places.contains(last)
        || lists.titles.contains(last)
    {
        return None;
    }
    let words = to - start;
    let shouted =
        (start..to).any(|i| reading.token(i).is_some_and(|t| t.case == Case::Upper && t.key.chars().count() > 2));
    if titled && words <= 5 && !shouted && !lists.common.contains(key(start)) {
        return Some((start, to));
    }
    let given = lists.given.contains(key(start)) && !lists.common.contains(key(start));
    if given && (2..=5).contains(&words) && !shouted {
        return Some((start, to));
    }
    let comma = reading.token(to).is_some_and(|t| t.gap == Gap::Hard)
        && reading.doc.text.get(reading.span(from, to).end as usize..).is_some_and(|rest| rest.starts_with(','));
    let role = comma
        && (to..to + 4)
            .any(|i| lists.roles.contains(key(i)) && reading.token(i).is_some_and(|t| i == to || t.gap == Gap::Space));
    (role && (2..=4).contains(&words) && !shouted).then_some((start, to))
}

/// What the run names, if anything.
fn classify(
    reading: &Reading<'_>,
    resources: &dyn Resources,
    surnames: &BTreeMap<String, ()>,
    from: usize,
    to: usize,
) -> Option<Found> {
    let lists = lexicon();
    let token = |i: usize| reading.token(i);
    let key = |i: usize| token(i).map(|t| t.key.as_str()).unwrap_or("");
    let guess = |from, to, kind, confidence| Found {
        from,
        to,
        kind,
        party: None,
        name: String::new(),
        confidence,
        layer: Layer::Guess,
    };
    let opens = token(from).is_some_and(|t| t.opens);
    let last = key(to - 1);
    let words = to - from;

    // "Institute for the Study of War", "Bank of England"
    if let Some(end) = organisation_of(reading, from, to) {
        return Some(guess(from, end, of_kind(key(from)), sure::SIGNED));
    }
    if let Some((start, end)) = person(reading, from, to) {
        return Some(guess(start, end, MentionKind::Person, sure::SIGNED));
    }
    let joined = reading.before(from).is_some_and(|t| reading.is_taken(from - 1, from) && t.capital());
    if words > 1 || joined {
        if lists.places.contains(last) && words > 1 {
            return Some(guess(from, to, MentionKind::Place, sure::LISTED));
        }
        if lists.facilities.contains(last) {
            return Some(guess(from, to, MentionKind::Facility, sure::SIGNED));
        }
        if let Some(kind) = lists.heads.get(last) {
            return Some(guess(from, to, *kind, sure::SIGNED));
        }
    }
    // a lower-case head right after: "Nuro brigade", "Varo province"
    if let Some(next) = reading.after(to).filter(|t| t.case == Case::Lower && !opens) {
        if lists.places.contains(&next.key) {
            return Some(guess(from, to, MentionKind::Place, sure::LISTED));
        }
        if let Some(kind) = lists.heads.get(&next.key).filter(|kind| **kind == MentionKind::ArmedGroup) {
            return Some(guess(from, to + 1, *kind, sure::LISTED));
        }
    }
    if words == 1 && lists.peoples.contains(last) {
        return Some(guess(from, to, MentionKind::Nationality, sure::SIGNED));
    }
    if words == 1 && surnames.contains_key(last) {
        return Some(guess(from, to, MentionKind::Person, sure::LISTED));
    }
    if (from..to).all(|i| lists.common.contains(key(i)) || lists.titles.contains(key(i))) {
        return None;
    }
    let letters = last.chars().count();
    let acronym = words == 1 && token(from).is_some_and(|t| t.case == Case::Upper) && (2..=6).contains(&letters);
    if acronym {
        let roman = last.chars().all(|c| "ivxlc".contains(c));
        return (!opens && !roman && !lists.common.contains(last))
            .then(|| guess(from, to, MentionKind::Organisation, sure::CAPITALS));
    }
    let shouted = (from..to).any(|i| token(i).is_some_and(|t| t.case == Case::Upper && t.key.chars().count() > 3));
    if shouted
        || (opens && words == 1 && reading.after(to).is_some_and(|t| t.case == Case::Lower) && !located(reading, from))
    {
        let known =
            !shouted && lists.given.contains(last) && reading.after(to).is_some_and(|t| lists.cues.contains(&t.key));
        return known.then(|| guess(from, to, MentionKind::Person, sure::CAPITALS));
    }
    let name = reading.words(from, to);
    if words <= 3 && place(reading, resources, name, from, words) {
        return Some(guess(from, to, MentionKind::Place, sure::LISTED));
    }
    if (2..=3).contains(&words)
        && !(from..to).any(|i| lists.common.contains(key(i)) || lists.roles.contains(key(i)))
        && !opens
    {
        return Some(guess(from, to, MentionKind::Person, sure::CAPITALS));
    }
    if words == 1 && lists.given.contains(last) && !opens {
        return Some(guess(from, to, MentionKind::Person, sure::CAPITALS));
    }
    None
}

/// Population from which a place is meant by its bare name, with nothing around that speaks of a place (measured on no set:
/// the gazetteer lists villages called Book and Section).
const KNOWN_ALONE: u64 = 100_000;

/// Whether the gazetteer knows the name, and the place is well known or the words around speak of a place.
fn place(reading: &Reading<'_>, resources: &dyn Resources, name: &str, from: usize, words: usize) -> bool {
    let places = resources.places();
    if !places.knows(name) {
        return false;
    }
    if located(reading, from) || words > 1 {
        return true;
    }
    let query = PlaceQuery { names: vec![name.to_owned()], ..PlaceQuery::default() };
    places.lookup(&query).first().is_some_and(|best| {
        best.place.population >= KNOWN_ALONE
            || matches!(best.place.kind.as_str(), "country" | "admin1" | "region" | "sea")
    })
}

/// Whether a preposition of place stands before.
fn located(reading: &Reading<'_>, from: usize) -> bool {
    reading.before(from).is_some_and(|t| {
        matches!(
            t.key.as_str(),
            "in" | "at" | "near" | "from" | "to" | "into" | "outside" | "around" | "across" | "towards" | "toward"
        ) || matches!(
            t.key.as_str(),
            "city" | "town" | "village" | "province" | "northern" | "southern" | "eastern" | "western" | "central"
        )
    })
}

fn of_kind(head: &str) -> MentionKind {
    lexicon().heads.get(head).copied().unwrap_or(MentionKind::Organisation)
}

/// End of "HEAD of|for [the] Name [of Name]" at `from`, if the run `from..to` ends in such a head.
fn organisation_of(reading: &Reading<'_>, from: usize, to: usize) -> Option<usize> {
    let lists = lexicon();
    if !reading.token(to - 1).is_some_and(|t| lists.organisation_of.contains(&t.key) && t.capital()) {
        return None;
    }
    let mut end = to;
    for _ in 0..3 {
        let link = reading.after(end).filter(|t| matches!(t.key.as_str(), "of" | "for" | "and" | "on"))?.key.clone();
        let mut at = end + 1;
        if reading.after(at).is_some_and(|t| t.key == "the") {
            at += 1;
        }
        let next = reading.after(at).filter(|t| t.capital());
        if next.is_none() || link == "and" && end == to {
            break;
        }
        end = at + 1;
        while end - from < LONGEST
            && reading.after(end).is_some_and(Token::capital)
            && !reading.token(end - 1).is_some_and(|t| t.possessive)
        {
            end += 1;
        }
        if !reading.after(end).is_some_and(|t| matches!(t.key.as_str(), "of" | "for" | "and")) {
            break;
        }
    }
    (end > to).then_some(end)
}

/// Adds a name; an organisation or facility takes in the nationality or place it begins with ("Varlandic Red Crescent").
fn absorb(reading: &mut Reading<'_>, mut found: Found) {
    let whole = matches!(
        found.kind,
        MentionKind::Organisation
            | MentionKind::Facility
            | MentionKind::Media
            | MentionKind::ArmedGroup
            | MentionKind::Government
    );
    if whole && found.layer == Layer::Guess && found.confidence >= sure::LISTED {
        while let Some(at) = reading.found.iter().rposition(|f| {
            f.to == found.from
                && matches!(f.kind, MentionKind::Nationality | MentionKind::Place)
                && reading.tokens.get(found.from).is_some_and(|t| t.gap == Gap::Space)
                && !reading.tokens.get(f.to - 1).is_some_and(|t| t.possessive)
        }) {
            found.from = reading.found.remove(at).from;
        }
    }
    let (from, to) = (found.from, found.to);
    reading
        .found
        .retain(|f| !(f.from >= from && f.to <= to && matches!(f.kind, MentionKind::Nationality | MentionKind::Place)));
    if reading.found.iter().any(|f| f.from < to && from < f.to) {
        return;
    }
    reading.push(found);
}
