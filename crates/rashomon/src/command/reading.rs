//! What do the documents say? `rashomon claims` and `rashomon analyze`, and the reading all commands share.

use super::{DONE, LEFT_OUT, NOTHING, print};
use crate::cli::{AnalyzeArgs, ClaimsArgs, Inputs};
use crate::pipeline::{self, Assessing, Reading};
use crate::progress::Progress;
use crate::resources::Loaded;
use rashomon_model::assessment::Profile;
use std::path::PathBuf;

/// Reads all inputs, names what was left out on standard error, and gives the exit code so far; `None` if nothing was read.
///
/// # Errors
/// If a table given by the user cannot be used.
pub fn read(inputs: &Inputs) -> anyhow::Result<(Loaded, Option<Reading>, u8)> {
    let resources = Loaded::new(
        &with_own(&inputs.gazetteer, &inputs.paths, &["gazetteer.csv", "gazetteer.geojson"]),
        &with_own(&inputs.parties, &inputs.paths, &["parties.toml"]),
    )?;
    let (found, refusals) = rashomon_ingest::read::inputs(&inputs.paths);
    let progress = Progress::new(found.len() * 2, inputs.quiet);
    let reading = pipeline::read(found, refusals, &resources, &progress);
    drop(progress);
    for refusal in &reading.refusals {
        eprintln!("left out: {refusal}");
    }
    if reading.documents.is_empty() {
        eprintln!("error: nothing could be read\n  hint: give files or folders with .txt, .md, .html, .json or .jsonl");
        return Ok((resources, None, NOTHING));
    }
    let code = if !reading.refusals.iter().any(rashomon_ingest::Refusal::left_out) { DONE } else { LEFT_OUT };
    Ok((resources, Some(reading), code))
}

/// The tables named on the command line, after those that lie in the folders read.
fn with_own(named: &[PathBuf], paths: &[PathBuf], names: &[&str]) -> Vec<PathBuf> {
    let own = paths.iter().flat_map(|path| names.iter().map(move |name| path.join(name))).filter(|path| path.is_file());
    own.chain(named.iter().cloned()).collect()
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
        String::new()
    } else {
        format!("{}", args.why)
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
