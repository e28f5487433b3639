//! The log's root stamped by an authority outside: one made on the spot with OpenSSL, behind a listener on this machine.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use rashomon_store::anchor;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::server::Server;
use support::{done, example, fresh, rashomon, skipped, stdout};

/// Runs and wants a refusal; what it says.
fn refused(dir: &Path, args: &[&str]) -> String {
    let output = rashomon(dir, args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stdout(&output));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A case with one report.
fn talen(dir: &Path) {
    std::fs::write(dir.join("a.txt"), "The mayor of Talen said on 3 March 2031 that four people were killed.\n")
        .unwrap();
    done(dir, &["init", "talen", "--title", "The bridge of Talen"]);
    done(dir, &["add", "talen", "a.txt", "-q"]);
}

/// OpenSSL in a folder; what it says on success.
fn openssl(dir: &Path, args: &str) -> Option<String> {
    let output = Command::new("openssl").args(args.split(' ')).current_dir(dir).output().ok()?;
    output.status.success().then(|| stdout(&output))
}

/// A time-stamping authority with a key of this kind; `None`, said on standard error, where OpenSSL cannot.
fn authority(dir: &Path, key: &str, digest: &str) -> Option<()> {
    let config = format!(
        "[req]\ndistinguished_name=dn\n[dn]\n[stamps]\nextendedKeyUsage=critical,timeStamping\n[tsa]\ndefault_tsa=here\n[here]\n\
         dir=.\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest={digest}\n\
         default_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1\nordering=no\ntsa_name=no\ness_cert_id_chain=no\n"
    );
    std::fs::write(dir.join("ts.cnf"), config).unwrap();
    std::fs::write(dir.join("serial"), "01\n").unwrap();
    let make = format!(
        "req -x509 -newkey {key} -nodes -keyout tsa.key -out tsa.pem -days 30 -subj /O=Nobody/CN=Invented-Authority -config \
         ts.cnf -extensions stamps"
    );
    let made = openssl(dir, &make);
    if made.is_none() {
        skipped(&format!("time stamps with {key}: no `openssl` here that can make them"));
    }
    made.map(drop)
}

/// What a listener answers a query with: bytes of a reply, or a status.
type Answer = fn(&Path, &[u8]) -> Result<Vec<u8>, u16>;

/// Stamps with the authority in a folder.
fn stamps(dir: &Path, query: &[u8]) -> Result<Vec<u8>, u16> {
    std::fs::write(dir.join("query"), query).unwrap();
    openssl(dir, "ts -reply -config ts.cnf -queryfile query -out reply").ok_or(500u16)?;
    std::fs::read(dir.join("reply")).map_err(|_| 500)
}

/// A listener that answers time-stamp queries.
fn listen(dir: PathBuf, answer: Answer) -> Server {
    Server::new(move |_, asked| match answer(&dir, &asked.body) {
        Ok(reply) => (200, "Content-Type: application/timestamp-reply\r\n".to_owned(), reply),
        Err(status) => (status, String::new(), Vec::new()),
    })
}

#[test]
fn an_authority_is_asked_and_its_answer_checked_offline() {
    for (name, key, digest) in [
        ("anchor-rsa", "rsa:2048", "sha256"),
        ("anchor-rsa-512", "rsa:3072", "sha512"),
        ("anchor-p256", "ec -pkeyopt ec_paramgen_curve:P-256", "sha256"),
        ("anchor-p384", "ec -pkeyopt ec_paramgen_curve:P-384", "sha384"),
    ] {
        let dir = fresh(name);
        let tsa = dir.join("tsa");
        std::fs::create_dir_all(&tsa).unwrap();
        if authority(&tsa, key, digest).is_none() {
            continue;
        }
        let server = listen(tsa.clone(), stamps);
        talen(&dir);
        let said = done(&dir, &["anchor", "talen", "--tsa", &format!("{}/tsr", server.url())]);
        assert!(
            said.contains("confirmed: the first 2 entries") && said.contains("Invented-Authority"),
            "{name}: {said}"
        );
        let asked = server.asked();
        let [question] = asked.as_slice() else { panic!("asked once: {asked:?}") };
        let query = &question.body;
        assert_eq!(anchor::imprint(query).map(|_| query.len() < 80), Some(true), "a hash, a nonce, and nothing else");
        let head = question.head.to_lowercase();
        assert!(!head.contains("talen") && !head.contains("cookie"), "{head}");
        let said = done(&dir, &["verify", "talen"]);
        assert!(
            said.contains(", confirmed 2") && said.contains("Invented-Authority") && said.contains("pending"),
            "{said}"
        );
        // an RFC 3161 tool that knows the authority agrees
        let token = std::fs::read_dir(dir.join("talen/anchors")).unwrap().flatten().map(|entry| entry.path());
        let token = token.into_iter().find(|path| path.extension().is_some_and(|ext| ext == "tsr")).unwrap();
        let reply = std::fs::read(&token).unwrap();
        let digest = rashomon_store::hex::text(&anchor::imprint(&reply).unwrap());
        let verify = format!("ts -verify -in {} -digest {digest} -CAfile tsa.pem", token.display());
        assert!(openssl(&tsa, &verify).is_some(), "{name}");
        // whatever is altered: either the signature says so, or nothing of what is stated changed
        let stated = |reply: &[u8]| (anchor::imprint(reply), anchor::time(reply), anchor::nonce(reply));
        let mut bad = 0;
        // ring's elliptic curves are slow where it was built without optimisation
        for n in (0..reply.len()).step_by(if name.starts_with("anchor-rsa") { 1 } else { 7 }) {
            let mut changed = reply.clone();
            changed[n] ^= 1;
            match anchor::signer(&changed) {
                Ok(_) => assert_eq!(stated(&changed), stated(&reply), "{name}, byte {n}"),
                Err(_) => bad += 1,
            }
        }
        assert!(bad > reply.len() / 25, "{bad} of {}", reply.len());
    }
}

#[test]
fn what_is_no_answer_leaves_the_anchor_pending() {
    let dir = fresh("anchor-pending");
    talen(&dir);
    let pending = |answer: Answer, word: &str| {
        let tsa = dir.join("tsa");
        let server = listen(tsa, answer);
        let said = refused(&dir, &["anchor", "talen", "--tsa", &format!("{}/", server.url())]);
        assert!(said.contains(word), "{said}");
        let said = done(&dir, &["verify", "talen"]);
        assert!(said.contains("pending") && !said.contains("confirmed"), "{said}");
    };
    pending(|_, _| Err(503), "stays pending");
    pending(|_, _| Err(302), "stays pending");
    pending(|_, _| Ok(b"<html>Pay for this network</html>".to_vec()), "S111");
    // a refusal in the form of the protocol: status 2
    pending(|_, _| Ok(vec![0x30, 5, 0x30, 3, 2, 1, 2]), "S111");
    let said = refused(&dir, &["anchor", "talen", "--tsa", "ftp://talen.example/"]);
    assert!(said.contains("neither http nor https"), "{said}");
    let tsa = dir.join("tsa");
    std::fs::create_dir_all(&tsa).unwrap();
    if authority(&tsa, "rsa:2048", "sha256").is_none() {
        return;
    }
    // a good stamp of the same root, but of another question: an old answer played again
    pending(
        |dir, query| {
            let mut other = query.to_vec();
            let nonce = anchor::nonce(query).unwrap();
            let at = query.windows(nonce.len()).rposition(|window| window == nonce).unwrap();
            other[at + nonce.len() - 1] ^= 1;
            stamps(dir, &other)
        },
        "S111",
    );
    // a stamp of something else
    pending(
        |dir, query| {
            let mut other = query.to_vec();
            let hash = anchor::imprint(query).unwrap();
            let at = query.windows(hash.len()).position(|window| window == hash).unwrap();
            other[at] ^= 1;
            stamps(dir, &other)
        },
        "S111",
    );
    // a time of the forger's own in an otherwise good stamp
    pending(
        |dir, query| {
            let mut reply = stamps(dir, query)?;
            let time = anchor::time(&reply).unwrap();
            let digits: String = time.chars().filter(char::is_ascii_digit).take(14).collect();
            let at = reply.windows(14).position(|window| window == digits.as_bytes()).unwrap();
            reply[at + 3] = if reply[at + 3] == b'1' { b'2' } else { b'1' };
            Ok(reply)
        },
        "what was signed is not this time stamp",
    );
    // without the certificate of who signed nobody can tell whether anybody did: the query says not to send it
    pending(|dir, query| stamps(dir, &uncertified(query)), "confirms nothing");
}

/// The query with its last element, that the certificate is wanted, turned round.
fn uncertified(query: &[u8]) -> Vec<u8> {
    let mut other = query.to_vec();
    *other.last_mut().unwrap() = 0;
    other
}

/// Answers that found their way into a case all the same, as by an earlier version: not confirmed, or wrong.
#[test]
fn a_kept_answer_is_checked_again() {
    let dir = fresh("anchor-kept");
    if authority(&dir, "rsa:2048", "sha256").is_none() {
        return;
    }
    talen(&dir);
    done(&dir, &["anchor", "talen", "--query", "query.tsq"]);
    let query = std::fs::read(dir.join("query.tsq")).unwrap();
    keep(&dir, &stamps(&dir, &uncertified(&query)).unwrap(), 2);
    let said = done(&dir, &["verify", "talen"]);
    assert!(said.contains("not confirmed here") && said.contains("S226") && !said.contains(", confirmed"), "{said}");
    // well signed, of the same root, and the answer to a question nobody asked here
    let mut other = query.clone();
    let nonce = anchor::nonce(&query).unwrap();
    let at = query.windows(nonce.len()).rposition(|window| window == nonce).unwrap();
    other[at + nonce.len() - 1] ^= 1;
    keep(&dir, &stamps(&dir, &other).unwrap(), 2);
    let output = rashomon(&dir, &["verify", "talen"]);
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(
        said.contains("S208") && said.contains("the number of no query") && !said.contains(", confirmed"),
        "{said}"
    );
}

/// Keeps a reply in the case of a folder as of its first entries, whatever it is.
fn keep(dir: &Path, reply: &[u8], size: u64) {
    use rashomon_store::case::{Draft, Hand};
    use rashomon_store::log::{Facts, Verb};
    let root = dir.join("talen");
    let sha256 = rashomon_store::hex::sha256(reply);
    let file = format!("{sha256}.tsr");
    std::fs::write(root.join("anchors").join(&file), reply).unwrap();
    let disk = std::sync::Arc::new(rashomon_store::disk::Disk);
    let mut case = rashomon_store::Case::open(disk, &root, "test", std::time::Duration::ZERO).unwrap();
    let facts = Facts::Anchor { file, sha256, size, state: "token".to_owned() };
    let mut random = || Ok([u8::try_from(reply.len() % 251).unwrap(); 32]);
    let mut hand = Hand { actor: None, at: "2099-03-04T09:28:00.000Z", tool: "test", random: &mut random };
    case.commit(vec![Draft { verb: Verb::Anchor, facts, of: vec![] }], &mut hand).unwrap();
}

#[test]
fn query_and_answer_can_be_carried_by_hand() {
    let dir = fresh("anchor-by-hand");
    if authority(&dir, "rsa:2048", "sha256").is_none() {
        return;
    }
    let folder = example().canonicalize().unwrap().display().to_string();
    done(&dir, &["init", "harbour"]);
    done(&dir, &["add", "harbour", &folder, "-q"]);
    assert!(done(&dir, &["anchor", "harbour", "--query", "query.tsq"]).contains("pending"));
    assert!(done(&dir, &["verify", "harbour"]).contains("pending"));
    openssl(&dir, "ts -reply -config ts.cnf -queryfile query.tsq -out reply.tsr").unwrap();
    assert!(done(&dir, &["anchor", "harbour", "--reply", "reply.tsr"]).contains("confirmed"));
    let said = done(&dir, &["verify", "harbour"]);
    assert!(said.contains(", confirmed 2") && said.contains("the case verifies"), "{said}");
    // a reply to another case's query answers nothing here
    done(&dir, &["init", "other"]);
    assert!(refused(&dir, &["anchor", "other", "--reply", "reply.tsr"]).contains("S111"));
    // what was kept is altered
    let anchors: Vec<_> = std::fs::read_dir(dir.join("harbour/anchors")).unwrap().flatten().map(|e| e.path()).collect();
    assert_eq!(anchors.len(), 2);
    let mut bytes = std::fs::read(&anchors[0]).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&anchors[0], bytes).unwrap();
    let output = rashomon(&dir, &["verify", "harbour"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stdout(&output).contains("anchors/") && stdout(&output).contains("S208"));
}
