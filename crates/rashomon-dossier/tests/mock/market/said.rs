//! Who is there, what the eight accounts write, what is claimed in them.

use crate::mock::{Mock, day, inferred};
use rashomon_model::attribution::Flag;
use rashomon_model::claim::PropositionKind as K;
use rashomon_model::date::Basis;
use rashomon_model::document::BlockKind::{Byline, Caption, Headline, Paragraph, Standfirst};
use rashomon_model::document::Credit;
use rashomon_model::id::{DocumentId, SourceId};
use rashomon_model::quantity::{Category, Count, Outcome};
use rashomon_model::source::SourceKind;

pub fn sources(m: &mut Mock) {
    use SourceKind::*;
    for (id, name, kind, names) in [
        ("s-ministry", "Karsian Ministry of Defence", Government, &["the ministry", "Ministry of Defence"][..]),
        ("s-spokesman", "the ministry's spokesman", Person, &["the spokesman", "the defence minister"]),
        ("s-defence", "Tel Arwan Civil Defence", Organisation, &["the Civil Defence", "rescuers"]),
        ("s-meridian", "Meridian Press", Media, &["Meridian"]),
        ("s-doctor", "a doctor at the town's hospital", Eyewitness, &["a doctor"]),
        ("s-residents", "residents of Tel Arwan", Eyewitness, &["residents"]),
        ("s-officials", "Western officials", Unnamed, &["officials"]),
        ("s-monitor", "Arwan Monitor", Monitor, &["the Monitor"]),
        ("s-ledger", "Open Ledger", Ngo, &["the organisation"]),
        ("s-front", "Northern Front", ArmedGroup, &["the Front"]),
    ] {
        m.source(id, name, kind, names);
    }
    m.case.sources[1].affiliation = Some(SourceId::new("s-ministry"));
    m.case.sources[1].merged_because =
        vec!["“the defence minister” in one account stands where five others have “the spokesman”".into()];
    m.case.sources[6].document = Some(DocumentId::new("d04"));
}

pub fn documents(m: &mut Mock) {
    m.document("d01", Some("Karsia Today"), Some(day(14, Basis::Stated)), &[
        (Headline, "Air force destroys militant command post near Tel Arwan"),
        (Paragraph, "Aircraft of the air force struck a command post of the Northern Front near Tel Arwan on Friday, the Ministry of Defence said in a statement."),
        (Paragraph, "“All targets were military,” the ministry's spokesman told a press conference. “No civilians were present at the time of the operation.” Four precision strikes were carried out."),
        (Paragraph, "The spokesman dismissed reports of civilian deaths as fabricated. The ministry released cockpit footage of the strikes."),
        (Caption, "Cockpit footage released by the Ministry of Defence."),
    ]);
    m.document("d02", Some("Meridian Press"), Some(day(14, Basis::Metadata)), &[
        (Headline, "Air raid on Tel Arwan market kills 31, rescuers say"),
        (Paragraph, "TEL ARWAN, March 14 (Meridian Press) - An air raid on a crowded market in the town of Tel Arwan killed at least 31 civilians on Friday morning, the Civil Defence told Meridian Press."),
        (Paragraph, "Five children were among the dead, a doctor at the town's hospital said. Residents said Karsian jets had carried out the attack."),
        (Paragraph, "The Ministry of Defence denied that its aircraft had hit the market. The claims could not be independently verified."),
        (Paragraph, "More than 9,000 people have been killed since the fighting began three years ago."),
    ]);
    m.document("d03", Some("Halden Post"), Some(day(14, Basis::Stated)), &[
        (Headline, "Market raid kills 31"),
        (Byline, "Meridian Press"),
        (Paragraph, "An air raid on a crowded market in the town of Tel Arwan killed at least 31 civilians on Friday morning, the Civil Defence told Meridian Press. Residents said Karsian jets had carried out the attack."),
    ]);
    m.document("d04", Some("The Oriel Times"), Some(day(15, Basis::Stated)), &[
        (Headline, "Who bombed Tel Arwan?"),
        (Standfirst, "Two governments, one crater and a list of names."),
        (Paragraph, "Between 30 and 40 people were killed when missiles hit the vegetable market of Tell Arwan on Friday, according to the Arwan Monitor."),
        (Paragraph, "Western officials said radar data showed two Su-24 jets of the Karsian air force over the town, and that the pilots may have missed a military target nearby."),
        (Paragraph, "The Northern Front said it had no fighters in the market. A video said to show the second missile could not be verified by this newspaper."),
    ]);
    m.document("d05", Some("Arwan Monitor"), Some(day(15, Basis::Metadata)), &[
        (Headline, "Tel Arwan: 27 victims documented by name"),
        (Paragraph, "We have documented 27 people killed in the Karsian air strike on the market of Tel Arwan on 14 March, among them 4 children. The list of names is attached."),
        (Paragraph, "At least 60 people were injured. On 15 March a second strike, in Dar Halim, killed three farmers."),
    ]);
    m.document(
        "d06",
        None,
        Some(inferred(14, "d02")),
        &[
            (
                Paragraph,
                "تل أروان الآن: Two missiles hit the vegetable market at 9:40. I saw the jets turn back north. 🙏",
            ),
            (Paragraph, "I counted twenty bodies in the yard of the hospital. There were no fighters here. No one."),
        ],
    );
    m.document("d07", Some("Sable Report"), Some(day(16, Basis::Metadata)), &[
        (Headline, "Shocking details emerge from Tel Arwan"),
        (Paragraph, "In a shocking turn, the defence minister stated that every one of the objectives was military and that nobody without arms was present there."),
        (Paragraph, "At least 31 non-combatants reportedly perished. All of the dead were militants, the minister claimed."),
    ]);
    m.document("d08", Some("Open Ledger"), Some(day(19, Basis::Stated)), &[
        (Headline, "What we know about the strike on Tel Arwan market"),
        (Paragraph, "Our researchers confirmed the deaths of 34 civilians, including 6 children, in an air strike on the vegetable market of Tel Arwan on the morning of 14 March."),
        (Paragraph, "Satellite imagery of 15 March shows two craters inside the market. The cockpit footage released by the ministry was filmed elsewhere, eleven kilometres to the west."),
        (Paragraph, "Correction: an earlier version gave 33 dead."),
    ]);
    let credit = m.at("d03", "Meridian Press");
    m.case.documents[2].credits.push(Credit {
        name: "Meridian Press".into(),
        span: Some(credit),
        how: "byline".into(),
    });
    let dateline = m.at("d02", "March 14");
    m.case.documents[1].published_anchor = Some(dateline);
    m.case.documents[3].url = Some("https://oriel.example/world/tel-arwan?ref=a&b=c".into());
    m.case.documents[1].updated = true;
}

pub fn claims(m: &mut Mock) {
    use Category::{Children, Civilians, Combatants, Objects, People};
    use Outcome::{Injured, Killed, Strikes};
    let karsia = "Karsia";
    m.claim(
        "c01",
        "d01",
        K::Strike,
        "Aircraft of the air force struck a command post of the Northern Front near Tel Arwan on Friday",
    )
    .by("s-ministry", "the Ministry of Defence", "said")
    .actor(karsia, "Aircraft of the air force")
    .target("Northern Front", "a command post of the Northern Front")
    .place("geonames:1", "Tel Arwan")
    .time(day(14, Basis::Derived), "Friday")
    .medium("statement", day(14, Basis::Derived));
    m.claim("c02", "d01", K::Target, "All targets were military,")
        .and("No civilians were present at the time of the operation.")
        .by("s-spokesman", "the ministry's spokesman", "told")
        .target("Northern Front", "military")
        .medium("press conference", day(14, Basis::Derived));
    m.claim("c03", "d01", K::Strike, "Four precision strikes were carried out").count(
        Strikes,
        Objects,
        Count::exact(4),
        "Four precision strikes",
    );
    m.claim("c04", "d01", K::Casualties, "reports of civilian deaths")
        .by("s-spokesman", "The spokesman", "dismissed")
        .count(Killed, Civilians, Count::exact(0), "civilian deaths")
        .denied()
        .flag(Flag::Accused);
    m.claim(
        "c05",
        "d02",
        K::Casualties,
        "An air raid on a crowded market in the town of Tel Arwan killed at least 31 civilians on Friday morning",
    )
    .by("s-meridian", "Meridian Press", "told")
    .by("s-defence", "the Civil Defence", "told")
    .count(Killed, Civilians, Count::at_least(31), "at least 31 civilians")
    .place("geonames:1", "Tel Arwan")
    .time(day(14, Basis::Derived), "Friday morning")
    .target("civilians", "a crowded market")
    .flag(Flag::UnverifiedByAuthor);
    m.claim("c06", "d02", K::Casualties, "Five children were among the dead")
        .by("s-doctor", "a doctor at the town's hospital", "said")
        .count(Killed, Children, Count::exact(5), "Five children");
    m.claim("c07", "d02", K::Responsibility, "Karsian jets had carried out the attack")
        .by("s-residents", "Residents", "said")
        .actor(karsia, "Karsian jets");
    m.claim("c08", "d02", K::Responsibility, "its aircraft had hit the market")
        .by("s-ministry", "The Ministry of Defence", "denied")
        .actor(karsia, "its aircraft")
        .denied()
        .flag(Flag::Accused);
    m.claim(
        "c09",
        "d02",
        K::Casualties,
        "More than 9,000 people have been killed since the fighting began three years ago",
    )
    .count(Killed, People, Count::at_least(9001), "More than 9,000 people")
    .flag(Flag::Cumulative);
    m.claim(
        "c10",
        "d03",
        K::Casualties,
        "An air raid on a crowded market in the town of Tel Arwan killed at least 31 civilians on Friday morning",
    )
    .by("s-meridian", "Meridian Press", "told")
    .by("s-defence", "the Civil Defence", "told")
    .count(Killed, Civilians, Count::at_least(31), "at least 31 civilians")
    .place("geonames:1", "Tel Arwan")
    .time(day(14, Basis::Derived), "Friday morning")
    .target("civilians", "a crowded market");
    m.claim("c11", "d03", K::Responsibility, "Karsian jets had carried out the attack")
        .by("s-residents", "Residents", "said")
        .actor(karsia, "Karsian jets");
    m.claim(
        "c12",
        "d04",
        K::Casualties,
        "Between 30 and 40 people were killed when missiles hit the vegetable market of Tell Arwan on Friday",
    )
    .by("s-monitor", "the Arwan Monitor", "according to")
    .count(Killed, People, Count::between(30, 40), "Between 30 and 40 people")
    .place("geonames:1", "Tell Arwan")
    .time(day(14, Basis::Derived), "Friday")
    .target("civilians", "the vegetable market")
    .means("missiles");
    m.claim("c13", "d04", K::Responsibility, "two Su-24 jets of the Karsian air force over the town")
        .by("s-officials", "Western officials", "said")
        .by("", "radar data", "showed")
        .actor(karsia, "the Karsian air force")
        .means("Su-24");
    m.claim("c14", "d04", K::Target, "the pilots may have missed a military target nearby")
        .by("s-officials", "Western officials", "said")
        .target("Northern Front", "a military target nearby")
        .possible();
    m.claim("c15", "d04", K::Presence, "it had no fighters in the market")
        .by("s-front", "The Northern Front", "said")
        .target("Northern Front", "it");
    m.claim(
        "c16",
        "d05",
        K::Casualties,
        "27 people killed in the Karsian air strike on the market of Tel Arwan on 14 March",
    )
    .count(Killed, People, Count::exact(27), "27 people killed")
    .actor(karsia, "Karsian")
    .place("geonames:1", "Tel Arwan")
    .time(day(14, Basis::Stated), "14 March")
    .target("civilians", "the market")
    .flag(Flag::BasisAsserted);
    m.claim("c17", "d05", K::Casualties, "among them 4 children").count(
        Killed,
        Children,
        Count::exact(4),
        "4 children",
    );
    m.claim("c18", "d05", K::Casualties, "At least 60 people were injured").count(
        Injured,
        People,
        Count::at_least(60),
        "At least 60 people were injured",
    );
    m.claim("c19", "d05", K::Casualties, "On 15 March a second strike, in Dar Halim, killed three farmers")
        .count(Killed, Civilians, Count::exact(3), "three farmers")
        .place("geonames:2", "Dar Halim")
        .time(day(15, Basis::Stated), "15 March");
    m.claim("c20", "d06", K::Strike, "Two missiles hit the vegetable market at 9:40")
        .target("civilians", "the vegetable market")
        .means("missiles")
        .time(inferred(14, "d02"), "9:40");
    m.claim("c21", "d06", K::Casualties, "twenty bodies in the yard of the hospital").count(
        Killed,
        People,
        Count::at_least(20),
        "twenty bodies",
    );
    m.claim("c22", "d06", K::Presence, "There were no fighters here. No one").target("Northern Front", "fighters");
    m.claim(
        "c23",
        "d07",
        K::Target,
        "every one of the objectives was military and that nobody without arms was present there",
    )
    .by("s-spokesman", "the defence minister", "stated")
    .target("Northern Front", "military");
    m.claim("c24", "d07", K::Casualties, "At least 31 non-combatants reportedly perished")
        .by("", "", "reportedly")
        .count(Killed, Civilians, Count::at_least(31), "At least 31 non-combatants")
        .flag(Flag::OriginUnknown);
    m.claim("c25", "d07", K::Casualties, "All of the dead were militants")
        .by("s-spokesman", "the minister", "claimed")
        .count(Killed, Combatants, Count::at_least(1), "All of the dead were militants")
        .flag(Flag::Distancing)
        .flag(Flag::Accused);
    m.claim("c26", "d08", K::Casualties, "the deaths of 34 civilians, including 6 children, in an air strike on the vegetable market of Tel Arwan on the morning of 14 March")
        .count(Killed, Civilians, Count::exact(34), "34 civilians").count(Killed, Children, Count::exact(6), "6 children")
        .place("geonames:1", "Tel Arwan").time(day(14, Basis::Stated), "the morning of 14 March").target("civilians", "the vegetable market").flag(Flag::BasisAsserted);
    m.claim(
        "c27",
        "d08",
        K::Evidence,
        "The cockpit footage released by the ministry was filmed elsewhere, eleven kilometres to the west",
    );
    m.claim("c28", "d08", K::Casualties, "an earlier version gave 33 dead")
        .count(Killed, Civilians, Count::exact(33), "33 dead")
        .flag(Flag::Correction);
    m.claim("c29", "d01", K::Evidence, "cockpit footage of the strikes").by("s-ministry", "The ministry", "released");
    m.claim(
        "c30",
        "d04",
        K::Evidence,
        "A video said to show the second missile could not be verified by this newspaper",
    )
    .flag(Flag::UnverifiedByAuthor);
    m.claim("c31", "d02", K::Casualties, "Air raid on Tel Arwan market kills 31")
        .by("s-defence", "rescuers", "say")
        .count(Killed, People, Count::exact(31), "kills 31")
        .flag(Flag::Headline);
    m.case.claims.sort_by_key(|c| (c.document.clone(), c.cover()));
}
