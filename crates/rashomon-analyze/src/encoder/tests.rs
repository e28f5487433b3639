//! The reader against PyTorch's numbers, on every instruction set, and on odd input.
//!
//! `tests/fixtures/reader.json` is written by `training/fixture.py` from the float32 network before quantisation; the
//! tolerances are what int8 weights may move a score.

use super::*;
use serde_json::Value;
use std::sync::LazyLock;

static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::load(rashomon_weights::READER).expect("shipped weights"));
static CASES: LazyLock<Vec<Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../tests/fixtures/reader.json")).expect("fixture"));

fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            out.push(Span::from_usize(at, at + line.len()));
        }
        at += line.len() + 1;
    }
    out
}

fn numbers(v: &Value) -> Vec<f32> {
    v.as_array().expect("list").iter().map(|x| x.as_f64().expect("number") as f32).collect()
}

fn tokens_of(text: &str) -> Tokens {
    wordpiece::tokens(text, &[], &lines(text), &ENCODER.vocabulary)
}

#[test]
fn tokens_are_those_of_training() {
    for case in &*CASES {
        let text = case["text"].as_str().expect("text");
        let tokens = tokens_of(text);
        let spans: Vec<Vec<u32>> = tokens.list.iter().map(|t| vec![t.span.start, t.span.end]).collect();
        assert_eq!(serde_json::to_value(spans).expect("json"), case["spans"], "{text}");
        let column = |f: fn(&wordpiece::Token) -> u8| tokens.list.iter().map(f).collect::<Vec<_>>();
        assert_eq!(serde_json::to_value(column(|t| t.shape)).expect("json"), case["shape"], "{text}");
        assert_eq!(serde_json::to_value(column(|t| t.quote)).expect("json"), case["quote"], "{text}");
        assert_eq!(serde_json::to_value(&tokens.pieces).expect("json"), case["pieces"], "{text}");
    }
}

#[test]
fn scores_are_those_of_training() {
    for case in &*CASES {
        let text = case["text"].as_str().expect("text");
        let tokens = tokens_of(text);
        let window = Window { from: 0, to: tokens.list.len() };
        let mut scratch = Scratch::default();
        let words = ENCODER.network.words(&window::input(&tokens, window), &mut scratch);
        let heads = ENCODER.network.heads(&words, &mut scratch);
        let expected = numbers(&case["heads"]);
        assert_eq!(heads.len(), expected.len());
        let mean = heads.iter().zip(&expected).map(|(a, b)| (a - b).abs()).sum::<f32>() / heads.len() as f32;
        assert!(mean < 0.12, "scores differ by {mean} on average: {text}");
        let same = |n: usize, from: usize, to: usize| {
            let rows = heads.chunks_exact(n).zip(expected.chunks_exact(n));
            rows.filter(|(a, b)| top(&a[from..to]) == top(&b[from..to])).count()
        };
        let n = ENCODER.network.n_heads();
        assert!(same(n, 0, TAGS) + 1 >= tokens.list.len(), "flat tags differ: {text}");
        let expected: Vec<Vec<Vec<[u32; 2]>>> = case["relations"]
            .as_array()
            .expect("relations")
            .iter()
            .map(|r| {
                ["source", "cue", "content"].map(|k| serde_json::from_value(r[k].clone()).expect("spans")).to_vec()
            })
            .collect();
        let plain = |spans: &[Span]| spans.iter().map(|s| [s.start, s.end]).collect::<Vec<_>>();
        let found: Vec<Vec<Vec<[u32; 2]>>> = ENCODER
            .read(text, &[], &lines(text))
            .relations
            .iter()
            .map(|r| vec![plain(&r.source), plain(&r.cue), plain(&r.content)])
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[derive(Clone)]
struct OnEach<'a>(&'a window::Input);

impl engine::WorkOn for OnEach<'_> {
    type Output = Vec<f32>;

    fn on<E: engine::Engine>(self, engine: E) -> Vec<f32> {
        ENCODER.network.words_on(engine, self.0, &mut Scratch::default())
    }
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    // long enough for several blocks of rows and panels of keys
    let text = "The council of Orsan denied the report on Friday, and its spokesman Vidar Holm said that “no shell \
                fell on the market”. Residents of the lower town told a reporter they had counted five.\n\
                According to the harbour office, two barges were hit before dawn.";
    let tokens = tokens_of(text);
    assert!(tokens.list.len() > 40);
    let input = window::input(&tokens, Window { from: 0, to: tokens.list.len() });
    let found = engine::all(&OnEach(&input));
    let best = ENCODER.network.words(&input, &mut Scratch::default());
    for words in &found {
        assert_eq!(words, &best);
    }
}

#[test]
fn odd_input_gives_spans_that_fit() {
    let long = "word ".repeat(220);
    for text in
        ["", "\n\n", "“", "\"\"\"\"", "said", "\u{202e}قال المتحدث “x", "😀 said 😀", "a\u{301}said\u{200d}b.", &long]
    {
        let reading = ENCODER.read(text, &[], &lines(text));
        let relations = reading.relations.iter().flat_map(|r| r.source.iter().chain(&r.cue).chain(&r.content)).copied();
        let names = reading.schemes.iter().flat_map(|(_, found)| found.iter().map(|n| n.span));
        for span in relations.chain(names).chain(reading.words.iter().map(|w| w.span)) {
            assert!(text.get(span.range()).is_some_and(|t| !t.is_empty()), "{span:?} of {text:?}");
        }
    }
}

#[test]
fn damaged_weights_are_refused() {
    assert_eq!(Encoder::load(b"").err(), Some(WeightError::NotWeights));
    let mut bytes = rashomon_weights::READER.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert_eq!(Encoder::load(&bytes).err(), Some(WeightError::Digest));
    assert_eq!(ENCODER.sha256().len(), 64);
}
