//! Where are the bytes? Raw captures, unaltered, each under its SHA-256 and compressed.
//!
//! `objects/ab/abcdef….gz` is one gzip member without name or time, so that the same bytes make the same file. An object is
//! written beside its place and renamed, so it is whole or not there; it is never changed.

use crate::disk::Files;
use crate::hex;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use std::collections::BTreeSet;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Where an object lies below the case.
#[must_use]
pub fn place(root: &Path, sha256: &str) -> PathBuf {
    root.join("objects").join(sha256.get(..2).unwrap_or("xx")).join(format!("{sha256}.gz"))
}

/// What every object begins with: the head of a gzip member that names no file, time or system (RFC 1952, section 2.3).
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// The compressed form.
fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3 + 64), flate2::Compression::new(4));
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Puts objects in their places, lasting when it returns. Those that are there already are left alone.
///
/// # Errors
/// Those of the disk; objects put before the error stay, and nothing names them.
pub fn put<'a>(
    files: &dyn Files,
    root: &Path,
    objects: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> io::Result<()> {
    let mut folders = BTreeSet::new();
    for (sha256, bytes) in objects {
        let path = place(root, sha256);
        if files.exists(&path) {
            // perhaps from an attempt that failed just before its name was lasting, or its folder's
            folders.extend(path.parent().map(Path::to_owned));
            folders.insert(root.join("objects"));
            continue;
        }
        let packed = pack(bytes)?;
        let part = root.join("tmp").join(sha256);
        files.write(&part, &packed)?;
        files.sync(&part)?;
        if let Some(folder) = path.parent() {
            if !files.exists(folder) {
                files.make_folder(folder)?;
            }
            folders.insert(folder.to_owned());
            folders.insert(root.join("objects")); // its name, perhaps from an attempt that failed before it was lasting
        }
        files.rename(&part, &path)?;
    }
    for folder in folders {
        files.sync_folder(&folder)?;
    }
    Ok(())
}

/// Why an object cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// There is no such file.
    #[error("object {0} is missing")]
    Missing(String),
    /// The file is not what it was.
    #[error("object {sha256} was altered: {why}")]
    Altered {
        /// Its name.
        sha256: String,
        /// What is wrong.
        why: String,
    },
    /// The disk fails.
    #[error("object {sha256} cannot be read: {error}")]
    Io {
        /// Its name.
        sha256: String,
        /// The system's words.
        error: io::Error,
    },
}

/// The bytes of an object, checked against its name; `length` bounds what is unpacked.
///
/// # Errors
/// If it is missing, altered, or cannot be read.
pub fn get(files: &dyn Files, root: &Path, sha256: &str, length: u64) -> Result<Vec<u8>, ObjectError> {
    let altered = |why: String| ObjectError::Altered { sha256: sha256.to_owned(), why };
    let packed = files.read(&place(root, sha256)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ObjectError::Missing(sha256.to_owned()),
        _ => ObjectError::Io { sha256: sha256.to_owned(), error },
    })?;
    let mut bytes = Vec::new();
    let mut decoder = GzDecoder::new(packed.as_slice());
    decoder
        .by_ref()
        .take(length.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| altered(error.to_string()))?;
    if bytes.len() as u64 > length {
        return Err(altered(format!("it unpacks to more than {length} bytes")));
    }
    if !decoder.into_inner().is_empty() {
        return Err(altered("something follows its end".to_owned()));
    }
    let found = hex::sha256(&bytes);
    if found != sha256 {
        return Err(altered(format!("its bytes have SHA-256 {found}")));
    }
    // gzip's own checksum does not cover its head; the rest is held by the bytes it unpacks to, not by packing them again,
    // which another version of the compressor may do in another way
    if !packed.starts_with(&HEAD) {
        return Err(altered("its bytes are right, the head of its file is not the one that was written".to_owned()));
    }
    Ok(bytes)
}
