//! What does a case give the stages to read? Its captures that count, as if they lay in a folder.

use super::add;
use crate::resources::Table;
use rashomon_ingest::IngestError;
use rashomon_ingest::open::Opened;
use rashomon_store::Case;
use rashomon_store::disk::Disk;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// What a case holds for the stages.
pub struct Kept {
    /// Title of the case.
    pub title: String,
    /// The last capture of every report, in the order a folder would give them, and what could not be read.
    pub opened: Opened,
    /// Place lists and party tables that were taken in.
    pub tables: Vec<Table>,
}

/// Reads a case, others may change it meanwhile; an object that was altered is left out by name.
///
/// # Errors
/// If it is no case, or its log does not verify.
pub fn kept(root: &Path) -> anyhow::Result<Kept> {
    let case = Case::look(Arc::new(Disk), root)?;
    let contents = case.contents();
    let last: BTreeSet<(u64, &str)> = contents
        .reports()
        .values()
        .filter_map(|captures| captures.last().map(|(capture, report)| (capture.seq, report.part.as_str())))
        .collect();
    let mut kept = Kept { title: contents.title().to_owned(), opened: Opened::default(), tables: Vec::new() };
    let mut captures: Vec<_> = contents.live().collect();
    captures.sort_by(|(a, x), (b, y)| (&x.origin, a.seq).cmp(&(&y.origin, b.seq)));
    for (capture, facts) in captures {
        let known: BTreeSet<&str> = facts.reports.iter().map(|report| report.part.as_str()).collect();
        let wanted = |part: &str| last.contains(&(capture.seq, part)) || !known.contains(part);
        if !known.is_empty() && !known.iter().any(|part| wanted(part)) {
            continue;
        }
        let bytes = match case.bytes(facts) {
            Ok(bytes) => bytes,
            Err(error) => {
                let reason = error.to_string();
                kept.opened.refusals.push(IngestError::Unopened { origin: facts.origin.clone(), reason }.into());
                continue;
            }
        };
        if facts.reports.is_empty() {
            // the newest table of a place counts
            kept.tables.retain(|table: &Table| table.name != facts.origin);
            kept.tables.push(Table { name: facts.origin.clone(), bytes });
            continue;
        }
        let mut opened = add::opened(facts, bytes)?;
        opened.inputs.retain(|input| wanted(&add::part(&input.origin, &facts.origin)));
        kept.opened.inputs.append(&mut opened.inputs);
        kept.opened.links.append(&mut opened.links);
        kept.opened.refusals.append(&mut opened.refusals);
    }
    rashomon_ingest::read::number(&mut kept.opened.inputs);
    kept.opened.refusals.sort();
    kept.opened.links.sort();
    Ok(kept)
}
