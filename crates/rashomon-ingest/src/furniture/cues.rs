//! Which words give the page away? The lists of `data/furniture.toml`, ready for look-up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
struct Raw {
    label: Vec<RawLabel>,
    closing: Vec<RawClosing>,
    opener: Vec<RawOpener>,
    prompt: RawPrompt,
    publisher: RawPublisher,
    disclaimer: RawDisclaimer,
    names: RawNames,
    closing_like: RawClosingLike,
}
#[derive(Deserialize)]
struct RawLabel {
    kind: String,
    lines: Vec<String>,
}
#[derive(Deserialize)]
struct RawClosing {
    lines: Vec<String>,
}
#[derive(Deserialize)]
struct RawOpener {
    kind: String,
    starts: Vec<String>,
}
#[derive(Deserialize)]
struct RawPrompt {
    imperatives: BTreeSet<String>,
    interface: Vec<String>,
    reporting: BTreeSet<String>,
}
#[derive(Deserialize)]
struct RawClosingLike {
    first: BTreeSet<String>,
    last: BTreeSet<String>,
    doubtful: BTreeSet<String>,
}
#[derive(Deserialize)]
struct RawDisclaimer {
    phrases: Vec<String>,
}
#[derive(Deserialize)]
struct RawNames {
    labels: BTreeSet<String>,
}
#[derive(Deserialize)]
struct RawPublisher {
    safe: Vec<String>,
}

/// The cues, ready for look-up.
pub(super) struct Cues {
    pub(super) labels: BTreeMap<String, String>,
    pub(super) closing: BTreeSet<String>,
    /// Labels of pointers that are people's names too.
    pub(super) names: BTreeSet<String>,
    /// Sorted by phrase; looked up by the first word.
    pub(super) openers: BTreeMap<String, Vec<(String, String)>>,
    pub(super) imperatives: BTreeSet<String>,
    pub(super) interface: BTreeSet<String>,
    pub(super) interface_phrases: Vec<String>,
    pub(super) reporting: BTreeSet<String>,
    pub(super) publisher: Vec<String>,
    pub(super) disclaimers: Vec<String>,
    pub(super) closing_first: BTreeSet<String>,
    pub(super) closing_last: BTreeSet<String>,
    pub(super) closing_doubtful: BTreeSet<String>,
}

pub(super) static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let raw: Option<Raw> = toml::from_str(include_str!("../../data/furniture.toml")).ok();
    let mut cues = Cues {
        labels: Default::default(),
        closing: BTreeSet::new(),
        names: BTreeSet::new(),
        openers: Default::default(),
        imperatives: BTreeSet::new(),
        interface: BTreeSet::new(),
        interface_phrases: Vec::new(),
        reporting: BTreeSet::new(),
        publisher: Vec::new(),
        disclaimers: Vec::new(),
        closing_first: BTreeSet::new(),
        closing_last: BTreeSet::new(),
        closing_doubtful: BTreeSet::new(),
    };
    let Some(raw) = raw else { return cues };
    for label in raw.label {
        for line in label.lines {
            cues.labels.insert(line.replace('’', "'"), label.kind.clone());
        }
    }
    cues.closing = raw.closing.into_iter().flat_map(|c| c.lines).map(|l| l.replace('’', "'")).collect();
    for opener in raw.opener {
        for start in opener.starts {
            let start = start.replace('’', "'");
            let first = first_word(&start).to_owned();
            cues.openers.entry(first).or_default().push((start, opener.kind.clone()));
        }
    }
    cues.imperatives = raw.prompt.imperatives;
    for word in raw.prompt.interface {
        if word.contains([' ', '-']) {
            cues.interface_phrases.push(word)
        } else {
            cues.interface.insert(word);
        }
    }
    cues.reporting = raw.prompt.reporting;
    cues.publisher = raw.publisher.safe;
    cues.names = raw.names.labels;
    cues.disclaimers = raw.disclaimer.phrases;
    cues.closing_first = raw.closing_like.first;
    cues.closing_last = raw.closing_like.last;
    cues.closing_doubtful = raw.closing_like.doubtful;
    cues
});

/// What stands before the first space.
pub(super) fn first_word(line: &str) -> &str {
    line.split(' ').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_read() {
        assert!(toml::from_str::<Raw>(include_str!("../../data/furniture.toml")).is_ok());
        assert!(CUES.labels.len() > 200 && CUES.openers.len() > 40);
    }
}
