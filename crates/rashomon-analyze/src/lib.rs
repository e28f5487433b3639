//! Here is one article: who says what, about whom, where, when, how many?
//!
//! Pure; one document at a time. Each module answers one question and is a plain function over the document and
//! the layers read before it; [`analyze`](fn@analyze) alone knows their order.

pub mod attribution;
pub mod chain;
pub mod claim;
mod cover;
pub mod encoder;
pub mod event;
pub mod evidence;
mod lexeme;
pub mod mention;
mod numeral;
pub mod party;
mod phrase;
pub mod quantity;
pub mod seams;
pub mod segment;
mod table;
#[cfg(test)]
mod testing;
pub mod time;
pub mod toponym;

use rashomon_model::Document;
use rashomon_model::analysis::{Analysis, Sentence};
use rashomon_model::attribution::Attribution;
use rashomon_model::resources::Resources;

/// Who reads the attributions beside the rules.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// Nobody: rules alone.
    Rules,
    /// A judge of what the rules find: fast.
    Judge(&'a attribution::Judge),
    /// A learned reader, the rules over it: accurate.
    Encoder(&'a encoder::Encoder),
}

/// Reads all layers of one document, by rules alone.
#[must_use]
pub fn analyze(doc: &Document, resources: &dyn Resources) -> Analysis {
    analyze_by(doc, resources, Reader::Rules)
}

/// Reads all layers of one document with this reader.
#[must_use]
pub fn analyze_by(doc: &Document, resources: &dyn Resources, reader: Reader<'_>) -> Analysis {
    let sentences = segment::sentences(doc);
    let mut words = segment::words(doc, &sentences);
    if !is_read(doc) {
        return Analysis { sentences, words, ..Analysis::empty(doc.id.clone()) };
    }
    let reading = match reader {
        Reader::Encoder(encoder) => encoder.read_document(doc, &sentences),
        Reader::Rules | Reader::Judge(_) => encoder::Reading::default(),
    };
    reading.tag(&mut words);
    let tokens = mention::token::tokens(doc, &sentences);
    let mut mentions = mention::read_tokens(doc, &tokens, &reading.mentions(doc), resources);
    let mut times = time::read(doc, &sentences);
    let mut quantities = quantity::read(doc, &sentences, &times);
    quantity::members(doc, &mentions, &mut quantities);
    let toponyms = toponym::read(doc, &sentences, &mentions, resources);
    attribution::settle_places(doc, &mut mentions, &toponyms);
    time::place(&mut times, doc, &sentences, &toponyms, resources.places());
    let attributions = match reader {
        Reader::Judge(judge) => attribution::read_judged(doc, &sentences, &words, &mentions, judge),
        Reader::Rules => attribution::read(doc, &sentences, &words, &mentions, Vec::new()),
        Reader::Encoder(encoder) => {
            let learned = learned_attributions(doc, &sentences, &reading, encoder);
            attribution::read(doc, &sentences, &words, &mentions, learned)
        }
    };
    let (chains, speakers) = chain::read(doc, &sentences, &mentions, &times, &attributions, resources.parties());
    let events = event::read_tokens(doc, &tokens, &mentions);
    let evidence = evidence::read_tokens(doc, &sentences, &tokens, &mentions);
    Analysis {
        document: doc.id.clone(),
        sentences,
        words,
        mentions,
        times,
        quantities,
        toponyms,
        attributions,
        chains,
        speakers,
        events,
        evidence,
    }
}

/// Whether the document is in a language that the rules and the learned reader know: English, or none that could be told. Of any
/// other the sentences and words alone are read, by which copies are found; an English reader would find names, numbers and
/// speakers in it that nobody meant (R208).
fn is_read(doc: &Document) -> bool {
    matches!(doc.language.as_str(), "en" | "und")
}

/// What the learned reader sees, and what it sees in the contents once more.
#[must_use]
pub fn learned_attributions(
    doc: &Document,
    sentences: &[Sentence],
    reading: &encoder::Reading,
    encoder: &encoder::Encoder,
) -> Vec<Attribution> {
    attribution::recurse(doc, sentences, reading.attributions(), &|sentences, pieces| {
        encoder.read(&doc.text, sentences, pieces).attributions()
    })
}
