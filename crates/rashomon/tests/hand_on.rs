//! A case handed on: exported, checked by another tool, imported; and stamped by an authority outside.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

mod support;

use rashomon_store::Case;
use rashomon_store::case::{Hand, Taken};
use rashomon_store::disk::Disk;
use rashomon_store::log::facts::{Captured, Read};
use std::path::Path;
use std::process::Command;
use support::{done, example, fresh, rashomon, skipped, stdout};

/// A case of the shipped example in a folder, with one report removed and one erased.
fn harbour(dir: &Path) {
    let folder = example().canonicalize().unwrap().display().to_string();
    done(dir, &["init", "harbour", "--title", "The harbour", "--as", "desk-2"]);
    done(dir, &["add", "harbour", &folder, "-q"]);
    done(dir, &["remove", "harbour", "kelmar-harbour/06-resident-post.txt", "--reason", "not of this event"]);
    done(dir, &["remove", "harbour", "kelmar-harbour/07-worldbrief.txt", "--reason", "asked", "--erase"]);
}

#[test]
fn an_export_holds_what_counts_and_comes_in_again() {
    let dir = fresh("hand-on");
    harbour(&dir);
    done(&dir, &["export", "harbour", "--wacz", "harbour.wacz"]);
    let first = std::fs::read(dir.join("harbour.wacz")).unwrap();
    done(&dir, &["export", "harbour", "--wacz", "again.wacz"]);
    assert_eq!(first, std::fs::read(dir.join("again.wacz")).unwrap(), "the same case gives the same bytes");
    let secret = std::fs::read_to_string(dir.join("harbour/secret/key")).unwrap();
    let secret = secret.lines().next().unwrap();
    assert!(!first.windows(secret.len()).any(|window| window == secret.as_bytes()), "no key leaves the case");
    for name in ["06-resident-post", "07-worldbrief"] {
        assert!(!first.windows(name.len()).any(|window| window == name.as_bytes()), "{name} was taken out");
    }
    done(&dir, &["init", "other"]);
    assert_eq!(done(&dir, &["import", "other", "harbour.wacz"]), "11 added, 0 unchanged\n");
    assert_eq!(done(&dir, &["import", "other", "harbour.wacz"]), "0 added, 11 unchanged\n");
    assert!(done(&dir, &["verify", "other"]).contains("the case verifies"));
    assert_eq!(
        done(&dir, &["dossier", "other", "--json", "--speed", "fast", "--title", "T"]),
        done(&dir, &["dossier", "harbour", "--json", "--speed", "fast", "--title", "T"])
    );
}

/// Each line of `rashomon/proofs.jsonl` shows, without the case, that a line of the log is under the signed root.
#[test]
fn an_export_holds_a_proof_for_each_line_it_tells_of() {
    use rashomon_store::{hex, log::merkle};
    let dir = fresh("hand-on-proofs");
    harbour(&dir);
    done(&dir, &["export", "harbour", "--wacz", "harbour.wacz"]);
    let files = rashomon::wacz::entries(&std::fs::read(dir.join("harbour.wacz")).unwrap()).unwrap();
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let log = text("rashomon/entries.jsonl");
    let lines: Vec<&str> = log.lines().collect();
    let key = rashomon_store::log::Entry::read(lines[0].as_bytes()).unwrap().key.unwrap();
    let key = rashomon_store::log::note::PublicKey::read(&key).unwrap();
    let head = rashomon_store::log::note::Checkpoint::open(&text("rashomon/checkpoint"), &key).unwrap();
    let hash = |value: &serde_json::Value| -> merkle::Hash {
        hex::bytes(value.as_str().unwrap()).unwrap().try_into().unwrap()
    };
    let mut proven = Vec::new();
    for line in text("rashomon/proofs.jsonl").lines() {
        let proof: serde_json::Value = serde_json::from_str(line).unwrap();
        let at = usize::try_from(proof["entry"].as_u64().unwrap()).unwrap();
        assert_eq!(hash(&proof["leaf"]), merkle::leaf(lines[at].as_bytes()));
        let path: Vec<merkle::Hash> = proof["path"].as_array().unwrap().iter().map(hash).collect();
        assert_eq!(merkle::root_of(hash(&proof["leaf"]), at, lines.len(), &path), Some(head.root));
        assert_eq!((hash(&proof["root"]), proof["size"].as_u64()), (head.root, Some(head.size)));
        proven.push(at);
    }
    // the beginning, and 13 captures but the one removed and the one erased
    let told = text("rashomon/facts.jsonl").lines().count();
    assert_eq!((proven.len(), told), (12, 12), "{proven:?}");
}

#[test]
fn an_altered_archive_is_refused_and_leaves_nothing() {
    let dir = fresh("hand-on-altered");
    harbour(&dir);
    done(&dir, &["export", "harbour", "--wacz", "harbour.wacz"]);
    done(&dir, &["init", "other"]);
    let bytes = std::fs::read(dir.join("harbour.wacz")).unwrap();
    let mut refused = 0;
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        std::fs::write(dir.join("changed.wacz"), changed).unwrap();
        let output = rashomon(&dir, &["import", "other", "changed.wacz"]);
        if output.status.code() == Some(2) {
            assert!(String::from_utf8_lossy(&output.stderr).contains("S110"), "byte {at}");
            assert!(done(&dir, &["status", "other"]).contains("0 reports in 0 captures"), "byte {at}");
            refused += 1;
        } else {
            // outside of what is read: times and flags of the archive's directory
            assert_eq!(output.status.code(), Some(0), "byte {at}");
            std::fs::remove_dir_all(dir.join("other")).unwrap();
            done(&dir, &["init", "other"]);
        }
    }
    assert!(refused > 30, "{refused}");
    assert_eq!(rashomon(&dir, &["import", "other", "harbour/lock"]).status.code(), Some(2), "no archive at all");
}

/// A file of an archive whose name leads out of the folder is a label and nothing else.
#[test]
fn names_in_an_archive_lead_nowhere() {
    let dir = fresh("hand-on-slip");
    harbour(&dir);
    done(&dir, &["export", "harbour", "--wacz", "harbour.wacz"]);
    let mut package = rashomon::wacz::Package::new();
    let files = rashomon::wacz::entries(&std::fs::read(dir.join("harbour.wacz")).unwrap()).unwrap();
    for (name, bytes) in files.iter().filter(|(name, _)| !name.starts_with("datapackage")) {
        package.file(name, bytes).unwrap();
    }
    for name in ["../outside.txt", "/tmp/rashomon-outside.txt", "archive/../../outside.txt", "C:\\outside.txt", "NUL"] {
        package.file(name, b"outside").unwrap();
    }
    std::fs::write(dir.join("slip.wacz"), package.finish("T", "2031-03-04T09:28:00Z", "test").unwrap()).unwrap();
    done(&dir, &["init", "other"]);
    assert_eq!(done(&dir, &["import", "other", "slip.wacz"]), "11 added, 0 unchanged\n");
    let names: Vec<_> = std::fs::read_dir(&dir).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(!dir.join("../outside.txt").exists() && !Path::new("/tmp/rashomon-outside.txt").exists());
    assert!(done(&dir, &["verify", "other"]).contains("the case verifies"));
}

/// A case made by a hand that is not ours: captures with whatever is noted of them.
fn by_hand(root: &Path, captures: Vec<(Vec<u8>, Captured)>) {
    let mut n = 0u8;
    let mut random = || {
        n += 1;
        Ok([n; 32])
    };
    let mut hand = Hand { actor: Some("desk"), at: "2031-03-04T09:28:00.000Z", tool: "test", random: &mut random };
    let mut case = Case::init(std::sync::Arc::new(Disk), root, "Talen", &mut hand).unwrap();
    let taken = captures.into_iter().map(|(bytes, facts)| Taken { bytes, facts }).collect();
    case.capture(taken, &mut hand).unwrap();
}

/// What is noted of a report of this name.
fn noted(name: &str) -> Captured {
    let read = Read { document: format!("doc-{name}"), key: format!("place:{name}"), ..Read::default() };
    let name = name.to_owned();
    Captured { origin: name.clone(), place: name.clone(), name, reports: vec![read], ..Captured::default() }
}

/// An archive that unpacks to far more than it is long, or to more than it says it holds, is refused before it is unpacked.
#[test]
fn a_bomb_is_refused() {
    let dir = fresh("hand-on-bomb");
    let mut bomb = vec![0; 12 << 20];
    bomb[0] = b'x';
    by_hand(&dir.join("talen"), vec![(bomb, noted("a.txt")), (b"Four people died.".to_vec(), noted("b.txt"))]);
    done(&dir, &["export", "talen", "--wacz", "bomb.wacz"]);
    assert!(std::fs::metadata(dir.join("bomb.wacz")).unwrap().len() < 60_000);
    done(&dir, &["init", "other"]);
    let refused = |name: &str| {
        let output = rashomon(&dir, &["import", "other", name]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("S110"), "{said}");
        assert!(done(&dir, &["status", "other"]).contains("0 reports in 0 captures"));
        said
    };
    assert!(refused("bomb.wacz").contains("200 to 1"));
    // before what is wanted lies something that nobody declared
    harbour(&dir);
    done(&dir, &["export", "harbour", "--wacz", "harbour.wacz"]);
    let files = rashomon::wacz::entries(&std::fs::read(dir.join("harbour.wacz")).unwrap()).unwrap();
    let again = |before: &[u8]| {
        let mut writer = rashomon_ingest::warc::Writer::new(Vec::new(), true);
        let draft = rashomon_ingest::warc::Draft::new("resource", "2031-03-04T09:28:00Z");
        writer.write(&draft.target("file:///x").body("text/plain", before)).unwrap();
        let first = writer.into_inner();
        let mut package = rashomon::wacz::Package::new();
        for (name, bytes) in files.iter().filter(|(name, _)| !name.starts_with("datapackage")) {
            let head = if name == "archive/data.warc.gz" { first.as_slice() } else { &[] };
            package.file(name, &[head, bytes].concat()).unwrap();
        }
        std::fs::write(dir.join("again.wacz"), package.finish("T", "2031-03-04T09:28:00Z", "test").unwrap()).unwrap();
    };
    again(&vec![0; 4 << 20]);
    assert!(refused("again.wacz").contains("and does not"));
    again(b"a few bytes more do no harm");
    assert_eq!(done(&dir, &["import", "other", "again.wacz"]), "11 added, 0 unchanged\n");
}

/// What a stranger's log notes of one capture cannot make the others unreadable.
#[test]
fn one_capture_with_odd_columns_loses_only_itself() {
    let dir = fresh("hand-on-columns");
    let account = |toll: &str| {
        format!("Shells hit the market of Talen on 3 March 2031 and {toll} people were killed, police said.\n")
    };
    let odd = Captured { columns: vec!["of a later version".to_owned()], ..noted("odd.csv") };
    let good = (account("four").into_bytes(), noted("good.txt"));
    by_hand(&dir.join("talen"), vec![(format!("id,text\n1,{}", account("six")).into_bytes(), odd), good]);
    done(&dir, &["export", "talen", "--wacz", "talen.wacz"]);
    done(&dir, &["init", "other"]);
    done(&dir, &["import", "other", "talen.wacz"]);
    let output = rashomon(&dir, &["dossier", "other", "--json", "--speed", "fast"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("left out: odd.csv: ") && said.contains("of a later version"), "{said}");
    assert!(stdout(&output).contains("good.txt"));
    done(&dir, &["status", "other", "--changes"]);
}

/// The published validator of the format (PyPI `wacz`), where `RASHOMON_WACZ` or the search path has it.
#[test]
fn the_published_validator_accepts_an_export() {
    let tool = std::env::var("RASHOMON_WACZ").unwrap_or_else(|_| "wacz".to_owned());
    if Command::new(&tool).arg("--version").output().is_err() {
        skipped("an export before the published validator: no `wacz` here (pip install wacz)");
        return;
    }
    let dir = fresh("hand-on-validated");
    harbour(&dir);
    done(&dir, &["export", "harbour", "--wacz", "harbour.wacz"]);
    let output = Command::new(&tool).args(["validate", "-f"]).arg(dir.join("harbour.wacz")).output().unwrap();
    let said = format!("{}{}", stdout(&output), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && !said.to_lowercase().contains("invalid"), "{said}");
}

/// What fetching keeps, and what an export holds, are web archives to another tool (PyPI `warcio`), where `RASHOMON_WARCIO` or
/// the search path has it.
#[test]
fn another_reader_of_web_archives_checks_ours() {
    let tool = std::env::var("RASHOMON_WARCIO").unwrap_or_else(|_| "warcio".to_owned());
    if Command::new(&tool).arg("--version").output().is_err() {
        skipped("web archives before another reader: no `warcio` here (pip install warcio)");
        return;
    }
    let dir = fresh("hand-on-warcio");
    let exchange = |url: &str, response: &str| rashomon_fetch::Exchange {
        url: url.to_owned(),
        time: "2032-03-04T09:28:00Z".to_owned(),
        ip: Some("93.184.215.14".parse().unwrap()),
        request: format!("GET {url} HTTP/1.1\r\nHost: talen.example\r\n\r\n").into_bytes(),
        response: response.as_bytes().to_vec(),
        head: response.find("\r\n\r\n").unwrap() + 4,
        status: 200,
        tls: Some("TLSv1_3".to_owned()),
        certificates: vec![vec![1, 2, 3]],
    };
    let fetched = rashomon_fetch::Fetched {
        robots: vec![exchange("https://talen.example/robots.txt", "HTTP/1.1 404 Not Found\r\n\r\n")],
        exchanges: vec![
            exchange("https://talen.example/a", "HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"),
            exchange(
                "https://talen.example/b",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<p>Two die\r\n0\r\n\r\n",
            ),
        ],
    };
    std::fs::write(dir.join("fetched.warc.gz"), rashomon::fetch::archive(&fetched).unwrap()).unwrap();
    harbour(&dir);
    done(&dir, &["export", "harbour", "--wacz", "harbour.wacz"]);
    let files = rashomon::wacz::entries(&std::fs::read(dir.join("harbour.wacz")).unwrap()).unwrap();
    std::fs::write(dir.join("exported.warc.gz"), &files["archive/data.warc.gz"]).unwrap();
    for (name, records) in [("fetched.warc.gz", 10), ("exported.warc.gz", 12)] {
        // every block and payload against its digest
        let output = Command::new(&tool).args(["check", "-v", name]).current_dir(&dir).output().unwrap();
        let said = format!("{}{}", stdout(&output), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && !said.to_lowercase().contains("failed"), "{name}: {said}");
        assert!(said.contains("digest pass"), "{name}: {said}");
        let output = Command::new(&tool).args(["index", name]).current_dir(&dir).output().unwrap();
        assert_eq!(stdout(&output).lines().count(), records, "{name}: {}", stdout(&output));
    }
}
