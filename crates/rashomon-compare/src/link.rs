//! Which claims speak of one occurrence? Claims to local incidents, local incidents to incidents of the case.
//!
//! Inside a document every claim of violence opens or joins a *local incident* by day and place ([`local`]); claims of
//! presence, target, evidence or purpose join the one they stand next to. Local incidents of different documents are then
//! joined when day, place and kind agree ([`pair`]), best pair first, never against a cannot-link (methods.md D): explicit
//! days that do not meet, places that exclude each other. Ties are decided by content, so the order of documents does not
//! matter. Totals over a wider window become containers and are never joined with an occurrence.

pub mod decided;
pub mod local;
pub mod pair;

use crate::hash::short_id;
use decided::Decided;
use local::{Local, locals};
use rashomon_model::Document;
use rashomon_model::analysis::{Analysis, EventKind};
use rashomon_model::claim::Claim;
use rashomon_model::date::{Date, DateValue};
use rashomon_model::id::{ClaimId, IncidentId, PlaceId};
use rashomon_model::incident::{Account, Incident};
use rashomon_model::place::Place;
use std::collections::BTreeMap;

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

/// Incidents by day then id, containers last, and the accounts of each.
#[must_use]
pub fn link(documents: &[Linked<'_>], places: &BTreeMap<PlaceId, Place>) -> Vec<(Incident, Vec<Account>)> {
    link_decided(documents, places, &[])
}

/// As [`link`], bound by what people decided: claims of one incident are joined whatever else speaks against it, claims of
/// two never.
#[must_use]
pub fn link_decided(
    documents: &[Linked<'_>],
    places: &BTreeMap<PlaceId, Place>,
    decided: &Decided,
) -> Vec<(Incident, Vec<Account>)> {
    let mut clusters: Vec<Vec<Local>> = documents
        .iter()
        .flat_map(|doc| decided::divide(locals(doc, places), doc, decided))
        .map(|local| vec![local])
        .collect();
    clusters.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut reasons: Vec<Vec<String>> =
        clusters.iter().map(|cluster| decided::kept_apart(cluster, decided).collect()).collect();
    decided::unite(&mut clusters, &mut reasons, decided);
    while let Some((i, j, why)) = best_pair(&clusters, places, decided) {
        let moved = clusters.remove(j);
        let mut because = reasons.remove(j);
        if let (Some(into), Some(reason)) = (clusters.get_mut(i), reasons.get_mut(i)) {
            into.extend(moved);
            reason.append(&mut because);
            reason.push(why);
        }
    }
    let mut found: Vec<(Incident, Vec<Account>)> =
        clusters.iter().zip(reasons).map(|(cluster, because)| incident(cluster, because, documents, places)).collect();
    found.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    found
}

/// Sort key: containers last, then day, then id.
fn order(incident: &Incident) -> (bool, Option<Date>, &IncidentId) {
    (incident.container, incident.time.as_ref().map(DateValue::first_day), &incident.id)
}

/// A cluster's content key: the least claim id in it.
fn key(cluster: &[Local]) -> Option<&ClaimId> {
    cluster.iter().flat_map(|local| &local.claims).min()
}

/// The two clusters to join next, the earlier first, and why; `None` when none may be joined.
fn best_pair(
    clusters: &[Vec<Local>],
    places: &BTreeMap<PlaceId, Place>,
    decided: &Decided,
) -> Option<(usize, usize, String)> {
    let mut best: Option<(f64, usize, usize, String)> = None;
    for (i, a) in clusters.iter().enumerate() {
        for (j, b) in clusters.iter().enumerate().skip(i + 1) {
            let Some((score, why)) = pair::score(a, b, places) else { continue };
            if score >= pair::JOIN
                && !decided::apart(a, b, decided)
                && best.as_ref().is_none_or(|(top, ..)| score > *top)
            {
                best = Some((score, i, j, why));
            }
        }
    }
    best.map(|(_, i, j, why)| (i, j, why))
}

/// The incident a cluster stands for, and its accounts.
fn incident(
    cluster: &[Local],
    mut because: Vec<String>,
    documents: &[Linked<'_>],
    places: &BTreeMap<PlaceId, Place>,
) -> (Incident, Vec<Account>) {
    let rank: BTreeMap<&ClaimId, usize> =
        documents.iter().flat_map(|d| d.claims).enumerate().map(|(i, claim)| (&claim.id, i)).collect();
    let mut claims: Vec<ClaimId> = cluster.iter().flat_map(|local| local.claims.iter().cloned()).collect();
    claims.sort_by_key(|id| rank.get(id).copied());
    claims.dedup();
    let id = IncidentId::new(short_id("i", &[claims.iter().min().map_or("", |c| c.as_str())]));
    let container = cluster.iter().all(|local| local.container);
    let kind = majority(cluster.iter().map(|local| local.kind)).unwrap_or(EventKind::Attack);
    let time = time(cluster);
    let mut counted: BTreeMap<PlaceId, usize> = BTreeMap::new();
    for place in cluster.iter().flat_map(|local| &local.places) {
        *counted.entry(place.clone()).or_default() += 1;
    }
    let mut named: Vec<(PlaceId, usize)> = counted.into_iter().collect();
    let grain = |id: &PlaceId| places.get(id).map_or(9, pair::grain);
    // what is named most, divisions and countries last
    let rank_of = |id: &PlaceId, n: usize| (grain(id) >= 3, std::cmp::Reverse(n), grain(id));
    named.sort_by(|(a, n), (b, m)| (rank_of(a, *n), a).cmp(&(rank_of(b, *m), b)));
    let named: Vec<PlaceId> = named.into_iter().map(|(id, _)| id).collect();
    let accounts: Vec<Account> = documents
        .iter()
        .filter_map(|doc| {
            let own: Vec<ClaimId> = doc.claims.iter().map(|c| c.id.clone()).filter(|id| claims.contains(id)).collect();
            (!own.is_empty()).then(|| Account { incident: id.clone(), document: doc.document.id.clone(), claims: own })
        })
        .collect();
    because.sort();
    because.dedup();
    let spelled = named.first().and_then(|id| spelling(id, &claims, documents));
    let title = title(kind, container, &named, spelled, time.as_ref(), places);
    let incident = Incident {
        id,
        title,
        kind,
        part_of: None,
        container,
        time,
        places: named,
        documents: accounts.iter().map(|account| account.document.clone()).collect(),
        claims,
        because,
    };
    (incident, accounts)
}

/// The most frequent value; ties go to the lesser. Bare harm counts only if there is nothing else.
fn majority(kinds: impl Iterator<Item = EventKind>) -> Option<EventKind> {
    let mut counted: BTreeMap<EventKind, usize> = BTreeMap::new();
    for kind in kinds {
        let weight = if matches!(kind, EventKind::Harm | EventKind::Attack | EventKind::Damage) { 1 } else { 1_000 };
        *counted.entry(kind).or_default() += weight;
    }
    counted.into_iter().max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind))).map(|(kind, _)| kind)
}

/// The day said by most local incidents that say one, else the shortest stretch of days taken over.
fn time(cluster: &[Local]) -> Option<DateValue> {
    let said = cluster.iter().any(|local| local.dated);
    let mut days: BTreeMap<(Date, Date), (usize, &DateValue)> = BTreeMap::new();
    for value in cluster.iter().filter(|local| local.dated == said).filter_map(|local| local.time.as_ref()) {
        days.entry((value.first_day(), value.last_day())).or_insert((0, value)).0 += 1;
    }
    let length = |(from, to): (Date, Date)| from.until(to).map_or(0, |span| span.get_days());
    let (_, (_, value)) =
        days.into_iter().max_by_key(|(range, (n, _))| (*n, -length(*range), std::cmp::Reverse(range.0)))?;
    let mut value = value.clone();
    if value.precision < rashomon_model::date::Precision::Day {
        let (from, basis) = (value.first_day(), value.basis);
        value = DateValue { rests_on: value.rests_on, loose: value.loose, ..DateValue::day(from, basis) };
    }
    Some(value)
}

/// How the accounts spell a place: the most frequent spelling, ties to the first in the alphabet.
fn spelling(place: &PlaceId, claims: &[ClaimId], documents: &[Linked<'_>]) -> Option<String> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let own = documents.iter().flat_map(|doc| doc.claims).filter(|claim| claims.contains(&claim.id));
    let same = own.flat_map(|claim| &claim.proposition.place).filter(|named| named.place.as_ref() == Some(place));
    for named in same.filter(|named| !named.name.starts_with(char::is_lowercase)) {
        *counted.entry(&named.name).or_default() += 1;
    }
    counted.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name))).map(|(name, _)| name.to_owned())
}

/// "Airstrike, Talen and 3 more places, 2031-03-14".
fn title(
    kind: EventKind,
    container: bool,
    named: &[PlaceId],
    spelled: Option<String>,
    time: Option<&DateValue>,
    places: &BTreeMap<PlaceId, Place>,
) -> String {
    let mut kind = if container { "total over a wider window".to_owned() } else { kind.name().to_owned() };
    if let Some(first) = kind.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    let first = spelled.or_else(|| named.first().and_then(|id| places.get(id)).map(|place| place.name.clone()));
    let place = first.map(|name| match named.len() {
        1 => name,
        2 => format!("{name} and 1 more place"),
        n => format!("{name} and {} more places", n - 1),
    });
    let parts: Vec<String> = [Some(kind), place, time.map(DateValue::edtf)].into_iter().flatten().collect();
    parts.join(", ")
}
