//! What is in this file? Archives, messages, feeds and tables come apart into articles.
//!
//! [`open`] looks at the bytes first and the name second ([`kind`]), takes containers apart behind the caps of
//! [`Limits`], and gives one [`Input`] per article, one [`Link`] per address without text, and one
//! [`Refusal`] per thing it could not use. It never writes a file, and names of parts serve as labels only, so no path in an
//! archive can lead anywhere.
//!
//! ```
//! use rashomon_ingest::open::{Options, Source, open};
//! let mail = b"From: Talen Post <desk@talenpost.example>\r\nSubject: Shells hit Talen\r\nMessage-ID: <1@x>\r\n\r\nShells hit Talen on Wednesday.";
//! let found = open(Source::new("a.eml", mail.to_vec()), &Options::default());
//! assert_eq!(found.inputs[0].given.title.as_deref(), Some("Shells hit Talen"));
//! ```

mod archive;
mod captures;
mod columns;
mod feed;
mod guess;
mod gzip;
mod kind;
mod live;
mod mail;
mod mailbox;
mod pages;
mod rows;
mod tar;

use rashomon_model::date::DateTime;

pub use columns::{Columns, Field};
pub(crate) use feed::{character, element};
pub(crate) use kind::{HEAD, readable};
pub use kind::{Kind, by_name, kind};

use crate::decode::NotText;
use crate::limits::Limits;
use crate::read::{Given, IngestError, Input, MediaType, Refusal};

/// Bytes with what is known of them from outside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Path or address as given, with `#…` for a part.
    pub origin: String,
    /// File name or address: the part of the origin that ids may rest on.
    pub name: String,
    /// The bytes as obtained.
    pub bytes: Vec<u8>,
    /// Media type a server or archive named, lower case, without parameters.
    pub media: Option<String>,
    /// Character set named from outside.
    pub charset: Option<String>,
    /// What the giver says.
    pub given: Given,
    /// When it was fetched (UTC).
    pub retrieved: Option<DateTime>,
}

impl Source {
    /// Bytes under a name.
    #[must_use]
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self { origin: name.to_owned(), name: name.to_owned(), bytes, ..Self::default() }
    }
}

/// An address without a text: something to fetch, if the user says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Where it was found: file and row, or feed and entry.
    pub origin: String,
    /// The address.
    pub url: String,
    /// Title given with it.
    pub title: Option<String>,
}

/// What the user chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Caps.
    pub limits: Limits,
    /// Which column of a table is what.
    pub columns: Columns,
}

impl Options {
    /// The error of a table longer than the cap.
    fn too_many(&self, origin: &str) -> IngestError {
        let reason = format!("more than {} rows; the rest was not read", self.limits.rows);
        IngestError::BadTable { origin: origin.to_owned(), reason }
    }
}

/// What was in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// Articles.
    pub inputs: Vec<Input>,
    /// Addresses without a text.
    pub links: Vec<Link>,
    /// What could not be used, and why.
    pub refusals: Vec<Refusal>,
}

impl Opened {
    /// Adds what was in another file.
    pub(crate) fn merge(&mut self, mut other: Opened) {
        self.inputs.append(&mut other.inputs);
        self.links.append(&mut other.links);
        self.refusals.append(&mut other.refusals);
    }
}

/// Takes a file apart.
#[must_use]
pub fn open(source: Source, options: &Options) -> Opened {
    let mut desk =
        Desk { options, left: options.limits.unpacked, entries: options.limits.entries, out: Opened::default() };
    desk.open(source, 1);
    desk.out
}

/// The work on one file: what may still be unpacked, and what was found.
struct Desk<'a> {
    options: &'a Options,
    /// Bytes that may still be unpacked.
    left: u64,
    /// Parts that may still be looked at.
    entries: usize,
    out: Opened,
}

impl Desk<'_> {
    /// Opens one thing; `depth` counts the archives around it, itself included.
    fn open(&mut self, source: Source, depth: u32) {
        if source.bytes.iter().all(u8::is_ascii_whitespace) {
            return self.fail(IngestError::Empty { origin: source.origin });
        }
        let mut found = kind(&source.bytes, &source.name, source.media.as_deref());
        if matches!(found, Kind::Unknown | Kind::Article(MediaType::Plain)) && !self.options.columns.is_empty() {
            found = guess::table(&source.bytes, &self.options.columns).unwrap_or(found);
        }
        if found.is_container() && depth > self.options.limits.depth {
            return self.refuse(&source.origin, "R117");
        }
        let length = source.bytes.len() as u64;
        // Messages and pages in one file may carry more; their text may not be longer.
        let single = matches!(found, Kind::Article(_) | Kind::Unknown);
        if single && length > self.options.limits.document {
            return self.too_large(&source.origin, length);
        }
        if matches!(found, Kind::Article(MediaType::Docx | MediaType::Odt)) {
            let length = crate::office::unpacked(&source.bytes);
            let Some(left) = self.left.checked_sub(length) else {
                let overrun = crate::limits::Overrun::Bytes(self.options.limits.unpacked);
                return self.refuse_for(&source.origin, "R116", &overrun.to_string());
            };
            self.left = left;
        }
        match found {
            Kind::Article(media) => self.article(source, media),
            // What is named as an article is tried as text; decoding says what it is, if it is none.
            Kind::Unknown => self.article(source, MediaType::Plain),
            Kind::Rows => {
                let done = rows::rows(&source.bytes, &source.origin, &source.name, self.options);
                self.take(done, source.retrieved);
            }
            Kind::Json => {
                let done = rows::json(&source.bytes, &source.origin, &source.name, self.options);
                self.take(done, source.retrieved);
            }
            Kind::Csv => {
                let done = columns::table(&source.bytes, &source.origin, &source.name, self.options);
                self.take(done, source.retrieved);
            }
            Kind::Feed => {
                let done = feed::feed(&source.bytes, &source.origin, source.charset.as_deref(), self.options);
                self.take(done, source.retrieved);
            }
            Kind::Mail => self.mail(&source, depth),
            Kind::Mailbox => self.mailbox(&source, depth),
            Kind::Mhtml => self.mhtml(&source),
            Kind::Warc => self.warc(&source.bytes, &source.origin, &source.name, depth, None),
            Kind::Zip => self.zip(&source, depth),
            Kind::Tar => self.tar(&source, depth),
            Kind::Gzip => self.gzip(source, depth),
            Kind::Foreign(what) => {
                self.fail(IngestError::not_text(&source.origin, NotText::Binary(what)));
            }
        }
    }

    /// One article, as it is.
    fn article(&mut self, source: Source, media: MediaType) {
        let Source { origin, name, bytes, charset, given, retrieved, .. } = source;
        let input = Input { origin, charset, given, retrieved, ..Input::new(&name, media, bytes) };
        let rest = self.live(input);
        self.out.inputs.extend(rest);
    }

    /// What a feed or table gave; its articles were fetched when it was.
    fn take(&mut self, done: Result<Opened, IngestError>, retrieved: Option<DateTime>) {
        match done {
            Ok(mut opened) => {
                for input in &mut opened.inputs {
                    input.retrieved = input.retrieved.or(retrieved);
                }
                self.out.merge(opened);
            }
            Err(error) => self.fail(error),
        }
    }

    fn fail(&mut self, error: IngestError) {
        self.out.refusals.push(error.into());
    }

    /// A document above the cap.
    fn too_large(&mut self, origin: &str, bytes: u64) {
        self.fail(IngestError::TooLarge { origin: origin.to_owned(), bytes, most: self.options.limits.document });
    }

    /// A refusal whose message is that of its code.
    fn refuse(&mut self, origin: &str, code: &'static str) {
        self.out.refusals.push(Refusal::of(origin, code, None));
    }

    /// A refusal whose message is that of its code, with the reason.
    fn refuse_for(&mut self, origin: &str, code: &'static str, reason: &str) {
        self.out.refusals.push(Refusal::of(origin, code, Some(reason)));
    }

    /// Whether one more part may be looked at; the last refusal says so once.
    fn one_more(&mut self, origin: &str) -> bool {
        if self.entries == 0 {
            self.refuse_for(origin, "R116", &format!("more than {} parts", self.options.limits.entries));
            return false;
        }
        self.entries -= 1;
        true
    }

    /// Caps for one part: what is left of the whole.
    fn caps(&self) -> Limits {
        Limits { unpacked: self.left, ..self.options.limits }
    }
}

/// A name fit to be shown: its last part, without control and direction characters, at most 80 characters.
fn label(path: &str) -> String {
    let last = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    last.chars().filter(shown).take(80).collect()
}
