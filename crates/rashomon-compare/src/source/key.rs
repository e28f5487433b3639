//! When are two names one name? Folding of names to order-free keys.

use rashomon_model::id::PartyId;
use rashomon_model::party::{PartyKind, PartyTable};
use std::collections::BTreeMap;

/// Words that carry no identity in a name.
const EMPTY_WORDS: &[&str] = &["the", "of", "for", "and", "a", "an", "in", "s", "its", "their", "own"];

/// Titles before a personal name.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "professor",
    "sir",
    "lord",
    "lady",
    "gen",
    "general",
    "col",
    "colonel",
    "maj",
    "major",
    "lt",
    "capt",
    "captain",
    "president",
    "minister",
    "secretary",
    "sheikh",
    "imam",
    "ambassador",
    "sen",
    "senator",
    "rep",
    "gov",
];

/// Spellings of one word.
const SPELLINGS: &[(&str, &str)] = &[
    ("defense", "defence"),
    ("center", "centre"),
    ("organization", "organisation"),
    ("labor", "labour"),
    ("centers", "centres"),
    ("organizations", "organisations"),
    ("committee", "committee"),
    ("ministries", "ministry"),
];

/// Lower case, without accents on Latin letters, apostrophes or points.
#[must_use]
pub fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | '.' | '`'))
        .map(unaccented)
        .collect()
}

/// The base letter of an accented Latin letter; other letters as they are.
fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ŭ' | 'ů' | 'ű' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' | 'ň' => 'n',
        'š' | 'ś' | 'ş' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ý' | 'ÿ' => 'y',
        'ḥ' => 'h',
        'ṭ' => 't',
        other => other,
    }
}

/// Whether the word is a title of a person.
#[must_use]
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&fold(word).as_str())
}

/// Folds names with the party table at hand, so that "Vardan", "Varda's" and "of Varda" are one word.
pub struct Folder {
    /// Folded words of a state's name, alias, demonym or metonym → its id; longest sequences first when matched.
    states: BTreeMap<Vec<String>, String>,
    /// Folded names of every party → id.
    names: BTreeMap<Vec<String>, Vec<PartyId>>,
}

impl Folder {
    /// Reads the table.
    #[must_use]
    pub fn new(parties: &PartyTable) -> Self {
        let mut states = BTreeMap::new();
        let mut names: BTreeMap<Vec<String>, Vec<PartyId>> = BTreeMap::new();
        for party in &parties.parties {
            for name in std::iter::once(&party.name).chain(&party.aliases) {
                names.entry(words(name)).or_default().push(party.id.clone());
            }
            if party.kind == PartyKind::State {
                for name in std::iter::once(&party.name).chain(&party.aliases).chain(&party.demonyms) {
                    states.insert(words(name), party.id.as_str().to_owned());
                }
            }
        }
        Self { states, names }
    }

    /// The key: sorted, unique words, states replaced by their ids, empty words and titles dropped.
    #[must_use]
    pub fn key(&self, name: &str) -> String {
        let words = words(name);
        let mut kept: Vec<String> = Vec::new();
        let mut rest = words.as_slice();
        while let Some((first, tail)) = rest.split_first() {
            let longest = (1..=rest.len().min(5))
                .rev()
                .find_map(|n| rest.get(..n).and_then(|head| self.states.get(head)).map(|id| (n, id)));
            if let Some((n, id)) = longest {
                kept.push(id.clone());
                rest = rest.get(n..).unwrap_or_default();
                continue;
            }
            if !EMPTY_WORDS.contains(&first.as_str()) && !TITLES.contains(&first.as_str()) {
                kept.push(stem(first));
            }
            rest = tail;
        }
        kept.sort();
        kept.dedup();
        kept.join(" ")
    }

    /// Whether the words are a name of exactly this party (rather than of one of its bodies or members).
    #[must_use]
    pub fn is_party_name(&self, name: &str, party: &PartyId) -> bool {
        let words = words(name);
        let bare = words.iter().skip_while(|w| *w == "the").cloned().collect::<Vec<_>>();
        [words, bare].iter().any(|form| self.names.get(form).is_some_and(|ids| ids.contains(party)))
    }
}

/// Folded words of a name, possessive endings cut, spellings unified.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‑' | ',' | '(' | ')' | '"' | '/'))
        .filter(|word| !word.is_empty())
        .map(|word| {
            let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            fold(bare.trim_end_matches(['\'', '’']))
        })
        .filter(|word| !word.is_empty())
        .map(|word| SPELLINGS.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| (*to).to_owned()))
        .collect()
}

/// Cuts the adjective ending of an unknown state or town so that "Vardan" and "Varda" meet; longer words only.
fn stem(word: &str) -> String {
    if word.len() > 5 && word.ends_with("an") && word.is_ascii() {
        let cut = word.trim_end_matches('n');
        return cut.trim_end_matches("ia").trim_end_matches('a').to_owned();
    }
    if word.len() > 4 && word.ends_with('a') && word.is_ascii() {
        return word.trim_end_matches('a').trim_end_matches('i').to_owned();
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_names() {
        let folder = Folder::new(&PartyTable::default());
        assert_eq!(folder.key("Ministry of Defence of Varda"), folder.key("Varda's Defense Ministry"));
        assert_ne!(folder.key("Foreign Ministry of Varda"), folder.key("Defence Ministry of Varda"));
        assert_eq!(fold("Hašim"), "hasim");
    }
}
