//! What do the documents say? `rashomon claims` and `rashomon analyze`, and the reading all commands share.

use super::{DONE, LEFT_OUT, NOTHING, print};
use crate::cli::{AnalyzeArgs, ClaimsArgs, Inputs, Speed};
use crate::pipeline::{self, Assessing, Reading};
use crate::progress::Progress;
use crate::resources::{Loaded, ReaderChoice};
use rashomon_model::assessment::Profile;
use std::path::{Path, PathBuf};

/// Reads all inputs, names what was left out on standard error, and gives the exit code so far; `None` if nothing was read.
///
/// # Errors
/// If a table given by the user cannot be used.
pub fn read(inputs: &Inputs) -> anyhow::Result<(Loaded, Option<Reading>, u8)> {
    let resources = Loaded::new(
        &with_own(&inputs.gazetteer, &inputs.paths, "gazetteer"),
        &with_own(&inputs.parties, &inputs.paths, "parties"),
        match (&inputs.weights, inputs.speed) {
            (Some(file), _) => ReaderChoice::File(file),
            (None, Speed::Accurate) => ReaderChoice::Shipped,
            (None, Speed::Fast) => ReaderChoice::Rules,
        },
    )?;
    let (found, refusals) = rashomon_ingest::read::inputs(&inputs.paths);
    let progress = Progress::new(found.len() * 2, inputs.quiet);
    let reading = pipeline::read(found, refusals, &resources, &progress);
    drop(progress);
    for refusal in reading.refusals.iter().filter(|refusal| refusal.left_out()) {
        eprintln!("left out: {refusal}");
    }
    let passed = reading.refusals.iter().filter(|refusal| !refusal.left_out()).count();
    let tables = inputs.paths.iter().filter(|path| path.is_dir()).map(|path| own_tables(path).len()).sum::<usize>();
    if passed > tables && !inputs.quiet {
        eprintln!("note: {} files of other kinds passed over", passed - tables);
    }
    if reading.documents.is_empty() {
        eprintln!("error: nothing could be read\n  hint: give files or folders with .txt, .md, .html, .json or .jsonl");
        return Ok((resources, None, NOTHING));
    }
    let code = if reading.refusals.iter().any(rashomon_ingest::Refusal::left_out) { LEFT_OUT } else { DONE };
    Ok((resources, Some(reading), code))
}

/// Names of the tables a folder may hold for itself.
const OWN_TABLES: [&str; 3] = ["gazetteer.csv", "gazetteer.geojson", "parties.toml"];

/// The tables that lie in a folder read.
fn own_tables(folder: &Path) -> Vec<PathBuf> {
    OWN_TABLES.iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect()
}

/// The tables named on the command line, after those of a kind that lie in the folders read.
fn with_own(named: &[PathBuf], paths: &[PathBuf], stem: &str) -> Vec<PathBuf> {
    let is = |path: &PathBuf| path.file_stem().is_some_and(|name| name == stem);
    paths.iter().flat_map(|path| own_tables(path)).filter(is).chain(named.iter().cloned()).collect()
}

/// `rashomon claims`.
///
/// # Errors
/// As [`read`], or if standard output cannot be written.
pub fn claims(args: &ClaimsArgs) -> anyhow::Result<u8> {
    let (resources, reading, code) = read(&args.inputs)?;
    let Some(reading) = reading else { return Ok(code) };
    let how = Assessing { title: "claims".into(), profile: Profile::Airwars };
    let case = pipeline::assemble(reading, how, &resources);
    let text = if args.json {
        rashomon_dossier::json::claims(&case, &crate::generator())
    } else if args.csv {
        rashomon_dossier::table::csv(&case)
    } else {
        rashomon_dossier::table::lines(&case, args.why)
    };
    print(&text)?;
    Ok(code)
}

/// `rashomon analyze`.
///
/// # Errors
/// As [`read`], or if standard output cannot be written.
pub fn analyze(args: &AnalyzeArgs) -> anyhow::Result<u8> {
    let (resources, reading, code) = read(&args.inputs)?;
    let Some(reading) = reading else { return Ok(code) };
    let how = Assessing { title: "analysis".into(), profile: Profile::Airwars };
    let case = pipeline::assemble(reading, how, &resources);
    print(&rashomon_dossier::json::analysis(&case.documents, &case.analyses, &crate::generator(), &case.models))?;
    Ok(code)
}
