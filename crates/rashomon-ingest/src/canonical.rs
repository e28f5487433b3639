//! What are the words, once and for all? Blocks become one text with stable offsets, and an id.
//!
//! Blocks are separated by one blank line; inside a block white space is single spaces. The id is the first 16 hexadecimal
//! digits of SHA-256 over the text and the origin name (given id, address or file name, never a folder), so that the same
//! file gives the same id on another machine.
//!
//! ```
//! use rashomon_ingest::canonical::document_id;
//! assert_ne!(document_id("Shells hit Talen", "a.txt", 0), document_id("Shells hit Talen", "a.txt", 1));
//! ```

use rashomon_model::document::Block;
use rashomon_model::{Document, DocumentId, Span};
use sha2::{Digest, Sha256};

use crate::draft::Piece;

/// Lower-case hexadecimal SHA-256.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The id of a text from an origin; `ordinal` tells apart inputs equal in both (0 for the first).
#[must_use]
pub fn document_id(text: &str, name: &str, ordinal: u32) -> DocumentId {
    let mut hash = Sha256::new();
    hash.update(text.as_bytes());
    hash.update([0]);
    hash.update(name.as_bytes());
    if ordinal > 0 {
        hash.update([0]);
        hash.update(ordinal.to_string().as_bytes());
    }
    let mut id = hex(&hash.finalize());
    id.truncate(16);
    DocumentId::new(id)
}

/// Gives documents that still share an id (same name, same words, different bytes) ordinals in the order given.
///
/// Call it once on all documents of a run, in the order of [`crate::read::inputs`].
pub fn distinct(docs: &mut [Document]) {
    let mut seen: std::collections::BTreeMap<DocumentId, u32> = std::collections::BTreeMap::new();
    for doc in docs {
        let n = seen.entry(doc.id.clone()).or_insert(0);
        if *n > 0 {
            doc.id = document_id(&doc.text, doc.id.as_str(), *n);
        }
        *n += 1;
    }
}

/// Joins pieces; pieces without a role become paragraphs. The spans are those of the pieces, in order.
pub(crate) fn join(pieces: &[Piece]) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&piece.text);
        blocks.push(Block {
            kind: piece.kind.unwrap_or(rashomon_model::document::BlockKind::Paragraph),
            span: Span::from_usize(start, text.len()),
        });
    }
    (text, blocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_model::document::BlockKind;

    #[test]
    fn joins_with_one_blank_line() {
        let pieces =
            [Piece::of(BlockKind::Headline, "Shells hit Talen".into()), Piece { kind: None, text: "Two died.".into() }];
        let (text, blocks) = join(&pieces);
        assert_eq!(text, "Shells hit Talen\n\nTwo died.");
        assert_eq!(blocks[1].kind, BlockKind::Paragraph);
        assert_eq!(blocks[1].span.of(&text), "Two died.");
    }
}
