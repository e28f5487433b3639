//! How is the party table written down? The TOML files under `data/parties/` and a user's file of the same rows.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rashomon_model::id::PartyId;
use rashomon_model::party::{Membership, Party, PartyKind};
use serde::Deserialize;

use super::PartyFileError;

/// One row, of any file; each file uses the fields it needs.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Row {
    id: String,
    name: Option<String>,
    kind: Option<String>,
    aliases: Vec<String>,
    demonyms: Vec<String>,
    metonyms: Vec<String>,
    domains: Vec<String>,
    member_of: Vec<Edge>,
    members: Vec<String>,
    cited: Option<String>,
    how: Option<String>,
    state: Option<String>,
    group: Option<String>,
    part_of: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edge {
    party: String,
    #[serde(default = "member")]
    how: String,
    #[serde(default)]
    cited: String,
}

fn member() -> String {
    "member".to_owned()
}

impl From<Edge> for Membership {
    fn from(edge: Edge) -> Self {
        Self { party: PartyId::new(edge.party), how: edge.how, cited: edge.cited }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Rows {
    state: Vec<Row>,
    party: Vec<Row>,
    alliance: Vec<Row>,
    agency: Vec<Row>,
    outlet: Vec<Row>,
}

/// `bodies.toml`: what every state has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bodies {
    /// Kinds of bodies.
    pub(crate) kind: Vec<BodyKind>,
    /// Words for the government as a whole.
    pub(crate) government: Government,
    named: Vec<Named>,
}

/// A kind of body ("defence ministry").
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BodyKind {
    /// Last part of its id.
    pub(crate) key: String,
    /// What it is called after the state's adjective.
    pub(crate) name: String,
    kind: String,
    /// Words for it.
    pub(crate) nouns: Vec<String>,
    /// Key of the wider body.
    #[serde(default)]
    pub(crate) part_of: Option<String>,
}

impl BodyKind {
    /// Its kind of party.
    pub(crate) fn kind(&self) -> PartyKind {
        PartyKind::from_name(&self.kind).unwrap_or(PartyKind::GovernmentBody)
    }
}

/// Words for the government as a whole.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Government {
    /// The words.
    pub(crate) nouns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    of: String,
    key: String,
    names: Vec<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    part_of: Option<String>,
}

/// A row of a user's file, ready to be merged.
pub(super) struct UserRow {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) demonyms: Vec<String>,
    pub(super) metonyms: Vec<String>,
    pub(super) domains: Vec<String>,
    pub(super) member_of: Vec<Membership>,
}

/// Reads a user's file; only `[[party]]` rows with whole ids.
pub(super) fn user(text: &str) -> Result<Vec<UserRow>, PartyFileError> {
    let rows: Rows = toml::from_str(text).map_err(|error| PartyFileError::Syntax(error.to_string()))?;
    Ok(rows
        .party
        .into_iter()
        .map(|row| UserRow {
            id: row.id,
            name: row.name,
            kind: row.kind,
            aliases: row.aliases,
            demonyms: row.demonyms,
            metonyms: row.metonyms,
            domains: row.domains,
            member_of: row.member_of.into_iter().map(Membership::from).collect(),
        })
        .collect())
}

/// The bodies, parsed once.
pub(crate) fn bodies() -> &'static Bodies {
    static BODIES: OnceLock<Bodies> = OnceLock::new();
    BODIES.get_or_init(|| {
        toml::from_str(include_str!("../../data/parties/bodies.toml")).unwrap_or(Bodies {
            kind: Vec::new(),
            government: Government { nouns: Vec::new() },
            named: Vec::new(),
        })
    })
}

/// The shipped rows as parties, in file order; a file that cannot be read gives none (a test reads each).
pub(super) fn shipped() -> Vec<Party> {
    let mut parties = Vec::new();
    let names: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../data/parties/state-names.toml")).unwrap_or_default();
    for mut row in rows(include_str!("../../data/parties/states.toml")).state {
        row.aliases.extend(names.get(&row.id).into_iter().flatten().cloned());
        parties.push(party(row, "state:", PartyKind::State));
    }
    for named in &bodies().named {
        parties.push(named_body(named));
    }
    let groups = rows(include_str!("../../data/parties/groups.toml")).party;
    parties.extend(groups.into_iter().map(|row| party(row, "group:", PartyKind::ArmedGroup)));
    let international = rows(include_str!("../../data/parties/bodies-international.toml")).party;
    parties.extend(international.into_iter().map(|row| party(row, "int:", PartyKind::International)));
    let monitors = rows(include_str!("../../data/parties/monitors.toml")).party;
    parties.extend(monitors.into_iter().map(|row| party(row, "ngo:", PartyKind::Ngo)));
    let outlets = rows(include_str!("../../data/parties/outlets.toml"));
    parties.extend(outlets.agency.into_iter().map(|row| party(row, "agency:", PartyKind::Agency)));
    parties.extend(outlets.outlet.into_iter().map(|row| party(row, "outlet:", PartyKind::Outlet)));
    for mut row in rows(include_str!("../../data/parties/alliances.toml")).alliance {
        let members = std::mem::take(&mut row.members);
        let cited = row.cited.take().unwrap_or_default();
        let how = row.how.take().unwrap_or_else(member);
        let alliance = party(row, "alliance:", PartyKind::Alliance);
        for id in members {
            let id = if id.contains(':') { PartyId::new(id) } else { PartyId::new(format!("state:{id}")) };
            if let Some(one) = parties.iter_mut().find(|party| party.id == id) {
                one.member_of.push(Membership { party: alliance.id.clone(), how: how.clone(), cited: cited.clone() });
            }
        }
        parties.push(alliance);
    }
    merge(parties)
}

fn rows(text: &str) -> Rows {
    toml::from_str(text).unwrap_or_default()
}

/// One party per id: rows of the same id (several `[[named]]` of one body) add up.
fn merge(parties: Vec<Party>) -> Vec<Party> {
    let mut by_id: BTreeMap<PartyId, Party> = BTreeMap::new();
    for party in parties {
        if let Some(first) = by_id.get_mut(&party.id) {
            first.aliases.push(party.name);
            first.aliases.extend(party.aliases);
            first.member_of.extend(party.member_of);
        } else {
            by_id.insert(party.id.clone(), party);
        }
    }
    by_id.into_values().collect()
}

fn party(row: Row, prefix: &str, kind: PartyKind) -> Party {
    let kind = row.kind.as_deref().and_then(PartyKind::from_name).unwrap_or(kind);
    let mut member_of: Vec<Membership> = row.member_of.into_iter().map(Membership::from).collect();
    let link = |party: String, cited: &str| Membership {
        party: PartyId::new(party),
        how: "body".to_owned(),
        cited: cited.to_owned(),
    };
    if let Some(state) = row.state {
        member_of.push(link(format!("state:{state}"), "state-run, own imprint"));
    }
    if let Some(group) = row.group {
        member_of.push(link(format!("group:{group}"), "run by the group"));
    }
    if let Some(wider) = row.part_of {
        member_of.push(link(format!("{prefix}{wider}"), "by its founding document"));
    }
    Party {
        id: PartyId::new(format!("{prefix}{}", row.id)),
        name: row.name.unwrap_or_default(),
        kind,
        aliases: row.aliases,
        demonyms: row.demonyms,
        metonyms: row.metonyms,
        domains: row.domains,
        member_of,
    }
}

/// A `[[named]]` row: names of a body every state has (the name to show is then made by the loader), or of one of its own.
fn named_body(named: &Named) -> Party {
    let state = PartyId::new(format!("state:{}", named.of));
    let generic = bodies().kind.iter().find(|kind| kind.key == named.key);
    let mut names = named.names.iter().cloned();
    let name = if generic.is_some() { String::new() } else { names.next().unwrap_or_default() };
    let of = named.part_of.as_ref().map_or(state.clone(), |wider| super::body_id(&state, wider));
    let kind = generic.map_or(PartyKind::GovernmentBody, BodyKind::kind);
    Party {
        id: super::body_id(&state, &named.key),
        name,
        kind: named.kind.as_deref().and_then(PartyKind::from_name).unwrap_or(kind),
        aliases: names.collect(),
        demonyms: Vec::new(),
        metonyms: Vec::new(),
        domains: Vec::new(),
        member_of: if generic.is_some() {
            Vec::new()
        } else {
            vec![Membership { party: of, how: "body".to_owned(), cited: "by its name".to_owned() }]
        },
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_can_be_read() {
        for text in [
            include_str!("../../data/parties/states.toml"),
            include_str!("../../data/parties/groups.toml"),
            include_str!("../../data/parties/bodies-international.toml"),
            include_str!("../../data/parties/monitors.toml"),
            include_str!("../../data/parties/outlets.toml"),
            include_str!("../../data/parties/alliances.toml"),
        ] {
            toml::from_str::<Rows>(text).unwrap();
        }
        toml::from_str::<Bodies>(include_str!("../../data/parties/bodies.toml")).unwrap();
        toml::from_str::<BTreeMap<String, Vec<String>>>(include_str!("../../data/parties/state-names.toml")).unwrap();
        assert!(!bodies().kind.is_empty());
    }
}
