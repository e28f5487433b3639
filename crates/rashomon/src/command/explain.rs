//! What does this word or code mean? Glossary terms, rules and error codes.

use super::{DONE, USAGE, print};

/// The glossary as published; `explain` serves it.
const GLOSSARY: &str = include_str!("../../../../GLOSSARY.md");

/// One entry.
struct Entry {
    name: String,
    text: String,
}

/// `rashomon explain [TERM]`.
///
/// # Errors
/// If standard output cannot be written.
pub fn run(term: Option<&str>) -> anyhow::Result<u8> {
    let entries = entries();
    let Some(term) = term else {
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        return print(&format!("{}\n", names.join("\n")));
    };
    let wanted = term.trim().to_lowercase();
    let exact: Vec<&Entry> = entries.iter().filter(|entry| entry.name.to_lowercase() == wanted).collect();
    if !exact.is_empty() {
        let text: Vec<String> = exact.iter().map(|entry| format!("{}\n{}\n", entry.name, entry.text)).collect();
        return print(&text.join("\n"));
    }
    let near: Vec<&str> = entries
        .iter()
        .map(|entry| entry.name.as_str())
        .filter(|name| wanted.len() > 1 && name.to_lowercase().contains(&wanted))
        .collect();
    eprintln!("error: nothing is known under \"{term}\"");
    if near.is_empty() {
        eprintln!("  hint: `rashomon explain` lists everything that can be explained");
    } else {
        eprintln!("  hint: perhaps {}", near.join(", "));
    }
    Ok(if wanted.is_empty() { DONE } else { USAGE })
}

/// Glossary entries, then rules, then error codes.
fn entries() -> Vec<Entry> {
    let mut found = glossary(GLOSSARY);
    found.extend(rashomon_compare::rule::rules().iter().map(|rule| Entry {
        name: rule.id.clone(),
        text: format!(
            "{}
when: {}
then: {}
example: {}
source: {}",
            rule.title, rule.condition, rule.relation, rule.example, rule.source
        ),
    }));
    found.extend(
        rashomon_ingest::codes::CODES
            .iter()
            .map(|code| Entry { name: code.code.to_owned(), text: format!("{}\nhint: {}", code.message, code.hint) }),
    );
    let codes = rashomon_store::codes::CODES;
    found.extend(codes.iter().map(|(code, text)| Entry { name: (*code).to_owned(), text: (*text).to_owned() }));
    found.extend(DRIVER_CODES.iter().map(|(code, text)| Entry { name: (*code).to_owned(), text: (*text).to_owned() }));
    found
}

/// Notes of the driver itself: code, what it means and what to do.
const DRIVER_CODES: &[(&str, &str)] = &[
    (
        "R301",
        "the account states no publication date; one was inferred from the other accounts, by shared wording, weekdays and the dates they name\nhint: give `published` in a JSON row if you know it",
    ),
    (
        "R302",
        "the case holds an earlier capture of this report with other words; the last one is read, what the earlier ones said otherwise is shown\nhint: `rashomon status CASE --changes` shows the same; compare the figures, a revision need not be marked on the page",
    ),
    (
        "R303",
        "the text shows signs that it was cut, put together from other texts or had its words changed: it opens with a connective to something before it, somebody goes on who has not spoken, a name is written in two ways, a quotation stands alone that nobody speaks, words stand as a thesaurus puts them, it breaks off\nhint: look for the report it was made from; an honest text may show such signs too",
    ),
];

/// Entries of the form `**term** (source): definition`, one a paragraph.
fn glossary(text: &str) -> Vec<Entry> {
    text.split("\n\n")
        .filter_map(|paragraph| {
            let rest = paragraph.trim().strip_prefix("**")?;
            let (name, text) = rest.split_once("**")?;
            Some(Entry { name: name.to_owned(), text: text.trim().replace('\n', " ") })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glossary_entries_are_found() {
        let entries = glossary(GLOSSARY);
        assert!(entries.len() > 30);
        assert!(entries.iter().any(|entry| entry.name == "origin" && entry.text.len() > 20));
    }
}
