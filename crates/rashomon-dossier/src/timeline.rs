//! What falls on which day? Incidents, statements and publications by their first day, for the page and the Markdown.

use crate::index::{Cited, Index};
use crate::wording;
use rashomon_model::date::{Basis, Date};
use std::collections::BTreeMap;

/// What falls on one day.
#[derive(Default)]
pub(crate) struct Day<'a> {
    pub(crate) incidents: Vec<usize>,
    /// Speaker and medium with the claims said that day.
    pub(crate) statements: BTreeMap<(String, String), Vec<Cited<'a>>>,
    /// Document number and whether the date is inferred.
    pub(crate) published: Vec<(usize, bool)>,
}

/// All days on which something falls, in order. Containers span many days and stand on none.
pub(crate) fn days<'a>(index: &Index<'a>) -> BTreeMap<Date, Day<'a>> {
    let mut days: BTreeMap<Date, Day<'a>> = BTreeMap::new();
    for (at, assessed) in index.case.incidents.iter().enumerate() {
        if let (Some(time), false) = (&assessed.incident.time, assessed.incident.container) {
            days.entry(time.first_day()).or_default().incidents.push(at);
        }
    }
    for cited in index.claims() {
        if let Some(link) = cited.claim.origin()
            && let Some(at) = &link.at
        {
            let key = (wording::link_name(link), link.medium.clone().unwrap_or_default());
            let day = days.entry(at.first_day()).or_default();
            day.statements.entry(key).or_default().push(cited);
        }
    }
    for (at, doc) in index.case.documents.iter().enumerate() {
        if let Some(value) = &doc.published {
            let day = days.entry(value.first_day()).or_default();
            day.published.push((at + 1, value.basis == Basis::Inferred));
        }
    }
    days
}
