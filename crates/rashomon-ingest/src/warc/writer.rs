//! How is a record written?

use std::io::Write;

use sha2::{Digest, Sha256};

/// A record to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft<'a> {
    kind: &'a str,
    date: &'a str,
    target: Option<&'a str>,
    media: &'a str,
    body: &'a [u8],
    payload: Option<&'a [u8]>,
    more: Vec<(&'a str, String)>,
}

impl<'a> Draft<'a> {
    /// A record of this type (`response`, `request`, `resource`, `metadata`, `warcinfo` …), captured at this moment
    /// (UTC, `2032-03-04T09:28:00Z`).
    #[must_use]
    pub fn new(kind: &'a str, date: &'a str) -> Self {
        Self { kind, date, target: None, media: "application/octet-stream", body: &[], payload: None, more: Vec::new() }
    }

    /// The address it is of.
    #[must_use]
    pub fn target(mut self, url: &'a str) -> Self {
        self.target = Some(url);
        self
    }

    /// The block and its media type: `application/http; msgtype=response` for an answer with its head.
    #[must_use]
    pub fn body(mut self, media: &'a str, body: &'a [u8]) -> Self {
        self.media = media;
        self.body = body;
        self
    }

    /// The body of the HTTP message in the block, for its digest.
    #[must_use]
    pub fn payload(mut self, payload: &'a [u8]) -> Self {
        self.payload = Some(payload);
        self
    }

    /// One more named field, such as `WARC-Concurrent-To` or `WARC-IP-Address`.
    #[must_use]
    pub fn field(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.more.push((name, value.into()));
        self
    }

    /// The id the record will get: a UUID of version 8 (RFC 9562) made from what it says, so the same capture has the
    /// same id wherever it is written.
    #[must_use]
    pub fn id(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.kind.as_bytes(), self.date.as_bytes(), self.target.unwrap_or("").as_bytes(), self.body] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut bytes: [u8; 16] = [0; 16];
        for (to, from) in bytes.iter_mut().zip(hash.finalize()) {
            *to = from;
        }
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default().concat();
        format!("<urn:uuid:{}-{}-{}-{}-{}>", part(0..4), part(4..6), part(6..8), part(8..10), part(10..16))
    }

    /// The record as it is written, uncompressed.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let digest = |bytes: &[u8]| format!("sha256:{}", crate::canonical::sha256(bytes));
        let mut fields: Vec<(&str, String)> = vec![
            ("WARC-Type", self.kind.to_owned()),
            ("WARC-Record-ID", self.id()),
            ("WARC-Date", self.date.to_owned()),
        ];
        if let Some(url) = self.target {
            fields.push(("WARC-Target-URI", url.to_owned()));
        }
        fields.extend(self.more.iter().cloned());
        fields.push(("WARC-Block-Digest", digest(self.body)));
        if let Some(payload) = self.payload {
            fields.push(("WARC-Payload-Digest", digest(payload)));
        }
        fields.push(("Content-Type", self.media.to_owned()));
        fields.push(("Content-Length", self.body.len().to_string()));
        let mut out = b"WARC/1.1\r\n".to_vec();
        for (name, value) in fields {
            // A line end in a value would begin a field of its own.
            let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(self.body);
        out.extend_from_slice(b"\r\n\r\n");
        out
    }
}

/// Where a record was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// `WARC-Record-ID`, with its angle brackets.
    pub id: String,
    /// First byte in the file.
    pub offset: u64,
    /// Bytes it takes in the file (compressed, if the file is).
    pub length: u64,
}

/// Writes records one after another.
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: W,
    gzip: bool,
    offset: u64,
}

impl<W: Write> Writer<W> {
    /// A writer at the start of a file; `gzip` packs each record as a member of its own.
    pub fn new(out: W, gzip: bool) -> Self {
        Self { out, gzip, offset: 0 }
    }

    /// Writes a record.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&mut self, record: &Draft<'_>) -> std::io::Result<Placed> {
        let mut bytes = record.bytes();
        if self.gzip {
            // No name and no time in the member's head: the same record gives the same bytes.
            let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            pack.write_all(&bytes)?;
            bytes = pack.finish()?;
        }
        self.out.write_all(&bytes)?;
        let placed = Placed { id: record.id(), offset: self.offset, length: bytes.len() as u64 };
        self.offset += placed.length;
        Ok(placed)
    }

    /// The output.
    pub fn into_inner(self) -> W {
        self.out
    }
}
