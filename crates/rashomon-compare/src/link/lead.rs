//! Which occurrence is an account about? The one it tells first, unless the other accounts of a folder say otherwise.
//!
//! A communiqué of numbered points begins with another front, a live page with its newest entry. Where in one of these no other
//! account of a folder leads with what stands first, at a settlement where none of them leads with anything, but two and more lead
//! with a thing told further down, the account is about that one: it is read again with that one first, so that what names no
//! place or day goes there.

use super::ground::{differ, settled};
use super::local::Local;
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// Accounts that must lead with an occurrence's settlement for it to be what another one is about. Starting value.
const SHARED: usize = 2;

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
        let now = first.get(account).copied().flatten();
        let listing = told.get(account).is_some_and(|told| told.listing);
        // told first already, or told of nowhere
        let opens = own.iter().find(|local| local.can_lead()).map(|local| &local.claims);
        let stays = now.is_none_or(|local| led(local, account) > 0 && opens == Some(&local.claims));
        let shared = |local: &&Local| local.can_lead() && placed(local) && led(local, account) >= SHARED;
        own.iter().find(shared).filter(|_| listing && !stays).map(|local| local.places.clone())
    };
    accounts.iter().enumerate().map(about).collect()
}
