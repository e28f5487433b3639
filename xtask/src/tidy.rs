//! Is the house in order? Checks no compiler makes.

mod advisories;
mod copied;
mod deny;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Lines above which a Rust file is too long.
const MOST_LINES: usize = 600;
/// Registry packages above which the default build needs a word in DESIGN.md (architecture.md, section 5).
const MOST_PACKAGES: usize = 300;

/// All checks; prints what is wrong.
pub(crate) fn run(root: &Path) -> bool {
    let mut wrong = problems(root);
    match copied::copied(root) {
        Some(found) => wrong.extend(found),
        None => println!("tidy: SKIPPED the search for copied texts, no ../shared here"),
    }
    println!("tidy: {} packages in Cargo.lock", packages(root));
    if let Some(line) = advisories::told(root) {
        println!("tidy: {line}");
    }
    for line in &wrong {
        println!("tidy: {line}");
    }
    println!("tidy: {}", if wrong.is_empty() { "in order".to_owned() } else { format!("{} to mend", wrong.len()) });
    wrong.is_empty()
}

/// What is wrong, without the slow search for copied texts.
pub(crate) fn problems(root: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    map_and_folders(root, &mut wrong);
    star(root, &mut wrong);
    sizes(root, &mut wrong);
    dependency_lines(root, &mut wrong);
    glossary(root, &mut wrong);
    skips(root, &mut wrong);
    wrong.extend(deny::wrong(root));
    wrong.extend(advisories::wrong(root));
    let packages = packages(root);
    if packages > MOST_PACKAGES {
        wrong.push(format!("Cargo.lock has {packages} packages, more than {MOST_PACKAGES}"));
    }
    wrong
}

/// No test says through the macros that it skips: where it passes, nobody sees what they print.
fn skips(root: &Path, wrong: &mut Vec<String>) {
    for path in rust_files(root).into_iter().filter(|path| path.starts_with(root.join("crates"))) {
        if text(&path).contains("println!(\"SKIPPED") {
            wrong.push(format!("{}: tell skips by `support::skipped`", shown(root, &path)));
        }
    }
}

/// Packages in the lock file.
fn packages(root: &Path) -> usize {
    text(&root.join("Cargo.lock")).lines().filter(|line| *line == "[[package]]").count()
}

/// A file's text, empty if it is not there (then the check that needs it says so).
fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// Folders directly under `dir`, sorted.
fn folders(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Every crate, and every module of it, stands in ARCHITECTURE.md; every `crates/…` path named there exists.
fn map_and_folders(root: &Path, wrong: &mut Vec<String>) {
    let map = text(&root.join("ARCHITECTURE.md"));
    for name in folders(&root.join("crates")) {
        if !map.contains(&format!("`{name}`")) {
            wrong.push(format!("ARCHITECTURE.md does not name the room `{name}`"));
        }
        for module in modules(&root.join("crates").join(&name).join("src")) {
            if !map.contains(&format!("`{module}`")) {
                wrong.push(format!("ARCHITECTURE.md does not name the module `{module}` of {name}"));
            }
        }
    }
    for word in map.split('`').skip(1).step_by(2) {
        let path = word.starts_with("crates/") || word.starts_with("xtask/") || word.starts_with("docs/");
        if path && !root.join(word).exists() {
            wrong.push(format!("ARCHITECTURE.md names {word}, which is not there"));
        }
        if word.starts_with("rashomon-") && !root.join("crates").join(word).is_dir() {
            wrong.push(format!("ARCHITECTURE.md names the room {word}, which is not there"));
        }
    }
}

/// Names of the top modules of a crate.
fn modules(src: &Path) -> BTreeSet<String> {
    std::fs::read_dir(src)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let stem = path.file_stem()?.to_string_lossy().into_owned();
            let rust = path.extension().is_some_and(|ext| ext == "rs");
            (rust && !matches!(stem.as_str(), "lib" | "main")).then_some(stem)
        })
        .collect()
}

/// Stage crates depend on the model only; only the binary depends on stages.
fn star(root: &Path, wrong: &mut Vec<String>) {
    for name in folders(&root.join("crates")).iter().filter(|name| *name != "rashomon") {
        let manifest = text(&root.join("crates").join(name).join("Cargo.toml"));
        let normal = manifest.split("[dev-dependencies]").next().unwrap_or("");
        for line in normal.lines().filter(|line| line.starts_with("rashomon-")) {
            let other = line.split(['.', ' ', '=']).next().unwrap_or("");
            if other != "rashomon-model" {
                wrong.push(format!("{name} depends on {other}: stage crates know the model only"));
            }
        }
    }
}

/// No Rust file is longer than [`MOST_LINES`].
fn sizes(root: &Path, wrong: &mut Vec<String>) {
    for path in rust_files(root) {
        let lines = text(&path).lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{} has {lines} lines, more than {MOST_LINES}", shown(root, &path)));
        }
    }
}

/// The path below the root.
fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// All Rust files of the workspace.
pub(crate) fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.join("crates"), root.join("xtask")];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Each registry dependency of the workspace has its line saying what it replaces.
fn dependency_lines(root: &Path, wrong: &mut Vec<String>) {
    let manifest = text(&root.join("Cargo.toml"));
    let table = manifest.split("[workspace.dependencies]").nth(1).unwrap_or("");
    let table = table.split("\n[").next().unwrap_or("");
    for line in table.lines().filter(|line| line.contains('=') && !line.trim_start().starts_with('#')) {
        let name = line.split([' ', '=']).next().unwrap_or("");
        let reason = line.rsplit_once("# ").is_some_and(|(_, why)| why.len() >= 12);
        if !name.starts_with("rashomon-") && !reason {
            wrong.push(format!("the dependency {name} lacks its line saying what it replaces"));
        }
    }
}

/// The nouns of the model stand in the glossary.
fn glossary(root: &Path, wrong: &mut Vec<String>) {
    let glossary = text(&root.join("GLOSSARY.md")).to_lowercase();
    let skipped = ["id", "wire", "resources", "date", "quantity"];
    for module in modules(&root.join("crates/rashomon-model/src")) {
        if !skipped.contains(&module.as_str()) && !glossary.contains(&format!("**{module}**")) && module != "place" {
            wrong.push(format!("GLOSSARY.md lacks {module}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_in_order() {
        let problems = problems(&crate::root());
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}
