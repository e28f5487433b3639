//! Range and grade cases: claim lines, then `=> …` lines, through the one door `assess`.
//!
//! Before the expectations a block may say `profile ucdp`, `credible NAME`, `reliable NAME`, `copies DOC DOC`,
//! `possible copy DOC DOC`, `publisher DOC NAME`, `credit DOC NAME`, `exclude DOC`, `override DOC harm_grade fair`,
//! `setting contested_status`, `setting no_presumption`, `named DOC killed civilians NAME;NAME`, `reads DOC ID=SCORE …` (what "Marn" may
//! mean there), and of claims with `{incident b}`: `container b`, `part b a`, `near a b`; `=> in b: …` is expected of that one. Every block is assessed a second time with its claims in reverse order.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::invented::case::{Assessed, Case, range_words};
use crate::invented::files;
use rashomon_compare::range::totals_of;
use rashomon_model::id::ClaimId;

/// The one door: every ```case block of every file of the task.
fn check(task: &str) {
    let (mut n, mut wrong) = (0, Vec::new());
    for (name, text) in files(task) {
        for block in text.split("```case\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            let expected: Vec<&str> = block.lines().filter_map(|line| line.strip_prefix("=> ")).collect();
            assert!(!expected.is_empty(), "{name}: a block that expects nothing:\n{block}");
            let case = Case::read(block);
            let found = case.assess();
            assert_eq!(found, case.reversed().assess(), "{name}: order of input matters:\n{block}");
            for line in expected {
                n += 1;
                let got = answer(line, &found, &case);
                if got != line {
                    wrong.push(format!("{name}:\n{block}    got {got}"));
                }
            }
        }
    }
    assert!(n > 0, "no cases of {task}");
    assert!(wrong.is_empty(), "{} of {n} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What was found, in the words of the expectation.
fn answer(line: &str, found: &Assessed, case: &Case) -> String {
    if let Some((name, rest)) = line.strip_prefix("in ").and_then(|rest| rest.split_once(": ")) {
        let one =
            found.value.iter().find(|one| one.incident.id.as_str() == name).expect("an incident of the name").clone();
        let one = Assessed { value: vec![one], diagnostics: found.diagnostics.clone() };
        return format!("in {name}: {}", answer(rest, &one, case));
    }
    let words: Vec<&str> = line.split(' ').collect();
    let incident = &found.value[0];
    let claims = |ids: &[ClaimId]| ids.iter().map(ClaimId::as_str).collect::<Vec<_>>().join(" ");
    let key = |key: &str| incident.questions.iter().find(|row| row.question.key() == key);
    match words.as_slice() {
        ["strike", ..] => format!("strike {} {}", incident.strike_status.value, incident.strike_status.rule),
        ["harm", ..] => format!("harm {} {}", incident.harm_grade.value, incident.harm_grade.rule),
        ["harm-because", rest @ ..] => {
            let because = &incident.harm_grade.because;
            if because.contains(&rest.join(" ")) { line.to_owned() } else { format!("harm-because {because}") }
        }
        ["strike-because", rest @ ..] => {
            let because = &incident.strike_status.because;
            if because.contains(&rest.join(" ")) { line.to_owned() } else { format!("strike-because {because}") }
        }
        ["strike-by", ..] => format!("strike-by {}", claims(&incident.strike_status.claims)),
        ["harm-by", ..] => format!("harm-by {}", claims(&incident.harm_grade.claims)),
        ["range", of, category, ..] => range_words(incident, of, category),
        ["no", "range", "of", of, category] => range_words(incident, of, category),
        ["set-by", of, category, ..] => {
            let range = incident.ranges.iter().find(|r| r.of.name() == *of && r.category.name() == *category);
            format!("set-by {of} {category} {}", range.map(|range| claims(&range.set_by)).unwrap_or_default())
        }
        ["rows", ..] => {
            format!("rows {}", incident.questions.iter().map(|row| row.question.key()).collect::<Vec<_>>().join(" "))
        }
        ["totals", ..] => {
            let all = totals_of(&found.value, &case.near);
            let words = all.iter().map(|total| {
                let open = if total.open { "+" } else { "" };
                format!(
                    "{} {} {}-{}{open} of {} unresolved {}",
                    total.of, total.category, total.min, total.max, total.incidents, total.unresolved
                )
            });
            format!("totals {}", words.collect::<Vec<_>>().join("; "))
        }
        ["left", claim, ..] => {
            let mut all: Vec<String> = incident
                .ranges
                .iter()
                .flat_map(|range| range.left_out.iter().map(move |left| (range, left)))
                .filter(|(_, left)| left.claim.as_str() == *claim)
                .map(|(range, left)| format!("left {claim} {} {}: {}", range.of, range.category, left.because))
                .collect();
            let at = all.iter().position(|got| got == line).unwrap_or_default();
            let here = |of: &str| all.iter().any(|got| got.starts_with(of));
            let nowhere = line.strip_suffix("left out nowhere").filter(|of| !here(of));
            if nowhere.is_some() {
                line.to_owned()
            } else if all.is_empty() {
                "left out nowhere".to_owned()
            } else {
                all.swap_remove(at)
            }
        }
        ["row", question, ..] => {
            let status = key(question).map_or("no such row", |row| row.status.name());
            format!("row {question} {status}")
        }
        ["position", question, ..] => {
            let all: Vec<String> = key(question)
                .into_iter()
                .flat_map(|row| &row.positions)
                .map(|p| {
                    format!(
                        "position {question} {} independent {} carriers {}",
                        p.value,
                        p.independent,
                        p.carriers.len()
                    )
                })
                .collect();
            all.iter().find(|got| *got == line).cloned().unwrap_or_else(|| all.join("; "))
        }
        ["because", question, a, b, rest @ ..] => {
            let related = key(question).into_iter().flat_map(|row| &row.relations);
            let found = related.filter(|r| r.a.as_str() == *a && r.b.as_str() == *b).map(|r| r.because.clone()).next();
            let found = found.unwrap_or_default();
            if found.contains(&rest.join(" ")) {
                line.to_owned()
            } else {
                format!("because {question} {a} {b} {found}")
            }
        }
        ["held", question, a, b, ..] => {
            let related = key(question).into_iter().flat_map(|row| &row.relations);
            let mut found = related.filter(|r| r.a.as_str() == *a && r.b.as_str() == *b);
            let sides = found.next().map(|r| format!("{} | {}", claims(&r.all_a), claims(&r.all_b)));
            format!("held {question} {a} {b} {}", sides.unwrap_or_default())
        }
        ["related", question, a, b, ..] => {
            let all: Vec<String> = key(question)
                .into_iter()
                .flat_map(|row| &row.relations)
                .map(|r| format!("related {question} {} {} {} {}", r.a, r.b, r.kind, r.rule))
                .collect();
            let ends = format!("related {question} {a} {b} ");
            let found = all.iter().find(|got| got.starts_with(&ends)).cloned();
            found.unwrap_or_else(|| format!("{ends}unrelated"))
        }
        ["diagnostic", code, ..] => {
            let all: Vec<&str> = found.diagnostics.iter().map(|d| d.code).collect();
            if all.contains(code) { line.to_owned() } else { format!("diagnostics {all:?}") }
        }
        ["no", "diagnostic", code] => {
            let all: Vec<&str> = found.diagnostics.iter().map(|d| d.code).collect();
            if all.contains(code) { format!("diagnostics {all:?}") } else { line.to_owned() }
        }
        ["denied", question, value @ .., _] => {
            let value = value.join(" ");
            let marked =
                key(question).and_then(|row| row.positions.iter().find(|p| p.value == value)).map(|p| p.denied);
            format!(
                "denied {question} {value} {}",
                marked.map_or("nowhere", |denied| if denied { "true" } else { "false" })
            )
        }
        ["first", question, ..] => {
            let first = key(question).and_then(|row| row.positions.first());
            format!("first {question} {}", first.map_or("nothing", |position| &position.value))
        }
        ["no", "diagnostic"] => {
            let all: Vec<&str> = found.diagnostics.iter().map(|d| d.message.as_str()).collect();
            if all.is_empty() { line.to_owned() } else { all.join("; ") }
        }
        _ => panic!("not an expectation: {line}"),
    }
}

#[test]
fn range() {
    check("range");
}

#[test]
fn grade() {
    check("grade");
}

#[test]
fn alignment() {
    check("alignment");
}
