//! Judgements point at words: they find the claim there, or have no effect and say so.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod invented;

use invented::case::Case;
use rashomon_compare::judge::{claims_at, is_document};
use rashomon_model::Span;
use rashomon_model::judgement::JudgedAnchor;

#[test]
fn an_anchor_finds_the_claims_at_its_words() {
    let mut case = Case::read("Lantern: 6 killed {in d}\nBeacon: 9 killed {in d}");
    case.documents[0].text = "Lantern says six. Beacon says nine.".to_owned();
    case.claims[0].anchors = vec![Span::new(0, 17)];
    case.claims[1].anchors = vec![Span::new(18, 35)];
    let at = |document: &str, quote: Option<&str>| {
        let anchor = JudgedAnchor { quote: quote.map(str::to_owned), ..JudgedAnchor::whole(document) };
        claims_at(&anchor, &case.documents, &case.claims).iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(at("d", Some("says nine")), ["c002"]);
    assert_eq!(at("d", Some("says")), ["c001", "c002"]);
    assert_eq!(at("d", None), ["c001", "c002"]);
    assert!(at("d", Some("says ten")).is_empty());
    assert!(at("d", Some("")).is_empty());
    assert!(at("e", Some("says")).is_empty());
}

#[test]
fn a_document_is_known_by_hash_origin_id_or_given_id() {
    let doc = invented::document("d");
    for name in ["hash of d", "d.txt", "d"] {
        assert!(is_document(&JudgedAnchor::whole(name), &doc), "{name}");
    }
    assert!(!is_document(&JudgedAnchor::whole("x"), &doc));
}
