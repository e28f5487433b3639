//! What is there after the power went? Only what was synced: a file's content with the file, its name with its folder.
//!
//! The strictest reading of POSIX. A real file system keeps more, now this, now that; what holds here holds there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

/// Names and contents below a folder: as programs see them, and as the medium has them.
#[derive(Debug)]
pub(crate) struct Medium {
    base: PathBuf,
    seen: BTreeMap<PathBuf, Node>,
    lasting: BTreeMap<PathBuf, Node>,
    /// Lasting content of each file, by its number.
    contents: Vec<Vec<u8>>,
}

impl Medium {
    /// What is there below a folder, all of it lasting.
    pub(crate) fn of(base: &Path) -> Self {
        let mut medium =
            Self { base: base.to_owned(), seen: BTreeMap::new(), lasting: BTreeMap::new(), contents: Vec::new() };
        medium.look(base);
        medium.lasting = medium.seen.clone();
        medium
    }

    fn look(&mut self, folder: &Path) {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                self.seen.insert(path.clone(), Node::Folder);
                self.look(&path);
            } else {
                self.seen.insert(path.clone(), Node::File(self.contents.len()));
                self.contents.push(std::fs::read(&path).unwrap());
            }
        }
    }

    /// A file was written to, and made if it was not there: nothing of it is lasting yet.
    pub(crate) fn written(&mut self, path: &Path) {
        if path.exists() && !self.seen.contains_key(path) {
            self.seen.insert(path.to_owned(), Node::File(self.contents.len()));
            self.contents.push(Vec::new());
        }
    }

    /// The content of a file is lasting, whatever its name.
    pub(crate) fn synced(&mut self, path: &Path) {
        if let Some(Node::File(n)) = self.seen.get(path) {
            self.contents[*n] = std::fs::read(path).unwrap();
        }
    }

    /// The names in a folder are lasting; those of the folders in it, not what they hold.
    pub(crate) fn synced_folder(&mut self, folder: &Path) {
        let gone =
            |path: &PathBuf, seen: &BTreeMap<PathBuf, Node>| path.parent() == Some(folder) && !seen.contains_key(path);
        let gone: Vec<PathBuf> = self.lasting.keys().filter(|path| gone(path, &self.seen)).cloned().collect();
        self.lasting.retain(|path, _| !gone.iter().any(|gone| path.starts_with(gone)));
        let there = self.seen.iter().filter(|(path, _)| path.parent() == Some(folder));
        self.lasting.extend(there.map(|(path, node)| (path.clone(), *node)));
    }

    /// A file has another name.
    pub(crate) fn renamed(&mut self, from: &Path, to: &Path) {
        if let Some(node) = self.seen.remove(from) {
            self.seen.insert(to.to_owned(), node);
        }
    }

    /// A file, or a folder with all in it, is gone.
    pub(crate) fn removed(&mut self, path: &Path) {
        self.seen.retain(|other, _| !other.starts_with(path));
    }

    /// A folder and those above it were made.
    pub(crate) fn made(&mut self, path: &Path) {
        for folder in path.ancestors().filter(|above| above.starts_with(&self.base) && **above != *self.base) {
            self.seen.entry(folder.to_owned()).or_insert(Node::Folder);
        }
    }

    /// The power goes: on the disk is what was lasting, and nothing else.
    pub(crate) fn lose(&mut self) {
        for entry in std::fs::read_dir(&self.base).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
        // names stand in order, so a folder comes before what is in it; one that is not there has nothing in it
        for (path, node) in &self.lasting {
            if path.parent().is_some_and(Path::is_dir) {
                match node {
                    Node::Folder => std::fs::create_dir(path).unwrap(),
                    Node::File(n) => std::fs::write(path, &self.contents[*n]).unwrap(),
                }
            }
        }
        self.seen = self.lasting.clone();
    }
}
