//! Of whom are the members counted? Members of an armed body are combatants, those of a council are not.
//!
//! "Nine died; three were members of the Hill Front": the noun says nothing of them, the body does. Words: `[membership]` of
//! `data/categories.toml`; what is armed: mentions of armed groups, and names of government bodies whose last word is one of the
//! `military` heads of `data/roles.toml`.

use super::lexicon::LEXICON;
use crate::mention::lexicon::lexicon;
use rashomon_model::Document;
use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::quantity::{Category, Quantity};
use rashomon_model::span::Span;

/// Longest run of bytes between "members of" and the name: an article or a possessive.
const ARTICLE: u32 = 8;

/// Gives the members of armed bodies among `quantities` their category; `mentions` are sorted by their beginning.
pub fn members(doc: &Document, mentions: &[Mention], quantities: &mut [Quantity]) {
    for quantity in quantities {
        let Some(noun) = quantity.noun.filter(|_| quantity.category == Some(Category::People)) else { continue };
        let words = noun.of(&doc.text).to_lowercase();
        if !words.rsplit(' ').next().is_some_and(|word| LEXICON.membership.contains(word)) {
            continue;
        }
        let from = mentions.partition_point(|mention| mention.span.start < noun.end);
        let armed = mentions
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|mention| mention.span.start <= noun.end + " of ".len() as u32 + ARTICLE)
            .any(|mention| belongs(doc, noun.end, mention) && is_armed(doc, mention));
        if armed {
            quantity.category = Some(Category::Combatants);
            quantity.why.push_str("; members of an armed body");
        }
    }
}

/// Whether only "of", "of the", "of its" stand between the noun that ends at `end` and the mention.
fn belongs(doc: &Document, end: u32, mention: &Mention) -> bool {
    let between = Span::new(end, mention.span.start).of(&doc.text);
    let mut words = between.split_whitespace();
    words.next() == Some("of") && words.next().is_none_or(|word| LEXICON.stops.contains(word)) && words.next().is_none()
}

fn is_armed(doc: &Document, mention: &Mention) -> bool {
    let military = |name: &str| {
        let last = name.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
        last.is_some_and(|word| lexicon().military.contains(&word.to_lowercase()))
    };
    match mention.kind {
        MentionKind::ArmedGroup => true,
        MentionKind::Government => military(mention.span.of(&doc.text)) || military(&mention.name),
        _ => false,
    }
}
