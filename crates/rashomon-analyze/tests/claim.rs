//! Case files of claims: `tests/cases/claim/*.md`, through one `check` door.
//!
//! One line a claim: `speaker > … | kind [not] | value [flags] | [by: actor/actor or actor] [to: target] [n: count of] [t: when] | "words"`;
//! `author` where nobody is between the text and its writer.

mod door;

use rashomon_analyze::{analyze, claim};
use rashomon_model::claim::{Claim, Polarity};
use rashomon_model::party::PartyRef;

fn line(doc: &rashomon_model::Document, claim: &Claim) -> String {
    let chain: Vec<&str> = claim.chain.iter().map(|link| link.name.as_str()).collect();
    let chain = if chain.is_empty() { "author".to_owned() } else { chain.join(" > ") };
    let p = &claim.proposition;
    let not = if p.polarity == Polarity::Negative { " not" } else { "" };
    let flags: String = claim.flags.iter().map(|f| format!(" {}", f.name())).collect();
    let names = |list: &[PartyRef]| list.iter().map(|x| x.name.as_str()).collect::<Vec<_>>().join("/");
    let mut more = String::new();
    if !p.actor.is_empty() {
        let alternatives: Vec<String> = p.actor.alternatives.iter().map(|joint| names(joint)).collect();
        more.push_str(&format!(" by: {}", alternatives.join(" or ")));
    }
    if !p.target.is_empty() {
        more.push_str(&format!(" to: {}", names(&p.target)));
    }
    for count in &p.count {
        let max = count.count.max.map_or("…".to_owned(), |n| n.to_string());
        more.push_str(&format!(" n: {}-{max} {} {}", count.count.min, count.category, count.of));
    }
    if let Some(time) = &p.time {
        more.push_str(&format!(" t: {}", time.date.edtf()));
    }
    let words: Vec<&str> = claim.anchors.iter().map(|span| doc.slice(*span)).collect();
    format!("{chain} | {}{not} | {}{flags} |{more} | {}", p.kind, claim.factuality, words.join(" ## "))
}

fn check(passage: &[String]) -> Vec<String> {
    let doc = door::document(passage);
    let world = door::World(door::parties());
    let analysis = analyze(&doc, &world);
    claim::claims(&doc, &analysis, &world).iter().map(|c| line(&doc, c)).collect()
}

#[test]
fn cases() {
    door::run("claim", check);
}
