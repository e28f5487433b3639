//! When did somebody speak? The day behind a cue, left over between attributions, is the speaking's, not the event's.
//!
//! ```text
//! Four people were shot, a clerk said on Tuesday, in a clash …      of the speaking
//! raids reported by the council on Tuesday                          of the raids
//! ```

use super::cue::LISTS;
use rashomon_model::analysis::Analysis;
use rashomon_model::span::Span;
use std::collections::BTreeMap;

/// Where the author's words may begin with when somebody spoke: the ends of cues behind their speaker, and of speakers behind their cue,
/// each with the end of who is told ("told the agency on Friday"). What a passive reports ("raids reported by the council on Monday") is
/// the event's.
pub(super) fn spoken(analysis: &Analysis, text: &str) -> BTreeMap<u32, u32> {
    let mut ends = BTreeMap::new();
    for attribution in &analysis.attributions {
        let (Some(source), Some(cue)) = (attribution.source.first(), attribution.cue.last()) else { continue };
        let by = |words: &str| words.split_whitespace().any(|word| word.eq_ignore_ascii_case("by"));
        let between = Span::new(cue.end.min(source.start), source.start).of(text);
        if source.end <= cue.start {
            let told = attribution.told.filter(|told| told.start >= cue.end && told.start <= cue.end + 1);
            ends.insert(cue.end, told.map_or(cue.end, |told| told.end));
        } else if between.trim().is_empty() && !by(cue.of(text)) && !by(source.of(text).split(' ').next().unwrap_or(""))
        {
            ends.insert(source.end, source.end);
        }
    }
    ends
}

/// "…, a clerk said on Sunday, in a raid …": right behind who `spoken` and the cue, what says nothing but when is of the speaking. It
/// ends in a mark or with the piece; before a further word it may be anything ("the raid the Front claimed on Monday killed nine").
pub(super) fn without_day(text: &str, analysis: &Analysis, spoken: &BTreeMap<u32, u32>, piece: Span) -> Span {
    let Some(from) = spoken.get(&piece.start).copied().filter(|from| *from <= piece.end) else { return piece };
    let leads = |words: &str| words.split_whitespace().all(|word| LISTS.leads_to_time.iter().any(|lead| lead == word));
    let times = &analysis.times;
    let mut end = from;
    for time in times.iter().skip(times.partition_point(|time| time.span.start < from)) {
        if time.span.end > piece.end || !leads(Span::new(end, time.span.start.max(end)).of(text)) {
            break;
        }
        end = time.span.end;
    }
    let closed = !Span::new(end, piece.end).of(text).trim_start().starts_with(char::is_alphanumeric);
    if end > from && closed { Span::new(end, piece.end) } else { piece }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;
    use rashomon_model::attribution::Attribution;

    /// What the author keeps of what stands behind the cue.
    fn kept(text: &str, source: &str, cue: &str, told: &str) -> String {
        let Fixture { doc, sentences, .. } = Fixture::new(text);
        let at = |words: &str| {
            let start = text.find(words).expect("words of the passage");
            Span::from_usize(start, start + words.len())
        };
        let told = (!told.is_empty()).then(|| at(told));
        let attribution = Attribution { source: vec![at(source)], cue: vec![at(cue)], told, ..Attribution::default() };
        let from = at(cue).end.max(at(source).end);
        let times = crate::time::read(&doc, &sentences);
        let analysis = Analysis { times, attributions: vec![attribution], ..Analysis::empty(doc.id.clone()) };
        let piece = Span::from_usize(from as usize, text.len());
        without_day(text, &analysis, &spoken(&analysis, text), piece).of(text).to_owned()
    }

    #[test]
    fn the_day_of_the_speaking_is_left_out() {
        let text = "Four people were shot, a clerk said late on 4 March 2031, in a clash.";
        assert_eq!(kept(text, "a clerk", "said", ""), ", in a clash.");
        let text = "Four people were shot, said a clerk on 4 March 2031.";
        assert_eq!(kept(text, "a clerk", "said", ""), ".");
        let text = "Four people were shot, a clerk told the press on 4 March 2031.";
        assert_eq!(kept(text, "a clerk", "told", "the press"), ".");
    }

    #[test]
    fn a_day_of_the_event_stays() {
        let text = "Four people died in raids reported by a clerk on 4 March 2031.";
        assert_eq!(kept(text, "a clerk", "reported by", ""), " on 4 March 2031.");
        let text = "The raid a clerk reported on 4 March 2031 killed four people.";
        assert_eq!(kept(text, "a clerk", "reported", ""), " on 4 March 2031 killed four people.");
        let text = "Four people were shot, a clerk said, on 4 March 2031.";
        assert_eq!(kept(text, "a clerk", "said", ""), ", on 4 March 2031.");
    }
}
