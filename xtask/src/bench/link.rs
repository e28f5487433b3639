//! How does the cost of linking and tracing grow with the number of articles?
//!
//! Articles are made, not read: an event has a day, a place, two victims and words of its own, and one to four articles tell
//! of it in different words; about one in five is a reprint. So only linking and tracing are measured, which see all articles
//! at once; reading is one article at a time.

use std::collections::BTreeMap;
use std::time::Instant;

use rashomon_compare::link::{Linked, link};
use rashomon_compare::trace::{Traced, trace_decided};
use rashomon_model::analysis::{Analysis, EventKind, Mention, MentionKind, Word};
use rashomon_model::attribution::{Delivery, Factuality};
use rashomon_model::claim::{Claim, PlaceRef, Polarity, Proposition, PropositionKind, TimeRef};
use rashomon_model::date::{Basis, Date, DateValue};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::{ClaimId, DocumentId, PlaceId};
use rashomon_model::party::Actors;
use rashomon_model::place::Place;
use rashomon_model::{Document, Span};

use crate::eval::sets::bare;

/// Numbers of articles measured.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// Events a day, in every size: a collection grows with time.
const EVENTS_A_DAY: usize = 40;
/// Places the events happen at.
const PLACES: usize = 400;

/// A stream of numbers that is the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A made-up word of its own for each number.
fn word(mut n: usize) -> String {
    const PARTS: [&str; 16] =
        ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "za", "dor", "fel", "gan", "hil", "jor", "pel"];
    let mut made = String::new();
    loop {
        made.push_str(PARTS.get(n % 16).copied().unwrap_or("x"));
        n /= 16;
        if n == 0 {
            return made;
        }
    }
}

/// A capitalised word.
fn name(n: usize) -> String {
    let mut made = word(n);
    if let Some(first) = made.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    made
}

/// One article with what reading would have found in it.
struct Article {
    document: Document,
    analysis: Analysis,
    claims: Vec<Claim>,
}

/// Articles of made-up events, and the places they happen at.
fn articles(n: usize) -> (Vec<Article>, BTreeMap<PlaceId, Place>) {
    let mut chance = Chance(20_310_408);
    let places: Vec<Place> = (0..PLACES).map(place).collect();
    let mut made: Vec<Article> = Vec::with_capacity(n);
    let mut day = Date::constant(2000, 1, 1);
    let mut event = 0;
    while made.len() < n {
        event += 1;
        if event % EVENTS_A_DAY == 0 {
            day = day.tomorrow().unwrap_or(day);
        }
        let Some(at) = places.get(chance.below(PLACES)) else { break };
        let people: Vec<String> =
            (0..2).map(|_| format!("{} {}", name(chance.below(300)), name(300 + chance.below(20_000)))).collect();
        let own: Vec<String> = (0..6).map(|_| word(4_000 + chance.below(200_000))).collect();
        let mut first: Option<String> = None;
        for _ in 0..=chance.below(4) {
            let copied = first.clone().filter(|_| chance.below(5) == 0);
            let told = copied.unwrap_or_else(|| body(&mut chance, &own));
            first.get_or_insert_with(|| told.clone());
            if made.len() < n {
                made.push(article(made.len(), day, at, &people, &told));
            }
        }
    }
    (made, places.into_iter().map(|place| (place.id.clone(), place)).collect())
}

/// Eight sentences of common words with the event's own among them.
fn body(chance: &mut Chance, own: &[String]) -> String {
    let mut text = String::new();
    for sentence in 0..8 {
        for position in 0..16 {
            let common = chance.below(60) * chance.below(60);
            let next = if position == 7 { own.get(sentence % own.len().max(1)).cloned() } else { None };
            text.push_str(&next.unwrap_or_else(|| word(common)));
            text.push(if position == 15 { '.' } else { ' ' });
        }
        text.push(' ');
    }
    text
}

/// A place of the grid.
fn place(n: usize) -> Place {
    Place {
        id: PlaceId::new(format!("user:{n}")),
        name: name(n),
        names: Vec::new(),
        latitude: (n / 20) as f64 * 0.5,
        longitude: (n % 20) as f64 * 0.5,
        kind: "town".into(),
        population: if n.is_multiple_of(10) { 2_000_000 } else { 20_000 },
        within: Vec::new(),
        within_ids: vec![PlaceId::new(format!("user:province-{}", n / 20)), PlaceId::new("user:country")],
        radius_km: 3.0,
    }
}

/// The article, read.
fn article(n: usize, day: Date, at: &Place, people: &[String], body: &str) -> Article {
    let lead = format!("Two men were shot at {} on {day}.", at.name);
    let names: String = people.iter().map(|person| format!("{person} was killed. ")).collect();
    let text = format!("{lead}\n\n{names}\n\n{body}");
    let id = DocumentId::new(format!("{n:08}"));
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::from_usize(start, start + part.len()) });
        start += part.len() + 2;
    }
    let mut analysis = Analysis::empty(id.clone());
    let mut from = 0;
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let end = from + part.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        if end > from {
            analysis.words.push(Word { span: Span::from_usize(from, end), pos: "X" });
        }
        from += part.len();
    }
    for person in people {
        if let Some(found) = text.find(person.as_str()) {
            analysis.mentions.push(Mention {
                span: Span::from_usize(found, found + person.len()),
                kind: MentionKind::Person,
                name: person.clone(),
                party: None,
                confidence: 1.0,
            });
        }
    }
    let cover = Span::from_usize(0, lead.len());
    let claim = Claim {
        id: ClaimId::new(format!("c-{n:08}")),
        document: id.clone(),
        anchors: vec![cover],
        chain: Vec::new(),
        delivery: Delivery::None,
        factuality: Factuality::CertainPositive,
        flags: Default::default(),
        proposition: Proposition {
            kind: PropositionKind::Strike,
            polarity: Polarity::Positive,
            event: Some(EventKind::Shooting),
            actor: Actors::default(),
            target: Vec::new(),
            place: vec![PlaceRef { name: at.name.clone(), place: Some(at.id.clone()), span: cover, near: false }],
            time: Some(TimeRef { date: DateValue::day(day, Basis::Stated), span: None }),
            count: Vec::new(),
            means: Vec::new(),
        },
        evidence: Vec::new(),
        confidence: 1.0,
        why: Vec::new(),
    };
    let document = Document {
        publisher: Some(format!("Outlet {}", n % 200)),
        published: Some(DateValue::day(day, Basis::Metadata)),
        blocks,
        ..bare(id.as_str(), &text)
    };
    Article { document, analysis, claims: vec![claim] }
}

/// Peak memory of this process so far in MiB, where the system tells.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kib| kib / 1024.0)
}

/// `cargo xtask bench link [LARGEST]`: prints a line a size; false if the time grows much faster than the number of articles.
pub(crate) fn run(largest: usize) -> bool {
    println!(
        "{:>9} {:>9} {:>9} {:>10} {:>12} {:>9}",
        "articles", "link s", "trace s", "incidents", "dependences", "peak MiB"
    );
    let mut points: Vec<(f64, f64)> = Vec::new();
    for size in SIZES.into_iter().filter(|size| *size <= largest) {
        let (made, places) = articles(size);
        let linked: Vec<Linked<'_>> =
            made.iter().map(|a| Linked { document: &a.document, analysis: &a.analysis, claims: &a.claims }).collect();
        let start = Instant::now();
        let links = link(&linked, &places, &[]);
        let linking = start.elapsed().as_secs_f64();
        let traced: Vec<Traced<'_>> =
            made.iter().map(|a| Traced { document: &a.document, analysis: &a.analysis, claims: &a.claims }).collect();
        let start = Instant::now();
        let found = trace_decided(&traced, &[], &links.incidents, &[]).len();
        let tracing = start.elapsed().as_secs_f64();
        let memory = peak().map_or_else(|| "?".to_owned(), |mib| format!("{mib:.0}"));
        println!("{size:>9} {linking:>9.2} {tracing:>9.2} {:>10} {found:>12} {memory:>9}", links.incidents.len());
        points.push(((size as f64).ln(), (linking + tracing).max(1e-3).ln()));
    }
    let Some((first, last)) = points.first().zip(points.last()).filter(|(a, b)| a.0 < b.0) else { return true };
    let exponent = (last.1 - first.1) / (last.0 - first.0);
    println!("time grows as the number of articles to the power of {exponent:.2}");
    exponent < 1.5
}
