//! What does a short line at the foot credit? "Talen Post and wire services", "With reporting by Talen Radio".

use super::{DATA, LONGEST, agency, named};
use crate::words;

/// What a short line at the foot credits: its agencies, and the outlet it names of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Agencies or collective words ("wire services").
    pub(crate) credits: Vec<String>,
    /// "Source: X", "with reporting by X" …: the kind in words.
    pub(crate) how: &'static str,
    /// The outlet's own name, where the line has one beside the agencies.
    pub(crate) publisher: Option<String>,
}

/// Reads a short line as an agency tag: "Talen Post and wire services", "Reuters, AFP", "— With agencies", "Source: AP".
pub(crate) fn tag(line: &str) -> Option<Tag> {
    if line.len() > LONGEST {
        return None;
    }
    let bare = line
        .trim()
        .trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '(' | ')' | '[' | ']' | '*' | '_' | '.' | ' ' | '/'));
    let n = words::count(bare);
    if bare.is_empty() || n > 25 {
        return None;
    }
    let lower = bare.to_lowercase();
    let phrase = DATA.phrases.iter().filter(|_| lower.len() == bare.len());
    let phrase = phrase.filter_map(|phrase| Some((phrase, lower.find(phrase.as_str())?))).next();
    if let Some((phrase, at)) = phrase.filter(|(phrase, at)| leads(&lower, phrase, *at)) {
        return credited(bare, phrase, at);
    }
    if n > 12 {
        return None;
    }
    // A name in brackets on a line of its own at the foot credits, whoever it is.
    let whole = line.trim();
    if whole.starts_with('(') && whole.ends_with(')') && named(bare) {
        return Some(Tag { credits: vec![bare.to_owned()], how: "agency in brackets", publisher: None });
    }
    listed(bare)
}

/// Whether a phrase of crediting leads a line, rather than stands somewhere in it.
fn leads(lower: &str, phrase: &str, at: usize) -> bool {
    at < 4
        || phrase.starts_with("contributed")
        || ["this ", "the post ", "the article "].iter().any(|begin| lower.starts_with(begin))
}

/// What such a phrase credits: what stands behind it, or before "contributed".
fn credited(line: &str, phrase: &str, at: usize) -> Option<Tag> {
    let name = if phrase.starts_with("contributed") { line.get(..at)? } else { line.get(at + phrase.len()..)? };
    let name = name.trim().trim_matches(|c: char| matches!(c, ':' | ',' | '.' | ' '));
    if name.is_empty() || words::count(name) > 12 || phrase == "copyright" && !name.split(',').any(agency) {
        return None;
    }
    Some(Tag { credits: vec![name.to_owned()], how: "credit line", publisher: None })
}

/// A list of agencies, and at most one other name: the outlet's own.
fn listed(line: &str) -> Option<Tag> {
    let mut tag = Tag { how: "agency tag line", ..Tag::default() };
    let mut own = Vec::new();
    for part in split_list(line) {
        let part = part.trim();
        let part = part
            .strip_prefix("With ")
            .or_else(|| part.strip_prefix("with "))
            .or_else(|| part.strip_prefix("By "))
            .unwrap_or(part);
        let part_lower = part.to_lowercase();
        if agency(part) || DATA.collective.contains(&part_lower) {
            tag.credits.push(part.to_owned());
        } else if let Some(short) = part_lower.strip_prefix("the ").filter(|short| DATA.collective.contains(*short)) {
            tag.credits.push(short.to_owned());
        } else if part_lower.is_empty() || DATA.own.contains(&part_lower) {
        } else {
            own.push(part.to_owned());
        }
    }
    let capitalised = |name: &String| {
        name.split_whitespace()
            .all(|w| w.chars().next().is_some_and(char::is_uppercase) || matches!(w, "of" | "the" | "and"))
    };
    if tag.credits.is_empty() || own.len() > 1 || !own.iter().all(capitalised) {
        return None;
    }
    tag.publisher = own.pop();
    Some(tag)
}

/// The members of a list joined by commas, "and", "&", "/" or "|".
fn split_list(line: &str) -> Vec<&str> {
    line.split([',', '/', '|', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" with "))
        .map(|part| part.trim().trim_start_matches("and "))
        .filter(|part| !part.is_empty())
        .collect()
}
