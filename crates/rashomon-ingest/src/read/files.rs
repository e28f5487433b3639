//! Which files are there? Everything below a path that may hold articles, and what was passed over.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::parts::parts_of_page;
use super::{IngestError, Refusal, own};
use crate::open;

/// All files under the paths that may hold articles, sorted, each once; and what was passed over. Of files whose names do not
/// tell, the first bytes are looked at.
#[must_use]
pub fn files<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> (Vec<PathBuf>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let (before, from) = (files.len(), refusals.len());
        walk(path, true, &mut files, &mut refusals);
        let told = |code| refusals.iter().skip(from).any(|refusal: &Refusal| refusal.code == code);
        if path.is_dir() && files.len() == before && !told("R128") {
            refusals.push(refusal(path, if told("R127") { "R128" } else { "R113" }));
        }
    }
    files.sort();
    let mut seen = BTreeSet::new();
    files.retain(|path| {
        let first = seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()));
        if !first {
            refusals.push(refusal(path, "R112"));
        }
        first
    });
    (files, refusals)
}

/// A refusal of a path whose message is that of its code.
fn refusal(path: &Path, code: &'static str) -> Refusal {
    Refusal::of(&path.display().to_string(), code, None)
}

/// Tables a user lays beside the reports (gazetteer and parties of their own): not reports.
const OWN_TABLES: [&str; 3] = ["gazetteer.csv", "gazetteer.geojson", "parties.toml"];

/// Collects files; hidden ones are passed over in silence, links to folders are not followed (they may loop).
fn walk(path: &Path, named: bool, files: &mut Vec<PathBuf>, refusals: &mut Vec<Refusal>) {
    let unopened = |error: &std::io::Error| {
        Refusal::from(IngestError::Unopened { origin: path.display().to_string(), reason: error.to_string() })
    };
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) => return refusals.push(unopened(&error)),
    };
    if own::is_case(path) || own::is_dossier(path) {
        return refusals.push(refusal(path, if named { "R128" } else { "R127" }));
    }
    if !meta.is_dir() && !meta.is_file() && !named {
        // a pipe or a device in a folder: reading it may never end
        return refusals.push(refusal(path, "R110"));
    }
    if !meta.is_dir() {
        // a pipe named outright gives its bytes once: what it is, opening it tells
        if !meta.is_file() || read_here(path, named) {
            files.push(path.to_owned());
        } else {
            refusals.push(refusal(path, if named { "R111" } else { "R110" }));
        }
        return;
    }
    if !named && path.is_symlink() {
        return;
    }
    if !named && parts_of_page(path) {
        return refusals.push(refusal(path, "R115"));
    }
    match std::fs::read_dir(path) {
        Err(error) => refusals.push(unopened(&error)),
        Ok(entries) => {
            let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            inside.sort();
            for entry in inside {
                let hidden = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                if !hidden {
                    walk(&entry, false, files, refusals);
                }
            }
        }
    }
}

/// Whether a file is of a kind that is read: by its name, else by its first bytes.
fn read_here(path: &Path, named: bool) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if OWN_TABLES.contains(&name.as_str()) && !named {
        return false;
    }
    let mut head = Vec::new();
    if open::by_name(&name).is_none() {
        let begun = std::fs::File::open(path).and_then(|file| file.take(open::HEAD).read_to_end(&mut head));
        if begun.is_err() {
            return false;
        }
    }
    open::readable(&head, &name)
}
