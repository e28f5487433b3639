//! Case files of counts and times, and the properties every text must keep.

#![allow(clippy::unwrap_used)]

use rashomon_analyze::{quantity, segment, time};
use rashomon_model::Document;
use rashomon_model::analysis::TimeExpression;
use rashomon_model::capture::Capture;
use rashomon_model::date::{Basis, DateValue};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::DocumentId;
use rashomon_model::quantity::Quantity;
use rashomon_model::span::Span;

/// A document of one paragraph a line.
fn document(id: &str, text: &str, published: Option<&str>) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::from_usize(start, start + line.len()).trimmed(text);
        start += line.len();
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
    }
    Document {
        id: DocumentId::new(id),
        given_id: None,
        capture: Capture {
            sha256: String::new(),
            origin: id.to_owned(),
            retrieved: None,
            media_type: "text/plain".to_owned(),
        },
        publisher: None,
        title: None,
        byline: None,
        language: "en".to_owned(),
        published: published.map(|d| DateValue::day(d.parse().unwrap(), Basis::Metadata)),
        published_anchor: None,
        updated: false,
        url: None,
        credits: Vec::new(),
        text: text.to_owned(),
        blocks,
    }
}

fn read(doc: &Document) -> (Vec<TimeExpression>, Vec<Quantity>) {
    let sentences = segment::sentences(doc);
    let times = time::read(doc, &sentences);
    let quantities = quantity::read(doc, &sentences, &times);
    (times, quantities)
}

/// One line of expectation for a count.
fn count_line(doc: &Document, quantities: &[Quantity], q: &Quantity) -> String {
    let mut line = format!(
        "{} {} {} “{}”",
        q.of.map_or("-", |o| o.name()),
        q.category.map_or("-", |c| c.name()),
        q.count,
        doc.slice(q.span)
    );
    if let Some(whole) = q.part_of.and_then(|i| quantities.get(i)) {
        line.push_str(&format!(" part of “{}”", doc.slice(whole.span)));
    }
    if let Some(c) = &q.cumulative {
        line.push_str(&format!(" cumulative “{}”", doc.slice(c.span)));
    }
    if q.whole {
        line.push_str(" whole");
    }
    if q.zero {
        line.push_str(" zero");
    }
    if q.outdated {
        line.push_str(" outdated");
    }
    if q.beside {
        line.push_str(" beside");
    }
    line
}

/// One line of expectation for a time.
fn time_line(doc: &Document, t: &TimeExpression) -> String {
    let date = t
        .date
        .as_ref()
        .map_or_else(|| "-".to_owned(), |d| format!("{} {}{}", d.edtf(), d.basis, if d.loose { " loose" } else { "" }));
    format!("{} {} “{}” = {date}", t.kind, t.value, doc.slice(t.span))
}

/// Runs every case of a folder: a heading, prose, a passage in `>` lines (after `published: DATE` if any), expected `- ` lines.
fn check(task: &str, lines: impl Fn(&Document) -> Vec<String>) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(task);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut failures, mut n) = (Vec::new(), 0);
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "md")) {
        let body = std::fs::read_to_string(file).unwrap();
        for case in body.split("\n## ").skip(1) {
            let title = case.lines().next().unwrap_or("");
            let field = |mark: &str| -> Vec<&str> { case.lines().filter_map(|l| l.strip_prefix(mark)).collect() };
            let passage = field("> ").join("\n");
            let published = field("published: ").first().copied();
            let expected: Vec<String> = field("- ").into_iter().map(str::to_owned).collect();
            let got = lines(&document("case", &passage, published));
            n += 1;
            if got != expected {
                failures.push(format!(
                    "{} “{title}”\n  {passage}\n  expected\n    {}\n  got\n    {}",
                    file.file_name().unwrap().to_string_lossy(),
                    expected.join("\n    "),
                    got.join("\n    ")
                ));
            }
        }
    }
    assert!(n > 0, "no cases in {}", folder.display());
    assert!(failures.is_empty(), "{} of {n} cases fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn quantity_cases() {
    check("quantity", |doc| {
        let (_, quantities) = read(doc);
        quantities.iter().map(|q| count_line(doc, &quantities, q)).collect()
    });
}

#[test]
fn time_cases() {
    check("time", |doc| read(doc).0.iter().map(|t| time_line(doc, t)).collect());
}

#[test]
fn infers_the_publication_day() {
    let dated = document(
        "dated",
        "MARA, Oct. 1 - Jets struck the town of Velim on Wednesday, killing nine people, the council said.",
        Some("2031-10-02"),
    );
    let bare = document(
        "bare",
        "Residents posted a video on Thursday. Another clip from October 1 shows the square of Velim.",
        None,
    );
    let silent = document("silent", "Nothing here tells of any day.", None);
    let times: Vec<Vec<TimeExpression>> = [&dated, &bare, &silent].iter().map(|d| read(d).0).collect();
    let docs: Vec<(&Document, &[TimeExpression])> =
        [&dated, &bare, &silent].into_iter().zip(times.iter().map(Vec::as_slice)).collect();
    let inferred = time::infer_published(&docs);
    assert!(inferred[0].is_none() && inferred[2].is_none());
    let (value, reason) = inferred[1].clone().unwrap();
    assert_eq!(value.edtf(), "2031-10-02", "{reason}");
    assert_eq!(value.basis, Basis::Inferred);
    // And the expressions resolve against it.
    let mut again = times[1].clone();
    assert_eq!(again[0].value, "XXXX-WXX-4");
    time::resolve(&mut again, &bare, &value);
    assert_eq!(again[0].value, "2031-10-02");
    assert_eq!(again[1].value, "2031-10-01");
    // The order of the documents does not matter.
    let turned: Vec<_> = docs.iter().rev().copied().collect();
    assert_eq!(time::infer_published(&turned)[1].as_ref().map(|(v, _)| v.edtf()), Some("2031-10-02".to_owned()));
}

/// A small generator of awkward texts, the same at every run.
fn awkward(seed: u64) -> String {
    const PIECES: &[&str] = &[
        "36",
        "killed",
        "at least",
        "between",
        " and ",
        "30-40",
        "\u{202e}",
        "السبت",
        "🔥",
        "“",
        "half",
        "a",
        "million",
        "Sept.",
        "30",
        "/",
        "09",
        ":",
        "99:99",
        "T",
        "Wednesday",
        "overnight to ",
        "including",
        "of them",
        "(",
        ")",
        "-year-old",
        "no one",
        "’s",
        "4½",
        "\n",
        "\u{0}",
        "1",
        ",",
        ".",
        "2031-02-30",
        "the",
        "all of the dead were",
        "9999999999999999999999",
        "February 29",
        "since",
        "war",
        "years ago",
        "ß",
        "İ",
        "x\u{301}",
        "last",
        "next",
        "every",
        "o'clock",
        "am",
        "family",
        "of",
        "his",
        "children",
        "dozens of",
        "from",
        "to",
        "hundred",
        "thousand",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = String::new();
    for _ in 0..60 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(PIECES[(state % PIECES.len() as u64) as usize]);
        if state & 0x100 == 0 {
            text.push(' ');
        }
    }
    text
}

#[test]
fn never_panics_and_keeps_its_spans() {
    for seed in 0..4000 {
        let published = (seed % 2 == 0).then_some("2031-10-02");
        let doc = document("x", &awkward(seed), published);
        let (times, quantities) = read(&doc);
        for t in &times {
            assert!(!doc.slice(t.span).is_empty(), "seed {seed}");
            if let Some(d) = &t.date {
                assert!(d.start < d.end, "seed {seed}: {} {d:?}", t.value);
            }
        }
        assert!(times.windows(2).all(|w| w[0].span.end <= w[1].span.start), "seed {seed}: times overlap");
        for (i, q) in quantities.iter().enumerate() {
            for span in [Some(q.span), Some(q.number), q.noun, q.outcome_at].into_iter().flatten() {
                assert!(doc.text.get(span.range()).is_some(), "seed {seed}");
            }
            assert!(q.count.max.is_none_or(|m| m >= q.count.min), "seed {seed}");
            assert!(q.part_of.is_none_or(|p| p != i && p < quantities.len()), "seed {seed}");
        }
        assert!(quantities.windows(2).all(|w| w[0].span.start <= w[1].span.start), "seed {seed}: not sorted");
    }
}

#[test]
fn cost_is_linear_in_length() {
    // One sentence without end. Doubling it must not much more than double the time.
    let time_of = |n: usize| {
        let text = "36 killed and 9, of them, at least five children in the war since Monday and ".repeat(n);
        let doc = document("long", &text, Some("2031-10-02"));
        let start = std::time::Instant::now();
        let (_, quantities) = read(&doc);
        assert!(quantities.len() >= n);
        start.elapsed().as_secs_f64()
    };
    time_of(100);
    let (small, large) = (time_of(1500), time_of(6000));
    assert!(large < small * 12.0 + 0.2, "{small} s for 1, {large} s for 4 times the length");
}
