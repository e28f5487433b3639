//! What does one stretch of words, without appositions, say of a speaker?
//!
//! In order: a pronoun; a name behind a title ("Secretary of State Lom Asker"); a name before a link ("Ada Bren of the council"); else
//! a body or a description, by its head word.

use super::Description;
use super::owner::{of_possessive, owner_of, possessive, without_article};
use super::words::{all_capitals, is_capital, lower, naming};
use crate::chain::roles::{Role, Roles};
use rashomon_model::source::SourceKind;
use std::collections::BTreeSet;

/// The words behind articles, numbers and possessives, with what was found in them.
struct Words<'a> {
    all: &'a [&'a str],
    /// How many of the last words have capitals or stand inside a name.
    run: usize,
    /// The first word that links what somebody is to whom he belongs.
    link: Option<usize>,
    definite: bool,
    indefinite: bool,
}

/// Reads one stretch.
pub(super) fn segment(segment: &str) -> Description {
    let all: Vec<&str> = segment.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    let (mut words, definite, indefinite) = opened(&all);
    let mut read = Description::of(words.join(" "), definite);
    if let [only] = words {
        let low = lower(only);
        if naming().pronouns.contains(&low) {
            read.pronoun = Some(low);
            return read;
        }
    }
    if let Some(at) = possessive(words) {
        let (owner, rest) = words.split_at(at + 1);
        if rest.is_empty() {
            // the phrase itself is a possessive: "Moscow's"
            return alone(&words.join(" "), read);
        }
        read.owner = Some(of_possessive(owner));
        words = rest;
    }
    read.collect_roles(words);
    let run = words.iter().rev().take_while(|w| is_capital(w) || naming().particles.contains(&lower(w))).count();
    let link = words.iter().position(|w| naming().links.contains(&lower(w))).filter(|&at| at > 0);
    let words = Words { all: words, run, link, definite, indefinite };
    if !titled(&words, &mut read) && !before_link(&words, &mut read) {
        described(&words, &mut read);
    }
    read
}

/// The words behind the articles and numbers that open them, and whether these make the phrase definite or indefinite.
fn opened<'a>(all: &'a [&'a str]) -> (&'a [&'a str], bool, bool) {
    let mut words = all;
    let (mut definite, mut indefinite) = (false, false);
    while let Some((first, rest)) = words.split_first().filter(|(_, rest)| !rest.is_empty()) {
        let low = lower(first);
        if naming().definite.contains(&low) {
            definite = true;
        } else if naming().indefinite.contains(&low) {
            indefinite = true;
        } else if !(low == "of" && words.len() < all.len()) {
            // but "dozens of letters": what there are dozens of
            break;
        }
        words = rest;
    }
    (words, definite, indefinite)
}

/// "Moscow's" alone.
fn alone(joined: &str, read: Description) -> Description {
    let stripped = joined.trim_end_matches('s').trim_end_matches(['\'', '’']);
    if stripped.len() < joined.len() { Description { definite: read.definite, ..segment(stripped) } } else { read }
}

/// Whether any of the words is one for a body.
fn names_body(words: &[&str]) -> bool {
    words.iter().any(|w| Roles::get().role(&lower(w)).is_some_and(|r| !r.person))
}

/// A person named at the end, behind a title or by a name alone: "Mr Asker", "Kremlin spokesman Lom Asker", "Ada Bren".
fn titled(words: &Words<'_>, read: &mut Description) -> bool {
    let roles = Roles::get();
    let (before, mut name) = words.all.split_at(words.all.len() - words.run);
    let linked =
        before.last().is_some_and(|w| naming().links.contains(&lower(w)) || matches!(lower(w).as_str(), "the" | "and"));
    let title = name.iter().rposition(|w| {
        let low = lower(w);
        roles.role(&low).is_some_and(|r| r.person) || roles.honorific(&low).is_some()
    });
    name = name.get(title.map_or(0, |at| at + 1)..).unwrap_or_default();
    let title_link =
        linked && name.len() >= 2 && name.first().is_some_and(|w| naming().title_words.contains(&lower(w)));
    if title_link {
        name = name.get(1..).unwrap_or_default();
    }
    if name.first().is_some_and(|w| lower(w) == "of") {
        name = name.get(2..).unwrap_or_default();
    }
    let gender = words.all.iter().find_map(|w| roles.honorific(&lower(w)).flatten());
    let role_before = before.iter().any(|w| roles.role(&lower(w)).is_some_and(|r| r.person));
    let name_alone = before.is_empty()
        && !words.definite
        && !words.indefinite
        && (2..=4).contains(&name.len())
        && !all_capitals(name);
    let person = !name.is_empty()
        && (!linked || title_link)
        && !names_body(name)
        && (title.is_some() || role_before || gender.is_some() || name_alone);
    if !person {
        return false;
    }
    read.person = true;
    read.kind = SourceKind::Person;
    read.name = Some(name.join(" ").trim_end_matches('.').to_owned());
    read.gender = read.gender.or(gender);
    let described = words.all.get(..words.all.len() - name.len()).unwrap_or_default();
    let title: Vec<&str> = described.iter().copied().filter(|w| roles.honorific(&lower(w)).is_none()).collect();
    if !title.is_empty() {
        read.described_as = Some(title.join(" "));
        if read.owner.is_none() {
            read.owner = owner_of(described);
        }
    }
    true
}

/// "Ada Bren of the council": a name before a link.
fn before_link(words: &Words<'_>, read: &mut Description) -> bool {
    let roles = Roles::get();
    let Some(at) = words.link else { return false };
    let (head, rest) = words.all.split_at(at);
    let titled = head.iter().rposition(|w| roles.role(&lower(w)).is_some() || roles.honorific(&lower(w)).is_some());
    let name = head.get(titled.map_or(0, |t| t + 1)..).unwrap_or_default();
    let plain = name.len() >= 2 || (titled.is_some() && !name.is_empty());
    if !plain
        || words.definite
        || name.len() > 4
        || !name.iter().all(|w| is_capital(w))
        || names_body(name)
        || all_capitals(name)
    {
        return false;
    }
    read.person = true;
    read.kind = SourceKind::Person;
    read.name = Some(name.join(" "));
    read.owner = read.owner.take().or_else(|| Some(without_article(rest.get(1..).unwrap_or_default())));
    read.described_as = titled.map(|t| head.get(..=t).unwrap_or_default().join(" "));
    true
}

/// A body, or somebody described.
fn described(words: &Words<'_>, read: &mut Description) {
    let head = words.all.get(..words.link.unwrap_or(words.all.len())).unwrap_or_default();
    let role = head_role(head);
    if let Some(role) = role {
        read.kind = role.kind;
        read.person = role.person;
        read.plural = role.plural;
        read.gender = role.gender;
        read.head = Some(role.base.clone());
    }
    // "in", "at", "near" say where, not whose
    let located = words
        .link
        .and_then(|at| words.all.get(at))
        .is_some_and(|w| matches!(lower(w).as_str(), "in" | "at" | "near" | "inside" | "on" | "based"));
    if let Some(at) = words.link.filter(|_| !located && read.owner.is_none()) {
        read.owner = Some(without_article(words.all.get(at + 1..).unwrap_or_default())).filter(|o| !o.is_empty());
    }
    let modified = located || head.len() > 1;
    read.bare = !modified && read.owner.is_none() && role.is_some();
    if read.person {
        person_described(words, head, read);
    } else if role.is_some() {
        body_by_role(words, modified, read);
    } else if words.run > 0 && !words.indefinite {
        by_name_alone(words, read);
    } else {
        read.anonymous = !words.definite;
        read.described_as = Some(read.text.clone());
    }
}

/// The role that the head word names; of a participle ("footage taken from") the noun before it.
fn head_role(head: &[&str]) -> Option<&'static Role> {
    let roles = Roles::get();
    let (last, before) = head.split_last()?;
    let last = lower(last);
    roles.role(&last).or_else(|| {
        let participle = last.ends_with("ed") || last.ends_with("en");
        before.iter().rev().filter(|_| participle).find_map(|w| roles.role(&lower(w)))
    })
}

/// "the head of the council", "two residents".
fn person_described(words: &Words<'_>, head: &[&str], read: &mut Description) {
    if read.kind == SourceKind::Person && (!words.definite || read.plural) {
        read.kind = SourceKind::Unnamed;
    }
    read.anonymous = read.plural || !words.definite && (read.owner.is_none() || words.indefinite);
    read.described_as = Some(read.text.clone());
    if read.owner.is_none() {
        read.owner = owner_of(head);
    }
}

/// "the Orvian army", "a video", "rights groups".
fn body_by_role(words: &Words<'_>, modified: bool, read: &mut Description) {
    let capitals =
        words.all.iter().any(|w| is_capital(w)) || read.owner.as_deref().is_some_and(|o| o.split(' ').any(is_capital));
    if read.kind == SourceKind::Document {
        read.described_as = Some(read.text.clone());
    } else if capitals || modified {
        read.name = Some(read.text.clone());
    }
    // "Western news agencies", "rights groups": several bodies, none named
    let acronym = |w: &&str| is_capital(w) && w.chars().filter(|c| c.is_uppercase()).count() > 1;
    let several = matches!(
        read.kind,
        SourceKind::Media | SourceKind::Ngo | SourceKind::Organisation | SourceKind::Monitor | SourceKind::ArmedGroup
    );
    if read.plural && several && !words.definite && !words.all.iter().any(acronym) {
        read.anonymous = true;
        read.name = None;
        read.described_as = Some(read.text.clone());
    }
    if words.indefinite && read.kind != SourceKind::Document {
        read.anonymous = true;
    }
}

/// "Asker", "the Northern Relief Council": capitals alone.
fn by_name_alone(words: &Words<'_>, read: &mut Description) {
    let roles = Roles::get();
    read.name = Some(read.text.clone());
    read.person = !words.definite
        && !names_body(words.all)
        && !all_capitals(words.all)
        && words.all.len() == 1
        && words.link.is_none();
    let body = words.all.iter().rev().find_map(|w| roles.role(&lower(w)).filter(|r| !r.person).map(|r| r.kind));
    read.kind = body.unwrap_or(if read.person { SourceKind::Person } else { SourceKind::Organisation });
}

impl Description {
    /// Of nothing but its words.
    fn of(text: String, definite: bool) -> Self {
        Self {
            text,
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
        }
    }

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
