//! Archives, messages and web archives: what comes out, what is refused, and that no bomb or path gets anywhere.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write as _};

use rashomon_ingest::limits::Limits;
use rashomon_ingest::open::{Opened, Options, Source, open};
use rashomon_ingest::warc::{Draft, Writer};
use rashomon_ingest::{MediaType, extract};
use zip::write::SimpleFileOptions;

const STORY: &str = "Shells hit Talen market\n\nTwelve people were wounded when shells hit the market of Talen on Wednesday, officials said.\n";

/// A ZIP archive of named parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    pack.write_all(bytes).unwrap();
    pack.finish().unwrap()
}

/// A tar archive of parts with a type flag.
fn tarred(parts: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, flag, bytes) in parts {
        let mut head = [0u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[100..107].copy_from_slice(b"0000644");
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[148..156].fill(b' ');
        head[156] = *flag;
        head[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = head.iter().map(|b| u32::from(*b)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend_from_slice(&head);
        out.extend_from_slice(bytes);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

fn read(name: &str, bytes: Vec<u8>) -> Opened {
    open(Source::new(name, bytes), &Options::default())
}

/// Origins of the articles, and codes with origins of what was refused.
fn told(opened: &Opened) -> (Vec<&str>, Vec<String>) {
    let inputs = opened.inputs.iter().map(|input| input.origin.as_str()).collect();
    (inputs, opened.refusals.iter().map(|r| format!("{} {}", r.code, r.origin)).collect())
}

#[test]
fn a_packed_folder_reads_like_the_folder() {
    let parts: &[(&str, &[u8])] = &[
        ("in/a.txt", STORY.as_bytes()),
        ("in/page.html", b"<p>Two people died in Talen on Monday, the mayor said.</p>"),
        ("in/page_files/ad.html", b"<p>Buy a boat.</p>"),
        ("in/.hidden.txt", b"x"),
        ("in/photo.jpg", b"\xff\xd8\xff"),
        ("in/rows.jsonl", b"{\"text\": \"Two died in Talen.\"}\n{}\n"),
    ];
    let opened = read("b.zip", zipped(parts));
    let expected = (
        vec!["b.zip#1 a.txt", "b.zip#2 page.html", "b.zip#6 rows.jsonl#1"],
        vec!["R106 b.zip#6 rows.jsonl#2".to_owned(), "R114 b.zip".to_owned()],
    );
    assert_eq!(told(&opened), expected);
    assert!(opened.refusals[1].message.ends_with("3 parts"));
    // The same ids as from the folder itself: names of parts, not of the archive.
    let alone = read("a.txt", STORY.into());
    let id = |input: &rashomon_ingest::Input| extract(input.clone()).unwrap().value.id;
    assert_eq!(id(&opened.inputs[0]), id(&alone.inputs[0]));
    let tar: Vec<(&str, u8, &[u8])> = parts.iter().map(|(name, bytes)| (*name, b'0', *bytes)).collect();
    for opened in [read("b.tar", tarred(&tar)), read("b.tgz", gzipped(&tarred(&tar)))] {
        assert_eq!(opened.inputs.len(), 3);
        assert_eq!(id(&opened.inputs[0]), id(&alone.inputs[0]));
    }
    let packed = read("a.txt.gz", gzipped(STORY.as_bytes()));
    assert_eq!(id(&packed.inputs[0]), id(&alone.inputs[0]));
    // zeros that fill up the last block of a tape are no damage
    let padded = [gzipped(&tarred(&tar)), vec![0; 700]].concat();
    assert_eq!((read("b.tgz", padded.clone()).inputs.len(), read("b.tgz", padded).refusals.len()), (3, 2));
}

#[test]
fn a_tar_archive_from_before_its_mark_is_known_by_its_sum() {
    let mut old = tarred(&[("a.txt", 0, STORY.as_bytes())]);
    old[257..263].fill(0);
    old[148..156].fill(b' ');
    let sum: u32 = old[..512].iter().map(|b| u32::from(*b)).sum();
    old[148..156].copy_from_slice(format!("{sum:6o}\0 ").as_bytes());
    assert_eq!(told(&read("b.bin", old.clone())), (vec!["b.bin#1 a.txt"], vec![]));
    assert_eq!(read("b.tgz", gzipped(&old)).inputs.len(), 1);
    old[0] = b'b';
    assert!(told(&read("b.bin", old)).0 == ["b.bin"], "with another sum it is no archive");
}

#[test]
fn paths_and_links_lead_nowhere() {
    let evil = [
        "../../../etc/talen.txt",
        "/etc/talen.txt",
        "C:\\Windows\\talen.txt",
        "..\\..\\talen.txt",
        "a/../../talen.txt",
        "con.txt",
        "a\u{202e}txt.exe.txt",
        "\u{200b}talen\u{7}.txt",
    ];
    let parts: Vec<(&str, &[u8])> = evil.iter().map(|name| (*name, STORY.as_bytes())).collect();
    let before = std::fs::read_dir(".").unwrap().count();
    let opened = read("b.zip", zipped(&parts));
    assert_eq!(std::fs::read_dir(".").unwrap().count(), before);
    for input in &opened.inputs {
        let label = input.origin.strip_prefix("b.zip#").unwrap();
        assert!(!label.contains(['/', '\\', '\u{202e}', '\u{200b}', '\u{7}']), "{label:?}");
    }
    assert!(opened.inputs.len() >= 6, "{:?}", told(&opened));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("a.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let opened = read("l.zip", writer.finish().unwrap().into_inner());
    assert_eq!(told(&opened).1, ["R119 l.zip#1 a.txt"]);
    let tar =
        tarred(&[("a.txt", b'2', b""), ("b.txt", b'1', b""), ("c.txt", b'0', STORY.as_bytes()), ("d.txt", b'6', b"")]);
    assert_eq!(
        told(&read("l.tar", tar)),
        (vec!["l.tar#3 c.txt"], vec!["R119 l.tar#1 a.txt".into(), "R119 l.tar#2 b.txt".into()])
    );
}

#[test]
fn bombs_are_refused_and_the_rest_is_read() {
    let bomb = vec![b'a'; 8 << 20];
    let opened = read("b.zip", zipped(&[("bomb.txt", &bomb), ("a.txt", STORY.as_bytes())]));
    assert_eq!(told(&opened), (vec!["b.zip#2 a.txt"], vec!["R116 b.zip#1 bomb.txt".into()]));
    assert_eq!(told(&read("b.txt.gz", gzipped(&bomb))).1, ["R116 b.txt.gz"]);
    let inside = zipped(&[("a.txt", STORY.as_bytes())]);
    let two = zipped(&[("one.zip", &inside)]);
    assert_eq!(read("two.zip", two.clone()).inputs.len(), 1);
    let three = zipped(&[("two.zip", &two)]);
    assert_eq!(told(&read("three.zip", three)).1, ["R117 three.zip#1 two.zip#1 one.zip"]);
    let many: Vec<(String, &[u8])> = (0..50).map(|n| (format!("{n}.txt"), STORY.as_bytes())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let tight = |limits| open(Source::new("m.zip", zipped(&many)), &Options { limits, ..Options::default() });
    assert_eq!(told(&tight(Limits { entries: 10, ..Limits::default() })).1, ["R116 m.zip"]);
    let opened = tight(Limits { unpacked: STORY.len() as u64 * 10, ..Limits::default() });
    assert_eq!((opened.inputs.len(), opened.refusals.len()), (10, 40));
    // what was refused was unpacked as well
    let over = zipped(&[("a.txt", &bomb[..3000]), ("b.txt", &bomb[..3000]), ("c.txt", STORY.as_bytes())]);
    let limits = Limits { unpacked: 4000, ..Limits::default() };
    let opened = open(Source::new("o.zip", over), &Options { limits, ..Options::default() });
    assert_eq!((opened.inputs.len(), opened.refusals.len()), (1, 2));
    let large = tight(Limits { document: 10, ..Limits::default() });
    assert!(large.refusals.iter().all(|r| r.code == "R104") && large.inputs.is_empty());
    let broken = zipped(&[("a.txt", STORY.as_bytes())]);
    assert_eq!(told(&read("b.zip", broken[..broken.len() - 30].to_vec())).1, ["R118 b.zip"]);
}

#[test]
fn messages_give_text_and_attachments() {
    let mail = "From: =?utf-8?q?Tal=C3=A9n_Post?= <desk@talenpost.example>\r\nSubject: Shells hit Talen\r\nDate: Thu, 04 Mar 2032 09:28:00 +0200\r\n\
        Message-ID: <m1@talenpost.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n\
        --B\r\nContent-Type: multipart/alternative; boundary=C\r\n\r\n--C\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nTwo died in Tal=E9n.\r\n\
        --C\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Two people died in Talén on Wednesday, the mayor said in the town.</p>\r\n--C--\r\n\
        --B\r\nContent-Type: text/plain; name=statement.txt\r\nContent-Disposition: attachment; filename=\"../statement.txt\"\r\n\r\nThe council says that two people died in the market.\r\n\
        --B\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n\
        --B\r\nContent-Type: message/rfc822\r\n\r\nFrom: b@x.example\r\nSubject: Earlier\r\nMessage-ID: <m0@x>\r\n\r\nThree people were hurt in Talen, a medic said.\r\n--B--\r\n";
    let opened = read("m.eml", mail.into());
    let (inputs, refusals) = told(&opened);
    assert_eq!(inputs, ["m.eml", "m.eml#1 statement.txt", "m.eml#3 part"], "{opened:?}");
    assert_eq!(refusals, ["R114 m.eml"]);
    let doc = extract(opened.inputs[0].clone()).unwrap().value;
    assert!(doc.text.contains("died in Talén on Wednesday"));
    assert_eq!((doc.publisher.as_deref(), doc.title.as_deref()), (Some("Talén Post"), Some("Shells hit Talen")));
    assert_eq!(doc.published.unwrap().edtf(), "2032-03-04");
    assert_eq!(opened.inputs[2].given.title.as_deref(), Some("Earlier"));
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://talen.example/a\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://talen.example/a\r\n\r\n\
        <html><body><h1>Shells hit Talen</h1><p>Two people died =\r\nin Talen.</p></body></html>\r\n--B\r\nContent-Type: text/css\r\nContent-Location: https://talen.example/a.css\r\n\r\np {}\r\n--B--\r\n";
    let opened = read("page.mhtml", page.into());
    assert_eq!((opened.inputs.len(), opened.inputs[0].given.url.as_deref()), (1, Some("https://talen.example/a")));
    assert!(extract(opened.inputs[0].clone()).unwrap().value.text.contains("Two people died in Talen."));
}

/// A web archive of answers.
fn archive(answers: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), true);
    for (url, answer) in answers {
        let date = "2032-03-04T09:28:00Z";
        writer
            .write(
                &Draft::new("request", date)
                    .target(url)
                    .body("application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
            )
            .unwrap();
        writer
            .write(
                &Draft::new("response", date).target(url).body("application/http; msgtype=response", answer.as_bytes()),
            )
            .unwrap();
    }
    writer.into_inner()
}

#[test]
fn web_archives_give_their_pages() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Two people died in Talén on Wednesday, the mayor said in the town.</p>";
    let answers = [
        ("https://talen.example/a", page),
        ("https://talen.example/b", "HTTP/1.1 301 Moved\r\nLocation: /a\r\n\r\n"),
        ("https://talen.example/c.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{1}PNG"),
        ("https://talen.example/frame", page),
        (
            "https://talen.example/z",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: compress\r\n\r\nxx",
        ),
    ];
    let opened = read("t.warc.gz", archive(&answers));
    assert_eq!(
        told(&opened),
        (vec!["t.warc.gz#2", "t.warc.gz#8"], vec!["R121 t.warc.gz#10".into(), "R114 t.warc.gz".into()])
    );
    let doc = extract(opened.inputs[0].clone()).unwrap().value;
    assert_eq!(doc.url.as_deref(), Some("https://talen.example/a"));
    assert_eq!(doc.capture.retrieved.unwrap().to_string(), "2032-03-04T09:28:00");
    // The list of pages of a WACZ says which of the answers are pages.
    let wacz = zipped(&[
        ("datapackage.json", b"{}"),
        ("pages/pages.jsonl", b"{\"format\": \"json-pages-1.0\"}\n{\"url\": \"https://talen.example/a\"}\n"),
        ("archive/data.warc.gz", &archive(&answers)),
        ("indexes/index.cdx", b"x"),
    ]);
    let opened = read("t.wacz", wacz);
    assert_eq!(told(&opened).0, ["t.wacz#3 data.warc.gz#2"]);
}

#[test]
fn office_documents_are_articles() {
    let word = zipped(&[(
        "word/document.xml",
        b"<w:document><w:body><w:p><w:r><w:t>Shells hit Talen market</w:t></w:r></w:p><w:p><w:r><w:t>Two people died in Talen on Wednesday, the mayor said.</w:t></w:r></w:p></w:body></w:document>",
    )]);
    let open = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"<office:document-content><text:h>Shells hit Talen market</text:h><text:p>Two people died in Talen on Wednesday, the mayor said.</text:p></office:document-content>"),
    ]);
    for (name, bytes, media) in [("a.docx", word, MediaType::Docx), ("a.bin", open, MediaType::Odt)] {
        let opened = read(name, bytes);
        assert_eq!(opened.inputs[0].media, media);
        let doc = extract(opened.inputs[0].clone()).unwrap().value;
        assert_eq!(doc.title.as_deref(), Some("Shells hit Talen market"));
        assert!(doc.text.ends_with("the mayor said."));
    }
}

/// A web archive of pages under one head each, packed or not.
fn archived(pages: usize, head: usize, gzip: bool) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), gzip);
    for n in 0..pages {
        let url = format!("https://talen.example/{n}");
        let field = "a".repeat(head);
        let record = Draft::new("resource", "2032-03-04T09:28:00Z").target(&url).field("X-Filler", field);
        writer.write(&record.body("text/plain", STORY.as_bytes())).unwrap();
    }
    writer.into_inner()
}

#[test]
fn all_that_a_web_archive_unpacks_to_counts_and_counts_once() {
    let size = |bytes: &[u8]| {
        let mut reader = rashomon_ingest::warc::Reader::new(bytes);
        while reader.next().is_some() {}
        reader.unpacked()
    };
    let (packed, plain) = (archived(20, 5000, true), archived(20, 5000, false));
    assert_eq!((size(&packed), size(&plain)), (plain.len() as u64, 0), "heads and ends count too");
    let within = |unpacked: u64, name: &str, bytes: &[u8]| {
        let options = Options { limits: Limits { unpacked, ..Limits::default() }, ..Options::default() };
        let opened = open(Source::new(name, bytes.to_vec()), &options);
        (opened.inputs.len(), opened.refusals.iter().filter(|refusal| refusal.left_out()).count())
    };
    let room = plain.len() as u64;
    assert_eq!(within(room, "a.warc.gz", &packed), (20, 0));
    let (read, refused) = within(room / 2, "a.warc.gz", &packed);
    assert!((8..11).contains(&read) && refused == 1, "{read} {refused}");
    // not packed, the file is what it is; in an archive it was counted when it came out of that
    assert_eq!(within(1, "a.warc", &plain), (20, 0));
    let wacz = |name: &str, bytes: &[u8]| zipped(&[("datapackage.json", b"{}"), (name, bytes)]);
    assert_eq!(within(room, "a.wacz", &wacz("archive/a.warc", &plain)), (20, 0), "counted once");
    assert_eq!(within(room + packed.len() as u64, "a.wacz", &wacz("archive/a.warc.gz", &packed)), (20, 0));
}

#[test]
fn a_word_document_counts_as_what_it_unpacks_to() {
    let body = format!(
        "<w:document><w:body>{}</w:body></w:document>",
        "<w:p><w:r><w:t>Shells hit Talen.</w:t></w:r></w:p>".repeat(2000)
    );
    let docx = zipped(&[("word/document.xml", body.as_bytes())]);
    let both = zipped(&[("a.docx", &docx), ("b.docx", &docx)]);
    let within = |unpacked: usize| {
        let limits = Limits { unpacked: unpacked as u64, ..Limits::default() };
        let opened = open(Source::new("a.zip", both.clone()), &Options { limits, ..Options::default() });
        let (inputs, refusals) = told(&opened);
        (inputs.len(), refusals)
    };
    assert_eq!(within(2 * (docx.len() + body.len())), (2, vec![]));
    assert_eq!(within(2 * docx.len() + body.len()), (1, vec!["R116 a.zip#2 b.docx".to_owned()]));
    // a document that says less of itself than it holds is refused when it is read
    let mut lying = docx.clone();
    let size = (body.len() as u32).to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4).filter(|n| lying[*n..n + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    let opened = read("a.docx", lying);
    assert!(opened.inputs.iter().all(|input| extract(input.clone()).is_err()), "{:?}", told(&opened));
}

#[test]
fn a_folder_is_parts_only_beside_its_page() {
    let page = b"<p>Two people died in Talen on Monday, the mayor said.</p>";
    let alone: &[(&str, &[u8])] = &[("case_files/a.html", page), ("case_files/b.txt", STORY.as_bytes())];
    assert_eq!(told(&read("b.zip", zipped(alone))), (vec!["b.zip#1 a.html", "b.zip#2 b.txt"], vec![]));
    let tar: Vec<(&str, u8, &[u8])> = alone.iter().map(|(name, bytes)| (*name, b'0', *bytes)).collect();
    assert_eq!(told(&read("b.tar", tarred(&tar))), (vec!["b.tar#1 a.html", "b.tar#2 b.txt"], vec![]));
    // the page may stand behind its parts, and be written by another system
    let beside: &[(&str, &[u8])] = &[("in\\Talen_files\\sub\\a.html", page), ("in\\Talen.htm", page)];
    assert_eq!(told(&read("b.zip", zipped(beside))), (vec!["b.zip#2 Talen.htm"], vec!["R114 b.zip".into()]));
    let tar: Vec<(&str, u8, &[u8])> = beside.iter().map(|(name, bytes)| (*name, b'0', *bytes)).collect();
    assert_eq!(told(&read("b.tar", tarred(&tar))), (vec!["b.tar#2 Talen.htm"], vec!["R114 b.tar".into()]));
}

#[test]
fn parts_without_a_telling_name_are_told_by_their_first_bytes() {
    let feed = "<rss version='2.0'><channel><title>Post</title><item><title>A</title><description>Two people died in Talen.</description></item></channel></rss>";
    let page = format!("<!DOCTYPE html><html><body><p>{}</p></body></html>", "Shells hit Talen. ".repeat(2000));
    let parts: &[(&str, &[u8])] = &[
        ("feed.xml", feed.as_bytes()),
        ("story.php", page.as_bytes()),
        ("article", page.as_bytes()),
        ("rows", b"{\"text\": \"Two died in Talen.\"}"),
        ("site.css", b"p {}"),
        ("notes", b"Shells hit Talen."),
        ("photo", b"\x89PNG\r\n\x1a\n\0\0"),
    ];
    let names = |file: &str| {
        vec![
            format!("{file}#1 feed.xml#1"),
            format!("{file}#2 story.php"),
            format!("{file}#3 article"),
            format!("{file}#4 rows"),
        ]
    };
    let opened = read("b.zip", zipped(parts));
    assert_eq!(
        (told(&opened).0, told(&opened).1),
        (names("b.zip").iter().map(String::as_str).collect(), vec!["R114 b.zip".to_owned()])
    );
    assert!(opened.refusals[0].message.ends_with("3 parts"), "{:?}", opened.refusals);
    assert_eq!(opened.inputs[1].bytes, page.as_bytes(), "all of it, not its first bytes");
    let tar: Vec<(&str, u8, &[u8])> = parts.iter().map(|(name, bytes)| (*name, b'0', *bytes)).collect();
    let opened = read("b.tar", tarred(&tar));
    assert_eq!(
        (told(&opened).0, told(&opened).1),
        (names("b.tar").iter().map(String::as_str).collect(), vec!["R114 b.tar".to_owned()])
    );
}

#[test]
fn a_data_package_without_web_archives_is_an_archive_like_any() {
    let package = zipped(&[
        ("datapackage.json", b"{\"resources\": [{\"path\": \"data/reports.csv\"}]}"),
        ("data/reports.csv", b"title,text\nA,Two people died in Talen.\n"),
    ]);
    assert_eq!(told(&read("p.zip", package)), (vec!["p.zip#2 reports.csv#1"], vec!["R114 p.zip".into()]));
}

#[test]
fn listed_pages_are_followed_to_where_they_lead() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two people died in Talen on Wednesday, the mayor said in the town.</p>";
    let answers = [
        ("http://talen.example/a", "HTTP/1.1 301 Moved\r\nLocation: https://talen.example/a\r\n\r\n"),
        ("https://talen.example/a", "HTTP/1.1 302 Found\r\nLocation: /news/a\r\n\r\n"),
        ("https://talen.example/news/a", page),
        ("https://talen.example/frame", page),
    ];
    let warc = archive(&answers);
    let wacz = |url: &str| {
        let pages = format!("{{\"format\": \"json-pages-1.0\"}}\n{{\"url\": \"{url}\"}}\n");
        zipped(&[
            ("datapackage.json", b"{}"),
            ("archive/a.warc.gz", &warc),
            ("pages/pages.jsonl", pages.as_bytes()),
            ("fuzzy.json", b"{}"),
        ])
    };
    let only = "t.wacz#2 a.warc.gz#6";
    for url in ["http://talen.example/a", "HTTPS://Talen.Example/news/a#top"] {
        let opened = read("t.wacz", wacz(url));
        assert_eq!((told(&opened).0, opened.inputs.len()), (vec![only], 1), "{url}");
        let at: Vec<&str> = opened.refusals.iter().map(|refusal| refusal.code).collect();
        assert_eq!(
            at,
            ["R114", "R114"],
            "the answers that are no pages, and the part that is nothing known: {:?}",
            opened.refusals
        );
    }
    let opened = read("t.wacz", wacz("https://elsewhere.example/"));
    assert_eq!(told(&opened).0, [only, "t.wacz#2 a.warc.gz#8"]);
    assert!(
        opened.refusals.iter().any(|refusal| refusal.code == "R129" && !refusal.left_out()),
        "{:?}",
        opened.refusals
    );
}

#[test]
fn standard_input_is_any_of_the_kinds() {
    let read = |text: &str| read("standard input", text.into());
    let feed = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Post\", \"items\": [{\"id\": \"1\", \"content_text\": \"Two people died in Talen.\"}]}";
    assert_eq!(read(feed).inputs[0].given.publisher.as_deref(), Some("Post"));
    assert_eq!(read("{\"text\": \"Two died.\"}\n{\"text\": \"Three died.\"}\n").inputs.len(), 2);
    assert_eq!(read("id,text\n1,\"Two died, three were hurt.\"\n2,Three died.\n").inputs.len(), 2);
    let prose = read("{Talen} was hit, the text of the order says.\nTwo died, three were hurt.\n");
    assert_eq!((prose.inputs.len(), prose.inputs[0].media), (1, MediaType::Plain));
    let mut options = Options::default();
    options.columns.add("text=Was").unwrap();
    let opened = open(Source::new("standard input", b"Was,Wo\nTwo died in Talen.,here\n".to_vec()), &options);
    assert_eq!(opened.inputs[0].bytes, b"Two died in Talen.");
}

#[test]
fn who_wrote_a_row_or_entry_is_kept_with_the_agency_credited() {
    let text = "Two people died in Talen on Wednesday, the mayor said.";
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><title>A</title><author><name>Mira Olsen</name></author>\
         <author><name>Reuters</name></author><summary>{text}</summary></entry></feed>"
    );
    let rss = format!(
        "<rss version='2.0'><channel><title>Post</title><item><title>A</title><author>desk@post.example (Mira Olsen)</author>\
         <dc:creator>Reuters</dc:creator><description>{text}</description></item></channel></rss>"
    );
    let given = [
        ("a.csv", format!("author,text\n\"By Mira Olsen, Reuters\",\"{text}\"\n")),
        ("a.jsonl", format!("{{\"byline\": \"Mira Olsen, Reuters\", \"text\": \"{text}\"}}\n")),
        ("a.json", format!("[{{\"authors\": [{{\"name\": \"Mira Olsen\"}}, \"Reuters\"], \"text\": \"{text}\"}}]")),
        ("a.atom", feed),
        ("a.rss", rss),
    ];
    for (name, table) in given {
        let opened = read(name, table.into_bytes());
        let doc = extract(opened.inputs[0].clone()).unwrap().value;
        assert_eq!(doc.byline.as_deref(), Some("Mira Olsen, Reuters"), "{name}");
        let credits: Vec<_> = doc.credits.iter().map(|credit| (credit.name.as_str(), credit.how.as_str())).collect();
        assert_eq!(credits, [("Reuters", "byline")], "{name}");
    }
}

#[test]
fn rows_and_entries_were_fetched_when_their_file_was() {
    let feed = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss version='2.0'><channel><title>Post</title><item><title>A</title><description>Two people died in Talen.</description></item></channel></rss>";
    let rows = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nid,text\n1,Two people died in Talen.\n";
    let opened =
        read("t.warc.gz", archive(&[("https://talen.example/feed", feed), ("https://talen.example/rows", rows)]));
    assert_eq!(told(&opened).0, ["t.warc.gz#2#1", "t.warc.gz#4#1"]);
    for input in &opened.inputs {
        assert_eq!(input.retrieved.unwrap().to_string(), "2032-03-04T09:28:00");
    }
}

#[test]
fn a_word_document_says_where_its_text_is() {
    let body = b"<w:document><w:body><w:p><w:r><w:t>Shells hit Talen market</w:t></w:r></w:p><w:p><w:r><w:t>Two people died in Talen on Wednesday, the mayor said.</w:t></w:r></w:p></w:body></w:document>";
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let relations = |target: &str| {
        format!("<Relationships><Relationship Id='r1' Type='{kind}' Target='{target}'/></Relationships>")
    };
    let word = zipped(&[("_rels/.rels", relations("/word/document2.xml").as_bytes()), ("word/document2.xml", body)]);
    let opened = read("a.docx", word);
    assert_eq!((opened.inputs[0].media, told(&opened).1.len()), (MediaType::Docx, 0));
    assert!(extract(opened.inputs[0].clone()).unwrap().value.text.ends_with("the mayor said."));
    let sheet =
        zipped(&[("_rels/.rels", relations("xl/workbook.xml").as_bytes()), ("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(told(&read("a.xlsx", sheet)), (vec![], vec!["R114 a.xlsx".into()]));
}
