//! What is in this archive? ZIP and single packed files, part by part, behind the caps.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::gzip::Members;
use super::kind::{HEAD, readable};
use super::{Desk, Kind, MediaType, Source, label};
use crate::limits::{Counting, Overrun, unpack};
use crate::read::Pages;

/// Which office document a ZIP archive is, if one.
pub(super) fn office(bytes: &[u8]) -> Option<MediaType> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if crate::office::word(&mut archive).is_some() {
        return Some(MediaType::Docx);
    }
    let mut mimetype = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut mimetype).ok()?;
    mimetype.trim().starts_with("application/vnd.oasis.opendocument.text").then_some(MediaType::Odt)
}

/// Whether a part of an archive is looked at, by its path: not the hidden ones, not the parts of a saved page that is in it.
pub(super) fn wanted(path: &str, pages: &Pages) -> bool {
    let hidden = path.split(['/', '\\']).any(|part| part.starts_with('.') && part != "." && part != "..");
    !hidden && !path.starts_with("__MACOSX") && !pages.have_part(path)
}

/// What a data package says of itself.
const PACKAGE: &str = "datapackage.json";

/// Beginnings of the paths under which a WACZ keeps its books, and a case handed on its own: no parts of anybody's.
const BOOKS: [&str; 5] = ["datapackage", "pages/", "indexes/", "logs/", "rashomon/"];

impl Desk<'_> {
    /// A ZIP archive; a WACZ is one with web archives in it.
    pub(super) fn zip(&mut self, source: &Source, depth: u32) {
        let origin = source.origin.as_str();
        let mut archive = match ZipArchive::new(Cursor::new(source.bytes.as_slice())) {
            Ok(archive) => archive,
            Err(error) => return self.refuse_for(origin, "R118", &error.to_string()),
        };
        if archive.len() > self.options.limits.entries {
            let reason = format!("{} parts, more than {}", archive.len(), self.options.limits.entries);
            return self.refuse_for(origin, "R116", &reason);
        }
        let package = archive.index_for_name(PACKAGE).is_some();
        // other data packages are archives like any
        let web = package && archive.file_names_raw().any(|name| name.starts_with(b"archive/"));
        let pages = if web { self.listed(&mut archive, origin) } else { None };
        let saved = Pages::among(archive.file_names_raw().map(String::from_utf8_lossy));
        let mut others = 0usize;
        for i in 0..archive.len() {
            let entry = match archive.by_index(i) {
                Ok(entry) => entry,
                Err(error) => {
                    let at = format!("{origin}#{}", i + 1);
                    self.refuse_for(&at, "R118", &error.to_string());
                    continue;
                }
            };
            let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let name = label(&path);
            let at = format!("{origin}#{} {name}", i + 1);
            if entry.is_dir() {
                continue;
            }
            if entry.is_symlink() {
                self.refuse(&at, "R119");
                continue;
            }
            if entry.encrypted() {
                self.refuse(&at, "R122");
                continue;
            }
            let archived = web && path.starts_with("archive/");
            if web && BOOKS.iter().any(|book| path.starts_with(book)) {
                continue;
            }
            let packed = entry.compressed_size();
            let mut entry = entry;
            let mut head = Vec::new();
            // a part that breaks off in its first bytes is one of those it looks like, and is told when it is unpacked
            let _ = entry.by_ref().take(HEAD).read_to_end(&mut head);
            let read = wanted(&path, &saved) && !web && path != PACKAGE && readable(&head, &name);
            if !archived && !read {
                others += 1;
                continue;
            }
            if !self.one_more(origin) {
                return;
            }
            let Some(bytes) = self.unpacked(&mut head.as_slice().chain(entry), packed, &at) else { continue };
            if archived {
                // A WACZ is one archive, although its records lie in archives of their own.
                self.warc(&bytes, &at, &name, depth, pages.as_ref());
            } else {
                self.open(Source { origin: at, name, bytes, ..Source::default() }, depth + 1);
            }
        }
        if others > 0 {
            self.refuse_for(origin, "R114", &format!("{others} parts"));
        }
    }

    /// One part unpacked, within what is left.
    fn unpacked(&mut self, stream: &mut impl Read, packed: u64, at: &str) -> Option<Vec<u8>> {
        let mut counted = Counting(stream, 0);
        let done = unpack(&mut counted, packed, &self.caps());
        // what was refused was unpacked as well
        self.left = self.left.saturating_sub(counted.1);
        match done {
            Ok(bytes) => Some(bytes),
            Err(Overrun::Damaged(reason)) => {
                self.refuse_for(at, "R118", &reason);
                None
            }
            Err(overrun) => {
                self.refuse_for(at, "R116", &overrun.to_string());
                None
            }
        }
    }

    /// One packed file, or a packed archive.
    pub(super) fn gzip(&mut self, source: Source, depth: u32) {
        let mut head = [0u8; 512];
        let mut filled = 0;
        let mut stream = Members::new(source.bytes.as_slice());
        while let Some(room) = head.get_mut(filled..).filter(|room| !room.is_empty()) {
            match stream.read(room) {
                Ok(0) | Err(_) => break,
                Ok(n) => filled += n,
            }
        }
        let head = head.get(..filled).unwrap_or_default();
        let name = source.name.strip_suffix(".gz").unwrap_or(&source.name).to_owned();
        if head.starts_with(b"WARC/") {
            // Record by record, so that one damaged member does not lose the rest.
            return self.warc(&source.bytes, &source.origin, &source.name, depth, None);
        }
        let packed = source.bytes.len() as u64;
        let mut stream = Members::new(source.bytes.as_slice());
        let Some(bytes) = self.unpacked(&mut stream, packed, &source.origin) else { return };
        let inner = super::kind(&bytes, &name, source.media.as_deref());
        // A packed tar is one archive, not two.
        let deeper = if inner == Kind::Tar { depth } else { depth + 1 };
        self.open(Source { name, bytes, ..source }, deeper);
    }
}
