//! The `rashomon` command.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|verb| verb == rashomon::isolate::VERB) {
        return ExitCode::from(rashomon::isolate::serve());
    }
    rashomon::isolate::ready();
    let args = rashomon::cli::Args::parse();
    match rashomon::command::run(args) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // a name out of somebody else's archive may stand in it
            eprintln!("error: {}", rashomon_dossier::safe::plain(&format!("{error:#}")));
            ExitCode::from(rashomon::command::USAGE)
        }
    }
}
