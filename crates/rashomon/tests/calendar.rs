//! The log's root in the hands of OpenTimestamps calendars: invented ones, behind listeners on this machine.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use rashomon_store::anchor::{self, Attestation, Op, Proof, Stamp};
use rashomon_store::hex;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use support::server::{Answered, Server};
use support::{fresh, rashomon, skipped, stdout};

/// Runs and wants this exit code; both outputs.
fn ran(dir: &Path, code: i32, args: &[&str]) -> String {
    let output = rashomon(dir, args);
    let said = format!("{}{}", stdout(&output), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    said
}

/// A case with one report, and SHA-256 of its root.
fn talen(dir: &Path) -> [u8; 32] {
    std::fs::write(dir.join("a.txt"), "The mayor of Talen said on 3 March 2031 that four people were killed.\n")
        .unwrap();
    ran(dir, 0, &["init", "talen", "--title", "The bridge of Talen"]);
    ran(dir, 0, &["add", "talen", "a.txt", "-q"]);
    let said = ran(dir, 0, &["verify", "talen"]);
    let root = said.split("root ").nth(1).unwrap().lines().next().unwrap();
    anchor::digest(&hex::bytes(root).unwrap().try_into().unwrap())
}

/// A tree as a calendar sends it: the proof of it without the head.
fn sent(stamp: Stamp) -> Vec<u8> {
    // magic, version, kind of hash, hash, and the two steps that blind: append 16 bytes, SHA-256
    Proof::new(&[0; 32], &[0; 16], [stamp]).write()[31 + 2 + 32 + 2 + 16 + 1..].to_vec()
}

/// The promise of a calendar at an address, some steps on.
fn promise(uri: &str) -> Vec<u8> {
    sent(
        Stamp::pending(uri)
            .unwrap()
            .after(Op::append(b"a calendar's own"))
            .after(Op::sha256())
            .after(Op::append(&[3; 8])),
    )
}

/// The way from a promise to a block.
fn block(height: u64) -> Vec<u8> {
    sent(Stamp::from(Attestation::Bitcoin(height)).after(Op::sha256()).after(Op::append(&[5; 32])))
}

/// The proofs a case holds, the last one last.
fn proofs(dir: &Path) -> Vec<(PathBuf, Proof)> {
    let files = std::fs::read_dir(dir.join("talen/anchors")).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ext| ext == "ots")).collect();
    files.sort_by_key(|path| std::fs::metadata(path).unwrap().len());
    files.into_iter().map(|path| (path.clone(), Proof::read(&std::fs::read(&path).unwrap()).unwrap())).collect()
}

#[test]
fn a_calendar_promises_and_keeps_it() {
    let dir = fresh("calendar-kept");
    let digest = talen(&dir);
    let ready = Arc::new(Mutex::new(false));
    let now = ready.clone();
    let calendar = Server::new(move |at, asked| match asked.line.split(' ').next() {
        Some("POST") => (200, String::new(), promise(&format!("http://{at}"))),
        _ if *now.lock().unwrap() => (200, String::new(), block(900_000)),
        _ => (404, String::new(), b"Pending confirmation in Bitcoin blockchain".to_vec()),
    });
    let url = calendar.url();
    let said = ran(&dir, 0, &["anchor", "talen", "--ots", &format!("{url}/")]);
    assert!(
        said.contains("pending: the first 2 entries") && said.contains(&format!("--upgrade --ots {url}")),
        "{said}"
    );
    let asked = calendar.asked();
    let [question] = asked.as_slice() else { panic!("asked once: {asked:?}") };
    assert_eq!((question.line.as_str(), question.body.len()), ("POST /digest HTTP/1.1", 32), "a hash and nothing else");
    let head = question.head.to_lowercase();
    assert!(!head.contains("talen") && !head.contains("cookie"), "{head}");
    assert!(head.contains("accept: application/vnd.opentimestamps.v1\r\n"), "{head}");
    // it is blinded: not the hash the proof begins at, but the one two steps on
    let (_, proof) = &proofs(&dir)[0];
    assert_eq!(proof.digest(), Some(digest));
    assert_ne!(question.body, digest);
    let bytes = proof.write();
    let nonce = &bytes[31 + 2 + 32 + 2..][..16];
    assert_eq!(hex::text(&question.body), hex::sha256(&[&digest[..], nonce].concat()));

    let said = ran(&dir, 0, &["verify", "talen"]);
    assert!(said.contains(&format!("the first 2 entries, pending at {url}")) && !said.contains("confirmed"), "{said}");

    // nobody is asked who was not named
    let said = ran(&dir, 0, &["anchor", "talen", "--upgrade"]);
    assert!(said.contains("nobody was asked") && said.contains(&url) && calendar.asked().len() == 1, "{said}");
    let other = Server::new(|_, _| (200, String::new(), block(1)));
    let said = ran(&dir, 1, &["anchor", "talen", "--upgrade", "--ots", &other.url()]);
    assert!(said.contains("not asked, since nothing is pending there"), "{said}");
    assert_eq!((calendar.asked().len(), other.asked().len()), (1, 0));

    let said = ran(&dir, 0, &["anchor", "talen", "--upgrade", "--ots", &url]);
    let line = calendar.asked().last().unwrap().line.clone();
    assert!(said.contains("not yet") && line.starts_with("GET /timestamp/"), "{line}: {said}");
    assert_eq!(hex::text(&proof.ends()[0].message), line.split(['/', ' ']).nth(3).unwrap());
    assert_eq!(proofs(&dir).len(), 1, "nothing new was kept");

    *ready.lock().unwrap() = true;
    let said = ran(&dir, 0, &["anchor", "talen", "--upgrade", "--ots", &url]);
    assert!(said.contains("ends in Bitcoin block 900000") && said.contains("not checked here"), "{said}");
    let said = ran(&dir, 0, &["verify", "talen"]);
    let root = anchor::shown(&proofs(&dir)[1].1.ends()[1].message);
    assert!(said.contains("not confirmed here: ends in Bitcoin block 900000") && said.contains(&root), "{said}");
    assert!(!said.contains("pending") && said.contains("the case verifies"), "{said}");
    assert!(ran(&dir, 0, &["anchor", "talen", "--upgrade", "--ots", &url]).contains("nothing is pending"));

    // a header of another block, and one that is none
    let first = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
    let said = ran(&dir, 4, &["verify", "talen", "--block-header", first]);
    assert!(said.contains("S209") && said.contains("no anchor ends in its Merkle root"), "{said}");
    assert!(ran(&dir, 2, &["verify", "talen", "--block-header", "a.txt"]).contains("no block header"));
    // one with the right Merkle root into which nobody put work
    let turned: String =
        root.as_bytes().chunks(2).rev().map(|pair| String::from_utf8_lossy(pair).into_owned()).collect();
    let forged = format!("{}{turned}{}", first.get(..72).unwrap(), first.get(136..).unwrap());
    std::fs::write(dir.join("header.hex"), format!("{forged}\n")).unwrap();
    let said = ran(&dir, 4, &["verify", "talen", "--block-header", "header.hex"]);
    assert!(said.contains("S209") && said.contains("nobody has put the work into it"), "{said}");

    // what was kept is altered
    let (path, _) = &proofs(&dir)[1];
    let mut bytes = std::fs::read(path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(path, bytes).unwrap();
    assert!(ran(&dir, 4, &["verify", "talen"]).contains("S208"));
}

#[test]
fn of_several_calendars_those_that_answer_count() {
    let dir = fresh("calendar-several");
    talen(&dir);
    let good = Server::new(|at, _| (200, String::new(), promise(&format!("http://{at}"))));
    let busy = Server::new(|_, _| (503, String::new(), Vec::new()));
    let said = ran(&dir, 1, &["anchor", "talen", "--ots", &busy.url(), "--ots", &good.url()]);
    assert!(said.contains("the server answers 503") && said.contains("pending: the first 2 entries"), "{said}");
    assert_eq!(proofs(&dir)[0].1.ends().len(), 1);
    // both were sent the same
    assert_eq!(good.asked()[0].body, busy.asked()[0].body);
    // a later one adds to the log and leaves the first in force
    ran(&dir, 0, &["anchor", "talen", "--ots", &good.url()]);
    let said = ran(&dir, 0, &["verify", "talen"]);
    assert!(said.contains("the first 2 entries, pending") && said.contains("the first 3 entries, pending"), "{said}");
    assert_ne!(good.asked()[0].body, good.asked()[1].body, "no two questions are alike");
}

#[test]
fn what_is_no_answer_is_not_kept() {
    let dir = fresh("calendar-refused");
    talen(&dir);
    let refused = |answer: fn(SocketAddr) -> Answered, word: &str| {
        let calendar = Server::new(move |at, _| answer(at));
        let said = ran(&dir, 2, &["anchor", "talen", "--ots", &calendar.url()]);
        assert!(said.contains(word) && said.contains("nothing is pending"), "{said}");
        assert_eq!(calendar.asked().len(), 1, "nothing is followed, nobody asked twice");
        assert!(proofs(&dir).is_empty());
    };
    refused(|_| (200, String::new(), Vec::new()), "S112");
    refused(|_| (200, String::new(), b"<html>Pay for this network</html>".to_vec()), "S112");
    refused(|at| (200, String::new(), promise(&format!("http://{at}"))[..20].to_vec()), "ends in the middle");
    refused(|at| (200, String::new(), [promise(&format!("http://{at}")), b"\n".to_vec()].concat()), "behind its end");
    refused(|_| (200, String::new(), vec![8; 9000]), "255 operations");
    refused(|_| (200, String::new(), vec![0xff; 200_000]), "more than");
    refused(|_| (200, String::new(), vec![0xff; 20_000]), "too long");
    refused(|at| (302, format!("Location: http://{at}/elsewhere\r\n"), Vec::new()), "302");
    refused(|_| (500, String::new(), Vec::new()), "500");
    for (url, word) in [
        ("ftp://calendar.example", "neither http nor https"),
        ("http://localhost:80", "a name of this machine"),
        ("http://2130706433/", "unusual form"),
        ("http://calendar.example/?a=b", "no question mark"),
    ] {
        let said = ran(&dir, 2, &["anchor", "talen", "--ots", url]);
        assert!(said.contains(word), "{url}: {said}");
    }
    assert!(ran(&dir, 0, &["verify", "talen"]).contains("log"));
    // a calendar that promises in another's name: that other is not asked unless the user says so, nor what is no public place
    let other = Server::new(|_, _| (200, String::new(), block(1)));
    let at = other.at;
    let lying = Server::new(move |_, _| (200, String::new(), promise(&format!("http://{at}"))));
    ran(&dir, 0, &["anchor", "talen", "--ots", &lying.url()]);
    let said = ran(&dir, 1, &["anchor", "talen", "--upgrade", "--ots", &lying.url()]);
    assert!(said.contains("not asked") && other.asked().is_empty(), "{said}");
    // the way to a block that ends in no Merkle root would make the case fail: it is not kept
    let crooked = Server::new(|at, asked| match asked.line.starts_with("POST") {
        true => (200, String::new(), promise(&format!("http://{at}"))),
        false => (200, String::new(), [&[0xf0, 1, 7][..], &block(5)[35..]].concat()),
    });
    ran(&dir, 0, &["anchor", "talen", "--ots", &crooked.url()]);
    let said = ran(&dir, 2, &["anchor", "talen", "--upgrade", "--ots", &crooked.url()]);
    assert!(said.contains("has not 32 bytes"), "{said}");
    assert!(ran(&dir, 0, &["verify", "talen"]).contains("the case verifies"));
    // a promise broken: an answer that is none leaves it pending
    let liar = Server::new(|at, asked| match asked.line.starts_with("POST") {
        true => (200, String::new(), promise(&format!("http://{at}"))),
        false => (200, String::new(), b"soon".to_vec()),
    });
    ran(&dir, 0, &["anchor", "talen", "--ots", &liar.url()]);
    let said = ran(&dir, 2, &["anchor", "talen", "--upgrade", "--ots", &liar.url()]);
    assert!(said.contains("S112") && said.contains("what was pending still is"), "{said}");
    assert!(ran(&dir, 0, &["verify", "talen"]).contains(&format!("pending at {}", liar.url())));
}

#[test]
fn a_proof_completed_elsewhere_is_taken_in() {
    let dir = fresh("calendar-by-hand");
    talen(&dir);
    let calendar = Server::new(|at, _| (200, String::new(), promise(&format!("http://{at}"))));
    ran(&dir, 0, &["anchor", "talen", "--ots", &calendar.url()]);
    let (path, mut proof) = proofs(&dir).remove(0);
    let said = ran(&dir, 0, &["anchor", "talen", "--reply", &path.display().to_string()]);
    assert!(said.contains("kept already"), "{said}");
    let end = proof.ends().remove(0);
    proof.graft(&calendar.url(), &end.message, &Stamp::from(Attestation::Bitcoin(900_001)).after(Op::sha256()));
    std::fs::write(dir.join("grown.ots"), proof.write()).unwrap();
    // the log has grown meanwhile; the proof is of what it was
    std::fs::write(dir.join("b.txt"), "Two shops burned in Talen on 4 March 2031, residents said.\n").unwrap();
    ran(&dir, 0, &["add", "talen", "b.txt", "-q"]);
    let said = ran(&dir, 0, &["anchor", "talen", "--reply", "grown.ots"]);
    assert!(said.contains("the first 2 entries") && said.contains("block 900001"), "{said}");
    let said = ran(&dir, 0, &["verify", "talen"]);
    assert!(said.contains("the first 2 entries, not confirmed here") && !said.contains("pending at"), "{said}");
    // what is handed on holds it, and what it is of
    assert!(ran(&dir, 0, &["export", "talen", "--wacz", "talen.wacz"]).contains("2 anchors"));
    let files = rashomon::wacz::entries(&std::fs::read(dir.join("talen.wacz")).unwrap()).unwrap();
    let handed: Vec<_> = files.iter().filter(|(name, _)| name.starts_with("rashomon/anchors/")).collect();
    assert!(handed.len() == 2 && handed.iter().any(|(_, bytes)| **bytes == proof.write()));
    let facts = String::from_utf8(files["rashomon/facts.jsonl"].clone()).unwrap();
    assert!(handed.iter().all(|(name, _)| facts.contains(name.strip_prefix("rashomon/anchors/").unwrap())), "{facts}");
    ran(&dir, 0, &["init", "given"]);
    assert!(ran(&dir, 0, &["import", "given", "talen.wacz"]).contains("2 added"));
    // of another case, and none
    ran(&dir, 0, &["init", "other"]);
    assert!(ran(&dir, 2, &["anchor", "other", "--reply", "grown.ots"]).contains("S112"));
    std::fs::write(dir.join("cut.ots"), &proof.write()[..80]).unwrap();
    assert!(ran(&dir, 2, &["anchor", "talen", "--reply", "cut.ots"]).contains("S112"));
}

/// The reference client (PyPI `opentimestamps-client`), where `RASHOMON_OTS` or the search path has it.
#[test]
fn the_reference_reads_our_proofs() {
    let tool = std::env::var("RASHOMON_OTS").unwrap_or_else(|_| "ots".to_owned());
    if !Command::new(&tool).arg("--version").output().is_ok_and(|output| output.status.success()) {
        skipped("proofs before the reference client: no `ots` here (pip install opentimestamps-client)");
        return;
    }
    let dir = fresh("calendar-reference");
    let digest = talen(&dir);
    let calendar = Server::new(|at, asked| match asked.line.starts_with("POST") {
        true => (200, String::new(), promise(&format!("http://{at}"))),
        false => (200, String::new(), block(900_000)),
    });
    let url = calendar.url();
    let info = |path: &Path| {
        let output = Command::new(&tool).arg("info").arg(path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        stdout(&output)
    };
    ran(&dir, 0, &["anchor", "talen", "--ots", &url]);
    let said = info(&proofs(&dir)[0].0);
    assert!(said.contains(&format!("File sha256 hash: {}", hex::text(&digest))), "{said}");
    assert!(said.contains(&format!("PendingAttestation('{url}')")), "{said}");
    ran(&dir, 0, &["anchor", "talen", "--upgrade", "--ots", &url]);
    let (path, proof) = proofs(&dir).remove(1);
    let said = info(&path);
    assert!(said.contains("BitcoinBlockHeaderAttestation(900000)"), "{said}");
    let block = proof.ends().into_iter().find(|end| end.attestation == Attestation::Bitcoin(900_000)).unwrap();
    assert!(said.contains(&format!("merkle root {}", anchor::shown(&block.message))), "{said}");
}
