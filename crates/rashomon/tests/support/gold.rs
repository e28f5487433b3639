//! Does a dossier say what a careful reader wrote down? Checks one against `gold.toml`, point by point.
//!
//! A *point* is one thing the gold asks, named so that its name does not change with what the program says; a [`Miss`] is a
//! point not met, with what was found instead. `document` is the start of a file name, `words` stand in an anchor of the claim.

use super::{claims, document, list, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A point of the gold that is not met.
pub(crate) struct Miss {
    /// What kind of point: `incident`, `chain`, `count` …, as in [`Gold::asked`].
    pub(crate) kind: &'static str,
    /// Which one.
    pub(crate) point: String,
    /// What the program says instead.
    pub(crate) got: String,
}

/// What published contradictions amount to, by distinct pairs of positions.
#[derive(Default)]
pub(crate) struct Contradictions {
    /// Published and in the gold.
    pub(crate) right: usize,
    /// Published, not in the gold, in words.
    pub(crate) wrong: Vec<String>,
    /// In the gold, whether or not published.
    pub(crate) expected: usize,
    /// In the gold and published.
    pub(crate) found: usize,
    /// Right and published, by rule.
    pub(crate) by_rule: BTreeMap<String, (usize, usize)>,
}

/// What was written down before the program ran.
pub(crate) struct Gold(toml::Table);

/// A text of a gold row.
fn word<'a>(row: &'a toml::Table, key: &str) -> &'a str {
    row.get(key).and_then(toml::Value::as_str).unwrap_or("")
}

/// Texts of a gold row.
fn words<'a>(row: &'a toml::Table, key: &str) -> Vec<&'a str> {
    let list = row.get(key).and_then(toml::Value::as_array);
    list.map(|list| list.iter().filter_map(toml::Value::as_str).collect()).unwrap_or_default()
}

/// One end of a row, `{ document, words }`, or a list of ends that say the same.
fn ends<'a>(row: &'a toml::Table, key: &str) -> Vec<&'a toml::Table> {
    match row.get(key) {
        Some(toml::Value::Table(end)) => vec![end],
        Some(toml::Value::Array(list)) => list.iter().filter_map(toml::Value::as_table).collect(),
        _ => Vec::new(),
    }
}

/// Claims one end of a row means.
fn end<'a>(case: &'a Value, row: &toml::Table, key: &str) -> Vec<&'a str> {
    let found = ends(row, key).into_iter().flat_map(|end| claims(case, word(end, "document"), word(end, "words")));
    found.map(|claim| text(claim, "id")).collect()
}

/// An end in words (the first, if several say the same), for a point's name.
fn named(row: &toml::Table, key: &str) -> String {
    ends(row, key)
        .first()
        .map_or_else(String::new, |end| format!("{} \"{}\"", word(end, "document"), word(end, "words")))
}

/// Ids in a list of a value.
fn ids<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

/// What a question counts, or the question: positions of these are read together.
fn family(question: &str) -> &str {
    question.strip_prefix("count:").map_or(question, |rest| rest.split(':').next().unwrap_or(rest))
}

/// Claims that share a position with one of these in a question of this family.
fn widened<'a>(case: &'a Value, of: &[&str], key: &str) -> BTreeSet<&'a str> {
    let questions = list(case, "incidents").iter().flat_map(|incident| list(incident, "questions"));
    questions
        .filter(|question| family(text(question, "question")) == key)
        .flat_map(|question| list(question, "positions"))
        .map(|position| ids(position, "claims"))
        .filter(|claims| claims.iter().any(|id| of.contains(id)))
        .flatten()
        .collect()
}

/// What an incident's row may ask beside that it is there, holds its documents and no others.
const INCIDENT: [&str; 3] = ["kind", "day", "part_of"];

/// What a claim's row may ask, and the kind of point that is.
const CLAIM: [(&str, &str); 6] = [
    ("chain", "chain"),
    ("origin", "chain"),
    ("factuality", "factuality"),
    ("flag", "flag"),
    ("count", "count"),
    ("incident", "incident of a claim"),
];

fn converse(kind: &str) -> &str {
    match kind {
        "REFINES" => "REFINED_BY",
        "REFINED_BY" => "REFINES",
        "PART_OF" => "CONTAINS",
        "CONTAINS" => "PART_OF",
        "SUPERSEDES" => "SUPERSEDED_BY",
        "SUPERSEDED_BY" => "SUPERSEDES",
        same => same,
    }
}

impl Gold {
    /// The gold of a folder.
    ///
    /// # Panics
    /// If it cannot be read, or a row names an incident that has no row of its own and so would never be checked.
    pub(crate) fn read(folder: &Path) -> Self {
        let gold = Self(std::fs::read_to_string(folder.join("gold.toml")).unwrap().parse().unwrap());
        let names: BTreeSet<&str> = gold.rows("incident").into_iter().map(|row| word(row, "name")).collect();
        for row in gold.0.keys().flat_map(|table| gold.rows(table)) {
            for name in [word(row, "incident"), word(row, "part_of")] {
                assert!(name.is_empty() || names.contains(name), "{}: no incident {name}", folder.display());
            }
        }
        gold
    }

    /// How many points of each kind there are. What hangs on a claim or incident that is not found counts too.
    pub(crate) fn asked(&self) -> BTreeMap<&'static str, usize> {
        let mut asked = BTreeMap::new();
        let mut add = |kind: &'static str, n: usize| *asked.entry(kind).or_default() += n;
        for row in self.rows("incident") {
            add(
                "incident",
                INCIDENT.iter().filter(|key| row.contains_key(**key)).count() + 2 + words(row, "documents").len(),
            );
        }
        for row in self.rows("claim") {
            add("claim", 1);
            CLAIM.iter().filter(|(key, _)| row.contains_key(*key)).for_each(|(_, kind)| add(kind, 1));
        }
        for kind in ["relation", "position", "dependence"] {
            add(kind, self.rows(kind).len());
        }
        add("contradiction", self.rows("contradiction").iter().filter(|row| !row.contains_key("optional")).count());
        for row in self.rows("range") {
            add("range", ["min", "max"].iter().filter(|side| row.contains_key(**side)).count());
        }
        for row in self.rows("status") {
            add("status", ["strike_status", "harm_grade"].iter().filter(|key| row.contains_key(**key)).count());
        }
        asked
    }

    /// Points not met by kind, those that hang on a claim or incident not found with it.
    pub(crate) fn missed(&self, misses: &[Miss]) -> BTreeMap<&'static str, usize> {
        let mut missed = BTreeMap::new();
        let mut add = |kind: &'static str, n: usize| *missed.entry(kind).or_default() += n;
        for miss in misses {
            add(miss.kind, 1);
        }
        let lost = |point: String| misses.iter().any(|miss| miss.point == point);
        for row in
            self.rows("incident").into_iter().filter(|row| lost(format!("incident {} is there", word(row, "name"))))
        {
            add(
                "incident",
                INCIDENT.iter().filter(|key| row.contains_key(**key)).count() + 1 + words(row, "documents").len(),
            );
        }
        for row in self.rows("claim") {
            if lost(format!("claim {} \"{}\" is there", word(row, "document"), word(row, "words"))) {
                CLAIM.iter().filter(|(key, _)| row.contains_key(*key)).for_each(|(_, kind)| add(kind, 1));
            }
        }
        for row in self.rows("status") {
            if lost(format!("incident {} is there", word(row, "incident"))) {
                add("status", ["strike_status", "harm_grade"].iter().filter(|key| row.contains_key(**key)).count());
            }
        }
        missed
    }

    /// Rows of a table.
    fn rows(&self, key: &str) -> Vec<&toml::Table> {
        self.0
            .get(key)
            .and_then(toml::Value::as_array)
            .map(|rows| rows.iter().filter_map(toml::Value::as_table).collect())
            .unwrap_or_default()
    }

    /// All points not met.
    pub(crate) fn check(&self, case: &Value) -> Vec<Miss> {
        let mut wrong = Vec::new();
        self.incidents(case, &mut wrong);
        self.claims(case, &mut wrong);
        self.relations(case, &mut wrong);
        self.contradictions_missed(case, &mut wrong);
        self.rest(case, &mut wrong);
        wrong
    }

    /// The incident a name of the gold stands for: the one that holds the named claim, else that of its day and most of its
    /// documents.
    fn incident<'a>(&self, case: &'a Value, name: &str) -> Option<&'a Value> {
        let row = self.rows("incident").into_iter().find(|row| word(row, "name") == name)?;
        if row.contains_key("holds") {
            let held = end(case, row, "holds");
            let claims = list(case, "claims").iter().filter(|claim| held.contains(&text(claim, "id")));
            let id = claims.filter_map(|claim| claim["incident"].as_str()).next()?;
            return list(case, "incidents").iter().find(|incident| text(incident, "id") == id);
        }
        let documents: Vec<&str> = words(row, "documents").iter().map(|file| document(case, file)).collect();
        list(case, "incidents")
            .iter()
            .filter(|incident| incident["time"]["date"].as_str() == Some(word(row, "day")))
            .max_by_key(|incident| documents.iter().filter(|id| ids(incident, "documents").contains(id)).count())
    }

    fn incidents(&self, case: &Value, wrong: &mut Vec<Miss>) {
        for row in self.rows("incident") {
            let name = word(row, "name");
            let mut miss = |what: String, got: String| {
                wrong.push(Miss { kind: "incident", point: format!("incident {name} {what}"), got })
            };
            let Some(found) = self.incident(case, name) else {
                miss("is there".into(), format!("none on {}", word(row, "day")));
                continue;
            };
            if row.contains_key("kind") && text(found, "kind") != word(row, "kind") {
                miss("kind".into(), text(found, "kind").into());
            }
            if found["time"]["date"].as_str() != Some(word(row, "day")) {
                miss("day".into(), found["time"]["date"].to_string());
            }
            let own = ids(found, "documents");
            for file in words(row, "documents") {
                if !own.contains(&document(case, file)) {
                    miss(format!("document {file}"), "not in it".into());
                }
            }
            let allowed: Vec<&str> =
                words(row, "documents").iter().chain(&words(row, "may")).map(|file| document(case, file)).collect();
            let more = own.iter().filter(|id| !allowed.contains(id)).count();
            if more > 0 {
                miss("has no other documents".into(), format!("{more} more"));
            }
            if row.contains_key("part_of") {
                let whole = self.incident(case, word(row, "part_of")).map(|incident| text(incident, "id"));
                if found["part_of"].as_str() != whole || whole.is_none() {
                    miss(format!("part of {}", word(row, "part_of")), found["part_of"].to_string());
                }
            }
        }
    }

    fn claims(&self, case: &Value, wrong: &mut Vec<Miss>) {
        for row in self.rows("claim") {
            let (file, quote) = (word(row, "document"), word(row, "words"));
            let found = claims(case, file, quote);
            let mut miss = |kind: &'static str, what: &str, got: String| {
                wrong.push(Miss { kind, point: format!("claim {file} \"{quote}\" {what}"), got });
            };
            if found.is_empty() {
                miss("claim", "is there", "not found".into());
                continue;
            }
            let met = |test: &dyn Fn(&Value) -> bool| found.iter().any(|claim| test(claim));
            let all =
                |get: &dyn Fn(&Value) -> String| found.iter().map(|claim| get(claim)).collect::<Vec<_>>().join("; ");
            let like = |link: &Value, name: &str| text(link, "name").to_lowercase().contains(&name.to_lowercase());
            let chains = all(&|claim| {
                let links = list(claim, "attribution");
                format!("[{}]", links.iter().map(|link| text(link, "name")).collect::<Vec<_>>().join(" > "))
            });
            if row.contains_key("chain") {
                let chain = words(row, "chain");
                let fits = |claim: &Value| {
                    let links = list(claim, "attribution");
                    links.len() == chain.len() && links.iter().zip(&chain).all(|(link, name)| like(link, name))
                };
                if !met(&fits) {
                    miss("chain", "chain", chains.clone());
                }
            }
            if row.contains_key("origin")
                && !met(&|c| list(c, "attribution").last().is_some_and(|l| like(l, word(row, "origin"))))
            {
                miss("chain", "origin", chains);
            }
            let factuality = word(row, "factuality");
            if !factuality.is_empty() && !met(&|claim| text(claim, "factuality") == factuality) {
                miss("factuality", "factuality", all(&|claim| text(claim, "factuality").into()));
            }
            let flag = word(row, "flag");
            if !flag.is_empty() && !met(&|claim| list(claim, "flags").iter().any(|f| f == flag)) {
                miss("flag", &format!("flag {flag}"), all(&|claim| claim["flags"].to_string()));
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
                    let one =
                        |c: &Value| format!("{} {} {}..{}", text(c, "of"), text(c, "category"), c["min"], c["max"]);
                    let got =
                        |c: &Value| list(&c["proposition"], "count").iter().map(one).collect::<Vec<_>>().join(", ");
                    miss("count", "count", all(&got));
                }
            }
            let name = word(row, "incident");
            if !name.is_empty() {
                let id = self.incident(case, name).map_or("none", |incident| text(incident, "id"));
                if !met(&|claim| claim["incident"].as_str() == Some(id)) {
                    miss("incident of a claim", "incident", all(&|claim| claim["incident"].to_string()));
                }
            }
        }
    }

    /// Relations between claims of two ends, or between claims of their positions.
    fn between(case: &Value, row: &toml::Table, key: Option<&str>) -> Vec<String> {
        let (a, b) = (end(case, row, "a"), end(case, row, "b"));
        let mut got = Vec::new();
        for question in list(case, "incidents").iter().flat_map(|incident| list(incident, "questions")) {
            let name = family(text(question, "question"));
            if key.is_some_and(|key| key != name) {
                continue;
            }
            let (mut x, mut y) = (widened(case, &a, name), widened(case, &b, name));
            x.extend(a.iter().copied());
            y.extend(b.iter().copied());
            for relation in list(question, "relations") {
                let (one, other, kind) =
                    (ids(relation, "claims_a"), ids(relation, "claims_b"), text(relation, "relation"));
                let meets = |side: &BTreeSet<&str>, claims: &[&str]| claims.iter().any(|id| side.contains(id));
                if meets(&x, &one) && meets(&y, &other) {
                    got.push(kind.to_owned());
                } else if meets(&x, &other) && meets(&y, &one) {
                    got.push(converse(kind).to_owned());
                }
            }
        }
        got
    }

    fn relations(&self, case: &Value, wrong: &mut Vec<Miss>) {
        for row in self.rows("relation") {
            let key = row.contains_key("question").then(|| family(word(row, "question")));
            let got = Self::between(case, row, key);
            let expected = words(row, "kind");
            if !got.iter().any(|kind| expected.contains(&kind.as_str())) {
                let point = format!("relation {} {} {}", named(row, "a"), expected.join("/"), named(row, "b"));
                wrong.push(Miss { kind: "relation", point, got: format!("{got:?}") });
            }
        }
    }

    fn contradictions_missed(&self, case: &Value, wrong: &mut Vec<Miss>) {
        // what the rules leave open is right if published and not missed if not
        for row in self.rows("contradiction").into_iter().filter(|row| !row.contains_key("optional")) {
            if !Self::between(case, row, Some(family(word(row, "question")))).iter().any(|kind| kind == "CONTRADICTS") {
                let point =
                    format!("contradiction {}: {} / {}", word(row, "question"), named(row, "a"), named(row, "b"));
                wrong.push(Miss { kind: "contradiction", point, got: "not published".into() });
            }
        }
    }

    /// Published contradictions against the gold's list, by distinct pairs of positions.
    pub(crate) fn contradictions(&self, case: &Value) -> Contradictions {
        let mut found = Contradictions::default();
        let rows = self.rows("contradiction");
        found.expected = rows.iter().filter(|row| !row.contains_key("optional")).count();
        let mut missed = Vec::new();
        self.contradictions_missed(case, &mut missed);
        found.found = found.expected - missed.len();
        let mut seen = BTreeSet::new();
        for incident in list(case, "incidents") {
            for question in list(incident, "questions") {
                let key = family(text(question, "question"));
                let label = |claim: &str| -> String {
                    let own = std::iter::once(question).chain(list(incident, "questions"));
                    let near = own.filter(|q| family(text(q, "question")) == key);
                    let mut positions = near.flat_map(|q| list(q, "positions").iter().map(move |p| (q, p)));
                    let place = positions.find(|(_, position)| ids(position, "claims").contains(&claim));
                    place.map_or_else(String::new, |(q, p)| format!("{} {}", text(q, "question"), text(p, "value")))
                };
                for relation in list(question, "relations").iter().filter(|r| text(r, "relation") == "CONTRADICTS") {
                    let (one, other) = (text(relation, "a"), text(relation, "b"));
                    let mut pair = [label(one), label(other)];
                    pair.sort();
                    let right = rows.iter().any(|row| {
                        let side = |k: &str| widened(case, &end(case, row, k), key);
                        let (a, b) = (side("a"), side("b"));
                        family(word(row, "question")) == key
                            && ((a.contains(one) && b.contains(other)) || (a.contains(other) && b.contains(one)))
                    });
                    let named = format!("{} {} / {}", text(incident, "id"), pair[0], pair[1]);
                    if !seen.insert(named) {
                        continue;
                    }
                    let tally = found.by_rule.entry(text(relation, "rule").to_owned()).or_default();
                    tally.1 += 1;
                    if right {
                        tally.0 += 1;
                        found.right += 1;
                    } else {
                        let quote = |id: &str| {
                            let claim = list(case, "claims").iter().find(|claim| text(claim, "id") == id);
                            claim.and_then(|c| list(c, "anchors").first()).map_or("", |a| text(a, "quote")).to_owned()
                        };
                        let rule = text(relation, "rule");
                        let said = format!("{rule} {} / {}: {} / {}", pair[0], pair[1], quote(one), quote(other));
                        found.wrong.push(said);
                    }
                }
            }
        }
        found
    }

    fn rest(&self, case: &Value, wrong: &mut Vec<Miss>) {
        for row in self.rows("position") {
            let held: Vec<&str> =
                claims(case, word(row, "document"), word(row, "words")).iter().map(|c| text(c, "id")).collect();
            let expected = row.get("independent").and_then(toml::Value::as_integer);
            let questions =
                self.incident(case, word(row, "incident")).map(|i| list(i, "questions")).unwrap_or_default();
            let found = questions
                .iter()
                .filter(|q| text(q, "question") == word(row, "question"))
                .flat_map(|q| list(q, "positions"))
                .find(|p| ids(p, "claims").iter().any(|id| held.contains(id)))
                .and_then(|p| p["independent"].as_i64());
            if found != expected || expected.is_none() {
                let point =
                    format!("position {} {} \"{}\"", word(row, "question"), word(row, "document"), word(row, "words"));
                wrong.push(Miss {
                    kind: "position",
                    point,
                    got: format!("{found:?} independent, expected {expected:?}"),
                });
            }
        }
        for row in self.rows("dependence") {
            let (from, to) = (document(case, word(row, "from")), document(case, word(row, "to")));
            let of = |id: &str| list(case, "dependences").iter().filter(|d| text(d, "from") == id).collect::<Vec<_>>();
            let mut kinds: Vec<&str> =
                of(from).iter().filter(|d| text(d, "to") == to).map(|d| text(d, "kind")).collect();
            // two documents that rest on one speaker share a source, whichever way it is written down
            let shared = |d: &&&Value| text(d, "kind") == "SHARED_SOURCE";
            let theirs: Vec<&str> = of(to).iter().filter(shared).map(|d| text(d, "to")).collect();
            kinds.extend(
                of(from).iter().filter(shared).filter(|d| theirs.contains(&text(d, "to"))).map(|d| text(d, "kind")),
            );
            if !words(row, "kind").iter().any(|kind| kinds.contains(kind)) {
                let point = format!("dependence {} on {}", word(row, "from"), word(row, "to"));
                wrong.push(Miss { kind: "dependence", point, got: format!("{kinds:?}") });
            }
        }
        for row in self.rows("range") {
            let (name, of, category) = (word(row, "incident"), word(row, "of"), word(row, "category"));
            let ranges = self.incident(case, name).map(|i| list(i, "ranges")).unwrap_or_default();
            let found = ranges.iter().find(|r| text(r, "of") == of && text(r, "category") == category);
            for side in ["min", "max"] {
                let expected = row.get(side).and_then(toml::Value::as_integer);
                if expected.is_some() && found.and_then(|r| r[side].as_i64()) != expected {
                    let point = format!("range {name} {of} {category} {side}");
                    wrong.push(Miss { kind: "range", point, got: format!("{:?}", found.map(|r| r[side].to_string())) });
                }
            }
        }
        for row in self.rows("status") {
            let name = word(row, "incident");
            let Some(found) = self.incident(case, name) else { continue };
            for key in ["strike_status", "harm_grade"] {
                let (expected, got) = (words(row, key), found[key]["value"].as_str().unwrap_or(""));
                if !expected.is_empty() && !expected.contains(&got) {
                    wrong.push(Miss { kind: "status", point: format!("{key} {name}"), got: got.into() });
                }
            }
        }
    }
}
