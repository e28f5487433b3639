//! What did people decide, and where is it written? The judgements file: JSON Lines, one decision a line, only ever added to.
//!
//! [`parse`] reads it and names every row it cannot use; [`line()`] writes one row; [`append`] adds it to a file. The shape of
//! a row is that of `judgements[]` in the dossier (`rashomon schema judgement`).
//!
//! ```
//! use rashomon_store::judgement::{line, parse};
//! let row = r#"{"id":"j1","by":"desk","at":"2031-03-20","kind":"credible","about":{"source":"Lantern"},"why":"known well"}"#;
//! let read = parse(row, "judgements.jsonl");
//! assert!(read.bad.is_empty());
//! assert_eq!(line(&read.judgements[0]), row);
//! ```

use rashomon_model::evidence::Verification;
use rashomon_model::id::JudgementId;
use rashomon_model::judgement::{Decision, JudgedAnchor, Judgement};
use rashomon_model::quantity::{Category, Outcome};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

/// What a judgements file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgements {
    /// Rows that can be used, in file order.
    pub judgements: Vec<Judgement>,
    /// Rows that cannot.
    pub bad: Vec<BadRow>,
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// File as given.
    pub file: String,
    /// Row, counted from 1.
    pub row: usize,
    /// Why, and what to do.
    pub because: String,
}

impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} row {}: {}", self.file, self.row, self.because)
    }
}

/// A row as written. Added fields (those the dossier adds) are passed over.
#[derive(Serialize, Deserialize)]
struct Row {
    id: String,
    by: String,
    at: String,
    #[serde(flatten)]
    decision: Kind,
    why: String,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", content = "about", rename_all = "snake_case")]
enum Kind {
    SameIncident(Pair),
    NotSameIncident(Pair),
    SameSource(Pair),
    NotSameSource(Pair),
    ExcludeClaim(ClaimAt),
    Credible(SourceNamed),
    MostReliable(SourceNamed),
    Copy(Pair),
    NotCopy(Pair),
    Override(Overridden),
    Verified(VerifiedItem),
    Named(NamedVictims),
    Withdraw(Withdrawn),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct At {
    document: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    a: At,
    b: At,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimAt {
    claim: At,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceNamed {
    source: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Overridden {
    incident: At,
    what: String,
    value: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifiedItem {
    evidence: At,
    value: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedVictims {
    incident: At,
    of: String,
    category: String,
    names: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawn {
    judgement: String,
}

impl From<At> for JudgedAnchor {
    fn from(at: At) -> Self {
        Self { document: at.document, quote: at.quote, start: at.start }
    }
}

impl From<&JudgedAnchor> for At {
    fn from(at: &JudgedAnchor) -> Self {
        Self { document: at.document.clone(), quote: at.quote.clone(), start: at.start }
    }
}

/// The words of a value of a closed list, or which ones there are.
fn value<T>(found: Option<T>, what: &str, given: &str, known: &[&str]) -> Result<T, String> {
    found.ok_or_else(|| format!("{what} \"{given}\" is not known; one of {}", known.join(", ")))
}

/// The decision of a row.
fn decision(kind: Kind) -> Result<Decision, String> {
    let pair = |pair: Pair| (pair.a.into(), pair.b.into());
    Ok(match kind {
        Kind::SameIncident(of) | Kind::NotSameIncident(of) | Kind::SameSource(of) | Kind::NotSameSource(of)
            if of.a.document.trim().is_empty() || of.b.document.trim().is_empty() =>
        {
            return Err("an anchor names no document".to_owned());
        }
        Kind::SameIncident(of) => {
            let (a, b) = pair(of);
            Decision::SameIncident(a, b, true)
        }
        Kind::NotSameIncident(of) => {
            let (a, b) = pair(of);
            Decision::SameIncident(a, b, false)
        }
        Kind::SameSource(of) => {
            let (a, b) = pair(of);
            Decision::SameSource(a, b, true)
        }
        Kind::NotSameSource(of) => {
            let (a, b) = pair(of);
            Decision::SameSource(a, b, false)
        }
        Kind::Copy(of) => {
            let (a, b) = pair(of);
            Decision::Copy(a, b, true)
        }
        Kind::NotCopy(of) => {
            let (a, b) = pair(of);
            Decision::Copy(a, b, false)
        }
        Kind::ExcludeClaim(of) => Decision::ExcludeClaim(of.claim.into()),
        Kind::Credible(of) => Decision::Credible(of.source),
        Kind::MostReliable(of) => Decision::MostReliable(of.source),
        Kind::Override(of) => Decision::Override { incident: of.incident.into(), what: of.what, value: of.value },
        Kind::Verified(of) => {
            let known: Vec<&str> = Verification::ALL.iter().map(|v| v.name()).collect();
            let value = value(Verification::from_name(&of.value), "value", &of.value, &known)?;
            Decision::Verified { evidence: of.evidence.into(), value }
        }
        Kind::Named(of) => {
            let outcomes: Vec<&str> = Outcome::ALL.iter().map(|v| v.name()).collect();
            let categories: Vec<&str> = Category::ALL.iter().map(|v| v.name()).collect();
            Decision::Named {
                of: value(Outcome::from_name(&of.of), "of", &of.of, &outcomes)?,
                category: value(Category::from_name(&of.category), "category", &of.category, &categories)?,
                incident: of.incident.into(),
                names: of.names,
            }
        }
        Kind::Withdraw(of) => Decision::Withdraw(JudgementId::new(of.judgement)),
    })
}

/// Reads the text of a judgements file; empty lines are passed over, a byte order mark too.
#[must_use]
pub fn parse(text: &str, file: &str) -> Judgements {
    let mut found = Judgements::default();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (at, words) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if words.trim().is_empty() {
            continue;
        }
        match row(words, &ids) {
            Ok(judgement) => {
                ids.insert(judgement.id.to_string());
                found.judgements.push(judgement);
            }
            Err(because) => found.bad.push(BadRow { file: file.to_owned(), row: at + 1, because }),
        }
    }
    found
}

/// One row, or why it cannot be used.
fn row(words: &str, known: &BTreeSet<String>) -> Result<Judgement, String> {
    let value: serde_json::Value =
        serde_json::from_str(words).map_err(|error| format!("not JSON: {error}; one object a line"))?;
    let said = |key: &str| value.get(key).and_then(serde_json::Value::as_str).is_some_and(|v| !v.trim().is_empty());
    if let Some(missing) = ["id", "by", "at", "kind", "why"].into_iter().find(|key| !said(key)) {
        return Err(format!("\"{missing}\" is missing or empty; see `rashomon schema judgement`"));
    }
    let row: Row = serde_json::from_value(value)
        .map_err(|error| format!("{error}; see `rashomon schema judgement` or docs/judgements.md"))?;
    if known.contains(&row.id) {
        return Err(format!("the id \"{}\" is taken by an earlier row; every decision has its own", row.id));
    }
    Ok(Judgement {
        id: JudgementId::new(row.id),
        by: row.by,
        at: row.at,
        decision: decision(row.decision)?,
        why: row.why,
    })
}

/// The judgement as one row, without a line's end.
#[must_use]
pub fn line(judgement: &Judgement) -> String {
    serde_json::to_string(&wire(judgement)).unwrap_or_default()
}

fn wire(judgement: &Judgement) -> Row {
    let pair = |a: &JudgedAnchor, b: &JudgedAnchor| Pair { a: a.into(), b: b.into() };
    let decision = match &judgement.decision {
        Decision::SameIncident(a, b, true) => Kind::SameIncident(pair(a, b)),
        Decision::SameIncident(a, b, false) => Kind::NotSameIncident(pair(a, b)),
        Decision::SameSource(a, b, true) => Kind::SameSource(pair(a, b)),
        Decision::SameSource(a, b, false) => Kind::NotSameSource(pair(a, b)),
        Decision::Copy(a, b, true) => Kind::Copy(pair(a, b)),
        Decision::Copy(a, b, false) => Kind::NotCopy(pair(a, b)),
        Decision::ExcludeClaim(at) => Kind::ExcludeClaim(ClaimAt { claim: at.into() }),
        Decision::Credible(source) => Kind::Credible(SourceNamed { source: source.clone() }),
        Decision::MostReliable(source) => Kind::MostReliable(SourceNamed { source: source.clone() }),
        Decision::Override { incident, what, value } => {
            Kind::Override(Overridden { incident: incident.into(), what: what.clone(), value: value.clone() })
        }
        Decision::Verified { evidence, value } => {
            Kind::Verified(VerifiedItem { evidence: evidence.into(), value: value.name().to_owned() })
        }
        Decision::Named { incident, of, category, names } => Kind::Named(NamedVictims {
            incident: incident.into(),
            of: of.name().to_owned(),
            category: category.name().to_owned(),
            names: names.clone(),
        }),
        Decision::Withdraw(earlier) => Kind::Withdraw(Withdrawn { judgement: earlier.to_string() }),
    };
    Row {
        id: judgement.id.to_string(),
        by: judgement.by.clone(),
        at: judgement.at.clone(),
        decision,
        why: judgement.why.clone(),
    }
}

/// Adds a judgement at the end of a file, which is made if need be. Nothing that stands there is changed.
///
/// # Errors
/// Those of opening and writing.
pub fn append(path: &Path, judgement: &Judgement) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().create(true).append(true).read(true).open(path)?;
    let unended = std::fs::read(path)?.last().is_some_and(|last| *last != b'\n');
    let opening = if unended { "\n" } else { "" };
    file.write_all(format!("{opening}{}\n", line(judgement)).as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row of every kind.
    const ALL: &str = r#"{"id":"j1","by":"desk","at":"2031-03-20","kind":"same_incident","about":{"a":{"document":"x.txt","quote":"a shell hit"},"b":{"document":"y.txt","quote":"it struck","start":12}},"why":"one crater"}
{"id":"j2","by":"desk","at":"2031-03-20","kind":"not_same_incident","about":{"a":{"document":"x.txt","quote":"a shell hit"},"b":{"document":"y.txt"}},"why":"two days"}
{"id":"j3","by":"desk","at":"2031-03-20","kind":"same_source","about":{"a":{"document":"x.txt","quote":"the monitor"},"b":{"document":"y.txt","quote":"the group"}},"why":"asked"}
{"id":"j4","by":"desk","at":"2031-03-20","kind":"not_same_source","about":{"a":{"document":"x.txt","quote":"Bren"},"b":{"document":"y.txt","quote":"Bren"}},"why":"brothers"}
{"id":"j5","by":"desk","at":"2031-03-20","kind":"exclude_claim","about":{"claim":{"document":"x.txt","quote":"63 died"}},"why":"a misprint"}
{"id":"j6","by":"desk","at":"2031-03-20","kind":"credible","about":{"source":"Lantern"},"why":"known"}
{"id":"j7","by":"desk","at":"2031-03-20","kind":"most_reliable","about":{"source":"Lantern"},"why":"on the spot"}
{"id":"j8","by":"desk","at":"2031-03-20","kind":"copy","about":{"a":{"document":"x.txt"},"b":{"document":"y.txt"}},"why":"asked"}
{"id":"j9","by":"desk","at":"2031-03-20","kind":"not_copy","about":{"a":{"document":"x.txt"},"b":{"document":"y.txt"}},"why":"asked"}
{"id":"j10","by":"desk","at":"2031-03-20","kind":"override","about":{"incident":{"document":"x.txt","quote":"a shell hit"},"what":"harm_grade","value":"fair"},"why":"visited"}
{"id":"j11","by":"desk","at":"2031-03-20","kind":"verified","about":{"evidence":{"document":"x.txt","quote":"a video"},"value":"verified"},"why":"geolocated"}
{"id":"j12","by":"desk","at":"2031-03-20","kind":"named","about":{"incident":{"document":"x.txt","quote":"a shell hit"},"of":"killed","category":"civilians","names":["A. B.","C. D."]},"why":"families"}
{"id":"j13","by":"desk","at":"2031-03-21","kind":"withdraw","about":{"judgement":"j5"},"why":"no misprint after all"}"#;

    #[test]
    fn every_kind_is_read_and_written_the_same() {
        let read = parse(ALL, "j.jsonl");
        assert_eq!(read.bad, []);
        let written: Vec<String> = read.judgements.iter().map(line).collect();
        assert_eq!(written.join("\n"), ALL);
        let kinds: BTreeSet<&str> = read.judgements.iter().map(|j| j.decision.kind()).collect();
        assert_eq!(kinds.len(), 13);
    }

    #[test]
    fn bad_rows_name_file_and_row_and_the_rest_is_read() {
        let text = format!(
            "\u{feff}{}\n\nnot json\n{}",
            ALL.lines().next().unwrap(),
            r#"{"id":"k","by":"d","at":"x","kind":"credible","about":{"source":"L"}}"#
        );
        let more = [
            r#"{"id":"j1","by":"d","at":"x","kind":"credible","about":{"source":"L"},"why":"y"}"#,
            r#"{"id":"k","by":"d","at":"x","kind":"guess","about":{"source":"L"},"why":"y"}"#,
            r#"{"id":"k","by":"d","at":"x","kind":"exclude_claim","about":{"claim":{"document":"a","qoute":"b"}},"why":"y"}"#,
            r#"{"id":"k","by":"d","at":"x","kind":"verified","about":{"evidence":{"document":"a"},"value":"surely"},"why":"y"}"#,
            r#"{"id":"k","by":"d","at":"x","kind":"named","about":{"incident":{"document":"a"},"of":"lost","category":"people","names":[]},"why":"y"}"#,
        ];
        let read = parse(&format!("{text}\n{}", more.join("\n")), "j.jsonl");
        assert_eq!(read.judgements.len(), 1);
        let said: Vec<String> = read.bad.iter().map(ToString::to_string).collect();
        for (found, wanted) in said.iter().zip([
            "j.jsonl row 3: not JSON",
            "j.jsonl row 4: \"why\" is missing",
            "j.jsonl row 5: the id \"j1\" is taken",
            "j.jsonl row 6: unknown variant `guess`",
            "j.jsonl row 7: unknown field `qoute`",
            "j.jsonl row 8: value \"surely\" is not known; one of unverified, verified, disputed",
            "j.jsonl row 9: of \"lost\" is not known",
        ]) {
            assert!(found.starts_with(wanted), "{found}\n  wanted {wanted}");
        }
        assert_eq!(said.len(), 7);
    }

    #[test]
    fn appends_without_touching_what_stands_there() {
        let dir = std::env::temp_dir().join(format!("rashomon-judgements-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("j.jsonl");
        let rows = parse(ALL, "x").judgements;
        append(&path, &rows[0]).unwrap();
        let first = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, first.trim_end()).unwrap();
        append(&path, &rows[1]).unwrap();
        assert_eq!(parse(&std::fs::read_to_string(&path).unwrap(), "x").judgements, rows[..2]);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
