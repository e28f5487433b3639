//! What do archive bombs cost? They are refused by name, what lies beside them is taken in, and memory stays small.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]
mod support;

use nix::sys::resource::{UsageWho, getrusage};
use std::io::{Cursor, Write as _};
use support::{fresh, rashomon};
use zip::write::SimpleFileOptions;

/// Most memory the program may take, in MiB (methods.md G).
const MOST: i64 = 512;
const STORY: &[u8] = b"Shells hit the market of Talen on Wednesday. Two people died, the mayor said.";

fn zipped(parts: &[(String, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// The only test of this program, as it reads the peak of all its children.
#[test]
fn bombs_stay_under_the_cap_of_memory() {
    let dir = fresh("bombs");
    let air = vec![b'a'; 4 << 20];
    let one = |name: &str| (name.to_owned(), air.as_slice());
    let many: Vec<(String, &[u8])> = (0..12).map(|n| one(&format!("{n}.txt"))).collect();
    let zip = zipped(&many);
    // members behind each other, 800 MiB in all
    let gzip = gzipped(&air).repeat(200);
    let word: Vec<(String, &[u8])> = vec![one("word/document.xml")];
    let bombs = [
        ("zip.zip", zip.clone()),
        ("nested.zip", zipped(&[("a.zip".to_owned(), zip.as_slice()), ("b.zip".to_owned(), zip.as_slice())])),
        ("text.txt.gz", gzip.clone()),
        ("archive.warc.gz", gzip),
        ("word.docx", zipped(&word)),
    ];
    std::fs::create_dir(dir.join("in")).unwrap();
    for (name, bytes) in &bombs {
        for n in 0..4 {
            std::fs::write(dir.join(format!("in/{n}-{name}")), bytes).unwrap();
        }
    }
    std::fs::write(dir.join("in/story.txt"), STORY).unwrap();
    assert_eq!(rashomon(&dir, &["init", "case"]).status.code(), Some(0));
    let added = rashomon(&dir, &["add", "case", "in"]);
    let told = String::from_utf8_lossy(&added.stderr);
    assert_eq!(added.status.code(), Some(1), "{told}");
    for (name, _) in &bombs {
        assert!(told.lines().any(|line| line.starts_with("left out:") && line.contains(name)), "{name}: {told}");
    }
    assert!(String::from_utf8_lossy(&added.stdout).contains("story.txt"), "{added:?}");
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss() / 1024;
    assert!(peak < MOST, "{peak} MiB");
}
