//! Is any text of `../shared` in the project? Ten-word runs of the accounts and benchmark texts, looked for in every file.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Words in a run that counts as copied: long enough that ordinary phrases do not meet by chance.
const RUN: usize = 10;

/// Files that hold a run of somebody else's text; `None` where `../shared` is absent.
pub(super) fn copied(root: &Path) -> Option<Vec<String>> {
    let shared = root.join("../shared");
    if !shared.join("accounts").is_dir() {
        return None;
    }
    let mut known: BTreeSet<u64> = BTreeSet::new();
    for path in files(&shared.join("accounts")).into_iter().chain(files(&shared.join("bench"))) {
        let name = path.to_string_lossy().into_owned();
        let is_text = [".txt", ".jsonl", ".jsonl.gz"].iter().any(|end| name.ends_with(end));
        if is_text && !name.contains("fnc1") && !name.contains("sentences-") {
            for run in runs(&unescape(&read(&path))) {
                known.insert(run);
            }
        }
    }
    let mut found = Vec::new();
    for path in tracked(root) {
        // also in what is no text as a whole: fuzzers keep pieces of what they began with
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let hits = runs(&text).filter(|run| known.contains(run)).count();
        if hits > 0 {
            found.push(format!("{} holds {hits} ten-word runs of a text in ../shared", path.display()));
        }
    }
    Some(found)
}

/// Files git tracks, or would.
fn tracked(root: &Path) -> Vec<PathBuf> {
    let output = std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output();
    let list = output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default();
    list.lines()
        .filter(|line| !line.starts_with("LICENSE") && !line.ends_with(".lock"))
        .map(|line| root.join(line))
        .collect()
}

/// All files below a folder, sorted.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// The text of a file, unpacked if need be.
fn read(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_default();
    if path.extension().is_some_and(|ext| ext == "gz") {
        let mut text = Vec::new();
        // a cut archive still gives what came before the cut
        let _ = flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut text);
        return String::from_utf8_lossy(&text).into_owned();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// JSON's escapes of line ends and quotation marks, undone.
fn unescape(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\\"", "\"")
}

/// Hashes of all runs of [`RUN`] words within a line; runs with hardly any letters (numbers, code) are passed over.
fn runs(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.lines().flat_map(|line| {
        let words: Vec<String> = line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().any(char::is_alphabetic))
            .map(str::to_lowercase)
            .collect();
        let hashes: Vec<u64> = words
            .windows(RUN)
            .filter(|run| run.iter().map(|word| word.len()).sum::<usize>() >= 35)
            .filter(|run| run.iter().collect::<BTreeSet<_>>().len() >= 7)
            .map(|run| {
                run.iter()
                    .flat_map(|word| word.bytes().chain([0]))
                    .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
            })
            .collect();
        hashes
    })
}
