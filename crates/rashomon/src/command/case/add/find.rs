//! What is there to be taken in? Everything below what was named, and what each file is to the case.

use crate::command::reading::OWN_TABLES;
use rashomon_ingest::{Refusal, read};
use rashomon_store::Case;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One thing to be taken in, not opened yet.
pub(super) struct Found {
    pub(super) from: From,
    /// Its path below what was named, or its address.
    pub(super) origin: String,
    /// What the case calls the place it lies at.
    pub(super) place: String,
    pub(super) holds: Holds,
}

/// What a file is to the case.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Holds {
    /// Reports, which are read to know them again.
    Reports,
    /// A table of places, parties or decisions.
    Table,
    /// A picture, style or script of the saved page that has this place.
    Part(String),
}

/// Where bytes come from.
pub(super) enum From {
    File(PathBuf),
    StandardInput,
    Address,
}

/// Everything named, in sorted order, each with its path below what was named; and what was passed over.
pub(super) fn find(paths: &[String], case: &Case) -> (Vec<Found>, Vec<Refusal>) {
    let mut found = Vec::new();
    let mut refusals = Vec::new();
    for named in paths {
        if named == "-" {
            let (origin, place) = ("standard-input.txt".to_owned(), case.place("-"));
            found.push(Found { from: From::StandardInput, origin, place, holds: Holds::Reports });
            continue;
        }
        if crate::fetch::is_address(Path::new(named)) {
            let place = format!("url:{named}");
            found.push(Found { from: From::Address, origin: named.clone(), place, holds: Holds::Reports });
            continue;
        }
        let base = Path::new(named);
        let real = base.canonicalize().unwrap_or_else(|_| base.to_owned());
        let own = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut tables: Vec<PathBuf> =
            OWN_TABLES.iter().map(|name| base.join(name)).filter(|path| path.is_file()).collect();
        if OWN_TABLES.contains(&own.as_str()) && base.is_file() {
            tables.push(base.to_owned());
        }
        let (files, mut passed) = read::files([base]);
        passed.retain(|refusal| !tables.iter().any(|table| table.display().to_string() == refusal.origin));
        refusals.append(&mut passed);
        let articles = files.into_iter().filter(|path| !tables.contains(path)).map(|path| (path, false));
        for (path, table) in articles.chain(tables.iter().cloned().map(|path| (path, true))) {
            let below = path.strip_prefix(base).unwrap_or(Path::new(""));
            // forward slashes everywhere, so that a case made on one system reads the same on another
            let below: Vec<String> =
                below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            let origin = std::iter::once(own.clone()).chain(below).collect::<Vec<_>>().join("/");
            let place_of =
                |path: &Path| case.place(&path.canonicalize().unwrap_or_else(|_| path.to_owned()).to_string_lossy());
            let place = place_of(&path);
            let holds = if table { Holds::Table } else { Holds::Reports };
            let (folder, above) = (path.parent(), origin.rsplit_once('/').map(|(above, _)| above));
            for part in read::parts(&path) {
                let below = folder.and_then(|folder| part.strip_prefix(folder).ok()).unwrap_or(&part);
                let below = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
                let below = above.map(str::to_owned).into_iter().chain(below).collect::<Vec<_>>().join("/");
                let (place, holds) = (place_of(&part), Holds::Part(place.clone()));
                found.push(Found { from: From::File(part), origin: below, place, holds });
            }
            found.push(Found { from: From::File(path), origin, place, holds });
        }
    }
    found.sort_by(|a, b| (&a.origin, &a.place).cmp(&(&b.origin, &b.place)));
    // the same file named twice, or named beside its folder; a part of a page may be a report as well
    let mut seen = BTreeSet::new();
    found.retain(|one| seen.insert((one.place.clone(), matches!(one.holds, Holds::Part(_)))));
    (found, refusals)
}
