//! What is an element to the pass, by its name?

/// What an element is to the pass, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Dropped with all it holds.
    Dropped,
    /// Has no end tag.
    Void,
    /// Its end tag may be left out: it closes by itself, so it does not count for depth.
    Closing,
    /// The same, and what is open outside is not closed inside.
    Cell,
    /// What is open outside is not closed inside.
    Frame,
    /// Bold, italic and their kin: made again in every paragraph until it is closed. (A link is closed by the next one.)
    Format,
    Other,
}

impl Kind {
    /// Whether it counts for depth.
    pub(super) const fn nests(self) -> bool {
        !matches!(self, Kind::Void | Kind::Closing | Kind::Cell)
    }
}

/// The kind of a name.
pub(super) fn kind(name: &str) -> Kind {
    let mut lower = [0u8; 8];
    let Some(lower) = lower.get_mut(..name.len()) else { return Kind::Other };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"script" | b"style" | b"noscript" | b"svg" | b"template" | b"iframe" | b"textarea" | b"select" => {
            Kind::Dropped
        }
        b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta" | b"param"
        | b"source" | b"track" | b"wbr" => Kind::Void,
        b"td" | b"th" => Kind::Cell,
        b"p" | b"li" | b"tr" | b"dt" | b"dd" | b"option" | b"thead" | b"tbody" | b"tfoot" | b"html" | b"head"
        | b"body" => Kind::Closing,
        b"table" | b"caption" | b"object" | b"applet" | b"marquee" | b"button" | b"math" => Kind::Frame,
        b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike" | b"strong"
        | b"tt" | b"u" => Kind::Format,
        _ => Kind::Other,
    }
}
