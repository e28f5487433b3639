//! What is kept in a case, and who changed it? `rashomon init`, `add`, `status`, `remove` and `verify`.

mod add;
mod anchor;
mod hand_on;
mod read;
mod status;
mod take_over;
mod versions;

pub use add::run as add;
pub use anchor::run as anchor;
pub use hand_on::export;
pub use read::{Kept, kept};
pub use status::run as status;
pub use take_over::import;
pub use versions::notes as changed;

use super::{DONE, UNSOUND, print};
use crate::cli::{InitArgs, Inputs, Operator, RemoveArgs, VerifyArgs};
use anyhow::Context as _;
use rashomon_dossier::safe::one_line;
use rashomon_store::anchor::Header;
use rashomon_store::case::Draft;
use rashomon_store::disk::Disk;
use rashomon_store::log::{Facts, Verb};
use rashomon_store::verify::{Finding, Outside};
use rashomon_store::{Case, Hand, verify};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Program and version, as the log names them.
pub(crate) const TOOL: &str = concat!("rashomon ", env!("CARGO_PKG_VERSION"));

/// Now, as the log writes it: UTC to the millisecond.
pub(crate) fn now() -> String {
    format!("{:.3}", jiff::Timestamp::now())
}

/// 32 bytes of the operating system's random numbers.
pub(crate) fn random() -> std::io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// Does something to a case in the operator's name, now.
pub(crate) fn by<T>(operator: &Operator, act: impl FnOnce(&mut Hand<'_>) -> T) -> T {
    let at = now();
    act(&mut Hand { actor: operator.name.as_deref(), at: &at, tool: TOOL, random: &mut random })
}

/// Opens a case to change it.
pub(crate) fn open(root: &Path, what: &str, operator: &Operator) -> anyhow::Result<Case> {
    Ok(Case::open(Arc::new(Disk), root, what, Duration::from_secs(operator.wait))?)
}

/// The case among the paths of a reading command, if that is what they name.
pub(crate) fn named(paths: &[PathBuf]) -> Option<&Path> {
    match paths {
        [case] if Case::is_case(case) => Some(case),
        _ => None,
    }
}

/// What the case a reading command names holds, if it names one.
pub(crate) fn kept_of(inputs: &Inputs) -> anyhow::Result<Option<Kept>> {
    named(&inputs.paths).map(kept).transpose()
}

/// Writes into the log what a dossier of the case was made by, and the hash of what was written; nothing if that is what
/// the log says last. Where the case cannot be written, as on a read-only medium, the dossier is none the worse.
pub(crate) fn note_dossier(root: &Path, by_what: String, written: BTreeMap<String, String>) {
    let operator = Operator { name: None, wait: 10 };
    let noted = open(root, "dossier", &operator).and_then(|mut case| {
        let said = (by_what, written);
        if case.contents().dossier() == Some(&said) {
            return Ok(());
        }
        let facts = Facts::Dossier { by: said.0, written: said.1 };
        by(&operator, |hand| case.commit(vec![Draft { verb: Verb::Dossier, facts, of: vec![] }], hand))?;
        Ok(())
    });
    if let Err(error) = noted {
        eprintln!("note: the dossier is not noted in the case: {}", one_line(&format!("{error:#}")));
    }
}

/// `rashomon init`.
///
/// # Errors
/// If the folder holds something, or cannot be written.
pub fn init(args: &InitArgs) -> anyhow::Result<u8> {
    let name = || {
        let name = std::path::absolute(&args.case)
            .ok()
            .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        name.unwrap_or_else(|| "Case".to_owned()).replace(['_', '-'], " ")
    };
    let title = args.title.clone().unwrap_or_else(name);
    let operator = Operator { name: Some(args.name.clone()), wait: 0 };
    let case = by(&operator, |hand| Case::init(Arc::new(Disk), &args.case, &title, hand))?;
    print(&format!(
        "made the case {} (\"{title}\")\nits log is checked with the key {}\nnext: rashomon add {} PATH\n",
        args.case.display(),
        case.public().write(),
        args.case.display()
    ))
}

/// `rashomon remove`.
///
/// # Errors
/// If nothing is called so, or the case cannot be changed.
pub fn remove(args: &RemoveArgs) -> anyhow::Result<u8> {
    let mut case = open(&args.case, "remove", &args.operator)?;
    let targets = args.items.iter().map(|item| case.named(item)).collect::<Result<Vec<_>, _>>()?;
    by(&args.operator, |hand| {
        if args.erase { case.erase(&targets, &args.reason, hand) } else { case.remove(&targets, &args.reason, hand) }
    })?;
    let done = if args.erase {
        "erased: the bytes and what was noted of them are gone from this folder; copies, exports and dossiers made before are not"
    } else {
        "removed: it no longer counts; its bytes are kept, and the log tells of both"
    };
    print(&format!("{done}\n"))
}

/// Block headers given as digits or as a file.
fn headers(given: &str) -> anyhow::Result<Vec<Header>> {
    let digits = given.len() == 160 && given.bytes().all(|byte| byte.is_ascii_hexdigit());
    let read = if digits { Ok(given.as_bytes().to_vec()) } else { std::fs::read(given) };
    let bytes = read.with_context(|| format!("cannot read --block-header {given}"))?;
    Header::read(&bytes).map_err(|why| anyhow::anyhow!("--block-header {given}: {why}"))
}

/// `rashomon verify`.
///
/// # Errors
/// If the checkpoint or a block header given cannot be read, or standard output cannot be written.
pub fn check(args: &VerifyArgs) -> anyhow::Result<u8> {
    if !Case::is_case(&args.case) {
        return Err(rashomon_store::StoreError::NoCase(args.case.clone()).into());
    }
    let kept = args
        .checkpoint
        .as_ref()
        .map(|file| std::fs::read_to_string(file).with_context(|| format!("checkpoint {}", file.display())))
        .transpose()?;
    let headers = args.block_header.iter().map(|given| headers(given)).collect::<anyhow::Result<Vec<_>>>()?.concat();
    let outside = Outside { checkpoint: kept.as_deref(), headers: &headers };
    let found = verify::verify(&Disk, &args.case, outside);
    let line = |finding: &Finding| format!("{} [{}]\n", one_line(&finding.message), finding.code);
    let mut text: String = found.wrong.iter().map(|finding| format!("WRONG: {}", line(finding))).collect();
    text.extend(found.notes.iter().map(|finding| format!("note: {}", line(finding))));
    text.extend(found.anchors.iter().map(|anchor| format!("anchor: {}\n", one_line(anchor))));
    if let Some(checkpoint) = &found.checkpoint {
        text.push_str(&format!(
            "log {}: {} entries, root {}\n",
            one_line(&checkpoint.origin),
            checkpoint.size,
            rashomon_store::hex::text(&checkpoint.root)
        ));
    }
    let erased = if found.erased > 0 { format!(", {} erased on request", found.erased) } else { String::new() };
    text.push_str(&format!("{} objects are what they were{erased}\n", found.objects));
    text.push_str(match found.wrong.len() {
        0 => "the case verifies\n",
        _ => "the case does NOT verify; the lines marked WRONG say why\n",
    });
    print(&text)?;
    Ok(if found.wrong.is_empty() { DONE } else { UNSOUND })
}
