//! The page holds together: links lead somewhere, ids are unique, nothing leaves it; whatever the accounts contain.
#![allow(clippy::unwrap_used, clippy::string_slice)]
mod mock;

use mock::poison::poisoned;
use rashomon_dossier::html::{Bounds, HtmlOptions, LineKind, MapLine, html};
use rashomon_model::case::Case;
use rashomon_model::span::Span;
use scraper::{Html, Node};
use std::collections::BTreeSet;

const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "nav",
    "main",
    "section",
    "aside",
    "article",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "div",
    "span",
    "b",
    "bdi",
    "sup",
    "mark",
    "q",
    "code",
    "blockquote",
    "figure",
    "figcaption",
    "details",
    "summary",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "input",
    "label",
    "svg",
    "g",
    "clipPath",
    "rect",
    "path",
    "circle",
    "text",
];

const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "title",
    "dir",
    "role",
    "tabindex",
    "scope",
    "for",
    "type",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "data-of",
    "viewBox",
    "width",
    "height",
    "clip-path",
    "d",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "text-anchor",
];

/// An invented coast and border near the invented town.
fn lines(_: Bounds) -> Vec<MapLine> {
    let coast = (0..40).map(|i| {
        let t = f64::from(i) / 39.0;
        (36.7 + 0.15 * (t * 9.0).sin() + 0.06 * (t * 31.0).sin(), 33.5 + 4.0 * t)
    });
    vec![
        MapLine { kind: LineKind::Coast, points: coast.collect() },
        MapLine { kind: LineKind::Border, points: vec![(36.2, 35.9), (37.0, 35.7), (38.1, 36.1), (39.5, 35.8)] },
    ]
}

fn page(case: &Case) -> String {
    html(case, &HtmlOptions { basemap: Some(&lines), ..HtmlOptions::default() })
}

/// Everything wrong with a page, as a browser's parser sees it.
fn faults(page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let tree = Html::parse_document(page);
    let mut ids = BTreeSet::new();
    let mut targets = Vec::new();
    for node in tree.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        if !ELEMENTS.contains(&element.name()) {
            faults.push(format!("element <{}>", element.name()));
        }
        for (name, value) in element.attrs() {
            if !ATTRIBUTES.contains(&name) {
                faults.push(format!("attribute {name} on <{}>", element.name()));
            }
            match name {
                "id" if !ids.insert(value.to_owned()) => faults.push(format!("id {value} twice")),
                "href" => match value.strip_prefix('#') {
                    Some(target) => targets.push(target.to_owned()),
                    None => faults.push(format!("link leaves the page: {value}")),
                },
                "aria-labelledby" | "for" => targets.push(value.to_owned()),
                "http-equiv" if value != "Content-Security-Policy" => faults.push(format!("http-equiv {value}")),
                _ => {}
            }
        }
    }
    faults.extend(targets.into_iter().filter(|t| !ids.contains(t)).map(|t| format!("#{t} leads nowhere")));
    if !tree.errors.is_empty() {
        faults.extend(tree.errors.iter().map(|e| format!("not well formed: {e}")));
    }
    let hidden = |c: char| rashomon_dossier::safe::is_hidden(c) && !matches!(c, '\u{200C}' | '\u{200D}');
    if let Some(c) = page.chars().find(|&c| hidden(c)) {
        faults.push(format!("a hidden character {:04X}", u32::from(c)));
    }
    if page.to_ascii_lowercase().contains("<script") {
        faults.push("contains <script".into());
    }
    let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).unwrap_or("");
    if style.contains("url(") || style.contains("@import") {
        faults.push("the style sheet fetches something".into());
    }
    faults
}

#[test]
fn pages_hold_together() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&dir).unwrap();
    for (name, case) in mock::all() {
        let page = page(&case);
        std::fs::write(dir.join(format!("{name}.html")), &page).unwrap();
        assert_eq!(faults(&page), Vec::<String>::new(), "{name}");
    }
}

/// The check is no rubber stamp.
#[test]
fn faults_are_found() {
    let good = page(&mock::tiny::case());
    for (what, change) in [
        ("a script", good.replacen("<main", "<script>1</script><main", 1)),
        ("a style attribute", good.replacen("<main", "<main style=\"x\"", 1)),
        ("an outside link", good.replacen("href=\"#main\"", "href=\"https://a.example\"", 1)),
        ("a dead link", good.replacen("href=\"#main\"", "href=\"#nowhere\"", 1)),
        ("a double id", good.replacen("<main id=\"main\"", "<main id=\"lead\"", 1)),
        ("an image", good.replacen("<main", "<img src=x><main", 1)),
        ("a hidden character", good.replacen("<main", "\u{202e}<main", 1)),
    ] {
        assert!(!faults(&change).is_empty(), "{what} went unseen");
    }
}

#[test]
fn the_policy_allows_nothing_but_the_style() {
    let page = page(&mock::tiny::case());
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    let policy = policy.replace("&#39;", "'");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    // The hash is that of the style element as a browser sees it.
    use base64::Engine;
    use sha2::Digest;
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style));
    assert!(policy.contains(&hash));
}

/// At least three hundred ways to break out of text, attributes, comments, styles and addresses.
fn payloads() -> Vec<String> {
    let bases = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src=javascript:alert(1)>",
        "<body onload=alert(1)>",
        "<a href=javascript:alert(1)>x</a>",
        "<a href=\"data:text/html,x\">x</a>",
        "<style>*{background:url(https://evil.example)}</style>",
        "<link rel=stylesheet href=//evil.example>",
        "<meta http-equiv=refresh content=0>",
        "<base href=//evil.example>",
        "<form action=//evil.example><input name=a>",
        "<object data=x>",
        "<embed src=x>",
        "<video src=x onerror=a()>",
        "<audio src=x>",
        "<math><mtext><img src=x></mtext></math>",
        "<template><img src=x></template>",
        "<noscript><p title=\"</noscript><img src=x>\">",
        "<!--<img src=x>-->",
        "--><img src=x>",
        "]]><img src=x>",
        "</title><img src=x>",
        "</style><img src=x>",
        "</textarea><img src=x>",
        "<details open ontoggle=a()>",
        "<marquee onstart=a()>",
        "<input autofocus onfocus=a()>",
        "<select onfocus=a()>",
        "<keygen>",
        "&lt;script&gt;",
        "&#60;img src=x&#62;",
        "&amp;lt;b&amp;gt;",
        "\u{0}<img src=x>",
        "<\u{0}script>",
        "<img\u{b}src=x>",
        "\u{202e}gnp.exe",
        "\u{2066}x\u{2069}",
        "\u{feff}<b>",
        "a\u{200b}b",
        "\u{e0041}\u{e0042}",
        "\u{2028}\u{2029}",
        "https://evil.example/?a=<b>",
        "javascript:alert(1)",
        "vbscript:x",
        "data:text/html;base64,PHN2Zz4=",
        "=cmd|' /C calc'!A0",
        "{{7*7}}",
        "${7*7}",
        "%3Cscript%3E",
    ];
    let mut all = Vec::new();
    for base in bases {
        for (open, close) in
            [("", ""), ("\"", "\""), ("'>", "<'"), ("\">", ""), ("</p></div></td>", ""), ("\n\n", "é🙂"), ("` ", " `")]
        {
            all.push(format!("{open}{base}{close}"));
        }
    }
    all
}

/// The tiny case with the payload in every text field there is.
fn hostile(bad: &str) -> Case {
    poisoned(mock::tiny::case(), &mut |_| bad.to_owned())
}

/// Fields that a page does not show; everything else that can hold a text is put there for each payload.
const NOT_SHOWN: &[&str] = &[
    // in the table and the JSON; the page shows the answers made of them
    "actor",
    "byline",
    // `claims --why`
    "candidate-why",
    "given-id",
    "means",
    "media-type",
    "party-id",
    "place-id",
    "place-kind",
    "place-other",
    "target",
    "time-by",
    "time-value",
    "time-why",
    "toponym-why",
];

/// The hostile case reaches what is shown: every field that is poisoned stands on the page, but those known not to.
#[test]
fn every_field_is_put_to_the_test() {
    let mut fields = BTreeSet::new();
    let token = |field: &str| format!("Q{field}Q");
    let case = poisoned(mock::tiny::case(), &mut |field| {
        fields.insert(field);
        token(field)
    });
    let page = page(&case);
    let hidden: Vec<&str> = fields.iter().copied().filter(|field| !page.contains(&token(field))).collect();
    assert_eq!(hidden, NOT_SHOWN);
    let csv = rashomon_dossier::table::csv(&case);
    for field in
        ["text", "origin", "given-id", "publisher", "link", "actor", "target", "claim-place", "place-id", "means"]
    {
        assert!(csv.contains(&token(field)), "{field}");
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let payloads = payloads();
    assert!(payloads.len() >= 300);
    let seen = |text: &str| {
        text.chars()
            .find(|&c| rashomon_dossier::safe::is_hidden(c) && !matches!(c, '\n' | '\t' | '\u{200C}' | '\u{200D}'))
    };
    let check = |bad: &String| {
        let case = hostile(bad);
        assert_eq!(faults(&page(&case)), Vec::<String>::new(), "payload {bad:?}");
        let markdown = rashomon_dossier::markdown(&case);
        assert_eq!((seen(&markdown), markdown.contains('<')), (None, false), "payload {bad:?}");
        assert_eq!(seen(&rashomon_dossier::table::lines(&case, true)), None, "payload {bad:?}");
    };
    let share = payloads.len().div_ceil(std::thread::available_parallelism().map_or(1, usize::from));
    std::thread::scope(|scope| {
        for some in payloads.chunks(share) {
            scope.spawn(move || some.iter().for_each(check));
        }
    });
}

/// No cell of a table of claims is a formula to a spreadsheet, whatever stands in front of it, and wherever the spreadsheet
/// parts cells: at commas as written, or at semicolons or tabs as in other countries, with or without regard to quotes.
#[test]
fn no_cell_is_a_formula() {
    let payloads = payloads();
    let formulas = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n+1",
        " =1",
        "\u{feff}=1",
        "\u{200b}@x",
        "＝1",
        "\u{202e}-1",
        "\"=1\"",
        "Four died;=1+cmd|' /C calc'!A0",
        "Four died; -1",
        "Four died;\"=1\"",
        "Four, died;\"\"=1\"",
        "Four died;;@x",
        "Four died\t=1",
        "Four died\n=1",
        "Four died\r\n=1",
        "Four died;\u{a0}=1",
        "Four died\";\"=1",
    ];
    for bad in payloads.iter().map(String::as_str).chain(formulas) {
        let csv = rashomon_dossier::table::csv(&hostile(bad));
        for (delimiter, quoting) in [(b',', true), (b';', true), (b';', false), (b'\t', true), (b'\t', false)] {
            let mut reader = csv::ReaderBuilder::new();
            reader.has_headers(false).flexible(true).delimiter(delimiter).quoting(quoting);
            for row in reader.from_reader(csv.as_bytes()).records() {
                for cell in &row.unwrap() {
                    let inside = cell.trim_start_matches(' ');
                    assert!(
                        !inside.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']),
                        "{bad:?}: {cell:?}"
                    );
                    assert!(!cell.chars().any(rashomon_dossier::safe::is_hidden), "{bad:?}: {cell:?}");
                }
            }
        }
    }
}

/// Marks that nest, cross, repeat, lie outside the text, or come in hundreds on one spot.
#[test]
fn any_pattern_of_marks_is_a_tree() {
    let mut seed = 7u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for round in 0..60 {
        let mut case = mock::market::case();
        let template = case.claims[0].clone();
        let doc = case.documents[round % case.documents.len()].clone();
        let size = doc.text.len() as u64;
        for n in 0..200 {
            let mut claim = template.clone();
            claim.id = mock::cid(&format!("extra{n}"));
            claim.document = doc.id.clone();
            claim.chain.clear();
            claim.anchors = (0..=next(2))
                .map(|_| {
                    let start = next(size + 10);
                    let length = if n % 3 == 0 { next(size) } else { next(40) };
                    Span::from_usize(start as usize, (start + length) as usize)
                })
                .collect();
            if n % 5 == 0 {
                claim.anchors = vec![Span::from_usize(3, 20)];
            }
            case.claims.push(claim);
        }
        assert_eq!(faults(&page(&case)), Vec::<String>::new(), "round {round}");
    }
}

#[test]
fn every_word_of_every_article_is_there_once() {
    let case = mock::market::case();
    let tree = Html::parse_document(&page(&case));
    let articles = scraper::Selector::parse("article").unwrap();
    let blocks = scraper::Selector::parse(".block").unwrap();
    for (article, doc) in tree.select(&articles).zip(&case.documents) {
        let mut words = String::new();
        for block in article.select(&blocks) {
            for node in block.descendants() {
                let in_sup = node.ancestors().any(|a| a.value().as_element().is_some_and(|e| e.name() == "sup"));
                if let (Node::Text(text), false) = (node.value(), in_sup) {
                    words.push_str(text);
                }
            }
            words.push_str("\n\n");
        }
        assert_eq!(words.trim_end(), doc.text);
    }
}

#[test]
fn the_lead_says_what_to_know_of_the_accounts() {
    use rashomon_model::diagnostic::{Diagnostic, Severity};
    let mut case = mock::tiny::case();
    let documents: Vec<_> = case.documents.iter().map(|doc| doc.id.clone()).collect();
    let note = |code, severity, document: usize, message: &str| Diagnostic {
        code,
        severity,
        document: documents.get(document).cloned(),
        span: None,
        message: message.to_owned(),
    };
    case.diagnostics = vec![
        note("R201", Severity::Note, 0, "left out as page furniture (prompt): Sign in"),
        note("R201", Severity::Note, 0, "left out as page furniture (prompt): Sign up"),
        note("R303", Severity::Warning, 1, "reads as cut: opens with “However”"),
        note("R211", Severity::Warning, 0, "the page may hold the beginning only: subscribe"),
        note("R211", Severity::Warning, 1, "the page may hold the beginning only: to go on"),
    ];
    let markdown = rashomon_dossier::markdown(&case);
    let about: Vec<&str> = markdown
        .split("About the accounts:")
        .nth(1)
        .unwrap()
        .trim()
        .lines()
        .take_while(|line| !line.is_empty())
        .collect();
    // warnings of one kind in one line, the words of the text where they are given, furniture once for an account
    assert!(
        about[0].starts_with("- The page may hold the beginning only – 1 ") && about[0].contains(", 2 "),
        "{about:?}"
    );
    assert!(about[1].starts_with("- Reads as cut – 2 ") && about[1].ends_with(": opens with “However”"), "{about:?}");
    assert_eq!(
        about.iter().filter(|line| line.starts_with("- Page furniture was left out – 1 ")).count(),
        1,
        "{about:?}"
    );
    let page = html(&case, &HtmlOptions::default());
    assert!(page.contains("About the accounts") && page.contains("opens with “However”"));
    case.diagnostics.clear();
    assert!(!html(&case, &HtmlOptions::default()).contains("Page furniture"));
}
