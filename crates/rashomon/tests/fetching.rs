//! Addresses at the program's door: fetched through a proxy on this machine, kept, read, told of where they are not.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::server::Server;
use support::{fresh, list, rashomon, stdout, text};

const PAGE: &str = "<html><head><title>Shells hit Talen</title></head><body><article><h1>Shells hit Talen</h1><p>Shells hit the market of Talen on Monday, 3 March 2031, and four people were killed there, the mayor of the town said on the day after.</p><p>Residents said they heard six explosions before noon, and saw smoke over the bridge for hours after that.</p></article></body></html>";
const ROWS: &str =
    "id,text\n7,\"Shells hit the market of Talen on Monday, police said. Two people were killed there.\"\n";
const FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Talen Post", "items": [{"id": "1", "content_text": "Shells hit the bridge of Talen on Monday. Three people were killed, the council said."}]}"#;
const LINKS: &str = "<rss version='2.0'><channel><title>Talen Post</title><item><link>http://talen.example/page</link></item></channel></rss>";

/// A web of two sites behind a proxy; what was there once only is gone when it is asked for again.
fn web() -> Server {
    Server::raw(|_, asked, before| {
        let url = asked.line.split(' ').nth(1).unwrap_or_default();
        let (status, fields, body) = match url {
            "http://hold.example/robots.txt" => (200, "Content-Type: text/plain", "\u{feff}User-agent: *\rDisallow: /"),
            "http://talen.example/moved" => (301, "Location: /page", ""),
            "http://talen.example/once" if before > 0 => (410, "Content-Type: text/html", "<p>Gone"),
            "http://talen.example/page" | "http://talen.example/once" | "http://hold.example/page" => {
                (200, "Content-Type: text/html", PAGE)
            }
            "http://talen.example:8080/page" => (200, "Content-Type: text/html", PAGE),
            "http://talen.example/rows.csv" => (200, "Content-Type: application/octet-stream", ROWS),
            "http://talen.example/feed.json" => (200, "Content-Type: application/feed+json", FEED),
            "http://talen.example/links.xml" => (200, "Content-Type: application/rss+xml", LINKS),
            "http://talen.example/style" => (200, "Content-Type: text/css", "p { color: black }"),
            "http://talen.example/picture" => (200, "Content-Type: image/png", "\u{89}PNG\r\n\u{1a}\n and so on"),
            _ => (404, "Content-Type: text/plain", "none"),
        };
        format!("HTTP/1.1 {status} So\r\nContent-Length: {}\r\n{fields}\r\n\r\n{body}", body.len()).into_bytes()
    })
}

/// Runs with the proxy; gives the exit code, standard output and standard error.
fn run(dir: &Path, web: &Server, args: &[&str]) -> (Option<i32>, String, String) {
    let proxy = web.url();
    let output = rashomon(dir, &[args, &["--proxy", &proxy]].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), stdout(&output), said)
}

/// The documents of a dossier: address and origin of each.
fn documents(json: &str) -> Vec<(String, String)> {
    let value: Value = serde_json::from_str(json).unwrap();
    let of = |doc: &Value| (text(doc, "url").to_owned(), text(&doc["capture"], "origin").to_owned());
    list(&value, "documents").iter().map(of).collect()
}

#[test]
fn what_an_address_answers_is_taken_in_or_told() {
    let (dir, web) = (fresh("fetching-add"), web());
    assert_eq!(rashomon(&dir, &["init", "talen"]).status.code(), Some(0));
    let page = "HTTP://talen.example/moved";
    let tables = ["http://talen.example/rows.csv", "http://talen.example/feed.json"];
    let (code, out, said) = run(&dir, &web, &["add", "talen", page, tables[0], tables[1]]);
    assert!(code == Some(0) && out.contains("3 added, 0 unchanged, 0 left out"), "{out}{said}");
    for unread in ["http://talen.example/picture", "http://talen.example/style", "http://talen.example/links.xml"] {
        let (code, _, said) = run(&dir, &web, &["add", "talen", unread]);
        assert!(code == Some(3) && said.contains(&format!("left out: {unread}")), "{said}");
    }
    let (code, out, said) = run(&dir, &web, &["add", "talen", "http://hold.example/page"]);
    assert!(code == Some(3) && said.contains("R132"), "{out}{said}");
    let (code, out, said) = run(&dir, &web, &["add", "talen", "http://hold.example/page", "--ignore-robots"]);
    assert!(code == Some(0) && out.contains("1 added"), "{out}{said}");

    // handed on, the package names the page the address led to, and every report; a reader of packages finds them all
    std::fs::write(dir.join("note.txt"), "The army said nobody was killed in Talen on Monday, 3 March 2031.").unwrap();
    let mail = "From: Talen Council <desk@talen.example>\r\nSubject: Talen\r\nMessage-ID: <1@talen.example>\r\n\r\nFive people were killed in Talen on Monday, the council said.\r\n";
    std::fs::write(dir.join("note.eml"), mail).unwrap();
    assert_eq!(rashomon(&dir, &["add", "talen", "note.txt", "note.eml"]).status.code(), Some(0));
    assert_eq!(rashomon(&dir, &["export", "talen", "--wacz", "talen.wacz"]).status.code(), Some(0));
    let files = rashomon::wacz::entries(&std::fs::read(dir.join("talen.wacz")).unwrap()).unwrap();
    let pages = String::from_utf8_lossy(&files["pages/pages.jsonl"]).into_owned();
    assert!(pages.contains("\"http://talen.example/page\"") && !pages.contains("/moved"), "{pages}");
    assert!(pages.contains("file:///note.txt") && pages.contains("file:///note.eml"), "{pages}");
    // handed back, it brings nothing new
    let back = rashomon(&dir, &["import", "talen", "talen.wacz"]);
    assert!(stdout(&back).contains("0 added"), "{}", stdout(&back));
    let dossier = |path: &str| stdout(&rashomon(&dir, &["dossier", path, "--json", "--speed", "fast", "--title", "T"]));
    assert_eq!(documents(&dossier("talen")).len(), 6);
    assert_eq!(documents(&dossier("talen.wacz")).len(), 6);
}

#[test]
fn what_is_gone_is_told_and_what_was_there_stays() {
    let (dir, web) = (fresh("fetching-gone"), web());
    assert_eq!(rashomon(&dir, &["init", "talen"]).status.code(), Some(0));
    let url = "http://talen.example/once";
    assert_eq!(run(&dir, &web, &["add", "talen", url]).0, Some(0));
    let (code, _, said) = run(&dir, &web, &["add", "talen", url]);
    assert!(code == Some(3) && said.contains("answers 410"), "{said}");
    assert!(said.contains("it was there on ") && said.contains("capture 1 has it"), "{said}");
    assert!(stdout(&rashomon(&dir, &["status", "talen"])).contains("1 reports in 1 captures"));
}

#[test]
fn a_dossier_of_addresses_follows_what_it_is_told_to() {
    let (dir, web) = (fresh("fetching-dossier"), web());
    let options = ["--json", "--speed", "fast", "--title", "T"];
    let (code, out, said) = run(&dir, &web, &[&["dossier", "http://talen.example/moved"], &options[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(documents(&out).iter().map(|(url, _)| url.as_str()).collect::<Vec<_>>(), ["http://talen.example/page"]);
    let feed = "http://talen.example/links.xml";
    let (code, _, said) = run(&dir, &web, &[&["dossier", feed], &options[..]].concat());
    assert!(code == Some(3) && said.contains("R126") && said.contains("http://talen.example/page"), "{said}");
    let (code, out, said) = run(&dir, &web, &[&["dossier", feed, "--fetch"], &options[..]].concat());
    assert!(code == Some(0) && documents(&out).len() == 1, "{said}");
    let (code, _, said) = run(&dir, &web, &["dossier", "http://talen.example/style"]);
    assert!(code == Some(3) && said.contains("left out: http://talen.example/style: no article was found"), "{said}");
    let other = "http://talen.example:8080/page";
    let (code, _, said) = run(&dir, &web, &[&["dossier", other], &options[..]].concat());
    assert!(code == Some(3) && said.contains("R131"), "{said}");
    let (code, _, said) = run(&dir, &web, &[&["dossier", other, "--allow-port", "8080"], &options[..]].concat());
    assert_eq!(code, Some(0), "{said}");
}
