//! Why can a case not be used?

use super::MARKER;
use crate::objects::ObjectError;
use std::io;
use std::path::{Path, PathBuf};

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
    /// S113.
    #[error("{name} may mean {those}; say which by what stands first: nothing was done [S113]")]
    Ambiguous {
        /// What was named.
        name: String,
        /// What it may mean: numbers of captures, with what they are.
        those: String,
    },
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
    Object(#[from] ObjectError),
}

/// Wraps an error of the system.
pub(super) fn io_error<'a>(what: &'static str, path: &'a Path) -> impl Fn(io::Error) -> StoreError + 'a {
    move |error| StoreError::Io { what, path: path.to_owned(), error }
}
