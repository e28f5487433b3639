//! Case files of toponyms: `tests/cases/toponym/*.md`, through one `check` door; and properties.
//!
//! A case is a passage in a `> ` quotation and, after it, one line a toponym: `words | place | radius in km`, the place by its
//! id in the small gazetteer below or `?`. Lines of prose are free. All places are invented.

mod door;

use rashomon_analyze::{segment, toponym};
use rashomon_model::PlaceId;
use rashomon_model::date::{Basis, Date, DateValue, Precision};
use rashomon_model::party::PartyTable;
use rashomon_model::place::{Candidate, Place, PlaceQuery};
use rashomon_model::resources::{Places, Resources};

/// id, name, kind, latitude, longitude, inhabitants, radius, ids of what holds it (narrowest first).
type Row = (&'static str, &'static str, &'static str, f64, f64, u64, f64, &'static [&'static str]);

/// Two countries, three provinces, and towns of which some share their names.
const ROWS: &[Row] = &[
    ("orvia", "Orvia", "country", 50.0, 10.0, 9_000_000, 200.0, &[]),
    ("varda", "Varda", "country", 55.0, 20.0, 4_000_000, 150.0, &[]),
    ("north", "North Orvia", "admin1", 51.0, 10.0, 900_000, 40.0, &["orvia"]),
    ("south", "Tarn Province", "admin1", 49.0, 10.0, 700_000, 40.0, &["orvia"]),
    ("uplands", "Uplands", "admin1", 55.5, 20.0, 500_000, 40.0, &["varda"]),
    ("telmark", "Telmark", "city", 51.1, 10.1, 900_000, 15.0, &["north", "orvia"]),
    ("kesh-o", "Kesh", "town", 49.1, 10.2, 9_000, 2.0, &["south", "orvia"]),
    ("kesh-v", "Kesh", "town", 55.6, 20.1, 60_000, 4.0, &["uplands", "varda"]),
    ("lorun", "Lorun", "town", 49.2, 10.3, 12_000, 2.0, &["south", "orvia"]),
    ("bellin", "Bellin", "town", 55.7, 20.2, 15_000, 2.0, &["uplands", "varda"]),
    ("reading", "Reading", "city", 51.3, 10.4, 160_000, 8.0, &["north", "orvia"]),
    ("orvia-city", "Orvia City", "city", 51.05, 10.05, 9_000_000, 15.0, &["north", "orvia"]),
    ("coast", "Coast", "admin1", 55.2, 20.3, 90_000, 30.0, &["varda"]),
    ("atoll", "Nowhere Bay", "town", 5.0, 170.0, 6_000, 2.0, &[]),
    ("sorl", "Sorl", "village", 49.25, 10.31, 300, 1.0, &["south", "orvia"]),
    ("howard", "Howard", "village", 51.4, 10.5, 3_000, 1.0, &["north", "orvia"]),
];

struct Small;

impl Small {
    fn place(row: &Row) -> Place {
        let name = |id: &&str| ROWS.iter().find(|r| r.0 == *id).map_or("", |r| r.1).to_owned();
        Place {
            id: PlaceId::new(row.0),
            name: row.1.into(),
            names: Vec::new(),
            latitude: row.3,
            longitude: row.4,
            kind: row.2.into(),
            population: row.5,
            within: row.7.iter().map(name).collect(),
            within_ids: row.7.iter().map(|id| PlaceId::new(*id)).collect(),
            radius_km: row.6,
        }
    }
}

impl Places for Small {
    fn lookup(&self, query: &PlaceQuery) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = ROWS
            .iter()
            .filter(|row| {
                let bears = |name: &String| name.eq_ignore_ascii_case(row.1) || format!("{name} City") == row.1;
                query.names.iter().any(bears)
            })
            .map(|row| Candidate { place: Self::place(row), score: 1.0, why: "same name".into() })
            .collect();
        found.sort_by_key(|c| std::cmp::Reverse(c.place.population));
        found
    }

    fn place(&self, id: &PlaceId) -> Option<Place> {
        ROWS.iter().find(|row| row.0 == id.as_str()).map(Self::place)
    }

    fn zone(&self, place: &Place) -> Option<String> {
        let within = |id: &str| place.id.as_str() == id || place.within_ids.iter().any(|above| above.as_str() == id);
        let zones = [("orvia", "Asia/Damascus"), ("varda", "America/New_York")];
        zones.iter().find(|(id, _)| within(id)).map(|(_, zone)| (*zone).to_owned())
    }
}

struct World(Small, PartyTable);

impl Resources for World {
    fn places(&self) -> &dyn Places {
        &self.0
    }

    fn parties(&self) -> &PartyTable {
        &self.1
    }
}

fn read(passage: &[String]) -> (rashomon_model::Document, Vec<rashomon_model::place::Toponym>) {
    let world = World(Small, PartyTable::default());
    let doc = door::document(passage);
    let sentences = segment::sentences(&doc);
    let found = toponym::read(&doc, &sentences, &[], &world);
    (doc, found)
}

fn check(passage: &[String]) -> Vec<String> {
    let (doc, found) = read(passage);
    found
        .iter()
        .map(|t| {
            let place = t.place.as_ref().map_or("?", |place| place.id.as_str());
            format!("{} | {} | {:.0}", doc.slice(t.span), place, t.radius_km)
        })
        .collect()
}

#[test]
fn cases() {
    door::run("toponym", check);
}

/// A text of 2 October 2031 with all its layers.
fn analyzed(passage: &[String]) -> (rashomon_model::Document, rashomon_model::analysis::Analysis, World) {
    let world = World(Small, rashomon_analyze::party::table());
    let mut doc = door::document(passage);
    doc.published = Some(DateValue::day(Date::constant(2031, 10, 2), Basis::Metadata));
    let analysis = rashomon_analyze::analyze(&doc, &world);
    (doc, analysis, world)
}

#[test]
fn claims_say_where_it_happened() {
    door::run("where", |passage| {
        let (doc, analysis, world) = analyzed(passage);
        let claims = rashomon_analyze::claim::claims(&doc, &analysis, &world);
        let told = claims.iter().filter(|claim| claim.proposition.event.is_some());
        told.map(|claim| {
            let words: Vec<&str> = claim.anchors.iter().map(|span| doc.slice(*span)).collect();
            let places: Vec<&str> = claim.proposition.place.iter().map(|p| p.name.as_str()).collect();
            format!("{} | {}", words.join(" ## "), places.join(", ")).trim_end().to_owned()
        })
        .collect()
    });
}

#[test]
fn clock_times_have_the_offset_of_their_place() {
    door::run("zone", |passage| {
        let (doc, analysis, _) = analyzed(passage);
        let clock = |d: &&DateValue| matches!(d.precision, Precision::Minute | Precision::Hour);
        let line = |t: &rashomon_model::analysis::TimeExpression| {
            t.date.as_ref().filter(clock).map(|date| format!("{} | {}", doc.slice(t.span), date.edtf()))
        };
        analysis.times.iter().filter_map(line).collect()
    });
}

#[test]
fn any_text_is_read() {
    let pieces = [
        "Kesh",
        ", ",
        "near ",
        "the village of ",
        "Ab",
        "\u{202e}",
        "😀",
        "U.S.",
        "W. Va.",
        "“",
        "’s ",
        "\u{0}",
        "كفر",
        "-",
        ". ",
        "St. ",
    ];
    let mut seed: u32 = 7;
    for length in 0..400 {
        let mut line = String::new();
        for _ in 0..length % 37 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            line.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
        }
        let (doc, found) = read(&[line]);
        assert!(found.iter().all(|t| !doc.slice(t.span).is_empty()));
        assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}

#[test]
fn cost_is_linear() {
    let line = "Shelling hit Kesh, near Lorun, and the village of Ambra in Tarn Province. ";
    let time = |n: usize| {
        let passage = [line.repeat(n)];
        let start = std::time::Instant::now();
        let (_, found) = read(&passage);
        assert!(found.len() >= 3 * n);
        start.elapsed().as_secs_f64()
    };
    let (one, eight) = (time(200), time(1600));
    assert!(eight < 40.0 * one + 0.5, "{one} s, {eight} s");
}

#[test]
fn the_cost_of_zones_is_linear() {
    let line =
        "A shell hit Lorun at 10:30 on Wednesday. At 07:45 GMT another fell. Bellin was hit at 9 p.m. (0100 GMT). ";
    let work = |n: usize| {
        let (doc, mut analysis, world) = analyzed(&[line.repeat(n)]);
        let start = std::time::Instant::now();
        let (sentences, toponyms) = (&analysis.sentences, &analysis.toponyms);
        rashomon_analyze::time::place(&mut analysis.times, &doc, sentences, toponyms, &world.0);
        start.elapsed().as_secs_f64()
    };
    work(20);
    let (small, large) = (work(100), work(400));
    assert!(large < small * 12.0 + 0.5, "{small} s, {large} s for four times the length");
}
