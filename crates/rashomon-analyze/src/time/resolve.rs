//! Which day is meant? From what is said to the calendar, by the publication date and the dates read before.
//!
//! Weekdays and dates without year follow tense: what happened lies before the publication day or on it, what is
//! planned after it. Without a publication date the value keeps its Xs (`XXXX-WXX-3`) and there is no date.

use super::found::{Base, Found, Shift};
use super::value::{Civil, days, monday, months, years};
use rashomon_model::analysis::TimeType;
use rashomon_model::date::{Basis, Date, DateValue, RestsOn};

/// What relative expressions are told from.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// Publication day.
    pub(super) published: Option<Date>,
    /// What the publication day rests on.
    pub(super) rests_on: Option<RestsOn>,
    /// The last period of the calendar read in this text.
    pub(super) previous: Option<Civil>,
    /// The quarter the text reports on: the last one named that is not told back from another.
    pub(super) quarter: Option<(i16, i8)>,
    /// The last day read in this paragraph.
    pub(super) day: Option<Date>,
    /// The last day named in the text on which something happened, rather than was said.
    pub(super) named: Option<Date>,
    /// The day the head of the text names: what a report written later is about.
    pub(super) head: Option<Date>,
}

/// Days by which publication follows a day told of, from which an hour without a day is of that day rather than of the news: what
/// an agency tells of the day before it still dates by its own.
const REPORTED_LATER: i32 = 2;

impl Context {
    /// The day a text written later is about: the head's, else the last one named.
    fn subject(&self) -> Option<Date> {
        let day = self.head.or(self.named)?;
        let later = day.until(self.published?).is_ok_and(|gap| gap.get_days() >= REPORTED_LATER);
        later.then_some(day)
    }
}

/// Type, value and date of an expression.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    /// TIMEX3 type.
    pub(super) kind: TimeType,
    /// TIMEX3 value.
    pub(super) value: String,
    /// Civil meaning.
    pub(super) date: Option<DateValue>,
}

/// Resolves an expression and remembers it for those after it.
///
/// `said`: the day is one on which something was said ("the ministry said on Friday").
pub(super) fn resolve(found: &Found, said: bool, context: &mut Context) -> Resolved {
    let plain = |kind, value: &str| Resolved { kind, value: value.to_owned(), date: None };
    match &found.base {
        Base::Ref(name) => return plain(TimeType::Date, name),
        Base::Duration(value) => return plain(TimeType::Duration, value),
        Base::Set(value) => return plain(TimeType::Set, value),
        _ => {}
    }
    let timed = found.part.is_some() || found.clock.is_some();
    let kind = if timed { TimeType::Time } else { TimeType::Date };
    // "during the night" of no day named: the one before the news of it
    let news = found.base == Base::SameDay && context.day.is_none() && context.subject().is_none();
    let past_night = news && found.clock.is_none() && found.part.as_ref().is_some_and(|part| part.code == "TNI");
    let Some(civil) = civil(&found.base, context) else {
        return plain(kind, &unresolved(found));
    };
    if let (Civil::Quarter(y, n), Base::Quarter(..) | Base::At(_)) = (&civil, &found.base) {
        context.quarter = Some((*y, *n));
    }
    context.previous = Some(civil.clone());
    let mut whole = civil.clone();
    if let Civil::Day(day) = civil {
        // "…, the ministry said on Thursday. At 10.15 …": not on that Thursday, if another day is named
        if !said || context.day.is_none() {
            context.day = Some(day);
        }
        let told = match found.base {
            Base::SameDay => context.subject() == Some(day),
            Base::ThatDay => false,
            _ => true,
        };
        if !said && told {
            context.named = Some(day);
        }
        if let Some(clock) = found.clock {
            whole = Civil::Clock(day, clock.hour, clock.minute, clock.exact);
        } else if let Some(part) = &found.part {
            let from = if found.night_to || past_night { days(day, -1).unwrap_or(day) } else { day };
            whole = Civil::Part(from, part.clone());
        }
    }
    let stated = matches!(found.base, Base::At(_));
    let mut date = whole.date(if stated { Basis::Stated } else { Basis::Derived });
    if let Some(date) = &mut date {
        // The year alone taken from the publication date leaves the day as stated.
        let by_year = matches!(found.base, Base::MonthDay(..) | Base::Month(..) | Base::Feast(..));
        let night = found.part.as_ref().is_some_and(|p| p.code == "TNI" || p.from < 4);
        date.loose = night || !stated && !by_year;
        if !stated {
            date.rests_on.clone_from(&context.rests_on);
        }
        if found.clock.is_some() {
            date.offset = found.zone.as_ref().and_then(|zone| super::zone::offset(zone, date.start));
            date.local = found.twin && date.offset.is_some();
        }
    }
    Resolved { kind, value: whole.value(), date }
}

/// The value with Xs of what no publication date resolved.
fn unresolved(found: &Found) -> String {
    let day = match &found.base {
        Base::MonthDay(m, d, None, _) => format!("XXXX-{m:02}-{d:02}"),
        Base::MonthDay(m, d, Some((n, e)), _) => format!("XXXX-{m:02}-{d:02}/XXXX-{n:02}-{e:02}"),
        Base::Month(m, _) => format!("XXXX-{m:02}"),
        Base::Weekday(w, _) => format!("XXXX-WXX-{w}"),
        Base::Unit(letter, _) | Base::Away(letter, ..) => match letter.as_str() {
            "W" => "XXXX-WXX".to_owned(),
            "WE" => "XXXX-WXX-WE".to_owned(),
            "M" => "XXXX-XX".to_owned(),
            "Q" => "XXXX-QX".to_owned(),
            "Y" => "XXXX".to_owned(),
            _ => "XXXX-XX-XX".to_owned(),
        },
        Base::Season(code, _) => format!("XXXX-{code}"),
        Base::Quarter(n, kind, _) => format!("XXXX-{kind}{n}"),
        _ => "XXXX-XX-XX".to_owned(),
    };
    match (&found.clock, &found.part) {
        (Some(clock), _) => format!("{day}T{:02}:{:02}", clock.hour, clock.minute),
        (None, Some(part)) => format!("{day}{}", part.code),
        _ => day,
    }
}

/// The period of the calendar that is meant.
fn civil(base: &Base, context: &Context) -> Option<Civil> {
    if let Base::At(civil) = base {
        return Some(civil.clone());
    }
    if let (Base::Away(letter, by, _), Some(Civil::Quarter(y, n))) = (base, &context.previous) {
        // "a year ago" in a report on a quarter means that quarter of the year before.
        if letter == "Y" && (*by - by.trunc()).abs() < 1e-9 && by.abs() <= 3.0 {
            let (y, n) = context.quarter.unwrap_or((*y, *n));
            return Some(Civil::Quarter(y + *by as i16, n));
        }
    }
    if let Base::Away(letter, by, true) = base {
        // "the previous day" is told from a day, never from a year named before it
        let fine =
            |civil: &&Civil| letter != "D" || matches!(civil, Civil::Day(_) | Civil::Clock(..) | Civil::Part(..));
        let from = context.previous.as_ref().filter(fine).and_then(|c| c.interval()).map(|(start, ..)| start.date());
        return away(letter, *by, from.or(context.published)?);
    }
    if let (Base::Weekday(w, Shift::Before), Some(from)) = (base, context.day.or(context.published)) {
        let back = (i64::from(from.weekday().to_monday_one_offset()) - i64::from(*w)).rem_euclid(7);
        return days(from, -if back == 0 { 7 } else { back }).map(Civil::Day);
    }
    if *base == Base::SameDay {
        return context.day.or_else(|| context.subject()).or(context.published).map(Civil::Day);
    }
    if *base == Base::ThatDay {
        return context.named.or(context.day).or(context.head).or(context.published).map(Civil::Day);
    }
    let published = context.published?;
    match base {
        Base::MonthDay(m, d, second, shift) => {
            let first = nearest(*m, *d, *shift, published)?;
            match second {
                Some((n, e)) => {
                    let year = first.year() + i16::from(*n < *m);
                    Some(Civil::Days(first, Date::new(year, *n, *e).ok()?))
                }
                None => Some(Civil::Day(first)),
            }
        }
        Base::Feast(feast, shift) => {
            let year = published.year();
            let days: Vec<Date> = [year - 1, year, year + 1].into_iter().filter_map(|y| feast.in_year(y)).collect();
            let day = match shift {
                Shift::Tense(Some(false)) => days.into_iter().rfind(|d| *d <= published),
                Shift::Tense(Some(true)) => days.into_iter().find(|d| *d >= published),
                shift => pick(days, *shift, published),
            };
            day.map(Civil::Day)
        }
        Base::Month(m, shift) => {
            let (year, now) = (published.year(), published.month());
            // Months ahead to the next month of that name.
            let ahead = (m - now).rem_euclid(12);
            let year = match shift {
                Shift::Tense(Some(false)) if *m > now => year - 1,
                Shift::Tense(Some(true)) if *m < now => year + 1,
                Shift::Tense(None) if ahead > 6 && *m > now => year - 1,
                Shift::Tense(None) if ahead <= 6 && *m < now => year + 1,
                Shift::Last if *m >= now => year - 1,
                Shift::Next if *m <= now => year + 1,
                _ => year,
            };
            Some(Civil::Month(year, *m))
        }
        Base::MonthOf(m, by) => Some(Civil::Month(published.year() + by, *m)),
        Base::Running(kind, by) => {
            // Reports speak of the last quarter that is over.
            let over = months(published.first_of_month(), -3)?;
            let over = (over.year(), (over.month() - 1) / 3 + 1);
            match (kind, context.quarter, &context.previous) {
                ('Y', Some((y, _)), _) => Some(Civil::Year(y + by)),
                ('Y', None, Some(Civil::Year(y))) => Some(Civil::Year(y + by)),
                ('Y', ..) => Some(Civil::Year(published.year() + by)),
                ('P', None, Some(Civil::Year(y))) => Some(Civil::Year(y + by)),
                (_, quarter, _) => {
                    let (y, n) = quarter.unwrap_or(over);
                    Some(Civil::Quarter(y + by, n))
                }
            }
        }
        Base::Weekday(w, shift) => {
            let today = i64::from(published.weekday().to_monday_one_offset());
            let back = (today - i64::from(*w)).rem_euclid(7);
            let ahead = (i64::from(*w) - today).rem_euclid(7);
            let by = match shift {
                Shift::Tense(Some(false) | None) => -back,
                Shift::Last | Shift::Before if back == 0 => -7,
                Shift::Last | Shift::Before => -back,
                Shift::Tense(Some(true)) | Shift::This => ahead,
                Shift::Next if ahead == 0 => 7,
                Shift::Next => ahead,
            };
            Some(Civil::Day(days(published, by)?))
        }
        Base::Day(by) => Some(Civil::Day(days(published, i64::from(*by))?)),
        Base::Unit(letter, by) => unit(letter, *by, published),
        Base::Away(letter, by, false) => away(letter, *by, published),
        Base::Season(code, shift) => {
            let start = match code.as_str() {
                "SP" => 3,
                "SU" => 6,
                "FA" => 9,
                _ => 12,
            };
            let year = published.year();
            let year = match shift {
                Shift::Last | Shift::Tense(Some(false) | None) if published.month() < start => year - 1,
                Shift::Last if published.month() <= start + 2 => year - 1,
                Shift::Next | Shift::Tense(Some(true)) if published.month() > start + 2 => year + 1,
                _ => year,
            };
            Some(Civil::Season(year, code.clone()))
        }
        Base::Quarter(n, kind, shift) => {
            let length = if *kind == 'Q' { 3 } else { 6 };
            let begins = (n - 1) * length + 1;
            let year = published.year();
            let year = match shift {
                Shift::Next => year + 1,
                Shift::Tense(_) => year - 1,
                Shift::Last if begins > published.month() => year - 1,
                _ => year,
            };
            Some(if *kind == 'Q' { Civil::Quarter(year, *n) } else { Civil::Half(year, *n) })
        }
        _ => None,
    }
}

/// The day of that month in the right year: by its word, else nearest to publication.
fn nearest(month: i8, day: i8, shift: Shift, published: Date) -> Option<Date> {
    let year = published.year();
    let candidates: Vec<Date> =
        [year - 1, year, year + 1].into_iter().filter_map(|y| Date::new(y, month, day).ok()).collect();
    pick(candidates, shift, published)
}

/// Days ahead to which a day without a year is read though it is told as past. Starting value.
const PLANNED: i32 = 92;

/// Of the same day in several years the one meant: by its word, else the nearest to publication.
fn pick(candidates: Vec<Date>, shift: Shift, published: Date) -> Option<Date> {
    let distance = |d: &Date| published.until(*d).map_or(i32::MAX, |s| s.get_days().abs());
    match shift {
        Shift::Last => candidates.into_iter().rfind(|d| *d < published),
        Shift::Next => candidates.into_iter().find(|d| *d > published),
        // what is told as past lies back, where it would lie far ahead: nearer, the tense is that of another verb too often
        shift => {
            let near = candidates.iter().copied().min_by_key(distance)?;
            let ahead = published.until(near).map_or(0, |s| s.get_days());
            let past = shift == Shift::Tense(Some(false)) && ahead > PLANNED;
            if past { candidates.into_iter().rfind(|d| *d <= published) } else { Some(near) }
        }
    }
}

/// "this week", "last month", "next year".
fn unit(letter: &str, by: i64, published: Date) -> Option<Civil> {
    match letter {
        "D" | "N" => Some(Civil::Day(days(published, by)?)),
        "W" => Some(Civil::Week(days(published, by * 7)?)),
        "F" => Some(Civil::Week(days(published, by * 14)?)),
        "WE" => {
            // Before Friday "the week-end" is the one past.
            let early = published.weekday().to_monday_one_offset() < 5 && by <= 0;
            let by = if early && by == 0 { -1 } else { by };
            Some(Civil::Weekend(days(monday(published)?, by * 7)?))
        }
        "M" => {
            let day = months(published.first_of_month(), by)?;
            Some(Civil::Month(day.year(), day.month()))
        }
        "Q" => {
            let day = months(published.first_of_month(), by * 3)?;
            Some(Civil::Quarter(day.year(), (day.month() - 1) / 3 + 1))
        }
        "Y" => Some(Civil::Year(published.year() + i16::try_from(by).ok()?)),
        "DE" => Some(Civil::Decade(published.year() / 10 * 10 + i16::try_from(by * 10).ok()?)),
        "C" => Some(Civil::Century(published.year() / 100 * 100 + i16::try_from(by * 100).ok()?)),
        _ => None,
    }
}

/// "three days ago", "two years later": at the grain of the unit.
fn away(letter: &str, by: f64, from: Date) -> Option<Civil> {
    if !(-100_000.0..=100_000.0).contains(&by) {
        return None;
    }
    let whole = by.trunc() as i64;
    let civil = match letter {
        "D" | "N" => Civil::Day(days(from, whole)?),
        "W" => Civil::Week(days(from, (by * 7.0) as i64)?),
        "F" => Civil::Week(days(from, (by * 14.0) as i64)?),
        "WE" => Civil::Weekend(days(from, whole * 7)?),
        "M" => {
            let day = months(from.first_of_month(), whole)?;
            Civil::Month(day.year(), day.month())
        }
        "Q" => {
            let day = months(from.first_of_month(), whole * 3)?;
            Civil::Quarter(day.year(), (day.month() - 1) / 3 + 1)
        }
        "Y" => Civil::Year(years(from, whole)?.year()),
        "DE" => Civil::Decade(years(from, whole * 10)?.year() / 10 * 10),
        "C" => Civil::Century(years(from, whole * 100)?.year() / 100 * 100),
        _ => Civil::Day(from),
    };
    Some(civil)
}
