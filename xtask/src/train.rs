//! How does the judge of the rules' findings learn? Logistic regression over hashed features, from `bench/attribution`.
//!
//! `cargo xtask train judge --data DIR` reads the train part of PolNeAR, takes what the rules find in it, calls a finding right
//! as the scorer does, and writes `crates/rashomon-weights/data/judge.weights`. Every sixth article is held back: on them
//! the number of rounds and the threshold are chosen; then it learns from all. Seeds are fixed; nothing else is random.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rashomon_analyze::attribution::judge::{Judge, SIZE, findings};
use rashomon_analyze::{attribution, segment};
use rashomon_model::Document;
use serde_json::Value;

use crate::eval::attribution::{Relation, Score, document, gold, meet, outermost, points, relation, relations, sets};
use crate::eval::indomain;
use crate::eval::sets::lines;

/// Name of what is written.
const NAME: &str = "judge-linear-1";
/// Most rounds over the examples.
const ROUNDS: usize = 8;
/// Step of AdaGrad and pull of the weights to zero.
const STEP: f64 = 0.08;
const PULL: f64 = 0.02;

/// One finding of the rules.
struct Example {
    article: usize,
    features: Vec<u32>,
    right: bool,
}

/// Runs `train judge` with its arguments.
pub(crate) fn run(root: &Path, args: &[&str]) -> bool {
    let ["--data", data] = args else {
        eprintln!("train: name the evaluation sets with --data DIR");
        return false;
    };
    match learn(root, &PathBuf::from(data)) {
        Ok(()) => true,
        Err(why) => {
            eprintln!("train: {why}");
            false
        }
    }
}

fn learn(root: &Path, data: &Path) -> Result<(), String> {
    let (mut examples, mut marked) = (Vec::new(), Vec::new());
    for (article, item) in lines(&data.join("attribution/train.jsonl.gz"))?.iter().enumerate() {
        marked.push(examples_of(article, item, &mut examples));
    }
    let held = |article: usize| article % 6 == 5;
    let (kept, back): (Vec<&Example>, Vec<&Example>) = examples.iter().partition(|e| !held(e.article));
    let marked_back: usize = marked.iter().enumerate().filter(|(article, _)| held(*article)).map(|(_, n)| n).sum();
    println!("{} findings of {} articles, {} held back", examples.len(), marked.len(), back.len());
    let mut best = (0.0, 1, 0.0);
    for rounds in 1..=ROUNDS {
        let weights = fit(&kept, rounds);
        let (f1, threshold) = cut(&back, &weights, marked_back);
        println!("  {rounds} rounds: F1 {:.2} of the held back, threshold {threshold:.2}", 100.0 * f1);
        if f1 > best.0 {
            best = (f1, rounds, threshold);
        }
    }
    let weights = fit(&examples.iter().collect::<Vec<_>>(), best.1);
    let top = weights.iter().fold(1e-9, |a: f64, w| a.max(w.abs()));
    let whole: Vec<i8> = weights.iter().map(|w| (w / top * 127.0).round() as i8).collect();
    let file = Judge::file(NAME, (best.2 / top * 127.0).round() as i32, &whole);
    let judge = Judge::load(&file).map_err(|e| e.to_string())?;
    let path = root.join("crates/rashomon-weights/data/judge.weights");
    std::fs::write(&path, file).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{} rounds on all; written {}", best.1, path.display());
    let dev = lines(&data.join("attribution/dev.jsonl"))?;
    let dev = dev.iter().map(|item| {
        (document(item["id"].as_str().unwrap_or_default(), item["text"].as_str().unwrap_or_default()), gold(item))
    });
    report("dev", dev.collect(), &judge);
    report("indomain", indomain::relations(&root.join("eval/indomain"))?, &judge);
    Ok(())
}

/// Prints what the rules find with and without the judge: on all levels, and on the outermost, which is all PolNeAR marks.
fn report(set: &str, articles: Vec<(Document, Vec<Relation>)>, judge: &Judge) {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for (doc, gold) in articles {
        let sentences = segment::sentences(&doc);
        let words = segment::words(&doc, &sentences);
        let readings = [
            ("rules", attribution::read(&doc, &sentences, &words, &[], Vec::new())),
            ("fast", attribution::read_judged(&doc, &sentences, &words, &[], judge)),
        ];
        for (name, all) in readings {
            for (levels, list) in [("all", all.clone()), ("outermost", outermost(all))] {
                let score = scores.entry(format!("{set}.{name}.{levels}")).or_default();
                score.add(&doc.text, &gold, &relations(&doc.text, &list));
            }
        }
    }
    for (name, score) in scores {
        let figures = score.figures(&name);
        let list: Vec<String> = figures
            .iter()
            .map(|(key, value)| format!("{} {:.1}", key.rsplit('.').next().unwrap_or_default(), 100.0 * value))
            .collect();
        println!("  {name}: {}", list.join(", "));
    }
}

/// Adds the findings in one article; gives the number of relations marked in it.
fn examples_of(article: usize, item: &Value, examples: &mut Vec<Example>) -> usize {
    let doc = document(item["id"].as_str().unwrap_or_default(), item["text"].as_str().unwrap_or_default());
    let sentences = segment::sentences(&doc);
    let words = segment::words(&doc, &sentences);
    let points = points(&doc.text);
    let found = findings(&doc, &sentences, &words);
    let gold = gold(item);
    let predicted: Vec<_> = found.iter().map(|(a, _)| relation(&points, a)).collect();
    let right: BTreeSet<usize> =
        meet(&sets(&doc.text, &gold), &sets(&doc.text, &predicted)).into_iter().map(|(_, found)| found).collect();
    for (at, (_, features)) in found.into_iter().enumerate().filter(|(_, (_, features))| !features.is_empty()) {
        examples.push(Example { article, features, right: right.contains(&at) });
    }
    gold.len()
}

fn score(example: &Example, weights: &[f64]) -> f64 {
    example.features.iter().map(|&f| weights[f as usize]).sum()
}

/// Weights after so many rounds.
fn fit(examples: &[&Example], rounds: usize) -> Vec<f64> {
    let (mut weights, mut squares) = (vec![0f64; SIZE], vec![1e-6f64; SIZE]);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 20_261_122_u64;
    for _ in 0..rounds {
        for i in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (seed >> 33) as usize % (i + 1));
        }
        for &i in &order {
            let example = examples[i];
            let sure = 1.0 / (1.0 + (-score(example, &weights)).exp());
            let wrong = sure - f64::from(u8::from(example.right));
            for &f in &example.features {
                let f = f as usize;
                let slope = wrong + PULL * weights[f];
                squares[f] += slope * slope;
                weights[f] -= STEP * slope / squares[f].sqrt();
            }
        }
    }
    weights
}

/// The threshold of the best F1, and that F1, if so many relations are marked.
fn cut(examples: &[&Example], weights: &[f64], marked: usize) -> (f64, f64) {
    let mut scored: Vec<(f64, bool)> = examples.iter().map(|e| (score(e, weights), e.right)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut best, mut right) = ((0.0, 0.0), 0usize);
    for (n, (score, is_right)) in scored.iter().enumerate() {
        right += usize::from(*is_right);
        let f1 = 2.0 * right as f64 / (n + 1 + marked) as f64;
        if f1 > best.0 {
            best = (f1, *score);
        }
    }
    best
}
