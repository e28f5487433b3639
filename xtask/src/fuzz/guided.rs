//! What does libFuzzer find? Its targets in turns, each turn written to the ledger.
//!
//! `cargo fuzz` builds a program a target; this runs them one after the other, a few minutes each, so that a session cut short has
//! run all of them. Seeds and words are those of the loop; what covers new code is kept in `fuzz/target/corpus/TARGET`,
//! and [`merge`] takes the smallest set that covers as much into `fuzz/corpus/TARGET`. A target with a finding leaves the
//! round: its input lies in `fuzz/artifacts/TARGET`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::ledger::{self, Run};

/// How to build the programs. No sanitizer: there is no `unsafe` in our crates, and a program without one runs five times the inputs.
pub(super) const BUILD: &str = "RUSTC_BOOTSTRAP=1 cargo fuzz build --sanitizer none";
/// CPU seconds of a turn.
const TURN: u64 = 300;
/// Seconds by the clock after which libFuzzer gives up an input: on a busy machine a program may wait that long for its turn.
const GIVEN_UP: u32 = 120;
/// MiB of memory above which an input is a finding.
const MEMORY: u32 = 1500;
/// Most bytes of inputs kept of a target in the project.
pub(super) const KEPT: usize = 200 << 10;

/// Where the programs are: what `cargo fuzz build` made.
pub(super) fn programs(root: &Path) -> PathBuf {
    root.join("fuzz/target/x86_64-unknown-linux-gnu/release")
}

/// Runs targets in turns until each has had `seconds` of computing; false if anything was found or a program is not there.
pub(super) fn run(
    root: &Path,
    programs: &Path,
    seconds: f64,
    names: &[&str],
    seeds: &[Vec<u8>],
    words: &[&str],
) -> bool {
    if let Some(absent) = names.iter().find(|name| !programs.join(name).is_file()) {
        eprintln!("fuzz: no program {} (build them: {BUILD})", programs.join(absent).display());
        return false;
    }
    let work = root.join("fuzz/target");
    let (seeded, dictionary) = (work.join("seeds"), work.join("words.dict"));
    if let Err(error) = begin(&seeded, &dictionary, seeds, words) {
        eprintln!("fuzz: {}: {error}", work.display());
        return false;
    }
    let commit = commit(root);
    let mut left: Vec<(&str, f64)> = names.iter().map(|name| (*name, seconds)).collect();
    let mut clean = true;
    println!("{:<12}{:>8}{:>12}{:>8}  findings", "target", "CPU s", "inputs", "edges");
    while !left.is_empty() {
        for (name, left) in &mut left {
            let turn = (*left).min(TURN as f64).max(1.0) as u64;
            let (run, found) = turn_of(root, programs, name, turn, &seeded, &dictionary, &commit);
            *left -= run.cpu_seconds.max(1) as f64;
            let told = if found.is_empty() { "none".to_owned() } else { found.join(" ") };
            println!("{name:<12}{:>8}{:>12}{:>8}  {told}", run.cpu_seconds, run.inputs, run.edges);
            if let Err(why) = ledger::add(root, run) {
                eprintln!("fuzz: {why}");
            }
            if !found.is_empty() {
                clean = false;
                *left = 0.0;
            }
        }
        left.retain(|(_, left)| *left >= 1.0);
    }
    clean
}

/// Seeds as files, and the words as a dictionary.
fn begin(seeded: &Path, dictionary: &Path, seeds: &[Vec<u8>], words: &[&str]) -> std::io::Result<()> {
    std::fs::create_dir_all(seeded)?;
    for (n, seed) in seeds.iter().enumerate() {
        std::fs::write(seeded.join(format!("{n:04}")), seed)?;
    }
    std::fs::write(dictionary, words.iter().map(|word| entry(word)).collect::<String>())
}

/// A word as a line of a dictionary: bytes other than plain ones in hexadecimal.
fn entry(word: &str) -> String {
    let byte = |b: u8| match b {
        b'"' | b'\\' => format!("\\{}", char::from(b)),
        b' '..=b'~' => char::from(b).to_string(),
        _ => format!("\\x{b:02X}"),
    };
    format!("\"{}\"\n", word.bytes().map(byte).collect::<String>())
}

/// One turn: what it did, and the names of what it found.
fn turn_of(
    root: &Path,
    programs: &Path,
    name: &str,
    seconds: u64,
    seeded: &Path,
    dictionary: &Path,
    commit: &str,
) -> (Run, Vec<String>) {
    let corpus = root.join("fuzz/target/corpus").join(name);
    let (artifacts, kept) = (root.join("fuzz/artifacts").join(name), root.join("fuzz/corpus").join(name));
    for folder in [&corpus, &artifacts, &kept] {
        // where none can be made, the program says so
        let _ = std::fs::create_dir_all(folder);
    }
    let before = findings(&artifacts);
    let begun = children();
    let log = root.join("fuzz/target").join(format!("{name}.log"));
    let mut command = Command::new(programs.join(name));
    command.arg(&corpus).arg(&kept).arg(seeded).args([
        format!("-timeout={GIVEN_UP}"),
        format!("-report_slow_units={}", super::SLOW),
        format!("-rss_limit_mb={MEMORY}"),
        format!("-max_len={}", super::LONGEST),
        format!("-artifact_prefix={}/", artifacts.display()),
        format!("-dict={}", dictionary.display()),
        "-print_final_stats=1".to_owned(),
        "-reload=0".to_owned(),
    ]);
    let said = match until(&mut command, &log, seconds as f64) {
        Ok(()) => std::fs::read(&log).map(|said| String::from_utf8_lossy(&said).into_owned()).unwrap_or_default(),
        Err(error) => error.to_string(),
    };
    let mut found: Vec<String> = findings(&artifacts).difference(&before).cloned().collect();
    let spent = children() - begun;
    // what took long by the clock alone waited for others
    found.retain(|name_of| {
        let waited =
            name_of.starts_with("timeout-") && seconds_of(&programs.join(name), &artifacts.join(name_of)) < super::SLOW;
        !waited || std::fs::remove_file(artifacts.join(name_of)).is_err()
    });
    let inputs = number(&said, "stat::number_of_executed_units:").or_else(|| {
        // after a finding no figures are given: the last line of the course has them
        said.lines().rev().find_map(|line| line.strip_prefix('#')?.split_whitespace().next()?.parse().ok())
    });
    let run = Run {
        target: name.to_owned(),
        engine: "libFuzzer".to_owned(),
        date: today(),
        commit: commit.to_owned(),
        cpu_seconds: spent.round() as u64,
        inputs: inputs.unwrap_or_default(),
        edges: number(&said, " cov:").unwrap_or_default(),
        findings: found.len() as u64,
    };
    if inputs.is_none() {
        eprintln!("fuzz: {name} ran nothing: {}", said.lines().last().unwrap_or_default());
    }
    (run, found)
}

/// Runs a program, what it says going to a file, until it ends or has had so many seconds of computing: by the clock a
/// program on a busy machine gets next to nothing of its turn.
fn until(command: &mut Command, log: &Path, seconds: f64) -> std::io::Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(std::fs::File::create(log)?).spawn()?;
    let of = format!("/proc/{}/stat", child.id());
    let mut told = false;
    while child.try_wait()?.is_none() {
        std::thread::sleep(Duration::from_millis(500));
        if !told && ticks(&of, 11) >= seconds {
            // libFuzzer ends by itself then, and says what it did
            told = Command::new("kill").arg("-INT").arg(child.id().to_string()).status()?.success();
        }
    }
    Ok(())
}

/// CPU seconds a program takes for one input.
fn seconds_of(program: &Path, input: &Path) -> f64 {
    let begun = children();
    // how it ends was seen before
    let _ = Command::new(program).arg(input).stdout(Stdio::null()).stderr(Stdio::null()).status();
    children() - begun
}

/// The last number behind a mark.
fn number(said: &str, mark: &str) -> Option<u64> {
    said.rsplit(mark).next().filter(|_| said.contains(mark))?.split_whitespace().next()?.parse().ok()
}

/// Crashes, hangs and what took too much memory; inputs that were only slow are no findings.
fn findings(folder: &Path) -> BTreeSet<String> {
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| ["crash-", "timeout-", "oom-", "leak-"].iter().any(|kind| name.starts_with(kind))).collect()
}

/// Takes what covers the targets' code into the project: of each the smallest inputs, up to [`KEPT`] bytes in all.
pub(super) fn merge(root: &Path, programs: &Path, names: &[&str]) -> bool {
    let mut done = true;
    for name in names {
        let (work, kept) = (root.join("fuzz/target/corpus").join(name), root.join("fuzz/corpus").join(name));
        let fresh = root.join("fuzz/target/merged").join(name);
        let _ = std::fs::remove_dir_all(&fresh);
        let made = std::fs::create_dir_all(&fresh).and_then(|()| {
            let mut command = Command::new(programs.join(name));
            command.arg("-merge=1").arg(format!("-max_len={}", super::LONGEST)).args([&fresh, &kept, &work]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).status()
        });
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("fuzz: {name} could not be merged");
            done = false;
            continue;
        }
        let mut inputs = super::files(&fresh);
        let all = inputs.len();
        inputs.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        let mut bytes = 0;
        inputs.retain(|input| {
            bytes += input.len();
            bytes <= KEPT
        });
        println!(
            "{name:<12}{:>6} of {all} inputs kept, {} bytes",
            inputs.len(),
            inputs.iter().map(Vec::len).sum::<usize>()
        );
        let _ = std::fs::remove_dir_all(&kept);
        super::store(&kept, inputs.iter());
    }
    done
}

/// CPU seconds of the processes this one has waited for.
fn children() -> f64 {
    ticks("/proc/self/stat", 13)
}

/// The sum of two neighbouring counts of proc(5)'s `stat`, in seconds: 11 for what a process has had, 13 for its children.
fn ticks(stat: &str, field: usize) -> f64 {
    let text = std::fs::read_to_string(stat).unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(field).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Today in UTC.
pub(super) fn today() -> String {
    jiff::Timestamp::now().strftime("%F").to_string()
}

/// The commit that is checked out, short.
pub(super) fn commit(root: &Path) -> String {
    let said = Command::new("git").arg("-C").arg(root).args(["rev-parse", "--short=10", "HEAD"]).output();
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    if said.is_empty() { "unknown".to_owned() } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures() {
        assert_eq!(entry("a\"\\\r\n"), "\"a\\\"\\\\\\x0D\\x0A\"\n");
        let said = "#2\tINITED cov: 12 ft: 3\n#900\tDONE   cov: 1234 ft: 5\nstat::number_of_executed_units: 987\n";
        assert_eq!((number(said, " cov:"), number(said, "stat::number_of_executed_units:")), (Some(1234), Some(987)));
        assert_eq!(number("nothing", " cov:"), None);
    }
}
