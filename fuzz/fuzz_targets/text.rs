#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["a.txt", "a.md"] {
        rashomon_fuzz::read(name, bytes);
    }
});
