//! How is it told that a test did not run? Past the harness, which keeps what a passing test prints to itself.

use std::io::Write as _;

/// Says what was not tested here and why: on standard error, and in the file `RASHOMON_SKIPPED` names, from which
/// `cargo xtask ci` makes its list.
pub(crate) fn skipped(why: &str) {
    let line = format!("SKIPPED: {why}\n");
    // the macros are captured, the stream is not; a closed one has nobody to tell
    let _ = std::io::stderr().write_all(line.as_bytes());
    if let Some(path) = std::env::var_os("RASHOMON_SKIPPED") {
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        file.and_then(|mut file| file.write_all(line.as_bytes())).unwrap();
    }
}
