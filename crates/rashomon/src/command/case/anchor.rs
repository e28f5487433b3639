//! Can somebody outside say since when? `rashomon anchor`: a query for a time-stamping authority, and its answer.
//!
//! The query holds a hash of the log's root and nothing else of the case. Carrying it to an authority is left to a tool of
//! the user's choice, so that this command opens no socket.

use super::{by, open};
use crate::cli::AnchorArgs;
use crate::command::{USAGE, print};
use anyhow::Context as _;
use rashomon_store::Case;
use rashomon_store::case::Draft;
use rashomon_store::disk::{Disk, replace};
use rashomon_store::log::{Facts, Verb, merkle};
use rashomon_store::{anchor, hex};

/// `rashomon anchor`.
///
/// # Errors
/// If the case cannot be changed, or the reply does not answer a query of this case.
pub fn run(args: &AnchorArgs) -> anyhow::Result<u8> {
    let mut case = open(&args.case, "anchor", &args.operator)?;
    match (&args.query, &args.reply) {
        (Some(file), None) => {
            let (root, size) = case.head();
            let nonce = super::random()?;
            let nonce: [u8; 8] = nonce.first_chunk().copied().unwrap_or_default();
            let query = anchor::query(&root, &nonce);
            keep(&mut case, args, &query, "tsq", size, "query")?;
            rashomon_store::write_whole(file, &query).with_context(|| format!("cannot write {}", file.display()))?;
            let shown = file.display();
            print(&format!(
                "wrote {shown}, a query for the root of the first {size} entries: pending\nsend it, for example:\n  \
                 curl -H 'Content-Type: application/timestamp-query' --data-binary @{shown} URL > reply.tsr\nthen: \
                 rashomon anchor {} --reply reply.tsr\n",
                args.case.display()
            ))
        }
        (None, Some(file)) => {
            let reply = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            let stamped = anchor::imprint(&reply).zip(anchor::time(&reply));
            let Some((imprint, time)) = stamped else {
                eprintln!("error: {}: no granted time stamp over SHA-256 [S111]", file.display());
                return Ok(USAGE);
            };
            let asked = case.entries().iter().rev().filter(|entry| entry.verb == Verb::Anchor).find_map(|entry| {
                let Facts::Anchor { size, state, .. } = &case.opening(entry)?.facts else { return None };
                let leaves = case.leaves().get(..usize::try_from(*size).ok()?)?;
                (state == "query" && anchor::digest(&merkle::root(leaves)) == imprint).then_some(*size)
            });
            let Some(size) = asked else {
                eprintln!("error: {}: answers no query of this case [S111]", file.display());
                return Ok(USAGE);
            };
            keep(&mut case, args, &reply, "tsr", size, "token")?;
            print(&format!(
                "confirmed: the first {size} entries existed by {time}, says the authority\nits signature is checked with \
                 its certificate: openssl ts -verify -in {0} -queryfile QUERY -CAfile CERTIFICATE\n",
                file.display()
            ))
        }
        _ => {
            let (root, size) = case.head();
            print(&format!("root {} of {size} entries; give --query FILE or --reply FILE\n", hex::text(&root)))?;
            Ok(USAGE)
        }
    }
}

/// Keeps query or reply in the case, and says so in its log.
fn keep(case: &mut Case, args: &AnchorArgs, bytes: &[u8], ending: &str, size: u64, state: &str) -> anyhow::Result<()> {
    let sha256 = hex::sha256(bytes);
    let file = format!("{sha256}.{ending}");
    let folder = case.root().join("anchors");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(&file);
    replace(&Disk, &path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    let facts = Facts::Anchor { file, sha256, size, state: state.to_owned() };
    by(&args.operator, |hand| case.commit(vec![Draft { verb: Verb::Anchor, facts, of: vec![] }], hand))?;
    Ok(())
}
