//! What is the article in a copy of plain text, where nothing but lines says what is what?
//!
//! Lines are joined where a mail program or an archive wrapped them; furniture is taken away (each line noted); the lines
//! above the first running text are read as headline, standfirst, byline, date line and captions; agency tag lines at the
//! foot become credits. Sentences are never dropped: only labels, prompts to the reader and repeated lines go.

mod head;
mod lines;
mod outside;

use rashomon_model::document::BlockKind;

use crate::draft::{Dated, Draft, DraftCredit, Piece};
use crate::furniture::{self, Position};
use crate::{credits, stamp, words};
use head::head;
use lines::lines;
use outside::{without_furniture, without_repeats, without_tags};

/// The article of a plain text.
pub(crate) fn draft(text: &str) -> Draft {
    let lines = lines(text);
    let mut draft = Draft::default();
    let pieces = lines.into_iter().map(|line| (line.text, None, line.gap)).collect();
    shape(pieces, &mut draft);
    draft
}

/// A block before its role is known: text, the role its markup gives, whether a blank line stands before it.
pub(crate) type Bare = (String, Option<BlockKind>, bool);

/// Finds roles, furniture, dates and credits; the result goes into `draft`.
pub(crate) fn shape(pieces: Vec<Bare>, draft: &mut Draft) {
    let pieces = without_repeats(pieces, draft);
    let pieces = without_furniture(pieces, draft);
    let pieces = without_tags(pieces, draft);
    let first = pieces.iter().position(|(text, kind, _)| running(text, *kind)).unwrap_or(pieces.len());
    head(&pieces, first, draft);
    for (text, kind, _) in pieces.iter().skip(first) {
        body(text, *kind, draft);
    }
    closing_credit(draft);
    pulled(draft);
    let above = draft.pieces.iter().take_while(|piece| piece.kind != Some(BlockKind::Paragraph));
    let byline = above.filter(|piece| piece.kind == Some(BlockKind::Byline)).map(|piece| piece.text.clone()).next();
    draft.byline = draft.byline.take().or(byline);
}

/// Whether a block is running text of the article.
fn running(text: &str, kind: Option<BlockKind>) -> bool {
    matches!(kind, None | Some(BlockKind::Paragraph))
        && words::runs(text)
        && !credits::caption(text)
        && furniture::kind(text, Position::Edge).is_none()
}

/// Adds one block of the body, with its role.
fn body(text: &str, kind: Option<BlockKind>, draft: &mut Draft) {
    let at = draft.pieces.len();
    if kind == Some(BlockKind::Caption) {
        return push_caption(draft, text);
    }
    if let Some(kind) = kind.filter(|kind| *kind != BlockKind::Paragraph) {
        marked_date(text, kind, draft);
        return draft.pieces.push(Piece::of(kind, text.to_owned()));
    }
    if let Some(rest) = bullet(text) {
        let rest = text.get(rest..).unwrap_or(text).to_owned();
        return draft.pieces.push(Piece::of(BlockKind::List, rest));
    }
    if let Some((stamp, range)) = stamp::line(text) {
        push_date(draft, stamp, at, range);
        return draft.pieces.push(Piece::of(BlockKind::Dateline, text.to_owned()));
    }
    // Running text with an agency in brackets behind it is text: only short blocks and marked ones are captions.
    let sentences = text.matches(['.', '!', '?']).count();
    if credits::caption(text)
        && (words::count(text) <= 60 && sentences <= 4)
        && credits::closing_bracket(text).is_none_or(|_| words::count(text) <= 30)
    {
        return push_caption(draft, text);
    }
    // Behind the first paragraphs only a dateline that names an agency is one.
    let before = draft.pieces.iter().filter(|piece| piece.kind == Some(BlockKind::Paragraph)).take(3).count();
    if before <= 2
        && let Some((cut, credit)) = credits::dateline(text)
        && (before == 0 || credit.is_some())
    {
        let (line, rest) = text.split_at(cut);
        if let Some((stamp, range)) = stamp::within(line) {
            push_date(draft, stamp, at, range);
        }
        if let Some(credit) = credit {
            draft.credits.push(DraftCredit {
                name: credit.name,
                how: credit.how.to_owned(),
                at: Some((at, credit.at)),
            });
        }
        draft.pieces.push(Piece::of(BlockKind::Dateline, line.trim_end().to_owned()));
        return draft.pieces.push(Piece::of(BlockKind::Paragraph, rest.to_owned()));
    }
    draft.pieces.push(Piece::of(BlockKind::Paragraph, text.to_owned()));
}

/// Adds a caption and its credit.
fn push_caption(draft: &mut Draft, text: &str) {
    if let Some(credit) = credits::picture_credit(text) {
        draft.credits.push(DraftCredit {
            name: credit.name,
            how: credit.how.to_owned(),
            at: Some((draft.pieces.len(), credit.at)),
        });
    }
    draft.pieces.push(Piece::of(BlockKind::Caption, text.to_owned()));
}

/// The date in a line that the page marks as a date line though other words stand in it ("Posted by the desk on 4 March 2032"), if
/// no better one is known.
fn marked_date(text: &str, kind: BlockKind, draft: &mut Draft) {
    let open = kind == BlockKind::Dateline && draft.dates.is_empty();
    if let Some((stamp, range)) = stamp::within(text).filter(|_| open) {
        push_date(draft, stamp, draft.pieces.len(), range);
    }
}

/// Adds a stated date.
fn push_date(draft: &mut Draft, stamp: stamp::Stamp, piece: usize, range: std::ops::Range<usize>) {
    draft.updated |= stamp.updated;
    draft.dates.push(Dated::Stated(stamp, piece, range));
}

/// Length of a list mark at the start of a line.
fn bullet(text: &str) -> Option<usize> {
    for mark in ["• ", "· ", "* ", "- ", "– ", "▪ ", "◦ ", "‣ "] {
        if text.starts_with(mark) {
            return Some(mark.len());
        }
    }
    None
}

/// An agency in brackets behind the last paragraph is a credit of the report.
fn closing_credit(draft: &mut Draft) {
    let Some(at) = draft.pieces.iter().rposition(|piece| piece.kind == Some(BlockKind::Paragraph)) else {
        return;
    };
    if let Some(found) = draft.pieces.get(at).and_then(|piece| credits::closing_bracket(&piece.text)) {
        draft.credits.push(DraftCredit { name: found.name, how: found.how.to_owned(), at: Some((at, found.at)) });
    }
}

/// Share of the words of a first paragraph that must come again in one later paragraph for it to be a summary: a lede
/// shares far fewer (a third, at most half), a standfirst taken from the text nearly all.
const SUMMARY: (usize, usize) = (9, 10);

/// The block after the headline is a standfirst, not the first paragraph, if one later paragraph says it again.
fn pulled(draft: &mut Draft) {
    let Some(head) = draft.pieces.iter().position(|piece| piece.kind == Some(BlockKind::Headline)) else {
        return;
    };
    let Some(next) = draft.pieces.get(head + 1).filter(|piece| piece.kind == Some(BlockKind::Paragraph)) else {
        return;
    };
    let summary = words::lower(&next.text);
    if !(6..=60).contains(&summary.len()) {
        return;
    }
    // how often each of its words stands in it; what a later paragraph says again is looked up, not gathered
    let mut times: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for word in &summary {
        *times.entry(word).or_default() += 1;
    }
    let again = draft.pieces.iter().skip(head + 2).any(|piece| {
        let mut left = times.clone();
        let shared: usize = words::lower(&piece.text).iter().filter_map(|word| left.remove(word.as_str())).sum();
        shared * SUMMARY.1 >= summary.len() * SUMMARY.0
    });
    if again && let Some(piece) = draft.pieces.get_mut(head + 1) {
        piece.kind = Some(BlockKind::Standfirst);
    }
}
