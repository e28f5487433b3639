#![no_main]

use rashomon_ingest::warc::Reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut last = 0;
    for record in Reader::new(bytes).flatten() {
        assert!(record.offset >= last && record.offset as usize <= bytes.len());
        last = record.offset;
    }
    rashomon_fuzz::read("a.warc", &[b"WARC/1.1\r\n", bytes].concat());
    if let Some((head, body)) = rashomon_ingest::http::split(bytes) {
        let _ = rashomon_ingest::http::decode(&head, body, &rashomon_ingest::limits::Limits::default());
    }
});
