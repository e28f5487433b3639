//! What do the readers do with bytes nobody wrote? The targets of `fuzz/`, by libFuzzer ([`guided`]) or in a plain loop on the
//! compiler at hand.
//!
//! libFuzzer is the better tool (it sees which code ran) and needs a C++ compiler and a build of its own. The loop needs
//! nothing: it mutates what it has (seeds of the project's own examples and cases, and `fuzz/corpus/TARGET`), keeps what gave a
//! shape not seen before, and counts CPU seconds. A panic is written to `fuzz/artifacts/TARGET` with the place it came from,
//! and so is what took longer than [`SLOW`]; either fails the run. Both write to the [`ledger`] what they ran.

mod guided;
mod ledger;
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
/// Most inputs kept of a target by the loop, and the longest of them: what is kept is for the next run to begin with.
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

/// Runs `fuzz` with its arguments: `ledger`, `merge`, `guided SECONDS` or `SECONDS`, with the names of targets behind it (all
/// where none is named) and perhaps `--bin DIR`, where libFuzzer's programs are. `None` if they make no sense, false if
/// anything was found.
pub(crate) fn run(root: &Path, args: &[&str]) -> Option<bool> {
    let mut args = args.to_vec();
    let mut programs = guided::programs(root);
    if let Some(at) = args.iter().position(|arg| *arg == "--bin") {
        programs = std::path::PathBuf::from(*args.get(at + 1)?);
        args.drain(at..at + 2);
    }
    let seconds = |word: &str| word.parse::<f64>().ok().filter(|seconds| *seconds > 0.0);
    let (verb, names) = match args.as_slice() {
        ["guided", seconds, names @ ..] => (["guided", seconds], names),
        [verb, names @ ..] => ([*verb, ""], names),
        [] => return None,
    };
    let known: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
        eprintln!("fuzz: no target {unknown}");
        return Some(false);
    }
    let named = if names.is_empty() { known.as_slice() } else { names };
    Some(match verb {
        ["ledger", _] => ledger::print(root, &known),
        ["merge", _] => guided::merge(root, &programs, named),
        ["guided", each] => guided::run(root, &programs, seconds(each)?, named, &seeds(root), WORDS),
        [each, _] => all(root, seconds(each)?, named),
    })
}

/// The loop: every named target for so many CPU seconds.
fn all(root: &Path, seconds: f64, names: &[&str]) -> bool {
    let seeds = seeds(root);
    let mut clean = true;
    println!("{:<12}{:>10}{:>10}{:>8}{:>10}  findings", "target", "inputs", "CPU s", "shapes", "slowest");
    for (name, target) in targets::TARGETS.iter().filter(|(name, _)| names.contains(name)) {
        clean &= one(root, name, *target, seconds, &seeds);
    }
    clean
}

/// Where the last panic came from, by the hook.
static PLACE: Mutex<String> = Mutex::new(String::new());

/// One target.
fn one(root: &Path, name: &str, target: targets::Target, seconds: f64, seeds: &[Vec<u8>]) -> bool {
    let folder = root.join("fuzz/corpus").join(name);
    let kept = files(&folder);
    let mut pool: Vec<Vec<u8>> = kept.iter().chain(seeds).cloned().collect();
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
    // the shortest that are new; the corpus is never made smaller here
    let room = guided::KEPT.saturating_sub(kept.iter().map(Vec::len).sum());
    let mut new: Vec<Vec<u8>> =
        shapes.into_values().filter(|input| input.len() <= KEPT.1 && !kept.contains(input)).collect();
    new.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    new.truncate(KEPT.0.saturating_sub(kept.len()).min(room / KEPT.1));
    store(&folder, new.iter());
    // not wrong, and worth a look where it stands out
    store(&root.join("fuzz/artifacts/slowest").join(name), std::iter::once(&slowest.1));
    store(&root.join("fuzz/artifacts").join(name), found.values());
    let run = ledger::Run {
        target: name.to_owned(),
        engine: "loop".to_owned(),
        date: guided::today(),
        commit: guided::commit(root),
        cpu_seconds: spent.round() as u64,
        inputs,
        edges: 0,
        findings: found.len() as u64,
    };
    if let Err(why) = ledger::add(root, run) {
        eprintln!("fuzz: {why}");
    }
    found.is_empty()
}

/// Writes inputs by their hashes. What cannot be written is not kept, and the run is none the worse.
fn store<'a>(folder: &Path, inputs: impl Iterator<Item = &'a Vec<u8>>) {
    let _ = std::fs::create_dir_all(folder);
    for input in inputs {
        let name = rashomon_store::hex::sha256(input);
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
    "\u{1e}pages {\"Ok\":[\"Talen Monitor\\n\\nTwo people died in the mar-\\nket of Talen.\\n\\n1\"]}",
    "Talen Monitor 1\n\nTwo people died in Talen, the mayor said.\n1\u{c}Talen Monitor 2\n\nResidents heard shells.\n2\u{c}Talen Monitor 3\n\nIt was quiet by night.\n3",
    "fa.txt\nTwo people died in Talen.\u{1e}fpages/pages.jsonl\n{\"url\":\"https://talen.example/\"}\u{1e}farchive/data.warc\nWARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://talen.example/\r\nWARC-Date: 2032-03-04T09:28:00Z\r\nContent-Type: application/http\r\nContent-Length: 66\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two died in Talen.\r\n\r\n",
    "L././@LongLink\ntalen/a.html\0\u{1e}fb\n<p>Two people died in Talen.\u{1e}xp\n19 path=talen/c.md\n\u{1e}fc\n# Talen\u{1e}lto\n../a\u{1e}da/\n",
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
