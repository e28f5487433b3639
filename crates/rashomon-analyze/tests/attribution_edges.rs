//! Malformed input: no panic, spans in bounds and on characters, cost that grows with length and no faster.
#![allow(clippy::unwrap_used)]

mod door;

use rashomon_analyze::{attribution, chain, segment};

/// Reads one text as one block and checks every span.
fn read(text: &str) -> usize {
    let doc = door::document(&[text.to_owned()]);
    let sentences = segment::sentences(&doc);
    let words = segment::words(&doc, &sentences);
    let found = attribution::read(&doc, &sentences, &words, &[], Vec::new());
    let (chains, speakers) = chain::read(&doc, &sentences, &[], &[], &found, &door::parties());
    assert_eq!(chains.len(), found.len());
    for (i, a) in found.iter().enumerate() {
        for span in a.source.iter().chain(&a.cue).chain(&a.content).chain(&a.told) {
            assert!(doc.text.get(span.range()).is_some_and(|t| !t.is_empty()), "{span:?} in {text:.80}");
        }
        assert!(a.content.windows(2).all(|w| w[0].end <= w[1].start), "pieces overlap in {text:.80}");
        assert!(a.inside.is_none_or(|o| o < found.len() && o != i));
        assert!(chains[i].links.len() <= 4);
    }
    for speaker in &speakers {
        assert!(speaker.affiliation.is_none_or(|a| a < speakers.len()));
    }
    found.len()
}

#[test]
fn survives_malformed_input() {
    let quotes = ["\"", "“", "”", "„", "«", "»", "‘", "’", "'", "‹", "›", "「", "」", "``", "''"];
    for open in quotes {
        for close in quotes {
            for text in [
                format!("{open}We left,{close} the council said. {open}Nobody came back"),
                format!("The council said {open}we left.{close} {close}{open}"),
                format!("{open}{open}{close} said {close}X{open}, he said,{close}"),
                format!("said{open} that{close}"),
            ] {
                read(&text);
            }
        }
    }
    for text in [
        "said",
        "according to",
        "citing",
        "quoted by",
        "was quoted as saying",
        "told",
        ", said",
        "said ,",
        "who said",
        "\u{202e}said the \u{200f}minister\u{202c}",
        "قال المتحدث: «ضربنا المدينة» said قائد",
        "😀 said 😀 that 😀",
        "e\u{301} said e\u{301}",
        "He said she said they said it said he said she said they said it said we said.",
        "—said—",
        "((said",
        "The said said said that that said.",
        "“ “ “ ” ” ” said” X",
        "\u{feff}\u{feff}",
        "a\u{0}b said c",
        "X told Y told Z told W that A told B.",
    ] {
        read(text);
    }
}

#[test]
fn cost_is_linear() {
    let kinds: [(&str, usize); 5] = [
        ("the council said that the ministry claimed ", 800),
        ("\"we left\" he said, ", 1_600),
        ("word ", 10_000),
        ("\"", 20_000),
        ("The council said ten houses burned. He added that Bren, head of the army, denied it. ", 800),
    ];
    door::costs_in_proportion(&kinds, 12.0, 0.5, read);
}
