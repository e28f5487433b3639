//! Who did it? The parties an event's actor words name, as alternatives of joint actors (methods.md E4).

use rashomon_model::Document;
use rashomon_model::analysis::{EventMention, Mention, MentionKind};
use rashomon_model::party::{Actors, PartyRef, PartyTable};
use rashomon_model::span::Span;

/// Who did it: the event's actors as alternatives of joint parties. "Varlandic or Nordan jets" are two alternatives, "Varlandic
/// and Nordan jets" one of two parties; an unnamed group stands by its own words; a pronoun gives nobody.
#[must_use]
pub fn actors(doc: &Document, event: &EventMention, mentions: &[Mention], parties: &PartyTable) -> Actors {
    let mut read: Vec<(Span, Vec<PartyRef>)> = Vec::new();
    let predicate = predicate(doc, event, mentions);
    for span in event.actor.iter().chain(&predicate) {
        let named = named_in(doc, *span, mentions, parties);
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

/// Words that may stand between the copula and who it was.
const HEDGED: [&str; 13] = [
    "likely",
    "probably",
    "possibly",
    "apparently",
    "reportedly",
    "allegedly",
    "believed",
    "thought",
    "said",
    "to",
    "be",
    "either",
    "the",
];

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
        if !HEDGED.contains(&word) {
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
        // a place inside the phrase ("jets over Dur") acts only if it opens it
        let place = mention.kind == MentionKind::Place && mention.span.start != span.start;
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
        let pronoun = matches!(
            doc.slice(mention.span).to_lowercase().trim_start_matches("the "),
            "we" | "us"
                | "our"
                | "its"
                | "it"
                | "they"
                | "their"
                | "them"
                | "he"
                | "she"
                | "his"
                | "her"
                | "i"
                | "my"
                | "country"
                | "nation"
                | "state"
        );
        if pronoun {
            continue;
        }
        // "the Orvian air force": a body without a name of its own behind whose it is
        let theirs = mention.party.is_none()
            && mention.name.chars().all(|c| !c.is_uppercase())
            && covered.last().is_some_and(|of| {
                let gap = Span::new(of.end.min(mention.span.start), mention.span.start).of(&doc.text);
                gap == " " || gap == "’s " || gap == "'s "
            });
        if !theirs && (mention.party.is_some() || group) {
            let name = mention.party.as_ref().and_then(|id| parties.get(id)).map_or(&mention.name, |party| &party.name);
            covered.push(mention.span);
            if !named.iter().any(|known| known.name == *name) {
                named.push(PartyRef { name: name.clone(), party: mention.party.clone(), span: mention.span });
            }
        }
    }
    let words = doc.slice(span);
    let unknown = words.split_whitespace().any(|w| matches!(w.to_lowercase().as_str(), "unidentified" | "unknown"));
    if named.is_empty() && unknown {
        let from = words.to_lowercase().find("un").unwrap_or(0);
        let name = words.get(from..).unwrap_or(words).to_owned();
        named.push(PartyRef { name, party: None, span });
    }
    named
}
