//! In whose voice is a claim made? The speaker it names, the body behind an unnamed one, or the outlet whose text it is.

use super::Origin;
use super::text::{clusters, of_picture, roots};
use crate::party::Parties;
use crate::source::key::{Folder, OFFICIALS, fold};
use rashomon_model::Document;
use rashomon_model::attribution::Flag;
use rashomon_model::claim::{Claim, Link};
use rashomon_model::dependence::{Dependence, Upstream};
use rashomon_model::id::{DocumentId, PartyId, SourceId};
use rashomon_model::source::{Source, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// What voices are looked up in.
pub(super) struct Voices<'a> {
    documents: BTreeMap<&'a DocumentId, &'a Document>,
    sources: BTreeMap<&'a SourceId, &'a Source>,
    /// Folded name → the one source of that name.
    names: OneOf<'a>,
    /// Key of a name ([`Folder::key`]) → the one source of that name, persons left out.
    keys: OneOf<'a>,
    folder: Folder,
    /// Document → root of its text.
    roots: BTreeMap<&'a DocumentId, Upstream>,
    /// Document → smallest document of its cluster of copies and possible copies.
    clusters: BTreeMap<&'a DocumentId, &'a DocumentId>,
    parties: &'a Parties<'a>,
}

/// A name as looked up → the one source it means; `None` where it may mean several.
type OneOf<'a> = BTreeMap<String, Option<&'a SourceId>>;

/// The sources by all their names.
fn one_of<'a>(sources: impl Iterator<Item = &'a Source>, key: impl Fn(&str) -> String) -> OneOf<'a> {
    let mut found = OneOf::new();
    for source in sources {
        for name in source.names.iter().chain([&source.name]) {
            found
                .entry(key(name))
                .and_modify(|known| *known = known.filter(|id| **id == source.id))
                .or_insert(Some(&source.id));
        }
    }
    found
}

impl<'a> Voices<'a> {
    /// Of a case.
    pub(super) fn new(
        documents: &'a [Document],
        sources: &'a [Source],
        dependences: &'a [Dependence],
        parties: &'a Parties<'a>,
    ) -> Self {
        let folder = Folder::new(parties.table());
        let lasting = sources.iter().filter(|source| !is_local(source.kind));
        let bodies = sources.iter().filter(|source| !is_unnamed(source) && source.kind != SourceKind::Person);
        Self {
            names: one_of(lasting, fold),
            keys: one_of(bodies, |name| folder.key(name)),
            folder,
            documents: documents.iter().map(|doc| (&doc.id, doc)).collect(),
            sources: sources.iter().map(|source| (&source.id, source)).collect(),
            roots: roots(documents, dependences),
            clusters: clusters(documents, dependences),
            parties,
        }
    }

    /// The origin of one claim.
    pub(super) fn of(&self, claim: &Claim) -> Origin {
        let outlet = self.outlet(&claim.document);
        // "the army", which the document alone could not resolve, may be known from the case (rule S6)
        let known = || self.source(claim.chain.last()?.source.as_ref());
        let by_case = known().filter(|source| source.party.is_some() && !is_unnamed(source));
        if claim.flags.contains(&Flag::UnresolvedSource) && by_case.is_none() {
            // whoever heads a body of the case speaks for it, named or not (rule S4)
            let body =
                known().filter(|source| is_head(&source.name)).and_then(|head| self.source(head.affiliation.as_ref()));
            let body = body.filter(|body| !is_unnamed(body) && body.kind != SourceKind::Media);
            return body.map_or_else(|| unresolved(&outlet), |body| self.speaker(body));
        }
        let unknown = claim.flags.contains(&Flag::OriginUnknown);
        let Some((last, before)) = claim.chain.split_last() else {
            return if unknown { nobody(&outlet) } else { outlet };
        };
        if unknown {
            return nobody(&outlet);
        }
        match self.source(last.source.as_ref()) {
            Some(source) if !is_unnamed(source) => self.speaker(source),
            found => self.unnamed(last, found, before, &outlet),
        }
    }

    /// The origin of a headline that names nobody the text below it names.
    pub(super) fn of_headline(&self, claim: &Claim) -> Origin {
        unresolved(&self.outlet(&claim.document))
    }

    fn source(&self, id: Option<&SourceId>) -> Option<&'a Source> {
        id.and_then(|id| self.sources.get(id)).copied()
    }

    /// A named speaker, or the organisation it speaks for.
    fn speaker(&self, source: &'a Source) -> Origin {
        let own = self.spoken_for(source);
        let party = own.party.clone().or_else(|| source.party.clone());
        Origin {
            source: Some(own.id.clone()),
            official: own.kind != SourceKind::Media,
            voice: format!("source:{}", self.top(own).id),
            seats: self.seats(&party, source),
            party,
            ..Origin::new(format!("source:{}", own.id), own.name.clone())
        }
    }

    /// An unnamed speaker: its description and the outlet it spoke to.
    fn unnamed(&self, link: &Link, source: Option<&'a Source>, before: &[Link], outlet: &Origin) -> Origin {
        let relay = before.iter().rev().find_map(|link| {
            let relay = self.source(link.source.as_ref())?;
            (relay.kind == SourceKind::Media).then(|| self.speaker(relay))
        });
        let outlet = relay.as_ref().unwrap_or(outlet);
        let body = source.and_then(|source| self.source(source.affiliation.as_ref()));
        let official = source.is_some_and(|source| speaks_officially(&source.name) || speaks_officially(&link.name));
        if let Some(body) = body.filter(|_| official) {
            return self.speaker(body);
        }
        let own = Origin::new(
            format!("unnamed:{}|{}", outlet.key, fold(&link.name)),
            format!("{} ({})", link.name, outlet.name),
        );
        let party = source.and_then(|source| source.party.clone());
        Origin {
            source: source.map(|source| source.id.clone()),
            voice: body.map_or_else(|| own.key.clone(), |body| format!("source:{}", self.top(body).id)),
            seats: party.iter().flat_map(|party| self.parties.seats(party)).collect(),
            party,
            ..own
        }
    }

    /// The voice of a document that speaks in its own name.
    fn outlet(&self, document: &DocumentId) -> Origin {
        let (root, source) = match self.roots.get(document) {
            Some(Upstream::Source(id)) => (document, self.source(Some(id))),
            Some(Upstream::Document(id)) => (id, None),
            None => (document, None),
        };
        let doc = self.documents.get(root).copied();
        let credited = doc.and_then(credited);
        let headed = || doc.filter(|_| credited.is_none()).and_then(|doc| self.headed(doc));
        let own = match (source.or_else(headed), credited) {
            (Some(source), _) => self.speaker(source),
            (None, Some(name)) => self.named_outlet(name),
            (None, None) => {
                let file = |doc: &Document| doc.capture.origin.rsplit('/').next().unwrap_or_default().to_owned();
                let shown = doc.map_or_else(|| root.to_string(), |doc| doc.title.clone().unwrap_or_else(|| file(doc)));
                Origin::new(format!("document:{root}"), shown)
            }
        };
        let clusters = self.clusters.get(document).map(|id| (*id).clone()).into_iter().collect();
        Origin { clusters, ..own }
    }

    /// The body whose name heads a text without an outlet ("Hill Council: statement"): it is that body's own.
    fn headed(&self, doc: &Document) -> Option<&'a Source> {
        let title = doc.title.as_deref()?;
        let head = title.split([':', ',', '|', '—', '–']).next().unwrap_or(title);
        self.source(self.keys.get(&self.folder.key(head)).copied().flatten())
    }

    /// An outlet or agency by its name: the source of that name if there is one.
    fn named_outlet(&self, name: &str) -> Origin {
        let folded = fold(name);
        let known = self.source(self.names.get(&folded).copied().flatten());
        known.map_or_else(|| Origin::new(format!("outlet:{folded}"), name.to_owned()), |source| self.speaker(source))
    }

    /// A person counts as the organisation it speaks for.
    fn spoken_for(&self, source: &'a Source) -> &'a Source {
        match self.source(source.affiliation.as_ref()) {
            Some(body) if source.kind == SourceKind::Person && !is_unnamed(body) => body,
            _ => source,
        }
    }

    /// The end of the affiliations; a ring ends where it closes.
    fn top(&self, source: &'a Source) -> &'a Source {
        let mut seen = BTreeSet::from([&source.id]);
        let mut at = source;
        while let Some(next) = self.source(at.affiliation.as_ref()) {
            if !seen.insert(&next.id) {
                // the same end for every member of the ring
                return self.source(seen.into_iter().min()).unwrap_or(at);
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

/// The agency or other outlet a document credits with its words, else its own publisher.
fn credited(doc: &Document) -> Option<&str> {
    let publisher = doc.publisher.as_deref();
    let names = doc.credits.iter().filter(|credit| !of_picture(doc, credit)).map(|credit| credit.name.as_str());
    names.filter(|name| publisher.is_none_or(|publisher| fold(publisher) != fold(name))).min().or(publisher)
}

/// Somebody described but not resolved ("the head of the rebels"): may be anyone else who speaks, so never counted beside
/// another origin.
fn unresolved(outlet: &Origin) -> Origin {
    Origin {
        unknown: true,
        unresolved: true,
        outlet: Some(outlet.name.clone()),
        clusters: outlet.clusters.clone(),
        ..Origin::new(format!("unresolved:{}", outlet.key), format!("not resolved whom ({})", outlet.name))
    }
}

/// Nobody in particular, as this outlet has it.
fn nobody(outlet: &Origin) -> Origin {
    Origin {
        unknown: true,
        clusters: outlet.clusters.clone(),
        ..Origin::new(format!("unknown:{}", outlet.key), format!("not said whom ({})", outlet.name))
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
    OFFICIALS.speak.iter().any(|word| name.contains(word.as_str()))
}

/// Whether the description is of whoever heads a body ("head of the Hill Council").
fn is_head(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut office = name.split(" of ").next().unwrap_or_default().split_whitespace();
    let heads =
        name.contains(" of ") && office.next_back().is_some_and(|word| OFFICIALS.head.iter().any(|head| head == word));
    heads && office.all(|word| !OFFICIALS.not.iter().any(|not| not == word))
}
