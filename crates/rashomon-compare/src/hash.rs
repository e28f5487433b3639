//! What id does a machine-made thing get? Short content hashes, and a quick stable one of words.

use sha2::{Digest, Sha256};

/// `prefix-` and the first 12 hexadecimal digits of the SHA-256 of the parts, each ended by a zero byte.
#[must_use]
pub(crate) fn short_id(prefix: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    let hex: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{prefix}-{hex}")
}

/// A quick 64-bit hash of a word (FNV-1a), the same on every machine; not for ids.
#[must_use]
pub(crate) fn word(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
