//! From which text does a document's come? Roots and clusters of copied texts.

use rashomon_model::Document;
use rashomon_model::dependence::{Dependence, DependenceKind, Upstream};
use rashomon_model::document::{BlockKind, Credit};
use rashomon_model::id::DocumentId;
use std::collections::{BTreeMap, BTreeSet};

/// Root of each document's text by the edges that say it copies; undirected copies have the smallest document as root.
pub(super) fn roots<'a>(
    documents: &'a [Document],
    dependences: &'a [Dependence],
) -> BTreeMap<&'a DocumentId, Upstream> {
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

/// Smallest document of each cluster of copies and possible copies.
pub(super) fn clusters<'a>(
    documents: &'a [Document],
    dependences: &'a [Dependence],
) -> BTreeMap<&'a DocumentId, &'a DocumentId> {
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

/// Whether the credit is that of a picture, which says nothing of where the words come from.
pub(crate) fn of_picture(doc: &Document, credit: &Credit) -> bool {
    let block = credit.span.and_then(|span| doc.block_at(span.start));
    block.is_some_and(|block| block.kind == BlockKind::Caption)
}
