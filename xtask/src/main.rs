//! The project's own chores; needs nothing beyond cargo.
//!
//! `cargo xtask tidy` checks what no compiler does; `ci` runs exactly what CI runs; `eval` measures quality against
//! `eval/floors.toml`; `bless` rewrites the expectations of case files and snapshots; `bench` measures speed.

mod bench;
mod ci;
mod coverage;
mod decision;
mod eval;
mod fuzz;
mod mutants;
mod tidy;
mod train;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str =
    "usage: cargo xtask tidy | ci | crash | bless | eval [--data DIR] [--task NAME]… [--raise] [--errors]
       cargo xtask bench analyze [--data DIR] [--against spacy] [--speed accurate|fast] [--turns N] [--articles N]
       cargo xtask bench ingest [--data DIR] [--turns N]
       cargo xtask bench link [LARGEST]
       cargo xtask train judge --data DIR
       cargo xtask fuzz [guided] SECONDS [--bin DIR] [TARGET]…
       cargo xtask fuzz ledger | merge [--bin DIR] [TARGET]…
       cargo xtask coverage
       cargo xtask mutants [FILE]… | report

  tidy   map and folders, crate star, file sizes, dependency lines, no text of ../shared copied
  ci     format, clippy, docs, tests, tidy, deny, eval: what .ci/run runs
  crash  kill a process that writes to a case 2000 times (--kills N), and look what it left
  bless  rewrite expected output of case files and snapshots (then read the diff)
  eval   measure every task (or the ones named) on DIR, compare with eval/floors.toml; --raise writes better floors;
         --errors prints what is wrong on the sets that are ours; without DIR only those are measured
  bench  words per CPU-second of the whole analysis, on DIR's attribution articles or else the shipped examples;
         ingest: articles per CPU-second by reader, against trafilatura where Python has it;
         PYTHON names another Python for both;
         link [LARGEST]: time and memory of linking 1,000 to 100,000 made-up articles, and how they grow
  fuzz   the targets of fuzz/ with mutated bytes, so many CPU seconds each, on the compiler at hand; guided: by libFuzzer, whose
         programs (cargo fuzz build --sanitizer none) lie in fuzz/target or DIR; ledger: what has been run of the hour asked;
         merge: the smallest inputs that cover what libFuzzer reached go to fuzz/corpus
  coverage  which branches of the decision core no test of the comparison takes (needs llvm-cov of the compiler's LLVM)
  mutants   what no test notices when the decision core is changed (needs cargo-mutants; hours; FILE: part of a name;
         report: what the last run found)
  train  learn the judge of the fast reading from DIR's attribution articles (a second)";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["tidy"] => tidy::run(&root()),
        ["ci"] => ci::run(&root()),
        ["crash"] => ci::crash(&root(), "2000"),
        ["crash", "--kills", kills] => ci::crash(&root(), kills),
        ["bless"] => ci::bless(&root()),
        ["coverage"] => coverage::run(&root()),
        ["mutants", words @ ..] => mutants::run(&root(), words),
        ["bench", "link"] => bench::link::run(usize::MAX),
        ["bench", "link", largest] => bench::link::run(largest.parse().unwrap_or(usize::MAX)),
        ["bench", "analyze", rest @ ..] => bench::run(&root(), rest),
        ["bench", "ingest", rest @ ..] => bench::ingest::run(&root(), rest),
        ["fuzz", rest @ ..] => match fuzz::run(&root(), rest) {
            Some(done) => done,
            None => {
                eprintln!("{USAGE}");
                return ExitCode::from(2);
            }
        },
        ["train", "judge", rest @ ..] => train::run(&root(), rest),
        ["eval", rest @ ..] => eval::run(&root(), rest),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The workspace's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
