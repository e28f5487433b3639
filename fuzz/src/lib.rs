//! What must hold whatever the bytes? The targets, run by `cargo fuzz` (libFuzzer, guided by coverage) and by `cargo xtask fuzz`
//! (a plain loop on a stable compiler, guided by what came out).
//!
//! A target takes bytes, panics where something does not hold, and gives the shape of what came out: a hash of codes and
//! kinds, without the words. Inputs with a new shape are worth keeping.

use rashomon_fetch::address::{Address, public};
use rashomon_fetch::robots::Rules;
use rashomon_ingest::limits::Limits;
use rashomon_ingest::open::{Options, Source, open};
use rashomon_ingest::{Document, Input, MediaType, extract, http, pdf, warc};
use rashomon_model::party::PartyTable;
use rashomon_model::place::{Candidate, Place, PlaceQuery};
use rashomon_model::resources::{Places, Resources};
use rashomon_store::log::note::{Checkpoint, PublicKey};
use rashomon_store::{anchor, judgement, log};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

/// A target.
pub type Target = fn(&[u8]) -> u64;

/// All targets by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("page", page),
    ("text", text),
    ("mail", mail),
    ("feed", feed),
    ("table", table),
    ("office", office),
    ("pdf", pdf),
    ("archive", archive),
    ("parts", parts),
    ("warc", web_archive),
    ("address", address),
    ("judgements", judgements),
    ("log", case_log),
    ("anchor", time_stamp),
    ("proof", proof),
    ("values", values),
    ("offsets", offsets),
];

/// The shape of something: the hash of how it is shown.
fn shape(of: impl Debug) -> u64 {
    // FNV-1a: the same on every machine and in every version
    format!("{of:?}")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// Few, some, many: so that a longer list alone is no new shape.
fn many(n: usize) -> u32 {
    usize::BITS - n.leading_zeros()
}

/// Opens bytes under a name and reads every article in them; PDFs are read in a process of their own and are left out here.
fn read(name: &str, bytes: &[u8]) -> u64 {
    // Small caps, so that a run is spent on shapes and not on sizes.
    let limits = Limits { unpacked: 4 << 20, free: 1 << 16, entries: 200, rows: 2000, ..Limits::default() };
    let opened = open(Source::new(name, bytes.to_vec()), &Options { limits, ..Options::default() });
    let mut found = BTreeSet::new();
    for input in opened.inputs.iter().filter(|input| input.media != MediaType::Pdf).take(20) {
        match extract(input.clone()) {
            Ok(read) => {
                whole(&read.value);
                let kinds: BTreeSet<&str> = read.value.blocks.iter().map(|block| block.kind.name()).collect();
                let codes: BTreeSet<&str> = read.diagnostics.iter().map(|note| note.code).collect();
                let dated = (read.value.published.is_some(), read.value.byline.is_some(), read.value.title.is_some());
                found.insert(format!("{kinds:?} {codes:?} {dated:?} {}", many(read.value.blocks.len())));
            }
            Err(error) => {
                let refusal = rashomon_ingest::Refusal::from(error);
                found.insert(refusal.code.to_owned());
            }
        }
    }
    for refusal in &opened.refusals {
        assert!(rashomon_ingest::codes::find(refusal.code).is_some(), "{refusal}");
    }
    let codes: BTreeSet<&str> = opened.refusals.iter().map(|refusal| refusal.code).collect();
    shape((found, codes, many(opened.inputs.len()), many(opened.links.len())))
}

/// A saved page.
pub fn page(bytes: &[u8]) -> u64 {
    read("page.html", bytes)
}

/// Plain text and Markdown.
pub fn text(bytes: &[u8]) -> u64 {
    shape(["a.txt", "a.md"].map(|name| read(name, bytes)))
}

/// A message: with the fields that make it one, and as a page in one file.
pub fn mail(bytes: &[u8]) -> u64 {
    let heads = [("a.eml", &b"Received: x\r\nFrom: a@b.example\r\n"[..]), ("a.mht", b"MIME-Version: 1.0\r\n")];
    shape(heads.map(|(name, head)| read(name, &[head, bytes].concat())))
}

/// A feed.
pub fn feed(bytes: &[u8]) -> u64 {
    shape(["<rss><channel>", "<feed>"].map(|head| read("a.xml", &[head.as_bytes(), bytes].concat())))
}

/// A table.
pub fn table(bytes: &[u8]) -> u64 {
    let whole = ["a.csv", "a.json", "a.jsonl"].map(|name| read(name, bytes));
    shape((whole, read("b.csv", &[b"id;text;url\n", bytes].concat())))
}

/// The body of a DOCX and of an ODT.
pub fn office(bytes: &[u8]) -> u64 {
    let written = |part: &str, name: &str| -> zip::result::ZipResult<u64> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        if name == "a.odt" {
            writer.start_file("mimetype", plain)?;
            writer.write_all(b"application/vnd.oasis.opendocument.text")?;
        }
        writer.start_file(part, plain)?;
        writer.write_all(bytes)?;
        Ok(read(name, &writer.finish()?.into_inner()))
    };
    shape([written("word/document.xml", "a.docx").ok(), written("content.xml", "a.odt").ok()])
}

/// Anything under a name that tells nothing: ZIP, tar, gzip, or none of them.
pub fn archive(bytes: &[u8]) -> u64 {
    read("all.bin", bytes)
}

/// Parts of an archive, well packed: as ZIP, as WACZ and as tar. Parts are divided by 0x1e; the first line of one is a letter for
/// its kind (`l` a link, `d` a folder, `x` and `L` what tar has for long names) and its path.
pub fn parts(bytes: &[u8]) -> u64 {
    let parts: Vec<(u8, &[u8], &[u8])> = bytes
        .split(|byte| *byte == 0x1e)
        .take(8)
        .map(|part| {
            let (line, content) = match part.iter().position(|byte| *byte == b'\n') {
                Some(at) => (&part[..at], &part[at + 1..]),
                None => (part, &[][..]),
            };
            (line.first().copied().unwrap_or(b'f'), line.get(1..).unwrap_or_default(), content)
        })
        .collect();
    let zipped = |head: &str| -> zip::result::ZipResult<Vec<u8>> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(head, plain)?;
        for (kind, path, content) in &parts {
            let path = String::from_utf8_lossy(path);
            match kind {
                b'l' => writer.add_symlink(path, String::from_utf8_lossy(content), plain)?,
                b'd' => writer.add_directory(path, plain)?,
                _ => {
                    writer.start_file(path, plain)?;
                    writer.write_all(content)?;
                }
            }
        }
        Ok(writer.finish()?.into_inner())
    };
    let mut tar = Vec::new();
    for (kind, path, content) in &parts {
        let kind = match kind {
            b'l' => b'2',
            b'd' => b'5',
            b'x' | b'L' => *kind,
            _ => b'0',
        };
        let mut head = [0u8; 512];
        let long = path.len().min(100);
        head[..long].copy_from_slice(&path[..long]);
        head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        head[156] = kind;
        head[257..265].copy_from_slice(b"ustar\x0000");
        head[148..156].fill(b' ');
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend_from_slice(&head);
        tar.extend_from_slice(content);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    let zips = [("a.zip", "a.png"), ("a.wacz", "datapackage.json")]
        .map(|(name, head)| zipped(head).ok().map(|bytes| read(name, &bytes)));
    shape((zips, read("a.tar", &tar)))
}

/// What the process that reads a PDF says, and pages it gives: first as the whole answer, then as pages divided by form feeds.
pub fn pdf(bytes: &[u8]) -> u64 {
    let given = pdf::answered(bytes);
    let pages: Vec<String> =
        bytes.split(|byte| *byte == 0xc).map(|page| String::from_utf8_lossy(page).into()).collect();
    let again = pdf::answer(&Ok(pages.clone())).ok().and_then(|said| pdf::answered(said.as_bytes()));
    assert_eq!(again, Some(Ok(pages.clone())));
    let article = |pages: &Result<Vec<String>, String>| {
        let input = Input::new("a.pdf", MediaType::Pdf, b"%PDF-1.7".to_vec());
        rashomon_ingest::extract_with(input, &|_| pages.clone())
            .map_err(|error| rashomon_ingest::Refusal::from(error).code)
            .map(|read| {
                whole(&read.value);
                let codes: BTreeSet<&str> = read.diagnostics.iter().map(|note| note.code).collect();
                (codes, read.value.published.is_some(), many(read.value.blocks.len()))
            })
    };
    shape((given.as_ref().map(article), article(&Ok(pages))))
}

/// Records of a web archive, and an answer of a server.
pub fn web_archive(bytes: &[u8]) -> u64 {
    let (mut last, mut kinds) = (0, BTreeSet::new());
    for record in warc::Reader::new(bytes) {
        let Ok(record) = record else {
            kinds.insert("damage".to_owned());
            continue;
        };
        assert!(record.offset >= last && record.offset as usize <= bytes.len());
        last = record.offset;
        kinds.insert(format!(
            "{} {} {}",
            matches!(record.kind(), "response" | "resource" | "request" | "metadata"),
            record.cut,
            record.passed_over > 0
        ));
    }
    let opened = read("a.warc", &[b"WARC/1.1\r\n", bytes].concat());
    let answer = http::split(bytes).map(|(head, body)| {
        let decoded = http::decode(&head, body, &Limits::default());
        (head.status, decoded.map(|body| many(body.len())).map_err(|error| error.to_string().len()))
    });
    shape((kinds, opened, answer))
}

/// An address, and the rules of a site.
pub fn address(bytes: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let (url, rest) = text.split_once('\n').unwrap_or((text, ""));
    let parsed = Address::parse(url);
    let mut out = (parsed.is_ok(), None, None);
    if let Ok(address) = &parsed {
        // What is written again is the same address, and hides no number of this machine.
        assert_eq!(Address::parse(&address.to_string()).as_ref(), Ok(address));
        if let Ok(ip) = address.host().parse::<std::net::IpAddr>() {
            assert_eq!(address.literal(), Some(ip));
            out.1 = Some(public(ip).is_ok());
        }
        out.2 = Some(address.join(rest).is_ok());
    }
    let rules = Rules::parse(rest);
    shape((out, rules.allow(url), rules.pause.is_some(), parsed.err().map(|why| why.len() / 8)))
}

/// A file of decisions.
pub fn judgements(bytes: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let read = judgement::parse(text, "judgements.jsonl");
    shape((many(read.judgements.len()), read.bad.iter().map(|bad| bad.to_string().len() / 32).collect::<BTreeSet<_>>()))
}

/// The files of a case's log: whatever they hold, they are read or refused.
pub fn case_log(bytes: &[u8]) -> u64 {
    let read = log::read(bytes);
    assert_eq!((read.entries.len(), read.leaves.len()), (read.ends.len(), read.ends.len()));
    assert!(read.ends.last().is_none_or(|end| *end <= bytes.len() as u64));
    let (openings, bad) = log::facts::read(bytes);
    let text = String::from_utf8_lossy(bytes);
    let (key, note) = text.split_once('\n').unwrap_or((&text, ""));
    let checkpoint = PublicKey::read(key).map(|key| Checkpoint::open(note, &key).is_ok());
    let damage = read.damage.map(|damage| damage.to_string().len());
    shape((damage, many(read.entries.len()), many(openings.len()), many(bad.len()), checkpoint))
}

/// A time-stamp query or an authority's answer.
pub fn time_stamp(bytes: &[u8]) -> u64 {
    let said = (anchor::imprint(bytes).is_some(), anchor::time(bytes).is_some(), anchor::nonce(bytes).is_some());
    shape((said, anchor::signer(bytes).map(|_| ())))
}

/// A proof of OpenTimestamps, a calendar's answer, or a Bitcoin block header: what is read is written the same and leads to ends
/// within bounds.
pub fn proof(bytes: &[u8]) -> u64 {
    let (root, nonce) = ([7; 32], [1; 16]);
    let answer = anchor::Stamp::read(bytes, &anchor::blinded(&root, &nonce));
    let built = answer.clone().map(|answer| anchor::Proof::new(&root, &nonce, [answer]));
    let mut found = BTreeSet::new();
    for proof in anchor::Proof::read(bytes).iter().chain(&built) {
        // the two operations that blind may be too many
        match anchor::Proof::read(&proof.write()) {
            Ok(read) => assert_eq!(read, *proof),
            Err(why) => assert!(built.as_ref() == Ok(proof), "{why}"),
        }
        assert!(proof.holds(proof) && !proof.ends().is_empty());
        for end in proof.ends() {
            let root = matches!(end.attestation, anchor::Attestation::Bitcoin(_));
            assert!(end.message.len() <= 4096 && (!root || end.message.len() == 32));
            found.insert(match end.attestation {
                anchor::Attestation::Pending(_) => (0, end.kept),
                anchor::Attestation::Bitcoin(_) => (1, end.message.len() == 32),
                anchor::Attestation::Other { .. } => (2, end.kept),
            });
        }
    }
    let headers = anchor::Header::read(bytes).unwrap_or_default();
    let headers: BTreeSet<_> = headers.iter().map(|header| (header.work(), header.time().len())).collect();
    shape((answer.map(|_| ()), anchor::Proof::read(bytes).map(|_| ()), found, headers))
}

/// Dates and counts: every value read lies in the text.
pub fn values(bytes: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let page = format!("Shells hit Talen\n\nThursday 04 March 2032 09:28 GMT\n\n{text}");
    let Ok(read) = extract(Input::new("a.txt", MediaType::Plain, page.into_bytes())) else { return 1 };
    let doc = read.value;
    whole(&doc);
    let analysis = rashomon_analyze::analyze(&doc, &*NOWHERE);
    for span in analysis.times.iter().map(|time| time.span).chain(analysis.quantities.iter().map(|q| q.span)) {
        assert!(doc.text.get(span.start as usize..span.end as usize).is_some_and(|words| !words.is_empty()));
    }
    let times: BTreeSet<_> =
        analysis.times.iter().map(|time| (time.kind, time.date.is_some(), time.why.len())).collect();
    let counts: BTreeSet<_> =
        analysis.quantities.iter().map(|q| (q.of, q.category, q.zero, q.cumulative.is_some(), q.why.len())).collect();
    shape((times, counts))
}

/// Offsets: every anchor of every claim quotes words of the text, and the same text reads the same.
pub fn offsets(bytes: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let Ok(read) = extract(Input::new("a.txt", MediaType::Plain, text.as_bytes().to_vec())) else { return 1 };
    let doc = read.value;
    let world = &*NOWHERE;
    let analysis = rashomon_analyze::analyze(&doc, world);
    let claims = rashomon_analyze::claim::claims(&doc, &analysis, world);
    for anchor in claims.iter().flat_map(|claim| &claim.anchors) {
        assert!(!doc.slice(*anchor).is_empty(), "{anchor:?}");
    }
    for word in &analysis.words {
        assert!(!doc.slice(word.span).is_empty());
    }
    for seam in rashomon_analyze::seams::read(&doc, &analysis) {
        assert!(!rashomon_analyze::seams::words(&doc, &seam).is_empty());
    }
    assert_eq!(rashomon_analyze::claim::claims(&doc, &rashomon_analyze::analyze(&doc, world), world), claims);
    let kinds: BTreeSet<_> = claims
        .iter()
        .map(|claim| (claim.proposition.kind, claim.delivery, claim.factuality, claim.chain.len(), claim.flags.clone()))
        .collect();
    shape(kinds)
}

/// A document's spans fit its text, its blocks are sorted and apart, and no control character is left.
pub fn whole(doc: &Document) {
    let mut end = 0;
    for block in &doc.blocks {
        assert!(block.span.start >= end && !doc.slice(block.span).is_empty(), "{:?}", block);
        assert!(doc.text.get(block.span.start as usize..block.span.end as usize).is_some());
        end = block.span.end;
    }
    for span in doc.credits.iter().filter_map(|credit| credit.span).chain(doc.published_anchor) {
        assert!(doc.text.get(span.start as usize..span.end as usize).is_some_and(|words| !words.is_empty()));
    }
    assert!(doc.text.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", doc.text);
    assert!(doc.main_text().len() <= doc.text.len());
}

/// Made once: a run is to be spent on inputs.
static NOWHERE: LazyLock<Nowhere> = LazyLock::new(Nowhere::new);

/// No gazetteer, the shipped parties.
pub struct Nowhere(pub PartyTable);

impl Nowhere {
    pub fn new() -> Self {
        Self(rashomon_analyze::party::table())
    }
}

impl Default for Nowhere {
    fn default() -> Self {
        Self::new()
    }
}

impl Places for Nowhere {
    fn lookup(&self, _: &PlaceQuery) -> Vec<Candidate> {
        Vec::new()
    }

    fn place(&self, _: &rashomon_model::PlaceId) -> Option<Place> {
        None
    }
}

impl Resources for Nowhere {
    fn places(&self) -> &dyn Places {
        self
    }

    fn parties(&self) -> &PartyTable {
        &self.0
    }
}
