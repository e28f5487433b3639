//! Whatever a text holds, the whole reading of it, up to claims, neither panics nor stalls, and its spans fit.
//!
//! Inputs nobody thought of (proptest over the pieces that reading turns on), single long lines of a megabyte and more, and
//! the cost at four times the length. By rules alone: the learned reader sees windows of fixed size.
#![allow(clippy::unwrap_used)]

mod door;

use proptest::prelude::*;
use rashomon_analyze::{analyze, claim};
use std::time::Instant;

/// Reads a text of one block a line and checks every span; the number of claims.
fn read(text: &str) -> usize {
    let lines: Vec<String> = text.split('\n').filter(|l| !l.trim().is_empty()).map(str::to_owned).collect();
    let doc = door::document(&lines);
    let world = door::World(door::parties());
    let analysis = analyze(&doc, &world);
    let claims = claim::claims(&doc, &analysis, &world);
    let fits = |span: rashomon_model::span::Span| doc.text.get(span.range()).is_some();
    for a in &analysis.attributions {
        assert!(a.source.iter().chain(&a.cue).chain(&a.content).chain(&a.told).all(|s| fits(*s)), "{text:.80}");
        assert!(a.content.windows(2).all(|w| w[0].end <= w[1].start), "pieces overlap: {text:.80}");
    }
    for claim in &claims {
        assert!(!claim.anchors.is_empty(), "a claim without words: {text:.80}");
        assert!(claim.anchors.iter().all(|s| fits(*s) && !doc.slice(*s).trim().is_empty()), "{text:.80}");
        assert!(claim.chain.len() <= 4);
        assert!(claim.proposition.actor.all().all(|p| fits(p.span)));
        assert!(claim.proposition.target.iter().all(|p| fits(p.span)));
        assert!(claim.proposition.count.iter().all(|c| fits(c.span)));
    }
    claims.len()
}

/// Pieces that reading turns on, and characters that upset it.
const PIECES: &[&str] = &[
    "the ministry",
    "Osk Varr",
    "an official",
    "who",
    "Anvil News",
    "residents",
    "said",
    "told",
    "denied",
    "claimed",
    "citing",
    "according to",
    "quoted",
    "as saying",
    "reportedly",
    "of letters",
    "that",
    "36 people",
    "no civilians",
    "were killed",
    "dozens",
    "up to 40",
    "were Orvian or Vardan",
    "struck Tesk",
    "on Monday",
    "could not be verified",
    "and",
    "but",
    "possible",
    "the claim",
    ",",
    ".",
    ":",
    ";",
    "—",
    "...",
    "(",
    ")",
    "\"",
    "“",
    "”",
    "„",
    "«",
    "»",
    "‘",
    "’",
    "'",
    "``",
    "''",
    "「",
    "」",
    "‹",
    "›",
    "\n",
    "\u{200f}",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "e\u{301}",
    "😀",
    "👩‍👩‍👧",
    "قال",
    "İ",
    "ß",
    "ﬁ",
    "\u{a0}",
    "\u{2028}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_pieces_is_read(picks in prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..60)) {
        let text: String =
            picks.iter().map(|(i, space)| format!("{}{}", PIECES[*i], if *space { " " } else { "" })).collect();
        read(&text);
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,200}") {
        read(&text);
    }
}

#[test]
fn what_is_read_does_not_depend_on_what_stands_elsewhere() {
    let plain = "The ministry said four people were killed. Osk Varr denied that the army had struck Tesk.";
    assert_eq!(read(plain), read(&format!("{plain}\n\u{200f}\u{feff}\u{202e}")));
}

#[test]
fn a_long_line_costs_in_proportion() {
    let kinds: [(&str, usize); 9] = [
        ("the council said that the ministry claimed ", 4_000),
        ("\"we left\" he said, ", 8_000),
        ("36 people were killed and ", 4_000),
        ("The council said ten people were killed in Tesk on Monday. He denied it, citing Osk. ", 1_500),
        ("word ", 40_000),
        ("x", 200_000),
        ("\"", 60_000),
        ("“", 30_000),
        ("e\u{301}😀\u{200f} ", 15_000),
    ];
    door::costs_in_proportion(&kinds, 10.0, 1.0, read);
}

/// As many different names as words: nobody is compared with everybody, no place with every name. Without marks it is one sentence.
#[test]
fn many_names_cost_in_proportion() {
    let name = |n: usize| {
        let first = ["Ta", "Ke", "Lor", "Mi", "Zan", "Ru", "Bel", "Osh"][n % 8];
        let syllable = |n: usize| ["ta", "ke", "lor", "mi", "zan", "ru", "bel", "osh"][n % 8];
        [n / 8, n / 64, n / 512, n / 4096].into_iter().map(syllable).fold(first.to_owned(), |name, next| name + next)
    };
    for (kind, mark) in [("names", ". "), ("names without marks", " ")] {
        door::cost_in_proportion(kind, 4_000, 10.0, 1.0, read, &|n| {
            let told = |i: usize| format!("{} said {} struck {}{mark}", name(7 * i), name(5 * i + 1), name(3 * i));
            (0..n).map(told).collect()
        });
    }
}

/// Run by hand: `cargo test -p rashomon-analyze --test robustness -- --ignored --nocapture`.
#[test]
#[ignore = "ten megabytes a line: a minute or so"]
fn ten_megabytes_on_one_line() {
    for unit in [
        "word ",
        "the council said that the ministry claimed ",
        "\"we left\" he said, ",
        "36 people were killed and ",
        "x",
    ] {
        let text = unit.repeat(10_000_000 / unit.len());
        let start = Instant::now();
        let n = read(&text);
        eprintln!("{unit:?}: {n} claims in {:.1} s", start.elapsed().as_secs_f64());
    }
}

#[test]
fn a_text_in_another_language_is_kept_and_not_read() {
    let lines = ["Mira Olsen said 12 soldiers died in Orvel on 3 May 2041 when a missile hit the mill.".to_owned()];
    let world = door::World(door::parties());
    let mut doc = door::document(&lines);
    let mut claims = |language: &str| {
        doc.language = language.to_owned();
        let analysis = analyze(&doc, &world);
        assert!(!analysis.words.is_empty(), "copies are found by the words");
        claim::claims(&doc, &analysis, &world).len()
    };
    assert!(claims("en") > 0);
    assert_eq!(claims("und"), claims("en"));
    assert_eq!(claims("de"), 0);
}
