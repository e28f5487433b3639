//! Who takes part in the world's conflicts? The party table: shipped data, and a user's additions.
//!
//! The shipped table is read from `data/parties/*.toml` (see `docs/parties.md` for the recipe). Ids are
//! `state:RU`, `state:RU/defence` (a body every state has), `group:…`, `alliance:…`, `int:…`, `ngo:…`, `agency:…`,
//! `outlet:…`; a user's file may add to any of them or bring its own (`case:…`).
//!
//! ```
//! use rashomon_analyze::party;
//! use rashomon_model::id::PartyId;
//! let table = party::table();
//! assert_eq!(table.get(&PartyId::new("state:FR")).map(|p| p.name.as_str()), Some("France"));
//! let more = party::with_user(br#"
//!     [[party]]
//!     id = "group:northern-front"
//!     name = "Northern Front"
//!     kind = "armed_group"
//! "#).unwrap();
//! assert!(more.get(&PartyId::new("group:northern-front")).is_some());
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rashomon_model::id::PartyId;
use rashomon_model::party::{Membership, Party, PartyKind, PartyTable};

mod file;

/// Why a user's party file was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartyFileError {
    /// Not UTF-8.
    #[error("the party file is not UTF-8")]
    Encoding,
    /// Not TOML, or a field is missing or misspelt; holds the parser's words, with line and column.
    #[error("the party file cannot be read: {0}")]
    Syntax(String),
    /// A kind that is none of the model's.
    #[error("party {id} has an unknown kind: {kind}")]
    Kind {
        /// The row's id.
        id: String,
        /// The kind as written.
        kind: String,
    },
    /// A new party without a name or kind.
    #[error("party {id} is new and needs `{field}`")]
    Incomplete {
        /// The row's id.
        id: String,
        /// What is missing.
        field: &'static str,
    },
    /// A membership in a party nobody defines.
    #[error("party {id} names an unknown party: {member_of}")]
    UnknownParty {
        /// The row's id.
        id: String,
        /// The id it names.
        member_of: String,
    },
}

/// The shipped table; read once, sorted by id.
#[must_use]
pub fn table() -> PartyTable {
    shipped().clone()
}

/// The shipped table with the rows of a user's TOML file: `[[party]]` with `id`, and `name`, `kind`, `aliases`,
/// `demonyms`, `metonyms`, `domains`, `member_of = [{ party, how, cited }]`. A row whose id exists adds to that party
/// (a name given there becomes the name to show); a new state gets the bodies every state has.
///
/// # Errors
/// [`PartyFileError`], naming the row.
pub fn with_user(toml: &[u8]) -> Result<PartyTable, PartyFileError> {
    let text = std::str::from_utf8(toml).map_err(|_| PartyFileError::Encoding)?;
    let rows = file::user(text)?;
    let mut parties: BTreeMap<PartyId, Party> =
        shipped().parties.iter().map(|party| (party.id.clone(), party.clone())).collect();
    let mut added = Vec::new();
    for row in rows {
        let id = PartyId::new(row.id.clone());
        let kind = row
            .kind
            .as_deref()
            .map(|kind| {
                PartyKind::from_name(kind)
                    .ok_or_else(|| PartyFileError::Kind { id: row.id.clone(), kind: kind.to_owned() })
            })
            .transpose()?;
        added.push((id.clone(), row.member_of.clone()));
        match parties.get_mut(&id) {
            Some(party) => {
                if let Some(name) = row.name {
                    let old = std::mem::replace(&mut party.name, name);
                    party.aliases.push(old);
                }
                party.kind = kind.unwrap_or(party.kind);
                party.aliases.extend(row.aliases);
                party.demonyms.extend(row.demonyms);
                party.metonyms.extend(row.metonyms);
                party.domains.extend(row.domains);
                party.member_of.extend(row.member_of);
            }
            None => {
                let incomplete = |field| PartyFileError::Incomplete { id: row.id.clone(), field };
                let party = Party {
                    name: row.name.clone().ok_or_else(|| incomplete("name"))?,
                    kind: kind.ok_or_else(|| incomplete("kind"))?,
                    aliases: row.aliases,
                    demonyms: row.demonyms,
                    metonyms: row.metonyms,
                    domains: row.domains,
                    member_of: row.member_of,
                    id: id.clone(),
                };
                parties.insert(id, party);
            }
        }
    }
    let table = finish(parties);
    for (id, memberships) in added {
        if let Some(missing) = memberships.iter().find(|m| table.get(&m.party).is_none()) {
            return Err(PartyFileError::UnknownParty { id: id.to_string(), member_of: missing.party.to_string() });
        }
    }
    Ok(table)
}

/// The party that publishes under the host of this address (`https://www.reuters.com/…`, `edition.cnn.com`).
#[must_use]
pub fn by_domain<'t>(table: &'t PartyTable, url: &str) -> Option<&'t Party> {
    let host = url
        .split_once("://")
        .map_or(url, |(_, rest)| rest)
        .split(['/', '?', '#', ':'])
        .next()
        .unwrap_or("")
        .to_lowercase();
    let mut host = host.as_str();
    while host.contains('.') {
        let found = table.parties.iter().find(|party| party.domains.iter().any(|domain| domain == host));
        if found.is_some() {
            return found;
        }
        host = host.split_once('.').map_or("", |(_, rest)| rest);
    }
    None
}

/// The state (or, for other parties, the party itself) a body or force belongs to: `state:RU/defence` is of `state:RU`.
#[must_use]
pub fn whole(id: &PartyId) -> PartyId {
    match id.as_str().split_once('/') {
        Some((state, _)) if state.starts_with("state:") => PartyId::new(state),
        _ => id.clone(),
    }
}

fn shipped() -> &'static PartyTable {
    static TABLE: OnceLock<PartyTable> = OnceLock::new();
    TABLE.get_or_init(|| finish(file::shipped().into_iter().map(|party| (party.id.clone(), party)).collect()))
}

/// Gives every state its bodies, plural demonyms, and sorts and de-duplicates what a party is called.
fn finish(mut parties: BTreeMap<PartyId, Party>) -> PartyTable {
    let states: Vec<Party> = parties.values().filter(|party| party.kind == PartyKind::State).cloned().collect();
    for state in states {
        for kind in &bodies().kind {
            let id = body_id(&state.id, &kind.key);
            let of = kind.part_of.as_ref().map_or(state.id.clone(), |wider| body_id(&state.id, wider));
            let body = parties.entry(id.clone()).or_insert_with(|| Party {
                id,
                name: String::new(),
                kind: kind.kind(),
                aliases: Vec::new(),
                demonyms: Vec::new(),
                metonyms: Vec::new(),
                domains: Vec::new(),
                member_of: Vec::new(),
            });
            if body.name.is_empty() {
                let adjective = state.demonyms.first().unwrap_or(&state.name);
                body.name = format!("{adjective} {}", kind.name);
            }
            if body.member_of.is_empty() {
                body.member_of.push(Membership {
                    party: of,
                    how: if kind.kind() == PartyKind::Military { "forces" } else { "body" }.to_owned(),
                    cited: "by its name".to_owned(),
                });
            }
        }
    }
    for party in parties.values_mut() {
        let plurals: Vec<String> = party.demonyms.iter().filter_map(|demonym| plural(demonym)).collect();
        for plural in plurals {
            if !party.demonyms.contains(&plural) {
                party.demonyms.push(plural);
            }
        }
        for names in [&mut party.aliases, &mut party.demonyms, &mut party.metonyms, &mut party.domains] {
            let mut seen = std::collections::BTreeSet::new();
            names.retain(|name| seen.insert(name.clone()));
        }
        let name = party.name.clone();
        party.aliases.retain(|alias| *alias != name);
    }
    PartyTable { parties: Arc::new(parties.into_values().collect()) }
}

/// Plural of a demonym; none for adjectives that serve as plural ("the Chinese", "the British") or are acronyms.
fn plural(demonym: &str) -> Option<String> {
    let last = demonym.chars().last()?;
    let unchanging =
        ["ese", "ish", "ch", "ss", "sh", "s", "z", "men", "man", "ic"].iter().any(|end| demonym.ends_with(end));
    (last.is_lowercase() && !unchanging).then(|| format!("{demonym}s"))
}

pub(crate) use file::bodies;

/// Id of a state's body.
pub(crate) fn body_id(state: &PartyId, key: &str) -> PartyId {
    PartyId::new(format!("{state}/{key}"))
}

#[cfg(test)]
mod tests;
