//! Which rules change the learned reading? Named groups, so that each can be left out and measured (`docs/models.md`).

/// Rules that add to or correct what the learned reader found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Drops what attributes nothing: a place and a colon in a headline.
    NoSpeech,
    /// Fills in a source the reader left out.
    Source,
    /// Joins the pieces of a quotation or a statement its speaker interrupts.
    Split,
    /// Adds "according to", "citing" (P2).
    According,
    /// Adds "X told Y" (P3).
    Told,
    /// Adds who is quoted by another, and who quotes them; makes those an outlet cites the origin.
    Quoted,
    /// Adds "reportedly", "is said to" (P9).
    General,
    /// Adds direct speech with a verb (P1).
    Direct,
    /// Adds denials (P7).
    Denial,
    /// Adds cue nouns with their owner inside contents: "the ministry's claim that" (P4).
    Nominal,
    /// Adds who puts a toll at a number.
    Figure,
    /// Adds quotations that go on without a cue.
    Floating,
    /// Adds paragraphs that open with their speaker and a colon.
    Label,
    /// Adds headlines and first paragraphs that take over the body's chain (P12).
    Headline,
}

impl Group {
    /// Every group.
    pub const ALL: &[Self] = &[
        Self::NoSpeech,
        Self::Source,
        Self::Split,
        Self::According,
        Self::Told,
        Self::Quoted,
        Self::General,
        Self::Direct,
        Self::Denial,
        Self::Nominal,
        Self::Figure,
        Self::Floating,
        Self::Label,
        Self::Headline,
    ];

    /// Stable name, for tables and floors.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSpeech => "no-speech",
            Self::Source => "source",
            Self::Split => "split",
            Self::According => "according",
            Self::Told => "told",
            Self::Quoted => "quoted",
            Self::General => "general",
            Self::Direct => "direct",
            Self::Denial => "denial",
            Self::Nominal => "nominal",
            Self::Figure => "figure",
            Self::Floating => "floating",
            Self::Label => "label",
            Self::Headline => "headline",
        }
    }

    /// The group that may add an attribution of this pattern where the learned reader found none; no group for the others.
    pub(crate) fn adding(made_by: &str) -> Option<Self> {
        Some(match made_by {
            "P2" => Self::According,
            "P3" => Self::Told,
            "P2-quoted" | "carrier" => Self::Quoted,
            "P9" => Self::General,
            "P1-quote" => Self::Direct,
            "P7" => Self::Denial,
            "P4" => Self::Nominal,
            "figure" => Self::Figure,
            "floating" => Self::Floating,
            _ => return None,
        })
    }
}
