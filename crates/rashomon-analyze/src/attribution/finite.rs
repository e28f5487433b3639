//! Is this word the verb of a clause?
//!
//! No tagger: closed lists, verb forms and the words beside them, with a learned part of speech where there is one.

use super::lexicon::{Form, Lexicon};
use super::phrase::{REACH, is_determiner, is_object};
use super::token::{Block, Kind};

/// Whether the word at `i` is a finite verb, as far as its form and neighbours show.
pub(crate) fn is_finite(block: &Block, i: usize) -> bool {
    let lexicon = Lexicon::get();
    let Some(tok) = block.tok(i).filter(|t| t.kind == Kind::Word) else {
        return false;
    };
    let word = tok.lower.as_str();
    if lexicon.words.finite.contains(word) {
        return word != "may" || !tok.capital || i == 0;
    }
    if tok.capital && block.sentence(i).0 != i {
        return false;
    }
    match tok.pos {
        "AUX" => return true,
        "NOUN" | "PROPN" | "ADJ" | "ADP" | "DET" | "PRON" | "ADV" | "NUM" => return false,
        _ => {}
    }
    let before = i.checked_sub(1).map_or("", |j| block.low(j));
    let after = block.low(i + 1);
    let nominal_place = is_determiner(before) || lexicon.words.prepositions.contains(before) || before.ends_with("'s");
    if nominal_place {
        return false;
    }
    if lexicon.finite.contains(word) {
        return !lexicon.words.be.contains(before) && after != "by";
    }
    for (form, _) in block.cues(i) {
        match form {
            Form::Past if after != "by" => return !lexicon.words.be.contains(before) && before != "have",
            Form::Third if !lexicon.nouns.contains_key(word) => return true,
            Form::Third => return is_determiner(after) || after == "that" || block.capital(i + 1),
            _ => {}
        }
    }
    word.ends_with("ed")
        && word.len() > 4
        && !word.contains('-')
        && after != "by"
        && i > 0
        && (block.is_word(i - 1)
            || block.kind(i - 1) == Kind::Comma && is_determiner(after)
            || block.kind(i - 1) == Kind::Quote)
        && !lexicon.words.coordinators.contains(before)
        && !lexicon.words.auxiliaries.contains(before)
        && (before.ends_with("ly")
            || is_determiner(after)
            || lexicon.words.prepositions.contains(after)
            || is_object(block, i + 1)
            || block.capital(i + 1)
            || block.capital(i - 1)
            || block.kind(i + 1) != Kind::Word
            || lexicon.words.pronouns.contains(before))
}

/// Whether a finite verb stands in `a..b` outside nested quotations.
pub(crate) fn has_finite(block: &Block, a: usize, b: usize) -> bool {
    (a..b.min(a + REACH)).any(|i| is_finite(block, i))
}
