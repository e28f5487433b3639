//! Who issues this text, where only its head says so?
//!
//! Plain copies of statements and articles have no metadata: the issuer stands in the title ("Statement by the Harbour Council
//! on …"), as a letterhead in place of one ("National Police of Orvia"), or as a masthead between title and date ("Talen
//! Herald"). The nouns are data (`data/letterhead.toml`).

use rashomon_model::document::{Block, BlockKind};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    openings: Vec<String>,
    stops: Vec<String>,
    bodies: Vec<String>,
    members: Vec<String>,
    outlets: Vec<String>,
    papers: Vec<String>,
    done: Vec<String>,
}

static DATA: LazyLock<Raw> =
    LazyLock::new(|| toml::from_str(include_str!("../data/letterhead.toml")).unwrap_or_default());

/// Longest name of an issuer, in words.
const LONGEST: usize = 10;
/// Blocks at the head looked at.
const HEAD: usize = 5;
/// Words from which a block is an article's paragraph, and the head is over.
const PARAGRAPH: usize = 16;

/// The issuer's name as written, if the head of the text gives one.
pub(crate) fn issuer(blocks: &[Block], text: &str) -> Option<String> {
    let words = |block: &Block| block.span.of(text).split_whitespace().count();
    let head: Vec<&Block> = blocks.iter().take(HEAD).take_while(|block| words(block) < PARAGRAPH).collect();
    let first = head.first().filter(|block| block.kind == BlockKind::Headline)?.span.of(text).trim();
    if let Some(name) = opened(first) {
        return Some(name);
    }
    // a masthead stands below the title, right above the date
    let masthead = head.windows(2).find_map(|pair| match pair {
        [a, b] if a.kind == BlockKind::Byline && b.kind == BlockKind::Dateline => {
            Some(a.span.of(text).trim()).filter(|line| is_name(line, &DATA.outlets))
        }
        _ => None,
    });
    // a letterhead stands in place of the title, and more of the head below it
    let letterhead = || (head.len() > 1 && is_name(first, &DATA.bodies)).then_some(first);
    masthead.or_else(letterhead).map(str::to_owned)
}

/// Whether a word is the noun of a body or of people banded together ("Centre for Border Studies", "Physicians for Orvel").
pub(crate) fn is_body(word: &str) -> bool {
    let word = word.to_lowercase();
    DATA.bodies.contains(&word) || DATA.members.contains(&word)
}

/// Kinds of paper that a line of the head may date ("Morning summary, 8 June 2039").
pub(crate) fn papers() -> &'static [String] {
    &DATA.papers
}

/// What is done with a paper on the day a line of its head names ("Adopted on 19 March 2038").
pub(crate) fn done() -> &'static [String] {
    &DATA.done
}

/// "Statement by the Harbour Council on …": the council.
fn opened(headline: &str) -> Option<String> {
    let lower = headline.to_lowercase();
    let opening = DATA.openings.iter().filter(|opening| lower.starts_with(opening.as_str())).max_by_key(|o| o.len())?;
    let rest = headline.get(opening.len()..)?.strip_prefix(' ')?;
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let end = DATA.stops.iter().filter_map(|stop| rest.find(stop.as_str())).min().unwrap_or(rest.len());
    rest.get(..end).map(str::trim).filter(|name| name.chars().next().is_some_and(char::is_uppercase)).map(str::to_owned)
}

/// Whether a line is a name made with one of the nouns: few words, all capitalised but the small ones, no sentence.
fn is_name(line: &str, nouns: &[String]) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let small = |word: &str| matches!(word, "of" | "the" | "and" | "for" | "in" | "de" | "du" | "la" | "al" | "&");
    let letters = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    // "National Police of Orvia" is a police; "Army Shells Market in Talen" is no army
    let of = words.iter().skip(1).position(|word| matches!(*word, "of" | "for" | "in"));
    let head = words.get(of.unwrap_or(words.len().saturating_sub(1))).copied().unwrap_or("");
    let opens =
        |word: &str| matches!(letters(word).as_str(), "radio" | "tv" | "television") && nouns.contains(&letters(word));
    !words.is_empty()
        && words.len() <= LONGEST
        && !line.ends_with(['.', '!', '?', ':', '"', '”'])
        && !line.contains([':', ';', '"', '“'])
        && words.first().is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
        && words.iter().all(|word| small(word) || word.chars().next().is_some_and(char::is_uppercase))
        && !letters(words.first().copied().unwrap_or("")).eq("by")
        && (nouns.contains(&letters(head)) || opens(words.first().copied().unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_model::span::Span;

    fn of(head: &[(BlockKind, &str)]) -> Option<String> {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (kind, line) in head {
            let start = text.len();
            text.push_str(line);
            blocks.push(Block { kind: *kind, span: Span::from_usize(start, text.len()) });
            text.push('\n');
        }
        issuer(&blocks, &text)
    }

    #[test]
    fn the_lists_can_be_read() {
        assert!(toml::from_str::<Raw>(include_str!("../data/letterhead.toml")).is_ok());
    }

    #[test]
    fn titles_letterheads_and_mastheads_name_the_issuer() {
        use BlockKind::{Byline, Dateline, Headline, Paragraph, Standfirst};
        let day = (Dateline, "3 May 2031");
        let statement = of(&[(Headline, "Statement by the Harbour Council on the raid"), day]);
        assert_eq!(statement.as_deref(), Some("Harbour Council"));
        let police = of(&[(Headline, "National Police of Orvia"), (Paragraph, "Press Centre"), day]);
        assert_eq!(police.as_deref(), Some("National Police of Orvia"));
        let front = of(&[(Headline, "NORTHERN FRONT"), (Standfirst, "Morning summary, 3 May"), day]);
        assert_eq!(front.as_deref(), Some("NORTHERN FRONT"));
        let paper = of(&[(Headline, "Twelve dead in Talen market"), (Byline, "Talen Herald"), day]);
        assert_eq!(paper.as_deref(), Some("Talen Herald"));
        assert_eq!(of(&[(Headline, "Army Shells Market in Talen"), (Byline, "By Ada Bren"), day]), None);
        assert_eq!(of(&[(Headline, "Police say twelve died"), (Byline, "Ada Bren"), day]), None);
        assert_eq!(of(&[(Headline, "Shells Hit Shopping Centre"), day]), None);
        assert_eq!(of(&[(Headline, "Police")]), None);
    }
}
