//! Addresses that lead into this machine or its network: none is ever connected to, however it is written, resolved or
//! redirected (methods.md G).

#![allow(clippy::unwrap_used)]

#[path = "support/server.rs"]
mod server;

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rashomon_fetch::connect::Network;
use rashomon_fetch::{FetchError, Fetcher, Policy};
use server::Server;

/// A network that answers names from a list, in turn, and notes every connection asked for.
#[derive(Clone, Default)]
struct Forged {
    answers: Arc<Mutex<VecDeque<Vec<&'static str>>>>,
    connected: Arc<Mutex<Vec<SocketAddr>>>,
    /// Where connections to the public number really go.
    server: Option<SocketAddr>,
}

impl Network for Forged {
    fn resolve(&self, _: &str, port: u16, _: Duration) -> io::Result<Vec<SocketAddr>> {
        let next = self.answers.lock().unwrap().pop_front().unwrap_or_default();
        Ok(next.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), port)).collect())
    }

    fn connect(&self, to: SocketAddr, _: Duration) -> io::Result<TcpStream> {
        self.connected.lock().unwrap().push(to);
        match self.server {
            Some(server) => TcpStream::connect(server),
            None => Err(io::Error::other("no network in this test")),
        }
    }
}

fn policy() -> Policy {
    Policy { pause: Duration::ZERO, back_off: Duration::ZERO, retries: 0, ..Policy::default() }
}

/// Addresses written so that some program reads a number of this machine or network out of them.
const WRITTEN: &[&str] = &[
    "http://127.0.0.1/",
    "http://127.0.0.1:80/",
    "https://127.8.8.8/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f000001/",
    "http://127.0.0.0x1/",
    "http://127.000.000.001/",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.254/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://198.18.0.1/",
    "http://203.0.113.5/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[100::1]/",
    "http://[5f00::1]/",
    "http://[2606:4700::5efe:127.0.0.1]/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://foo.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://intranet/",
    "http://127.0.0.1./",
    "http://\u{ff11}\u{ff12}\u{ff17}.0.0.1/",
    "http://127\u{3002}0\u{3002}0\u{3002}1/",
    "http://\u{2460}\u{2461}\u{2466}.0.0.1/",
    "http://user@talen.example/",
    "http://talen.example@127.0.0.1/",
    "http://127.0.0.1#@talen.example/",
    "http://127.0.0.1\\@talen.example/",
    "http://talen.example:22/",
    "http://talen.example:6379/",
    "http://talen.example:0/",
    "http://talen.example:99999/",
    "http://talen.example:+80/",
    "http://127.0.0.1%2f@talen.example/",
    "http://%31%32%37.0.0.1/",
    "http://talen.example\r\nHost: x/",
    "http:///etc/passwd",
    "file:///etc/passwd",
    "gopher://talen.example/",
    "ftp://talen.example/",
    "javascript:alert(1)",
];

#[test]
fn no_way_of_writing_it_leads_to_a_connection() {
    assert!(WRITTEN.len() >= 40);
    for url in WRITTEN {
        let network = Forged::default();
        // Whatever a resolver would say: it is not asked.
        network.answers.lock().unwrap().push_back(vec!["93.184.215.14"]);
        let done = Fetcher::on(policy(), Box::new(network.clone())).fetch(url);
        assert!(matches!(done, Err(FetchError::Refused { .. })), "{url}: {done:?}");
        assert_eq!(*network.connected.lock().unwrap(), [], "{url}");
        assert_eq!(network.answers.lock().unwrap().len(), 1, "{url} was resolved");
    }
}

#[test]
fn names_that_stand_for_such_numbers_are_refused() {
    let answers: &[&[&str]] = &[
        &["127.0.0.1"],
        &["10.1.2.3"],
        &["169.254.169.254"],
        &["::1"],
        &["::ffff:10.0.0.1"],
        &["64:ff9b::a00:1"],
        &["fd12::1"],
        // One public number beside it does not help.
        &["93.184.215.14", "192.168.0.1"],
        &["192.168.0.1", "93.184.215.14"],
        &["2606:4700::1111", "fe80::1"],
    ];
    for answer in answers {
        for ignore_robots in [true, false] {
            let network = Forged::default();
            network.answers.lock().unwrap().extend([answer.to_vec(), answer.to_vec()]);
            let policy = Policy { ignore_robots, ..policy() };
            let done = Fetcher::on(policy, Box::new(network.clone())).fetch("http://talen.example/");
            assert!(matches!(done, Err(FetchError::Refused { .. })), "{answer:?}: {done:?}");
            assert_eq!(*network.connected.lock().unwrap(), [], "{answer:?}");
        }
    }
}

/// A server that gives every question this answer.
fn serve(answer: String) -> SocketAddr {
    Server::raw(move |_, _, _| answer.clone().into_bytes()).at
}

#[test]
fn a_public_server_cannot_lead_inside() {
    let inside = [
        "http://127.0.0.1/",
        "http://[::1]/",
        "//169.254.169.254/latest",
        "http://0x7f.1/",
        "http://10.0.0.1:80/",
        "http://localhost/",
        "https://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
        "http://user:pass@talen.example/",
        "http://talen.example:8080/",
    ];
    for location in inside {
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        let network = Forged { server: Some(serve(answer)), ..Forged::default() };
        network.answers.lock().unwrap().push_back(vec!["93.184.215.14"]);
        let policy = Policy { ignore_robots: true, ..policy() };
        let done = Fetcher::on(policy, Box::new(network.clone())).fetch("http://talen.example/");
        assert!(matches!(done, Err(FetchError::Refused { .. })), "{location}: {done:?}");
        assert_eq!(*network.connected.lock().unwrap(), ["93.184.215.14:80".parse().unwrap()], "{location}");
    }
    // A robots.txt is no way in either.
    let answer = "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n".to_owned();
    let network = Forged { server: Some(serve(answer)), ..Forged::default() };
    network.answers.lock().unwrap().push_back(vec!["93.184.215.14"]);
    let done = Fetcher::on(policy(), Box::new(network.clone())).fetch("http://talen.example/");
    assert!(matches!(done, Err(FetchError::Refused { .. })), "{done:?}");
    assert_eq!(network.connected.lock().unwrap().len(), 1);
}

#[test]
fn a_name_that_changes_its_meaning_gains_nothing() {
    // Public when first asked, this machine when asked again: each hop is resolved, checked and connected to in one.
    let answer = "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n".to_owned();
    let network = Forged { server: Some(serve(answer)), ..Forged::default() };
    network.answers.lock().unwrap().extend([vec!["93.184.215.14"], vec!["127.0.0.1"]]);
    let policy = Policy { ignore_robots: true, ..policy() };
    let done = Fetcher::on(policy, Box::new(network.clone())).fetch("http://talen.example/");
    assert!(matches!(done, Err(FetchError::Refused { .. })), "{done:?}");
    assert_eq!(*network.connected.lock().unwrap(), ["93.184.215.14:80".parse().unwrap()]);
}
