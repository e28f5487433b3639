//! When are two names one name? Folding of names to order-free keys.

use rashomon_model::id::PartyId;
use rashomon_model::party::{PartyKind, PartyTable};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The data file, as read; each list is explained there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Officials {
    pub(crate) speak: Vec<String>,
    pub(crate) head: Vec<String>,
    pub(crate) not: Vec<String>,
    describing: Vec<String>,
    titles: BTreeSet<String>,
    empty: BTreeSet<String>,
    of: BTreeSet<String>,
    offices: BTreeSet<String>,
    serving: BTreeSet<String>,
    bodies: BTreeSet<String>,
    spellings: BTreeMap<String, String>,
}

/// The shipped words; none if the embedded file were broken (a test reads it, so it is not).
pub(crate) static OFFICIALS: LazyLock<Officials> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/officials.toml")).unwrap_or_default());

/// A name without the small words before it that say what it is, where two capitals are left: "opposition Hill Council".
fn undescribed(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| !c.is_uppercase());
    let before = name.get(..name.len() - rest.len()).unwrap_or_default();
    let describes = |word: &str| OFFICIALS.describing.iter().any(|known| known == word);
    let capitals = rest.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    let whole = before.is_empty() || before.ends_with(' ');
    if whole && capitals >= 2 && before.split_whitespace().all(|word| word == "the" || describes(word)) {
        rest
    } else {
        name
    }
}

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
    OFFICIALS.titles.contains(&fold(word))
}

/// Whether the name is that of a ministry.
#[must_use]
pub fn is_ministry(name: &str) -> bool {
    words(name).iter().any(|word| word == "ministry")
}

/// The head of a body's name of several words, folded: the last word before "of", "for", … or the end ("Harbour Council" and
/// "Council of Elders" are councils). `None` for a name of one word.
#[must_use]
pub fn head_word(name: &str) -> Option<String> {
    let words = words(name);
    let mut own = words.iter().skip_while(|word| *word == "the");
    let first = own.next()?;
    let rest: Vec<&String> = own.collect();
    let before = rest.iter().take_while(|word| !OFFICIALS.of.contains(word.as_str())).last();
    (!rest.is_empty()).then(|| before.map_or(first, |word| word).clone())
}

/// The word of a name of one word, folded; `None` for other names.
#[must_use]
pub fn only_word(name: &str) -> Option<String> {
    let words = words(name);
    let mut own = words.into_iter().skip_while(|word| word == "the");
    own.next().filter(|_| own.next().is_none())
}

/// Folds names with the party table at hand, so that "Vardan", "Varda's" and "of Varda" are one word.
pub struct Folder {
    /// Folded words of a state's name, alias or demonym → its id; longest sequences first when matched.
    states: BTreeMap<Vec<String>, String>,
    /// Folded seats of government → id of the state.
    seats: BTreeMap<Vec<String>, String>,
    /// Folded names of every party → id.
    names: BTreeMap<Vec<String>, Vec<PartyId>>,
    /// Keys of every party's names → ids.
    keys: BTreeMap<String, Vec<PartyId>>,
}

impl Folder {
    /// Reads the table.
    #[must_use]
    pub fn new(parties: &PartyTable) -> Self {
        let mut states = BTreeMap::new();
        let mut seats = BTreeMap::new();
        let mut names: BTreeMap<Vec<String>, Vec<PartyId>> = BTreeMap::new();
        for party in parties.parties.iter() {
            for name in std::iter::once(&party.name).chain(&party.aliases) {
                names.entry(words(name)).or_default().push(party.id.clone());
            }
            if party.kind == PartyKind::State {
                for name in std::iter::once(&party.name).chain(&party.aliases).chain(&party.demonyms) {
                    states.insert(words(name), party.id.as_str().to_owned());
                }
                seats.extend(party.metonyms.iter().map(|name| (words(name), party.id.as_str().to_owned())));
            }
        }
        let mut folder = Self { states, seats, names, keys: BTreeMap::new() };
        for party in parties.parties.iter() {
            for name in std::iter::once(&party.name).chain(&party.aliases) {
                let key = folder.key(name);
                let ids = folder.keys.entry(key).or_default();
                if !ids.contains(&party.id) {
                    ids.push(party.id.clone());
                }
            }
        }
        folder
    }

    /// The key: sorted, unique words, states replaced by their ids, empty words and titles dropped.
    #[must_use]
    pub fn key(&self, name: &str) -> String {
        let words = words(undescribed(name));
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
            if !OFFICIALS.empty.contains(first) && !OFFICIALS.titles.contains(first) {
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

    /// Whether the words are another way to write a name of exactly this party: "Varda's defence ministry" for "Ministry of
    /// Defence of Varda". Names of one word, or that hold a personal title, are not taken apart.
    #[must_use]
    pub fn is_spelling_of(&self, name: &str, party: &PartyId) -> bool {
        let key = self.key(name);
        key.contains(' ')
            && !words(name).iter().any(|word| OFFICIALS.titles.contains(word))
            && self.keys.get(&key).is_some_and(|ids| ids.as_slice() == std::slice::from_ref(party))
    }

    /// What is left of the name of a state's body without the state, and the state where it is named or its seat of government
    /// is: "Defence Ministry in Pell" is `defence ministry` of the state that sits there. `None` for what is no such body.
    #[must_use]
    pub fn body(&self, name: &str) -> Option<(String, Option<String>)> {
        let key = self.key(name);
        let mut state = None;
        let mut left: Vec<&str> = Vec::new();
        for word in key.split(' ') {
            let seat = self.seats.get([word.to_owned()].as_slice());
            match seat.map(String::as_str).or_else(|| self.states.values().map(String::as_str).find(|id| *id == word)) {
                Some(id) => state = Some(id.to_owned()),
                None => left.push(word),
            }
        }
        left.iter().any(|word| OFFICIALS.bodies.contains(*word)).then(|| (left.join(" "), state))
    }

    /// What an office is of: the words of a ministry's name or of its minister's title without those for the office and the
    /// state, and the state if it is named. `None` for what is no ministry and no minister.
    #[must_use]
    pub fn portfolio(&self, words_of: &str) -> Option<(BTreeSet<String>, Option<String>)> {
        let named = words(words_of);
        if !named.iter().any(|word| OFFICIALS.offices.contains(word)) {
            return None;
        }
        let key = self.key(words_of);
        let is_state = |word: &&str| self.states.values().any(|id| id == word);
        let state = key.split(' ').find(is_state).map(str::to_owned);
        let of: BTreeSet<String> = key
            .split(' ')
            .filter(|word| {
                !is_state(word)
                    && !OFFICIALS.offices.contains(*word)
                    && !OFFICIALS.serving.contains(*word)
                    && !word.is_empty()
            })
            .map(str::to_owned)
            .collect();
        (!of.is_empty()).then_some((of, state))
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
        .map(|word| OFFICIALS.spellings.get(&word).cloned().unwrap_or(word))
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
        // what a body is stands before its name and is no part of it; one word alone may be another's
        assert_eq!(folder.key("opposition Hill Council"), folder.key("the Hill Council"));
        assert_ne!(folder.key("opposition council"), folder.key("council"));
        assert_ne!(folder.key("opposition Council"), folder.key("Council"));
        assert_ne!(folder.key("spokesman of the Hill Council"), folder.key("Hill Council"));
    }
}
