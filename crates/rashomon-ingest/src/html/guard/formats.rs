//! How many elements would formatting left open make again?

use super::kind::Kind;

/// Elements a tree builder may have to make again before formatting is left out: a paragraph of four bytes can cost hundreds.
const AGAIN: usize = 1_000_000;

/// Formatting elements that may still be open. What is not known to be closed counts as open.
#[derive(Default)]
pub(super) struct Formats<'a> {
    /// Names, each with the number of frames met before it.
    open: Vec<(&'a str, usize)>,
    frames: usize,
    /// Elements that may have to be made again, so far.
    again: usize,
}

impl<'a> Formats<'a> {
    /// Takes a tag into account.
    pub(super) fn tag(&mut self, kind: Kind, closing: bool, name: &'a str) {
        match (kind, closing) {
            (Kind::Format, false) => self.open.push((name, self.frames)),
            (Kind::Format, true) => {
                let mut here = self.open.iter().rev().take_while(|(_, frames)| *frames == self.frames).take(64);
                if let Some(at) = here.position(|(open, _)| open.eq_ignore_ascii_case(name)) {
                    self.open.remove(self.open.len() - at - 1);
                }
            }
            (Kind::Void, _) => {}
            _ => {
                self.frames += usize::from(!closing && matches!(kind, Kind::Cell | Kind::Frame));
                self.again += self.open.len();
            }
        }
    }

    /// Whether so many that formatting must go.
    pub(super) fn too_many(&self) -> bool {
        self.again > AGAIN
    }
}
