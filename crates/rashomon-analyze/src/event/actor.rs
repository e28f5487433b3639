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
    for span in &event.actor {
        let named = named_in(doc, *span, mentions, parties);
        if !named.is_empty() {
            read.push((*span, named));
        }
    }
    let between = |a: Span, b: Span| Span::new(a.end.min(b.start), b.start).of(&doc.text).to_lowercase();
    let or = |words: &str| words.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "or" | "either"));
    let disjoint = event.actor.windows(2).any(|pair| matches!(pair, [a, b] if or(&between(*a, *b))));
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

/// Parties named in a phrase, outermost mention first; a group without a name by its own words.
fn named_in(doc: &Document, span: Span, mentions: &[Mention], parties: &PartyTable) -> Vec<PartyRef> {
    let from = mentions.partition_point(|m| m.span.start < span.start);
    let inside = mentions.get(from..).unwrap_or_default().iter().take_while(|m| m.span.start < span.end);
    let mut named: Vec<PartyRef> = Vec::new();
    let mut covered: Vec<Span> = Vec::new();
    for mention in inside.filter(|m| span.contains(m.span)) {
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
        if mention.party.is_some() || group {
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
