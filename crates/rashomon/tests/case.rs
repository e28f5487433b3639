//! A case on disk from the command line: made, added to, read as a folder is, removed from, checked.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use support::{done, example, fresh, list, rashomon, stdout, text};

const ACCOUNT: &str = "The mayor of Talen said on Monday, 3 March 2031, that four people were killed when shells hit the market.\n\n\"We heard six explosions,\" he said.\n";

/// The dossier of a path, without what only says where the files lay.
fn dossier_of(dir: &Path, path: &str) -> Value {
    let mut value: Value =
        serde_json::from_str(&done(dir, &["dossier", path, "--json", "--speed", "fast", "--title", "T"])).unwrap();
    for doc in value["documents"].as_array_mut().unwrap() {
        let name = text(&doc["capture"], "origin").rsplit('/').next().unwrap().to_owned();
        doc["capture"]["origin"] = Value::String(name);
    }
    value
}

#[test]
fn a_case_gives_the_dossier_of_its_folder() {
    let dir = fresh("case-as-folder");
    let folder = example().canonicalize().unwrap().display().to_string();
    done(&dir, &["init", "harbour", "--title", "The harbour"]);
    assert!(done(&dir, &["add", "harbour", &folder]).contains("13 added, 0 unchanged"));
    assert!(done(&dir, &["add", "harbour", &folder]).contains("0 added, 13 unchanged"));
    assert_eq!(dossier_of(&dir, "harbour"), dossier_of(&dir, &folder));
    done(&dir, &["dossier", "harbour", "--speed", "fast", "-q"]);
    done(&dir, &["dossier", "harbour", "--speed", "fast", "-q"]);
    let status = done(&dir, &["status", "harbour"]);
    assert!(status.starts_with("The harbour: 11 reports in 13 captures"), "{status}");
    assert!(status.contains("15 entries"), "one entry for two dossiers of the same bytes: {status}");
    assert!(status.contains("dossier.json"), "{status}");
    assert!(done(&dir, &["verify", "harbour"]).contains("the case verifies"));
}

#[test]
fn a_flipped_bit_is_named_and_the_exit_code_says_so() {
    let dir = fresh("case-flip");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    done(&dir, &["init", "talen"]);
    done(&dir, &["add", "talen", "a.txt"]);
    let sha256 = rashomon_store::hex::sha256(ACCOUNT.as_bytes());
    let object = rashomon_store::objects::place(&dir.join("talen"), &sha256);
    let mut bytes = std::fs::read(&object).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&object, bytes).unwrap();
    let output = rashomon(&dir, &["verify", "talen"]);
    assert_eq!(output.status.code(), Some(4));
    let said = stdout(&output);
    assert!(said.lines().next().is_some_and(|line| line.starts_with("WRONG: ") && line.contains(&sha256)), "{said}");
    assert_eq!(rashomon(&dir, &["explain", "S207"]).status.code(), Some(0));
}

#[test]
fn what_is_removed_no_longer_counts_and_is_still_told_of() {
    let dir = fresh("case-remove");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    std::fs::write(dir.join("b.txt"), ACCOUNT.replace("four", "five")).unwrap();
    std::fs::write(dir.join("rows.jsonl"), "{\"id\":\"x\",\"text\":\"Shells hit Talen, police said. Two people were killed.\"}\n{\"id\":\"y\",\"text\":\"Nobody was killed in Talen, the army said.\"}\n").unwrap();
    done(&dir, &["init", "talen", "--as", "desk-2"]);
    done(&dir, &["add", "talen", "a.txt", "b.txt", "rows.jsonl"]);
    done(&dir, &["remove", "talen", "b.txt", "--reason", "satire"]);
    done(&dir, &["remove", "talen", "y", "--reason", "not of this event"]);
    let origins = |value: &Value| -> Vec<String> {
        list(value, "documents").iter().map(|doc| text(&doc["capture"], "origin").to_owned()).collect()
    };
    let mut found = origins(&dossier_of(&dir, "talen"));
    found.sort();
    assert_eq!(found, ["a.txt", "rows.jsonl#1"]);
    let status = done(&dir, &["status", "talen"]);
    assert!(
        status.contains("REMOVED") && status.contains("not of this event") && status.contains("desk-2"),
        "{status}"
    );
    assert!(done(&dir, &["add", "talen", "b.txt"]).contains("1 added"), "taken in again, it counts again");
    assert_eq!(origins(&dossier_of(&dir, "talen")).len(), 3);
    assert_eq!(rashomon(&dir, &["remove", "talen", "nothing", "--reason", "?"]).status.code(), Some(2));
    done(&dir, &["remove", "talen", "a.txt", "--reason", "asked by the witness", "--erase"]);
    assert!(done(&dir, &["verify", "talen"]).contains("1 erased on request"));
    assert_eq!(
        rashomon(&dir, &["remove", "talen", "x", "--reason", "?", "--erase"]).status.code(),
        Some(2),
        "a row alone"
    );
}

#[test]
fn what_cannot_be_read_is_named_and_standard_input_is_read() {
    let dir = fresh("case-refusals");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    std::fs::write(dir.join("empty.txt"), "").unwrap();
    done(&dir, &["init", "talen"]);
    let output = rashomon(&dir, &["add", "talen", "a.txt", "empty.txt", "missing.txt"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("empty.txt") && errors.contains("missing.txt"), "{errors}");
    assert_eq!(rashomon(&dir, &["add", "talen", "empty.txt"]).status.code(), Some(3));
    assert_eq!(rashomon(&dir, &["add", "elsewhere", "a.txt"]).status.code(), Some(2));
    assert_eq!(rashomon(&dir, &["init", "."]).status.code(), Some(2), "the folder holds something");
    let mut child = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["add", "talen", "-"])
        .current_dir(&dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), ACCOUNT.replace("four", "six").as_bytes()).unwrap();
    assert!(stdout(&child.wait_with_output().unwrap()).contains("1 added"));
}

#[test]
fn what_gave_no_report_is_left_out_by_name() {
    let dir = fresh("case-no-report");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    // a ZIP with one part that is no article, as a spreadsheet is to this program
    let mut zip = zip::ZipWriter::new(std::fs::File::create(dir.join("data.xlsx")).unwrap());
    zip.start_file("sheet.bin", zip::write::SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap();
    done(&dir, &["init", "talen"]);
    let output = rashomon(&dir, &["add", "talen", "a.txt", "data.xlsx"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(stdout(&output).contains("1 added, 0 unchanged, 1 left out"), "{}", stdout(&output));
    assert!(
        errors.contains("left out: data.xlsx: no article was found: parts that are no articles: 1 parts"),
        "{errors}"
    );
    assert_eq!(rashomon(&dir, &["add", "talen", "data.xlsx"]).status.code(), Some(3));
}

#[test]
fn a_name_of_two_files_removes_neither_and_says_which_there_are() {
    let dir = fresh("case-two-names");
    for (folder, toll) in [("d1", "four"), ("d2", "five")] {
        std::fs::create_dir_all(dir.join(folder)).unwrap();
        std::fs::write(dir.join(folder).join("a.txt"), ACCOUNT.replace("four", toll)).unwrap();
    }
    done(&dir, &["init", "talen"]);
    done(&dir, &["add", "talen", "d1/a.txt", "d2/a.txt"]);
    for options in [&["--reason", "?"][..], &["--reason", "?", "--erase"]] {
        let output = rashomon(&dir, &[&["remove", "talen", "a.txt"], options].concat());
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code() == Some(2) && errors.contains("1 (a.txt, ") && errors.contains("2 (a.txt, "),
            "{errors}"
        );
    }
    assert!(done(&dir, &["status", "talen"]).contains("2 reports in 2 captures, 0 removed, 0 erased"));
    done(&dir, &["remove", "talen", "2", "--reason", "asked", "--erase"]);
    assert!(done(&dir, &["status", "talen"]).contains("1 reports in 1 captures, 0 removed, 1 erased"));
}

#[test]
fn a_table_is_read_again_by_other_columns_and_gives_its_rows_back() {
    let dir = fresh("case-columns");
    let rows = "nr,summary,words\n1,Talen was hit,\"Shells hit Talen on Monday, police said. Two people were killed.\"\n2,A denial,\"Nobody was killed in Talen on Monday, the army said.\"\n";
    std::fs::write(dir.join("rows.csv"), rows).unwrap();
    // a table of places named by itself is one, as it is in a folder
    std::fs::write(dir.join("gazetteer.csv"), "name,lat,lon\nTalen,10.0,20.0\n").unwrap();
    done(&dir, &["init", "talen"]);
    assert!(done(&dir, &["add", "talen", "gazetteer.csv"]).contains("table"));
    done(&dir, &["add", "talen", "rows.csv", "--column", "text=summary"]);
    assert!(done(&dir, &["add", "talen", "rows.csv", "--column", "text=summary"]).contains("1 unchanged"));
    let other = ["add", "talen", "rows.csv", "--column", "text=words,id=nr"];
    assert!(done(&dir, &other).contains("1 added"));
    assert!(done(&dir, &other).contains("1 unchanged"));
    let opened = dossier_of(&dir, "talen");
    let mut origins: Vec<&str> = list(&opened, "documents").iter().map(|doc| text(&doc["capture"], "origin")).collect();
    origins.sort_unstable();
    assert_eq!(origins, ["rows.csv#1", "rows.csv#2"]);
    assert!(list(&opened, "documents").iter().all(|doc| text(doc, "text").contains("killed")), "{opened}");
    done(&dir, &["remove", "talen", "rows.csv#2", "--reason", "satire"]);
    assert_eq!(list(&dossier_of(&dir, "talen"), "documents").len(), 1);
    assert!(done(&dir, &other).contains("1 added"), "a row taken out counts again");
    assert_eq!(list(&dossier_of(&dir, "talen"), "documents").len(), 2);
    assert!(!done(&dir, &["status", "talen"]).contains("reports taken out"));
}

#[test]
fn two_processes_do_not_change_one_case_at_once() {
    let dir = fresh("case-two");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    done(&dir, &["init", "talen"]);
    // the first waits for its standard input, and holds the case meanwhile
    let mut first = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["add", "talen", "-"])
        .current_dir(&dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let lock = dir.join("talen/lock");
    while !std::fs::read_to_string(&lock).is_ok_and(|text| text.contains(": add")) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let refused = rashomon(&dir, &["add", "talen", "a.txt", "--wait", "0"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains(&format!("in use by process {}: add", first.id())) && said.contains("S104"), "{said}");
    done(&dir, &["status", "talen"]);
    done(&dir, &["verify", "talen"]);
    let second = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["add", "talen", "a.txt", "--wait", "60"])
        .current_dir(&dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut first.stdin.take().unwrap(), ACCOUNT.replace("four", "six").as_bytes()).unwrap();
    assert!(first.wait().unwrap().success());
    assert!(stdout(&second.wait_with_output().unwrap()).contains("1 added"), "the second waited its turn");
    assert!(done(&dir, &["status", "talen"]).contains("2 reports in 2 captures"));
}

#[test]
fn a_toll_revised_in_silence_is_shown() {
    let dir = fresh("case-versions");
    let page = |toll: &str| {
        format!(
            "<html><head><title>Shells hit Talen</title><link rel=canonical href=https://talenpost.example/2031/shells></head><body><article><h1>Shells hit Talen</h1><p>Shells hit the market of Talen on Monday, 3 March 2031, and {toll} people were killed there, the mayor of the town said on the day after.</p><p>Residents said they heard six explosions before noon, and saw smoke over the bridge for hours after that.</p></article></body></html>"
        )
    };
    for folder in ["monday", "tuesday"] {
        std::fs::create_dir_all(dir.join(folder)).unwrap();
    }
    std::fs::write(dir.join("monday/page.html"), page("four")).unwrap();
    std::fs::write(dir.join("tuesday/saved.html"), page("eleven")).unwrap();
    done(&dir, &["init", "talen"]);
    done(&dir, &["add", "talen", "monday"]);
    assert!(done(&dir, &["add", "talen", "tuesday"]).contains("again"));
    let status = done(&dir, &["status", "talen", "--changes"]);
    assert!(status.contains("1 reports in 2 captures") && status.contains("2 versions"), "{status}");
    assert!(status.lines().any(|line| line.contains("- ") && line.contains("four people")), "{status}");
    assert!(status.lines().any(|line| line.contains("+ ") && line.contains("eleven people")), "{status}");
    let dossier = dossier_of(&dir, "talen");
    assert_eq!(list(&dossier, "documents").len(), 1, "one report, its last capture");
    let note = list(&dossier, "diagnostics").iter().find(|note| text(note, "code") == "R302").unwrap();
    assert!(text(note, "message").contains("four people") && text(note, "message").contains("eleven people"), "{note}");
    assert_eq!(text(note, "document"), text(&list(&dossier, "documents")[0], "id"));
    // the same words again are no change
    std::fs::write(dir.join("tuesday/saved.html"), page("eleven") + "<!-- counted -->").unwrap();
    done(&dir, &["add", "talen", "tuesday"]);
    let notes = dossier_of(&dir, "talen");
    assert_eq!(list(&notes, "diagnostics").iter().filter(|note| text(note, "code") == "R302").count(), 1);
    // without the later captures the first counts again
    done(&dir, &["remove", "talen", "2", "3", "--reason", "a forgery"]);
    assert!(list(&dossier_of(&dir, "talen"), "diagnostics").iter().all(|note| text(note, "code") != "R302"));
}

/// A page saved by a browser in a folder, with pictures, a style and a frame beside it.
fn saved(folder: &Path, name: &str, toll: &str) {
    let parts = folder.join(format!("{name}_files"));
    std::fs::create_dir_all(parts.join("deep")).unwrap();
    std::fs::write(
        folder.join(format!("{name}.html")),
        format!("<html><body><article><h1>Shells hit Talen</h1><img src={name}_files/a.jpg><p>{toll} people were killed in Talen on 3 March 2031, the mayor of the town said.</p></article></body></html>"),
    )
    .unwrap();
    std::fs::write(parts.join("a.jpg"), format!("\u{ff}\u{d8} a picture of {name}")).unwrap();
    std::fs::write(parts.join("style.css"), "p { color: black }").unwrap();
    std::fs::write(parts.join("deep/frame.html"), "<p>Nine people were killed in Hold, says an advertisement.</p>")
        .unwrap();
}

#[test]
fn a_saved_page_is_kept_with_its_folder() {
    let dir = fresh("case-saved-page");
    let folder = dir.join("saved");
    saved(&folder, "one", "Four");
    saved(&folder, "two", "Five");
    done(&dir, &["init", "talen"]);
    assert!(
        done(&dir, &["add", "talen", "saved"]).ends_with("2 added, 0 unchanged, 0 left out, 6 parts of pages kept\n")
    );
    assert!(
        done(&dir, &["add", "talen", "saved/one.html"]).ends_with("1 unchanged, 0 left out\n"),
        "named alone, the same"
    );
    let status = done(&dir, &["status", "talen"]);
    assert!(status.contains("2 reports in 8 captures") && status.contains("(part of a page)"), "{status}");
    let dossier = dossier_of(&dir, "talen");
    assert_eq!(list(&dossier, "documents").len(), 2, "the frame is no report");
    assert!(done(&dir, &["verify", "talen"]).contains("6 objects"), "style and frame of both are one object each");
    done(&dir, &["export", "talen", "--wacz", "talen.wacz"]);
    done(&dir, &["init", "other"]);
    assert!(done(&dir, &["import", "other", "talen.wacz"]).contains("8 added"));
    assert_eq!(list(&dossier_of(&dir, "other"), "documents").len(), 2);
    // what is erased takes its pictures along, and not the style and frame that another page has
    done(&dir, &["remove", "talen", "saved/one.html", "--reason", "asked by the witness", "--erase"]);
    let said = done(&dir, &["verify", "talen"]);
    assert!(said.contains("4 objects") && said.contains("4 erased on request") && said.contains("verifies"), "{said}");
    let status = done(&dir, &["status", "talen", "--all"]);
    assert!(!status.contains("one_files") && status.contains("saved/two_files/a.jpg"), "{status}");
    // a page that cannot be read leaves its folder out with it
    std::fs::write(folder.join("two.html"), "").unwrap();
    std::fs::write(folder.join("two_files/b.jpg"), "new").unwrap();
    done(&dir, &["init", "third"]);
    assert_eq!(rashomon(&dir, &["add", "third", "saved/two.html"]).status.code(), Some(3));
    assert!(done(&dir, &["status", "third"]).contains("0 reports in 0 captures"));
}

/// Pipes words into `add`.
fn piped(dir: &Path, case: &str, words: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["add", case, "-"])
        .current_dir(dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), words.as_bytes()).unwrap();
    stdout(&child.wait_with_output().unwrap())
}

#[test]
fn each_text_piped_in_is_a_report_and_a_file_named_twice_is_one() {
    let dir = fresh("case-piped");
    done(&dir, &["init", "talen"]);
    for words in [ACCOUNT.to_owned(), ACCOUNT.replace("four", "six")] {
        assert!(piped(&dir, "talen", &words).contains("1 added, 0 unchanged"));
    }
    assert!(piped(&dir, "talen", ACCOUNT).contains("0 added, 1 unchanged"));
    assert!(done(&dir, &["status", "talen"]).contains("2 reports in 2 captures"));
    assert_eq!(list(&dossier_of(&dir, "talen"), "documents").len(), 2);
    std::fs::create_dir(dir.join("folder")).unwrap();
    for name in ["a.txt", "b.txt"] {
        std::fs::write(dir.join("folder").join(name), ACCOUNT.replace("four", name)).unwrap();
    }
    assert!(done(&dir, &["add", "talen", "folder", "folder/a.txt", "./folder/b.txt"]).contains("2 added, 0 unchanged"));
}

#[test]
fn a_reprint_is_no_version_of_its_origin() {
    let dir = fresh("case-reprint");
    let page = |from: &str, toll: &str| {
        format!(
            "<!DOCTYPE html>\n<!-- saved from url=(0031){from} -->\n<html><head><title>Shells hit Talen</title><link rel=canonical href=https://wire.example/talen></head><body><article><h1>Shells hit Talen</h1><p>Shells hit the market of Talen on Monday, 3 March 2031, and {toll} people were killed there, the mayor of the town said on the day after.</p><p>Residents said they heard six explosions before noon, and saw smoke over the bridge for hours after that.</p></article></body></html>"
        )
    };
    std::fs::write(dir.join("wire.html"), page("https://wire.example/talen", "four")).unwrap();
    std::fs::write(dir.join("reprint.html"), page("https://reprints.example/a/1", "nine")).unwrap();
    done(&dir, &["init", "talen"]);
    assert!(!done(&dir, &["add", "talen", "wire.html", "reprint.html"]).contains("again"));
    let dossier = dossier_of(&dir, "talen");
    let addresses: BTreeSet<&str> = list(&dossier, "documents").iter().map(|doc| text(doc, "url")).collect();
    assert_eq!(addresses, BTreeSet::from(["https://reprints.example/a/1", "https://wire.example/talen"]));
    assert!(list(&dossier, "diagnostics").iter().all(|note| text(note, "code") != "R302"), "two outlets");
    // what the link was kept for: it says which of the two is the copy
    let id = |at: &str| {
        let found = list(&dossier, "documents").iter().find(|doc| text(doc, "url").contains(at));
        found.map_or("", |doc| text(doc, "id"))
    };
    let copies = |tie: &&Value| text(tie, "kind") == "COPIES" && text(tie, "direction_by") == "C4a";
    let tie = list(&dossier, "dependences").iter().find(copies).unwrap();
    assert_eq!((text(tie, "from"), text(tie, "to")), (id("reprints.example"), id("wire.example")));
}

/// A web archive of one page, captured with these tolls at these times.
fn archive(captures: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = rashomon_ingest::warc::Writer::new(Vec::new(), true);
    for (time, toll) in captures {
        let page = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><h1>Shells hit Talen</h1><p>Shells hit the market of Talen on Sunday, 3 March 2024, and {toll} people were killed there, the mayor of the town said on the day after.</p></article></body></html>"
        );
        let draft = rashomon_ingest::warc::Draft::new("response", time).target("https://talenpost.example/shells");
        writer.write(&draft.body("application/http; msgtype=response", page.as_bytes())).unwrap();
    }
    writer.into_inner()
}

#[test]
fn the_version_that_counts_was_captured_last() {
    let dir = fresh("case-captured-last");
    let [monday, tuesday, sunday] = ["2024-03-04T08:00:00Z", "2024-03-05T08:00:00Z", "2024-03-03T20:00:00Z"];
    std::fs::write(dir.join("week.warc.gz"), archive(&[(tuesday, "eleven"), (monday, "four")])).unwrap();
    std::fs::write(dir.join("colleague.warc.gz"), archive(&[(sunday, "two")])).unwrap();
    done(&dir, &["init", "talen"]);
    done(&dir, &["add", "talen", "week.warc.gz"]);
    assert!(done(&dir, &["add", "talen", "colleague.warc.gz"]).contains("again"));
    let check = |case: &str| {
        let dossier = dossier_of(&dir, case);
        assert_eq!(list(&dossier, "documents").len(), 1, "one report");
        assert!(text(&list(&dossier, "documents")[0], "text").contains("eleven people"));
        let notes = list(&dossier, "diagnostics").iter().filter(|note| text(note, "code") == "R302");
        let told: Vec<&str> = notes.map(|note| text(note, "message")).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().any(|told| told.contains(sunday) && told.contains("two people")), "{told:?}");
        assert!(told.iter().any(|told| told.contains(monday) && told.contains("four people")), "{told:?}");
        let status = done(&dir, &["status", case, "--changes"]);
        assert!(status.contains(&format!("captured 3 times from {sunday} to {tuesday}, 3 versions")), "{status}");
        assert!(status.contains(&format!("(captured {sunday})")), "{status}");
    };
    check("talen");
    // handed on and taken in elsewhere, beside a file that was captured later and taken in before
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    done(&dir, &["add", "talen", "a.txt"]);
    done(&dir, &["remove", "talen", "a.txt", "--reason", "not of this event"]);
    done(&dir, &["export", "talen", "--wacz", "talen.wacz"]);
    done(&dir, &["init", "other"]);
    done(&dir, &["import", "other", "talen.wacz"]);
    assert!(done(&dir, &["import", "other", "talen.wacz"]).contains("0 added, 2 unchanged"));
    check("other");
}

#[test]
fn an_import_keeps_the_time_of_capture() {
    let dir = fresh("case-import-time");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    done(&dir, &["init", "talen"]);
    done(&dir, &["add", "talen", "a.txt"]);
    std::fs::write(dir.join("a.txt"), ACCOUNT.replace("four", "nine")).unwrap();
    done(&dir, &["add", "talen", "a.txt"]);
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    assert!(done(&dir, &["add", "talen", "a.txt"]).contains("again"), "changed back");
    done(&dir, &["export", "talen", "--wacz", "talen.wacz"]);
    done(&dir, &["init", "other"]);
    assert!(done(&dir, &["import", "other", "talen.wacz"]).contains("3 added"));
    for case in ["talen", "other"] {
        let dossier = dossier_of(&dir, case);
        assert!(text(&list(&dossier, "documents")[0], "text").contains("four people"), "{case}");
        let status = done(&dir, &["status", case]);
        assert!(status.contains("1 reports in 3 captures") && status.contains("2 versions"), "{status}");
    }
    let since =
        |case: &str| done(&dir, &["status", case]).lines().find(|line| line.contains("times from")).map(str::to_owned);
    assert_eq!(since("talen"), since("other"));
}

/// Nobody without the key changes a dossier: what lies in the folder of a case and is in no entry of its log is not used.
#[test]
fn a_table_laid_into_the_folder_of_a_case_changes_nothing() {
    let dir = fresh("case-laid-beside");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    done(&dir, &["init", "talen", "--title", "T"]);
    done(&dir, &["add", "talen", "a.txt", "-q"]);
    let dossier = || rashomon(&dir, &["dossier", "talen", "--json", "--speed", "fast"]);
    let claims = || done(&dir, &["claims", "talen", "--json", "--speed", "fast", "-q"]);
    let (before, claimed) = (dossier(), claims());
    let value: Value = serde_json::from_slice(&before.stdout).unwrap();
    let document = text(&list(&value, "documents")[0], "id").to_owned();
    let exclude = format!(
        "{{\"id\":\"j1\",\"by\":\"desk\",\"at\":\"2031-05-01\",\"kind\":\"exclude_claim\",\"about\":{{\"claim\":{{\"document\":\"{document}\",\"quote\":\"four people were killed\"}}}},\"why\":\"x\"}}\n"
    );
    let files = [
        ("judgements.jsonl", exclude.as_str()),
        ("gazetteer.csv", "name,lat,lon\nTalen,10.5,20.5\n"),
        ("gazetteer.geojson", "no table at all"),
        ("parties.toml", "no table at all"),
    ];
    for (name, content) in files {
        std::fs::write(dir.join("talen").join(name), content).unwrap();
    }
    let after = dossier();
    assert_eq!(stdout(&after), stdout(&before));
    assert_eq!(claims(), claimed);
    let said = String::from_utf8_lossy(&after.stderr).into_owned();
    for (name, _) in files {
        assert!(said.contains(&format!("{name} is not used")), "{said}");
    }
    // taken in, or named, it counts, and the log says so
    let with =
        done(&dir, &["dossier", "talen", "--json", "--speed", "fast", "-q", "--judgements", "talen/judgements.jsonl"]);
    assert_ne!(with, stdout(&before));
    done(&dir, &["dossier", "talen", "--speed", "fast", "-q", "--judgements", "talen/judgements.jsonl"]);
    let sha256 = rashomon_store::hex::sha256(exclude.as_bytes());
    assert!(done(&dir, &["status", "talen"]).contains(&format!("judgements.jsonl {sha256}")));
    std::fs::create_dir_all(dir.join("own")).unwrap();
    std::fs::copy(dir.join("talen/judgements.jsonl"), dir.join("own/judgements.jsonl")).unwrap();
    done(&dir, &["add", "talen", "own", "-q"]);
    assert_eq!(done(&dir, &["dossier", "talen", "--json", "--speed", "fast", "-q"]), with);
    assert!(done(&dir, &["verify", "talen"]).contains("the case verifies"));
}

/// What a stranger's case says of itself is shown, and moves no cursor: names, times and hashes of its log are any text.
#[test]
fn a_strangers_case_prints_no_control_characters() {
    use rashomon_store::case::{Draft, Hand, Taken};
    use rashomon_store::log::facts::{Captured, Read};
    use rashomon_store::log::note::{Checkpoint, Key};
    use rashomon_store::log::{self, Facts, Verb, merkle};
    let dir = fresh("case-escapes");
    let root = dir.join("talen");
    let evil = "\u{1b}[2J\u{1b}[Hthe case verifies\u{1b}[8m\u{202e}";
    let mut n = 0u8;
    let mut random = || {
        n += 1;
        Ok([n; 32])
    };
    let mut hand = Hand { actor: Some(evil), at: evil, tool: evil, random: &mut random };
    let disk = std::sync::Arc::new(rashomon_store::disk::Disk);
    let mut case = rashomon_store::Case::init(disk, &root, evil, &mut hand).unwrap();
    let noted = |words: &str| {
        let read = Read {
            document: evil.to_owned(),
            key: format!("place:{evil}"),
            title: Some(evil.to_owned()),
            text: words.to_owned(),
            ..Read::default()
        };
        let facts = Captured {
            name: format!("{evil}.txt"),
            origin: format!("{evil}.txt"),
            place: words.to_owned(),
            reports: vec![read],
            ..Captured::default()
        };
        Taken { bytes: words.as_bytes().to_vec(), facts }
    };
    let words = "Shells hit the market of Talen on 3 March 2031 and four people were killed, police said.";
    case.capture(vec![noted(words), noted(&words.replace("four", "six"))], &mut hand).unwrap();
    let written = std::collections::BTreeMap::from([(evil.to_owned(), evil.to_owned())]);
    let drafts = [
        (Verb::Remove, Facts::Removed { report: Some(evil.to_owned()), reason: evil.to_owned() }),
        (Verb::Dossier, Facts::Dossier { by: evil.to_owned(), written }),
    ];
    let drafts = drafts.map(|(verb, facts)| Draft { verb, facts, of: vec![] });
    case.commit(drafts.into(), &mut hand).unwrap();
    drop(case);
    // the same log under a key of that name: the hashes of all lines change with the first
    let entries = root.join("log/entries.jsonl");
    let name = evil.replace(' ', "_");
    let key = Key::from_secret(&name, [7; 32]).unwrap();
    let mut leaves: Vec<merkle::Hash> = Vec::new();
    let mut bytes = Vec::new();
    for mut entry in log::read(&std::fs::read(&entries).unwrap()).entries {
        entry.key = entry.key.map(|_| key.public().write());
        entry.prev = leaves.last().map_or_else(|| "0".repeat(64), |hash| rashomon_store::hex::text(hash));
        leaves.push(merkle::leaf(&entry.line()));
        bytes.extend([entry.line().as_slice(), b"\n"].concat());
    }
    std::fs::write(&entries, bytes).unwrap();
    let signed = Checkpoint { origin: name, size: leaves.len() as u64, root: merkle::root(&leaves) };
    std::fs::write(root.join("log/checkpoint"), signed.sign(&key)).unwrap();
    std::fs::write(root.join("secret/key"), format!("{}{}\n", key.write(), "0".repeat(64))).unwrap();
    let shown = |args: &[&str], code: i32| {
        let output = rashomon(&dir, args);
        let said = format!("{}{}", stdout(&output), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{args:?}: {said:?}");
        said
    };
    assert!(shown(&["verify", "talen"], 0).contains("log ⟨U+001B⟩[2J"));
    shown(&["status", "talen", "--all", "--changes"], 0);
    shown(&["claims", "talen", "--speed", "fast", "-q"], 0);
    shown(&["dossier", "talen", "--speed", "fast", "--output", "out"], 0);
    shown(&["export", "talen", "--wacz", "talen.wacz"], 0);
    shown(&["remove", "talen", "nothing", "--reason", "?"], 2);
    std::fs::write(root.join("log/facts.jsonl"), "").unwrap();
    shown(&["verify", "talen"], 4);
}

#[test]
fn a_checkpoint_kept_elsewhere_tells_that_the_log_went_back() {
    let dir = fresh("case-checkpoint");
    std::fs::write(dir.join("a.txt"), ACCOUNT).unwrap();
    std::fs::write(dir.join("b.txt"), ACCOUNT.replace("four", "five")).unwrap();
    done(&dir, &["init", "talen"]);
    done(&dir, &["add", "talen", "a.txt", "-q"]);
    let log = |from: &str, to: &str| {
        std::fs::create_dir_all(dir.join(to)).unwrap();
        for name in ["entries.jsonl", "facts.jsonl", "checkpoint"] {
            std::fs::copy(dir.join(from).join(name), dir.join(to).join(name)).unwrap();
        }
    };
    log("talen/log", "early");
    done(&dir, &["add", "talen", "b.txt", "-q"]);
    log("talen/log", "late");
    for kept in ["early/checkpoint", "late/checkpoint"] {
        assert!(done(&dir, &["verify", "talen", "--checkpoint", kept]).contains("the case verifies"), "{kept}");
    }
    log("early", "talen/log");
    assert!(done(&dir, &["verify", "talen", "--checkpoint", "early/checkpoint"]).contains("the case verifies"));
    let output = rashomon(&dir, &["verify", "talen", "--checkpoint", "late/checkpoint"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stdout(&output).contains("S204") && stdout(&output).contains("does NOT verify"), "{}", stdout(&output));
}
