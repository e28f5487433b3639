//! Which gold mentions of events mean one event? Input: `bench/event-coreference` (see its README).
//!
//! Two mentions are one event if their texts tell of one occurrence and they have the same head word. Which texts tell of one
//! occurrence is the product's own linking ([`rashomon_compare::link`]): each text is given one claim of an event over its whole
//! length, so that only words, people, days and places speak. Topics are not told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rashomon::resources::{Loaded, ReaderChoice};
use rashomon_compare::link::{self, Linked};
use rashomon_model::Document;
use rashomon_model::analysis::{Analysis, EventKind};
use rashomon_model::attribution::{Delivery, Factuality};
use rashomon_model::claim::{Claim, Polarity, Proposition, PropositionKind};
use rashomon_model::id::ClaimId;
use rashomon_model::party::Actors;
use rashomon_model::span::Span;
use serde_json::Value;

use super::Figures;
use super::likeness::{document, list, stem, text};
use super::sets::lines;

/// One gold mention.
struct Mention {
    document: usize,
    head: String,
    chain: String,
}

/// CoNLL F1 and its parts on the developers' part `dev`.
pub(super) fn measure(folder: &Path) -> Result<Figures, String> {
    let rows = lines(&folder.join("dev.jsonl"))?;
    let resources = Loaded::new(&[], &[], ReaderChoice::Fast).map_err(|e| e.to_string())?;
    let documents: Vec<Document> = rows.iter().map(|row| document(text(row, "doc"), text(row, "text"))).collect();
    let analyses: Vec<Analysis> = documents.iter().map(|doc| rashomon_analyze::analyze(doc, &resources)).collect();
    let claims: Vec<Vec<Claim>> = documents.iter().map(|doc| vec![claim(doc)]).collect();
    let linked: Vec<Linked<'_>> = documents
        .iter()
        .zip(&analyses)
        .zip(&claims)
        .map(|((document, analysis), claims)| Linked { document, analysis, claims })
        .collect();
    let places = analyses
        .iter()
        .flat_map(|analysis| &analysis.toponyms)
        .filter_map(|toponym| toponym.place.clone())
        .map(|place| (place.id.clone(), place))
        .collect();
    let found = link::link(&linked, &places, &[]);
    let mut occurrence: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, (incident, _)) in found.incidents.iter().enumerate() {
        for id in &incident.documents {
            occurrence.entry(id.as_str()).or_insert(index);
        }
    }
    let mentions: Vec<Mention> = rows.iter().enumerate().flat_map(|(index, row)| mentions(index, row)).collect();
    let mut figures = Figures::new();
    let told = |mention: &Mention| {
        let id = documents.get(mention.document).map_or("", |doc| doc.id.as_str());
        occurrence.get(id).map_or_else(|| format!("alone {id}"), |at| format!("occurrence {at}"))
    };
    let own: Vec<String> = mentions.iter().map(|m| format!("{} {}", told(m), m.head)).collect();
    let topic = |m: &Mention| rows.get(m.document).map_or("", |row| text(row, "topic"));
    let lemma: Vec<String> = mentions.iter().map(|m| format!("{} {}", topic(m), m.head)).collect();
    let gold: Vec<&str> = mentions.iter().map(|m| m.chain.as_str()).collect();
    figures.extend(scores("coreference", &own, &gold));
    // the usual weak line: the same head word within the topics, told
    figures.extend(
        scores("same_head_in_gold_topic", &lemma, &gold).into_iter().filter(|(name, _)| name.ends_with("conll")),
    );
    Ok(figures)
}

/// A claim of some event over the whole text.
fn claim(doc: &Document) -> Claim {
    Claim {
        id: ClaimId::new(format!("c-{}", doc.id)),
        document: doc.id.clone(),
        anchors: vec![Span::from_usize(0, doc.text.len())],
        chain: Vec::new(),
        delivery: Delivery::Indirect,
        factuality: Factuality::CertainPositive,
        flags: BTreeSet::new(),
        proposition: Proposition {
            kind: PropositionKind::Strike,
            polarity: Polarity::Positive,
            event: Some(EventKind::Attack),
            actor: Actors::default(),
            target: Vec::new(),
            place: Vec::new(),
            time: None,
            count: Vec::new(),
            means: Vec::new(),
        },
        evidence: Vec::new(),
        confidence: 1.0,
        why: Vec::new(),
    }
}

/// Gold mentions of events of one text.
fn mentions(document: usize, row: &Value) -> Vec<Mention> {
    let chars: Vec<char> = text(row, "text").chars().collect();
    let place =
        |mention: &Value, key: &str| mention.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let events = list(row, "mentions").iter().filter(|mention| text(mention, "kind") == "event");
    events
        .filter_map(|mention| {
            let words: String = chars.get(place(mention, "start")?..place(mention, "end")?)?.iter().collect();
            Some(Mention { document, head: head(&words), chain: text(mention, "chain").to_owned() })
        })
        .collect()
}

/// The head of a phrase, near enough: the first word that is no function word ("was arrested", "pleading guilty").
fn head(phrase: &str) -> String {
    let own = super::likeness::words(phrase);
    own.first().cloned().unwrap_or_else(|| stem(phrase))
}

/// Clusters by name.
fn clusters<T: Ord + Copy>(of: impl Iterator<Item = T>) -> Vec<Vec<usize>> {
    let mut found: BTreeMap<T, Vec<usize>> = BTreeMap::new();
    for (index, name) in of.enumerate() {
        found.entry(name).or_default().push(index);
    }
    found.into_values().collect()
}

/// Share of one side's links that the other side has: its clusters, the other's cluster of each item, the other's clusters.
type Share = fn(&[Vec<usize>], &[usize], &[Vec<usize>]) -> f64;

/// MUC, B-cubed, CEAF-e, their mean, and LEA.
fn scores(name: &str, given: &[String], gold: &[&str]) -> Figures {
    let system = clusters(given.iter().map(String::as_str));
    let key = clusters(gold.iter().copied());
    let (of_system, of_key) = (index(&system, given.len()), index(&key, given.len()));
    let pair = |one: Share| f1(one(&system, &of_key, &key), one(&key, &of_system, &system));
    let (muc, bcubed, lea) = (pair(muc), pair(bcubed), pair(lea));
    let best = ceaf(&system, &of_key, &key);
    let ceaf = f1(best / system.len().max(1) as f64, best / key.len().max(1) as f64);
    [("muc", muc), ("bcubed", bcubed), ("ceaf_e", ceaf), ("conll", (muc + bcubed + ceaf) / 3.0), ("lea", lea)]
        .into_iter()
        .map(|(part, value)| (format!("{name}.{part}"), value))
        .collect()
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// Cluster of each item.
fn index(clusters: &[Vec<usize>], n: usize) -> Vec<usize> {
    let mut of = vec![0; n];
    for (cluster, members) in clusters.iter().enumerate() {
        for member in members {
            if let Some(slot) = of.get_mut(*member) {
                *slot = cluster;
            }
        }
    }
    of
}

/// How many items of a cluster fall in each cluster of the other side.
fn shares(members: &[usize], other: &[usize]) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    for cluster in members.iter().filter_map(|item| other.get(*item)) {
        *found.entry(*cluster).or_default() += 1;
    }
    found
}

/// Links of `from` that the other side has, over all links of `from` (Vilain 1995).
fn muc(from: &[Vec<usize>], other: &[usize], _: &[Vec<usize>]) -> f64 {
    let links: usize = from.iter().map(|members| members.len() - 1).sum();
    let kept: usize = from.iter().map(|members| members.len() - shares(members, other).len()).sum();
    if links == 0 { 0.0 } else { kept as f64 / links as f64 }
}

/// Mean over items of the share of their cluster that the other side has with them.
fn bcubed(from: &[Vec<usize>], other: &[usize], _: &[Vec<usize>]) -> f64 {
    let items: usize = from.iter().map(Vec::len).sum();
    let sum: f64 = from
        .iter()
        .map(|members| shares(members, other).values().map(|n| (n * n) as f64).sum::<f64>() / members.len() as f64)
        .sum();
    sum / items.max(1) as f64
}

/// Link-based, weighed by size; a singleton is right if it is one on the other side (Moosavi and Strube 2016).
fn lea(from: &[Vec<usize>], other: &[usize], sides: &[Vec<usize>]) -> f64 {
    let items: usize = from.iter().map(Vec::len).sum();
    let pairs = |n: usize| (n * (n - 1) / 2) as f64;
    let one = |members: &Vec<usize>| {
        if let [only] = members[..] {
            let alone = other.get(only).and_then(|cluster| sides.get(*cluster)).is_some_and(|side| side.len() == 1);
            return if alone { 1.0 } else { 0.0 };
        }
        shares(members, other).values().map(|n| pairs(*n)).sum::<f64>() / pairs(members.len()) * members.len() as f64
    };
    from.iter().map(one).sum::<f64>() / items.max(1) as f64
}

/// Sum of φ4 over the best one-to-one matching of clusters (Luo 2005): exact by augmenting within each group of clusters that
/// share items.
fn ceaf(system: &[Vec<usize>], of_key: &[usize], key: &[Vec<usize>]) -> f64 {
    let mut edges: Vec<(f64, usize, usize)> = Vec::new();
    for (s, members) in system.iter().enumerate() {
        for (k, shared) in shares(members, of_key) {
            let size = members.len() + key.get(k).map_or(0, Vec::len);
            edges.push((2.0 * shared as f64 / size as f64, s, k));
        }
    }
    assignment(&edges)
}

/// Greatest sum of a matching, by repeated improvement along paths (Bellman and Ford on a sparse graph).
fn assignment(edges: &[(f64, usize, usize)]) -> f64 {
    let mut by_left: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for (value, left, right) in edges {
        by_left.entry(*left).or_default().push((*right, *value));
    }
    let mut mate: BTreeMap<usize, usize> = BTreeMap::new(); // right → left
    let weight = |left: usize, right: usize| {
        by_left.get(&left).into_iter().flatten().find(|(r, _)| *r == right).map_or(0.0, |(_, value)| *value)
    };
    for start in by_left.keys().copied() {
        // best gain at each right end reachable from the start, and by which left it is reached
        let mut gain: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        let mut open: Vec<(usize, f64)> = vec![(start, 0.0)];
        while let Some((left, so_far)) = open.pop() {
            for (right, value) in by_left.get(&left).into_iter().flatten() {
                let reached = so_far + value;
                if gain.get(right).is_some_and(|(known, _)| *known >= reached - 1e-12) {
                    continue;
                }
                gain.insert(*right, (reached, left));
                if let Some(holder) = mate.get(right).filter(|holder| **holder != left) {
                    open.push((*holder, reached - weight(*holder, *right)));
                }
            }
        }
        // end at a free right, or push the last holder out for good
        let ends = gain.iter().map(|(right, (value, _))| {
            let freed = mate.get(right).map_or(*value, |holder| value - weight(*holder, *right));
            (freed, *right)
        });
        let Some((_, end)) =
            ends.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).filter(|(best, _)| *best > 1e-12)
        else {
            continue;
        };
        let mut right = end;
        let mut steps = 0;
        while let Some((_, left)) = gain.get(&right).copied().filter(|_| steps <= by_left.len()) {
            let before = mate.iter().find(|(_, holder)| **holder == left).map(|(r, _)| *r);
            mate.insert(right, left);
            steps += 1;
            match before.filter(|_| left != start) {
                Some(next) => right = next,
                None => break,
            }
        }
    }
    mate.iter().map(|(right, left)| weight(*left, *right)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_and_split() {
        let gold = ["a", "a", "b"];
        let same: Vec<String> = gold.iter().map(|g| (*g).to_owned()).collect();
        let found = scores("x", &same, &gold);
        assert!(found.values().all(|value| (value - 1.0).abs() < 1e-9), "{found:?}");
        let split: Vec<String> = ["1", "2", "3"].iter().map(|g| (*g).to_owned()).collect();
        let found = scores("x", &split, &gold);
        assert!(found["x.muc"].abs() < 1e-9);
        assert!((found["x.bcubed"] - 0.8).abs() < 1e-9);
    }

    #[test]
    fn the_best_matching_is_not_the_greedy_one() {
        let edges = [(0.9, 0, 0), (0.8, 0, 1), (0.8, 1, 0)];
        assert!((assignment(&edges) - 1.6).abs() < 1e-9);
    }
}
