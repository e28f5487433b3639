#![no_main]

//! Offsets: every anchor of every claim quotes words of the text, and the same text reads the same.

use rashomon_ingest::{Input, MediaType, extract};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(read) = extract(Input::new("a.txt", MediaType::Plain, text.as_bytes().to_vec())) else { return };
    let doc = read.value;
    let world = rashomon_fuzz::Nowhere::new();
    let analysis = rashomon_analyze::analyze(&doc, &world);
    let claims = rashomon_analyze::claim::claims(&doc, &analysis, &world);
    for anchor in claims.iter().flat_map(|claim| &claim.anchors) {
        assert!(!doc.slice(*anchor).is_empty(), "{anchor:?}");
    }
    for word in &analysis.words {
        assert!(!doc.slice(word.span).is_empty());
    }
    assert_eq!(rashomon_analyze::claim::claims(&doc, &rashomon_analyze::analyze(&doc, &world), &world), claims);
});
