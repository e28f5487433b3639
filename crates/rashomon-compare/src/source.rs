//! Who speaks in more than one document? Speakers of all documents merged into the sources of the case.
//!
//! Two local speakers are one source if (S1) both are the same party of the table, (S2) their names are the same after
//! folding ([`key`]), or (S3) both are persons and the surname that is all of the one name fits exactly one full name of the
//! case, and (S6) a body of a state named without the state ("the Health Ministry", "the army") is the one body of that name of
//! which the case names the state; (S7) a body named by one word ("the Mission", "the Council") is the one body of the case of
//! whose full name it is the head ("Truce Monitoring Mission", "Council of Elders"; [`key::head_word`]). Two rules say whom a source speaks for that belongs to nobody yet: (S4) one named
//! "… of" a body the case knows speaks for that body, (S5) a "defence minister" of no named state for the one defence ministry
//! of the case. Unnamed speakers ("a U.S. official") are never merged over documents: two outlets' unnamed officials are two
//! until a person says otherwise (methods.md B, pitfalls). Every merge has a reason.

mod body;
mod group;
pub mod key;
mod spoken_for;

use crate::hash::short_id;
use crate::judge::Tie;
use crate::judge::tie::SpeakerAt;
use group::{decide, group_key, groups};
use key::Folder;
use rashomon_model::id::{DocumentId, SourceId};
use rashomon_model::party::PartyTable;
use rashomon_model::source::{LocalSource, Source, SourceKind};
use rashomon_model::span::Anchor;
use spoken_for::{speak_for_bodies, speak_for_ministries};
use std::collections::BTreeMap;

/// The case's sources and who of each document is which.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// Sorted by id.
    pub sources: Vec<Source>,
    /// For each document given, the source of each of its local speakers, in the same order.
    pub of: Vec<Vec<SourceId>>,
}

/// One speaker and where it comes from.
struct Speaker<'a> {
    document: &'a DocumentId,
    local: &'a LocalSource,
    key: String,
}

/// Merges the speakers of all documents, bound by what people decided of two of them.
#[must_use]
pub fn merge_decided(
    documents: &[(&DocumentId, &[LocalSource])],
    parties: &PartyTable,
    decided: &[Tie<SpeakerAt>],
) -> Merged {
    let folder = Folder::new(parties);
    let speakers: Vec<Speaker<'_>> = documents
        .iter()
        .flat_map(|(document, locals)| {
            locals.iter().map(|local| Speaker { document, local, key: group_key(document, local, &folder) })
        })
        .collect();
    let mut groups = groups(&speakers, &folder);
    // index of the first speaker of each document in the flat list
    let mut offsets: BTreeMap<&DocumentId, usize> = BTreeMap::new();
    let mut before = 0;
    for (document, locals) in documents {
        offsets.insert(document, before);
        before += locals.len();
    }
    for tie in decided {
        let flat = |(doc, speaker): SpeakerAt| Some(offsets.get(documents.get(doc)?.0).copied()? + speaker);
        if let (Some(a), Some(b)) = (flat(tie.a), flat(tie.b)) {
            decide(&mut groups, tie, (a, b), &speakers);
        }
    }
    let ids: BTreeMap<usize, SourceId> = groups
        .iter()
        .flat_map(|(key, members)| members.iter().map(|(index, _)| (*index, SourceId::new(short_id("s", &[key])))))
        .collect();
    let named: BTreeMap<String, SourceId> = speakers
        .iter()
        .enumerate()
        .filter(|(_, speaker)| speaker.local.kind != SourceKind::Person && !speaker.local.anonymous)
        .filter_map(|(i, speaker)| ids.get(&i).map(|id| (folder.key(&speaker.local.name), id.clone())))
        .collect();
    let mut sources: Vec<Source> = groups.values().map(|members| build(members, &speakers, &ids, &offsets)).collect();
    speak_for_bodies(&mut sources, &named, &folder);
    speak_for_ministries(&mut sources, &folder);
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    let mut next = 0..;
    let of = documents
        .iter()
        .map(|(_, locals)| {
            locals.iter().filter_map(|_| next.next().and_then(|i: usize| ids.get(&i).cloned())).collect()
        })
        .collect();
    Merged { sources, of }
}

/// One source from its members (indices into `speakers`, with reasons).
fn build(
    members: &[(usize, String)],
    speakers: &[Speaker<'_>],
    ids: &BTreeMap<usize, SourceId>,
    offsets: &BTreeMap<&DocumentId, usize>,
) -> Source {
    let all: Vec<(usize, &Speaker<'_>)> =
        members.iter().filter_map(|(i, _)| speakers.get(*i).map(|speaker| (*i, speaker))).collect();
    // the fullest name: most words, then longest, then first in alphabet, so that input order does not matter
    let name = all
        .iter()
        .map(|(_, s)| s.local.name.as_str())
        .max_by(|a, b| {
            let size = |n: &str| (n.split_whitespace().count().min(6), n.chars().count());
            size(a).cmp(&size(b)).then_with(|| b.cmp(a))
        })
        .unwrap_or_default()
        .to_owned();
    let mut names: Vec<String> = all.iter().flat_map(|(_, s)| s.local.names.iter().cloned()).collect();
    names.sort();
    names.dedup();
    let mut mentions: Vec<Anchor> = all
        .iter()
        .flat_map(|(_, s)| s.local.mentions.iter().map(|span| Anchor { document: s.document.clone(), span: *span }))
        .collect();
    mentions.sort();
    mentions.dedup();
    let own = all.first().and_then(|(i, _)| ids.get(i)).cloned().unwrap_or_else(|| SourceId::new("s-none"));
    let affiliation = all
        .iter()
        .filter_map(|(_, s)| {
            let target = offsets.get(s.document)? + s.local.affiliation?;
            ids.get(&target).cloned()
        })
        .filter(|id| *id != own)
        .min();
    let documents_of: Vec<&DocumentId> = all.iter().map(|(_, s)| s.document).collect();
    let single = documents_of.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let unnamed = all.iter().all(|(_, s)| s.local.anonymous || s.local.kind == SourceKind::Unnamed);
    let mut because: Vec<String> = all.iter().flat_map(|(_, s)| s.local.because.iter().cloned()).collect();
    because
        .extend(members.iter().filter(|(_, why)| all.len() > 1 || why.starts_with("J1")).map(|(_, why)| why.clone()));
    because.sort();
    because.dedup();
    Source {
        id: own,
        name,
        kind: all.iter().map(|(_, s)| s.local.kind).min().unwrap_or(SourceKind::Unnamed),
        names,
        affiliation,
        party: all.iter().filter_map(|(_, s)| s.local.party.clone()).min(),
        described_as: all.iter().filter_map(|(_, s)| s.local.described_as.clone()).max_by_key(String::len),
        document: (single && unnamed).then(|| documents_of.first().map(|d| (*d).clone())).flatten(),
        mentions,
        merged_because: because,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_model::id::PartyId;
    use rashomon_model::party::{Party, PartyKind};

    fn speaker(name: &str, kind: SourceKind, anonymous: bool) -> LocalSource {
        LocalSource {
            name: name.into(),
            kind,
            names: vec![name.into()],
            affiliation: None,
            party: None,
            described_as: None,
            mentions: Vec::new(),
            anonymous,
            because: Vec::new(),
        }
    }

    #[test]
    fn a_body_named_without_its_state() {
        let table = PartyTable { parties: vec![state("Varda", "Orvel"), state("Tolmar", "Kesta")].into() };
        let (a, b) = (DocumentId::new("a"), DocumentId::new("b"));
        let ministry = |name: &str| speaker(name, SourceKind::Government, false);
        let first = [ministry("Ministry of Health of Varda"), ministry("Vardan army")];
        let second =
            [ministry("Health Ministry"), ministry("ministry"), ministry("army"), ministry("Health Ministry in Orvel")];
        let one = merge_decided(&[(&a, &first), (&b, &second)], &table, &[]);
        assert_eq!(one.of[1][0], one.of[0][0], "the Health Ministry");
        assert_eq!(one.of[1][1], one.of[0][0], "the ministry, where there is one");
        assert_eq!(one.of[1][2], one.of[0][1], "the army");
        assert_eq!(one.of[1][3], one.of[0][0], "by its seat");
        let rival = [
            ministry("Ministry of Health of Varda"),
            ministry("Vardan army"),
            ministry("Tolmari army"),
            ministry("Tolmar army"),
        ];
        let two = merge_decided(&[(&a, &rival), (&b, &second)], &table, &[]);
        assert_eq!(two.of[1][0], two.of[0][0], "one state's health ministry still");
        assert_ne!(two.of[1][2], two.of[0][1], "of two armies it is not known which");
        assert_ne!(two.of[1][2], two.of[0][3]);
    }

    fn state(name: &str, seat: &str) -> Party {
        Party {
            id: PartyId::new(format!("state:{}", name.to_lowercase())),
            name: name.to_owned(),
            kind: PartyKind::State,
            aliases: Vec::new(),
            demonyms: vec![format!("{name}n")],
            metonyms: vec![seat.to_owned()],
            domains: Vec::new(),
            member_of: Vec::new(),
        }
    }

    #[test]
    fn a_body_named_by_its_head_word() {
        let (a, b) = (DocumentId::new("a"), DocumentId::new("b"));
        let body = |name: &str| speaker(name, SourceKind::Organisation, false);
        let first = [body("Truce Monitoring Mission"), body("Harbour Council"), body("Union of Port Workers")];
        let second = [
            body("Mission"),
            body("Council"),
            body("Union"),
            body("Truce"),
            speaker("mission", SourceKind::Unnamed, true),
        ];
        let merge = |first: &[LocalSource]| merge_decided(&[(&a, first), (&b, &second)], &PartyTable::default(), &[]);
        let merged = merge(&first);
        assert_eq!(merged.of[1][..3], merged.of[0][..], "the Mission, the Council, the Union");
        assert!(!merged.of[0].contains(&merged.of[1][3]), "no head: the truce");
        assert!(!merged.of[0].contains(&merged.of[1][4]), "somebody unnamed is nobody's short name");
        let [mission, council, union] = first;
        let two = merge(&[mission, council, union, body("Town Council")]);
        assert!(!two.of[0].contains(&two.of[1][1]), "of two councils it is not known which");
    }

    #[test]
    fn a_states_forces_are_short_for_no_band() {
        let (a, b) = (DocumentId::new("a"), DocumentId::new("b"));
        let (first, second) = (
            [speaker("Free River Army", SourceKind::ArmedGroup, false)],
            [speaker("the army", SourceKind::Military, false)],
        );
        let merged = merge_decided(&[(&a, &first), (&b, &second)], &PartyTable::default(), &[]);
        assert_ne!(merged.of[1], merged.of[0]);
    }

    #[test]
    fn a_short_name_of_a_states_body_named_in_two_ways() {
        let table = PartyTable { parties: vec![state("Varda", "Orvel")].into() };
        let (a, b) = (DocumentId::new("a"), DocumentId::new("b"));
        let body = |name: &str| speaker(name, SourceKind::Government, false);
        let (first, second) = ([body("Varda's Border Guard"), body("Border Guard")], [body("the Guard")]);
        let merged = merge_decided(&[(&a, &first), (&b, &second)], &table, &[]);
        assert_eq!(merged.of[0][1], merged.of[0][0], "S6");
        assert_eq!(merged.of[1][0], merged.of[0][0], "S7, of what S6 made one");
    }

    #[test]
    fn merges_names_but_not_the_unnamed() {
        let (a, b) = (DocumentId::new("a"), DocumentId::new("b"));
        let first = [
            speaker("Ministry of Defence of Varda", SourceKind::Government, false),
            speaker("Ada Bren", SourceKind::Person, false),
            speaker("a Vardan official", SourceKind::Unnamed, true),
        ];
        let second = [
            speaker("Varda's Defense Ministry", SourceKind::Government, false),
            speaker("Bren", SourceKind::Person, false),
            speaker("a Vardan official", SourceKind::Unnamed, true),
        ];
        let merged = merge_decided(&[(&a, &first), (&b, &second)], &PartyTable::default(), &[]);
        let pair = |i: usize| (merged.of[0][i].clone(), merged.of[1][i].clone());
        assert_eq!(pair(0).0, pair(0).1, "ministry");
        assert_eq!(pair(1).0, pair(1).1, "surname");
        assert_ne!(pair(2).0, pair(2).1, "unnamed stay apart");
        let swapped = merge_decided(&[(&b, &second), (&a, &first)], &PartyTable::default(), &[]);
        assert_eq!(merged.sources, swapped.sources, "order of documents");
    }
}
