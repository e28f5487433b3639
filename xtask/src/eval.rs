//! How good is it? Measures every task on the evaluation sets and compares with `eval/floors.toml`.

mod alignment;
pub(crate) mod attribution;
mod bio;
mod clusters;
mod coreference;
mod counts;
mod dependence;
mod extraction;
mod incidents;
pub(crate) mod indomain;
mod likeness;
mod names;
mod places;
pub(crate) mod sets;
mod stance;
mod times;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rashomon_analyze::encoder::Encoder;
use rashomon_model::quantity::Outcome;

/// Figures a task measured, by name; shares and F1 values from 0 to 1.
pub(crate) type Figures = BTreeMap<String, f64>;

/// A task: its name, the folder it needs, and how it is measured.
struct Task {
    name: &'static str,
    /// Under `--data`; one that starts with `eval/` lies in the repository.
    folder: &'static str,
    measure: fn(&Path) -> Result<Figures, String>,
}

/// All tasks, in the order of `bench/README.md`.
const TASKS: &[Task] = &[
    Task { name: "extraction", folder: "article-extraction", measure: extraction::pages },
    Task { name: "attribution", folder: "attribution", measure: measure_attribution },
    Task { name: "indomain", folder: "eval/indomain", measure: measure_indomain },
    Task { name: "names", folder: "names", measure: measure_names },
    Task { name: "places", folder: "places", measure: measure_places },
    Task { name: "times", folder: "times", measure: measure_times },
    Task { name: "counts", folder: "counts", measure: measure_counts },
    Task { name: "incidents", folder: "incidents", measure: incidents::measure },
    Task { name: "event-coreference", folder: "event-coreference", measure: coreference::measure },
    Task { name: "stance", folder: "stance", measure: stance::measure },
    Task { name: "alignment", folder: "alignment", measure: alignment::measure },
    Task { name: "dependence", folder: "incidents", measure: measure_dependence },
];

/// Copies; with `--errors` the pairs that are wrong, by id.
fn measure_dependence(folder: &Path) -> Result<Figures, String> {
    dependence::measure(folder, SHOW.load(Ordering::Relaxed))
}

/// Temporal expressions and their values.
fn measure_times(folder: &Path) -> Result<Figures, String> {
    let mut scored = times::Times::default();
    for item in sets::lines(&folder.join("tbaq.jsonl"))? {
        times::score(&item, &mut scored);
    }
    Ok(scored.figures().into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Killed and injured, as ranges.
fn measure_counts(folder: &Path) -> Result<Figures, String> {
    let mut outcomes = [Outcome::Killed, Outcome::Injured].map(|outcome| (outcome, counts::Counts::default()));
    let mut categories = BTreeMap::new();
    for item in sets::lines(&folder.join("incidents.jsonl"))? {
        let read = counts::read(&item);
        for (outcome, scored) in &mut outcomes {
            counts::score(&item, &read, *outcome, scored);
        }
        counts::score_categories(&item, &read, &mut categories);
    }
    let mut found = Figures::new();
    for (outcome, scored) in outcomes {
        found.extend(scored.figures().into_iter().map(|(name, value)| (format!("{outcome}.{name}"), value)));
    }
    for (category, scored) in categories {
        let of = |part: usize| part as f64 / scored.n.max(1) as f64;
        found.insert(format!("killed.by_category.{category}.exact"), of(scored.exact));
        found.insert(format!("killed.by_category.{category}.coverage"), of(scored.covered));
    }
    Ok(found)
}

/// Whether single errors are printed, where the set is ours (`--errors`).
static SHOW: AtomicBool = AtomicBool::new(false);

/// The shipped reader.
fn reader() -> Result<Encoder, String> {
    Encoder::load(rashomon_weights::READER).map_err(|e| e.to_string())
}

/// Who says what: the learned reader alone, and with the rules.
fn measure_attribution(folder: &Path) -> Result<Figures, String> {
    attribution::measure(folder, &reader()?)
}

/// Who says what in reports of contested events.
fn measure_indomain(folder: &Path) -> Result<Figures, String> {
    indomain::measure(folder, &reader()?, SHOW.load(Ordering::Relaxed))
}

/// Names, each set under its own scheme.
fn measure_names(folder: &Path) -> Result<Figures, String> {
    names::measure(folder, &reader()?)
}

/// Look-up of place names and reading of toponyms.
fn measure_places(folder: &Path) -> Result<Figures, String> {
    let gazetteer = rashomon_gazetteer::Gazetteer::builtin();
    let mut found = places::lookup(&folder.join("lookup.jsonl"), &gazetteer)?;
    for set in ["lgl", "geovirus"] {
        found.extend(places::corpus(&folder.join(format!("{set}.jsonl")), set, &gazetteer)?);
    }
    Ok(found)
}

/// How far below its floor a figure may fall before the run fails (measurement is deterministic; this is for rounding).
const TOLERANCE: f64 = 0.0005;

/// Runs `eval` with its arguments; false if a figure fell below its floor or could not be measured.
pub(crate) fn run(root: &Path, args: &[&str]) -> bool {
    let mut data: Option<PathBuf> = None;
    let mut only: Vec<String> = Vec::new();
    let mut raise = false;
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match (*arg, rest.clone().next()) {
            ("--data", Some(value)) => data = rest.next().map(|_| PathBuf::from(value)),
            ("--task", Some(value)) => only.extend(rest.next().map(|_| (*value).to_owned())),
            ("--raise", _) => raise = true,
            ("--errors", _) => SHOW.store(true, Ordering::Relaxed),
            _ => {
                eprintln!("eval: cannot make sense of {arg}; see cargo xtask");
                return false;
            }
        }
    }
    let path = root.join("eval/floors.toml");
    let mut floors: toml::Table = match std::fs::read_to_string(&path).map(|text| text.parse()) {
        Ok(Ok(table)) => table,
        other => {
            eprintln!("eval: cannot read {}: {other:?}", path.display());
            return false;
        }
    };
    let mut good = true;
    for task in TASKS.iter().filter(|task| only.is_empty() || only.iter().any(|name| name == task.name)) {
        let folder = match &data {
            _ if task.folder.starts_with("eval/") => root.join(task.folder),
            Some(data) => data.join(task.folder),
            None => {
                println!("{}: SKIPPED, name the evaluation sets with --data DIR", task.name);
                continue;
            }
        };
        good &= one(task, &folder, &mut floors, raise);
    }
    if raise {
        let text = format!("{}{floors}", head(&path));
        good &= std::fs::write(&path, text).is_ok();
    }
    good
}

/// The comment lines that open the floors file.
fn head(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().take_while(|line| line.starts_with('#') || line.is_empty()).map(|line| format!("{line}\n")).collect()
}

/// Measures one task and prints its figures beside their floors.
fn one(task: &Task, folder: &Path, floors: &mut toml::Table, raise: bool) -> bool {
    if !folder.is_dir() {
        println!("{}: SKIPPED, no {}", task.name, folder.display());
        return true;
    }
    let start = Instant::now();
    let figures = match (task.measure)(folder) {
        Ok(figures) => figures,
        Err(why) => {
            println!("{}: could not be measured: {why}", task.name);
            return false;
        }
    };
    let table = floors.entry(task.name).or_insert_with(|| toml::Value::Table(toml::Table::new()));
    let Some(table) = table.as_table_mut() else { return false };
    let mut good = true;
    println!("{} ({:.0} s)", task.name, start.elapsed().as_secs_f64());
    for (name, value) in &figures {
        let floor = table.get(name).and_then(toml::Value::as_float);
        let below = floor.is_some_and(|floor| *value < floor - TOLERANCE);
        good &= !below;
        let mark = match floor {
            Some(floor) if below => format!("BELOW its floor {floor:.3}"),
            Some(floor) => format!("floor {floor:.3}"),
            None => String::new(),
        };
        println!("  {name:<36} {value:>8.4}  {mark}");
        if raise && floor.is_some_and(|floor| *value > floor + 0.001) {
            table.insert(name.clone(), toml::Value::Float((value * 1000.0).floor() / 1000.0));
        }
    }
    for name in table.keys().filter(|name| !figures.contains_key(*name)) {
        println!("  {name:<36} has a floor but was not measured");
        good = false;
    }
    good
}
