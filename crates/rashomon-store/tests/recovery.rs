//! What an interrupted command left is told, whichever command comes next; and nothing that may be a case is made anew.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use rashomon_store::Case;
use rashomon_store::case::StoreError;
use rashomon_store::disk::{Disk, Files};
use rashomon_store::log::{Facts, Verb};
use rashomon_store::verify::{Outside, verify};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use support::fault::{Fault, Faulty, Kind};
use support::{at, copy, fresh, open, report, small};

/// What the log says was cleared away, entry by entry.
fn told(case: &Case) -> Vec<String> {
    let of = |entry| match &case.opening(entry)?.facts {
        Facts::Recovered { what } => Some(what.clone()),
        _ => None,
    };
    case.entries().iter().filter(|entry| entry.verb == Verb::Recover).filter_map(of).collect()
}

/// Writes at the end of a file.
fn append(path: &Path, bytes: &[u8]) {
    std::fs::OpenOptions::new().append(true).open(path).unwrap().write_all(bytes).unwrap();
}

fn add(case: &mut Case, name: &str) -> Result<(), StoreError> {
    at(10, |hand| case.capture(vec![report(name, "Nine people died.")], hand)).map(drop)
}

#[test]
fn what_was_cut_off_is_told_by_the_next_command_that_writes_an_entry() {
    let root = fresh("recovery-told").join("case");
    drop(small(Arc::new(Disk), &root).unwrap());
    append(&root.join("log/entries.jsonl"), b"half an ent");
    // a command that writes nothing: what it is to remove is not there
    let case = open(Arc::new(Disk), &root).unwrap();
    assert!(case.named("talen/none.txt").is_err());
    drop(case);
    append(&root.join("log/facts.jsonl"), b"half a line");
    drop(open(Arc::new(Disk), &root).unwrap());
    let mut case = open(Arc::new(Disk), &root).unwrap();
    assert!(told(&case).is_empty());
    add(&mut case, "talen/8.txt").unwrap();
    add(&mut case, "talen/9.txt").unwrap();
    drop(case);
    let case = open(Arc::new(Disk), &root).unwrap();
    let [what] = &told(&case)[..] else { panic!("told once: {:?}", told(&case)) };
    assert!(what.contains("11 bytes behind the last signed entry") && what.contains("lines of facts"), "{what}");
    assert!(!root.join("tmp/cleared").exists());
    let seen = verify(&Disk, &root, Outside::default());
    assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{seen:?}");
}

/// Whatever step fails while it is cleared away and told: it is told once in the end.
#[test]
fn a_failing_disk_does_not_lose_what_is_to_be_told() {
    let base = fresh("recovery-faults");
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    append(&model.join("log/entries.jsonl"), b"half an ent");
    for step in 0..40 {
        for kind in [Kind::Error, Kind::Full, Kind::Torn, Kind::Killed] {
            let what = format!("step {step}, {kind:?}");
            let root = base.join(format!("{step}-{kind:?}"));
            copy(&model, &root);
            let disk: Arc<dyn Files> = Arc::new(Faulty::new(Some(Fault { step, kind })));
            if let Ok(mut case) = open(disk, &root) {
                // the second attempt goes on from what the first left
                let _ = add(&mut case, "talen/8.txt").or_else(|_| add(&mut case, "talen/8.txt"));
            }
            let mut case = open(Arc::new(Disk), &root).unwrap();
            add(&mut case, "talen/9.txt").unwrap();
            let found = told(&case).join("; ");
            assert_eq!(found.matches("11 bytes behind").count(), 1, "{what}: {found}");
            drop(case);
            let seen = verify(&Disk, &root, Outside::default());
            assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{what}: {seen:?}");
            std::fs::remove_dir_all(&root).unwrap();
        }
    }
}

/// Refuses to make a case, and changes nothing.
fn refused(root: &Path, files: Arc<dyn Files>) {
    let before: Vec<_> = ["secret/key", "log/entries.jsonl", "log/facts.jsonl", "log/checkpoint"]
        .iter()
        .map(|name| std::fs::read(root.join(name)).ok())
        .collect();
    let made = at(20, |hand| Case::init(files, root, "Another", hand));
    assert!(matches!(made, Err(StoreError::NotEmpty(_))), "{:?}", made.err());
    let after: Vec<_> = ["secret/key", "log/entries.jsonl", "log/facts.jsonl", "log/checkpoint"]
        .iter()
        .map(|name| std::fs::read(root.join(name)).ok())
        .collect();
    assert_eq!(before, after);
}

/// A copy that lost the file that makes it a case, and more, may still be one: its key is worth more than a new one.
#[test]
fn init_leaves_alone_what_may_be_a_case() {
    let base = fresh("recovery-init");
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    std::fs::remove_file(model.join("rashomon-case.json")).unwrap();
    let without = |name: &str, change: &dyn Fn(&Path)| {
        let root = base.join(name);
        copy(&model, &root);
        change(&root);
        refused(&root, Arc::new(Disk));
    };
    let flip = |root: &Path| {
        let path = root.join("log/entries.jsonl");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[20] ^= 1;
        std::fs::write(&path, bytes).unwrap();
    };
    let gone = |root: &Path, names: &[&str]| {
        for name in names {
            let path = root.join(name);
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
    };
    without("marker", &|_| {});
    without("flipped", &flip);
    without("no-objects", &|root| gone(root, &["objects"]));
    without("flipped-no-objects", &|root| {
        flip(root);
        gone(root, &["objects"]);
    });
    without("no-entries", &|root| gone(root, &["objects", "log/entries.jsonl"]));
    without("no-facts", &|root| gone(root, &["objects", "log/entries.jsonl", "log/facts.jsonl"]));
    without("objects-alone", &|root| gone(root, &["log"]));
}

/// A disk on which somebody else makes a case in the folder just after it was looked at.
struct Raced(AtomicBool);

impl Files for Raced {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Disk.read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.write(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.append(path, bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        Disk.sync(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        Disk.sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        Disk.remove_folder(path)
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        Disk.cut(path, length)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        if !self.0.swap(true, Ordering::SeqCst) {
            drop(at(0, |hand| Case::init(Arc::new(Disk), path, "Talen", hand)).unwrap());
        }
        Disk.make_folder(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        Disk.list(path)
    }

    fn exists(&self, path: &Path) -> bool {
        Disk.exists(path)
    }
}

#[test]
fn of_two_that_make_a_case_in_one_folder_the_second_is_refused() {
    let root = fresh("recovery-race").join("case");
    let made = at(1, |hand| Case::init(Arc::new(Raced(AtomicBool::new(false))), &root, "Another", hand));
    assert!(matches!(made, Err(StoreError::NotEmpty(_))), "{:?}", made.err());
    let mut case = open(Arc::new(Disk), &root).unwrap();
    assert_eq!(case.contents().title(), "Talen");
    add(&mut case, "talen/9.txt").unwrap();
    assert!(verify(&Disk, &root, Outside::default()).wrong.is_empty());
}
