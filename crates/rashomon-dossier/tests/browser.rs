//! A real browser opens the pages: no console error, no request but the file itself, no sideways scrolling on a phone.
//!
//! Skips, saying so, where Chromium is not installed.
#![allow(clippy::unwrap_used, clippy::string_slice)]
mod mock;
#[path = "../../rashomon/tests/support/skipped.rs"]
mod skipped;

use rashomon_dossier::html::{HtmlOptions, html};
use skipped::skipped;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CHROMIUM: &str = "/usr/bin/chromium";

fn missing() -> bool {
    let missing = !Path::new(CHROMIUM).exists();
    if missing {
        skipped(&format!("pages in a browser: {CHROMIUM} is not installed"));
    }
    missing
}

fn fresh(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn chromium(dir: &Path, flags: &[&str], page: &Path) -> Output {
    Command::new(CHROMIUM)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ])
        .arg(format!("--user-data-dir={}", dir.join("profile").display()))
        .args(flags)
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("chromium starts")
}

/// The page as it is: what the console says and what is asked for.
#[test]
fn opens_quietly() {
    if missing() {
        return;
    }
    for (name, case) in mock::all() {
        let dir = fresh(name);
        let file = dir.join("page.html");
        std::fs::write(&file, html(&case, &HtmlOptions::default())).unwrap();
        let net = dir.join("net.json");
        let log = format!("--log-net-log={}", net.display());
        let out = chromium(&dir, &["--enable-logging=stderr", "--window-size=1280,900", "--dump-dom", &log], &file);
        let console: Vec<_> = String::from_utf8_lossy(&out.stderr)
            .lines()
            .filter(|line| line.contains("CONSOLE"))
            .map(str::to_owned)
            .collect();
        assert_eq!(console, Vec::<String>::new(), "{name}");
        let dom = String::from_utf8_lossy(&out.stdout);
        assert!(dom.contains("<main id=\"main\""), "{name}: the page did not load");
        let asked = std::fs::read_to_string(&net).unwrap_or_default();
        // One event a line; what the browser asks for on its own account has no origin as initiator.
        let outside: Vec<_> = asked
            .lines()
            .filter(|line| line.contains("\"initiator\":") && !line.contains("\"initiator\":\"not an origin\""))
            .filter_map(|line| line.split("\"url\":\"").nth(1)?.split('"').next())
            .filter(|url| !url.starts_with("file:") && !url.starts_with("data:"))
            .collect();
        assert_eq!(outside, Vec::<&str>::new(), "{name}");
    }
}

/// A copy without the policy, with a ruler: the widths of the window and of the whole page at this width.
fn widths(name: &str, page: &str, width: u32) -> (u32, u32) {
    let dir = fresh(&format!("{name}-{width}"));
    let ruler = "<script>addEventListener('load',()=>{for(const d of document.querySelectorAll('details'))d.open=true;\
        const e=document.documentElement;parent.postMessage(innerWidth+' '+e.scrollWidth,'*')})</script></body>";
    let start = page.find("<meta http-equiv").unwrap();
    let end = start + page[start..].find('>').unwrap() + 1;
    let mut copy = page.to_owned();
    copy.replace_range(start..end, "");
    let file = dir.join("copy.html");
    std::fs::write(&file, copy.replace("</body>", ruler)).unwrap();
    let frame = format!(
        "<!doctype html><title>waiting</title><script>onmessage=e=>document.title=e.data</script>\
         <iframe src=\"copy.html\" width=\"{width}\" height=\"800\" style=\"border:0\"></iframe>"
    );
    let outer = dir.join("frame.html");
    std::fs::write(&outer, frame).unwrap();
    // A busy machine may be slow to load the frame: more time before giving up.
    for budget in [4_000, 20_000, 60_000] {
        let budget = format!("--virtual-time-budget={budget}");
        let out = chromium(&dir, &["--window-size=1400,900", &budget, "--dump-dom"], &outer);
        let dom = String::from_utf8_lossy(&out.stdout).into_owned();
        let title = dom.split("<title>").nth(1).and_then(|t| t.split('<').next()).unwrap_or("");
        if let Some((window, whole)) = title.split_once(' ')
            && let (Ok(window), Ok(whole)) = (window.parse(), whole.parse())
        {
            return (window, whole);
        }
    }
    panic!("{name}: the page was not measured at {width}");
}

#[test]
fn nothing_runs_over_the_edge() {
    if missing() {
        return;
    }
    for (name, case) in mock::all() {
        let page = html(&case, &HtmlOptions::default());
        for width in [390, 1280] {
            let (window, whole) = widths(name, &page, width);
            assert_eq!(window, width, "{name}");
            assert!(whole <= window, "{name} at {width}: the page is {whole} wide");
        }
    }
}
