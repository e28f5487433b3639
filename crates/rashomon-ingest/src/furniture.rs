//! Is this line the page speaking, or the article?
//!
//! Cues are data (`data/furniture.toml`); [`kind`] applies them to one line, [`glued`] finds furniture stuck to the end of a
//! sentence without a break, as in copies of web pages. The rule is conservative: inside the article only labels and openers
//! count; the looser signs (an order to the reader plus interface words) count at head and foot only, and never against a
//! line that quotes or reports.

mod cues;
mod outlet;

use crate::words;
use cues::{CUES, first_word};
pub(crate) use outlet::publisher;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// Before the first or after the last sentence of the article.
    Edge,
    /// Between sentences of the article.
    Inside,
}

/// Most words a line of furniture has; longer lines are text, whatever they begin with.
const LONGEST: usize = 40;

/// Words from which one loose sign of an order or notice to the reader is not enough.
const PROMPT: usize = 26;

/// Digits from which a line without letters is a number of its own (a telephone's), not a counter.
const NUMBER: usize = 7;

/// Most bytes a line of furniture has: forty words of any script. It keeps every look at a line short, whatever its length.
const MOST: usize = 800;

/// Most words of a notice about the page's rights or responsibility.
const NOTICE: usize = 80;

/// Whether the line is a message of the server's program that got into the page: "Warning: … in /srv/x.php on line 12".
pub(crate) fn server_error(line: &str) -> bool {
    const KINDS: &[&str] =
        &["Warning: ", "Notice: ", "Deprecated: ", "Fatal error: ", "Parse error: ", "Strict Standards: "];
    if line.len() > 2 * MOST || !KINDS.iter().any(|kind| line.starts_with(kind)) {
        return false;
    }
    let number = line.rsplit_once(" on line ").map(|(_, number)| number);
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit())) && line.contains(".php")
}

/// Words of a line from which it can be told that it is written to be read by people only, and the share of mixed ones.
const MIXED: (usize, usize) = (8, 4);

/// Whether letters of two alphabets are mixed within the words of a line, as in advertisements that hide from programs: a quarter of
/// the words at least.
fn disguised(line: &str) -> bool {
    if line.is_ascii() {
        return false;
    }
    let foreign = |c: char| matches!(c, '\u{370}'..='\u{52f}') && c.is_alphabetic();
    let mixed = |word: &&str| word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(foreign);
    let (all, mixed) = (words::count(line), line.split_whitespace().filter(mixed).count());
    all >= MIXED.0 && mixed * MIXED.1 >= all
}

/// Whether a line at the foot says what the outlet answers for or allows: "Views expressed are the author's own", "may not be
/// reproduced".
pub(crate) fn disclaimer(line: &str) -> bool {
    if line.len() > 2 * MOST || words::count(line) > NOTICE || reports_speech(line) {
        return false;
    }
    let lower = words::folded(line);
    if lower.starts_with("disclaimer") {
        return true;
    }
    CUES.disclaimers.iter().any(|phrase| lower.contains(phrase.as_str()))
}

/// Kind of furniture a line is, if it is.
pub(crate) fn kind(line: &str, position: Position) -> Option<&'static str> {
    if server_error(line) {
        return Some("server message");
    }
    if disguised(line) {
        return Some("disguised");
    }
    if line.len() > MOST {
        return None;
    }
    let n = words::count(line);
    if n > LONGEST {
        return None;
    }
    let label = words::label_form(line);
    if label.is_empty() {
        // Bullets, rules, counters: no letters at all.
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        return (n <= 2 && digits < NUMBER).then_some("no words");
    }
    if let Some(kind) = CUES.labels.get(&label) {
        return Some(kind);
    }
    if closes(&label) {
        return Some("closing");
    }
    if let Some(kind) = opener(line) {
        return Some(kind);
    }
    if pointer(line) {
        return Some("pointer");
    }
    (position == Position::Edge && prompt(line)).then_some("prompt")
}

/// Whether the line points to another article: a label of such, a colon or stroke, and what the article is called.
fn pointer(line: &str) -> bool {
    let marks = [':', '|', '»'];
    let Some((label, title)) = line.split_once(marks).filter(|(label, _)| label.len() <= LABEL) else { return false };
    let label = words::label_form(label);
    let title = title.trim();
    let spoken = CUES.names.contains(&label) && crate::language::has_english(title);
    // a title does not end as a sentence does
    !title.is_empty()
        && !spoken
        && !title.ends_with('.')
        && words::count(title) <= TITLE
        && (CUES.closing.contains(&label) || CUES.labels.get(&label).is_some_and(|kind| kind == "pointer"))
}

/// Most bytes of a label before a colon, and words of a title behind it.
const LABEL: usize = 60;
const TITLE: usize = 25;

/// Kind of the opener a line begins with.
fn opener(line: &str) -> Option<&'static str> {
    let line_at = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '(');
    // most lines begin with no opener's word: the rest of them need not be looked at
    let known = CUES.openers.get(&words::folded(first_word(line_at)))?;
    let lower = words::folded(line_at);
    let (start, kind) =
        known.iter().filter(|(start, _)| lower.starts_with(start.as_str())).max_by_key(|(start, _)| start.len())?;
    let ends_word = !lower.get(start.len()..)?.starts_with(|c: char| c.is_alphanumeric())
        || start.ends_with(|c: char| !c.is_alphanumeric());
    (ends_word && !reports(line)).then_some(kind.as_str())
}

/// Whether the line is a label over a list of links.
pub(crate) fn closing(line: &str) -> bool {
    line.len() <= MOST && closes(&words::label_form(line))
}

/// Most words of a label known by its first and last.
const LIKE: usize = 6;

/// The same of a line in the form of the lists.
fn closes(label: &str) -> bool {
    let mut of = label.split(' ');
    let like = |first: &str, last: &str| {
        let told = || label.split(' ').any(|word| CUES.reporting.contains(word));
        CUES.closing_first.contains(first)
            && CUES.closing_last.contains(last)
            && !(CUES.closing_doubtful.contains(last) && told())
    };
    CUES.closing.contains(label)
        || of.next().zip(of.next_back()).is_some_and(|(first, last)| like(first, last)) && of.count() + 2 <= LIKE
}

/// Whether the line quotes or has a word of reporting.
pub(crate) fn reports(line: &str) -> bool {
    words::quotes(line) || words::lower(line).iter().any(|word| CUES.reporting.contains(word))
}

/// Whether the line has a speech verb or quotation marks: a weaker sign than [`reports`].
pub(crate) fn reports_speech(line: &str) -> bool {
    words::quotes(line)
        || words::lower(line).iter().any(|word| {
            matches!(word.as_str(), "said" | "says" | "told" | "claims" | "claimed" | "denied" | "according")
        })
}

/// An order or notice to the reader: imperative plus interface word, or two interface words and the reader or no finite event.
fn prompt(line: &str) -> bool {
    if reports(line) {
        return false;
    }
    let cues = &*CUES;
    let lower = words::lower(line);
    let flat = lower.join(" ");
    let interface = lower.iter().filter(|word| cues.interface.contains(*word)).count()
        + cues.interface_phrases.iter().filter(|phrase| flat.contains(phrase.as_str())).count();
    let orders = lower.first().is_some_and(|word| cues.imperatives.contains(word));
    let reader = lower.iter().any(|word| matches!(word.as_str(), "you" | "your" | "you're" | "you'll" | "yours"));
    let page = lower.iter().any(|word| matches!(word.as_str(), "we" | "our" | "us"));
    if lower.len() >= PROMPT {
        return interface >= 2 && (orders || reader && page);
    }
    (orders && interface >= 1) || (interface >= 2 && (reader || page || lower.len() <= 12))
}

/// Where furniture begins that is glued to the end of a line, or is its last sentence: the byte offset to cut at.
///
/// Glued means that no white space stands between a final mark, quote or letter and a capital that opens a phrase of furniture.
pub(crate) fn glued(line: &str) -> Option<(usize, &'static str)> {
    let mut before = None;
    let mut space = false;
    let mut best = None;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if let Some(b) = before
            && c.is_uppercase()
        {
            if line.len() - at > MOST {
                before = Some(c);
                space = false;
                continue;
            }
            let rest = line.get(at..).unwrap_or("");
            let final_mark = matches!(b, '.' | '!' | '?' | '…' | '"' | '”' | '’' | ')' | ']');
            let joint = !space && (final_mark || char::is_lowercase(b));
            if joint || (space && final_mark) {
                let label = || CUES.labels.get(&words::label_form(rest)).map(String::as_str);
                let found = opener(rest).or_else(|| joint.then(label).flatten());
                if let Some(kind) = found.filter(|_| words::count(rest) <= LONGEST) {
                    best = Some((at, kind));
                    break;
                }
            }
        }
        before = Some(c);
        space = false;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_notices_from_sentences() {
        for line in [
            "Comments (12)",
            "Sign up to our morning letter",
            "Related stories",
            "We use cookies to improve your visit.",
        ] {
            assert!(kind(line, Position::Inside).is_some(), "{line}");
        }
        for line in
            ["Manage alerts in your browser's settings.", "Replies are shown to other members of the community."]
        {
            assert!(kind(line, Position::Edge).is_some(), "{line}");
            assert!(kind(line, Position::Inside).is_none(), "{line}");
        }
        for line in [
            "Join forces, the minister told the two armies.",
            "Follow-up strikes hit the bridge an hour later.",
            "Police said the website of the hospital was attacked and its accounts closed.",
            "Two people died.",
            "Please help us, a resident said by telephone.",
        ] {
            assert_eq!(kind(line, Position::Edge), None, "{line}");
        }
    }

    #[test]
    fn pointers_notices_and_disguises() {
        for line in [
            "Also Read | Shells hit the ferry",
            "LEE MÁS | La presa de Serrin",
            "À lire aussi » Le barrage",
            "See also: the dam",
            "Mira: La presa de Serrin",
        ] {
            assert!(kind(line, Position::Inside).is_some(), "{line}");
        }
        for line in [
            "Watch: he said that the dam would hold.",
            "The vote: 12 for, 3 against",
            "Talen | 12 | 3",
            "Mira: They shot at us",
        ] {
            assert_eq!(kind(line, Position::Inside), None, "{line}");
        }
        assert!(disclaimer("Opinions expressed here are not necessarily those of the Post."));
        assert!(disclaimer("El Correo no se hace responsable de las opiniones de sus columnistas."));
        assert!(disclaimer("The Post accepts no responsibility for the content of external sites."));
        for line in [
            "The Lorun Front accepts no responsibility for the blast.",
            "The figure does not necessarily reflect the full toll.",
        ] {
            assert!(!disclaimer(line), "{line}");
        }
        assert!(closing("More Post posts") && closing("Latest war news"));
        assert!(!closing("More soldiers abandon their posts") && !closing("Latest strikes hit army posts"));
        assert!(!disclaimer("His remarks do not necessarily reflect the army's view, a colonel said."));
        assert!(server_error("Warning: Undefined variable $n in /srv/www/post.php on line 12"));
        assert!(!server_error("Warning: the dam may break, the board said on line 12 of its letter."));
        assert!(disguised("Аdvеrtіѕе wіth thе Роѕt аnd rеасh thе whоlе rіvеr"));
        assert!(!disguised("The paper «Річка» of Talen wrote that the dam held, and so did «Гребля»."));
    }

    #[test]
    fn cuts_glued_prompts() {
        let line = "The mayor called it \"a night of fire.\"Sign up for our daily letter";
        assert_eq!(
            glued(line).map(|(at, _)| line.get(..at).unwrap()),
            Some("The mayor called it \"a night of fire.\"")
        );
        assert_eq!(glued("He went to St.Petersburg. Follow the road, he said."), None);
        assert_eq!(publisher("Get alerts from The Talen Post").as_deref(), Some("The Talen Post"));
        assert_eq!(publisher("© 2032 Talen Media Ltd. All rights reserved").as_deref(), Some("Talen Media Ltd"));
    }
}
