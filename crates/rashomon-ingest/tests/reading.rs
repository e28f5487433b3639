//! Files, folders and rows: what is found, what is left out and why, and ids that do not depend on where a folder lies.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use rashomon_ingest::{Input, Refusal, extract, read};

/// A fresh folder below the system's temporary one, removed at the end.
struct Fresh(PathBuf);

impl Fresh {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rashomon-ingest-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> &Self {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const STORY: &[u8] = b"Shells hit Talen market\n\nTwelve people were wounded when shells hit the market of Talen on Wednesday, officials said.\n";

/// Names (relative) and codes of all refusals.
fn codes(refusals: &[Refusal], root: &Path) -> Vec<String> {
    let root = format!("{}/", root.display());
    refusals.iter().map(|r| format!("{} {}", r.code, r.origin.replace(&root, ""))).collect()
}

fn ids(inputs: Vec<Input>) -> Vec<String> {
    let mut docs: Vec<_> = inputs.into_iter().map(|input| extract(input).unwrap().value).collect();
    rashomon_ingest::distinct(&mut docs);
    docs.into_iter().map(|doc| doc.id.to_string()).collect()
}

#[test]
fn everything_left_out_is_named() {
    let folder = Fresh::new("left-out");
    folder
        .put("a.txt", STORY)
        .put("b.txt", b"")
        .put("c.txt", b" \n\t\n")
        .put("d.txt", b"\x89PNG\r\n\x1a\n\0\0")
        .put("e.html", &[0xff, 0xfe, 0, 0, b'a', 0, 0, 0])
        .put("f.pdf", b"%PDF-1.7")
        .put(".hidden.txt", STORY)
        .put("g.jsonl", b"{\"id\": 7, \"text\": \"Two people died in Talen on Monday, the mayor said.\"}\n\n{\"id\": \"x\"}\nnot json\n")
        .put("h.json", b"{\"name\": 1}")
        .put("i.json", b"[]")
        .put("j.toml", b"a = 1")
        .put("page.htm", b"<p>Two people died in Talen on Monday, the mayor said.</p>")
        .put("page_files/frame.html", b"<p>Buy a boat in Talen harbour today.</p>");
    let vanished = folder.0.join("z.txt");
    let (inputs, refusals) = read::inputs([&folder.0, &vanished]);
    let mut all = refusals;
    let mut found = Vec::new();
    for input in inputs {
        match extract(input) {
            Ok(read) => found.push(read.value),
            Err(error) => all.push(error.into()),
        }
    }
    assert_eq!(
        codes(&all, &folder.0),
        [
            "R101 b.txt",
            "R101 c.txt",
            "R102 d.txt",
            "R106 g.jsonl#2",
            "R107 g.jsonl#3",
            "R108 h.json",
            "R108 i.json",
            "R110 j.toml",
            "R115 page_files",
            "R105 z.txt",
            "R103 e.html",
            "R124 f.pdf"
        ]
    );
    assert_eq!(all.iter().filter(|r| !r.left_out()).count(), 2);
    assert_eq!(found.len(), 3);
    assert_eq!(found[1].given_id.as_deref(), Some("7"));
    assert!(found[1].capture.origin.ends_with("g.jsonl#1"));
}

/// A pipe that nobody writes to, in a folder or among the parts of a saved page, is passed over and not waited for.
#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_passed_over() {
    let folder = Fresh::new("pipe");
    folder
        .put("a.txt", STORY)
        .put("page.html", b"<p>Two people died in Talen, the mayor said.</p>")
        .put("page_files/a.css", b"p {}");
    for name in ["b.txt", "page_files/b.css"] {
        let made = std::process::Command::new("mkfifo").arg(folder.0.join(name)).status().unwrap();
        assert!(made.success());
    }
    let root = folder.0.clone();
    let (done, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || done.send((read::inputs([&root]), read::parts(&root.join("page.html")))));
    let ((inputs, refusals), parts) = wait.recv_timeout(std::time::Duration::from_secs(30)).unwrap();
    assert_eq!(inputs.len(), 2);
    assert_eq!(codes(&refusals, &folder.0), ["R110 b.txt", "R115 page_files"]);
    assert_eq!(parts, [folder.0.join("page_files/a.css")]);
}

#[test]
fn ids_do_not_depend_on_the_place() {
    let (one, two) = (Fresh::new("here"), Fresh::new("there"));
    for folder in [&one, &two] {
        folder.put("a/story.txt", STORY).put("b/story.txt", STORY).put("b/other.txt", STORY);
        folder.put("c/story.txt", &[b"\xef\xbb\xbf", STORY].concat());
    }
    let here = ids(read::inputs([&one.0]).0);
    let there = ids(read::inputs([&two.0]).0);
    assert_eq!(here, there);
    let mut distinct = here.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 4);
    // Named one by one, in another order: the same.
    let named = [two.0.join("c"), two.0.join("b"), two.0.join("a/story.txt")];
    assert_eq!(ids(read::inputs(named.iter()).0), here);
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = Fresh::new("twice");
    folder.put("a.txt", STORY);
    let (inputs, refusals) = read::inputs([folder.0.clone(), folder.0.join("a.txt")]);
    assert_eq!(inputs.len(), 1);
    assert_eq!(codes(&refusals, &folder.0), ["R112 a.txt"]);
}

#[test]
fn rows_carry_what_the_giver_says() {
    let folder = Fresh::new("rows");
    folder.put(
        "rows.json",
        br#"{"articles": [
            {"id": "A1", "title": "Shells hit Talen", "url": "https://c.example/1", "publisher": "Courier", "published": "2032-03-04T09:00:00Z",
             "text": "Shells fell on the market of Talen on Wednesday, wounding at least 12 people, the mayor said."},
            {"url": "https://c.example/2032/03/05/two", "html": "<p>Shells fell on the market of Talen on Wednesday, wounding at least 12 people, the mayor said.</p>"}]}"#,
    );
    let (inputs, refusals) = read::inputs([&folder.0]);
    assert!(refusals.is_empty(), "{refusals:?}");
    let docs: Vec<_> = inputs.into_iter().map(|input| extract(input).unwrap().value).collect();
    let published = |i: usize| docs[i].published.as_ref().map(|date| format!("{} {}", date.edtf(), date.basis));
    assert_eq!(docs[0].publisher.as_deref(), Some("Courier"));
    assert_eq!(docs[0].title.as_deref(), Some("Shells hit Talen"));
    assert_eq!(published(0).as_deref(), Some("2032-03-04 metadata"));
    assert_eq!(published(1).as_deref(), Some("2032-03-05 metadata"));
    assert_eq!(docs[1].capture.media_type, "text/html");
}

#[test]
fn what_the_program_wrote_is_not_read_again() {
    let folder = Fresh::new("own");
    let dossier =
        b"{\n  \"schema\": \"rashomon/dossier/1\",\n  \"documents\": [{\"text\": \"Two people died in Talen.\"}]\n}\n";
    folder
        .put("a.txt", STORY)
        .put("case/rashomon-case.json", b"{}")
        .put("case/objects/ab/x.txt", STORY)
        .put("dossier/dossier.json", dossier)
        .put("dossier/dossier.html", b"<p>Two people died in Talen, two reports say.</p>")
        .put("other/dossier.json", b"[{\"text\": \"Two people died in Talen on Monday, the mayor said.\"}]");
    let (inputs, refusals) = read::inputs([&folder.0]);
    assert_eq!(codes(&refusals, &folder.0), ["R127 case", "R127 dossier/dossier.html", "R127 dossier/dossier.json"]);
    assert!(refusals.iter().all(|refusal| !refusal.left_out()));
    assert_eq!(inputs.len(), 2);
    // named outright it is refused; a dossier among the reports hides none of them
    let named = ["case", "dossier", "dossier/dossier.json"].map(|name| folder.0.join(name));
    let (inputs, refusals) = read::inputs(named.iter());
    assert_eq!(
        codes(&refusals, &folder.0),
        [
            "R128 case",
            "R128 dossier",
            "R127 dossier/dossier.html",
            "R127 dossier/dossier.json",
            "R128 dossier/dossier.json"
        ]
    );
    assert!(inputs.is_empty());
    folder.put("dossier/b.txt", STORY);
    let (inputs, refusals) = read::inputs([folder.0.join("dossier")]);
    assert_eq!((inputs.len(), refusals.iter().filter(|refusal| refusal.left_out()).count()), (1, 0));
}
