//! Which articles are there? Files and folders become inputs; what cannot be one is named with the reason.
//!
//! This is the only place of the crate that touches the file system or standard input (`-`). Paths are read in sorted order, so that the order in
//! which they are named, or in which the system lists a folder, makes no difference.
//!
//! ```no_run
//! let (inputs, refusals) = rashomon_ingest::read::inputs(["accounts/"]);
//! for refusal in &refusals { eprintln!("{refusal}"); }
//! ```

mod files;
mod own;
mod parts;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rashomon_model::date::DateTime;
use rashomon_model::{Document, Warned};

use crate::canonical::sha256;
use crate::open::{self, Opened, Options, Source};
pub use crate::refusal::{IngestError, Refusal};
pub use files::files;
pub(crate) use parts::Pages;
pub use parts::parts;

/// Largest file that is opened, in bytes.
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
    /// A PDF with a text layer.
    Pdf,
    /// A Word document (Office Open XML).
    Docx,
    /// An OpenDocument text.
    Odt,
}

impl MediaType {
    /// IANA name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MediaType::Plain => "text/plain",
            MediaType::Markdown => "text/markdown",
            MediaType::Html => "text/html",
            MediaType::Pdf => "application/pdf",
            MediaType::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            MediaType::Odt => "application/vnd.oasis.opendocument.text",
        }
    }
}

/// What the giver says of an article (fields of a row, a feed's entry, a message).
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
    /// Author line.
    pub byline: Option<String>,
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
    /// When it was fetched (UTC), if it was.
    pub retrieved: Option<DateTime>,
    /// Which part of a live blog it is, if it is one.
    pub share: Share,
}

/// What of a page an input stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Share {
    /// All of it.
    #[default]
    Whole,
    /// A live blog without its entries, which are inputs of their own.
    Rest,
    /// One entry of a live blog.
    Entry,
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
            retrieved: None,
            share: Share::Whole,
        }
    }
}

/// All inputs under the paths, in sorted order, and everything left out; `-` is standard input.
#[must_use]
pub fn inputs<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> (Vec<Input>, Vec<Refusal>) {
    let opened = all(paths, &Options::default());
    (opened.inputs, opened.refusals)
}

/// The same with choices of the user, and with the addresses found that have no text.
#[must_use]
pub fn all<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, options: &Options) -> Opened {
    let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_owned()).collect();
    let (files, refusals) = files(paths.iter().filter(|path| path.as_path() != Path::new("-")));
    let mut out = Opened { refusals, ..Opened::default() };
    let stdin = paths.iter().any(|path| path.as_path() == Path::new("-"));
    let sources = files.iter().map(|path| source(path, options));
    for source in sources.chain(stdin.then(|| standard_input(options))) {
        match source {
            Ok(source) => out.merge(apart(source, options)),
            Err(error) => out.refusals.push(error.into()),
        }
    }
    number(&mut out.inputs);
    out.refusals.sort();
    out.links.sort();
    out
}

/// What is in a file, as [`open::open`] tells; a reader that breaks off loses that file alone (R124).
#[must_use]
pub fn apart(source: Source, options: &Options) -> Opened {
    let origin = source.origin.clone();
    guarded(&origin, || open::open(source, options))
        .unwrap_or_else(|error| Opened { refusals: vec![error.into()], ..Opened::default() })
}

/// The document of an input, as [`crate::extract_with`] gives it; a reader that breaks off loses that input alone.
///
/// # Errors
/// [`IngestError`] where the bytes are no text or hold no article, or their reader broke off (R124).
pub fn document(input: Input, pages: crate::pdf::Pages<'_>) -> Result<Warned<Document>, IngestError> {
    let origin = input.origin.clone();
    guarded(&origin, || crate::extract_with(input, pages))?
}

/// What a reader makes of bytes from strangers. Where it panics, which is a fault of this program or of a library it stands
/// on, the thing it read is refused, and whoever reads many goes on. Tests and fuzzing call the readers without this, so that
/// they see the fault.
fn guarded<T>(origin: &str, reader: impl FnOnce() -> T) -> Result<T, IngestError> {
    catch_unwind(AssertUnwindSafe(reader)).map_err(|_| IngestError::Broken {
        origin: origin.to_owned(),
        reason: "its reader broke off; this is a fault of the program, please report it".to_owned(),
    })
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

/// The bytes of a file, with its name.
///
/// # Errors
/// If it cannot be opened, or is larger than [`crate::limits::Limits::file`].
pub fn source(path: &Path, options: &Options) -> Result<Source, IngestError> {
    let origin = path.display().to_string();
    let unopened = |error: std::io::Error| IngestError::Unopened { origin: origin.clone(), reason: error.to_string() };
    let file = std::fs::File::open(path).map_err(unopened)?;
    let size = file.metadata().map_err(unopened)?.len();
    let name = path.file_name().map_or_else(|| origin.clone(), |name| name.to_string_lossy().into_owned());
    let bytes = capped(file, size, &origin, options)?;
    Ok(Source { origin, ..Source::new(&name, bytes) })
}

/// Standard input to its end.
///
/// # Errors
/// As [`source`].
pub fn standard_input(options: &Options) -> Result<Source, IngestError> {
    let origin = "standard input";
    Ok(Source::new(origin, capped(std::io::stdin().lock(), 0, origin, options)?))
}

/// All bytes, or the error that there are too many.
fn capped(from: impl std::io::Read, size: u64, origin: &str, options: &Options) -> Result<Vec<u8>, IngestError> {
    let most = options.limits.file;
    let large = |bytes: u64| IngestError::TooLarge { origin: origin.to_owned(), bytes, most };
    if size > most {
        return Err(large(size));
    }
    let mut bytes = Vec::new();
    let unopened =
        |error: std::io::Error| IngestError::Unopened { origin: origin.to_owned(), reason: error.to_string() };
    from.take(most + 1).read_to_end(&mut bytes).map_err(unopened)?;
    if bytes.len() as u64 > most { Err(large(bytes.len() as u64)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_breaks_off_loses_its_input_alone() {
        let pdf = |name: &str| Input::new(name, MediaType::Pdf, name.as_bytes().to_vec());
        let pages = |bytes: &[u8]| {
            assert!(bytes != b"bad.pdf", "injected");
            Ok(vec!["Shells hit Talen on Wednesday, residents said.".to_owned()])
        };
        let read = ["a.pdf", "bad.pdf", "c.pdf"].map(|name| document(pdf(name), &pages).map_err(Refusal::from));
        assert!(read[0].is_ok() && read[2].is_ok());
        let refusal = read[1].as_ref().unwrap_err();
        assert_eq!((refusal.code, refusal.origin.as_str()), ("R124", "bad.pdf"));
        assert!(refusal.left_out() && refusal.message.contains("its reader broke off"));
        let opened = guarded("bad.zip", || -> Opened { panic!("injected") });
        assert_eq!(opened.unwrap_err().origin(), "bad.zip");
    }
}
