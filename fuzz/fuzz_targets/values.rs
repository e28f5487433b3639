#![no_main]

//! Dates and counts: every value read lies in the text, and reading is the same twice.

use rashomon_ingest::{Input, MediaType, extract};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let page = format!("Shells hit Talen\n\nThursday 04 March 2032 09:28 GMT\n\n{text}");
    let Ok(read) = extract(Input::new("a.txt", MediaType::Plain, page.into_bytes())) else { return };
    let doc = read.value;
    rashomon_fuzz::whole(&doc);
    let world = rashomon_fuzz::Nowhere::new();
    let analysis = rashomon_analyze::analyze(&doc, &world);
    for span in analysis.times.iter().map(|time| time.span).chain(analysis.quantities.iter().map(|q| q.span)) {
        assert!(doc.text.get(span.start as usize..span.end as usize).is_some_and(|words| !words.is_empty()));
    }
});
