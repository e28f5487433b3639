//! Which relations say the same? Those of one question grouped where kind, rule and reason are equal, with the claims of all,
//! conflicts first: "3, 53 and 42 contradict 27" instead of three lines.

use crate::index::{Cited, Index};
use crate::wording;
use rashomon_model::alignment::Relation;
use std::collections::BTreeMap;

/// Pairs that stand in one relation for one reason.
pub(crate) struct Grouped<'a> {
    pub(crate) first: &'a Relation,
    pub(crate) a: Vec<Cited<'a>>,
    pub(crate) b: Vec<Cited<'a>>,
    /// How many relations there are.
    pub(crate) pairs: usize,
}

impl Grouped<'_> {
    /// Whether the two sides conflict.
    pub(crate) fn is_conflict(&self) -> bool {
        wording::relation_tone(self.first.kind) == "contested"
    }
}

/// Groups in order of first appearance, conflicts before the rest; pairs whose claims cannot be shown are left out.
pub(crate) fn grouped<'a>(index: &Index<'a>, relations: impl Iterator<Item = &'a Relation>) -> Vec<Grouped<'a>> {
    let mut groups: Vec<Grouped<'a>> = Vec::new();
    let mut at = BTreeMap::new();
    for relation in relations {
        let (a, b) = (index.cite(&relation.all_a), index.cite(&relation.all_b));
        if a.is_empty() || b.is_empty() {
            continue;
        }
        let key = (relation.kind, relation.rule, &relation.because, relation.severity, relation.cause);
        let i = *at.entry(key).or_insert_with(|| {
            groups.push(Grouped { first: relation, a: Vec::new(), b: Vec::new(), pairs: 0 });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(i) {
            group.pairs += 1;
            group.a.extend(a);
            group.b.extend(b);
        }
    }
    for group in &mut groups {
        for side in [&mut group.a, &mut group.b] {
            side.sort_by_key(|cited| cited.n);
            side.dedup_by_key(|cited| cited.n);
        }
    }
    groups.sort_by_key(|group| !group.is_conflict());
    groups
}
