//! What does a case give the stages to read? Its captures that count, as if they lay in a folder.

use super::add;
use crate::resources::Table;
use rashomon_ingest::open::Opened;
use rashomon_ingest::{IngestError, Input};
use rashomon_store::Case;
use rashomon_store::disk::Disk;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// What a case holds for the stages.
pub struct Kept {
    /// The case, opened to look at it.
    pub case: Case,
    /// Title of the case.
    pub title: String,
    /// The last capture of every report, in the order a folder would give them, and what could not be read.
    pub opened: Opened,
    /// Place lists and party tables that were taken in.
    pub tables: Vec<Table>,
    /// Earlier captures of the same reports with other words, oldest first.
    pub earlier: Vec<Before>,
}

/// An earlier capture of a report.
pub struct Before {
    /// When it was captured, as far as is known; else when it was taken in.
    pub at: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The article in it.
    pub input: Input,
    /// Origin and SHA-256 of the input that counts now.
    pub now: (String, String),
}

/// Reads a case, others may change it meanwhile; an object that was altered is left out by name.
///
/// # Errors
/// If it is no case, or its log does not verify.
pub fn kept(root: &Path) -> anyhow::Result<Kept> {
    let case = Case::look(Arc::new(Disk), root)?;
    let contents = case.contents();
    let reports = contents.reports();
    let mut last: BTreeMap<(u64, &str), &str> = BTreeMap::new();
    let mut older: BTreeMap<(u64, &str), (&str, &str)> = BTreeMap::new();
    for (key, captures) in &reports {
        let Some((capture, now)) = captures.last() else { continue };
        last.insert((capture.seq, &now.part), key);
        let mut texts: BTreeSet<&str> = BTreeSet::from([now.text.as_str()]);
        for (capture, report) in captures.iter().filter(|(_, report)| texts.insert(&report.text)) {
            older.insert((capture.seq, &report.part), (key, capture.captured(Some(report))));
        }
    }
    let mut now: BTreeMap<&str, (String, String)> = BTreeMap::new();
    let mut before: Vec<(u64, &str, Before)> = Vec::new();
    let (mut all, mut tables, mut earlier) = (Opened::default(), Vec::<Table>::new(), Vec::new());
    let mut captures: Vec<_> = contents.live().collect();
    captures.sort_by(|(a, x), (b, y)| (&x.origin, a.captured(None), a.seq).cmp(&(&y.origin, b.captured(None), b.seq)));
    // the parts of saved pages are kept and hold no report
    for (capture, facts) in captures.into_iter().filter(|(_, facts)| facts.part_of.is_none()) {
        let known: BTreeSet<&str> = facts.reports.iter().map(|report| report.part.as_str()).collect();
        let wanted = |part: &str| last.contains_key(&(capture.seq, part)) || !known.contains(part);
        let was = |part: &str| older.get(&(capture.seq, part)).copied();
        if !known.is_empty() && !known.iter().any(|part| wanted(part) || was(part).is_some()) {
            continue;
        }
        let bytes = match case.bytes(facts) {
            Ok(bytes) => bytes,
            Err(error) => {
                let reason = error.to_string();
                all.refusals.push(IngestError::Unopened { origin: facts.origin.clone(), reason }.into());
                continue;
            }
        };
        if facts.reports.is_empty() {
            // the newest table of a place counts
            tables.retain(|table| table.name != facts.origin);
            tables.push(Table { name: facts.origin.clone(), bytes });
            continue;
        }
        // an import may hold choices of columns that are none, or none yet: that report is lost, and not the case
        let mut opened = match add::opened(facts, bytes) {
            Ok(opened) => opened,
            Err(error) => {
                let reason = error.to_string();
                all.refusals.push(IngestError::Unopened { origin: facts.origin.clone(), reason }.into());
                continue;
            }
        };
        for input in opened.inputs {
            let part = add::part(&input.origin, &facts.origin);
            if let Some((key, at)) = was(&part) {
                let (at, sha256, now) = (at.to_owned(), facts.sha256.clone(), Default::default());
                before.push((capture.seq, key, Before { at, sha256, input, now }));
            } else if wanted(&part) {
                if let Some(key) = last.get(&(capture.seq, part.as_str())) {
                    now.insert(key, (input.origin.clone(), input.sha256.clone()));
                }
                all.inputs.push(input);
            }
        }
        all.links.append(&mut opened.links);
        all.refusals.append(&mut opened.refusals);
    }
    before.sort_by(|(seq, key, a), (other, than, b)| (&a.at, seq, key).cmp(&(&b.at, other, than)));
    for (_, key, mut one) in before {
        if let Some(now) = now.get(key) {
            one.now = now.clone();
            earlier.push(one);
        }
    }
    rashomon_ingest::read::number(&mut all.inputs);
    all.refusals.sort();
    all.links.sort();
    let title = contents.title().to_owned();
    Ok(Kept { case, title, opened: all, tables, earlier })
}
