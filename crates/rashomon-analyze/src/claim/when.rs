//! When does the clause say it happened? Its times, but not those of speaking, of a label, of a bound, of a later death.

use super::cue::{LISTS, before, ends};
use super::proposition::Reader;
use crate::cover::inside;
use rashomon_model::analysis::{EventMention, TimeExpression};
use rashomon_model::claim::TimeRef;
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::span::Span;

/// Days between the hour that labels an entry and publication: a page is closed the day after it was opened.
const LABELLED_DAYS: i32 = 1;

impl Reader<'_> {
    /// The time of what the clause tells: one written right before the event ("Thursday's strikes"), else the first after
    /// it ("struck … on Wednesday"), else the finest; never the window of a cumulative figure.
    pub(super) fn time(&self, pieces: &[Span], events: &[&EventMention]) -> Option<TimeRef> {
        let windows: Vec<Span> = inside(&self.analysis.quantities, pieces, |q| q.span)
            .filter_map(|quantity| quantity.cumulative.as_ref().map(|total| total.span))
            .collect();
        let later = self.later_deaths(pieces);
        let times: Vec<TimeRef> = inside(&self.analysis.times, pieces, |t| t.span)
            .filter(|time| !windows.iter().any(|window| window.overlaps(time.span)))
            .filter(|time| !self.is_bound(time.span) && later.is_none_or(|from| time.span.start < from))
            .filter(|time| !self.is_label(time) && !self.is_of_speech(time.span, pieces, events))
            .filter_map(|time| time.date.clone().map(|date| TimeRef { date, span: Some(time.span) }))
            .collect();
        let at = events.iter().map(|event| event.span.start).min();
        let (Some(at), true) = (at, times.len() > 1) else {
            return times.into_iter().min_by_key(|time| (time.date.precision, time.span));
        };
        let start = |time: &TimeRef| time.span.map_or(0, |span| span.start);
        let touches = |time: &TimeRef| time.span.is_some_and(|span| span.end <= at && at <= span.end + 4);
        let right_before = times.iter().find(|time| touches(time));
        let after = times.iter().filter(|time| start(time) > at).min_by_key(|time| start(time));
        let chosen = right_before
            .or(after)
            .cloned()
            .or_else(|| times.iter().min_by_key(|t| (t.date.precision, t.span)).cloned())?;
        // "on Saturday, when the boat was hit at 11.40": the hour of that day, if the clause gives but one
        let hour = |time: &&TimeRef| {
            let (day, hour) = (&chosen.date, &time.date);
            matches!(hour.precision, Precision::Minute | Precision::Hour)
                && day.precision == Precision::Day
                && (hour.first_day(), hour.last_day()) == (day.first_day(), day.last_day())
        };
        let mut hours = times.iter().filter(hour);
        match (hours.next(), hours.next()) {
            (Some(hour), None) => Some(hour.clone()),
            _ => Some(chosen),
        }
    }

    /// "brought in by noon", "smells of petrol since midnight": until or from when something held, not when it happened; nor the
    /// day on which a list was published.
    fn is_bound(&self, time: Span) -> bool {
        let before = before(&self.doc.text, time.start, 20).to_lowercase();
        let words: Vec<&str> = before.split_whitespace().map(|w| w.trim_start_matches(['(', '"', '“'])).collect();
        let to_this_day = words.last() == Some(&"to") && self.doc.slice(time).to_lowercase().ends_with("this day");
        to_this_day || LISTS.bounds.iter().chain(&LISTS.issued).any(|phrase| ends(&words, phrase))
    }

    /// "09:20 Nineteen dead so far": the hour that labels an entry of a page written while things happened. It opens its
    /// paragraph bare, another paragraph opens so too, and it is of the day of publication or the day before; the hours of a
    /// chronology written later are those of the events.
    fn is_label(&self, time: &TimeExpression) -> bool {
        let exact = |date: &DateValue| matches!(date.precision, Precision::Minute | Precision::Hour);
        let Some(date) = time.date.as_ref().filter(|date| exact(date)) else { return false };
        let recent = self.doc.published.as_ref().is_some_and(|published| {
            date.first_day().until(published.first_day()).is_ok_and(|gap| gap.get_days() <= LABELLED_DAYS)
        });
        let opens = |time: &TimeExpression| {
            let digits = self.doc.slice(time.span).chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
            digits && self.doc.block_at(time.span.start).is_some_and(|block| block.span.start == time.span.start)
        };
        recent && opens(time) && self.analysis.times.iter().filter(|other| opens(other)).take(2).count() > 1
    }

    /// "On Friday the brigadier stuck to fourteen dead": the day that opens a sentence in which nothing happens but that somebody
    /// speaks is the day of the speaking.
    fn is_of_speech(&self, time: Span, pieces: &[Span], events: &[&EventMention]) -> bool {
        let happens = !events.is_empty()
            || inside(&self.analysis.events, pieces, |e| e.span).any(|event| event.kind.is_violence());
        if happens {
            return false;
        }
        let sentences = &self.analysis.sentences;
        let at = sentences.partition_point(|sentence| sentence.span.end <= time.start);
        let Some(sentence) = sentences.get(at).map(|sentence| sentence.span) else { return false };
        let opens = Span::new(sentence.start.min(time.start), time.start).of(&self.doc.text).split_whitespace().count();
        let next = self.speakers.partition_point(|source| source.start < time.end);
        opens <= 2 && self.speakers.get(next).is_some_and(|source| sentence.contains(*source))
    }
}
