//! The disk breaks at every step, in every way: what was acknowledged is there, the case opens, the log verifies.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use rashomon_store::Case;
use rashomon_store::case::{Draft, Outcome, StoreError, Taken};
use rashomon_store::disk::{Disk, Files, replace};
use rashomon_store::log::{Facts, Verb};
use rashomon_store::readings::Found;
use rashomon_store::verify::{Outside, verify};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use support::fault::{Fault, Faulty, KINDS, Kind};
use support::{at, copy, fresh, open, report, small};

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
    let mut case = open(Arc::new(Faulty::new(None)), root).unwrap_or_else(|error| panic!("{what}: {error}"));
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
    for step in 0..=steps {
        for kind in KINDS {
            let what = format!("{name}, step {step}, {kind:?}");
            let root = base.join(format!("{step}-{kind:?}"));
            copy(&model, &root);
            let disk = Arc::new(Faulty::below(&root, Fault { step, kind }));
            let acknowledged = open(disk.clone(), &root).and_then(|mut case| act(&mut case)).is_ok();
            disk.end();
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

/// Each sync is needed: without it, something acknowledged is gone when the power goes right after.
#[test]
fn a_sync_left_out_is_noticed() {
    let base = fresh("faults-deaf");
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    let holds = |root: &Path, many: usize| {
        let later = vec![report("talen/later.txt", "The market was hit again.")];
        Case::is_case(root)
            && verify(&Disk, root, Outside::default()).wrong.is_empty()
            && open(Arc::new(Disk), root)
                .is_ok_and(|mut case| words(&case).len() == many && at(20, |hand| case.capture(later, hand)).is_ok())
    };
    for (name, many) in [("init", 0), ("add", 5)] {
        let mut heard = 0;
        for nth in 0.. {
            let above = base.join(format!("{name}-{nth}"));
            std::fs::create_dir(&above).unwrap();
            let root = above.join("talen");
            if name == "add" {
                copy(&model, &root);
            }
            let disk = Arc::new(Faulty::deaf(&above, nth));
            match name {
                "init" => drop(at(0, |hand| Case::init(disk.clone(), &root, "Talen", hand)).unwrap()),
                _ => add(&mut open(disk.clone(), &root).unwrap()).unwrap(),
            }
            disk.end();
            let Some(path) = disk.unheard() else {
                assert!(holds(&root, many), "{name}: all was heard");
                break;
            };
            // the mark that objects are being put is of use before the end only
            assert!(
                path.ends_with("tmp") || !holds(&root, many),
                "{name}: nothing tells that {} was not synced",
                path.display()
            );
            heard += 1;
        }
        assert!(heard >= 7, "{name}: {heard}");
    }
}

/// What was read of an erased report does not come back when the power goes right after.
#[test]
fn an_erasure_reaches_readings_for_good() {
    let base = fresh("faults-erased-readings");
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    let shelf = Case::look(Arc::new(Disk), &model).unwrap().shelf("fast", "program 1").unwrap();
    shelf.put("ab01", b"Nobody died.").unwrap();
    assert!(model.join("analyses/0").exists(), "what is looked for below");
    let mut told = false;
    for step in 0..40 {
        let root = base.join(format!("{step}"));
        copy(&model, &root);
        let disk = Arc::new(Faulty::below(&root, Fault { step, kind: Kind::Power }));
        let acknowledged = open(disk.clone(), &root).and_then(|mut case| erase(&mut case)).is_ok();
        disk.end();
        assert!(!acknowledged || !root.join("analyses/0").exists(), "{step}");
        told |= acknowledged;
    }
    assert!(told);
}

/// A command that goes on after an error of the disk does not build on what it is unsure of.
#[test]
fn the_same_process_may_try_again() {
    let base = fresh("faults-again");
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    for (step, kind) in (0..40).flat_map(|step| [(step, Kind::Error), (step, Kind::Half)]) {
        let root = base.join(format!("{step}-{kind:?}"));
        copy(&model, &root);
        let mut case = open(Arc::new(Faulty::new(Some(Fault { step, kind }))), &root).unwrap();
        let (first, second) = (add(&mut case), add(&mut case));
        assert!(first.is_ok() || second.is_ok(), "{step} {kind:?}: {first:?} {second:?}");
        drop(case);
        let case = open(Arc::new(Disk), &root).unwrap();
        assert_eq!(words(&case).len(), 5, "{step} {kind:?}");
        let seen = verify(&Disk, &root, Outside::default());
        assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{step} {kind:?}: {seen:?}");
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
            let disk = Arc::new(Faulty::below(&root, Fault { step, kind }));
            let case = Case::look(disk.clone(), &root).unwrap();
            let shelf = case.shelf("fast", "program 1").unwrap();
            let kept: Vec<bool> = keys.iter().map(|key| shelf.put(key, key.repeat(99).as_bytes()).is_ok()).collect();
            disk.end();
            let case = open(Arc::new(Disk), &root).unwrap();
            let shelf = case.shelf("fast", "program 1").unwrap();
            for (key, kept) in keys.iter().zip(kept) {
                match shelf.get(key) {
                    Found::Reading(bytes) => assert_eq!(bytes, key.repeat(99).as_bytes(), "{what}"),
                    // a reading is not waited for until it is lasting
                    found => assert!(!kept || kind == Kind::Power, "{what}: {found:?}"),
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
    for step in 0..=counting.steps() {
        for kind in KINDS {
            let what = format!("{step} {kind:?}");
            let above = base.join(format!("{step}-{kind:?}"));
            std::fs::create_dir(&above).unwrap();
            // below folders that are not there yet
            let root = above.join("cases/talen");
            let disk = Arc::new(Faulty::below(&above, Fault { step, kind }));
            let made = at(0, |hand| Case::init(disk.clone(), &root, "Talen", hand)).is_ok();
            disk.end();
            if !Case::is_case(&root) {
                assert!(!made, "{what}");
                drop(at(0, |hand| Case::init(Arc::new(Disk), &root, "Talen", hand)).unwrap());
            }
            let seen = verify(&Disk, &root, Outside::default());
            assert!(seen.wrong.is_empty(), "{what}: {:?}", seen.wrong);
        }
    }
}

/// Captures of an import: two at a time, so that it takes several commits, as one of hundreds does.
fn import(case: &mut Case) -> Result<usize, StoreError> {
    let mut new = 0;
    for batch in 0..3 {
        let one = |n: u32| {
            let n = 2 * batch + n;
            let mut taken = report(&format!("orvel/{n}.txt"), &format!("{n} people were hurt at the bridge of Orvel."));
            taken.facts.via = Some(format!("rashomon.case/0, entry {n}"));
            taken
        };
        let taken: Vec<Taken> = vec![one(0), one(1)];
        let done = at(10 + batch, |hand| case.capture(taken, hand))?;
        new += done.iter().filter(|outcome| matches!(outcome, Outcome::New(_))).count();
    }
    Ok(new)
}

/// An import that broke off may have taken in a part, whole commits; done again, it takes in the rest, and nothing twice.
#[test]
fn import_survives_every_fault_and_is_completed_by_doing_it_again() {
    let base = fresh("faults-import");
    let model = base.join("model");
    drop(small(Arc::new(Disk), &model).unwrap());
    let counting = Arc::new(Faulty::new(None));
    let whole = base.join("whole");
    copy(&model, &whole);
    assert_eq!(import(&mut open(counting.clone(), &whole).unwrap()).unwrap(), 6);
    for step in 0..=counting.steps() {
        for kind in KINDS {
            let what = format!("step {step}, {kind:?}");
            let root = base.join(format!("{step}-{kind:?}"));
            copy(&model, &root);
            let disk = Arc::new(Faulty::below(&root, Fault { step, kind }));
            let acknowledged = open(disk.clone(), &root).and_then(|mut case| import(&mut case)).is_ok();
            disk.end();
            let seen = verify(&Disk, &root, Outside::default());
            assert!(seen.wrong.is_empty(), "{what}: {:?}", seen.wrong);
            let mut case = open(Arc::new(Faulty::new(None)), &root).unwrap();
            let there = words(&case).len() - 3;
            assert!(there.is_multiple_of(2) && (!acknowledged || there == 6), "{what}: {there} of 6");
            assert_eq!(import(&mut case).unwrap(), 6 - there, "{what}");
            assert_eq!((words(&case).len(), case.contents().live().count()), (9, 9), "{what}");
            drop(case);
            let seen = verify(&Disk, &root, Outside::default());
            assert!(seen.wrong.is_empty() && seen.notes.is_empty(), "{what}: {seen:?}");
            std::fs::remove_dir_all(&root).unwrap();
        }
    }
}

/// A page or table that is written anew is the old one or the new one, whole; where it is said to be written, the new one.
#[test]
fn a_dossier_is_whole_after_every_fault() {
    let base = fresh("faults-page");
    let (old, new) = ("<p>Four people died.</p>".repeat(99), "<p>Five people died.</p>".repeat(200));
    for (step, there) in (0..=5).flat_map(|step| [(step, true), (step, false)]) {
        for kind in KINDS {
            let folder = base.join(format!("{step}-{there}-{kind:?}"));
            std::fs::create_dir(&folder).unwrap();
            let path = folder.join("dossier.html");
            if there {
                std::fs::write(&path, &old).unwrap();
            }
            let disk = Faulty::below(&folder, Fault { step, kind });
            let done = replace(&disk, &path, new.as_bytes()).is_ok();
            disk.end();
            let found = std::fs::read_to_string(&path).ok();
            let before = there.then(|| old.clone());
            assert!(found.as_ref() == Some(&new) || (!done && found == before), "{step} {there} {kind:?}");
            assert!(done || step < 4, "{step}: fewer steps than thought");
        }
    }
}
