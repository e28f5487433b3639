//! The disk breaks at every step, in every way: what was acknowledged is there, the case opens, the log verifies.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use rashomon_store::Case;
use rashomon_store::case::{Draft, StoreError};
use rashomon_store::disk::{Disk, Files};
use rashomon_store::log::{Facts, Verb};
use rashomon_store::readings::Found;
use rashomon_store::verify::{Outside, verify};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use support::fault::{Fault, Faulty, Kind};
use support::{at, copy, fresh, open, report, small};

const KINDS: [Kind; 4] = [Kind::Error, Kind::Full, Kind::Torn, Kind::Killed];

/// What a command does to a case; true where it was acknowledged.
type Act = fn(&mut Case) -> Result<(), StoreError>;

fn add(case: &mut Case) -> Result<(), StoreError> {
    let taken =
        vec![report("talen/new.txt", "Six people died."), report("talen/0.txt", "Four people died, one of wounds.")];
    at(10, |hand| case.capture(taken, hand)).map(drop)
}

fn remove(case: &mut Case) -> Result<(), StoreError> {
    let target = case.named("talen/1.txt")?;
    at(10, |hand| case.remove(&[target], "satire", hand)).map(drop)
}

fn erase(case: &mut Case) -> Result<(), StoreError> {
    let target = case.named("talen/2.txt")?;
    at(10, |hand| case.erase(&[target], "asked by the witness", hand)).map(drop)
}

fn dossier(case: &mut Case) -> Result<(), StoreError> {
    let written = BTreeMap::from([("dossier.json".to_owned(), "00".to_owned())]);
    let facts = Facts::Dossier { by: "test".into(), written };
    at(10, |hand| case.commit(vec![Draft { verb: Verb::Dossier, facts, of: vec![] }], hand)).map(drop)
}

/// The words of every capture that counts.
fn words(case: &Case) -> BTreeSet<String> {
    case.contents().live().map(|(_, facts)| String::from_utf8(case.bytes(facts).unwrap()).unwrap()).collect()
}

/// After a fault: opens, verifies before and after, keeps what was acknowledged, and takes further work.
fn sound(root: &Path, before: &BTreeSet<String>, after: &BTreeSet<String>, acknowledged: bool, what: &str) {
    let seen = verify(&Disk, root, Outside::default());
    assert!(seen.wrong.is_empty(), "{what}: before it was opened again: {:?}", seen.wrong);
    let mut case = open(Arc::new(Disk), root).unwrap_or_else(|error| panic!("{what}: {error}"));
    let found = words(&case);
    assert!(found == *after || (!acknowledged && found == *before), "{what}: acknowledged {acknowledged}: {found:?}");
    at(20, |hand| case.capture(vec![report("talen/later.txt", "The market was hit again.")], hand)).unwrap();
    drop(case);
    let seen = verify(&Disk, root, Outside::default());
    assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{what}: {seen:?}");
}

fn every_step(name: &str, act: Act) {
    let base = fresh(name);
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    let before = words(&Case::look(Arc::new(Disk), &model).unwrap());
    let whole = base.join("whole");
    copy(&model, &whole);
    let counting = Arc::new(Faulty::new(None));
    let mut case = open(counting.clone() as Arc<dyn Files>, &whole).unwrap();
    act(&mut case).unwrap();
    let after = words(&case);
    let steps = counting.steps();
    assert!(steps > 5, "{steps}");
    for step in 0..steps {
        for kind in KINDS {
            let what = format!("{name}, step {step}, {kind:?}");
            let root = base.join(format!("{step}-{kind:?}"));
            copy(&model, &root);
            let disk: Arc<dyn Files> = Arc::new(Faulty::new(Some(Fault { step, kind })));
            let acknowledged = open(disk, &root).and_then(|mut case| act(&mut case)).is_ok();
            sound(&root, &before, &after, acknowledged, &what);
            std::fs::remove_dir_all(&root).unwrap();
        }
    }
}

#[test]
fn add_survives_every_fault() {
    every_step("faults-add", add);
}

#[test]
fn remove_survives_every_fault() {
    every_step("faults-remove", remove);
}

#[test]
fn erase_survives_every_fault() {
    every_step("faults-erase", erase);
}

#[test]
fn dossier_survives_every_fault() {
    every_step("faults-dossier", dossier);
}

/// A command that goes on after an error of the disk does not build on what it is unsure of.
#[test]
fn the_same_process_may_try_again() {
    let base = fresh("faults-again");
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    for step in 0..40 {
        let root = base.join(format!("{step}"));
        copy(&model, &root);
        let mut case = open(Arc::new(Faulty::new(Some(Fault { step, kind: Kind::Error }))), &root).unwrap();
        let (first, second) = (add(&mut case), add(&mut case));
        assert!(first.is_ok() || second.is_ok(), "{step}: {first:?} {second:?}");
        drop(case);
        let case = open(Arc::new(Disk), &root).unwrap();
        assert_eq!(words(&case).len(), 5, "{step}");
        let seen = verify(&Disk, &root, Outside::default());
        assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{step}: {seen:?}");
    }
}

/// A reading that was not kept whole is told from one that was, and the case is none the worse.
#[test]
fn readings_survive_every_fault() {
    let base = fresh("faults-readings");
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    let keys = ["ab01", "ab02", "cd01"];
    for step in 0..10 {
        for kind in KINDS {
            let what = format!("step {step}, {kind:?}");
            let root = base.join(format!("{step}-{kind:?}"));
            copy(&model, &root);
            let case = Case::look(Arc::new(Faulty::new(Some(Fault { step, kind }))), &root).unwrap();
            let shelf = case.shelf("fast", "program 1").unwrap();
            let kept: Vec<bool> = keys.iter().map(|key| shelf.put(key, key.repeat(99).as_bytes()).is_ok()).collect();
            let case = open(Arc::new(Disk), &root).unwrap();
            let shelf = case.shelf("fast", "program 1").unwrap();
            for (key, kept) in keys.iter().zip(kept) {
                match shelf.get(key) {
                    Found::Reading(bytes) => assert_eq!(bytes, key.repeat(99).as_bytes(), "{what}"),
                    found => assert!(!kept, "{what}: {found:?}"),
                }
                assert_eq!(case.shelf("fast", "program 2").unwrap().get(key), Found::Nothing, "{what}");
            }
            let seen = verify(&Disk, &root, Outside::default());
            assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{what}: {seen:?}");
        }
    }
}

/// Half a case is no case; making it again works.
#[test]
fn init_survives_every_fault() {
    let base = fresh("faults-init");
    let counting = Arc::new(Faulty::new(None));
    drop(at(0, |hand| Case::init(counting.clone(), &base.join("whole"), "Talen", hand)).unwrap());
    for step in 0..counting.steps() {
        for kind in KINDS {
            let root = base.join(format!("{step}-{kind:?}"));
            let disk = Arc::new(Faulty::new(Some(Fault { step, kind })));
            let made = at(0, |hand| Case::init(disk, &root, "Talen", hand)).is_ok();
            if !Case::is_case(&root) {
                assert!(!made, "{step} {kind:?}");
                drop(at(0, |hand| Case::init(Arc::new(Disk), &root, "Talen", hand)).unwrap());
            }
            let seen = verify(&Disk, &root, Outside::default());
            assert!(seen.wrong.is_empty(), "{step} {kind:?}: {:?}", seen.wrong);
        }
    }
}
