//! What if a step fails? A disk that breaks where it is told to, for tests of what stands on it.

use rashomon_store::disk::{Disk, Files};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The device reports an error (EIO); later steps work.
    Error,
    /// The device is full (ENOSPC): half of what was written is there; later steps that take room fail too.
    Full,
    /// The process ends in the middle of the step: half of what was written is there, no later step happens.
    Torn,
    /// The process ends just before the step.
    Killed,
}

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
}

/// What a step may do.
enum Go {
    Whole,
    Half,
}

impl Faulty {
    /// A disk that fails as told (never, if `None`).
    #[must_use]
    pub(crate) fn new(fault: Option<Fault>) -> Self {
        Self { fault, ..Self::default() }
    }

    /// Steps taken so far that change something.
    #[must_use]
    pub(crate) fn steps(&self) -> u64 {
        self.steps.load(Ordering::SeqCst)
    }

    /// Lets a step pass, halves it, or fails.
    fn step(&self, takes_room: bool) -> io::Result<Go> {
        if self.dead.load(Ordering::SeqCst) {
            return Err(io::Error::other("injected: the process has ended"));
        }
        if takes_room && self.full.load(Ordering::SeqCst) {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "injected: no room left on the device"));
        }
        let n = self.steps.fetch_add(1, Ordering::SeqCst);
        match self.fault {
            Some(fault) if fault.step == n => match fault.kind {
                Kind::Error => Err(io::Error::other("injected: input/output error")),
                Kind::Full => {
                    self.full.store(true, Ordering::SeqCst);
                    if takes_room { Ok(Go::Half) } else { Ok(Go::Whole) }
                }
                Kind::Torn => {
                    self.dead.store(true, Ordering::SeqCst);
                    Ok(Go::Half)
                }
                Kind::Killed => {
                    self.dead.store(true, Ordering::SeqCst);
                    Err(io::Error::other("injected: the process has ended"))
                }
            },
            _ => Ok(Go::Whole),
        }
    }

    /// A step that takes no room; torn, it may have happened or not: here it happened, and nobody was told.
    fn small(&self, act: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self.step(false)? {
            Go::Whole => act(),
            Go::Half => {
                act()?;
                Err(io::Error::other("injected: the process has ended"))
            }
        }
    }

    /// A step that takes room.
    fn large(&self, bytes: &[u8], act: impl FnOnce(&[u8]) -> io::Result<()>) -> io::Result<()> {
        match self.step(true)? {
            Go::Whole => act(bytes),
            Go::Half => {
                act(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
                Err(io::Error::new(io::ErrorKind::StorageFull, "injected: written in part"))
            }
        }
    }
}

impl Files for Faulty {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Disk.read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.large(bytes, |bytes| Disk.write(path, bytes))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.large(bytes, |bytes| Disk.append(path, bytes))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.small(|| Disk.sync(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.small(|| Disk.sync_folder(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.small(|| Disk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.small(|| Disk.remove(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.small(|| Disk.remove_folder(path))
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        self.small(|| Disk.cut(path, length))
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.small(|| Disk.make_folder(path))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        Disk.list(path)
    }

    fn exists(&self, path: &Path) -> bool {
        Disk.exists(path)
    }
}
