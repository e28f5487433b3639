#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // With the fields that make it a message, and as a page in one file.
    for (name, head) in [("a.eml", &b"Received: x\r\nFrom: a@b.example\r\n"[..]), ("a.mht", b"MIME-Version: 1.0\r\n")] {
        rashomon_fuzz::read(name, &[head, bytes].concat());
    }
});
