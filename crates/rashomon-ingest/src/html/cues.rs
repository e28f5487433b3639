//! What does a part of the page call itself?

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Cue {
    words: BTreeSet<String>,
    parts: Vec<String>,
    itemprop: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Cues {
    pub(super) comments: Cue,
    pub(super) strong: Cue,
    pub(super) body: Cue,
    pub(super) standfirst: Cue,
    pub(super) byline: Cue,
    pub(super) dated: Cue,
    pub(super) caption: Cue,
}

pub(super) static CUES: LazyLock<Cues> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/page.toml")).unwrap_or_default());

/// The names of an element: class and id, lower case, and their words.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    whole: String,
    words: Vec<String>,
    itemprop: String,
}

impl Names {
    pub(super) fn of(class: &str, id: &str, itemprop: &str) -> Self {
        let both = format!("{class} {id}");
        let mut words = Vec::new();
        let mut word = String::new();
        let mut before = ' ';
        for c in both.chars().chain([' ']) {
            let hump = c.is_uppercase() && before.is_lowercase();
            if (!c.is_alphanumeric() || hump) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            }
            before = c;
        }
        Self { whole: both.to_lowercase(), words, itemprop: itemprop.to_lowercase() }
    }

    /// Whether a cue matches.
    pub(super) fn has(&self, cue: &Cue) -> bool {
        self.words.iter().any(|word| cue.words.contains(word))
            || cue.parts.iter().any(|part| self.whole.contains(part.as_str()))
    }

    /// Whether a whole word of the names is one of the cue's; parts are not looked at.
    pub(super) fn has_word(&self, cue: &Cue) -> bool {
        self.words.iter().any(|word| cue.words.contains(word))
    }

    /// Whether the cue names this part by `itemprop`.
    pub(super) fn has_itemprop(&self, cue: &Cue) -> bool {
        self.itemprop.split_whitespace().any(|prop| cue.itemprop.iter().any(|known| known == prop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split() {
        assert!(toml::from_str::<Cues>(include_str!("../../data/page.toml")).is_ok());
        let names = Names::of("shareBar c-article__body", "Main", "articleBody");
        assert!(names.has(&CUES.strong) && names.has(&CUES.body) && names.has_itemprop(&CUES.body));
        assert!(!Names::of("shareholder-report", "", "").has(&CUES.strong));
    }
}
