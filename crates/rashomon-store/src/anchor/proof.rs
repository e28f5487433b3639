//! Which Bitcoin block knew of this root? OpenTimestamps proofs: the format of `.ots` files, read, written and walked.
//!
//! A [`Proof`] begins at a hash and applies operations one after another, forking where several calendars were asked, until each
//! way ends in an attestation: a calendar that promised ([`Attestation::Pending`]), or the Merkle root of a Bitcoin block
//! ([`Attestation::Bitcoin`]). Whoever walks it from the hash gets the same end or none: nothing in it needs to be believed but
//! its ends. What [`Header`](super::Header) can say of such an end stands there.
//!
//! Bounds are those of the reference implementation (python-opentimestamps, `core/op.py`, `core/timestamp.py`,
//! `core/notary.py`): messages up to 4,096 bytes, 255 operations one behind another, attestations up to 8,192 bytes, addresses
//! up to 1,000; besides, [`MOST`] bytes in all, 16 MiB hashed and 64 ends of one calendar's answer, since calendars are strangers,
//! and no Merkle root but of 32 bytes.
//!
//! ```
//! use rashomon_store::anchor::{self, Attestation, Proof, Stamp};
//! let root = [7; 32];
//! let sent = anchor::blinded(&root, &[1; 16]);
//! let answer = Stamp::pending("https://calendar.example").unwrap();
//! let proof = Proof::new(&root, &[1; 16], [answer]);
//! let read = Proof::read(&proof.write()).unwrap();
//! assert_eq!((read.digest(), read.ends()[0].message.as_slice()), (Some(anchor::digest(&root)), sent.as_slice()));
//! ```

mod step;

pub use step::{Attestation, Op};

use super::digest;
use crate::log::merkle::Hash;
use std::collections::{BTreeMap, BTreeSet};
use step::Reader;

/// What every proof begins with.
const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
/// The one version there is.
const VERSION: u8 = 1;
/// What stands before every branch but the last.
const FORK: u8 = 0xff;
/// What stands before an attestation, where else the tag of an operation stands.
const ATTESTATION: u8 = 0;
/// Most nodes one below another (reference: recursion limit 256).
const DEPTH: u16 = 256;
/// Most bytes of a proof. A complete one of four calendars has some 6,000; the reference takes no more than 10,000 of one calendar.
pub const MOST: usize = 64 << 10;
/// Most bytes of one calendar's answer (reference: 10,000).
pub const MOST_ANSWERED: usize = 10_000;
/// Most bytes of messages that operations are applied to while a proof is read. A complete one needs some 20,000.
const WORK: usize = 16 << 20;
/// Most ends of one calendar's answer. A promise has one or two, and so has a complete way.
const ENDS: usize = 64;
/// Bytes of a Merkle root.
const ROOT: usize = 32;

/// Why bytes are no proof: lower case, no full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoProof(pub &'static str);

/// What is said of a message: attestations, and operations that lead on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    attestations: BTreeSet<Attestation>,
    ops: BTreeMap<Op, Stamp>,
}

/// Where a way through a proof ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Who attests.
    pub attestation: Attestation,
    /// To what: the message that the operations on the way gave.
    pub message: Vec<u8>,
    /// Whether a way leads on from there to a Bitcoin block: a promise that was kept.
    pub kept: bool,
}

impl Stamp {
    /// A calendar's promise about a message.
    ///
    /// # Errors
    /// [`NoProof`] if the address has characters the format does not allow, or too many.
    pub fn pending(uri: &str) -> Result<Self, NoProof> {
        Ok(Attestation::pending(uri.as_bytes())?.into())
    }

    /// What follows an operation.
    #[must_use]
    pub fn after(self, op: Op) -> Self {
        Self { attestations: BTreeSet::new(), ops: [(op, self)].into() }
    }

    /// What a calendar answered about a message.
    ///
    /// # Errors
    /// [`NoProof`]: it is none, too long, or something follows it.
    pub fn read(bytes: &[u8], message: &[u8]) -> Result<Self, NoProof> {
        let mut reader = Reader::new(bytes, MOST_ANSWERED)?;
        let stamp = Self::take(&mut reader, message, DEPTH)?;
        reader.end()?;
        if stamp.count() > ENDS { Err(NoProof("it has more ends than any calendar needs")) } else { Ok(stamp) }
    }

    /// How many ends it has.
    fn count(&self) -> usize {
        self.attestations.len() + self.ops.values().map(Self::count).sum::<usize>()
    }

    fn take(reader: &mut Reader<'_>, message: &[u8], depth: u16) -> Result<Self, NoProof> {
        let below = depth.checked_sub(1).ok_or(NoProof("more than 255 operations one behind another"))?;
        let mut stamp = Self::default();
        loop {
            let first = reader.byte()?;
            let tag = if first == FORK { reader.byte()? } else { first };
            if tag == ATTESTATION {
                let attestation = Attestation::read(reader)?;
                if matches!(attestation, Attestation::Bitcoin(_)) && message.len() != ROOT {
                    return Err(NoProof("what it says is a block's Merkle root has not 32 bytes"));
                }
                stamp.attestations.insert(attestation);
            } else {
                let op = Op::read(tag, reader)?;
                let result = op.apply(message).ok_or(NoProof("an operation gives more than 4096 bytes"))?;
                reader.work(message.len() + result.len())?;
                let rest = Self::take(reader, &result, below)?;
                stamp.ops.entry(op).or_default().merge(rest);
            }
            if first != FORK {
                return Ok(stamp);
            }
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        let mut left = self.attestations.len() + self.ops.len();
        let mut branch = |out: &mut Vec<u8>| {
            left -= 1;
            if left > 0 {
                out.push(FORK);
            }
        };
        for attestation in &self.attestations {
            branch(out);
            out.push(ATTESTATION);
            attestation.write(out);
        }
        for (op, rest) in &self.ops {
            branch(out);
            op.write(out);
            rest.write(out);
        }
    }

    /// Adds what is said elsewhere of the same message.
    pub fn merge(&mut self, other: Self) {
        self.attestations.extend(other.attestations);
        for (op, rest) in other.ops {
            self.ops.entry(op).or_default().merge(rest);
        }
    }

    /// Whether a way leads to a Bitcoin block.
    fn complete(&self) -> bool {
        self.attestations.iter().any(|attestation| matches!(attestation, Attestation::Bitcoin(_)))
            || self.ops.values().any(Self::complete)
    }

    fn ends(&self, message: &[u8], out: &mut Vec<End>) {
        for attestation in &self.attestations {
            let kept = self.complete() && matches!(attestation, Attestation::Pending(_));
            out.push(End { attestation: attestation.clone(), message: message.to_vec(), kept });
        }
        for (op, rest) in &self.ops {
            if let Some(result) = op.apply(message) {
                rest.ends(&result, out);
            }
        }
    }

    /// Merges what a calendar answered where it promised.
    fn graft(&mut self, message: &[u8], promised: &Attestation, at: &[u8], more: &Self) {
        if message == at && self.attestations.contains(promised) {
            self.merge(more.clone());
            return;
        }
        for (op, rest) in &mut self.ops {
            if let Some(result) = op.apply(message) {
                rest.graft(&result, promised, at, more);
            }
        }
    }
}

impl From<Attestation> for Stamp {
    fn from(attestation: Attestation) -> Self {
        Self { attestations: [attestation].into(), ops: BTreeMap::new() }
    }
}

/// What calendars are sent for a root: SHA-256 of its [`digest`] with a nonce behind it, so that they learn nothing and two
/// questions about one root do not look alike.
#[must_use]
pub fn blinded(root: &Hash, nonce: &[u8; 16]) -> Hash {
    super::digest_of(&[digest(root).as_slice(), nonce].concat())
}

/// A detached proof: the hash of something, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    hash: Op,
    digest: Vec<u8>,
    stamp: Stamp,
}

impl Proof {
    /// What calendars answered about the [`blinded`] hash of a root. Without an answer it has no end and cannot be read again.
    #[must_use]
    pub fn new(root: &Hash, nonce: &[u8; 16], answers: impl IntoIterator<Item = Stamp>) -> Self {
        let mut stamp = Stamp::default();
        for answer in answers {
            stamp.merge(answer);
        }
        let stamp = stamp.after(Op::sha256()).after(Op::append(nonce));
        Self { hash: Op::sha256(), digest: digest(root).to_vec(), stamp }
    }

    /// Whether bytes begin as a proof does.
    #[must_use]
    pub fn is(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads a `.ots` file.
    ///
    /// # Errors
    /// [`NoProof`], with the first reason.
    pub fn read(bytes: &[u8]) -> Result<Self, NoProof> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(NoProof("it does not begin as a proof of OpenTimestamps does"))?;
        let mut reader = Reader::new(rest, MOST)?;
        if reader.byte()? != VERSION {
            return Err(NoProof("it is of another version of the format than 1"));
        }
        let tag = reader.byte()?;
        let length = Op::hash_length(tag).ok_or(NoProof("it begins at a hash of a kind the format does not have"))?;
        let hash = Op::read(tag, &mut reader)?;
        let digest = reader.bytes(length)?.to_vec();
        let stamp = Stamp::take(&mut reader, &digest, DEPTH)?;
        reader.end()?;
        Ok(Self { hash, digest, stamp })
    }

    /// The `.ots` file, in the order the reference writes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = [MAGIC, &[VERSION]].concat();
        self.hash.write(&mut out);
        out.extend(&self.digest);
        self.stamp.write(&mut out);
        out
    }

    /// The hash it begins at, if that is a SHA-256.
    #[must_use]
    pub fn digest(&self) -> Option<Hash> {
        (self.hash == Op::sha256()).then(|| self.digest.as_slice().try_into().ok())?
    }

    /// Every end, recomputed from the hash on.
    #[must_use]
    pub fn ends(&self) -> Vec<End> {
        let mut out = Vec::new();
        self.stamp.ends(&self.digest, &mut out);
        out
    }

    /// Adds what the calendar at an address answered about a message it had promised to stamp.
    pub fn graft(&mut self, uri: &str, message: &[u8], answer: &Stamp) {
        let digest = self.digest.clone();
        self.stamp.graft(&digest, &Attestation::Pending(uri.to_owned()), message, answer);
    }

    /// Whether everything another proof says is said here.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        if self.hash != other.hash || self.digest != other.digest {
            return false;
        }
        let mut both = self.stamp.clone();
        both.merge(other.stamp.clone());
        both == self.stamp
    }
}
