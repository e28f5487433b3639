//! Runs the learned reader alone over texts, for measuring: `reader WEIGHTS IN.jsonl OUT.jsonl`.
//!
//! Input lines hold `id` and `text`; paragraphs are lines. Output lines hold `id`, `relations` (source, cue, content
//! as lists of [start, end) in code points, as in `bench/attribution`) and `names` per scheme. Speed goes to stderr.

use std::io::Write as _;
use std::time::Instant;

use rashomon_analyze::encoder::Encoder;
use rashomon_model::span::Span;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, weights, input, output] = arguments.as_slice() else {
        return Err("usage: reader WEIGHTS IN.jsonl OUT.jsonl".into());
    };
    let started = Instant::now();
    let encoder = Encoder::load(&std::fs::read(weights)?)?;
    eprintln!("{} {} loaded in {:.2?}", encoder.name(), encoder.sha256(), started.elapsed());
    let mut out = std::io::BufWriter::new(std::fs::File::create(output)?);
    let (mut words, started) = (0usize, Instant::now());
    for line in std::fs::read_to_string(input)?.lines() {
        let item: Value = serde_json::from_str(line)?;
        let text = item["text"].as_str().unwrap_or_default();
        words += text.split_whitespace().count();
        let (sentences, paragraphs) = cut(text);
        let reading = encoder.read(text, &sentences, &paragraphs);
        let points = Points::new(text);
        let list = |spans: &[Span]| spans.iter().map(|s| points.of(*s)).collect::<Vec<_>>();
        let relations: Vec<Value> = reading
            .relations
            .iter()
            .map(|r| json!({"source": list(&r.source), "cue": list(&r.cue), "content": list(&r.content), "score": r.score}))
            .collect();
        let names: serde_json::Map<String, Value> = reading
            .schemes
            .iter()
            .map(|(scheme, found)| {
                let found = found.iter().map(|n| json!([points.of(n.span).0, points.of(n.span).1, n.label])).collect();
                (scheme.clone(), Value::Array(found))
            })
            .collect();
        writeln!(out, "{}", json!({"id": item["id"], "relations": relations, "names": names}))?;
    }
    let took = started.elapsed().as_secs_f64();
    eprintln!("{words} words in {took:.1} s: {:.0} words/s", words as f64 / took);
    Ok(())
}

/// Lines as paragraphs; sentences end at a full stop, exclamation or question mark before a capital.
fn cut(text: &str) -> (Vec<Span>, Vec<Span>) {
    let (mut sentences, mut paragraphs, mut at) = (Vec::new(), Vec::new(), 0);
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            paragraphs.push(Span::from_usize(at, at + line.len()));
            let mut from = 0;
            let chars: Vec<(usize, char)> = line.char_indices().collect();
            for (i, &(_, c)) in chars.iter().enumerate() {
                if !matches!(c, '.' | '!' | '?') {
                    continue;
                }
                let mut j = i + 1;
                while chars.get(j).is_some_and(|(_, c)| matches!(c, '”' | '"' | '’' | '\'' | ')')) {
                    j += 1;
                }
                let gap = j;
                while chars.get(j).is_some_and(|(_, c)| c.is_whitespace()) {
                    j += 1;
                }
                if let Some(&(end, next)) = chars.get(j)
                    && j > gap
                    && (next.is_ascii_uppercase() || matches!(next, '“' | '"' | '‘' | '('))
                {
                    sentences.push(Span::from_usize(at + from, at + end));
                    from = end;
                }
            }
            sentences.push(Span::from_usize(at + from, at + line.len()));
        }
        at += line.len() + 1;
    }
    (sentences, paragraphs)
}

/// Code point offsets of a text's bytes.
struct Points(Vec<u32>);

impl Points {
    fn new(text: &str) -> Self {
        let mut at = 0;
        let mut points: Vec<u32> = Vec::with_capacity(text.len() + 1);
        for c in text.chars() {
            points.extend(std::iter::repeat_n(at, c.len_utf8()));
            at += 1;
        }
        points.push(at);
        Self(points)
    }

    fn of(&self, span: Span) -> (u32, u32) {
        (self.0[span.start as usize], self.0[span.end as usize])
    }
}
