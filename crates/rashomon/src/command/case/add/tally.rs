//! What was taken in, and what was left out?

use crate::command::{DONE, LEFT_OUT, NOTHING, print};
use rashomon_dossier::safe::one_line;
use rashomon_ingest::Refusal;

/// What was done, in numbers.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) added: usize,
    pub(super) again: usize,
    pub(super) unchanged: usize,
    pub(super) left_out: usize,
    pub(super) parts: usize,
}

impl Tally {
    /// Says what was done, and with which code the command ends.
    pub(super) fn told(&self, quiet: bool, passed: usize) -> anyhow::Result<u8> {
        let Self { added, again, unchanged, left_out, parts } = self;
        if !quiet {
            if passed > 0 {
                eprintln!("note: {passed} files of other kinds passed over");
            }
            let again = if *again > 0 { format!(" ({again} of them captured before)") } else { String::new() };
            let parts = if *parts > 0 { format!(", {parts} parts of pages kept") } else { String::new() };
            print(&format!("{added} added{again}, {unchanged} unchanged, {left_out} left out{parts}\n"))?;
        }
        Ok(match (left_out, added + unchanged) {
            (0, n) if n > 0 => DONE,
            (_, 0) => {
                eprintln!(
                    "error: nothing could be read\n  hint: give files, folders or addresses, or - for standard input"
                );
                NOTHING
            }
            _ => LEFT_OUT,
        })
    }
}

/// Names what is left out.
pub(super) fn leave_out(refusal: &Refusal, tally: &mut Tally) {
    eprintln!("left out: {}", one_line(&refusal.to_string()));
    tally.left_out += 1;
}

/// Says what was rightly passed over; what is left out is named by [`leave_out`].
pub(super) fn tell<'a>(refusals: impl Iterator<Item = &'a Refusal>, quiet: bool) {
    for refusal in refusals.filter(|refusal| !quiet && !refusal.left_out()) {
        eprintln!("note: {}", one_line(&refusal.to_string()));
    }
}
