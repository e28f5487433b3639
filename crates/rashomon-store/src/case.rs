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
//!      lock, tmp/           can be deleted while no command runs
//! ```
//!
//! Whatever changes the case is one [`Case::commit`]: objects first, then facts, then entries, then the checkpoint, each
//! lasting before the next. The checkpoint is the point at which it has happened: a crash before it leaves a tail that
//! [`Case::open`] cuts off, a crash after it loses nothing.

mod contents;
mod recover;
mod remove;

pub use contents::{Capture, Contents, State};

use crate::disk::{Files, replace};
use crate::lock::{Lock, LockError};
use crate::log::facts::{self, Captured, Commitment, Opening};
use crate::log::note::{Checkpoint, Key, PublicKey};
use crate::log::{self, Entry, Facts, Log, Verb, merkle};
use crate::{hex, objects};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Names the format of the folder.
const MARKER: &str = "rashomon-case.json";
/// Lies in `tmp/` while objects are put.
const PUTTING: &str = "putting";
/// What the marker holds.
const FORMAT: &str = "{\"format\":\"rashomon/case/1\"}\n";

/// Why a case cannot be used. Every message names the folder or file and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// S101.
    #[error("{} is no case: it has no {MARKER}; make one with `rashomon init` [S101]", .0.display())]
    NoCase(PathBuf),
    /// S102.
    #[error("{} holds something already; a new case needs a folder of its own [S102]", .0.display())]
    NotEmpty(PathBuf),
    /// S103.
    #[error("{} is of a format this version does not know; use a newer rashomon [S103]", .0.display())]
    Format(PathBuf),
    /// S104.
    #[error("{} is in use by {holder}; try again when it is done, or wait longer with --wait [S104]", path.display())]
    Busy {
        /// The case.
        path: PathBuf,
        /// What holds it.
        holder: String,
    },
    /// S105.
    #[error("the log of {} does not verify: {why}; nothing was changed; see `rashomon verify` [S105]", path.display())]
    Damaged {
        /// The case.
        path: PathBuf,
        /// The first thing wrong.
        why: String,
    },
    /// S106.
    #[error("cannot {what} {}: {error} [S106]", path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// File or folder.
        path: PathBuf,
        /// The system's words.
        error: io::Error,
    },
    /// S107.
    #[error("nothing in the case is called {0}; `rashomon status` lists what there is [S107]")]
    Unknown(String),
    /// S108.
    #[error("{what} is also held by {others}; name all of them to erase it [S108]")]
    Shared {
        /// What was to be erased.
        what: String,
        /// What else rests on the same bytes.
        others: String,
    },
    /// S109.
    #[error("{0} [S109]")]
    Object(#[from] objects::ObjectError),
}

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

/// Something to be written down.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What was done.
    pub verb: Verb,
    /// What it is about, bound by a commitment.
    pub facts: Facts,
    /// Earlier entries it is about.
    pub of: Vec<u64>,
}

/// Bytes to be taken in.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The bytes as obtained.
    pub bytes: Vec<u8>,
    /// What is noted of them; length and hash are filled in.
    pub facts: Captured,
}

/// What became of bytes to be taken in: the number of their entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They are new.
    New(u64),
    /// They are there already, from the same place or under the same name.
    Unchanged(u64),
}

/// A case, opened.
pub struct Case {
    files: Arc<dyn Files>,
    root: PathBuf,
    lock: Option<Lock>,
    log: Log,
    openings: BTreeMap<Commitment, Opening>,
    contents: Contents,
    public: PublicKey,
    secret: Option<(Key, [u8; 32])>,
    cleared: Option<String>,
    unsure: bool,
}

impl Case {
    /// Makes a case in a folder that is empty or not there.
    ///
    /// # Errors
    /// If the folder holds something, or the disk fails; the folder is then no case.
    pub fn init(files: Arc<dyn Files>, root: &Path, title: &str, hand: &mut Hand<'_>) -> Result<Self, StoreError> {
        let started = ["log", "objects", "secret", "anchors", "tmp", "lock", "rashomon-case.json.part"];
        let others = |path: &PathBuf| path.file_name().is_none_or(|name| !started.iter().any(|own| name == *own));
        if files.exists(root) {
            let inside = files.list(root).map_err(io_error("list", root))?;
            let entries = log::read(&files.read(&root.join("log/entries.jsonl")).unwrap_or_default());
            if inside.iter().any(others) || entries.entries.len() > 1 {
                return Err(StoreError::NotEmpty(root.to_owned()));
            }
        }
        for folder in ["", "log", "objects", "secret", "anchors", "tmp"] {
            let folder = root.join(folder);
            files.make_folder(&folder).map_err(io_error("make the folder", &folder))?;
        }
        let lock = take_lock(root, "init", Duration::ZERO)?;
        let random = |hand: &mut Hand<'_>| (hand.random)().map_err(io_error("draw random numbers for", root));
        let name = format!("rashomon.case/{}", hex::text(random(hand)?.get(..8).unwrap_or_default()));
        let key = Key::from_secret(&name, random(hand)?)
            .ok_or_else(|| io_error("make a key for", root)(io::Error::other("the random bytes make none")))?;
        let salt = random(hand)?;
        let secret = root.join("secret/key");
        put(&*files, &secret, format!("{}{}\n", key.write(), hex::text(&salt)).as_bytes())?;
        private(&secret);
        for file in ["log/entries.jsonl", "log/facts.jsonl"] {
            let path = root.join(file);
            files.write(&path, b"").map_err(io_error("write", &path))?;
        }
        let mut case = Self {
            files,
            root: root.to_owned(),
            lock: Some(lock),
            log: Log::default(),
            openings: BTreeMap::new(),
            contents: Contents::default(),
            public: key.public(),
            secret: Some((key, salt)),
            cleared: None,
            unsure: false,
        };
        case.commit(
            vec![Draft { verb: Verb::Init, facts: Facts::Case { title: title.to_owned() }, of: vec![] }],
            hand,
        )?;
        put(&*case.files, &root.join(MARKER), FORMAT.as_bytes())?;
        Ok(case)
    }

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
        case.recover()?;
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
            secret,
            cleared: None,
            unsure: false,
        })
    }

    /// Writes entries down. When it returns without error they are lasting; with an error, none of them counts, or (where
    /// the disk failed after the last step) all of them do.
    ///
    /// # Errors
    /// If the case was opened to look only, or the disk fails.
    pub fn commit(&mut self, drafts: Vec<Draft>, hand: &mut Hand<'_>) -> Result<Vec<u64>, StoreError> {
        self.settle()?;
        if self.lock.is_none() {
            return Err(self.error("change", "log/entries.jsonl", io::Error::other("it was opened to look only")));
        }
        let cleared = self.cleared.clone().map(|what| Draft {
            verb: Verb::Recover,
            facts: Facts::Recovered { what },
            of: vec![],
        });
        let first = self.log.entries.len() + usize::from(cleared.is_some());
        let mut log = Log { entries: Vec::new(), leaves: self.log.leaves.clone(), ..Log::default() };
        let (mut lines, mut opened, mut added) = (Vec::new(), String::new(), Vec::new());
        let mut before = self.log.entries.last().map(|entry| entry.at.clone());
        for (draft, seq) in cleared.into_iter().chain(drafts).zip(self.log.entries.len() as u64..) {
            let nonce = (hand.random)().map_err(io_error("draw random numbers for", &self.root))?;
            let opening = Opening::new(draft.facts, &nonce);
            let back = before.as_deref().is_some_and(|before| before > hand.at);
            let entry = Entry {
                actor: hand
                    .actor
                    .or(self.log.entries.first().map(|first| first.actor.as_str()))
                    .unwrap_or("operator")
                    .to_owned(),
                at: hand.at.to_owned(),
                clock: if back { "system, set back" } else { "system" }.to_owned(),
                key: (seq == 0).then(|| self.public.write()),
                objects: vec![opening.commitment.clone()],
                of: draft.of,
                prev: log.last(),
                seq,
                tool: hand.tool.to_owned(),
                verb: draft.verb,
            };
            let line = entry.line();
            lines.extend_from_slice(&line);
            lines.push(b'\n');
            opened.push_str(opening.line());
            opened.push('\n');
            before = Some(entry.at.clone());
            log.push(entry, &line);
            added.push(opening);
        }
        let Some((key, _)) = &self.secret else {
            return Err(self.error("read", "secret/key", io::Error::other("the signing key is missing or unreadable")));
        };
        let checkpoint = Checkpoint {
            origin: self.public.name().to_owned(),
            size: log.leaves.len() as u64,
            root: merkle::root(&log.leaves),
        };
        let signed = checkpoint.sign(key);
        self.unsure = true;
        self.lasting("log/facts.jsonl", opened.as_bytes())?;
        self.lasting("log/entries.jsonl", &lines)?;
        put(&*self.files, &self.root.join("log/checkpoint"), signed.as_bytes())?;
        self.unsure = false;
        self.cleared = None;
        for entry in log.entries {
            let line = entry.line();
            self.log.push(entry, &line);
        }
        for opening in added {
            self.openings.insert(opening.commitment.clone(), opening);
        }
        for entry in self.log.entries.iter().skip(self.contents.entries()) {
            self.contents.take(entry, &self.openings);
        }
        Ok((first as u64..self.log.entries.len() as u64).collect())
    }

    /// After an error of the disk: what is written there is read again, and what does not count is cleared away.
    fn settle(&mut self) -> Result<(), StoreError> {
        if self.unsure {
            let mut fresh = Self::load(self.files.clone(), &self.root)?;
            fresh.lock = self.lock.take();
            *self = fresh;
            self.recover()?;
        }
        Ok(())
    }

    /// Takes bytes in. Bytes that are there already, from the same place or under the same name, make no new entry.
    ///
    /// # Errors
    /// As [`Case::commit`].
    pub fn capture(&mut self, taken: Vec<Taken>, hand: &mut Hand<'_>) -> Result<Vec<Outcome>, StoreError> {
        self.settle()?;
        let mut outcomes = Vec::with_capacity(taken.len());
        let mut fresh: Vec<Taken> = Vec::new();
        for mut one in taken {
            one.facts.bytes = one.bytes.len() as u64;
            one.facts.sha256 = hex::sha256(&one.bytes);
            if let Some(seq) = self.contents.same(&one.facts) {
                outcomes.push(Outcome::Unchanged(seq));
            } else {
                outcomes.push(Outcome::New(fresh.len() as u64));
                fresh.push(one);
            }
        }
        if fresh.is_empty() {
            return Ok(outcomes);
        }
        // tells the next command, should this one end here, that objects may lie about that no entry speaks of
        let putting = self.root.join("tmp").join(PUTTING);
        self.unsure = true;
        self.files.write(&putting, b"").map_err(io_error("write", &putting))?;
        objects::put(
            &*self.files,
            &self.root,
            fresh.iter().map(|one| (one.facts.sha256.as_str(), one.bytes.as_slice())),
        )
        .map_err(io_error("write an object of", &self.root))?;
        let drafts = fresh
            .into_iter()
            .map(|one| Draft { verb: Verb::Capture, facts: Facts::Capture(one.facts), of: vec![] })
            .collect();
        self.unsure = false;
        let numbers = self.commit(drafts, hand)?;
        self.unsure = true;
        self.files.remove(&putting).map_err(io_error("remove", &putting))?;
        self.unsure = false;
        for outcome in &mut outcomes {
            if let Outcome::New(n) = outcome {
                *n = usize::try_from(*n).ok().and_then(|n| numbers.get(n)).copied().unwrap_or_default();
            }
        }
        Ok(outcomes)
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

    /// The key that checks the log.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Appends and waits until it is lasting.
    fn lasting(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.root.join(name);
        self.files.append(&path, bytes).and_then(|()| self.files.sync(&path)).map_err(io_error("write", &path))
    }

    /// An error about a file of the case.
    fn error(&self, what: &'static str, name: &str, error: io::Error) -> StoreError {
        StoreError::Io { what, path: self.root.join(name), error }
    }
}

/// Wraps an error of the system.
fn io_error<'a>(what: &'static str, path: &'a Path) -> impl Fn(io::Error) -> StoreError + 'a {
    move |error| StoreError::Io { what, path: path.to_owned(), error }
}

/// [`replace`] with the file named in the error.
fn put(files: &dyn Files, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace(files, path, bytes).map_err(io_error("write", path))
}

/// Only the owner may read the file, where the system knows owners; elsewhere the folder's rights hold.
fn private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // a medium without rights (a stick) has none to set
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = path;
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
