#![no_main]

use std::io::{Cursor, Write as _};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for (part, name) in [("word/document.xml", "a.docx"), ("content.xml", "a.odt")] {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        if name == "a.odt" {
            writer.start_file("mimetype", plain).unwrap();
            writer.write_all(b"application/vnd.oasis.opendocument.text").unwrap();
        }
        writer.start_file(part, plain).unwrap();
        writer.write_all(bytes).unwrap();
        rashomon_fuzz::read(name, &writer.finish().unwrap().into_inner());
    }
});
