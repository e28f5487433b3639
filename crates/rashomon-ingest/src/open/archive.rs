//! What is in this archive? ZIP, tar and single packed files, part by part, behind the caps.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::gzip::Members;
use super::{Desk, Kind, MediaType, Source, by_name, label};
use crate::limits::{Overrun, unpack};
use crate::read::in_parts_folder;

/// Which office document a ZIP archive is, if one.
pub(super) fn office(bytes: &[u8]) -> Option<MediaType> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.index_for_name("word/document.xml").is_some() {
        return Some(MediaType::Docx);
    }
    let mut mimetype = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut mimetype).ok()?;
    mimetype.trim().starts_with("application/vnd.oasis.opendocument.text").then_some(MediaType::Odt)
}

/// Whether a part of an archive is looked at, by its path: not the hidden ones, not the parts of a saved page.
fn wanted(path: &str) -> bool {
    let hidden = path.split(['/', '\\']).any(|part| part.starts_with('.') && part != "." && part != "..");
    !hidden && !path.starts_with("__MACOSX") && !in_parts_folder(path)
}

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
        let web = archive.index_for_name("datapackage.json").is_some();
        let pages = if web { self.page_list(&mut archive) } else { None };
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
            if !wanted(&path) || web && !archived || by_name(&name).is_none() && !archived {
                others += 1;
                continue;
            }
            if !self.one_more(origin) {
                return;
            }
            let packed = entry.compressed_size();
            let mut entry = entry;
            let Some(bytes) = self.unpacked(&mut entry, packed, &at) else { continue };
            if archived {
                // A WACZ is one archive, although its records lie in archives of their own.
                self.warc(&bytes, &at, &name, depth, pages.as_ref());
            } else {
                self.open(Source { origin: at, name, bytes, ..Source::default() }, depth + 1);
            }
        }
        if others > 0 && !web {
            self.refuse_for(origin, "R114", &format!("{others} parts"));
        }
    }

    /// One part unpacked, within what is left.
    fn unpacked(&mut self, stream: &mut impl Read, packed: u64, at: &str) -> Option<Vec<u8>> {
        match unpack(stream, packed, &self.caps()) {
            Ok(bytes) => {
                self.left = self.left.saturating_sub(bytes.len() as u64);
                Some(bytes)
            }
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

    /// A tar archive (POSIX ustar, GNU long names, pax paths).
    pub(super) fn tar(&mut self, source: &Source, depth: u32) {
        let origin = source.origin.as_str();
        let (mut at, mut n, mut others) = (0usize, 0usize, 0usize);
        let mut long: Option<String> = None;
        while let Some(head) = source.bytes.get(at..at + 512).filter(|head| head.iter().any(|b| *b != 0)) {
            let field = |range: std::ops::Range<usize>| head.get(range).unwrap_or_default();
            let text = |bytes: &[u8]| {
                String::from_utf8_lossy(bytes.split(|b| *b == 0).next().unwrap_or_default()).into_owned()
            };
            let octal = |bytes: &[u8]| u64::from_str_radix(text(bytes).trim(), 8).ok();
            let sum: u64 =
                head.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u64::from(*b) }).sum();
            let (Some(size), true) = (octal(field(124..136)), octal(field(148..156)) == Some(sum)) else {
                return self.refuse_for(origin, "R118", &format!("no head of a part at byte {at}"));
            };
            n += 1;
            let start = at + 512;
            let end = usize::try_from(size).ok().and_then(|size| start.checked_add(size));
            let Some(content) = end.and_then(|end| source.bytes.get(start..end)) else {
                return self.refuse_for(origin, "R118", &format!("part {n} is cut short"));
            };
            at = start + content.len().next_multiple_of(512);
            if !self.one_more(origin) {
                return;
            }
            let prefix = text(field(345..500));
            let short = text(field(0..100));
            let path = long.take().unwrap_or(if prefix.is_empty() { short } else { format!("{prefix}/{short}") });
            let name = label(&path);
            let here = format!("{origin}#{n} {name}");
            match head.get(156) {
                Some(b'L') => long = Some(text(content)),
                Some(b'x') => long = pax_path(content),
                Some(b'0' | 0) if wanted(&path) && by_name(&name).is_some() => {
                    let length = content.len() as u64;
                    if length > self.left {
                        self.refuse_for(&here, "R116", &Overrun::Bytes(self.options.limits.unpacked).to_string());
                        continue;
                    }
                    self.left -= length;
                    self.open(Source { origin: here, name, bytes: content.to_vec(), ..Source::default() }, depth + 1);
                }
                Some(b'0' | 0) => others += 1,
                Some(b'1' | b'2') => self.refuse(&here, "R119"),
                _ => {}
            }
        }
        if others > 0 {
            self.refuse_for(origin, "R114", &format!("{others} parts"));
        }
    }
}

/// The `path` of a pax head: records of `LENGTH KEY=VALUE\n`.
fn pax_path(content: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(content);
    text.lines().find_map(|line| Some(line.split_once(' ')?.1.strip_prefix("path=")?.to_owned()))
}
