//! Are articles of one incident brought together, and only those?
//!
//! Input: `bench/incidents` (see its README). Title, text, site and day of publication go through the product's own
//! pipeline, rules alone (`--speed fast`); a document's cluster is that of its main incident, the first its text tells of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use rashomon::pipeline;
use rashomon::progress::Progress;
use rashomon::resources::{Loaded, ReaderChoice};
use rashomon_ingest::Input;
use rashomon_ingest::read::{Given, MediaType};
use rashomon_model::assessment::Profile;
use rashomon_model::case::Case;
use rashomon_model::id::DocumentId;
use rashomon_model::incident::{Account, Incident};
use serde_json::Value;

use super::Figures;
use super::clusters::{self, Scores};
use super::sets::lines;

/// One document of the set: its id and the incidents it is filed under.
pub(super) struct Filed {
    /// Id.
    pub(super) id: String,
    /// Incidents; never empty.
    pub(super) incidents: BTreeSet<String>,
}

/// A row as the pipeline's input.
fn input(row: &Value) -> Input {
    let field = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned).filter(|v| !v.is_empty());
    let given = Given {
        id: field("id"),
        title: field("title"),
        url: None,
        publisher: field("site"),
        published: field("published"),
        byline: None,
    };
    let name = given.id.clone().unwrap_or_default();
    let mut input = Input::new(&name, MediaType::Plain, field("text").unwrap_or_default().into_bytes());
    input.charset = Some("utf-8".to_owned());
    input.given = given;
    input
}

/// The case of all documents of the set, read once a run: two tasks measure on it.
pub(super) fn case(folder: &Path) -> Result<&'static (Case, Vec<Filed>), String> {
    static READ: OnceLock<Result<(Case, Vec<Filed>), String>> = OnceLock::new();
    READ.get_or_init(|| read(folder)).as_ref().map_err(Clone::clone)
}

/// Rules alone, nothing compared yet.
fn read(folder: &Path) -> Result<(Case, Vec<Filed>), String> {
    let rows = lines(&folder.join("documents.jsonl.gz"))?;
    let filed = rows
        .iter()
        .map(|row| Filed {
            id: row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned(),
            incidents: row
                .get("incident")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        })
        .collect();
    let inputs = rows.iter().map(input).collect();
    let resources = Loaded::new(&[], &[], ReaderChoice::Fast).map_err(|e| e.to_string())?;
    let reading = pipeline::read(inputs, Vec::new(), &resources, &Progress::new(0, true));
    let how = pipeline::Assessing { title: "incidents".to_owned(), profile: Profile::Airwars, judgements: Vec::new() };
    Ok((pipeline::assemble(reading, how, &resources), filed))
}

/// The incident each document leads with: the occurrence whose claim stands first in it.
pub(super) fn main_incidents<'a>(
    case: &Case,
    incidents: &'a [(Incident, Vec<Account>)],
) -> BTreeMap<DocumentId, &'a Incident> {
    let place: BTreeMap<_, u32> = case.claims.iter().map(|claim| (&claim.id, claim.cover().start)).collect();
    let mut first: BTreeMap<DocumentId, ((bool, u32), &Incident)> = BTreeMap::new();
    for (incident, accounts) in incidents {
        for account in accounts {
            let start = account.claims.iter().filter_map(|claim| place.get(claim)).min().copied().unwrap_or(u32::MAX);
            let key = (incident.container, start);
            let entry = first.entry(account.document.clone()).or_insert((key, incident));
            if key < entry.0 {
                *entry = (key, incident);
            }
        }
    }
    first.into_iter().map(|(document, (_, incident))| (document, incident)).collect()
}

/// B-cubed, pairwise F1, adjusted Rand index, mixed clusters, and the count check.
pub(super) fn measure(folder: &Path) -> Result<Figures, String> {
    let (case, filed) = case(folder)?;
    let incidents = pipeline::incidents(case);
    let main = main_incidents(case, &incidents);
    let by_given: BTreeMap<&str, &DocumentId> =
        case.documents.iter().filter_map(|doc| Some((doc.given_id.as_deref()?, &doc.id))).collect();
    let given: Vec<String> = filed
        .iter()
        .map(|doc| {
            let incident = by_given.get(doc.id.as_str()).and_then(|id| main.get(*id));
            incident.map_or_else(|| format!("alone {}", doc.id), |incident| incident.id.to_string())
        })
        .collect();
    let gold: Vec<&BTreeSet<String>> = filed.iter().map(|doc| &doc.incidents).collect();
    let Scores { bcubed, pairwise, rand, mixed, mixed_of_many } = clusters::overlapping(&given, &gold);
    let told = given.iter().filter(|name| !name.starts_with("alone")).count() as f64 / given.len().max(1) as f64;
    Ok([
        ("bcubed.precision", bcubed.precision),
        ("bcubed.recall", bcubed.recall),
        ("bcubed.f1", bcubed.f1()),
        ("pairwise.precision", pairwise.precision),
        ("pairwise.recall", pairwise.recall),
        ("pairwise.f1", pairwise.f1()),
        ("adjusted_rand", rand),
        ("unmixed", 1.0 - mixed),
        ("unmixed_of_many", 1.0 - mixed_of_many),
        ("with_incident", told),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect())
}
