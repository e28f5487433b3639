//! Reviewed renderings of the tiny case, whole. `RASHOMON_BLESS=1 cargo test -p rashomon-dossier --test snapshots` rewrites them.
#![allow(clippy::unwrap_used, clippy::string_slice)]
mod mock;

use rashomon_dossier::html::{HtmlOptions, html};
use rashomon_dossier::json::{self, Generator};
use rashomon_dossier::summary::{Colour, summary};
use rashomon_dossier::{markdown, table};

/// Compares with the kept file, or writes it when blessing.
fn check(name: &str, found: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("RASHOMON_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (n, (kept, found)) in kept.lines().zip(found.lines()).enumerate() {
        assert_eq!(kept, found, "{name}, line {}", n + 1);
    }
    assert_eq!(kept.lines().count(), found.lines().count(), "{name}: number of lines");
}

/// Versions and the style sheet change without changing what is shown.
fn stable() -> Generator {
    Generator { version: "0.0.0".into(), analysis: "stages".into() }
}

#[test]
fn tiny_markdown() {
    check("tiny.md", &markdown(&mock::tiny::case()));
}

#[test]
fn tiny_summary() {
    check("tiny.summary.txt", &summary(&mock::tiny::case(), Colour::Never));
}

#[test]
fn market_summary() {
    check("market.summary.txt", &summary(&mock::market::case(), Colour::Never));
}

#[test]
fn tiny_lines() {
    check("tiny.claims.txt", &table::lines(&mock::tiny::case(), true));
}

#[test]
fn tiny_csv() {
    check("tiny.claims.csv", &table::csv(&mock::tiny::case()));
}

/// The body's opening as HTML: head, lead and table of accounts.
#[test]
fn tiny_html() {
    let page = html(&mock::tiny::case(), &HtmlOptions { generator: stable(), ..HtmlOptions::default() });
    let body = page.split("<body>").nth(1).unwrap();
    let head = body.split("<aside").next().unwrap();
    check("tiny.head.html", head);
}

/// One incident of the JSON.
#[test]
fn tiny_incident() {
    let text = json::dossier(&mock::tiny::case(), &stable());
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    check("tiny.incident.json", &format!("{}\n", serde_json::to_string_pretty(&value["incidents"][0]).unwrap()));
}

#[test]
fn colour_is_only_by_asking() {
    let case = mock::market::case();
    let plain = summary(&case, Colour::Never);
    assert!(!plain.contains('\u{1b}'));
    let painted = summary(&case, Colour::Ansi);
    let mut stripped = String::new();
    let mut rest = painted.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}

/// Neither Markdown nor tables let an account write mark-up, formulas or terminal codes.
#[test]
fn hostile_words_in_text_renderings() {
    let mut case = mock::tiny::case();
    let bad = "=1+1<img src=x>|\u{1b}[31m\u{202e}[x](javascript:a)\n# head";
    case.title = bad.into();
    for doc in &mut case.documents {
        doc.publisher = Some(bad.into());
    }
    for link in case.claims.iter_mut().flat_map(|c| &mut c.chain) {
        link.name = bad.into();
    }
    let md = markdown(&case);
    assert!(
        !md.contains("<img") && !md.replace("\\]", "").contains("](javascript") && !md.contains("\n# head"),
        "{md}"
    );
    for text in [md, summary(&case, Colour::Never), table::lines(&case, true), table::csv(&case)] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
    let csv = table::csv(&case);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for row in reader.records() {
        for field in &row.unwrap() {
            assert!(!field.starts_with(['=', '+', '-', '@']), "{field}");
        }
    }
}
