//! Properties of the readers of values: what was written as an interval is read as it, any text is read, the cost is linear.
#![allow(missing_docs)]

mod door;

use proptest::prelude::*;
use rashomon_analyze::{mention, party, quantity, segment, time};
use rashomon_model::Document;
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
