//! How is a difference said on a terminal?

use super::incident::{Became, Ends, IncidentDiff, RelationNamed};
use super::{Change, ClaimNamed, Diff};
use crate::{safe, wording};
use std::collections::BTreeMap;

/// Entries of a list that are shown; the JSON has all.
const SHOWN: usize = 8;

/// The difference in words, one thing a line.
#[must_use]
pub fn text(found: &Diff) -> String {
    if found.is_empty() {
        return "nothing changed\n".to_owned();
    }
    let mut out = String::new();
    change(&mut out, "account", &found.documents, |doc| doc.name.clone());
    change(&mut out, "origin", &found.origins, String::clone);
    change(&mut out, "claim", &found.claims, claim);
    change(&mut out, "decision of a person", &found.judgements, String::clone);
    let edges = |n: usize, how: &str| format!("{} {how}\n", wording::n(n, "dependence"));
    for (list, how) in [(&found.dependences.added, "more"), (&found.dependences.removed, "gone")] {
        if !list.is_empty() {
            out.push_str(&edges(list.len(), how));
        }
    }
    for one in &found.incidents {
        incident(&mut out, one);
    }
    out
}

/// "Lantern: “36 people died”".
fn claim(claim: &ClaimNamed) -> String {
    format!("{}: “{}”", claim.by, claim.quote)
}

fn change<T>(out: &mut String, what: &str, change: &Change<T>, show: impl Fn(&T) -> String) {
    for (list, how) in [(&change.added, "more"), (&change.removed, "gone")] {
        if list.is_empty() {
            continue;
        }
        out.push_str(&format!("{} {how}\n", wording::n(list.len(), what)));
        for one in list.iter().take(SHOWN) {
            out.push_str(&format!("  {}\n", safe::one_line(&show(one))));
        }
        if list.len() > SHOWN {
            out.push_str(&format!("  and {} more in the JSON\n", list.len() - SHOWN));
        }
    }
}

fn incident(out: &mut String, one: &IncidentDiff) {
    let titles = |list: &[super::incident::Titled]| {
        list.iter().map(|one| format!("“{}”", safe::one_line(&one.title))).collect::<Vec<_>>().join(" and ")
    };
    out.push_str(&match one.became {
        Became::New => format!("\nnew incident {}\n", titles(&one.new)),
        Became::Gone => format!("\nincident gone: {}\n", titles(&one.old)),
        Became::Changed => format!("\n{}\n", titles(&one.new)),
        Became::Merged => format!("\n{} became one: {}\n", titles(&one.old), titles(&one.new)),
        Became::Split => format!("\n{} became {}\n", titles(&one.old), titles(&one.new)),
    });
    for verdict in &one.verdicts {
        let what = verdict.what.replace('_', " ");
        out.push_str(&format!(
            "  {what}: {} ({}) → {} ({}): {}\n",
            verdict.old,
            verdict.old_rule,
            verdict.new,
            verdict.new_rule,
            safe::one_line(&verdict.because)
        ));
    }
    for range in &one.ranges {
        out.push_str(&format!(
            "  {} {}: {} → {} ({})\n",
            range.category,
            range.of,
            ends(&range.old),
            ends(&range.new),
            range.rule
        ));
        for by in &range.by {
            out.push_str(&format!("    by {}\n", safe::one_line(&claim(by))));
        }
        for left in range.left_out.iter().take(SHOWN) {
            let because = format!("left out: {} ({})", claim(&left.claim), left.because);
            out.push_str(&format!("    {}\n", safe::one_line(&because)));
        }
    }
    for status in &one.statuses {
        let said = |status: &Option<String>| status.clone().unwrap_or_else(|| "not asked".to_owned());
        let rules = if status.rules.is_empty() { String::new() } else { format!(" ({})", status.rules.join(", ")) };
        out.push_str(&format!("  {}: {} → {}{rules}\n", status.question, said(&status.old), said(&status.new)));
    }
    relations(out, &one.relations.added, "more");
    relations(out, &one.relations.removed, "gone");
}

/// Relations counted by kind and rule, each distinct conflict in words.
fn relations(out: &mut String, list: &[RelationNamed], how: &str) {
    let mut kinds: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for one in list {
        *kinds.entry((&one.relation, &one.rule)).or_default() += 1;
    }
    if kinds.is_empty() {
        return;
    }
    let counted: Vec<String> = kinds.iter().map(|((kind, rule), n)| format!("{n} × {kind} ({rule})")).collect();
    out.push_str(&format!("  relations {how}: {}\n", counted.join(", ")));
    let sharp =
        |one: &&RelationNamed| matches!(one.relation.as_str(), "CONTRADICTS" | "DENIES" | "SUPERSEDES" | "GROWTH");
    let mut told: Vec<&str> = Vec::new();
    for one in list.iter().filter(sharp).filter(|_| how == "more") {
        if !told.contains(&one.because.as_str()) && told.len() < SHOWN {
            told.push(&one.because);
            out.push_str(&format!("    {} ({}): {}\n", one.relation, one.rule, safe::one_line(&one.because)));
        }
    }
}

/// "22–36+", "36", "none".
fn ends(ends: &Ends) -> String {
    let plus = if ends.open { "+" } else { "" };
    match (ends.min, ends.max) {
        (Some(min), Some(max)) if min == max => format!("{min}{plus}"),
        (Some(min), Some(max)) => format!("{min}–{max}{plus}"),
        _ => "none".to_owned(),
    }
}
