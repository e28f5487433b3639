//! Can all of it hold together? What pairs of claims do not show (rules N10 and N11).
//!
//! Counts of one outcome over disjoint categories add up at most to the whole. Pairs that exclude each other are relations
//! already; here are the smallest sets of three, within one origin's account (N10) and over all live claims (N11).

use crate::relate::count::Timing;
use crate::relate::count::{Figure, relate};
use crate::relate::scope::{Scopes, scopes};
use crate::{Settings, rule};
use rashomon_model::alignment::RelationKind;
use rashomon_model::id::{ClaimId, DocumentId};
use rashomon_model::{Diagnostic, Severity};
use std::collections::BTreeMap;

/// More distinct figures than this are cut (by claim id): the search is over triples.
const MOST_FIGURES: usize = 64;

/// A live figure and who gives it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stated {
    /// The figure.
    pub figure: Figure,
    /// Claim.
    pub claim: ClaimId,
    /// Document.
    pub document: DocumentId,
    /// Key of the origin.
    pub origin: String,
}

/// Two disjoint parts and a whole that cannot hold together though each pair can.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The two parts, then the whole.
    pub claims: [ClaimId; 3],
    /// In one sentence.
    pub because: String,
}

/// All conflicts of three among the figures, smallest claim ids first, one for each triple of distinct figures.
#[must_use]
pub fn conflicts(stated: &[Stated], settings: &Settings) -> Vec<Conflict> {
    let mut distinct: BTreeMap<Figure, &Stated> = BTreeMap::new();
    for one in stated {
        let known = distinct.entry(Figure { whole: false, ..one.figure }).or_insert(one);
        if one.claim < known.claim {
            *known = one;
        }
    }
    let mut figures: Vec<(Figure, &Stated)> = distinct.into_iter().collect();
    figures.sort_by(|a, b| a.1.claim.cmp(&b.1.claim).then(a.0.cmp(&b.0)));
    figures.truncate(MOST_FIGURES);
    let mut found = Vec::new();
    for (i, (a, first)) in figures.iter().enumerate() {
        for (b, second) in figures.iter().skip(i + 1) {
            for (whole, third) in &figures {
                if exceeds(a, b, whole, settings) {
                    found.push(Conflict {
                        claims: [first.claim.clone(), second.claim.clone(), third.claim.clone()],
                        because: format!("{a} and {b} together are more than {whole}"),
                    });
                }
            }
        }
    }
    found.sort();
    found
}

/// Whether `a` and `b` are disjoint parts of `whole`, are together above it, and neither alone excludes the whole. What has a
/// part that no presumption makes one is all people, so that a disjoint `b` of the same outcome is a part of it too.
fn exceeds(a: &Figure, b: &Figure, whole: &Figure, settings: &Settings) -> bool {
    let Some(most) = whole.count.max else { return false };
    let how =
        |x: &Figure, y: &Figure| scopes((x.of, x.category), (y.of, y.category), settings.presume_children_civilian);
    let clash = |x: &Figure, y: &Figure| relate(x, y, Timing::None, settings).kind == RelationKind::Contradicts;
    a.of == b.of
        && a.of == whole.of
        && how(a, b) == Scopes::Disjoint
        && how(a, whole) == Scopes::Inside(false)
        && a.count.min.saturating_add(b.count.min) > most
        && !clash(a, whole)
        && !clash(b, whole)
}

/// N10 and N11 as diagnostics: first within each origin of each document, then over all.
#[must_use]
pub fn check(stated: &[Stated], settings: &Settings) -> Vec<Diagnostic> {
    let mut by_account: BTreeMap<(&DocumentId, &str), Vec<Stated>> = BTreeMap::new();
    for one in stated {
        by_account.entry((&one.document, &one.origin)).or_default().push(one.clone());
    }
    let warn = |code, document: Option<&DocumentId>, message| Diagnostic {
        code,
        severity: Severity::Warning,
        document: document.cloned(),
        span: None,
        message,
    };
    let mut found = Vec::new();
    let mut told: Vec<Conflict> = Vec::new();
    for ((document, _), account) in &by_account {
        for conflict in conflicts(account, settings) {
            let ids = conflict.claims.iter().map(ClaimId::as_str).collect::<Vec<_>>().join(", ");
            found.push(warn(
                rule::N10,
                Some(document),
                format!("a source says what cannot all hold: {}: {ids}", conflict.because),
            ));
            told.push(conflict);
        }
    }
    for conflict in conflicts(stated, settings) {
        if !told.iter().any(|known| known.because == conflict.because) {
            let ids = conflict.claims.iter().map(ClaimId::as_str).collect::<Vec<_>>().join(", ");
            found.push(warn(rule::N11, None, format!("these cannot all hold: {}: {ids}", conflict.because)));
        }
    }
    found
}
