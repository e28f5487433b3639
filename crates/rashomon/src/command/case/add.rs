//! What is taken in? `rashomon add`: files, folders and standard input, a batch at a time, so that memory does not grow
//! with their number.

mod find;
mod report;
mod tally;

use super::by;
use crate::cli::AddArgs;
use crate::command::{case, print};
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
use tally::{Tally, leave_out, tell};

/// Captures taken in with one checkpoint of the log.
pub(super) const BATCH: usize = 256;
/// Bytes after which a batch is full.
pub(super) const BATCH_BYTES: u64 = 32 << 20;

/// The work on one case.
struct Adding<'a> {
    case: Case,
    args: &'a AddArgs,
    tally: Tally,
    /// What is to be taken in, and whether it is kept without being read.
    batch: Vec<(Taken, bool)>,
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
    // what is kept beside a page is told by number at the end
    tell(refusals.iter().filter(|refusal| !matches!(refusal.code, "R110" | "R115")), args.quiet);
    let progress = Progress::new(found.len(), args.quiet);
    progress.stage("adding");
    // the parts of a page are kept beside it, so pages go first; those of a page that was left out are left out with it
    let (parts, found): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|one| matches!(one.holds, Holds::Part(_)));
    let mut asked: BTreeSet<String> =
        found.iter().filter(|one| matches!(one.from, From::Address)).map(|one| one.origin.clone()).collect();
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
    let followed: Vec<String> =
        std::mem::take(&mut adding.links).into_iter().filter(|url| asked.insert(url.clone())).collect();
    for origin in followed {
        let place = format!("url:{origin}");
        adding.add(Found { from: From::Address, origin, place, holds: Holds::Reports })?;
    }
    adding.take_in()?;
    // addresses found at addresses of tables are told and not followed, or a site could lead on for ever
    for url in std::mem::take(&mut adding.links).difference(&asked) {
        leave_out(&Refusal::of(url, "R126", None), &mut adding.tally);
    }
    drop(progress);
    adding.tally.told(args.quiet, passed)
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
                let plain = one.holds != Holds::Reports;
                // an address was captured now, not when the batch is full
                let facts = self.facts(one, &bytes);
                self.batch.push((Taken { bytes, facts }, plain));
            }
            Err(refusal) => {
                leave_out(&refusal, &mut self.tally);
                self.was_there(&one, &refusal);
            }
        }
        if self.batch.len() == BATCH || self.held > BATCH_BYTES { self.take_in() } else { Ok(()) }
    }

    /// Says of an address that no longer gives its page that the case has it as it was.
    fn was_there(&self, one: &Found, refusal: &Refusal) {
        let before = self.case.contents().live().filter(|(_, facts)| facts.place == one.place).last();
        if let Some((capture, _)) = before.filter(|_| refusal.code == "R134" && !self.args.quiet) {
            let (origin, at) = (one_line(&one.origin), one_line(capture.captured(None)));
            eprintln!(
                "note: {origin}: it was there on {at}: capture {} has it and goes on counting; the case does not record \
                 this answer",
                capture.seq
            );
        }
    }

    /// Reads a batch on all cores, takes in what could be read, and says so.
    fn take_in(&mut self) -> anyhow::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.held = 0;
        let mut fresh = Vec::new();
        for (taken, plain) in batch {
            if self.case.contents().same(&taken.facts).is_some() {
                self.tally.unchanged += usize::from(taken.facts.part_of.is_none());
            } else {
                fresh.push((taken, plain));
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
            if !plain && one.facts.reports.is_empty() && links.is_empty() && !refusals.iter().any(Refusal::left_out) {
                refusals = vec![crate::fetch::without_report(&one.facts.origin, &refusals)];
            }
            // what was exchanged on the way to an address is kept in its archive
            if one.facts.retrieved.is_none() {
                tell(refusals.iter(), self.args.quiet);
            }
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

/// The user's choices of columns.
fn options(columns: &[String]) -> anyhow::Result<Options> {
    let mut options = Options::default();
    for choice in columns {
        options.columns.add(choice).map_err(|reason| anyhow::anyhow!("--column {reason}"))?;
    }
    Ok(options)
}
