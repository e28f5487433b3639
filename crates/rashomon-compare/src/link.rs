//! Which claims speak of one occurrence? Claims to local incidents, local incidents to incidents of the case.
//!
//! Inside a document every claim of violence opens or joins a *local incident* by day and place ([`local`]); claims of
//! presence, target, evidence or purpose join the one they stand next to. What the text around a local incident gives (words,
//! people, ages, days, places) is its *sketch* ([`sketch`]). Local incidents that share a key ([`block`]) are compared
//! ([`pair`]) and clustered by average link ([`cluster`]) under constraints (methods.md D): totals over a wider window are
//! containers and are never joined with anything; what one text presents as two stays two; what a person decided holds.
//! Clusters nearly alike enough are not joined but listed for a person (rule D1): a false merge hides a death toll. The
//! order of documents does not matter.

mod apart;
mod around;
mod bearing;
mod block;
mod cluster;
mod context;
pub mod decided;
mod ground;
mod head;
mod home;
mod lead;
pub mod local;
pub mod pair;
mod scene;
mod segment;
mod sketch;
mod tell;

use crate::rule;
use apart::ToldApart;
use cluster::{Clusters, Edge};
use decided::Decided;
use lead::Common;
use local::{Local, locals};
use pair::{Known, Rarity, Thresholds, thresholds};
use rashomon_model::analysis::Analysis;
use rashomon_model::claim::Claim;
use rashomon_model::date::{Date, DateValue};
use rashomon_model::id::{IncidentId, PlaceId};
use rashomon_model::incident::{Account, Incident};
use rashomon_model::place::Place;
use rashomon_model::span::Span;
use rashomon_model::{Diagnostic, Document, Severity};
use scene::Scenery;
use sketch::{Sketch, Weigher, sketches};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What linking needs of one document.
#[derive(Clone, Copy)]
pub struct Linked<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its layers.
    pub analysis: &'a Analysis,
    /// Its claims, in text order.
    pub claims: &'a [Claim],
}

impl Linked<'_> {
    /// The sentence an offset stands in, or the next.
    fn sentence_at(&self, offset: u32) -> Option<Span> {
        let at = self.analysis.sentences.partition_point(|sentence| sentence.span.end <= offset);
        self.analysis.sentences.get(at).map(|sentence| sentence.span)
    }
}

/// Incidents of a case, and what a person should look at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Links {
    /// Incidents by day then id, containers last, and the accounts of each.
    pub incidents: Vec<(Incident, Vec<Account>)>,
    /// Possible duplicates (rule D1).
    pub diagnostics: Vec<Diagnostic>,
    /// The same, as pairs of incidents: a total says how many of its summands may be another one of it.
    pub near: Vec<(IncidentId, IncidentId)>,
}

/// Links the claims of all documents, bound by what people decided: claims of one incident are joined whatever else speaks
/// against it, claims of two never.
#[must_use]
pub fn link(documents: &[Linked<'_>], places: &BTreeMap<PlaceId, Place>, decided: &Decided) -> Links {
    let weigher = Weigher::of(documents);
    let folder = documents.len() < pair::CORPUS;
    let common = Common::of(if folder { documents } else { &[] }, places);
    let accounts = accounts(documents, places, decided, folder.then_some(&common));
    let mut found: Vec<(Local, (Sketch, bool))> = Vec::new();
    for (doc, own) in documents.iter().zip(accounts) {
        let lead = lead::lead(&own, &common);
        let known = sketches(doc, &own, &weigher, places, lead);
        let leads = (0..own.len()).map(|index| lead == Some(index));
        found.extend(own.into_iter().zip(known.into_iter().zip(leads)));
    }
    // by content, so that the order of documents does not matter
    found.sort_by(|(a, _), (b, _)| a.claims.iter().min().cmp(&b.claims.iter().min()));
    let (locals, known): (Vec<Local>, Vec<(Sketch, bool)>) = found.into_iter().unzip();
    let (sketches, leads): (Vec<Sketch>, Vec<bool>) = known.into_iter().unzip();
    let (together, apart) = decided::pairs(&locals, decided);
    let pairs = block::candidates(&locals, &sketches, &weigher, places, folder);
    drop(weigher);
    let people = named_in(&locals, &sketches);
    let beside = same_document(&locals);
    let told = ToldApart::of(&beside, &locals, places, folder);
    let rarity = Rarity { people: &people, places, apart: &told, folder };
    let known = |i: u32| Some(Known { local: locals.get(i as usize)?, sketch: sketches.get(i as usize)? });
    let compared = |a: u32, b: u32| pair::features(known(a)?, known(b)?, &rarity);
    let edge = |(a, b)| {
        let features = compared(a, b);
        let scenes = features.map(|features| features.scenes()).unwrap_or_default();
        Edge { a, b, score: features.map(|features| features.total()), scenes }
    };
    let mut edges: Vec<Edge> = pairs.into_iter().map(edge).collect();
    edges.extend(apart.iter().chain(&beside).map(|(a, b)| Edge::bar(*a, *b)));
    let Thresholds { join, review } = thresholds(documents.len());
    let lead = |i: u32| leads.get(i as usize).copied().unwrap_or(false);
    let Clusters { members, near } = joined(locals.len(), &edges, together, lead, (join, review));
    let mut because = reasons(&members, locals.len(), &edges, |a, b| compared(a, b).map(|features| features.because()));
    decided::tell(&members, &locals, &mut because, decided);
    let teller = tell::Teller::new(documents, places);
    let mut incidents: Vec<(Incident, Vec<Account>)> = members
        .iter()
        .zip(because)
        .map(|(members, because)| {
            let cluster: Vec<&Local> = members.iter().filter_map(|i| locals.get(*i as usize)).collect();
            teller.incident(&cluster, because)
        })
        .collect();
    let wider = parents(&members, &locals);
    let ids: Vec<IncidentId> = incidents.iter().map(|(incident, _)| incident.id.clone()).collect();
    for ((incident, _), wider) in incidents.iter_mut().zip(wider) {
        incident.part_of = wider.and_then(|index| ids.get(index).cloned()).filter(|id| *id != incident.id);
    }
    let both = |(a, b, score): &(usize, usize, f64)| Some((&incidents.get(*a)?.0, &incidents.get(*b)?.0, *score));
    let near: Vec<(&Incident, &Incident, f64)> = near.iter().filter_map(both).collect();
    let mut diagnostics: Vec<Diagnostic> =
        near.iter().map(|(a, b, score)| possible_duplicate(a, b, *score, join)).collect();
    let near = near.into_iter().map(|(a, b, _)| (a.id.clone(), b.id.clone())).collect();
    incidents.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    diagnostics.sort_by(|a, b| a.message.cmp(&b.message));
    Links { incidents, diagnostics, near }
}

/// The local incidents of every account. In a folder, of which `common` tells what its texts name, an account of several things
/// is read again where the others say what it is about.
fn accounts(
    documents: &[Linked<'_>],
    places: &BTreeMap<PlaceId, Place>,
    decided: &Decided,
    common: Option<&Common<'_>>,
) -> Vec<Vec<Local>> {
    let read =
        |doc: &Linked<'_>, first: Option<&BTreeSet<PlaceId>>| decided::divide(locals(doc, places, first), doc, decided);
    let mut accounts: Vec<Vec<Local>> = documents.iter().map(|doc| read(doc, None)).collect();
    let Some(common) = common else { return accounts };
    let told = |(doc, own): (&Linked<'_>, &Vec<Local>)| lead::Told {
        listing: Scenery::of(doc, places).is_listing(),
        lead: lead::lead(own, common),
    };
    let told: Vec<lead::Told> = documents.iter().zip(&accounts).map(told).collect();
    let about = lead::others_say(&accounts, &told, places);
    for ((doc, own), first) in documents.iter().zip(&mut accounts).zip(&about) {
        if first.is_some() {
            *own = read(doc, first.as_ref());
        }
    }
    accounts
}

/// Clusters of `n` local incidents: what accounts lead with is joined first, then asides join what others lead with, then what is
/// left each other, since an aside must not stand between two reports of one occurrence.
fn joined(
    n: usize,
    edges: &[Edge],
    mut together: Pairs,
    lead: impl Fn(u32) -> bool,
    (join, review): (f64, f64),
) -> Clusters {
    let leading: Vec<Edge> =
        edges.iter().copied().filter(|edge| edge.score.is_none() || lead(edge.a) && lead(edge.b)).collect();
    let first = cluster::cluster(n, &leading, &together, join, review).members;
    together.extend(cluster::attached(&first, edges, lead, join));
    for members in &first {
        together.extend(members.windows(2).filter_map(|two| Some((*two.first()?, *two.last()?))));
    }
    cluster::cluster(n, edges, &together, join, review)
}

/// Sort key: containers last, then day, then id.
fn order(incident: &Incident) -> (bool, Option<Date>, &IncidentId) {
    (incident.container, incident.time.as_ref().map(DateValue::first_day), &incident.id)
}

/// Pairs of local incidents of one text.
fn same_document(locals: &[Local]) -> Pairs {
    let mut of: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (index, local) in (0..).zip(locals) {
        of.entry(local.document.as_str()).or_default().push(index);
    }
    let pairs = |own: &Vec<u32>| -> Pairs {
        own.iter().enumerate().flat_map(|(n, a)| own.iter().skip(n + 1).map(|b| (*a, *b))).collect()
    };
    of.values().flat_map(pairs).collect()
}

/// For each cluster, the one that most of its members say they are a part of.
fn parents(members: &[Vec<u32>], locals: &[Local]) -> Vec<Option<usize>> {
    let mut of: BTreeMap<&rashomon_model::id::ClaimId, usize> = BTreeMap::new();
    for (cluster, own) in members.iter().enumerate() {
        for local in own.iter().filter_map(|i| locals.get(*i as usize)) {
            of.extend(local.claims.iter().map(|claim| (claim, cluster)));
        }
    }
    let wider = |own: &Vec<u32>| {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for local in own.iter().filter_map(|i| locals.get(*i as usize)) {
            if let Some(cluster) = local.part_of.as_ref().and_then(|claim| of.get(claim)) {
                *votes.entry(*cluster).or_default() += 1;
            }
        }
        votes.into_iter().max_by_key(|(cluster, n)| (*n, std::cmp::Reverse(*cluster))).map(|(cluster, _)| cluster)
    };
    let found: Vec<Option<usize>> = members.iter().map(wider).collect();
    // no ring: of two that each say they are the other's part, neither is
    let closed = |start: usize| {
        let mut at = found.get(start).copied().flatten();
        let mut steps = 0;
        while let Some(next) = at.filter(|next| *next != start && steps < found.len()) {
            at = found.get(next).copied().flatten();
            steps += 1;
        }
        at.is_some()
    };
    (0..found.len()).map(|i| found.get(i).copied().flatten().filter(|_| !closed(i))).collect()
}

/// In how many documents each person is named.
fn named_in(locals: &[Local], sketches: &[Sketch]) -> HashMap<u64, u32> {
    let mut named: Vec<(u64, &str)> = locals
        .iter()
        .zip(sketches)
        .flat_map(|(local, sketch)| sketch.people.iter().map(|person| (*person, local.document.as_str())))
        .collect();
    named.sort_unstable();
    named.dedup();
    let mut counted = HashMap::new();
    for (person, _) in named {
        *counted.entry(person).or_insert(0) += 1;
    }
    counted
}

/// For every cluster, each member's best reason to be in it.
fn reasons(
    members: &[Vec<u32>],
    n: usize,
    edges: &[Edge],
    because: impl Fn(u32, u32) -> Option<String>,
) -> Vec<Vec<String>> {
    let mut cluster_of = vec![usize::MAX; n];
    for (cluster, own) in members.iter().enumerate() {
        for member in own {
            if let Some(of) = cluster_of.get_mut(*member as usize) {
                *of = cluster;
            }
        }
    }
    let mut best: Vec<Option<(f64, u32, u32)>> = vec![None; n];
    for edge in edges {
        let (Some(score), Some(x), Some(y)) =
            (edge.score, cluster_of.get(edge.a as usize), cluster_of.get(edge.b as usize))
        else {
            continue;
        };
        for end in [edge.a, edge.b] {
            if let Some(known) = best.get_mut(end as usize).filter(|_| x == y)
                && known.is_none_or(|(top, ..)| score > top)
            {
                *known = Some((score, edge.a, edge.b));
            }
        }
    }
    members
        .iter()
        .map(|own| {
            let mut pairs: Vec<(u32, u32)> =
                own.iter().filter_map(|i| best.get(*i as usize).copied().flatten()).map(|(_, a, b)| (a, b)).collect();
            pairs.sort_unstable();
            pairs.dedup();
            let mut lines: Vec<String> = pairs.into_iter().filter_map(|(a, b)| because(a, b)).collect();
            lines.sort();
            lines.dedup();
            lines
        })
        .collect()
}

/// Pairs of local incidents.
type Pairs = Vec<(u32, u32)>;

/// Two incidents that may be one (rule D1).
fn possible_duplicate(a: &Incident, b: &Incident, score: f64, join: f64) -> Diagnostic {
    let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
    Diagnostic {
        code: rule::D1,
        severity: Severity::Note,
        document: a.documents.first().cloned(),
        span: None,
        message: format!(
            "possible duplicate, not joined ({score:.2} of {join:.2}): {} \"{}\" and {} \"{}\"",
            a.id, a.title, b.id, b.title
        ),
    }
}
