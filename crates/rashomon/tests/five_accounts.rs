//! The five accounts Rashomon was born from, where they are at hand (`../shared`): what a reader must find in them.
//!
//! Only figures, kinds and relations are checked; of their words only the names of a party and a town stand here.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use support::{fresh, list, root, skipped, text};

/// The dossier of the five, made once; `None` (said aloud) where they are absent.
static FIVE: LazyLock<Option<Value>> = LazyLock::new(|| {
    let folder = root().join("../shared/accounts/syria-2015-09-30");
    if !folder.is_dir() {
        skipped("the five accounts: no ../shared/accounts here");
        return None;
    }
    Some(support::dossier(&fresh("five"), &[&folder.display().to_string()]).1)
});

/// The dossier of the five.
fn five() -> Option<&'static Value> {
    FIVE.as_ref()
}

/// Claims with a count of this kind.
fn counted<'a>(case: &'a Value, of: &str, category: &str, min: u64) -> Vec<&'a Value> {
    list(case, "claims")
        .iter()
        .filter(|claim| {
            list(&claim["proposition"], "count")
                .iter()
                .any(|c| text(c, "of") == of && text(c, "category") == category && c["min"].as_u64() == Some(min))
        })
        .collect()
}

/// The incident most claims belong to.
fn main_incident(case: &Value) -> &Value {
    list(case, "incidents").iter().max_by_key(|incident| list(incident, "claims").len()).unwrap()
}

/// The question of this key on the main incident.
fn question<'a>(case: &'a Value, key: &str) -> &'a Value {
    list(main_incident(case), "questions")
        .iter()
        .find(|q| text(q, "question") == key)
        .unwrap_or_else(|| panic!("no question {key}"))
}

#[test]
fn one_occurrence_told_by_all_five_on_the_right_day() {
    let Some(case) = five() else { return };
    let main = main_incident(case);
    assert_eq!(main["time"]["date"], "2015-09-30");
    assert_eq!(text(main, "kind"), "airstrike");
    assert_eq!(list(main, "documents").len(), 5);
}

#[test]
fn the_second_days_strikes_are_another_incident() {
    let Some(case) = five() else { return };
    let other = list(case, "incidents").iter().find(|i| i["time"]["date"] == "2015-10-01");
    assert!(other.is_some_and(|i| list(i, "documents").len() == 1), "strikes of the next day, told by one account");
}

#[test]
fn thirty_six_civilians_are_one_origin_relayed_by_several() {
    let Some(case) = five() else { return };
    let claims = counted(case, "killed", "civilians", 36);
    let documents: BTreeSet<&str> = claims.iter().map(|claim| text(claim, "document")).collect();
    assert!(documents.len() >= 3, "{documents:?}");
    let position = list(question(case, "count:killed:civilians"), "positions")
        .iter()
        .find(|position| list(position, "carriers").len() >= 2)
        .expect("a position with several carriers");
    assert_eq!(position["independent"], 1, "{position}");
}

#[test]
fn no_toll_of_the_incident_is_mixed_with_the_wars() {
    let Some(case) = five() else { return };
    let main = main_incident(case);
    for range in list(main, "ranges").iter().filter(|range| text(range, "of") == "killed") {
        assert!(range["max"].as_u64().is_none_or(|max| max <= 1_000), "{range}");
    }
    for claim in list(case, "claims").iter().filter(|claim| {
        list(&claim["proposition"], "count").iter().any(|c| c["min"].as_u64().is_some_and(|n| n >= 100_000))
    }) {
        assert!(list(claim, "flags").iter().any(|flag| flag == "cumulative"), "{claim}");
    }
}

#[test]
fn eight_twelve_and_twenty_are_related_by_rule() {
    let Some(case) = five() else { return };
    let positions: BTreeSet<String> =
        list(question(case, "count:targets"), "positions").iter().map(|p| text(p, "value").to_owned()).collect();
    assert!(positions.iter().any(|v| v.contains('8')) && positions.iter().any(|v| v.contains("12")), "{positions:?}");
    let relations = list(question(case, "count:targets"), "relations");
    assert!(relations.iter().any(|r| !text(r, "rule").is_empty() && !text(r, "because").is_empty()));
    assert!(!list(question(case, "count:strikes"), "positions").is_empty());
}

#[test]
fn who_was_hit_is_contested() {
    let Some(case) = five() else { return };
    let target = question(case, "target");
    assert_eq!(text(target, "status"), "contested");
    assert!(list(target, "positions").iter().filter(|p| p["independent"].as_u64() >= Some(1)).count() >= 2);
}

#[test]
fn one_party_under_four_names_and_one_town_under_three() {
    let Some(case) = five() else { return };
    let named: BTreeSet<&str> = list(case, "claims")
        .iter()
        .flat_map(|claim| list(&claim["proposition"], "target"))
        .map(|party| text(party, "name"))
        .filter(|name| name.starts_with("IS") || name.starts_with("Islamic State"))
        .collect();
    assert_eq!(named.len(), 1, "{named:?}");
    let spelled: BTreeSet<(&str, &str)> = list(case, "claims")
        .iter()
        .flat_map(|claim| list(&claim["proposition"], "place"))
        .filter(|place| text(place, "name").starts_with("Tal"))
        .map(|place| (text(place, "name"), place["toponym"].as_str().unwrap_or("")))
        .collect();
    let ids: BTreeSet<&str> =
        spelled.iter().filter(|(name, _)| name.starts_with("Talbis")).map(|(_, id)| *id).collect();
    assert_eq!(ids.len(), 1, "{spelled:?}");
}

#[test]
fn dates_are_resolved_with_their_basis() {
    let Some(case) = five() else { return };
    for doc in list(case, "documents") {
        let basis = doc["published"]["basis"].as_str().unwrap_or("none");
        assert!(["stated", "metadata", "derived", "inferred"].contains(&basis), "{} has no date", doc["id"]);
        assert!(
            doc["published"]["date"].as_str().is_some_and(|date| date.starts_with("2015-")),
            "{}",
            doc["published"]
        );
    }
}

#[test]
fn chains_reach_depth_three_and_evidence_is_listed() {
    let Some(case) = five() else { return };
    assert!(list(case, "claims").iter().any(|claim| list(claim, "attribution").len() >= 3));
    let kinds: BTreeSet<&str> = list(case, "evidence").iter().map(|item| text(item, "kind")).collect();
    for kind in ["video", "audio", "list"] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
}

#[test]
fn nothing_is_anchored_in_page_furniture() {
    let Some(case) = five() else { return };
    for words in ["browser", "forum", "registering"] {
        for doc in list(case, "documents") {
            assert!(!text(doc, "text").contains(words), "{words:?} is still in a document");
        }
    }
}
