//! Which lines make up the article, in which order and role?
//!
//! The headline; the caption above it; a standfirst the page marks or describes itself by, and a date line where no metadata
//! gives the day; then the blocks of the article's element, without what is told about the article rather than in it; last
//! where it appeared first ([`edge`] has what stands outside the element).

mod edge;

use std::collections::BTreeMap;

use rashomon_model::document::BlockKind;

use super::article::Found;
use super::cues::Cue;
use super::day::{about, dateline};
use super::metadata::Metadata;
use super::role::{role, standfirst, standfirst_marked};
use super::side;
use super::tree::{Block, Flat};
use crate::draft::{Draft, DraftCredit, clip};
use crate::furniture::{self, Position};
use crate::plain::Bare;
use crate::{credits, stamp, words};

/// Most words of a picture credit that stands by itself.
const CREDIT: usize = 12;
/// Words from which a cell of a table is running text: a column of the page.
pub(super) const CELL: usize = 40;

/// The article's lines; what they tell besides goes into the draft.
pub(super) fn compose(
    flat: &Flat,
    found: &Found,
    head: Option<usize>,
    meta: &Metadata,
    draft: &mut Draft,
) -> Vec<Bare> {
    let (pieces, seen, headings) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut lines = Lines { flat, found, head, meta, draft, pieces, seen, headings, row: None };
    lines.above();
    lines.opening();
    let date_line = lines.date_line();
    lines.text(date_line);
    lines.below();
    side::signed(&mut lines.pieces, meta);
    lines.pieces
}

/// The lines on their way.
struct Lines<'a> {
    flat: &'a Flat,
    found: &'a Found,
    /// Block of the headline.
    head: Option<usize>,
    meta: &'a Metadata,
    draft: &'a mut Draft,
    pieces: Vec<Bare>,
    /// Texts met already, and at which of the article's blocks last; none outside.
    seen: BTreeMap<&'a str, Option<usize>>,
    /// Lines of the text by their place, and whether they are headings.
    headings: Vec<(usize, bool)>,
    /// Row of a table that the last line is of.
    row: Option<usize>,
}

impl<'a> Lines<'a> {
    fn push(&mut self, text: &str, kind: Option<BlockKind>) {
        self.pieces.push((text.to_owned(), kind, true));
    }

    /// First block of the article's element.
    fn start(&self) -> usize {
        self.found.blocks.first().copied().unwrap_or(self.flat.blocks.len())
    }

    /// Whether the block stands in a part of the page that is left out.
    fn pruned(&self, block: &Block) -> bool {
        self.found.pruned.get(block.element).copied().unwrap_or(false)
    }

    /// The blocks of the article's element.
    fn text(&mut self, date_line: Option<usize>) {
        let (flat, found) = (self.flat, self.found);
        let runs = |i: &usize| flat.blocks.get(*i).is_some_and(|block| words::runs(&block.text));
        let first_text = found.blocks.iter().copied().find(runs).unwrap_or(usize::MAX);
        let title = words::lower(self.meta.title.as_deref().unwrap_or("")).join(" ");
        for (at, &i) in found.blocks.iter().enumerate() {
            let Some(block) = flat.blocks.get(i) else { continue };
            // What stands above the headline is not the article's, unless it is running text.
            let above = || self.head.is_some_and(|head| i < head) && !words::runs(&block.text);
            if Some(i) == self.head || Some(i) == date_line || above() {
                continue;
            }
            let before = self.seen.insert(&block.text, Some(at));
            if let Some(before) = before.filter(|_| block.words >= 4)
                && repeats(flat, &found.blocks, before, at)
            {
                self.repeated(block);
                continue;
            }
            let early = i < first_text;
            if early && block.words >= 3 && words::lower(&block.text).join(" ") == title {
                if self.head.is_none() {
                    self.push(&block.text, Some(BlockKind::Headline));
                }
                continue;
            }
            self.block(i, block, early);
        }
        // A heading with nothing under it.
        while let Some((at, true)) = self.headings.last().copied().filter(|(at, _)| at + 1 == self.pieces.len()) {
            self.pieces.truncate(at);
            self.headings.pop();
        }
    }

    fn repeated(&mut self, block: &Block) {
        self.draft.notes.push(("R202", format!("a repeated line was left out: {}", clip(&block.text))));
    }

    /// One block of the article's element, in its role if it is of the text; `early` before the first running text.
    fn block(&mut self, i: usize, block: &Block, early: bool) {
        let (text, n) = (block.text.as_str(), block.words);
        let kind = role(self.flat, block);
        if kind == BlockKind::Caption && (n < 3 || credit_only(text)) {
            self.pictured(credits::bare_picture_credit(text));
            return;
        }
        let row = self.row_of(block);
        let runs = kind != BlockKind::Paragraph || words::runs(text);
        let told = kind == BlockKind::Paragraph
            && if runs { early && self.marked(block) } else { self.note(block, early, row) };
        if told {
            return;
        }
        if row.is_some()
            && row == self.row
            && let Some(last) = self.pieces.last_mut()
        {
            last.0.push_str(" | ");
            last.0.push_str(text);
            return;
        }
        self.row = row;
        if kind == BlockKind::Paragraph && side::pulled(self.flat, &self.found.blocks, i) {
            return self.repeated(block);
        }
        self.headings.push((self.pieces.len(), side::heading(self.flat, block)));
        let kind = match row {
            Some(_) => BlockKind::List,
            None if early && !runs && credits::caption(text) => BlockKind::Caption,
            None => kind,
        };
        self.push(text, Some(kind));
    }

    /// The row that a short cell of a table is of: its cells are one line. A cell that holds running text is a column of the page.
    fn row_of(&self, block: &Block) -> Option<usize> {
        let cell = self.flat.elements.get(block.element)?;
        let short = matches!(cell.tag, "td" | "th") && cell.blocks.len() == 1 && block.words < CELL;
        let row = self.flat.elements.get(cell.parent).filter(|row| short && row.tag == "tr");
        row.map(|_| cell.parent)
    }

    /// A picture credit, if one was read.
    fn pictured(&mut self, name: Option<String>) {
        let credit = |name| DraftCredit { name, how: "picture credit".to_owned(), at: None };
        self.draft.credits.extend(name.map(credit));
    }

    /// Whether a line too short to be running text is told about the article rather than in it (its day, its author, the page); it
    /// goes where it belongs.
    fn note(&mut self, block: &Block, early: bool, row: Option<usize>) -> bool {
        let (flat, meta) = (self.flat, self.meta);
        let (text, n) = (block.text.as_str(), block.words);
        if stamp::line(text).is_some() || block.dated && n <= 12 && stamp::within(text).is_some() {
            // Each entry of a live blog has a time of its own.
            if meta.published.is_none() || !meta.entries.is_empty() && !early {
                self.push(text, dateline(text));
            } else if early && about(text, meta) {
                self.push(text, Some(BlockKind::Standfirst));
            }
            return true;
        }
        let named = || flat.around(block).take(2).any(|(_, e)| e.names.has_word(Cue::Byline)) || block.byline;
        let author = || n <= 14 && named() || side::byline(text, n) || meta.author.is_some() && side::job(text, n);
        if early && author() {
            if meta.author.is_none() {
                self.push(text, Some(BlockKind::Byline));
            }
            return true;
        }
        if early && side::reading_time(text, n) || !early && side::filed(text, n) {
            return true;
        }
        if early && standfirst(flat, block, meta) {
            self.push(text, Some(BlockKind::Standfirst));
            return true;
        }
        // The figures of a table have no words.
        let figure = row.is_some() && (self.row == row || text.bytes().any(|b| b.is_ascii_digit()));
        let position = if early { Position::Edge } else { Position::Inside };
        let kind = furniture::kind(text, position).filter(|_| !figure);
        // What stands under a label over links is looked at with it, and what asks the reader to pay with what stands around it.
        let later = |kind: &str| furniture::closing(text) || !early && matches!(kind, "paywall" | "account");
        if let Some(kind) = kind.filter(|kind| !later(kind)) {
            self.draft.removed(kind, text);
            return true;
        }
        let credit = || credits::cued_picture_credit(text).or_else(|| credits::picture_agency(text));
        let credit = if n <= CREDIT { credit() } else { None };
        let credited = credit.is_some();
        self.pictured(credit);
        credited
    }

    /// Whether running text above the article's is its author's line, or a standfirst by its markup.
    fn marked(&mut self, block: &Block) -> bool {
        let (text, n) = (block.text.as_str(), block.words);
        if side::byline(text, n) && stamp::within(text).is_some() {
            // the date in it is known, or found by `date_near`
            return true;
        }
        let standfirst = n <= 60 && standfirst_marked(self.flat, block) && !side::credit(text, n);
        if standfirst {
            self.push(text, Some(BlockKind::Standfirst));
        }
        standfirst
    }
}

/// Blocks within which a paragraph said again is the page's doing: a short one ("— A. Reader, Talen"), any other; and blocks said
/// again one after the other that are a copy.
const AGAIN: (usize, usize, usize) = (3, 12, 3);
/// Words up to which it is short.
const SHORT: usize = 8;

/// Whether a block said before (outside the article's blocks, or at one of them) is a copy that the page makes: a paragraph close by,
/// or one of several in the same order. What comes again in a table, a list or a heading belongs there.
fn repeats(flat: &Flat, blocks: &[usize], before: Option<usize>, at: usize) -> bool {
    let block = |at: usize| blocks.get(at).and_then(|i| flat.blocks.get(*i));
    let element = block(at).and_then(|block| flat.elements.get(block.element));
    let cell = element.is_some_and(|e| matches!(e.tag, "td" | "th"));
    let part = element.is_some_and(|e| matches!(e.tag, "li" | "dd" | "dt") || e.is_heading());
    let Some(before) = before else { return !cell && !part };
    let n = block(at).map_or(0, |block| block.words);
    let near = at - before <= if n < SHORT { AGAIN.0 } else { AGAIN.1 };
    let same = |a: Option<&Block>, b: Option<&Block>| a.zip(b).is_some_and(|(a, b)| a.text == b.text);
    let behind = (1..AGAIN.2).take_while(|n| before + n < at && same(block(before + n), block(at + n))).count();
    let ahead = (1..AGAIN.2).take_while(|n| before >= *n && same(block(before - n), block(at - n))).count();
    !cell && (!part && near || behind + ahead + 1 >= AGAIN.2)
}

/// Whether a caption names the photographer or agency only.
fn credit_only(text: &str) -> bool {
    words::count(text) <= 8 && credits::bare_picture_credit(text).is_some()
}
