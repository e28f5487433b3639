//! What do the page's own data hold that its elements do not show? Text and captions of a page drawn by scripts.

use rashomon_model::document::BlockKind;
use scraper::Html;
use std::borrow::Cow;
use std::collections::BTreeSet;

use super::metadata::Metadata;
use super::{guard, tree};
use crate::plain::Bare;
use crate::words;

/// Shortest article, in characters, found by elements; below it the page's own structured data is used if that has more.
const SHORT: usize = 250;

/// Share of the structured data's words that must stand on the page; below it the page is drawn by scripts, and what elements
/// hold is something else (a teaser, the author's biography).
const COVERED: f64 = 0.3;

/// Share of a block's word pairs that stand in another text above which it is that text's: a block of the page that only
/// quotes an entry has words of its own.
const THEIRS: f64 = 0.8;

/// The article's text as the structured data give it, under the headline found on the page, where the elements hold too little
/// of it.
pub(super) fn text(meta: &Metadata, pieces: &[Bare]) -> Option<Vec<Bare>> {
    let paragraphs = pieces.iter().filter(|piece| piece.1 == Some(BlockKind::Paragraph));
    let length: usize = paragraphs.map(|piece| piece.0.chars().count()).sum();
    let body = meta.body.as_deref().filter(|body| body.chars().count() > 2 * length.max(60))?;
    (length < SHORT || !shown(body, pieces)).then(|| {
        let mut made: Vec<Bare> = pieces.iter().filter(|p| p.1 == Some(BlockKind::Headline)).cloned().collect();
        if made.is_empty() {
            made.extend(meta.title.iter().map(|title| (title.clone(), Some(BlockKind::Headline), true)));
        }
        made.extend(self::paragraphs(body));
        made
    })
}

/// Captions of a gallery's pictures that the page itself does not show (it is drawn by scripts).
pub(super) fn captions(meta: &Metadata, pieces: &[Bare]) -> Vec<Bare> {
    if meta.captions.is_empty() {
        return Vec::new();
    }
    let shown: Pairs = pieces.iter().flat_map(|piece| pairs(&piece.0)).collect();
    let mut seen = BTreeSet::new();
    let new = |caption: &&String| words::count(caption) >= 5 && !theirs(&pairs(caption), &shown);
    let new = meta.captions.iter().filter(new).filter(|caption| seen.insert(caption.as_str()));
    new.map(|caption| (caption.clone(), Some(BlockKind::Caption), true)).collect()
}

/// The paragraphs of a text of structured data.
pub(super) fn paragraphs(body: &str) -> Vec<Bare> {
    let text = untagged(body);
    let lines = text.lines().map(words::squeeze).filter(|line| !line.is_empty());
    lines.map(|line| (line, Some(BlockKind::Paragraph), true)).collect()
}

/// A text of structured data, block by block without its tags, if it has any.
pub(super) fn untagged(text: &str) -> Cow<'_, str> {
    if !text.contains("</") && !text.contains("<br") {
        return Cow::Borrowed(text);
    }
    let tree = Html::parse_document(&guard::guard(text).html);
    Cow::Owned(tree::flatten(&tree).blocks.into_iter().map(|b| b.text).collect::<Vec<_>>().join("\n\n"))
}

/// Pairs of neighbouring words, in lower case.
pub(super) type Pairs = BTreeSet<(String, String)>;

/// Those of a text.
pub(super) fn pairs(text: &str) -> Pairs {
    let words = words::lower(text);
    words.iter().zip(words.iter().skip(1)).map(|(a, b)| (a.clone(), b.clone())).collect()
}

/// Whether a text of structured data stands on the page.
pub(super) fn shown(body: &str, pieces: &[Bare]) -> bool {
    share(&pairs(body), &pieces.iter().flat_map(|piece| pairs(&piece.0)).collect()) >= COVERED
}

/// Whether words are those of a text rather than quote it.
pub(super) fn theirs(own: &Pairs, text: &Pairs) -> bool {
    share(own, text) >= THEIRS
}

/// Share of the pairs that stand among the others.
fn share(own: &Pairs, others: &Pairs) -> f64 {
    own.intersection(others).count() as f64 / own.len().max(1) as f64
}
