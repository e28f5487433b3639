//! Can somebody outside say since when? Time stamps over the root of the log, and nothing else: by an authority (RFC 3161), or by
//! way of a Bitcoin block (OpenTimestamps).
//!
//! OpenTimestamps: a [`Proof`] leads from the root to a Bitcoin block, whose [`Header`] is checked where somebody gives it.
//!
//! RFC 3161: a query holds the SHA-256 of the 32 root bytes and a nonce; the authority's reply holds the same hash and nonce and a
//! time under its signature, which [`signer`] checks with the certificate the reply carries. Whether that certificate is
//! the authority's is for any RFC 3161 tool that has its chain (`openssl ts -verify`), which needs no program of ours.
//!
//! ```
//! use rashomon_store::anchor;
//! let query = anchor::query(&[7; 32], &[1; 8]);
//! assert_eq!(anchor::imprint(&query), Some(anchor::digest(&[7; 32])));
//! assert_eq!(anchor::time(&query), None, "a query is pending");
//! ```

mod header;
mod proof;
mod signature;

pub use header::{Header, shown};
pub use proof::{Attestation, End, MOST, MOST_ANSWERED, NoProof, Op, Proof, Stamp, blinded};
pub use signature::{Signer, Unsigned, signer};

use crate::log::merkle::Hash;
use sha2::Digest as _;

/// DER of the algorithm identifier of SHA-256 (2.16.840.1.101.3.4.2.1) with NULL parameters.
const SHA256: [u8; 15] = [0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00];
/// DER of the object identifier of the token's content, id-ct-TSTInfo (1.2.840.113549.1.9.16.1.4).
const TST_INFO: [u8; 13] = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];

/// What is stamped for a root.
#[must_use]
pub fn digest(root: &Hash) -> Hash {
    digest_of(root)
}

/// SHA-256.
fn digest_of(bytes: &[u8]) -> Hash {
    sha2::Sha256::digest(bytes).into()
}

/// A DER element.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let n = content.len();
    match u8::try_from(n) {
        Ok(short) if short < 0x80 => out.push(short),
        Ok(one) => out.extend([0x81, one]),
        Err(_) => {
            out.push(0x82);
            out.extend(u16::try_from(n).unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    out.extend(content);
    out
}

/// The time-stamp query (RFC 3161, 2.4.1) for a root; it asks for the authority's certificate.
#[must_use]
pub fn query(root: &Hash, nonce: &[u8; 8]) -> Vec<u8> {
    let imprint = element(0x30, &[SHA256.as_slice(), &element(0x04, &digest(root))].concat());
    let mut number = nonce.to_vec();
    // a positive number in its shortest form
    if let Some(first) = number.first_mut() {
        *first = (*first & 0x7f) | 0x40;
    }
    element(0x30, &[element(0x02, &[1]), imprint, element(0x02, &number), element(0x01, &[0xff])].concat())
}

/// A DER element read: tag, content, and what follows it.
fn take(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = if *first < 0x80 {
        (usize::from(*first), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(*first & 0x7f))?;
        if digits.is_empty() || digits.len() > 4 {
            return None;
        }
        (digits.iter().fold(0usize, |sum, digit| sum << 8 | usize::from(*digit)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

/// The content of an element that must have this tag, and what follows.
fn want(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    take(bytes).and_then(|(found, content, rest)| (found == tag).then_some((content, rest)))
}

/// The TSTInfo of a granted reply.
fn info(reply: &[u8]) -> Option<&[u8]> {
    want(0x30, info_bytes(reply)?).map(|(content, _)| content)
}

/// The content of a granted reply that was signed: the TSTInfo with its head.
fn info_bytes(reply: &[u8]) -> Option<&[u8]> {
    let (response, _) = want(0x30, reply)?;
    let (status, token) = want(0x30, response)?;
    let (granted, _) = want(0x02, status)?;
    if !matches!(granted, [0 | 1]) {
        return None; // rejected or waiting
    }
    // the encapsulated content: its object identifier, then [0] { OCTET STRING { TSTInfo } }
    let at = token.windows(TST_INFO.len()).position(|window| window == TST_INFO)?;
    let (tagged, _) = want(0xa0, token.get(at + TST_INFO.len()..)?)?;
    want(0x04, tagged).map(|(octets, _)| octets)
}

/// The hash in a messageImprint over SHA-256, with or without the NULL parameters.
fn hash(imprint: &[u8]) -> Option<Hash> {
    let (algorithm, rest) = want(0x30, imprint)?;
    let known = SHA256.get(2..13).is_some_and(|object| algorithm.starts_with(object));
    want(0x04, rest).and_then(|(hash, _)| hash.try_into().ok()).filter(|_| known)
}

/// The hash a query or a granted reply speaks of.
#[must_use]
pub fn imprint(message: &[u8]) -> Option<Hash> {
    if let Some(info) = info(message) {
        let (_, rest) = want(0x02, info)?; // version
        let (_, rest) = want(0x06, rest)?; // policy
        let (imprint, _) = want(0x30, rest)?;
        return hash(imprint);
    }
    let (query, _) = want(0x30, message)?;
    let (_, rest) = want(0x02, query)?;
    let (imprint, _) = want(0x30, rest)?;
    hash(imprint)
}

/// The nonce of a query or a granted reply, if it has one.
#[must_use]
pub fn nonce(message: &[u8]) -> Option<Vec<u8>> {
    let mut rest = match info(message) {
        Some(info) => {
            let (_, rest) = want(0x02, info)?; // version
            let (_, rest) = want(0x06, rest)?; // policy
            let (_, rest) = want(0x30, rest)?; // imprint
            let (_, rest) = want(0x02, rest)?; // serial number
            want(0x18, rest)?.1
        }
        None => {
            let (query, _) = want(0x30, message)?;
            let (_, rest) = want(0x02, query)?;
            want(0x30, rest)?.1
        }
    };
    // the only number among what may follow: policy, accuracy, ordering, certificate wanted, name, extensions
    while let Some((tag, content, after)) = take(rest) {
        if tag == 0x02 {
            return Some(content.to_vec());
        }
        rest = after;
    }
    None
}

/// The time a granted reply states, as RFC 3339 in UTC.
#[must_use]
pub fn time(reply: &[u8]) -> Option<String> {
    let (_, rest) = want(0x02, info(reply)?)?;
    let (_, rest) = want(0x06, rest)?;
    let (_, rest) = want(0x30, rest)?;
    let (_, rest) = want(0x02, rest)?; // serial number
    let (time, _) = want(0x18, rest)?;
    moment(std::str::from_utf8(time).ok()?)
}

/// `20310304092800.5Z` as RFC 3339.
fn moment(text: &str) -> Option<String> {
    let text = text.strip_suffix('Z')?;
    let part = |range: std::ops::Range<usize>| text.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let fraction = text.get(14..)?;
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    if !fraction.is_empty() && !fraction.strip_prefix('.').is_some_and(digits) {
        return None;
    }
    Some(format!(
        "{}-{}-{}T{}:{}:{}{fraction}Z",
        part(0..4)?,
        part(4..6)?,
        part(6..8)?,
        part(8..10)?,
        part(10..12)?,
        part(12..14)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_digits_and_nothing_else() {
        assert_eq!(moment("20310304092800Z").as_deref(), Some("2031-03-04T09:28:00Z"));
        assert_eq!(moment("20310304092800.25Z").as_deref(), Some("2031-03-04T09:28:00.25Z"));
        for other in
            ["20310304092800\u{1b}[2JZ", "20310304092800.Z", "20310304092800,5Z", "203103040928Z", "20310304092800"]
        {
            assert_eq!(moment(other), None, "{other:?}");
        }
    }

    #[test]
    fn garbage_is_no_time_stamp() {
        for garbage in [&b""[..], &[0x30], &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &[0x30, 0x02, 0x02, 0x05], &[0; 64]] {
            assert_eq!(imprint(garbage), None);
            assert_eq!((time(garbage), nonce(garbage)), (None, None));
            assert!(signer(garbage).is_err());
        }
        let query = query(&[7; 32], &[0xff; 8]);
        assert_eq!(nonce(&query), Some(vec![0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
        for n in 0..query.len() {
            assert_eq!(imprint(&query[..n]), None, "cut at {n}");
        }
    }
}
