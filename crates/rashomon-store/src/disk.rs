//! What is asked of the disk, and in which order does it become lasting?
//!
//! Everything the case keeps goes through [`Files`], so that a test can put a disk under it that breaks at any step it is
//! told to. [`Disk`] is the real one. What must not be lost is written, synced, renamed into place, and then the folder
//! is synced: [`replace`] does the four in order.
//!
//! ```no_run
//! use rashomon_store::disk::{Disk, replace};
//! replace(&Disk, "notes.txt".as_ref(), b"whole or not at all").unwrap();
//! ```

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Steps a file system takes. Errors are the system's own.
pub trait Files: Send + Sync {
    /// Whole content of a file.
    ///
    /// # Errors
    /// The system's.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Writes a file from its start, without syncing.
    ///
    /// # Errors
    /// The system's.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Adds to the end of a file, making it if need be, without syncing.
    ///
    /// # Errors
    /// The system's.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Waits until a file's content is on the medium.
    ///
    /// # Errors
    /// The system's.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Waits until a folder's names are on the medium.
    ///
    /// # Errors
    /// The system's.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Renames, replacing what has the name.
    ///
    /// # Errors
    /// The system's.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    ///
    /// # Errors
    /// The system's.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder and all in it.
    ///
    /// # Errors
    /// The system's.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Cuts a file to a length.
    ///
    /// # Errors
    /// The system's.
    fn cut(&self, path: &Path, length: u64) -> io::Result<()>;
    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// The system's.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Names in a folder, sorted.
    ///
    /// # Errors
    /// The system's.
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>>;
    /// Whether something has this name.
    fn exists(&self, path: &Path) -> bool;
}

/// The disk itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // a pipe laid into the folder of a case would be waited for without end
        if !std::fs::metadata(path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
        }
        std::fs::read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        File::create(path)?.write_all(bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().append(true).create(true).open(path)?.write_all(bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // a file must be open for writing to be flushed on Windows
        OpenOptions::new().write(true).open(path)?.sync_all()
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // only POSIX systems open folders; elsewhere names are lasting with the rename
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_dir_all(path)
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.set_len(length)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        let mut names: Vec<PathBuf> =
            std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
        names.sort();
        Ok(names)
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }
}

/// Puts `bytes` under a name whole or not at all, lasting when it returns.
///
/// # Errors
/// Those of the steps; the target then is as it was.
pub fn replace(files: &dyn Files, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let done =
        files.write(&part, bytes).and_then(|()| files.sync(&part)).and_then(|()| files.rename(&part, path)).and_then(
            |()| files.sync_folder(path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))),
        );
    if done.is_err() {
        // what is left of the attempt is of no use; a failure to remove it changes nothing
        let _ = files.remove(&part);
    }
    done
}
