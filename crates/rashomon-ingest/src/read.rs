//! Which articles are there? Files and folders become inputs; what cannot be one is named with the reason.
//!
//! This is the only place of the crate that touches the file system. Paths are read in sorted order, so that the order in
//! which they are named, or in which the system lists a folder, makes no difference.
//!
//! ```no_run
//! let (inputs, refusals) = rashomon_ingest::read::inputs(["accounts/"]);
//! for refusal in &refusals { eprintln!("{refusal}"); }
//! ```

mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::canonical::sha256;
use crate::codes::{self, Class};
use crate::decode::NotText;

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 100_000_000;

/// Kind of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MediaType {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// An HTML page.
    Html,
}

impl MediaType {
    /// IANA name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MediaType::Plain => "text/plain",
            MediaType::Markdown => "text/markdown",
            MediaType::Html => "text/html",
        }
    }
}

/// What the giver says of an article (fields of a JSON row).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The giver's own id.
    pub id: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Publication date as written there.
    pub published: Option<String>,
}

/// One article to be extracted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Path as given, `PATH#ROW` for a row, or an address.
    pub origin: String,
    /// The part of the origin the id may rest on: given id, address, or file name.
    pub name: String,
    /// Tells apart inputs with equal name and bytes (0 for the first in sorted order).
    pub ordinal: u32,
    /// Kind of content.
    pub media: MediaType,
    /// SHA-256 of the bytes as obtained (of the row, for a row).
    pub sha256: String,
    /// The content, undecoded.
    pub bytes: Vec<u8>,
    /// Character set named from outside (an HTTP header; `utf-8` for JSON).
    pub charset: Option<String>,
    /// What the giver says.
    pub given: Given,
}

impl Input {
    /// An input from memory, with its name as origin.
    #[must_use]
    pub fn new(name: &str, media: MediaType, bytes: Vec<u8>) -> Self {
        Self {
            origin: name.to_owned(),
            name: name.to_owned(),
            ordinal: 0,
            media,
            sha256: sha256(&bytes),
            bytes,
            charset: None,
            given: Given::default(),
        }
    }
}

/// Why an input gave no document. Every variant names the file, address or row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// R101.
    #[error("{origin}: empty")]
    Empty {
        /// File, address or row.
        origin: String,
    },
    /// R102.
    #[error("{origin}: not text: {kind}")]
    Binary {
        /// File, address or row.
        origin: String,
        /// What it looks like.
        kind: &'static str,
    },
    /// R103.
    #[error("{origin}: unreadable encoding: {encoding}")]
    Encoding {
        /// File, address or row.
        origin: String,
        /// The encoding tried.
        encoding: &'static str,
    },
    /// R104.
    #[error("{origin}: larger than 100 MB: {bytes} bytes")]
    TooLarge {
        /// File.
        origin: String,
        /// Its size.
        bytes: u64,
    },
    /// R105.
    #[error("{origin}: cannot be opened: {reason}")]
    Unopened {
        /// File or folder.
        origin: String,
        /// The system's words.
        reason: String,
    },
    /// R106.
    #[error("{origin}: no `text` or `html` in this row")]
    NoText {
        /// Row.
        origin: String,
    },
    /// R107.
    #[error("{origin}: not JSON: {reason}")]
    BadJson {
        /// Row or file.
        origin: String,
        /// The parser's words.
        reason: String,
    },
    /// R108.
    #[error("{origin}: no articles in this JSON")]
    NoArticles {
        /// File.
        origin: String,
    },
    /// R109.
    #[error("{origin}: no article found")]
    NoArticle {
        /// File, address or row.
        origin: String,
    },
}

impl IngestError {
    /// Row of the code table.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            IngestError::Empty { .. } => "R101",
            IngestError::Binary { .. } => "R102",
            IngestError::Encoding { .. } => "R103",
            IngestError::TooLarge { .. } => "R104",
            IngestError::Unopened { .. } => "R105",
            IngestError::NoText { .. } => "R106",
            IngestError::BadJson { .. } => "R107",
            IngestError::NoArticles { .. } => "R108",
            IngestError::NoArticle { .. } => "R109",
        }
    }

    /// File, address or row.
    #[must_use]
    pub fn origin(&self) -> &str {
        match self {
            IngestError::Empty { origin }
            | IngestError::Binary { origin, .. }
            | IngestError::Encoding { origin, .. }
            | IngestError::TooLarge { origin, .. }
            | IngestError::Unopened { origin, .. }
            | IngestError::NoText { origin }
            | IngestError::BadJson { origin, .. }
            | IngestError::NoArticles { origin }
            | IngestError::NoArticle { origin } => origin,
        }
    }

    /// The error of bytes that are no text.
    pub(crate) fn not_text(origin: &str, why: NotText) -> Self {
        let origin = origin.to_owned();
        match why {
            NotText::Empty => IngestError::Empty { origin },
            NotText::Binary(kind) => IngestError::Binary { origin, kind },
            NotText::Unreadable(encoding) => IngestError::Encoding { origin, encoding },
        }
    }
}

/// Something that was not read, by name, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// File, folder or row.
    pub origin: String,
    /// Row of the code table.
    pub code: &'static str,
    /// Lower case, no full stop: what is wrong.
    pub message: String,
}

impl Refusal {
    /// Whether a document is missing because of it (exit status 1), or a file was rightly passed over.
    #[must_use]
    pub fn left_out(&self) -> bool {
        codes::find(self.code).is_none_or(|row| row.class == Class::LeftOut)
    }

    /// A refusal whose message is that of its code.
    fn plain(path: &Path, code: &'static str) -> Self {
        let origin = path.display().to_string();
        let title = codes::find(code).map_or("", |row| row.message);
        Self { message: format!("{origin}: {title}"), origin, code }
    }
}

impl From<IngestError> for Refusal {
    fn from(error: IngestError) -> Self {
        Self { origin: error.origin().to_owned(), code: error.code(), message: error.to_string() }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}]", self.message, self.code)
    }
}

/// What a file name says of its content.
enum Kind {
    Article(MediaType),
    Rows,
    Json,
}

fn kind(path: &Path) -> Option<Kind> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "txt" | "text" => Kind::Article(MediaType::Plain),
        "md" | "markdown" => Kind::Article(MediaType::Markdown),
        "html" | "htm" | "xhtml" => Kind::Article(MediaType::Html),
        "jsonl" | "ndjson" => Kind::Rows,
        "json" => Kind::Json,
        _ => return None,
    })
}

/// All inputs under the paths, in sorted order, and everything left out.
#[must_use]
pub fn inputs<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> (Vec<Input>, Vec<Refusal>) {
    let (files, mut refusals) = files(paths);
    let mut found = Vec::new();
    for path in files {
        match file(&path) {
            Ok((mut some, mut bad)) => {
                found.append(&mut some);
                refusals.append(&mut bad);
            }
            Err(error) => refusals.push(error.into()),
        }
    }
    number(&mut found);
    refusals.sort();
    (found, refusals)
}

/// All files under the paths that may hold articles, sorted, each once; and what was passed over. Opens none of them.
#[must_use]
pub fn files<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> (Vec<PathBuf>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let before = files.len();
        walk(path, true, &mut files, &mut refusals);
        if path.is_dir() && files.len() == before {
            refusals.push(Refusal::plain(path, "R113"));
        }
    }
    files.sort();
    let mut seen = BTreeSet::new();
    files.retain(|path| {
        let first = seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()));
        if !first {
            refusals.push(Refusal::plain(path, "R112"));
        }
        first
    });
    (files, refusals)
}

/// Numbers inputs with equal name and equal bytes in the order they stand.
pub fn number(inputs: &mut [Input]) {
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    for input in inputs {
        let next = seen.entry((input.name.clone(), input.sha256.clone())).or_insert(0);
        input.ordinal = *next;
        *next += 1;
    }
}

/// Collects files; hidden ones are passed over in silence, links to folders are not followed (they may loop).
fn walk(path: &Path, named: bool, files: &mut Vec<PathBuf>, refusals: &mut Vec<Refusal>) {
    let unopened = |error: &std::io::Error| {
        Refusal::from(IngestError::Unopened { origin: path.display().to_string(), reason: error.to_string() })
    };
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) => return refusals.push(unopened(&error)),
    };
    if !meta.is_dir() {
        match kind(path) {
            Some(_) => files.push(path.to_owned()),
            None if named => refusals.push(Refusal::plain(path, "R111")),
            None => refusals.push(Refusal::plain(path, "R110")),
        }
        return;
    }
    if !named && path.is_symlink() {
        return;
    }
    match std::fs::read_dir(path) {
        Err(error) => refusals.push(unopened(&error)),
        Ok(entries) => {
            let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            inside.sort();
            for entry in inside {
                let hidden = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                if !hidden {
                    walk(&entry, false, files, refusals);
                }
            }
        }
    }
}

/// The inputs of one file.
fn file(path: &Path) -> Result<(Vec<Input>, Vec<Refusal>), IngestError> {
    let origin = path.display().to_string();
    let unopened = |error: std::io::Error| IngestError::Unopened { origin: origin.clone(), reason: error.to_string() };
    let size = std::fs::metadata(path).map_err(unopened)?.len();
    if size > LARGEST {
        return Err(IngestError::TooLarge { origin, bytes: size });
    }
    let bytes = std::fs::read(path).map_err(unopened)?;
    if bytes.len() as u64 > LARGEST {
        return Err(IngestError::TooLarge { origin, bytes: bytes.len() as u64 });
    }
    content(&origin, bytes)
}

/// The inputs in bytes that were a file of this name (path or last part of it); nothing is opened.
///
/// # Errors
/// [`IngestError`] where the bytes hold no article that could be read; single rows that fail are refusals.
pub fn content(origin: &str, bytes: Vec<u8>) -> Result<(Vec<Input>, Vec<Refusal>), IngestError> {
    let (path, origin) = (Path::new(origin), origin.to_owned());
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(IngestError::Empty { origin });
    }
    let name = path.file_name().map_or_else(|| origin.clone(), |name| name.to_string_lossy().into_owned());
    match kind(path) {
        Some(Kind::Rows) => table::rows(&bytes, &origin, &name),
        Some(Kind::Json) => table::json(&bytes, &origin, &name),
        other => {
            let media = match other {
                Some(Kind::Article(media)) => media,
                _ => MediaType::Plain,
            };
            Ok((vec![Input { origin, ..Input::new(&name, media, bytes) }], Vec::new()))
        }
    }
}
