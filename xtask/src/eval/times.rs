//! How well are temporal expressions read? Detection, type and value F1 as in TempEval-3, and the share of right days.
//!
//! Input: `bench/times/*.jsonl` (see its README). Texts are measured on, never stored.

use rashomon_analyze::{segment, time};
use rashomon_model::analysis::TimeType;
use rashomon_model::date::{Basis, Date, DateValue};
use rashomon_model::document::{Block, BlockKind, Document};
use rashomon_model::span::Span;
use serde_json::Value;

use super::sets::bare;

/// Counts over all documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// Expressions of the gold standard.
    pub gold: usize,
    /// Expressions found.
    pub found: usize,
    /// Found with the same start and end.
    pub strict: usize,
    /// Found sharing a character, one to one.
    pub relaxed: usize,
    /// Of the relaxed, with the right type.
    pub types: usize,
    /// Of the relaxed, with the right value.
    pub values: usize,
    /// Gold DATE and TIME with a full day.
    pub days: usize,
    /// Of those, found with the right day.
    pub right_days: usize,
}

impl Times {
    /// The measures by name, from 0 to 1.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, f64)> {
        let f1 = |right: usize| {
            let sum = self.gold + self.found;
            if sum == 0 { 0.0 } else { 2.0 * right as f64 / sum as f64 }
        };
        vec![
            ("strict_F1", f1(self.strict)),
            ("relaxed_F1", f1(self.relaxed)),
            ("type_F1", f1(self.types)),
            ("value_F1", f1(self.values)),
            ("right_day", self.right_days as f64 / self.days.max(1) as f64),
        ]
    }
}

/// A document of plain text: one paragraph a block (blank lines divide; single line ends become spaces).
#[must_use]
pub fn document(id: &str, text: &str, published: Option<Date>) -> Document {
    let mut bytes: Vec<char> = text.chars().collect();
    for i in 0..bytes.len() {
        let before = i.checked_sub(1).and_then(|before| bytes.get(before));
        let single = bytes.get(i + 1) != Some(&'\n') && before != Some(&'\n');
        if let Some(c) = bytes.get_mut(i).filter(|c| **c == '\n' && single) {
            *c = ' ';
        }
    }
    let text: String = bytes.into_iter().collect();
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::from_usize(start, start + line.len()).trimmed(&text);
        start += line.len();
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
    }
    Document { published: published.map(|day| DateValue::day(day, Basis::Metadata)), blocks, ..bare(id, &text) }
}

/// Scores one item (a line of the set), adding to `times`.
pub fn score(item: &Value, times: &mut Times) {
    let words = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("");
    let published = words("published").get(..10).and_then(|d| d.parse::<Date>().ok());
    let doc = document(words("id"), words("text"), published);
    let sentences = segment::sentences(&doc);
    let read = time::read(&doc, &sentences);
    let starts: Vec<usize> = doc.text.char_indices().map(|(at, _)| at).chain([doc.text.len()]).collect();
    let byte = |value: Option<&Value>| {
        let at = value.and_then(Value::as_u64).unwrap_or(0) as usize;
        starts.get(at).copied().unwrap_or(doc.text.len())
    };
    let mut taken = vec![false; read.len()];
    let empty = Vec::new();
    for gold in item.get("timexes").and_then(Value::as_array).unwrap_or(&empty) {
        let span = Span::from_usize(byte(gold.get("start")), byte(gold.get("end")));
        let text = |key: &str| gold.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        let (kind, value) = (text("type"), text("value"));
        times.gold += 1;
        let best = read
            .iter()
            .enumerate()
            .filter(|(i, t)| t.span.overlaps(span) && !taken.get(*i).copied().unwrap_or(true))
            .max_by_key(|(i, t)| (t.span == span, t.span.intersection(span).map(Span::len), usize::MAX - i));
        let dated = day_of(&value).filter(|_| kind != "DURATION" && kind != "SET");
        times.days += usize::from(dated.is_some());
        let Some((i, time)) = best else { continue };
        if let Some(slot) = taken.get_mut(i) {
            *slot = true;
        }
        times.relaxed += 1;
        times.strict += usize::from(time.span == span);
        times.types += usize::from(time.kind.name() == kind);
        times.values += usize::from(time.value == value);
        if dated.is_some() && time.kind != TimeType::Duration {
            times.right_days += usize::from(dated == day_of(&time.value));
        }
    }
    times.found += read.len();
}

/// The day a value begins with.
fn day_of(value: &str) -> Option<&str> {
    let day = value.get(..10)?;
    day.parse::<Date>().is_ok().then_some(day)
}
