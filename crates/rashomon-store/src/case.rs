//! A case on disk: how is it made, opened, added to?
//!
//! ```text
//! CASE/rashomon-case.json   the format of the folder
//!      objects/ab/…​.gz      raw captures by SHA-256
//!      log/entries.jsonl    the log, one entry a line
//!      log/facts.jsonl      what the entries speak of; lines may be erased
//!      log/checkpoint       the signed head of the log
//!      secret/              signing key and salt
//!      anchors/             what authorities outside confirmed
//!      analyses/            what was read before; can be deleted at any time
//!      lock, tmp/           can be deleted while no command runs; what an interrupted command left is then not told
//! ```
//!
//! Whatever changes the case is one [`Case::commit`]: objects first, then facts, then entries, then the checkpoint, each
//! lasting before the next. The checkpoint is the point at which it has happened: a crash before it leaves a tail that
//! [`Case::open`] cuts off, a crash after it loses nothing.

mod commit;
mod contents;
mod init;
mod recover;
mod refusal;
mod remove;

pub use commit::{Draft, Outcome, Taken};
pub use contents::{Capture, Contents, State};
pub use refusal::StoreError;
pub use remove::Target;

use crate::disk::{Files, replace};
use crate::lock::{Lock, LockError};
use crate::log::facts::{self, Captured, Commitment, Opening};
use crate::log::note::{Checkpoint, Key, PublicKey};
use crate::log::{self, Entry, Log, merkle};
use crate::{hex, objects};
use refusal::io_error;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Names the format of the folder.
const MARKER: &str = "rashomon-case.json";
/// Lies in `tmp/` while objects are put.
const PUTTING: &str = "putting";
/// Lies in `tmp/` from when something is cut off until an entry tells of it.
const CLEARED: &str = "cleared";
/// What the marker holds.
const FORMAT: &str = "{\"format\":\"rashomon/case/1\"}\n";

/// Whose hand it is that changes the case, and what only the driver can know: the time and chance.
pub struct Hand<'a> {
    /// Pseudonym; `None` for the one the case was made under.
    pub actor: Option<&'a str>,
    /// Now: UTC, RFC 3339.
    pub at: &'a str,
    /// Program and version.
    pub tool: &'a str,
    /// 32 bytes nobody can guess, afresh for each call.
    pub random: &'a mut dyn FnMut() -> io::Result<[u8; 32]>,
}

/// A case, opened.
pub struct Case {
    pub(crate) files: Arc<dyn Files>,
    pub(crate) root: PathBuf,
    lock: Option<Lock>,
    log: Log,
    openings: BTreeMap<Commitment, Opening>,
    contents: Contents,
    public: PublicKey,
    note: String,
    pub(crate) secret: Option<(Key, [u8; 32])>,
    cleared: Option<String>,
    unsure: bool,
}

impl Case {
    /// Opens a case to change it: alone, and after clearing away what an interrupted command left. `what` tells others
    /// who has it.
    ///
    /// # Errors
    /// If it is no case, is in use for longer than `wait`, or its log does not verify.
    pub fn open(files: Arc<dyn Files>, root: &Path, what: &str, wait: Duration) -> Result<Self, StoreError> {
        marked(&*files, root)?;
        let lock = take_lock(root, what, wait)?;
        let mut case = Self::load(files, root)?;
        case.lock = Some(lock);
        case.recover(true)?;
        Ok(case)
    }

    /// Opens a case to look at it; others may change it meanwhile.
    ///
    /// # Errors
    /// If it is no case, or its log does not verify.
    pub fn look(files: Arc<dyn Files>, root: &Path) -> Result<Self, StoreError> {
        marked(&*files, root)?;
        Self::load(files, root)
    }

    /// Whether the folder is a case.
    #[must_use]
    pub fn is_case(root: &Path) -> bool {
        root.join(MARKER).is_file()
    }

    /// Reads checkpoint, log and facts, in this order, as a writer finishes them in the other.
    fn load(files: Arc<dyn Files>, root: &Path) -> Result<Self, StoreError> {
        let damaged = |why: String| StoreError::Damaged { path: root.to_owned(), why };
        let read = |name: &str| {
            let path = root.join(name);
            files.read(&path).map_err(io_error("read", &path))
        };
        let note = String::from_utf8_lossy(&read("log/checkpoint")?).into_owned();
        let mut log = log::read(&read("log/entries.jsonl")?);
        let public = log
            .entries
            .first()
            .and_then(|entry| entry.key.as_deref())
            .and_then(PublicKey::read)
            .ok_or_else(|| damaged("its first entry names no key".to_owned()))?;
        let checkpoint = Checkpoint::open(&note, &public).map_err(|error| damaged(format!("checkpoint: {error}")))?;
        let size = usize::try_from(checkpoint.size).unwrap_or(usize::MAX);
        match log.root(size) {
            None => {
                return Err(damaged(match &log.damage {
                    Some(damage) => damage.to_string(),
                    None => format!("{} entries are signed for and {} are there", size, log.entries.len()),
                }));
            }
            Some(root) if root != checkpoint.root => {
                return Err(damaged("the signed root is not that of its entries".to_owned()));
            }
            Some(_) => log.keep(size),
        }
        let (openings, _) = facts::read(&read("log/facts.jsonl")?);
        let contents = Contents::replay(&log.entries, &openings);
        let secret = read("secret/key").ok().and_then(|bytes| {
            let text = String::from_utf8(bytes).ok()?;
            let (key, salt) = text.split_once('\n')?;
            Some((Key::read(key)?, hex::bytes(salt.trim())?.try_into().ok()?))
        });
        Ok(Self {
            files,
            root: root.to_owned(),
            lock: None,
            log,
            openings,
            contents,
            public,
            note,
            secret,
            cleared: None,
            unsure: false,
        })
    }

    /// The bytes of a capture.
    ///
    /// # Errors
    /// If they were erased, are missing or were altered.
    pub fn bytes(&self, capture: &Captured) -> Result<Vec<u8>, StoreError> {
        Ok(objects::get(&*self.files, &self.root, &capture.sha256, capture.bytes)?)
    }

    /// What a path is called in the facts: its hash under the case's salt, so that the log tells nobody where the
    /// operator keeps files.
    #[must_use]
    pub fn place(&self, path: &str) -> String {
        use sha2::Digest as _;
        let salt = self.secret.as_ref().map_or([0; 32], |(_, salt)| *salt);
        hex::text(&sha2::Sha256::new().chain_update([3]).chain_update(salt).chain_update(path).finalize())
    }

    /// What the case holds.
    #[must_use]
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// The entries, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.log.entries
    }

    /// The leaf hashes of the entries.
    #[must_use]
    pub fn leaves(&self) -> &[merkle::Hash] {
        &self.log.leaves
    }

    /// What was noted for an entry, unless it was erased.
    #[must_use]
    pub fn opening(&self, entry: &Entry) -> Option<&Opening> {
        entry.objects.first().and_then(|commitment| self.openings.get(commitment))
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Root hash and size of the log.
    #[must_use]
    pub fn head(&self) -> (merkle::Hash, u64) {
        (merkle::root(&self.log.leaves), self.log.leaves.len() as u64)
    }

    /// The signed checkpoint of the log, as `log/checkpoint` has it.
    #[must_use]
    pub fn checkpoint(&self) -> &str {
        &self.note
    }

    /// The key that checks the log.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// An error about a file of the case.
    fn error(&self, what: &'static str, name: &str, error: io::Error) -> StoreError {
        StoreError::Io { what, path: self.root.join(name), error }
    }
}

/// [`replace`] with the file named in the error.
fn put(files: &dyn Files, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace(files, path, bytes).map_err(io_error("write", path))
}

/// Checks the marker.
fn marked(files: &dyn Files, root: &Path) -> Result<(), StoreError> {
    match files.read(&root.join(MARKER)) {
        Ok(bytes) if bytes == FORMAT.as_bytes() => Ok(()),
        Ok(_) => Err(StoreError::Format(root.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StoreError::NoCase(root.to_owned())),
        Err(error) => Err(io_error("read", &root.join(MARKER))(error)),
    }
}

/// The lock of a case.
fn take_lock(root: &Path, what: &str, wait: Duration) -> Result<Lock, StoreError> {
    let path = root.join("lock");
    Lock::take(&path, what, wait).map_err(|error| match error {
        LockError::Held(holder) => {
            let holder = if holder.is_empty() { "another process".to_owned() } else { holder };
            StoreError::Busy { path: root.to_owned(), holder }
        }
        LockError::Io(error) => io_error("lock", &path)(error),
    })
}
