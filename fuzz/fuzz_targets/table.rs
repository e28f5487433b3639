#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["a.csv", "a.json", "a.jsonl"] {
        rashomon_fuzz::read(name, bytes);
    }
    rashomon_fuzz::read("b.csv", &[b"id;text;url\n", bytes].concat());
});
