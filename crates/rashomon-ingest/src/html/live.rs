//! Is this page a live blog, and what are its entries? Several reports on one page, each with a time of its own.

use rashomon_model::document::BlockKind;
use scraper::Html;

use super::metadata::{self, Metadata};
use super::structured::{self, Pairs};
use super::{draft, guard};
use crate::draft::Draft;
use crate::plain::Bare;
use crate::{stamp, words};

/// An entry of a live blog, as the structured data gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The page's own name for it: an address or an id.
    pub(crate) id: Option<String>,
    /// When it was written, as given.
    pub(crate) published: Option<String>,
    pub(crate) headline: Option<String>,
    /// Its words, perhaps with tags.
    pub(crate) body: String,
}

/// A live blog taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Live {
    pub(crate) entries: Vec<Entry>,
    pub(crate) publisher: Option<String>,
    /// The page's address.
    pub(crate) url: Option<String>,
    /// Words of running text on the page that stand in no entry.
    pub(crate) others: usize,
}

/// The entries of a live blog whose structured data holds two or more of them; `None` for any other page.
pub(crate) fn live_blog(text: &str, url: Option<&str>) -> Option<Live> {
    let guarded = guard::guard(text);
    if !guarded.structured.iter().any(|data| data.contains("liveBlogUpdate")) {
        return None;
    }
    let saved = super::site::saved_from(text);
    let url = url.or(saved.as_deref());
    let meta = metadata::read(&Html::parse_document(&guarded.html), &guarded.structured, url);
    if meta.entries.len() < 2 {
        return None;
    }
    let rest = draft(text, url, true).pieces;
    let running = |kind: Option<BlockKind>| matches!(kind, Some(BlockKind::Paragraph | BlockKind::List) | None);
    let others = rest.iter().filter(|piece| running(piece.kind)).map(|piece| words::count(&piece.text)).sum();
    Some(Live { entries: meta.entries, publisher: meta.publisher, url: meta.address, others })
}

/// The entries of a live blog: as they stand on the page where they do, with their times; else as the structured data gives
/// them, each under its time, newest first as there. With `rest` neither, since they are reports of their own.
pub(super) fn entries(meta: &Metadata, pieces: Vec<Bare>, draft: &mut Draft, rest: bool) -> Vec<Bare> {
    let all: String =
        meta.entries.iter().map(|e| format!("{}\n{}\n", e.headline.as_deref().unwrap_or(""), e.body)).collect();
    let mut times: Vec<&str> = meta.entries.iter().filter_map(|entry| entry.published.as_deref()).collect();
    times.sort_unstable();
    let span = match (times.first(), times.last()) {
        (Some(first), Some(last)) => format!(", from {first} to {last}"),
        _ => String::new(),
    };
    let own = if rest { ", each a report of its own" } else { "" };
    draft.notes.push(("R212", format!("a live blog of {} entries{span}{own}", meta.entries.len())));
    if rest {
        let said = structured::pairs(&structured::untagged(&all));
        return pieces.into_iter().filter(|piece| !of_an_entry(piece, &said)).collect();
    }
    if structured::shown(&all, &pieces) {
        return pieces;
    }
    let mut made: Vec<Bare> = pieces.into_iter().filter(|piece| piece.1 == Some(BlockKind::Headline)).collect();
    for Entry { published, headline, body, .. } in &meta.entries {
        if let Some(time) = published {
            made.push((time.clone(), Some(BlockKind::Dateline), true));
        }
        made.extend(headline.iter().map(|line| (line.clone(), Some(BlockKind::Paragraph), true)));
        made.extend(structured::paragraphs(body));
    }
    made
}

/// Whether a block of the page is an entry's: its words, or a time that stands over one.
fn of_an_entry(piece: &Bare, said: &Pairs) -> bool {
    if piece.1 == Some(BlockKind::Headline) {
        return false;
    }
    let time = piece.1 == Some(BlockKind::Dateline) || stamp::line(&piece.0).is_some();
    time || structured::theirs(&structured::pairs(&piece.0), said)
}
