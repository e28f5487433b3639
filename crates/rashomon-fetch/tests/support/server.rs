//! A server of a test's own, on this machine: answers by a function, notes what it was asked. The tests of the program, which
//! fetch as well, read this file too.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

/// A question as written: its first line, its head, its body.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) line: String,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// An answer: status, fields of the head, body.
pub(crate) type Answered = (u16, String, Vec<u8>);

/// A listener, for as long as the test runs.
pub(crate) struct Server {
    pub(crate) at: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers as a server should.
    pub(crate) fn new(answer: impl Fn(SocketAddr, &Asked) -> Answered + Send + 'static) -> Self {
        Self::raw(move |at, question, _| {
            let (status, fields, body) = answer(at, question);
            let head = format!("HTTP/1.1 {status} So\r\nContent-Length: {}\r\n{fields}\r\n", body.len());
            [head.as_bytes(), &body].concat()
        })
    }

    /// Answers with these bytes, whatever they are; told how often the same first line was asked before.
    pub(crate) fn raw(answer: impl Fn(SocketAddr, &Asked, usize) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let noted = asked.clone();
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let mut head = Vec::new();
                let mut byte = [0u8; 1];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n > 0) {
                    head.push(byte[0]);
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let lower = head.to_lowercase();
                let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
                let mut body = vec![0u8; length.unwrap_or(0)];
                stream.read_exact(&mut body).unwrap();
                let question = Asked { line: head.lines().next().unwrap_or("").to_owned(), head, body };
                let before = noted.lock().unwrap().iter().filter(|other| other.line == question.line).count();
                noted.lock().unwrap().push(question.clone());
                let _ = stream.write_all(&answer(at, &question, before));
            }
        });
        Self { at, asked }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.at)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}
