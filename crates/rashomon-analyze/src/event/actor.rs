//! Who did it? The parties an event's actor words name, as alternatives of joint actors (methods.md E4).

use rashomon_model::Document;
use rashomon_model::analysis::{EventMention, Mention, MentionKind};
use rashomon_model::party::{Actors, PartyRef, PartyTable};
use rashomon_model::span::Span;

use super::closed::CLOSED;
use super::word::words;
use crate::mention::lexicon::lexicon;

/// Who did it: the event's actors as alternatives of joint parties. "Varlandic or Nordan jets" are two alternatives, "Varlandic
/// and Nordan jets" one of two parties; an unnamed group stands by its own words; a pronoun gives nobody.
#[must_use]
pub fn actors(doc: &Document, event: &EventMention, mentions: &[Mention], parties: &PartyTable) -> Actors {
    let mut read: Vec<(Span, Vec<PartyRef>)> = Vec::new();
    let predicate = predicate(doc, event, mentions);
    for span in event.actor.iter().chain(&predicate) {
        let named = match named_in(doc, *span, mentions, parties) {
            nobody if nobody.is_empty() => named_in(doc, with_origin(doc, *span, mentions), mentions, parties),
            named => named,
        };
        if !named.is_empty() {
            read.push((*span, named));
        }
    }
    let between = |a: Span, b: Span| Span::new(a.end.min(b.start), b.start).of(&doc.text).to_lowercase();
    let or = |words: &str| words.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "or" | "either"));
    let disjoint = [&event.actor, &predicate]
        .iter()
        .any(|spans| spans.windows(2).any(|pair| matches!(pair, [a, b] if or(&between(*a, *b)))));
    let mut actors = Actors::default();
    for (_, named) in read {
        match actors.alternatives.last_mut() {
            Some(joint) if !disjoint => {
                for party in named {
                    if !joint.iter().any(|known| known.name == party.name) {
                        joint.push(party);
                    }
                }
            }
            _ => actors.alternatives.push(named),
        }
    }
    actors.alternatives.dedup_by(|b, a| a.iter().map(|p| &p.name).eq(b.iter().map(|p| &p.name)));
    actors
}

/// Bytes behind an actor's phrase looked at for "from neighbouring Orvia".
const ORIGIN_REACH: u32 = 28;

/// The phrase with a name that stands behind "from" right after it: "a drone | from neighbouring Orvia".
fn with_origin(doc: &Document, span: Span, mentions: &[Mention]) -> Span {
    let at = mentions.partition_point(|m| m.span.start < span.end);
    match mentions.get(at).filter(|m| m.party.is_some() && m.span.start <= span.end + ORIGIN_REACH) {
        Some(owner) if owns(doc, span, owner.span, mentions) => span.cover(owner.span),
        _ => span,
    }
}

/// Bytes of the sentence looked at behind the event for "… were Varlandic or Nordan".
const PREDICATE_REACH: usize = 240;

/// "The jets that struck the depot were Varlandic or Nordan": the parties that the main clause says the actor of a relative
/// clause was, one span a party. Empty unless the actor itself stands with a relative pronoun.
fn predicate(doc: &Document, event: &EventMention, mentions: &[Mention]) -> Vec<Span> {
    let Some(subject) = event.actor.first().filter(|span| span.end <= event.span.start) else {
        return Vec::new();
    };
    let link = Span::new(subject.end, event.span.start).of(&doc.text);
    let relative = link.split_whitespace().next().is_some_and(|word| matches!(word, "that" | "which" | "who"));
    let start = event.target.iter().map(|span| span.end).fold(event.span.end, u32::max);
    let mut stop = (start as usize).saturating_add(PREDICATE_REACH).min(doc.text.len());
    while !doc.text.is_char_boundary(stop) {
        stop -= 1;
    }
    let tail = Span::from_usize(start as usize, stop).of(&doc.text);
    let tail = tail.split(['.', ';', '\n', '?', '!', ',']).next().unwrap_or("");
    if !relative || tail.split_whitespace().any(|word| matches!(word, "and" | "but" | "while")) && !copula_first(tail) {
        return Vec::new();
    }
    let Some(at) = [" were ", " was ", " are "].iter().filter_map(|w| tail.find(w).map(|at| at + w.len())).min() else {
        return Vec::new();
    };
    let (mut from, end) = (start as usize + at, start as usize + tail.len());
    // over hedges to the first name
    while let Some(word) = doc.text.get(from..end).and_then(|rest| rest.split_whitespace().next()) {
        if !CLOSED.hedged.contains(word) {
            break;
        }
        from += doc.text.get(from..end).and_then(|rest| rest.find(word)).unwrap_or(0) + word.len() + 1;
    }
    let first = mentions.partition_point(|m| (m.span.start as usize) < from);
    let behind = mentions.get(first..).unwrap_or_default().iter().map(|m| m.span);
    let inside: Vec<Span> =
        behind.take_while(|span| (span.start as usize) < end).filter(|span| span.end as usize <= end).collect();
    // it must open with a name: "were Nordan", not "were hit over Nordan hills"
    if inside.first().is_some_and(|span| span.start as usize <= from + 1) { inside } else { Vec::new() }
}

/// Whether the copula stands before any conjunction, which then joins parties and not clauses.
fn copula_first(tail: &str) -> bool {
    let first = |words: &[&str]| tail.split_whitespace().position(|word| words.contains(&word));
    match (first(&["were", "was", "are"]), first(&["and", "but", "while"])) {
        (Some(copula), Some(joined)) => copula < joined,
        (copula, _) => copula.is_some(),
    }
}

/// "Police snipers", "masked gunmen": an armed group or force without a name, by the words for it up to what stands behind them.
fn by_their_words(words: &str, span: Span) -> Option<PartyRef> {
    let behind = |word: &&str| {
        !matches!(word.to_lowercase().as_str(), "on" | "in" | "at" | "from" | "of" | "with" | "who" | "near" | "over")
    };
    let kept: Vec<&str> = words.split_whitespace().take_while(behind).collect();
    let force = |word: &&str| {
        let key = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        matches!(lexicon().groups.get(&key), Some(MentionKind::ArmedGroup | MentionKind::Government))
    };
    let machine = |word: &&str| lexicon().weapon_nouns.contains(&word.to_lowercase());
    let forces = kept.iter().any(force) && !kept.last().is_some_and(machine);
    (forces && kept.len() <= 5).then(|| PartyRef { name: kept.join(" "), party: None, span })
}

/// Whether the words name nobody by themselves: a pronoun, or "the country" and the like.
pub(crate) fn names_nobody(phrase: &str) -> bool {
    let lower = phrase.to_lowercase();
    words().nobody.contains(lower.strip_prefix("the ").unwrap_or(&lower))
}

/// Whether a name written small is that of a group: its last words are a noun of one.
fn names_group(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (0..words.len()).any(|from| {
        let tail = words.get(from..).unwrap_or_default().join(" ").to_lowercase();
        lexicon().groups.contains(&tail) || lexicon().anaphora.contains(&tail)
    })
}

/// "The artillery of Orvia", "a drone from neighbouring Orvia": whether the name stands behind a force or weapon of the phrase
/// and "of" or "from".
fn owns(doc: &Document, phrase: Span, name: Span, mentions: &[Mention]) -> bool {
    let from = mentions.partition_point(|m| m.span.start < phrase.start);
    let here = mentions.get(from..).unwrap_or_default().iter().take_while(|m| m.span.end <= name.start);
    let forces =
        here.filter(|m| matches!(m.kind, MentionKind::Weapon | MentionKind::Government | MentionKind::ArmedGroup));
    forces.last().is_some_and(|force| {
        let gap = Span::new(force.span.end, name.start).of(&doc.text).to_lowercase();
        matches!(
            gap.trim(),
            "of" | "of the" | "from" | "from neighbouring" | "from neighboring" | "from nearby" | "belonging to"
        )
    })
}

/// "Members of the Front", "a combat group of the Front": the Front, of which they are a part.
fn belongs(doc: &Document, named: &mut Vec<PartyRef>) {
    let whose: Vec<(Span, bool)> = named.iter().map(|party| (party.span, party.party.is_some())).collect();
    let mut at = 0;
    named.retain(|party| {
        at += 1;
        let Some((owner, known)) = whose.get(at).copied().filter(|(owner, _)| owner.start >= party.span.end) else {
            return true;
        };
        let gap = Span::new(party.span.end, owner.start).of(&doc.text).to_lowercase();
        let of = gap.trim_start().starts_with("of ") && !gap.contains(',');
        let beside = known && gap.trim().is_empty();
        party.party.is_some() || !(of || beside)
    });
}

/// Parties named in a phrase, outermost mention first; a group without a name by its own words.
fn named_in(doc: &Document, span: Span, mentions: &[Mention], parties: &PartyTable) -> Vec<PartyRef> {
    // "[The] army's guns": a phrase is read without its article, a mention may have it
    let article = Span::new(span.start.saturating_sub(4), span.start);
    let article = doc.text.get(article.start as usize..article.end as usize);
    let start = if article.is_some_and(|a| a.eq_ignore_ascii_case("the ")) { span.start - 4 } else { span.start };
    let whole = Span::new(start, span.end);
    let from = mentions.partition_point(|m| m.span.start < whole.start);
    let inside = mentions.get(from..).unwrap_or_default().iter().take_while(|m| m.span.start < span.end);
    let mut named: Vec<PartyRef> = Vec::new();
    let mut covered: Vec<Span> = Vec::new();
    for mention in inside.filter(|m| whole.contains(m.span)) {
        if covered.iter().any(|outer| outer.contains(mention.span)) {
            continue;
        }
        let group = matches!(
            mention.kind,
            MentionKind::ArmedGroup | MentionKind::Government | MentionKind::Organisation | MentionKind::Person
        );
        // a place inside the phrase ("jets over Dur") acts only if it opens it, or if a force or weapon is its own
        let owner = mention.party.is_some() && owns(doc, span, mention.span, mentions);
        let place = mention.kind == MentionKind::Place && mention.span.start != span.start && !owner;
        if place
            || matches!(
                mention.kind,
                MentionKind::Weapon | MentionKind::Media | MentionKind::Facility | MentionKind::Other
            )
        {
            continue;
        }
        // "we", "one of its boats": whose they are is for the reader of the claim, who knows the speaker
        // and so "the country" and "the country's military"
        let pronoun = names_nobody(doc.slice(mention.span));
        if pronoun {
            continue;
        }
        // "the Orvian air force": a body without a name of its own behind whose it is
        let lower = mention.name.chars().all(|c| !c.is_uppercase());
        let theirs = mention.party.is_none()
            && covered.last().is_some_and(|of| {
                let gap = Span::new(of.end.min(mention.span.start), mention.span.start).of(&doc.text);
                let whose = gap.replace('’', "'");
                lower && gap == " " || matches!(whose.as_str(), "'s " | "'s own " | "' " | "' own ")
            });
        // a name without a capital is one of a group only ("police", "armed groups"), not a piece of something else
        let piece = mention.party.is_none() && lower && !names_group(&mention.name);
        if !theirs && !piece && (mention.party.is_some() || group) {
            let name = mention.party.as_ref().and_then(|id| parties.get(id)).map_or(&mention.name, |party| &party.name);
            covered.push(mention.span);
            if !named.iter().any(|known| known.name == *name) {
                named.push(PartyRef { name: name.clone(), party: mention.party.clone(), span: mention.span });
            }
        }
    }
    belongs(doc, &mut named);
    let words = doc.slice(span);
    let unknown = words.split_whitespace().any(|w| matches!(w.to_lowercase().as_str(), "unidentified" | "unknown"));
    if named.is_empty() && !unknown {
        named.extend(by_their_words(words, span));
    }
    if named.is_empty() && unknown {
        let from = words.to_lowercase().find("un").unwrap_or(0);
        let name = words.get(from..).unwrap_or(words).to_owned();
        named.push(PartyRef { name, party: None, span });
    }
    named
}
