//! The command line: exit codes, refusals by name, the smaller verbs.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use support::{example, fresh, list, rashomon, stdout, text};

const ACCOUNT: &str = "The mayor of Talen said on Monday, 3 March 2031, that four people were killed when shells hit the market.\n\n\"We heard six explosions,\" he said.\n";

#[test]
fn bad_input_is_named_and_the_rest_is_done() {
    let dir = fresh("refusals");
    std::fs::write(dir.join("good.txt"), ACCOUNT).unwrap();
    std::fs::write(dir.join("empty.txt"), "").unwrap();
    std::fs::write(dir.join("binary.txt"), [0u8, 159, 146, 150, 0, 1, 2, 3, 0, 0, 255]).unwrap();
    std::fs::write(
        dir.join("rows.jsonl"),
        "{\"id\":\"x\",\"text\":\"Shells hit Talen, police said.\"}\n{\"id\":\"y\"}\nnot json\n",
    )
    .unwrap();
    let output = rashomon(&dir, &["dossier", ".", "missing.txt", "-o", "out"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    for name in ["empty.txt", "binary.txt", "missing.txt", "rows.jsonl#2", "rows.jsonl#3"] {
        assert!(errors.contains(name), "{name} is not named in:\n{errors}");
    }
    let case: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(dir.join("out/dossier.json")).unwrap()).unwrap();
    assert_eq!(list(&case, "documents").len(), 2);
    assert!(list(&case, "documents").iter().any(|doc| doc["given_id"] == "x"));
}

#[test]
fn nothing_to_read_is_three_and_nonsense_is_two() {
    let dir = fresh("nothing");
    std::fs::write(dir.join("empty.txt"), "").unwrap();
    assert_eq!(rashomon(&dir, &["dossier", "empty.txt"]).status.code(), Some(3));
    assert!(!dir.join("dossier").exists(), "no half-made dossier");
    assert_eq!(rashomon(&dir, &["dossier"]).status.code(), Some(2));
    assert_eq!(rashomon(&dir, &["dossier", "empty.txt", "--profile", "none"]).status.code(), Some(2));
    assert_eq!(rashomon(&dir, &["claims", "empty.txt", "--parties", "missing.toml"]).status.code(), Some(2));
}

#[test]
fn claims_in_three_forms() {
    let dir = fresh("claims");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    let lines = stdout(&rashomon(&dir, &["claims", "a.txt"]));
    assert!(lines.contains("four people were killed") && lines.lines().count() >= 2, "{lines}");
    let csv = stdout(&rashomon(&dir, &["claims", "a.txt", "--csv"]));
    assert!(csv.lines().next().is_some_and(|head| head.contains("cue") && head.contains("content")), "{csv}");
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&rashomon(&dir, &["claims", "a.txt", "--json"]))).unwrap();
    assert_eq!(text(&json, "schema"), "rashomon/dossier/1");
    assert!(list(&json, "incidents").is_empty() && list(&json, "claims").len() >= 2);
}

#[test]
fn analyze_writes_the_layers() {
    let dir = fresh("layers");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&rashomon(&dir, &["analyze", "a.txt", "--json"]))).unwrap();
    assert_eq!(text(&json, "schema"), "rashomon/analysis/1");
    let doc = &list(&json, "documents")[0];
    for layer in ["sentences", "attributions", "quantities", "times", "events"] {
        assert!(!list(doc, layer).is_empty(), "no {layer}");
    }
}

#[test]
fn analyze_gives_the_main_text_which_can_be_read_again() {
    let dir = fresh("texts");
    let page = "<html><head><title>Shells hit Talen</title></head><body><h1>Shells hit Talen</h1><figure><figcaption>Smoke over the fish market.</figcaption></figure><p>Shells fell on the market of Talen on Wednesday, wounding at least 12 people, the mayor said.</p></body></html>";
    std::fs::write(dir.join("a.html"), page).unwrap();
    let out = stdout(&rashomon(&dir, &["analyze", "a.html", "--text"]));
    let row: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(text(&row, "title"), "Shells hit Talen");
    let main = "Shells fell on the market of Talen on Wednesday, wounding at least 12 people, the mayor said.";
    assert_eq!(text(&row, "text"), main);
    std::fs::write(dir.join("rows.jsonl"), &out).unwrap();
    let again: serde_json::Value =
        serde_json::from_str(&stdout(&rashomon(&dir, &["analyze", "rows.jsonl", "--text"]))).unwrap();
    assert_eq!((text(&again, "title"), text(&again, "text")), ("Shells hit Talen", main));
}

#[test]
fn explains_terms_rules_and_codes() {
    let dir = fresh("explain");
    for term in ["origin", "N6", "G4", "R101"] {
        let output = rashomon(&dir, &["explain", term]);
        assert_eq!(output.status.code(), Some(0), "{term}");
        assert!(stdout(&output).len() > 30, "{term}");
    }
    assert_eq!(rashomon(&dir, &["explain", "no-such-term"]).status.code(), Some(2));
    let all = stdout(&rashomon(&dir, &["explain"]));
    assert!(all.lines().count() > 80, "{}", all.lines().count());
}

#[test]
fn schema_completions_man_and_version() {
    let dir = fresh("small");
    let schema: serde_json::Value = serde_json::from_str(&stdout(&rashomon(&dir, &["schema", "dossier"]))).unwrap();
    assert!(schema["properties"]["claims"].is_object());
    assert!(stdout(&rashomon(&dir, &["completions", "bash"])).contains("rashomon"));
    assert!(stdout(&rashomon(&dir, &["man"])).contains(".TH"));
    assert!(stdout(&rashomon(&dir, &["--version"])).starts_with("rashomon "));
}

#[test]
fn places_are_looked_up() {
    let dir = fresh("places");
    let table = example().join("gazetteer.csv").display().to_string();
    let output = rashomon(&dir, &["places", "Kelmer", "Nosuchplaceatall", "--gazetteer", &table, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(text(&json[0]["candidates"][0], "name"), "Kelmar");
    assert!(list(&json[1], "candidates").is_empty(), "not found rather than a wrong place");
}
