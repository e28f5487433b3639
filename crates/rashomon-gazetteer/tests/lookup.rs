//! Case files of look-ups: `tests/cases/places/*.md`, through one `check` door; and properties.
//!
//! A case is a query in a `> ` line, `name / other spelling [| country [| division]]`, asked of the user's list below, and
//! after it the ids found, best first, each with what its reason starts with; `(none)` where nothing is found.
#![allow(missing_docs)]

use rashomon_gazetteer::{Gazetteer, fold::Key, user};
use rashomon_model::place::PlaceQuery;
use rashomon_model::resources::Places;

/// An invented list in the columns of a p-code file, in two scripts.
const LIST: &str = "\
admin4Pcode,admin4Name_en,name_ar,alt,latitude,longitude,admin1,country,population
OR001,Talbarah,تلبارة,Tell Bara,50.10,10.10,North,Orvia,4000
OR002,Al-Qasriya,القصرية,,50.20,10.20,North,Orvia,900
OR003,Kafr Zur,كفر زور,,50.30,10.30,South,Orvia,
OR004,Kafr Zur,كفر زور,,55.30,20.30,Uplands,Varda,
OR005,Deir al-Hasu,دير الحصو,,50.40,10.40,South,Orvia,12000
OR006,no point,,,,,South,Orvia,
";

fn gazetteer() -> Gazetteer {
    Gazetteer::builtin().with_user(LIST.as_bytes()).expect("the list is well formed")
}

fn check(gazetteer: &Gazetteer, query: &str) -> Vec<String> {
    let mut parts = query.split('|').map(str::trim);
    let names = parts.next().unwrap_or("").split('/').map(|n| n.trim().to_owned()).collect();
    let query = PlaceQuery {
        names,
        country: parts.next().filter(|c| !c.is_empty()).map(str::to_owned),
        admin: parts.next().map(str::to_owned),
        near: None,
    };
    gazetteer
        .lookup(&query)
        .iter()
        .filter(|c| c.place.id.as_str().starts_with("user:"))
        .map(|c| {
            let how = if c.why.starts_with('“') {
                "another name"
            } else {
                c.why.split([';', '“']).next().unwrap_or("").trim()
            };
            format!("{} | {how}", c.place.id)
        })
        .collect()
}

#[test]
fn cases() {
    let gazetteer = gazetteer();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/places");
    let bless = std::env::var_os("RASHOMON_BLESS").is_some();
    let (mut n, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).expect("case files") {
        let path = entry.expect("entry").path();
        let content = std::fs::read_to_string(&path).expect("text");
        let mut written = String::new();
        let mut lines = content.lines().peekable();
        while let Some(line) = lines.next() {
            written.push_str(line);
            written.push('\n');
            let Some(query) = line.strip_prefix("> ") else { continue };
            while lines.next_if(|l| l.is_empty()).is_some() {
                written.push('\n');
            }
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|l| l.starts_with("- ")) {
                expected.push(line.trim_start_matches("- ").to_owned());
            }
            let mut got = check(&gazetteer, query);
            if got.is_empty() {
                got.push("(none)".into());
            }
            n += 1;
            for line in &got {
                written.push_str(&format!("- {line}\n"));
            }
            if got != expected {
                wrong.push(format!("{query}\n  expected {expected:?}\n  got      {got:?}"));
            }
        }
        if bless {
            std::fs::write(&path, written).expect("written");
        }
    }
    assert!(n > 0);
    assert!(bless || wrong.is_empty(), "{} of {n} cases differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn rows_without_a_point_are_named() {
    let list = user::read(LIST.as_bytes()).expect("readable");
    assert_eq!(list.rows.len(), 5);
    assert_eq!(list.left_out, ["row 7: no coordinates"]);
}

#[test]
fn geojson_is_read() {
    let json = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Ambra","names":["Embra"],"country":"Orvia"},
        "geometry":{"type":"Point","coordinates":[10.5,50.5]}},{"type":"Feature","geometry":null}]}"#;
    let list = user::read(json.as_bytes()).expect("readable");
    assert_eq!(list.rows.len(), 1);
    assert_eq!((list.rows[0].latitude, list.rows[0].longitude), (50.5, 10.5));
    assert_eq!(list.rows[0].names, ["Embra"]);
    assert_eq!(list.left_out.len(), 1);
    assert!(user::read(b"\xff").is_err());
}

#[test]
fn plain_objects_are_read() {
    let json = r#"{"items":[{"id":"v-1","kind":"village","name":{"en":"Ambra","ar":"عمبرة"},"aliases":["Embra"],
        "centroid":{"latitude":50.5,"longitude":10.5},"externalIds":{"ochaPcode":"XO0101"}}]}"#;
    let list = user::read(json.as_bytes()).expect("readable");
    let row = &list.rows[0];
    assert_eq!((row.name.as_str(), row.id.as_str(), row.kind.as_str()), ("Ambra", "user:v-1", "village"));
    assert_eq!((row.latitude, row.longitude), (50.5, 10.5));
    assert!(row.names.contains(&"Embra".to_owned()) && row.names.contains(&"عمبرة".to_owned()));
}

/// Rows of the GeoNames dump have no head line; hills and quarters are left, the country is named.
#[test]
fn a_country_file_of_geonames_is_read() {
    let row = |id: u32, name: &str, others: &str, class: &str, code: &str| {
        format!(
            "{id}\t{name}\t{name}\t{others}\t34.5\t36.5\t{class}\t{code}\tSY\t\t11\t\t\t\t420\t\t480\tAsia/Damascus\t2031-01-01"
        )
    };
    let dump = [
        row(1, "Abu Marun", "Abou Maroun,أبو مارون", "P", "PPL"),
        row(2, "Jabal Marun", "", "T", "HLL"),
        row(3, "Hayy Marun", "", "P", "PPLX"),
    ];
    let text = dump.join("\n");
    let list = user::read(text.as_bytes()).expect("readable");
    assert_eq!(list.rows.len(), 1);
    assert_eq!(list.rows[0].names, ["Abou Maroun", "أبو مارون"]);
    let gazetteer = Gazetteer::builtin().with_user(text.as_bytes()).expect("readable");
    let query =
        PlaceQuery { names: vec!["Abou Maroun".into()], country: Some("Syria".into()), ..PlaceQuery::default() };
    let place = gazetteer.lookup(&query)[0].place.clone();
    assert_eq!((place.id.as_str(), place.within.last().map(String::as_str)), ("user:1", Some("Syria")));
}

/// The embedded file is folded by the rules in force: it must be packed again when they change.
#[test]
fn data_is_folded_as_the_code_folds() {
    let gazetteer = Gazetteer::builtin();
    for name in [
        "Damascus",
        "دمشق",
        "Дамаск",
        "St. Petersburg",
        "Deir ez-Zor",
        "Idlib Governorate",
        "Laurel County",
        "Black Sea",
    ] {
        assert!(gazetteer.knows(name), "{name}");
    }
    assert!(gazetteer.len() > 330_000);
}

#[test]
fn containment_is_told() {
    let gazetteer = Gazetteer::builtin();
    let query = PlaceQuery { names: vec!["Homs".into()], country: Some("SY".into()), ..PlaceQuery::default() };
    let best = gazetteer.lookup(&query).into_iter().next().expect("listed");
    assert_eq!(best.place.within.last().map(String::as_str), Some("Syria"));
    assert_eq!(gazetteer.place(&best.place.id).map(|place| place.name), Some(best.place.name.clone()));
    assert!(best.why.contains("in "), "{}", best.why);
}

#[test]
fn any_name_is_looked_up() {
    let gazetteer = Gazetteer::builtin();
    let long = "a".repeat(100_000);
    for name in
        ["", " ", ",", "(", "\u{202e}", "😀", "al-", "-", "ال", "a\u{301}\u{301}", "\u{0}", "Kfr", long.as_str()]
    {
        let key = Key::of(name);
        assert!(key.plain.len() < 1000);
        let query = PlaceQuery {
            names: vec![name.into()],
            country: Some("Syria".into()),
            admin: Some(name.into()),
            near: Some((f64::NAN, 0.0)),
        };
        let _ = gazetteer.lookup(&query);
    }
}
