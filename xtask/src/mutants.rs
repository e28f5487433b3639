//! Would a test notice if the decision core decided otherwise?
//!
//! `cargo-mutants` changes one thing of the core at a time (a comparison turned round, a function that answers always the
//! same) and runs the tests of the comparison on each; what no test notices is listed. Settings and the list of files:
//! `.cargo/mutants.toml`. A mutant that changes nothing stands in `eval/core.toml` with its reason. Run on demand, since some
//! thousand builds take hours on two cores.

use crate::decision::{self, EXCEPTIONS};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Share of the viable mutants that tests must notice.
const WANTED: f64 = 0.9;
/// Share of the random cases of the property tests that each mutant is tried with.
const CASES: &str = "0.05";

/// Mutates all files of the core, or those whose names hold one of the words; `report` alone reads what the last run left.
pub(crate) fn run(root: &Path, words: &[&str]) -> bool {
    match measure(root, words) {
        Ok(enough) => enough,
        Err(why) => {
            eprintln!("mutants: {why}");
            false
        }
    }
}

fn measure(root: &Path, words: &[&str]) -> Result<bool, String> {
    let files = decision::files(root)?;
    let exceptions = decision::exceptions(root, "equivalent", "mutant")?;
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    if words != ["report"] {
        let there = Command::new("cargo").args(["mutants", "--version"]).output();
        if !there.is_ok_and(|output| output.status.success()) {
            return Err("no cargo-mutants here: `cargo install cargo-mutants --locked`".to_owned());
        }
        let mut command = Command::new("cargo");
        command.args(["mutants", "--package", "rashomon-compare", "--jobs", "1", "--colors", "never", "--output"]);
        command.arg(&folder).current_dir(root).env("RASHOMON_CASES", CASES);
        // each run has a folder of its own to build in
        command.env_remove("CARGO_TARGET_DIR").env("CARGO_INCREMENTAL", "1");
        for file in files.iter().filter(|file| words.iter().any(|word| file.contains(word))) {
            // `--file` would add to the globs of `.cargo/mutants.toml`; a pattern on the mutants' names narrows them
            command.args(["--re", &format!("^{}:", file.replace('.', "\\."))]);
        }
        // it fails where a mutant is missed, which is looked at below
        command.status().map_err(|error| format!("cargo does not start: {error}"))?;
    }
    report(&folder.join("mutants.out"), &exceptions)
}

/// Outcomes of one file's mutants.
#[derive(Default)]
struct Tally {
    killed: usize,
    missed: usize,
    equivalent: usize,
}

/// Prints the table by file and what was missed; whether enough was noticed.
fn report(folder: &Path, exceptions: &[decision::Exception]) -> Result<bool, String> {
    let lines = |name: &str| -> Result<Vec<String>, String> {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(text.lines().map(str::to_owned).collect())
    };
    let file = |mutant: &str| mutant.split(':').next().unwrap_or_default().to_owned();
    let mut by_file: BTreeMap<String, Tally> = BTreeMap::new();
    // what never ends is noticed too
    for mutant in lines("caught.txt")?.iter().chain(&lines("timeout.txt")?) {
        by_file.entry(file(mutant)).or_default().killed += 1;
    }
    let missed = lines("missed.txt")?;
    for mutant in &missed {
        let tally = by_file.entry(file(mutant)).or_default();
        tally.missed += 1;
        let known = exceptions.iter().find(|one| one.file == file(mutant) && mutant.contains(&one.what));
        match known {
            Some(known) => {
                tally.equivalent += 1;
                println!("changes nothing: {mutant} ({})", known.reason);
            }
            None => println!("missed: {mutant}"),
        }
    }
    for one in exceptions {
        let looked_at = by_file.contains_key(&one.file);
        if looked_at && !missed.iter().any(|mutant| file(mutant) == one.file && mutant.contains(&one.what)) {
            println!("{EXCEPTIONS}: not missed any more: {}: {}", one.file, one.what);
        }
    }
    println!("{:<44}{:>8}{:>8}{:>12}{:>8}", "file", "killed", "missed", "equivalent", "%");
    let mut all = Tally::default();
    for (file, tally) in &by_file {
        print_row(file.trim_start_matches("crates/rashomon-compare/src/"), tally);
        all.killed += tally.killed;
        all.missed += tally.missed;
        all.equivalent += tally.equivalent;
    }
    print_row("all", &all);
    println!("not viable (do not compile): {}", lines("unviable.txt")?.len());
    Ok(share(&all) >= WANTED)
}

/// Of all viable mutants, those that change nothing included.
fn share(tally: &Tally) -> f64 {
    tally.killed as f64 / (tally.killed + tally.missed).max(1) as f64
}

fn print_row(name: &str, tally: &Tally) {
    let Tally { killed, missed, equivalent } = tally;
    println!("{name:<44}{killed:>8}{missed:>8}{equivalent:>12}{:>8.1}", 100.0 * share(tally));
}
