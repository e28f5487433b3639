//! The main job on the shipped example: what it writes, that it can be checked, and that it is reproducible.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::{claims, document, dossier, example, fresh, list, rashomon, stdout, text};

#[test]
fn writes_html_and_json_and_a_summary() {
    let dir = fresh("writes");
    let output = rashomon(&dir, &["dossier", &example().display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let page = std::fs::read_to_string(dir.join("dossier/dossier.html")).unwrap();
    assert!(page.contains("Content-Security-Policy") && !page.contains("<script"));
    assert!(dir.join("dossier/dossier.json").is_file());
    assert!(!dir.join("dossier/dossier.md").exists(), "Markdown only when asked for");
    assert!(stdout(&output).contains("contested"), "{}", stdout(&output));
    assert!(!stdout(&output).contains('\u{1b}'), "colour only on a terminal");
}

#[test]
fn every_quote_is_the_slice_it_names() {
    let dir = fresh("quotes");
    let (_, case) = dossier(&dir, &[&example().display().to_string()]);
    let texts: BTreeMap<&str, Vec<char>> =
        list(&case, "documents").iter().map(|doc| (text(doc, "id"), text(doc, "text").chars().collect())).collect();
    let mut checked = 0;
    for claim in list(&case, "claims") {
        let words = &texts[text(claim, "document")];
        assert!(!list(claim, "anchors").is_empty(), "a claim rests on words");
        for anchor in list(claim, "anchors") {
            let range = anchor["start"].as_u64().unwrap() as usize..anchor["end"].as_u64().unwrap() as usize;
            assert_eq!(words[range].iter().collect::<String>(), text(anchor, "quote"));
            checked += 1;
        }
    }
    assert!(checked > 40, "only {checked} anchors in eleven accounts");
}

#[test]
fn same_bytes_on_every_run_and_in_any_order() {
    let dir = fresh("order");
    let mut files: Vec<String> = std::fs::read_dir(example())
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .filter(|path| path.ends_with(".html") || path.ends_with(".txt"))
        .collect();
    files.sort();
    let forward: Vec<&str> = files.iter().map(String::as_str).collect();
    let backward: Vec<&str> = files.iter().rev().map(String::as_str).collect();
    let turned: Vec<&str> = files.iter().skip(5).chain(files.iter().take(5)).map(String::as_str).collect();
    let (first, _) = dossier(&dir, &forward);
    assert_eq!(first, dossier(&dir, &forward).0, "two runs");
    assert_eq!(first, dossier(&dir, &backward).0, "reversed");
    assert_eq!(first, dossier(&dir, &turned).0, "rotated");
}

/// The largest number of independent origins behind any position of each question of each incident.
fn independent(case: &Value) -> BTreeMap<(String, String), u64> {
    let mut found = BTreeMap::new();
    for incident in list(case, "incidents") {
        let day = incident["time"]["date"].as_str().unwrap_or("").to_owned();
        for question in list(incident, "questions") {
            let most = list(question, "positions").iter().filter_map(|p| p["independent"].as_u64()).max().unwrap_or(0);
            let entry = found.entry((day.clone(), text(question, "question").to_owned())).or_insert(0);
            *entry = most.max(*entry);
        }
    }
    found
}

#[test]
fn a_copied_report_adds_no_independent_origin() {
    let dir = fresh("copies");
    let copies = dir.join("in");
    std::fs::create_dir_all(&copies).unwrap();
    for entry in std::fs::read_dir(example()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, copies.join(path.file_name().unwrap())).unwrap();
    }
    let before = independent(&dossier(&dir, &["in"]).1);
    let agency = std::fs::read(copies.join("02-meridian-agency.html")).unwrap();
    std::fs::write(copies.join("12-another-paper.html"), agency).unwrap();
    let post = std::fs::read(copies.join("06-resident-post.txt")).unwrap();
    std::fs::write(copies.join("13-shared-post.txt"), post).unwrap();
    let after = independent(&dossier(&dir, &["in"]).1);
    for (key, count) in &before {
        assert!(after.get(key).is_none_or(|now| now <= count), "{key:?}: {count} became {:?}", after.get(key));
    }
}

#[test]
fn the_example_reads_as_its_gold_says() {
    let dir = fresh("gold");
    let (_, case) = dossier(&dir, &[&example().display().to_string()]);
    let gold: toml::Table = std::fs::read_to_string(example().join("gold.toml")).unwrap().parse().unwrap();
    let mut wrong = Vec::new();
    check_incidents(&gold, &case, &mut wrong);
    check_claims(&gold, &case, &mut wrong);
    check_relations(&gold, &case, &mut wrong);
    check_rest(&gold, &case, &mut wrong);
    assert!(wrong.is_empty(), "{} of the gold's points are not met:\n{}", wrong.len(), wrong.join("\n"));
}

/// Rows of a gold table.
fn rows<'a>(gold: &'a toml::Table, key: &str) -> Vec<&'a toml::Table> {
    gold.get(key)
        .and_then(toml::Value::as_array)
        .map(|rows| rows.iter().filter_map(toml::Value::as_table).collect())
        .unwrap_or_default()
}

/// A text of a gold row.
fn word<'a>(row: &'a toml::Table, key: &str) -> &'a str {
    row.get(key).and_then(toml::Value::as_str).unwrap_or("")
}

/// Texts of a gold row.
fn words<'a>(row: &'a toml::Table, key: &str) -> Vec<&'a str> {
    let list = row.get(key).and_then(toml::Value::as_array);
    list.map(|list| list.iter().filter_map(toml::Value::as_str).collect()).unwrap_or_default()
}

/// The incident a gold name stands for: that of its day and most of its documents.
fn incident<'a>(gold: &toml::Table, case: &'a Value, name: &str) -> Option<&'a Value> {
    let row = rows(gold, "incident").into_iter().find(|row| word(row, "name") == name)?;
    let documents: Vec<&str> = words(row, "documents").iter().map(|file| document(case, file)).collect();
    list(case, "incidents")
        .iter()
        .filter(|incident| incident["time"]["date"].as_str() == Some(word(row, "day")))
        .max_by_key(|incident| {
            let own: Vec<&str> = list(incident, "documents").iter().filter_map(Value::as_str).collect();
            documents.iter().filter(|id| own.contains(id)).count()
        })
}

fn check_incidents(gold: &toml::Table, case: &Value, wrong: &mut Vec<String>) {
    for row in rows(gold, "incident") {
        let name = word(row, "name");
        let Some(found) = incident(gold, case, name) else {
            wrong.push(format!("incident {name}: none on {}", word(row, "day")));
            continue;
        };
        if text(found, "kind") != word(row, "kind") {
            wrong.push(format!("incident {name}: kind {}", text(found, "kind")));
        }
        let own: Vec<&str> = list(found, "documents").iter().filter_map(Value::as_str).collect();
        for file in words(row, "documents") {
            if !own.contains(&document(case, file)) {
                wrong.push(format!("incident {name}: lacks document {file}"));
            }
        }
        if own.len() > words(row, "documents").len() {
            wrong.push(format!("incident {name}: {} documents, expected {}", own.len(), words(row, "documents").len()));
        }
    }
}

fn check_claims(gold: &toml::Table, case: &Value, wrong: &mut Vec<String>) {
    for row in rows(gold, "claim") {
        let (file, quote) = (word(row, "document"), word(row, "words"));
        let found = claims(case, file, quote);
        let said = format!("claim {file} \"{quote}\"");
        if found.is_empty() {
            wrong.push(format!("{said}: not found"));
            continue;
        }
        let met = |test: &dyn Fn(&Value) -> bool| found.iter().any(|claim| test(claim));
        if row.contains_key("chain") {
            let chain = words(row, "chain");
            let fits = |claim: &Value| {
                let links = list(claim, "attribution");
                links.len() == chain.len()
                    && links
                        .iter()
                        .zip(&chain)
                        .all(|(link, name)| text(link, "name").to_lowercase().contains(&name.to_lowercase()))
            };
            if !met(&fits) {
                let got: Vec<Vec<&str>> = found
                    .iter()
                    .map(|claim| list(claim, "attribution").iter().map(|l| text(l, "name")).collect())
                    .collect();
                wrong.push(format!("{said}: chain {got:?}, expected {chain:?}"));
            }
        }
        let factuality = word(row, "factuality");
        if !factuality.is_empty() && !met(&|claim| text(claim, "factuality") == factuality) {
            wrong.push(format!("{said}: factuality is not {factuality}"));
        }
        let flag = word(row, "flag");
        if !flag.is_empty() && !met(&|claim| list(claim, "flags").iter().any(|f| f == flag)) {
            wrong.push(format!("{said}: lacks the flag {flag}"));
        }
        if let [of, category, min, max] = word(row, "count").split(' ').collect::<Vec<_>>().as_slice() {
            let fits = |claim: &Value| {
                list(&claim["proposition"], "count").iter().any(|count| {
                    text(count, "of") == *of
                        && text(count, "category") == *category
                        && count["min"].as_u64() == min.parse().ok()
                        && count["max"].as_u64() == max.parse().ok()
                })
            };
            if !met(&fits) {
                let got: Vec<String> = found.iter().map(|claim| claim["proposition"]["count"].to_string()).collect();
                wrong.push(format!("{said}: counts {got:?}, expected {of} {category} {min} {max}"));
            }
        }
        let name = word(row, "incident");
        if !name.is_empty() {
            let id = incident(gold, case, name).map(|i| text(i, "id")).unwrap_or("none");
            if !met(&|claim| claim["incident"].as_str() == Some(id)) {
                wrong.push(format!("{said}: not in incident {name}"));
            }
        }
    }
}

fn check_relations(gold: &toml::Table, case: &Value, wrong: &mut Vec<String>) {
    let converse = |kind: &str| match kind {
        "REFINES" => "REFINED_BY".to_owned(),
        "REFINED_BY" => "REFINES".to_owned(),
        "PART_OF" => "CONTAINS".to_owned(),
        "CONTAINS" => "PART_OF".to_owned(),
        "SUPERSEDES" => "SUPERSEDED_BY".to_owned(),
        "SUPERSEDED_BY" => "SUPERSEDES".to_owned(),
        same => same.to_owned(),
    };
    for row in rows(gold, "relation") {
        let side = |key: &str| -> Vec<&str> {
            let Some(end) = row.get(key).and_then(toml::Value::as_table) else { return Vec::new() };
            claims(case, word(end, "document"), word(end, "words")).iter().map(|claim| text(claim, "id")).collect()
        };
        let (a, b) = (side("a"), side("b"));
        let mut got: Vec<String> = Vec::new();
        let questions = || list(case, "incidents").iter().flat_map(|incident| list(incident, "questions"));
        for question in questions() {
            // a relation is listed once for each pair of voices, so it may stand between claims of the same positions
            let widened = |ids: &[&str]| -> Vec<String> {
                let counts = questions().filter(|q| text(q, "question").starts_with("count"));
                let positions = counts.flat_map(|q| list(q, "positions")).map(|position| list(position, "claims"));
                let holding =
                    positions.filter(|claims| claims.iter().any(|id| ids.contains(&id.as_str().unwrap_or(""))));
                holding.flatten().filter_map(Value::as_str).map(str::to_owned).collect()
            };
            let (a, b) = (widened(&a), widened(&b));
            let holds = |ids: &[String], id: &str| ids.iter().any(|known| known == id);
            for relation in list(question, "relations") {
                let (x, y) = (text(relation, "a"), text(relation, "b"));
                let kind = text(relation, "relation");
                if holds(&a, x) && holds(&b, y) {
                    got.push(kind.to_owned());
                } else if holds(&a, y) && holds(&b, x) {
                    got.push(converse(kind));
                }
            }
        }
        let expected = words(row, "kind");
        if !got.iter().any(|kind| expected.contains(&kind.as_str())) {
            wrong.push(format!("relation {} / {}: {got:?}, expected {expected:?}", row["a"], row["b"]));
        }
    }
}

fn check_rest(gold: &toml::Table, case: &Value, wrong: &mut Vec<String>) {
    for row in rows(gold, "position") {
        let ids: Vec<&str> =
            claims(case, word(row, "document"), word(row, "words")).iter().map(|c| text(c, "id")).collect();
        let expected = row.get("independent").and_then(toml::Value::as_integer).unwrap_or(0);
        let questions = incident(gold, case, word(row, "incident")).map(|i| list(i, "questions")).unwrap_or_default();
        let found = questions
            .iter()
            .filter(|q| text(q, "question") == word(row, "question"))
            .flat_map(|q| list(q, "positions"))
            .find(|p| list(p, "claims").iter().any(|id| ids.contains(&id.as_str().unwrap_or(""))));
        match found.map(|p| p["independent"].as_i64().unwrap_or(-1)) {
            Some(n) if n == expected => {}
            other => {
                wrong.push(format!("position {}: {other:?} independent, expected {expected}", word(row, "question")))
            }
        }
    }
    for row in rows(gold, "dependence") {
        let (from, to) = (document(case, word(row, "from")), document(case, word(row, "to")));
        let kinds: Vec<&str> = list(case, "dependences")
            .iter()
            .filter(|d| text(d, "from") == from && text(d, "to") == to)
            .map(|d| text(d, "kind"))
            .collect();
        if !words(row, "kind").iter().any(|kind| kinds.contains(kind)) {
            wrong.push(format!("dependence {} on {}: {kinds:?}", word(row, "from"), word(row, "to")));
        }
    }
    for row in rows(gold, "range") {
        let ranges = incident(gold, case, word(row, "incident")).map(|i| list(i, "ranges")).unwrap_or_default();
        let found =
            ranges.iter().find(|r| text(r, "of") == word(row, "of") && text(r, "category") == word(row, "category"));
        for end in ["min", "max"] {
            let expected = row.get(end).and_then(toml::Value::as_integer);
            if expected.is_some() && found.and_then(|r| r[end].as_i64()) != expected {
                wrong.push(format!(
                    "range {} {}: {end} is {:?}",
                    word(row, "of"),
                    word(row, "category"),
                    found.map(|r| &r[end])
                ));
            }
        }
    }
    for row in rows(gold, "status") {
        let Some(found) = incident(gold, case, word(row, "incident")) else { continue };
        for key in ["strike_status", "harm_grade"] {
            let expected = words(row, key);
            let got = found[key]["value"].as_str().unwrap_or("");
            if !expected.is_empty() && !expected.contains(&got) {
                wrong.push(format!("{key} of {}: {got}, expected {expected:?}", word(row, "incident")));
            }
        }
    }
}
