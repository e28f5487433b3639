//! What is the article in a copy of plain text, where nothing but lines says what is what?
//!
//! Lines are joined where a mail program or an archive wrapped them; furniture is taken away (each line noted); the lines
//! above the first running text are read as headline, standfirst, byline, date line and captions; agency tag lines at the
//! foot become credits. Sentences are never dropped: only labels, prompts to the reader and repeated lines go.

use rashomon_model::document::BlockKind;

use crate::draft::{Dated, Draft, DraftCredit, Piece};
use crate::furniture::{self, Position};
use crate::{credits, stamp, words};

/// A line, squeezed, and whether a blank line stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) gap: bool,
}

/// The article of a plain text.
pub(crate) fn draft(text: &str) -> Draft {
    let lines = lines(text);
    let mut draft = Draft::default();
    let pieces = lines.into_iter().map(|line| (line.text, None, line.gap)).collect();
    shape(pieces, &mut draft);
    draft
}

/// Lines of a text; hard-wrapped paragraphs joined.
fn lines(text: &str) -> Vec<Line> {
    let mut groups: Vec<Vec<String>> = vec![Vec::new()];
    for raw in text.lines() {
        let line = words::squeeze(raw);
        if line.is_empty() {
            if groups.last().is_some_and(|group| !group.is_empty()) {
                groups.push(Vec::new());
            }
        } else if let Some(group) = groups.last_mut() {
            group.push(line);
        }
    }
    let mut found = Vec::new();
    for group in groups {
        if wrapped(&group) {
            found.push(Line { text: group.join(" "), gap: true });
        } else {
            for (i, text) in group.into_iter().enumerate() {
                found.push(Line { text, gap: i == 0 });
            }
        }
    }
    found
}

/// Whether the lines of a group are one paragraph broken at a column: all but the last of like length (50 to 110 characters,
/// the widths mail programs and terminals use), most of them broken inside a sentence.
fn wrapped(group: &[String]) -> bool {
    let Some((_, broken)) = group.split_last() else {
        return false;
    };
    if broken.len() < 2 && !(broken.len() == 1 && group.get(1).is_some_and(|next| next.starts_with(char::is_lowercase)))
    {
        return false;
    }
    let lengths: Vec<usize> = broken.iter().map(|line| line.chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let alike = lengths.iter().filter(|n| **n + 25 >= longest).count();
    let inside = broken.iter().filter(|line| !words::ends_sentence(line)).count();
    (50..=110).contains(&longest) && alike * 10 >= lengths.len() * 8 && inside * 10 >= broken.len() * 6
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

/// Leaves out a line that is the next one again, or the next one without its picture credit.
fn without_repeats(pieces: Vec<Bare>, draft: &mut Draft) -> Vec<Bare> {
    let mut kept: Vec<Bare> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if let Some(last) = kept.last_mut() {
            let again = last.0 == piece.0
                || (piece.0.starts_with(last.0.as_str())
                    && credits::picture_credit(&piece.0).is_some()
                    && piece.0.len() - last.0.len() <= 60
                    && words::count(&last.0) >= 3);
            if again {
                draft.notes.push(("R202", format!("a repeated line was left out: {}", crate::draft::clip(&last.0))));
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
fn without_furniture(pieces: Vec<Bare>, draft: &mut Draft) -> Vec<Bare> {
    let first = pieces.iter().position(|(text, kind, _)| running(text, *kind)).unwrap_or(pieces.len());
    let last = pieces.iter().rposition(|(text, kind, _)| running(text, *kind)).unwrap_or(0);
    let mut kept = Vec::with_capacity(pieces.len());
    let (mut closing, mut opened) = (false, false);
    let all = pieces.len();
    for (i, (mut text, kind, gap)) in pieces.into_iter().enumerate() {
        // A paragraph by its markup is believed more than a line of plain text.
        let marked = kind == Some(BlockKind::Paragraph) && words::runs(&text);
        let position = if marked || i > first && i < last { Position::Inside } else { Position::Edge };
        if draft.publisher.is_none() && position == Position::Edge {
            draft.publisher = furniture::publisher(&text);
        }
        // The headline may look like a prompt ("Join the army, minister tells students"): it is the first line that is no label.
        let notice = i > first && i + FOOT >= all && furniture::disclaimer(&text);
        if let Some(found) = furniture::kind(&text, position).or_else(|| notice.then_some("notice")) {
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

/// Agency tag lines behind the last running text become credits.
fn without_tags(mut pieces: Vec<Bare>, draft: &mut Draft) -> Vec<Bare> {
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

/// Roles of the lines above the first running text.
fn head(pieces: &[Bare], first: usize, draft: &mut Draft) {
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
            .or_else(|| stamp::issued(text, crate::letterhead::papers()))
            .or_else(|| stamp::signed(text, crate::letterhead::done()))
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
