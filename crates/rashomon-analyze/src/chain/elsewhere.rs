//! What does the text say elsewhere of a name? The full name of a surname, the words of a short form.

use super::name::initials;
use super::roles::Roles;
use super::speaker::Registry;
use crate::attribution::lexicon::Lexicon;
use rashomon_model::Span;
use rashomon_model::analysis::MentionKind;
use std::collections::BTreeSet;

/// Bytes of text either side in which a name is looked for (several times a long article, set by hand).
const AROUND: u32 = 1 << 15;

impl Registry<'_> {
    /// The text around a place in which a name is looked for: all of an article, and in longer texts as much as one has, so that
    /// the cost stays linear.
    fn near(&self, at: u32) -> Span {
        let text = &self.doc.text;
        let whole = |from: u32| (from..).find(|at| text.is_char_boundary(*at as usize)).unwrap_or(from);
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Span::new(whole(at.saturating_sub(AROUND)), whole(at.saturating_add(AROUND).min(end)))
    }

    /// The one full name of the text that ends in this surname.
    pub(super) fn full_name(&self, surname: &str, at: u32) -> Option<String> {
        let near = self.near(at);
        let text = near.of(&self.doc.text);
        let first = self.mentions.partition_point(|m| m.span.start < near.start);

        let named: BTreeSet<&str> = self
            .mentions
            .iter()
            .skip(first)
            .take_while(|m| m.span.start < near.end)
            .filter(|m| {
                m.kind == MentionKind::Person && m.name.contains(' ') && m.name.rsplit(' ').next() == Some(surname)
            })
            .map(|m| m.name.as_str())
            .collect();
        if named.len() == 1 {
            return named.first().map(|n| (*n).to_owned());
        }
        let roles = Roles::get();
        let mut found: BTreeSet<String> = BTreeSet::new();
        for (at, _) in text.match_indices(surname).take(50) {
            let before = text.get(..at)?.strip_suffix(' ')?.rsplit([' ', '\n', '"', '“']).next()?;
            let low = before.to_lowercase();
            let plain = before.chars().count() > 1
                && before.chars().next().is_some_and(char::is_uppercase)
                && before.chars().all(|c| c.is_alphabetic() || c == '-')
                && roles.role(&low).is_none()
                && roles.honorific(&low).is_none()
                && !Lexicon::get().function.contains(&low);
            if plain {
                found.insert(format!("{before} {surname}"));
            }
        }
        if found.len() == 1 { found.pop_first() } else { None }
    }

    /// The words before "(NRC)" whose initials it is.
    pub(super) fn defined(&self, acronym: &str, at: u32) -> Option<String> {
        let text = self.near(at).of(&self.doc.text);
        let mark = format!("({acronym}");
        let at = text.find(&mark)?;
        let before = text.get(..at)?.trim_end();
        let words: Vec<&str> = before.rsplit(' ').take(acronym.len() + 3).collect();
        (1..=words.len()).find_map(|n| {
            let phrase: Vec<&str> = words.get(..n)?.iter().rev().copied().collect();
            let text = phrase.join(" ");
            (phrase.first()?.chars().next()?.is_uppercase() && initials(&text) == acronym).then_some(text)
        })
    }
}
