//! What has been found so far? The article on its way from a page to a [`Document`](rashomon_model::Document).

use rashomon_model::document::BlockKind;

use crate::stamp::Stamp;

/// One block of the article to be, with the role found so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Role; `None` while undecided.
    pub(crate) kind: Option<BlockKind>,
    /// Squeezed text, never empty.
    pub(crate) text: String,
}

impl Piece {
    /// A block of this role.
    pub(crate) fn of(kind: BlockKind, text: String) -> Self {
        Self { kind: Some(kind), text }
    }
}

/// A credit whose place is still a pair (piece, byte range in it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DraftCredit {
    /// Name as written.
    pub(crate) name: String,
    /// Kind of credit in words.
    pub(crate) how: String,
    /// Piece index and byte range, where the words stay in the text.
    pub(crate) at: Option<(usize, std::ops::Range<usize>)>,
}

/// A date found, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Dated {
    /// Written in a piece.
    Stated(Stamp, usize, std::ops::Range<usize>),
    /// Given by this field of the metadata.
    Metadata(Stamp, String),
}

/// The article on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Blocks in order.
    pub(crate) pieces: Vec<Piece>,
    /// Headline.
    pub(crate) title: Option<String>,
    /// Author line.
    pub(crate) byline: Option<String>,
    /// Outlet.
    pub(crate) publisher: Option<String>,
    /// Language the page declares.
    pub(crate) language: Option<String>,
    /// Dates found, best first within each kind.
    pub(crate) dates: Vec<Dated>,
    /// Whether the page says it was changed later.
    pub(crate) updated: bool,
    /// Address of the page.
    pub(crate) url: Option<String>,
    /// Credits.
    pub(crate) credits: Vec<DraftCredit>,
    /// What to tell: code and message.
    pub(crate) notes: Vec<(&'static str, String)>,
}

impl Draft {
    /// Adds a credit, unless one of that name is there.
    pub(crate) fn credit(&mut self, credit: DraftCredit) {
        if !self.credits.iter().any(|known| known.name == credit.name) {
            self.credits.push(credit);
        }
    }

    /// Records a line left out as furniture.
    pub(crate) fn removed(&mut self, kind: &str, line: &str) {
        self.notes.push(("R201", format!("left out as page furniture ({kind}): {}", clip(line))));
    }
}

/// At most 160 characters of a line.
pub(crate) fn clip(line: &str) -> String {
    if line.chars().count() <= 160 {
        line.to_owned()
    } else {
        let mut cut: String = line.chars().take(159).collect();
        cut.push('…');
        cut
    }
}
