//! What no claim of the invented world can say, asked of the functions themselves.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::invented;
use rashomon_compare::Settings;
use rashomon_compare::joint::{Stated, conflicts};
use rashomon_compare::party::Parties;
use rashomon_compare::relate::count::Figure;
use rashomon_compare::relate::place::{PlaceIndex, Several, Spot, relate_lists};
use rashomon_compare::relate::{actor, weight};
use rashomon_model::alignment::RelationKind;
use rashomon_model::id::{ClaimId, DocumentId};
use rashomon_model::party::Actors;
use rashomon_model::quantity::{Category, Count, Outcome};

/// What outweighs what where two claims relate by several answers: sharper before milder, saying more before saying less.
#[test]
fn sharper_relations_outweigh() {
    use RelationKind::{
        Ambiguous, Complements, Contains, Contradicts, Denies, Equal, Growth, NotComparable, Overlaps, PartOf,
        RefinedBy, Refines, Repeats, SupersededBy, Supersedes, Uncommitted,
    };
    let order: &[&[RelationKind]] = &[
        &[NotComparable],
        &[Uncommitted],
        &[Complements],
        &[Ambiguous],
        &[PartOf, Contains, Overlaps],
        &[Refines, RefinedBy],
        &[Equal, Repeats],
        &[Supersedes, SupersededBy, Growth],
        &[Contradicts],
        &[Denies],
    ];
    let weights: Vec<Vec<u8>> = order.iter().map(|kinds| kinds.iter().map(|kind| weight(*kind)).collect()).collect();
    assert_eq!(order.iter().map(|kinds| kinds.len()).sum::<usize>(), RelationKind::ALL.len());
    assert!(weights.iter().all(|alike| alike.iter().all(|one| *one == alike[0])), "{weights:?}");
    assert!(weights.is_sorted_by(|a, b| a[0] < b[0]), "{weights:?}");
}

/// An answer that names nobody says nothing about who did it, and entails no denial.
#[test]
fn nobody_named_relates_to_nobody() {
    let table = invented::parties();
    let parties = Parties::new(&table);
    let (nobody, varda) = (Actors::default(), invented::actors("Varda"));
    for (a, b) in [(&nobody, &varda), (&varda, &nobody), (&nobody, &nobody)] {
        assert_eq!(actor::relate(a, b, &parties).kind, RelationKind::NotComparable);
        assert_eq!(actor::entails(a, b, &parties), None);
    }
    assert_eq!(actor::entails(&varda, &varda, &parties), Some(true));
    assert_eq!(actor::label(&invented::actors("Varda & Varda or Tolmar"), &parties), "Varda or Tolmar");
}

/// A list without places contradicts nothing.
#[test]
fn no_place_contradicts_no_place() {
    let places = invented::places();
    let index: PlaceIndex<'_> = places.iter().map(|place| (&place.id, place)).collect();
    let orvel = [Spot { name: "Orvel".to_owned(), candidates: vec![places[0].id.clone()], near: false }];
    for (a, b) in [(&orvel[..], &[][..]), (&[], &orvel), (&[], &[])] {
        assert_eq!(relate_lists(a, b, &index, Several::No).kind, RelationKind::NotComparable);
    }
}

/// The smallest set that cannot hold is the same however its figures are listed; of equal figures the first claim's is named.
#[test]
fn conflicting_sets_do_not_depend_on_the_order_of_figures() {
    let stated = |id: &str, category, count| Stated {
        figure: Figure { of: Outcome::Killed, category, count, whole: false },
        claim: ClaimId::new(id),
        document: DocumentId::new("a"),
        origin: "Lantern".to_owned(),
    };
    let mut all = vec![
        stated("c1", Category::People, Count::between(0, 36)),
        stated("c2", Category::Civilians, Count::exact(30)),
        stated("c3", Category::Combatants, Count::exact(10)),
        stated("c4", Category::Civilians, Count::exact(30)),
        Stated {
            figure: Figure { whole: true, ..stated("c5", Category::Combatants, Count::exact(10)).figure },
            ..stated("c5", Category::Combatants, Count::exact(10))
        },
    ];
    let found = conflicts(&all, &Settings::default());
    let named: Vec<[&str; 3]> = found.iter().map(|conflict| conflict.claims.each_ref().map(ClaimId::as_str)).collect();
    assert_eq!(named, [["c2", "c3", "c1"]]);
    assert_eq!(
        found[0].because,
        "30 civilians killed and 10 combatants killed together are more than 0–36 people killed"
    );
    all.reverse();
    assert_eq!(conflicts(&all, &Settings::default()), found);
}
