//! Since which day does a claim count? "Five people have died since Thursday": what has come of that day's occurrence.

use super::Scenery;
use rashomon_model::attribution::Flag;
use rashomon_model::claim::Claim;
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::span::Span;

/// Days before publication back to which "since Thursday" may be since the occurrence told of. Starting value.
const SINCE_DAYS: i32 = 6;

impl Scenery<'_> {
    /// "Five people have died since Thursday": the day since which the claim's cumulative figures count, if they name but one, not
    /// long before publication.
    pub(in crate::link) fn since(&self, claim: &Claim) -> Option<DateValue> {
        let published = self.doc.document.published.as_ref()?;
        let mut windows = claim.proposition.count.iter().filter_map(|count| count.cumulative);
        let window = windows.next().filter(|window| windows.all(|other| other == *window))?;
        let times = &self.doc.analysis.times;
        let from = times.partition_point(|time| time.span.end <= window.start);
        let time = times.get(from).filter(|time| time.span.overlaps(window))?;
        let recent = |date: &DateValue| {
            date.precision <= Precision::Day
                && date
                    .first_day()
                    .until(published.first_day())
                    .is_ok_and(|gap| (0..=SINCE_DAYS).contains(&gap.get_days()))
        };
        let since =
            self.doc.document.slice(Span::new(window.start.saturating_sub(7).min(time.span.start), time.span.start));
        time.date.clone().filter(|date| recent(date) && since.to_lowercase().contains("since"))
    }

    /// The one day since which the account counts, where it dates no occurrence of that time to another day: what has come of
    /// that day's occurrence, rather than a total over several.
    pub(in crate::link) fn days_since(&self, core: impl Fn(&Claim) -> bool) -> Option<DateValue> {
        let claims = || self.doc.claims.iter().filter(|claim| core(claim));
        let mut days = claims().filter_map(|claim| self.since(claim));
        let day = days.next().filter(|day| days.all(|other| other.first_day() == day.first_day()))?;
        let published = self.doc.document.published.as_ref()?.first_day();
        let other = |claim: &Claim| {
            let time = claim.proposition.time.as_ref().filter(|_| !claim.flags.contains(&Flag::Cumulative));
            time.is_some_and(|time| {
                let recent = time.date.last_day().until(published).is_ok_and(|gap| gap.get_days() <= SINCE_DAYS);
                recent && !(day.start < time.date.end && time.date.start < day.end)
            })
        };
        (!claims().any(other)).then_some(day)
    }
}
