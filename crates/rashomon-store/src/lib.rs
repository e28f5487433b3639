//! Where is it kept and who changed what?
//!
//! A [`Case`] is one folder: raw captures under their SHA-256 ([`objects`]), an append-only log of who did what
//! ([`log`]), and what it takes to check both years later with nothing but the folder ([`verify`]). The time, the
//! operator's pseudonym and chance come in as data ([`case::Hand`]); the disk is behind a trait ([`disk::Files`]), so that
//! tests can break it at every step. [`codes`] explains every refusal and finding.

pub mod judgement;

pub mod anchor;
pub mod case;
pub mod codes;
pub mod disk;
pub mod hex;
pub mod lock;
pub mod log;
pub mod objects;
pub mod readings;
pub mod verify;
pub mod versions;

pub use case::{Case, Hand, Outcome, StoreError, Taken};
use std::path::Path;

/// Writes beside the target first and renames, so that a broken run never leaves half a file under the name.
///
/// # Errors
/// Those of writing and renaming; the target is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    disk::replace(&disk::Disk, path, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_whole_and_leaves_nothing_behind() {
        let dir = std::env::temp_dir().join(format!("rashomon-store-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("a.json");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 1);
        assert!(write_whole(&dir.join("no/such/folder.json"), b"x").is_err());
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
