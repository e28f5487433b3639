//! What a new account changed: the example without its last two accounts, and with them.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{example, fresh, list, rashomon, stdout, text};

/// The dossier of the example's accounts that `keep` says, written to NAME.
fn dossier(dir: &Path, name: &str, keep: impl Fn(&str) -> bool) {
    let folder = dir.join(name);
    std::fs::create_dir_all(&folder).unwrap();
    for entry in std::fs::read_dir(example()).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if keep(&file) {
            std::fs::copy(&path, folder.join(&file)).unwrap();
        }
    }
    // the same path on both runs, since ids rest on it
    let case = dir.join("case");
    let _ = std::fs::remove_dir_all(&case);
    std::fs::rename(&folder, &case).unwrap();
    let output = rashomon(dir, &["dossier", "case", "--json", "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::write(dir.join(format!("{name}.json")), output.stdout).unwrap();
}

#[test]
fn says_what_two_later_accounts_changed() {
    let dir = fresh("diff");
    dossier(&dir, "before", |file| !file.starts_with("10") && !file.starts_with("11"));
    dossier(&dir, "after", |_| true);
    let output = rashomon(&dir, &["diff", "before.json", "after.json", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let schema: Value = serde_json::from_str(rashomon_dossier::schema::DIFF).unwrap();
    for key in list(&schema, "required").iter().filter_map(Value::as_str) {
        assert!(!found[key].is_null(), "{key} is missing");
    }
    assert_eq!(list(&found["documents"], "added").len(), 2);
    assert!(list(&found["documents"], "removed").is_empty());
    assert!(list(&found["claims"], "removed").is_empty(), "what both have read is known to be the same");
    assert!(list(&found["claims"], "added").len() > 10);
    assert!(found["origins"]["added"].to_string().contains("Humanity Watchpost"));
    let main = list(&found, "incidents").iter().max_by_key(|one| list(&one["relations"], "added").len()).unwrap();
    assert_eq!(text(main, "became"), "changed");
    let civilians = list(main, "ranges")
        .iter()
        .find(|range| text(range, "of") == "killed" && text(range, "category") == "civilians")
        .expect("the list of names moved the range");
    assert_eq!(civilians["old"]["min"], 31);
    assert_eq!(civilians["new"]["min"], 29);
    assert!(civilians["by"].to_string().contains("29"), "{}", civilians["by"]);
    assert_eq!(text(civilians, "rule"), "A3");

    let said = stdout(&rashomon(&dir, &["diff", "before.json", "after.json"]));
    assert!(said.starts_with("2 accounts more\n"), "{said}");
    for words in ["civilians killed: 31 → 29", "    by ", "relations more: ", "CONTRADICTS (N4)"] {
        assert!(said.contains(words), "no \"{words}\" in\n{said}");
    }
    let back = stdout(&rashomon(&dir, &["diff", "after.json", "before.json"]));
    assert!(back.starts_with("2 accounts gone\n"), "{back}");
    assert_eq!(stdout(&rashomon(&dir, &["diff", "after.json", "after.json"])), "nothing changed\n");
}

#[test]
fn names_what_is_no_dossier() {
    let dir = fresh("no-diff");
    std::fs::write(dir.join("a.json"), "{}").unwrap();
    let output = rashomon(&dir, &["diff", "a.json", "b.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("a.json"));
}
