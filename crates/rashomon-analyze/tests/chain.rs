//! Case files of chains: `tests/cases/chain/*.md`, through one `check` door.
//!
//! One line an attribution: `link > link … | value [flags] [| because …]`, links as `name (kind)`, outermost first.

mod door;

use rashomon_analyze::{attribution, chain, segment};
use rashomon_model::party::PartyTable;

fn check(passage: &[String]) -> Vec<String> {
    let doc = door::document(passage);
    let sentences = segment::sentences(&doc);
    let words = segment::words(&doc, &sentences);
    let found = attribution::read(&doc, &sentences, &words, &[], Vec::new());
    let table: PartyTable = door::parties();
    let (chains, speakers) = chain::read(&doc, &sentences, &[], &[], &found, &table);
    assert_eq!(chains.len(), found.len());
    for link in chains.iter().flat_map(|c| &c.links) {
        assert!(
            link.name == chain::NOBODY
                || link.span.is_none()
                || speakers.iter().any(|s| s.name == link.name)
                || !link.name.is_empty()
        );
    }
    chains
        .iter()
        .map(|chain| {
            let links: Vec<String> = chain
                .links
                .iter()
                .map(|link| {
                    let medium = link.medium.as_ref().map(|m| format!(", {m}")).unwrap_or_default();
                    format!("{} ({}{medium})", link.name, link.kind)
                })
                .collect();
            let flags: Vec<&str> = chain.flags.iter().map(|f| f.name()).collect();
            format!("{} | {} {}", links.join(" > "), chain.factuality, flags.join(", ")).trim().to_owned()
        })
        .collect()
}

#[test]
fn cases() {
    door::run("chain", check);
}
