//! Which incident is which, and what of it moved?

use super::{Change, ClaimNamed, Claims, list, named, word, words};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What became of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Became {
    /// It is new: none of its claims were in an incident before.
    New,
    /// It is gone: none of its claims are in an incident now.
    Gone,
    /// The same, changed.
    Changed,
    /// Several became one.
    Merged,
    /// One became several.
    Split,
}

/// One incident's changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct IncidentDiff {
    pub(crate) became: Became,
    /// Ids and titles before.
    pub(crate) old: Vec<Titled>,
    /// Ids and titles now.
    pub(crate) new: Vec<Titled>,
    pub(crate) ranges: Vec<RangeMoved>,
    pub(crate) statuses: Vec<StatusMoved>,
    pub(crate) verdicts: Vec<VerdictMoved>,
    pub(crate) relations: Change<RelationNamed>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Titled {
    pub(crate) id: String,
    pub(crate) title: String,
}

/// Ends of a range; `null` where there was none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Ends {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) open: bool,
}

/// A range that moved, and the claims that moved it: those that set an end now and did not before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RangeMoved {
    pub(crate) of: String,
    pub(crate) category: String,
    pub(crate) old: Ends,
    pub(crate) new: Ends,
    pub(crate) rule: String,
    pub(crate) by: Vec<ClaimNamed>,
    /// Claims left out now and not before, with the reason.
    pub(crate) left_out: Vec<LeftOut>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LeftOut {
    pub(crate) claim: ClaimNamed,
    pub(crate) because: String,
}

/// A question whose status changed, and the rules of the relations that came in or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct StatusMoved {
    pub(crate) question: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) rules: Vec<String>,
}

/// A status or grade that changed, by which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct VerdictMoved {
    pub(crate) what: &'static str,
    pub(crate) old: String,
    pub(crate) old_rule: String,
    pub(crate) new: String,
    pub(crate) new_rule: String,
    pub(crate) because: String,
}

/// A relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct RelationNamed {
    pub(crate) question: String,
    pub(crate) relation: String,
    pub(crate) rule: String,
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) because: String,
}

fn titled(incident: &Value) -> Titled {
    Titled { id: word(incident, "id").to_owned(), title: word(incident, "title").to_owned() }
}

/// Incidents by the claims they hold, as places in their dossier's list.
struct Holders<'a>(BTreeMap<&'a str, Vec<usize>>);

impl<'a> Holders<'a> {
    fn of(incidents: &'a [Value]) -> Self {
        let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, incident) in incidents.iter().enumerate() {
            for claim in words(incident, "claims") {
                found.entry(claim).or_default().push(at);
            }
        }
        Self(found)
    }

    /// The incidents that share claims with this one, in the list's order, and how many.
    fn sharing(&self, incident: &Value) -> BTreeMap<usize, usize> {
        let mut found = BTreeMap::new();
        for at in words(incident, "claims").iter().filter_map(|claim| self.0.get(claim)).flatten() {
            *found.entry(*at).or_default() += 1;
        }
        found
    }
}

/// All incidents that changed, in the new dossier's order, the gone last.
pub(super) fn incidents(
    old: &Value,
    new: &Value,
    before: &Claims<'_>,
    after: &Claims<'_>,
    labels: &BTreeMap<String, String>,
) -> Vec<IncidentDiff> {
    let (olds, news) = (list(old, "incidents"), list(new, "incidents"));
    let (then_by, now_by) = (Holders::of(olds), Holders::of(news));
    let mut found = Vec::new();
    for now in news {
        let shared: Vec<(&Value, usize)> =
            then_by.sharing(now).into_iter().filter_map(|(at, n)| olds.get(at).map(|then| (then, n))).collect();
        let from: Vec<&Value> = shared.iter().map(|(then, _)| *then).collect();
        // the one it shares most claims with is the one it is compared with
        let main =
            shared.iter().max_by_key(|(then, n)| (*n, std::cmp::Reverse(word(then, "id")))).map(|(main, _)| *main);
        let into: Vec<&Value> =
            main.into_iter().flat_map(|main| now_by.sharing(main).into_keys()).filter_map(|at| news.get(at)).collect();
        let became = match (from.len(), into.len()) {
            (0, _) => Became::New,
            (1, 0 | 1) => Became::Changed,
            (1, _) => Became::Split,
            _ => Became::Merged,
        };
        let relations = Change::between(&relations(main), &relations(Some(now)));
        let one = IncidentDiff {
            became,
            old: from.iter().map(|then| titled(then)).collect(),
            new: if became == Became::Split { into.iter().map(|now| titled(now)).collect() } else { vec![titled(now)] },
            ranges: ranges(main, now, before, after, labels),
            statuses: statuses(main, now, &relations),
            verdicts: main.map_or_else(Vec::new, |main| verdicts(main, now)),
            relations,
        };
        let moved = !(one.ranges.is_empty()
            && one.statuses.is_empty()
            && one.verdicts.is_empty()
            && one.relations.is_empty()
            && one.became == Became::Changed);
        if moved {
            found.push(one);
        }
    }
    for then in olds.iter().filter(|then| now_by.sharing(then).is_empty()) {
        found.push(IncidentDiff {
            became: Became::Gone,
            old: vec![titled(then)],
            new: Vec::new(),
            ranges: Vec::new(),
            statuses: Vec::new(),
            verdicts: Vec::new(),
            relations: Change { added: Vec::new(), removed: Vec::new() },
        });
    }
    found
}

fn ends(range: Option<&Value>) -> Ends {
    let Some(range) = range else { return Ends::default() };
    let number = |key: &str| range.get(key).and_then(Value::as_u64);
    Ends { min: number("min"), max: number("max"), open: range.get("open").and_then(Value::as_bool).unwrap_or(false) }
}

fn ranges<'a>(
    old: Option<&'a Value>,
    new: &'a Value,
    before: &Claims<'_>,
    after: &Claims<'_>,
    labels: &BTreeMap<String, String>,
) -> Vec<RangeMoved> {
    let scope = |range: &Value| (word(range, "of").to_owned(), word(range, "category").to_owned());
    let of = |ranges: &'a [Value]| -> BTreeMap<(String, String), &'a Value> {
        ranges.iter().map(|range| (scope(range), range)).collect()
    };
    let (then, now) = (of(old.map_or(&[][..], |old| list(old, "ranges"))), of(list(new, "ranges")));
    let scopes: BTreeSet<&(String, String)> = then.keys().chain(now.keys()).collect();
    let mut found = Vec::new();
    for scope in scopes {
        let (a, b) = (then.get(scope).copied(), now.get(scope).copied());
        let (from, to) = (ends(a), ends(b));
        if from == to {
            continue;
        }
        let setters = |range: Option<&Value>| -> BTreeSet<String> {
            range.map(|range| words(range, "set_by").into_iter().map(str::to_owned).collect()).unwrap_or_default()
        };
        let name = |id: &str| named(id, if after.contains_key(id) { after } else { before }, labels);
        let out = |range: Option<&Value>| -> BTreeSet<(String, String)> {
            range
                .map_or(&[][..], |range| list(range, "left_out"))
                .iter()
                .map(|left| (word(left, "claim").to_owned(), word(left, "because").to_owned()))
                .collect()
        };
        let known = setters(a);
        found.push(RangeMoved {
            of: scope.0.clone(),
            category: scope.1.clone(),
            rule: b.or(a).map_or("", |range| word(range, "rule")).to_owned(),
            by: setters(b).difference(&known).map(|id| name(id)).collect(),
            left_out: out(b)
                .difference(&out(a))
                .map(|(claim, because)| LeftOut { claim: name(claim), because: because.clone() })
                .collect(),
            old: from,
            new: to,
        });
    }
    found
}

fn relations(incident: Option<&Value>) -> BTreeSet<RelationNamed> {
    incident
        .map_or(&[][..], |incident| list(incident, "questions"))
        .iter()
        .flat_map(|question| list(question, "relations").iter().map(move |relation| (question, relation)))
        .map(|(question, relation)| RelationNamed {
            question: word(question, "question").to_owned(),
            relation: word(relation, "relation").to_owned(),
            rule: word(relation, "rule").to_owned(),
            a: word(relation, "a").to_owned(),
            b: word(relation, "b").to_owned(),
            because: word(relation, "because").to_owned(),
        })
        .collect()
}

fn statuses(old: Option<&Value>, new: &Value, moved: &Change<RelationNamed>) -> Vec<StatusMoved> {
    let of = |incident: Option<&Value>| -> BTreeMap<String, String> {
        incident
            .map_or(&[][..], |incident| list(incident, "questions"))
            .iter()
            .map(|question| (word(question, "question").to_owned(), word(question, "status").to_owned()))
            .collect()
    };
    let (then, now) = (of(old), of(Some(new)));
    let order: Vec<String> = list(new, "questions").iter().map(|q| word(q, "question").to_owned()).collect();
    let lost = then.keys().filter(|question| !now.contains_key(*question)).cloned();
    order
        .into_iter()
        .chain(lost)
        .filter(|question| then.get(question) != now.get(question))
        .map(|question| {
            let rules: BTreeSet<String> = moved
                .added
                .iter()
                .chain(&moved.removed)
                .filter(|relation| relation.question == question)
                .filter(|relation| matches!(relation.relation.as_str(), "CONTRADICTS" | "DENIES"))
                .map(|relation| relation.rule.clone())
                .collect();
            StatusMoved {
                old: then.get(&question).cloned(),
                new: now.get(&question).cloned(),
                rules: rules.into_iter().collect(),
                question,
            }
        })
        .collect()
}

fn verdicts(old: &Value, new: &Value) -> Vec<VerdictMoved> {
    ["strike_status", "harm_grade"]
        .into_iter()
        .filter_map(|what| {
            let (then, now) = (old.get(what)?, new.get(what)?);
            let text = |verdict, key| word(verdict, key).to_owned();
            let same = ["value", "rule"].iter().all(|key| word(then, key) == word(now, key));
            (!same).then(|| VerdictMoved {
                what,
                old: text(then, "value"),
                old_rule: text(then, "rule"),
                new: text(now, "value"),
                new_rule: text(now, "rule"),
                because: text(now, "because"),
            })
        })
        .collect()
}
