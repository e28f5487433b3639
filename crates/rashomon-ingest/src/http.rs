//! What did the server answer? Heads and bodies of HTTP messages, as bytes from an archive or a socket.
//!
//! Only what is needed to get at a page: status, headers, the transfer coding undone, the content coding undone. The raw bytes
//! stay where they are, so that what is kept is what was received.
//!
//! ```
//! use rashomon_ingest::{http, limits::Limits};
//! let raw = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
//! let (head, body) = http::split(raw).unwrap();
//! assert_eq!((head.status, head.charset().as_deref()), (200, Some("utf-8")));
//! assert_eq!(http::decode(&head, body, &Limits::default()).unwrap(), b"abc");
//! ```

use std::borrow::Cow;
use std::io::Read;

use crate::limits::{LONGEST_HEAD, Limits, Overrun, unpack};

/// Status line and headers of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// `200`, `404` …
    pub status: u16,
    /// Names in lower case, with values, in order.
    pub headers: Vec<(String, String)>,
}

/// Why a body cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// A coding that is not read.
    #[error("sent in a coding that is not read: {0}")]
    Coding(String),
    /// A cap was passed or the bytes are damaged.
    #[error(transparent)]
    Overrun(#[from] Overrun),
}

impl Head {
    /// The first value of a header; `name` in lower case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Media type without parameters, lower case.
    #[must_use]
    pub fn media(&self) -> Option<String> {
        let media = self.get("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
        (!media.is_empty()).then_some(media)
    }

    /// Character set the server names.
    #[must_use]
    pub fn charset(&self) -> Option<String> {
        charset(self.get("content-type")?)
    }
}

/// The `charset` parameter of a `Content-Type` value.
#[must_use]
pub fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_ascii_lowercase())
    })
}

/// Splits an answer into head and raw body; `None` if it does not begin as one.
#[must_use]
pub fn split(raw: &[u8]) -> Option<(Head, &[u8])> {
    let end = head_end(raw)?;
    let head = head(raw.get(..end)?)?;
    Some((head, raw.get(end..)?))
}

/// Where the head ends: after the first empty line within [`LONGEST_HEAD`].
fn head_end(raw: &[u8]) -> Option<usize> {
    let window = raw.get(..raw.len().min(LONGEST_HEAD))?;
    let mut line = 0;
    for (at, byte) in window.iter().enumerate() {
        if *byte == b'\n' {
            let text = window.get(line..at)?;
            if text.is_empty() || text == b"\r" {
                return Some(at + 1);
            }
            line = at + 1;
        }
    }
    None
}

/// Reads a head; `None` if the status line is none.
fn head(raw: &[u8]) -> Option<Head> {
    let text = String::from_utf8_lossy(raw);
    let mut lines = text.lines();
    let status = lines.next()?;
    let mut words = status.split_ascii_whitespace();
    if !words.next()?.to_ascii_uppercase().starts_with("HTTP/") {
        return None;
    }
    let status = words.next()?.parse().ok().filter(|status| (100..1000).contains(status))?;
    Some(Head { status, headers: fields(lines) })
}

/// `Name: value` lines, folded ones joined, names in lower case.
pub(crate) fn fields<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = found.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    found
}

/// The body with transfer and content codings undone.
///
/// # Errors
/// [`BodyError`] for codings that are not read, damaged bytes and caps passed.
pub fn decode(head: &Head, raw: &[u8], limits: &Limits) -> Result<Vec<u8>, BodyError> {
    let chunked = head.get("transfer-encoding").is_some_and(|te| te.to_ascii_lowercase().contains("chunked"));
    // Some archivers undo the chunks and leave the header: then the bytes do not begin with a chunk's length.
    let unchunked = if chunked { unchunk(raw) } else { None };
    let body: Cow<'_, [u8]> = unchunked.map_or(Cow::Borrowed(raw), Cow::Owned);
    // Applied in the order named, so undone from the last; more than three are a bomb's.
    let named = head.get("content-encoding").unwrap_or("").to_ascii_lowercase();
    let codings: Vec<&str> = named.split(',').map(str::trim).filter(|coding| !coding.is_empty()).collect();
    if codings.len() > 3 {
        return Err(BodyError::Coding(named));
    }
    let packed = body.len() as u64;
    let capped = Limits { unpacked: limits.document.min(limits.unpacked), ..*limits };
    let mut out = body;
    for coding in codings.into_iter().rev() {
        if let Some(undone) = undo(coding, &out, packed, &capped)? {
            out = Cow::Owned(undone);
        }
    }
    if out.len() as u64 > limits.document {
        return Err(Overrun::Bytes(limits.document).into());
    }
    Ok(out.into_owned())
}

/// A body with one content coding undone; `None` if it is as it was before coding: some archivers undo it and leave the header.
/// `packed` is how many bytes were sent, for the caps on growth.
fn undo(coding: &str, body: &[u8], packed: u64, limits: &Limits) -> Result<Option<Vec<u8>>, BodyError> {
    let plain = std::str::from_utf8(body).is_ok();
    let undone = match coding {
        "identity" => return Ok(None),
        "gzip" | "x-gzip" if !body.starts_with(b"\x1f\x8b") => return Ok(None),
        "gzip" | "x-gzip" => unpack(&mut flate2::read::MultiGzDecoder::new(body), packed, limits),
        "deflate" => match unpack(&mut flate2::read::ZlibDecoder::new(body), packed, limits) {
            // Servers also send the bare stream under this name.
            Err(Overrun::Damaged(_)) => unpack(&mut flate2::read::DeflateDecoder::new(body), packed, limits),
            other => other,
        },
        // Brotli has no mark of its own: what is text and no such stream was undone.
        "br" => match unpack(&mut brotli_decompressor::Decompressor::new(body, 4 << 10), packed, limits) {
            Err(Overrun::Damaged(_)) if plain => return Ok(None),
            other => other,
        },
        "zstd" if !body.starts_with(b"\x28\xb5\x2f\xfd") => return Ok(None),
        "zstd" => unpack(&mut Zstd::new(body), packed, limits),
        other => return Err(BodyError::Coding(other.to_owned())),
    };
    Ok(Some(undone?))
}

/// Frames of Zstandard one after the other.
struct Zstd<'a> {
    rest: &'a [u8],
    frame: Option<Box<ruzstd::decoding::StreamingDecoder<&'a [u8], ruzstd::decoding::FrameDecoder>>>,
}

impl<'a> Zstd<'a> {
    fn new(body: &'a [u8]) -> Self {
        Self { rest: body, frame: None }
    }
}

impl Read for Zstd<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let n = frame.read(buffer)?;
                if n > 0 || buffer.is_empty() {
                    return Ok(n);
                }
            }
            if let Some(frame) = self.frame.take() {
                self.rest = (*frame).into_inner();
            }
            if self.rest.is_empty() {
                return Ok(0);
            }
            let frame = ruzstd::decoding::StreamingDecoder::new(self.rest).map_err(std::io::Error::other)?;
            self.frame = Some(Box::new(frame));
        }
    }
}

/// Undoes the chunked transfer coding; `None` if the bytes are not chunked. A body cut short gives what came.
fn unchunk(raw: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let Some(end) = rest.iter().take(1024).position(|b| *b == b'\n') else {
            return (!out.is_empty()).then_some(out);
        };
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = line.split(';').next()?.trim();
        if size.is_empty() || size.len() > 8 {
            return (!out.is_empty()).then_some(out);
        }
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        let chunk = rest.get(..size.min(rest.len()))?;
        out.extend_from_slice(chunk);
        if chunk.len() < size {
            return Some(out);
        }
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn undoes_codings() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(b"two dead in Talen").unwrap();
        let packed = gzip.finish().unwrap();
        let head = |coding: &str| Head { status: 200, headers: vec![("content-encoding".into(), coding.into())] };
        let limits = Limits::default();
        assert_eq!(decode(&head("gzip"), &packed, &limits).unwrap(), b"two dead in Talen");
        assert_eq!(decode(&head("gzip"), b"already plain", &limits).unwrap(), b"already plain");
        assert_eq!(decode(&head("compress"), b"x", &limits), Err(BodyError::Coding("compress".into())));
        assert_eq!(
            decode(&head("gzip, gzip"), &packed, &limits).unwrap(),
            b"two dead in Talen",
            "named twice, done once"
        );
        assert!(matches!(decode(&head("gzip,gzip,gzip,gzip"), b"x", &limits), Err(BodyError::Coding(_))));
        let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        bare.write_all(b"bare").unwrap();
        assert_eq!(decode(&head("deflate"), &bare.finish().unwrap(), &limits).unwrap(), b"bare");
    }

    /// Made with `brotli -c` and `zstd -c` of 2026-11.
    #[test]
    fn undoes_the_codings_of_browsers() {
        let brotli = b"\x0f\x08\x80two dead in Talen\x03";
        let zstd = b"\x28\xb5\x2f\xfd\x00\x58\x89\x00\x00two dead in Talen";
        let head = |coding: &str| Head { status: 200, headers: vec![("content-encoding".into(), coding.into())] };
        let limits = Limits::default();
        assert_eq!(decode(&head("br"), brotli, &limits).unwrap(), b"two dead in Talen");
        assert_eq!(decode(&head("zstd"), zstd, &limits).unwrap(), b"two dead in Talen");
        assert_eq!(decode(&head("zstd"), &zstd.repeat(2), &limits).unwrap(), b"two dead in Talentwo dead in Talen");
        assert_eq!(decode(&head("identity, br"), brotli, &limits).unwrap(), b"two dead in Talen");
        for coding in ["br", "zstd"] {
            let page = "<p>Two dead in Talen, the council said.</p>";
            assert_eq!(decode(&head(coding), page.as_bytes(), &limits).unwrap(), page.as_bytes(), "{coding}");
        }
        let bomb = b"\x9f\xff\x11\x7a\xf8\x27\x00\xe2\xb1\x40\x20\x37\x41\x0f"; // eight million zeros
        assert_eq!(decode(&head("br"), bomb, &limits), Err(BodyError::Overrun(Overrun::Ratio(200))));
        let cut = |whole: &[u8], coding| decode(&head(coding), &whole[..whole.len() - 6], &limits);
        assert!(matches!(cut(zstd, "zstd"), Err(BodyError::Overrun(Overrun::Damaged(_)))));
        assert!(matches!(cut(brotli, "br"), Err(BodyError::Overrun(Overrun::Damaged(_)))));
    }

    #[test]
    fn reads_heads_as_they_come() {
        let (head, body) = split(b"HTTP/1.0 301 Moved\nLocation: /b\nX: a\n b\n\nrest").unwrap();
        assert_eq!(
            (head.status, head.get("location"), head.get("x"), body),
            (301, Some("/b"), Some("a b"), &b"rest"[..])
        );
        assert!(split(b"<html>").is_none() && split(b"HTTP/1.1 banana\r\n\r\n").is_none());
        assert_eq!(charset("text/html; charset=\"Windows-1251\""), Some("windows-1251".into()));
        assert_eq!(unchunk(b"5\r\nab").as_deref(), Some(&b"ab"[..]));
        assert!(unchunk(b"<html>\n").is_none());
        assert!(unchunk(b"ffffffffffffffff\r\nab").is_none());
    }
}
