//! Which reports are in a capture, and when are two captures of one report?

use super::options;
use rashomon_ingest::open::{Link, Opened, Source};
use rashomon_ingest::{Document, Refusal, Share};
use rashomon_store::Taken;
use rashomon_store::log::facts::{Captured, Read};
use std::collections::{BTreeMap, BTreeSet};

/// A report found, and what tells it apart from others of the same key.
struct Seen {
    report: Read,
    /// The giver's id, or what stands for it.
    mark: Option<String>,
    /// The address it was asked for, or that its row gives.
    target: Option<String>,
}

/// The reports in bytes to be taken in, as the log names them, what could not be read, and addresses without a text; `known`
/// are the keys of the reports in the case.
pub(super) fn reports(taken: &Taken, known: &BTreeSet<String>) -> anyhow::Result<(Vec<Read>, Vec<Refusal>, Vec<Link>)> {
    let Opened { inputs, mut links, mut refusals } = opened(&taken.facts, taken.bytes.clone())?;
    let texts: BTreeSet<String> = inputs.iter().map(|input| input.origin.clone()).collect();
    // an entry of a feed has a text as well as an address
    let entries: BTreeSet<String> =
        links.iter().filter(|link| texts.contains(&link.origin)).map(|link| link.origin.clone()).collect();
    links.retain(|link| !entries.contains(&link.origin));
    let mut found = Vec::new();
    for input in inputs {
        let part = part(&input.origin, &taken.facts.origin);
        let digest = input.sha256.clone();
        let target = input.given.url.as_deref().and_then(address);
        let (entry, of_live) = (entries.contains(&input.origin), input.share == Share::Entry);
        match rashomon_ingest::read::document(input, &crate::isolate::pages) {
            Err(error) => refusals.push(error.into()),
            Ok(document) => {
                let document = document.value;
                let text = rashomon_store::hex::sha256(document.text.as_bytes());
                // an entry of a live blog that has neither name nor time of its own is known by its words
                let mark = document.given_id.clone().or_else(|| of_live.then(|| text.clone()));
                let report = Read {
                    captured: document.capture.retrieved.map(|at| format!("{at}Z")),
                    key: key(&document, &taken.facts, (&part, &digest), entry, known),
                    document: document.id.as_str().to_owned(),
                    id: document.given_id,
                    text,
                    title: document.title,
                    part,
                };
                found.push(Seen { report, mark, target });
            }
        }
    }
    apart(&mut found);
    Ok((found.into_iter().map(|seen| seen.report).collect(), refusals, links))
}

/// Where in a capture an input lies: what its origin says behind that of the capture.
pub(in crate::command::case) fn part(origin: &str, capture: &str) -> String {
    origin.strip_prefix(capture).unwrap_or(origin).to_owned()
}

/// What makes two captures the same report: its address, unless that is only a site's front page; else the giver's id, within
/// one place unless it is made to be alone in the world; else its place, for a file that holds nothing else; else its own bytes.
/// An entry of a feed is not the page it leads to, since feeds often carry the first lines only.
fn key(
    document: &Document,
    capture: &Captured,
    (part, digest): (&str, &str),
    entry: bool,
    known: &BTreeSet<String>,
) -> String {
    let place = within(&capture.place);
    let of_id = document.given_id.as_ref().map(|id| format!("id {place}:{id}"));
    // cases made before addresses went first have such reports under their ids
    if let Some(key) = of_id.as_ref().filter(|key| known.contains(*key)) {
        return key.clone();
    }
    if let Some(url) = document.url.as_deref().and_then(address) {
        return if entry { format!("entry:{url}") } else { format!("url:{url}") };
    }
    if let Some((id, key)) = document.given_id.as_ref().zip(of_id) {
        let alone = id.contains("://") || ["urn:", "tag:"].iter().any(|scheme| id.starts_with(scheme));
        return if alone { format!("id:{id}") } else { key };
    }
    if part.is_empty() { format!("place:{}", capture.place) } else { format!("row {place}:{digest}") }
}

/// A place as keys have it: of a hash its first 64 bits, which no two places share; of an address all.
fn within(place: &str) -> &str {
    if place.starts_with("url:") { place } else { place.get(..16).unwrap_or(place) }
}

/// An address without what does not change the page: its fragment, `www.`, a closing slash, and the scheme. `None` for a
/// front page.
fn address(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://")?.1;
    let rest = rest.split('#').next()?;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    (!path.is_empty()).then(|| format!("{}/{path}", host.strip_prefix("www.").unwrap_or(&host)))
}

/// Reports of one capture with one key are several reports: an address that all rows of a table share names none of them, nor
/// does that of a live blog its entries. Their ids tell them apart, else the addresses they were asked for, else their words.
/// Pages that a web archive captured at one address at different times are versions of one report and stay so.
fn apart(found: &mut [Seen]) {
    let of_id = |report: &Read| report.key.starts_with("id");
    mark(found, crowded, |seen| seen.mark.clone().filter(|_| !of_id(&seen.report)));
    mark(found, elsewhere, |seen| {
        let target = seen.target.clone().filter(|_| seen.report.captured.is_some() && seen.mark.is_none())?;
        (seen.report.key != format!("url:{target}")).then_some(target)
    });
    mark(found, crowded, |seen| Some(seen.report.text.clone()));
}

/// Adds something to the keys that `which` finds.
fn mark(found: &mut [Seen], which: fn(&[Seen]) -> BTreeSet<String>, with: impl Fn(&Seen) -> Option<String>) {
    let keys = which(found);
    for seen in found.iter_mut().filter(|seen| keys.contains(&seen.report.key)) {
        if let Some(more) = with(seen) {
            seen.report.key = format!("{} {more}", seen.report.key);
        }
    }
}

/// Keys with more than one wording at a time.
fn crowded(found: &[Seen]) -> BTreeSet<String> {
    let mut at_once: BTreeMap<(&str, &Option<String>), BTreeSet<&str>> = BTreeMap::new();
    for Seen { report, .. } in found {
        at_once.entry((&report.key, &report.captured)).or_default().insert(&report.text);
    }
    at_once.into_iter().filter(|(_, texts)| texts.len() > 1).map(|((key, _), _)| key.to_owned()).collect()
}

/// Keys with more than one wording whose pages were asked for at more than one address.
fn elsewhere(found: &[Seen]) -> BTreeSet<String> {
    let mut of: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&Option<String>>)> = BTreeMap::new();
    for Seen { report, target, .. } in found {
        let (texts, targets) = of.entry(&report.key).or_default();
        texts.insert(&report.text);
        targets.insert(target);
    }
    of.into_iter().filter(|(_, of)| of.0.len() > 1 && of.1.len() > 1).map(|(key, _)| key.to_owned()).collect()
}

/// A capture taken apart, with the choices of columns it was taken in with.
pub(in crate::command::case) fn opened(capture: &Captured, bytes: Vec<u8>) -> anyhow::Result<Opened> {
    let source = Source { origin: capture.origin.clone(), ..Source::new(&capture.name, bytes) };
    Ok(rashomon_ingest::read::apart(source, &options(&capture.columns)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        assert_eq!(address("https://www.Talen.example/a/b/#top"), Some("talen.example/a/b".into()));
        assert_eq!(address("http://talen.example/a/b"), Some("talen.example/a/b".into()));
        assert_eq!(address("https://talen.example/"), None, "a front page names no report");
        assert_ne!(address("https://talen.example/?id=1"), address("https://talen.example/?id=2"));
    }

    /// Keys of the reports in bytes that lie at a place under a name.
    fn keys(place: &str, name: &str, bytes: &[u8]) -> Vec<String> {
        let facts = Captured { place: place.into(), name: name.into(), origin: name.into(), ..Captured::default() };
        let taken = Taken { bytes: bytes.to_vec(), facts };
        reports(&taken, &BTreeSet::new()).unwrap().0.into_iter().map(|report| report.key).collect()
    }

    const HERE: &str = "0123456789abcdef0123456789abcdef";
    const THERE: &str = "fedcba9876543210fedcba9876543210";

    #[test]
    fn a_table_or_feed_under_another_name_holds_the_same_reports() {
        let table = "id,url,text\n1,https://talen.example/a,Four people died in Talen.\n2,https://talen.example/b,Six people died in Hold.\n";
        let may = keys(HERE, "may.csv", table.as_bytes());
        assert_eq!(may, ["url:talen.example/a", "url:talen.example/b"]);
        assert_eq!(may, keys(THERE, "june.csv", table.as_bytes()));
        let feed = "<?xml version='1.0'?><rss version='2.0'><channel><title>Talen Post</title><item><title>Shells</title><link>https://talen.example/a</link><guid>7</guid><description>Four people died in Talen.</description></item></channel></rss>";
        assert_eq!(keys(HERE, "monday.xml", feed.as_bytes()), ["entry:talen.example/a"], "not the page it leads to");
        assert_eq!(keys(HERE, "monday.xml", feed.as_bytes()), keys(THERE, "tuesday.xml", feed.as_bytes()));
        // what shares an address is told apart by its id, whatever is beside it
        let shared = table.replace("/b", "/a");
        assert_eq!(keys(HERE, "may.csv", shared.as_bytes()), ["url:talen.example/a 1", "url:talen.example/a 2"]);
    }

    #[test]
    fn numbers_for_ids_collide_nowhere() {
        let table = b"id,text\n1,Four people died in Talen.\n";
        let of = |place: &str| keys(place, "rows.csv", table);
        assert_ne!(of("url:https://www.talen.example/rows.csv"), of("url:https://www.hold.example/rows.csv"));
        assert_ne!(of(HERE), of(THERE));
        assert_eq!(of(HERE), [format!("id {}:1", within(HERE))]);
        let tag = b"id,text\n\"tag:talen.example,2032:1\",Four people died in Talen.\n";
        assert_eq!(keys(HERE, "a.csv", tag), keys(THERE, "b.csv", tag), "an id that is alone in the world");
    }

    #[test]
    fn a_case_made_before_knows_its_rows_again() {
        let facts = Captured { place: HERE.into(), name: "rows.csv".into(), ..Captured::default() };
        let bytes = b"id,url,text\n1,https://talen.example/a,Four people died in Talen.\n".to_vec();
        let former = BTreeSet::from([format!("id {}:1", within(HERE))]);
        let found = reports(&Taken { bytes, facts }, &former).unwrap().0;
        assert_eq!((found[0].key.as_str(), found[0].id.as_deref()), (former.first().unwrap().as_str(), Some("1")));
    }

    /// A live blog of two entries, without an address of its own if none is given.
    fn live(toll: &str) -> String {
        let entry = |id: &str, time: &str, words: &str| {
            format!(r#"{{"@type":"BlogPosting","@id":"{id}","datePublished":"{time}","articleBody":"{words}"}}"#)
        };
        let first = entry(
            "1",
            "2032-03-04T09:28:00Z",
            &format!("Shells hit the market and {toll} people died there, the mayor said."),
        );
        let second =
            entry("2", "2032-03-04T12:05:00Z", "The army of Orland said it had fired at a depot north of the town.");
        let rest =
            "Readers of the paper sent in pictures of the smoke over the bridge of Talen that stood there for hours. "
                .repeat(4);
        format!(
            r#"<html lang="en"><head><script type="application/ld+json">{{"@type":"LiveBlogPosting","headline":"Talen live","liveBlogUpdate":[{first},{second}]}}</script><link rel=canonical href="https://talen.example/live"></head><body><main><h1>Talen live</h1><p>{rest}</p></main></body></html>"#
        )
    }

    #[test]
    fn entries_of_a_live_blog_are_known_again_under_another_name() {
        let found = keys(HERE, "one.html", live("four").as_bytes());
        assert_eq!(found, ["url:talen.example/live 1", "url:talen.example/live 2", "url:talen.example/live"]);
        assert_eq!(found, keys(THERE, "two.html", live("nine").as_bytes()));
    }

    /// A web archive of pages: address, time and toll.
    fn archive(pages: &[(&str, &str, String)]) -> Vec<u8> {
        let mut writer = rashomon_ingest::warc::Writer::new(Vec::new(), true);
        for (url, time, page) in pages {
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
            let draft = rashomon_ingest::warc::Draft::new("response", time).target(url);
            writer.write(&draft.body("application/http; msgtype=response", answer.as_bytes())).unwrap();
        }
        writer.into_inner()
    }

    #[test]
    fn an_address_captured_twice_in_one_archive_is_one_report() {
        let page = |toll: &str| {
            format!(
                "<html><head><link rel=canonical href=https://talen.example/a></head><body><p>{toll} people died in Talen on Monday, the mayor said.</p></body></html>"
            )
        };
        let [monday, tuesday] = ["2032-03-01T09:00:00Z", "2032-03-02T09:00:00Z"];
        let of = |pages: &[(&str, &str, String)]| keys(HERE, "crawl.warc.gz", &archive(pages));
        let a = "https://talen.example/a";
        assert_eq!(of(&[(a, monday, page("Four")), (a, tuesday, page("Nine"))]), ["url:talen.example/a"; 2]);
        let other = "https://talen.example/a?page=2";
        assert_eq!(
            of(&[(a, monday, page("Four")), (other, tuesday, page("Nine"))]),
            ["url:talen.example/a", "url:talen.example/a talen.example/a?page=2"],
            "two pages that name one address"
        );
        assert_eq!(of(&[(other, monday, page("Four"))]), ["url:talen.example/a"]);
        let twice = of(&[(a, monday, live("four")), (a, tuesday, live("nine"))]);
        assert_eq!(BTreeSet::from_iter(twice).len(), 3, "two entries and the rest");
    }
}
