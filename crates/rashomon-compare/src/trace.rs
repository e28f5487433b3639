//! Who repeats whom? Credits, copied passages, shared origins.
//!
//! Rules C1–C4 of methods.md: explicit credit; exact containment of word 5-grams outside quoted speech, with aligned runs
//! shown side by side; rewrites by the claims they share; then the direction, first rule that applies. What is found is a
//! lower bound: no finding means "no copying found", never "independent".

pub mod candidates;
pub mod passage;
mod rewrite;

use crate::origin::of_picture;
use candidates::{Outlets, Window};
use passage::{Grams, passages};
use rashomon_model::Document;
use rashomon_model::analysis::Analysis;
use rashomon_model::claim::Claim;
use rashomon_model::dependence::{Dependence, DependenceKind, Passage, Upstream};
use rashomon_model::document::Credit;
use rashomon_model::id::{DocumentId, SourceId};
use rashomon_model::incident::{Account, Incident};
use rashomon_model::source::{Source, SourceKind};
use rashomon_model::span::Anchor;
use rewrite::Facts;
use std::collections::{BTreeMap, BTreeSet};

/// Share of a text's 5-grams found in another from which it is a copy (methods.md C3).
pub const COPY_SHARE: f64 = 0.5;
/// Share from which a copy is possible.
pub const POSSIBLE_SHARE: f64 = 0.2;
/// Words in one aligned run from which the passage is copied.
pub const COPY_RUN: usize = 30;
/// Share of a text's 5-grams below which even a long run is only a possible copy: a contact line or a set paragraph in a
/// text of its own (ours, from the developers' part of `eval/dependence`).
pub const RUN_SHARE: f64 = 0.1;
/// Words in one aligned run from which copying is possible.
pub const POSSIBLE_RUN: usize = 12;
/// Difference of containments from which the contained text is the copy (C4c).
pub const ASYMMETRY: f64 = 0.25;

/// What tracing needs of one document.
#[derive(Clone, Copy)]
pub struct Traced<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its layers.
    pub analysis: &'a Analysis,
    /// Its claims, sources resolved.
    pub claims: &'a [Claim],
}

/// All dependences of the case, sorted by document, target, kind and words, given the incidents found (in a corpus, texts of
/// distant days are compared only within one), and with what people decided of copies in place of what was found between the
/// two documents. What a document itself credits stays.
#[must_use]
pub fn trace_decided(
    documents: &[Traced<'_>],
    sources: &[Source],
    incidents: &[(Incident, Vec<Account>)],
    decided: &[crate::judge::Tie<DocumentId>],
) -> Vec<Dependence> {
    let window = Window::new(documents, incidents);
    let outlets = Outlets::new(documents);
    let mut grams: Vec<Grams> = documents.iter().map(|d| Grams::of(d.document, d.analysis)).collect();
    let mut found = Vec::new();
    let names: BTreeMap<&SourceId, &Source> = sources.iter().map(|source| (&source.id, source)).collect();
    let people = rewrite::surnames(sources);
    let tuples: Vec<Facts> = documents.iter().map(|d| rewrite::facts(d, &people)).collect();
    let mut credited: BTreeSet<(DocumentId, DocumentId)> = BTreeSet::new();
    for (index, traced) in documents.iter().enumerate() {
        // of an outlet's texts the one whose words it has, else whose facts, else the latest
        let nearest = |texts: &[usize]| -> Option<usize> {
            let kept = |i: &usize| {
                let words = grams.get(index).zip(grams.get(*i)).map_or(0, |(own, other)| own.shared(other));
                let facts = tuples.get(index).zip(tuples.get(*i)).map_or(0, |(own, other)| own.shared(other));
                let published = documents.get(*i).and_then(|d| d.document.published.as_ref()).map(|date| date.start);
                (words, facts, published, std::cmp::Reverse(documents.get(*i).map(|d| &d.document.id)))
            };
            texts.iter().copied().max_by_key(kept)
        };
        for credit in credits(traced, documents, &outlets, &window, &names, nearest) {
            if let Upstream::Document(to) = &credit.to {
                credited.insert((credit.from.clone(), to.clone()));
            }
            found.push(credit);
        }
    }
    let mut reused: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (i, j) in candidates::by_words(documents, &mut grams, &window) {
        let (Some(a), Some(b)) = (documents.get(i), documents.get(j)) else { continue };
        let (Some(left), Some(right)) = (grams.get(i), grams.get(j)) else { continue };
        if let Some(edge) = reuse(a, b, left, right, &credited) {
            found.push(edge);
            reused.insert((i, j));
        }
    }
    let rare = rewrite::Rarity::of(&tuples);
    for (i, j) in candidates::by_values(documents, &tuples, &window).difference(&reused) {
        let (Some(a), Some(b)) = (documents.get(*i), documents.get(*j)) else { continue };
        let (Some(left), Some(right)) = (tuples.get(*i), tuples.get(*j)) else { continue };
        found.extend(rewrite::rewritten((a, left), (b, right), &rare));
    }
    for tie in decided {
        decide(&mut found, tie);
    }
    found.extend(shared_sources(documents, &names));
    found.sort_by(|a, b| (&a.from, &a.to, a.kind, &a.anchors).cmp(&(&b.from, &b.to, b.kind, &b.anchors)));
    found.dedup_by(|a, b| a.from == b.from && a.to == b.to && a.kind == b.kind);
    found
}

/// Puts a person's decision on a copy in place of what was found; the passages found are kept to be shown.
fn decide(found: &mut Vec<Dependence>, tie: &crate::judge::Tie<DocumentId>) {
    let mut passages: Vec<Passage> = Vec::new();
    found.retain(|edge| {
        let Upstream::Document(to) = &edge.to else { return true };
        let forward = (&edge.from, to) == (&tie.a, &tie.b);
        let backward = (&edge.from, to) == (&tie.b, &tie.a);
        let between = (forward || backward) && edge.kind != DependenceKind::Credits;
        if between {
            let turned = |run: &Passage| Passage { here: run.there, there: run.here, ..run.clone() };
            passages = edge.passages.iter().map(|run| if forward { run.clone() } else { turned(run) }).collect();
        }
        !between
    });
    if tie.same {
        let anchor = |document: &DocumentId, span| Anchor { document: document.clone(), span };
        found.push(Dependence {
            from: tie.a.clone(),
            to: Upstream::Document(tie.b.clone()),
            kind: DependenceKind::Copies,
            direction_by: crate::rule::J1,
            anchors: passages.iter().flat_map(|run| [anchor(&tie.a, run.here), anchor(&tie.b, run.there)]).collect(),
            passages,
            score: 1.0,
            because: tie.because.clone(),
        });
    }
}

/// C1: agencies, outlets and documents this document credits, by tag line, metadata or as a relay in a chain.
fn credits(
    traced: &Traced<'_>,
    all: &[Traced<'_>],
    outlets: &Outlets,
    window: &Window<'_>,
    names: &BTreeMap<&SourceId, &Source>,
    nearest: impl Fn(&[usize]) -> Option<usize>,
) -> Vec<Dependence> {
    let from = &traced.document.id;
    let own = |name: &str| traced.document.publisher.as_deref().is_some_and(|publisher| same_outlet(publisher, name));
    let mut found = Vec::new();
    let mut push = |name: &str, source: Option<&SourceId>, anchor: Option<Anchor>, how: &str| {
        let to_document = nearest(&outlets.creditable(name, traced, all, window)).and_then(|i| all.get(i));
        let to = match (to_document, source) {
            (Some(other), _) => Upstream::Document(other.document.id.clone()),
            (None, Some(id)) => Upstream::Source(id.clone()),
            (None, None) => {
                Upstream::Source(SourceId::new(crate::hash::short_id("outlet", &[&crate::source::key::fold(name)])))
            }
        };
        found.push(Dependence {
            from: from.clone(),
            to,
            kind: DependenceKind::Credits,
            direction_by: "C4a",
            anchors: anchor.into_iter().collect(),
            passages: Vec::new(),
            score: 1.0,
            because: format!("C1: it credits {name} ({how})"),
        });
    };
    // an agency's dateline in its own report credits nobody
    let foreign = |credit: &&Credit| !of_picture(traced.document, credit) && !own(&credit.name);
    for credit in traced.document.credits.iter().filter(foreign) {
        push(&credit.name, None, credit.span.map(|span| traced.document.anchor(span)), &credit.how);
    }
    for claim in traced.claims {
        // every link but the origin is a relay; the origin itself, where it is an outlet, is one too
        for link in &claim.chain {
            let media = link.source.as_ref().and_then(|id| names.get(id)).map_or(link.kind, |source| source.kind);
            if media == SourceKind::Media && !own(&link.name) {
                let anchor = link.span.map(|span| traced.document.anchor(span));
                push(&link.name, link.source.as_ref(), anchor, "in the text");
            }
        }
    }
    found
}

/// Whether two outlet names are one, by folded words ("the Talen Courier" / "Talen Courier").
fn same_outlet(a: &str, b: &str) -> bool {
    let (a, b) = (candidates::outlet(a), candidates::outlet(b));
    !a.is_empty() && a == b
}

/// C2–C4: reuse of words between two documents.
fn reuse(
    a: &Traced<'_>,
    b: &Traced<'_>,
    left: &Grams,
    right: &Grams,
    credited: &BTreeSet<(DocumentId, DocumentId)>,
) -> Option<Dependence> {
    let shared = left.shared(right);
    if shared == 0 {
        return None;
    }
    let (a_in_b, b_in_a) = (left.share(shared), right.share(shared));
    let runs = passages(left, right);
    let longest = runs.first().map_or(0, |run| run.words);
    let most = a_in_b.max(b_in_a);
    let kind = if most >= COPY_SHARE || longest >= COPY_RUN && most >= RUN_SHARE {
        DependenceKind::Copies
    } else if most >= POSSIBLE_SHARE || longest >= POSSIBLE_RUN {
        DependenceKind::PossibleCopy
    } else {
        return None;
    };
    let (forward, rule) = direction(a, b, a_in_b, b_in_a, credited);
    let (from, to, share) = if forward { (a, b, a_in_b) } else { (b, a, b_in_a) };
    let kind = if rule == "undirected" && kind == DependenceKind::Copies { DependenceKind::SharedSource } else { kind };
    let passages: Vec<Passage> = runs
        .into_iter()
        .map(|run| if forward { run } else { Passage { here: run.there, there: run.here, ..run } })
        .collect();
    let anchors = passages
        .iter()
        .flat_map(|run| [from.document.anchor(run.here), to.document.anchor(run.there)])
        .collect::<Vec<_>>();
    Some(Dependence {
        from: from.document.id.clone(),
        to: Upstream::Document(to.document.id.clone()),
        kind,
        direction_by: rule,
        anchors,
        passages,
        score: share,
        because: format!(
            "C3: {:.0} % of its 5-word sequences outside quotations stand in the other text; longest run {longest} words",
            share * 100.0
        ),
    })
}

/// C4: whether `a` depends on `b` (`true`) or `b` on `a`, and the rule; the ids decide only how an undirected pair is written.
fn direction(
    a: &Traced<'_>,
    b: &Traced<'_>,
    a_in_b: f64,
    b_in_a: f64,
    credited: &BTreeSet<(DocumentId, DocumentId)>,
) -> (bool, &'static str) {
    let (x, y) = (&a.document.id, &b.document.id);
    if credited.contains(&(x.clone(), y.clone())) {
        return (true, "C4a");
    }
    if credited.contains(&(y.clone(), x.clone())) {
        return (false, "C4a");
    }
    if let (Some(pa), Some(pb)) = (&a.document.published, &b.document.published) {
        let firm = !a.document.updated && !b.document.updated;
        if firm && pa.end <= pb.start {
            return (false, "C4b");
        }
        if firm && pb.end <= pa.start {
            return (true, "C4b");
        }
    }
    if a_in_b - b_in_a >= ASYMMETRY {
        return (true, "C4c");
    }
    if b_in_a - a_in_b >= ASYMMETRY {
        return (false, "C4c");
    }
    (x > y, "undirected")
}

/// Documents that rest on the same named speaker: one edge a document and source, where at least two documents share it.
fn shared_sources(documents: &[Traced<'_>], names: &BTreeMap<&SourceId, &Source>) -> Vec<Dependence> {
    let mut users: BTreeMap<SourceId, BTreeMap<DocumentId, Vec<Anchor>>> = BTreeMap::new();
    for traced in documents {
        for claim in traced.claims {
            let Some(link) = claim.origin() else { continue };
            let Some(id) = link.source.as_ref() else { continue };
            let named = names.get(id).is_some_and(|s| s.document.is_none() && s.kind != SourceKind::Media);
            if let (true, Some(span)) = (named, link.span) {
                let anchors = users.entry(id.clone()).or_default().entry(traced.document.id.clone()).or_default();
                anchors.push(traced.document.anchor(span));
            }
        }
    }
    let mut found = Vec::new();
    for (source, by) in users.into_iter().filter(|(_, by)| by.len() >= 2) {
        let name = names.get(&source).map_or("", |s| s.name.as_str());
        let n = by.len();
        for (document, anchors) in by {
            found.push(Dependence {
                from: document,
                to: Upstream::Source(source.clone()),
                kind: DependenceKind::SharedSource,
                direction_by: "C5",
                anchors,
                passages: Vec::new(),
                score: 1.0,
                because: format!("C5: {n} documents of the case rest on {name}"),
            });
        }
    }
    found
}
