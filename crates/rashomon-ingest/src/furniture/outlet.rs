//! Which outlet does a line of the page name?

use super::MOST;
use super::cues::CUES;
use crate::words;

/// The outlet a prompt names: "Breaking news alerts from The Talen Post".
pub(crate) fn publisher(line: &str) -> Option<String> {
    if line.len() > MOST {
        return None;
    }
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    CUES.publisher
        .iter()
        .find_map(|cue| {
            let at = lower.find(cue.as_str())?;
            name(line.get(at + cue.len()..)?)
        })
        .or_else(|| copyright(line))
}

/// `© 2031 The Talen Post. All rights reserved.`
fn copyright(line: &str) -> Option<String> {
    let at = line
        .find('©')
        .map(|at| at + '©'.len_utf8())
        .or_else(|| ["Copyright", "(c)", "(C)"].iter().find_map(|cue| line.starts_with(cue).then_some(cue.len())))?;
    let rest = line.get(at..)?.trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = rest.strip_prefix("Copyright").unwrap_or(rest).trim_start_matches(|c: char| !c.is_alphabetic());
    let end = rest.find(['.', ',', '|', '-', '–', '—']).unwrap_or(rest.len());
    let end = rest.to_lowercase().find(" all rights").map_or(end, |other| other.min(end));
    name(rest.get(..end)?)
}

/// A short capitalised name at the start of `rest`.
fn name(rest: &str) -> Option<String> {
    let rest = rest.trim().trim_end_matches(['.', '!', ',']);
    let n = words::count(rest);
    ((1..=6).contains(&n) && rest.chars().next().is_some_and(char::is_uppercase)).then(|| rest.to_owned())
}
