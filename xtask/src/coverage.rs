//! Which branches of the decision core does no test take?
//!
//! The tests of the comparison run once as the compiler's own coverage counts them (`-C instrument-coverage`), with every
//! condition counted both ways. Printed are lines, branches and regions by file and each branch never taken, with its line.
//! Wanted is every branch; one that no input can take stands in `eval/core.toml` with its reason.

use crate::decision::{self, EXCEPTIONS};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crate whose tests run.
const PACKAGE: &str = "rashomon-compare";
/// Share of the random cases of the property tests: what only one in a thousand random cases reaches has no test.
const CASES: &str = "0.05";
/// `condition` counts the operands of `&&` and `||` everywhere, `branch` only where a branch follows.
const FLAGS: &str = "-C instrument-coverage -Z coverage-options=condition";

/// Measures; false if a branch is never taken, a test fails or a tool is missing.
pub(crate) fn run(root: &Path) -> bool {
    match measure(root) {
        Ok(all) => all,
        Err(why) => {
            eprintln!("coverage: {why}");
            false
        }
    }
}

/// `llvm-profdata` and `llvm-cov` that read what this compiler writes.
struct Tools {
    profdata: PathBuf,
    cov: PathBuf,
}

fn output(command: &mut Command) -> Option<String> {
    let done = command.output().ok().filter(|done| done.status.success())?;
    String::from_utf8(done.stdout).ok()
}

/// Looks in the compiler's own folder (component `llvm-tools`), then for the system's tools of the compiler's LLVM or later.
fn tools() -> Result<Tools, String> {
    let about = output(Command::new("rustc").arg("-vV")).ok_or("rustc does not answer")?;
    let after = |key: &str| about.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
    let host = after("host:").unwrap_or_default();
    let version = after("LLVM version:").unwrap_or_default();
    let major: u32 = version.split('.').next().and_then(|n| n.parse().ok()).unwrap_or_default();
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    let mut places = vec![(PathBuf::from(sysroot.trim()).join("lib/rustlib").join(host).join("bin"), String::new())];
    for later in (major..major + 10).rev() {
        places.push((PathBuf::from(format!("/usr/lib/llvm-{later}/bin")), String::new()));
        places.push((PathBuf::new(), format!("-{later}")));
    }
    places.push((PathBuf::new(), String::new()));
    let reads = |tool: &Path| {
        let said = output(Command::new(tool).arg("--version")).unwrap_or_default();
        let own = said.split_once("LLVM version ").and_then(|(_, rest)| rest.split('.').next()?.trim().parse().ok());
        own.is_some_and(|own: u32| own >= major)
    };
    for (folder, suffix) in places {
        let named = |name: &str| folder.join(format!("{name}{suffix}"));
        let (profdata, cov) = (named("llvm-profdata"), named("llvm-cov"));
        if reads(&profdata) && reads(&cov) {
            return Ok(Tools { profdata, cov });
        }
    }
    Err(format!(
        "no llvm-cov and llvm-profdata that read what this compiler writes (LLVM {version}): `rustup component add \
         llvm-tools`, or of the system `apt-get install llvm-{major}`"
    ))
}

/// Where in a file something begins and ends: lines and columns.
type At = (String, [u64; 4]);

/// Counts by place; of code compiled more than once (a library and its unit tests) together.
#[derive(Default)]
struct Counts {
    /// How often a condition was true, and how often false.
    branches: BTreeMap<At, (u64, u64)>,
    regions: BTreeMap<At, u64>,
}

fn measure(root: &Path) -> Result<bool, String> {
    let files = decision::files(root)?;
    let exceptions = decision::exceptions(root, "unreachable", "code")?;
    let tools = tools()?;
    let work = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from).join("coverage");
    let profiles = work.join("profiles");
    let _ = std::fs::remove_dir_all(&profiles); // there is none at the first run
    std::fs::create_dir_all(&profiles).map_err(|error| format!("{} cannot be made: {error}", profiles.display()))?;
    let tests = build(root, &work)?;
    let mut passed = true;
    for test in &tests {
        let ran = Command::new(test)
            .current_dir(root.join("crates").join(PACKAGE))
            .env("RASHOMON_CASES", CASES)
            .env("LLVM_PROFILE_FILE", profiles.join("%m-%p.profraw"))
            .status();
        passed &= ran.is_ok_and(|status| status.success());
    }
    if !passed {
        return Err("a test fails; mend it first".to_owned());
    }
    let counts = export(root, &tools, &profiles, &work, &tests)?;
    Ok(report(root, &files, &counts, &exceptions))
}

/// Builds the tests and says which programs they are.
fn build(root: &Path, work: &Path) -> Result<Vec<String>, String> {
    let built = Command::new("cargo")
        .args(["test", "--package", PACKAGE, "--lib", "--tests", "--no-run", "--message-format=json", "--target-dir"])
        .arg(work)
        .current_dir(root)
        .env("RUSTFLAGS", FLAGS)
        .env("LLVM_PROFILE_FILE", work.join("built/%p.profraw")) // build scripts and macros are counted too
        .env("RUSTC_BOOTSTRAP", "1") // conditions are counted by an option that is not stable yet
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if !built.status.success() {
        return Err("the tests do not build".to_owned());
    }
    let lines = String::from_utf8_lossy(&built.stdout);
    let messages = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    Ok(messages.filter_map(|message| message.get("executable")?.as_str().map(str::to_owned)).collect())
}

/// Merges the profiles and reads what `llvm-cov` makes of them.
fn export(root: &Path, tools: &Tools, profiles: &Path, work: &Path, tests: &[String]) -> Result<Counts, String> {
    let merged = work.join("merged.profdata");
    let raw: Vec<PathBuf> = std::fs::read_dir(profiles).into_iter().flatten().flatten().map(|e| e.path()).collect();
    let done = Command::new(&tools.profdata).args(["merge", "-sparse", "-o"]).arg(&merged).args(&raw).status();
    if !done.is_ok_and(|status| status.success()) {
        return Err(format!("{} does not merge the profiles", tools.profdata.display()));
    }
    let mut command = Command::new(&tools.cov);
    command.args(["export", "-format=text", "-instr-profile"]).arg(&merged);
    for (n, test) in tests.iter().enumerate() {
        if n > 0 {
            command.arg("-object");
        }
        command.arg(test);
    }
    let text = output(&mut command).ok_or_else(|| format!("{} does not export", tools.cov.display()))?;
    let json: Value =
        serde_json::from_str(&text).map_err(|error| format!("what llvm-cov writes is no JSON: {error}"))?;
    let mut counts = Counts::default();
    let functions = json.pointer("/data/0/functions").and_then(Value::as_array).cloned().unwrap_or_default();
    for function in &functions {
        let names = function.get("filenames").and_then(Value::as_array).cloned().unwrap_or_default();
        let numbers = |key: &str| -> Vec<Vec<u64>> {
            let all = function.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
            all.iter().filter_map(|one| Some(one.as_array()?.iter().filter_map(Value::as_u64).collect())).collect()
        };
        let file = |index: u64| -> Option<String> {
            let name = names.get(usize::try_from(index).ok()?)?.as_str()?;
            Some(Path::new(name).strip_prefix(root).unwrap_or(Path::new(name)).to_string_lossy().into_owned())
        };
        for branch in numbers("branches") {
            if let [a, b, c, d, yes, no, index, ..] = branch[..]
                && let Some(file) = file(index)
            {
                let known = counts.branches.entry((file, [a, b, c, d])).or_default();
                *known = (known.0.saturating_add(yes), known.1.saturating_add(no));
            }
        }
        for region in numbers("regions") {
            // kind 0 is code; others are what was left out, and gaps
            if let [a, b, c, d, count, index, _, 0, ..] = region[..]
                && let Some(file) = file(index)
            {
                let known = counts.regions.entry((file, [a, b, c, d])).or_default();
                *known = known.saturating_add(count);
            }
        }
    }
    Ok(counts)
}

/// Prints the table and what is missing; whether nothing is but what has a reason.
fn report(root: &Path, files: &[String], counts: &Counts, exceptions: &[decision::Exception]) -> bool {
    let mut missing: Vec<String> = Vec::new();
    let mut used = vec![false; exceptions.len()];
    let mut all = [0usize; 6];
    println!("{:<44}{:>14}{:>7}{:>14}{:>7}{:>14}{:>7}", "file", "lines", "%", "branches", "%", "regions", "%");
    for file in files {
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        // unit tests stand at the end of a file; they are not the core
        let end = lines.iter().position(|line| *line == "#[cfg(test)]").map_or(u64::MAX, |at| at as u64);
        let line =
            |at: u64| usize::try_from(at).ok().and_then(|at| lines.get(at.checked_sub(1)?)).map_or("", |l| l.trim());
        let here = |at: &At| at.0 == *file && at.1[0] <= end;
        let (mut taken, mut sides) = (0, 0);
        for (at, (yes, no)) in counts.branches.iter().filter(|(at, _)| here(at)) {
            for (count, what) in [(yes, "never true"), (no, "never false")] {
                sides += 1;
                if *count > 0 {
                    taken += 1;
                    continue;
                }
                let code = line(at.1[0]);
                let known = exceptions.iter().position(|one| one.file == *file && code.contains(&one.what));
                if let Some(known) = known {
                    used[known] = true;
                } else {
                    missing.push(format!("{file}:{}:{} {what}: {code}", at.1[0], at.1[1]));
                }
            }
        }
        let regions: Vec<(&At, u64)> =
            counts.regions.iter().filter(|(at, _)| here(at)).map(|(at, n)| (at, *n)).collect();
        let reached = regions.iter().filter(|(_, count)| *count > 0).count();
        let mut told = [0; 2]; // of what is never run the outermost piece, and one of a line, is enough to find it
        for (at, _) in regions.iter().filter(|(_, count)| *count == 0) {
            let code = line(at.1[0]);
            if at.1[0] == told[0] || at.1[2] <= told[1] {
                continue;
            }
            told = [at.1[0], at.1[2]];
            let known = exceptions.iter().position(|one| one.file == *file && code.contains(&one.what));
            match known {
                Some(known) => used[known] = true,
                None => missing.push(format!("{file}:{}:{} never run: {code}", at.1[0], at.1[1])),
            }
        }
        // a line is run where a region that is run covers it and no smaller one that is not
        let mut by_line: BTreeMap<u64, (u64, bool)> = BTreeMap::new();
        for (at, count) in &regions {
            let size = (at.1[2] - at.1[0]) * 10_000 + at.1[3];
            for row in at.1[0]..=at.1[2] {
                let known = by_line.entry(row).or_insert((u64::MAX, false));
                if size < known.0 {
                    *known = (size, *count > 0);
                }
            }
        }
        let run = by_line.values().filter(|(_, run)| *run).count();
        let row = [run, by_line.len(), taken, sides, reached, regions.len()];
        print_row(file.trim_start_matches("crates/rashomon-compare/src/"), row);
        for (sum, one) in all.iter_mut().zip(row) {
            *sum += one;
        }
    }
    print_row("all", all);
    missing.sort();
    for one in &missing {
        println!("{one}");
    }
    for (exception, used) in exceptions.iter().zip(&used) {
        if *used {
            println!("no input: {}: {} ({})", exception.file, exception.what, exception.reason);
        } else {
            missing.push(String::new());
            println!("{EXCEPTIONS}: nothing fits any more: {}: {}", exception.file, exception.what);
        }
    }
    missing.is_empty()
}

fn print_row(name: &str, row: [usize; 6]) {
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let pair = |part: usize, whole: usize| format!("{:>14}{:>7.1}", format!("{part}/{whole}"), share(part, whole));
    println!("{name:<44}{}{}{}", pair(row[0], row[1]), pair(row[2], row[3]), pair(row[4], row[5]));
}
