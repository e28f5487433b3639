#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for head in ["<rss><channel>", "<feed>"] {
        rashomon_fuzz::read("a.xml", &[head.as_bytes(), bytes].concat());
    }
});
