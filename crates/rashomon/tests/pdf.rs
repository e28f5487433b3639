//! PDFs are read by a process of its own: a good one gives its text, a broken one is named and loses nothing else.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::process::Command;

/// A PDF of one page with these lines.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut stream = String::from("BT /F1 12 Tf 72 720 Td 14 TL ");
    for line in lines {
        stream.push_str(&format!("({line}) Tj T* "));
    }
    stream.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut at = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        at.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    let xref = out.len();
    out.push_str("xref\n0 6\n0000000000 65535 f \n");
    for at in at {
        out.push_str(&format!("{at:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n"));
    out.into_bytes()
}

#[test]
fn a_broken_pdf_loses_only_itself() {
    let folder = std::env::temp_dir().join(format!("rashomon-pdf-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let lines = [
        "Shells hit market in Talen",
        "",
        "Twelve people were wounded when shells hit the market of Talen on Wednesday,",
        "the mayor of the town said. Two people died later in the hospital of Talen,",
        "a doctor told reporters. The army said that it had not fired on the town.",
    ];
    std::fs::write(folder.join("good.pdf"), pdf(&lines)).unwrap();
    std::fs::write(folder.join("scan.pdf"), pdf(&[])).unwrap();
    std::fs::write(folder.join("bad.pdf"), b"%PDF-1.7\n1 0 obj << /Length 99999999999 >> stream").unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["analyze", "--speed", "fast", "--json"])
        .arg(&folder)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(run.status.code(), Some(1), "{err}");
    assert!(out.contains("shells hit the market of Talen on Wednesday, the mayor of the town said."), "{out}");
    assert!(err.contains("bad.pdf: cannot be read") && err.contains("[R124]"), "{err}");
    assert!(err.contains("scan.pdf: the PDF has no text layer [R125]"), "{err}");
    std::fs::remove_dir_all(&folder).unwrap();
}
