//! Which files are the decision core, and what is known of it that no test can show?
//!
//! The files are named once, as `examine_globs` of `.cargo/mutants.toml`; the exceptions with their reasons in
//! `eval/core.toml`.

use std::path::{Path, PathBuf};

/// Where the files of the core are listed.
pub(crate) const LIST: &str = ".cargo/mutants.toml";
/// Where its exceptions are.
pub(crate) const EXCEPTIONS: &str = "eval/core.toml";

/// The files of the core, relative to the root, sorted; an error names what cannot be read.
pub(crate) fn files(root: &Path) -> Result<Vec<String>, String> {
    let list = read(root, LIST)?;
    let globs = list.get("examine_globs").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for glob in globs.iter().filter_map(toml::Value::as_str) {
        match glob.strip_suffix("/*.rs") {
            None => found.push(glob.to_owned()),
            Some(folder) => {
                let inside = std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten().map(|e| e.path());
                let rust = inside.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
                found.extend(rust.filter_map(|path| Some(format!("{folder}/{}", path.file_name()?.to_str()?))));
            }
        }
    }
    found.retain(|file| root.join(file).is_file());
    found.sort();
    if found.is_empty() { Err(format!("{LIST} names no file of the decision core")) } else { Ok(found) }
}

/// An exception: the file, what it is about, and why.
pub(crate) struct Exception {
    pub(crate) file: String,
    pub(crate) what: String,
    pub(crate) reason: String,
}

/// Exceptions of one kind (`unreachable` with `code`, `equivalent` with `mutant`).
pub(crate) fn exceptions(root: &Path, kind: &str, key: &str) -> Result<Vec<Exception>, String> {
    let book = read(root, EXCEPTIONS)?;
    let entries = book.get(kind).and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let word = |entry: &toml::Value, key: &str| entry.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    entries
        .iter()
        .map(|entry| {
            let (Some(file), Some(what), Some(reason)) = (word(entry, "file"), word(entry, key), word(entry, "reason"))
            else {
                return Err(format!("{EXCEPTIONS}: an entry of {kind} lacks file, {key} or reason"));
            };
            Ok(Exception { file, what, reason })
        })
        .collect()
}

fn read(root: &Path, name: &str) -> Result<toml::Table, String> {
    let path: PathBuf = root.join(name);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{name} cannot be read: {error}"))?;
    text.parse().map_err(|error| format!("{name} is no TOML: {error}"))
}
