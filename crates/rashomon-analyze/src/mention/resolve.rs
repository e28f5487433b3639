//! Which mentions are one, and under which name? "The ministry" as the one named before, short names as the longest form, and
//! the names of a learned tagger merged in.

use std::collections::BTreeMap;

use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::span::Span;

use super::defined::Definitions;
use super::lexicon::lexicon;
use super::token::{Case, fold, phrase};
use super::{Found, Layer, Reading, sure};

/// "the ministry", "the coalition", "the group": the latest one named whose name holds the noun (for "group": the latest armed
/// group or organisation).
pub(super) fn anaphors(reading: &mut Reading<'_>) {
    let lists = lexicon();
    reading.found.sort_by_key(|f| (f.from, f.to));
    let mut latest: BTreeMap<String, usize> = BTreeMap::new();
    let mut next = 0;
    let mut found = Vec::new();
    for i in 0..reading.tokens.len() {
        while let Some(mention) = reading.found.get(next).filter(|f| f.to <= i) {
            remember(reading, mention, next, &mut latest);
            next += 1;
        }
        let Some(token) = reading.token(i).filter(|t| lists.anaphora.contains(&t.key)) else {
            continue;
        };
        let definite = reading.before(i).is_some_and(|t| t.key == "the");
        let qualifies = reading
            .after(i + 1)
            .is_some_and(|t| t.case != Case::None && !lists.cues.contains(&t.key) && !lists.common.contains(&t.key));
        let inflected =
            reading.after(i + 1).is_some_and(|t| ["ed", "ing", "ly"].iter().any(|end| t.key.ends_with(end)));
        let qualifies = qualifies && !inflected;
        let known = latest.get(&token.key).and_then(|at| reading.found.get(*at));
        if let Some(known) = known.filter(|_| definite && !qualifies) {
            let name =
                if known.name.is_empty() { reading.words(known.from, known.to).to_owned() } else { known.name.clone() };
            found.push(Found {
                from: i,
                to: i + 1,
                kind: known.kind,
                party: known.party.clone(),
                name,
                confidence: sure::ANAPHOR,
                layer: Layer::Group,
            });
        }
    }
    // the bare noun read as an unnamed group gives way
    for one in found {
        reading.found.retain(|f| !(f.from == one.from && f.to == one.to));
        reading.push(one);
    }
}

fn remember(reading: &Reading<'_>, mention: &Found, at: usize, latest: &mut BTreeMap<String, usize>) {
    let anaphora = &lexicon().anaphora;
    let named = mention.layer != Layer::Group;
    let organised = matches!(
        mention.kind,
        MentionKind::Organisation | MentionKind::Government | MentionKind::ArmedGroup | MentionKind::Media
    );
    if !named || !organised {
        return;
    }
    for word in phrase(reading.words(mention.from, mention.to)).iter().chain(&phrase(&mention.name)) {
        if anaphora.contains(&word.key) {
            latest.insert(word.key.clone(), at);
        }
    }
    if matches!(mention.kind, MentionKind::ArmedGroup | MentionKind::Organisation) {
        latest.insert("group".to_owned(), at);
    }
}

/// All mentions with their names, the tagger's included, sorted by span.
pub(super) fn merge(reading: &Reading<'_>, defined: &Definitions, tagged: &[Mention]) -> Vec<Mention> {
    let mut all: Vec<(Layer, Mention)> = reading
        .found
        .iter()
        .map(|found| {
            let span = reading.span(found.from, found.to);
            let name = if found.name.is_empty() { reading.doc.slice(span).to_owned() } else { found.name.clone() };
            let mention =
                Mention { span, kind: found.kind, name, party: found.party.clone(), confidence: found.confidence };
            (found.layer, mention)
        })
        .collect();
    all.sort_by(|a, b| order(a.1.span, b.1.span));
    if !tagged.is_empty() {
        all = with_tagged(all, &tagged.iter().filter(|tag| !is_bare(reading, tag.span)).collect::<Vec<_>>());
    }
    let mut mentions: Vec<Mention> = all.into_iter().map(|(_, mention)| mention).collect();
    mentions.dedup_by(|b, a| a.span == b.span);
    name_persons(&mut mentions);
    name_defined(reading, defined, &mut mentions);
    mentions
}

fn order(a: Span, b: Span) -> std::cmp::Ordering {
    a.start.cmp(&b.start).then(b.end.cmp(&a.end))
}

/// Whether the words name nobody: "the", cut off what it stands before.
fn is_bare(reading: &Reading<'_>, span: Span) -> bool {
    let words = reading.doc.slice(span).to_lowercase();
    let functions = &crate::attribution::lexicon::Lexicon::get().words;
    let bare = |word: &str| {
        functions.determiners.contains(word)
            || functions.possessives.contains(word)
            || functions.pronouns.contains(word)
    };
    words.split_whitespace().all(bare)
}

/// The tagger's names take the place of guesses they touch, and of nationalities and places inside a longer name; exact mentions
/// stand. One sweep over both lists.
fn with_tagged(all: Vec<(Layer, Mention)>, tagged: &[&Mention]) -> Vec<(Layer, Mention)> {
    let mut tagged: Vec<&Mention> = tagged.iter().copied().filter(|t| !t.span.is_empty()).collect();
    tagged.sort_by(|a, b| order(a.span, b.span));
    let mut kept: Vec<(Layer, Mention)> = Vec::with_capacity(all.len() + tagged.len());
    let mut drop = vec![false; all.len()];
    let mut from = 0;
    for tag in tagged {
        while all.get(from).is_some_and(|(_, m)| m.span.end + 400 < tag.span.start) {
            from += 1;
        }
        let mut blocked = false;
        let mut giving_way = Vec::new();
        let near = all.iter().enumerate().skip(from).take_while(|(_, (_, m))| m.span.start < tag.span.end);
        for (i, (layer, mention)) in near.filter(|(_, (_, m))| m.span.overlaps(tag.span)) {
            let inner = tag.span.contains(mention.span) && tag.span != mention.span;
            let part = matches!(mention.kind, MentionKind::Nationality | MentionKind::Place);
            let name = !matches!(tag.kind, MentionKind::Nationality | MentionKind::Place | MentionKind::Weapon);
            match layer {
                Layer::Guess => giving_way.push(i),
                Layer::Exact if inner && part && name => giving_way.push(i),
                Layer::Exact => blocked = true,
                Layer::Group => blocked |= mention.span == tag.span,
            }
        }
        if !blocked {
            giving_way.into_iter().for_each(|i| {
                if let Some(flag) = drop.get_mut(i) {
                    *flag = true;
                }
            });
            kept.push((Layer::Guess, tag.clone()));
        }
    }
    kept.extend(all.into_iter().zip(drop).filter(|(_, dropped)| !dropped).map(|(one, _)| one));
    kept.sort_by(|a, b| order(a.1.span, b.1.span).then(b.0.cmp(&a.0)));
    kept
}

/// Gives short forms of a person the longest form with the same last name; none where two persons share it.
fn name_persons(mentions: &mut [Mention]) {
    let mut by_last: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let last = |name: &str| phrase(name).last().map(|t| t.key.clone()).unwrap_or_default();
    for mention in mentions.iter().filter(|m| m.kind == MentionKind::Person) {
        let names = by_last.entry(last(&mention.name)).or_default();
        let words = phrase(&mention.name).len();
        if words > 1 && !names.contains(&mention.name) && names.len() < 20 {
            names.push(mention.name.clone());
        }
    }
    for mention in mentions.iter_mut().filter(|m| m.kind == MentionKind::Person) {
        let own = phrase(&mention.name);
        let Some(names) = by_last.get(&last(&mention.name)) else {
            continue;
        };
        // forms of one name: every word of the shorter is in the longer, in order
        let mut longer = names.iter().filter(|name| is_part(&own, &phrase(name)));
        let longest = longer.clone().max_by_key(|name| (name.len(), std::cmp::Reverse((*name).clone())));
        let one = longest.is_some_and(|longest| {
            let whole = phrase(longest);
            longer.all(|name| is_part(&phrase(name), &whole))
        });
        if let Some(longest) = longest.filter(|_| one) {
            mention.name.clone_from(longest);
        }
    }
}

fn is_part(short: &[super::token::Token], long: &[super::token::Token]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other.key == word.key))
}

/// Gives every later mention of a defined acronym the long form, where the table has no name for it.
fn name_defined(reading: &Reading<'_>, defined: &Definitions, mentions: &mut [Mention]) {
    for (short, &(from, to)) in defined {
        let long = reading.words(from, to);
        for mention in mentions.iter_mut().filter(|m| m.party.is_none() && m.kind != MentionKind::Person) {
            if mention.name == *short || fold(&mention.name) == fold(long) {
                long.clone_into(&mut mention.name);
            }
        }
    }
}
