//! The process is killed at any moment: nothing acknowledged is lost, the case opens, the log verifies.
//!
//! The test runs itself as a child that adds, removes, erases and notes dossiers until it is killed (`SIGKILL` on POSIX
//! systems). `RASHOMON_KILLS` says how often, `RASHOMON_CRASH_IN` in which folder; `cargo xtask crash --kills 2000` is the long run.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use rashomon_store::Case;
use rashomon_store::case::Draft;
use rashomon_store::disk::Disk;
use rashomon_store::log::{Facts, Verb};
use rashomon_store::verify::{Outside, verify};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use support::{at, fresh, open, report};

/// Kills in an ordinary run of the tests.
const FEW: u32 = 40;
/// Kills before a new case is begun.
const PER_CASE: u32 = 20;

/// Numbers without pattern, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// What a report under a name says.
fn words(name: &str) -> String {
    format!("At the bridge of {name} shells fell on Monday. ").repeat(1 + name.len() % 7)
}

/// The child: works until it is killed. It says what it will take out before, and what it has added after.
#[test]
#[ignore = "run by the test below, in a process of its own"]
fn works_until_killed() {
    let (Some(root), Ok(seed)) = (std::env::var_os("RASHOMON_CRASH"), std::env::var("RASHOMON_SEED")) else { return };
    let mut dice = Dice(seed.parse().unwrap());
    let mut out = std::io::stdout();
    let mut case = open(Arc::new(Disk), &PathBuf::from(root)).unwrap();
    writeln!(out, "\nopened").unwrap();
    for round in 0.. {
        let live: Vec<String> = case.contents().live().map(|(_, facts)| facts.origin.clone()).collect();
        match dice.roll(10) {
            0 | 1 if !live.is_empty() => {
                let name = &live[usize::try_from(dice.roll(live.len() as u64)).unwrap()];
                writeln!(out, "gone {name}").unwrap();
                let target = case.named(name).unwrap();
                if dice.roll(2) == 0 {
                    at(round % 1440, |hand| case.remove(&[target], "test", hand)).unwrap();
                } else {
                    at(round % 1440, |hand| case.erase(&[target], "test", hand)).unwrap();
                }
            }
            2 => {
                let written = BTreeMap::from([("dossier.json".to_owned(), format!("{round}"))]);
                let facts = Facts::Dossier { by: "test".into(), written };
                let draft = Draft { verb: Verb::Dossier, facts, of: vec![] };
                at(round % 1440, |hand| case.commit(vec![draft], hand)).unwrap();
            }
            _ => {
                let names: Vec<String> = (0..=dice.roll(4)).map(|n| format!("talen-{seed}/{round}-{n}.txt")).collect();
                let taken = names.iter().map(|name| report(name, &words(name))).collect();
                at(round % 1440, |hand| case.capture(taken, hand)).unwrap();
                for name in names {
                    writeln!(out, "added {name}").unwrap();
                }
            }
        }
        out.flush().unwrap();
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let kills: u32 = std::env::var("RASHOMON_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(FEW);
    // on a file system in memory a child does far more between two kills
    let base = std::env::var_os("RASHOMON_CRASH_IN").map_or_else(|| fresh("crash"), PathBuf::from);
    let mut dice = Dice(7);
    let (mut root, mut due) = (PathBuf::new(), BTreeSet::new());
    let (mut acknowledged, mut interrupted) = (0, 0);
    for kill in 0..kills {
        if kill % PER_CASE == 0 {
            let _ = std::fs::remove_dir_all(&root);
            root = base.join(format!("case-{kill}"));
            due = BTreeSet::new();
            drop(at(0, |hand| Case::init(Arc::new(Disk), &root, "Talen", hand)).unwrap());
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "works_until_killed", "--nocapture"])
            .env("RASHOMON_CRASH", &root)
            .env("RASHOMON_SEED", kill.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        // some are killed while they open the case, most later
        if dice.roll(10) > 0 {
            assert!(lines.by_ref().any(|line| line == "opened"), "kill {kill}: the case did not open");
        }
        // so far, whatever the machine's pace, and then anywhere in the step after
        let told: Vec<String> = lines.by_ref().take(usize::try_from(dice.roll(7)).unwrap()).collect();
        std::thread::sleep(Duration::from_micros(dice.roll(10_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in told.into_iter().chain(lines) {
            match line.split_once(' ') {
                Some(("added", name)) => {
                    acknowledged += 1;
                    due.insert(name.to_owned());
                }
                Some(("gone", name)) => {
                    due.remove(name);
                }
                _ => {}
            }
        }
        let seen = verify(&Disk, &root, Outside::default());
        assert!(seen.wrong.is_empty(), "kill {kill}: {:?}", seen.wrong);
        interrupted += u32::from(!seen.notes.is_empty());
        let case = Case::look(Arc::new(Disk), &root).unwrap_or_else(|error| panic!("kill {kill}: {error}"));
        let there: BTreeMap<&str, _> =
            case.contents().live().map(|(_, facts)| (facts.origin.as_str(), facts)).collect();
        for name in &due {
            let facts = there.get(name.as_str()).unwrap_or_else(|| panic!("kill {kill}: {name} is lost"));
            assert_eq!(case.bytes(facts).unwrap(), words(name).as_bytes(), "kill {kill}: {name}");
        }
    }
    drop(open(Arc::new(Disk), &root).unwrap());
    println!(
        "{kills} kills, {interrupted} in the middle of a command, {acknowledged} acknowledged captures, none lost"
    );
    assert!(acknowledged > kills / 4, "{acknowledged}: the child got too little done for this to show anything");
}
