//! What the binary's tests share: running it in a fresh folder, reading its JSON.
#![allow(dead_code, unused_imports, reason = "each test binary uses its part")]

pub(crate) mod gold;
#[path = "../../../rashomon-fetch/tests/support/server.rs"]
pub(crate) mod server;
mod skipped;

pub(crate) use skipped::skipped;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The shipped example.
pub(crate) fn example() -> PathBuf {
    root().join("examples/kelmar-harbour")
}

/// A fresh, empty folder of this test's own.
pub(crate) fn fresh(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// Runs `rashomon` in a folder.
pub(crate) fn rashomon(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rashomon")).args(args).current_dir(dir).output().unwrap()
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What a command says that does what it is asked.
pub(crate) fn done(dir: &Path, args: &[&str]) -> String {
    let output = rashomon(dir, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    stdout(&output)
}

/// The dossier of the given paths, as bytes and parsed.
pub(crate) fn dossier(dir: &Path, paths: &[&str]) -> (String, Value) {
    let mut args = vec!["dossier", "--json", "--title", "Test"];
    args.extend(paths);
    let output = rashomon(dir, &args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = stdout(&output);
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

/// The list under a key.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The text under a key.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

/// A document's id by the start of its file name.
pub(crate) fn document<'a>(dossier: &'a Value, file: &str) -> &'a str {
    list(dossier, "documents")
        .iter()
        .find(|doc| text(&doc["capture"], "origin").rsplit('/').next().is_some_and(|name| name.starts_with(file)))
        .map_or_else(|| panic!("no document {file}"), |doc| text(doc, "id"))
}

/// Claims of a document with these words in an anchor.
pub(crate) fn claims<'a>(dossier: &'a Value, file: &str, words: &str) -> Vec<&'a Value> {
    let id = document(dossier, file);
    list(dossier, "claims")
        .iter()
        .filter(|claim| text(claim, "document") == id)
        .filter(|claim| list(claim, "anchors").iter().any(|anchor| text(anchor, "quote").contains(words)))
        .collect()
}
