//! Who stands behind a claim, and how many independent voices are there? Origins, carriers, `n_ind` (methods.md C5).
//!
//! The origin of a claim is its ultimate speaker if resolved (a person who speaks for an organisation counts as that
//! organisation), else the root of the copy cluster of its document, else the document's outlet. Unnamed speakers belong to
//! the outlet they spoke to and never merge over outlets. What nobody in particular says ("reportedly") has an unknown
//! origin; two unknown origins are not independent of each other. An outlet that merely repeats is a carrier.
//!
//! Two origins are *dependent* if one voice stands behind both: the same organisation, bodies or forces of one state, a
//! copied (or possibly copied) text, or nobody known. [`Origins::independent`] is the size of the largest set without
//! dependent pairs.

mod copied;
mod independent;
mod text;
mod voice;

use crate::party::Parties;
use copied::CopiedWords;
use rashomon_model::Document;
use rashomon_model::attribution::Flag;
use rashomon_model::claim::Claim;
use rashomon_model::date::DateValue;
use rashomon_model::dependence::Dependence;
use rashomon_model::id::{ClaimId, DocumentId, PartyId, SourceId};
use rashomon_model::source::Source;
use std::collections::{BTreeMap, BTreeSet};
pub(crate) use text::of_picture;
use voice::Voices;

/// One voice behind claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Stable key, equal for claims of one origin.
    pub key: String,
    /// Name to show.
    pub name: String,
    /// The resolved speaker.
    pub source: Option<SourceId>,
    /// Party it is or speaks for.
    pub party: Option<PartyId>,
    /// Nobody in particular.
    pub unknown: bool,
    /// A named speaker other than an outlet, so that what it says of its own side is said officially (rules T1 and G1).
    pub official: bool,
    /// Described, but not resolved to anybody: not independent of anyone.
    pub unresolved: bool,
    /// The outlet that has it, of one not resolved.
    outlet: Option<String>,
    /// The organisation at the end of its affiliations.
    voice: String,
    /// States and organisations it is a body or the forces of.
    seats: BTreeSet<PartyId>,
    /// Copy clusters of the documents that speak in this origin's own name.
    clusters: BTreeSet<DocumentId>,
}

impl Origin {
    /// A voice of its own of which nothing is known but its name.
    fn new(key: String, name: String) -> Self {
        Self {
            voice: key.clone(),
            key,
            name,
            source: None,
            party: None,
            unknown: false,
            official: false,
            unresolved: false,
            outlet: None,
            seats: BTreeSet::new(),
            clusters: BTreeSet::new(),
        }
    }
}

/// The origins of a case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins {
    of: BTreeMap<ClaimId, String>,
    by_key: BTreeMap<String, Origin>,
}

impl Origins {
    /// Traces every claim to its origin. Result does not depend on the order of any input.
    #[must_use]
    pub fn trace(
        claims: &[Claim],
        documents: &[Document],
        sources: &[Source],
        dependences: &[Dependence],
        parties: &Parties<'_>,
    ) -> Self {
        let voices = Voices::new(documents, sources, dependences, parties);
        let speaker = |claim: &'_ Claim| claim.chain.last().and_then(|link| link.source.clone());
        let headline = |claim: &Claim| claim.flags.contains(&Flag::Headline);
        let in_body: BTreeSet<(DocumentId, SourceId)> = claims
            .iter()
            .filter(|claim| !headline(claim))
            .filter_map(|claim| speaker(claim).map(|source| (claim.document.clone(), source)))
            .collect();
        let mut found = Self::default();
        let copied = CopiedWords::new(claims, dependences);
        for claim in claims {
            // words copied without who said them are still whose they are in the text copied
            let said = copied.said_by(claim).unwrap_or(claim);
            // a headline sums up the text below it: whom it names only there, or nobody, is no voice beside the text's (P12)
            let known = speaker(claim).is_some_and(|source| in_body.contains(&(claim.document.clone(), source)));
            let origin = if headline(claim) && !known { voices.of_headline(claim) } else { voices.of(said) };
            found.of.insert(claim.id.clone(), origin.key.clone());
            let known = found.by_key.entry(origin.key.clone()).or_insert_with(|| origin.clone());
            known.clusters.extend(origin.clusters);
            known.name = known.name.clone().min(origin.name);
        }
        found
    }

    /// Key of the claim's origin; empty for a claim that was not traced.
    #[must_use]
    pub fn key(&self, claim: &ClaimId) -> &str {
        self.of.get(claim).map_or("", String::as_str)
    }

    /// The origin of this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Origin> {
        self.by_key.get(key)
    }

    /// Names of origins, named ones first, sorted, unique.
    #[must_use]
    pub fn names<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let names: BTreeSet<(bool, String)> = keys
            .into_iter()
            .map(|key| {
                self.get(key).map_or_else(|| (true, key.to_owned()), |o| (o.unresolved || o.unknown, o.name.clone()))
            })
            .collect();
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// The origins of some claims by name, as [`Origins::names`]; of those not resolved the words each claim has for them: “the mayor”,
    /// or that it is a headline that names nobody. Second: how many of the names, the last ones, are nobody's known.
    #[must_use]
    pub fn names_of<'a>(&self, claims: impl IntoIterator<Item = &'a Claim>) -> (Vec<String>, usize) {
        let named = |claim: &Claim| {
            let key = self.key(&claim.id);
            let Some(origin) = self.get(key) else { return (true, key.to_owned()) };
            let own = match (&origin.outlet, claim.chain.last()) {
                (Some(outlet), _) if claim.flags.contains(&Flag::Headline) => format!("headline ({outlet})"),
                (Some(outlet), Some(link)) if !link.name.trim().is_empty() => {
                    format!("“{}”, not resolved ({outlet})", link.name)
                }
                _ => origin.name.clone(),
            };
            (origin.unresolved || origin.unknown, own)
        };
        let names: BTreeSet<(bool, String)> = claims.into_iter().map(named).collect();
        let nobody = names.iter().filter(|(nobody, _)| *nobody).count();
        (names.into_iter().map(|(_, name)| name).collect(), nobody)
    }

    /// Whether the two cannot count as two for corroboration.
    #[must_use]
    pub fn dependent(&self, a: &str, b: &str) -> bool {
        let (Some(x), Some(y)) = (self.get(a), self.get(b)) else { return a == b };
        x.key == y.key
            || (x.unknown && y.unknown)
            || x.unresolved
            || y.unresolved
            || x.voice == y.voice
            || x.seats.intersection(&y.seats).next().is_some()
            || x.clusters.intersection(&y.clusters).next().is_some()
    }

    /// Whether what the two say is one voice's, so that the later answer replaces the earlier (rule V4): one organisation at
    /// the end of their affiliations, or a state and a body or the forces of it. Two bodies of one state are two voices.
    #[must_use]
    pub fn one_voice(&self, a: &str, b: &str, parties: &Parties<'_>) -> bool {
        let (Some(x), Some(y)) = (self.get(a), self.get(b)) else { return a == b };
        let named = |origin: &Origin| origin.official && !origin.unknown && !origin.unresolved;
        let seated = |inner: &Origin, outer: &Origin| match (&inner.party, &outer.party) {
            (Some(inner), Some(outer)) => parties.seats(inner).contains(outer),
            _ => false,
        };
        a == b || (named(x) && named(y) && (x.voice == y.voice || seated(x, y) || seated(y, x)))
    }

    /// `n_ind`: size of the largest set of pairwise independent origins.
    ///
    /// Exact as long as the dependences fall apart into groups, as they nearly always do, and for up to 24 origins in any
    /// case; beyond that a lower bound (the origin with fewest dependences is taken first).
    #[must_use]
    pub fn independent<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> usize {
        let keys: Vec<&str> = keys.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let dependent = |i: usize, j: usize| match (keys.get(i), keys.get(j)) {
            (Some(a), Some(b)) => self.dependent(a, b),
            _ => false,
        };
        independent::most(keys.len(), dependent)
    }
}

/// When the origin said it: the time its words give, else the publication of the document.
#[must_use]
pub fn asserted_at<'a>(claim: &'a Claim, document: Option<&'a Document>) -> Option<&'a DateValue> {
    claim.chain.last().and_then(|link| link.at.as_ref()).or_else(|| document.and_then(|doc| doc.published.as_ref()))
}
