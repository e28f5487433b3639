//! What do the readers do with bytes nobody wrote? The targets of `fuzz/`, in a plain loop on the compiler at hand.
//!
//! `cargo fuzz` is the better tool (it sees which code ran) and needs a C++ compiler, a flag of the unstable compiler and a
//! build of its own. This loop needs nothing: it mutates what it has (seeds of the project's own examples and cases, and
//! `fuzz/corpus/TARGET`), keeps what gave a shape not seen before, and counts CPU seconds. A panic is written to
//! `fuzz/artifacts/TARGET` with the place it came from, and so is what took longer than [`SLOW`]; either fails the run.

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use crate::bench::cpu_seconds;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// CPU seconds of one input, in this build, above which it is a finding (the readers' caps allow 30 s for the worst file).
const SLOW: f64 = 10.0;
/// Longest input made.
const LONGEST: usize = 16 << 10;
/// Most inputs kept of a target, and the longest of them: what is kept is for the next run to begin with.
const KEPT: (usize, usize) = (16, 1024);
/// Pieces that readers look for.
const WORDS: &[&str] = &[
    "<p>",
    "</div>",
    "<script type=\"application/ld+json\">",
    "{\"@type\":\"LiveBlogPosting\",\"liveBlogUpdate\":[",
    "<![CDATA[",
    "&#x0;",
    "&amp;",
    "<!--",
    "Content-Length: ",
    "Content-Type: multipart/mixed; boundary=x\r\n",
    "--x\r\n",
    "\r\n\r\n",
    "WARC/1.1\r\n",
    "Transfer-Encoding: chunked",
    "0\r\n\r\n",
    "HTTP/1.1 200 OK\r\n",
    "\"text\":",
    "\"url\":",
    "id,text\n",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{1f4a5}",
    "“",
    "’s",
    " said ",
    "at least ",
    "killed ",
    "zero",
    "two dozen ",
    "1,000,000,000,000,000,000,000",
    "-1",
    "0x7f.1",
    "[::ffff:",
    "yesterday",
    "31 February",
    "between 3 and ",
    "more than half of ",
    "according to ",
    "\"quoted\" ",
    "denied that ",
    "http://",
    "\n\n",
    "\t",
    "\0",
    "PK\u{3}\u{4}",
];

/// Runs targets by name (all where none is named) for so many CPU seconds each; false if anything was found.
pub(crate) fn run(root: &Path, seconds: f64, names: &[&str]) -> bool {
    if let Some(unknown) = names.iter().find(|name| !targets::TARGETS.iter().any(|(known, _)| known == *name)) {
        eprintln!("fuzz: no target {unknown}");
        return false;
    }
    let seeds = seeds(root);
    let mut clean = true;
    println!("{:<12}{:>10}{:>10}{:>8}{:>10}  findings", "target", "inputs", "CPU s", "shapes", "slowest");
    for (name, target) in targets::TARGETS.iter().filter(|(name, _)| names.is_empty() || names.contains(name)) {
        clean &= one(root, name, *target, seconds, &seeds);
    }
    clean
}

/// Where the last panic came from, by the hook.
static PLACE: Mutex<String> = Mutex::new(String::new());

/// One target.
fn one(root: &Path, name: &str, target: targets::Target, seconds: f64, seeds: &[Vec<u8>]) -> bool {
    let folder = root.join("fuzz/corpus").join(name);
    let mut pool: Vec<Vec<u8>> = files(&folder).into_iter().chain(seeds.iter().cloned()).collect();
    let mut shapes: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut found: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ name.len() as u64);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| {
        let at = info.location().map(ToString::to_string).unwrap_or_default();
        *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }));
    // without a clock of CPU time the loop would never end
    let begun = match cpu_seconds() {
        Ok(begun) => begun,
        Err(why) => {
            eprintln!("fuzz: {why}");
            return false;
        }
    };
    let (mut inputs, mut slowest, mut spent) = (0u64, (0.0, Vec::new()), 0.0);
    while spent < seconds {
        let first = usize::try_from(inputs).ok().and_then(|n| pool.get(n)).cloned();
        let input = first.unwrap_or_else(|| mutated(&pool, &mut chance));
        let done = std::panic::catch_unwind(|| target(&input));
        let now = cpu_seconds().unwrap_or_default() - begun;
        let took = now - spent;
        spent = now;
        inputs += 1;
        if took > slowest.0 {
            slowest = (took, input.clone());
        }
        match done {
            Err(_) => {
                let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).clone();
                found.entry(place).or_insert(input);
            }
            Ok(_) if took > SLOW => {
                found.entry(format!("longer than {SLOW} s")).or_insert(input);
            }
            Ok(shape) => {
                if let Entry::Vacant(new) = shapes.entry(shape) {
                    new.insert(input.clone());
                    pool.push(input);
                }
            }
        }
    }
    std::panic::set_hook(usual);
    let places = found.keys().cloned().collect::<Vec<_>>().join("; ");
    let told = if places.is_empty() { "none".to_owned() } else { places };
    println!("{name:<12}{inputs:>10}{spent:>10.0}{:>8}{:>8.0} ms  {told}", shapes.len(), slowest.0 * 1e3);
    keep(&folder, shapes.into_values());
    // not wrong, and worth a look where it stands out
    keep(&root.join("fuzz/artifacts/slowest").join(name), std::iter::once(slowest.1));
    for input in found.values() {
        keep(&root.join("fuzz/artifacts").join(name), std::iter::once(input.clone()));
    }
    found.is_empty()
}

/// Writes inputs by their hashes; of a corpus, which is replaced, the shortest up to [`KEPT`]. What cannot be written is not
/// kept, and the run is none the worse.
fn keep(folder: &Path, inputs: impl Iterator<Item = Vec<u8>>) {
    let corpus = folder.parent().is_some_and(|above| above.ends_with("corpus"));
    let mut inputs: Vec<Vec<u8>> = inputs.filter(|input| !corpus || input.len() <= KEPT.1).collect();
    inputs.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    if corpus {
        let _ = std::fs::remove_dir_all(folder);
    }
    let _ = std::fs::create_dir_all(folder);
    for input in inputs.into_iter().take(KEPT.0) {
        let name = rashomon_store::hex::sha256(&input);
        let _ = std::fs::write(folder.join(name.get(..16).unwrap_or_default()), input);
    }
}

/// The files in a folder, in the order of their names.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

/// What the loop begins with: the shipped example, passages of the case files of tests, and what is made here.
fn seeds(root: &Path) -> Vec<Vec<u8>> {
    let mut seeds = files(&root.join("examples/kelmar-harbour"));
    let cases = ["crates/rashomon-ingest/tests/cases/ingest", "crates/rashomon-analyze/tests/cases"];
    let mut open: Vec<_> = cases.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = open.pop() {
        let entries: BTreeSet<_> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        for path in entries {
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                seeds.extend(
                    text.split("```")
                        .skip(1)
                        .step_by(2)
                        .filter_map(|block| Some(block.split_once('\n')?.1.as_bytes().to_vec())),
                );
            }
        }
    }
    let mut warc = rashomon_ingest::warc::Writer::new(Vec::new(), true);
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two people died in Talen on Wednesday, the mayor said.</p>";
    let draft = rashomon_ingest::warc::Draft::new("response", "2032-03-04T09:28:00Z").target("https://talen.example/");
    if warc.write(&draft.body("application/http; msgtype=response", page)).is_ok() {
        seeds.push(warc.into_inner());
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = zip.start_file("a.html", zip::write::SimpleFileOptions::default()).is_ok();
    if packed && zip.write_all(page).is_ok() {
        seeds.extend(zip.finish().ok().map(std::io::Cursor::into_inner));
    }
    seeds.push(rashomon_store::anchor::query(&[7; 32], &[1; 8]));
    seeds.push(block_header());
    let proofs =
        std::fs::read_to_string(root.join("crates/rashomon-store/tests/proofs/examples.txt")).unwrap_or_default();
    seeds.extend(proofs.lines().filter_map(|line| rashomon_store::hex::bytes(line.split_once(' ')?.1)));
    seeds.extend(log_of_a_case());
    seeds.extend(SHAPED.iter().map(|seed| seed.as_bytes().to_vec()));
    seeds.extend(
        [
            "https://talen.example:443/a?b#c\nUser-agent: *\nDisallow: /a*$\nCrawl-delay: 2\n",
            "id,text,url\n1,Shells hit Talen,https://talen.example/\n",
        ]
        .map(|seed| seed.as_bytes().to_vec()),
    );
    seeds.retain(|seed| seed.len() <= LONGEST && !seed.is_empty());
    seeds
}

/// Seeds in the shape of one reader each: feeds, office documents, a message in parts, a plain web archive.
const SHAPED: &[&str] = &[
    "<item><title>Shells hit Talen</title><link>https://talen.example/1</link><pubDate>Thu, 04 Mar 2032 09:28:00 GMT</pubDate><description>&lt;p&gt;Two people died in Talen, the mayor said.&lt;/p&gt;</description></item></channel></rss>",
    "<entry><title>Shells hit Talen</title><id>1</id><updated>2032-03-04T09:28:00Z</updated><content type=\"html\">Two people died in Talen, the mayor said.</content></entry></feed>",
    "<w:document><w:body><w:p><w:r><w:t>Two people died in Talen.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Talen</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
    "<office:document-content><office:body><office:text><text:h>Shells hit Talen</text:h><text:p>Two people died.</text:p></office:text></office:body></office:document-content>",
    "Subject: Shells hit Talen\r\nDate: Thu, 4 Mar 2032 09:28:00 +0000\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Two people died in Talen.</p>\r\n--x\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nThe mayor of Talen said so.\r\n--x--\r\n",
    "WARC-Type: response\r\nWARC-Target-URI: https://talen.example/\r\nWARC-Date: 2032-03-04T09:28:00Z\r\nContent-Type: application/http\r\nContent-Length: 70\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two died in Talen.</p>\r\n\r\n",
    "{\"judgement\": \"exclude\", \"id\": \"j1\", \"by\": \"desk\", \"why\": \"misprint\", \"claim\": {\"document\": \"ab\", \"quote\": \"two\"}}\n",
];

/// The header of Bitcoin's first block.
fn block_header() -> Vec<u8> {
    let head =
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f61";
    format!("{head}7fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c").into_bytes()
}

/// The files of a log as a case writes them; nothing where no folder can be made.
fn log_of_a_case() -> Vec<Vec<u8>> {
    use rashomon_store::disk::Disk;
    use rashomon_store::{Case, Hand, Taken};
    let root = std::env::temp_dir().join(format!("rashomon-fuzz-{}", std::process::id()));
    let mut random = || Ok([7u8; 32]);
    let mut hand = Hand { actor: None, at: "2032-03-04T09:28:00Z", tool: "fuzz", random: &mut random };
    let made = Case::init(std::sync::Arc::new(Disk), &root, "Talen", &mut hand);
    let mut seeds = Vec::new();
    if let Ok(mut case) = made {
        let taken = Taken { bytes: b"Two people died in Talen.".to_vec(), facts: Default::default() };
        // a case without it is a seed as well
        let _ = case.capture(vec![taken], &mut hand);
        seeds.push(format!("{}\n{}", case.public().write(), case.checkpoint()).into_bytes());
        seeds.extend(
            ["entries.jsonl", "facts.jsonl"].iter().filter_map(|name| std::fs::read(root.join("log").join(name)).ok()),
        );
    }
    let _ = std::fs::remove_dir_all(&root);
    seeds
}

/// Numbers that look random and are the same in every run (xorshift64*).
struct Chance(u64);

impl Chance {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap_or_default() % n.max(1)
    }
}

/// An input of the pool with a few changes.
fn mutated(pool: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let any = |chance: &mut Chance| pool.get(chance.below(pool.len())).cloned().unwrap_or_default();
    let mut input = any(chance);
    for _ in 0..=chance.below(6) {
        let at = chance.below(input.len() + 1);
        match chance.below(8) {
            0 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << chance.below(8);
                }
            }
            1 => input
                .insert(at, [0, 0x7f, 0x80, 0xff, b'<', b'"', b'\n', b' '].get(chance.below(8)).copied().unwrap_or(0)),
            2 | 3 => {
                let word = WORDS.get(chance.below(WORDS.len())).copied().unwrap_or_default();
                drop(input.splice(at..at, word.bytes()));
            }
            4 => {
                let end = (at + 1 + chance.below(64)).min(input.len());
                drop(input.drain(at.min(end)..end));
            }
            5 => {
                let end = (at + 1 + chance.below(200)).min(input.len());
                let piece = input.get(at..end).unwrap_or_default().repeat(1 + chance.below(40));
                drop(input.splice(at..at, piece));
            }
            6 => {
                let other = any(chance);
                let from = chance.below(other.len());
                let end = (from + 1 + chance.below(400)).min(other.len());
                drop(input.splice(at..at, other.get(from..end).unwrap_or_default().to_vec()));
            }
            _ => input.truncate(at),
        }
        input.truncate(LONGEST);
    }
    input
}

#[cfg(test)]
mod tests {
    /// Every target once over every seed and what is kept of runs: what was found once is not found again.
    #[test]
    fn seeds_and_corpora_hold() {
        let root = crate::root();
        let seeds = super::seeds(&root);
        assert!(seeds.len() > 50, "{}", seeds.len());
        for (name, target) in super::targets::TARGETS {
            for input in seeds.iter().step_by(29).chain(&super::files(&root.join("fuzz/corpus").join(name))) {
                target(input);
            }
        }
        assert!(
            root.join("fuzz/fuzz_targets").read_dir().expect("the targets").count() == super::targets::TARGETS.len()
        );
    }
}
