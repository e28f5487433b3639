//! What in the article's element is not its text: lines about the author, credits, pull quotes, headings.

use rashomon_model::document::BlockKind;

use super::metadata::Metadata;
use super::tree::{Block, Element, Flat};
use super::wording::WORDING;
use crate::draft::DraftCredit;
use crate::plain::Bare;
use crate::{credits, stamp, words};

/// Most words of such lines: with a day in it, by itself, in other languages.
const BYLINE: (usize, usize, usize) = (25, 14, 6);

/// Words written small from which a sentence that begins with "By" tells something ("By nightfall, nine people were dead.").
const TELLS: usize = 3;

/// Whether a line that begins as those of authors do is a sentence of the text.
fn tells(text: &str) -> bool {
    let small = |word: &&str| {
        word.starts_with(char::is_lowercase)
            && !WORDING.beside.contains(word.trim_end_matches(|c: char| !c.is_alphanumeric()))
    };
    let by = text.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("by "));
    // "By A. Writer, who has covered the river for ten years."
    by && words::ends_sentence(text)
        && !text.contains(" who ")
        && text.split_whitespace().skip(1).filter(small).count() >= TELLS
}

/// Whether a line above the text names its author.
pub(super) fn byline(text: &str, n: usize) -> bool {
    let begins = |cues: &[String]| {
        cues.iter().any(|cue| text.get(..cue.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(cue)))
    };
    let named = text
        .split_whitespace()
        .skip(1)
        .all(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic()));
    if tells(text) {
        return false;
    }
    n <= BYLINE.1 && begins(&WORDING.opening)
        || n <= BYLINE.0 && begins(&WORDING.opening) && stamp::within(text).is_some()
        || n <= BYLINE.2 && begins(&WORDING.opening_short) && named
}

/// The agencies that a line about the author names beside it.
pub(super) fn agencies(text: &str) -> impl Iterator<Item = DraftCredit> {
    let parts = text.split([',', '/', '|', '•', '·']).map(str::trim);
    let known = parts.filter(|part| credits::agency(part));
    known.map(|name| DraftCredit { name: name.to_owned(), how: "byline".to_owned(), at: None })
}

/// Whether a short line is what the author is: "Political Editor".
pub(super) fn job(text: &str, n: usize) -> bool {
    (1..=5).contains(&n)
        && text.split_whitespace().next_back().is_some_and(|last| WORDING.jobs.contains(&last.to_lowercase()))
}

/// Whether a line tells how long the article takes to read: "4 min".
pub(super) fn reading_time(text: &str, n: usize) -> bool {
    let mut of = text.split_whitespace();
    let number = of.next().is_some_and(|first| first.bytes().all(|b| b.is_ascii_digit()));
    n == 2 && number && of.next().is_some_and(|unit| WORDING.minutes.contains(&unit.to_lowercase()))
}

/// Whether a line tells day and section of the page, not what happened: "Date: 4 March 2032 Category: News", "Last modified: …".
pub(super) fn filed(text: &str, n: usize) -> bool {
    let labels = text
        .match_indices(':')
        .filter_map(|(at, _)| text.get(..at)?.split_whitespace().next_back())
        .map(str::to_lowercase);
    n <= FILED && stamp::within(text).is_some() && labels.into_iter().any(|label| WORDING.filed.contains(&label))
}

/// Most words of a line that tells day and section.
const FILED: usize = 14;

/// Whether a line that the page marks as a summary is about author, day or picture.
pub(super) fn credit(text: &str, n: usize) -> bool {
    byline(text, n) || stamp::line(text).is_some() || credits::caption(text)
}

/// Whether a line says where the article appeared first, or whose it is.
pub(super) fn origin(text: &str) -> bool {
    credits::tag(text).is_some_and(|tag| tag.how == "credit line")
}

/// Whether the block is a heading.
pub(super) fn heading(flat: &Flat, block: &Block) -> bool {
    flat.elements.get(block.element).is_some_and(Element::is_heading)
}

/// Words of a line drawn out of the text, least and most, and blocks around it among which it comes again.
const PULLED: (usize, usize, usize) = (6, 60, 12);

/// Whether a block is a quotation drawn out of a paragraph near it, in which it stands word for word and which says more.
pub(super) fn pulled(flat: &Flat, blocks: &[usize], i: usize) -> bool {
    let Some(block) = flat.blocks.get(i).filter(|block| (PULLED.0..=PULLED.1).contains(&block.words)) else {
        return false;
    };
    let tag = flat.elements.get(block.element).map_or("", |e| e.tag);
    if !block.text.starts_with(['"', '“', '‘', '«', '„', '\'']) && !matches!(tag, "blockquote" | "aside" | "q") {
        return false;
    }
    let core = block.text.trim_matches(|c: char| !c.is_alphanumeric());
    let here = blocks.partition_point(|at| *at < i);
    let near = blocks.get(here.saturating_sub(PULLED.2)..(here + PULLED.2 + 1).min(blocks.len())).unwrap_or_default();
    near.iter()
        .filter(|at| **at != i)
        .filter_map(|at| flat.blocks.get(*at))
        .any(|other| other.words >= block.words + PULLED.0 && other.text.contains(core))
}

/// Most words of what is told of the author at the foot.
const ABOUT_AUTHOR: usize = 80;
/// Blocks there must be; it is looked for in the second half of them.
const LEAST: usize = 6;

/// What is told at the foot of the author the page names ("A. Writer is a reporter of the Post") is about who wrote it.
pub(super) fn signed(pieces: &mut [Bare], meta: &Metadata) {
    let Some(authors) = meta.author.as_deref().filter(|_| pieces.len() >= LEAST) else { return };
    let last = pieces.len() / 2;
    for (text, kind, _) in pieces.iter_mut().skip(last).filter(|piece| piece.1 == Some(BlockKind::Paragraph)) {
        let told = authors.split(", ").filter(|name| words::count(name) >= 2).any(|name| {
            let rest = text.get(..name.len()).filter(|own| own.eq_ignore_ascii_case(name)).and(text.get(name.len()..));
            let mut behind = rest.unwrap_or("").trim_start_matches(',').split_whitespace();
            match behind.next() {
                // "was killed when shells hit the bureau" is told of him, not about the writer
                Some("was") => matches!(behind.next(), Some("a" | "an" | "the" | "formerly" | "previously" | "born")),
                Some(verb) => {
                    matches!(verb, "is" | "writes" | "covers" | "has" | "works" | "joined" | "ist" | "est" | "es")
                }
                None => false,
            }
        });
        if told && words::count(text) <= ABOUT_AUTHOR {
            *kind = Some(BlockKind::Byline);
        }
    }
}

/// Most words of a line that names an author known, and last lines among which it is looked for; above the text it is everywhere.
const NAMES: (usize, usize) = (12, 2);

/// A short line above or below the text that holds nothing but an author's name known otherwise is about who wrote it.
pub(super) fn named(pieces: &mut [Bare], byline: Option<&str>) {
    let Some(byline) = byline else { return };
    let known: Vec<String> = byline.split(", ").chain([byline]).map(words::folded).collect();
    let all = pieces.len();
    let first = pieces.iter().position(|(text, kind, _)| words::runs(text) && *kind == Some(BlockKind::Paragraph));
    for (i, (text, kind, _)) in pieces.iter_mut().enumerate() {
        let edge = first.is_some_and(|first| i < first || i > first && i + NAMES.1 >= all);
        let plain = matches!(kind, None | Some(BlockKind::Paragraph | BlockKind::List));
        if edge && plain && words::count(text) <= NAMES.0 {
            let name = super::author::name(text).map(|name| words::folded(&name));
            if name.is_some_and(|name| known.contains(&name)) {
                *kind = Some(BlockKind::Byline);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_begin_with_by() {
        let of = |text: &str| byline(text, words::count(text));
        for line in
            ["By Ada Writer", "By our staff reporter in Talen.", "By Ada Writer, who has covered the river for years."]
        {
            assert!(of(line), "{line}");
        }
        for line in ["By nightfall, nine people were dead.", "By Monday morning 12 people had died in Talen."] {
            assert!(!of(line), "{line}");
        }
    }
}
