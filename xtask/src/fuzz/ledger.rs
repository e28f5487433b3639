//! How long has each target run, all sessions together? The ledger `fuzz/runs.toml`.
//!
//! A line is what one engine did with one target on one day at one commit; runs of the same four are added up. The file is locked
//! while it is changed, so that two runs may write at once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// CPU seconds asked of every target before a release.
pub(super) const ASKED: u64 = 3600;
/// The file, below the project.
const FILE: &str = "fuzz/runs.toml";
/// What stands above the lines.
const HEAD: &str = "\
# What the fuzz targets have run, written by `cargo xtask fuzz`; `cargo xtask fuzz ledger` adds it up.
# engine: libFuzzer (guided by coverage) or loop (guided by what came out); cpu_seconds: of user and system; inputs: how many were run;
# edges: code edges reached at the end, by libFuzzer's count (0 for the loop); findings: crashes, hangs and inputs that took
# too much memory, each mended afterwards. Times are UTC.
";

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) target: String,
    pub(super) engine: String,
    pub(super) date: String,
    pub(super) commit: String,
    pub(super) cpu_seconds: u64,
    pub(super) inputs: u64,
    pub(super) edges: u64,
    pub(super) findings: u64,
}

#[derive(Default, Deserialize)]
struct Ledger {
    #[serde(default)]
    runs: Vec<Run>,
}

/// The lines of a ledger.
fn read(text: &str) -> Result<Vec<Run>, String> {
    toml::from_str::<Ledger>(text).map(|ledger| ledger.runs).map_err(|error| format!("{FILE}: {error}"))
}

/// A ledger of these lines, sorted.
fn write(runs: &[Run]) -> String {
    let mut runs: Vec<&Run> = runs.iter().collect();
    runs.sort();
    let line = |run: &Run| {
        format!(
            "    {{ target = \"{}\", engine = \"{}\", date = \"{}\", commit = \"{}\", cpu_seconds = {}, inputs = {}, edges = {}, findings = {} }},\n",
            run.target, run.engine, run.date, run.commit, run.cpu_seconds, run.inputs, run.edges, run.findings
        )
    };
    format!("{HEAD}runs = [\n{}]\n", runs.into_iter().map(line).collect::<String>())
}

/// Adds a run to the lines: to the line of the same target, engine, day and commit where there is one.
fn join(runs: &mut Vec<Run>, run: Run) {
    let same = |old: &&mut Run| {
        (&old.target, &old.engine, &old.date, &old.commit) == (&run.target, &run.engine, &run.date, &run.commit)
    };
    match runs.iter_mut().find(same) {
        Some(old) => {
            old.cpu_seconds += run.cpu_seconds;
            old.inputs += run.inputs;
            old.edges = old.edges.max(run.edges);
            old.findings += run.findings;
        }
        None => runs.push(run),
    }
}

/// Adds a run to the file.
pub(super) fn add(root: &Path, run: Run) -> Result<(), String> {
    let path = root.join(FILE);
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    file.lock().map_err(failed)?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(failed)?;
    let mut runs = read(&text)?;
    join(&mut runs, run);
    file.rewind().map_err(failed)?;
    file.set_len(0).map_err(failed)?;
    file.write_all(write(&runs).as_bytes()).map_err(failed)
}

/// `cargo xtask fuzz ledger`: a line a target, what has been run of what is asked; false if the file cannot be read.
pub(super) fn print(root: &Path, targets: &[&str]) -> bool {
    let text = std::fs::read_to_string(root.join(FILE)).unwrap_or_default();
    let runs = match read(&text) {
        Ok(runs) => runs,
        Err(why) => {
            eprintln!("fuzz: {why}");
            return false;
        }
    };
    let mut sums: BTreeMap<&str, Run> = targets.iter().map(|name| (*name, Run::default())).collect();
    for run in &runs {
        let sum = sums.entry(&run.target).or_default();
        sum.cpu_seconds += run.cpu_seconds;
        sum.inputs += run.inputs;
        sum.edges = sum.edges.max(run.edges);
        sum.findings += run.findings;
    }
    println!("{:<12}{:>8}{:>8}{:>14}{:>8}{:>10}", "target", "CPU s", "asked", "inputs", "edges", "findings");
    for (name, sum) in &sums {
        let share = format!("{} %", sum.cpu_seconds * 100 / ASKED);
        println!("{name:<12}{:>8}{share:>8}{:>14}{:>8}{:>10}", sum.cpu_seconds, sum.inputs, sum.edges, sum.findings);
    }
    let of = |what: fn(&Run) -> u64| sums.values().map(what).sum::<u64>();
    println!(
        "{:<12}{:>8}{:>8}{:>14}{:>8}{:>10}",
        "all",
        of(|r| r.cpu_seconds),
        "",
        of(|r| r.inputs),
        "",
        of(|r| r.findings)
    );
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_a_day_add_up() {
        let run = |target: &str, cpu_seconds, edges| Run {
            target: target.into(),
            engine: "loop".into(),
            cpu_seconds,
            edges,
            ..Run::default()
        };
        let mut runs = vec![run("page", 10, 5)];
        join(&mut runs, run("page", 5, 4));
        join(&mut runs, run("mail", 1, 0));
        let back = read(&write(&runs)).unwrap();
        assert_eq!(back, [run("mail", 1, 0), run("page", 15, 5)]);
        assert_eq!(read("").unwrap(), []);
    }

    #[test]
    fn the_shipped_ledger_is_read() {
        let text = std::fs::read_to_string(crate::root().join(FILE)).unwrap();
        let runs = read(&text).unwrap();
        assert_eq!(write(&runs), text, "written by hand?");
    }
}
