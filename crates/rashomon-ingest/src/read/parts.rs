//! Which files are the parts of a page that a browser saved beside it (`talen.html` and `talen_files`)?

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Endings of the folders in which browsers save the parts of a page, in the languages browsers speak most.
const PARTS: &[&str] = &[
    "_files",
    ".files",
    "-filer",
    "_file",
    "-dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_bestanden",
    "_soubory",
];

/// Folders that are looked at of one path in an archive; no browser saves deeper.
const DEEPEST: usize = 64;

/// The pages in an archive, by their paths without the ending: what tells the folders of their parts from other folders.
pub(crate) struct Pages(BTreeSet<String>);

impl Pages {
    /// Those among all paths of an archive.
    pub(crate) fn among(paths: impl Iterator<Item = impl AsRef<str>>) -> Self {
        Self(paths.filter_map(|path| Some(plain(Self::stem(path.as_ref())?))).collect())
    }

    fn stem(path: &str) -> Option<&str> {
        let (stem, ending) = path.rsplit_once('.')?;
        PAGES.iter().any(|known| ending.eq_ignore_ascii_case(known)).then_some(stem)
    }

    /// Whether a path leads through the folder of parts of one of them.
    pub(crate) fn have_part(&self, path: &str) -> bool {
        let path = plain(path);
        let folders = path.match_indices('/').take(DEEPEST).filter_map(|(at, _)| path.get(..at));
        !self.0.is_empty()
            && folders.into_iter().any(|folder| {
                PARTS.iter().filter_map(|ending| folder.strip_suffix(ending)).any(|stem| self.0.contains(stem))
            })
    }
}

/// A path in an archive as it is compared.
fn plain(path: &str) -> String {
    path.trim_start_matches("./").replace('\\', "/").to_lowercase()
}

/// Whether a folder holds the parts of a page saved beside it (`talen.html` and `talen_files`).
pub(super) fn parts_of_page(folder: &Path) -> bool {
    let Some(name) = folder.file_name().map(|name| name.to_string_lossy().into_owned()) else { return false };
    let lower = name.to_lowercase();
    PARTS.iter().filter(|ending| lower.ends_with(*ending)).any(|ending| {
        let stem = name.get(..name.len() - ending.len()).unwrap_or("");
        PAGES.iter().any(|extension| folder.with_file_name(format!("{stem}.{extension}")).is_file())
    })
}

/// Endings of saved pages.
const PAGES: [&str; 2] = ["html", "htm"];

/// The parts of a saved page: all files in the folder a browser made beside it, at any depth, sorted; links, pipes and devices are left out. Of a
/// path that is no such page there are none.
#[must_use]
pub fn parts(page: &Path) -> Vec<PathBuf> {
    let is_page = page.extension().is_some_and(|ending| PAGES.iter().any(|known| ending.eq_ignore_ascii_case(known)));
    let (Some(stem), true) = (page.file_stem().map(|stem| stem.to_string_lossy().into_owned()), is_page) else {
        return Vec::new();
    };
    let mut open: Vec<PathBuf> = PARTS
        .iter()
        .map(|ending| page.with_file_name(format!("{stem}{ending}")))
        .filter(|folder| folder.is_dir() && !folder.is_symlink())
        .collect();
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
