//! What the store's tests share: folders of their own, a clock and chance that repeat, small cases.
#![allow(dead_code, reason = "each test binary uses its part")]

pub(crate) mod fault;
mod folder;
pub(crate) mod power;

#[allow(unused_imports, reason = "each test binary uses its part")]
pub(crate) use folder::copy;

use rashomon_store::case::{Hand, StoreError, Taken};
use rashomon_store::disk::Files;
use rashomon_store::log::facts::{Captured, Read};
use rashomon_store::{Case, Outcome};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A fresh, empty folder of this test's own.
pub(crate) fn fresh(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// Acts at a minute of an invented day, with nonces that repeat from run to run and never within one.
pub(crate) fn at<T>(minute: u32, act: impl FnOnce(&mut Hand<'_>) -> T) -> T {
    let time = format!("2031-03-04T{:02}:{:02}:00.000Z", minute / 60, minute % 60);
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let mut random = || {
        let n = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&n.to_le_bytes());
        Ok(bytes)
    };
    act(&mut Hand { actor: Some("desk"), at: &time, tool: "test", random: &mut random })
}

/// A report of invented words, under a path.
pub(crate) fn report(path: &str, words: &str) -> Taken {
    let read = Read { document: format!("doc-{path}"), key: format!("place:{path}"), ..Read::default() };
    let facts = Captured {
        name: path.rsplit('/').next().unwrap_or_default().to_owned(),
        origin: path.to_owned(),
        place: path.to_owned(),
        reports: vec![read],
        ..Captured::default()
    };
    Taken { bytes: words.as_bytes().to_vec(), facts }
}

/// A case with three reports.
pub(crate) fn small(files: Arc<dyn Files>, root: &Path) -> Result<Case, StoreError> {
    let mut case = at(0, |hand| Case::init(files, root, "Shells at Talen", hand))?;
    for (n, words) in ["Four people died.", "Five people died.", "Nobody died."].iter().enumerate() {
        let minute = u32::try_from(n).unwrap() + 1;
        at(minute, |hand| case.capture(vec![report(&format!("talen/{n}.txt"), words)], hand))?;
    }
    Ok(case)
}

/// Opens to change.
pub(crate) fn open(files: Arc<dyn Files>, root: &Path) -> Result<Case, StoreError> {
    Case::open(files, root, "test", Duration::ZERO)
}

/// The number of a new entry.
pub(crate) fn new(outcome: &Outcome) -> u64 {
    match outcome {
        Outcome::New(seq) => *seq,
        Outcome::Unchanged(seq) => panic!("capture {seq} was there already"),
    }
}
