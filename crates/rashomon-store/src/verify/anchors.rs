//! Does what was confirmed outside fit the log? Every anchor kept, against the root it was made for.

use super::Verified;
use crate::anchor::{self, Attestation, End, Header, Proof};
use crate::disk::Files;
use crate::hex;
use crate::log::facts::{Commitment, Opening};
use crate::log::{Facts, Log, Verb, merkle};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// An anchor whose file is what it was, and of the root it was made for.
struct Anchor {
    /// `entry 3: anchors/….ots`.
    place: String,
    name: String,
    /// Entries under the root.
    size: u64,
    content: Content,
}

/// What its file holds.
enum Content {
    /// A query, or an authority's answer.
    Stamp(Vec<u8>),
    /// A proof that leads to Bitcoin's blocks.
    Proof(Proof),
}

/// Checks all; headers are of Bitcoin blocks that proofs may end in.
pub(super) fn check(
    files: &dyn Files,
    root: &Path,
    log: &Log,
    openings: &BTreeMap<Commitment, Opening>,
    headers: &[Header],
    out: &mut Verified,
) {
    let mut held = Vec::new();
    let mut named = BTreeSet::new();
    for entry in log.entries.iter().filter(|entry| entry.verb == Verb::Anchor) {
        let Some(Facts::Anchor { file, sha256, size, .. }) =
            entry.objects.first().and_then(|commitment| openings.get(commitment)).map(|opening| &opening.facts)
        else {
            continue;
        };
        named.insert(file.as_str());
        let name = format!("anchors/{file}");
        let place = format!("entry {}: {name}", entry.seq);
        // the name is a hash and an ending; anything else was not written by this program
        let plain = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.') && !file.contains("..");
        let read = if plain { files.read(&root.join("anchors").join(file)).ok() } else { None };
        let Some(bytes) = read else {
            out.wrong("S208", format!("{place}: missing"));
            continue;
        };
        if hex::sha256(&bytes) != *sha256 {
            out.wrong("S208", format!("{place}: was altered"));
            continue;
        }
        let Some(head) = usize::try_from(*size).ok().and_then(|size| log.root(size)) else {
            out.wrong("S208", format!("{place}: is of {size} entries, more than there are"));
            continue;
        };
        let (of, content) = if Proof::is(&bytes) {
            match Proof::read(&bytes) {
                Ok(proof) => (proof.digest(), Content::Proof(proof)),
                Err(error) => {
                    out.wrong("S208", format!("{place}: {error}"));
                    continue;
                }
            }
        } else {
            (anchor::imprint(&bytes), Content::Stamp(bytes))
        };
        if of != Some(anchor::digest(&head)) {
            out.wrong("S208", format!("{place}: is of another root than that of the first {size} entries"));
            continue;
        }
        held.push(Anchor { place, name, size: *size, content });
    }
    unnamed(files, root, log, &named, out);
    // of which heads somebody asked, with which numbers
    let asked: BTreeSet<(u64, Vec<u8>)> = held
        .iter()
        .filter_map(|anchor| match &anchor.content {
            Content::Stamp(bytes) if anchor::time(bytes).is_none() => Some((anchor.size, anchor::nonce(bytes)?)),
            _ => None,
        })
        .collect();
    let mut used = BTreeSet::new();
    for (n, anchor) in held.iter().enumerate() {
        match &anchor.content {
            Content::Stamp(bytes) => stamp(anchor, bytes, &asked, out),
            Content::Proof(proof) => {
                // a later one that says all of it and more speaks for it
                let later = held.iter().skip(n + 1).any(
                    |later| matches!(&later.content, Content::Proof(other) if other != proof && other.holds(proof)),
                );
                if !later {
                    ends(anchor, proof, headers, &mut used, out);
                }
            }
        }
    }
    for (n, header) in headers.iter().enumerate().filter(|(n, _)| !used.contains(n)) {
        out.wrong(
            "S209",
            format!("block header {} given, of block {}: no anchor ends in its Merkle root", n + 1, header.name()),
        );
    }
}

/// Anchors that no entry speaks of: of a root this log had, an interrupted command left them; of another, the log was once longer or
/// another.
fn unnamed(files: &dyn Files, root: &Path, log: &Log, named: &BTreeSet<&str>, out: &mut Verified) {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let there = files.list(&root.join("anchors")).unwrap_or_default();
    let strays: Vec<_> = there.into_iter().filter(|path| !named.contains(name(path).as_str())).collect();
    if strays.is_empty() {
        return;
    }
    let roots: BTreeSet<_> = merkle::roots(&log.leaves).iter().map(anchor::digest).collect();
    for path in strays {
        let (name, bytes) = (name(&path), files.read(&path).unwrap_or_default());
        let of = if Proof::is(&bytes) {
            Proof::read(&bytes).ok().and_then(|proof| proof.digest())
        } else {
            anchor::imprint(&bytes)
        };
        if of.is_some_and(|of| !roots.contains(&of)) {
            out.wrong(
                "S208",
                format!(
                    "anchors/{name}: no entry speaks of it, and it is of a root this log never had: the log was cut or \
                     rewritten since, or the file is of another case"
                ),
            );
        } else {
            out.note(
                "S224",
                format!("anchors/{name}: no entry speaks of it, left by an interrupted command or put there"),
            );
        }
    }
}

/// A query, or an authority's answer to one of those `asked`.
fn stamp(anchor: &Anchor, bytes: &[u8], asked: &BTreeSet<(u64, Vec<u8>)>, out: &mut Verified) {
    let Anchor { place, name, size, .. } = anchor;
    let said = match anchor::time(bytes) {
        None => "pending".to_owned(),
        Some(_) if anchor::nonce(bytes).is_none_or(|nonce| !asked.contains(&(*size, nonce))) => {
            out.wrong(
                "S208",
                format!("{place}: bears the number of no query that is kept: it answers another question"),
            );
            return;
        }
        Some(time) => match anchor::signer(bytes) {
            Ok(by) => format!("confirmed {time}, signed with the certificate of {} ({})", by.name, by.certificate),
            Err(anchor::Unsigned::Bad(why)) => {
                out.wrong("S208", format!("{place}: {why}"));
                return;
            }
            Err(anchor::Unsigned::Unknown(why)) => {
                out.note("S226", format!("{place}: its signature cannot be checked here: {why}"));
                format!("not confirmed here: states {time}, and its signature cannot be checked by this program")
            }
        },
    };
    out.anchors.push(format!("{name}: the first {size} entries, {said}"));
}

/// The ends of a proof, each on a line.
fn ends(anchor: &Anchor, proof: &Proof, headers: &[Header], used: &mut BTreeSet<usize>, out: &mut Verified) {
    let Anchor { place, name, size, .. } = anchor;
    for end in proof.ends().into_iter().filter(|end| !end.kept) {
        let fits = headers.iter().enumerate().filter(|(_, header)| header.root().as_slice() == end.message);
        let fits: Vec<_> = fits.map(|(n, header)| (n, *header)).collect();
        let of_block = matches!(end.attestation, Attestation::Bitcoin(_));
        if of_block {
            used.extend(fits.iter().map(|(n, _)| *n));
        }
        match said(&end, fits.first().map(|(_, header)| header)) {
            Ok(said) => out.anchors.push(format!("{name}: the first {size} entries, {said}")),
            Err((code, why)) => out.wrong(code, format!("{place}: {why}")),
        }
    }
}

/// What an end amounts to, with the header somebody gave that has its Merkle root.
fn said(end: &End, header: Option<&Header>) -> Result<String, (&'static str, String)> {
    let height = match &end.attestation {
        Attestation::Pending(uri) => return Ok(format!("pending at {uri}")),
        Attestation::Other { tag, .. } => {
            return Ok(format!("not confirmed: attested in a way this program cannot check ({})", hex::text(tag)));
        }
        Attestation::Bitcoin(height) => height,
    };
    let root = anchor::shown(&end.message);
    let Some(header) = header else {
        return Ok(format!(
            "not confirmed here: ends in Bitcoin block {height}, whose Merkle root must then be {root}; compare that with block \
             explorers you trust, or give the block's header with --block-header"
        ));
    };
    match header.work() {
        Err(why) => Err(("S209", format!("the header given for Bitcoin block {height}: {why}"))),
        Ok(work) => Ok(format!(
            "before {}: ends in the Merkle root {root} of the header given, block {}, whose making takes more than 2^{work} \
             hashes; that it is Bitcoin's block {height} is as sure as where you had it from",
            header.time(),
            header.name()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_confirmed_without_a_header_that_bears_its_work() {
        let first = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
        let header = Header::read(first.as_bytes()).unwrap()[0];
        let end = |attestation, message: &[u8]| End { attestation, message: message.to_vec(), kept: false };
        let block = end(Attestation::Bitcoin(0), &header.root());
        let unchecked = said(&block, None).unwrap();
        assert!(
            unchecked.starts_with("not confirmed") && unchecked.contains(&anchor::shown(&header.root())),
            "{unchecked}"
        );
        let checked = said(&block, Some(&header)).unwrap();
        assert!(checked.starts_with("before 2009-01-03T18:15:05Z") && checked.contains("2^32 hashes"), "{checked}");
        // the same root under another nonce: nobody has put work into it
        let forged = first.replace("1dac2b7c", "1dac2b7d");
        let forged = Header::read(forged.as_bytes()).unwrap()[0];
        assert_eq!(said(&block, Some(&forged)).unwrap_err().0, "S209");
        let pending = end(Attestation::Pending("https://calendar.example".into()), &[1; 40]);
        assert_eq!(said(&pending, None).unwrap(), "pending at https://calendar.example");
        let other = end(Attestation::Other { tag: [1; 8], content: vec![] }, &[1; 32]);
        assert!(said(&other, None).unwrap().starts_with("not confirmed"));
    }
}
