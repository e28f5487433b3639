//! What is in the case? `rashomon status`.

use crate::cli::StatusArgs;
use crate::command::print;
use rashomon_dossier::safe::one_line;
use rashomon_store::Case;
use rashomon_store::case::State;
use rashomon_store::disk::Disk;
use rashomon_store::log::facts::Captured;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Reports listed unless all are asked for.
const SHOWN: usize = 20;

/// `rashomon status`.
///
/// # Errors
/// If it is no case, its log does not verify, or standard output cannot be written.
pub fn run(args: &StatusArgs) -> anyhow::Result<u8> {
    let case = Case::look(Arc::new(Disk), &args.case)?;
    let contents = case.contents();
    let reports = contents.reports();
    let count = |state: State| contents.captures().filter(|capture| capture.state == state).count();
    let mut text = format!(
        "{}: {} reports in {} captures, {} removed, {} erased\n",
        one_line(contents.title()),
        reports.len(),
        count(State::Live),
        count(State::Removed),
        count(State::Erased)
    );
    if let (Some(first), Some(last)) = (case.entries().first(), case.entries().last()) {
        let (from, to) = (one_line(&first.at), one_line(&last.at));
        text.push_str(&format!("{} entries from {from} to {to}\n", case.entries().len()));
    }
    let mut changed: Vec<(u64, String)> = Vec::new();
    for captures in reports.values().filter(|captures| captures.len() > 1) {
        let texts: BTreeSet<&str> = captures.iter().map(|(_, report)| report.text.as_str()).collect();
        let (Some((capture, report)), Some((first, then))) = (captures.last(), captures.first()) else { continue };
        let what = if texts.len() > 1 { format!("{} versions", texts.len()) } else { "the same words".to_owned() };
        let origin = capture.facts.as_ref().map_or("", |facts: &Captured| &facts.origin);
        changed.push((
            capture.seq,
            format!(
                "{}: captured {} times from {} to {}, {what}\n",
                one_line(&format!("{origin}{}", report.part)),
                captures.len(),
                one_line(first.captured(Some(then))),
                one_line(capture.captured(Some(report)))
            ),
        ));
    }
    changed.sort();
    if !changed.is_empty() {
        text.push_str(&format!("\ncaptured more than once ({}):\n", changed.len()));
        text.extend(changed.iter().map(|(_, line)| format!("  {line}")));
    }
    let shown = if args.all { usize::MAX } else { SHOWN };
    if args.changes {
        text.push_str(&changes(&args.case)?);
    }
    text.push_str("\ncaptures, newest first:\n");
    let mut list: Vec<_> = contents.captures().collect();
    list.reverse();
    for capture in list.iter().take(shown) {
        let state = match capture.state {
            State::Live => "",
            State::Removed => "  REMOVED",
            State::Erased => "  ERASED",
        };
        let what = capture.facts.as_ref().map_or_else(
            || "what it was is no longer known".to_owned(),
            |facts| {
                let many = match facts.reports.as_slice() {
                    [] if facts.part_of.is_some() => "  (part of a page)".to_owned(),
                    [] => "  (table)".to_owned(),
                    [one] => one.title.as_deref().map(|title| format!("  {}", one_line(title))).unwrap_or_default(),
                    more => format!("  ({} reports)", more.len()),
                };
                // a web archive of several captures has none of its own
                let at = capture.captured(facts.reports.first().filter(|_| facts.reports.len() == 1));
                let when = if at == capture.at { String::new() } else { format!("  (captured {})", one_line(at)) };
                let short: String = facts.sha256.chars().take(12).collect();
                format!("{}  {}{when}{many}", one_line(&short), one_line(&facts.origin))
            },
        );
        let (at, actor) = (one_line(&capture.at), one_line(&capture.actor));
        text.push_str(&format!("  {:>6}  {at}  {actor}{state}  {what}\n", capture.seq));
    }
    if list.len() > shown {
        text.push_str(&format!("  and {} more; --all lists them\n", list.len() - shown));
    }
    let removed: Vec<_> = contents.removed().collect();
    if !removed.is_empty() {
        text.push_str("\nreports taken out:\n");
        for (key, reason) in removed {
            let key = key.split_once(':').map_or(key, |(_, key)| key);
            text.push_str(&format!("  {}: {}\n", one_line(key), one_line(reason)));
        }
    }
    if let Some((by, written)) = contents.dossier() {
        text.push_str(&format!("\nlast dossier, {}:\n", one_line(by)));
        text.extend(written.iter().map(|(name, sha256)| format!("  {}  {}\n", one_line(sha256), one_line(name))));
    }
    print(&text)
}

/// What earlier captures said otherwise, line by line.
fn changes(root: &std::path::Path) -> anyhow::Result<String> {
    let kept = super::kept(root)?;
    let mut text = String::from("\nwhat changed:\n");
    for before in &kept.earlier {
        let now =
            kept.opened.inputs.iter().find(|input| (&input.origin, &input.sha256) == (&before.now.0, &before.now.1));
        let read = |input: &rashomon_ingest::Input| {
            rashomon_ingest::read::document(input.clone(), &crate::isolate::pages)
                .ok()
                .map(|document| document.value.text)
        };
        let (Some(old), Some(new)) = (read(&before.input), now.and_then(read)) else { continue };
        text.push_str(&format!("  {} since {}\n", one_line(&before.now.0), one_line(&before.at)));
        for change in rashomon_store::versions::changes(&old, &new) {
            for (mark, words) in [('-', &change.before), ('+', &change.after)] {
                if !words.is_empty() {
                    text.push_str(&format!("    {mark} {}\n", one_line(words)));
                }
            }
        }
    }
    Ok(text)
}
