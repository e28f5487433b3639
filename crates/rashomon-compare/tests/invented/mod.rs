//! The invented world of the cases: two states, an alliance, groups, monitors, papers and places, and how case lines are
//! read into claims. Everything here is made up.
//!
//! A claim line is `SPEAKER: VALUE {options}`; a value is
//! `36 killed civilians` (also `36+`, `30-40`), `who A or B`, `who A & B`, `target not A`, `presence A`, `purpose A`,
//! `where X, near Y` (`X(p:id)` says which place), `when 2031-03-14` (or two moments with `/`), `means W`, `occurred`, `harm A`
//! (people harmed, no number), `evidence KIND`; `who -` and `harm -` name nobody, `#people:CIV` the party of that id.
//! Options: `in DOC`, `at HOURS` or `dated DAY` (when it was said), a FactBank value, `conf 0.3`, `whole`, `part`, `cumulative`, `derived`,
//! `night`, `zone MINUTES` (from Greenwich, of a time of the event), `local` (the zone is told by another clock), `by PARTY` (the actor of a casualty claim), `told of X & Y` (the places of a casualty claim), `on DAY` (its day),
//! `words W` (the words a count was read from) and `after W` (the word before them), `hit PARTY` (whom a casualty claim names with
//! these words), `event KIND` (of a claim of where or when, an attack without it), `there` (its place is only pointed to), `as KIND` (the claim's kind), `shows KIND` (evidence offered), `incident NAME`, `negative`, `link different`,
//! `link unreviewed`.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

pub(crate) mod case;

use rashomon_compare::question::{PlaceReadings, Reading, answers};
use rashomon_model::alignment::Question;
use rashomon_model::analysis::EventKind;
use rashomon_model::attribution::{Delivery, Factuality, Flag};
use rashomon_model::capture::Capture;
use rashomon_model::claim::{Claim, CountRef, Link, PlaceRef, Polarity, Proposition, PropositionKind, TimeRef};
use rashomon_model::date::{Basis, Date, DateTime, DateValue, Precision};
use rashomon_model::id::{ClaimId, DocumentId, EvidenceId, PartyId, PlaceId, SourceId};
use rashomon_model::party::{Actors, Membership, Party, PartyKind, PartyRef, PartyTable};
use rashomon_model::place::Place;
use rashomon_model::quantity::{Category, Count, Outcome};
use rashomon_model::source::{Source, SourceKind};
use rashomon_model::{Document, Span};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Parties: id, name, kind, aliases, edges.
type Row = (&'static str, &'static str, PartyKind, &'static [&'static str], &'static [(&'static str, &'static str)]);

const PARTIES: &[Row] = &[
    ("state:VA", "Varda", PartyKind::State, &["Republic of Varda", "Vardan"], &[]),
    ("state:TO", "Tolmar", PartyKind::State, &["Tolmari"], &[("alliance:NP", "member")]),
    ("state:KE", "Kest", PartyKind::State, &[], &[("alliance:NP", "member")]),
    ("alliance:NP", "Northern Pact", PartyKind::Alliance, &["the Pact"], &[]),
    ("body:VA-MOD", "Vardan Defence Ministry", PartyKind::GovernmentBody, &[], &[("state:VA", "body")]),
    ("forces:VA", "Vardan Army", PartyKind::Military, &["army of Varda"], &[("state:VA", "forces")]),
    ("group:GC", "Grey Column", PartyKind::ArmedGroup, &["GC", "the Greys", "Column of Grey"], &[]),
    ("group:GC4", "Fourth Band", PartyKind::ArmedGroup, &[], &[("group:GC", "member")]),
    ("group:KN", "Kestrel Company", PartyKind::ArmedGroup, &[], &[("forces:VA", "unclear")]),
    ("group:HC", "Hill Council", PartyKind::Political, &["opposition council"], &[]),
    ("people:CIV", "civilians", PartyKind::Civilians, &["residents"], &[]),
];

/// Places: id, name, latitude, longitude, kind, radius, within.
type Spot = (&'static str, &'static str, f64, f64, &'static str, f64, &'static [&'static str]);

const PLACES: &[Spot] = &[
    ("p:orvel", "Orvel", 10.00, 20.00, "town", 3.0, &["p:marn-province", "p:land"]),
    ("p:orvel2", "Orvel", 10.01, 20.01, "village", 2.0, &["p:marn-province", "p:land"]),
    ("p:kesta", "Kesta", 10.10, 20.00, "town", 3.0, &["p:marn-province", "p:land"]),
    ("p:marn", "Marn", 9.88, 20.00, "city", 6.0, &["p:marn-province", "p:land"]),
    ("p:marn-province", "Marn", 9.90, 20.30, "admin1", 80.0, &["p:land"]),
    ("p:dell-province", "Dell", 11.50, 20.30, "admin1", 80.0, &["p:land"]),
    ("p:far", "Farrow", 11.60, 20.40, "town", 3.0, &["p:dell-province", "p:land"]),
    ("p:orvel3", "Orvel", 11.50, 20.30, "town", 3.0, &["p:dell-province", "p:land"]),
    ("p:dun", "Dun Strait", 10.36, 20.00, "strait", 2.0, &["p:land"]),
    ("p:weir", "Weir", 10.07, 20.00, "town", 3.0, &["p:marn-province", "p:land"]),
    ("p:ridge", "Ridge", 10.22, 20.00, "town", 3.0, &["p:marn-province", "p:land"]),
    ("p:spur", "Spur", 10.25, 20.00, "town", 3.0, &["p:marn-province", "p:land"]),
    ("p:mill", "Mill", 10.03, 20.00, "village", 1.0, &["p:marn-province", "p:land"]),
    ("p:land", "Varda", 10.5, 20.5, "country", 300.0, &[]),
];

/// Speakers: name, kind, party, whom they speak for.
type Voice = (&'static str, SourceKind, Option<&'static str>, Option<&'static str>);

const VOICES: &[Voice] = &[
    ("Lantern", SourceKind::Monitor, None, None),
    ("Beacon", SourceKind::Monitor, None, None),
    ("Harbour", SourceKind::Ngo, None, None),
    ("Agency", SourceKind::Media, None, None),
    ("Courier", SourceKind::Media, None, None),
    ("Council", SourceKind::Organisation, Some("group:HC"), None),
    ("Council president", SourceKind::Person, Some("group:HC"), Some("Council")),
    ("Ministry", SourceKind::Government, Some("body:VA-MOD"), None),
    ("Ministry spokesman", SourceKind::Person, Some("body:VA-MOD"), Some("Ministry")),
    ("Army", SourceKind::Military, Some("forces:VA"), None),
    ("Varda", SourceKind::Government, Some("state:VA"), None),
    ("Tolmar", SourceKind::Government, Some("state:TO"), None),
    ("Pact", SourceKind::Military, Some("alliance:NP"), None),
    ("Greys", SourceKind::ArmedGroup, Some("group:GC"), None),
    ("Varda Radio", SourceKind::Media, Some("state:VA"), None),
    ("head of Lantern", SourceKind::Person, None, Some("Lantern")),
    ("former head of Lantern", SourceKind::Person, None, Some("Lantern")),
    ("medic", SourceKind::Unnamed, None, None),
    ("resident", SourceKind::Eyewitness, None, None),
];

/// The party table.
pub(crate) fn parties() -> PartyTable {
    let mut parties: Vec<Party> = PARTIES
        .iter()
        .map(|(id, name, kind, aliases, edges)| Party {
            id: PartyId::new(*id),
            name: (*name).to_owned(),
            kind: *kind,
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            demonyms: Vec::new(),
            metonyms: Vec::new(),
            domains: Vec::new(),
            member_of: edges
                .iter()
                .map(|(to, how)| Membership {
                    party: PartyId::new(*to),
                    how: (*how).to_owned(),
                    cited: "invented".to_owned(),
                })
                .collect(),
        })
        .collect();
    parties.sort_by(|a, b| a.id.cmp(&b.id));
    PartyTable { parties: parties.into() }
}

/// Places of a user's own list, which says by name what they lie in: id, name, latitude, longitude, kind, within.
type Own = (&'static str, &'static str, f64, f64, &'static str, &'static [&'static str]);

const OWN_PLACES: &[Own] = &[
    ("u:sedge", "Sedge", 10.60, 20.20, "village", &["Fen", "Varda"]),
    ("u:fen", "Fen", 10.60, 20.20, "admin1", &["Varda"]),
    ("u:bell", "Bell Square", 10.02, 20.00, "square", &["Orvel"]),
    ("u:far", "Far Square", 10.15, 20.00, "square", &["Orvel"]),
    ("u:low", "Low Weald", 9.98, 20.00, "village", &["Orvel"]),
];

/// The gazetteer.
pub(crate) fn places() -> Vec<Place> {
    let own = OWN_PLACES.iter().map(|(id, name, latitude, longitude, kind, within)| Place {
        id: PlaceId::new(*id),
        name: (*name).to_owned(),
        names: vec![format!("{name} District")],
        latitude: *latitude,
        longitude: *longitude,
        kind: (*kind).to_owned(),
        population: 0,
        within: within.iter().map(|outer| (*outer).to_owned()).collect(),
        within_ids: Vec::new(),
        radius_km: 1.0,
    });
    PLACES
        .iter()
        .map(|(id, name, latitude, longitude, kind, radius, within)| Place {
            id: PlaceId::new(*id),
            name: (*name).to_owned(),
            names: Vec::new(),
            latitude: *latitude,
            longitude: *longitude,
            kind: (*kind).to_owned(),
            population: 0,
            within: Vec::new(),
            within_ids: within.iter().map(|id| PlaceId::new(*id)).collect(),
            radius_km: *radius,
        })
        .chain(own)
        .collect()
}

/// The speakers.
pub(crate) fn sources() -> Vec<Source> {
    VOICES
        .iter()
        .map(|(name, kind, party, affiliation)| Source {
            id: SourceId::new(format!("s-{name}")),
            name: (*name).to_owned(),
            kind: *kind,
            names: vec![(*name).to_owned()],
            affiliation: affiliation.map(|name| SourceId::new(format!("s-{name}"))),
            party: party.map(PartyId::new),
            described_as: None,
            document: None,
            mentions: Vec::new(),
            merged_because: Vec::new(),
        })
        .collect()
}

/// A document of the case without text.
pub(crate) fn document(id: &str) -> Document {
    let bare = Document::new(DocumentId::new(id), String::new(), Vec::new());
    Document {
        given_id: Some(id.to_owned()),
        capture: Capture { sha256: format!("hash of {id}"), origin: format!("{id}.txt"), ..bare.capture },
        ..bare
    }
}

/// A named party; names in the table get no id here, so that the table's aliases are at work.
/// `#people:CIV` is the party of that id.
pub(crate) fn party(name: &str) -> PartyRef {
    let id = name.trim().strip_prefix('#').map(PartyId::new);
    PartyRef { name: name.trim().to_owned(), party: id, span: Span::default() }
}

/// "A & B or C".
pub(crate) fn actors(words: &str) -> Actors {
    Actors { alternatives: words.split(" or ").map(|joint| joint.split('&').map(party).collect()).collect() }
}

/// `36`, `36+`, `30-40`.
pub(crate) fn count(words: &str) -> Count {
    if let Some(min) = words.strip_suffix('+') {
        return Count::at_least(min.parse().expect("a number before +"));
    }
    match words.split_once('-') {
        Some((min, max)) => Count::between(min.parse().expect("a number"), max.parse().expect("a number")),
        None => Count::exact(words.parse().expect("a number")),
    }
}

fn moment(words: &str) -> DateTime {
    if words.contains('T') {
        words.parse().expect("a moment")
    } else {
        words.parse::<Date>().expect("a day").at(0, 0, 0, 0)
    }
}

/// `2031-03-14`, `2031-03-14T10:00:00/2031-03-14T11:00:00`.
pub(crate) fn time(words: &str, options: &Options) -> DateValue {
    let basis = if options.derived { Basis::Derived } else { Basis::Stated };
    let mut value = match words.split_once('/') {
        Some((start, end)) => DateValue {
            start: moment(start),
            end: moment(end),
            precision: if words.contains('T') { Precision::Hour } else { Precision::Week },
            basis,
            rests_on: None,
            loose: false,
            offset: None,
            local: false,
        },
        None => DateValue::day(words.parse().expect("a day"), basis),
    };
    value.loose = options.night;
    value.offset = options.zone;
    value.local = options.local;
    value
}

/// Hours after an invented noon, as a minute.
pub(crate) fn hours(n: i64) -> DateValue {
    let start = Date::constant(2031, 3, 14).at(12, 0, 0, 0);
    let start = start.saturating_add(std::time::Duration::from_secs(3600 * n.unsigned_abs()));
    DateValue {
        start,
        end: start.saturating_add(std::time::Duration::from_secs(60)),
        precision: Precision::Minute,
        basis: Basis::Stated,
        rests_on: None,
        loose: false,
        offset: None,
        local: false,
    }
}

/// What stands in braces.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) document: Option<String>,
    pub(crate) at: Option<i64>,
    pub(crate) factuality: Option<Factuality>,
    pub(crate) confidence: Option<f32>,
    pub(crate) whole: bool,
    pub(crate) part: bool,
    pub(crate) cumulative: bool,
    pub(crate) derived: bool,
    pub(crate) night: bool,
    pub(crate) negative: bool,
    pub(crate) by: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) flags: BTreeSet<Flag>,
    pub(crate) via: Option<String>,
    pub(crate) told: Option<String>,
    pub(crate) zone: Option<i16>,
    /// By the clock of the place, whose zone another clock tells.
    pub(crate) local: bool,
    pub(crate) dated: Option<DateValue>,
    pub(crate) on: Option<DateValue>,
    pub(crate) words: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) hit: Option<String>,
    pub(crate) kind: Option<PropositionKind>,
    pub(crate) shows: Option<String>,
    pub(crate) incident: Option<String>,
    pub(crate) event: Option<EventKind>,
    pub(crate) there: bool,
}

impl Options {
    fn read(words: &str) -> Self {
        let mut found = Self::default();
        for option in words.split(',').map(str::trim).filter(|option| !option.is_empty()) {
            let (key, value) = option.split_once(' ').unwrap_or((option, ""));
            match key {
                "in" => found.document = Some(value.to_owned()),
                "at" => found.at = Some(value.parse().expect("hours")),
                "conf" => found.confidence = Some(value.parse().expect("a confidence")),
                "whole" => found.whole = true,
                "part" => found.part = true,
                "cumulative" => found.cumulative = true,
                "derived" => found.derived = true,
                "night" => found.night = true,
                "local" => found.local = true,
                "negative" => found.negative = true,
                "by" => found.by = Some(value.to_owned()),
                "link" => found.link = Some(value.to_owned()),
                "zone" => found.zone = Some(value.parse().expect("minutes")),
                "dated" => found.dated = Some(DateValue::day(value.parse().expect("a day"), Basis::Stated)),
                "on" => found.on = Some(DateValue::day(value.parse().expect("a day"), Basis::Stated)),
                "words" => found.words = Some(value.to_owned()),
                "after" => found.after = Some(value.to_owned()),
                "hit" => found.hit = Some(value.to_owned()),
                "as" => found.kind = Some(kind(value)),
                "shows" => found.shows = Some(value.to_owned()),
                "incident" => found.incident = Some(value.to_owned()),
                "told" => found.told = Some(value.strip_prefix("of ").expect("told of PLACE").to_owned()),
                "event" => found.event = Some(EventKind::from_name(value).expect("a kind of event")),
                "there" => found.there = true,
                "via" => found.via = Some(value.to_owned()),
                "flag" => {
                    found.flags.insert(Flag::from_name(value).expect("a flag"));
                }
                key => found.factuality = Some(Factuality::from_name(key).unwrap_or_else(|| panic!("option {key}"))),
            }
        }
        found
    }
}

/// The case files of a task by name, in order of their names.
pub(crate) fn files(task: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(task);
    let mut files: Vec<_> = fs::read_dir(&folder).expect("a folder of cases").map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    let name = |file: &Path| file.file_name().unwrap().to_string_lossy().into_owned();
    files.into_iter().map(|file| (name(&file), fs::read_to_string(&file).unwrap())).collect()
}

/// A kind of claim by its name.
fn kind(name: &str) -> PropositionKind {
    match name {
        "strike" => PropositionKind::Strike,
        "responsibility" => PropositionKind::Responsibility,
        "statement" => PropositionKind::Statement,
        "damage" => PropositionKind::Damage,
        name => panic!("kind {name}"),
    }
}

/// A value and its options, as in `36 killed civilians {at 6, whole}`.
pub(crate) fn split_options(words: &str) -> (String, Options) {
    match words.split_once('{') {
        Some((value, rest)) => {
            (value.trim().to_owned(), Options::read(rest.trim().strip_suffix('}').expect("a closing brace")))
        }
        None => (words.trim().to_owned(), Options::default()),
    }
}

fn spot_of(words: &str) -> PlaceRef {
    let (near, name) = match words.trim().strip_prefix("near ") {
        Some(name) => (true, name),
        None => (false, words.trim()),
    };
    // `Marn(city)` and `Marn(province)` say which is meant; a bare name takes the first of that name
    let (bare, id) = match name {
        "Marn(city)" => ("Marn", Some("p:marn")),
        "Marn(province)" => ("Marn", Some("p:marn-province")),
        "Marn" => ("Marn", Some("p:marn")),
        "Orvel(village)" => ("Orvel", Some("p:orvel2")),
        "Orwel" => ("Orwel", Some("p:orvel")),
        name if name.contains("(p:") => {
            let (name, id) = name.trim_end_matches(')').split_once('(').expect("a place and its id");
            (name, PLACES.iter().find(|(known, ..)| *known == id).map(|(id, ..)| *id))
        }
        name if OWN_PLACES.iter().any(|(_, known, ..)| *known == name) => {
            (name, OWN_PLACES.iter().find(|(_, known, ..)| *known == name).map(|(id, ..)| *id))
        }
        name => (name, PLACES.iter().find(|(_, known, ..)| *known == name).map(|(id, ..)| *id)),
    };
    // the span tells the readings of an ambiguous name apart from those of the explicit one
    let span = if name == "Marn" { Span::new(1, 5) } else { Span::default() };
    PlaceRef { name: bare.to_owned(), place: id.map(PlaceId::new), span, near }
}

/// Readings of the bare name "Marn" in every document: city and province.
pub(crate) fn readings(documents: &[&str]) -> PlaceReadings {
    documents
        .iter()
        .map(|doc| {
            ((DocumentId::new(*doc), Span::new(1, 5)), vec![PlaceId::new("p:marn"), PlaceId::new("p:marn-province")])
        })
        .collect()
}

/// Reads `SPEAKER: VALUE {options}` or, without a speaker, the author's own voice.
pub(crate) fn claim(line: &str, number: usize) -> (Claim, Options) {
    let (words, options) = split_options(line);
    let (speaker, value) = match words.split_once(':') {
        Some((speaker, value)) => (Some(speaker.trim().to_owned()), value.trim().to_owned()),
        None => (None, words),
    };
    let (head, rest) = value.split_once(' ').unwrap_or((&value, ""));
    let mut what = Proposition {
        kind: PropositionKind::Strike,
        polarity: if options.negative { Polarity::Negative } else { Polarity::Positive },
        event: None,
        actor: Actors::default(),
        target: Vec::new(),
        place: options.told.iter().flat_map(|told| told.split('&')).map(spot_of).collect(),
        time: None,
        count: Vec::new(),
        means: Vec::new(),
    };
    let party_of = |kind, what: &mut Proposition| {
        what.kind = kind;
        for name in rest.split(',') {
            let name = match name.trim().strip_prefix("not ") {
                Some(name) => {
                    what.polarity = Polarity::Negative;
                    name
                }
                None => name,
            };
            what.target.push(party(name));
        }
    };
    match head {
        "occurred" => {}
        "who" => {
            what.kind = PropositionKind::Responsibility;
            if rest != "-" {
                what.actor = actors(rest);
            }
        }
        "harm" if rest == "-" => what.kind = PropositionKind::Casualties,
        "harm" => party_of(PropositionKind::Casualties, &mut what),
        "evidence" => what.kind = PropositionKind::Evidence,
        "target" => party_of(PropositionKind::Target, &mut what),
        "presence" => party_of(PropositionKind::Presence, &mut what),
        "purpose" => party_of(PropositionKind::Purpose, &mut what),
        "damage" => party_of(PropositionKind::Damage, &mut what),
        "where" => {
            what.place = rest.split(',').map(spot_of).collect();
            what.event = options.event.or(Some(EventKind::Attack));
        }
        "when" => {
            what.time = Some(TimeRef { date: time(rest, &options), span: None });
            what.event = options.event.or(Some(EventKind::Attack));
        }
        "means" => what.means = vec![rest.to_owned()],
        _ => {
            what.kind = PropositionKind::Casualties;
            for part in value.split(';') {
                let mut words = part.split_whitespace();
                let number = count(words.next().expect("a count"));
                let of = words.next().and_then(Outcome::from_name).expect("an outcome");
                let category = words.next().map_or(Category::People, |c| Category::from_name(c).expect("a category"));
                what.count.push(CountRef {
                    of,
                    category,
                    count: number,
                    span: Span::default(),
                    cumulative: options.cumulative.then(Span::default),
                    whole: options.whole,
                    part: options.part,
                });
            }
        }
    }
    if let Some(by) = &options.by {
        what.actor = actors(by);
    }
    if let Some(day) = &options.on {
        what.time = Some(TimeRef { date: day.clone(), span: Some(Span::default()) });
    }
    what.target.extend(options.hit.as_deref().map(party));
    what.kind = options.kind.unwrap_or(what.kind);
    let shown = options.shows.clone().or_else(|| (head == "evidence").then(|| rest.to_owned()));
    let mut flags = options.flags.clone();
    let named = |name: &str| Link {
        source: VOICES.iter().any(|(known, ..)| *known == name).then(|| SourceId::new(format!("s-{name}"))),
        name: name.to_owned(),
        kind: VOICES.iter().find(|(known, ..)| *known == name).map_or(SourceKind::Unnamed, |(_, kind, ..)| *kind),
        span: None,
        cue: None,
        medium: None,
        at: options.at.map(hours),
        factuality: Factuality::CertainPositive,
        resolved_because: String::new(),
    };
    let mut chain: Vec<Link> = options.via.iter().map(|name| named(name)).collect();
    match speaker.as_deref() {
        None | Some("author") => {}
        Some("reportedly") => {
            flags.insert(Flag::OriginUnknown);
        }
        Some(name) => chain.push(named(name)),
    }
    let document =
        options.document.clone().unwrap_or_else(|| format!("doc-{}", speaker.as_deref().unwrap_or("author")));
    for place in what.place.iter_mut().filter(|_| options.there) {
        place.span = Span::new(1, 5);
    }
    let claim = Claim {
        id: ClaimId::new(format!("c{number:03}")),
        document: DocumentId::new(document),
        anchors: vec![if options.there { Span::new(10, 20) } else { Span::new(0, 1) }],
        chain,
        delivery: Delivery::Indirect,
        factuality: options.factuality.unwrap_or(Factuality::CertainPositive),
        flags,
        proposition: what,
        evidence: shown.map(|kind| EvidenceId::new(format!("e-{kind}"))).into_iter().collect(),
        confidence: options.confidence.unwrap_or(0.9),
        why: Vec::new(),
    };
    (claim, options)
}

/// The first answer of the claim to its own question.
pub(crate) fn question_of(claim: &Claim) -> Question {
    let readings = PlaceReadings::new();
    let reading = Reading { document: None, places: &readings, origin: "", asserted_at: None };
    let head = claim.proposition.kind;
    let all = answers(claim, reading);
    let wanted = |question: Question| match head {
        PropositionKind::Responsibility if !claim.proposition.actor.is_empty() => question == Question::WhoDid,
        PropositionKind::Target => question == Question::Target,
        PropositionKind::Presence => question == Question::Presence,
        PropositionKind::Purpose => question == Question::Purpose,
        PropositionKind::Damage => question == Question::Damage,
        PropositionKind::Evidence => question == Question::Evidence,
        PropositionKind::Casualties => matches!(question, Question::Count(..)),
        _ if !claim.proposition.place.is_empty() => question == Question::Where,
        _ if claim.proposition.time.is_some() => question == Question::When,
        _ if !claim.proposition.means.is_empty() => question == Question::Means,
        _ => question == Question::Occurred,
    };
    all.iter().map(|answer| answer.question).find(|q| wanted(*q)).expect("an answer")
}
