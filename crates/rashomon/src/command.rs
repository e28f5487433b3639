//! Which command does what? One function a verb; each gives the exit code.

pub mod case;
pub mod diff;
pub mod dossier;
pub mod explain;
pub mod judge;
pub mod places;
pub mod reading;

use crate::cli::{Args, Command, SchemaOf};
use clap::CommandFactory as _;
use std::io::Write as _;

/// All done.
pub const DONE: u8 = 0;
/// Done, with documents left out.
pub const LEFT_OUT: u8 = 1;
/// The command line or a file named on it makes no sense.
pub const USAGE: u8 = 2;
/// Nothing could be read.
pub const NOTHING: u8 = 3;
/// A case does not verify.
pub const UNSOUND: u8 = 4;

/// Runs the command.
///
/// # Errors
/// If a table given by the user cannot be used or an output cannot be written.
pub fn run(args: Args) -> anyhow::Result<u8> {
    match args.command {
        Command::Dossier(args) => dossier::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Judge(args) => judge::run(&args),
        Command::Init(args) => case::init(&args),
        Command::Add(args) => case::add(&args),
        Command::Status(args) => case::status(&args),
        Command::Remove(args) => case::remove(&args),
        Command::Verify(args) => case::check(&args),
        Command::Export(args) => case::export(&args),
        Command::Import(args) => case::import(&args),
        Command::Anchor(args) => case::anchor(&args),
        Command::Claims(args) => reading::claims(&args),
        Command::Analyze(args) => reading::analyze(&args),
        Command::Places(args) => places::run(&args),
        Command::Explain(args) => explain::run(args.term.as_deref()),
        Command::Schema { output: SchemaOf::Dossier } => print(rashomon_dossier::schema::DOSSIER),
        Command::Schema { output: SchemaOf::Diff } => print(rashomon_dossier::schema::DIFF),
        Command::Schema { output: SchemaOf::Judgement } => print(rashomon_dossier::schema::JUDGEMENT),
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "rashomon", &mut out);
            print(&String::from_utf8_lossy(&out))
        }
        Command::Man => {
            let mut out = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut out)?;
            print(&String::from_utf8_lossy(&out))
        }
    }
}

/// Writes to standard output; a reader that went away (`| head`) is no error.
///
/// # Errors
/// If standard output cannot be written for another reason.
pub fn print(text: &str) -> anyhow::Result<u8> {
    let mut out = std::io::stdout().lock();
    let ended = if text.ends_with('\n') { "" } else { "\n" };
    match write!(out, "{text}{ended}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(DONE),
    }
}
