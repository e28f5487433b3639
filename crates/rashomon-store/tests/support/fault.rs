//! What if a step fails? A disk that breaks where it is told to, for tests of what stands on it.

use super::power::Medium;
use rashomon_store::disk::{Disk, Files};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The device reports an error (EIO); later steps work.
    Error,
    /// The device reports an error after half of what was written is there, or after the step was done; later steps work.
    Half,
    /// The device is full (ENOSPC): half of what was written is there; later steps that take room fail too.
    Full,
    /// The process ends in the middle of the step: half of what was written is there, no later step happens.
    Torn,
    /// The process ends just before the step.
    Killed,
    /// The power goes just before the step: what was not synced by then is not there afterwards. At the number of steps: just
    /// after the last.
    Power,
}

/// All of them.
pub(crate) const KINDS: [Kind; 6] = [Kind::Error, Kind::Half, Kind::Full, Kind::Torn, Kind::Killed, Kind::Power];

/// Which step fails, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Steps that change something, counted from 0.
    pub(crate) step: u64,
    /// How.
    pub(crate) kind: Kind,
}

/// A disk with at most one fault; counts the steps that change something.
#[derive(Debug, Default)]
pub(crate) struct Faulty {
    fault: Option<Fault>,
    steps: AtomicU64,
    full: AtomicBool,
    dead: AtomicBool,
    /// What is lasting, where the power may go.
    medium: Option<Mutex<Medium>>,
    syncs: AtomicU64,
    /// The sync that does nothing, counted from 0, and what it was of.
    deaf: Option<u64>,
    unheard: Mutex<Option<PathBuf>>,
}

/// What a step may do.
enum Go {
    Whole,
    Half(io::Error),
}

impl Faulty {
    /// A disk that fails as told (never, if `None`).
    #[must_use]
    pub(crate) fn new(fault: Option<Fault>) -> Self {
        Self { fault, ..Self::default() }
    }

    /// A disk that fails as told, below a folder; what is there now is lasting.
    #[must_use]
    pub(crate) fn below(folder: &Path, fault: Fault) -> Self {
        let medium = (fault.kind == Kind::Power).then(|| Mutex::new(Medium::of(folder)));
        Self { medium, ..Self::new(Some(fault)) }
    }

    /// A disk below a folder whose power goes at the end, and that does nothing where it is asked to sync for the nth time: as if
    /// the program had not asked.
    #[must_use]
    pub(crate) fn deaf(folder: &Path, nth: u64) -> Self {
        Self { deaf: Some(nth), ..Self::below(folder, Fault { step: u64::MAX, kind: Kind::Power }) }
    }

    /// What the sync that did nothing was of; `None` if there were fewer.
    #[must_use]
    pub(crate) fn unheard(&self) -> Option<PathBuf> {
        self.unheard.lock().unwrap().clone()
    }

    /// Whether a sync of this is one that does something.
    fn hears(&self, path: &Path) -> bool {
        let deaf = self.deaf == Some(self.syncs.fetch_add(1, Ordering::SeqCst));
        if deaf {
            *self.unheard.lock().unwrap() = Some(path.to_owned());
        }
        !deaf
    }

    /// Steps taken so far that change something.
    #[must_use]
    pub(crate) fn steps(&self) -> u64 {
        self.steps.load(Ordering::SeqCst)
    }

    /// The power goes now, if it has not and is to go at all.
    pub(crate) fn end(&self) {
        if let Some(medium) = &self.medium
            && !self.dead.swap(true, Ordering::SeqCst)
        {
            medium.lock().unwrap().lose();
        }
    }

    /// Lets a step pass, halves it, or fails.
    fn step(&self, takes_room: bool) -> io::Result<Go> {
        let ended = || io::Error::other("injected: the process has ended");
        let full = || io::Error::new(io::ErrorKind::StorageFull, "injected: no room left on the device");
        let broken = || io::Error::other("injected: input/output error");
        if self.dead.load(Ordering::SeqCst) {
            return Err(ended());
        }
        if takes_room && self.full.load(Ordering::SeqCst) {
            return Err(full());
        }
        let n = self.steps.fetch_add(1, Ordering::SeqCst);
        match self.fault {
            Some(fault) if fault.step == n => match fault.kind {
                Kind::Error => Err(broken()),
                Kind::Half => Ok(Go::Half(broken())),
                Kind::Full => {
                    self.full.store(true, Ordering::SeqCst);
                    Ok(if takes_room { Go::Half(full()) } else { Go::Whole })
                }
                Kind::Torn => {
                    self.dead.store(true, Ordering::SeqCst);
                    Ok(Go::Half(ended()))
                }
                Kind::Killed => {
                    self.dead.store(true, Ordering::SeqCst);
                    Err(ended())
                }
                Kind::Power => {
                    self.end();
                    Err(ended())
                }
            },
            _ => Ok(Go::Whole),
        }
    }

    /// A step that takes no room; halved, it may have happened or not: here it happened, and nobody was told.
    fn small(&self, act: impl FnOnce() -> io::Result<()>, noted: impl FnOnce(&mut Medium)) -> io::Result<()> {
        let go = self.step(false)?;
        act()?;
        self.note(noted);
        match go {
            Go::Whole => Ok(()),
            Go::Half(error) => Err(error),
        }
    }

    /// A step that takes room.
    fn large(&self, path: &Path, bytes: &[u8], act: impl FnOnce(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let done = match self.step(true)? {
            Go::Whole => act(bytes),
            Go::Half(error) => act(bytes.get(..bytes.len() / 2).unwrap_or_default()).and(Err(error)),
        };
        self.note(|medium| medium.written(path));
        done
    }

    /// What a step means for what is lasting.
    fn note(&self, noted: impl FnOnce(&mut Medium)) {
        if let Some(medium) = &self.medium {
            noted(&mut medium.lock().unwrap());
        }
    }
}

impl Files for Faulty {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Disk.read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.large(path, bytes, |bytes| Disk.write(path, bytes))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.large(path, bytes, |bytes| Disk.append(path, bytes))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // nothing waits for the real medium: what is lasting is for `Medium` to say
        self.small(
            || std::fs::metadata(path).map(drop),
            |medium| {
                if self.hears(path) {
                    medium.synced(path)
                }
            },
        )
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.small(
            || std::fs::read_dir(path).map(drop),
            |medium| {
                if self.hears(path) {
                    medium.synced_folder(path)
                }
            },
        )
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.small(|| Disk.rename(from, to), |medium| medium.renamed(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.small(|| Disk.remove(path), |medium| medium.removed(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.small(|| Disk.remove_folder(path), |medium| medium.removed(path))
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        self.small(|| Disk.cut(path, length), |_| ())
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.small(|| Disk.make_folder(path), |medium| medium.made(path))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        Disk.list(path)
    }

    fn exists(&self, path: &Path) -> bool {
        Disk.exists(path)
    }
}
