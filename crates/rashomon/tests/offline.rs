//! No command but one that was given an address opens a socket: watched from outside, in a network without interfaces.
//! Both tests say that they skip where the system has no such tool.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

#[path = "support/skipped.rs"]
mod skipped;

use skipped::skipped;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Command lines for every verb of the program, in an order in which they work; a new verb that has none fails
/// [`every_verb_has_its_line`], so that none can be forgotten.
const LINES: &[&str] = &[
    "dossier EXAMPLE --speed fast --quiet -o OUT",
    "claims EXAMPLE --speed fast --quiet",
    "analyze EXAMPLE --speed fast --quiet",
    "places Talen",
    "explain N6",
    "schema dossier",
    "diff OUT/dossier.json OUT/dossier.json",
    "judge exclude 1 --by desk --why misprint --dossier OUT/dossier.json --file OUT/judgements.jsonl",
    "init OUT/kept",
    "add OUT/kept EXAMPLE --quiet",
    "dossier OUT/kept --speed fast --quiet -o OUT",
    "claims OUT/kept --speed fast --quiet",
    "status OUT/kept --changes",
    "anchor OUT/kept --query OUT/query.tsq",
    "anchor OUT/kept --upgrade",
    "export OUT/kept --wacz OUT/kept.wacz",
    "import OUT/kept OUT/kept.wacz",
    "remove OUT/kept 1 --reason satire",
    "verify OUT/kept",
    "completions bash",
    "man",
];

/// The lines with their paths, one list of arguments each.
fn commands(out: &Path) -> Vec<Vec<String>> {
    let example = root().join("examples/kelmar-harbour").display().to_string();
    let out = out.display().to_string();
    let words =
        |line: &&str| line.split(' ').map(|word| word.replace("EXAMPLE", &example).replace("OUT", &out)).collect();
    LINES.iter().map(words).collect()
}

/// The verbs are those of the program itself, asked of it, not listed here.
#[test]
fn every_verb_has_its_line() {
    use clap::CommandFactory as _;
    let known: BTreeSet<&str> = LINES.iter().filter_map(|line| line.split(' ').next()).collect();
    let args = rashomon::cli::Args::command();
    let verbs: BTreeSet<&str> = args.get_subcommands().map(clap::Command::get_name).collect();
    assert_eq!(known, verbs, "a verb without a line is not watched");
}

/// Whether a tool runs here.
fn works(tool: &str, args: &[&str]) -> bool {
    let works = Command::new(tool).args(args).arg("true").output().is_ok_and(|run| run.status.success());
    if !works {
        skipped(&format!("that no socket is opened, as {tool} sees it: it does not work here"));
    }
    works
}

#[test]
fn everything_works_without_a_network() {
    if !works("unshare", &["-r", "-n"]) {
        return;
    }
    let out = std::env::temp_dir().join(format!("rashomon-offline-{}", std::process::id()));
    for args in commands(&out) {
        let run =
            Command::new("unshare").args(["-r", "-n", env!("CARGO_BIN_EXE_rashomon")]).args(&args).output().unwrap();
        assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    }
    // The same place shows that fetching is what needs one.
    let run = Command::new("unshare")
        .args([
            "-r",
            "-n",
            env!("CARGO_BIN_EXE_rashomon"),
            "claims",
            "https://talen.example/",
            "--ignore-robots",
            "--proxy",
        ])
        .arg("http://127.0.0.1:9")
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&run.stderr).contains("[R133]"), "{}", String::from_utf8_lossy(&run.stderr));
    let _ = std::fs::remove_dir_all(&out);
}

#[test]
fn no_socket_is_opened() {
    if !works("strace", &["-f", "-e", "trace=socket,connect", "-o", "/dev/null"]) {
        return;
    }
    let out = std::env::temp_dir().join(format!("rashomon-sockets-{}", std::process::id()));
    std::fs::create_dir_all(&out).unwrap();
    let log = out.join("calls");
    for args in commands(&out) {
        let run = Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=socket,connect,sendto", "-e", "signal=none", "-o"])
            .arg(&log)
            .arg(env!("CARGO_BIN_EXE_rashomon"))
            .args(&args)
            .output()
            .unwrap();
        assert!(run.status.success(), "{args:?}");
        let calls = std::fs::read_to_string(&log).unwrap();
        let calls: Vec<&str> =
            calls.lines().filter(|line| line.contains("socket(") || line.contains("connect(")).collect();
        assert!(calls.is_empty(), "{args:?}: {calls:?}");
    }
    let _ = std::fs::remove_dir_all(&out);
}
