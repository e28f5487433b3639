//! What holds for any input: no panic, blocks that cover the text in order, spans in bounds, cost in proportion.

use proptest::prelude::*;
use rashomon_ingest::{Document, Input, MediaType, extract};

/// Checks what every document must keep.
fn sound(doc: &Document) {
    let mut end = 0;
    for (i, block) in doc.blocks.iter().enumerate() {
        let (start, stop) = (block.span.start as usize, block.span.end as usize);
        assert!(start < stop && stop <= doc.text.len());
        let between = doc.text.get(end..start).expect("on character boundaries");
        assert_eq!(between, if i == 0 { "" } else { "\n\n" });
        let words = doc.slice(block.span);
        assert_eq!(words.trim(), words);
        assert!(!words.contains(['\n', '\r', '\t', '\0']) && !words.contains("  "), "{words:?}");
        end = stop;
    }
    assert_eq!(end, doc.text.len());
    for span in doc.credits.iter().filter_map(|credit| credit.span).chain(doc.published_anchor) {
        assert!(doc.text.get(span.range()).is_some_and(|words| !words.is_empty()));
    }
    assert_eq!(doc.id.as_str().len(), 16);
}

fn read(media: MediaType, bytes: &[u8]) -> Option<Document> {
    let doc = extract(Input::new("any", media, bytes.to_vec())).ok()?.value;
    sound(&doc);
    Some(doc)
}

const MEDIA: [MediaType; 3] = [MediaType::Plain, MediaType::Markdown, MediaType::Html];

/// Words, marks and markup that the readers have rules for, in any order.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "Shells hit Talen",
        "\n",
        "\n\n",
        ". ",
        " ",
        "“",
        "\"",
        "Sign up to",
        "Comments",
        "(Reuters)",
        " - ",
        "TALEN (AP) — ",
        "4 March 2032",
        "By Ada Writer",
        "© 2032 ",
        "<p>",
        "</p>",
        "<div class='share'>",
        "</div>",
        "<table><tr><td>",
        "<li>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<h1>",
        "</h1>",
        "&amp;",
        "# ",
        "* ",
        "![",
        "](",
        "---\n",
        "İstanbul",
        "\u{202e}",
        "\u{200b}",
        "👩‍👩‍👧",
        "تلن",
        "塔伦",
        "\u{301}",
        "the mayor said that twelve people were wounded on Wednesday",
        "a.b",
        "<a href=x>",
        "</a>",
        "<br>",
        "\u{a0}",
        "/Getty",
        "Photo: ",
    ]);
    prop::collection::vec(scrap, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000), media in prop::sample::select(MEDIA.to_vec())) {
        read(media, &bytes);
    }

    #[test]
    fn any_characters(text in "\\PC{0,400}", media in prop::sample::select(MEDIA.to_vec())) {
        read(media, text.as_bytes());
    }

    #[test]
    fn any_scraps(text in scraps(), media in prop::sample::select(MEDIA.to_vec())) {
        let once = read(media, text.as_bytes());
        prop_assert_eq!(&once, &read(media, text.as_bytes()));
        // A text already canonical is read as the same words but for furniture found in the new order of things.
        if let Some(doc) = once {
            read(MediaType::Plain, doc.text.as_bytes());
        }
    }
}

/// Seconds a hostile page may take in a debug build on a busy machine; the same pages take a tree builder minutes.
const PATIENCE: u64 = 30;

#[test]
fn hostile_pages_finish() {
    let sentence = "Shells fell on the market of Talen on Wednesday, wounding at least 12 people, the mayor said. ";
    let bombs = [
        "<div>".repeat(40_000) + sentence,
        "<div><p>x".repeat(4_000),
        "<b><i><u>".repeat(5_000) + sentence,
        "<table><tr><td>".repeat(3_000) + sentence,
        format!("<p {}>{sentence}", "a=b ".repeat(40_000)),
        "<!--".repeat(100_000),
        "<".repeat(60_000),
        "</div>".repeat(20_000) + sentence,
        "<a href=x>".repeat(10_000) + sentence,
        "&".repeat(60_000),
        "<script>".repeat(50_000),
        "<noscript><p>".repeat(20_000),
        "<noscript>".repeat(20_000) + "<p>" + sentence + "</noscript>",
        "<p>".to_owned() + &(0..500).map(|n| format!("<b id={n}>")).collect::<String>() + &"x<p>".repeat(20_000),
        (0..10_000).map(|n| format!("<body a{n}=b \"{n}>")).collect::<String>() + sentence,
        format!(
            "<script type='application/ld+json'>{{\"@type\":\"Article\",\"author\":[{}\"\"]}}</script>{sentence}",
            (0..30_000).map(|n| format!("\"A. Writer {n}\",")).collect::<String>()
        ),
        (0..20_000).map(|n| format!("<p>Talen {n}")).collect::<String>(),
    ];
    for bomb in bombs {
        let start = std::time::Instant::now();
        let head: String = bomb.chars().take(30).collect();
        read(MediaType::Html, bomb.as_bytes());
        assert!(start.elapsed().as_secs() < PATIENCE, "{head}… took {:?}", start.elapsed());
    }
}

#[test]
fn long_texts_finish() {
    let sentence = "Shells fell on the market of Talen on Wednesday, wounding at least 12 people, the mayor said. ";
    let long = [
        sentence.repeat(3_000),
        "x".repeat(300_000),
        "“".repeat(60_000),
        "Talen.\n".repeat(30_000),
        "a ".repeat(100_000),
        "Sign up.Sign up to".repeat(10_000),
        "(AP".repeat(60_000),
        "> ".repeat(20_000),
        "* ".repeat(20_000) + sentence,
        "[".repeat(50_000),
        // lines that are all taken away at the foot, and paragraphs that are all different
        sentence.to_owned() + &"\n\nReuters\n\nAFP".repeat(10_000),
        (0..10_000).map(|n| format!("{n}: {sentence}\n\n")).collect::<String>(),
    ];
    for text in long {
        for media in [MediaType::Plain, MediaType::Markdown] {
            let start = std::time::Instant::now();
            let head: String = text.chars().take(30).collect();
            read(media, text.as_bytes());
            assert!(start.elapsed().as_secs() < PATIENCE, "{head}… took {:?} as {}", start.elapsed(), media.name());
        }
    }
}

/// Heads and parts of the formats that hold others, in any order.
fn containers() -> impl Strategy<Value = Vec<u8>> {
    let part = prop::sample::select(vec![
        &b"WARC/1.1\r\n"[..],
        b"WARC-Type: response\r\n",
        b"Content-Length: 40\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Content-Type: application/http\r\n",
        b"\r\n",
        b"\n",
        b"HTTP/1.1 200 OK\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Type: text/html\r\n",
        b"ffffffff\r\n",
        b"From: a@b.example\r\n",
        b"Message-ID: <1>\r\n",
        b"MIME-Version: 1.0\r\n",
        b"Content-Type: multipart/mixed; boundary=B\r\n",
        b"Content-Type: multipart/related; boundary=B\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"--B\r\n",
        b"--B--\r\n",
        b"<rss><channel>",
        b"<item>",
        b"</item>",
        b"<title>",
        b"<![CDATA[",
        b"]]>",
        b"&amp;",
        b"&x;",
        b"<feed>",
        b"<entry><content type='xhtml'>",
        b"PK\x03\x04",
        b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
        b"{\"text\": \"",
        b"\"}",
        b"[",
        b"]",
        b"id,text,url\n",
        b"\"",
        b",",
        b";",
        b"Two people died in Talen.",
        b"<p>",
        b"\xff\xfe",
        b"\0",
    ]);
    prop::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever a file holds and is called: no panic, sound articles, and every refusal in the table of codes.
    #[test]
    fn any_container(
        bytes in containers(),
        name in prop::sample::select(vec!["a", "a.warc", "a.eml", "a.mhtml", "a.xml", "a.rss", "a.zip", "a.tar", "a.gz", "a.csv", "a.json", "a.jsonl", "a.docx", "a.wacz"]),
    ) {
        use rashomon_ingest::open::{Options, Source, open};
        let opened = open(Source::new(name, bytes.clone()), &Options::default());
        prop_assert_eq!(&opened, &open(Source::new(name, bytes), &Options::default()));
        for refusal in &opened.refusals {
            prop_assert!(rashomon_ingest::codes::find(refusal.code).is_some());
        }
        for input in opened.inputs.into_iter().filter(|input| input.media != MediaType::Pdf) {
            if let Ok(read) = extract(input) {
                sound(&read.value);
            }
        }
    }
}
