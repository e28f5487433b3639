//! How well is it found who says what? Spans and relations on `bench/attribution` (PolNeAR), as its README defines.
//!
//! Spans are compared as sets of word tokens, so tokenisation and punctuation do not matter. *Exact*: equal sets.
//! *IoU50*: shared tokens are at least half of all. *Relation*: contents IoU50, cues overlap, sources overlap or both
//! are absent. Plain functions: gold and predictions in, [`Figures`] out. PolNeAR marks one level only: no cue of its 22,000
//! relations lies in the content of another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rashomon_analyze::attribution::{Group, Judge};
use rashomon_analyze::encoder::Encoder;
use rashomon_analyze::{attribution, learned_attributions, segment};
use rashomon_model::analysis::{Sentence, Word};
use rashomon_model::attribution::Attribution;
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::{Document, Span};
use serde_json::Value;

use super::Figures;
use super::sets::{Counts, bare, lines};

/// One relation: source, cue, content, each a list of [start, end) in code points.
pub type Relation = [Vec<(usize, usize)>; 3];

/// Word tokens by number.
pub(super) type Ids = BTreeSet<usize>;

/// Word tokens `\w+(['’]\w+)?` as code point ranges.
fn words(text: &str) -> Vec<(usize, usize)> {
    let chars: Vec<char> = text.chars().collect();
    let is_word = |i: usize| chars.get(i).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let (mut out, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        if !is_word(i) {
            i += 1;
            continue;
        }
        let start = i;
        while is_word(i) {
            i += 1;
        }
        if matches!(chars.get(i), Some('\'' | '’')) && is_word(i + 1) {
            i += 1;
            while is_word(i) {
                i += 1;
            }
        }
        out.push((start, i));
    }
    out
}

fn ids(spans: &[(usize, usize)], words: &[(usize, usize)]) -> Ids {
    let mut out = Ids::new();
    for &(start, end) in spans {
        let first = words.partition_point(|w| w.1 <= start);
        out.extend((first..words.len()).take_while(|&i| words[i].0 < end));
    }
    out
}

fn overlap(a: &Ids, b: &Ids) -> f64 {
    let shared = a.intersection(b).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}

/// Pairs of overlap at least one half, one to one, by falling overlap.
fn paired(gold: &BTreeSet<Ids>, predicted: &BTreeSet<Ids>) -> usize {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in predicted.iter().enumerate() {
            let o = overlap(g, p);
            if o >= 0.5 {
                pairs.push((o, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let (mut used_gold, mut used_predicted, mut n) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (_, i, j) in pairs {
        if !used_gold.contains(&i) && !used_predicted.contains(&j) {
            used_gold.insert(i);
            used_predicted.insert(j);
            n += 1;
        }
    }
    n
}

/// Counts by measure.
#[derive(Debug, Clone, Default)]
pub struct Score(BTreeMap<&'static str, Counts>);

/// Relations as token sets.
pub(crate) fn sets(text: &str, relations: &[Relation]) -> Vec<[Ids; 3]> {
    let words = words(text);
    relations.iter().map(|r| [ids(&r[0], &words), ids(&r[1], &words), ids(&r[2], &words)]).collect()
}

/// Relations that meet, one to one, in the order of the gold ones: contents IoU50, cues overlap, sources overlap or both are
/// absent.
pub(crate) fn meet(gold: &[[Ids; 3]], predicted: &[[Ids; 3]]) -> Vec<(usize, usize)> {
    let (mut used, mut pairs) = (BTreeSet::new(), Vec::new());
    for (i, g) in gold.iter().enumerate() {
        let found = predicted.iter().enumerate().find(|(j, p)| {
            !used.contains(j)
                && overlap(&g[2], &p[2]) >= 0.5
                && (g[1].is_empty() || !g[1].is_disjoint(&p[1]))
                && (!g[0].is_disjoint(&p[0]) || (g[0].is_empty() && p[0].is_empty()))
        });
        if let Some((j, _)) = found {
            used.insert(j);
            pairs.push((i, j));
        }
    }
    pairs
}

const ROLES: [&str; 3] = ["source_exact", "cue_exact", "content_exact"];

impl Score {
    /// Adds one document.
    pub fn add(&mut self, text: &str, gold: &[Relation], predicted: &[Relation]) {
        let (gold, predicted) = (sets(text, gold), sets(text, predicted));
        for (role, name) in ROLES.iter().enumerate() {
            let distinct = |r: &[[Ids; 3]]| -> BTreeSet<Ids> {
                r.iter().map(|x| x[role].clone()).filter(|x| !x.is_empty()).collect()
            };
            let (g, p) = (distinct(&gold), distinct(&predicted));
            self.0.entry(name).or_default().add(g.intersection(&p).count(), p.len(), g.len());
            if role == 2 {
                self.0.entry("content_iou50").or_default().add(paired(&g, &p), p.len(), g.len());
            }
        }
        let n = meet(&gold, &predicted).len();
        self.0.entry("relation").or_default().add(n, predicted.len(), gold.len());
    }

    /// F1 by measure, names with this prefix.
    #[must_use]
    pub fn figures(&self, prefix: &str) -> Figures {
        self.0.iter().map(|(name, counts)| (format!("{prefix}.{name}"), counts.f1())).collect()
    }
}

pub(crate) fn gold(item: &Value) -> Vec<Relation> {
    let spans = |relation: &Value, role: &str| -> Vec<(usize, usize)> {
        let number = |v: Option<&Value>| v.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        relation[role].as_array().into_iter().flatten().map(|s| (number(s.get(0)), number(s.get(1)))).collect()
    };
    item["relations"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|r| [spans(r, "source"), spans(r, "cue"), spans(r, "content")])
        .collect()
}

/// A document whose blocks are the lines that hold words.
pub(crate) fn document(id: &str, text: &str) -> Document {
    let mut doc = bare(id, text);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::from_usize(at, at + line.len()).trimmed(text);
        at += line.len();
        if !span.is_empty() {
            doc.blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
    }
    doc
}

/// Code point offsets of every byte of a text.
pub(crate) fn points(text: &str) -> Vec<usize> {
    let mut table = Vec::with_capacity(text.len() + 1);
    let mut n = 0;
    for c in text.chars() {
        table.extend(std::iter::repeat_n(n, c.len_utf8()));
        n += 1;
    }
    table.push(n);
    table
}

/// Attributions as relations; a headline that inherits its chain (P12) has no attributing words and is none.
pub(crate) fn relations(text: &str, found: &[Attribution]) -> Vec<Relation> {
    let points = points(text);
    found.iter().filter(|a| is_said(a)).map(|a| relation(&points, a)).collect()
}

/// Whether words attribute here.
pub(super) fn is_said(attribution: &Attribution) -> bool {
    !attribution.content.is_empty() && attribution.made_by != "P12"
}

/// One attribution in code points.
pub(crate) fn relation(points: &[usize], a: &Attribution) -> Relation {
    let spans = |list: &[Span]| list.iter().map(|s| (points[s.start as usize], points[s.end as usize])).collect();
    [spans(&a.source), spans(&a.cue), spans(&a.content)]
}

/// An article of the set with what the learned reader saw in it, read once for all measurements.
pub(super) struct Article {
    pub(super) doc: Document,
    pub(super) gold: Vec<Relation>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) words: Vec<Word>,
    /// What the reader sees in the text, all on one level.
    pub(super) learned: Vec<Attribution>,
    /// The same with what it sees in the contents.
    pub(super) deep: Vec<Attribution>,
}

impl Article {
    fn new(item: &Value, encoder: &Encoder) -> Self {
        let doc = document(item["id"].as_str().unwrap_or_default(), item["text"].as_str().unwrap_or_default());
        let sentences = segment::sentences(&doc);
        let mut words = segment::words(&doc, &sentences);
        let reading = encoder.read_document(&doc, &sentences);
        reading.tag(&mut words);
        let deep = learned_attributions(&doc, &sentences, &reading, encoder);
        Self { gold: gold(item), sentences, words, learned: reading.attributions(), deep, doc }
    }

    /// The learned reading with these groups of rules over it.
    pub(super) fn read(&self, learned: Vec<Attribution>, groups: &[Group]) -> Vec<Attribution> {
        attribution::read_by(&self.doc, &self.sentences, &self.words, &[], learned, groups)
    }
}

/// Scores one reading of all articles.
fn score(articles: &[Article], prefix: &str, read: &dyn Fn(&Article) -> Vec<Attribution>) -> Figures {
    let mut score = Score::default();
    for article in articles {
        let text = article.doc.text.as_str();
        score.add(text, &article.gold, &relations(text, &read(article)));
    }
    score.figures(prefix)
}

/// Those inside no other.
pub(crate) fn outermost(mut list: Vec<Attribution>) -> Vec<Attribution> {
    list.retain(|a| a.inside.is_none());
    list
}

/// The whole task: the learned reader alone; with the rules over it (the product), its outermost level, which is all PolNeAR
/// marks, and all levels together, where each one inside another counts as wrong; the rules alone; with their judge (`fast`,
/// outermost and all levels); the reader with each group of rules by itself (`attribution.with.*`); and CofeNet's sentences.
///
/// # Errors
/// If a file cannot be read.
pub fn measure(folder: &Path, encoder: &Encoder) -> Result<Figures, String> {
    let articles: Vec<Article> =
        lines(&folder.join("dev.jsonl"))?.iter().map(|item| Article::new(item, encoder)).collect();
    let product = |article: &Article| article.read(article.deep.clone(), Group::ALL);
    let mut figures = score(&articles, "attribution.reader", &|article| article.learned.clone());
    figures.extend(score(&articles, "attribution.product", &|article| outermost(product(article))));
    figures.extend(score(&articles, "attribution.all_levels", &product));
    figures.extend(score(&articles, "attribution.rules", &|article| article.read(Vec::new(), Group::ALL)));
    let judge = Judge::load(rashomon_weights::JUDGE).map_err(|e| e.to_string())?;
    let fast = |article: &Article| {
        let (doc, sentences) = (&article.doc, &article.sentences);
        attribution::read_judged(doc, sentences, &segment::words(doc, sentences), &[], &judge)
    };
    figures.extend(score(&articles, "attribution.fast", &|article| outermost(fast(article))));
    figures.extend(score(&articles, "attribution.fast_all_levels", &fast));
    for group in Group::ALL {
        let with = score(&articles, "with", &|article| article.read(article.learned.clone(), &[*group]));
        for name in ["content_exact", "relation", "source_exact"] {
            let value = with.get(&format!("with.{name}")).copied().unwrap_or_default();
            figures.insert(format!("attribution.with.{}.{name}", group.name()), value);
        }
    }
    let items = lines(&folder.join("sentences-dev.jsonl"))?;
    figures.extend(super::bio::measure(&items, &articles, &product, encoder));
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_counts_when_all_three_meet() {
        let text = "The mayor said the bridge fell.";
        let gold: Vec<Relation> = vec![[vec![(0, 9)], vec![(10, 14)], vec![(15, 30)]]];
        let mut score = Score::default();
        score.add(text, &gold, &[[vec![(4, 9)], vec![(10, 14)], vec![(19, 31)]]]);
        let figures = score.figures("a");
        assert_eq!(figures["a.source_exact"], 0.0);
        assert_eq!(figures["a.cue_exact"], 1.0);
        assert_eq!(figures["a.content_iou50"], 1.0);
        assert_eq!(figures["a.relation"], 1.0);
        let mut score = Score::default();
        score.add(text, &gold, &[[vec![], vec![(10, 14)], vec![(15, 30)]]]);
        assert_eq!(score.figures("a")["a.relation"], 0.0);
        assert_eq!(score.figures("a")["a.content_exact"], 1.0);
    }
}
