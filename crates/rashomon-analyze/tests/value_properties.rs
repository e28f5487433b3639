//! Properties of the readers of values: what was written as an interval is read as it, any text is read, the cost is linear.
#![allow(missing_docs)]

mod door;

use proptest::prelude::*;
use rashomon_analyze::{mention, party, quantity, segment, time};
use rashomon_model::Document;
use rashomon_model::analysis::TimeExpression;
use rashomon_model::date::{Basis, Date, DateValue};
use rashomon_model::quantity::{Category, Outcome, Quantity};

fn counts(text: &str) -> (Document, Vec<Quantity>) {
    let doc = door::document(&[text.to_owned()]);
    let sentences = segment::sentences(&doc);
    let times = time::read(&doc, &sentences);
    let read = quantity::read(&doc, &sentences, &times);
    (doc, read)
}

/// A number with commas.
fn grouped(n: u64) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) }
}

/// An interval in the words of table E1, and its bounds.
fn interval() -> impl Strategy<Value = (String, u64, Option<u64>)> {
    (2_u64..1900, 1_u64..400, 0_u8..8).prop_map(|(low, more, form)| {
        let high = low + more;
        let n = grouped(low);
        match form {
            0 => (n, low, Some(low)),
            1 => (format!("at least {n}"), low, None),
            2 => (format!("more than {n}"), low + 1, None),
            3 => (format!("over {n}"), low + 1, None),
            4 => (format!("up to {n}"), 0, Some(low)),
            5 => (format!("fewer than {n}"), 0, Some(low - 1)),
            6 => (format!("between {n} and {}", grouped(high)), low, Some(high)),
            _ => (format!("at least {n} and up to {}", grouped(high)), low, Some(high)),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_interval_written_is_the_interval_read((words, low, high) in interval()) {
        let (_, read) = counts(&format!("The council said {words} villagers were wounded in Velim."));
        let found: Vec<&Quantity> = read.iter().filter(|q| q.of == Some(Outcome::Injured)).collect();
        prop_assert_eq!(found.len(), 1, "{}: {:?}", words, read);
        prop_assert_eq!((found[0].count.min, found[0].count.max), (low, high), "{}", words);
        prop_assert_eq!(found[0].category, Some(Category::Civilians));
        prop_assert!(!found[0].why.is_empty());
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let (doc, read) = counts(&text);
        for q in &read {
            prop_assert!(doc.text.get(q.span.range()).is_some_and(|words| !words.is_empty()));
            prop_assert!(q.count.max.is_none_or(|max| max >= q.count.min));
        }
        let sentences = segment::sentences(&doc);
        for t in time::read(&doc, &sentences) {
            prop_assert!(doc.text.get(t.span.range()).is_some_and(|words| !words.is_empty()));
        }
    }

    #[test]
    fn names_of_any_text_are_read(text in "(Russian|or|the|Jordan's|air force|\\PC| ){0,40}") {
        let world = door::World(party::table());
        let doc = door::document(&[text]);
        let sentences = segment::sentences(&doc);
        let words = segment::words(&doc, &sentences);
        for m in mention::read(&doc, &sentences, &words, &[], &world) {
            prop_assert!(doc.text.get(m.span.range()).is_some());
        }
    }
}

/// A text published on 2 October 2031 and its times.
fn times(text: &str) -> Vec<TimeExpression> {
    let mut doc = door::document(&[text.to_owned()]);
    doc.published = Some(DateValue::day(Date::constant(2031, 10, 2), Basis::Metadata));
    let sentences = segment::sentences(&doc);
    time::read(&doc, &sentences)
}

/// Name of a month.
fn month(n: i8) -> &'static str {
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(n - 1).ok().and_then(|i| names.get(i)).copied().unwrap_or("")
}

/// A day of the calendar.
fn any_day() -> impl Strategy<Value = Date> {
    (1950_i16..2090, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| Date::constant(y, m, d))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_date_written_is_the_date_read(day in any_day(), form in 0_u8..6) {
        let (y, m, d) = (day.year(), day.month(), day.day());
        let words = match form {
            0 => format!("{d} {} {y}", month(m)),
            1 => format!("{} {d}, {y}", month(m)),
            2 => format!("{y:04}-{m:02}-{d:02}"),
            3 => format!("{d}/{m:02}/{y}"),
            4 => format!("{d}.{m}.{y}"),
            _ => format!("the {d}th of {} {y}", month(m)),
        };
        let read = times(&format!("The bridge of Velim was hit on {words}, the council said."));
        prop_assert_eq!(read.len(), 1, "{}: {:?}", words, read);
        let date = read[0].date.as_ref();
        prop_assert_eq!(date.map(DateValue::edtf), Some(day.to_string()), "{}", words);
        prop_assert_eq!(date.map(|date| date.basis), Some(Basis::Stated));
    }

    #[test]
    fn an_hour_written_is_the_hour_read(hour in 0_i8..24, minute in 0_i8..60, form in 0_u8..5) {
        let half = if hour < 12 { "a.m." } else { "p.m." };
        let twelve = match hour % 12 { 0 => 12, h => h };
        let words = match form {
            0 => format!("{hour:02}:{minute:02}"),
            1 => format!("{twelve}:{minute:02} {half}"),
            2 => format!("{hour:02}{minute:02} GMT"),
            3 => format!("{hour}.{minute:02}"),
            _ => format!("{twelve}.{minute:02} {half}"),
        };
        let read = times(&format!("The bridge of Velim was hit at {words} on 1 October 2031."));
        prop_assert_eq!(read.len(), 1, "{}: {:?}", words, read);
        let date = read[0].date.as_ref().map(|date| (date.start.to_string(), date.offset));
        let zone = (form == 2).then_some(0);
        prop_assert_eq!(date, Some((format!("2031-10-01T{hour:02}:{minute:02}:00"), zone)), "{}", words);
    }

    #[test]
    fn two_clocks_of_one_moment_tell_the_offset(quarters in -48_i32..56, minutes in 0_i32..1440) {
        let offset = quarters * 15;
        let there = (minutes - offset).rem_euclid(1440);
        let text = format!(
            "The bridge was hit at {:02}:{:02} local time ({:02}:{:02} GMT).",
            minutes / 60, minutes % 60, there / 60, there % 60
        );
        let read = times(&text);
        prop_assert_eq!(read.len(), 2, "{}: {:?}", text, read);
        let told: Vec<DateValue> = read.into_iter().filter_map(|t| t.date).collect();
        let found = told[0].offset.map(i32::from);
        // beyond half a day either way the same clock has two readings
        prop_assert_eq!(found.map(|o| o.rem_euclid(1440)), Some(offset.rem_euclid(1440)), "{}", text);
        prop_assert!(told[0].local && !told[1].local, "the clock of the place: {}", text);
        let back = told[1].told_at(told[0].offset.unwrap_or(0));
        prop_assert_eq!((back.start, back.end), (told[0].start, told[0].end), "one moment: {}", text);
    }

    #[test]
    fn telling_by_another_clock_and_back_changes_nothing(own in -720_i16..840, other in -720_i16..840, day in any_day()) {
        let mut value = DateValue::day(day, Basis::Stated);
        prop_assert_eq!(&value.told_at(other), &value, "a day has no zone");
        value.offset = Some(own);
        let moved = value.told_at(other);
        prop_assert_eq!(moved.offset, Some(other));
        prop_assert_eq!(moved.told_at(own), value);
    }

    #[test]
    fn numbers_with_a_point_and_hours_are_read_without_harm(text in "(at|between|and|by|10.15|7.05|24.00|99.99|per cent|on|1 October|this morning|GMT|UTC[+-]3|\\(|\\)|local time|the same|day|that|[ .,]){0,30}") {
        let read = times(&text);
        prop_assert!(read.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{}", text);
        for t in &read {
            prop_assert!(t.date.as_ref().is_none_or(|date| date.start < date.end), "{}: {:?}", text, t);
        }
    }
}

#[test]
fn the_cost_of_times_and_parties_is_linear() {
    let world = door::World(party::table());
    let line = "On Wednesday night the Jordanian air force said French jets struck overnight to Thursday. ";
    let work = |n: usize| {
        let doc = door::document(&[line.repeat(n)]);
        let start = std::time::Instant::now();
        let sentences = segment::sentences(&doc);
        let words = segment::words(&doc, &sentences);
        let times = time::read(&doc, &sentences);
        let names = mention::read(&doc, &sentences, &words, &[], &world);
        assert!(times.len() >= 2 * n && names.len() >= n);
        start.elapsed().as_secs_f64()
    };
    work(20);
    let (small, large) = (work(150), work(600));
    assert!(large < small * 12.0 + 0.5, "{small} s, {large} s for four times the length");
}
