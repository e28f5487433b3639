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

use crate::party::Parties;
use crate::source::key::{Folder, fold};
use copied::CopiedWords;
use rashomon_model::Document;
use rashomon_model::attribution::Flag;
use rashomon_model::claim::{Claim, Link};
use rashomon_model::date::DateValue;
use rashomon_model::dependence::{Dependence, DependenceKind, Upstream};
use rashomon_model::document::{BlockKind, Credit};
use rashomon_model::id::{ClaimId, DocumentId, PartyId, SourceId};
use rashomon_model::source::{Source, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// Above this many origins left after the exact reductions the size is a lower bound found greedily: 2²⁴ subsets would be
/// the exact search's worst case.
const EXACT: usize = 24;

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
    /// The organisation at the end of its affiliations.
    voice: String,
    /// States and organisations it is a body or the forces of.
    seats: BTreeSet<PartyId>,
    /// Copy clusters of the documents that speak in this origin's own name.
    clusters: BTreeSet<DocumentId>,
}

/// The origins of a case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins {
    of: BTreeMap<ClaimId, String>,
    by_key: BTreeMap<String, Origin>,
}

/// What the tracing of origins looks things up in.
struct Finder<'a> {
    documents: BTreeMap<&'a DocumentId, &'a Document>,
    sources: BTreeMap<&'a SourceId, &'a Source>,
    /// Folded name → the one source of that name.
    names: BTreeMap<String, Option<&'a SourceId>>,
    /// Key of a name ([`Folder::key`]) → the one source of that name, persons left out.
    keys: BTreeMap<String, Option<&'a SourceId>>,
    folder: Folder,
    /// Document → root of its text.
    roots: BTreeMap<&'a DocumentId, Upstream>,
    /// Document → smallest document of its cluster of copies and possible copies.
    clusters: BTreeMap<&'a DocumentId, &'a DocumentId>,
    parties: &'a Parties<'a>,
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
        let finder = Finder::new(documents, sources, dependences, parties);
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
            let origin = if headline(claim) && !known {
                unresolved(&finder.outlet(&claim.document))
            } else {
                finder.origin(said)
            };
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
        let tied: Vec<BTreeSet<usize>> = keys
            .iter()
            .enumerate()
            .map(|(i, a)| {
                keys.iter().enumerate().filter(|(j, b)| *j != i && self.dependent(a, b)).map(|(j, _)| j).collect()
            })
            .collect();
        largest(&tied, (0..keys.len()).collect())
    }
}

/// Size of the largest set of vertices of `open` without an edge between two of them.
fn largest(tied: &[BTreeSet<usize>], open: BTreeSet<usize>) -> usize {
    let mut open = open;
    let mut taken = 0;
    loop {
        let around = |i: usize| -> BTreeSet<usize> {
            tied.get(i).map_or_else(BTreeSet::new, |edges| edges.intersection(&open).copied().collect())
        };
        let is_edge = |i: usize, j: usize| tied.get(i).is_some_and(|edges| edges.contains(&j));
        // a vertex all of whose neighbours are neighbours of each other is in some largest set
        let free = open.iter().copied().find(|i| {
            let near: Vec<usize> = around(*i).into_iter().collect();
            near.iter().enumerate().all(|(n, a)| near.iter().skip(n + 1).all(|b| is_edge(*a, *b)))
        });
        let fewest = || open.iter().copied().min_by_key(|i| (around(*i).len(), *i));
        let next = match (free, open.len()) {
            (_, 0) => return taken,
            (Some(free), _) => free,
            (None, n) if n <= EXACT => {
                let most = open.iter().copied().max_by_key(|i| (around(*i).len(), *i)).unwrap_or_default();
                let without: BTreeSet<usize> = open.iter().copied().filter(|i| *i != most).collect();
                let near = around(most);
                let with: BTreeSet<usize> = without.difference(&near).copied().collect();
                return taken + largest(tied, without).max(1 + largest(tied, with));
            }
            (None, _) => fewest().unwrap_or_default(),
        };
        let near = around(next);
        open.remove(&next);
        open = open.difference(&near).copied().collect();
        taken += 1;
    }
}

impl<'a> Finder<'a> {
    fn new(
        documents: &'a [Document],
        sources: &'a [Source],
        dependences: &'a [Dependence],
        parties: &'a Parties<'a>,
    ) -> Self {
        let mut names: BTreeMap<String, Option<&SourceId>> = BTreeMap::new();
        for source in sources.iter().filter(|source| !is_local(source.kind)) {
            for name in source.names.iter().chain([&source.name]) {
                names
                    .entry(fold(name))
                    .and_modify(|known| *known = known.filter(|id| **id == source.id))
                    .or_insert(Some(&source.id));
            }
        }
        let folder = Folder::new(parties.table());
        let mut keys: BTreeMap<String, Option<&SourceId>> = BTreeMap::new();
        for source in sources.iter().filter(|source| !is_unnamed(source) && source.kind != SourceKind::Person) {
            for name in source.names.iter().chain([&source.name]) {
                keys.entry(folder.key(name))
                    .and_modify(|known| *known = known.filter(|id| **id == source.id))
                    .or_insert(Some(&source.id));
            }
        }
        Self {
            keys,
            folder,
            documents: documents.iter().map(|doc| (&doc.id, doc)).collect(),
            sources: sources.iter().map(|source| (&source.id, source)).collect(),
            names,
            roots: roots(documents, dependences),
            clusters: clusters(documents, dependences),
            parties,
        }
    }

    /// The origin of one claim.
    fn origin(&self, claim: &Claim) -> Origin {
        let outlet = self.outlet(&claim.document);
        // "the army", which the document alone could not resolve, may be known from the case (rule S6)
        let known = || claim.chain.last()?.source.as_ref().and_then(|id| self.sources.get(id)).copied();
        let by_case = known().filter(|source| source.party.is_some() && !is_unnamed(source));
        if claim.flags.contains(&Flag::UnresolvedSource) && by_case.is_none() {
            return unresolved(&outlet);
        }
        let unknown = claim.flags.contains(&Flag::OriginUnknown);
        let Some((last, before)) = claim.chain.split_last() else {
            return if unknown { nobody(&outlet) } else { outlet };
        };
        if unknown {
            return nobody(&outlet);
        }
        match last.source.as_ref().and_then(|id| self.sources.get(id)) {
            Some(source) if !is_unnamed(source) => self.speaker(source),
            found => self.unnamed(last, found.copied(), before, &outlet),
        }
    }

    /// A named speaker, or the organisation it speaks for.
    fn speaker(&self, source: &'a Source) -> Origin {
        let own = self.spoken_for(source);
        let voice = self.top(own);
        let party = own.party.clone().or_else(|| source.party.clone());
        Origin {
            key: format!("source:{}", own.id),
            name: own.name.clone(),
            source: Some(own.id.clone()),
            unknown: false,
            official: own.kind != SourceKind::Media,
            unresolved: false,
            voice: format!("source:{}", voice.id),
            seats: self.seats(&party, source),
            clusters: BTreeSet::new(),
            party,
        }
    }

    /// An unnamed speaker: its description and the outlet it spoke to.
    fn unnamed(&self, link: &Link, source: Option<&'a Source>, before: &[Link], outlet: &Origin) -> Origin {
        let relay = before.iter().rev().find_map(|link| {
            let relay = link.source.as_ref().and_then(|id| self.sources.get(id))?;
            (relay.kind == SourceKind::Media).then(|| self.speaker(relay))
        });
        let outlet = relay.as_ref().unwrap_or(outlet);
        let official = source.filter(|source| speaks_officially(&source.name) || speaks_officially(&link.name));
        if let Some(body) = official.and_then(|source| source.affiliation.as_ref()).and_then(|id| self.sources.get(id))
        {
            return self.speaker(body);
        }
        let key = format!("unnamed:{}|{}", outlet.key, fold(&link.name));
        let party = source.and_then(|source| source.party.clone());
        let voice = source
            .and_then(|source| source.affiliation.as_ref())
            .and_then(|id| self.sources.get(id))
            .map_or_else(|| key.clone(), |body| format!("source:{}", self.top(body).id));
        Origin {
            name: format!("{} ({})", link.name, outlet.name),
            source: source.map(|source| source.id.clone()),
            unknown: false,
            official: false,
            unresolved: false,
            voice,
            seats: party.iter().flat_map(|party| self.parties.seats(party)).collect(),
            clusters: BTreeSet::new(),
            party,
            key,
        }
    }

    /// The voice of a document that speaks in its own name.
    fn outlet(&self, document: &DocumentId) -> Origin {
        let cluster: BTreeSet<DocumentId> = self.clusters.get(document).map(|id| (*id).clone()).into_iter().collect();
        let root = match self.roots.get(document) {
            Some(Upstream::Source(id)) => {
                if let Some(source) = self.sources.get(id) {
                    return Origin { clusters: cluster, ..self.speaker(source) };
                }
                document
            }
            Some(Upstream::Document(id)) => id,
            None => document,
        };
        let doc = self.documents.get(root).copied();
        let publisher = doc.and_then(|doc| doc.publisher.as_deref());
        let credit = doc
            .into_iter()
            .flat_map(|doc| doc.credits.iter().filter(|credit| !of_picture(doc, credit)))
            .map(|credit| credit.name.as_str())
            .filter(|name| publisher.is_none_or(|publisher| fold(publisher) != fold(name)))
            .min();
        let credit = credit.or(publisher);
        if let Some(source) = doc.filter(|_| credit.is_none()).and_then(|doc| self.headed(doc)) {
            return Origin { clusters: cluster, ..self.speaker(source) };
        }
        match credit {
            Some(name) => Origin { clusters: cluster, ..self.named_outlet(name) },
            None => {
                let key = format!("document:{root}");
                let file = |doc: &Document| doc.capture.origin.rsplit('/').next().unwrap_or_default().to_owned();
                let shown = doc.map_or_else(|| root.to_string(), |doc| doc.title.clone().unwrap_or_else(|| file(doc)));
                Origin {
                    voice: key.clone(),
                    key,
                    name: shown,
                    source: None,
                    party: None,
                    unknown: false,
                    official: false,
                    unresolved: false,
                    seats: BTreeSet::new(),
                    clusters: cluster,
                }
            }
        }
    }

    /// The body whose name heads a text without an outlet ("Hill Council: statement"): it is that body's own.
    fn headed(&self, doc: &Document) -> Option<&'a Source> {
        let title = doc.title.as_deref()?;
        let head = title.split([':', ',', '|', '—', '–']).next().unwrap_or(title);
        self.keys.get(&self.folder.key(head)).copied().flatten().and_then(|id| self.sources.get(id)).copied()
    }

    /// An outlet or agency by its name: the source of that name if there is one.
    fn named_outlet(&self, name: &str) -> Origin {
        let folded = fold(name);
        if let Some(source) = self.names.get(&folded).copied().flatten().and_then(|id| self.sources.get(id)) {
            return self.speaker(source);
        }
        let key = format!("outlet:{folded}");
        Origin {
            voice: key.clone(),
            key,
            name: name.to_owned(),
            source: None,
            party: None,
            unknown: false,
            official: false,
            unresolved: false,
            seats: BTreeSet::new(),
            clusters: BTreeSet::new(),
        }
    }

    /// A person counts as the organisation it speaks for.
    fn spoken_for(&self, source: &'a Source) -> &'a Source {
        let body = source.affiliation.as_ref().and_then(|id| self.sources.get(id)).copied();
        match body {
            Some(body) if source.kind == SourceKind::Person && !is_unnamed(body) => body,
            _ => source,
        }
    }

    /// The end of the affiliations; a ring ends where it closes.
    fn top(&self, source: &'a Source) -> &'a Source {
        let mut seen = BTreeSet::from([&source.id]);
        let mut at = source;
        while let Some(next) = at.affiliation.as_ref().and_then(|id| self.sources.get(id)) {
            if !seen.insert(&next.id) {
                // the same end for every member of the ring
                let ring = seen.into_iter().min();
                return ring.and_then(|id| self.sources.get(id)).copied().unwrap_or(at);
            }
            at = next;
        }
        at
    }

    fn seats(&self, party: &Option<PartyId>, source: &Source) -> BTreeSet<PartyId> {
        // outlets are not the voice of the state they sit in, whatever the table says of them
        if source.kind == SourceKind::Media {
            return BTreeSet::new();
        }
        party.iter().flat_map(|party| self.parties.seats(party)).collect()
    }
}

/// Somebody described but not resolved ("the opposition leader"): may be anyone else who speaks, so never counted beside
/// another origin.
fn unresolved(outlet: &Origin) -> Origin {
    let key = format!("unresolved:{}", outlet.key);
    Origin {
        voice: key.clone(),
        key,
        name: format!("headline, or somebody not resolved ({})", outlet.name),
        unresolved: true,
        ..nobody(outlet)
    }
}

/// Nobody in particular, as this outlet has it.
fn nobody(outlet: &Origin) -> Origin {
    let key = format!("unknown:{}", outlet.key);
    Origin {
        voice: key.clone(),
        key,
        name: format!("not said whom ({})", outlet.name),
        source: None,
        party: None,
        unknown: true,
        official: false,
        unresolved: false,
        seats: BTreeSet::new(),
        clusters: outlet.clusters.clone(),
    }
}

/// Kinds of speakers that exist only within one outlet's account.
fn is_local(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Unnamed | SourceKind::Eyewitness | SourceKind::Document)
}

fn is_unnamed(source: &Source) -> bool {
    is_local(source.kind) || source.document.is_some()
}

/// Whether the description is of someone whose words are the organisation's ("a ministry spokeswoman").
fn speaks_officially(name: &str) -> bool {
    let name = fold(name);
    ["spokesman", "spokeswoman", "spokesperson", "statement", "press service"].iter().any(|word| name.contains(word))
}

/// Root of each document's text by the edges that say it copies; undirected copies have the smallest document as root.
fn roots<'a>(documents: &'a [Document], dependences: &'a [Dependence]) -> BTreeMap<&'a DocumentId, Upstream> {
    let mut up: BTreeMap<&DocumentId, Upstream> = BTreeMap::new();
    let reused = |edge: &&Dependence| match edge.kind {
        DependenceKind::Copies => true,
        DependenceKind::SharedSource => matches!(edge.to, Upstream::Document(_)),
        _ => false,
    };
    for edge in dependences.iter().filter(reused) {
        let (from, to) = match &edge.to {
            Upstream::Document(to) if edge.direction_by == "undirected" && *to > edge.from => {
                (to, Upstream::Document(edge.from.clone()))
            }
            to => (&edge.from, to.clone()),
        };
        let known = up.entry(from).or_insert_with(|| to.clone());
        *known = known.clone().min(to);
    }
    documents
        .iter()
        .filter_map(|doc| {
            let mut seen = BTreeSet::from([&doc.id]);
            let mut at: Option<&Upstream> = None;
            let mut next = up.get(&doc.id);
            while let Some(found) = next {
                at = Some(found);
                next = match found {
                    Upstream::Document(id) if seen.insert(id) => up.get(id),
                    _ => None,
                };
            }
            at.map(|root| (&doc.id, root.clone()))
        })
        .collect()
}

/// Whether the credit is that of a picture, which says nothing of where the words come from.
pub(crate) fn of_picture(doc: &Document, credit: &Credit) -> bool {
    let block = credit.span.and_then(|span| doc.block_at(span.start));
    block.is_some_and(|block| block.kind == BlockKind::Caption)
}

/// Smallest document of each cluster of copies and possible copies.
fn clusters<'a>(documents: &'a [Document], dependences: &'a [Dependence]) -> BTreeMap<&'a DocumentId, &'a DocumentId> {
    let mut of: BTreeMap<&DocumentId, &DocumentId> = documents.iter().map(|doc| (&doc.id, &doc.id)).collect();
    // between two documents a shared source is reused wording whose direction is open (C4): still one voice
    let copies =
        |kind| matches!(kind, DependenceKind::Copies | DependenceKind::PossibleCopy | DependenceKind::SharedSource);
    for edge in dependences.iter().filter(|edge| copies(edge.kind)) {
        let Upstream::Document(to) = &edge.to else { continue };
        let (Some(a), Some(b)) = (least(&mut of, &edge.from), least(&mut of, to)) else { continue };
        of.insert(a.max(b), a.min(b));
    }
    documents.iter().filter_map(|doc| least(&mut of, &doc.id).map(|root| (&doc.id, root))).collect()
}

/// The least document of a cluster so far (union by least, paths halved on the way).
fn least<'a>(of: &mut BTreeMap<&'a DocumentId, &'a DocumentId>, document: &DocumentId) -> Option<&'a DocumentId> {
    let mut at = of.get(document).copied()?;
    while let Some(next) = of.get(at).copied().filter(|next| *next != at) {
        let after = of.get(next).copied().unwrap_or(next);
        of.insert(at, after);
        at = after;
    }
    Some(at)
}

/// When the origin said it: the time its words give, else the publication of the document.
#[must_use]
pub fn asserted_at<'a>(claim: &'a Claim, document: Option<&'a Document>) -> Option<&'a DateValue> {
    claim.chain.last().and_then(|link| link.at.as_ref()).or_else(|| document.and_then(|doc| doc.published.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(n: usize, edges: &[(usize, usize)]) -> Vec<BTreeSet<usize>> {
        let mut tied = vec![BTreeSet::new(); n];
        for (a, b) in edges {
            tied[*a].insert(*b);
            tied[*b].insert(*a);
        }
        tied
    }

    #[test]
    fn largest_independent_sets() {
        let size = |n: usize, edges: &[(usize, usize)]| largest(&graph(n, edges), (0..n).collect());
        assert_eq!(size(0, &[]), 0);
        assert_eq!(size(3, &[]), 3);
        assert_eq!(size(3, &[(0, 1), (1, 2)]), 2, "a path");
        assert_eq!(size(4, &[(0, 1), (0, 2), (0, 3)]), 3, "a star");
        assert_eq!(size(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]), 2, "a ring of five has no free vertex");
        let ring: Vec<(usize, usize)> = (0..40).map(|i| (i, (i + 1) % 40)).collect();
        assert_eq!(size(40, &ring), 20, "a long ring: greedy, then paths");
    }

    /// Against all subsets, on random graphs of eight.
    #[test]
    fn exact_for_small_sets() {
        let mut seed = 7_u64;
        for _ in 0..300 {
            let mut edges = Vec::new();
            for a in 0..8_usize {
                for b in a + 1..8 {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    if (seed >> 33).is_multiple_of(3) {
                        edges.push((a, b));
                    }
                }
            }
            let free = |set: u32| edges.iter().all(|(a, b)| set >> a & 1 == 0 || set >> b & 1 == 0);
            let best = (0..256_u32).filter(|set| free(*set)).map(u32::count_ones).max().unwrap_or_default();
            assert_eq!(largest(&graph(8, &edges), (0..8).collect()), best as usize, "{edges:?}");
        }
    }
}
