//! A difference is told by the claims two dossiers share: incidents that split or became one, ranges, grades.
#![allow(clippy::unwrap_used)]

use rashomon_dossier::diff::{diff, json, text};
use serde_json::{Value, json};

/// A dossier of incidents, each with its claims and one range.
fn dossier(incidents: &[(&str, &[&str], u64, &str)]) -> Value {
    let all: Vec<Value> = incidents
        .iter()
        .map(|(id, claims, max, grade)| {
            json!({
                "id": id, "title": id, "claims": claims,
                "questions": [{"question": "who_did", "status": "single_origin", "positions": [], "relations": []}],
                "ranges": [{"of": "killed", "category": "people", "min": 3, "max": max, "open": false, "rule": "A3",
                            "set_by": [claims.last().unwrap()], "left_out": []}],
                "strike_status": {"value": "unknown", "rule": "T5", "because": "nobody names an actor"},
                "harm_grade": {"value": grade, "rule": "G5", "because": "one origin"}
            })
        })
        .collect();
    let claims: Vec<Value> = incidents
        .iter()
        .flat_map(|(_, claims, ..)| claims.iter())
        .map(|id| json!({"id": id, "document": "d", "anchors": [{"quote": format!("words of {id}")}], "attribution": []}))
        .collect();
    json!({"documents": [{"id": "d", "publisher": "Herald"}], "claims": claims, "incidents": all})
}

fn shape(found: &str, key: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(found).unwrap();
    value["incidents"].as_array().unwrap().iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
}

#[test]
fn incidents_merge_split_come_and_go() {
    let two = dossier(&[("x", &["a", "b"], 5, "weak"), ("y", &["c"], 5, "weak")]);
    let one = dossier(&[("x", &["a", "b", "c"], 5, "weak")]);
    assert_eq!(shape(&json(&diff(&two, &one)), "became"), ["merged"]);
    assert_eq!(shape(&json(&diff(&one, &two)), "became"), ["split", "split"]);
    let none = dossier(&[]);
    assert_eq!(shape(&json(&diff(&none, &one)), "became"), ["new"]);
    assert_eq!(shape(&json(&diff(&one, &none)), "became"), ["gone"]);
    assert!(diff(&two, &two).is_empty());
}

#[test]
fn a_range_is_moved_by_the_claim_that_sets_it_now() {
    let (old, new) = (dossier(&[("x", &["a"], 5, "weak")]), dossier(&[("z", &["a", "b"], 9, "fair")]));
    let said = text(&diff(&old, &new));
    for words in ["1 claim more\n  Herald: “words of b”", "people killed: 3–5 → 3–9 (A3)", "by Herald: “words of b”"]
    {
        assert!(said.contains(words), "no \"{words}\" in\n{said}");
    }
    assert!(said.contains("harm grade: weak (G5) → fair (G5): one origin"), "{said}");
}

#[test]
fn holds_to_its_schema() {
    let schema: Value = serde_json::from_str(rashomon_dossier::schema::DIFF).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (old, new) =
        (dossier(&[("x", &["a", "b"], 5, "weak")]), dossier(&[("z", &["a"], 9, "fair"), ("w", &["b"], 1, "weak")]));
    for (a, b) in [(&old, &new), (&new, &old), (&old, &old)] {
        let found: Value = serde_json::from_str(&json(&diff(a, b))).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&found).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
