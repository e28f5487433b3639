//! What can be wrong with a case, or worth knowing? One table, shown by `rashomon explain CODE`.
//!
//! `S1xx`: a command was refused. `S2xx`: `rashomon verify` found it; from `S221` on it is worth knowing and nothing is wrong.
//!
//! ```
//! assert!(rashomon_store::codes::CODES.iter().any(|(code, _)| *code == "S207"));
//! ```

/// Code, and what it means and what to do; sorted.
pub const CODES: &[(&str, &str)] = &[
    (
        "S101",
        "the folder is no case\nhint: `rashomon init CASE` makes one; a plain folder of reports can be given to `rashomon dossier` as it is",
    ),
    ("S102", "the folder for a new case holds something already\nhint: name a folder that is empty or not there yet"),
    ("S103", "the case was made by a newer version\nhint: use that version; nothing was changed"),
    (
        "S104",
        "another process is changing the case\nhint: wait for it, or give --wait SECONDS; the lock ends with the process that holds it, so nothing need be deleted",
    ),
    (
        "S105",
        "the log of the case does not verify\nhint: `rashomon verify CASE` names the first bad entry; restore that file from a copy, nothing is written before the log is in order",
    ),
    (
        "S106",
        "the disk refused\nhint: what was acknowledged before is safe; make room or check the medium and give the command again",
    ),
    (
        "S107",
        "nothing in the case is called so\nhint: `rashomon status CASE --all` lists captures with their numbers, paths and addresses",
    ),
    (
        "S108",
        "the same bytes are held by another capture\nhint: erasing would take them from it; name all of them, or remove without --erase",
    ),
    (
        "S109",
        "an object is missing or was altered\nhint: restore objects/ from a copy; `rashomon verify CASE` lists what is wrong",
    ),
    ("S110", "the archive cannot be imported\nhint: the message says which part; nothing of it was taken in"),
    (
        "S111",
        "the answer of the time-stamping authority does not fit\nhint: it must answer the very query `rashomon anchor` wrote, under a good signature; ask the authority again",
    ),
    (
        "S112",
        "a proof of OpenTimestamps does not fit\nhint: a calendar must answer with a proof about the very hash it was sent, and a .ots file must begin at SHA-256 of a root of this case; nothing was kept, ask another calendar",
    ),
    (
        "S113",
        "several things in the case are called so\nhint: name the capture by its number, or a row by FILE#ROW or its document id, as `rashomon status CASE --all` and the dossier show them; nothing was done",
    ),
    (
        "S201",
        "a file of the log is missing or cannot be read\nhint: restore it from a copy; without it nothing can be checked",
    ),
    (
        "S202",
        "an entry of the log was altered, moved, put in or taken out\nhint: entries before it are in order; compare with a copy",
    ),
    (
        "S203",
        "the checkpoint is not signed by the log's key\nhint: it was altered, or is of another case; restore it from a copy",
    ),
    (
        "S204",
        "the log is not the one that was signed\nhint: entries are missing at its end, or it was rewritten; compare with a copy",
    ),
    ("S205", "what an entry speaks of is missing\nhint: a line of log/facts.jsonl was lost; restore it from a copy"),
    ("S206", "a line of facts was altered\nhint: it is not what the entry is bound to; restore it from a copy"),
    (
        "S207",
        "an object is missing or was altered\nhint: restore it from a copy; what was read from it cannot be relied on",
    ),
    (
        "S208",
        "an anchor is missing, was altered, or does not fit the log\nhint: restore anchors/ from a copy; if the log was rewritten or an earlier copy put back since the anchor was made, this is how it shows",
    ),
    (
        "S209",
        "a Bitcoin block header given is not what a proof ends in, or bears no work\nhint: get the header of the block that the proof names (`bitcoin-cli getblockheader HASH false`, or a block explorer) and compare its Merkle root; if it is right, the proof is not",
    ),
    (
        "S221",
        "a command was interrupted before it was acknowledged\nhint: nothing is lost that was acknowledged; the next command clears it away",
    ),
    (
        "S222",
        "the clock of the machine was set back between two entries\nhint: their order is certain, their times are not",
    ),
    ("S223", "an erasure was interrupted\nhint: the next command finishes it"),
    ("S224", "files lie among the objects or anchors that no entry speaks of\nhint: they are not used"),
    (
        "S225",
        "what was kept of an earlier reading is broken, or was not written by this case's programs\nhint: it was not used, the report was read anew; `analyses/` can be deleted at any time, and verify does not look at it",
    ),
    (
        "S226",
        "the signature of a time stamp cannot be checked by this program\nhint: it fits the log and is not confirmed; an earlier version kept it. Check it with the authority's certificate (`openssl ts -verify`), or ask for a new one",
    ),
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(super::CODES.iter().all(|(_, text)| text.contains("\nhint: ")));
    }
}
