//! Is this word an item of evidence, and which words belong to it? "List of 22 names", "unverified drone footage", but not "command post".

use rashomon_model::analysis::MentionKind;
use rashomon_model::evidence::EvidenceKind;

use super::Reader;
use super::word::words;
use crate::mention::token::{Case, Gap, Token};

/// Longest item noun in words ("social media post").
const LONGEST: usize = 3;

impl Reader<'_> {
    /// An item noun at `i`: its end and kind.
    pub(super) fn item(&self, i: usize, to: usize) -> Option<(usize, EvidenceKind)> {
        let lists = words();
        let first = self.tokens.get(i)?;
        if first.capital() && !first.opens {
            return None;
        }
        // "list of 22 names"
        if lists.of.contains(&first.key) && self.key(i + 1) == "of" {
            let listed = (i + 2..(i + 8).min(to))
                .take_while(|at| !self.marked(*at))
                .any(|at| lists.listed.contains(self.key(at)));
            if listed {
                return Some((i + 1, EvidenceKind::List));
            }
        }
        let listed = matches!(first.key.as_str(), "list" | "lists") && self.key(i.wrapping_sub(1)) == "the";
        if listed && self.found.iter().any(|e| e.kind == EvidenceKind::List) {
            return Some((i + 1, EvidenceKind::List));
        }
        if let Some(kind) = lists.documented.get(&first.key)
            && self.subject(i).is_some()
            && self.key(i + 1) == "the"
        {
            return Some((i + 1, *kind));
        }
        let most = LONGEST.min(to - i);
        let rest = self.tokens.get(i..)?;
        lists.items.longest(rest, most, |len, kind| {
            let whole = rest.get(1..len)?.iter().all(|t| matches!(t.gap, Gap::Space | Gap::Hyphen));
            let verb = len == 1 && self.used_otherwise(i);
            (whole && !verb).then_some((i + len, *kind))
        })
    }

    /// "to film", "posted", "command post", "in the picture", "self-image": not an item.
    fn used_otherwise(&self, i: usize) -> bool {
        let before = i.checked_sub(1).filter(|_| !self.marked(i)).map_or("", |b| self.key(b));
        let key = self.key(i);
        let glued = self.tokens.get(i).is_some_and(|t| t.gap == Gap::Hyphen)
            || self.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::Hyphen);
        let auxiliary = matches!(
            before,
            "to" | "will"
                | "would"
                | "could"
                | "can"
                | "may"
                | "might"
                | "must"
                | "should"
                | "they"
                | "we"
                | "you"
                | "i"
        );
        // "a post", "a post on Telegram" is an item; any other noun before it makes it a place ("command post") or an office
        let post = matches!(key, "post" | "posts") && !words().post_before.contains(before) && !self.online(i + 1);
        let subject_verb =
            matches!(key, "posts" | "pictures" | "documents" | "records" | "films" | "images") && self.verb_like(i);
        let record = matches!(key, "recording" | "filming")
            && !self.marked(i + 1)
            && matches!(self.key(i + 1), "the" | "a" | "an");
        glued || auxiliary || post || subject_verb || record
    }

    /// "on Telegram", "to the platform": what follows says that it was put online.
    fn online(&self, i: usize) -> bool {
        matches!(self.key(i), "on" | "to" | "from")
            && !self.marked(i)
            && (i + 1..i + 4).take_while(|at| !self.marked(*at)).any(|at| words().platforms.contains(self.key(at)))
    }

    /// "activists posts videos": a name before and an object after.
    fn verb_like(&self, i: usize) -> bool {
        let name = i.checked_sub(1).and_then(|b| self.tokens.get(b)).is_some_and(Token::capital);
        name && !self.marked(i + 1) && words().items.contains(self.key(i + 1))
    }

    /// Whether the token may stand between the article and the noun.
    pub(super) fn qualifies(&self, i: usize) -> bool {
        let Some(token) = self.tokens.get(i) else { return false };
        let lists = words();
        if self.in_name(i) {
            return false;
        }
        let article = lists.new.contains(&token.key) || lists.same.contains(&token.key);
        let adjective = token.case == Case::Lower
            && (["ed", "al", "ic", "y", "ive", "ous", "ary", "ile", "raphic", "eur", "ing"]
                .iter()
                .any(|end| token.key.ends_with(end) && token.key.len() > 4)
                || lists.qualifiers.contains(&token.key));
        let release = lists.release.get(&token.key).copied().unwrap_or(false)
            && i > 0
            && !self.marked(i)
            && !self.key(i - 1).ends_with("ly");
        article || token.case == Case::None || adjective && !release
    }

    /// Whether the token is part of a named actor ("the defence ministry video").
    fn in_name(&self, i: usize) -> bool {
        let Some(span) = self.tokens.get(i).map(|t| t.span) else { return false };
        let to = self.mentions.partition_point(|m| m.span.start <= span.start);
        self.mentions.get(to.saturating_sub(4)..to).unwrap_or_default().iter().any(|m| {
            m.span.contains(span) && !matches!(m.kind, MentionKind::Weapon | MentionKind::Other | MentionKind::Place)
        })
    }

    pub(super) fn ends_phrase(&self, i: usize) -> bool {
        words().ends.contains(self.key(i)) || words().release.get(self.key(i)).copied().unwrap_or(false)
    }
}
