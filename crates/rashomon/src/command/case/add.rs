//! What is taken in? `rashomon add`: files, folders and standard input, a batch at a time, so that memory does not grow
//! with their number.

use super::by;
use crate::cli::AddArgs;
use crate::command::reading::OWN_TABLES;
use crate::command::{DONE, LEFT_OUT, NOTHING, case, print};
use crate::progress::Progress;
use anyhow::Context as _;
use rashomon_dossier::safe::one_line;
use rashomon_fetch::Fetcher;
use rashomon_ingest::open::{self, Link, Opened, Options, Source};
use rashomon_ingest::{Document, Refusal, read};
use rashomon_store::log::facts::{Captured, Read};
use rashomon_store::{Case, Outcome, Taken};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Captures taken in with one checkpoint of the log.
pub(super) const BATCH: usize = 256;
/// Bytes after which a batch is full.
const BATCH_BYTES: u64 = 32 << 20;

/// One thing to be taken in, not opened yet.
struct Found {
    from: From,
    origin: String,
    place: String,
    holds: Holds,
}

/// What a file is to the case.
#[derive(Clone, PartialEq, Eq)]
enum Holds {
    /// Reports, which are read to know them again.
    Reports,
    /// A table of places, parties or decisions.
    Table,
    /// A picture, style or script of the saved page that has this place.
    Part(String),
}

/// Where bytes come from.
enum From {
    File(PathBuf),
    StandardInput,
    Address,
}

/// What was done, in numbers.
#[derive(Default)]
struct Tally {
    added: usize,
    again: usize,
    unchanged: usize,
    left_out: usize,
    parts: usize,
}

/// The work on one case.
struct Adding<'a> {
    case: Case,
    args: &'a AddArgs,
    tally: Tally,
    batch: Vec<(Found, Vec<u8>)>,
    held: u64,
    /// Addresses found in tables, without a text.
    links: BTreeSet<String>,
    /// Made for the first address.
    fetcher: Option<Fetcher>,
}

/// `rashomon add`.
///
/// # Errors
/// If the case cannot be changed; what was printed as added before is safe.
pub fn run(args: &AddArgs) -> anyhow::Result<u8> {
    options(&args.column)?;
    let case = case::open(&args.case, "add", &args.operator)?;
    let (found, refusals) = find(&args.paths, &case);
    let (tally, links) = (Tally::default(), BTreeSet::new());
    let mut adding = Adding { case, args, tally, batch: Vec::new(), held: 0, links, fetcher: None };
    for refusal in refusals.iter().filter(|refusal| refusal.left_out()) {
        leave_out(refusal, &mut adding.tally);
    }
    let passed = refusals.iter().filter(|refusal| !refusal.left_out() && refusal.code == "R110").count();
    let progress = Progress::new(found.len(), args.quiet);
    progress.stage("adding");
    // the parts of a page are kept beside it, so pages go first; those of a page that was left out are left out with it
    let (parts, found): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|one| matches!(one.holds, Holds::Part(_)));
    for one in found {
        adding.add(one)?;
        progress.step();
    }
    adding.take_in()?;
    let pages: BTreeSet<String> = adding.case.contents().live().map(|(_, facts)| facts.place.clone()).collect();
    for one in parts {
        if matches!(&one.holds, Holds::Part(page) if pages.contains(page)) {
            adding.add(one)?;
        }
        progress.step();
    }
    adding.take_in()?;
    for url in std::mem::take(&mut adding.links) {
        let place = format!("url:{url}");
        adding.add(Found { from: From::Address, origin: url, place, holds: Holds::Reports })?;
    }
    adding.take_in()?;
    drop(progress);
    let tally = adding.tally;
    if !args.quiet {
        if passed > 0 {
            eprintln!("note: {passed} files of other kinds passed over");
        }
        let again = if tally.again > 0 { format!(" ({} of them captured before)", tally.again) } else { String::new() };
        let parts = if tally.parts > 0 { format!(", {} parts of pages kept", tally.parts) } else { String::new() };
        print(&format!(
            "{} added{again}, {} unchanged, {} left out{parts}\n",
            tally.added, tally.unchanged, tally.left_out
        ))?;
    }
    Ok(match (tally.left_out, tally.added + tally.unchanged) {
        (0, n) if n > 0 => DONE,
        (_, 0) => {
            eprintln!(
                "error: nothing could be read\n  hint: give files, folders or addresses, or - for standard input"
            );
            NOTHING
        }
        _ => LEFT_OUT,
    })
}

impl Adding<'_> {
    /// Gets the bytes of one thing, and takes a batch in when it is full.
    fn add(&mut self, one: Found) -> anyhow::Result<()> {
        let bytes = match &one.from {
            From::File(path) => {
                read::source(path, &Options::default()).map(|source| source.bytes).map_err(Refusal::from)
            }
            From::StandardInput => {
                read::standard_input(&Options::default()).map(|source| source.bytes).map_err(Refusal::from)
            }
            From::Address => {
                let fetcher = self.fetcher.get_or_insert_with(|| self.args.fetching.fetcher());
                crate::fetch::capture(fetcher, &one.origin)
            }
        };
        match bytes {
            Ok(bytes) => {
                self.held += bytes.len() as u64;
                self.batch.push((one, bytes));
            }
            Err(refusal) => leave_out(&refusal, &mut self.tally),
        }
        if self.batch.len() == BATCH || self.held > BATCH_BYTES { self.take_in() } else { Ok(()) }
    }

    /// Reads a batch on all cores, takes in what could be read, and says so.
    fn take_in(&mut self) -> anyhow::Result<()> {
        let (case, args, tally) = (&mut self.case, self.args, &mut self.tally);
        let batch = std::mem::take(&mut self.batch);
        self.held = 0;
        let mut fresh = Vec::new();
        for (found, bytes) in batch {
            let facts = Captured {
                bytes: bytes.len() as u64,
                name: match found.from {
                    // what an archive of an address holds is told by its bytes
                    From::Address => found.origin.clone(),
                    _ => found.origin.rsplit('/').next().unwrap_or_default().to_owned(),
                },
                retrieved: matches!(found.from, From::Address).then(case::now),
                origin: found.origin,
                place: found.place,
                sha256: rashomon_store::hex::sha256(&bytes),
                columns: args.column.clone(),
                part_of: match &found.holds {
                    Holds::Part(page) => Some(page.clone()),
                    _ => None,
                },
                ..Captured::default()
            };
            if case.contents().same(&facts).is_some() {
                tally.unchanged += usize::from(facts.part_of.is_none());
            } else {
                fresh.push((Taken { bytes, facts }, found.holds != Holds::Reports));
            }
        }
        let read: Vec<(Taken, Vec<Refusal>, Vec<Link>, bool)> = fresh
            .into_par_iter()
            .map(|(mut taken, table)| {
                let (reports, refusals, links) = if table { Default::default() } else { reports(&taken)? };
                taken.facts.reports = reports;
                Ok((taken, refusals, links, table))
            })
            .collect::<anyhow::Result<_>>()?;
        let mut taken = Vec::new();
        for (one, mut refusals, links, table) in read {
            if args.fetching.fetch {
                self.links.extend(links.into_iter().map(|link| link.url));
            } else {
                refusals.extend(links.iter().map(|link| Refusal::of(&link.origin, "R126", Some(&link.url))));
            }
            for refusal in refusals.iter().filter(|refusal| refusal.left_out()) {
                leave_out(refusal, tally);
            }
            if table || !one.facts.reports.is_empty() {
                taken.push(one);
            }
        }
        let known: BTreeMap<String, usize> =
            case.contents().reports().into_iter().map(|(key, list)| (key.to_owned(), list.len())).collect();
        let said: Vec<(String, usize, bool, bool)> = taken
            .iter()
            .map(|one| {
                let again = one.facts.reports.iter().any(|report| known.contains_key(&report.key));
                (one.facts.origin.clone(), one.facts.reports.len(), again, one.facts.part_of.is_some())
            })
            .collect();
        let outcomes = by(&args.operator, |hand| case.capture(taken, hand))
            .context("adding stopped; what was listed as added is safe")?;
        let mut lines = String::new();
        for (outcome, (origin, reports, again, part)) in outcomes.into_iter().zip(said) {
            match outcome {
                _ if part => tally.parts += usize::from(matches!(outcome, Outcome::New(_))),
                Outcome::Unchanged(_) => tally.unchanged += 1,
                Outcome::New(seq) => {
                    tally.added += 1;
                    tally.again += usize::from(again);
                    let kind = match (reports, again) {
                        (0, _) => "table",
                        (_, false) => "added",
                        (_, true) => "again",
                    };
                    let many = if reports > 1 { format!("  ({reports} reports)") } else { String::new() };
                    lines.push_str(&format!("{kind} {seq:>6}  {}{many}\n", one_line(&origin)));
                }
            }
        }
        if !args.quiet && !lines.is_empty() {
            print(&lines)?;
        }
        Ok(())
    }
}

/// Names what is left out.
fn leave_out(refusal: &Refusal, tally: &mut Tally) {
    eprintln!("left out: {}", one_line(&refusal.to_string()));
    tally.left_out += 1;
}

/// Everything named, in sorted order, each with its path below what was named; and what was passed over.
fn find(paths: &[String], case: &Case) -> (Vec<Found>, Vec<Refusal>) {
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
        let tables: Vec<PathBuf> =
            OWN_TABLES.iter().map(|name| base.join(name)).filter(|path| path.is_file()).collect();
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
    found.dedup_by(|a, b| a.place == b.place);
    (found, refusals)
}

/// The reports in bytes to be taken in, as the log names them, what could not be read, and addresses without a text.
fn reports(taken: &Taken) -> anyhow::Result<(Vec<Read>, Vec<Refusal>, Vec<Link>)> {
    let Opened { inputs, mut links, mut refusals } = opened(&taken.facts, taken.bytes.clone())?;
    let texts: BTreeSet<String> = inputs.iter().map(|input| input.origin.clone()).collect();
    links.retain(|link| !texts.contains(&link.origin)); // an entry of a feed has a text as well as an address
    let mut found = Vec::new();
    for input in inputs {
        let part = part(&input.origin, &taken.facts.origin);
        let digest = input.sha256.clone();
        match rashomon_ingest::extract_with(input, &crate::isolate::pages) {
            Err(error) => refusals.push(error.into()),
            Ok(document) => {
                let document = document.value;
                found.push(Read {
                    key: key(&document, &taken.facts, &part, &digest),
                    document: document.id.as_str().to_owned(),
                    text: rashomon_store::hex::sha256(document.text.as_bytes()),
                    title: document.title,
                    part,
                });
            }
        }
    }
    apart(&mut found);
    Ok((found, refusals, links))
}

/// Where in a capture an input lies: what its origin says behind that of the capture.
pub(super) fn part(origin: &str, capture: &str) -> String {
    origin.strip_prefix(capture).unwrap_or(origin).to_owned()
}

/// What makes two captures the same report: the giver's id within one table; else its address, unless that is only a
/// site's front page; else its place, for a file that holds nothing else; else its own bytes.
fn key(document: &Document, capture: &Captured, part: &str, digest: &str) -> String {
    let short = capture.place.get(..16).unwrap_or(&capture.place);
    if let Some(id) = &document.given_id {
        return format!("id {short}:{id}");
    }
    if let Some(url) = document.url.as_deref().and_then(address) {
        return format!("url:{url}");
    }
    if part.is_empty() { format!("place:{}", capture.place) } else { format!("row {short}:{digest}") }
}

/// An address without what does not change the page: its fragment, `www.`, a closing slash, and the scheme. `None` for a
/// front page.
fn address(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://")?.1;
    let rest = rest.split('#').next()?;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    (!path.is_empty()).then(|| format!("{}/{path}", host.strip_prefix("www.").unwrap_or(&host)))
}

/// Reports of one capture with one key are several reports: an address that all rows of a table share names none of them.
fn apart(reports: &mut [Read]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for report in reports.iter() {
        *times.entry(report.key.clone()).or_default() += 1;
    }
    for report in reports.iter_mut().filter(|report| times.get(&report.key).is_some_and(|n| *n > 1)) {
        report.key = format!("{} {}", report.key, report.text);
    }
}

/// A capture taken apart, with the choices of columns it was taken in with.
pub(super) fn opened(capture: &Captured, bytes: Vec<u8>) -> anyhow::Result<Opened> {
    let source = Source { origin: capture.origin.clone(), ..Source::new(&capture.name, bytes) };
    Ok(open::open(source, &options(&capture.columns)?))
}

/// The user's choices of columns.
fn options(columns: &[String]) -> anyhow::Result<Options> {
    let mut options = Options::default();
    for choice in columns {
        options.columns.add(choice).map_err(|reason| anyhow::anyhow!("--column {reason}"))?;
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        assert_eq!(address("https://www.Talen.example/a/b/#top"), Some("talen.example/a/b".into()));
        assert_eq!(address("http://talen.example/a/b"), Some("talen.example/a/b".into()));
        assert_eq!(address("https://talen.example/"), None, "a front page names no report");
        assert_ne!(address("https://talen.example/?id=1"), address("https://talen.example/?id=2"));
    }
}
