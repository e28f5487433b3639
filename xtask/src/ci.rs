//! What does CI run?

use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// A step's name, cargo arguments and environment.
type Step<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a str)]);

/// Format, clippy, docs, tests, tidy, deny where it is installed (`.ci/run` installs it), eval; stops at the first failure.
pub(crate) fn run(root: &Path) -> bool {
    let steps: &[Step<'_>] = &[
        ("format", &["fmt", "--all", "--check"], &[]),
        ("clippy", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], &[]),
        ("docs", &["doc", "--workspace", "--no-deps", "--quiet"], &[("RUSTDOCFLAGS", "-D warnings")]),
        ("tests", &["test", "--workspace"], &[]),
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
    if !deny(root) {
        return false;
    }
    let bench = root.join("../shared/bench");
    if !bench.is_dir() {
        println!("== eval: no ../shared/bench here, only the sets that are ours are measured");
        return step(root, "eval", &["xtask", "eval"], &[]);
    }
    step(root, "eval", &["xtask", "eval", "--data", "../shared/bench"], &[])
}

/// `cargo deny check` of licences, bans and sources, which needs no network; of advisories, where their database can be fetched.
fn deny(root: &Path) -> bool {
    let quiet = |args: &[&str]| {
        let output = Command::new("cargo").arg("deny").args(args).current_dir(root).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !quiet(&["--version"]) {
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
