//! Where is the article on this page?
use crate::draft::Draft;

/// The article of a page.
pub(crate) fn draft(text: &str, url: Option<&str>) -> Draft {
    let _ = (text, url);
    Draft::default()
}
