//! Where is the article on this page?
//!
//! A linear pass makes the page safe ([`guard`]), html5ever builds the tree, `tree` flattens it to blocks, `article` finds the
//! article's blocks, `metadata` reads what the page says of itself, `compose` puts the lines together. Headline, standfirst, byline and date lines that stand
//! outside the article's element are brought in where the article needs them: the headline always, a standfirst where the
//! page marks it, byline and date lines only where metadata does not say the same (then the date rests on those words).

mod article;
mod author;
mod compose;
mod cues;
mod day;
mod guard;
mod headline;
mod json_ld;
mod live;
mod metadata;
mod role;
mod side;
mod site;
mod structured;
mod title;
mod tree;
mod wording;

use scraper::Html;

use crate::draft::{Dated, Draft, DraftCredit};
use crate::stamp::Stamp;
use crate::{credits, plain, words};
pub(crate) use live::{Entry, live_blog};

/// Words below which a page that is not free to read is taken for its beginning only.
const STUB: usize = 300;

/// The article of a page; `url` is the address it was saved from, if known (else what the browser that saved it wrote). With `rest`, a live blog is read without the
/// entries of its structured data.
pub(crate) fn draft(text: &str, url: Option<&str>, rest: bool) -> Draft {
    let saved = site::saved_from(text);
    let url = url.or(saved.as_deref());
    let guarded = guard::guard(text);
    let html = Html::parse_document(&guarded.html);
    let meta = metadata::read(&html, &guarded.structured, url);
    let flat = tree::flatten(&html);
    let mut found = article::find(&flat, meta.body.as_deref(), meta.description.as_deref());
    let head = headline::find(&flat, &found, &meta);
    let further = article::alone(&flat, &mut found, head);
    let mut draft = Draft {
        language: meta.language.clone(),
        publisher: meta.publisher.clone(),
        url: meta.address.clone(),
        ..Draft::default()
    };
    if guarded.flattened {
        draft.notes.push(("R205", format!("deep nesting was flattened below {} elements", crate::limits::DEEPEST)));
    }
    if guarded.cut {
        draft.notes.push(("R204", "the page was cut at 5 MB".to_owned()));
    }
    for block in further.iter().filter_map(|at| flat.blocks.get(*at)) {
        draft.removed("another article", &block.text);
    }
    let mut pieces = compose::compose(&flat, &found, head, &meta, &mut draft);
    pieces = structured::text(&meta, &pieces).unwrap_or(pieces);
    if meta.entries.len() >= 2 {
        pieces = live::entries(&meta, pieces, &mut draft, rest);
    }
    pieces.extend(structured::captions(&meta, &pieces));
    describe(&meta, &flat, author::find(&flat, &found, head), &mut draft);
    side::named(&mut pieces, draft.byline.as_deref());
    for credit in author::agencies(&flat, &found, head) {
        draft.credit(credit);
    }
    plain::shape(pieces, &mut draft);
    let gated = draft.notes.iter().any(|(code, note)| *code == "R201" && note.contains("(paywall)"));
    let length: usize = draft.pieces.iter().map(|piece| words::count(&piece.text)).sum();
    if gated || meta.paid && length < STUB {
        let note = format!("the page is not free to read; words found: {length}");
        draft.notes.push(("R211", note));
    }
    if meta.author.is_none()
        && let Some(line) = draft.byline.take()
    {
        draft.byline = author::name(&line).or(Some(line));
    }
    draft.title =
        draft.title.as_deref().and_then(|own| headline::bare(own, &meta)).or(draft.title.take()).or(meta.title);
    draft
}

/// The author in a line given from outside, and the agencies it credits.
pub(crate) fn byline(line: &str) -> (Option<String>, Vec<DraftCredit>) {
    let line = words::squeeze(line);
    let own = author::name(&line)
        .or_else(|| Some(line.clone()).filter(|line| !line.contains("://") && !author::nobody(line)));
    let credits = own.iter().flat_map(|own| side::agencies(own)).chain(side::agencies(&line)).collect();
    (own, credits)
}

/// A piece of HTML of which a tree may be built.
pub(crate) fn safe(text: &str) -> String {
    guard::guard(text).html
}

/// What the metadata tells goes into the draft.
fn describe(meta: &metadata::Metadata, flat: &tree::Flat, shown: Option<String>, draft: &mut Draft) {
    // The headline as it stands on the page comes first; `shape` sets it.
    let host = meta.address.as_deref().and_then(site::host);
    let own = |name: &str| author::hollow(name, meta.publisher.as_deref(), host.as_deref());
    let given = meta.author.as_deref().filter(|name| !own(name));
    let outlet = || meta.author.clone().filter(|name| !author::nobody(name));
    draft.byline = author::choose(given, shown.as_deref(), own).or_else(outlet);
    let at_home = day::local_day(meta, flat);
    if let Some((date, field)) = at_home.as_ref().or(meta.published.as_ref()) {
        draft.dates.push(Dated::Metadata(Stamp { date: *date, updated: false }, field.clone()));
    }
    let later = |modified: &str| {
        let (Some(a), Some(b)) = (meta.published_raw.as_deref(), Some(modified)) else { return false };
        // Both as written: a change within the same minute is the saving of the first version.
        a.get(..16).unwrap_or(a) < b.get(..16).unwrap_or(b)
    };
    draft.updated = meta.modified.as_deref().is_some_and(later);
    for (name, how) in &meta.credits {
        draft.credits.push(DraftCredit { name: name.clone(), how: how.clone(), at: None });
    }
    if let Some(author) = draft.byline.clone() {
        for name in author.split(", ").filter(|name| credits::agency(name)) {
            draft.credits.push(DraftCredit { name: name.to_owned(), how: "byline".to_owned(), at: None });
        }
    }
}
