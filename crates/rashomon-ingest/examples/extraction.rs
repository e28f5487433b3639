//! Scores the extractor on pages with pieces that must and must not be found:
//! `cargo run --release -p rashomon-ingest --example extraction -- GOLD.jsonl [--misses]`.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]
use std::io::Read as _;

fn main() {
    let gold = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let misses = std::env::args().nth(2).is_some();
    let mut counts = [[0u32; 3]; 2];
    for line in std::fs::read_to_string(&gold).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(
            std::fs::File::open(gold.parent().unwrap().join(row["file"].as_str().unwrap())).unwrap(),
        )
        .read_to_end(&mut bytes)
        .unwrap();
        let mut input =
            rashomon_ingest::Input::new(row["id"].as_str().unwrap(), rashomon_ingest::MediaType::Html, bytes);
        input.given.url = row["url"].as_str().map(str::to_owned);
        let text = rashomon_ingest::extract(input).map(|w| w.value.text).unwrap_or_default();
        let k = usize::from(row["language"] != "en");
        let pieces =
            |key: &str| row[key].as_array().unwrap().iter().map(|p| p.as_str().unwrap().to_owned()).collect::<Vec<_>>();
        for p in pieces("include") {
            let hit = text.contains(&p);
            counts[k][if hit { 0 } else { 2 }] += 1;
            if !hit && misses {
                println!("MISS {} {} {p:?}", row["language"], row["id"]);
            }
        }
        for p in pieces("exclude") {
            if text.contains(&p) {
                counts[k][1] += 1;
                if misses {
                    println!("KEPT {} {} {p:?}", row["language"], row["id"]);
                }
            }
        }
    }
    for (name, [tp, fp, missed]) in ["en", "other"].iter().zip(counts.map(|c| c.map(f64::from))) {
        println!(
            "{name}: P {:.3} R {:.3} F1 {:.3}",
            tp / (tp + fp),
            tp / (tp + missed),
            2.0 * tp / (2.0 * tp + fp + missed)
        );
    }
}
