//! For whom does a source speak that belongs to nobody yet? Rules S4 and S5.
//!
//! ```text
//! head of the Harbour Council     for the council, if the case knows it                            S4
//! defence minister                for the one such ministry of which the case knows the state      S5
//! ```

use super::key::{Folder, is_ministry};
use rashomon_model::id::{PartyId, SourceId};
use rashomon_model::source::{Source, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// S4: one named "… of" a body speaks for that body, if the case knows it. `bodies`: the sources by the key of their names.
pub(super) fn speak_for_bodies(sources: &mut [Source], bodies: &BTreeMap<String, SourceId>, folder: &Folder) {
    for source in sources.iter_mut().filter(|source| source.affiliation.is_none()) {
        let body = source.name.split_once(" of ").map(|(_, body)| folder.key(body));
        source.affiliation = body.and_then(|key| bodies.get(&key).cloned()).filter(|id| *id != source.id);
    }
}

/// S5: whoever is described by the office of a ministry ("defence minister", "spokesman of the interior ministry") and belongs
/// to nobody yet speaks for the ministry of that portfolio, where the case knows the ministry of one state alone (and that
/// state, where the description names one).
pub(super) fn speak_for_ministries(sources: &mut [Source], folder: &Folder) {
    struct Ministry {
        of: BTreeSet<String>,
        state: Option<String>,
        id: SourceId,
        party: Option<PartyId>,
    }
    let ministries: Vec<Ministry> = sources
        .iter()
        .filter(|source| !matches!(source.kind, SourceKind::Person | SourceKind::Unnamed | SourceKind::Document))
        .filter(|source| is_ministry(&source.name))
        .filter_map(|source| {
            let (of, state) = folder.portfolio(&source.name)?;
            Some(Ministry { of, state, id: source.id.clone(), party: source.party.clone() })
        })
        .collect();
    for source in sources.iter_mut() {
        let unattached = source.kind == SourceKind::Person && source.affiliation.is_none() && source.party.is_none();
        let office = source.described_as.as_deref().filter(|_| unattached).and_then(|words| folder.portfolio(words));
        let Some((of, state)) = office else { continue };
        let fits: Vec<_> =
            ministries.iter().filter(|known| known.of == of && (state.is_none() || known.state == state)).collect();
        let voices: BTreeSet<(Option<&PartyId>, Option<&String>)> =
            fits.iter().map(|known| (known.party.as_ref(), known.state.as_ref())).collect();
        if let (1, Some(ministry)) = (voices.len(), fits.iter().min_by_key(|known| &known.id)) {
            source.affiliation = Some(ministry.id.clone());
            source.merged_because.push("S5: its office is that of the one such ministry of the case".to_owned());
        }
    }
}
