//! What above and below the article's element is of the article? The headline and the caption above it, standfirst, date line, and where
//! it appeared first.

use rashomon_model::document::BlockKind;

use super::Lines;
use crate::draft::Dated;
use crate::html::day::{date_near, dateline, time_element};
use crate::html::role::{disowned, role, standfirst};
use crate::html::side;
use crate::html::tree::Block;
use crate::stamp::Stamp;

/// Blocks below the article in which it may say where it appeared first.
const BELOW: usize = 6;
/// Blocks above the headline in which a picture's caption is looked for.
const ABOVE: usize = 3;

impl Lines<'_> {
    /// The headline, and the caption of the picture above it, which belongs to the article.
    pub(super) fn above(&mut self) {
        let flat = self.flat;
        let Some(head) = self.head else { return };
        if let Some(block) = flat.blocks.get(head) {
            self.seen.insert(&block.text, None);
            self.push(&block.text, Some(BlockKind::Headline));
        }
        for block in flat.blocks.iter().take(head).skip(head.saturating_sub(ABOVE)) {
            let under_picture = flat.elements.get(block.element).is_some_and(|e| e.tag == "figcaption");
            if under_picture && !self.pruned(block) && block.words >= 5 && self.seen.insert(&block.text, None).is_none()
            {
                self.push(&block.text, Some(BlockKind::Caption));
            }
        }
    }

    /// What stands between headline and article: standfirst, captions, where it appeared first.
    pub(super) fn opening(&mut self) {
        let flat = self.flat;
        let Some(head) = self.head else { return };
        for block in flat.blocks.iter().take(self.start()).skip(head + 1) {
            if self.seen.contains_key(block.text.as_str()) {
                continue;
            }
            let caption = role(flat, block) == BlockKind::Caption;
            let kind = if !caption && standfirst(flat, block, self.meta) && !disowned(flat, block) {
                Some(BlockKind::Standfirst)
            } else if caption && block.words >= 5 && !self.pruned(block) {
                Some(BlockKind::Caption)
            } else if appeared_first(block) {
                None
            } else {
                continue;
            };
            self.seen.insert(&block.text, None);
            self.push(&block.text, kind);
        }
    }

    /// The date line, where no metadata give the day: its block, if there is one.
    pub(super) fn date_line(&mut self) -> Option<usize> {
        if self.meta.published.is_some() {
            return None;
        }
        let (flat, start) = (self.flat, self.start());
        let line = date_near(flat, self.head, start);
        if let Some(block) = line.and_then(|i| flat.blocks.get(i)) {
            if self.seen.insert(&block.text, None).is_none() {
                self.push(&block.text, dateline(&block.text));
            }
        } else if let Some(date) = time_element(flat, self.head, start) {
            self.draft.dates.push(Dated::Metadata(Stamp { date, updated: false }, "time element".to_owned()));
        }
        line
    }

    /// Where it appeared first often stands just below.
    pub(super) fn below(&mut self) {
        let flat = self.flat;
        let end = self.found.blocks.last().map_or(flat.blocks.len(), |last| last + 1);
        for block in flat.blocks.iter().skip(end).take(BELOW) {
            if appeared_first(block) && self.seen.insert(&block.text, None).is_none() {
                self.push(&block.text, None);
            }
        }
    }
}

/// Whether a block outside the text says where the article appeared first.
fn appeared_first(block: &Block) -> bool {
    2 * block.linked <= block.chars && side::origin(&block.text)
}
