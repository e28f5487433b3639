//! Fetching from a server of the test's own, on this machine by explicit allowance.

#![allow(clippy::unwrap_used)]

#[path = "support/server.rs"]
mod server;

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use rashomon_fetch::{FetchError, Fetched, Fetcher, Policy};
use server::Server;

/// A server that answers each question by a function of its first line, and how often that was asked before.
fn serve(answer: impl Fn(&str, usize) -> Vec<u8> + Send + 'static) -> (SocketAddr, Server) {
    let server = Server::raw(move |_, asked, before| answer(&asked.line, before));
    (server.at, server)
}

fn policy(at: SocketAddr) -> Policy {
    Policy {
        ports: vec![at.port()],
        allowed: vec![at.ip()],
        pause: Duration::from_millis(1),
        back_off: Duration::from_millis(1),
        time: Duration::from_secs(3),
        ..Policy::default()
    }
}

fn fetch(policy: Policy, at: SocketAddr, path: &str) -> Result<Fetched, FetchError> {
    Fetcher::new(policy).fetch(&format!("http://{at}{path}"))
}

const PAGE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<p>Two died in Talen";
const NONE: &[u8] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

#[test]
fn redirects_are_recorded_and_bytes_kept() {
    let (at, server) = serve(|line, _| match line {
        "GET /a HTTP/1.1" => b"HTTP/1.1 301 Moved\r\nLocation: b?c=1#d\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "GET /b?c=1 HTTP/1.1" | "GET /c%20d HTTP/1.1" => PAGE.to_vec(),
        "GET /blank HTTP/1.1" => b"HTTP/1.1 302 Found\r\nLocation: /c d\r\nContent-Length: 0\r\n\r\n".to_vec(),
        _ => NONE.to_vec(),
    });
    let fetched = fetch(policy(at), at, "/a").unwrap();
    let urls: Vec<&str> = fetched.exchanges.iter().map(|e| e.url.as_str()).collect();
    assert_eq!(urls, [format!("http://{at}/a"), format!("http://{at}/b?c=1")]);
    let last = fetched.answer().unwrap();
    assert_eq!((last.response.as_slice(), last.status, last.ip), (PAGE, 200, Some(at.ip())));
    assert_eq!(last.body(), b"<p>Two died in Talen");
    assert_eq!(last.request, server.asked().last().unwrap().head.as_bytes());
    assert!(last.time.ends_with('Z') && last.time.len() == 20, "{}", last.time);
    assert_eq!(fetched.robots.len(), 1);
    assert!(fetch(policy(at), at, "/blank").is_ok(), "a blank in the address of a redirect");
}

#[test]
fn robots_are_respected_unless_told_otherwise() {
    let make = || {
        serve(|line, _| match line {
            "GET /robots.txt HTTP/1.1" => {
                b"HTTP/1.1 200 OK\r\nContent-Length: 35\r\n\r\nUser-agent: *\nDisallow: /private/a\n".to_vec()
            }
            _ => PAGE.to_vec(),
        })
    };
    let (at, server) = make();
    assert!(matches!(fetch(policy(at), at, "/private/a"), Err(FetchError::Robots { .. })));
    assert_eq!(server.asked().len(), 1);
    assert!(fetch(policy(at), at, "/public").is_ok());
    assert!(fetch(Policy { ignore_robots: true, ..policy(at) }, at, "/private/a").is_ok());
    // Rules sent in chunks, one of which ends inside a word.
    let (at, _) = serve(|line, _| match line {
        "GET /robots.txt HTTP/1.1" => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
            12\r\nUser-agent: *\nDisa\r\nf\r\nllow: /private\n\r\n0\r\n\r\n"
            .to_vec(),
        _ => PAGE.to_vec(),
    });
    assert!(matches!(fetch(policy(at), at, "/private/a"), Err(FetchError::Robots { .. })));
    // Rules packed in a way nobody asked for cannot be read, and forbid.
    let (at, _) = serve(|line, _| match line {
        "GET /robots.txt HTTP/1.1" => {
            b"HTTP/1.1 200 OK\r\nContent-Encoding: BR\r\nContent-Length: 4\r\n\r\n\x0b\x01ab".to_vec()
        }
        _ => PAGE.to_vec(),
    });
    assert!(matches!(fetch(policy(at), at, "/a"), Err(FetchError::Robots { .. })));
    // A site at fault forbids; a site without the file does not.
    let (at, _) = serve(|line, _| match line {
        "GET /robots.txt HTTP/1.1" => b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".to_vec(),
        _ => PAGE.to_vec(),
    });
    assert!(matches!(fetch(policy(at), at, "/a"), Err(FetchError::Robots { .. })));
}

#[test]
fn busy_servers_are_asked_again_and_circles_end() {
    let (at, _) = serve(|line, n| match line {
        "GET /busy HTTP/1.1" if n < 2 => b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "GET /busy HTTP/1.1" => PAGE.to_vec(),
        "GET /dead HTTP/1.1" => b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "GET /circle HTTP/1.1" => b"HTTP/1.1 302 Found\r\nLocation: /circle\r\nContent-Length: 0\r\n\r\n".to_vec(),
        _ => NONE.to_vec(),
    });
    assert!(fetch(policy(at), at, "/busy").is_ok());
    assert!(matches!(fetch(policy(at), at, "/dead"), Err(FetchError::Status { status: 500, .. })));
    assert!(matches!(fetch(policy(at), at, "/none"), Err(FetchError::Status { status: 404, .. })));
    assert!(matches!(fetch(policy(at), at, "/circle"), Err(FetchError::Redirects { most: 5, .. })));
}

#[test]
fn large_slow_and_senseless_answers_end() {
    let (at, _) = serve(|line, _| match line {
        "GET /large HTTP/1.1" => [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'a'; 3 << 20]].concat(),
        "GET /short HTTP/1.1" => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".to_vec(),
        "GET /senseless HTTP/1.1" => b"SSH-2.0-x\r\n".to_vec(),
        "GET /endless HTTP/1.1" => [b"HTTP/1.1 200 OK\r\n".to_vec(), vec![b'a'; 1 << 20]].concat(),
        "GET /chunks HTTP/1.1" => {
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".to_vec()
        }
        "GET /cut HTTP/1.1" => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\nab".to_vec(),
        "GET /bare HTTP/1.1" => b"HTTP/1.1 200 OK\nContent-Length: 5\n\nab\n\nc".to_vec(),
        "GET /early HTTP/1.1" => [b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".as_slice(), PAGE].concat(),
        _ => NONE.to_vec(),
    });
    let policy = || Policy { most: 1 << 20, retries: 0, ignore_robots: true, ..policy(at) };
    assert!(matches!(fetch(policy(), at, "/large"), Err(FetchError::Answer { .. })));
    assert!(matches!(fetch(policy(), at, "/short"), Err(FetchError::Unreachable { .. })));
    assert!(matches!(fetch(policy(), at, "/senseless"), Err(FetchError::Answer { .. })));
    assert!(matches!(fetch(policy(), at, "/endless"), Err(FetchError::Answer { .. })));
    assert!(matches!(fetch(policy(), at, "/cut"), Err(FetchError::Unreachable { .. })));
    assert_eq!(fetch(policy(), at, "/chunks").unwrap().answer().unwrap().body(), b"3\r\nabc\r\n0\r\n\r\n");
    assert_eq!(fetch(policy(), at, "/bare").unwrap().answer().unwrap().body(), b"ab\n\nc");
    assert_eq!(fetch(policy(), at, "/early").unwrap().answer().unwrap().response, PAGE);
    // Nobody accepts: the question ends after its time.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = silent.local_addr().unwrap();
    let begun = Instant::now();
    let slow = Policy { time: Duration::from_millis(300), ports: vec![at.port()], ..policy() };
    assert!(matches!(fetch(slow, at, "/"), Err(FetchError::Unreachable { .. })));
    assert!(begun.elapsed() < Duration::from_secs(3));
}

#[test]
fn one_host_is_not_hurried() {
    let (at, _) = serve(|_, _| PAGE.to_vec());
    let policy = Policy { pause: Duration::from_millis(120), ignore_robots: true, ..policy(at) };
    let mut fetcher = Fetcher::new(policy);
    let begun = Instant::now();
    for _ in 0..3 {
        fetcher.fetch(&format!("http://{at}/")).unwrap();
    }
    assert!(begun.elapsed() >= Duration::from_millis(240));
}

#[test]
fn a_proxy_is_asked_instead() {
    let (at, server) = serve(|line, _| match line {
        "GET http://talen.example/a HTTP/1.1" => PAGE.to_vec(),
        _ => NONE.to_vec(),
    });
    let through = |proxy: String| Policy { proxy: Some(proxy), ignore_robots: true, retries: 0, ..Policy::default() };
    let fetched = Fetcher::new(through(format!("http://{at}"))).fetch("http://talen.example/a").unwrap();
    assert_eq!((fetched.answer().unwrap().ip, fetched.answer().unwrap().status), (None, 200));
    // An encrypted question is tunnelled; this proxy does not.
    let done = Fetcher::new(through(format!("http://{at}"))).fetch("https://talen.example/a");
    assert!(matches!(done, Err(FetchError::Unreachable { .. })), "{done:?}");
    assert!(server.asked().last().unwrap().line.starts_with("CONNECT talen.example:443 "));
    // What is no public address stays refused, proxy or not.
    let done = Fetcher::new(through(format!("http://{at}"))).fetch("http://127.0.0.1/");
    assert!(matches!(done, Err(FetchError::Refused { .. })), "{done:?}");
}

/// A server that gives a first word and then a byte at a time, for ever.
fn dripping(first: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            std::thread::spawn(move || {
                let mut going = stream.write_all(first);
                while going.is_ok() {
                    std::thread::sleep(Duration::from_millis(20));
                    going = stream.write_all(b"x");
                }
            });
        }
    });
    at
}

#[test]
fn no_step_outlasts_its_time() {
    let policy =
        |at: SocketAddr| Policy { time: Duration::from_millis(300), retries: 0, ignore_robots: true, ..policy(at) };
    // the first four bytes of a TLS record that promises 16,000 more; a proxy that never ends its head; an answer
    let handshake = dripping(&[0x16, 0x03, 0x03, 0x3e, 0x80]);
    let proxy = dripping(b"HTTP/1.1 200 ");
    let socks = dripping(&[5, 0, 5, 0, 0, 3, 255]);
    let answer = dripping(b"HTTP/1.1 200 OK\r\n\r\n");
    let through = |scheme: &str, at: SocketAddr| Policy { proxy: Some(format!("{scheme}://{at}")), ..policy(at) };
    for (what, policy, url) in [
        ("handshake", policy(handshake), format!("https://{handshake}/")),
        ("tunnel", through("http", proxy), "https://talen.example/".to_owned()),
        ("socks", through("socks5h", socks), "http://talen.example/".to_owned()),
        ("answer", policy(answer), format!("http://{answer}/")),
    ] {
        let begun = Instant::now();
        let done = Fetcher::new(policy).fetch(&url);
        assert!(matches!(done, Err(FetchError::Unreachable { .. })), "{what}: {done:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{what}: {:?}", begun.elapsed());
    }
}

#[test]
fn something_is_sent_once_and_only_where_it_was_meant_to_go() {
    let (at, server) = serve(|line, _| match line {
        "POST /stamp HTTP/1.1" => b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec(),
        "GET /kept HTTP/1.1" => b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec(),
        "POST /moved HTTP/1.1" | "GET /moved HTTP/1.1" => {
            b"HTTP/1.1 307 Moved\r\nLocation: /stamp\r\nContent-Length: 0\r\n\r\n".to_vec()
        }
        _ => b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".to_vec(),
    });
    let sent = rashomon_fetch::Sent { media: "application/x-a", accept: "application/x-b", body: b"abc" };
    let send = |path: &str| Fetcher::new(policy(at)).send(&format!("http://{at}{path}"), sent);
    assert_eq!(send("/stamp").unwrap().body(), b"ok");
    assert!(matches!(send("/moved"), Err(FetchError::Status { status: 307, .. })));
    assert!(matches!(send("/busy"), Err(FetchError::Status { status: 503, .. })));
    let get = |path: &str| Fetcher::new(policy(at)).get(&format!("http://{at}{path}"), "application/x-b");
    assert_eq!(get("/kept").unwrap().body(), b"ok");
    assert!(matches!(get("/moved"), Err(FetchError::Status { status: 307, .. })));
    let asked: Vec<String> = server.asked().into_iter().map(|question| question.head).collect();
    assert_eq!(asked.len(), 5, "no robots.txt, nothing followed, nothing again: {asked:?}");
    assert!(asked[3].contains("\r\nAccept: application/x-b\r\n") && !asked[3].contains("Content-"), "{asked:?}");
    assert!(asked[0].contains("\r\nContent-Type: application/x-a\r\nContent-Length: 3\r\n"), "{asked:?}");
    let elsewhere = Fetcher::new(Policy::default()).send(&format!("http://{at}/stamp"), sent);
    assert!(matches!(elsewhere, Err(FetchError::Refused { .. })), "{elsewhere:?}");
    let elsewhere = Fetcher::new(Policy::default()).get(&format!("http://{at}/kept"), "application/x-b");
    assert!(matches!(elsewhere, Err(FetchError::Refused { .. })), "{elsewhere:?}");
}
