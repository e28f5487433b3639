//! How is a case handed on? Web archives as WACZ packages: WARC, index, pages, hashes of all (specs.webrecorder.net/wacz/1.1.1).
//!
//! [`Package`] writes one. Everything in it is stored uncompressed with one fixed time, so that the same case gives the same
//! bytes; WARC and index are compressed within, as replayers want them. [`entries`] reads one back behind caps, by names that
//! serve as labels only.

use anyhow::{Context as _, bail};
use rashomon_store::hex;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Lines of the index in one compressed block (as pywb and py-wacz write it).
const BLOCK: usize = 3000;

/// A line of the index: where the answer for an address lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Indexed {
    /// Address.
    pub url: String,
    /// When it was captured: RFC 3339, UTC.
    pub at: String,
    /// Media type.
    pub mime: String,
    /// `sha256:…` of the bytes.
    pub digest: String,
    /// WARC below `archive/`.
    pub file: String,
    /// First byte of the record in it.
    pub offset: u64,
    /// Bytes of the record.
    pub length: u64,
}

/// A page that can be opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Page {
    /// Address.
    pub url: String,
    /// When it was captured: RFC 3339, UTC.
    pub at: String,
    /// Headline.
    pub title: Option<String>,
}

/// A package being written.
pub struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    resources: Vec<Value>,
}

impl Package {
    /// An empty package.
    #[must_use]
    pub fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())), resources: Vec::new() }
    }

    /// Adds a file.
    ///
    /// # Errors
    /// If two files have one name, or a file is too large for the format.
    pub fn file(&mut self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .large_file(bytes.len() > 1 << 31);
        self.zip.start_file(path, options).with_context(|| format!("{path} in the archive"))?;
        self.zip.write_all(bytes)?;
        let name = path.rsplit('/').next().unwrap_or(path);
        let hash = format!("sha256:{}", hex::sha256(bytes));
        self.resources.push(json!({ "name": name, "path": path, "hash": hash, "bytes": bytes.len() }));
        Ok(())
    }

    /// Adds index and list of pages.
    ///
    /// # Errors
    /// As [`Package::file`].
    pub fn index(&mut self, lines: Vec<Indexed>, mut pages: Vec<Page>) -> anyhow::Result<()> {
        let written: Vec<(String, String)> = {
            let mut keyed: Vec<_> = lines.into_iter().map(|line| (surt(&line.url), stamp(&line.at), line)).collect();
            keyed.sort();
            let fields = |line: &Indexed| {
                json!({
                    "url": line.url, "mime": line.mime, "status": "200", "digest": line.digest,
                    "length": line.length.to_string(), "offset": line.offset.to_string(), "filename": line.file,
                })
            };
            keyed
                .iter()
                .map(|(key, time, line)| (format!("{key} {time}"), format!("{key} {time} {}\n", fields(line))))
                .collect()
        };
        let (mut packed, mut index) =
            (Vec::new(), String::from("!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": \"index.cdx.gz\"}\n"));
        for block in written.chunks(BLOCK) {
            let text: String = block.iter().map(|(_, line)| line.as_str()).collect();
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            gzip.write_all(text.as_bytes())?;
            let bytes = gzip.finish()?;
            let key = block.first().map_or("", |(key, _)| key);
            let about = json!({
                "offset": packed.len(), "length": bytes.len(), "digest": format!("sha256:{}", hex::sha256(&bytes)),
                "filename": "index.cdx.gz",
            });
            index.push_str(&format!("{key} {about}\n"));
            packed.extend(bytes);
        }
        self.file("indexes/index.cdx.gz", &packed)?;
        self.file("indexes/index.idx", index.as_bytes())?;
        pages.sort();
        let mut text = format!("{}\n", json!({ "format": "json-pages-1.0", "id": "pages", "title": "All pages" }));
        for page in pages {
            let id = hex::sha256(format!("{}\n{}", page.at, page.url).as_bytes());
            let id = id.get(..16).unwrap_or_default();
            let line = json!({ "id": id, "url": page.url, "ts": page.at, "title": page.title.unwrap_or_default() });
            text.push_str(&format!("{line}\n"));
        }
        self.file("pages/pages.jsonl", text.as_bytes())
    }

    /// Ends the package with its lists of hashes.
    ///
    /// # Errors
    /// As [`Package::file`].
    pub fn finish(mut self, title: &str, created: &str, software: &str) -> anyhow::Result<Vec<u8>> {
        let package = json!({
            "profile": "data-package", "wacz_version": "1.1.1", "title": title, "created": created,
            "software": software, "resources": std::mem::take(&mut self.resources),
        });
        let package = serde_json::to_string_pretty(&package)?;
        let digest =
            json!({ "path": "datapackage.json", "hash": format!("sha256:{}", hex::sha256(package.as_bytes())) });
        self.file("datapackage.json", package.as_bytes())?;
        self.file("datapackage-digest.json", serde_json::to_string_pretty(&digest)?.as_bytes())?;
        Ok(self.zip.finish()?.into_inner())
    }
}

impl Default for Package {
    fn default() -> Self {
        Self::new()
    }
}

/// Most files that are looked at in a package however short it is (methods.md G).
const MOST_FILES: usize = 10_000;
/// Bytes of a package for each file beyond them: every address of a case is a web archive of its own, and no package has it
/// in fewer with its entries of the log, the index and the lists.
const BYTES_A_FILE: usize = 512;

/// The files of a package by the name they bear in it, their hashes checked against its list of hashes.
///
/// # Errors
/// If it is no package, holds more than it may, or a file is missing or has another hash; the message names it.
pub fn entries(bytes: &[u8]) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    entries_of(bytes, MOST_FILES)
}

/// The files of a package that may hold so many, or more where it is long.
fn entries_of(bytes: &[u8], most: usize) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).context("not a ZIP file")?;
    let most = most.max(bytes.len() / BYTES_A_FILE);
    if archive.len() > most {
        bail!("it holds {} files, more than {most} in {} bytes", archive.len(), bytes.len());
    }
    let mut found = BTreeMap::new();
    // nothing in it is packed by the archive itself, so its parts together are no larger than the whole
    let mut left = bytes.len() as u64;
    for n in 0..archive.len() {
        let file = archive.by_index(n)?;
        let name = file.name().context("a file whose name is no text")?.into_owned();
        let mut content = Vec::new();
        file.take(left + 1).read_to_end(&mut content).with_context(|| name.clone())?;
        let Some(rest) = left.checked_sub(content.len() as u64) else {
            bail!("up to {name} it holds more than the archive is long");
        };
        left = rest;
        if found.insert(name.clone(), content).is_some() {
            bail!("{name} is there twice");
        }
    }
    let list = found.get("datapackage.json").context("it has no datapackage.json")?;
    if let Some(digest) = found.get("datapackage-digest.json") {
        let digest: Value = serde_json::from_slice(digest).context("datapackage-digest.json")?;
        if digest["hash"] != json!(format!("sha256:{}", hex::sha256(list))) {
            bail!("datapackage.json was altered: it has another hash than datapackage-digest.json says");
        }
    }
    let list: Value = serde_json::from_slice(list).context("datapackage.json")?;
    for resource in list["resources"].as_array().context("datapackage.json lists no resources")? {
        let path = resource["path"].as_str().unwrap_or_default();
        let content = found.get(path).with_context(|| format!("{path} is listed and not there"))?;
        if resource["hash"] != json!(format!("sha256:{}", hex::sha256(content))) {
            bail!("{path} was altered: it has another hash than datapackage.json says");
        }
    }
    Ok(found)
}

/// The key addresses are sorted by: host from its end, then path (SURT, as in CDX files).
fn surt(url: &str) -> String {
    let Some((_, rest)) = url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https")) else {
        return url.to_owned();
    };
    let rest = rest.split('#').next().unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let mut parts: Vec<&str> = name.split('.').collect();
    parts.reverse();
    let port = if port.is_empty() { String::new() } else { format!(":{port}") };
    format!("{}{port})/{}", parts.join(","), path.to_lowercase().replace(' ', "%20"))
}

/// `20310304092800` of `2031-03-04T09:28:00Z`.
fn stamp(at: &str) -> String {
    at.chars().filter(char::is_ascii_digit).take(14).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_back_and_any_change_is_named() {
        let mut package = Package::new();
        package.file("archive/data.warc.gz", b"not really").unwrap();
        package.index(Vec::new(), Vec::new()).unwrap();
        let bytes = package.finish("Talen", "2031-03-04T09:28:00Z", "test").unwrap();
        assert_eq!(entries(&bytes).unwrap()["archive/data.warc.gz"], b"not really");
        let whole = entries(&bytes).unwrap();
        for n in (0..bytes.len()).step_by(7) {
            let mut changed = bytes.clone();
            changed[n] ^= 1;
            // what is changed outside the files' content (times in the directory, the name of the digest file, which is
            // optional in a WACZ) changes nothing that is read
            if let Ok(found) = entries(&changed) {
                let declared = whole.iter().filter(|(name, _)| !name.starts_with("datapackage-digest"));
                for (name, content) in declared {
                    assert_eq!(found.get(name), Some(content), "byte {n}");
                }
            }
        }
    }

    /// A case of many addresses has a file for each: the cap grows with the package, and not for files that are next to nothing.
    #[test]
    fn a_long_package_may_hold_many_files() {
        let package = |length: usize| {
            let mut package = Package::new();
            for n in 0..40 {
                package.file(&format!("archive/{n}.warc.gz"), &vec![b'a'; length]).unwrap();
            }
            package.finish("Talen", "2031-03-04T09:28:00Z", "test").unwrap()
        };
        assert_eq!(entries_of(&package(700), 10).unwrap().len(), 42);
        let refused = entries_of(&package(0), 10).unwrap_err().to_string();
        assert!(refused.contains("it holds 42 files, more than "), "{refused}");
    }

    #[test]
    fn many_packed_files_that_are_each_shorter_than_the_archive_are_refused() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for n in 0..20 {
            zip.start_file(format!("{n}.txt"), SimpleFileOptions::default()).unwrap();
            zip.write_all(&[b'a'; 500]).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!((500..10_000).contains(&bytes.len()), "{}", bytes.len());
        assert!(entries(&bytes).unwrap_err().to_string().contains("more than the archive is long"));
    }

    #[test]
    fn keys_of_the_index() {
        assert_eq!(surt("https://www.Talen.example/A/b?x=1#top"), "example,talen)/a/b?x=1");
        assert_eq!(surt("http://talen.example:8080"), "example,talen:8080)/");
        assert_eq!(stamp("2031-03-04T09:28:00.123Z"), "20310304092800");
    }
}
