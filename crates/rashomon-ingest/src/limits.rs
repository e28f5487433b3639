//! How much is too much? The caps every reader stands behind.
//!
//! Archives may unpack to millions of times their size, pages may nest without end. So nothing is read or unpacked without a
//! cap, and what passes one is named, never silently cut. The figures are those of methods.md G.
//!
//! ```
//! use rashomon_ingest::limits::{Limits, unpack};
//! let small = Limits { unpacked: 10, ..Limits::default() };
//! assert!(unpack(&mut std::io::repeat(7), 4, &small).is_err());
//! ```

use std::io::Read;

/// Deepest nesting of elements that is kept or read, in pages, feeds and office documents (crates.md 1a: a page of that depth
/// takes 0.14 s).
pub(crate) const DEEPEST: usize = 512;
/// Longest head of an answer or of an archived record, in bytes; servers refuse far shorter ones.
pub(crate) const LONGEST_HEAD: usize = 256 << 10;

/// Caps on what is read from one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest single document (page, message, PDF), in bytes.
    pub document: u64,
    /// Largest file that is opened for what is in it (archive, table), in bytes.
    pub file: u64,
    /// Most bytes unpacked from one file, all its parts together.
    pub unpacked: u64,
    /// Most times a part may be larger than its packed form, once [`Limits::free`] bytes are out.
    pub ratio: u64,
    /// Bytes of a part that are unpacked before the ratio counts.
    pub free: u64,
    /// Archives inside archives: 1 is the file itself.
    pub depth: u32,
    /// Most parts looked at in one file, whatever they are.
    pub entries: usize,
    /// Most rows read of one table, comma-separated or JSON.
    pub rows: usize,
}

impl Default for Limits {
    /// methods.md G; `file` as for tables of articles.
    fn default() -> Self {
        Self {
            document: 25 << 20,
            file: crate::read::LARGEST,
            unpacked: 100 << 20,
            ratio: 200,
            free: 1 << 20,
            depth: 2,
            entries: 10_000,
            rows: 100_000,
        }
    }
}

/// Why unpacking stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Overrun {
    /// More bytes than allowed.
    #[error("more than {0} bytes when unpacked")]
    Bytes(u64),
    /// Packed more densely than text is.
    #[error("packed more than {0} to 1, as no text is")]
    Ratio(u64),
    /// The packed bytes are damaged.
    #[error("damaged: {0}")]
    Damaged(String),
}

/// A stream that counts what came out of it, whatever the end.
pub(crate) struct Counting<R>(pub(crate) R, pub(crate) u64);

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.0.read(buffer)?;
        self.1 += n as u64;
        Ok(n)
    }
}

/// Unpacks a stream made from `packed` bytes, up to `limits.unpacked` and the ratio.
///
/// # Errors
/// [`Overrun`] at the first cap passed, or where the stream breaks.
pub fn unpack(stream: &mut impl Read, packed: u64, limits: &Limits) -> Result<Vec<u8>, Overrun> {
    let mut out = Vec::new();
    let mut buffer = [0u8; 16 << 10];
    loop {
        let n = stream.read(&mut buffer).map_err(|error| Overrun::Damaged(error.to_string()))?;
        if n == 0 {
            return Ok(out);
        }
        out.extend_from_slice(buffer.get(..n).unwrap_or_default());
        let length = out.len() as u64;
        if length > limits.unpacked {
            return Err(Overrun::Bytes(limits.unpacked));
        }
        if length > limits.free && length / limits.ratio > packed {
            return Err(Overrun::Ratio(limits.ratio));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn stops_bombs_and_lets_text_through() {
        let pack = |bytes: &[u8]| {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            gzip.write_all(bytes).unwrap();
            gzip.finish().unwrap()
        };
        let bomb = pack(&vec![0; 4 << 20]);
        let limits = Limits::default();
        let open =
            |packed: &[u8], limits| unpack(&mut flate2::read::GzDecoder::new(packed), packed.len() as u64, limits);
        assert_eq!(open(&bomb, &limits), Err(Overrun::Ratio(200)));
        let loose = Limits { ratio: u64::MAX, unpacked: 2 << 20, ..limits };
        assert_eq!(open(&bomb, &loose), Err(Overrun::Bytes(2 << 20)));
        let text = b"Shells hit the market of Talen on Wednesday.".repeat(1000);
        assert_eq!(open(&pack(&text), &limits).unwrap(), text);
        assert!(matches!(open(&bomb[..200], &limits), Err(Overrun::Damaged(_))));
    }
}
