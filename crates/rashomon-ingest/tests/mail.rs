//! Messages, mailboxes and pages in one file: which text they give, in which characters, and what is said where they give none.

#![allow(clippy::unwrap_used)]

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, IBM866, ISO_2022_JP, SHIFT_JIS, WINDOWS_1251};
use rashomon_ingest::limits::Limits;
use rashomon_ingest::open::{Opened, Options, Source, open};
use rashomon_ingest::{MediaType, extract};

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Opened {
    open(Source::new(name, bytes.into()), &Options::default())
}

/// Codes with origins of what was refused.
fn refused(opened: &Opened) -> Vec<String> {
    opened.refusals.iter().map(|r| format!("{} {}", r.code, r.origin)).collect()
}

/// Text of the n-th article.
fn text(opened: &Opened, n: usize) -> String {
    extract(opened.inputs[n].clone()).unwrap().value.text
}

/// A message of parts, each a head and a body.
fn mixed(kind: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = format!(
        "From: Talen Post <desk@talenpost.example>\r\nSubject: Shells hit Talen\r\nMessage-ID: <m@talenpost.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=B\r\n\r\n"
    )
    .into_bytes();
    for (head, body) in parts {
        out.extend_from_slice(format!("--B\r\n{head}\r\n\r\n").as_bytes());
        out.extend_from_slice(body);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"--B--\r\n");
    out
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8";
const HTML: &str = "Content-Type: text/html; charset=utf-8";
const PHOTO: &str =
    "Content-Type: image/jpeg; name=a.jpg\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64";
const FIRST: &[u8] = b"Two people died in Talen on Wednesday, the mayor said in the town.";
const SECOND: &[u8] = b"The council said that & < 40 people were hurt in the market of Talen.";

#[test]
fn all_bodies_of_a_message_are_its_text() {
    let page = |text: &[u8]| [b"<html><body><p>", text, b"</p></body></html>"].concat();
    let (first, second) = (page(FIRST), page(b"Forty people were hurt in the market of Talen, the council said."));
    for (parts, media, expected) in [
        // a photo above the text, as telephones write it
        (vec![(PHOTO, &b"/9j/"[..]), (PLAIN, FIRST)], MediaType::Plain, vec!["the mayor said in the town."]),
        (vec![(PLAIN, FIRST), (PHOTO, b"/9j/"), (PLAIN, SECOND)], MediaType::Plain, vec!["the mayor said", "& < 40"]),
        (vec![(HTML, &first), (PHOTO, b"/9j/"), (HTML, &second)], MediaType::Html, vec!["the mayor said", "Forty"]),
        // a covering note and a statement
        (vec![(PLAIN, SECOND), (HTML, &first)], MediaType::Html, vec!["& < 40", "the mayor said"]),
    ] {
        let opened = read("m.eml", mixed("mixed", &parts));
        assert_eq!((opened.inputs.len(), opened.inputs[0].media), (1, media), "{opened:?}");
        let text = text(&opened, 0);
        let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
        assert!(expected.into_iter().map(place).is_sorted(), "{text}");
    }
    // of alternatives one is the text, also inside
    let inner = "Content-Type: multipart/alternative; boundary=C";
    let body = [
        b"--C\r\nContent-Type: text/plain\r\n\r\n",
        FIRST,
        b"\r\n--C\r\nContent-Type: text/html\r\n\r\n",
        &first,
        b"\r\n--C--",
    ];
    let opened = read("m.eml", mixed("mixed", &[(inner, &body.concat()), (PHOTO, b"/9j/"), (PLAIN, SECOND)]));
    assert_eq!(text(&opened, 0).matches("the mayor said").count(), 1);
    assert!(text(&opened, 0).contains("& < 40"));
    assert_eq!(refused(&opened), ["R114 m.eml"]);
    // the page stands behind its picture
    let opened = read("m.eml", mixed("related", &[(PHOTO, b"/9j/"), (HTML, &first)]));
    assert!(text(&opened, 0).contains("the mayor said"));
}

#[test]
fn a_fault_in_the_coding_costs_no_text() {
    let coded = |coding: &str, body: &str| {
        let head = "From: a@b.example\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset=utf-8";
        let opened = read("m.eml", format!("{head}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{body}"));
        text(&opened, 0)
    };
    let read = coded("quoted-printable", "Shells hit Tal=C3=A9n, two=\r\n died.\r\n=====\r\nThe desk\r\n");
    assert!(read.contains("Shells hit Talén, two") && read.contains("died.") && read.contains("The desk"), "{read}");
    let read = coded("base64", "U2hlbGxzIGhpdCBUYWxlbiwg\r\ndHdvIGRpZWQu\r\n____\r\nTalen list\r\n");
    assert!(read.contains("Shells hit Talen, two died.") && read.contains("Talen list"), "{read}");
    // a page that holds nothing, and the footer of a list behind it
    let inner = "Content-Type: multipart/alternative; boundary=C";
    let body =
        [b"--C\r\nContent-Type: text/plain\r\n\r\n", FIRST, b"\r\n--C\r\nContent-Type: text/html\r\n\r\n\r\n\r\n--C--"];
    let opened = self::read("m.eml", mixed("mixed", &[(inner, &body.concat()), (PLAIN, b"The list of Talen.")]));
    assert!(text(&opened, 0).contains("the mayor said"), "{opened:?}");
}

#[test]
fn a_message_without_a_text_is_refused() {
    let opened = read("m.eml", mixed("mixed", &[(PHOTO, b"/9j/")]));
    assert_eq!((opened.inputs.len(), refused(&opened)), (0, vec!["R114 m.eml".into(), "R109 m.eml".into()]));
    let empty = "From: a@b.example\r\nMessage-ID: <m@x>\r\n\r\n \r\n";
    assert_eq!(refused(&read("m.eml", empty)), ["R101 m.eml"]);
    // what is attached is the report
    let note = "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt";
    let opened = read("m.eml", mixed("mixed", &[(PLAIN, b" "), (note, FIRST)]));
    assert_eq!((opened.inputs[0].origin.as_str(), refused(&opened)), ("m.eml#1 a.txt", vec![]));
}

#[test]
fn a_message_cut_short_gives_what_is_there() {
    let words = "Content-Transfer-Encoding: quoted-printable";
    let whole = mixed(
        "mixed",
        &[(&format!("{HTML}\r\n{words}"), b"<p>Two people died in Tal=C3=A9n, the mayor said =\r\nin the town.</p>")],
    );
    let cut = whole.strip_suffix(b"\r\n--B--\r\n").unwrap();
    assert!(text(&read("m.eml", cut), 0).contains("died in Talén, the mayor said in the town."));
}

/// A sentence of invented places in letters of each set.
const SETS: [(&Encoding, &str, &str); 7] = [
    (GBK, "gb2312", "塔伦市长周三表示，炮弹击中市场，造成两人死亡，十二人受伤。"),
    (BIG5, "big5", "塔倫市長週三表示，砲彈擊中市場，造成兩人死亡，十二人受傷。"),
    (SHIFT_JIS, "Shift_JIS", "タレン市長は水曜日、市場に砲弾が落ち、二人が死亡したと述べた。"),
    (ISO_2022_JP, "iso-2022-jp", "タレン市長は水曜日、市場に砲弾が落ち、二人が死亡したと述べた。"),
    (EUC_KR, "ks_c_5601-1987", "탈렌 시장은 수요일에 포탄이 시장에 떨어져 두 명이 숨졌다고 말했다."),
    (IBM866, "ibm866", "Мэр Талена сообщил в среду, что на рынке погибли два человека."),
    (WINDOWS_1251, "windows-1251", "Мэр Талена сообщил в среду, что на рынке погибли два человека."),
];

/// Bytes as quoted-printable, every one of them.
fn quoted(bytes: &[u8]) -> String {
    bytes.chunks(20).map(|line| line.iter().map(|b| format!("={b:02X}")).collect::<String>() + "=\r\n").collect()
}

#[test]
fn messages_are_read_in_their_character_set() {
    for (set, label, sentence) in SETS {
        let bytes = set.encode(sentence).0;
        let note =
            format!("Content-Type: text/plain; charset={label}\r\nContent-Disposition: attachment; filename=a.txt");
        let part = format!("Content-Type: text/plain; charset=\"{label}\"");
        let coded = format!("{part}\r\nContent-Transfer-Encoding: quoted-printable");
        for parts in [vec![(part.as_str(), &*bytes), (&note, &bytes)], vec![(&coded, quoted(&bytes).as_bytes())]] {
            let opened = read("m.eml", mixed("mixed", &parts));
            assert_eq!(opened.inputs.len(), parts.len(), "{label}: {opened:?}");
            for n in 0..parts.len() {
                assert_eq!(text(&opened, n).trim(), sentence, "{label}");
            }
        }
        // so are its fields
        let subject = quoted(&bytes).replace("=\r\n", "");
        let mail = format!(
            "From: =?{label}?Q?{subject}?= <a@b.example>\r\nSubject: =?{label}?Q?{subject}?=\r\nMessage-ID: <1@x>\r\n\r\nTwo died."
        );
        let given = &read("m.eml", mail).inputs[0].given;
        assert_eq!((given.title.as_deref(), given.publisher.as_deref()), (Some(sentence), Some(sentence)), "{label}");
    }
    // a wrong label yields to the bytes
    let wrong = "Content-Type: text/plain; charset=us-ascii";
    let opened = read("m.eml", mixed("mixed", &[(wrong, "Two people died in Talén on Wednesday.".as_bytes())]));
    assert!(text(&opened, 0).contains("Talén"));
    // sets of mail that pages do not have
    for (label, bytes) in [
        ("utf-7", &b"Two people died in Tal+AOk-n on Wednesday."[..]),
        ("cp850", b"Two people died in Tal\x82n on Wednesday."),
    ] {
        let part = format!("Content-Type: text/plain; charset={label}");
        assert!(text(&read("m.eml", mixed("mixed", &[(&part, bytes)])), 0).contains("Talén"), "{label}");
    }
}

#[test]
fn pages_name_their_character_set_themselves() {
    for (set, label, sentence) in SETS {
        let page = format!(
            "<html><head><meta charset=\"{label}\"><title>Talen</title></head><body><p>{sentence}</p></body></html>"
        );
        let bytes = set.encode(&page).0;
        let head = "Content-Type: text/html\r\nContent-Location: https://talen.example/a";
        let coded = format!("{head}\r\nContent-Transfer-Encoding: quoted-printable");
        let quoted = quoted(&bytes);
        for (head, body) in [(head, &*bytes), (coded.as_str(), quoted.as_bytes())] {
            let opened = read("m.eml", mixed("mixed", &[(head, body)]));
            assert!(text(&opened, 0).contains(sentence), "{label}: {}", text(&opened, 0));
            let saved = [
                b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://talen.example/a\r\n",
                mixed("related", &[(head, body)]).as_slice(),
            ]
            .concat();
            let opened = read("page.mhtml", saved);
            assert_eq!(opened.inputs[0].given.url.as_deref(), Some("https://talen.example/a"));
            assert!(text(&opened, 0).contains(sentence), "{label}: {}", text(&opened, 0));
        }
    }
}

#[test]
fn a_mailbox_gives_each_of_its_messages() {
    let mailbox = "From desk@talenpost.example Thu Mar  4 09:28:00 2032\nFrom: Talen Post <desk@talenpost.example>\nSubject: Shells hit Talen\nMessage-ID: <1@x>\n\n\
        Two people died in Talen on Wednesday.\n\nFrom the market shells were heard.\n>From dawn on it was quiet.\n>>From a quotation.\n\n\
        From - Thu Mar  4 11:00:00 2032\nX-Mozilla-Status: 0001\nFrom: b@y.example\nSubject: The toll\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n\
        --B\nContent-Type: text/plain\n\nThree people died, the mayor said.\n--B\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\n\
        The council says that forty people were hurt.\n--B--\n\nFrom c@z.example Thu Mar  4 12:00:00 2032\nFrom: c@z.example\nSubject: Nothing\n\n\n";
    for (name, bytes) in [("a.mbox", mailbox.to_owned()), ("Inbox", mailbox.replace('\n', "\r\n"))] {
        let opened = read(name, bytes);
        let origins: Vec<&str> = opened.inputs.iter().map(|input| input.origin.strip_prefix(name).unwrap()).collect();
        assert_eq!(origins, ["#1", "#2", "#2#1 a.txt"], "{opened:?}");
        assert_eq!(refused(&opened), [format!("R101 {name}#3")]);
        assert_eq!(opened.inputs[1].given.title.as_deref(), Some("The toll"));
        let first = text(&opened, 0);
        assert!(first.contains("From the market shells") && !first.contains("Three people"), "{first}");
        assert!(first.contains("\nFrom dawn on") || first.contains(" From dawn on"), "{first}");
        assert!(first.contains(">From a quotation") && !first.contains(">>From"), "{first}");
    }
    // one message alone goes by the name of the file
    let (one, _) = mailbox.split_once("From - Thu").unwrap();
    assert_eq!(read("a.eml", one).inputs[0].origin, "a.eml");
    let limits = Limits { entries: 2, ..Limits::default() };
    let opened = open(Source::new("a.mbox", mailbox.into()), &Options { limits, ..Options::default() });
    assert_eq!((opened.inputs.len(), refused(&opened)), (2, vec!["R116 a.mbox#2".into(), "R116 a.mbox".into()]));
}

#[test]
fn attachments_do_not_make_a_message_too_long() {
    let limits = Limits { document: 2000, ..Limits::default() };
    let within = |name: &str, bytes: Vec<u8>| {
        let opened = open(Source::new(name, bytes), &Options { limits, ..Options::default() });
        (opened.inputs.len(), refused(&opened))
    };
    let photo = "/9j/".repeat(1000);
    let long = "Two people died in Talen on Wednesday. ".repeat(100);
    let parts = [(PLAIN, FIRST), (PHOTO, photo.as_bytes())];
    assert_eq!(within("m.eml", mixed("mixed", &parts)), (1, vec!["R114 m.eml".into()]));
    assert_eq!(within("m.eml", mixed("mixed", &[(PLAIN, long.as_bytes())])), (0, vec!["R104 m.eml".into()]));
    let page = [(HTML, FIRST), (PHOTO, photo.as_bytes())];
    assert_eq!(within("a.mhtml", mixed("related", &page)), (1, vec![]));
    assert_eq!(within("a.mhtml", mixed("related", &[(HTML, long.as_bytes())])), (0, vec!["R104 a.mhtml".into()]));
    let note = "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt";
    let parts = [(PLAIN, FIRST), (note, long.as_bytes())];
    assert_eq!(within("m.eml", mixed("mixed", &parts)), (1, vec!["R104 m.eml#1 a.txt".into()]));
}

#[test]
fn a_message_of_too_many_coded_parts_is_refused() {
    let part = ("Content-Type: image/png\r\ncontent-transfer-encoding: base64", &b"iVBORw=="[..]);
    let limits = Limits { entries: 3, ..Limits::default() };
    let within = |name: &str, n: usize| {
        let parts = [vec![(HTML, FIRST)], vec![part; n]].concat();
        let opened = open(Source::new(name, mixed("related", &parts)), &Options { limits, ..Options::default() });
        (opened.inputs.len(), refused(&opened))
    };
    assert_eq!(within("m.eml", 3), (1, vec!["R114 m.eml".into()]));
    assert_eq!(within("m.eml", 4), (0, vec!["R116 m.eml".into()]));
    assert_eq!((within("a.mhtml", 3), within("a.mhtml", 4)), ((1, vec![]), (0, vec!["R116 a.mhtml".into()])));
}
