//! How fast is the analysis? Words per CPU-second of the whole product reading, against spaCy if it is there.
//!
//! Everything the product does with a text counts: bytes to document, all layers of the analysis, claims. The sides
//! take turns on the same texts, one thread each, so that a busy machine slows both alike; a side's figure is its best turn
//! (the one others disturbed least). Words are what white space parts. Loading is not counted.

pub(crate) mod ingest;
pub(crate) mod link;
mod python;

use std::path::{Path, PathBuf};

use rashomon::resources::{Loaded, ReaderChoice};
use rashomon_ingest::{Input, MediaType};

use crate::eval::sets::lines;
use python::Python;

/// One side of the comparison.
struct Side<'a> {
    name: String,
    /// Reads all texts once and gives the CPU seconds it took.
    turn: Box<dyn FnMut() -> Result<f64, String> + 'a>,
    seconds: Vec<f64>,
}

/// Runs `bench analyze` with its arguments; false if they make no sense or nothing could be measured.
pub(crate) fn run(root: &Path, args: &[&str]) -> bool {
    let mut data: Option<PathBuf> = None;
    let (mut turns, mut articles, mut spacy) = (3usize, 14usize, false);
    let mut only: Vec<&str> = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match (*arg, rest.next().copied()) {
            ("--data", Some(value)) => data = Some(PathBuf::from(value)),
            ("--turns", Some(value)) => turns = value.parse().unwrap_or(turns).max(1),
            ("--articles", Some(value)) => articles = value.parse().unwrap_or(articles).max(1),
            ("--speed", Some(value)) => only.push(value),
            ("--against", Some("spacy")) => spacy = true,
            _ => {
                eprintln!("bench: cannot make sense of {arg}; see cargo xtask");
                return false;
            }
        }
    }
    match measure(root, data.as_deref(), turns, articles, spacy, &only) {
        Ok(()) => true,
        Err(why) => {
            eprintln!("bench: {why}");
            false
        }
    }
}

fn measure(
    root: &Path,
    data: Option<&Path>,
    turns: usize,
    articles: usize,
    spacy: bool,
    only: &[&str],
) -> Result<(), String> {
    let (whence, texts) = texts(root, data, articles)?;
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    println!("{whence}: {} texts, {words} words, {turns} turns, one thread", texts.len());
    let accurate = Loaded::new(&[], &[], ReaderChoice::Shipped).map_err(|e| e.to_string())?;
    let fast = Loaded::new(&[], &[], ReaderChoice::Fast).map_err(|e| e.to_string())?;
    let mut sides: Vec<Side<'_>> = Vec::new();
    for (name, resources) in [("accurate", &accurate), ("fast", &fast)] {
        if only.is_empty() || only.contains(&name) {
            let texts = &texts;
            sides.push(Side {
                name: format!("rashomon --speed {name}"),
                turn: Box::new(move || timed(|| texts.iter().for_each(|text| read(text, resources)))),
                seconds: Vec::new(),
            });
        }
    }
    if spacy {
        let rows: String = texts.iter().map(|text| format!("{}\n", serde_json::json!({ "text": text }))).collect();
        match Python::start(include_str!("bench/spacy.py"), &rows) {
            Ok(mut other) => sides.push(Side {
                name: other.version.clone(),
                turn: Box::new(move || other.turn()),
                seconds: Vec::new(),
            }),
            Err(why) => println!("spaCy is ABSENT, nothing to compare with: {why}"),
        }
    }
    for _ in 0..turns {
        for side in &mut sides {
            let seconds = (side.turn)()?;
            side.seconds.push(seconds);
        }
    }
    let best = |side: &Side<'_>| words as f64 / side.seconds.iter().copied().fold(f64::INFINITY, f64::min);
    let other = sides.iter().find(|side| side.name.starts_with("spaCy")).map(best);
    println!("{:<46} {:>14} {:>10}", "", "words/CPU-s", "to spaCy");
    for side in &sides {
        let ratio = other.map_or(String::new(), |other| format!("{:.2}×", best(side) / other));
        println!("{:<46} {:>14.0} {ratio:>10}", side.name, best(side));
    }
    Ok(())
}

/// The articles to read: the first of PolNeAR's dev part, or else the shipped examples.
fn texts(root: &Path, data: Option<&Path>, articles: usize) -> Result<(String, Vec<String>), String> {
    if let Some(data) = data {
        let items = lines(&data.join("attribution/dev.jsonl"))?;
        let texts = items.iter().take(articles).filter_map(|item| item["text"].as_str().map(str::to_owned)).collect();
        return Ok(("PolNeAR dev".to_owned(), texts));
    }
    let (inputs, _) = rashomon_ingest::read::inputs(&[root.join("examples")]);
    let mut texts: Vec<String> = inputs
        .into_iter()
        .filter_map(|input| rashomon_ingest::extract(input).ok())
        .map(|done| done.value.text)
        .collect();
    texts.truncate(articles);
    if texts.is_empty() {
        return Err("no texts under examples/".to_owned());
    }
    Ok(("shipped examples".to_owned(), texts))
}

/// Everything the product does with one text before it compares.
fn read(text: &str, resources: &Loaded) {
    let input = Input::new("bench.txt", MediaType::Plain, text.as_bytes().to_vec());
    let Ok(done) = rashomon_ingest::extract(input) else { return };
    let analysis = rashomon_analyze::analyze_by(&done.value, resources, resources.reader());
    std::hint::black_box(rashomon_analyze::claim::claims(&done.value, &analysis, resources));
}

/// CPU seconds of this thread while `work` runs.
fn timed(work: impl FnOnce()) -> Result<f64, String> {
    let start = cpu_seconds()?;
    work();
    Ok(cpu_seconds()? - start)
}

/// CPU seconds this thread has run, as Linux counts them.
pub(crate) fn cpu_seconds() -> Result<f64, String> {
    let path = "/proc/thread-self/schedstat";
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}; CPU time is only read on Linux"))?;
    let nanoseconds: f64 = text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default();
    Ok(nanoseconds * 1e-9)
}
