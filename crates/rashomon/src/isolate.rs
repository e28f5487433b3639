//! Can this file hurt? PDFs are read in a process of their own, with limits on time and memory.
//!
//! PDF readers hang or crash on hostile files. The program therefore starts itself again with a hidden verb, gives that process
//! the bytes on standard input and takes the pages from its standard output. A hang, a crash or an overflow there loses that
//! one document, which is then named as unreadable (methods.md G). Where the program is used as a library, [`ready`] was not
//! called and the file is read in this process.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The hidden verb.
pub const VERB: &str = "read-pdf";
/// Longest a PDF may take (methods.md G).
const TIME: Duration = Duration::from_secs(30);
/// Most bytes of text taken from it (methods.md G).
const TEXT: u64 = 100 << 20;
/// Most memory the process may take: the reader needs about ten times the largest file.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says that this process is the program itself, so that it can be started again.
pub fn ready() {
    if let Ok(program) = std::env::current_exe() {
        let _ = PROGRAM.set(program);
    }
}

/// Pages of a PDF, read in a process of its own where there is one.
///
/// # Errors
/// Why there are none, in a few words.
pub fn pages(bytes: &[u8]) -> Result<Vec<String>, String> {
    match PROGRAM.get() {
        Some(program) => in_process(Command::new(program).arg(VERB), bytes, TIME),
        None => rashomon_ingest::pdf::pages(bytes),
    }
}

/// Runs a reader on the bytes and waits at most `time`.
fn in_process(command: &mut Command, bytes: &[u8], time: Duration) -> Result<Vec<String>, String> {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).env_clear();
    let mut child = piped.spawn().map_err(|error| format!("its reader cannot be started: {error}"))?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let mut text = Vec::new();
    let ended = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A reader that gave up does not take all: its exit status says so.
            let _ = input.map(|mut input| input.write_all(bytes));
        });
        let text = &mut text;
        scope.spawn(move || {
            let _ = output.map(|output| output.take(TEXT).read_to_end(text));
        });
        let begun = Instant::now();
        loop {
            match child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if begun.elapsed() < time => std::thread::sleep(Duration::from_millis(5)),
                _ => {
                    let _ = child.kill();
                    let _ = child.wait();
                    break None;
                }
            }
        }
    });
    let Some(status) = ended else { return Err(format!("its reader took longer than {} seconds", time.as_secs())) };
    rashomon_ingest::pdf::answered(&text).unwrap_or_else(|| {
        Err(if status.success() { "its reader said nothing" } else { "its reader broke off" }.to_owned())
    })
}

/// What the hidden verb does: limits itself, reads a PDF from standard input, writes its pages.
#[must_use]
pub fn serve() -> u8 {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, setrlimit};
        let seconds = TIME.as_secs();
        // Without the limits there is still the clock of the process that waits.
        let _ = setrlimit(Resource::RLIMIT_AS, MEMORY, MEMORY);
        let _ = setrlimit(Resource::RLIMIT_CPU, seconds, seconds);
        let _ = setrlimit(Resource::RLIMIT_FSIZE, 0, 0);
    }
    let mut bytes = Vec::new();
    if std::io::stdin().lock().take(TEXT).read_to_end(&mut bytes).is_err() {
        return super::command::USAGE;
    }
    std::panic::set_hook(Box::new(|_| {}));
    let answer = rashomon_ingest::pdf::pages(&bytes);
    let written = rashomon_ingest::pdf::answer(&answer).ok().and_then(|answer| {
        let mut out = std::io::stdout().lock();
        write!(out, "{answer}").and_then(|()| out.flush()).ok()
    });
    u8::from(written.is_none())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_hang_or_crash_is_an_error_in_words() {
        let run = |script: &str| {
            in_process(Command::new("/bin/sh").args(["-c", script]), b"%PDF", Duration::from_millis(300)).unwrap_err()
        };
        let mark = rashomon_ingest::pdf::answer(&Ok(Vec::new())).unwrap().replace("{\"Ok\":[]}", "");
        assert!(run("exec sleep 60").contains("longer"));
        assert!(run("kill -SEGV $$").contains("broke off"));
        assert!(run("echo noise").contains("nothing"));
        assert!(run(&format!("printf '{mark}{{\"Ok\":[\"a'")).contains("cut short"));
        let fine = in_process(
            Command::new("/bin/sh").args(["-c", &format!("echo noise; printf '{mark}{{\"Ok\":[\"a\"]}}'")]),
            b"",
            TIME,
        );
        assert_eq!(fine, Ok(vec!["a".to_owned()]));
    }
}
