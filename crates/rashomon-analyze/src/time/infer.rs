//! When was an undated text published? Worked out from its own dates and weekdays, and from the dated texts of the case.
//!
//! Candidates are the days a text names and the publication days of the other texts. A candidate is supported by each day
//! the text names in the week up to it, by each weekday that then falls on a day the dated texts name too, and by wording
//! shared with the text published that day; a day named that lies after it rules it out unless the text speaks of plans.
//! The best supported candidate is taken, the earliest of equals; without support nothing is inferred.

use crate::table::Map;
use rashomon_model::Document;
use rashomon_model::analysis::{TimeExpression, TimeType};
use rashomon_model::date::{Basis, Date, DateValue, RestsOn};
use rashomon_model::id::DocumentId;
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Words of a shingle: the usual length for reuse detection (methods.md C2).
const SHINGLE: usize = 5;

/// What an undated or dated text says of days.
#[derive(Debug, Default)]
struct Said {
    /// Days named in full.
    days: Vec<(Date, Span)>,
    /// Month and day named without year.
    month_days: Vec<((i8, i8), Span)>,
    /// ISO weekdays named without date.
    weekdays: Vec<(i8, Span)>,
}

/// The dated texts of the case, by what an undated one is held against: gone through once, whatever the number of undated ones.
#[derive(Default)]
struct Dated {
    /// Texts by the day they were published, each with its number; within a day by id.
    by_day: BTreeMap<Date, Vec<(usize, DocumentId)>>,
    /// Days they name or were published on.
    known: BTreeSet<Date>,
    /// Numbers of the texts that have a five-word passage.
    sharing: Map<u64, Vec<usize>>,
}

impl Dated {
    fn of(docs: &[(&Document, &[TimeExpression])]) -> Self {
        let mut dated = Self::default();
        for (number, (doc, times)) in docs.iter().enumerate() {
            let Some(published) = doc.published.as_ref().filter(|p| p.basis != Basis::Inferred) else { continue };
            let published = published.first_day();
            dated.by_day.entry(published).or_default().push((number, doc.id.clone()));
            dated.known.insert(published);
            dated.known.extend(said(times).days.into_iter().map(|(day, _)| day));
            for shingle in shingles(&doc.text) {
                dated.sharing.entry(shingle).or_default().push(number);
            }
        }
        dated.by_day.values_mut().for_each(|texts| texts.sort_by(|(_, a), (_, b)| a.cmp(b)));
        dated
    }

    /// How many five-word passages each text shares with this one; those that share none are left out.
    fn shared(&self, text: &str) -> Map<usize, usize> {
        let mut shared = Map::default();
        for number in shingles(text).iter().filter_map(|shingle| self.sharing.get(shingle)).flatten() {
            *shared.entry(*number).or_insert(0) += 1;
        }
        shared
    }
}

/// Support of one candidate.
#[derive(Debug, Default)]
struct Support {
    points: i64,
    reasons: Vec<String>,
    rests_on: Option<RestsOn>,
}

/// For each document without publication date, the day inferred and why; `None` where it is dated or nothing supports a day.
#[must_use]
pub fn infer_published(docs: &[(&Document, &[TimeExpression])]) -> Vec<Option<(DateValue, String)>> {
    let dated = Dated::of(docs);
    docs.iter().map(|(doc, times)| if doc.published.is_some() { None } else { infer(doc, times, &dated) }).collect()
}

/// The inference for one text.
fn infer(doc: &Document, times: &[TimeExpression], dated: &Dated) -> Option<(DateValue, String)> {
    let said = said(times);
    let shared = dated.shared(&doc.text);
    // Days without year take the year that brings them nearest to a dated text.
    let anchor = |m: i8, d: i8| -> Option<Date> {
        let near = |published: &Date| {
            let year = published.year();
            [year - 1, year, year + 1]
                .into_iter()
                .filter_map(|y| Date::new(y, m, d).ok())
                .map(|day| (distance(day, *published), day))
                .min()
        };
        dated.by_day.keys().filter_map(near).min().map(|(_, day)| day)
    };
    let mut named: Vec<(Date, Span)> = said.days.clone();
    named.extend(said.month_days.iter().filter_map(|((m, d), span)| Some((anchor(*m, *d)?, *span))));
    let mut candidates: BTreeMap<Date, Support> = BTreeMap::new();
    for published in dated.by_day.keys() {
        candidates.entry(*published).or_default();
    }
    for (day, _) in &named {
        candidates.entry(*day).or_default();
        for (weekday, _) in &said.weekdays {
            let on = i64::from((weekday - day.weekday().to_monday_one_offset()).rem_euclid(7));
            if let Some(later) = super::value::days(*day, on) {
                candidates.entry(later).or_default();
            }
        }
    }
    for (candidate, support) in &mut candidates {
        weigh(doc, *candidate, support, &said, &named, dated, &shared);
    }
    let (day, best) = candidates
        .into_iter()
        .filter(|(_, s)| s.points > 0)
        .max_by(|(d, a), (e, b)| a.points.cmp(&b.points).then(e.cmp(d)))?;
    let mut value = DateValue::day(day, Basis::Inferred);
    value.rests_on = best.rests_on;
    value.loose = true;
    Some((value, best.reasons.join("; ")))
}

/// Adds up what supports a candidate day.
fn weigh(
    doc: &Document,
    candidate: Date,
    support: &mut Support,
    said: &Said,
    named: &[(Date, Span)],
    dated: &Dated,
    shared: &Map<usize, usize>,
) {
    for (day, span) in named {
        let before = behind(*day, candidate);
        if (0..=6).contains(&before) {
            support.points += 4 - i64::from(before > 1) - i64::from(before > 3);
            support.reasons.push(format!("names {day} (“{}”)", doc.slice(*span)));
            support.rests_on.get_or_insert(RestsOn::Words(*span));
        } else if (-30..0).contains(&before) {
            support.points -= 4;
        }
    }
    for (weekday, span) in &said.weekdays {
        let back = i64::from((candidate.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let Some(day) = super::value::days(candidate, -back) else {
            continue;
        };
        let here = named.iter().any(|(d, _)| *d == day);
        if here || dated.known.contains(&day) {
            support.points += 2 - i64::from(back > 3);
            support.reasons.push(format!(
                "“{}” then is {day}, a day {} names too",
                doc.slice(*span),
                if here { "it" } else { "another text" }
            ));
            support.rests_on.get_or_insert(RestsOn::Words(*span));
        }
    }
    // The dated text of that day which shares most wording.
    let texts = dated.by_day.get(&candidate).into_iter().flatten();
    let closest = texts.map(|(number, id)| (shared.get(number).copied().unwrap_or(0), id)).fold(
        None,
        |best: Option<(usize, &DocumentId)>, next| match best {
            Some(b) if b.0 >= next.0 => Some(b),
            _ => Some(next),
        },
    );
    if let Some((shared, id)) = closest {
        if shared >= 3 {
            support.points += if shared >= 30 { 3 } else { 1 };
            support.reasons.push(format!("shares {shared} five-word passages with {id}"));
        }
        if support.points > 0 {
            support.points += 1;
            support.reasons.push(format!("{id} was published that day"));
            support.rests_on = Some(RestsOn::Document(id.clone()));
        }
    }
}

/// Days and weekdays of a text, from its TIMEX3 values.
fn said(times: &[TimeExpression]) -> Said {
    let mut said = Said::default();
    for time in times.iter().filter(|t| matches!(t.kind, TimeType::Date | TimeType::Time)) {
        if let Some(day) = time.value.get(..10).and_then(|v| v.parse::<Date>().ok()) {
            said.days.push((day, time.span));
        } else if let Some(rest) = time.value.strip_prefix("XXXX-WXX-") {
            if let Some(day) = rest.get(..1).and_then(|d| d.parse().ok()).filter(|d| (1..=7).contains(d)) {
                said.weekdays.push((day, time.span));
            }
        } else if let Some(rest) = time.value.strip_prefix("XXXX-") {
            let month = rest.get(..2).and_then(|m| m.parse().ok());
            let day = rest.get(3..5).and_then(|d| d.parse().ok());
            if let (Some(month), Some(day)) = (month, day) {
                said.month_days.push(((month, day), time.span));
            }
        }
    }
    said
}

/// Days from `day` to `candidate`; negative if it lies after.
fn behind(day: Date, candidate: Date) -> i32 {
    day.until(candidate).map_or(i32::MAX, |s| s.get_days())
}

/// Days between two days.
fn distance(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |s| s.get_days().abs())
}

/// Hashes of all five-word passages, letters and digits only.
fn shingles(text: &str) -> BTreeSet<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| {
            w.chars()
                .flat_map(char::to_lowercase)
                .fold(0xcbf2_9ce4_8422_2325, |h: u64, c| (h ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3))
        })
        .collect();
    words
        .windows(SHINGLE)
        .map(|w| w.iter().fold(0, |h: u64, x| h.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ x))
        .collect()
}
