//! Was this written by the program itself? A case keeps copies of reports, and a dossier quotes them: neither is a report.

use std::io::Read as _;
use std::path::Path;

/// Whether a folder is a case.
pub(super) fn is_case(path: &Path) -> bool {
    path.join("rashomon-case.json").is_file()
}

/// What `rashomon dossier` writes into its folder, which may be that of the reports.
const WRITTEN: [&str; 3] = ["dossier.html", "dossier.json", "dossier.md"];

/// Whether a file is one of a dossier: by its name, and by the data beside it that say what they are.
pub(super) fn is_dossier(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let data = path.with_file_name("dossier.json");
    if !WRITTEN.contains(&name.as_str()) || !data.is_file() {
        return false;
    }
    let mut head = Vec::new();
    let begun = std::fs::File::open(data).and_then(|file| file.take(100).read_to_end(&mut head));
    begun.is_ok() && String::from_utf8_lossy(&head).contains("\"schema\": \"rashomon/dossier/")
}
