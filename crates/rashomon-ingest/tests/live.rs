//! Live blogs and galleries: entries are reports of their own time, nothing is told twice, nothing is cut in silence.

#![allow(clippy::unwrap_used)]

use rashomon_ingest::limits::Limits;
use rashomon_ingest::open::{Opened, Options, Source, open};
use rashomon_ingest::{Share, extract};

/// Noon, night and the next day, in the words of an invented outlet.
const ENTRIES: [(&str, &str, &str, &str); 3] = [
    (
        "2032-03-05T07:10:00Z",
        "Toll rises overnight",
        "Two of the wounded died overnight, the hospital of Talen said, which brings the dead to six.",
        "e3",
    ),
    (
        "2032-03-04T21:40:00Z",
        "Army answers",
        "The army of Orland said it had fired at a depot & that it knew of no market near the place.",
        "e2",
    ),
    (
        "2032-03-04T12:05:00Z",
        "Market hit",
        "Shells fell on the market of Talen yesterday evening and killed four people, the mayor said.",
        "e1",
    ),
];

/// A live blog whose structured data holds the entries, with this on the page.
fn page(body: &str, ids: bool) -> Vec<u8> {
    let entries: Vec<String> = ENTRIES
        .iter()
        .map(|(time, headline, words, id)| {
            let id = if ids { format!(r#""@id": "https://talenpost.example/live#{id}", "#) } else { String::new() };
            format!(r#"{{"@type": "BlogPosting", {id}"headline": "{headline}", "datePublished": "{time}", "articleBody": "{words}"}}"#)
        })
        .collect();
    format!(
        r#"<html lang="en"><head><link rel="canonical" href="https://talenpost.example/live"><meta property="og:site_name" content="Talen Post">
        <script type="application/ld+json">{{"@type": "LiveBlogPosting", "headline": "Talen under fire: live", "datePublished": "2032-03-04T08:00:00Z", "liveBlogUpdate": [{}]}}</script>
        </head><body><main><h1>Talen under fire: live</h1>{body}</main></body></html>"#,
        entries.join(",\n")
    )
    .into_bytes()
}

/// The entries as a page shows them, with their times over them.
fn shown() -> String {
    let entry = |(time, headline, words, _): &(&str, &str, &str, &str)| {
        format!(
            "<section><time datetime='{time}'>{}</time><h2>{headline}</h2><p>{}</p></section>",
            time.get(11..16).unwrap(),
            words.replace('&', "&amp;")
        )
    };
    ENTRIES.iter().map(entry).collect()
}

fn read(bytes: Vec<u8>) -> Opened {
    open(Source::new("live.html", bytes), &Options::default())
}

/// Origin, title, day and text of every report, in order.
fn reports(opened: &Opened) -> Vec<(String, String, String, String)> {
    opened
        .inputs
        .iter()
        .map(|input| {
            let doc = extract(input.clone()).unwrap().value;
            assert_eq!(doc.publisher.as_deref(), Some("Talen Post"));
            let day = doc.published.map(|date| date.edtf()).unwrap_or_default();
            (doc.capture.origin, doc.title.unwrap_or_default(), day, doc.text)
        })
        .collect()
}

#[test]
fn entries_are_reports_of_their_own_time() {
    let opened = read(page("<p>Follow the day in Talen with us.</p>", true));
    let found = reports(&opened);
    let heads: Vec<String> = found.iter().map(|(origin, title, day, _)| format!("{origin} {title} {day}")).collect();
    assert_eq!(
        heads,
        [
            "live.html#1 Toll rises overnight 2032-03-05T07:10Z",
            "live.html#2 Army answers 2032-03-04T21:40Z",
            "live.html#3 Market hit 2032-03-04T12:05Z"
        ],
        "what is left of the page is no report"
    );
    for ((.., text), (_, headline, words, _)) in found.iter().zip(ENTRIES) {
        assert_eq!(*text, format!("{headline}\n\n{words}"));
    }
    assert!(opened.refusals.is_empty(), "{:?}", opened.refusals);
    let given: Vec<Option<&str>> = opened.inputs.iter().map(|input| input.given.id.as_deref()).collect();
    assert_eq!(given[0], Some("https://talenpost.example/live#e3"));
    // without names of their own, their times name them
    let opened = read(page("", false));
    assert_eq!(opened.inputs[2].given.id.as_deref(), Some("2032-03-04T12:05:00Z"));
}

#[test]
fn what_the_page_says_besides_is_one_report_and_nothing_is_told_twice() {
    let own = "<p>What is known so far: the valley of Talen has been shelled since Monday, and the bridge to Hold is closed.</p>\
        <p>Both sides say the other broke the truce of February, which the observers of the council were to watch until the end \
        of the summer, when the talks on the river were to begin.</p>";
    let opened = read(page(&format!("{own}{}", shown()), true));
    let found = reports(&opened);
    assert_eq!(
        opened.inputs.iter().map(|input| input.share).collect::<Vec<_>>(),
        [Share::Entry, Share::Entry, Share::Entry, Share::Rest]
    );
    let (origin, title, _, text) = &found[3];
    assert_eq!((origin.as_str(), title.as_str()), ("live.html", "Talen under fire: live"));
    assert!(text.contains("the bridge to Hold is closed") && text.contains("broke the truce"), "{text}");
    for (_, headline, words, _) in ENTRIES {
        assert!(!text.contains(words) && !text.contains(headline), "{text}");
        assert_eq!(found.iter().filter(|(.., text)| text.contains(words)).count(), 1, "{words}");
    }
    assert!(!text.contains("12:05"), "{text}");
    let notes = extract(opened.inputs[3].clone()).unwrap().diagnostics;
    assert!(notes.iter().any(|note| note.code == "R212" && note.message.contains("3 entries")), "{notes:?}");
}

#[test]
fn entries_past_the_cap_are_told() {
    let limits = Limits { entries: 2, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let opened = open(Source::new("live.html", page("", true)), &options);
    assert_eq!(opened.inputs.len(), 2);
    let told: Vec<String> = opened.refusals.iter().map(ToString::to_string).collect();
    assert!(told.len() == 1 && told[0].contains("R116") && told[0].contains("more than 2 parts"), "{told:?}");
    // ten thousand are no cap that a real page meets
    let many: String = (0..3000)
        .map(|n| {
            format!(
                r#"{{"datePublished": "2032-03-04T{:02}:{:02}:00Z", "articleBody": "Shell {n} fell on Talen."}},"#,
                n / 60 % 24,
                n % 60
            )
        })
        .collect();
    let page = format!(
        r#"<script type="application/ld+json">{{"@type": "LiveBlogPosting", "liveBlogUpdate": [{}]}}</script><h1>Live</h1>"#,
        many.trim_end_matches(',')
    );
    assert_eq!(read(page.into_bytes()).inputs.len(), 3000);
}

#[test]
fn another_page_stays_one_report() {
    let one = r#"<script type="application/ld+json">{"@type": "LiveBlogPosting", "liveBlogUpdate": [{"articleBody": "Shells fell."}]}</script><p>Shells fell on Talen on Wednesday, the mayor said.</p>"#;
    let words = "<p>The field liveBlogUpdate is part of a vocabulary, and this page only speaks of it.</p>";
    for page in [one, words] {
        let opened = read(page.as_bytes().to_vec());
        assert_eq!((opened.inputs.len(), opened.inputs[0].share), (1, Share::Whole));
    }
}
