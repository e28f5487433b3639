//! Can somebody outside say since when? `rashomon anchor`: a query for a time-stamping authority, and its answer; or calendars of
//! OpenTimestamps ([`calendar`]).
//!
//! The query holds a hash of the log's root and nothing else of the case. With `--tsa` it is sent to the address named there;
//! with `--query` and `--reply` carrying it is left to a tool of the user's choice, and no socket is opened. Either way the
//! anchor is pending until an answer to that very query, under a good signature, has been kept.

mod calendar;

use super::{by, open};
use crate::cli::AnchorArgs;
use crate::command::{USAGE, print};
use anyhow::{Context as _, bail};
use rashomon_dossier::safe::one_line;
use rashomon_fetch::{Address, Fetcher, Policy, Sent};
use rashomon_store::Case;
use rashomon_store::anchor::{self, Proof, Unsigned};
use rashomon_store::case::Draft;
use rashomon_store::disk::{Disk, Files as _, replace};
use rashomon_store::hex;
use rashomon_store::log::{Facts, Verb, merkle};
use std::path::Path;

/// Most bytes of an authority's answer: a token with a chain of certificates has some ten thousand.
const MOST: u64 = 1 << 20;

/// `rashomon anchor`.
///
/// # Errors
/// If the case cannot be changed, the authority cannot be asked, or the reply does not answer a query of this case.
pub fn run(args: &AnchorArgs) -> anyhow::Result<u8> {
    if args.upgrade {
        return calendar::upgrade(args);
    }
    match (&args.tsa, &args.query, &args.reply) {
        _ if !args.ots.is_empty() => calendar::stamp(args),
        (Some(url), ..) => stamp(args, url),
        (None, Some(file), None) => ask(args, file),
        (None, None, Some(file)) => {
            let reply = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            let whence = one_line(&file.display().to_string());
            if Proof::is(&reply) { calendar::take_in(args, &reply, &whence) } else { take_in(args, &reply, &whence) }
        }
        _ => {
            let (root, size) = open(&args.case, "anchor", &args.operator)?.head();
            let root = hex::text(&root);
            print(&format!(
                "root {root} of {size} entries; give --tsa URL, --ots URL, --query FILE or --reply FILE\n"
            ))?;
            Ok(USAGE)
        }
    }
}

/// A query for the log as it stands, kept as pending; and how many entries it is of.
fn pending(args: &AnchorArgs) -> anyhow::Result<(Vec<u8>, u64)> {
    let mut case = open(&args.case, "anchor", &args.operator)?;
    let (root, size) = case.head();
    let nonce: [u8; 8] = super::random()?.first_chunk().copied().unwrap_or_default();
    let query = anchor::query(&root, &nonce);
    keep(&mut case, args, &query, "tsq", size, "query")?;
    Ok((query, size))
}

/// How a service is asked whose very address the user typed: its port is meant, and its number if it is one; a name must stand
/// for a public number, and nothing is followed.
fn policy(url: &str, proxy: Option<&str>, most: u64) -> anyhow::Result<Policy> {
    let address = Address::parse(url).map_err(|reason| anyhow::anyhow!("{}: {reason}", one_line(url)))?;
    Ok(Policy {
        ports: vec![address.port()],
        allowed: address.literal().into_iter().collect(),
        proxy: proxy.map(str::to_owned),
        most,
        ..Policy::default()
    })
}

/// Asks an authority, and keeps what it answers. The case is not held meanwhile.
fn stamp(args: &AnchorArgs, url: &str) -> anyhow::Result<u8> {
    let policy = policy(url, args.proxy.as_deref(), MOST)?;
    let (query, size) = pending(args)?;
    let sent =
        Sent { media: "application/timestamp-query", accept: "application/timestamp-reply", body: query.as_slice() };
    let answer = Fetcher::new(policy).send(url, sent).with_context(|| {
        format!("the anchor of the first {size} entries stays pending; ask again, or another authority")
    })?;
    take_in(args, &answer.content(), url)
}

/// Writes a query for the user to carry.
fn ask(args: &AnchorArgs, file: &Path) -> anyhow::Result<u8> {
    let (query, size) = pending(args)?;
    rashomon_store::write_whole(file, &query).with_context(|| format!("cannot write {}", file.display()))?;
    let shown = file.display();
    print(&format!(
        "wrote {shown}, a query for the root of the first {size} entries: pending\nsend it, for example:\n  \
         curl -H 'Content-Type: application/timestamp-query' --data-binary @{shown} URL > reply.tsr\nthen: \
         rashomon anchor {} --reply reply.tsr\n",
        args.case.display()
    ))
}

/// Takes an authority's reply in.
fn take_in(args: &AnchorArgs, reply: &[u8], whence: &str) -> anyhow::Result<u8> {
    let whence = one_line(whence);
    let stamped = anchor::imprint(reply).zip(anchor::time(reply));
    let Some((imprint, time)) = stamped else { bail!("{whence}: no granted time stamp over SHA-256 [S111]") };
    let mut case = open(&args.case, "anchor", &args.operator)?;
    let nonce = anchor::nonce(reply);
    let asked = case.entries().iter().rev().filter(|entry| entry.verb == Verb::Anchor).find_map(|entry| {
        let Facts::Anchor { size, state, file, .. } = &case.opening(entry)?.facts else { return None };
        let leaves = case.leaves().get(..usize::try_from(*size).ok()?)?;
        let query = Disk.read(&case.root().join("anchors").join(file)).ok()?;
        let fits = anchor::digest(&merkle::root(leaves)) == imprint && anchor::nonce(&query) == nonce;
        (state == "query" && fits).then_some(*size)
    });
    let Some(size) = asked else { bail!("{whence}: answers no query of this case [S111]") };
    let signed = match anchor::signer(reply) {
        Ok(by) => format!("signed with the certificate of {} (SHA-256 {})", one_line(&by.name), by.certificate),
        Err(Unsigned::Bad(why)) => bail!("{whence}: {why} [S111]"),
        // the query asks for the certificate, so an honest answer has it; what nobody can check may be anybody's
        Err(Unsigned::Unknown(why)) => {
            bail!("{whence}: its signature cannot be checked here, so it confirms nothing: {why} [S111]")
        }
    };
    keep(&mut case, args, reply, "tsr", size, "token")?;
    let file = format!("{}.tsr", hex::sha256(reply));
    print(&format!(
        "confirmed: the first {size} entries existed by {time}\n{signed}\nthat this is the authority is for its certificate \
         to say: openssl ts -verify -in {}/anchors/{file} -digest {} -CAfile CERTIFICATE\n",
        args.case.display(),
        hex::text(&imprint)
    ))
}

/// Keeps query or reply in the case, and says so in its log.
fn keep(case: &mut Case, args: &AnchorArgs, bytes: &[u8], ending: &str, size: u64, state: &str) -> anyhow::Result<()> {
    let sha256 = hex::sha256(bytes);
    let file = format!("{sha256}.{ending}");
    let folder = case.root().join("anchors");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(&file);
    replace(&Disk, &path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    let facts = Facts::Anchor { file, sha256, size, state: state.to_owned() };
    by(&args.operator, |hand| case.commit(vec![Draft { verb: Verb::Anchor, facts, of: vec![] }], hand))?;
    Ok(())
}
