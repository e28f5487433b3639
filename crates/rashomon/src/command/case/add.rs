//! What is taken in? `rashomon add`: files, folders and standard input, a batch at a time, so that memory does not grow
//! with their number.

mod find;
mod report;

use super::by;
use crate::cli::AddArgs;
use crate::command::{DONE, LEFT_OUT, NOTHING, case, print};
use crate::progress::Progress;
use anyhow::Context as _;
use find::{Found, From, Holds, find};
use rashomon_dossier::safe::one_line;
use rashomon_fetch::Fetcher;
use rashomon_ingest::open::{Link, Options};
use rashomon_ingest::{Refusal, read};
use rashomon_store::log::facts::Captured;
use rashomon_store::{Case, Outcome, Taken};
use rayon::prelude::*;
use report::reports;
pub(super) use report::{opened, part};
use std::collections::BTreeSet;

/// Captures taken in with one checkpoint of the log.
pub(super) const BATCH: usize = 256;
/// Bytes after which a batch is full.
const BATCH_BYTES: u64 = 32 << 20;

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
    adding.tally.told(args.quiet, passed)
}

impl Tally {
    /// Says what was done, and with which code the command ends.
    fn told(&self, quiet: bool, passed: usize) -> anyhow::Result<u8> {
        let Self { added, again, unchanged, left_out, parts } = self;
        if !quiet {
            if passed > 0 {
                eprintln!("note: {passed} files of other kinds passed over");
            }
            let again = if *again > 0 { format!(" ({again} of them captured before)") } else { String::new() };
            let parts = if *parts > 0 { format!(", {parts} parts of pages kept") } else { String::new() };
            print(&format!("{added} added{again}, {unchanged} unchanged, {left_out} left out{parts}\n"))?;
        }
        Ok(match (left_out, added + unchanged) {
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
        let batch = std::mem::take(&mut self.batch);
        self.held = 0;
        let mut fresh = Vec::new();
        for (found, bytes) in batch {
            let plain = found.holds != Holds::Reports;
            let facts = self.facts(found, &bytes);
            if self.case.contents().same(&facts).is_some() {
                self.tally.unchanged += usize::from(facts.part_of.is_none());
            } else {
                fresh.push((Taken { bytes, facts }, plain));
            }
        }
        let known: BTreeSet<String> = self.case.contents().reports().into_keys().map(str::to_owned).collect();
        let read: Vec<(Taken, Vec<Refusal>, Vec<Link>, bool)> = fresh
            .into_par_iter()
            .map(|(mut taken, plain)| {
                let (reports, refusals, links) = if plain { Default::default() } else { reports(&taken, &known)? };
                taken.facts.reports = reports;
                Ok((taken, refusals, links, plain))
            })
            .collect::<anyhow::Result<_>>()?;
        let mut taken = Vec::new();
        for (one, mut refusals, links, plain) in read {
            if self.args.fetching.fetch {
                self.links.extend(links.into_iter().map(|link| link.url));
            } else {
                refusals.extend(links.iter().map(|link| Refusal::of(&link.origin, "R126", Some(&link.url))));
            }
            for refusal in refusals.iter().filter(|refusal| refusal.left_out()) {
                leave_out(refusal, &mut self.tally);
            }
            if plain || !one.facts.reports.is_empty() {
                taken.push(one);
            }
        }
        self.capture(taken, &known)
    }

    /// What the log is to say of one thing.
    fn facts(&self, found: Found, bytes: &[u8]) -> Captured {
        let sha256 = rashomon_store::hex::sha256(bytes);
        Captured {
            bytes: bytes.len() as u64,
            name: match found.from {
                // what an archive of an address holds is told by its bytes
                From::Address => found.origin.clone(),
                _ => found.origin.rsplit('/').next().unwrap_or_default().to_owned(),
            },
            retrieved: matches!(found.from, From::Address).then(case::now),
            // nothing but its bytes tells what is piped in from what was piped in before
            place: match found.from {
                From::StandardInput => self.case.place(&format!("-{sha256}")),
                _ => found.place,
            },
            origin: found.origin,
            sha256,
            columns: self.args.column.clone(),
            part_of: match found.holds {
                Holds::Part(page) => Some(page),
                _ => None,
            },
            ..Captured::default()
        }
    }

    /// Takes in what was read, with one checkpoint, and says so.
    fn capture(&mut self, taken: Vec<Taken>, known: &BTreeSet<String>) -> anyhow::Result<()> {
        let (case, tally) = (&mut self.case, &mut self.tally);
        let said: Vec<(String, usize, bool, bool)> = taken
            .iter()
            .map(|one| {
                let again = one.facts.reports.iter().any(|report| known.contains(&report.key));
                let keys: BTreeSet<&str> = one.facts.reports.iter().map(|report| report.key.as_str()).collect();
                (one.facts.origin.clone(), keys.len(), again, one.facts.part_of.is_some())
            })
            .collect();
        let outcomes = by(&self.args.operator, |hand| case.capture(taken, hand))
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
        if !self.args.quiet && !lines.is_empty() {
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

/// The user's choices of columns.
fn options(columns: &[String]) -> anyhow::Result<Options> {
    let mut options = Options::default();
    for choice in columns {
        options.columns.add(choice).map_err(|reason| anyhow::anyhow!("--column {reason}"))?;
    }
    Ok(options)
}
