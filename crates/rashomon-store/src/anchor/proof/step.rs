//! What is one step of a proof? Operations on messages, attestations at their ends, and the bytes both are written as.

use super::{NoProof, WORK};
use ripemd::Ripemd160;
use sha2::{Digest as _, Sha256};
use sha3::Keccak256;

/// Longest message, before and after an operation.
const LONGEST: usize = 4096;
/// Longest content of an attestation.
const LONGEST_ATTESTED: usize = 8192;
/// Longest address of a calendar.
const LONGEST_URI: usize = 1000;
/// Tag of a calendar's promise.
const PENDING: [u8; 8] = [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];
/// Tag of the Merkle root of a Bitcoin block.
const BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];

const SHA1: u8 = 0x02;
const RIPEMD160: u8 = 0x03;
const SHA256: u8 = 0x08;
const KECCAK256: u8 = 0x67;
const APPEND: u8 = 0xf0;
const PREPEND: u8 = 0xf1;
const REVERSE: u8 = 0xf2;
const HEXLIFY: u8 = 0xf3;

/// Bytes being read.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    work: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], most: usize) -> Result<Self, NoProof> {
        if bytes.len() > most { Err(NoProof("it is too long")) } else { Ok(Self { rest: bytes, work: WORK }) }
    }

    pub(super) fn bytes(&mut self, n: usize) -> Result<&'a [u8], NoProof> {
        let (taken, rest) = self.rest.split_at_checked(n).ok_or(NoProof("it ends in the middle"))?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, NoProof> {
        self.bytes(1).map(|taken| taken.first().copied().unwrap_or_default())
    }

    /// A number, seven bits a byte, the lowest first (LEB128).
    fn number(&mut self) -> Result<u64, NoProof> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(NoProof("a number in it is too large"))
    }

    /// As many bytes as the number before them says.
    fn counted(&mut self, least: usize, most: usize) -> Result<&'a [u8], NoProof> {
        let n = usize::try_from(self.number()?).ok().filter(|n| (least..=most).contains(n));
        self.bytes(n.ok_or(NoProof("a part of it is longer or shorter than the format allows"))?)
    }

    /// Notes work to be done.
    pub(super) fn work(&mut self, bytes: usize) -> Result<(), NoProof> {
        self.work = self.work.checked_sub(bytes).ok_or(NoProof("it takes more work than any proof needs"))?;
        Ok(())
    }

    pub(super) fn end(&self) -> Result<(), NoProof> {
        if self.rest.is_empty() { Ok(()) } else { Err(NoProof("something stands behind its end")) }
    }
}

/// Writes a number as [`Reader::number`] reads it.
fn number(mut n: u64, out: &mut Vec<u8>) {
    while n > 0x7f {
        out.push(n.to_le_bytes()[0] | 0x80);
        n >>= 7;
    }
    out.push(n.to_le_bytes()[0]);
}

/// Writes bytes with their number before them.
fn counted(bytes: &[u8], out: &mut Vec<u8>) {
    number(bytes.len() as u64, out);
    out.extend(bytes);
}

/// An operation on a message. In order of tags and arguments, as the reference writes them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Op {
    tag: u8,
    argument: Vec<u8>,
}

impl Op {
    /// Puts bytes behind the message.
    #[must_use]
    pub fn append(bytes: &[u8]) -> Self {
        Self { tag: APPEND, argument: bytes.to_vec() }
    }

    /// SHA-256 of the message.
    #[must_use]
    pub fn sha256() -> Self {
        Self { tag: SHA256, argument: Vec::new() }
    }

    /// Bytes of the hash that a tag stands for, of those a proof may begin at.
    pub(super) fn hash_length(tag: u8) -> Option<usize> {
        match tag {
            SHA1 | RIPEMD160 => Some(20),
            SHA256 => Some(32),
            _ => None,
        }
    }

    pub(super) fn read(tag: u8, reader: &mut Reader<'_>) -> Result<Self, NoProof> {
        let argument = match tag {
            SHA1 | RIPEMD160 | SHA256 | KECCAK256 | REVERSE | HEXLIFY => Vec::new(),
            APPEND | PREPEND => reader.counted(1, LONGEST)?.to_vec(),
            _ => return Err(NoProof("it has an operation this program does not know")),
        };
        Ok(Self { tag, argument })
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.push(self.tag);
        if matches!(self.tag, APPEND | PREPEND) {
            counted(&self.argument, out);
        }
    }

    /// What it makes of a message; `None` if that is longer than the format allows, or the message is.
    #[must_use]
    pub fn apply(&self, message: &[u8]) -> Option<Vec<u8>> {
        let result = match self.tag {
            SHA1 => ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, message).as_ref().to_vec(),
            RIPEMD160 => Ripemd160::digest(message).to_vec(),
            SHA256 => Sha256::digest(message).to_vec(),
            KECCAK256 => Keccak256::digest(message).to_vec(),
            APPEND => [message, &self.argument].concat(),
            PREPEND => [&self.argument, message].concat(),
            REVERSE => message.iter().rev().copied().collect(),
            _ => crate::hex::text(message).into_bytes(),
        };
        (message.len() <= LONGEST && result.len() <= LONGEST).then_some(result)
    }
}

/// Who attests to a message. In order of tags and contents, as the reference writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attestation {
    /// A calendar that promised to have it stamped; at this address more can be asked later.
    Pending(String),
    /// The Bitcoin block of this height: the message is its Merkle root.
    Bitcoin(u64),
    /// Another kind, kept as it is.
    Other {
        /// What the kind is known by.
        tag: [u8; 8],
        /// The content.
        content: Vec<u8>,
    },
}

impl Attestation {
    /// A promise of the calendar at an address.
    pub(super) fn pending(uri: &[u8]) -> Result<Self, NoProof> {
        // The reference leaves out what queries, fragments, user names, escapes and IPv6 numbers need, to be out of trouble.
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._/:".contains(byte);
        let uri =
            std::str::from_utf8(uri).ok().filter(|uri| uri.len() <= LONGEST_URI && uri.bytes().all(|b| plain(&b)));
        uri.map(|uri| Self::Pending(uri.to_owned())).ok_or(NoProof("a calendar's address is none the format allows"))
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, NoProof> {
        let tag: [u8; 8] = reader.bytes(8)?.try_into().unwrap_or_default();
        let content = reader.counted(0, LONGEST_ATTESTED)?;
        let mut inner = Reader { rest: content, work: 0 };
        let read = match tag {
            PENDING => Self::pending(inner.counted(0, LONGEST_URI)?)?,
            BITCOIN => Self::Bitcoin(inner.number()?),
            _ => return Ok(Self::Other { tag, content: content.to_vec() }),
        };
        inner.end()?;
        Ok(read)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (tag, content) = self.parts();
        out.extend(tag);
        counted(&content, out);
    }

    fn parts(&self) -> ([u8; 8], Vec<u8>) {
        let mut content = Vec::new();
        match self {
            Self::Pending(uri) => counted(uri.as_bytes(), &mut content),
            Self::Bitcoin(height) => number(*height, &mut content),
            Self::Other { tag, content } => return (*tag, content.clone()),
        }
        (if matches!(self, Self::Pending(_)) { PENDING } else { BITCOIN }, content)
    }
}

impl Ord for Attestation {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (Self::Pending(one), Self::Pending(two)) => one.cmp(two),
            (Self::Bitcoin(one), Self::Bitcoin(two)) => one.cmp(two),
            _ => self.parts().cmp(&other.parts()),
        }
    }
}

impl PartialOrd for Attestation {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    #[test]
    fn operations_give_what_their_authors_publish() {
        for (tag, message, result) in [
            (SHA1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (RIPEMD160, "abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
            (SHA256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (KECCAK256, "abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
            (REVERSE, "abc", "636261"),
            (HEXLIFY, "abc", "363136323633"),
        ] {
            let op = Op { tag, argument: Vec::new() };
            assert_eq!(
                op.apply(message.as_bytes()).map(|result| hex::text(&result)).as_deref(),
                Some(result),
                "{tag:x}"
            );
        }
        assert_eq!(Op::append(b"c").apply(b"ab").as_deref(), Some(&b"abc"[..]));
        let prepend = Op { tag: PREPEND, argument: b"a".to_vec() };
        assert_eq!(prepend.apply(b"bc").as_deref(), Some(&b"abc"[..]));
    }

    #[test]
    fn numbers_are_read_as_written() {
        for n in [0, 1, 127, 128, 358_391, u64::from(u32::MAX), u64::MAX] {
            let mut out = Vec::new();
            number(n, &mut out);
            assert_eq!(Reader::new(&out, 10).unwrap().number(), Ok(n));
        }
        assert!(
            Reader::new(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], 10).unwrap().number().is_err()
        );
    }
}
