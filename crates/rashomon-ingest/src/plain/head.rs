//! What are the lines above the text? Headline, standfirst, byline, date line, captions.

use rashomon_model::document::BlockKind;

use super::{Bare, body, bullet, marked_date, push_caption, push_date};
use crate::draft::{Draft, DraftCredit, Piece};
use crate::{credits, letterhead, stamp, words};

/// Roles of the lines above the first running text.
pub(super) fn head(pieces: &[Bare], first: usize, draft: &mut Draft) {
    let zone = pieces.get(..first).unwrap_or_default();
    let headline = headline(zone);
    let body_follows = first < pieces.len();
    for (i, (text, kind, _)) in zone.iter().enumerate() {
        let at = draft.pieces.len();
        let after = headline.is_some_and(|h| i > h);
        if headline == Some(i) {
            draft.title = draft.title.take().or_else(|| Some(text.clone()));
            draft.pieces.push(Piece::of(BlockKind::Headline, text.clone()));
        } else if *kind == Some(BlockKind::Caption) {
            push_caption(draft, text);
        } else if let Some(kind) = kind {
            marked_date(text, *kind, draft);
            draft.pieces.push(Piece::of(*kind, text.clone()));
        } else if let Some((stamp, range)) = stamp::line(text)
            .or_else(|| stamp::issued(text, letterhead::papers()))
            .or_else(|| stamp::signed(text, letterhead::done()))
        {
            push_date(draft, stamp, at, range);
            draft.pieces.push(Piece::of(BlockKind::Dateline, text.clone()));
        } else if credits::caption(text) {
            push_caption(draft, text);
        } else if byline(text, zone.get(i + 1).map(|next| next.0.as_str())) && (after || headline.is_none()) {
            if let Some((stamp, range)) = stamp::within(text) {
                push_date(draft, stamp, at, range);
            }
            draft.pieces.push(Piece::of(BlockKind::Byline, text.clone()));
        } else if let Some(tag) = credits::tag(text).filter(|_| after) {
            for name in tag.credits {
                let range = text.find(&name).map(|from| (at, from..from + name.len()));
                draft.credits.push(DraftCredit { name, how: "byline".to_owned(), at: range });
            }
            draft.publisher = draft.publisher.take().or(tag.publisher);
            draft.pieces.push(Piece::of(BlockKind::Byline, text.clone()));
        } else if after
            && body_follows
            && words::count(text) >= 5
            // A line that ends as a sentence may be the first of the text; `pulled` tells if it is a summary.
            && !words::ends_sentence(text)
            && !draft.pieces.iter().any(|p| p.kind == Some(BlockKind::Standfirst))
        {
            draft.pieces.push(Piece::of(BlockKind::Standfirst, text.clone()));
        } else {
            body(text, *kind, draft);
        }
    }
}

/// The headline: the first line above the text that is a title by its form.
fn headline(zone: &[Bare]) -> Option<usize> {
    let marked = zone.iter().position(|(_, kind, _)| *kind == Some(BlockKind::Headline));
    marked.or_else(|| {
        let next = |i: usize| zone.get(i + 1).map(|next| next.0.as_str());
        zone.iter().enumerate().position(|(i, (text, kind, _))| {
            kind.is_none()
                && (2..=35).contains(&words::count(text))
                && !text.trim_end().ends_with(['.', ';', ','])
                && stamp::line(text).is_none()
                && !credits::caption(text)
                && !byline(text, next(i))
                && bullet(text).is_none()
        })
    })
}

/// Whether a line of the head names the author: "By …", "From …", or a bare name before a date line.
fn byline(text: &str, next: Option<&str>) -> bool {
    if text.len() > 300 {
        return false;
    }
    let n = words::count(text);
    let lower = text.to_lowercase();
    if n <= 14
        && ["by ", "by: ", "written by", "reported by", "reporting by", "story by", "words by", "author:", "from our "]
            .iter()
            .any(|cue| lower.starts_with(cue))
    {
        return !words::ends_sentence(text) || n <= 6;
    }
    let bare = text.split(['|', ',', '•']).next().unwrap_or("");
    let named = (2..=5).contains(&words::count(bare))
        && n <= 14
        && bare.split_whitespace().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                || matches!(word, "and" | "de" | "van" | "von" | "al" | "bin" | "der" | "la" | "in" | "&")
        })
        && !text.chars().any(|c| matches!(c, ':' | '?' | '!' | '"' | '“'))
        && !words::ends_sentence(text);
    let job = ["correspondent", "editor", "reporter", "staff writer", "in "].iter().any(|cue| lower.contains(cue));
    named
        && (next.is_some_and(|next| stamp::line(next).is_some())
            || (job && text.contains([',', '|']) || stamp::within(text).is_some()))
}
