//! How well is the article found on a page?
//!
//! Plain functions over the developers' part of `bench/article-extraction` (its README gives fields and metric): a piece
//! counts as found when it stands literally in the extracted text; a page that fails is the empty string.

use std::collections::BTreeMap;
use std::path::Path;

use rashomon_ingest::{Document, Input, MediaType, extract};
use serde_json::Value;

use super::sets::{bytes, lines};

/// Pieces found, found though they must not be, and missed.
#[derive(Default)]
struct Count {
    found: u32,
    wrong: u32,
    missed: u32,
}

impl Count {
    /// Precision, recall, F1.
    fn scores(&self) -> [(&'static str, f64); 3] {
        let (tp, fp, missed) = (f64::from(self.found), f64::from(self.wrong), f64::from(self.missed));
        [
            ("p", tp / (tp + fp).max(1.0)),
            ("r", tp / (tp + missed).max(1.0)),
            ("f1", 2.0 * tp / (2.0 * tp + fp + missed).max(1.0)),
        ]
    }
}

/// Figures `extraction.{english,other}.{p,r,f1}`, and the share of pages whose title and date are those of the gold:
/// `extraction.title`, `extraction.date`.
///
/// # Errors
/// Names the file that cannot be read or the line that is not JSON.
pub fn pages(folder: &Path) -> Result<BTreeMap<String, f64>, String> {
    let gold = folder.join("gold.jsonl");
    let (mut english, mut other) = (Count::default(), Count::default());
    let (mut title, mut date) = ([0u32; 2], [0u32; 2]);
    for row in lines(&gold)? {
        let field = |key: &str| row.get(key).and_then(Value::as_str);
        let doc = page(&folder.join(field("file").unwrap_or("")), field("url"))?;
        let text = doc.as_ref().map_or("", |doc| doc.text.as_str());
        let count = if field("language") == Some("en") { &mut english } else { &mut other };
        let pieces = |key: &str| row.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        for piece in pieces("include") {
            if text.contains(piece.as_str().unwrap_or("")) { count.found += 1 } else { count.missed += 1 }
        }
        count.wrong +=
            u32::try_from(pieces("exclude").iter().filter(|p| text.contains(p.as_str().unwrap_or(""))).count())
                .unwrap_or(0);
        if let Some(gold) = field("title") {
            let same = doc.as_ref().and_then(|doc| doc.title.as_deref()).is_some_and(|own| own.trim() == gold.trim());
            tally(&mut title, same);
        }
        if let Some(gold) = field("date") {
            let own = doc.as_ref().and_then(|doc| doc.published.as_ref()).map(rashomon_model::date::DateValue::edtf);
            tally(&mut date, own.as_deref() == Some(gold));
        }
    }
    let mut figures = BTreeMap::new();
    for (name, count) in [("english", english), ("other", other)] {
        for (score, value) in count.scores() {
            figures.insert(format!("extraction.{name}.{score}"), value);
        }
    }
    for (name, [right, all]) in [("title", title), ("date", date)] {
        figures.insert(format!("extraction.{name}"), f64::from(right) / f64::from(all.max(1)));
    }
    Ok(figures)
}

fn tally(count: &mut [u32; 2], right: bool) {
    count[0] += u32::from(right);
    count[1] += 1;
}

/// The document of a page, if one is found.
fn page(path: &Path, url: Option<&str>) -> Result<Option<Document>, String> {
    let mut input = Input::new("page", MediaType::Html, bytes(path)?);
    input.given.url = url.map(str::to_owned);
    Ok(extract(input).ok().map(|read| read.value))
}
