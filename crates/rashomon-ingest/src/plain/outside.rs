//! Which lines are not the article's? Repeated ones, the page's own, and what agencies and outlets put at the foot.

use rashomon_model::document::BlockKind;

use super::{Bare, running};
use crate::draft::{Draft, DraftCredit, clip};
use crate::furniture::{self, Position};
use crate::{credits, words};

/// Leaves out a line that is the next one again, or the next one without its picture credit.
pub(super) fn without_repeats(pieces: Vec<Bare>, draft: &mut Draft) -> Vec<Bare> {
    let mut kept: Vec<Bare> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if let Some(last) = kept.last_mut() {
            let again = last.0 == piece.0
                || (piece.0.starts_with(last.0.as_str())
                    && credits::picture_credit(&piece.0).is_some()
                    && piece.0.len() - last.0.len() <= 60
                    && words::count(&last.0) >= 3);
            if again {
                draft.notes.push(("R202", format!("a repeated line was left out: {}", clip(&last.0))));
                let gap = last.2;
                *last = piece;
                last.2 = gap;
                continue;
            }
        }
        kept.push(piece);
    }
    kept
}

/// Last blocks among which notices about rights and responsibility are looked for.
const FOOT: usize = 4;

/// Leaves out furniture lines and cuts furniture glued to sentences.
pub(super) fn without_furniture(pieces: Vec<Bare>, draft: &mut Draft) -> Vec<Bare> {
    let first = pieces.iter().position(|(text, kind, _)| running(text, *kind)).unwrap_or(pieces.len());
    let last = pieces.iter().rposition(|(text, kind, _)| running(text, *kind)).unwrap_or(0);
    let mut kept = Vec::with_capacity(pieces.len());
    let (mut closing, mut opened) = (false, false);
    let all = pieces.len();
    let pitch = pitch(&pieces, first);
    for (i, (mut text, kind, gap)) in pieces.into_iter().enumerate() {
        // A paragraph by its markup is believed more than a line of plain text.
        let marked = kind == Some(BlockKind::Paragraph) && words::runs(&text);
        let position = if marked || i > first && i < last { Position::Inside } else { Position::Edge };
        if draft.publisher.is_none() && position == Position::Edge {
            draft.publisher = furniture::publisher(&text);
        }
        // The headline may look like a prompt ("Join the army, minister tells students"): it is the first line that is no label.
        let notice = i > first && i + FOOT >= all && furniture::disclaimer(&text);
        let notice = if pitch.contains(&i) { Some("paywall") } else { notice.then_some("notice") };
        if let Some(found) = furniture::kind(&text, position).or(notice) {
            draft.removed(found, &text);
            closing = furniture::closing(&text) && opened;
            continue;
        }
        if closing
            && (kind == Some(BlockKind::List) || !words::ends_sentence(&text))
            && words::count(&text) <= 25
            && i > first
            && credits::tag(&text).is_none()
        {
            draft.removed("list of links", &text);
            continue;
        }
        closing = false;
        if let Some((at, found)) = furniture::glued(&text) {
            let tail = text.split_off(at);
            if draft.publisher.is_none() {
                draft.publisher = furniture::publisher(&tail);
            }
            draft.removed(found, &tail);
            text.truncate(text.trim_end().len());
        }
        if !text.is_empty() {
            opened |= i >= first;
            kept.push((text, kind, gap));
        }
    }
    kept
}

/// Most lines between two that ask the reader to subscribe at the foot, and most words of all of them; one may be running text.
const PITCH: (usize, usize) = (10, 150);

/// What stands between two lines at the foot that ask the reader to subscribe or sign in speaks for the subscription too: nothing
/// in it reports, and behind it no text comes.
fn pitch(pieces: &[Bare], first: usize) -> std::ops::Range<usize> {
    let asks = |text: &str| matches!(furniture::kind(text, Position::Inside), Some("paywall" | "account"));
    let foot = pieces.len().saturating_sub(2 * PITCH.0).max(first + 1);
    let at = |mut of: std::ops::Range<usize>| of.find(|i| pieces.get(*i).is_some_and(|(text, ..)| asks(text)));
    let Some(open) = at(foot..pieces.len()) else { return 0..0 };
    let last = pieces.iter().rposition(|(text, ..)| asks(text)).unwrap_or(open);
    let behind = pieces.get(last + 1..).unwrap_or_default();
    let between = pieces.get(open + 1..last).unwrap_or_default();
    let told = between.iter().any(|(text, ..)| furniture::reports(text));
    let running_text = between.iter().filter(|(text, kind, _)| running(text, *kind)).count();
    let long = between.iter().map(|(text, ..)| words::count(text)).sum::<usize>() > PITCH.1 || running_text > 1;
    if told || long || between.len() > PITCH.0 || behind.iter().any(|(text, kind, _)| running(text, *kind)) {
        return 0..0;
    }
    open + 1..last.max(open + 1)
}

/// Agency tag lines behind the last running text become credits.
pub(super) fn without_tags(mut pieces: Vec<Bare>, draft: &mut Draft) -> Vec<Bare> {
    let Some(last) = pieces.iter().rposition(|(text, kind, _)| running(text, *kind)) else {
        return pieces;
    };
    for (text, kind, gap) in pieces.split_off(last + 1) {
        if let Some(tag) = credits::tag(&text) {
            let line = tag.how == "credit line";
            for name in tag.credits {
                draft.credits.push(DraftCredit { name, how: tag.how.to_owned(), at: None });
            }
            draft.publisher = draft.publisher.take().or(tag.publisher);
            if line {
                // "With reporting by …" is said in words: it stays, as a line about the authors.
                pieces.push((text, Some(BlockKind::Byline), gap));
            } else {
                draft.removed(tag.how, &text);
            }
        } else if let Some(name) = outlet_tag(&text) {
            draft.removed("outlet tag line", &text);
            draft.publisher = draft.publisher.take().or(Some(name));
        } else {
            pieces.push((text, kind, gap));
        }
    }
    pieces
}

/// `— The Talen Post`: a dash and a short capitalised name at the foot.
fn outlet_tag(line: &str) -> Option<String> {
    let name = line.strip_prefix(['—', '–']).or_else(|| line.strip_prefix("-- "))?.trim();
    let n = words::count(name);
    let capitals = name
        .split_whitespace()
        .all(|w| w.chars().next().is_some_and(char::is_uppercase) || matches!(w, "of" | "the" | "and"));
    ((1..=5).contains(&n) && capitals && !name.ends_with('.')).then(|| name.to_owned())
}
