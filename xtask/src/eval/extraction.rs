//! How well is the article found on a page?
//!
//! Plain functions over the developers' part of `bench/article-extraction` (its README gives fields and metric): a piece
//! counts as found when it stands literally in the extracted text; a page that fails is the empty string. Two texts are
//! measured: all that a document holds, headline and captions among it, and its main text
//! ([`Document::main_text`](rashomon_model::Document::main_text)), which is what extractors of articles give.

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

/// Figures `extraction.{english,other}.{p,r,f1}` of the whole text, `extraction.main.{english,other}.{p,r,f1}` of the main text, and the share of pages whose title and date are those of the gold:
/// `extraction.title`, `extraction.date`; and whose author's names are those of the gold: `extraction.byline`.
///
/// # Errors
/// Names the file that cannot be read or the line that is not JSON.
pub fn pages(folder: &Path) -> Result<BTreeMap<String, f64>, String> {
    let gold = folder.join("gold.jsonl");
    let mut counts: [Count; 4] = Default::default();
    let (mut title, mut date, mut byline) = ([0u32; 2], [0u32; 2], [0u32; 2]);
    for row in lines(&gold)? {
        let field = |key: &str| row.get(key).and_then(Value::as_str);
        let doc = page(&folder.join(field("file").unwrap_or("")), field("url"))?;
        let texts = doc.as_ref().map_or_else(Default::default, |doc| [doc.text.clone(), doc.main_text()]);
        let of = |key: &str, text: &str| {
            let pieces = row.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            let (found, missed): (Vec<&str>, Vec<&str>) = pieces.partition(|piece| text.contains(piece));
            (u32::try_from(found.len()).unwrap_or(0), u32::try_from(missed.len()).unwrap_or(0))
        };
        let foreign = usize::from(field("language") != Some("en"));
        for (count, text) in counts.iter_mut().skip(foreign).step_by(2).zip(&texts) {
            let (found, missed) = of("include", text);
            let (wrong, _) = of("exclude", text);
            *count = Count { found: count.found + found, wrong: count.wrong + wrong, missed: count.missed + missed };
        }
        if let Some(gold) = field("title") {
            let same = doc.as_ref().and_then(|doc| doc.title.as_deref()).is_some_and(|own| own.trim() == gold.trim());
            tally(&mut title, same);
        }
        let author = match row.get("author") {
            Some(Value::String(one)) => one.clone(),
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        if !author.is_empty() {
            let own = doc.as_ref().and_then(|doc| doc.byline.as_deref()).unwrap_or("");
            tally(&mut byline, names(&author) == names(own));
        }
        if let Some(gold) = field("date") {
            let own = doc.as_ref().and_then(|doc| doc.published.as_ref()).map(rashomon_model::date::DateValue::edtf);
            tally(&mut date, own.as_deref() == Some(gold));
        }
    }
    let mut figures = BTreeMap::new();
    for (name, count) in ["english", "other", "main.english", "main.other"].into_iter().zip(&counts) {
        for (score, value) in count.scores() {
            figures.insert(format!("extraction.{name}.{score}"), value);
        }
    }
    for (name, [right, all]) in [("title", title), ("date", date), ("byline", byline)] {
        figures.insert(format!("extraction.{name}"), f64::from(right) / f64::from(all.max(1)));
    }
    Ok(figures)
}

/// The words of names, without those between them.
fn names(line: &str) -> std::collections::BTreeSet<String> {
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.filter(|word| !matches!(word.as_str(), "by" | "and" | "von" | "und" | "par" | "et" | "por" | "y")).collect()
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
