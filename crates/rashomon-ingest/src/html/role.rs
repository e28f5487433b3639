//! What is a block by its markup? Caption, list, standfirst, or something the page names otherwise.

use rashomon_model::document::BlockKind;

use super::cues::Cue;
use super::metadata::Metadata;
use super::side;
use super::tree::{Block, Flat};
use crate::furniture::{self, Position};
use crate::words;

/// Role of a block by its markup, or by the sign that opens a picture's credit.
pub(super) fn role(flat: &Flat, block: &Block) -> BlockKind {
    if block.words < 80 && block.text.starts_with('©') {
        return BlockKind::Caption;
    }
    for (depth, (_, element)) in flat.around(block).enumerate() {
        match element.tag {
            "figcaption" | "caption" => return BlockKind::Caption,
            "li" | "dd" | "dt" if depth < 3 => return BlockKind::List,
            "figure" if block.words < 80 => return BlockKind::Caption,
            _ => {}
        }
        if depth < 3 && element.names.has(Cue::Caption) && block.words < 80 {
            return BlockKind::Caption;
        }
    }
    BlockKind::Paragraph
}

/// Whether the element of the block is named as something else than the article.
pub(super) fn disowned(flat: &Flat, block: &Block) -> bool {
    flat.around(block).take(1).any(|(_, e)| e.names.has_word(Cue::Strong) || e.names.has_word(Cue::Comments))
}

/// Whether an element close around the block is named as a standfirst.
pub(super) fn standfirst_marked(flat: &Flat, block: &Block) -> bool {
    flat.around(block).take(2).any(|(_, e)| e.names.has_word(Cue::Standfirst))
}

/// Whether a block above the article is its standfirst: marked so, or the words of the page's description.
pub(super) fn standfirst(flat: &Flat, block: &Block, meta: &Metadata) -> bool {
    let n = block.words;
    let marked = standfirst_marked(flat, block);
    if !(5..=if marked { 120 } else { 70 }).contains(&n)
        || furniture::kind(&block.text, Position::Edge).is_some()
        || 2 * block.linked > block.chars
        || side::credit(&block.text, n)
    {
        return false;
    }
    let own = words::lower(&block.text).join(" ");
    let described = meta.description.as_deref().is_some_and(|d| {
        let d = words::lower(d).join(" ");
        d == own || (own.len() > 40 && d.starts_with(own.get(..40).unwrap_or(&own)))
    });
    described || marked
}
