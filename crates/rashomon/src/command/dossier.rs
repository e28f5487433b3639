//! The main job: a folder of accounts becomes a dossier.

use super::reading::{judgements, read};
use super::{LEFT_OUT, case, print};
use crate::cli::{DossierArgs, Format, ProfileName};
use crate::pipeline::{self, Assessing};
use anyhow::Context as _;
use rashomon_dossier::HtmlOptions;
use rashomon_dossier::html::{Bounds, LineKind, MapLine};
use rashomon_dossier::safe::one_line;
use rashomon_dossier::summary::Colour;
use rashomon_model::assessment::Profile;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// `rashomon dossier`.
///
/// # Errors
/// If a table given by the user cannot be used, or an output cannot be written.
pub fn run(args: &DossierArgs) -> anyhow::Result<u8> {
    let root = case::named(&args.inputs.paths);
    let kept = case::kept_of(&args.inputs)?;
    let own_title = kept.as_ref().map(|kept| kept.title.clone());
    let (judgements, bad) = judgements(&args.judgements, &args.inputs.paths, kept.as_ref())?;
    let (resources, reading, mut code) = read(&args.inputs, &args.judgements, kept)?;
    let Some(mut reading) = reading else { return Ok(code) };
    if !bad.is_empty() {
        code = LEFT_OUT;
    }
    reading.diagnostics.extend(bad);
    let how = Assessing {
        title: args.title.clone().or(own_title).unwrap_or_else(|| title(&args.inputs.paths)),
        profile: match args.profile {
            ProfileName::Airwars => Profile::Airwars,
            ProfileName::Ucdp => Profile::Ucdp,
            ProfileName::Acled => Profile::Acled,
        },
        judgements,
    };
    let case = pipeline::compare(reading, how, &resources);
    for (judgement, why) in case.applied.iter().filter_map(|one| one.lost().map(|why| (&one.judgement, why))) {
        eprintln!("left out: judgement {}", one_line(&format!("{judgement}: {why}")));
        code = LEFT_OUT;
    }
    if args.json {
        print(&rashomon_dossier::json::dossier(&case, &crate::generator()))?;
        return Ok(code);
    }
    std::fs::create_dir_all(&args.output)
        .with_context(|| format!("cannot make the output folder {}", args.output.display()))?;
    let mut written: Vec<PathBuf> = Vec::new();
    let mut hashes = BTreeMap::new();
    for format in &args.format {
        let (name, text) = match format {
            Format::Html => {
                let options = HtmlOptions { basemap: Some(&background), generator: crate::generator() };
                ("dossier.html", rashomon_dossier::html(&case, &options))
            }
            Format::Json => ("dossier.json", rashomon_dossier::json::dossier(&case, &crate::generator())),
            Format::Md => ("dossier.md", rashomon_dossier::markdown(&case)),
        };
        let path = args.output.join(name);
        rashomon_store::write_whole(&path, text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
        hashes.insert(name.to_owned(), rashomon_store::hex::sha256(text.as_bytes()));
        if !written.contains(&path) {
            written.push(path);
        }
    }
    if let Some(root) = root {
        let models: String = case.models.iter().map(|model| format!(", {} {}", model.name, model.sha256)).collect();
        let given = args.judgements.iter().chain(&args.inputs.gazetteer).chain(&args.inputs.parties);
        let given: String = given.filter_map(|file| named(file)).collect();
        case::note_dossier(root, format!("{}, profile {}{models}{given}", case::TOOL, case.profile), hashes);
    }
    if !args.inputs.quiet {
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let mut text = rashomon_dossier::summary(&case, if colour { Colour::Ansi } else { Colour::Never });
        for path in &written {
            text.push_str(&format!("wrote {}\n", path.display()));
        }
        print(&text)?;
    }
    if args.open {
        open(&written);
    }
    Ok(code)
}

/// Name and SHA-256 of a table given on the command line, as the log of a case tells them; of a pipe, which was read once, the name.
fn named(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_string_lossy();
    if !file.is_file() {
        return Some(format!(", {name} through a pipe"));
    }
    let bytes = std::fs::read(file).ok()?;
    Some(format!(", {name} {}", rashomon_store::hex::sha256(&bytes)))
}

/// Coasts and borders of the gazetteer's base map, as the page draws them.
fn background(bounds: Bounds) -> Vec<MapLine> {
    #[allow(clippy::cast_possible_truncation, reason = "degrees on a small map need no more than single precision")]
    let narrow = |degrees: f64| degrees as f32;
    let asked = rashomon_gazetteer::basemap::Bounds {
        west: narrow(bounds.west),
        south: narrow(bounds.south),
        east: narrow(bounds.east),
        north: narrow(bounds.north),
    };
    rashomon_gazetteer::basemap::lines_in(asked)
        .into_iter()
        .map(|line| MapLine {
            kind: if line.border { LineKind::Border } else { LineKind::Coast },
            points: line.points.iter().map(|(lon, lat)| (f64::from(*lon), f64::from(*lat))).collect(),
        })
        .collect()
}

/// The folder's or first file's name as words.
fn title(paths: &[PathBuf]) -> String {
    let first = paths.first().map(|path| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()));
    let stem = first.as_deref().and_then(Path::file_stem).map(|stem| stem.to_string_lossy().replace(['_', '-'], " "));
    stem.filter(|stem| !stem.trim().is_empty()).unwrap_or_else(|| "Accounts".to_owned())
}

/// Opens the HTML with the system's own opener; a machine without one only loses the convenience.
fn open(written: &[PathBuf]) {
    let Some(page) = written.iter().find(|path| path.extension().is_some_and(|ext| ext == "html")) else { return };
    let openers: &[(&str, &[&str])] = if cfg!(target_os = "macos") {
        &[("open", &[])]
    } else if cfg!(target_os = "windows") {
        &[("cmd", &["/C", "start", ""])]
    } else {
        &[("xdg-open", &[])]
    };
    let opened = openers.iter().any(|(program, args)| {
        let quiet = std::process::Stdio::null;
        std::process::Command::new(program).args(*args).arg(page).stdout(quiet()).stderr(quiet()).spawn().is_ok()
    });
    if !opened {
        eprintln!("note: no program found to open {}; open it in a browser", page.display());
    }
}
