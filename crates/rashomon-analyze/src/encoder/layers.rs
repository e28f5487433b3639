//! How does a reading become layers of the analysis? Attributions, mentions and tagged words in the model's own types.

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, MentionKind, Sentence};
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;

use super::{Encoder, NameKind, Reading};

impl Encoder {
    /// Reads a document: its blocks are the paragraphs.
    #[must_use]
    pub fn read_document(&self, doc: &Document, sentences: &[Sentence]) -> Reading {
        let sentences: Vec<Span> = sentences.iter().map(|s| s.span).collect();
        let paragraphs: Vec<Span> = doc.blocks.iter().map(|b| b.span).collect();
        self.read(&doc.text, &sentences, &paragraphs)
    }
}

impl Reading {
    /// The relations as attributions, by content start; none lies in another (`inside` is for the rules to find).
    #[must_use]
    pub fn attributions(&self) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = self
            .relations
            .iter()
            .map(|r| Attribution {
                source: r.source.clone(),
                cue: r.cue.clone(),
                content: r.content.clone(),
                inside: None,
                told: None,
                confidence: r.score,
                made_by: "model",
            })
            .collect();
        out.sort_by(|a, b| (&a.content, &a.cue).cmp(&(&b.content, &b.cue)));
        out
    }

    /// Names of persons, bodies, places, peoples, weapons and the like, as mentions; times and quantities have their
    /// own readers.
    #[must_use]
    pub fn mentions(&self, doc: &Document) -> Vec<Mention> {
        let mut found: Vec<Mention> = self
            .names
            .iter()
            .filter_map(|name| {
                let kind = match name.kind {
                    NameKind::Person => MentionKind::Person,
                    NameKind::Organisation => MentionKind::Organisation,
                    NameKind::Place => MentionKind::Place,
                    NameKind::Facility => MentionKind::Facility,
                    NameKind::Nationality => MentionKind::Nationality,
                    NameKind::Weapon => MentionKind::Weapon,
                    NameKind::Product | NameKind::Event | NameKind::Document => MentionKind::Other,
                    NameKind::Time | NameKind::Quantity => return None,
                };
                let span = without_marks(&doc.text, whole_words(&doc.text, name.span))?;
                let words = doc.slice(span).to_owned();
                Some(Mention { span, kind, name: words, party: None, confidence: name.score })
            })
            .collect();
        found.dedup_by(|next, kept| kept.span.overlaps(next.span));
        found
    }

    /// Gives every word the part of speech of the network's first word in it; `words` sorted.
    pub fn tag(&self, words: &mut [rashomon_model::analysis::Word]) {
        let mut known = self.words.iter().peekable();
        for word in words {
            while known.next_if(|k| k.span.end <= word.span.start).is_some() {}
            if let Some(k) = known.peek().filter(|k| k.span.overlaps(word.span)) {
                word.pos = k.pos;
            }
        }
    }
}

/// The span without marks at its ends ("Kesh." at the end of a sentence, but "U.S." and "Jr." keep theirs); `None` if it has no
/// letter.
fn without_marks(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let open = |c: char| !c.is_alphanumeric();
    // "Orvia['s own brigade]": the mark of possession is the owner's
    let owned = words.strip_prefix(['\'', '’']).and_then(|rest| rest.strip_prefix("s "));
    if let Some(rest) = owned {
        let cut = words.len() - rest.len();
        return without_marks(text, Span::from_usize(span.start as usize + cut, span.end as usize));
    }
    let start = words.len() - words.trim_start_matches(open).len();
    let mut end = words.trim_end_matches(open).len();
    let last = words.get(..end)?.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let tail = words.get(end..).unwrap_or("");
    let short = last.chars().count() <= 3 && tail.starts_with('.');
    if short || words.get(..end)?.ends_with('(') || tail.starts_with(')') && words.contains('(') {
        end += tail.chars().next().map_or(0, char::len_utf8);
    }
    let kept = words.get(start..end).filter(|kept| kept.chars().any(char::is_alphabetic))?;
    let from = span.start as usize + start;
    Some(Span::from_usize(from, from + kept.len()))
}

/// The span with what a hyphen joins to it: the network reads "Al-Qasr" in three pieces and may name only one.
fn whole_words(text: &str, span: Span) -> Span {
    let joins = |c: char| matches!(c, '-' | '‑');
    let after = text.get(span.end as usize..).unwrap_or("");
    let tail = match after.strip_prefix(joins) {
        Some(rest) if rest.starts_with(char::is_uppercase) => {
            let run = rest.find(|c: char| !(c.is_alphanumeric() || joins(c))).unwrap_or(rest.len());
            after.len() - rest.len() + run
        }
        _ => 0,
    };
    let before = text.get(..span.start as usize).unwrap_or("");
    let head = match before.strip_suffix(joins) {
        Some(rest) if rest.ends_with(char::is_alphanumeric) => {
            let kept = rest.trim_end_matches(|c: char| c.is_alphanumeric() || joins(c));
            before.len() - kept.len()
        }
        _ => 0,
    };
    Span::from_usize(span.start as usize - head, span.end as usize + tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_at_the_ends_are_no_part_of_a_name() {
        let kept = |text: &str| without_marks(text, Span::from_usize(0, text.len())).map(|s| s.of(text).to_owned());
        assert_eq!(kept("Kesh.").as_deref(), Some("Kesh"));
        assert_eq!(kept("U.S.").as_deref(), Some("U.S."));
        assert_eq!(kept("“Anvil News,").as_deref(), Some("Anvil News"));
        assert_eq!(kept("Northern Front (NF)").as_deref(), Some("Northern Front (NF)"));
        assert_eq!(kept("-"), None);
    }

    #[test]
    fn a_hyphen_joins_what_the_network_reads_apart() {
        let text = "near Al-Qasr today";
        assert_eq!(whole_words(text, Span::new(5, 7)).of(text), "Al-Qasr");
        assert_eq!(whole_words(text, Span::new(8, 12)).of(text), "Al-Qasr");
        assert_eq!(whole_words(text, Span::new(13, 18)).of(text), "today");
    }
}
