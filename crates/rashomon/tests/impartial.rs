//! Rashomon is impartial: swapping the parties' names swaps them in the output and changes nothing else.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use support::{dossier, fresh, list, text};

/// Accounts in which the parties are `{A}` (demonym `{a}`) and `{B}` (`{b}`).
const ACCOUNTS: &[(&str, &str)] = &[
    (
        "agency.txt",
        "{A} jets bomb market in Selmar, council says\n\nNorth Wire\n\nThursday 12 June 2031\n\nEighteen civilians were killed when {a} warplanes bombed the market of Selmar on Wednesday, the Selmar Council said.\n\n{A} denied that its aircraft had hit the town. \"Our pilots struck four {b} positions in the hills,\" the defence ministry of {A} said in a statement.\n\n{B} said that {a} jets had killed at least 15 people, including six children.\n",
    ),
    (
        "post.txt",
        "Posted 12 June 2031\n\nTwo planes came on Wednesday evening. I saw more than ten bodies at the market in Selmar. There are no {b} fighters here.\n",
    ),
    (
        "paper.txt",
        "{B} blamed for rocket fire\n\nThe Selmar Gazette\n\nFriday 13 June 2031\n\n{A} officials claimed on Friday that {b} rockets had hit the market of Selmar on Wednesday. The Selmar Council, however, said all 18 people killed were civilians and that the bombs had fallen from {a} aircraft.\n",
    ),
];

const PARTIES: &str = "
[[party]]
id = \"state:ardan\"
name = \"Ardan\"
kind = \"state\"
demonyms = [\"Ardani\"]

[[party]]
id = \"state:belun\"
name = \"Belun\"
kind = \"state\"
demonyms = [\"Beluni\"]
";

/// The accounts with the parties named, read from a folder of their own.
fn told(name: &str, a: &str, b: &str) -> Value {
    let dir = fresh(name);
    std::fs::create_dir_all(dir.join("in")).unwrap();
    for (file, account) in ACCOUNTS {
        let words = account
            .replace("{A}", a)
            .replace("{B}", b)
            .replace("{a}", &format!("{a}i"))
            .replace("{b}", &format!("{b}i"));
        std::fs::write(dir.join("in").join(file), words).unwrap();
    }
    std::fs::write(dir.join("in/parties.toml"), PARTIES).unwrap();
    dossier(&dir, &["in"]).1
}

/// What the dossier says, without ids, names swapped if asked for.
fn said(case: &Value, swap: bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for incident in list(case, "incidents") {
        for question in list(incident, "questions") {
            let key = format!("{} {}", text(question, "question"), text(question, "status"));
            found.insert(key.clone());
            for position in list(question, "positions") {
                for origin in list(position, "origins") {
                    found.insert(format!("{key} {} {} {origin}", text(position, "value"), position["independent"]));
                }
            }
            let relations = list(question, "relations").iter();
            let mut rules: Vec<String> =
                relations.map(|r| format!("{} {}", text(r, "relation"), text(r, "rule"))).collect();
            rules.sort();
            found.insert(format!("{key} {rules:?}"));
        }
        for range in list(incident, "ranges") {
            found.insert(format!("{} {} {} {}", range["of"], range["category"], range["min"], range["max"]));
        }
        found.insert(format!("{} {}", incident["strike_status"]["rule"], incident["harm_grade"]["rule"]));
    }
    for claim in list(case, "claims") {
        let chain: Vec<&str> = list(claim, "attribution").iter().map(|link| text(link, "name")).collect();
        let words: Vec<&str> = list(claim, "anchors").iter().map(|anchor| text(anchor, "quote")).collect();
        let actor: Vec<&str> = list(&claim["proposition"], "actor").iter().map(|p| text(p, "name")).collect();
        let target: Vec<&str> = list(&claim["proposition"], "target").iter().map(|p| text(p, "name")).collect();
        found.insert(format!(
            "{chain:?} {words:?} {actor:?} {target:?} {} {} {}",
            claim["factuality"], claim["flags"], claim["proposition"]["kind"]
        ));
    }
    if !swap {
        return found;
    }
    found
        .iter()
        .map(|line| line.replace("Ardan", "\u{1}").replace("Belun", "Ardan").replace('\u{1}', "Belun"))
        .collect()
}

#[test]
fn swapping_the_parties_swaps_only_their_names() {
    let one = said(&told("impartial-1", "Ardan", "Belun"), false);
    let other = said(&told("impartial-2", "Belun", "Ardan"), true);
    let only_one: Vec<&String> = one.difference(&other).collect();
    let only_other: Vec<&String> = other.difference(&one).collect();
    assert!(only_one.is_empty() && only_other.is_empty(), "first: {only_one:#?}\nswapped: {only_other:#?}");
    assert!(one.len() > 20, "the accounts must say something: {}", one.len());
}

#[test]
fn two_real_states_are_treated_alike() {
    let named = |name: &str, a: &str, b: &str| {
        let dir = fresh(name);
        let words = format!(
            "Thursday 12 June 2031\n\nTen people were killed when {a} forces shelled the village of Selmar on Wednesday, {b} officials said. {a} officials denied it.\n"
        );
        std::fs::write(dir.join("a.txt"), words).unwrap();
        let (_, case) = dossier(&dir, &["a.txt"]);
        let claims: Vec<(usize, String, String)> = list(&case, "claims")
            .iter()
            .map(|c| (list(c, "attribution").len(), text(c, "factuality").to_owned(), c["flags"].to_string()))
            .collect();
        claims
    };
    assert_eq!(named("real-1", "Polish", "Kenyan"), named("real-2", "Kenyan", "Polish"));
}
