//! What is the incident a cluster stands for? Id, title, day, places, accounts.

use super::local::Local;
use super::{Linked, ground};
use crate::hash::short_id;
use rashomon_model::analysis::EventKind;
use rashomon_model::claim::Claim;
use rashomon_model::date::{Date, DateValue};
use rashomon_model::id::{ClaimId, DocumentId, IncidentId, PlaceId};
use rashomon_model::incident::{Account, Incident};
use rashomon_model::place::Place;
use std::collections::BTreeMap;

/// What incidents are told from, looked up once for the whole case.
pub(super) struct Teller<'a> {
    /// Every claim with its place in the case.
    claims: BTreeMap<&'a ClaimId, (usize, &'a Claim)>,
    places: &'a BTreeMap<PlaceId, Place>,
}

impl<'a> Teller<'a> {
    /// Indexes the claims of all documents.
    pub(super) fn new(documents: &[Linked<'a>], places: &'a BTreeMap<PlaceId, Place>) -> Self {
        let all = documents.iter().flat_map(|doc| doc.claims);
        Self { claims: all.enumerate().map(|(rank, claim)| (&claim.id, (rank, claim))).collect(), places }
    }

    /// The incident and the accounts of it.
    pub(super) fn incident(&self, cluster: &[&Local], because: Vec<String>) -> (Incident, Vec<Account>) {
        let mut own: Vec<(usize, &Claim)> =
            cluster.iter().flat_map(|local| &local.claims).filter_map(|id| self.claims.get(id).copied()).collect();
        own.sort_by_key(|(rank, _)| *rank);
        own.dedup_by_key(|(rank, _)| *rank);
        let claims: Vec<&Claim> = own.into_iter().map(|(_, claim)| claim).collect();
        let least = claims.iter().map(|claim| claim.id.as_str()).min().unwrap_or("");
        let id = IncidentId::new(short_id("i", &[least]));
        let container = cluster.iter().all(|local| local.container);
        let kind = majority(cluster.iter().map(|local| local.kind)).unwrap_or(EventKind::Attack);
        let time = time(cluster);
        let named = self.named(cluster);
        let mut accounts: Vec<Account> = Vec::new();
        for claim in &claims {
            match accounts.last_mut().filter(|account| account.document == claim.document) {
                Some(account) => account.claims.push(claim.id.clone()),
                None => accounts.push(Account {
                    incident: id.clone(),
                    document: claim.document.clone(),
                    claims: vec![claim.id.clone()],
                }),
            }
        }
        let spelled = named.first().and_then(|place| spelling(place, &claims));
        let whole = cluster.iter().all(|local| local.whole);
        let title = title(kind, (container, whole), &named, spelled, time.as_ref(), self.places);
        let documents: Vec<DocumentId> = accounts.iter().map(|account| account.document.clone()).collect();
        let incident = Incident {
            id,
            title,
            kind,
            part_of: None,
            container,
            time,
            places: named,
            documents,
            claims: claims.iter().map(|claim| claim.id.clone()).collect(),
            because,
        };
        (incident, accounts)
    }

    /// Places, what is named most first, divisions and countries last.
    fn named(&self, cluster: &[&Local]) -> Vec<PlaceId> {
        let mut counted: BTreeMap<&PlaceId, usize> = BTreeMap::new();
        for place in cluster.iter().flat_map(|local| &local.places) {
            *counted.entry(place).or_default() += 1;
        }
        let mut named: Vec<(&PlaceId, usize)> = counted.into_iter().collect();
        let grain = |id: &PlaceId| self.places.get(id).map_or(9, ground::grain);
        let rank_of = |id: &PlaceId, n: usize| (grain(id) >= 3, std::cmp::Reverse(n), grain(id));
        named.sort_by(|(a, n), (b, m)| (rank_of(a, *n), a).cmp(&(rank_of(b, *m), b)));
        named.into_iter().map(|(id, _)| id.clone()).collect()
    }
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
fn time(cluster: &[&Local]) -> Option<DateValue> {
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
fn spelling(place: &PlaceId, claims: &[&Claim]) -> Option<String> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let named = claims.iter().flat_map(|claim| &claim.proposition.place);
    let same = named.filter(|named| named.place.as_ref() == Some(place));
    for named in same.filter(|named| !named.name.starts_with(char::is_lowercase)) {
        *counted.entry(&named.name).or_default() += 1;
    }
    counted.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name))).map(|(name, _)| name.to_owned())
}

/// "Airstrike, Talen and 3 more places, 2031-03-14".
fn title(
    kind: EventKind,
    (container, whole): (bool, bool),
    named: &[PlaceId],
    spelled: Option<String>,
    time: Option<&DateValue>,
    places: &BTreeMap<PlaceId, Place>,
) -> String {
    let mut kind = match (container, whole) {
        (true, true) => "total over several occurrences".to_owned(),
        (true, false) => "total over a wider window".to_owned(),
        _ => kind.name().to_owned(),
    };
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
