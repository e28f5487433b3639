#![no_main]

use rashomon_store::judgement::parse;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = parse(text, "judgements.jsonl");
});
