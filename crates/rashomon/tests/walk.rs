//! `docs/walk.md` walks one contradiction of the shipped example from sentence to grade. It is made here from the dossier, so
//! that it cannot say what the program does not: `RASHOMON_BLESS=1` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use support::{dossier, example, fresh, list, root, text};

/// The claim of this id.
fn claim<'a>(case: &'a Value, id: &str) -> &'a Value {
    list(case, "claims").iter().find(|claim| text(claim, "id") == id).unwrap()
}

/// The file a document came from.
fn file<'a>(case: &'a Value, id: &str) -> &'a str {
    let doc = list(case, "documents").iter().find(|doc| text(doc, "id") == id).unwrap();
    text(&doc["capture"], "origin").rsplit('/').next().unwrap()
}

/// The speakers, outermost first, the account's own voice where there is none.
fn chain(case: &Value, claim: &Value) -> String {
    let mut names: Vec<String> = vec![format!("`{}`", file(case, text(claim, "document")))];
    for link in list(claim, "attribution") {
        let cue =
            link["cue"].get("text").and_then(Value::as_str).map(|cue| format!(" (cue: *{cue}*)")).unwrap_or_default();
        names.push(format!("{}{cue}", text(link, "name")));
    }
    names.join(" → ")
}

/// The sentence of a claim, its exact words, who says so, and the value read.
fn side(case: &Value, name: &str, id: &str, at: usize) -> String {
    let claim = claim(case, id);
    let document = list(case, "documents").iter().find(|doc| text(doc, "id") == text(claim, "document")).unwrap();
    let published = document["published"]["date"].as_str().unwrap_or("unknown");
    let words: Vec<String> = list(claim, "anchors")
        .iter()
        .map(|anchor| {
            let slice: String = text(document, "text")
                .chars()
                .skip(anchor["start"].as_u64().unwrap() as usize)
                .take((anchor["end"].as_u64().unwrap() - anchor["start"].as_u64().unwrap()) as usize)
                .collect();
            assert_eq!(slice, text(anchor, "quote"), "the words are the slice");
            format!("\"{}\" (code points {} to {})", slice.replace('\n', " "), anchor["start"], anchor["end"])
        })
        .collect();
    let counts: Vec<String> = list(&claim["proposition"], "count")
        .iter()
        .map(|count| {
            let most = count["max"].as_u64().map_or("no upper end".to_owned(), |max| format!("at most {max}"));
            format!(
                "*{}* = {} {}: at least {}, {most}",
                text(count, "text"),
                text(count, "category"),
                text(count, "of"),
                count["min"]
            )
        })
        .collect();
    format!(
        "### {at}. {name}\n\n- **Exact words**: {}\n- **Who says so**: {}\n- **Published**: {published}\n- **Commitment** (FactBank): {}\n- **Typed value**: {}\n\n",
        words.join(" … "),
        chain(case, claim),
        text(claim, "factuality"),
        counts.join("; ")
    )
}

/// The page, made from the dossier of the example.
fn page(case: &Value) -> String {
    let question = "count:killed:civilians";
    let incident = list(case, "incidents").iter().max_by_key(|one| list(one, "documents").len()).unwrap();
    let row = list(incident, "questions").iter().find(|one| text(one, "question") == question).unwrap();
    let relation = list(row, "relations")
        .iter()
        .find(|one| text(one, "rule") == "N4" && text(one, "relation") == "CONTRADICTS")
        .expect("two figures of civilians killed contradict each other");
    let rule = |id: &str| rashomon_compare::rule::rule(id).unwrap();
    let n4 = rule("N4");
    let mut out = format!(
        "# One contradiction, from sentence to grade\n\nMade by `crates/rashomon/tests/walk.rs` from the dossier of `examples/kelmar-harbour`; run it with `RASHOMON_BLESS=1` to\nwrite it anew. Everything below stands in `dossier.json`; nothing is written by hand but the sentences between.\n\nThe incident: **{}**, told by {} accounts. The question: how many civilians were killed (`{question}`)?\nIt is *{}*.\n\n## Two sentences\n\n",
        text(incident, "title"),
        list(incident, "documents").len(),
        text(row, "status")
    );
    out.push_str(&side(case, "The one", text(relation, "a"), 1));
    out.push_str(&side(case, "The other", text(relation, "b"), 2));
    out.push_str(&format!(
        "## How they relate\n\n- **Relation**: {} by rule `{}`: {}\n- **The rule**: when {}; then {} ({})\n- **How far apart**: {}\n- **Cause**: {}\n- **Of how many voices**: claims {} on the one side and {} on the other give these two values; it is said once.\n\nRules before it did not apply: both speak of one incident (`V0`), answer one question (`V1`), commit to what they say (`V2`),\nneither denies (`V3`), they are not one voice (`V4`), and the higher is not the later (`V5`).\n\n",
        text(relation, "relation"),
        n4.id,
        text(relation, "because"),
        n4.condition,
        n4.relation,
        n4.source,
        relation["severity"].as_str().unwrap_or("–"),
        relation["cause"].as_str().unwrap_or("–"),
        list(relation, "claims_a").len(),
        list(relation, "claims_b").len()
    ));
    out.push_str("## Who stands behind each value\n\n| value | origins | accounts that carry it | independent |\n|---|---|---|---|\n");
    for position in list(row, "positions") {
        let origins: Vec<&str> = list(position, "origins").iter().filter_map(Value::as_str).collect();
        out.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            text(position, "value"),
            origins.join("; "),
            list(position, "carriers").len(),
            position["independent"]
        ));
    }
    let range = list(incident, "ranges")
        .iter()
        .find(|range| text(range, "of") == "killed" && text(range, "category") == "civilians")
        .unwrap();
    let said = |id: &str| {
        let claim = claim(case, id);
        let quote = text(&list(claim, "anchors")[0], "quote").replace('\n', " ");
        format!("`{}`: \"{quote}\"", file(case, text(claim, "document")))
    };
    out.push_str(&format!(
        "\nA paper that only passes a figure on is a carrier, not an origin.\n\n## The range\n\n**{} to {}** civilians killed, by rule `{}`, profile `{}`. Set by\n\n",
        range["min"], range["max"], text(range, "rule"), text(range, "profile")
    ));
    for id in list(range, "set_by").iter().filter_map(Value::as_str) {
        out.push_str(&format!("- {}\n", said(id)));
    }
    out.push_str("\nLeft out, each with its reason:\n\n");
    for left in list(range, "left_out") {
        out.push_str(&format!("- {} – {}\n", said(text(left, "claim")), text(left, "because")));
    }
    let denied = list(range, "denied_by_accused").len();
    out.push_str(&format!(
        "\nThe party accused denies it in {denied} claims (`denied_by_accused`); that never lowers the minimum.\n\n## Status and grade\n\n"
    ));
    for (name, key) in [("Who did it", "strike_status"), ("Harm to civilians", "harm_grade")] {
        let verdict = &incident[key];
        let found = rule(text(verdict, "rule"));
        out.push_str(&format!(
            "- **{name}**: {} by rule `{}` ({}): {}.\n  Would change if {}.\n",
            text(verdict, "value").replace('_', " "),
            found.id,
            found.condition,
            text(verdict, "because").trim_end_matches('.'),
            text(verdict, "would_change_if").trim_end_matches('.')
        ));
    }
    out.push_str("\nA grade says how well harm is sourced, never how likely it is.\n");
    out
}

#[test]
fn the_walk_says_what_the_dossier_says() {
    let (_, case) = dossier(&fresh("walk"), &[&example().display().to_string()]);
    let made = page(&case);
    let path = root().join("docs/walk.md");
    if std::env::var_os("RASHOMON_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    for (at, (a, b)) in written.lines().zip(made.lines()).enumerate() {
        assert_eq!(a, b, "docs/walk.md, line {}: RASHOMON_BLESS=1 writes it anew", at + 1);
    }
    assert_eq!(written.len(), made.len(), "RASHOMON_BLESS=1 writes docs/walk.md anew");
}
