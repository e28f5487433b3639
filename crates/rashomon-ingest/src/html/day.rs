//! Which day does the page show? Its date line, a `time` element, or its address, where the metadata leave it open.

use rashomon_model::date::Date;
use rashomon_model::document::BlockKind;

use super::cues::Cue;
use super::metadata::Metadata;
use super::tree::Flat;
use crate::stamp;

/// Blocks above the headline, and below the start of the article, in which its date line is looked for.
const NEAR: (usize, usize) = (12, 4);

/// The blocks around headline and start of the article.
fn near(head: Option<usize>, root_start: usize) -> std::ops::Range<usize> {
    head.unwrap_or(root_start).min(root_start).saturating_sub(NEAR.0)..root_start + NEAR.1
}

/// The block with a full date that is nearest to the headline: a date line, or a short line the page names as one.
pub(super) fn date_near(flat: &Flat, head: Option<usize>, root_start: usize) -> Option<usize> {
    let anchor = head.unwrap_or(root_start);
    near(head, root_start)
        .filter(|i| {
            flat.blocks.get(*i).is_some_and(|block| {
                let n = block.words;
                let named = block.dated
                    || flat
                        .around(block)
                        .take(2)
                        .any(|(_, e)| e.names.has_word(Cue::Dated) || e.names.has_word(Cue::Byline));
                n <= 20
                    && (stamp::line(&block.text).is_some() || (named || n <= 8) && stamp::within(&block.text).is_some())
            })
        })
        // Below the headline rather than above it.
        .min_by_key(|i| if *i >= anchor { i - anchor } else { 2 * (anchor - i) })
}

/// The day of the first element marked as publication date, else of the first `time` element near the headline.
pub(super) fn time_element(flat: &Flat, head: Option<usize>, root_start: usize) -> Option<Date> {
    let near = near(head, root_start);
    let marked = flat.times.iter().filter(|(.., published)| *published);
    let found = marked.chain(flat.times.iter().filter(|(_, at, _)| near.contains(at)));
    found.into_iter().find_map(|(text, ..)| stamp::iso(text)).or_else(|| {
        // Further off only where the page tells one day.
        let mut days = flat.times.iter().filter_map(|(text, ..)| stamp::iso(text));
        let first = days.next()?;
        days.all(|day| day == first).then_some(first)
    })
}

/// Days between a bare date below the title and the day of publication from which it is the day the page is about, as in a
/// register of incidents: a page is not published days before the day its data give.
const ABOUT_DAYS: i32 = 2;

/// Whether a bare date line gives the day the page is about rather than the one it was published on.
pub(super) fn about(line: &str, meta: &Metadata) -> bool {
    let bare = line.split_whitespace().count() <= 4;
    let day = stamp::line(line).map(|(stamp, _)| stamp).filter(|stamp| bare && !stamp.updated);
    let published = meta.published.as_ref().map(|(day, _)| *day);
    day.zip(published)
        .is_some_and(|(day, published)| day.date.until(published).is_ok_and(|gap| gap.get_days() >= ABOUT_DAYS))
}

/// A date line keeps its role only where `shape` can read it by itself.
pub(super) fn dateline(text: &str) -> Option<BlockKind> {
    stamp::line(text).is_none().then_some(BlockKind::Dateline)
}

/// The day in the article's address, or in a `time` element with the hour and the zone of the outlet, where its data give the hour in
/// universal time and that is the day before or after: the outlet's own day is meant by what the article calls "today".
pub(super) fn local_day(meta: &Metadata, flat: &Flat) -> Option<(Date, String)> {
    let raw = meta.published_raw.as_deref().map(str::trim)?;
    let universal = raw.contains('T') && ["Z", "+00:00", "+0000"].iter().any(|zone| raw.ends_with(zone));
    let (given, _) = meta.published.as_ref().filter(|_| universal)?;
    let next = |day: &Date| given.until(*day).is_ok_and(|gap| gap.get_days().abs() == 1);
    // the same instant in the outlet's own time: another may be that of a change, or of another article
    let shown = || {
        let at = instant(raw)?;
        let own =
            flat.times.iter().map(|(text, ..)| text.trim()).find(|text| instant(text) == Some(at) && *text != raw)?;
        stamp::iso(own).filter(next).map(|day| (day, "time element".to_owned()))
    };
    let address = meta.address.as_deref().and_then(stamp::address).filter(next);
    address.map(|day| (day, "address".to_owned())).or_else(shown)
}

/// The minute, from the year 2000 on in universal time, of "2032-03-04T22:10:00-06:00".
fn instant(text: &str) -> Option<i64> {
    let (at, offset) = stamp::moment(text)?;
    let days = Date::constant(2000, 1, 1).until(at.date()).ok()?.get_days();
    Some(i64::from(days) * 1440 + i64::from(at.hour()) * 60 + i64::from(at.minute()) - i64::from(offset?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        let same = instant("2032-03-05T04:10:00Z");
        assert!(same.is_some());
        for text in [
            "2032-03-04T22:10:00-06:00",
            "2032-03-05T09:40:00+0530",
            "2032-03-05T04:10:00.000+00:00",
            "2032-03-05T04:10Z",
        ] {
            assert_eq!(instant(text), same, "{text}");
        }
        for text in ["2032-03-05", "2032-03-04T10", "2032-03-05T04:10:00", "ü", "2032-03-05T04:10:00+5"] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
