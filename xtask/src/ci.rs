//! What does CI run?

use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// A step's name, cargo arguments and environment.
type Step<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a str)]);

/// Format, clippy, docs, tidy, tests, eval; stops at the first failure.
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
    let bench = root.join("../shared/bench");
    if !bench.is_dir() {
        println!("== eval: no ../shared/bench here, only the sets that are ours are measured");
        return step(root, "eval", &["xtask", "eval"], &[]);
    }
    step(root, "eval", &["xtask", "eval", "--data", "../shared/bench"], &[])
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
