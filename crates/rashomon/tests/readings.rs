//! Readings kept in a case: used where nothing changed, the dossier the same with and without them, gone with an erasure.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use std::path::{Path, PathBuf};
use support::{example, fresh, rashomon, stdout};

/// What a command says on standard output and on standard error.
fn run(dir: &Path, args: &[&str]) -> (String, String) {
    let output = rashomon(dir, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?}: {said}");
    (stdout(&output), said)
}

/// The dossier of the case, and how many reports are said to have been read before.
fn dossier(dir: &Path, more: &[&str]) -> (String, Option<String>) {
    let mut args = vec!["dossier", "kept", "--json"];
    args.extend(more);
    let (text, said) = run(dir, &args);
    let used =
        said.lines().find_map(|line| Some(line.strip_prefix("note: ")?.split_once(" reports were read before")?.0));
    (text, used.map(str::to_owned))
}

/// A case of the shipped example.
fn case(name: &str) -> PathBuf {
    let dir = fresh(name);
    run(&dir, &["init", "kept", "--title", "T"]);
    run(&dir, &["add", "kept", &example().canonicalize().unwrap().display().to_string()]);
    dir
}

/// All readings of the case.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut open = vec![dir.join("kept/analyses")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn the_dossier_is_the_same_with_and_without() {
    let dir = case("readings-same");
    let (first, used) = dossier(&dir, &[]);
    assert_eq!(used, None);
    let all = files(&dir).len();
    assert!(all > 5, "{all}");
    assert_eq!(dossier(&dir, &[]), (first.clone(), Some(format!("{all} of {all}"))), "the learned reader's too");
    assert_eq!(dossier(&dir, &["--afresh"]), (first.clone(), None));
    // rules alone are another reader
    let (fast, used) = dossier(&dir, &["--speed", "fast"]);
    assert!(fast != first && used.is_none());
    assert_eq!(dossier(&dir, &["--speed", "fast"]), (fast.clone(), Some(format!("{all} of {all}"))));
    // as files, too
    for (out, more) in [("one", None), ("two", Some("--afresh"))] {
        let args = ["dossier", "kept", "--speed", "fast", "-q", "-o", out].into_iter().chain(more);
        run(&dir, &args.collect::<Vec<_>>());
    }
    for name in ["dossier.html", "dossier.json"] {
        assert!(
            std::fs::read(dir.join("one").join(name)).unwrap() == std::fs::read(dir.join("two").join(name)).unwrap()
        );
    }
    std::fs::remove_dir_all(dir.join("kept/analyses")).unwrap();
    assert_eq!(dossier(&dir, &["--speed", "fast"]), (fast, None), "safe to delete");
}

#[test]
fn only_what_is_new_or_changed_is_read() {
    let dir = case("readings-new");
    let fast = ["--speed", "fast"];
    dossier(&dir, &fast);
    let all = files(&dir).len();
    let report =
        "The mayor of Talen said on Monday, 3 March 2031, that four people were killed when shells hit the market.\n";
    std::fs::write(dir.join("new.txt"), report).unwrap();
    run(&dir, &["add", "kept", "new.txt"]);
    let (with, used) = dossier(&dir, &fast);
    assert_eq!(used, Some(format!("{all} of {}", all + 1)));
    assert_eq!(dossier(&dir, &["--speed", "fast", "--afresh"]).0, with);
    // another table of places may give another reading of anything
    std::fs::write(dir.join("gazetteer.csv"), "name,latitude,longitude,country\nTalen,12.5,14.5,XX\n").unwrap();
    let own = ["--speed", "fast", "--gazetteer", "gazetteer.csv"];
    let (other, used) = dossier(&dir, &own);
    assert_eq!(used, None);
    assert_eq!(dossier(&dir, &own), (other, Some(format!("{0} of {0}", all + 1))));
    dossier(&dir, &fast);
    run(&dir, &["remove", "kept", "new.txt", "--reason", "satire"]);
    assert_eq!(dossier(&dir, &fast).1, Some(format!("{all} of {all}")));
    assert_eq!(files(&dir).len(), all, "what no longer counts is not kept");
    // lists of claims use them, and are the same without
    let (claims, said) = run(&dir, &["claims", "kept", "--speed", "fast", "--csv"]);
    assert!(said.contains("were read before"), "{said}");
    assert_eq!(run(&dir, &["claims", "kept", "--speed", "fast", "--csv", "--afresh"]).0, claims);
}

#[test]
fn a_reading_that_was_altered_is_told_and_not_used() {
    let dir = case("readings-broken");
    let fast = ["--speed", "fast"];
    let (whole, _) = dossier(&dir, &fast);
    let all = files(&dir);
    let bytes: Vec<Vec<u8>> = all.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let restore = || all.iter().zip(&bytes).for_each(|(path, bytes)| std::fs::write(path, bytes).unwrap());
    let told = |what: &str| {
        let output = rashomon(&dir, &["dossier", "kept", "--json", "--speed", "fast"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("[S225]"), "{what}: {said}");
        assert_eq!(stdout(&output), whole, "{what}");
        assert_eq!(dossier(&dir, &fast).1, Some(format!("{0} of {0}", all.len())), "{what}: made anew and kept");
        restore();
    };
    for at in [3, 30, 100, 150, bytes[0].len() - 1] {
        let mut broken = bytes[0].clone();
        broken[at] ^= 1;
        std::fs::write(&all[0], broken).unwrap();
        if (18..83).contains(&at) {
            // the stamp: then it is the reading of another program
            assert_eq!(dossier(&dir, &fast), (whole.clone(), Some(format!("{} of {}", all.len() - 1, all.len()))));
            restore();
        } else {
            told(&format!("byte {at}"));
        }
    }
    std::fs::write(&all[0], &bytes[0][..bytes[0].len() / 2]).unwrap();
    told("torn");
    std::fs::write(&all[0], &bytes[1]).unwrap();
    told("that of another report");
    std::fs::write(&all[0], b"").unwrap();
    // nothing of it concerns the evidence
    let (said, _) = run(&dir, &["verify", "kept"]);
    assert!(said.contains("the case verifies") && !said.contains("analyses"), "{said}");
}

#[test]
fn an_erasure_reaches_what_was_read() {
    let dir = case("readings-erased");
    std::fs::write(
        dir.join("witness.txt"),
        "A woman called Orsolya Vantemoor of Talen said two people were killed on 3 March 2031.\n",
    )
    .unwrap();
    run(&dir, &["add", "kept", "witness.txt"]);
    dossier(&dir, &["--speed", "fast"]);
    let before = files(&dir);
    run(&dir, &["remove", "kept", "witness.txt", "--reason", "asked by the witness", "--erase"]);
    assert!(files(&dir).is_empty(), "{before:?}");
    // a slow command may still write where it found the readings; the next one that changes the case clears it away
    std::fs::create_dir_all(before[0].parent().unwrap()).unwrap();
    std::fs::write(&before[0], "late").unwrap();
    run(&dir, &["remove", "kept", "1", "--reason", "satire"]);
    assert!(files(&dir).is_empty());
    dossier(&dir, &["--speed", "fast"]);
    assert!(!files(&dir).is_empty());
}
