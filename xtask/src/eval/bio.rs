//! How does it compare with what is published? CofeNet's version of PolNeAR: one sentence at a time, one label a token.
//!
//! `bench/attribution/sentences-dev.jsonl`, measure 4 of its README: only B- opens a span, an I- of the same type goes on, any
//! other I- ends it and is ignored. *Exact*: type, start and end equal; *begin*: type and start equal. Two readings are
//! scored: each sentence **alone**, all a published system sees, and in its **article**, what Rashomon reads.
//!
//! Comparable to the published figures only in the scheme and the input: those are on the test part (this is dev), from
//! systems trained on these very tokens and on all annotators (ours saw raw text and one annotator an article).

use std::collections::{BTreeMap, BTreeSet};

use rashomon_analyze::attribution::{self, Group};
use rashomon_analyze::encoder::Encoder;
use rashomon_analyze::segment;
use rashomon_model::Span;
use rashomon_model::attribution::Attribution;
use serde_json::Value;

use super::Figures;
use super::attribution::{Article, document};
use super::sets::Counts;

/// Source, cue, content.
const TYPES: [&str; 3] = ["source", "cue", "content"];

/// Type, first token, one past the last.
type Labelled = (usize, usize, usize);

/// Counts by type and measure.
#[derive(Default)]
struct Scores(BTreeMap<(usize, &'static str), Counts>);

impl Scores {
    fn add(&mut self, gold: &BTreeSet<Labelled>, predicted: &BTreeSet<Labelled>) {
        for kind in 0..TYPES.len() {
            let of = |set: &BTreeSet<Labelled>| set.iter().filter(|s| s.0 == kind).copied().collect::<BTreeSet<_>>();
            let begin = |set: &BTreeSet<Labelled>| set.iter().map(|s| (s.0, s.1, 0)).collect::<BTreeSet<_>>();
            let (g, p) = (of(gold), of(predicted));
            for (name, g, p) in [("exact", g.clone(), p.clone()), ("begin", begin(&g), begin(&p))] {
                self.0.entry((kind, name)).or_default().add(g.intersection(&p).count(), p.len(), g.len());
            }
        }
    }

    fn figures(&self, prefix: &str) -> Figures {
        self.0.iter().map(|((kind, name), counts)| (format!("{prefix}.{}_{name}", TYPES[*kind]), counts.f1())).collect()
    }
}

/// Spans of BIO labels.
fn spans(labels: &[String]) -> BTreeSet<Labelled> {
    let mut found = BTreeSet::new();
    let mut open: Option<(usize, usize)> = None;
    for (i, label) in labels.iter().map(String::as_str).chain(["O"]).enumerate() {
        let kind = |name: &str| TYPES.iter().position(|t| *t == name);
        let begins = label.strip_prefix("B-").and_then(kind);
        let goes_on = label.strip_prefix("I-").and_then(kind);
        if let Some((of, from)) = open
            && goes_on != Some(of)
        {
            found.insert((of, from, i));
            open = None;
        }
        if let Some(of) = begins {
            open = Some((of, i));
        }
    }
    found
}

/// Labels of tokens at `places`; a later attribution does not overwrite an earlier one's words.
fn labels(places: &[Option<Span>], found: &[Attribution]) -> Vec<String> {
    let mut labels = vec!["O".to_owned(); places.len()];
    let mut claimed: Vec<Option<(usize, Span)>> = vec![None; places.len()];
    for (kind, spans) in found.iter().flat_map(|a| [(0, &a.source), (1, &a.cue), (2, &a.content)]).collect::<Vec<_>>() {
        for span in spans {
            for (i, place) in places.iter().enumerate() {
                if place.is_some_and(|p| p.overlaps(*span)) && claimed[i].is_none() {
                    claimed[i] = Some((kind, *span));
                }
            }
        }
    }
    for i in 0..places.len() {
        if let Some((kind, span)) = claimed[i] {
            let goes_on = i > 0 && claimed[i - 1] == Some((kind, span));
            labels[i] = format!("{}-{}", if goes_on { "I" } else { "B" }, TYPES[kind]);
        }
    }
    labels
}

/// How a token may be written in the article.
fn writings(token: &str) -> Vec<&str> {
    match token {
        "``" | "''" | "\"" => vec!["“", "”", "\"", "''", "``"],
        "'" | "`" => vec!["’", "‘", "'", "`"],
        "--" => vec!["—", "–", "--", "-"],
        "..." => vec!["…", "..."],
        _ => vec![token],
    }
}

/// Where each token stands in the article, searching on from `at`; `None` for one that is written otherwise.
fn place(text: &str, tokens: &[&str], at: &mut usize) -> Vec<Option<Span>> {
    tokens
        .iter()
        .map(|token| {
            let rest = text.get(*at..)?;
            let skipped = rest.len() - rest.trim_start().len();
            let plain = token.replace('\'', "’");
            let here = rest.get(skipped..)?;
            let near: Option<(usize, usize)> = writings(token)
                .into_iter()
                .chain([plain.as_str()])
                .filter(|w| here.starts_with(w))
                .map(|w| (skipped, w.len()))
                .next()
                .or_else(|| {
                    // written otherwise in between: look on a little way for a word
                    let window = here.char_indices().map(|(i, _)| i).take(400).last().unwrap_or(0);
                    let long = token.chars().filter(|c| c.is_alphanumeric()).count() > 2;
                    let found = long.then(|| here.get(..window).and_then(|s| s.find(token))).flatten()?;
                    Some((skipped + found, token.len()))
                });
            let (start, len) = near?;
            let span = Span::from_usize(*at + start, *at + start + len);
            *at += start + len;
            Some(span)
        })
        .collect()
}

/// The tokens as running text, with the place of each.
fn join(tokens: &[&str]) -> (String, Vec<Option<Span>>) {
    let mut text = String::new();
    let mut glue = true;
    let mut quoted = false;
    let places = tokens
        .iter()
        .map(|token| {
            let written = match *token {
                "``" => "“",
                "''" => "”",
                "\"" => {
                    quoted = !quoted;
                    if quoted { "“" } else { "”" }
                }
                other => other,
            };
            let leans = matches!(written, "," | "." | ":" | ";" | "?" | "!" | ")" | "”" | "%" | "…" | "...")
                || written.starts_with('\'') && written.len() > 1
                || written.eq_ignore_ascii_case("n't");
            if !glue && !leans {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(written);
            glue = matches!(written, "(" | "“" | "$" | "`");
            Some(Span::from_usize(start, text.len()))
        })
        .collect();
    (text, places)
}

/// Exact and begin F1 of every type, each sentence alone and in its article.
pub(super) fn measure(
    items: &[Value],
    articles: &[Article],
    product: &dyn Fn(&Article) -> Vec<Attribution>,
    encoder: &Encoder,
) -> Figures {
    let read: BTreeMap<&str, (&Article, Vec<Attribution>)> =
        articles.iter().map(|a| (a.doc.id.as_str(), (a, product(a)))).collect();
    let mut at: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut cache: BTreeMap<String, Vec<Attribution>> = BTreeMap::new();
    let (mut alone, mut within) = (Scores::default(), Scores::default());
    for item in items {
        let strings = |field: &str| -> Vec<&str> {
            item[field].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
        };
        let field = |name: &str| item[name].as_str().unwrap_or_default();
        let tokens = strings("tokens");
        let gold = spans(&strings("labels").iter().map(|l| (*l).to_owned()).collect::<Vec<_>>());
        let (text, places) = join(&tokens);
        let found = cache.entry(text.clone()).or_insert_with(|| {
            let doc = document("sentence", &text);
            let sentences = segment::sentences(&doc);
            let mut words = segment::words(&doc, &sentences);
            let reading = encoder.read_document(&doc, &sentences);
            reading.tag(&mut words);
            let list = attribution::read_by(&doc, &sentences, &words, &[], reading.attributions(), Group::ALL);
            list.into_iter().filter(|a| a.inside.is_none() && a.made_by != "P12").collect()
        });
        alone.add(&gold, &spans(&labels(&places, found)));
        if let Some((article, found)) = read.get(field("document")) {
            let cursor = at.entry((field("document"), field("annotator"))).or_default();
            let places = place(&article.doc.text, &tokens, cursor);
            let outer: Vec<Attribution> = found.iter().filter(|a| a.inside.is_none()).cloned().collect();
            within.add(&gold, &spans(&labels(&places, &outer)));
        }
    }
    let mut figures = alone.figures("attribution.sentences.alone");
    figures.extend(within.figures("attribution.sentences.article"));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(list: &[&str]) -> Vec<String> {
        list.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn only_b_opens_a_span() {
        let labels = own(&["I-cue", "B-source", "I-source", "I-cue", "B-cue", "B-cue", "O", "B-content"]);
        let found: Vec<Labelled> = spans(&labels).into_iter().collect();
        assert_eq!(found, [(0, 1, 3), (1, 4, 5), (1, 5, 6), (2, 7, 8)]);
    }

    #[test]
    fn tokens_are_found_in_the_article_and_joined_without_it() {
        let tokens = ["``", "Hold", "it", ",", "''", "Osk", "'s", "aide", "said", "."];
        let mut at = 0;
        let text = "“Hold it,” Osk’s aide said.";
        let found = place(text, &tokens, &mut at);
        assert!(found.iter().all(Option::is_some));
        assert_eq!(at, text.len());
        assert_eq!(join(&tokens).0, "“Hold it,” Osk's aide said.");
    }
}
