//! What do the words for a speaker say of it? Name, role, body, number, gender, whether named at all.
//!
//! Example: `U.S. State Department spokesman Lom Asker` is the person `Lom Asker`, role `spokesman`, of `U.S. State Department`;
//! `an unnamed military official` is nobody named.

mod owner;
mod segment;
mod words;

use super::roles::{Gender, Roles};
use rashomon_model::source::SourceKind;
use segment::segment;
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

/// Reads a phrase.
pub(super) fn read(phrase: &str) -> Description {
    let roles = Roles::get();
    let lower = phrase.to_lowercase();
    let mut main = cut(phrase, &roles.naming.cuts);
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
    let mut read = segment(first);
    for apposition in segments.iter().skip(1) {
        let other = segment(apposition);
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
fn cut<'a>(phrase: &'a str, marks: &[String]) -> &'a str {
    let end =
        marks.iter().filter_map(|mark| phrase.find(mark.as_str())).filter(|&at| at > 0).min().unwrap_or(phrase.len());
    phrase.get(..end).unwrap_or(phrase)
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
