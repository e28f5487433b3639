//! Which calendars promised, and which kept it? OpenTimestamps: `rashomon anchor --ots` and `--upgrade`.
//!
//! A calendar is sent SHA-256 of the root's hash and a random number, from which nothing can be learned, and answers with a
//! proof that ends in its promise. Hours later it has put many such hashes into one Bitcoin transaction, and gives the rest of
//! the way. Only addresses given on the command line are asked, also for what other calendars promised: an answer names where
//! to ask later, and it is the user who decides to ask there.

use super::{keep, policy};
use crate::cli::AnchorArgs;
use crate::command::case::{open, random};
use crate::command::{DONE, LEFT_OUT, print};
use anyhow::{Context as _, bail};
use rashomon_dossier::safe::one_line;
use rashomon_fetch::{Address, FetchError, Fetcher, Sent};
use rashomon_store::anchor::{self, Attestation, MOST, Proof, Stamp};
use rashomon_store::disk::{Disk, Files as _};
use rashomon_store::log::{Facts, Verb, merkle};
use rashomon_store::{Case, hex};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Media type of what calendars answer.
const ANSWER: &str = "application/vnd.opentimestamps.v1";
/// What the reference clients call what they send: the libraries they send it with add it, and calendars do not look at it.
const SENT: &str = "application/x-www-form-urlencoded";
/// Most bytes of an answer with its head: the head's own limit is far above what is left.
const MOST_RECEIVED: u64 = 96 << 10;

/// A calendar's address without a slash at its end.
fn calendar(url: &str) -> anyhow::Result<String> {
    let address = Address::parse(url).map_err(|reason| anyhow::anyhow!("--ots {}: {reason}", one_line(url)))?;
    if address.target().contains('?') {
        bail!("--ots {}: a calendar's address has no question mark", one_line(url));
    }
    Ok(address.to_string().trim_end_matches('/').to_owned())
}

/// Asks a calendar, and reads what it says of a message.
fn ask(args: &AnchorArgs, url: &str, message: &[u8], sent: Option<&[u8]>) -> anyhow::Result<Stamp> {
    let mut fetcher = Fetcher::new(policy(url, args.proxy.as_deref(), MOST_RECEIVED)?);
    let answer = match sent {
        Some(body) => fetcher.send(url, Sent { media: SENT, accept: ANSWER, body })?,
        None => fetcher.get(url, ANSWER)?,
    };
    Stamp::read(&answer.content(), message)
        .map_err(|why| anyhow::anyhow!("{url}: no answer about what it was asked: {why} [S112]"))
}

/// Says on standard error what did not work.
fn warn(error: &anyhow::Error) {
    eprintln!("warning: {}", one_line(&format!("{error:#}")));
}

/// `--ots URL…`: asks calendars to stamp the log as it stands, and keeps what they promise. The case is not held meanwhile.
pub(super) fn stamp(args: &AnchorArgs) -> anyhow::Result<u8> {
    let calendars = args.ots.iter().map(|url| calendar(url)).collect::<anyhow::Result<BTreeSet<_>>>()?;
    let (root, size) = Case::look(Arc::new(Disk), &args.case)?.head();
    let nonce: [u8; 16] = random()?.first_chunk().copied().unwrap_or_default();
    let sent = anchor::blinded(&root, &nonce);
    let mut answers = Vec::new();
    for url in &calendars {
        match ask(args, &format!("{url}/digest"), &sent, Some(&sent)) {
            Ok(answer) => answers.push(answer),
            Err(error) => warn(&error),
        }
    }
    let failed = calendars.len() - answers.len();
    if answers.is_empty() {
        bail!("no calendar gave a proof; nothing is pending");
    }
    let proof = Proof::new(&root, &nonce, answers);
    let bytes = checked(&proof)?;
    let mut case = open(&args.case, "anchor", &args.operator)?;
    keep(&mut case, args, &bytes, "ots", size, "proof")?;
    print(&format!("pending: the first {size} entries\n{}", later(args, &promised(&[proof]))))?;
    Ok(if failed == 0 { DONE } else { LEFT_OUT })
}

/// A proof as it is written, if it can be read again.
fn checked(proof: &Proof) -> anyhow::Result<Vec<u8>> {
    let bytes = proof.write();
    match Proof::read(&bytes) {
        Ok(read) if read == *proof => Ok(bytes),
        Ok(_) => bail!("the calendars' answers together make no proof [S112]"),
        Err(why) => bail!("the calendars' answers together make no proof of up to {MOST} bytes: {why} [S112]"),
    }
}

/// Addresses of calendars that promised and have not kept it yet.
fn promised(proofs: &[Proof]) -> BTreeSet<String> {
    let ends = proofs.iter().flat_map(Proof::ends).filter(|end| !end.kept);
    let of = |attestation| if let Attestation::Pending(uri) = attestation { Some(uri) } else { None };
    ends.filter_map(|end| of(end.attestation)).collect()
}

/// Who promised, and how to ask for it.
fn later(args: &AnchorArgs, promised: &BTreeSet<String>) -> String {
    let asked: String = promised.iter().map(|uri| format!(" --ots {uri}")).collect();
    let listed: String = promised.iter().map(|uri| format!("  promised by {uri}\n")).collect();
    format!(
        "{listed}once they have put it into a Bitcoin block (hours to a day):\n  rashomon anchor {} --upgrade{asked}\n",
        one_line(&args.case.display().to_string())
    )
}

/// The proofs a case holds, each with how many entries it is of; of those that grew, the last.
fn held(case: &Case) -> Vec<(Proof, u64)> {
    let mut held: Vec<(Proof, u64)> = Vec::new();
    for entry in case.entries().iter().filter(|entry| entry.verb == Verb::Anchor) {
        let Some(Facts::Anchor { file, sha256, size, .. }) = case.opening(entry).map(|opening| &opening.facts) else {
            continue;
        };
        let bytes = Disk.read(&case.root().join("anchors").join(format!("{sha256}.ots"))).unwrap_or_default();
        if *file != format!("{sha256}.ots") || hex::sha256(&bytes) != *sha256 {
            continue;
        }
        let Ok(proof) = Proof::read(&bytes) else { continue };
        if of_root(case, *size) == proof.digest() {
            held.retain(|(earlier, _)| !proof.holds(earlier));
            held.push((proof, *size));
        }
    }
    held
}

/// The hash of the root that the first entries had.
fn of_root(case: &Case, size: u64) -> Option<merkle::Hash> {
    let leaves = case.leaves().get(..usize::try_from(size).ok()?)?;
    Some(anchor::digest(&merkle::root(leaves)))
}

/// `--upgrade`: asks the calendars given for what they promised, and keeps it.
pub(super) fn upgrade(args: &AnchorArgs) -> anyhow::Result<u8> {
    let allowed = args.ots.iter().map(|url| calendar(url)).collect::<anyhow::Result<BTreeSet<_>>>()?;
    let case = Case::look(Arc::new(Disk), &args.case)?;
    let mut proofs = held(&case);
    let promised = promised(&proofs.iter().map(|(proof, _)| proof.clone()).collect::<Vec<_>>());
    if promised.is_empty() {
        return print("nothing is pending at a calendar; rashomon verify tells how each anchor stands\n");
    }
    if allowed.is_empty() {
        return print(&format!("nobody was asked\n{}", later(args, &promised)));
    }
    drop(case);
    let mut failed = 0;
    for given in &allowed {
        if !promised.iter().any(|uri| calendar(uri).is_ok_and(|uri| uri == *given)) {
            failed += 1;
            warn(&anyhow::anyhow!("{given}: not asked, since nothing is pending there"));
        }
    }
    let mut text = String::new();
    let (mut asked, mut answered) = (0, 0);
    for (proof, size) in &mut proofs {
        let before = proof.clone();
        for end in before.ends().into_iter().filter(|end| !end.kept) {
            let Attestation::Pending(uri) = &end.attestation else { continue };
            // the address as the user gave it is asked, never one that only the proof names
            let Some(url) = calendar(uri).ok().filter(|url| allowed.contains(url)) else { continue };
            asked += 1;
            match ask(args, &format!("{url}/timestamp/{}", hex::text(&end.message)), &end.message, None) {
                Ok(answer) => {
                    answered += 1;
                    proof.graft(uri, &end.message, &answer);
                }
                Err(error) => {
                    let not_yet = matches!(error.downcast_ref(), Some(FetchError::Status { status: 404, .. }));
                    if not_yet {
                        answered += 1;
                        text.push_str(&format!("not yet: {url} has no more for the first {size} entries\n"));
                    } else {
                        failed += 1;
                        warn(&error);
                    }
                }
            }
        }
        if *proof == before {
            continue;
        }
        let bytes = checked(proof)?;
        let mut case = open(&args.case, "anchor", &args.operator)?;
        keep(&mut case, args, &bytes, "ots", *size, "proof")?;
        text.push_str(&kept(proof, *size));
    }
    if asked > 0 && answered == 0 {
        bail!("no calendar answered; what was pending still is");
    }
    print(&text)?;
    Ok(if failed == 0 { DONE } else { LEFT_OUT })
}

/// What a proof that was kept leads to.
fn kept(proof: &Proof, size: u64) -> String {
    let mut text = String::new();
    for end in proof.ends() {
        if let Attestation::Bitcoin(height) = end.attestation {
            text.push_str(&format!(
                "kept: the proof of the first {size} entries ends in Bitcoin block {height}, whose Merkle root must be {}: not \
                 checked here; rashomon verify tells how\n",
                anchor::shown(&end.message)
            ));
        }
    }
    if text.is_empty() { format!("kept: more of the proof of the first {size} entries, still pending\n") } else { text }
}

/// `--reply FILE.ots`: a proof of a root of this case, made or completed with another program.
pub(super) fn take_in(args: &AnchorArgs, bytes: &[u8], whence: &str) -> anyhow::Result<u8> {
    let proof = Proof::read(bytes).map_err(|why| anyhow::anyhow!("{whence}: {why} [S112]"))?;
    let mut case = open(&args.case, "anchor", &args.operator)?;
    let sizes = case.entries().iter().filter_map(|entry| match &case.opening(entry)?.facts {
        Facts::Anchor { size, .. } => Some(*size),
        _ => None,
    });
    let sizes: BTreeSet<u64> = sizes.chain([case.head().1]).collect();
    let of = sizes.into_iter().rev().find(|size| of_root(&case, *size) == proof.digest() && proof.digest().is_some());
    let size = of.with_context(|| {
        format!("{whence}: begins at the root of neither the log as it stands nor of an anchor of this case [S112]")
    })?;
    if held(&case).iter().any(|(held, _)| held.holds(&proof)) {
        return print("kept already: nothing in it is new\n");
    }
    keep(&mut case, args, bytes, "ots", size, "proof")?;
    let promised = promised(std::slice::from_ref(&proof));
    print(&kept(&proof, size))?;
    if promised.is_empty() { Ok(DONE) } else { print(&later(args, &promised)) }
}
