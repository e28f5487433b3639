//! Case files of reading: `tests/cases/ingest/*.md`, through one `check` door.
//!
//! A case is a heading, prose, the input in a fence named `text`, `markdown` or `html` (an address may follow: ` ```html
//! https://…`), and what is to be read of it in a fence named `expect`. `BLESS=1 cargo test -p rashomon-ingest` rewrites the
//! expectations; look at the difference before you keep it.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;

use rashomon_ingest::{Input, MediaType, extract};

/// What is read of an input, one line each.
fn check(kind: &str, url: Option<&str>, content: &str) -> String {
    let media = match kind {
        "html" => MediaType::Html,
        "markdown" => MediaType::Markdown,
        _ => MediaType::Plain,
    };
    let mut input = Input::new("case", media, content.as_bytes().to_vec());
    input.given.url = url.map(str::to_owned);
    let read = match extract(input) {
        Ok(read) => read,
        Err(error) => return format!("refused: {error}\n"),
    };
    let doc = read.value;
    let mut out = String::new();
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    line("publisher", doc.publisher.as_deref());
    line("title", doc.title.as_deref());
    line("byline", doc.byline.as_deref());
    line("language", Some(&doc.language));
    if let Some(date) = &doc.published {
        let anchor = doc.published_anchor.map_or(String::new(), |span| format!(" \"{}\"", doc.slice(span)));
        let field = match &date.rests_on {
            Some(rashomon_model::date::RestsOn::Metadata(field)) => format!(" ({field})"),
            _ => String::new(),
        };
        line("published", Some(&format!("{} {}{field}{anchor}", date.edtf(), date.basis)));
    }
    line("updated", doc.updated.then_some("yes"));
    line("url", doc.url.as_deref().filter(|u| Some(*u) != url));
    for credit in &doc.credits {
        let span = credit.span.map_or(String::new(), |span| format!(" \"{}\"", doc.slice(span)));
        line("credit", Some(&format!("{} ({}){span}", credit.name, credit.how)));
    }
    for block in &doc.blocks {
        line(&format!("[{}]", block.kind), Some(doc.slice(block.span)));
    }
    for note in &read.diagnostics {
        if !matches!(note.code, "R206" | "R210") {
            line(note.code, Some(&note.message));
        }
    }
    out
}

/// Runs (or blesses) one file; gives the cases that failed.
fn run(path: &Path, bless: bool) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let (mut failed, mut rewritten) = (Vec::new(), String::new());
    let mut heading = String::new();
    let mut given: Option<(String, Option<String>, String)> = None;
    let mut lines = text.lines();
    let mut n = 0;
    while let Some(line) = lines.next() {
        let _ = writeln!(rewritten, "{line}");
        if let Some(name) = line.strip_prefix("## ") {
            heading = name.to_owned();
        }
        let Some(fence) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let body = body.join("\n") + "\n";
        if fence == "expect" {
            let (kind, url, content) = given.take().unwrap_or_else(|| panic!("{heading}: no input before expect"));
            let got = check(&kind, url.as_deref(), &content);
            n += 1;
            if got != body && !bless {
                failed.push(format!("{}: {heading}\n--- expected\n{body}--- got\n{got}", path.display()));
            }
            rewritten.push_str(&got);
        } else {
            let mut words = fence.split_whitespace();
            let kind = words.next().unwrap_or("text").to_owned();
            given = Some((kind, words.next().map(str::to_owned), body.clone()));
            rewritten.push_str(&body);
        }
        rewritten.push_str("```\n");
    }
    assert!(n > 0, "{}: no cases", path.display());
    if bless {
        std::fs::write(path, rewritten).unwrap();
    }
    failed
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/ingest");
    let bless = std::env::var_os("BLESS").is_some();
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let failed: Vec<String> = files.iter().flat_map(|path| run(path, bless)).collect();
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n"));
}
