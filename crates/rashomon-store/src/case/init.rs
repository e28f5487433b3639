//! How is a case made, and where may one be?

use super::refusal::io_error;
use super::{Case, Contents, Draft, FORMAT, Hand, MARKER, StoreError, put, take_lock};
use crate::disk::Files;
use crate::hex;
use crate::log::note::Key;
use crate::log::{Facts, Log, Verb};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

impl Case {
    /// Makes a case in a folder that is empty or not there.
    ///
    /// # Errors
    /// If the folder holds something, or the disk fails; the folder is then no case.
    pub fn init(files: Arc<dyn Files>, root: &Path, title: &str, hand: &mut Hand<'_>) -> Result<Self, StoreError> {
        if files.exists(root) && !free(&*files, root)? {
            return Err(StoreError::NotEmpty(root.to_owned()));
        }
        let mut new = vec![root]; // perhaps from an attempt that failed before its name was lasting
        new.extend(root.ancestors().skip(1).take_while(|above| !above.as_os_str().is_empty() && !files.exists(above)));
        for folder in ["", "log", "objects", "secret", "anchors", "tmp"] {
            let folder = root.join(folder);
            files.make_folder(&folder).map_err(io_error("make the folder", &folder))?;
        }
        // the names of the case's folder and of those made above it; one above that may only be passed through cannot be synced
        for above in new.iter().filter_map(|made| made.parent()) {
            let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
            match files.sync_folder(above) {
                Err(error) if error.kind() != io::ErrorKind::PermissionDenied => {
                    return Err(io_error("sync", above)(error));
                }
                _ => {}
            }
        }
        let lock = take_lock(root, "init", Duration::ZERO)?;
        // somebody else may have made a case here since
        if !free(&*files, root)? {
            return Err(StoreError::NotEmpty(root.to_owned()));
        }
        private(&root.join("secret"), 0o700);
        let random = |hand: &mut Hand<'_>| (hand.random)().map_err(io_error("draw random numbers for", root));
        let name = format!("rashomon.case/{}", hex::text(random(hand)?.get(..8).unwrap_or_default()));
        let key = Key::from_secret(&name, random(hand)?)
            .ok_or_else(|| io_error("make a key for", root)(io::Error::other("the random bytes make none")))?;
        let salt = random(hand)?;
        let secret = root.join("secret/key");
        put(&*files, &secret, format!("{}{}\n", key.write(), hex::text(&salt)).as_bytes())?;
        private(&secret, 0o600);
        for file in ["log/entries.jsonl", "log/facts.jsonl"] {
            let path = root.join(file);
            files.write(&path, b"").map_err(io_error("write", &path))?;
        }
        let mut case = Self {
            files,
            root: root.to_owned(),
            lock: Some(lock),
            log: Log::default(),
            openings: BTreeMap::new(),
            contents: Contents::default(),
            public: key.public(),
            note: String::new(),
            secret: Some((key, salt)),
            cleared: None,
            unsure: false,
        };
        case.commit(
            vec![Draft { verb: Verb::Init, facts: Facts::Case { title: title.to_owned() }, of: vec![] }],
            hand,
        )?;
        put(&*case.files, &root.join(MARKER), FORMAT.as_bytes())?;
        Ok(case)
    }
}

/// Whether a folder holds nothing, or no more than an `init` that was interrupted leaves: anything else may be a case that lost
/// a file.
fn free(files: &dyn Files, root: &Path) -> Result<bool, StoreError> {
    let started = ["log", "objects", "secret", "anchors", "tmp", "lock", "rashomon-case.json.part"];
    let others = |path: &PathBuf| path.file_name().is_none_or(|name| !started.iter().any(|own| name == *own));
    let read = |name: &str| {
        let path = root.join(name);
        match files.read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            found => found.map_err(io_error("read", &path)),
        }
    };
    // whole or not: a line of a log that was altered is somebody's, too
    let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
    for name in ["log/entries.jsonl", "log/facts.jsonl"] {
        if lines(&read(name)?) > 1 {
            return Ok(false);
        }
    }
    let note = read("log/checkpoint")?;
    let size = note.split(|byte| *byte == b'\n').nth(1);
    let holds = |name: &str| files.list(&root.join(name)).is_ok_and(|found| !found.is_empty());
    let inside = files.list(root).map_err(io_error("list", root))?;
    Ok(size.is_none_or(|size| size == b"1") && !holds("objects") && !holds("anchors") && !inside.iter().any(others))
}

/// Gives a file or folder the rights of `mode`, where the system knows owners; elsewhere those of the case's folder hold.
fn private(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // a medium without rights (a stick) has none to set
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}
