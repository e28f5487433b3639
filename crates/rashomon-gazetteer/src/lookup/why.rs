//! Why is a place offered? What matched, what it is, where it lies.

use rashomon_model::place::Place;

use super::How;
use super::score::Scored;
use crate::fold::Key;

/// The reason in words: what matched, what it is, where it lies.
pub(super) fn why(scored: &Scored, place: &Place) -> String {
    let asked = &scored.likeness.asked;
    let how = match scored.likeness.how {
        How::Same if place.name == *asked || Key::of(&place.name).plain == Key::of(asked).plain => {
            "same name".to_owned()
        }
        How::Same => format!("“{asked}” is another name of it"),
        How::Folded => format!("same folded name as “{asked}”"),
        How::Consonants => format!("same consonants as “{asked}”, spelling alike"),
    };
    let mut parts = vec![how];
    parts.push(if place.population > 0 {
        format!("{}, pop {}", place.kind, thousands(place.population))
    } else {
        place.kind.clone()
    });
    if !place.within.is_empty() {
        parts.push(format!("in {}", place.within.join(", ")));
    }
    parts.extend(scored.notes.iter().cloned());
    parts.join("; ")
}

/// A number with commas.
fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
