//! Which part of a page's title is the article's? "Shells hit Talen | World | Talen Post".

use crate::words;

/// Most bytes of a title that is taken apart.
pub(super) const TITLE: usize = 1000;
/// Signs between the parts of a page's title.
const MARKS: [&str; 7] = [" | ", " — ", " – ", " - ", " » ", " :: ", " « "];

/// The same, and one that is also a colon in some languages: for where the parts are known.
fn named_marks() -> impl Iterator<Item = &'static str> {
    MARKS.into_iter().chain([" : "])
}

/// The parts of a page's title: "Shells hit Talen | World | Talen Post".
pub(super) fn parts(title: &str) -> Vec<&str> {
    named_marks().fold(vec![title], |parts, mark| parts.iter().flat_map(|part| part.split(mark)).collect())
}

/// A title without the outlet's name before or behind it, known by what the page calls it or by the host's name.
pub(super) fn without_names(title: &str, publisher: Option<&str>, host: Option<&str>) -> String {
    if title.len() > TITLE {
        return title.to_owned();
    }
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let mut names: Vec<String> = publisher.map(plain).into_iter().collect();
    if let Some(host) = host {
        names.push(plain(host));
        names.extend(host.rsplit('.').skip(1).filter(|label| label.len() > 3).map(plain));
    }
    let known = |part: &str| !part.trim().is_empty() && names.contains(&plain(part));
    let mark_at = |at: Option<usize>, mark: &str| at.map(|at| (at, mark.len()));
    let mut rest = title.trim();
    loop {
        let last = named_marks().filter_map(|mark| mark_at(rest.rfind(mark), mark)).max();
        let first = named_marks().filter_map(|mark| mark_at(rest.find(mark), mark)).min();
        rest = match (first, last) {
            (_, Some((at, len))) if rest.get(at + len..).is_some_and(known) => rest.get(..at).unwrap_or(rest).trim(),
            (Some((at, len)), _) if rest.get(..at).is_some_and(known) => rest.get(at + len..).unwrap_or(rest).trim(),
            _ => return rest.to_owned(),
        };
    }
}

/// A page title without the site's name behind it: "Shells hit Talen | Talen Post".
pub(super) fn without_site(title: &str) -> String {
    for mark in MARKS {
        if let Some((head, _)) = title.rsplit_once(mark)
            && words::count(head) >= 3
        {
            return head.trim().to_owned();
        }
    }
    title.trim().to_owned()
}
