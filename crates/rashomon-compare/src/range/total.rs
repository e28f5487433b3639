//! How many over all incidents? Sums of lowest and of highest figures (methods.md A3.6).

use crate::relate::scope::is_toll;
use rashomon_model::assessment::{Range, Total};
use rashomon_model::case::AssessedIncident;
use rashomon_model::id::IncidentId;
use rashomon_model::quantity::{Category, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// One incident's ranges for a total.
#[derive(Debug, Clone, Copy)]
struct Summand<'a> {
    /// Its ranges.
    ranges: &'a [Range],
    /// It is a container, or a part of an incident that is summed itself: not counted twice.
    counted_elsewhere: bool,
    /// A reviewer still has to say whether it is another incident of the case.
    unresolved: bool,
}

/// Totals over distinct incidents, by outcome and category; of people and what befell them only, since sums of targets or
/// aircraft say nothing.
fn totals(incidents: &[Summand<'_>]) -> Vec<Total> {
    let mut found: BTreeMap<(Outcome, Category), Total> = BTreeMap::new();
    for incident in incidents.iter().filter(|incident| !incident.counted_elsewhere) {
        for range in incident.ranges {
            let (Some(min), Some(max), true) = (range.min, range.max, is_toll(range.of)) else { continue };
            let total = found.entry((range.of, range.category)).or_insert(Total {
                of: range.of,
                category: range.category,
                min: 0,
                max: 0,
                open: false,
                incidents: 0,
                unresolved: 0,
            });
            total.min = total.min.saturating_add(min);
            total.max = total.max.saturating_add(max);
            total.open |= range.open;
            total.incidents += 1;
            total.unresolved += usize::from(incident.unresolved);
        }
    }
    found.into_values().collect()
}

/// Totals over the incidents of a case: containers and parts of incidents that are summed themselves are not counted again.
/// `near` are pairs of incidents that may be one, for a person to say.
#[must_use]
pub fn totals_of(incidents: &[AssessedIncident], near: &[(IncidentId, IncidentId)]) -> Vec<Total> {
    let single: BTreeSet<&IncidentId> =
        incidents.iter().filter(|one| !one.incident.container).map(|one| &one.incident.id).collect();
    let unsure: BTreeSet<&IncidentId> = near.iter().flat_map(|(a, b)| [a, b]).collect();
    let summed = |id: &IncidentId| single.contains(id);
    let summands: Vec<Summand<'_>> = incidents
        .iter()
        .map(|one| Summand {
            ranges: &one.ranges,
            counted_elsewhere: one.incident.container || one.incident.part_of.as_ref().is_some_and(summed),
            unresolved: unsure.contains(&one.incident.id),
        })
        .collect();
    totals(&summands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule;
    use rashomon_model::assessment::Profile;

    #[test]
    fn totals_count_an_incident_once() {
        let one = |min, max, open| Range {
            of: Outcome::Killed,
            category: Category::People,
            min,
            max,
            open,
            supported: Vec::new(),
            best: None,
            possible_max: None,
            conceded: None,
            denied_by_accused: Vec::new(),
            status_disputed: false,
            named_floor: None,
            profile: Profile::Airwars,
            rule: rule::A3,
            set_by: Vec::new(),
            left_out: Vec::new(),
        };
        let (a, b, c) = ([one(Some(3), Some(5), false)], [one(Some(10), Some(10), true)], [one(None, None, false)]);
        let incident = |ranges, counted_elsewhere, unresolved| Summand { ranges, counted_elsewhere, unresolved };
        let found = totals(&[
            incident(&a, false, true),
            incident(&b, false, false),
            incident(&c, false, false),
            incident(&b, true, false),
        ]);
        let expected = Total {
            of: Outcome::Killed,
            category: Category::People,
            min: 13,
            max: 15,
            open: true,
            incidents: 2,
            unresolved: 1,
        };
        assert_eq!(found, [expected]);
    }
}
