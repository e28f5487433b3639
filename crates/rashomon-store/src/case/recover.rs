//! What did an interrupted command leave, and how is it cleared away?

use super::refusal::io_error;
use super::{CLEARED, Case, PUTTING, State, StoreError, put};
use crate::log::facts;
use crate::{objects, readings};
use std::collections::BTreeSet;

impl Case {
    /// Brings the folder to the state its checkpoint signs. What is cut off was never acknowledged; that something was is
    /// written down with the next entry, by whichever command writes one, if it is to be `told`.
    pub(super) fn recover(&mut self, told: bool) -> Result<(), StoreError> {
        let tmp = self.root.join("tmp");
        let mut parts = self.files.list(&tmp).unwrap_or_default();
        parts.extend(["log/checkpoint.part", "log/facts.jsonl.part"].map(|name| self.root.join(name)));
        let (putting, clearing) = (tmp.join(PUTTING), tmp.join(CLEARED));
        let strays = self.files.exists(&putting);
        parts.retain(|part| *part != putting && *part != clearing);
        for part in parts.iter().filter(|part| self.files.exists(part)) {
            self.files.remove(part).map_err(io_error("remove", part))?;
        }
        if !self.files.exists(&tmp) {
            self.files.make_folder(&tmp).map_err(io_error("make the folder", &tmp))?; // a copy may lack empty folders
        }
        let entries = self.root.join("log/entries.jsonl");
        let end = self.log.ends.last().copied().unwrap_or(0);
        let there = self.files.read(&entries).map_err(io_error("read", &entries))?.len() as u64;
        let path = self.root.join("log/facts.jsonl");
        let bytes = self.files.read(&path).map_err(io_error("read", &path))?;
        let (found, bad) = facts::read(&bytes);
        let erased = self.log.erased();
        let named: BTreeSet<&str> =
            self.log.entries.iter().flat_map(|entry| &entry.objects).map(String::as_str).collect();
        let keep = |commitment: &str| named.contains(commitment) && !erased.contains(commitment);
        let stray = found.keys().filter(|commitment| !keep(commitment)).count();
        // where a signed entry lacks its facts, a line that cannot be read may be theirs, altered: it is not for us to destroy
        let lacking = named.iter().any(|commitment| keep(commitment) && !found.contains_key(*commitment));
        let (altered, torn) = if lacking { (bad, Vec::new()) } else { (Vec::new(), bad) };
        let open = bytes.last().is_some_and(|byte| *byte != b'\n');
        let rewrite = stray > 0 || !torn.is_empty() || open;
        let mut cleared = Vec::new();
        if there > end {
            cleared.push(format!("{} bytes behind the last signed entry", there - end));
        }
        if rewrite {
            cleared.push(format!("{} lines of facts no entry speaks of", stray + torn.len()));
        }
        let words = if told { self.to_tell(&cleared)? } else { None };
        if there > end {
            self.files
                .cut(&entries, end)
                .and_then(|()| self.files.sync(&entries))
                .map_err(io_error("cut", &entries))?;
        }
        let swept = self.finish_erasing()?;
        let analyses = self.root.join("analyses");
        readings::sweep(&*self.files, &self.root, self.erasures()).map_err(io_error("clear", &analyses))?;
        if rewrite {
            let mut kept: Vec<u8> = self
                .log
                .entries
                .iter()
                .flat_map(|entry| &entry.objects)
                .filter(|commitment| keep(commitment))
                .filter_map(|commitment| found.get(commitment))
                .flat_map(|opening| [opening.line().as_bytes(), b"\n"].concat())
                .collect();
            for (line, _) in bytes.split(|byte| *byte == b'\n').zip(1..).filter(|(_, n)| altered.contains(n)) {
                kept.extend([line, b"\n"].concat());
            }
            put(&*self.files, &path, &kept)?;
        }
        self.openings = found;
        self.openings.retain(|commitment, _| keep(commitment));
        self.contents = super::Contents::replay(&self.log.entries, &self.openings);
        if strays || (!cleared.is_empty() && !swept) {
            self.sweep()?;
        }
        if strays {
            self.files.remove(&putting).map_err(io_error("remove", &putting))?;
        }
        self.cleared = words;
        Ok(())
    }

    /// What is to be told of what was cut off: by commands before this one that wrote no entry, and now. It is lasting before
    /// anything is cut.
    fn to_tell(&self, cleared: &[String]) -> Result<Option<String>, StoreError> {
        let path = self.root.join("tmp").join(CLEARED);
        let kept = self.files.read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let size = self.log.entries.len();
        // with how many entries the log had then: if it went on since, the first of the new ones told of it
        let before = kept
            .as_deref()
            .and_then(|text| text.split_once('\n'))
            .filter(|(then, _)| then.parse().is_ok_and(|then: usize| then >= size))
            .map(|(_, words)| words.to_owned());
        // what was about to be cut when the command ended is not told twice
        let known = |one: &String| before.as_deref().is_some_and(|words| words.split("; ").any(|word| word == one));
        let fresh: Vec<String> = cleared.iter().filter(|one| !known(one)).cloned().collect();
        let words: Vec<String> = before.iter().chain(&fresh).cloned().collect();
        let words = (!words.is_empty()).then(|| words.join("; "));
        if let Some(words) = words.as_deref().filter(|_| !fresh.is_empty()) {
            put(&*self.files, &path, format!("{size}\n{words}").as_bytes())?;
        }
        Ok(words)
    }

    /// Removes the bytes of captures that are to be erased and whose facts still stand; true if there were any.
    fn finish_erasing(&self) -> Result<bool, StoreError> {
        let doomed: Vec<String> = self
            .contents
            .captures()
            .filter(|capture| capture.state == State::Erased)
            .filter_map(|capture| Some(capture.facts.as_ref()?.sha256.clone()))
            .collect();
        for sha256 in &doomed {
            let kept = self.contents.captures().any(|capture| {
                capture.state != State::Erased && capture.facts.as_ref().is_some_and(|facts| facts.sha256 == *sha256)
            });
            let path = objects::place(&self.root, sha256);
            if !kept && self.files.exists(&path) {
                self.files.remove(&path).map_err(io_error("remove", &path))?;
                if let Some(folder) = path.parent() {
                    self.files.sync_folder(folder).map_err(io_error("sync", folder))?;
                }
            }
        }
        Ok(!doomed.is_empty())
    }

    /// Does what an erase entry says, after it was written down.
    pub(super) fn erase_now(&mut self) -> Result<(), StoreError> {
        self.recover(false)
    }

    /// Removes objects of commands that were never acknowledged, if it is certain that no entry speaks of them.
    fn sweep(&self) -> Result<(), StoreError> {
        let told = self.contents.captures().all(|capture| capture.state == State::Erased || capture.facts.is_some());
        if !told {
            return Ok(());
        }
        let named: BTreeSet<&str> =
            self.contents.captures().filter_map(|capture| Some(capture.facts.as_ref()?.sha256.as_str())).collect();
        for folder in self.files.list(&self.root.join("objects")).unwrap_or_default() {
            for path in self.files.list(&folder).unwrap_or_default() {
                let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
                if !named.contains(stem.as_str()) {
                    self.files.remove(&path).map_err(io_error("remove", &path))?;
                }
            }
        }
        Ok(())
    }
}
