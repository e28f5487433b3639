//! How many bytes were taken, and to how many do they unpack?

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use crate::limits::{Limits, Overrun};

/// Counts what is taken from a source; bytes can be put back.
#[derive(Debug)]
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) taken: u64,
    pub(super) held: Vec<u8>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.held.is_empty() { self.inner.fill_buf() } else { Ok(&self.held) }
    }

    fn consume(&mut self, n: usize) {
        self.taken += n as u64;
        if self.held.is_empty() {
            self.inner.consume(n);
        } else {
            self.held.drain(..n.min(self.held.len()));
        }
    }
}

/// Unpacks a member and refuses to go on where it is packed more densely than text is, or where the file as a whole has
/// unpacked to more than it may.
#[derive(Debug)]
pub(super) struct Unpacked<R: BufRead> {
    pub(super) inner: GzDecoder<Counted<R>>,
    pub(super) begun: u64,
    /// Bytes unpacked of this member.
    pub(super) out: u64,
    /// Bytes unpacked of the members before it.
    pub(super) before: u64,
    pub(super) limits: Limits,
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.out += n as u64;
        let packed = self.inner.get_ref().taken - self.begun;
        if self.out > self.limits.free && self.out / self.limits.ratio.max(1) > packed {
            return Err(io::Error::other(Overrun::Ratio(self.limits.ratio)));
        }
        if self.before + self.out > self.limits.unpacked {
            return Err(io::Error::other(Overrun::Bytes(self.limits.unpacked)));
        }
        Ok(n)
    }
}
