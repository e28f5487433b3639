use std::path::Path;

use crate::testing::{Fixture, cases};

/// One line a mention: `kind: words = name (party)`, the name where it differs, the party where there is one.
fn lines(text: &str) -> Vec<String> {
    let fixture = Fixture::new(text);
    fixture
        .mentions()
        .iter()
        .map(|m| {
            let words = fixture.doc.slice(m.span);
            let name = if m.name == words { String::new() } else { format!(" = {}", m.name) };
            let party = m.party.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
            format!("{}: {words}{name}{party}", m.kind)
        })
        .collect()
}

#[test]
fn cases_hold() {
    for case in cases(Path::new("mention")) {
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

/// Swapping two parties in a text swaps them in the mentions and nowhere else.
#[test]
fn parties_are_read_alike() {
    let text =
        "France's air force bombed a depot held by Greek soldiers, the French defence ministry said. Paris denied it.";
    let swap = |text: &str| {
        text.replace("France", "@1")
            .replace("Greek", "@2")
            .replace("French", "@3")
            .replace("Paris", "@4")
            .replace("@1", "Greece")
            .replace("@2", "French")
            .replace("@3", "Greek")
            .replace("@4", "Athens")
    };
    let swapped_ids =
        |line: &str| swap(line).replace("state:FR", "@").replace("state:GR", "state:FR").replace('@', "state:GR");
    let expected: Vec<String> = lines(text).iter().map(|line| swapped_ids(line)).collect();
    assert!(expected.len() >= 3);
    assert_eq!(lines(&swap(text)), expected);
}

#[test]
fn two_invented_parties_are_read_alike() {
    let text = "The Varo Brigade (VB) shelled the town, a Dur Battalion (DB) officer said. The VB denied it.";
    let swap = |text: &str| {
        text.replace("Varo Brigade", "@").replace("Dur Battalion", "Varo Brigade").replace('@', "Dur Battalion")
    };
    let kinds =
        |text: &str| lines(text).iter().map(|l| l.split(':').next().unwrap_or("").to_owned()).collect::<Vec<_>>();
    assert_eq!(
        kinds(text),
        kinds(
            &swap(text)
                .replace("(VB)", "(@)")
                .replace("(DB)", "(VB)")
                .replace("(@)", "(DB)")
                .replace("The VB", "The DB")
        )
    );
    assert!(lines(text).iter().any(|l| l.contains("VB = Varo Brigade")));
}

#[test]
fn nothing_makes_it_panic() {
    for text in [
        "",
        "“",
        "(((A",
        "U.S",
        "U.S.'s",
        "\u{202e}abc\u{200f} الدولة",
        "👩‍👩‍👧 Ministry of of of",
        "the the the",
        "A-",
        "-1-",
        "É É É",
    ] {
        lines(text);
    }
    let long = "Northern Relief Council (NRC) of ".repeat(2000);
    lines(&long);
}
