//! Where is it kept and who changed what?
//!
//! Nothing is kept between runs yet: `rashomon dossier FOLDER` needs only that its outputs appear whole or not at all,
//! which is what this crate does ([`write_whole`]). The case on disk, with captures, log and judgements, comes here.

pub mod judgement;

use std::path::Path;

/// Writes beside the target first and renames, so that a broken run never leaves half a file under the name.
///
/// # Errors
/// Those of writing and renaming; the target is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        // what is left of the attempt is of no use; a failure to remove it changes nothing
        let _ = std::fs::remove_file(&part);
    }
    written
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
