//! What do the documents say? `rashomon claims` and `rashomon analyze`, and the reading all commands share.

use super::case::{self, Kept};
use super::{DONE, LEFT_OUT, NOTHING, print};
use crate::cli::{AnalyzeArgs, ClaimsArgs, Inputs, Speed};
use crate::pipeline::{self, Assessing, Reading};
use crate::progress::Progress;
use crate::readings::Readings;
use crate::resources::{Loaded, ReaderChoice, Table};
use anyhow::Context as _;
use rashomon_dossier::safe::one_line;
use rashomon_model::assessment::Profile;
use rashomon_model::judgement::Judgement;
use rashomon_model::{Diagnostic, Severity};
use rashomon_store::Case;
use std::path::{Path, PathBuf};

/// Reads all inputs but the judgements files among them, names what was left out on standard error, and gives the exit code
/// so far; `None` if nothing was read.
///
/// # Errors
/// If a table given by the user cannot be used.
pub fn read(
    inputs: &Inputs,
    judgements: &[PathBuf],
    kept: Option<Kept>,
) -> anyhow::Result<(Loaded, Option<Reading>, u8)> {
    let resources = Loaded::new(
        &tables("gazetteer", &inputs.gazetteer, &inputs.paths, kept.as_ref())?,
        &tables("parties", &inputs.parties, &inputs.paths, kept.as_ref())?,
        match (&inputs.weights, inputs.speed) {
            (Some(file), _) => ReaderChoice::File(file),
            (None, Speed::Accurate) => ReaderChoice::Shipped,
            (None, Speed::Fast) => ReaderChoice::Fast,
        },
    )?;
    if !inputs.quiet {
        tell_unused(&inputs.paths, kept.as_ref());
    }
    let options = columns(inputs)?;
    let (opened, earlier, case) = match kept {
        Some(kept) => (kept.opened, kept.earlier, Some(kept.case)),
        None => (crate::fetch::gather(&inputs.paths, &options, &inputs.fetching), Vec::new(), None),
    };
    let readings = case.and_then(|case| Readings::of(&case, &resources, inputs.afresh));
    let (mut found, mut refusals) = (opened.inputs, opened.refusals);
    let aside = with_own(judgements, &inputs.paths, "judgements");
    found.retain(|input| !is_row_of(&input.origin, &aside));
    refusals.retain(|refusal| !is_row_of(&refusal.origin, &aside));
    let progress = Progress::new(found.len() * 2, inputs.quiet);
    let all = found.len();
    let mut reading = pipeline::read_with(found, refusals, &resources, &progress, readings.as_ref());
    reading.diagnostics.extend(case::changed(&earlier, &reading.documents));
    drop(progress);
    if let Some(used) = readings.map(|readings| readings.used()).filter(|used| *used > 0 && !inputs.quiet) {
        eprintln!("note: {used} of {all} reports were read before and are unchanged; --afresh reads them again");
    }
    for refusal in reading.refusals.iter().filter(|refusal| refusal.left_out()) {
        eprintln!("left out: {}", one_line(&refusal.to_string()));
    }
    let passed = reading.refusals.iter().filter(|refusal| !refusal.left_out()).count();
    let tables = inputs.paths.iter().filter(|path| path.is_dir()).map(|path| own_tables(path).len()).sum::<usize>();
    if passed > tables && !inputs.quiet {
        eprintln!("note: {} files of other kinds passed over", passed - tables);
    }
    if reading.documents.is_empty() {
        eprintln!("error: nothing could be read\n  hint: `rashomon explain R110` lists what is read");
        return Ok((resources, None, NOTHING));
    }
    let code = if reading.refusals.iter().any(rashomon_ingest::Refusal::left_out) { LEFT_OUT } else { DONE };
    Ok((resources, Some(reading), code))
}

/// Which column of a table holds what, as the user says.
fn columns(inputs: &Inputs) -> anyhow::Result<rashomon_ingest::open::Options> {
    let mut options = rashomon_ingest::open::Options::default();
    for choice in &inputs.column {
        options.columns.add(choice).map_err(|reason| anyhow::anyhow!("--column {reason}"))?;
    }
    Ok(options)
}

/// Names of the tables a folder may hold for itself.
pub(crate) const OWN_TABLES: [&str; 4] = ["gazetteer.csv", "gazetteer.geojson", "parties.toml", JUDGEMENTS];

/// The judgements file a folder may hold for itself.
const JUDGEMENTS: &str = "judgements.jsonl";

/// Tables and decisions that lie in a folder.
fn lying_in(folder: &Path) -> Vec<PathBuf> {
    OWN_TABLES.iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect()
}

/// The tables that lie in a folder read. A case's own are those its log speaks of, not what somebody laid beside it.
fn own_tables(folder: &Path) -> Vec<PathBuf> {
    if Case::is_case(folder) { Vec::new() } else { lying_in(folder) }
}

/// Says which files in a case's folder look like its tables and are not used, nor taken in.
fn tell_unused(paths: &[PathBuf], kept: Option<&Kept>) {
    let taken_in = |path: &PathBuf| {
        let tables = || kept.iter().flat_map(|kept| &kept.tables);
        std::fs::read(path).is_ok_and(|bytes| tables().any(|table| table.bytes == bytes))
    };
    let lying = paths.iter().filter(|path| Case::is_case(path)).flat_map(|path| lying_in(path));
    for path in lying.filter(|path| !taken_in(path)) {
        let shown = one_line(&path.display().to_string());
        eprintln!(
            "note: {shown} is not used: no entry of the case speaks of it; `rashomon add` takes it in, by name or with a folder that holds it"
        );
    }
}

/// Whether the origin is one of these files, or a row of one.
fn is_row_of(origin: &str, files: &[PathBuf]) -> bool {
    let file = origin.split_once('#').filter(|(file, _)| !Path::new(origin).is_file() && Path::new(file).is_file());
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let own = real(Path::new(file.map_or(origin, |(file, _)| file)));
    files.iter().any(|path| real(path) == own)
}

/// What people decided, in the files named after those that lie in the folders read; rows that cannot be used are named on
/// standard error and noted as diagnostics.
///
/// # Errors
/// If a file cannot be read.
pub fn judgements(
    named: &[PathBuf],
    paths: &[PathBuf],
    kept: Option<&Kept>,
) -> anyhow::Result<(Vec<Judgement>, Vec<Diagnostic>)> {
    let mut all: Vec<Judgement> = Vec::new();
    let mut bad: Vec<Diagnostic> = Vec::new();
    for Table { name: file, bytes } in tables("judgements", named, paths, kept)? {
        let text = String::from_utf8(bytes).with_context(|| format!("cannot read judgements from {file}"))?;
        let read = rashomon_store::judgement::parse(&text, &file);
        for row in read.bad {
            eprintln!("left out: {}", one_line(&row.to_string()));
            bad.push(unusable(&row.to_string()));
        }
        for judgement in read.judgements {
            match all.iter().find(|known| known.id == judgement.id) {
                Some(known) if *known == judgement => {}
                Some(_) => {
                    let why = format!("{file}: the id {} is taken by another file's decision", judgement.id);
                    eprintln!("left out: {}", one_line(&why));
                    bad.push(unusable(&why));
                }
                None => all.push(judgement),
            }
        }
    }
    Ok((all, bad))
}

/// A row of a judgements file without effect (rule J2).
fn unusable(why: &str) -> Diagnostic {
    Diagnostic {
        code: rashomon_compare::rule::J2,
        severity: Severity::Warning,
        document: None,
        span: None,
        message: format!("a decision cannot be used: {why}"),
    }
}

/// The tables of a kind, read: those the case holds, those that lie in the folders read, those named.
fn tables(kind: &str, named: &[PathBuf], paths: &[PathBuf], kept: Option<&Kept>) -> anyhow::Result<Vec<Table>> {
    let of = |table: &&Table| Path::new(&table.name).file_stem().is_some_and(|name| name == kind);
    let own = kept.iter().flat_map(|kept| &kept.tables).filter(of).cloned();
    Ok(own.chain(Table::read(kind, &with_own(named, paths, kind))?).collect())
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
    let (resources, reading, code) = read(&args.inputs, &[], case::kept_of(&args.inputs)?)?;
    let Some(reading) = reading else { return Ok(code) };
    let how = Assessing { title: "claims".into(), profile: Profile::Airwars, judgements: Vec::new() };
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
    if args.text {
        return texts(&args.inputs);
    }
    let (resources, reading, code) = read(&args.inputs, &[], case::kept_of(&args.inputs)?)?;
    let Some(reading) = reading else { return Ok(code) };
    let how = Assessing { title: "analysis".into(), profile: Profile::Airwars, judgements: Vec::new() };
    let case = pipeline::assemble(reading, how, &resources);
    print(&rashomon_dossier::json::analysis(&case.documents, &case.analyses, &crate::generator(), &case.models))?;
    Ok(code)
}

/// `rashomon analyze --text`: the main text of every document, one JSON object a line under the names a table of reports has.
fn texts(inputs: &Inputs) -> anyhow::Result<u8> {
    let opened = match case::kept_of(inputs)? {
        Some(kept) => kept.opened,
        None => crate::fetch::gather(&inputs.paths, &columns(inputs)?, &inputs.fetching),
    };
    let (documents, refusals) = pipeline::documents(opened.inputs, opened.refusals);
    let left_out = refusals.iter().filter(|refusal| refusal.left_out());
    for refusal in left_out.clone() {
        eprintln!("left out: {}", one_line(&refusal.to_string()));
    }
    if documents.is_empty() {
        eprintln!("error: nothing could be read\n  hint: `rashomon explain R110` lists what is read");
        return Ok(NOTHING);
    }
    let row = |doc: &rashomon_model::Document| {
        let row = serde_json::json!({
            "id": doc.id.as_str(),
            "title": doc.title,
            "byline": doc.byline,
            "publisher": doc.publisher,
            "published": doc.published.as_ref().map(rashomon_model::date::DateValue::edtf),
            "language": doc.language,
            "url": doc.url,
            "origin": doc.capture.origin,
            "text": doc.main_text(),
        });
        format!("{row}\n")
    };
    print(&documents.iter().map(row).collect::<String>())?;
    Ok(if left_out.count() > 0 { LEFT_OUT } else { DONE })
}
