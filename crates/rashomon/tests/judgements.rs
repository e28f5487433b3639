//! What people decide: written down by `judge`, applied by `dossier`, shown as such, and loud where it fits nothing.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{claims, example, fresh, list, rashomon, stdout, text};

/// The example's dossier in `dir/NAME`, with judgements where there are some; the JSON and the exit status.
fn dossier(dir: &Path, name: &str, more: &[&str]) -> (Value, Option<i32>, String) {
    let example = example().display().to_string();
    let mut args = vec!["dossier", &example, "-o", name, "-q", "--format", "json,html,md"];
    args.extend(more);
    let output = rashomon(dir, &args);
    let json = std::fs::read_to_string(dir.join(name).join("dossier.json")).unwrap();
    (serde_json::from_str(&json).unwrap(), output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The number of the one claim with these words in an account.
fn number(case: &Value, file: &str, words: &str) -> String {
    let found = claims(case, file, words);
    let [claim] = found.as_slice() else { panic!("{} claims in {file} have \"{words}\"", found.len()) };
    let at = list(case, "claims").iter().position(|one| text(one, "id") == text(claim, "id")).unwrap();
    (at + 1).to_string()
}

/// The number of an account by the start of its file name.
fn account(case: &Value, file: &str) -> String {
    let id = support::document(case, file);
    (list(case, "documents").iter().position(|doc| text(doc, "id") == id).unwrap() + 1).to_string()
}

/// The incident that holds a claim of these words.
fn incident<'a>(case: &'a Value, file: &str, words: &str) -> &'a Value {
    let found = claims(case, file, words);
    let id = text(found[0], "incident");
    list(case, "incidents").iter().find(|one| text(one, "id") == id).unwrap()
}

/// The range of an incident.
fn range<'a>(incident: &'a Value, of: &str, category: &str) -> &'a Value {
    let fits = |one: &&Value| text(one, "of") == of && text(one, "category") == category;
    list(incident, "ranges").iter().find(fits).unwrap_or_else(|| panic!("no range of {of} {category}"))
}

#[test]
fn decisions_are_applied_and_shown() {
    let dir = fresh("judged");
    let (before, code, _) = dossier(&dir, "before", &[]);
    assert_eq!(code, Some(0));
    let (terrorists, resident) = ("All 31 people killed", "The first bomb hit");
    let report = "that two air strikes on the ferry harbour";
    let all_31 = number(&before, "05", terrorists);
    let (first, second) = (number(&before, "06", resident), number(&before, "11", report));
    let decide = |words: &[&str]| {
        let mut args = vec!["judge"];
        args.extend(words);
        args.extend([
            "--dossier",
            "before/dossier.json",
            "--by",
            "desk",
            "--why",
            "for the test",
            "--at",
            "2031-05-01",
        ]);
        let output = rashomon(&dir, &args);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(stdout(&output).starts_with("added to judgements.jsonl: {\"id\":\"j"), "{}", stdout(&output));
    };
    decide(&["exclude", &all_31]);
    decide(&["not-same-incident", &first, &second]);
    decide(&["same-source", "Humanity Watchpost", "Varda Conflict Monitor"]);
    decide(&["credible", "Humanity Watchpost"]);
    decide(&["grade", &second, "fair"]);
    decide(&["verified", "E1", "disputed"]);
    decide(&["named", &second, "killed", "civilians", "A. B.", "C. D.", "a. b."]);
    decide(&["copy", &account(&before, "02"), &account(&before, "01")]);
    decide(&["exclude", &second]);
    decide(&["withdraw", "j9"]);
    let (after, code, errors) = dossier(&dir, "after", &["--judgements", "judgements.jsonl"]);
    assert_eq!((code, errors.as_str()), (Some(0), ""));

    let outcomes: Vec<&str> = list(&after, "judgements").iter().map(|one| text(one, "outcome")).collect();
    assert_eq!(outcomes, [["holds"; 8].as_slice(), &["withdrawn", "holds"]].concat());
    assert_eq!(text(&list(&after, "judgements")[8], "because"), "j10");

    // left out, and said so where it would have counted
    let told = incident(&after, "05", terrorists);
    let left = range(told, "killed", "combatants")["left_out"].to_string();
    assert!(left.contains("left out by a person: judgement j1"), "{left}");
    let before_left = range(incident(&before, "05", terrorists), "killed", "combatants")["left_out"].to_string();
    assert!(!before_left.contains("by a person"), "{before_left}");

    // one incident became two, each saying why
    assert_eq!(text(incident(&before, "06", resident), "id"), text(incident(&before, "11", report), "id"));
    let (one, other) = (incident(&after, "06", resident), incident(&after, "11", report));
    assert_ne!(text(one, "id"), text(other, "id"));
    assert!(one["because"].to_string().contains("judgement j2 by desk: for the test"), "{}", one["because"]);

    // two sources became one
    let source = list(&after, "sources").iter().find(|one| one["names"].to_string().contains("Humanity Watchpost"));
    let source = source.unwrap();
    assert!(source["names"].to_string().contains("Varda Conflict Monitor"), "{}", source["names"]);
    assert!(source["merged_because"].to_string().contains("judgement j3"), "{}", source["merged_because"]);

    // a grade, a verification, a floor of names, a copy
    assert_eq!(text(&other["harm_grade"], "value"), "fair");
    assert_eq!(text(&other["harm_grade"], "overridden_by"), "j5");
    assert_eq!(range(other, "killed", "civilians")["named_floor"], 2, "a. b. is A. B.");
    assert_eq!(range(other, "killed", "people")["named_floor"], 2, "civilians are people");
    assert_eq!(text(&list(&after, "evidence")[0], "verification"), "disputed");
    assert_eq!(text(&list(&after, "evidence")[0], "judged"), "j6");
    let (copy, of) = (support::document(&after, "02"), support::document(&after, "01"));
    let edge = list(&after, "dependences").iter().find(|e| text(e, "from") == copy && text(e, "to") == of).unwrap();
    assert_eq!((text(edge, "kind"), text(edge, "direction_by")), ("COPIES", "J1"));

    // what the dossier shows of them is what was written
    let shown: Vec<String> = list(&after, "judgements").iter().map(ToString::to_string).collect();
    let read = rashomon_store::judgement::parse(&shown.join("\n"), "shown");
    let file = std::fs::read_to_string(dir.join("judgements.jsonl")).unwrap();
    assert_eq!(read, rashomon_store::judgement::parse(&file, "written"));
    for name in ["dossier.html", "dossier.md"] {
        let page = std::fs::read_to_string(dir.join("after").join(name)).unwrap();
        assert!(page.contains("Decided by people") && page.contains("left out by a person"), "{name}");
        assert!(page.to_lowercase().contains("set by a person"), "{name}");
    }
}

#[test]
fn what_fits_nothing_is_loud() {
    let dir = fresh("lost");
    let rows = [
        r#"{"id":"a","by":"desk","at":"2031-05-01","kind":"exclude_claim","about":{"claim":{"document":"05-varda-today.html","quote":"words nobody wrote"}},"why":"x"}"#,
        r#"{"id":"b","by":"desk","at":"2031-05-01","kind":"exclude_claim","about":{"claim":{"document":"nowhere.txt"}},"why":"x"}"#,
        r#"{"id":"c","by":"desk","at":"2031-05-01","kind":"credible","about":{"source":"Nobody Known"},"why":"x"}"#,
        r#"{"id":"d","by":"desk","at":"2031-05-01","kind":"override","about":{"incident":{"document":"nowhere.txt"},"what":"harm_grade","value":"splendid"},"why":"x"}"#,
        r#"{"id":"e","by":"desk","at":"2031-05-01","kind":"withdraw","about":{"judgement":"z"},"why":"x"}"#,
        r#"{"id":"f","by":"desk","at":"2031-05-01","kind":"same_source","about":{"a":{"document":"nowhere.txt"},"b":{"document":"nowhere.txt"}},"why":"x"}"#,
        "nonsense",
    ];
    std::fs::write(dir.join("judgements.jsonl"), rows.join("\n")).unwrap();
    let (case, code, errors) = dossier(&dir, "out", &["--judgements", "judgements.jsonl"]);
    assert_eq!(code, Some(1), "done, with something left out");
    assert!(errors.contains("left out: judgements.jsonl row 7: not JSON"), "{errors}");
    for id in ["a", "b", "c", "d", "e", "f"] {
        assert!(errors.contains(&format!("left out: judgement {id}: ")), "{id}: {errors}");
    }
    assert!(list(&case, "judgements").iter().all(|one| text(one, "outcome") == "lost"));
    let warnings = list(&case, "diagnostics").iter().filter(|one| text(one, "code") == "J2").count();
    assert_eq!(warnings, 7);

    let missing = rashomon(&dir, &["dossier", &example().display().to_string(), "--judgements", "no.jsonl", "-q"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no.jsonl"));
}

#[test]
fn judge_refuses_what_it_cannot_look_up() {
    let dir = fresh("refused");
    let code = |args: &[&str]| rashomon(&dir, args).status.code();
    assert_eq!(code(&["judge", "exclude", "1", "--by", "d", "--why", "x"]), Some(2), "no dossier");
    dossier(&dir, "dossier", &[]);
    assert_eq!(code(&["judge", "exclude", "9999", "--by", "d", "--why", "x"]), Some(2), "no such claim");
    assert_eq!(code(&["judge", "exclude", "1", "--by", "d"]), Some(2), "no reason");
    assert_eq!(code(&["judge", "grade", "1", "splendid", "--by", "d", "--why", "x"]), Some(2), "no such grade");
    assert_eq!(code(&["judge", "withdraw", "j1", "--by", "d", "--why", "x"]), Some(2), "nothing to withdraw");
    assert!(!dir.join("judgements.jsonl").exists(), "nothing was written");
}
