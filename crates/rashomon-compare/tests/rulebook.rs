//! The rule book: the page is the data, and no rule is named in the code but by its constant.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use rashomon_compare::rule::{ALL, page, rule, rules};
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// `BLESS=1 cargo test -p rashomon-compare --test rulebook` writes the page.
#[test]
fn the_page_is_made_from_the_data() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, page()).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page(), "docs/rules.md is not the rule book");
}

#[test]
fn every_rule_has_all_its_parts() {
    assert_eq!(rules().len(), ALL.len());
    assert!(ALL.iter().all(|id| rule(id).is_some_and(|found| found.id == *id)));
    assert!(rule("n6").is_none(), "case matters: V4a is not V4A");
    for rule in rules() {
        for part in [&rule.title, &rule.condition, &rule.relation, &rule.example, &rule.source] {
            assert!(!part.trim().is_empty(), "{} lacks a part", rule.id);
        }
    }
}

/// A rule id written out in the decision core would escape the rule book.
#[test]
fn no_rule_is_named_but_by_its_constant() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let core = ["align", "assess", "grade", "joint", "judge", "origin", "range", "relate"];
    for file in files {
        let name = file.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        let room = name.split(['/', '\\', '.']).next().unwrap();
        if !core.contains(&room) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let text = code.join("\n");
        for id in ALL {
            assert!(!text.contains(&format!("\"{id}\"")), "{name} names {id} by its letters");
        }
    }
}

/// Every rule of relations, ranges and grades is expected by at least one case file.
#[test]
fn every_rule_has_a_case() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files = Vec::new();
    sources(&cases, &mut files);
    let text: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let expected: Vec<&str> =
        text.lines().filter_map(|line| line.split_once("=>")).flat_map(|(_, after)| after.split(' ')).collect();
    // ranges have cases of their own, possible duplicates the tests of linking
    let missing: Vec<&&str> = ALL.iter().filter(|id| !matches!(**id, "A3" | "D1") && !expected.contains(id)).collect();
    assert!(missing.is_empty(), "no case expects {missing:?}");
}
