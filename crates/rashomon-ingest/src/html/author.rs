//! Who wrote the article, where the page does not say it in its data?
//!
//! Elements marked or called as the author's near headline and article are candidates ([`find`]); [`name`] takes the words around
//! a name away ("By Ada Writer, 4 March 2032 | Talen").

use super::article::Found;
use super::cues::Cue;
use super::side;
use super::tree::Flat;
use super::wording::WORDING;
use crate::draft::DraftCredit;
use crate::{furniture, letterhead, stamp, words};

/// Words that open what an author is, behind the name.
const ARTICLES: &[&str] = &["a ", "an ", "the "];

/// Longest name or list of names, in bytes and words.
const LONGEST: (usize, usize) = (100, 14);

/// The line without its last word, or words, where they are these.
fn without_last<'a>(line: &'a str, last: &str) -> Option<&'a str> {
    line.strip_suffix(last)?.strip_suffix(' ')
}

/// Whether a line tells the day first and then the author: "Posted on 4 March 2032 by Ada Writer".
fn told(line: &str) -> bool {
    let begins = |cue: &&str| line.get(..cue.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(cue));
    ["posted ", "published ", "updated ", "written "].iter().any(begins) && line.contains(" by ")
}

/// The name in a line about the author; `None` where there is none.
pub(super) fn name(line: &str) -> Option<String> {
    let mut rest = Some(line.trim()).filter(|line| !line.contains("://"))?;
    if told(rest) {
        rest = rest.rsplit_once(" by ").map_or(rest, |(_, name)| name);
    }
    loop {
        let begin = |cue: &&String| {
            rest.get(..cue.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(cue))
                && rest.get(cue.len()..).is_some_and(|after| after.starts_with([' ', ':', '\u{a0}']))
        };
        let Some(cue) = WORDING.before.iter().find(begin) else { break };
        rest = rest.get(cue.len()..)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    // what comes behind: the day, a stroke, an address
    if let Some((_, at)) = stamp::within(rest) {
        rest = rest.get(..at.start)?;
    }
    let end = rest
        .char_indices()
        .find(|(at, c)| {
            matches!(c, '|' | '·' | '•' | '(' | '[' | '@' | '/' | '<' | '#')
                || matches!(c, '–' | '—' | '-') && rest.get(..*at).is_some_and(|before| before.ends_with(' '))
                || c.is_ascii_digit() && rest.get(..*at).is_some_and(|before| before.ends_with(' '))
        })
        .map_or(rest.len(), |(at, _)| at);
    rest = rest.get(..end)?.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')'));
    for tail in &WORDING.behind {
        rest = without_last(rest, tail).unwrap_or(rest).trim_end_matches([' ', ',', ';', ':']);
    }
    // what he is or for whom he writes: ", a reporter in Talen", "for the Post"
    let tail = rest.match_indices(", ").find(|(at, mark)| {
        rest.get(at + mark.len()..).is_some_and(|behind| ARTICLES.iter().any(|article| behind.starts_with(article)))
    });
    rest = tail.and_then(|(at, _)| rest.get(..at)).unwrap_or(rest);
    let lower = rest.to_ascii_lowercase();
    let body = |word: &str| word.starts_with(char::is_uppercase) && letterhead::is_body(word);
    let person = |name: &&str| words::count(name) >= 2 && !name.split(' ').any(body);
    rest = lower.find(" for ").and_then(|at| rest.get(..at)).filter(person).unwrap_or(rest);
    let n = words::count(rest);
    let lower = words::folded(rest);
    let sentence = rest.split(' ').any(|word| WORDING.sentence.contains(word));
    let named = !sentence
        && (1..=LONGEST.1).contains(&n)
        && rest.len() <= LONGEST.0
        && rest.chars().any(char::is_alphabetic)
        && (rest.chars().any(char::is_uppercase) || !rest.is_ascii() || n == 1)
        && !WORDING.nobody.contains(&lower)
        && !WORDING.before.contains(&lower)
        && furniture::kind(rest, furniture::Position::Inside).is_none();
    named.then(|| rest.to_owned())
}

/// Whether a name is that of the outlet, or of nobody: what the page's data say is then the last choice.
pub(super) fn hollow(name: &str, publisher: Option<&str>, host: Option<&str>) -> bool {
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let own = plain(name);
    let known = |other: &str| {
        let other = plain(other);
        other == own || other.len() > own.len() && own.len() >= 4 && other.starts_with(&own)
    };
    own.is_empty() || nobody(name) || [publisher, host].into_iter().flatten().any(known)
}

/// The author by what the page's data give (none where they name nobody or the outlet) and what the page shows.
///
/// The data go first, unless they hold an account's name of one word where a name is shown, or leave out authors whom the page
/// shows beside theirs. `outlet` tells names of the outlet, which are no authors.
pub(super) fn choose(given: Option<&str>, shown: Option<&str>, outlet: impl Fn(&str) -> bool) -> Option<String> {
    let Some(own) = given.map(tidy) else { return shown.map(str::to_owned) };
    let Some(page) = shown else { return Some(own) };
    if words::count(&own) == 1 && words::count(page) >= 2 && !outlet(page) {
        return Some(page.to_owned());
    }
    let known: Vec<&str> = own.split(", ").collect();
    let others = page.split(", ").filter(|name| {
        words::count(name) >= 2 && !outlet(name) && !known.iter().any(|own| own.contains(name) || name.contains(own))
    });
    let all = known.iter().all(|own| page.contains(own));
    let others = if all { others.map(str::trim).collect() } else { Vec::new() };
    Some(known.iter().copied().chain(others).collect::<Vec<_>>().join(", "))
}

/// A name from the page's data without what stands before or behind it ("By Ada Writer", "Ada Writer (Talen Post)").
fn tidy(given: &str) -> String {
    let cue = |cue: &str| given.get(..cue.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(cue));
    let begins = WORDING
        .before
        .iter()
        .filter(|word| cue(word))
        .any(|word| given.get(word.len()..).is_some_and(|behind| behind.starts_with([' ', ':'])));
    name(given).filter(|_| begins || given.contains(" (")).unwrap_or_else(|| given.to_owned())
}

/// Whether a name says nothing of who wrote.
pub(super) fn nobody(name: &str) -> bool {
    WORDING.nobody.contains(words::folded(name).trim())
}

/// Blocks above the headline, and below the start and the end of the article, among which the author is looked for.
const NEAR: (usize, usize, usize) = (8, 4, 3);
/// Most names that are taken.
const MOST: usize = 6;

/// The blocks about the headline and the start of the article.
fn top(found: &Found, head: Option<usize>) -> std::ops::Range<usize> {
    let start = found.blocks.first().copied().unwrap_or(0);
    head.unwrap_or(start).min(start).saturating_sub(NEAR.0)..start + NEAR.1
}

/// The agencies that the line about the author names beside it.
pub(super) fn agencies(flat: &Flat, found: &Found, head: Option<usize>) -> Vec<DraftCredit> {
    let lines = top(found, head).filter_map(|at| flat.blocks.get(at));
    lines.filter(|block| side::byline(&block.text, block.words)).flat_map(|block| side::agencies(&block.text)).collect()
}

/// The names of the authors as the page shows them, joined by commas.
pub(super) fn find(flat: &Flat, found: &Found, head: Option<usize>) -> Option<String> {
    let start = found.blocks.first().copied()?;
    let end = found.blocks.last().copied()? + 1;
    let top = top(found, head);
    let anchor = head.unwrap_or(start);
    let foot = end.saturating_sub(1)..end + NEAR.2;
    // in what readers wrote, or under a picture, whose photographer is meant
    let elsewhere = |at: usize| {
        flat.blocks.get(at).is_some_and(|block| {
            flat.around(block).any(|(_, e)| e.names.has(Cue::Comments))
                || flat
                    .around(block)
                    .take(3)
                    .any(|(_, e)| e.tag == "figure" || e.tag == "figcaption" || e.names.has(Cue::Caption))
        })
    };
    // Lines that begin as those of authors do are as good as parts called so.
    let lines = top.clone().filter_map(|at| Some((flat.blocks.get(at)?, at)));
    let lines = lines
        .filter(|(block, _)| side::byline(&block.text, block.words) || block.words <= LONGEST.1 && told(&block.text))
        .map(|(block, at)| (&block.text, at, false));
    let named: Vec<(usize, bool, String)> = flat
        .authors
        .iter()
        .map(|(text, at, marked)| (text, *at, *marked))
        .chain(lines)
        .filter(|(_, at, _)| (top.contains(at) || foot.contains(at)) && !elsewhere(*at))
        .filter_map(|(text, at, marked)| Some((at, marked, name(text)?)))
        .filter(|(_, marked, name)| *marked || name.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_ascii()))
        .collect();
    // Marked before called, above the text before below it, near the headline before far from it.
    let far = |at: usize| if at >= anchor { at - anchor } else { 2 * (anchor - at) };
    let best = named.iter().min_by_key(|(at, marked, _)| (!top.contains(at), !*marked, far(*at)))?;
    let mut names: Vec<&str> = Vec::new();
    // Several of the same kind beside each other are several authors.
    let mut last = best.0;
    for (at, marked, name) in named.iter().filter(|(at, ..)| *at >= best.0) {
        let known = names.iter().any(|known| known.contains(name.as_str()) || name.contains(known));
        if *marked == best.1 && *at <= last + 1 && !known && names.len() < MOST {
            names.push(name);
            last = *at;
        }
    }
    Some(names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_lines() {
        for (line, expected) in [
            ("By Ada Writer, 4 March 2032, 3:51 pm", Some("Ada Writer")),
            ("Written by: Ada Writer | Talen", Some("Ada Writer")),
            ("Von Ada Writer", Some("Ada Writer")),
            ("Posted by Ada Writer on March 4, 2032", Some("Ada Writer")),
            ("Ada Writer and Ben Scribe", Some("Ada Writer and Ben Scribe")),
            ("Posted on March 4, 2032 by Ada Writer", Some("Ada Writer")),
            ("Byron Miller", Some("Byron Miller")),
            ("By", None),
            ("Share", None),
            ("admin", None),
            ("https://talenpost.example/ada", None),
        ] {
            assert_eq!(name(line).as_deref(), expected, "{line}");
        }
        assert_eq!(name("Ada Writer, a reporter in Talen").as_deref(), Some("Ada Writer"));
        assert_eq!(name("Ada Writer for the Talen Post").as_deref(), Some("Ada Writer"));
        assert_eq!(name("By Centre for Border Studies").as_deref(), Some("Centre for Border Studies"));
        assert_eq!(name("By Tran Ha My").as_deref(), Some("Tran Ha My"));
        assert_eq!(name("Ada is a reporter who covers Talen"), None);
        let outlet = |name: &str| name == "Talen Post";
        for (given, shown, expected) in [
            (Some("By Ada Writer For The Talen Post"), None, Some("Ada Writer")),
            (Some("TPDESK"), Some("Ada Writer"), Some("Ada Writer")),
            (Some("Ada Writer"), Some("Ada Writer, Ben Scribe, Talen Post"), Some("Ada Writer, Ben Scribe")),
            (Some("Ada"), Some("Talen Post"), Some("Ada")),
            (Some("Ada Writer"), Some("Politics, Ada Writer"), Some("Ada Writer")),
            (Some("Ada Writer"), Some("Ben Scribe, Cy Scribe"), Some("Ada Writer")),
            (Some("AFP/Talen Post"), None, Some("AFP/Talen Post")),
            (None, Some("Ada Writer"), Some("Ada Writer")),
        ] {
            assert_eq!(choose(given, shown, outlet).as_deref(), expected, "{given:?} {shown:?}");
        }
        assert!(hollow("Talen Post", Some("The Talen Post"), None) || hollow("Talen Post", Some("Talen Post"), None));
        assert!(hollow("talenpost", None, Some("talenpost.example")));
        assert!(!hollow("Ada Writer", Some("Talen Post"), Some("talenpost.example")));
    }
}
