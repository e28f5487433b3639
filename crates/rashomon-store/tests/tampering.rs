//! Somebody changes a byte, a line, a file: `verify` names it.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use proptest::prelude::*;
use rashomon_store::case::State;
use rashomon_store::disk::Disk;
use rashomon_store::verify::{Outside, Verified, verify};
use rashomon_store::{Case, Outcome};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::{at, copy, fresh, new, open, report, small};

/// Every file whose bytes matter, below a case.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).unwrap().flatten() {
            let path = entry.path();
            let own = path.strip_prefix(root).unwrap().to_owned();
            if path.is_dir() {
                open.push(path);
            } else if own.starts_with("objects") || own.starts_with("log") {
                found.push(own);
            }
        }
    }
    found.sort();
    found
}

fn check(root: &Path) -> Verified {
    verify(&Disk, root, Outside::default())
}

/// The words of what is wrong first.
fn first(root: &Path) -> String {
    check(root).wrong.first().map_or_else(String::new, |finding| format!("{} {}", finding.code, finding.message))
}

#[test]
fn every_flipped_byte_of_every_file_is_noticed_and_its_file_named() {
    let base = fresh("tampering-flips");
    let root = base.join("case");
    drop(small(Arc::new(Disk), &root).unwrap());
    assert!(check(&root).wrong.is_empty());
    let mut flips = 0;
    for file in files(&root) {
        let path = root.join(&file);
        let bytes = std::fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            let seen = check(&root);
            let found = seen.wrong.first().unwrap_or_else(|| panic!("{} byte {at}: not noticed", file.display()));
            let name = match file.extension().and_then(|ending| ending.to_str()) {
                Some("gz") => file.file_stem().unwrap().to_str().unwrap().to_owned(),
                _ => file.file_name().unwrap().to_str().unwrap().to_owned(),
            };
            assert!(found.message.contains(&name) || name == "facts.jsonl", "{name} byte {at}: {}", found.message);
            flips += 1;
        }
        std::fs::write(&path, &bytes).unwrap();
    }
    assert!(flips > 1_000, "{flips}");
    assert!(check(&root).wrong.is_empty());
}

/// Changes the lines of the log in a copy.
fn with_lines(name: &str, change: impl FnOnce(&mut Vec<String>)) -> PathBuf {
    let base = fresh(name);
    let root = base.join("case");
    drop(small(Arc::new(Disk), &root).unwrap());
    let path = root.join("log/entries.jsonl");
    let mut lines: Vec<String> = std::fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
    change(&mut lines);
    std::fs::write(&path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    root
}

#[test]
fn a_deleted_moved_or_added_entry_is_named() {
    assert!(first(&with_lines("tampering-delete", |lines| drop(lines.remove(2)))).contains("entry 2"));
    assert!(first(&with_lines("tampering-reorder", |lines| lines.swap(1, 2))).contains("entry 1"));
    assert!(first(&with_lines("tampering-truncate", |lines| lines.truncate(3))).contains("entry 3: missing"));
    assert!(first(&with_lines("tampering-empty", Vec::clear)).contains("entry 0"));
    let doubled = with_lines("tampering-double", |lines| lines.insert(1, lines[1].clone()));
    assert!(first(&doubled).contains("entry 2"));
    assert!(open(Arc::new(Disk), &doubled).is_err(), "nothing is built on a log that does not verify");
}

#[test]
fn entries_without_a_signature_do_not_count() {
    let root = with_lines("tampering-append", |_| {});
    let path = root.join("log/entries.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let last = rashomon_store::log::read(text.as_bytes());
    let mut entry = last.entries.last().unwrap().clone();
    entry.seq += 1;
    entry.prev = last.last();
    entry.verb = rashomon_store::log::Verb::Erase;
    entry.of = vec![1, 2, 3];
    entry.objects = vec![];
    let mut bytes = text.into_bytes();
    bytes.extend(entry.line());
    bytes.push(b'\n');
    std::fs::write(&path, bytes).unwrap();
    let seen = check(&root);
    assert!(seen.wrong.is_empty(), "{:?}", seen.wrong);
    assert!(seen.notes.iter().any(|note| note.code == "S221"), "{:?}", seen.notes);
    // nor does it excuse what is missing
    let sha256 = rashomon_store::hex::sha256(b"Five people died.");
    let object = rashomon_store::objects::place(&root, &sha256);
    let bytes = std::fs::read(&object).unwrap();
    std::fs::remove_file(&object).unwrap();
    assert!(first(&root).contains(&format!("object {sha256} is missing")), "{}", first(&root));
    std::fs::write(&object, bytes).unwrap();
    let case = open(Arc::new(Disk), &root).unwrap();
    assert_eq!(case.contents().live().count(), 3, "a forged erasure erases nothing");
}

/// What stands behind the last signed entry does not count, whatever it is: for `verify` as for whoever opens the case.
#[test]
fn rubbish_behind_the_last_signed_entry_does_not_count() {
    for (name, rubbish) in [("line", &b"x\n"[..]), ("lines", b"x\ny\n"), ("part", b"x"), ("empty", b"\n")] {
        let root = with_lines(&format!("tampering-rubbish-{name}"), |_| {});
        let path = root.join("log/entries.jsonl");
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, [&whole, rubbish].concat()).unwrap();
        let seen = check(&root);
        assert!(seen.wrong.is_empty(), "{name}: {:?}", seen.wrong);
        let told = format!("{} bytes behind the last signed entry", rubbish.len());
        assert!(seen.notes.iter().any(|note| note.code == "S221" && note.message.contains(&told)), "{:?}", seen.notes);
        assert_eq!(Case::look(Arc::new(Disk), &root).unwrap().contents().live().count(), 3);
        drop(open(Arc::new(Disk), &root).unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), whole, "{name}: cut off");
        // the same before the end is no such thing
        std::fs::write(&path, [rubbish, &whole].concat()).unwrap();
        assert!(!check(&root).wrong.is_empty(), "{name}");
    }
}

/// The same key, another history: two cases that go on from one, and one that goes back.
#[test]
fn a_log_rewritten_under_its_own_key_does_not_fit_a_checkpoint_kept_elsewhere() {
    let base = fresh("tampering-fork");
    let root = base.join("case");
    drop(small(Arc::new(Disk), &root).unwrap());
    let fork = base.join("fork");
    copy(&root, &fork);
    for (root, name) in [(&root, "talen/8.txt"), (&fork, "talen/9.txt")] {
        let mut case = open(Arc::new(Disk), root).unwrap();
        at(9, |hand| case.capture(vec![report(name, "Nine people died.")], hand)).unwrap();
    }
    let kept = std::fs::read_to_string(root.join("log/checkpoint")).unwrap();
    let against = |root: &Path| verify(&Disk, root, Outside { checkpoint: Some(&kept), ..Outside::default() });
    assert!(against(&root).wrong.is_empty());
    assert!(check(&fork).wrong.is_empty(), "of itself it is in order");
    let seen = against(&fork);
    let [finding] = seen.wrong.as_slice() else { panic!("{:?}", seen.wrong) };
    assert!(finding.code == "S204" && finding.message.contains("entry 4: not the one"), "{finding:?}");
    // an earlier state of the log put back, with its own good checkpoint
    let earlier = base.join("earlier");
    drop(small(Arc::new(Disk), &earlier).unwrap());
    let early = base.join("early");
    copy(&earlier, &early);
    let mut case = open(Arc::new(Disk), &earlier).unwrap();
    at(9, |hand| case.capture(vec![report("talen/9.txt", "Nine people died.")], hand)).unwrap();
    drop(case);
    let kept = std::fs::read_to_string(earlier.join("log/checkpoint")).unwrap();
    let seen = verify(&Disk, &early, Outside { checkpoint: Some(&kept), ..Outside::default() });
    let [finding] = seen.wrong.as_slice() else { panic!("{:?}", seen.wrong) };
    assert!(finding.code == "S204" && finding.message.contains("entry 4: missing"), "{finding:?}");
}

/// A log that is put back to an earlier state leaves the anchors of the later one lying there.
#[test]
fn an_anchor_of_a_longer_log_tells_that_it_was_cut() {
    use rashomon_store::anchor;
    use rashomon_store::log::{Facts, Verb};
    let base = fresh("tampering-rollback");
    let root = base.join("case");
    let mut case = small(Arc::new(Disk), &root).unwrap();
    copy(&root.join("log"), &base.join("log"));
    at(9, |hand| case.capture(vec![report("talen/9.txt", "Nine people died.")], hand)).unwrap();
    let (head, size) = case.head();
    let query = anchor::query(&head, &[1; 8]);
    let sha256 = rashomon_store::hex::sha256(&query);
    let file = format!("{sha256}.tsq");
    std::fs::write(root.join("anchors").join(&file), &query).unwrap();
    let facts = Facts::Anchor { file: file.clone(), sha256, size, state: "query".into() };
    let draft = rashomon_store::case::Draft { verb: Verb::Anchor, facts, of: vec![] };
    at(10, |hand| case.commit(vec![draft], hand)).unwrap();
    drop(case);
    assert!(check(&root).wrong.is_empty() && check(&root).notes.is_empty());
    // a query for a root the log had, and something that is no anchor: left there, and no harm
    let log = rashomon_store::log::read(&std::fs::read(root.join("log/entries.jsonl")).unwrap());
    let early = anchor::query(&log.root(2).unwrap(), &[2; 8]);
    std::fs::write(root.join("anchors/early.tsq"), early).unwrap();
    std::fs::write(root.join("anchors/about.txt"), "certificates of the authority").unwrap();
    let seen = check(&root);
    assert!(seen.wrong.is_empty() && seen.notes.iter().filter(|note| note.code == "S224").count() == 2, "{seen:?}");
    std::fs::remove_dir_all(root.join("log")).unwrap();
    copy(&base.join("log"), &root.join("log"));
    let seen = check(&root);
    let [finding] = seen.wrong.as_slice() else { panic!("{:?}", seen.wrong) };
    assert!(
        finding.code == "S208" && finding.message.contains(&file) && finding.message.contains("cut"),
        "{finding:?}"
    );
}

/// A length that only a hostile log can state does not overflow.
#[test]
fn the_largest_length_is_a_length() {
    let base = fresh("tampering-length");
    let root = base.join("case");
    drop(small(Arc::new(Disk), &root).unwrap());
    let sha256 = rashomon_store::hex::sha256(b"Five people died.");
    assert_eq!(rashomon_store::objects::get(&Disk, &root, &sha256, u64::MAX).unwrap(), b"Five people died.");
}

/// A pipe in the place of a file is no file; nobody waits for it.
#[cfg(unix)]
#[test]
fn a_pipe_in_a_case_is_not_waited_for() {
    let base = fresh("tampering-pipe");
    let root = base.join("case");
    drop(small(Arc::new(Disk), &root).unwrap());
    let path = root.join("log/facts.jsonl");
    std::fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let (done, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || done.send(first(&root)));
    let said = wait.recv_timeout(std::time::Duration::from_secs(30)).unwrap();
    assert!(said.starts_with("S201") && said.contains("facts.jsonl: it is no file"), "{said}");
}

#[test]
fn a_missing_object_is_named_and_so_is_a_rewritten_log() {
    let base = fresh("tampering-missing");
    let root = base.join("case");
    let mut case = small(Arc::new(Disk), &root).unwrap();
    let sha256 = case.contents().get(2).unwrap().facts.clone().unwrap().sha256;
    let kept = std::fs::read_to_string(root.join("log/checkpoint")).unwrap();
    let path = rashomon_store::objects::place(&root, &sha256);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(first(&root).contains(&format!("entry 2: object {sha256} is missing")), "{}", first(&root));
    std::fs::write(&path, bytes).unwrap();
    at(9, |hand| case.capture(vec![report("talen/9.txt", "Nine people died.")], hand)).unwrap();
    drop(case);
    assert!(
        verify(&Disk, &root, Outside { checkpoint: Some(&kept), ..Outside::default() }).wrong.is_empty(),
        "the log goes on from the checkpoint that was kept"
    );
    // whoever has the key can make another log, but not one that begins like the one whose checkpoint was kept
    let other = base.join("other");
    let mut forged = at(0, |hand| Case::init(Arc::new(Disk), &other, "Talen", hand)).unwrap();
    at(1, |hand| forged.capture(vec![report("talen/0.txt", "Nobody died.")], hand)).unwrap();
    drop(forged);
    assert!(!verify(&Disk, &other, Outside { checkpoint: Some(&kept), ..Outside::default() }).wrong.is_empty());
}

#[test]
fn an_erased_witness_leaves_a_log_that_verifies_and_nothing_to_guess_from() {
    let base = fresh("tampering-erase");
    let root = base.join("case");
    let mut case = at(0, |hand| Case::init(Arc::new(Disk), &root, "Talen", hand)).unwrap();
    let name = "interviews/orsa-venn.txt";
    let done = at(1, |hand| {
        case.capture(
            vec![report(name, "I saw it from the bridge, call me on 555 0199."), report("b.txt", "Two died.")],
            hand,
        )
    })
    .unwrap();
    let target = case.named(name).unwrap();
    at(2, |hand| case.erase(&[target], "asked by the witness", hand)).unwrap();
    drop(case);
    let seen = check(&root);
    assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{seen:?}");
    assert_eq!((seen.erased, seen.objects), (1, 1));
    for file in files(&root) {
        let text = String::from_utf8_lossy(&std::fs::read(root.join(&file)).unwrap()).into_owned();
        assert!(!text.contains("orsa-venn"), "{}", file.display());
    }
    let case = Case::look(Arc::new(Disk), &root).unwrap();
    let capture = case.contents().get(new(&done[0])).unwrap();
    assert_eq!((capture.state, &capture.facts), (State::Erased, &None));
}

/// That a row was taken out names its address; when its file is erased, this goes too.
#[test]
fn what_was_noted_of_a_row_taken_out_goes_with_its_file() {
    let base = fresh("tampering-row");
    let root = base.join("case");
    let mut case = at(0, |hand| Case::init(Arc::new(Disk), &root, "Talen", hand)).unwrap();
    let mut table = report("rows.csv", "Two people died.");
    let row = rashomon_store::log::facts::Read { key: "url:talen.example/orsa-venn".into(), ..Default::default() };
    table.facts.reports.push(row);
    at(1, |hand| case.capture(vec![table], hand)).unwrap();
    let row = case.named("talen.example/orsa-venn").unwrap();
    at(2, |hand| case.remove(&[row], "asked", hand)).unwrap();
    let file = case.named("rows.csv").unwrap();
    at(3, |hand| case.erase(&[file], "asked by the witness", hand)).unwrap();
    drop(case);
    let seen = check(&root);
    assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{seen:?}");
    for file in files(&root) {
        let text = String::from_utf8_lossy(&std::fs::read(root.join(&file)).unwrap()).into_owned();
        assert!(!text.contains("orsa-venn"), "{}", file.display());
    }
}

/// What was altered can be put right later: no command throws away a line it cannot read while an entry lacks its facts.
#[test]
fn an_altered_line_of_facts_outlives_further_commands() {
    let base = fresh("tampering-facts");
    let root = base.join("case");
    drop(small(Arc::new(Disk), &root).unwrap());
    let path = root.join("log/facts.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("talen/1.txt", "talen/7.txt")).unwrap();
    let mut case = open(Arc::new(Disk), &root).unwrap();
    at(9, |hand| case.capture(vec![report("talen/9.txt", "Nine people died.")], hand)).unwrap();
    let target = case.named("talen/9.txt").unwrap();
    at(10, |hand| case.erase(&[target], "asked", hand)).unwrap();
    drop(case);
    assert!(check(&root).wrong.iter().any(|finding| finding.code == "S206"), "{:?}", check(&root).wrong);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("talen/7.txt", "talen/1.txt")).unwrap();
    let seen = check(&root);
    assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{seen:?}");
}

#[test]
fn a_clock_set_back_is_told() {
    let base = fresh("tampering-clock");
    let root = base.join("case");
    let mut case = at(30, |hand| Case::init(Arc::new(Disk), &root, "Talen", hand)).unwrap();
    at(10, |hand| case.capture(vec![report("a.txt", "Two died.")], hand)).unwrap();
    drop(case);
    let seen = check(&root);
    assert!(seen.wrong.is_empty());
    assert!(seen.notes.iter().any(|note| note.code == "S222" && note.message.contains("entry 1")), "{:?}", seen.notes);
    let case = Case::look(Arc::new(Disk), &root).unwrap();
    assert_eq!(case.entries()[1].clock, "system, set back");
}

#[test]
fn a_copy_is_the_case() {
    let base = fresh("tampering-copy");
    drop(small(Arc::new(Disk), &base.join("case")).unwrap());
    copy(&base.join("case"), &base.join("stick"));
    assert_eq!(check(&base.join("case")), check(&base.join("stick")));
    let mut case = open(Arc::new(Disk), &base.join("stick")).unwrap();
    at(9, |hand| case.capture(vec![report("talen/9.txt", "Nine people died.")], hand)).unwrap();
    drop(case);
    assert!(check(&base.join("stick")).wrong.is_empty());
}

#[test]
fn what_is_there_is_not_taken_in_twice() {
    let base = fresh("tampering-twice");
    let mut case = small(Arc::new(Disk), &base.join("case")).unwrap();
    let entries = case.entries().len();
    let outcomes = at(9, |hand| {
        case.capture(vec![report("talen/0.txt", "Four people died."), report("talen/0.txt", "Five died.")], hand)
    });
    assert!(matches!(outcomes.unwrap()[..], [Outcome::Unchanged(1), Outcome::New(4)]));
    assert_eq!(case.entries().len(), entries + 1);
    assert_eq!(case.contents().reports()["place:talen/0.txt"].len(), 2, "a new capture of the same report");
}

#[test]
fn words_changed_and_changed_back_count_as_they_are() {
    let base = fresh("tampering-back");
    let mut case = small(Arc::new(Disk), &base.join("case")).unwrap();
    let mut add = |minute, words| at(minute, |hand| case.capture(vec![report("talen/0.txt", words)], hand)).unwrap();
    assert_eq!(add(4, "Nine people died."), [Outcome::New(4)]);
    assert_eq!(add(5, "Four people died."), [Outcome::New(5)], "changed back");
    assert_eq!(add(6, "Four people died."), [Outcome::Unchanged(5)]);
    let last = case.contents().reports()["place:talen/0.txt"].last().unwrap().0.seq;
    assert_eq!(last, 5);
    // the same file named twice at once
    let twice = vec![report("talen/0.txt", "Six people died."), report("talen/0.txt", "Six people died.")];
    let outcomes = at(7, |hand| case.capture(twice, hand)).unwrap();
    assert_eq!(outcomes, [Outcome::New(6), Outcome::Unchanged(6)]);
}

#[test]
fn what_counts_was_captured_last_and_not_taken_in_last() {
    let base = fresh("tampering-last");
    let mut case = small(Arc::new(Disk), &base.join("case")).unwrap();
    let imported = |words: &str, time: &str, via: &str| {
        let mut taken = report("elsewhere/0.txt", words);
        taken.facts.reports[0].key = "place:talen/0.txt".into();
        (taken.facts.captured, taken.facts.via) = (Some(time.into()), Some(via.into()));
        taken
    };
    // taken in at 00:01 here; captured before it, within its second, and at a time that cannot be
    let monday = imported("Two people died.", "2031-03-03T08:00:00Z", "other, entry 1");
    let second = imported("Three people died.", "2031-03-04T00:01:00Z", "other, entry 2");
    let never = imported("Ten people died.", "2099-01-01T00:00:00Z", "other, entry 3");
    let again = imported("Two people died.", "2031-03-03T09:00:00Z", "other, entry 4");
    let taken = || vec![monday.clone(), second.clone(), never.clone(), again.clone()];
    let outcomes = at(9, |hand| case.capture(taken(), hand)).unwrap();
    assert_eq!(outcomes, [4, 5, 6, 7].map(Outcome::New));
    let outcomes = at(10, |hand| case.capture(taken(), hand)).unwrap();
    assert_eq!(outcomes, [4, 5, 6, 7].map(Outcome::Unchanged), "an import again");
    let contents = case.contents();
    let found = &contents.reports()["place:talen/0.txt"];
    let order: Vec<(u64, &str)> =
        found.iter().map(|(capture, read)| (capture.seq, capture.captured(Some(read)))).collect();
    assert_eq!(
        order,
        [
            (4, "2031-03-03T08:00:00Z"),
            (7, "2031-03-03T09:00:00Z"),
            (5, "2031-03-04T00:01:00Z"),
            (1, "2031-03-04T00:01:00.000Z"),
            (6, "2031-03-04T00:09:00.000Z"),
        ]
    );
}

/// A name that several places bear, or the beginning of several hashes, means none of them.
#[test]
fn a_name_of_several_things_means_none_of_them() {
    let base = fresh("tampering-names");
    let mut case = small(Arc::new(Disk), &base.join("case")).unwrap();
    let elsewhere = |place: &str, words: &str| {
        let mut taken = report("talen/0.txt", words);
        taken.facts.place = place.to_owned();
        taken.facts.reports[0].key = format!("place:{place}");
        taken
    };
    at(9, |hand| case.capture(vec![elsewhere("d2/talen/0.txt", "Nine people died.")], hand)).unwrap();
    at(9, |hand| case.capture(vec![report("talen/1.txt", "Six people died.")], hand)).unwrap();
    let refused = |name: &str| case.named(name).unwrap_err().to_string();
    let said = refused("talen/0.txt");
    assert!(said.contains("1 (talen/0.txt, ") && said.contains("4 (talen/0.txt, ") && said.contains("S113"), "{said}");
    assert!(refused("doc-talen/0.txt").contains("S113"), "two reports with one document id");
    assert!(refused("talen/7.txt").contains("S107"), "nothing is called so");
    let two = |first: u64, second: u64| rashomon_store::case::Target::Captures([first, second].into());
    assert_eq!(case.named("talen/1.txt").unwrap(), two(2, 5), "two captures of one file");
    for (name, seq) in [("1", 1), ("d2/talen/0.txt", 4)] {
        assert_eq!(case.named(name).unwrap(), rashomon_store::case::Target::Captures([seq].into()), "{name}");
    }
}

/// A table read by another choice of columns is another reading of it, and takes the place of the one before.
#[test]
fn a_table_is_read_again_by_other_columns() {
    let base = fresh("tampering-columns");
    let mut case = small(Arc::new(Disk), &base.join("case")).unwrap();
    let table = |columns: &[&str], key: &str| {
        let mut table = report("rows.csv", "a,b");
        table.facts.columns = columns.iter().map(|&column| column.to_owned()).collect();
        table.facts.reports[0].key = key.to_owned();
        table
    };
    let mut add = |table| at(9, |hand| case.capture(vec![table], hand)).unwrap().remove(0);
    let first = new(&add(table(&[], "row p:1")));
    assert_eq!(add(table(&["title=a"], "row p:1")), rashomon_store::Outcome::Unchanged(first), "the same reports");
    let second = new(&add(table(&["text=b"], "row p:2")));
    assert_eq!(add(table(&["text=b"], "row p:2")), rashomon_store::Outcome::Unchanged(second));
    let states = |seq| case.contents().get(seq).unwrap().state;
    assert_eq!((states(first), states(second)), (State::Removed, State::Live));
    assert!(!case.contents().reports().contains_key("row p:1"));
    assert!(case.named("doc-rows.csv").is_ok(), "the reading that counts is meant");
    drop(case);
    assert!(check(&base.join("case")).wrong.is_empty());
}

/// Taken in again, a row that was taken out counts again, and is no longer told as taken out.
#[test]
fn a_row_taken_out_comes_back_with_its_table() {
    let base = fresh("tampering-row");
    let mut case = small(Arc::new(Disk), &base.join("case")).unwrap();
    let mut table = report("rows.csv", "a,b");
    let row = rashomon_store::log::facts::Read { key: "id p:x".into(), part: "#2".into(), ..Default::default() };
    table.facts.reports.push(row);
    at(8, |hand| case.capture(vec![table.clone()], hand)).unwrap();
    let row = case.named("rows.csv#2").unwrap();
    at(9, |hand| case.remove(&[row], "satire", hand)).unwrap();
    assert_eq!(case.contents().removed().collect::<Vec<_>>(), [("id p:x", "satire")]);
    let outcomes = at(10, |hand| case.capture(vec![table.clone()], hand)).unwrap();
    let again = new(&outcomes[0]);
    assert_eq!(case.contents().reports()["id p:x"].len(), 1);
    assert_eq!(case.contents().removed().count(), 0);
    let outcomes = at(11, |hand| case.capture(vec![table], hand)).unwrap();
    assert_eq!(outcomes, [rashomon_store::Outcome::Unchanged(again)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// Whatever lies in the files of the log, checking ends in findings and not in a fall.
    #[test]
    fn garbage_is_refused(entries in proptest::collection::vec(any::<u8>(), 0..400), line in ".{0,200}") {
        let read = rashomon_store::log::read(&entries);
        prop_assert!(read.entries.is_empty());
        prop_assert!(rashomon_store::log::facts::Opening::read(&line).is_none());
        let key = rashomon_store::log::note::Key::from_secret("k", [1; 32]).unwrap().public();
        prop_assert!(rashomon_store::log::note::Checkpoint::open(&line, &key).is_err());
        prop_assert!(rashomon_store::anchor::time(&entries).is_none());
    }
}
