//! What was read of a report before? Readings kept between runs: safe to delete, and evidence of nothing.
//!
//! A [`Shelf`] holds what a program made of a report, under a key the program derives from all that the reading rests on.
//! It saves work and nothing else: a reading of another program or other data is none, one that is broken or was put there
//! by somebody without the case's secret is told as [`Found::Broken`], and [`mod@crate::verify`] looks at none of them.
//!
//! ```text
//! CASE/analyses/<erasures>/<kind>/ab/abcd…
//! ```
//!
//! A reading holds words of its report, so an erasure must reach it: `<erasures>` is the number of erasures in the log, and
//! whoever next changes the case or opens its readings removes every folder with another number, also one that a slow reader wrote into meanwhile.
//!
//! What a file holds: `rashomon/reading/1`, the stamp of what made it, a MAC under the case's secret over stamp, key and
//! content, and the content, compressed.

use crate::case::Case;
use crate::disk::Files;
use crate::hex;
use crate::log::Verb;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use std::collections::BTreeSet;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder below the case.
const FOLDER: &str = "analyses";
/// What a reading begins with.
const FORM: &str = "rashomon/reading/1";
/// Most bytes a reading unpacks to: a hundred times what the largest document gives.
const LARGEST: u64 = 1 << 30;

/// What a shelf has under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The reading.
    Reading(Vec<u8>),
    /// Nothing, or what another program or other data made.
    Nothing,
    /// Something that this case's programs did not write, or not whole.
    Broken,
}

/// The readings of one kind in a case.
pub struct Shelf {
    files: Arc<dyn Files>,
    folder: PathBuf,
    stamp: String,
    secret: ring::hmac::Key,
}

impl Case {
    /// The shelf for readings of a kind (a word fit for a folder's name) by what `stamp` stands for: program, data,
    /// settings. `None` for a case without its secret.
    #[must_use]
    pub fn shelf(&self, kind: &str, stamp: &str) -> Option<Shelf> {
        let (_, salt) = self.secret.as_ref()?;
        // a medium that cannot be written keeps what is there; it is in no folder that is looked into
        let _ = sweep(&*self.files, &self.root, self.erasures());
        Some(Shelf {
            files: self.files.clone(),
            folder: self.root.join(FOLDER).join(self.erasures().to_string()).join(kind),
            stamp: hex::sha256(stamp.as_bytes()),
            secret: ring::hmac::Key::new(ring::hmac::HMAC_SHA256, salt),
        })
    }

    /// Erasures in the log.
    pub(crate) fn erasures(&self) -> usize {
        self.entries().iter().filter(|entry| entry.verb == Verb::Erase).count()
    }
}

/// Removes readings made before the last erasure.
pub(crate) fn sweep(files: &dyn Files, root: &Path, erasures: usize) -> io::Result<()> {
    let all = root.join(FOLDER);
    if !files.exists(&all) {
        return Ok(());
    }
    let current = erasures.to_string();
    let old = |path: &PathBuf| path.file_name().is_none_or(|name| *name != *current);
    let mut gone = false;
    for folder in files.list(&all)?.iter().filter(|path| old(path)) {
        files.remove_folder(folder)?;
        gone = true;
    }
    if gone { files.sync_folder(&all) } else { Ok(()) }
}

impl Shelf {
    /// Where a reading lies.
    #[must_use]
    pub fn place(&self, key: &str) -> PathBuf {
        self.folder.join(key.get(..2).unwrap_or("xx")).join(key)
    }

    /// The MAC of a reading.
    fn sign(&self, key: &str, packed: &[u8]) -> String {
        let mut context = ring::hmac::Context::with_key(&self.secret);
        for part in [FORM.as_bytes(), self.stamp.as_bytes(), key.as_bytes(), packed] {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        hex::text(context.sign().as_ref())
    }

    /// What is there under a key: lower-case hexadecimal digits.
    #[must_use]
    pub fn get(&self, key: &str) -> Found {
        let bytes = match self.files.read(&self.place(key)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Nothing,
            Err(_) => return Found::Broken,
        };
        let Some((head, packed)) = split(&bytes) else { return Found::Broken };
        let mut words = head.split(' ');
        if words.next() != Some(FORM) {
            return Found::Broken;
        }
        match (words.next(), words.next(), words.next()) {
            (Some(stamp), Some(mac), None) if stamp == self.stamp && mac == self.sign(key, packed) => {
                unpack(packed).map_or(Found::Broken, Found::Reading)
            }
            (Some(stamp), Some(_), None) if stamp != self.stamp && stamp.len() == self.stamp.len() => Found::Nothing,
            _ => Found::Broken,
        }
    }

    /// Keeps a reading. It is not waited for until it is lasting: what a crash leaves of it is told from a whole one.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn put(&self, key: &str, reading: &[u8]) -> io::Result<()> {
        let mut encoder = GzEncoder::new(Vec::with_capacity(reading.len() / 3 + 64), flate2::Compression::fast());
        encoder.write_all(reading)?;
        let packed = encoder.finish()?;
        let head = format!("{FORM} {} {}\n", self.stamp, self.sign(key, &packed));
        let path = self.place(key);
        if let Some(folder) = path.parent()
            && !self.files.exists(folder)
        {
            self.files.make_folder(folder)?;
        }
        let part = path.with_extension(format!("{}.part", std::process::id()));
        let done = self
            .files
            .write(&part, &[head.as_bytes(), &packed].concat())
            .and_then(|()| self.files.rename(&part, &path));
        if done.is_err() {
            let _ = self.files.remove(&part);
        }
        done
    }

    /// Removes every reading of this kind that is not under one of these keys: of reports that no longer count.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn keep_only(&self, keys: &BTreeSet<String>) -> io::Result<()> {
        if !self.files.exists(&self.folder) {
            return Ok(());
        }
        for folder in self.files.list(&self.folder)? {
            for path in self.files.list(&folder)? {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if !keys.contains(&name) {
                    self.files.remove(&path)?;
                }
            }
        }
        Ok(())
    }
}

/// The first line, and what follows it.
fn split(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((std::str::from_utf8(bytes.get(..end)?).ok()?, bytes.get(end + 1..)?))
}

/// What was packed.
fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
