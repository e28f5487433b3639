//! How fast is reading? Articles per CPU-second, reader by reader, against trafilatura if Python has it.
//!
//! The same pages in every wrapping: bare, in a web archive, in a ZIP, in messages, and their texts as plain text, word-processor
//! documents and a table. The sides take turns, one thread each; a side's figure is its best turn. Files are read before.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use rashomon_ingest::open::{Options, Source, open};
use rashomon_ingest::warc::{Draft, Writer};
use rashomon_ingest::{Input, MediaType, extract};

use super::python::Python;
use crate::eval::sets::bytes;

/// Runs `bench ingest`; false if the arguments make no sense or nothing could be measured.
pub(crate) fn run(root: &Path, args: &[&str]) -> bool {
    let (mut data, mut turns) = (None, 3usize);
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match (*arg, rest.next()) {
            ("--data", Some(value)) => data = Some(PathBuf::from(value)),
            ("--turns", Some(value)) => turns = value.parse().unwrap_or(turns).max(1),
            _ => {
                eprintln!("bench: cannot make sense of {arg}; see cargo xtask");
                return false;
            }
        }
    }
    match measure(root, data.as_deref(), turns) {
        Ok(()) => true,
        Err(why) => {
            eprintln!("bench: {why}");
            false
        }
    }
}

/// The pages' files.
fn files(root: &Path, data: Option<&Path>) -> Result<Vec<PathBuf>, String> {
    let folder = data.map_or_else(|| root.join("examples"), |data| data.join("article-extraction/pages"));
    let mut found = Vec::new();
    let mut open = vec![folder.clone()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).map_err(|e| format!("{}: {e}", dir.display()))?.flatten() {
            let path = entry.path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".html") || name.ends_with(".html.gz") {
                found.push(path);
            }
        }
    }
    found.sort();
    if found.is_empty() { Err(format!("no pages under {}", folder.display())) } else { Ok(found) }
}

/// The wrappings, by name: each a list of files.
fn wrapped(pages: &[Vec<u8>]) -> Result<Vec<(&'static str, Vec<Source>)>, String> {
    let failed = |e: std::io::Error| e.to_string();
    let texts: Vec<String> = pages
        .iter()
        .filter_map(|page| extract(Input::new("p.html", MediaType::Html, page.clone())).ok())
        .map(|read| read.value.text)
        .collect();
    let mut warc = Writer::new(Vec::new(), true);
    let mut table = String::from("id,text\n");
    let (mut mails, mut office) = (Vec::new(), Vec::new());
    for (n, page) in pages.iter().enumerate() {
        let url = format!("https://talen.example/{n}");
        let answer = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", page.as_slice()].concat();
        warc.write(&Draft::new("response", "2032-03-04T09:28:00Z").target(&url).body("application/http", &answer))
            .map_err(failed)?;
        let head = format!(
            "From: a@talen.example\r\nMessage-ID: <{n}>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
        );
        mails.push(Source::new("m.eml", [head.as_bytes(), page].concat()));
    }
    for (n, text) in texts.iter().enumerate() {
        table.push_str(&format!("{n},\"{}\"\n", text.replace('"', "\"\"")));
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let body: String = escaped.split("\n\n").map(|p| format!("<w:p><w:r><w:t>{p}</w:t></w:r></w:p>")).collect();
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).map_err(|e| e.to_string())?;
        zip.write_all(format!("<w:document>{body}</w:document>").as_bytes()).map_err(failed)?;
        office.push(Source::new("d.docx", zip.finish().map_err(|e| e.to_string())?.into_inner()));
    }
    let plain = texts.iter().map(|text| Source::new("t.txt", text.clone().into_bytes())).collect();
    Ok(vec![
        ("page (HTML)", pages.iter().map(|page| Source::new("p.html", page.clone())).collect()),
        ("web archive (WARC, gzip)", vec![Source::new("a.warc.gz", warc.into_inner())]),
        ("e-mail with HTML", mails),
        ("plain text", plain),
        ("Word document", office),
        ("table (CSV) of texts", vec![Source::new("t.csv", table.into_bytes())]),
    ])
}

/// Opens and reads everything; gives how many articles came out.
fn read(sources: &[Source]) -> usize {
    let mut articles = 0;
    for source in sources {
        for input in open(source.clone(), &Options::default()).inputs {
            articles += usize::from(extract(input).is_ok());
        }
    }
    articles
}

fn measure(root: &Path, data: Option<&Path>, turns: usize) -> Result<(), String> {
    let files = files(root, data)?;
    let pages = files.iter().map(|path| bytes(path)).collect::<Result<Vec<_>, _>>()?;
    let total: usize = pages.iter().map(Vec::len).sum();
    println!("{} pages, {:.1} MB, {turns} turns, one thread", pages.len(), total as f64 / 1e6);
    let sides = wrapped(&pages)?;
    let list: String = files.iter().map(|path| format!("{}\n", path.display())).collect();
    let python = Python::start(include_str!("trafilatura.py"), &list);
    let mut python = python.map_err(|why| println!("trafilatura is ABSENT: {why}")).ok();
    let mut best = vec![(f64::INFINITY, 0usize); sides.len()];
    let mut other = f64::INFINITY;
    for _ in 0..turns {
        for ((_, sources), slot) in sides.iter().zip(&mut best) {
            let mut articles = 0;
            let seconds = super::timed(|| articles = read(sources))?;
            *slot = (slot.0.min(seconds), articles);
        }
        if let Some(python) = &mut python {
            other = other.min(python.turn()?);
        }
    }
    println!("{:<28} {:>9} {:>16} {:>16}", "", "articles", "articles/CPU-s", "to trafilatura");
    let theirs = python.as_ref().map(|_| pages.len() as f64 / other);
    for ((name, _), (seconds, articles)) in sides.iter().zip(best) {
        let speed = articles as f64 / seconds;
        let ratio = theirs.map_or(String::new(), |theirs| format!("{:.1}×", speed / theirs));
        println!("{name:<28} {articles:>9} {speed:>16.0} {ratio:>16}");
    }
    if let (Some(python), Some(theirs)) = (&python, theirs) {
        println!("{:<28} {:>9} {theirs:>16.0} {:>16}", python.version, pages.len(), "1.0×");
    }
    Ok(())
}
