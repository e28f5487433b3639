//! The disk takes a part of a file and no more, under the program itself: what was there stays whole, and doing it again works.
//!
//! The system's limit on the size of files stands for the disk. With the signal it sends ignored, a write ends with an error
//! after a part of the bytes and later steps work; with it, the program ends in the middle of the write.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]
#[path = "../../rashomon-store/tests/support/folder.rs"]
mod folder;
mod support;

use folder::copy;

use std::path::Path;
use std::process::{Command, Output};
use support::{done, fresh, rashomon, stdout};

/// Largest file in blocks of 512 bytes or 1 KiB, as the shell counts.
const BLOCKS: [u32; 6] = [0, 1, 2, 4, 16, 48];

/// Runs the program where no file can grow above so many blocks.
fn limited(dir: &Path, blocks: u32, killed: bool, args: &str) -> Output {
    let trap = if killed { "" } else { "trap '' XFSZ; " };
    let script = format!("{trap}ulimit -c 0; ulimit -f {blocks}; exec \"$0\" {args}");
    Command::new("/bin/sh").args(["-c", &script, env!("CARGO_BIN_EXE_rashomon")]).current_dir(dir).output().unwrap()
}

/// Reports of invented words, in a folder of this name; no two files pack to the same size.
fn reports(dir: &Path, name: &str, many: usize) {
    std::fs::create_dir(dir.join(name)).unwrap();
    for n in 0..many {
        let mut text = format!("Shells hit the market of Talen on {} March 2031\n\n", n + 1);
        let mut dice = n as u64 + 7;
        for _ in 0..(n + 1) * 60 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(&format!("Witness {} counted {} shells at the bridge. ", dice >> 40, dice % 97));
        }
        std::fs::write(dir.join(name).join(format!("{n}.txt")), text).unwrap();
    }
}

/// Number of captures that `status` tells.
fn captures(dir: &Path) -> usize {
    let status = done(dir, &["status", "case", "--all"]);
    status.lines().filter(|line| line.contains(".txt")).count()
}

#[test]
fn add_and_import_are_completed_by_doing_them_again() {
    let dir = fresh("broken-disk");
    reports(&dir, "old", 1);
    reports(&dir, "new", 4);
    done(&dir, &["init", "case"]);
    done(&dir, &["add", "case", "new"]);
    done(&dir, &["export", "case", "--wacz", "new.wacz"]);
    std::fs::remove_dir_all(dir.join("case")).unwrap();
    done(&dir, &["init", "case"]);
    done(&dir, &["add", "case", "old"]);
    copy(&dir.join("case"), &dir.join("model"));
    for line in ["add case new", "import case new.wacz"] {
        let mut failed = 0;
        for (blocks, killed) in BLOCKS.into_iter().flat_map(|blocks| [(blocks, false), (blocks, true)]) {
            let what = format!("{line}, {blocks} blocks, killed {killed}");
            std::fs::remove_dir_all(dir.join("case")).unwrap();
            copy(&dir.join("model"), &dir.join("case"));
            failed += usize::from(!limited(&dir, blocks, killed, line).status.success());
            let verified = rashomon(&dir, &["verify", "case"]);
            assert_eq!(verified.status.code(), Some(0), "{what}: {}", stdout(&verified));
            done(&dir, &line.split(' ').collect::<Vec<_>>());
            assert_eq!(captures(&dir), 5, "{what}");
            assert!(done(&dir, &["verify", "case"]).contains("the case verifies"), "{what}");
        }
        assert!(failed >= 4, "{line}: {failed}");
    }
}

#[test]
fn a_dossier_is_the_old_one_or_the_new_one() {
    let dir = fresh("broken-disk-dossier");
    reports(&dir, "old", 1);
    reports(&dir, "new", 2);
    let line = "dossier case --speed fast --quiet --format html,json --output out";
    let words: Vec<&str> = line.split(' ').collect();
    done(&dir, &["init", "case"]);
    done(&dir, &["add", "case", "old"]);
    done(&dir, &words);
    let files = ["out/dossier.html", "out/dossier.json"];
    let read = || files.map(|file| std::fs::read(dir.join(file)).unwrap());
    let old = read();
    done(&dir, &["add", "case", "new/1.txt"]);
    copy(&dir.join("case"), &dir.join("model"));
    done(&dir, &words);
    let new = read();
    let mut failed = 0;
    for (blocks, killed) in [4, 64].into_iter().flat_map(|blocks| [(blocks, false), (blocks, true)]) {
        let what = format!("{blocks} blocks, killed {killed}");
        std::fs::remove_dir_all(dir.join("case")).unwrap();
        copy(&dir.join("model"), &dir.join("case"));
        for (file, bytes) in files.iter().zip(&old) {
            std::fs::write(dir.join(file), bytes).unwrap();
        }
        let output = limited(&dir, blocks, killed, line);
        failed += usize::from(!output.status.success());
        for ((found, old), new) in read().iter().zip(&old).zip(&new) {
            assert!(found == old || found == new, "{what}: neither the old page nor the new one");
            assert!(!output.status.success() || found == new, "{what}");
        }
        let verified = rashomon(&dir, &["verify", "case"]);
        assert_eq!(verified.status.code(), Some(0), "{what}: {}", stdout(&verified));
    }
    assert!(failed >= 2, "{failed}");
}
