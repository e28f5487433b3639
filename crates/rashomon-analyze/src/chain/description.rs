//! What do the words for a speaker say of it? Name, role, body, number, gender, whether named at all.
//!
//! Example: `U.S. State Department spokesman Lom Asker` is the person `Lom Asker`, role `spokesman`, of `U.S. State Department`;
//! `an unnamed military official` is nobody named.

use super::roles::{Gender, Roles};
use rashomon_model::source::SourceKind;
use std::collections::BTreeSet;

/// A speaker as described at one place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Description {
    /// The words, without opening article.
    pub(super) text: String,
    /// "he", "they" …, lower case.
    pub(super) pronoun: Option<String>,
    /// Name of a person, or of a body; `None` where only described.
    pub(super) name: Option<String>,
    /// Whether a person (or persons).
    pub(super) person: bool,
    /// Singular of the word that says what it is ("minister", "ministry").
    pub(super) head: Option<String>,
    /// All role words, singular, apposition included.
    pub(super) roles: BTreeSet<String>,
    /// Whom it belongs to ("the council", "Orvia").
    pub(super) owner: Option<String>,
    /// Kind as far as the words show.
    pub(super) kind: SourceKind,
    pub(super) definite: bool,
    pub(super) plural: bool,
    /// Not named and not meant to be: "a doctor", "officials", "an unnamed officer".
    pub(super) anonymous: bool,
    pub(super) gender: Option<Gender>,
    /// Role in the words of the text ("head of the council").
    pub(super) described_as: Option<String>,
    /// Nothing but article and role: "the ministry", "the official".
    pub(super) bare: bool,
    /// The whole phrase.
    pub(super) context: String,
}

/// Words that open a description and say whether it is definite.
const DEFINITE: &[&str] = &["the", "this", "that", "these", "those"];
const INDEFINITE: &[&str] = &[
    "a", "an", "one", "some", "several", "many", "two", "three", "four", "five", "six", "another", "other", "most",
    "few", "both", "any", "dozens", "hundreds", "various", "numerous", "certain", "all", "senior",
];
const LINKS: &[&str] = &["of", "for", "from", "with", "at", "in", "near", "on", "to", "by", "inside", "based"];
const PARTICLES: &[&str] =
    &["al", "el", "bin", "ibn", "ben", "de", "da", "di", "van", "von", "der", "den", "la", "le", "abu", "dos", "del"];
/// Words after "Secretary of", "chief of" and the like that belong to the title.
const TITLE_WORDS: &[&str] =
    &["state", "staff", "defence", "defense", "war", "homeland", "treasury", "foreign", "government"];

/// Reads a phrase.
pub(super) fn read(phrase: &str) -> Description {
    let roles = Roles::get();
    let lower = phrase.to_lowercase();
    let mut main = cut(
        phrase,
        &[
            ", quoted by",
            " quoted by",
            ", cited by",
            " – who ",
            " - who ",
            " — who ",
            ", who ",
            " who ",
            ", which ",
            " that ",
            ", whose ",
            " speaking ",
            ", speaking",
            ", using ",
        ],
    );
    let mut segments: Vec<&str> = Vec::new();
    while let Some((at, len)) =
        [",", " – ", " — ", " - ", " ("].iter().filter_map(|mark| main.find(mark).map(|at| (at, mark.len()))).min()
    {
        segments.push(main.get(..at).unwrap_or("").trim());
        main = main.get(at + len..).unwrap_or("").trim_end_matches(')');
    }
    segments.push(main.trim());
    segments.retain(|segment| !segment.is_empty());
    let first = segments.first().copied().unwrap_or(phrase);
    let mut read = core(first);
    for apposition in segments.iter().skip(1) {
        let other = core(apposition);
        if read.name.is_none() && other.name.is_some() && other.person && other.head.is_none() {
            // "the president's spokesman, Lom Asker"
            read.name = other.name;
            read.described_as = Some(read.text.clone());
            read.person = true;
            read.kind = SourceKind::Person;
            read.anonymous = false;
            read.bare = false;
            continue;
        }
        if read.name.is_some() {
            read.roles.extend(other.roles);
            if read.described_as.is_none() && other.head.is_some() {
                read.described_as = Some((*apposition).to_owned());
                if read.person && !other.person && other.kind != SourceKind::Unnamed {
                    // "Anvil Watch, a monitoring group": a name the apposition shows to be a body
                    read.person = false;
                    read.kind = other.kind;
                } else if !read.person {
                    read.kind = if matches!(read.kind, SourceKind::Organisation) && !other.person {
                        other.kind
                    } else {
                        read.kind
                    };
                }
                read.gender = read.gender.or(other.gender);
                if read.owner.is_none() && read.person {
                    read.owner = other.owner.or_else(|| other.name.filter(|_| !other.person));
                }
            }
        }
    }
    if lower.split(|c: char| !c.is_alphanumeric()).any(|word| roles.unnamed(word)) || lower.contains("anonymity") {
        read.anonymous = true;
    }
    phrase.clone_into(&mut read.context);
    read
}

/// The phrase up to the first of the marks.
fn cut<'a>(phrase: &'a str, marks: &[&str]) -> &'a str {
    let end = marks.iter().filter_map(|mark| phrase.find(mark)).filter(|&at| at > 0).min().unwrap_or(phrase.len());
    phrase.get(..end).unwrap_or(phrase)
}

fn is_capital(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

fn bare_word(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
}

fn lower(word: &str) -> String {
    bare_word(word).to_lowercase().replace('’', "'")
}

/// One segment without appositions.
fn core(segment: &str) -> Description {
    let roles = Roles::get();
    let all: Vec<&str> = segment.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    let mut words = all.as_slice();
    let (mut definite, mut indefinite) = (false, false);
    while let Some((first, rest)) = words.split_first() {
        let low = lower(first);
        if rest.is_empty() {
            break;
        }
        if DEFINITE.contains(&low.as_str()) {
            definite = true;
        } else if INDEFINITE.contains(&low.as_str()) {
            indefinite = true;
        } else if low == "of" && words.len() < all.len() {
            // "dozens of letters": what there are dozens of
        } else {
            break;
        }
        words = rest;
    }
    let mut read = Description {
        text: words.join(" "),
        pronoun: None,
        name: None,
        person: false,
        head: None,
        roles: BTreeSet::new(),
        owner: None,
        kind: SourceKind::Unnamed,
        definite,
        plural: false,
        anonymous: false,
        gender: None,
        described_as: None,
        bare: false,
        context: String::new(),
    };
    if let [only] = words {
        let low = lower(only);
        if matches!(
            low.as_str(),
            "he" | "she"
                | "it"
                | "they"
                | "we"
                | "i"
                | "you"
                | "who"
                | "which"
                | "his"
                | "her"
                | "its"
                | "their"
                | "our"
                | "my"
                | "him"
                | "them"
                | "us"
                | "me"
        ) {
            read.pronoun = Some(low);
            return read;
        }
    }
    // "Orvia's defence ministry": the owner before the thing
    let possessive =
        words.iter().rposition(|w| w.ends_with("'s") || w.ends_with("’s") || w.ends_with("s'") || w.ends_with("s’"));
    let possessive = possessive.filter(|&at| !words.iter().take(at).any(|w| LINKS.contains(&lower(w).as_str())));
    if let Some(at) = possessive
        && at + 1 < words.len()
    {
        let owner = words.get(..=at).unwrap_or_default().join(" ");
        let owner = owner.trim_end_matches(['s', '\'', '’']).to_owned();
        let owner =
            if owner.ends_with(char::is_alphanumeric) { owner } else { words.get(..=at).unwrap_or_default().join(" ") };
        read.owner = Some(strip_possessive(words.get(..=at).unwrap_or_default(), owner));
        words = words.get(at + 1..).unwrap_or_default();
    } else if possessive.is_some() && words.len() == possessive.map_or(0, |at| at + 1) {
        // the phrase itself is a possessive: "Moscow's"
        let joined = words.join(" ");
        return core_of_possessive(&joined, read);
    }
    let run = words.iter().rev().take_while(|w| is_capital(w) || PARTICLES.contains(&lower(w).as_str())).count();
    let tail = words.get(words.len() - run..).unwrap_or_default();
    let before = words.get(..words.len() - run).unwrap_or_default();
    let linked =
        before.last().is_some_and(|w| LINKS.contains(&lower(w).as_str()) || matches!(lower(w).as_str(), "the" | "and"));
    read.collect_roles(words);
    let after_title = tail.iter().rposition(|w| {
        let low = lower(w);
        roles.role(&low).is_some_and(|r| r.person) || roles.honorific(&low).is_some()
    });
    let body_word = |list: &[&str]| list.iter().any(|w| roles.role(&lower(w)).is_some_and(|r| !r.person));
    let gender = words.iter().find_map(|w| roles.honorific(&lower(w)).flatten());
    if run > 0 {
        let mut name: &[&str] = tail;
        if let Some(at) = after_title {
            name = tail.get(at + 1..).unwrap_or_default();
        }
        let title_link =
            linked && name.len() >= 2 && name.first().is_some_and(|w| TITLE_WORDS.contains(&lower(w).as_str()));
        if title_link {
            name = name.get(1..).unwrap_or_default();
        }
        if name.first().is_some_and(|w| lower(w) == "of") {
            name = name.get(2..).unwrap_or_default();
        }
        let role_before = before.iter().any(|w| roles.role(&lower(w)).is_some_and(|r| r.person));
        let is_person = !name.is_empty()
            && (!linked || title_link)
            && !body_word(name)
            && (after_title.is_some()
                || role_before
                || gender.is_some()
                || (before.is_empty()
                    && !definite
                    && !indefinite
                    && name.len() >= 2
                    && name.len() <= 4
                    && !all_capitals(name)));
        if is_person {
            read.person = true;
            read.kind = SourceKind::Person;
            read.name = Some(name.join(" ").trim_end_matches('.').to_owned());
            read.gender = read.gender.or(gender);
            let described = words.get(..words.len() - name.len()).unwrap_or_default();
            let titled: Vec<&str> =
                described.iter().copied().filter(|w| roles.honorific(&lower(w)).is_none()).collect();
            if !titled.is_empty() {
                read.described_as = Some(titled.join(" "));
                if read.owner.is_none() {
                    read.owner = owner_of(described);
                }
            }
            return read;
        }
    }
    // "Ada Bren of the council": a name before a link
    let link = words.iter().position(|w| LINKS.contains(&lower(w).as_str())).filter(|&at| at > 0);
    if let Some(at) = link {
        let head = words.get(..at).unwrap_or_default();
        let rest = words.get(at + 1..).unwrap_or_default();
        let titled = head.iter().rposition(|w| roles.role(&lower(w)).is_some() || roles.honorific(&lower(w)).is_some());
        let name = head.get(titled.map_or(0, |t| t + 1)..).unwrap_or_default();
        let plain = name.len() >= 2 || (titled.is_some() && !name.is_empty());
        if plain
            && name.iter().all(|w| is_capital(w))
            && !body_word(name)
            && !definite
            && !all_capitals(name)
            && name.len() <= 4
        {
            read.person = true;
            read.kind = SourceKind::Person;
            read.name = Some(name.join(" "));
            read.owner = read.owner.or_else(|| Some(without_article(rest)));
            read.described_as = titled.map(|t| head.get(..=t).unwrap_or_default().join(" "));
            return read;
        }
    }
    // a body or a description
    let head_end = link.unwrap_or(words.len());
    let head_word = words.get(..head_end).unwrap_or_default().last().map(|w| lower(w)).unwrap_or_default();
    let head_part = words.get(..head_end).unwrap_or_default();
    let role = roles
        .role(&head_word)
        // "footage taken from": the noun before the participle
        .or_else(|| {
            head_part
                .iter()
                .rev()
                .skip(1)
                .filter(|_| head_word.ends_with("ed") || head_word.ends_with("en"))
                .find_map(|w| roles.role(&lower(w)))
        });
    if let Some(role) = role {
        read.kind = role.kind;
        read.person = role.person;
        read.plural = role.plural;
        read.gender = role.gender;
        read.head = Some(role.base.clone());
    }
    // "in", "at", "near" say where, not whose
    let whose = |at: &usize| {
        !words.get(*at).is_some_and(|w| matches!(lower(w).as_str(), "in" | "at" | "near" | "inside" | "on" | "based"))
    };
    let link_words = link.filter(whose).map(|at| words.get(at + 1..).unwrap_or_default());
    if let Some(rest) = link_words
        && read.owner.is_none()
    {
        read.owner = Some(without_article(rest)).filter(|o| !o.is_empty());
    }
    let located = link.is_some() && link.filter(whose).is_none();
    let modified = located || words.get(..head_end.saturating_sub(1)).is_some_and(|m| !m.is_empty());
    read.bare = !modified && read.owner.is_none() && role.is_some();
    let capitals =
        words.iter().any(|w| is_capital(w)) || read.owner.as_deref().is_some_and(|o| o.split(' ').any(is_capital));
    if read.person {
        if read.kind == SourceKind::Person && (!definite || read.plural) {
            read.kind = SourceKind::Unnamed;
        }
        read.anonymous = !definite && read.owner.as_deref().is_none_or(|_| indefinite || read.plural) || read.plural;
        read.described_as = Some(read.text.clone());
        if read.owner.is_none() {
            read.owner = owner_of(words.get(..head_end).unwrap_or_default());
        }
    } else if role.is_some() {
        if read.kind == SourceKind::Document {
            read.described_as = Some(read.text.clone());
        } else if capitals || modified {
            read.name = Some(read.text.clone());
        }
        // "Western news agencies", "rights groups": several bodies, none named
        if read.plural
            && !words.iter().any(|w| is_capital(w) && w.chars().filter(|c| c.is_uppercase()).count() > 1)
            && matches!(
                read.kind,
                SourceKind::Media
                    | SourceKind::Ngo
                    | SourceKind::Organisation
                    | SourceKind::Monitor
                    | SourceKind::ArmedGroup
            )
            && !definite
        {
            read.anonymous = true;
            read.name = None;
            read.described_as = Some(read.text.clone());
        }
        if indefinite && read.kind != SourceKind::Document {
            read.anonymous = true;
        }
    } else if run > 0 && !indefinite {
        let body = body_word(words);
        read.name = Some(read.text.clone());
        read.person = !definite && !body && !all_capitals(words) && words.len() == 1 && link.is_none();
        read.kind = if read.person { SourceKind::Person } else { SourceKind::Organisation };
        if let Some(kind) = words.iter().rev().find_map(|w| roles.role(&lower(w)).filter(|r| !r.person).map(|r| r.kind))
        {
            read.kind = kind;
        }
    } else {
        read.anonymous = !definite;
        read.described_as = Some(read.text.clone());
    }
    read
}

/// "Moscow's" alone.
fn core_of_possessive(joined: &str, mut read: Description) -> Description {
    let stripped = joined.trim_end_matches('s').trim_end_matches(['\'', '’']).to_owned();
    let definite = read.definite;
    if stripped.len() < joined.len() {
        read = core(&stripped);
        read.definite = definite;
    }
    read
}

/// The owner without its possessive ending.
fn strip_possessive(words: &[&str], fallback: String) -> String {
    let joined = words.join(" ");
    for end in ["'s", "’s"] {
        if let Some(stem) = joined.strip_suffix(end) {
            return stem.to_owned();
        }
    }
    for end in ["'", "’"] {
        if let Some(stem) = joined.strip_suffix(end) {
            return stem.to_owned();
        }
    }
    fallback
}

/// The words joined, an opening article left out.
fn without_article(words: &[&str]) -> String {
    let from = usize::from(
        words.first().is_some_and(|w| DEFINITE.contains(&lower(w).as_str()) || INDEFINITE.contains(&lower(w).as_str())),
    );
    words.get(from..).unwrap_or_default().join(" ")
}

/// The body or state named before a role: "Kremlin chief of staff", "U.S. State Department spokesman".
fn owner_of(described: &[&str]) -> Option<String> {
    let roles = Roles::get();
    let link = described.iter().position(|w| matches!(lower(w).as_str(), "of" | "for" | "from" | "with" | "at"));
    if let Some(at) = link
        && described.get(at + 1).is_some_and(|w| !TITLE_WORDS.contains(&lower(w).as_str()))
    {
        return Some(without_article(described.get(at + 1..).unwrap_or_default())).filter(|o| !o.is_empty());
    }
    let capitals: Vec<&str> = described
        .iter()
        .copied()
        .take_while(|w| is_capital(w) && roles.role(&lower(w)).is_none_or(|r| !r.person))
        .collect();
    (!capitals.is_empty()).then(|| capitals.join(" "))
}

fn all_capitals(words: &[&str]) -> bool {
    words.iter().all(|w| {
        let letters: Vec<char> = w.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() > 1 && letters.iter().all(|c| c.is_uppercase())
    })
}

impl Description {
    /// Notes all role words.
    fn collect_roles(&mut self, words: &[&str]) {
        let roles = Roles::get();
        for word in words {
            let low = lower(word);
            if let Some(role) = roles.role(&low) {
                self.roles.insert(role.base.clone());
                self.gender = self.gender.or(role.gender);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, name: Option<&str>, kind: SourceKind, owner: Option<&str>, anonymous: bool) {
        let read = read(phrase);
        assert_eq!(
            (read.name.as_deref(), read.kind, read.owner.as_deref(), read.anonymous),
            (name, kind, owner, anonymous),
            "{phrase}: {read:?}"
        );
    }

    #[test]
    fn reads_descriptions() {
        use SourceKind::{Document, Eyewitness, Government, Media, Military, Organisation, Person};
        check("Ada Bren, head of the Varda council,", Some("Ada Bren"), Person, Some("Varda council"), false);
        check("Orvian Secretary of State Lom Asker", Some("Lom Asker"), Person, Some("Orvian"), false);
        check(
            "U.S. State Department spokesman Lom Asker",
            Some("Lom Asker"),
            Person,
            Some("U.S. State Department"),
            false,
        );
        check("Mr Asker – who admits it –", Some("Asker"), Person, None, false);
        check(
            "President Oru Tass's spokesman, Lom Asker",
            Some("Lom Asker"),
            Person,
            Some("President Oru Tass"),
            false,
        );
        check("Lia Moor of the Institute for Peace", Some("Lia Moor"), Person, Some("Institute for Peace"), false);
        check("Orvia's Defence Ministry", Some("Orvia's Defence Ministry"), Government, Some("Orvia"), false);
        check("The ministry", None, Government, None, false);
        check("an unnamed military official", None, Government, None, true);
        assert_eq!(read("Dozens of letters").text, "letters");
        assert_eq!(read("some of the letters").text, "letters");
        check("two residents of Kesh", None, Eyewitness, Some("Kesh"), true);
        check("State television", Some("State television"), Media, None, false);
        check("the Northern Relief Council", Some("Northern Relief Council"), Organisation, None, false);
        check("A video", None, Document, None, false);
        check("the Orvian army", Some("Orvian army"), Military, None, false);
    }
}
