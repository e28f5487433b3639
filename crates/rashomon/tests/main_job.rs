//! The main job on the shipped example: what it writes, that it can be checked, and that it is reproducible.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::gold::Gold;
use support::{dossier, example, fresh, list, rashomon, stdout, text};

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
fn totals_add_up_the_incidents_and_leave_the_war_out() {
    let dir = fresh("totals");
    let (_, case) = dossier(&dir, &[&example().display().to_string()]);
    assert!(!list(&case, "totals").is_empty());
    for total in list(&case, "totals") {
        let (mut min, mut max, mut n) = (0, 0, 0);
        for incident in list(&case, "incidents").iter().filter(|one| one["container"] == false) {
            let same = |range: &&Value| range["of"] == total["of"] && range["category"] == total["category"];
            for range in list(incident, "ranges").iter().filter(same).filter(|range| range["min"].is_u64()) {
                min += range["min"].as_u64().unwrap();
                max += range["max"].as_u64().unwrap();
                n += 1;
            }
        }
        assert_eq!((total["min"].as_u64(), total["max"].as_u64()), (Some(min), Some(max)), "{total}");
        assert_eq!(total["incidents"], n, "{total}");
        assert!(max < 1_000, "the war's toll is no incident's: {total}");
    }
}

#[test]
fn the_example_reads_as_its_gold_says() {
    let dir = fresh("gold");
    let (_, case) = dossier(&dir, &[&example().display().to_string()]);
    let gold = Gold::read(&example());
    let wrong: Vec<String> = gold.check(&case).iter().map(|miss| format!("{}: {}", miss.point, miss.got)).collect();
    assert!(wrong.is_empty(), "{} of the gold's points are not met:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every value of a claim tells its words, its reading and what else was considered.
#[test]
fn claims_say_why_each_value_was_read_so() {
    let dir = fresh("why");
    let list = "name,latitude,longitude,kind,admin1,country\nKesh,50.1,10.2,town,Tarn,Orvia\nKesh,55.6,20.1,town,Uplands,Varda\n\
                Lorun,50.2,10.3,town,Tarn,Orvia\n";
    std::fs::write(dir.join("places.csv"), list).unwrap();
    let text = "Bus hit on the road\n\nPublished 2 October 2031\n\nGunmen killed at least three people in a bus bound for Kesh in Lorun \
                at 10.15 on Wednesday, the council said. Shells killed two women in Kesh on Wednesday.\n";
    std::fs::write(dir.join("a.txt"), text).unwrap();
    let lines = stdout(&rashomon(&dir, &["claims", "a.txt", "--gazetteer", "places.csv", "--why"]));
    for part in [
        "count “killed at least three people”",
        "at least; outcome said right before it",
        "place “Lorun”",
        "not place “Kesh”",
        "time “10.15 on Wednesday”",
        "2031-10-01T10:15 (derived); a clock time",
        "rests on “2 October 2031”",
        "        not Kesh (user:3)",
    ] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
    // spans are code points of the text
    assert!(lines.contains("“two women”") || lines.contains("“killed two women”"), "{lines}");
}
