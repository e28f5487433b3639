//! The `rashomon` command.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = rashomon::cli::Args::parse();
    match rashomon::command::run(args) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(rashomon::command::USAGE)
        }
    }
}
