//! Which lines of a text are one paragraph, broken where a mail program or an archive wrapped it?

use crate::words;

/// A line, squeezed, and whether a blank line stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) gap: bool,
}

/// Lines of a text; hard-wrapped paragraphs joined.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut groups: Vec<Vec<String>> = vec![Vec::new()];
    for raw in text.lines() {
        let line = words::squeeze(raw);
        if line.is_empty() {
            if groups.last().is_some_and(|group| !group.is_empty()) {
                groups.push(Vec::new());
            }
        } else if let Some(group) = groups.last_mut() {
            group.push(line);
        }
    }
    let mut found = Vec::new();
    for group in groups {
        if wrapped(&group) {
            found.push(Line { text: group.join(" "), gap: true });
        } else {
            for (i, text) in group.into_iter().enumerate() {
                found.push(Line { text, gap: i == 0 });
            }
        }
    }
    found
}

/// Whether the lines of a group are one paragraph broken at a column: all but the last of like length (50 to 110 characters,
/// the widths mail programs and terminals use), most of them broken inside a sentence.
fn wrapped(group: &[String]) -> bool {
    let Some((_, broken)) = group.split_last() else {
        return false;
    };
    if broken.len() < 2 && !(broken.len() == 1 && group.get(1).is_some_and(|next| next.starts_with(char::is_lowercase)))
    {
        return false;
    }
    let lengths: Vec<usize> = broken.iter().map(|line| line.chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let alike = lengths.iter().filter(|n| **n + 25 >= longest).count();
    let inside = broken.iter().filter(|line| !words::ends_sentence(line)).count();
    (50..=110).contains(&longest) && alike * 10 >= lengths.len() * 8 && inside * 10 >= broken.len() * 6
}
