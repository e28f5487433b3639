//! Where is the article on this page?
//!
//! A linear pass makes the page safe ([`guard`]), html5ever builds the tree, `tree` flattens it to blocks, `article` finds the
//! article's blocks, `metadata` reads what the page says of itself. Headline, standfirst, byline and date lines that stand
//! outside the article's element are brought in where the article needs them: the headline always, a standfirst where the
//! page marks it, byline and date lines only where metadata does not say the same (then the date rests on those words).

mod article;
mod author;
mod cues;
mod guard;
mod headline;
mod metadata;
mod side;
mod tree;

use std::collections::BTreeSet;

use rashomon_model::document::BlockKind;
use scraper::Html;

use crate::draft::{Dated, Draft, DraftCredit};
use crate::furniture::{self, Position};
use crate::plain::{self, Bare};
use crate::stamp::{self, Stamp};
use crate::{credits, words};
use article::Found;
use cues::Cue;
use tree::{Block, Flat};

/// Shortest article, in characters, found by elements; below it the page's own structured data is used if that has more.
const SHORT: usize = 250;

/// Words below which a page that is not free to read is taken for its beginning only.
const STUB: usize = 300;
/// Share of the structured data's words that must stand on the page; below it the page is drawn by scripts, and what elements
/// hold is something else (a teaser, the author's biography).
const COVERED: f64 = 0.3;

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
    /// The page's canonical address.
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
    let meta = metadata::read(&Html::parse_document(&guarded.html), &guarded.structured, url);
    if meta.entries.len() < 2 {
        return None;
    }
    let rest = draft(text, url, true).pieces;
    let running = |kind: Option<BlockKind>| matches!(kind, Some(BlockKind::Paragraph | BlockKind::List) | None);
    let others = rest.iter().filter(|piece| running(piece.kind)).map(|piece| words::count(&piece.text)).sum();
    Some(Live { entries: meta.entries, publisher: meta.publisher, url: meta.canonical, others })
}

/// The article of a page; `url` is the address it was saved from, if known. With `rest`, a live blog is read without the
/// entries of its structured data.
pub(crate) fn draft(text: &str, url: Option<&str>, rest: bool) -> Draft {
    let guarded = guard::guard(text);
    let html = Html::parse_document(&guarded.html);
    let meta = metadata::read(&html, &guarded.structured, url);
    let flat = tree::flatten(&html);
    let found = article::find(&flat, meta.body.as_deref(), meta.description.as_deref());
    let head = headline::find(&flat, &found, &meta);
    let mut draft = Draft {
        language: meta.language.clone(),
        publisher: meta.publisher.clone(),
        url: meta.canonical.clone(),
        ..Draft::default()
    };
    if guarded.flattened {
        draft.notes.push(("R205", format!("deep nesting was flattened below {} elements", crate::limits::DEEPEST)));
    }
    if guarded.cut {
        draft.notes.push(("R204", "the page was cut at 5 MB".to_owned()));
    }
    let mut pieces = blocks(&flat, &found, head, &meta, &mut draft);
    let length: usize = pieces.iter().filter(|p| p.1 == Some(BlockKind::Paragraph)).map(|p| p.0.chars().count()).sum();
    if let Some(body) = meta.body.as_deref()
        && body.chars().count() > 2 * length.max(60)
        && (length < SHORT || covered(body, &pieces) < COVERED)
    {
        pieces = structured_body(body, meta.title.as_deref(), &pieces);
    }
    if meta.entries.len() >= 2 {
        pieces = live(&meta, pieces, &mut draft, rest);
    }
    pieces.extend(captions(&meta, &pieces));
    let shown = author::find(&flat, &found, head);
    describe(&meta, shown, &mut draft);
    for credit in author::agencies(&flat, &found, head) {
        if !draft.credits.iter().any(|known| known.name == credit.name) {
            draft.credits.push(credit);
        }
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

/// A piece of HTML of which a tree may be built.
pub(crate) fn safe(text: &str) -> String {
    guard::guard(text).html
}

/// What the metadata tells goes into the draft.
fn describe(meta: &metadata::Metadata, shown: Option<String>, draft: &mut Draft) {
    // The headline as it stands on the page comes first; `shape` sets it.
    let host = meta.canonical.as_deref().and_then(metadata::host);
    let hollow = |name: &String| author::hollow(name, meta.publisher.as_deref(), host.as_deref());
    let given = meta.author.as_ref().filter(|name| !hollow(name));
    draft.byline = given.cloned().or(shown).or_else(|| meta.author.clone());
    let at_home = local_day(meta);
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

/// The day in the article's address, where its data give the hour in universal time and that is the day before or after: the
/// outlet's own day is meant by what the article calls "today".
fn local_day(meta: &metadata::Metadata) -> Option<(rashomon_model::date::Date, String)> {
    let raw = meta.published_raw.as_deref().map(str::trim)?;
    let universal = raw.contains('T') && ["Z", "+00:00", "+0000"].iter().any(|zone| raw.ends_with(zone));
    let (given, _) = meta.published.as_ref().filter(|_| universal)?;
    let day = meta.canonical.as_deref().and_then(stamp::address)?;
    (given.until(day).ok()?.get_days().abs() == 1).then(|| (day, "address".to_owned()))
}

/// The entries of a live blog: as they stand on the page where they do, with their times; else as the structured data gives
/// them, each under its time, newest first as there. With `rest` neither, since they are reports of their own.
fn live(meta: &metadata::Metadata, pieces: Vec<Bare>, draft: &mut Draft, rest: bool) -> Vec<Bare> {
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
        let all = if all.contains("</") || all.contains("<br") { tagless(&all) } else { all };
        let said = pairs(&all);
        return pieces.into_iter().filter(|piece| !of_an_entry(piece, &said)).collect();
    }
    if covered(&all, &pieces) >= COVERED {
        return pieces;
    }
    let mut made: Vec<Bare> = pieces.into_iter().filter(|piece| piece.1 == Some(BlockKind::Headline)).collect();
    for Entry { published, headline, body, .. } in &meta.entries {
        if let Some(time) = published {
            made.push((time.clone(), Some(BlockKind::Dateline), true));
        }
        made.extend(headline.iter().map(|line| (line.clone(), Some(BlockKind::Paragraph), true)));
        made.extend(structured_body(body, None, &[]));
    }
    made
}

/// Share of a block's word pairs that stand in the entries above which it is one of theirs: a block of the page that only
/// quotes an entry has words of its own.
const THEIRS: f64 = 0.8;

/// Whether a block of the page is an entry's: its words, or a time that stands over one.
fn of_an_entry(piece: &Bare, said: &BTreeSet<(String, String)>) -> bool {
    if piece.1 == Some(BlockKind::Headline) {
        return false;
    }
    let own = pairs(&piece.0);
    let time = piece.1 == Some(BlockKind::Dateline) || stamp::line(&piece.0).is_some();
    time || !own.is_empty() && own.intersection(said).count() as f64 / own.len() as f64 >= THEIRS
}

/// Captions of a gallery's pictures that the page itself does not show (it is drawn by scripts).
fn captions(meta: &metadata::Metadata, pieces: &[Bare]) -> Vec<Bare> {
    if meta.captions.is_empty() {
        return Vec::new();
    }
    let shown: BTreeSet<(String, String)> = pieces.iter().flat_map(|piece| pairs(&piece.0)).collect();
    let mut seen = BTreeSet::new();
    let new = |caption: &&String| {
        let own = pairs(caption);
        let known = own.intersection(&shown).count() as f64 / own.len().max(1) as f64;
        words::count(caption) >= 5 && known < THEIRS
    };
    let new = meta.captions.iter().filter(new).filter(|caption| seen.insert(caption.as_str()));
    new.map(|caption| (caption.clone(), Some(BlockKind::Caption), true)).collect()
}

/// Pairs of neighbouring words of a text, in lower case.
fn pairs(text: &str) -> BTreeSet<(String, String)> {
    let words = words::lower(text);
    words.iter().zip(words.iter().skip(1)).map(|(a, b)| (a.clone(), b.clone())).collect()
}

/// A piece of HTML as text, block by block.
fn tagless(html: &str) -> String {
    let tree = Html::parse_document(&guard::guard(html).html);
    tree::flatten(&tree).blocks.into_iter().map(|b| b.text).collect::<Vec<_>>().join("\n\n")
}

/// Share of the word pairs of a text that stand in the pieces.
fn covered(body: &str, pieces: &[Bare]) -> f64 {
    let wanted = pairs(body);
    let found: BTreeSet<_> = pieces.iter().flat_map(|piece| pairs(&piece.0)).collect();
    wanted.intersection(&found).count() as f64 / wanted.len().max(1) as f64
}

/// Text of structured data as blocks, under the headline found on the page.
fn structured_body(body: &str, title: Option<&str>, pieces: &[Bare]) -> Vec<Bare> {
    let mut made: Vec<Bare> = pieces.iter().filter(|p| p.1 == Some(BlockKind::Headline)).cloned().collect();
    if made.is_empty()
        && let Some(title) = title
    {
        made.push((title.to_owned(), Some(BlockKind::Headline), true));
    }
    let body = if body.contains("</") || body.contains("<br") { tagless(body) } else { body.to_owned() };
    for line in body.lines() {
        let line = words::squeeze(line);
        if !line.is_empty() {
            made.push((line, Some(BlockKind::Paragraph), true));
        }
    }
    made
}

/// The article's blocks with the roles their markup gives.
fn blocks(flat: &Flat, found: &Found, head: Option<usize>, meta: &metadata::Metadata, draft: &mut Draft) -> Vec<Bare> {
    let mut pieces: Vec<Bare> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let first_text = found
        .blocks
        .iter()
        .copied()
        .find(|i| flat.blocks.get(*i).is_some_and(|b| words::runs(&b.text)))
        .unwrap_or(usize::MAX);
    if let Some(block) = head.and_then(|i| flat.blocks.get(i)) {
        seen.insert(&block.text);
        pieces.push((block.text.clone(), Some(BlockKind::Headline), true));
    }
    let start = head.map_or(0, |h| h + 1);
    let root_start = found.blocks.first().copied().unwrap_or(flat.blocks.len());
    // The picture above the headline belongs to the article.
    for block in flat.blocks.iter().take(head.unwrap_or(0)).skip(head.unwrap_or(0).saturating_sub(ABOVE)) {
        let under_picture = flat.elements.get(block.element).is_some_and(|e| e.tag == "figcaption");
        let open = !found.pruned.get(block.element).copied().unwrap_or(false);
        if under_picture && open && block.words >= 5 && seen.insert(&block.text) {
            pieces.push((block.text.clone(), Some(BlockKind::Caption), true));
        }
    }
    // Between headline and article: a standfirst the page marks or describes itself by, and a date line no metadata gives.
    for block in flat.blocks.iter().take(root_start).skip(start) {
        if head.is_none() || seen.contains(block.text.as_str()) {
            continue;
        }
        let caption = role(flat, block) == BlockKind::Caption;
        let kind = if !caption && standfirst(flat, block, meta) && !disowned(flat, block) {
            Some(BlockKind::Standfirst)
        } else if caption && block.words >= 5 && !found.pruned.get(block.element).copied().unwrap_or(false) {
            Some(BlockKind::Caption)
        } else if 2 * block.linked <= block.chars && side::origin(&block.text) {
            None
        } else {
            continue;
        };
        seen.insert(&block.text);
        pieces.push((block.text.clone(), kind, true));
    }
    let date_line = if meta.published.is_none() { date_near(flat, head, root_start) } else { None };
    if let Some(block) = date_line.and_then(|i| flat.blocks.get(i)) {
        if seen.insert(&block.text) {
            pieces.push((block.text.clone(), dateline(&block.text), true));
        }
    } else if meta.published.is_none()
        && let Some(date) = time_element(flat, head, root_start)
    {
        draft.dates.push(Dated::Metadata(Stamp { date, updated: false }, "time element".to_owned()));
    }
    let mut headings = Vec::new();
    let title_key = words::lower(meta.title.as_deref().unwrap_or("")).join(" ");
    let mut row: Option<usize> = None;
    for &i in &found.blocks {
        let Some(block) = flat.blocks.get(i) else { continue };
        // What stands above the headline is not the article's, unless it is running text.
        if Some(i) == head || Some(i) == date_line || head.is_some_and(|head| i < head) && !words::runs(&block.text) {
            continue;
        }
        let n = block.words;
        if !seen.insert(&block.text) && n >= 4 {
            draft.notes.push(("R202", format!("a repeated line was left out: {}", crate::draft::clip(&block.text))));
            continue;
        }
        let early = i < first_text;
        if early && n >= 3 && words::lower(&block.text).join(" ") == title_key {
            if head.is_none() {
                pieces.push((block.text.clone(), Some(BlockKind::Headline), true));
            }
            continue;
        }
        // Short cells of one row of a table are one list block; a cell that holds running text is a column of the page.
        let this_row = flat
            .elements
            .get(block.element)
            .filter(|cell| matches!(cell.tag, "td" | "th") && cell.blocks.len() == 1 && n < 40)
            .and_then(|cell| flat.elements.get(cell.parent).filter(|row| row.tag == "tr").map(|_| cell.parent));
        let kind = role(flat, block);
        if kind == BlockKind::Caption && (n < 3 || credit_only(&block.text)) {
            if let Some(name) = credits::bare_picture_credit(&block.text) {
                draft.credits.push(DraftCredit { name, how: "picture credit".to_owned(), at: None });
            }
            continue;
        }
        if kind == BlockKind::Paragraph && !words::runs(&block.text) {
            let dated =
                stamp::line(&block.text).is_some() || block.dated && n <= 12 && stamp::within(&block.text).is_some();
            if dated {
                // Each entry of a live blog has a time of its own.
                if meta.published.is_none() || !meta.entries.is_empty() && !early {
                    pieces.push((block.text.clone(), dateline(&block.text), true));
                } else if early && about(&block.text, meta) {
                    pieces.push((block.text.clone(), Some(BlockKind::Standfirst), true));
                }
                continue;
            }
            let named = flat.around(block).take(2).any(|(_, e)| e.names.has_word(Cue::Byline)) || block.byline;
            if early
                && (n <= 14 && named
                    || side::byline(&block.text, n)
                    || meta.author.is_some() && side::job(&block.text, n))
            {
                if meta.author.is_none() {
                    pieces.push((block.text.clone(), Some(BlockKind::Byline), true));
                }
                continue;
            }
            if early && side::reading_time(&block.text, n) || !early && side::filed(&block.text, n) {
                continue;
            }
            if early && standfirst(flat, block, meta) {
                pieces.push((block.text.clone(), Some(BlockKind::Standfirst), true));
                continue;
            }
            let position = if early { Position::Edge } else { Position::Inside };
            // The figures of a table have no words.
            let figure = this_row.is_some() && row == this_row
                || this_row.is_some() && block.text.bytes().any(|b| b.is_ascii_digit());
            let kind = furniture::kind(&block.text, position).filter(|_| !figure);
            // What stands under a label over links is looked at with it.
            if let Some(kind) = kind.filter(|_| !furniture::closing(&block.text)) {
                draft.removed(kind, &block.text);
                continue;
            }
            let credit = credits::cued_picture_credit(&block.text).or_else(|| credits::picture_agency(&block.text));
            if let Some(name) = credit.filter(|_| n <= CREDIT) {
                draft.credits.push(DraftCredit { name, how: "picture credit".to_owned(), at: None });
                continue;
            }
        } else if early
            && kind == BlockKind::Paragraph
            && side::byline(&block.text, n)
            && stamp::within(&block.text).is_some()
        {
            // the date in it is known, or found by `date_near`
            continue;
        } else if early
            && n <= 60
            && kind == BlockKind::Paragraph
            && standfirst_marked(flat, block)
            && !side::credit(&block.text, n)
        {
            pieces.push((block.text.clone(), Some(BlockKind::Standfirst), true));
            continue;
        }
        if let (Some(this), Some(before)) = (this_row, row)
            && this == before
            && let Some(last) = pieces.last_mut()
        {
            last.0.push_str(" | ");
            last.0.push_str(&block.text);
            continue;
        }
        row = this_row;
        if kind == BlockKind::Paragraph && side::pulled(flat, &found.blocks, i) {
            draft.notes.push(("R202", format!("a repeated line was left out: {}", crate::draft::clip(&block.text))));
            continue;
        }
        headings.push((pieces.len(), side::heading(flat, block)));
        let captioned =
            kind == BlockKind::Paragraph && early && !words::runs(&block.text) && credits::caption(&block.text);
        let kind = match (this_row, captioned) {
            (Some(_), _) => BlockKind::List,
            (None, true) => BlockKind::Caption,
            _ => kind,
        };
        pieces.push((block.text.clone(), Some(kind), true));
    }
    // A heading with nothing under it.
    while let Some((at, true)) = headings.last().copied().filter(|(at, _)| at + 1 == pieces.len()) {
        pieces.truncate(at);
        headings.pop();
    }
    // Where it appeared first often stands just below.
    let end = found.blocks.last().map_or(flat.blocks.len(), |last| last + 1);
    for block in flat.blocks.iter().skip(end).take(BELOW) {
        if 2 * block.linked <= block.chars && side::origin(&block.text) && seen.insert(&block.text) {
            pieces.push((block.text.clone(), None, true));
        }
    }
    side::signed(&mut pieces, meta);
    pieces
}

/// Most words of a picture credit that stands by itself.
const CREDIT: usize = 12;
/// Blocks below the article in which it may say where it appeared first.
const BELOW: usize = 6;
/// Blocks above the headline in which a picture's caption is looked for.
const ABOVE: usize = 3;
/// Blocks above the headline, and below the start of the article, in which its date line is looked for.
const NEAR: (usize, usize) = (12, 4);

/// The blocks around headline and start of the article.
fn near(head: Option<usize>, root_start: usize) -> std::ops::Range<usize> {
    head.unwrap_or(root_start).min(root_start).saturating_sub(NEAR.0)..root_start + NEAR.1
}

/// The block with a full date that is nearest to the headline: a date line, or a short line the page names as one.
fn date_near(flat: &Flat, head: Option<usize>, root_start: usize) -> Option<usize> {
    let anchor = head.unwrap_or(root_start);
    near(head, root_start)
        .filter(|i| {
            flat.blocks.get(*i).is_some_and(|block| {
                let n = block.words;
                let named = block.dated
                    || flat
                        .around(block)
                        .take(2)
                        .any(|(_, e)| e.names.has_word(Cue::Dated) || e.names.has_word(Cue::Byline));
                n <= 20
                    && (stamp::line(&block.text).is_some() || (named || n <= 8) && stamp::within(&block.text).is_some())
            })
        })
        // Below the headline rather than above it.
        .min_by_key(|i| if *i >= anchor { i - anchor } else { 2 * (anchor - i) })
}

/// The day of the first element marked as publication date, else of the first `time` element near the headline.
fn time_element(flat: &Flat, head: Option<usize>, root_start: usize) -> Option<rashomon_model::date::Date> {
    let near = near(head, root_start);
    let marked = flat.times.iter().filter(|(.., published)| *published);
    let found = marked.chain(flat.times.iter().filter(|(_, at, _)| near.contains(at)));
    found.into_iter().find_map(|(text, ..)| stamp::iso(text)).or_else(|| {
        // Further off only where the page tells one day.
        let mut days = flat.times.iter().filter_map(|(text, ..)| stamp::iso(text));
        let first = days.next()?;
        days.all(|day| day == first).then_some(first)
    })
}

/// Whether a caption names the photographer or agency only.
fn credit_only(text: &str) -> bool {
    words::count(text) <= 8 && credits::bare_picture_credit(text).is_some()
}

/// Days between a bare date below the title and the day of publication from which it is the day the page is about, as in a
/// register of incidents: a page is not published days before the day its data give.
const ABOUT_DAYS: i32 = 2;

/// Whether a bare date line gives the day the page is about rather than the one it was published on.
fn about(line: &str, meta: &metadata::Metadata) -> bool {
    let bare = line.split_whitespace().count() <= 4;
    let day = stamp::line(line).map(|(stamp, _)| stamp).filter(|stamp| bare && !stamp.updated);
    let published = meta.published.as_ref().map(|(day, _)| *day);
    day.zip(published)
        .is_some_and(|(day, published)| day.date.until(published).is_ok_and(|gap| gap.get_days() >= ABOUT_DAYS))
}

/// A date line keeps its role only where `shape` can read it by itself.
fn dateline(text: &str) -> Option<BlockKind> {
    stamp::line(text).is_none().then_some(BlockKind::Dateline)
}

/// Role of a block by its markup.
fn role(flat: &Flat, block: &Block) -> BlockKind {
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
fn disowned(flat: &Flat, block: &Block) -> bool {
    flat.around(block).take(1).any(|(_, e)| e.names.has_word(Cue::Strong) || e.names.has_word(Cue::Comments))
}

/// Whether an element close around the block is named as a standfirst.
fn standfirst_marked(flat: &Flat, block: &Block) -> bool {
    flat.around(block).take(2).any(|(_, e)| e.names.has_word(Cue::Standfirst))
}

/// Whether a block above the article is its standfirst: marked so, or the words of the page's description.
fn standfirst(flat: &Flat, block: &Block, meta: &metadata::Metadata) -> bool {
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
