//! What is the article in this PDF? Its text layer, page by page.
//!
//! The format is vast and its readers crash on hostile files, so the program reads each PDF in a process of its own and this
//! module only turns pages into an article: lines that head or foot most pages go, words broken at line ends are joined. A
//! scan without a text layer is refused by name; nothing is recognised from pictures.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::draft::Draft;
use crate::plain;
use crate::words;

/// Reads the pages of a PDF; the words of an error say why not.
pub type Pages<'a> = &'a (dyn Fn(&[u8]) -> Result<Vec<String>, String> + Sync);

/// Pages of a PDF as pdf-extract gives them, in this very process: a hang or an overflow of the stack is not caught.
///
/// # Errors
/// What the reader says, or that it broke off.
pub fn pages(bytes: &[u8]) -> Result<Vec<String>, String> {
    match catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(bytes))) {
        Ok(Ok(pages)) => Ok(pages),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the reader broke off".to_owned()),
    }
}

/// What stands before the pages in an answer: the reader may print lines of its own before.
const MARK: &str = "\u{1e}pages ";

/// What a reader in a process of its own says on its standard output; [`answered`] reads it back.
///
/// # Errors
/// Where the pages cannot be written as JSON.
pub fn answer(pages: &Result<Vec<String>, String>) -> serde_json::Result<String> {
    Ok(format!("{MARK}{}", serde_json::to_string(pages)?))
}

/// The pages in what such a process said, whatever it said; `None` where it gave no answer.
///
/// # Errors
/// What the reader said of the file, or that its answer ends too soon.
///
/// ```
/// use rashomon_ingest::pdf::{answer, answered};
/// let pages = Ok(vec!["Shells hit Talen".to_owned()]);
/// let said = format!("noise\n{}", answer(&pages).unwrap());
/// assert_eq!(answered(said.as_bytes()), Some(pages));
/// assert_eq!(answered(b"noise"), None);
/// ```
#[must_use]
pub fn answered(said: &[u8]) -> Option<Result<Vec<String>, String>> {
    let said = String::from_utf8_lossy(said);
    let (_, answer) = said.rsplit_once(MARK)?;
    let read = serde_json::from_str::<Result<Vec<String>, String>>(answer);
    Some(read.unwrap_or_else(|_| Err("its reader was cut short".to_owned())))
}

/// Lines at the head or foot of a page that are looked at for repeating.
const MARGIN: usize = 3;

/// The article of the pages.
pub(crate) fn draft(pages: &[String]) -> Draft {
    let mut draft = Draft::default();
    let lines: Vec<Vec<String>> = pages.iter().map(|page| page.lines().map(words::squeeze).collect()).collect();
    let repeated = repeated(&lines);
    let mut text = String::new();
    for page in &lines {
        let filled: Vec<usize> =
            (0..page.len()).filter(|i| page.get(*i).is_some_and(|line| !line.is_empty())).collect();
        let margin = |i: usize| {
            filled.iter().take(MARGIN).any(|at| *at == i) || filled.iter().rev().take(MARGIN).any(|at| *at == i)
        };
        for (i, line) in page.iter().enumerate() {
            let edge = margin(i) && (repeated.contains_key(&key(line)) || number(line));
            if edge && !line.is_empty() && pages.len() > 1 {
                draft.removed("head or foot of a page", line);
                continue;
            }
            append(&mut text, line);
        }
    }
    let read = plain::draft(&text);
    Draft { notes: draft.notes.into_iter().chain(read.notes.clone()).collect(), ..read }
}

/// A line as it is compared: digits do not count, so that "Page 3 of 9" repeats.
fn key(line: &str) -> String {
    line.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// A page's number, alone on its line.
fn number(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit())
}

/// Lines that stand in the margin of at least half the pages, of three or more.
fn repeated(pages: &[Vec<String>]) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let filled: Vec<&String> = page.iter().filter(|line| !line.is_empty()).collect();
        let mut seen: Vec<String> =
            filled.iter().take(MARGIN).chain(filled.iter().rev().take(MARGIN)).map(|line| key(line)).collect();
        seen.sort();
        seen.dedup();
        for line in seen.into_iter().filter(|line| line.len() >= 3) {
            *counts.entry(line).or_default() += 1;
        }
    }
    counts.retain(|_, n| *n >= 3 && *n * 2 >= pages.len());
    counts
}

/// Adds a line; a word broken at the end of the last line is joined where the break is inside a word.
fn append(text: &mut String, line: &str) {
    let broken = text.trim_end_matches('\n').strip_suffix('-').is_some_and(|t| t.ends_with(char::is_lowercase));
    let next = line.starts_with(char::is_lowercase);
    if broken && next && !text.ends_with("\n\n") {
        text.truncate(text.trim_end_matches('\n').len() - 1);
    }
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_heads_and_page_numbers_go() {
        let page = |n: usize, body: &str| format!("Talen Monitor 2032\n\n{body}\n\n{n}\n");
        let pages = [
            page(1, "Shells hit the mar-\nket of Talen on Wednesday, officials said in the town."),
            page(2, "Two people died when a second round fell near the well, the mayor told reporters."),
            page(3, "Residents said that the fire came from the ridge above the town on Wednesday."),
        ];
        let draft = draft(&pages);
        let text: Vec<&str> = draft.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert!(text.join(" ").contains("hit the market of Talen"), "{text:?}");
        assert!(!text.join(" ").contains("Monitor"), "{text:?}");
        assert!(text.iter().all(|line| !number(line)), "{text:?}");
        assert!(pages_of_rubbish().is_err());
    }

    fn pages_of_rubbish() -> Result<Vec<String>, String> {
        super::pages(b"%PDF-1.7\nrubbish")
    }
}
