//! What id does a machine-made thing get? Short content hashes.

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
