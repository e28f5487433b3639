//! What are the words, with what a reader of names needs to know of each? Tokens with folded keys, case and neighbours.
//!
//! Finer than [`Word`](rashomon_model::analysis::Word): hyphens split ("al-Nusra" is two tokens), a possessive `'s` is cut
//! off, dotted initials ("U.S.") are one token with their last point.

use crate::segment::is_pointed;
use rashomon_model::Document;
use rashomon_model::analysis::Sentence;
use rashomon_model::document::BlockKind;
use rashomon_model::span::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How the letters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// All small ("the").
    Lower,
    /// Capital first ("Army").
    Title,
    /// Two or more capitals and nothing small ("ISIS", "U.S.").
    Upper,
    /// Capitals inside ("McCain", "iPhone").
    Mixed,
    /// A script without case, or digits.
    None,
}

/// What lies between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Start of a sentence.
    Start,
    /// White space.
    Space,
    /// A hyphen or dash without white space.
    Hyphen,
    /// An ampersand, slash or apostrophe.
    Soft,
    /// A comma, bracket, quotation mark or any other mark.
    Hard,
}

/// A token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Extent.
    pub(crate) span: Span,
    /// Folded: lower case, no accents, no apostrophes, Arabic letter forms made one.
    pub(crate) key: String,
    /// How the letters stand.
    pub(crate) case: Case,
    /// Mark before.
    pub(crate) gap: Gap,
    /// Index of its sentence.
    pub(crate) sentence: usize,
    /// Whether a capital here says nothing: opens a sentence or a quotation, or stands in a line set in capitals.
    pub(crate) opens: bool,
    /// Followed by a possessive `'s` or `s'`.
    pub(crate) possessive: bool,
}

impl Token {
    /// Whether it bears a capital.
    pub(crate) fn capital(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper | Case::Mixed)
    }
}

/// All tokens of the document, in order.
pub(crate) fn tokens(doc: &Document, sentences: &[Sentence]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let from = tokens.len();
        scan(doc.slice(sentence.span), sentence.span.start as usize, index, &mut tokens);
        let line = tokens.get_mut(from..).unwrap_or_default();
        mark_titled(line, sentence.block);
    }
    tokens
}

/// The sentences of a list of tokens, as `from..to` in it.
pub(crate) fn by_sentence(tokens: &[Token]) -> impl Iterator<Item = (usize, usize)> {
    tokens.chunk_by(|a, b| a.sentence == b.sentence).scan(0, |to, sentence| {
        let from = *to;
        *to += sentence.len();
        Some((from, *to))
    })
}

/// The extent of tokens `from..to`; empty if there are none.
pub(crate) fn extent(tokens: &[Token], from: usize, to: usize) -> Span {
    match (tokens.get(from), tokens.get(to.saturating_sub(1))) {
        (Some(first), Some(last)) if from < to => first.span.cover(last.span),
        _ => Span::default(),
    }
}

/// Tokens of a phrase alone (an alias, a data word), by the same rules.
pub(crate) fn phrase(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    scan(text, 0, 0, &mut tokens);
    tokens
}

/// Keys of a phrase joined as the tables hold them: a space, or a bar where a hard mark stands.
pub(crate) fn key(tokens: &[Token]) -> String {
    let mut key = String::new();
    for (i, token) in tokens.iter().enumerate() {
        if i > 0 {
            key.push(if token.gap == Gap::Hard { '|' } else { ' ' });
        }
        key.push_str(&token.key);
    }
    key
}

/// Capitals say nothing in a line where nearly every word that could be small bears one.
fn mark_titled(line: &mut [Token], block: BlockKind) {
    let words = line.iter().filter(|t| t.case != Case::None && t.key.len() > 3);
    let (capital, all) = words.fold((0, 0), |(c, n), t| (c + usize::from(t.capital()), n + 1));
    let headline = matches!(block, BlockKind::Headline | BlockKind::Standfirst);
    let titled = all >= 4 && capital * 10 > all * if headline { 6 } else { 8 };
    if titled {
        line.iter_mut().for_each(|token| token.opens = true);
    }
}

fn scan(text: &str, base: usize, sentence: usize, tokens: &mut Vec<Token>) {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: usize| chars.get(i).map(|&(_, c)| c);
    let byte = |i: usize| chars.get(i).map_or(text.len(), |&(b, _)| b);
    let mut i = 0;
    let mut gap = Some(Gap::Start);
    let mut opens = true;
    while let Some(c) = at(i) {
        if !c.is_alphanumeric() {
            // the point of "Gen." or "J." is no mark
            let short = c == '.' && gap.is_none() && tokens.last().is_some_and(abbreviation);
            gap = match (gap, c) {
                (None, _) if short => None,
                (Some(Gap::Start), _) => Some(Gap::Start),
                (Some(Gap::Hard), _) => Some(Gap::Hard),
                (Some(Gap::Space), '-' | '‑' | '–') => Some(Gap::Hard),
                (_, '&' | '/' | '\'' | '’' | '`' | 'ʼ' | 'ʿ' | 'ʾ') => Some(Gap::Soft),
                (_, '-' | '‑' | '–') => Some(Gap::Hyphen),
                (None, c) if c.is_whitespace() => Some(Gap::Space),
                (g, c) if c.is_whitespace() || is_format(c) => g,
                _ => Some(Gap::Hard),
            };
            opens |= matches!(c, '“' | '"' | '‘' | '«' | ':' | '\n');
            i += 1;
            continue;
        }
        let start = i;
        let mut end = dotted(&chars, i);
        let is_dotted = end > i;
        if !is_dotted {
            end = i + 1;
            while let Some(c) = at(end) {
                let apostrophe = matches!(c, '\'' | '’' | '`' | 'ʼ' | 'ʿ' | 'ʾ' | '״' | '׳' | '"')
                    && at(end + 1).is_some_and(char::is_alphanumeric)
                    && (c != '"' || at(end - 1).is_some_and(is_hebrew));
                if c.is_alphanumeric() || is_combining_mark(c) || is_format(c) && c != '\u{ad}' || apostrophe {
                    end += 1;
                } else {
                    break;
                }
            }
        }
        // the possessive is no part of the word
        let mut cut = end;
        let mut possessive = false;
        let s = |c: Option<char>| matches!(c, Some('s' | 'S'));
        let mark = |c: Option<char>| matches!(c, Some('\'' | '’' | '`' | 'ʼ'));
        if !is_dotted && end - start > 2 && s(at(end - 1)) && mark(at(end - 2)) {
            cut = end - 2;
            possessive = true;
        } else if is_dotted && mark(at(end)) && s(at(end + 1)) && !at(end + 2).is_some_and(char::is_alphanumeric) {
            possessive = true;
            end += 2;
        } else if s(at(end - 1)) && mark(at(end)) && !at(end + 1).is_some_and(char::is_alphanumeric) {
            possessive = !text.get(..byte(start)).unwrap_or("").ends_with(['\'', '‘']);
        }
        let words = text.get(byte(start)..byte(cut)).unwrap_or("");
        tokens.push(Token {
            span: Span::from_usize(base + byte(start), base + byte(cut)),
            key: fold(words),
            case: case(words),
            gap: gap.unwrap_or(Gap::Soft),
            sentence,
            opens,
            possessive,
        });
        opens = false;
        gap = None;
        i = end.max(start + 1);
    }
}

/// Titles and initials written with a point.
fn abbreviation(token: &Token) -> bool {
    let initial = token.key.chars().count() == 1 && token.capital();
    initial || token.case == Case::Title && is_pointed(&token.key)
}

/// End of "U.S." or "p.m." at `i`, or `i` itself.
fn dotted(chars: &[(usize, char)], i: usize) -> usize {
    let at = |i: usize| chars.get(i).map(|&(_, c)| c);
    let mut end = i;
    let mut letters = 0;
    while at(end).is_some_and(char::is_alphabetic) && at(end + 1) == Some('.') {
        end += 2;
        letters += 1;
    }
    // "U.S" with the last point lost or "U.S.-led"
    if letters >= 1
        && at(end).is_some_and(char::is_uppercase)
        && !at(end + 1).is_some_and(char::is_alphanumeric)
        && at(i).is_some_and(char::is_uppercase)
    {
        end += 1;
        letters += 1;
    }
    let followed = at(end).is_some_and(char::is_alphanumeric);
    if letters >= 2 && !followed { end } else { i }
}

/// Marks that take no room (direction marks, joiners, tatweel).
fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | 'ـ')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5ff}')
}

/// The match key of a word.
pub(crate) fn fold(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    if word.is_ascii() {
        key.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return key;
    }
    for c in word.nfkd() {
        if is_combining_mark(c) || is_format(c) || !c.is_alphanumeric() {
            continue;
        }
        match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => key.push('ا'),
            'ى' | 'ی' => key.push('ي'),
            'ک' => key.push('ك'),
            'ة' => key.push('ه'),
            'ı' => key.push('i'),
            'ø' | 'Ø' => key.push('o'),
            'ł' | 'Ł' => key.push('l'),
            'đ' | 'Đ' => key.push('d'),
            _ => key.extend(c.to_lowercase()),
        }
    }
    key
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Case::None;
    };
    let (upper, lower) =
        letters.fold((0, 0), |(u, l), c| (u + i32::from(c.is_uppercase()), l + i32::from(c.is_lowercase())));
    match (first.is_uppercase(), upper, lower) {
        (true, 0, 0) if word.chars().any(|c| c.is_ascii_digit()) => Case::Upper,
        (true, 0, _) => Case::Title,
        (true, _, 0) => Case::Upper,
        (false, 0, _) if first.is_lowercase() => Case::Lower,
        (false, 0, 0) => Case::None,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let got: Vec<String> = phrase(text).iter().map(|t| format!("{}:{}", t.span.of(text), t.key)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn splits_and_folds() {
        check("al-Nusra's men", &["al:al", "Nusra:nusra", "men:men"]);
        check("the U.S.-led U.S.'s", &["the:the", "U.S.:us", "led:led", "U.S.:us"]);
        check("Sana'a, Côte d'Ivoire", &["Sana'a:sanaa", "Côte:cote", "d'Ivoire:divoire"]);
        check("الدولة الإسلامية", &["الدولة:الدوله", "الإسلامية:الاسلاميه"]);
        check("Su-24 at 5 p.m.", &["Su:su", "24:24", "at:at", "5:5", "p.m.:pm"]);
    }

    #[test]
    fn knows_cases_and_gaps() {
        let tokens = phrase("Brigade, ISIS and McRae's");
        let cases: Vec<Case> = tokens.iter().map(|t| t.case).collect();
        assert_eq!(cases, [Case::Title, Case::Upper, Case::Lower, Case::Mixed]);
        let gaps: Vec<Gap> = tokens.iter().map(|t| t.gap).collect();
        assert_eq!(gaps, [Gap::Start, Gap::Hard, Gap::Space, Gap::Space]);
        assert!(tokens[3].possessive);
    }
}
