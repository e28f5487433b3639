//! Which speakers are one? Groups by party, by name, by surname, by what a body is called for short, and by what people
//! decided.

use super::Speaker;
use super::body::Bodies;
use super::key::{Folder, fold, is_title};
use crate::judge::Tie;
use crate::judge::tie::SpeakerAt;
use rashomon_model::id::DocumentId;
use rashomon_model::source::{LocalSource, SourceKind};
use std::collections::BTreeMap;

/// Key of a group → its members (indices of speakers), each with the reason it is in it.
pub(super) type Groups = BTreeMap<String, Vec<(usize, String)>>;

/// The groups of all speakers (S1 to S3, S6, S7).
pub(super) fn groups(speakers: &[Speaker<'_>], folder: &Folder) -> Groups {
    let bodies = Bodies::of(speakers, folder);
    let full = full_names(speakers);
    let mut groups = Groups::new();
    for (index, speaker) in speakers.iter().enumerate() {
        let local = speaker.local;
        let own = || match &local.party {
            Some(_) if local.kind != SourceKind::Person => {
                format!("S1: \"{}\" is the same party of the table", local.name)
            }
            _ => format!("S2: \"{}\" is the same name after folding", local.name),
        };
        let meant = person_match(speaker, &full).or_else(|| bodies.meant(speaker, folder));
        let (key, because) = meant.unwrap_or_else(|| (speaker.key.clone(), own()));
        groups.entry(key).or_default().push((index, because));
    }
    groups
}

/// Unites the groups of the two speakers (indices into `speakers`), or takes the second out of the first's.
pub(super) fn decide(groups: &mut Groups, tie: &Tie<SpeakerAt>, (a, b): (usize, usize), speakers: &[Speaker<'_>]) {
    let of = |groups: &Groups, index: usize| {
        groups.iter().find(|(_, members)| members.iter().any(|(i, _)| *i == index)).map(|(key, _)| key.clone())
    };
    let (Some(first), Some(second)) = (of(groups, a), of(groups, b)) else { return };
    if !tie.same && first == second && a != b {
        if let Some(members) = groups.get_mut(&first) {
            members.retain(|(i, _)| *i != b);
        }
        let own = speakers.get(b).map_or("", |speaker| speaker.document.as_str());
        groups.insert(format!("{second}|apart|{own}"), vec![(b, tie.because.clone())]);
    } else if tie.same && first != second {
        let (into, from) = if first < second { (first, second) } else { (second, first) };
        let moved = groups.remove(&from).unwrap_or_default();
        if let Some(members) = groups.get_mut(&into) {
            members.extend(moved.into_iter().map(|(i, _)| (i, tie.because.clone())));
            members.sort_by_key(|(i, _)| *i);
        }
    }
}

/// What a speaker is merged by: the document too for the unnamed.
pub(super) fn group_key(document: &DocumentId, local: &LocalSource, folder: &Folder) -> String {
    let name = folder.key(&local.name);
    if local.anonymous || local.kind == SourceKind::Unnamed {
        return format!("unnamed|{document}|{name}");
    }
    match (&local.party, local.kind) {
        (Some(party), kind)
            if kind != SourceKind::Person
                && (folder.is_party_name(&local.name, party) || folder.is_spelling_of(&local.name, party)) =>
        {
            format!("party|{party}")
        }
        (_, SourceKind::Person) => format!("person|{name}"),
        (_, SourceKind::Eyewitness | SourceKind::Document) => format!("local|{document}|{name}"),
        _ => format!("name|{name}"),
    }
}

/// Full personal names of the case by surname: key and display name.
fn full_names(speakers: &[Speaker<'_>]) -> BTreeMap<String, Vec<(String, String)>> {
    let mut full: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for speaker in speakers.iter().filter(|s| s.local.kind == SourceKind::Person && !s.local.anonymous) {
        let words: Vec<&str> = speaker.local.name.split_whitespace().collect();
        if let (true, Some(surname)) = (words.len() >= 2, words.last()) {
            let entry = full.entry(fold(surname)).or_default();
            if !entry.iter().any(|(known, _)| *known == speaker.key) {
                entry.push((speaker.key.clone(), speaker.local.name.clone()));
            }
        }
    }
    full
}

/// S3: the group of the one full name a lone surname can mean, and why.
fn person_match(speaker: &Speaker<'_>, full: &BTreeMap<String, Vec<(String, String)>>) -> Option<(String, String)> {
    let local = speaker.local;
    if local.kind != SourceKind::Person || local.anonymous {
        return None;
    }
    let words: Vec<&str> = local.name.split_whitespace().filter(|w| !is_title(w)).collect();
    let [surname] = words.as_slice() else { return None };
    match full.get(&fold(surname)).map(Vec::as_slice) {
        Some([(key, name)]) => Some((key.clone(), format!("S3: \"{}\" is the surname of {name}", local.name))),
        _ => None,
    }
}
