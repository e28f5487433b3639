//! What is a record? A head of named fields, and a block of so many bytes.

use std::io::{self, BufRead, Read as _};

use crate::limits::{LONGEST_HEAD, Limits};

/// A record as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// `1.0` or `1.1` (older ones are read the same way).
    pub version: String,
    /// Named fields in order, names in lower case.
    pub fields: Vec<(String, String)>,
    /// The block, at most [`Limits::document`] bytes of it.
    pub body: Vec<u8>,
    /// Whether the block was longer than that, or the file ended in it.
    pub cut: bool,
    /// First byte of the record, or of the gzip member it is in, in the file.
    pub offset: u64,
    /// Bytes before it that belong to no record: damage.
    pub passed_over: u64,
}

impl Record {
    /// The first value of a field; `name` in lower case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `response`, `request` …, as written.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.get("warc-type").unwrap_or("")
    }

    /// `<urn:uuid:…>`.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.get("warc-record-id")
    }

    /// The address it is of, without the angle brackets some writers put around it.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.get("warc-target-uri").map(|url| url.trim_start_matches('<').trim_end_matches('>'))
    }

    /// When it was captured, as written.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.get("warc-date")
    }

    /// The next record from a stream of plain bytes.
    pub(super) fn read(source: &mut impl BufRead, limits: &Limits) -> Result<Option<Self>, String> {
        let mut line = Vec::new();
        let mut skipped = 0u64;
        // Empty lines between records; anything else there is damage that is passed over, and told.
        let version = loop {
            line.clear();
            if source.take(LONGEST_HEAD as u64).read_until(b'\n', &mut line).map_err(|e| e.to_string())? == 0 {
                if skipped > 0 {
                    return Err(format!("{skipped} bytes that are no record"));
                }
                return Ok(None);
            }
            if let Some(version) = line.strip_prefix(b"WARC/") {
                break String::from_utf8_lossy(version).trim().to_owned();
            }
            if !line.iter().all(u8::is_ascii_whitespace) {
                skipped += line.len() as u64;
            }
        };
        let mut head = Vec::new();
        loop {
            let before = head.len();
            let room = LONGEST_HEAD.saturating_sub(before) as u64;
            let n = source.take(room).read_until(b'\n', &mut head).map_err(|e| e.to_string())?;
            let last = head.get(before..).unwrap_or_default();
            if n == 0 {
                return Err("a record's head has no end".to_owned());
            }
            if last == b"\r\n" || last == b"\n" {
                break;
            }
        }
        let text = String::from_utf8_lossy(&head);
        let mut record = Self { version, fields: crate::http::fields(text.lines()), ..Self::default() };
        let Some(length) = record.get("content-length").and_then(|n| n.parse::<u64>().ok()) else {
            return Err("a record without Content-Length".to_owned());
        };
        let kept = length.min(limits.document);
        source.take(kept).read_to_end(&mut record.body).map_err(|e| format!("a record ends early: {e}"))?;
        let rest = length - kept;
        let passed = io::copy(&mut source.take(rest), &mut io::sink()).map_err(|e| e.to_string())?;
        record.cut = rest > 0 || (record.body.len() as u64) < kept || passed < rest;
        record.passed_over = skipped;
        Ok(Some(record))
    }
}
