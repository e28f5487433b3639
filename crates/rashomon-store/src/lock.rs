//! Who else is at it? One process at a time changes a case.
//!
//! The lock is the operating system's on the file `lock`, so it ends with the process, however that ends. Readers need
//! none: what they read was whole before it got its name.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// The right to change a case, given back when dropped.
#[derive(Debug)]
pub struct Lock {
    _held: File,
}

/// Why the lock was not had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it; the text is what it left in the file.
    #[error("{0}")]
    Held(String),
    /// The file cannot be opened, or the file system has no locks.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Lock {
    /// Takes the lock, waiting for another holder so long at most. `what` tells others who holds it.
    ///
    /// # Errors
    /// If it is held for longer, or cannot be had at all.
    pub fn take(path: &Path, what: &str, wait: Duration) -> Result<Self, LockError> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(error.into()),
                Err(TryLockError::WouldBlock) if start.elapsed() >= wait => {
                    let mut holder = String::new();
                    // a holder that is just writing its name stays unnamed
                    let _ = (&file).take(200).read_to_string(&mut holder);
                    return Err(LockError::Held(holder.trim().to_owned()));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
        // the name is a courtesy to others; the lock holds without it
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "process {}: {what}", std::process::id()));
        Ok(Self { _held: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_is_first() {
        let path = std::env::temp_dir().join(format!("rashomon-lock-{}", std::process::id()));
        let first = Lock::take(&path, "add", Duration::ZERO).unwrap();
        let Err(LockError::Held(holder)) = Lock::take(&path, "remove", Duration::ZERO) else { panic!("two locks") };
        assert!(holder.contains(": add"), "{holder}");
        drop(first);
        assert!(Lock::take(&path, "remove", Duration::ZERO).is_ok());
        std::fs::remove_file(path).unwrap();
    }
}
