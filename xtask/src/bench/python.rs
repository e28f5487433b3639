//! Who else does the same work? A Python process that does it when told to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The process. Its script says "ready VERSION" once it has loaded, and answers every line it is sent with the CPU seconds one
/// turn took.
pub(super) struct Python {
    /// Name and version of what it measures.
    pub(super) version: String,
    child: Child,
    ask: Option<ChildStdin>,
    answer: BufReader<ChildStdout>,
    file: PathBuf,
}

impl Python {
    /// Starts a script; its argument is a file of these lines. `PYTHON` names another Python than `python3`.
    pub(super) fn start(script: &str, lines: &str) -> Result<Self, String> {
        let file = std::env::temp_dir().join(format!("rashomon-bench-{}", std::process::id()));
        std::fs::write(&file, lines).map_err(|e| format!("{}: {e}", file.display()))?;
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let mut child = Command::new(&python)
            .args(["-c", script])
            .arg(&file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{python}: {e}"))?;
        let ask = child.stdin.take();
        let answer = BufReader::new(child.stdout.take().ok_or("Python has no output")?);
        let mut other = Self { version: String::new(), child, ask, answer, file };
        let line = other.line()?;
        other.version = line.strip_prefix("ready ").ok_or("it did not start (see above)")?.to_owned();
        Ok(other)
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        self.answer.read_line(&mut line).map_err(|e| e.to_string())?;
        Ok(line.trim().to_owned())
    }

    /// CPU seconds of one turn.
    pub(super) fn turn(&mut self) -> Result<f64, String> {
        let ask = self.ask.as_mut().ok_or("Python has ended")?;
        writeln!(ask, "turn").and_then(|()| ask.flush()).map_err(|e| e.to_string())?;
        self.line()?.parse().map_err(|_| format!("{} gave no time", self.version))
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        self.ask = None; // its input ends, and so does it
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.file);
    }
}
