//! Who vouches for the log as it stands? Signed checkpoints as C2SP has them.
//!
//! A checkpoint (c2sp.org/tlog-checkpoint) is three lines, the log's name, its size and the base64 of its root, followed
//! by an empty line and an Ed25519 signature line (c2sp.org/signed-note): an em dash, the key's name, and the base64 of
//! four bytes naming the key before the 64 bytes of signature.
//!
//! ```
//! use rashomon_store::log::note::{Checkpoint, Key};
//! let key = Key::from_secret("rashomon.case/0123", [7; 32]).unwrap();
//! let checkpoint = Checkpoint { origin: "rashomon.case/0123".into(), size: 2, root: [1; 32] };
//! let signed = checkpoint.sign(&key);
//! assert_eq!(Checkpoint::open(&signed, &key.public()).unwrap(), checkpoint);
//! ```

use super::merkle::Hash;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};

/// The algorithm byte of Ed25519 in key names and keys.
const ALGORITHM: u8 = 1;

/// A key that signs, with its name.
pub struct Key {
    name: String,
    secret: [u8; 32],
    pair: Ed25519KeyPair,
}

/// A key that checks, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: [u8; 32],
}

/// Why a checkpoint is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not three lines, an empty line and signature lines.
    #[error("it does not have the form of a signed checkpoint")]
    Form,
    /// No signature by the log's key.
    #[error("it bears no signature by the log's key")]
    Unsigned,
    /// A signature that does not fit the words.
    #[error("its signature does not fit its words")]
    Signature,
}

/// The four bytes that name a key.
fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', ALGORITHM]).chain_update(key).finalize();
    std::array::from_fn(|i| hash.get(i).copied().unwrap_or_default())
}

impl Key {
    /// The key of 32 secret bytes; any 32 bytes are one.
    #[must_use]
    pub fn from_secret(name: &str, secret: [u8; 32]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&secret).ok()?;
        Some(Self { name: name.to_owned(), secret, pair })
    }

    /// The half that may be known.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey { name: self.name.clone(), key: self.bytes() }
    }

    fn bytes(&self) -> [u8; 32] {
        self.pair.public_key().as_ref().try_into().unwrap_or_default() // always 32 bytes long
    }

    /// The signer's text: name and secret, as a file keeps them.
    #[must_use]
    pub fn write(&self) -> String {
        let mut bytes = vec![ALGORITHM];
        bytes.extend(self.secret);
        let id = crate::hex::text(&key_id(&self.name, &self.bytes()));
        format!("PRIVATE+KEY+{}+{id}+{}\n", self.name, BASE64.encode(bytes))
    }

    /// Reads what [`Key::write`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (name, id, bytes) = parts(text.trim_end().strip_prefix("PRIVATE+KEY+")?)?;
        let key = Self::from_secret(name, bytes)?;
        (crate::hex::text(&key_id(name, &key.bytes())) == id).then_some(key)
    }
}

/// Name, id and 32 bytes of `name+id+base64`.
fn parts(text: &str) -> Option<(&str, &str, [u8; 32])> {
    let mut fields = text.splitn(3, '+');
    let (name, id, bytes) = (fields.next()?, fields.next()?, fields.next()?);
    let bytes = BASE64.decode(bytes).ok()?;
    let (algorithm, bytes) = bytes.split_first()?;
    (*algorithm == ALGORITHM).then_some((name, id, bytes.try_into().ok()?))
}

impl PublicKey {
    /// The verifier key as C2SP writes it: `name+id+base64`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut bytes = vec![ALGORITHM];
        bytes.extend(self.key);
        format!("{}+{}+{}", self.name, crate::hex::text(&key_id(&self.name, &self.key)), BASE64.encode(bytes))
    }

    /// Reads what [`PublicKey::write`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (name, id, bytes) = parts(text.trim())?;
        (crate::hex::text(&key_id(name, &bytes)) == id).then(|| Self { name: name.to_owned(), key: bytes })
    }

    /// Name of the key, which is the log's.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What is vouched for: so many entries with this root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log.
    pub origin: String,
    /// Entries.
    pub size: u64,
    /// Root of their tree.
    pub root: Hash,
}

impl Checkpoint {
    /// The words that are signed.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root))
    }

    /// The signed note.
    #[must_use]
    pub fn sign(&self, key: &Key) -> String {
        let words = self.words();
        let mut bytes = key_id(&key.name, &key.bytes()).to_vec();
        bytes.extend_from_slice(key.pair.sign(words.as_bytes()).as_ref());
        format!("{words}\n\u{2014} {} {}\n", key.name, BASE64.encode(bytes))
    }

    /// The checkpoint of a note signed by `key`; lines of other signers are passed over.
    ///
    /// # Errors
    /// If the note has another form, is not signed by the key, or its signature does not fit.
    pub fn open(note: &str, key: &PublicKey) -> Result<Self, NoteError> {
        let (words, signatures) = note.split_once("\n\n").ok_or(NoteError::Form)?;
        let words = format!("{words}\n");
        let mut lines = words.lines();
        let (Some(origin), Some(size), Some(root), None) = (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(NoteError::Form);
        };
        let number: u64 = size.parse().map_err(|_| NoteError::Form)?;
        let root: Hash = BASE64.decode(root).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(NoteError::Form)?;
        let checkpoint = Self { origin: origin.to_owned(), size: number, root };
        if checkpoint.words() != words {
            return Err(NoteError::Form);
        }
        signed(&words, signatures, key).map(|()| checkpoint)
    }
}

/// Whether one of the signature lines is the key's over these words.
fn signed(words: &str, signatures: &str, key: &PublicKey) -> Result<(), NoteError> {
    let wanted = key_id(&key.name, &key.key);
    for line in signatures.lines() {
        let (name, bytes) =
            line.strip_prefix("\u{2014} ").and_then(|rest| rest.split_once(' ')).ok_or(NoteError::Form)?;
        let bytes = BASE64.decode(bytes).map_err(|_| NoteError::Form)?;
        let Some((id, signature)) = bytes.split_at_checked(4) else { return Err(NoteError::Form) };
        if name != key.name || id != wanted {
            continue;
        }
        return UnparsedPublicKey::new(&ED25519, key.key)
            .verify(words.as_bytes(), signature)
            .map_err(|_| NoteError::Signature);
    }
    Err(NoteError::Unsigned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_is_noticed() {
        let key = Key::from_secret("rashomon.case/a", [3; 32]).unwrap();
        let signed = Checkpoint { origin: "rashomon.case/a".into(), size: 12, root: [9; 32] }.sign(&key);
        assert!(Checkpoint::open(&signed, &key.public()).is_ok());
        assert_eq!(Checkpoint::open(&signed.replace("\n12\n", "\n13\n"), &key.public()), Err(NoteError::Signature));
        assert_eq!(Checkpoint::open(&signed.replace("\n12\n", "\n012\n"), &key.public()), Err(NoteError::Form));
        let other = Key::from_secret("rashomon.case/a", [4; 32]).unwrap();
        assert_eq!(Checkpoint::open(&signed, &other.public()), Err(NoteError::Unsigned));
    }

    #[test]
    fn keys_are_read_back() {
        let key = Key::from_secret("rashomon.case/a", [3; 32]).unwrap();
        assert_eq!(Key::read(&key.write()).unwrap().public(), key.public());
        assert_eq!(PublicKey::read(&key.public().write()), Some(key.public()));
        assert_eq!(PublicKey::read(&key.public().write().replace("case/a", "case/b")), None);
    }

    /// The key and note of the signed-note specification's reference implementation (golang.org/x/mod/sumdb/note).
    #[test]
    fn opens_the_published_key_and_note() {
        let key = PublicKey::read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        assert_eq!(key.name(), "PeterNeumann");
        let words =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        let line = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        assert_eq!(signed(words, line, &key), Ok(()));
        assert_eq!(signed(&words.replace("is the", "is an"), line, &key), Err(NoteError::Signature));
        assert_eq!(signed(words, &line.replace("x08go", "y08go"), &key), Err(NoteError::Unsigned));
    }
}
