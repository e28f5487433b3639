//! What does CI run?

use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// A step's name, cargo arguments and environment.
type Step<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a str)]);

/// Format, clippy, docs, tests, tidy, deny where it is installed (`.ci/run` installs it), eval; stops at the first failure.
/// Ends with a list of what was skipped, for want of a tool or of data.
pub(crate) fn run(root: &Path) -> bool {
    // the tests write there what they skip; their output is kept from view where they pass
    let noted = std::env::temp_dir().join(format!("rashomon-skipped-{}", std::process::id()));
    let mut skipped = Vec::new();
    let done = steps(root, &noted, &mut skipped);
    skipped.splice(0..0, list(&std::fs::read_to_string(&noted).unwrap_or_default()));
    let _ = std::fs::remove_file(&noted);
    println!("== skipped here: {}", if skipped.is_empty() { "nothing".to_owned() } else { skipped.len().to_string() });
    for what in skipped {
        println!("   {what}");
    }
    done
}

/// What tests say they skipped, each once, in order.
fn list(noted: &str) -> Vec<String> {
    let lines: std::collections::BTreeSet<&str> =
        noted.lines().map(|line| line.strip_prefix("SKIPPED: ").unwrap_or(line)).collect();
    lines.into_iter().map(str::to_owned).collect()
}

/// The steps in order; what a step of this program itself skips goes to the list.
fn steps(root: &Path, noted: &Path, skipped: &mut Vec<String>) -> bool {
    let noted = noted.display().to_string();
    let note = [("RASHOMON_SKIPPED", noted.as_str())];
    let steps: &[Step<'_>] = &[
        ("format", &["fmt", "--all", "--check"], &[]),
        ("clippy", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], &[]),
        ("docs", &["doc", "--workspace", "--no-deps", "--quiet"], &[("RUSTDOCFLAGS", "-D warnings")]),
        ("tests", &["test", "--workspace"], &note),
    ];
    for (name, args, env) in steps {
        if !step(root, name, args, env) {
            return false;
        }
    }
    println!("== tidy");
    if !crate::tidy::run(root) {
        return false;
    }
    if !deny(root, skipped) {
        return false;
    }
    if !root.join("../shared/accounts").is_dir() {
        skipped.push("the search for copied texts: no ../shared here".to_owned());
    }
    let bench = root.join("../shared/bench");
    if !bench.is_dir() {
        println!("== eval: no ../shared/bench here, only the sets that are ours are measured");
        skipped.push("evaluation sets of others: no ../shared/bench here".to_owned());
        return step(root, "eval", &["xtask", "eval"], &[]);
    }
    step(root, "eval", &["xtask", "eval", "--data", "../shared/bench"], &[])
}

/// `cargo deny check` of licences, bans and sources, which needs no network; of advisories, where their database can be fetched.
fn deny(root: &Path, skipped: &mut Vec<String>) -> bool {
    let quiet = |args: &[&str]| {
        let output = Command::new("cargo").arg("deny").args(args).current_dir(root).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !quiet(&["--version"]) {
        skipped.push("`cargo deny check`: no cargo-deny here".to_owned());
        println!("== deny: SKIPPED, no cargo-deny here (tidy holds licences, bans and sources against deny.toml)");
        return true;
    }
    let check = ["deny", "--log-level", "error", "check"];
    if !step(root, "deny", &[&check[..], &["bans", "licenses", "sources"]].concat(), &[]) {
        return false;
    }
    if quiet(&["fetch", "db"]) {
        return step(root, "deny", &[&check[..], &["advisories"]].concat(), &[]);
    }
    skipped.push("`cargo deny check advisories`: their database cannot be fetched here".to_owned());
    println!(
        "== deny: advisories SKIPPED, their database cannot be fetched here (tidy held Cargo.lock against the snapshot in deny/; newer advisories and yanked versions were not looked at)"
    );
    true
}

/// Rewrites expectations: case files and snapshots read `BLESS`.
pub(crate) fn bless(root: &Path) -> bool {
    step(root, "bless", &["test", "--workspace", "--no-fail-fast"], &[("BLESS", "1"), ("RASHOMON_BLESS", "1")])
}

/// Runs one cargo command, timed.
fn step(root: &Path, name: &str, args: &[&str], env: &[(&str, &str)]) -> bool {
    println!("== {name}: cargo {}", args.join(" "));
    let start = Instant::now();
    let mut command = Command::new("cargo");
    command.args(args).current_dir(root);
    for (key, value) in env {
        command.env(key, value);
    }
    let ok = command.status().is_ok_and(|status| status.success());
    println!("== {name}: {} in {:.0} s", if ok { "done" } else { "FAILED" }, start.elapsed().as_secs_f64());
    ok
}

/// Kills a process that writes to a case, so often; in memory where the system has such a folder, as a child does more there.
pub(crate) fn crash(root: &Path, kills: &str) -> bool {
    let mut env = vec![("RASHOMON_KILLS", kills)];
    let memory = Path::new("/dev/shm/rashomon-crash");
    if std::fs::create_dir_all(memory).is_ok() {
        env.push(("RASHOMON_CRASH_IN", "/dev/shm/rashomon-crash"));
    }
    let args = ["test", "--package", "rashomon-store", "--test", "crash", "--", "--nocapture"];
    let done = step(root, "crash", &args, &env);
    // what is left in memory is of no use; a folder that stays there is no failure of the run
    let _ = std::fs::remove_dir_all(memory);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_skip_is_told_once() {
        let noted =
            "SKIPPED: pages in a browser: none here\nSKIPPED: an export: no `wacz`\nSKIPPED: an export: no `wacz`\n";
        assert_eq!(list(noted), ["an export: no `wacz`", "pages in a browser: none here"]);
        assert!(list("").is_empty());
    }
}
