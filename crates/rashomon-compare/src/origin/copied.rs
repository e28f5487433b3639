//! Who said the words a text copies? Claims in the author's voice of a copy, led to the speaker they have in the text copied.
//!
//! A copy may drop "the doctor said" or read it worse than the text it copies does; its author is no second voice for it.

use rashomon_model::claim::Claim;
use rashomon_model::dependence::{Dependence, Upstream};
use rashomon_model::id::DocumentId;
use rashomon_model::source::SourceKind;
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Claims by the words they are copied from.
pub(super) struct CopiedWords<'a> {
    by_document: BTreeMap<&'a DocumentId, Vec<&'a Claim>>,
    /// Document → the other, and the runs of words both have, here and there.
    runs: BTreeMap<&'a DocumentId, Vec<(&'a DocumentId, Span, Span)>>,
}

impl<'a> CopiedWords<'a> {
    /// Of the claims, by the runs of words that dependences show.
    pub(super) fn new(claims: &'a [Claim], dependences: &'a [Dependence]) -> Self {
        let mut by_document: BTreeMap<&DocumentId, Vec<&Claim>> = BTreeMap::new();
        for claim in claims {
            by_document.entry(&claim.document).or_default().push(claim);
        }
        for own in by_document.values_mut() {
            own.sort_by(|a, b| (a.cover(), &a.id).cmp(&(b.cover(), &b.id)));
        }
        let mut runs: BTreeMap<&DocumentId, Vec<(&DocumentId, Span, Span)>> = BTreeMap::new();
        for edge in dependences {
            let Upstream::Document(to) = &edge.to else { continue };
            // a rewrite has no run of words, but claims that give the same figures, in pairs
            let pairs = edge.anchors.chunks_exact(2).filter_map(|pair| match pair {
                [here, there] if edge.passages.is_empty() && here.document == edge.from && there.document == *to => {
                    Some((here.span, there.span))
                }
                _ => None,
            });
            runs.entry(&edge.from).or_default().extend(pairs.map(|(here, there)| (to, here, there)));
            for run in &edge.passages {
                runs.entry(&edge.from).or_default().push((to, run.here, run.there));
                if edge.direction_by == "undirected" {
                    runs.entry(to).or_default().push((&edge.from, run.there, run.here));
                }
            }
        }
        for own in runs.values_mut() {
            own.sort_unstable();
        }
        Self { by_document, runs }
    }

    /// The claim with a speaker that stands in the text copied or rewritten where this one, in its author's voice or somebody's
    /// without a name, stands here: most of its words are in a copied run, and it says the same.
    pub(super) fn said_by(&self, claim: &Claim) -> Option<&'a Claim> {
        if claim.chain.last().is_some_and(|link| link.kind != SourceKind::Unnamed) {
            return None;
        }
        let own = claim.cover();
        let shared = |a: Span, b: Span| a.end.min(b.end).saturating_sub(a.start.max(b.start)) as usize;
        let of = self.runs.get(&claim.document)?;
        of.iter().filter(|(_, here, _)| shared(own, *here) * 2 > own.len()).find_map(|(to, here, there)| {
            let moved = |offset: u32| there.start + offset.clamp(here.start, here.end).saturating_sub(here.start);
            let mapped = Span::new(moved(own.start), moved(own.end).max(moved(own.start)));
            let same = |other: &&&Claim| {
                !other.chain.is_empty()
                    && shared(other.cover(), mapped) * 2 > mapped.len().min(other.cover().len())
                    && says_same(claim, other)
            };
            self.by_document.get(*to).and_then(|claims| claims.iter().find(same)).copied()
        })
    }
}

/// Whether two claims give the same figures of one kind of thing.
fn says_same(a: &Claim, b: &Claim) -> bool {
    let figures = |claim: &Claim| -> BTreeSet<String> {
        claim.proposition.count.iter().map(|c| format!("{} {} {}", c.of, c.category, c.count)).collect()
    };
    a.proposition.kind == b.proposition.kind && figures(a) == figures(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_model::attribution::{Delivery, Factuality};
    use rashomon_model::claim::{Link, Polarity, Proposition, PropositionKind};
    use rashomon_model::dependence::{DependenceKind, Passage};
    use rashomon_model::id::ClaimId;
    use rashomon_model::party::Actors;

    fn claim(document: &str, from: u32, speaker: Option<&str>) -> Claim {
        let link = |name: &str| Link {
            source: None,
            name: name.to_owned(),
            kind: SourceKind::Person,
            span: None,
            cue: None,
            medium: None,
            at: None,
            factuality: Factuality::CertainPositive,
            resolved_because: String::new(),
        };
        Claim {
            id: ClaimId::new(format!("{document} {from}")),
            document: DocumentId::new(document),
            anchors: vec![Span::new(from, from + 40)],
            chain: speaker.iter().map(|name| link(name)).collect(),
            delivery: Delivery::Indirect,
            factuality: Factuality::CertainPositive,
            flags: BTreeSet::new(),
            proposition: Proposition {
                kind: PropositionKind::Casualties,
                polarity: Polarity::Positive,
                event: None,
                actor: Actors::default(),
                target: Vec::new(),
                place: Vec::new(),
                time: None,
                count: Vec::new(),
                means: Vec::new(),
            },
            evidence: Vec::new(),
            confidence: 0.9,
            why: Vec::new(),
        }
    }

    #[test]
    fn copied_words_are_their_speakers() {
        let claims = [claim("copy", 10, None), claim("copy", 300, None), claim("first", 110, Some("Ada Bren"))];
        let edge = Dependence {
            from: DocumentId::new("copy"),
            to: Upstream::Document(DocumentId::new("first")),
            kind: DependenceKind::Copies,
            direction_by: "C4b",
            anchors: Vec::new(),
            passages: vec![Passage { here: Span::new(0, 80), there: Span::new(100, 180), words: 14 }],
            score: 0.6,
            because: String::new(),
        };
        let edges = [edge];
        let copied = CopiedWords::new(&claims, &edges);
        assert_eq!(copied.said_by(&claims[0]).map(|claim| claim.id.as_str()), Some("first 110"));
        assert_eq!(copied.said_by(&claims[1]), None, "outside the copied run");
        assert_eq!(copied.said_by(&claims[2]), None, "has a speaker");
    }
}
