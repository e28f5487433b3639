//! What number does a speaker assert by a figure? Its ends, as far as they are the speaker's own.

use crate::question::Answer;
use rashomon_model::quantity::Count;

/// ACLED's codes for words without a number: several, few, many, a bare plural (codebook; 3 or 10 by scale, the lower here).
pub(super) const ACLED_FEW: u64 = 3;

/// Ceilings that only the table of quantity words sets (several, a few, a handful, tens, dozens, scores, hundreds, thousands;
/// methods.md E1): nobody asserts them, so they set no maximum, unless digits are written.
const WORD_CEILINGS: &[(u64, u64)] =
    &[(2, 20), (2, 10), (2, 9), (10, 199), (12, 199), (20, 299), (100, 1999), (1000, 19999)];

/// Several, a few: words ACLED codes as 3.
const WORD_FEW: &[(u64, Option<u64>)] = &[(2, Some(20)), (2, Some(10)), (2, Some(9)), (3, None)];

/// A figure that counts for a scope.
pub(super) struct Live<'a> {
    pub(super) answer: &'a Answer<'a>,
    pub(super) count: Count,
}

impl Live<'_> {
    /// Highest number asserted: the upper end, or the lower where it is open.
    pub(super) fn top(&self) -> u64 {
        top(self.answer, self.count)
    }

    /// Whether nobody asserts an upper end.
    pub(super) fn is_open(&self) -> bool {
        ceiling(self.answer, self.count).is_none()
    }
}

/// Highest number asserted: the upper end, or the lower where it is open.
pub(super) fn top(answer: &Answer<'_>, count: Count) -> u64 {
    ceiling(answer, count).unwrap_or(count.min)
}

/// What the speaker asserts of the figure: of a rough number the number, not the width the table of words gives it.
pub(super) fn asserted(answer: &Answer<'_>, count: Count) -> Count {
    match count.max.filter(|_| answer.about) {
        Some(max) => Count::exact(u64::midpoint(count.min, max)),
        None => count,
    }
}

/// The upper end if somebody asserts it.
fn ceiling(answer: &Answer<'_>, count: Count) -> Option<u64> {
    count.max.filter(|max| answer.in_digits || !WORD_CEILINGS.contains(&(count.min, *max)))
}

/// The figure as ACLED codes it.
pub(super) fn code(count: Count) -> u64 {
    if WORD_FEW.contains(&(count.min, count.max)) { ACLED_FEW } else { count.min }
}
