//! How well are killed and injured counted, and the range of an incident built from a narrative?
//!
//! Input: `bench/counts/incidents.jsonl` (see its README). The narrative cites several sources at once; its counts are read
//! by `rashomon_analyze::quantity`, and [`range`] takes lowest and highest as the `airwars` profile does (methods.md A3).

use super::times::document;
use rashomon_analyze::{quantity, segment, time};
use rashomon_model::date::Date;
use rashomon_model::quantity::{Category, Outcome, Quantity};
use serde_json::Value;
use std::collections::BTreeMap;

/// Counts over all incidents, for one outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counts {
    /// Incidents with a gold range.
    pub n: usize,
    /// Incidents for which a range was built.
    pub covered: usize,
    /// Both bounds right.
    pub exact: usize,
    /// Gold ranges with two different bounds.
    pub true_ranges: usize,
    /// Of those, both bounds right.
    pub true_exact: usize,
    /// Lower bound right.
    pub lower: usize,
    /// Upper bound right.
    pub upper: usize,
    /// Sum of the absolute errors of log(1 + n), lower bound.
    pub lower_error: f64,
    /// The same, upper bound.
    pub upper_error: f64,
}

impl Counts {
    /// The measures by name.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, f64)> {
        let of = |part: usize, n: usize| part as f64 / n.max(1) as f64;
        vec![
            ("exact", of(self.exact, self.n)),
            ("exact_on_true_ranges", of(self.true_exact, self.true_ranges)),
            ("lower_bound", of(self.lower, self.n)),
            ("upper_bound", of(self.upper, self.n)),
            ("coverage", of(self.covered, self.n)),
            ("exact_of_covered", of(self.exact, self.covered)),
            ("log_error_lower", self.lower_error / self.n.max(1) as f64),
            ("log_error_upper", self.upper_error / self.n.max(1) as f64),
        ]
    }
}

/// Counts read in the narrative of an incident.
#[must_use]
pub fn read(item: &Value) -> Vec<Quantity> {
    let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("");
    let published = text("date").get(..10).and_then(|d| d.parse::<Date>().ok());
    let doc = document(text("id"), text("text"), published);
    let sentences = segment::sentences(&doc);
    let times = time::read(&doc, &sentences);
    quantity::read(&doc, &sentences, &times)
}

/// Scores what was [`read`] of one incident for an outcome, adding to `counts`; `None` where the gold has no figure.
pub fn score(item: &Value, read: &[Quantity], outcome: Outcome, counts: &mut Counts) -> Option<()> {
    let gold = item.get(outcome.name()).filter(|v| !v.is_null())?;
    let gold = (gold.get("min")?.as_u64()?, gold.get("max")?.as_u64()?);
    let built = range(read, outcome);
    counts.n += 1;
    let (low, high) = built.unwrap_or((0, 0));
    counts.covered += usize::from(built.is_some());
    let (lower, upper) = (built.is_some() && low == gold.0, built.is_some() && high == gold.1);
    counts.lower += usize::from(lower);
    counts.upper += usize::from(upper);
    counts.exact += usize::from(lower && upper);
    if gold.0 < gold.1 {
        counts.true_ranges += 1;
        counts.true_exact += usize::from(lower && upper);
    }
    let log = |a: u64, b: u64| ((1.0 + a as f64).ln() - (1.0 + b as f64).ln()).abs();
    counts.lower_error += log(low, gold.0);
    counts.upper_error += log(high, gold.1);
    Some(())
}

/// Counts by category of one incident's killed, adding to `counts`: the range of the figures read for that category, parts
/// of a toll included; the first figure opens it, others widen it upward.
pub fn score_categories(item: &Value, read: &[Quantity], counts: &mut BTreeMap<&'static str, Counts>) {
    let Some(gold) = item.get("by_category").filter(|v| v.is_object()) else { return };
    for (name, category) in CATEGORIES {
        let bound = |key: &str| gold.get(name).and_then(|v| v.get(key)).and_then(Value::as_u64);
        let (Some(low), Some(high)) = (bound("min"), bound("max")) else { continue };
        let bounds: Vec<(u64, u64)> = read
            .iter()
            .filter(|q| q.of == Some(Outcome::Killed) && q.category == Some(category))
            .filter(|q| q.cumulative.is_none() && !q.zero && !vague(q))
            .map(printed)
            .collect();
        let built = bounds.first().map(|first| {
            let top = bounds.iter().map(|b| b.0.max(b.1)).max().unwrap_or(first.1);
            (first.0.min(top), top)
        });
        let scored = counts.entry(name).or_default();
        scored.n += 1;
        scored.covered += usize::from(built.is_some());
        scored.lower += usize::from(built.is_some_and(|b| b.0 == low));
        scored.upper += usize::from(built.is_some_and(|b| b.1 == high));
        scored.exact += usize::from(built == Some((low, high)));
    }
}

/// Categories of the recorder's page, by its name for them.
const CATEGORIES: [(&str, Category); 5] = [
    ("children", Category::Children),
    ("women", Category::Women),
    ("men", Category::Men),
    ("journalists", Category::Journalists),
    ("healthcare_personnel", Category::Medics),
];

/// The range a collating narrative supports, after the `airwars` profile (methods.md A3).
///
/// Its first figure is the recorder's own and opens the range; figures it cites from others widen it upward. Left out are
/// parts, cumulative totals, counts beside others, combatants. Figures told as an earlier state stay in: a narrative cites
/// them from others, and only a source's own revision replaces its figure (methods.md A2).
/// "Up to" gives an upper bound only; "about" enters with the number printed. Figures for anyone go before figures for
/// one category, those before single victims, those before vague plurals.
#[must_use]
pub fn range(read: &[Quantity], outcome: Outcome) -> Option<(u64, u64)> {
    let all: Vec<&Quantity> = read
        .iter()
        .filter(|q| {
            q.of == Some(outcome)
                && q.cumulative.is_none()
                && q.part_of.is_none()
                && !q.whole
                && !q.zero
                && q.category != Some(Category::Combatants)
        })
        .collect();
    let anyone = |q: &Quantity| matches!(q.category, None | Some(Category::People | Category::Civilians));
    let figure = |q: &Quantity| !vague(q) && !q.beside;
    let several = |q: &Quantity| q.count.min > 1 || q.count.max.is_some_and(|m| m > 1);
    let numeral =
        |q: &Quantity| q.why.starts_with("the number") || q.why.starts_with("at least") || q.why.starts_with("between");
    let opens = all.first().map(|q| q.span.start);
    let first = |q: &Quantity| Some(q.span.start) == opens;
    let sum = |q: &Quantity| q.why.starts_with("sum of");
    let tiers: [&dyn Fn(&Quantity) -> bool; 5] = [
        &|q| anyone(q) && figure(q) && (several(q) && (!sum(q) || first(q)) || numeral(q) && first(q)),
        &|q| anyone(q) && figure(q) && several(q),
        &|q| figure(q) && several(q),
        &|q| !vague(q),
        &|_| true,
    ];
    let chosen: Vec<&Quantity> = tiers.iter().find_map(|tier| {
        let of: Vec<&Quantity> = all.iter().copied().filter(|q| tier(q)).collect();
        (!of.is_empty()).then_some(of)
    })?;
    // Of figures that are none, "dozens" says more than "civilians".
    let dozens: Vec<&Quantity> = chosen.iter().copied().filter(|q| vague(q) && q.count.min >= 10).collect();
    let chosen = if chosen.iter().all(|q| vague(q)) && !dozens.is_empty() { dozens } else { chosen };
    let bounds: Vec<(u64, u64)> = chosen.iter().map(|q| printed(q)).collect();
    let high = bounds.iter().map(|(low, high)| *low.max(high)).max()?;
    // "Up to" has no lower bound of its own: the next figure opens the range.
    let low = bounds.iter().map(|(low, _)| *low).find(|low| *low > 0).unwrap_or(high);
    Some((low.min(high), high))
}

/// The bounds of a figure: what is printed for "about", the open end closed.
fn printed(q: &Quantity) -> (u64, u64) {
    let low = q.count.min;
    if vague(q) {
        // Airwars enters a plural without number as two, "dozens" as one to two dozen.
        return if low < 10 { (low.min(2), low.min(2)) } else { (low, low.saturating_mul(2)) };
    }
    let high = q.count.max.unwrap_or(low);
    if q.why.contains("about") || q.why.contains("ten per cent either") {
        let middle = low.midpoint(high);
        return (middle, middle);
    }
    (low, high)
}

/// Whether the figure is no figure ("several", "civilians", "a family").
fn vague(q: &Quantity) -> bool {
    q.why.contains("E1") || q.why.contains("plural") || q.why.contains("famil")
}
