//! Which site is an address of?

/// Bytes of a page's beginning in which the browser that saved it says where from.
const BEGINNING: usize = 4096;

/// Names below a country's under which anybody registers ("talenpost.co.uk", "wire.co.uk" are two sites).
const REGISTRIES: [&str; 14] =
    ["ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "mil", "ne", "net", "nom", "or", "org"];

/// Hosts whose names below them are sites of different people.
const LANDLORDS: [&str; 8] = [
    "blogspot.com",
    "github.io",
    "medium.com",
    "substack.com",
    "tumblr.com",
    "typepad.com",
    "wixsite.com",
    "wordpress.com",
];

/// Host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.') && host.len() > 3).then(|| host.to_owned())
}

/// Whether two hosts are one site: they end in the same registered name (m.talen.example and talen.example).
pub(super) fn same_site(a: &str, b: &str) -> bool {
    a == b || registered(a) == registered(b)
}

/// The end of a host that somebody registered: its last two names, or three where the last two are anybody's.
fn registered(host: &str) -> Vec<&str> {
    let names: Vec<&str> = host.rsplit('.').collect();
    let shared = match names.as_slice() {
        [country, registry, ..] if country.len() == 2 && REGISTRIES.contains(registry) => true,
        [top, second, ..] => LANDLORDS.contains(&format!("{second}.{top}").as_str()),
        _ => false,
    };
    names.into_iter().take(if shared { 3 } else { 2 }).collect()
}

/// The address a browser wrote into a page it saved: `<!-- saved from url=(0029)https://… -->`, or SingleFile's `url: https://…`.
pub(super) fn saved_from(text: &str) -> Option<String> {
    let head = text.get(..text.floor_char_boundary(BEGINNING))?;
    let head = head.find("<body").and_then(|at| head.get(..at)).unwrap_or(head);
    let comments = head.split("<!--").skip(1).filter_map(|rest| rest.split("-->").next());
    let mut named = comments.filter_map(|comment| {
        let browser = comment.trim_start().strip_prefix("saved from url=(").and_then(|rest| rest.split_once(')'));
        let single = comment.contains("SingleFile").then(|| comment.split_once("url:")).flatten();
        browser.or(single)?.1.split_whitespace().next()
    });
    named.find(|url| url.starts_with("http://") || url.starts_with("https://")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_end_in_one_registered_name() {
        assert!(same_site("m.talen.example", "talen.example"));
        assert!(same_site("news.talen.co.uk", "talen.co.uk"));
        assert!(!same_site("wire.co.uk", "talen.co.uk"), "anybody registers below co.uk");
        assert!(!same_site("desk.wordpress.com", "talen.wordpress.com"));
        assert!(!same_site("wire.example", "talen.example"));
    }

    #[test]
    fn a_saved_page_says_where_it_was_saved_from() {
        let chrome = "<!DOCTYPE html>\n<!-- saved from url=(0027)https://reprints.example/a/1 -->\n<html><body>";
        assert_eq!(saved_from(chrome).as_deref(), Some("https://reprints.example/a/1"));
        let single = "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://reprints.example/a/1 \n saved date: Thu Mar 04 2032\n-->";
        assert_eq!(saved_from(single).as_deref(), Some("https://reprints.example/a/1"));
        assert_eq!(saved_from("<!-- saved from url=(0014)about:internet --><html>"), None);
        assert_eq!(
            saved_from("<html><body><!-- saved from url=(0010)https://a.example/b -->"),
            None,
            "in the page's words"
        );
    }
}
