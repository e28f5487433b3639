//! What is taken in? `rashomon add`: files, folders and standard input, a batch at a time, so that memory does not grow
//! with their number.

use super::by;
use crate::cli::AddArgs;
use crate::command::reading::OWN_TABLES;
use crate::command::{DONE, LEFT_OUT, NOTHING, case, print};
use crate::progress::Progress;
use anyhow::Context as _;
use rashomon_dossier::safe::one_line;
use rashomon_ingest::limits::LARGEST;
use rashomon_ingest::open::{self, Opened, Options, Source};
use rashomon_ingest::{Document, IngestError, Refusal};
use rashomon_store::log::facts::{Captured, Read};
use rashomon_store::{Case, Outcome, Taken};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Files taken in with one entry of the log's checkpoint.
const BATCH: usize = 256;
/// Bytes after which a batch is full.
const BATCH_BYTES: u64 = 32 << 20;

/// One thing to be taken in, not opened yet.
struct Found {
    path: Option<PathBuf>,
    origin: String,
    place: String,
    table: bool,
}

/// What was done, in numbers.
#[derive(Default)]
struct Tally {
    added: usize,
    again: usize,
    unchanged: usize,
    left_out: usize,
}

/// `rashomon add`.
///
/// # Errors
/// If the case cannot be changed; what was printed as added before is safe.
pub fn run(args: &AddArgs) -> anyhow::Result<u8> {
    options(&args.column)?;
    let mut case = case::open(&args.case, "add", &args.operator)?;
    let (found, refusals) = find(&args.paths, &case);
    let mut tally = Tally::default();
    for refusal in refusals.iter().filter(|refusal| refusal.left_out()) {
        leave_out(refusal, &mut tally);
    }
    let passed = refusals.iter().filter(|refusal| !refusal.left_out() && refusal.code == "R110").count();
    let progress = Progress::new(found.len(), args.quiet);
    progress.stage("adding");
    let mut batch: Vec<(Found, Vec<u8>)> = Vec::new();
    let mut held = 0;
    for one in found {
        let bytes = match &one.path {
            Some(path) => std::fs::read(path).map_err(|error| unopened(&one.origin, &error)),
            None => standard_input().map_err(|error| unopened(&one.origin, &error)),
        };
        progress.step();
        match bytes {
            Ok(bytes) if bytes.len() as u64 > LARGEST => {
                let error = IngestError::TooLarge { origin: one.origin, bytes: bytes.len() as u64 };
                leave_out(&error.into(), &mut tally);
            }
            Ok(bytes) => {
                held += bytes.len() as u64;
                batch.push((one, bytes));
            }
            Err(refusal) => leave_out(&refusal, &mut tally),
        }
        if batch.len() == BATCH || held > BATCH_BYTES {
            take_in(std::mem::take(&mut batch), &mut case, args, &mut tally)?;
            held = 0;
        }
    }
    take_in(batch, &mut case, args, &mut tally)?;
    drop(progress);
    if !args.quiet {
        if passed > 0 {
            eprintln!("note: {passed} files of other kinds passed over");
        }
        let again = if tally.again > 0 {
            format!(" ({} of them captured before, changed since)", tally.again)
        } else {
            String::new()
        };
        print(&format!("{} added{again}, {} unchanged, {} left out\n", tally.added, tally.unchanged, tally.left_out))?;
    }
    Ok(match (tally.left_out, tally.added + tally.unchanged) {
        (0, n) if n > 0 => DONE,
        (_, 0) => {
            eprintln!(
                "error: nothing could be read\n  hint: give files or folders with articles, or - for standard input"
            );
            NOTHING
        }
        _ => LEFT_OUT,
    })
}

/// Names what is left out.
fn leave_out(refusal: &Refusal, tally: &mut Tally) {
    eprintln!("left out: {}", one_line(&refusal.to_string()));
    tally.left_out += 1;
}

/// The refusal of a file that cannot be opened.
fn unopened(origin: &str, error: &std::io::Error) -> Refusal {
    IngestError::Unopened { origin: origin.to_owned(), reason: error.to_string() }.into()
}

/// Standard input, whole.
fn standard_input() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Everything named, in sorted order, each with its path below what was named; and what was passed over.
fn find(paths: &[String], case: &Case) -> (Vec<Found>, Vec<Refusal>) {
    let mut found = Vec::new();
    let mut refusals = Vec::new();
    for named in paths {
        if named == "-" {
            found.push(Found { path: None, origin: "standard-input.txt".into(), place: case.place("-"), table: false });
            continue;
        }
        let base = Path::new(named);
        let real = base.canonicalize().unwrap_or_else(|_| base.to_owned());
        let own = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let tables: Vec<PathBuf> =
            OWN_TABLES.iter().map(|name| base.join(name)).filter(|path| path.is_file()).collect();
        let (files, mut passed) = rashomon_ingest::read::files([base]);
        passed.retain(|refusal| !tables.iter().any(|table| table.display().to_string() == refusal.origin));
        refusals.append(&mut passed);
        let articles = files.into_iter().filter(|path| !tables.contains(path)).map(|path| (path, false));
        for (path, table) in articles.chain(tables.iter().cloned().map(|path| (path, true))) {
            let below = path.strip_prefix(base).unwrap_or(Path::new(""));
            // forward slashes everywhere, so that a case made on one system reads the same on another
            let below: Vec<String> =
                below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            let origin = std::iter::once(own.clone()).chain(below).collect::<Vec<_>>().join("/");
            let place = case.place(&path.canonicalize().unwrap_or_else(|_| path.clone()).to_string_lossy());
            found.push(Found { path: Some(path), origin, place, table });
        }
    }
    found.sort_by(|a, b| (&a.origin, &a.place).cmp(&(&b.origin, &b.place)));
    found.dedup_by(|a, b| a.path.is_some() && a.place == b.place);
    (found, refusals)
}

/// Reads a batch on all cores, takes in what could be read, and says so.
fn take_in(batch: Vec<(Found, Vec<u8>)>, case: &mut Case, args: &AddArgs, tally: &mut Tally) -> anyhow::Result<()> {
    let mut fresh = Vec::new();
    for (found, bytes) in batch {
        let facts = Captured {
            bytes: bytes.len() as u64,
            name: found.origin.rsplit('/').next().unwrap_or_default().to_owned(),
            origin: found.origin,
            place: found.place,
            sha256: rashomon_store::hex::sha256(&bytes),
            columns: args.column.clone(),
            ..Captured::default()
        };
        if case.contents().same(&facts).is_some() {
            tally.unchanged += 1;
        } else {
            fresh.push((Taken { bytes, facts }, found.table));
        }
    }
    let read: Vec<(Taken, Vec<Refusal>, bool)> = fresh
        .into_par_iter()
        .map(|(mut taken, table)| {
            let (reports, refusals) = if table { (Vec::new(), Vec::new()) } else { reports(&taken)? };
            taken.facts.reports = reports;
            Ok((taken, refusals, table))
        })
        .collect::<anyhow::Result<_>>()?;
    let mut taken = Vec::new();
    for (one, refusals, table) in read {
        for refusal in refusals.iter().filter(|refusal| refusal.left_out()) {
            leave_out(refusal, tally);
        }
        if table || !one.facts.reports.is_empty() {
            taken.push(one);
        }
    }
    let known: BTreeMap<String, usize> =
        case.contents().reports().into_iter().map(|(key, list)| (key.to_owned(), list.len())).collect();
    let said: Vec<(String, usize, bool)> = taken
        .iter()
        .map(|one| {
            let again = one.facts.reports.iter().any(|report| known.contains_key(&report.key));
            (one.facts.origin.clone(), one.facts.reports.len(), again)
        })
        .collect();
    let outcomes = by(&args.operator, |hand| case.capture(taken, hand))
        .context("adding stopped; what was listed as added is safe")?;
    let mut lines = String::new();
    for (outcome, (origin, reports, again)) in outcomes.into_iter().zip(said) {
        match outcome {
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

/// The reports in bytes to be taken in, as the log names them, and what could not be read.
fn reports(taken: &Taken) -> anyhow::Result<(Vec<Read>, Vec<Refusal>)> {
    let Opened { inputs, links, mut refusals } = opened(&taken.facts, taken.bytes.clone())?;
    let texts: BTreeSet<String> = inputs.iter().map(|input| input.origin.clone()).collect();
    let bare = links.iter().filter(|link| !texts.contains(&link.origin));
    refusals.extend(bare.map(|link| Refusal::of(&link.origin, "R126", Some(&link.url))));
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
    Ok((found, refusals))
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
