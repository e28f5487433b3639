//! Which propositions of two texts say the same, and does another text entail a proposition? Input: `bench/alignment` (see its
//! README); measured only.
//!
//! `qa-align`: two questions with answers are aligned if their verbs are of one stem or their answers share most of their
//! (rare) words, best first, one to one. `propsegment`: a proposition is entailed if the other text has most of its words and
//! all its numbers. Both by folded words, as the product compares items and weapons; it does not align free propositions, so
//! this is a line to improve on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::Figures;
use super::likeness::{Rarity, list, stem, text, words};
use super::sets::lines;

/// Likeness from which two questions with answers are one. Set on the developers' part.
const SAME: f64 = 0.62;
/// Share of a proposition's words (by rarity) in the other text from which it is entailed. Set on the developers' part.
const ENTAILED: f64 = 0.72;

/// Both sets.
pub(super) fn measure(folder: &Path) -> Result<Figures, String> {
    let mut found = qa_align(&lines(&folder.join("qa-align.jsonl"))?);
    found.extend(propsegment(&lines(&folder.join("propsegment.jsonl"))?));
    Ok(found)
}

/// A question with its answer.
struct Asked {
    id: String,
    verb: String,
    asks: String,
    answer: Vec<String>,
}

fn asked(row: &Value, key: &str) -> Vec<Asked> {
    let one = |qa: &Value| Asked {
        id: text(qa, "id").to_owned(),
        verb: stem(text(qa, "verb")),
        asks: text(qa, "question").split_whitespace().next().unwrap_or("").to_lowercase(),
        answer: words(text(qa, "answer")),
    };
    list(row, key).iter().map(one).collect()
}

fn qa_align(rows: &[Value]) -> Figures {
    let mut rarity = Rarity::default();
    for row in rows {
        rarity.add(text(row, "sentence_1"));
        rarity.add(text(row, "sentence_2"));
    }
    let (mut right, mut said, mut wanted) = (0.0, 0.0, 0.0);
    let (mut pairs_right, mut pairs_said, mut pairs_wanted) = (0.0, 0.0, 0.0);
    for row in rows {
        let (left, other) = (asked(row, "qas_1"), asked(row, "qas_2"));
        let mut scored: Vec<(f64, usize, usize)> = Vec::new();
        for (i, a) in left.iter().enumerate() {
            for (j, b) in other.iter().enumerate() {
                let score = like(a, b, &rarity);
                if score >= SAME {
                    scored.push((score, i, j));
                }
            }
        }
        scored.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let (mut used, mut met) = (BTreeSet::new(), BTreeSet::new());
        let mut found: BTreeSet<(Vec<String>, Vec<String>)> = BTreeSet::new();
        for (_, i, j) in scored {
            if !used.contains(&i) && !met.contains(&j) {
                used.insert(i);
                met.insert(j);
                if let (Some(a), Some(b)) = (left.get(i), other.get(j)) {
                    found.insert((vec![a.id.clone()], vec![b.id.clone()]));
                }
            }
        }
        let ids = |alignment: &Value, key: &str| -> Vec<String> {
            let mut ids: Vec<String> =
                list(alignment, key).iter().filter_map(Value::as_str).map(str::to_owned).collect();
            ids.sort();
            ids
        };
        let gold: BTreeSet<(Vec<String>, Vec<String>)> =
            list(row, "alignments").iter().map(|one| (ids(one, "sentence_1"), ids(one, "sentence_2"))).collect();
        let split = |set: &BTreeSet<(Vec<String>, Vec<String>)>| -> BTreeSet<(String, String)> {
            set.iter()
                .flat_map(|(a, b)| a.iter().flat_map(move |x| b.iter().map(move |y| (x.clone(), y.clone()))))
                .collect()
        };
        right += found.intersection(&gold).count() as f64;
        (said, wanted) = (said + found.len() as f64, wanted + gold.len() as f64);
        let (own, true_pairs) = (split(&found), split(&gold));
        pairs_right += own.intersection(&true_pairs).count() as f64;
        (pairs_said, pairs_wanted) = (pairs_said + own.len() as f64, pairs_wanted + true_pairs.len() as f64);
    }
    let f1 =
        |right: f64, said: f64, wanted: f64| if said + wanted == 0.0 { 0.0 } else { 2.0 * right / (said + wanted) };
    [("qa_align.f1", f1(right, said, wanted)), ("qa_align.pairs.f1", f1(pairs_right, pairs_said, pairs_wanted))]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// How alike two questions with answers are: six tenths for the answers' shared words, .35 for a verb of one stem, .15
/// for the same question word.
fn like(a: &Asked, b: &Asked, rarity: &Rarity) -> f64 {
    let (x, y): (BTreeSet<String>, BTreeSet<String>) =
        (a.answer.iter().cloned().collect(), b.answer.iter().cloned().collect());
    let answers = f64::midpoint(rarity.share(&a.answer, &y), rarity.share(&b.answer, &x));
    let verb = if a.verb == b.verb { 0.35 } else { 0.0 };
    let asks = if a.asks == b.asks { 0.15 } else { 0.0 };
    answers * 0.6 + verb + asks
}

fn propsegment(rows: &[Value]) -> Figures {
    let mut rarity = Rarity::default();
    for sentence in rows.iter().flat_map(|row| list(row, "documents")).flat_map(|doc| list(doc, "sentences")) {
        rarity.add(sentence.as_str().unwrap_or_default());
    }
    let mut table: BTreeMap<(bool, bool), f64> = BTreeMap::new();
    for row in rows {
        let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for doc in list(row, "documents") {
            texts.insert(text(doc, "id"), list(doc, "sentences").iter().filter_map(Value::as_str).collect());
        }
        for judged in list(row, "judgements") {
            let Some(label) = judged.get("label").and_then(Value::as_str) else { continue };
            let sentence =
                judged.get("sentence").and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            let Some(whole) = texts.get(text(judged, "hypothesis_document")).and_then(|own| own.get(sentence)) else {
                continue;
            };
            let chars: Vec<char> = whole.chars().collect();
            let place = |span: &Value, at: usize| {
                span.get(at).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
            };
            let pieces: Vec<String> = list(judged, "proposition")
                .iter()
                .filter_map(|span| chars.get(place(span, 0)..place(span, 1)).map(|piece| piece.iter().collect()))
                .collect();
            let proposition = words(&pieces.join(" "));
            let premise: BTreeSet<String> =
                texts.get(text(judged, "premise_document")).into_iter().flatten().flat_map(|s| words(s)).collect();
            let number = |word: &&String| word.bytes().all(|b| b.is_ascii_digit());
            let numbers = proposition.iter().filter(number).all(|n| premise.contains(n));
            let said = numbers && rarity.share(&proposition, &premise) >= ENTAILED;
            *table.entry((label == "entails", said)).or_default() += 1.0;
        }
    }
    let cell = |gold: bool, said: bool| table.get(&(gold, said)).copied().unwrap_or(0.0);
    let share = |gold: bool| cell(gold, gold) / (cell(gold, true) + cell(gold, false)).max(1.0);
    let all: f64 = table.values().sum();
    [
        ("propsegment.balanced_accuracy", f64::midpoint(share(true), share(false))),
        ("propsegment.accuracy", (cell(true, true) + cell(false, false)) / all.max(1.0)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}
