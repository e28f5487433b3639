use std::path::Path;

use crate::testing::{Fixture, cases};

/// One line an item: `kind words | by | verification: words | same as index`.
fn lines(text: &str) -> Vec<String> {
    let fixture = Fixture::new(text);
    let mentions = fixture.mentions();
    let doc = &fixture.doc;
    super::read(doc, &fixture.sentences, &mentions)
        .iter()
        .map(|item| {
            let by = item.by.map(|s| doc.slice(s)).unwrap_or("");
            let said = item.verification.map(|(v, s)| format!("{v}: {}", doc.slice(s))).unwrap_or_default();
            let same = item.same_as.map(|i| i.to_string()).unwrap_or_default();
            format!("{} {} | {by} | {said} | {same}", item.kind, doc.slice(item.span))
        })
        .collect()
}

#[test]
fn cases_hold() {
    for case in cases(Path::new("evidence")) {
        let got = lines(&case.passage);
        for line in &case.expected {
            assert!(got.iter().any(|g| g.trim() == line.as_str()), "{}: missing `{line}` among {got:#?}", case.name);
        }
        for line in &case.forbidden {
            assert!(
                !got.iter().any(|g| g.starts_with(line.as_str())),
                "{}: `{line}` must not be in {got:#?}",
                case.name
            );
        }
    }
}

#[test]
fn nothing_makes_it_panic() {
    for text in ["", "list of", "video", "the the footage footage", "could not be", "not verified"] {
        lines(text);
    }
}
