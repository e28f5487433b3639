//! What did a new account change? Two dossiers compared by their JSON: what came in, what moved, and by which claim or rule.
//!
//! [`diff`] takes two dossiers as the contract has them (so one written by an earlier version will do), finds the incidents
//! of the one in the other by the claims they share, and gives a [`Diff`]; [`json`] and [`text`] show it. Ids of documents and
//! claims rest on content, so what both dossiers read is known to be the same.
//!
//! ```
//! use serde_json::json;
//! let empty = json!({"documents": [], "claims": [], "incidents": []});
//! let found = rashomon_dossier::diff::diff(&empty, &empty);
//! assert!(found.is_empty());
//! assert_eq!(rashomon_dossier::diff::text(&found), "nothing changed\n");
//! ```

mod incident;
mod show;

use incident::{IncidentDiff, incidents};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub use show::text;

/// What changed from one dossier to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    schema: &'static str,
    /// Accounts that came in, and that are gone.
    documents: Change<Named>,
    /// Voices behind an answer, by name.
    origins: Change<String>,
    /// Claims.
    claims: Change<ClaimNamed>,
    /// Decisions of people.
    judgements: Change<String>,
    /// Who repeats whom.
    dependences: Change<Edge>,
    /// Incidents, in the new dossier's order, the gone last.
    incidents: Vec<IncidentDiff>,
}

impl Diff {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
            && self.origins.is_empty()
            && self.claims.is_empty()
            && self.judgements.is_empty()
            && self.dependences.is_empty()
            && self.incidents.is_empty()
    }
}

/// What came in and what is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Change<T> {
    added: Vec<T>,
    removed: Vec<T>,
}

impl<T: Ord + Clone> Change<T> {
    fn between(old: &BTreeSet<T>, new: &BTreeSet<T>) -> Self {
        Self { added: new.difference(old).cloned().collect(), removed: old.difference(new).cloned().collect() }
    }
}

impl<T> Change<T> {
    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// Something with an id and a name to show.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Named {
    id: String,
    name: String,
}

/// A claim with whose it is and its first words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct ClaimNamed {
    id: String,
    document: String,
    by: String,
    quote: String,
}

/// A dependence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Edge {
    from: String,
    to: String,
    kind: String,
}

/// The text under a key; empty where there is none.
pub(crate) fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

/// The list under a key; empty where there is none.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The texts of the list under a key.
pub(crate) fn words<'a>(value: &'a Value, key: &str) -> BTreeSet<&'a str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

/// Claims of a dossier by id.
pub(crate) type Claims<'a> = BTreeMap<&'a str, &'a Value>;

fn claims(dossier: &Value) -> Claims<'_> {
    list(dossier, "claims").iter().map(|claim| (word(claim, "id"), claim)).collect()
}

/// Publisher, else title, else path.
fn label(doc: &Value) -> String {
    let path = doc.get("capture").map_or("", |capture| word(capture, "origin"));
    let found = [word(doc, "publisher"), word(doc, "title"), path].into_iter().find(|name| !name.trim().is_empty());
    crate::index::shorten(found.unwrap_or_else(|| word(doc, "id")), 60)
}

/// A claim with its words.
pub(crate) fn named(id: &str, claims: &Claims<'_>, labels: &BTreeMap<String, String>) -> ClaimNamed {
    let claim = claims.get(id).copied().unwrap_or(&Value::Null);
    let last = list(claim, "attribution").last().map(|link| word(link, "name").to_owned());
    let document = word(claim, "document").to_owned();
    let own = labels.get(&document).cloned().unwrap_or_default();
    let quote = list(claim, "anchors").first().map_or("", |anchor| word(anchor, "quote"));
    ClaimNamed {
        id: id.to_owned(),
        by: last.filter(|name| !name.is_empty()).unwrap_or(own),
        quote: crate::index::shorten(&crate::safe::one_line(quote), 120),
        document,
    }
}

/// Compares two dossiers.
#[must_use]
pub fn diff(old: &Value, new: &Value) -> Diff {
    let labels: BTreeMap<String, String> = [old, new]
        .into_iter()
        .flat_map(|dossier| list(dossier, "documents"))
        .map(|doc| (word(doc, "id").to_owned(), label(doc)))
        .collect();
    let documents = |dossier| -> BTreeSet<Named> {
        list(dossier, "documents")
            .iter()
            .map(|doc| word(doc, "id").to_owned())
            .map(|id| Named { name: labels.get(&id).cloned().unwrap_or_default(), id })
            .collect()
    };
    let origins = |dossier| -> BTreeSet<String> {
        list(dossier, "incidents")
            .iter()
            .flat_map(|incident| list(incident, "questions"))
            .flat_map(|question| list(question, "positions"))
            .flat_map(|position| words(position, "origins"))
            .map(str::to_owned)
            .collect()
    };
    let edges = |dossier| -> BTreeSet<Edge> {
        let text = |edge, key| word(edge, key).to_owned();
        list(dossier, "dependences")
            .iter()
            .map(|edge| Edge { from: text(edge, "from"), to: text(edge, "to"), kind: text(edge, "kind") })
            .collect()
    };
    let decided = |dossier| -> BTreeSet<String> {
        list(dossier, "judgements").iter().map(|made| format!("{} {}", word(made, "id"), word(made, "kind"))).collect()
    };
    let (before, after) = (claims(old), claims(new));
    let known: BTreeSet<&str> = before.keys().copied().collect();
    let now: BTreeSet<&str> = after.keys().copied().collect();
    Diff {
        schema: "rashomon/diff/1",
        documents: Change::between(&documents(old), &documents(new)),
        origins: Change::between(&origins(old), &origins(new)),
        claims: Change {
            added: now.difference(&known).map(|id| named(id, &after, &labels)).collect(),
            removed: known.difference(&now).map(|id| named(id, &before, &labels)).collect(),
        },
        judgements: Change::between(&decided(old), &decided(new)),
        dependences: Change::between(&edges(old), &edges(new)),
        incidents: incidents(old, new, &before, &after, &labels),
    }
}

/// The difference as `rashomon/diff/1`, pretty-printed, with a newline at the end.
#[must_use]
pub fn json(found: &Diff) -> String {
    let mut text = serde_json::to_string_pretty(found).unwrap_or_else(|_| "{}".into());
    text.push('\n');
    text
}
