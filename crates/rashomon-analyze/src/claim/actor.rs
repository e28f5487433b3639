//! Who did it, by this clause? The parties its events name, the speaker where it means itself, and whose a weapon is said to be.
//!
//! "Our jets hit the depot" said by a party is that party; "the jets were Orvian or Vardan" gives two alternatives.

use super::cue::{LISTS, before, find_any};
use super::proposition::Reader;
use super::target::party_ref;
use crate::cover::inside;
use rashomon_model::analysis::{EventMention, Mention, MentionKind};
use rashomon_model::id::PartyId;
use rashomon_model::party::{Actors, PartyRef};
use rashomon_model::span::Span;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// Who did it: the parties the event names, or the speaker itself where it says "it struck", "our aircraft hit".
    pub(super) fn actor(&self, event: &EventMention, speaker: Option<&PartyRef>) -> Actors {
        let own = |word: &str| LISTS.own.iter().any(|own| own == word);
        let words = |span: &Span| self.doc.slice(*span).to_lowercase().replace('’', "'");
        let split = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        let opens = |span: &&Span| {
            let text = words(span);
            // the actor's phrase may begin behind its determiner: "[its] aircraft"
            let before = before(&self.doc.text, span.start, 40).to_lowercase();
            text.starts_with("the country")
                || text.starts_with("country'") && before.trim_end().ends_with("the")
                || split(&text).first().is_some_and(|first| own(first))
                || split(&before).last().is_some_and(|last| {
                    own(last) || last == "country" || last == "s" && before.trim_end().ends_with("country's")
                })
        };
        let holds = |span: &&Span| split(&words(span)).iter().any(|word| own(word));
        let named = crate::event::actors(self.doc, event, &self.analysis.mentions, self.parties);
        let by_self = event.actor.iter().find(opens).or_else(|| {
            // "on Sunday its mortars hit": the speaker's own, unless somebody else is named
            event.actor.iter().find(holds).filter(|_| named.is_empty())
        });
        self.whole(match (by_self, speaker) {
            (Some(span), Some(party)) => Actors::one(PartyRef { span: *span, ..party.clone() }),
            _ => named,
        })
    }

    /// The actors with forces and bodies of a state named as that state: "its air force" and "its defence ministry" acting
    /// are the state acting, and the reader should not see three actors where there is one.
    fn whole(&self, mut actors: Actors) -> Actors {
        for party in actors.alternatives.iter_mut().flatten() {
            if party.party.is_none() {
                party.party = self.named_before(party);
            }
            let whole = party.party.as_ref().map(crate::party::whole).and_then(|id| self.parties.get(&id));
            if let Some(state) = whole {
                party.name.clone_from(&state.name);
                party.party = Some(state.id.clone());
            }
        }
        // "its army and air force": one state, said once
        for joint in &mut actors.alternatives {
            let mut seen = BTreeSet::new();
            joint.retain(|party| seen.insert(party.name.clone()));
        }
        let mut seen = BTreeSet::new();
        actors
            .alternatives
            .retain(|joint| seen.insert(joint.iter().map(|party| party.name.clone()).collect::<Vec<_>>()));
        actors
    }

    /// "The army" after "the Varlandic army": the one last named with the same head, if it was ever named.
    fn named_before(&self, party: &PartyRef) -> Option<PartyId> {
        let head = party.name.to_lowercase();
        if !LISTS.bodies.contains(&head) {
            return None;
        }
        let to = self.analysis.mentions.partition_point(|m| m.span.start < party.span.start);
        let same = |m: &&Mention| m.party.is_some() && self.doc.slice(m.span).to_lowercase().ends_with(&head);
        self.analysis.mentions.get(..to)?.iter().rev().take(200).find(same)?.party.clone()
    }

    /// "The planes were Orvian or Vardan": whose a weapon or aircraft is said to be, each alternative by itself.
    pub(super) fn owners(&self, pieces: &[Span]) -> Vec<Vec<PartyRef>> {
        let text = &self.doc.text;
        let Some(means) = inside(&self.analysis.mentions, pieces, |m| m.span).find(|m| m.kind == MentionKind::Weapon)
        else {
            return Vec::new();
        };
        let behind: Vec<Span> = pieces
            .iter()
            .filter(|piece| piece.end > means.span.end)
            .map(|piece| Span::new(piece.start.max(means.span.end), piece.end))
            .collect();
        let Some(copula) = find_any(text, &behind, &LISTS.copula) else { return Vec::new() };
        let mut owners: Vec<Vec<PartyRef>> = Vec::new();
        let mut from = copula.end;
        for mention in inside(&self.analysis.mentions, &behind, |m| m.span).filter(|m| m.span.start >= copula.end) {
            let joined = Span::new(from, mention.span.start).of(text).split_whitespace().all(|word| {
                matches!(
                    word.trim_matches(',').to_lowercase().as_str(),
                    "" | "or" | "either" | "the" | "in" | "fact" | "of"
                )
            });
            if !joined || mention.party.is_none() {
                break;
            }
            let owner = party_ref(mention);
            if !owners.iter().flatten().any(|known| known.party == owner.party) {
                owners.push(vec![owner]);
            }
            from = mention.span.end;
        }
        owners
    }
}
