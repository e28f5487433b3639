//! Are copies found, and only copies?
//!
//! Pairs of `bench/incidents` labelled by hand in `eval/dependence/labels.tsv` (its README says how) against what tracing finds
//! between them. A shared source of undirected wording counts as a copy found: only its direction is open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rashomon::pipeline;
use rashomon_model::dependence::{DependenceKind, Upstream};

use super::Figures;
use super::clusters::Pr;
use super::incidents;

/// Precision and recall of copies and of any dependence.
pub(super) fn measure(folder: &Path, show: bool) -> Result<Figures, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../eval/dependence/labels.tsv");
    let labels = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let (case, _) = incidents::case(folder)?;
    let found = pipeline::dependences(case, &pipeline::incidents(case));
    let given: BTreeMap<_, &str> =
        case.documents.iter().filter_map(|doc| Some((&doc.id, doc.given_id.as_deref()?))).collect();
    let mut why: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut copies: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut possible: BTreeSet<(&str, &str)> = BTreeSet::new();
    for edge in &found {
        let Upstream::Document(to) = &edge.to else { continue };
        let (Some(a), Some(b)) = (given.get(&edge.from), given.get(to)) else { continue };
        let pair = if a < b { (*a, *b) } else { (*b, *a) };
        why.insert(pair, &edge.because);
        match edge.kind {
            DependenceKind::Copies | DependenceKind::SharedSource => copies.insert(pair),
            DependenceKind::PossibleCopy => possible.insert(pair),
            DependenceKind::Credits => false,
        };
    }
    let (mut said, mut taken, mut whole, mut whole_found) = (0.0, 0.0, 0.0, 0.0);
    let (mut any, mut any_right, mut dependent) = (0.0, 0.0, 0.0);
    for line in labels.lines().skip(1) {
        let [a, b, label] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{}: not three columns: {line}", path.display()));
        };
        let pair = if a < b { (a, b) } else { (b, a) };
        let one = |yes: bool| if yes { 1.0 } else { 0.0 };
        let (copy, some) = (copies.contains(&pair), copies.contains(&pair) || possible.contains(&pair));
        let truly = label != "independent";
        if show && (copy && !truly || label == "copied" && !copy) {
            println!(
                "  {label}, found {}: {a} {b}: {}",
                if copy { "copied" } else { "not" },
                why.get(&pair).unwrap_or(&"")
            );
        }
        said += one(copy);
        taken += one(copy && truly);
        whole += one(label == "copied");
        whole_found += one(label == "copied" && copy);
        any += one(some);
        any_right += one(some && truly);
        dependent += one(truly);
    }
    let copied = Pr::of(taken, said, 0.0);
    let all = Pr::of(any_right, any, dependent);
    Ok([
        ("copies.precision", copied.precision),
        ("copies.recall_of_copied", if whole == 0.0 { 0.0 } else { whole_found / whole }),
        ("copies.found", said),
        ("any.precision", all.precision),
        ("any.recall", all.recall),
        ("any.f1", all.f1()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect())
}
