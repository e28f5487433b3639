use std::path::Path;

use crate::testing::{Fixture, cases};

/// One line an event: `kind word | actor; actor | target; target | flags | alternatives of joint parties`.
fn lines(text: &str) -> Vec<String> {
    let fixture = Fixture::new(text);
    let mentions = fixture.mentions();
    let doc = &fixture.doc;
    super::read(doc, &fixture.sentences, &fixture.words, &mentions)
        .iter()
        .map(|event| {
            let join = |spans: &[rashomon_model::span::Span]| {
                spans.iter().map(|s| doc.slice(*s)).collect::<Vec<_>>().join("; ")
            };
            let actors = super::actors(doc, event, &mentions, &fixture.parties);
            let parties: Vec<String> = actors
                .alternatives
                .iter()
                .map(|joint| joint.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(" + "))
                .collect();
            let flags = match (event.negated, event.unreal) {
                (true, true) => "negated unreal",
                (true, false) => "negated",
                (false, true) => "unreal",
                (false, false) => "",
            };
            format!(
                "{} {} | {} | {} | {flags} | {}",
                event.kind,
                doc.slice(event.span),
                join(&event.actor),
                join(&event.target),
                parties.join(" / ")
            )
        })
        .collect()
}

#[test]
fn cases_hold() {
    let mut wrong = Vec::new();
    for case in cases(Path::new("event")) {
        let got = lines(&case.passage);
        for line in case.expected.iter().filter(|line| !got.iter().any(|g| g.trim() == line.as_str())) {
            wrong.push(format!("{}: missing `{line}` among {got:#?}", case.name));
        }
        for line in &case.forbidden {
            assert!(
                !got.iter().any(|g| g.starts_with(line.as_str())),
                "{}: `{line}` must not be in {got:#?}",
                case.name
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_makes_it_panic() {
    for text in [
        "",
        "by by by",
        "strikes",
        "was hit by",
        "and and killed or",
        "“bombed”",
        "carried out carried out by",
        "not not",
    ] {
        lines(text);
    }
    lines(&"strikes by jets on ".repeat(3000));
}
