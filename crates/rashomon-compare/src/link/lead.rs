//! Which occurrence is an account about? The one it tells first, unless the other accounts of a folder say otherwise.
//!
//! A communiqué of numbered points begins with another front, a live page with its newest entry. Where in one of these no other
//! account of a folder leads with what stands first, at a settlement where none of them leads with anything, but two and more lead
//! with a thing told further down, the account is about that one: it is read again with that one first, so that what names no
//! place or day goes there.

use super::Linked;
use super::ground::{differ, settled};
use super::local::Local;
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// Accounts that must lead with an occurrence's settlement for it to be what another one is about. Starting value.
const SHARED: usize = 2;

/// The occurrence an account leads with: the first, unless only this text of a folder names where it was and most texts name where
/// another was (a communiqué that begins with the day's other fronts).
pub(super) fn lead(own: &[Local], common: &Common<'_>) -> Option<usize> {
    let first = own.iter().position(Local::can_lead).or_else(|| own.iter().position(|local| !local.container))?;
    let alone = own.get(first).is_some_and(|local| common.texts(local) == Some(1));
    let other = || own.iter().position(|local| local.can_lead() && common.is_of_most(local));
    Some(if alone { other().unwrap_or(first) } else { first })
}

/// How many texts of a folder name each settlement; of a corpus nothing is said.
pub(super) struct Common<'a> {
    places: &'a BTreeMap<PlaceId, Place>,
    named: BTreeMap<&'a PlaceId, usize>,
    texts: usize,
}

impl<'a> Common<'a> {
    /// Of the texts of a folder; `None` of them for a corpus.
    pub(super) fn of(documents: &[Linked<'a>], places: &'a BTreeMap<PlaceId, Place>) -> Self {
        let mut named: BTreeMap<&PlaceId, usize> = BTreeMap::new();
        for doc in documents {
            let toponyms = doc.analysis.toponyms.iter().filter_map(|toponym| toponym.place.as_ref());
            for id in toponyms.map(|place| &place.id).collect::<BTreeSet<_>>() {
                *named.entry(id).or_default() += 1;
            }
        }
        Self { places, named, texts: documents.len() }
    }

    /// How many texts name a settlement the occurrence was at, the most named of them; `None` if none is said.
    fn texts(&self, local: &Local) -> Option<usize> {
        settled(&local.places, self.places).iter().filter_map(|place| self.named.get(&place.id).copied()).max()
    }

    fn is_of_most(&self, local: &Local) -> bool {
        self.texts(local).is_some_and(|texts| texts * 2 > self.texts)
    }
}

/// How an account tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    /// It is a page of live entries or of numbered points: what stands first need not be what it is about.
    pub(super) listing: bool,
    /// What it leads with.
    pub(super) lead: Option<usize>,
}

/// For each account of a listing, the places of the occurrence it is about, where that is not the one it tells first.
pub(super) fn others_say(
    accounts: &[Vec<Local>],
    told: &[Told],
    places: &BTreeMap<PlaceId, Place>,
) -> Vec<Option<BTreeSet<PlaceId>>> {
    let placed = |local: &&Local| !settled(&local.places, places).is_empty();
    let first: Vec<Option<&Local>> = accounts
        .iter()
        .zip(told)
        .map(|(own, told)| told.lead.and_then(|index| own.get(index)).filter(placed))
        .collect();
    let led = |local: &Local, account: usize| {
        let others = first.iter().enumerate().filter(|(other, _)| *other != account).filter_map(|(_, lead)| *lead);
        others.filter(|other| !differ(&local.places, &other.places, places)).count()
    };
    let about = |(account, own): (usize, &Vec<Local>)| {
        if !told.get(account).is_some_and(|told| told.listing) {
            return None;
        }
        let now = first.get(account).copied().flatten();
        // told first already, or told of nowhere
        let opens = own.iter().find(|local| local.can_lead()).map(|local| &local.claims);
        if now.is_none_or(|local| led(local, account) > 0 && opens == Some(&local.claims)) {
            return None;
        }
        let shared = |local: &&Local| local.can_lead() && placed(local) && led(local, account) >= SHARED;
        own.iter().find(shared).map(|local| local.places.clone())
    };
    accounts.iter().enumerate().map(about).collect()
}
