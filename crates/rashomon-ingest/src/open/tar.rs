//! Which parts are in this tar archive? POSIX ustar, GNU long names, pax paths.

use super::archive::wanted;
use super::kind::readable;
use super::{Desk, Source, label};
use crate::limits::Overrun;
use crate::read::Pages;

/// One part: its number from 1, its path, its type flag and what is in it.
struct Part<'a> {
    n: usize,
    path: String,
    flag: u8,
    content: &'a [u8],
}

/// The parts of an archive in order; ends behind the first damage, which it names.
struct Parts<'a> {
    bytes: &'a [u8],
    at: usize,
    n: usize,
    /// A name too long for the head it belongs to.
    long: Option<String>,
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, n: 0, long: None }
    }

    /// The part whose head begins here.
    fn part(&mut self, head: &[u8]) -> Result<Part<'a>, String> {
        let field = |range: std::ops::Range<usize>| head.get(range).unwrap_or_default();
        let (Some(size), true) = (octal(field(124..136)), begins(head)) else {
            return Err(format!("no head of a part at byte {}", self.at));
        };
        self.n += 1;
        let start = self.at + 512;
        let end = usize::try_from(size).ok().and_then(|size| start.checked_add(size));
        let Some(content) = end.and_then(|end| self.bytes.get(start..end)) else {
            return Err(format!("part {} is cut short", self.n));
        };
        self.at = start + content.len().next_multiple_of(512);
        let (prefix, short) = (text(field(345..500)), text(field(0..100)));
        let path =
            self.long.take().unwrap_or_else(|| if prefix.is_empty() { short } else { format!("{prefix}/{short}") });
        let flag = head.get(156).copied().unwrap_or_default();
        match flag {
            b'L' => self.long = Some(text(content)),
            b'x' => self.long = pax_path(content),
            _ => {}
        }
        Ok(Part { n: self.n, path, flag, content })
    }
}

/// Whether bytes begin with the head of a part: its sum tells, also before the mark `ustar` (Unix version 7).
pub(super) fn begins(bytes: &[u8]) -> bool {
    let Some(head) = bytes.get(..512) else { return false };
    let sum = head.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u64::from(*b) }).sum();
    octal(head.get(148..156).unwrap_or_default()) == Some(sum)
}

/// The number in a field of a head.
fn octal(field: &[u8]) -> Option<u64> {
    u64::from_str_radix(text(field).trim(), 8).ok()
}

impl<'a> Iterator for Parts<'a> {
    type Item = Result<Part<'a>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.bytes;
        let head = bytes.get(self.at..self.at + 512).filter(|head| head.iter().any(|b| *b != 0))?;
        let part = self.part(head);
        if part.is_err() {
            self.at = bytes.len();
        }
        Some(part)
    }
}

impl Desk<'_> {
    /// A tar archive, part by part.
    pub(super) fn tar(&mut self, source: &Source, depth: u32) {
        let origin = source.origin.as_str();
        let pages = Pages::among(Parts::of(&source.bytes).take(self.entries).flatten().map(|part| part.path));
        let mut others = 0usize;
        for part in Parts::of(&source.bytes) {
            let Part { n, path, flag, content } = match part {
                Ok(part) => part,
                Err(reason) => return self.refuse_for(origin, "R118", &reason),
            };
            if !self.one_more(origin) {
                return;
            }
            let name = label(&path);
            let here = format!("{origin}#{n} {name}");
            match flag {
                b'0' | 0 if wanted(&path, &pages) && readable(content, &name) => {
                    let length = content.len() as u64;
                    if length > self.left {
                        self.refuse_for(&here, "R116", &Overrun::Bytes(self.options.limits.unpacked).to_string());
                        continue;
                    }
                    self.left -= length;
                    self.open(Source { origin: here, name, bytes: content.to_vec(), ..Source::default() }, depth + 1);
                }
                b'0' | 0 => others += 1,
                b'1' | b'2' => self.refuse(&here, "R119"),
                _ => {}
            }
        }
        if others > 0 {
            self.refuse_for(origin, "R114", &format!("{others} parts"));
        }
    }
}

/// A field of a head up to its first zero byte.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.split(|b| *b == 0).next().unwrap_or_default()).into_owned()
}

/// The `path` of a pax head: records of `LENGTH KEY=VALUE\n`.
fn pax_path(content: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(content);
    text.lines().find_map(|line| Some(line.split_once(' ')?.1.strip_prefix("path=")?.to_owned()))
}
