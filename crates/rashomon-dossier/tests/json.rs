//! The JSON keeps the contract: names by the published schema, quotes by slicing, order by comparing bytes.
#![allow(clippy::unwrap_used, clippy::string_slice)]
mod mock;

use rashomon_dossier::json::{self, Generator};
use rashomon_dossier::schema;
use serde_json::Value;

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn problems(value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema::DOSSIER).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path)).collect()
}

#[test]
fn the_schema_is_itself_valid() {
    let schema: Value = serde_json::from_str(schema::DOSSIER).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
}

#[test]
fn every_dossier_is_valid() {
    for (name, case) in mock::all() {
        for text in [json::dossier(&case, &Generator::default()), json::claims(&case, &Generator::default())] {
            assert_eq!(problems(&parse(&text)), Vec::<String>::new(), "{name}");
        }
    }
}

/// A way to spoil a dossier.
type Break = fn(&mut Value);

/// The schema is no rubber stamp: each of these breaks one promise of the contract.
#[test]
fn the_schema_refuses_broken_dossiers() {
    let good = parse(&json::dossier(&mock::market::case(), &Generator::default()));
    let breaks: [(&str, Break); 7] = [
        ("another schema", |v| v["schema"] = "rashomon/dossier/2".into()),
        ("an offset as text", |v| v["claims"][0]["anchors"][0]["start"] = "0".into()),
        ("a claim without anchor", |v| v["claims"][0]["anchors"] = Value::Array(vec![])),
        ("a date without basis", |v| {
            v["documents"][0]["published"].as_object_mut().unwrap().remove("basis");
        }),
        ("an unknown relation", |v| {
            v["incidents"][0]["questions"][1]["relations"][0]["relation"] = "AGREES".into();
        }),
        ("an unknown status", |v| v["incidents"][0]["questions"][0]["status"] = "true".into()),
        ("a negative count", |v| v["incidents"][0]["ranges"][0]["min"] = (-1).into()),
    ];
    for (what, change) in breaks {
        let mut bad = good.clone();
        change(&mut bad);
        assert!(!problems(&bad).is_empty(), "accepted {what}");
    }
}

/// Looks at every object with start, end and quote (or text, for cues and counts).
fn check_quotes(
    value: &Value,
    texts: &std::collections::BTreeMap<String, Vec<char>>,
    doc: Option<&str>,
    seen: &mut usize,
) {
    match value {
        Value::Object(map) => {
            let own = map.get("document").and_then(Value::as_str).filter(|id| texts.contains_key(*id)).or(doc);
            if let (Some(start), Some(end), Some(quote)) = (
                map.get("start").and_then(Value::as_u64),
                map.get("end").and_then(Value::as_u64),
                map.get("quote").and_then(Value::as_str),
            ) {
                let text = &texts[own.expect("a quote in no document")];
                let slice: String = text[start as usize..end as usize].iter().collect();
                assert_eq!(slice, quote);
                *seen += 1;
            }
            for (key, inner) in map {
                let doc = match key.as_str() {
                    "here" => map.get("from").and_then(Value::as_str).or(own),
                    _ => own,
                };
                check_quotes(inner, texts, doc, seen);
            }
        }
        Value::Array(list) => list.iter().for_each(|v| check_quotes(v, texts, doc, seen)),
        _ => {}
    }
}

#[test]
fn every_quote_is_its_slice() {
    for (name, case) in mock::all() {
        let value = parse(&json::dossier(&case, &Generator::default()));
        let texts = value["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| (d["id"].as_str().unwrap().to_owned(), d["text"].as_str().unwrap().chars().collect()))
            .collect();
        let mut seen = 0;
        for doc in value["documents"].as_array().unwrap() {
            check_quotes(doc, &texts, doc["id"].as_str(), &mut seen);
        }
        for part in ["sources", "claims", "evidence", "diagnostics"] {
            check_quotes(&value[part], &texts, None, &mut seen);
        }
        for edge in value["dependences"].as_array().unwrap() {
            check_quotes(&edge["anchors"], &texts, None, &mut seen);
            for passage in edge["passages"].as_array().unwrap() {
                check_quotes(&passage["here"], &texts, edge["from"].as_str(), &mut seen);
                check_quotes(&passage["there"], &texts, edge["to"].as_str(), &mut seen);
            }
        }
        assert!(name == "empty" || seen >= case.claims.len(), "{name}: only {seen} quotes");
    }
}

#[test]
fn offsets_count_code_points() {
    let case = mock::market::case();
    let value = parse(&json::dossier(&case, &Generator::default()));
    let claim = value["claims"].as_array().unwrap().iter().find(|c| c["id"] == "c20").unwrap();
    // "تل أروان الآن: " is 15 code points and 27 bytes.
    assert_eq!(claim["anchors"][0]["start"], 15);
}

#[test]
fn spans_that_fit_no_text_do_no_harm() {
    let mut case = mock::tiny::case();
    case.claims[0].anchors[0].end = 9_999;
    case.claims[1].anchors[0].start = 14; // inside "é"
    let value = parse(&json::dossier(&case, &Generator::default()));
    assert_eq!(problems(&value), Vec::<String>::new());
}

#[test]
fn claims_mode_compares_nothing() {
    let case = mock::market::case();
    let value = parse(&json::claims(&case, &Generator::default()));
    assert_eq!(value["incidents"], Value::Array(vec![]));
    assert_eq!(value["dependences"], Value::Array(vec![]));
    assert!(value["claims"].as_array().unwrap().iter().all(|c| c["incident"].is_null()));
    assert_eq!(value["claims"].as_array().unwrap().len(), case.claims.len());
}

#[test]
fn same_case_same_bytes() {
    let write = || json::dossier(&mock::crowd::case(), &Generator::default());
    assert_eq!(write(), write());
}

#[test]
fn unsure_contradictions_are_not_published_as_such() {
    let value = parse(&json::dossier(&mock::market::case(), &Generator::default()));
    let questions = value["incidents"][0]["questions"].as_array().unwrap();
    let combatants = questions.iter().find(|q| q["question"] == "count:killed:combatants").unwrap();
    assert_eq!(combatants["relations"], Value::Array(vec![]));
    assert_eq!(combatants["to_review"][0]["rule"], "V6");
}

#[test]
fn analysis_has_every_layer() {
    let case = mock::market::case();
    let text = json::analysis(&case.documents, &case.analyses, &Generator::default(), &case.models);
    let value = parse(&text);
    assert_eq!(value["schema"], "rashomon/analysis/1");
    for layer in ["sentences", "mentions", "times", "quantities", "toponyms", "attributions", "events"] {
        assert!(value["documents"][0][layer].is_array(), "{layer}");
    }
}
