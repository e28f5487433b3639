//! Where do records begin, and how does reading go on behind damage?

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::record::Record;
use super::unpack::{Counted, Unpacked};
use crate::limits::Limits;

/// What is wrong, and where; reading goes on behind it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at byte {offset}: {reason}")]
pub struct WarcError {
    /// First byte of the record or member, in the file.
    pub offset: u64,
    /// Lower case, no full stop.
    pub reason: String,
}

/// Where the reader is.
#[derive(Debug)]
enum State<R: BufRead> {
    /// Before a record or a member.
    Between(Counted<R>),
    /// In a file that is not packed.
    Plain(Counted<R>),
    /// Inside a member.
    Member(Box<BufReader<Unpacked<R>>>),
    /// At the end, or after an error of the source itself.
    Done,
}

/// Streams records; an iterator.
#[derive(Debug)]
pub struct Reader<R: BufRead> {
    state: State<R>,
    limits: Limits,
    /// Bytes unpacked of the members that were left.
    left: u64,
}

impl<R: BufRead> Reader<R> {
    /// A reader with the usual caps.
    pub fn new(source: R) -> Self {
        Self::with(source, Limits::default())
    }

    /// A reader with these caps: blocks above [`Limits::document`] are cut, members packed above [`Limits::ratio`] given up, and
    /// reading ends where all members together have unpacked to more than [`Limits::unpacked`].
    pub fn with(source: R, limits: Limits) -> Self {
        Self { state: State::Between(Counted { inner: source, taken: 0, held: Vec::new() }), limits, left: 0 }
    }

    /// Bytes unpacked so far: heads, blocks kept and passed over, and what is no record; none where the file is not packed.
    #[must_use]
    pub fn unpacked(&self) -> u64 {
        self.left + if let State::Member(member) = &self.state { member.get_ref().out } else { 0 }
    }

    /// Opens what stands next; `false` at the end.
    fn enter(&mut self) -> Result<bool, WarcError> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Between(mut source) => {
                    let offset = source.taken;
                    let wrong = |error: io::Error| WarcError { offset, reason: error.to_string() };
                    match source.fill_buf().map_err(wrong)?.first() {
                        None => return Ok(false),
                        Some(0x1f) => {
                            let inner = GzDecoder::new(source);
                            let (before, limits) = (self.left, self.limits);
                            let member = Unpacked { inner, begun: offset, out: 0, before, limits };
                            self.state = State::Member(Box::new(BufReader::new(member)));
                        }
                        Some(_) => self.state = State::Plain(source),
                    }
                }
                State::Member(mut member) => match member.fill_buf() {
                    Ok([]) => {
                        self.left += member.get_ref().out;
                        self.state = State::Between(member.into_inner().inner.into_inner());
                    }
                    Ok(_) => {
                        self.state = State::Member(member);
                        return Ok(true);
                    }
                    Err(error) => {
                        let offset = member.get_ref().begun;
                        self.leave_damage(*member);
                        return Err(WarcError { offset, reason: format!("gzip member: {error}") });
                    }
                },
                State::Plain(mut source) => {
                    let offset = source.taken;
                    let empty =
                        source.fill_buf().map_err(|error| WarcError { offset, reason: error.to_string() })?.is_empty();
                    self.state = if empty { State::Done } else { State::Plain(source) };
                    return Ok(!empty);
                }
                State::Done => return Ok(false),
            }
        }
    }

    /// Behind a damaged member: goes to the next bytes that begin one.
    fn leave_damage(&mut self, member: BufReader<Unpacked<R>>) {
        let begun = member.get_ref().begun;
        self.left += member.get_ref().out;
        if self.left > self.limits.unpacked {
            return self.state = State::Done;
        }
        let mut source = member.into_inner().inner.into_inner();
        if source.taken == begun {
            source.consume(1);
        }
        // The third byte of a member (its method) is always 8.
        let begins = [0x1f, 0x8b, 8];
        let mut last = [0u8; 3];
        let mut byte = [0u8; 1];
        while last != begins {
            match source.read(&mut byte) {
                Ok(1) => last = [last[1], last[2], byte[0]],
                _ => return self.state = State::Done,
            }
        }
        let mut held = begins.to_vec();
        held.append(&mut source.held);
        source.held = held;
        source.taken -= 3;
        self.state = State::Between(source);
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record, WarcError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.enter() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
            match std::mem::replace(&mut self.state, State::Done) {
                State::Plain(mut source) => {
                    let offset = source.taken;
                    let read = Record::read(&mut source, &self.limits);
                    self.state = State::Plain(source);
                    match read {
                        Ok(None) => {}
                        Ok(Some(record)) => return Some(Ok(Record { offset, ..record })),
                        Err(reason) => return Some(Err(WarcError { offset, reason })),
                    }
                }
                State::Member(mut member) => {
                    let offset = member.get_ref().begun;
                    let read = Record::read(&mut *member, &self.limits);
                    match read {
                        Ok(None) => self.state = State::Member(member),
                        Ok(Some(record)) => {
                            self.state = State::Member(member);
                            return Some(Ok(Record { offset, ..record }));
                        }
                        Err(reason) => {
                            self.leave_damage(*member);
                            return Some(Err(WarcError { offset, reason }));
                        }
                    }
                }
                State::Between(_) | State::Done => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, Writer};
    use super::*;

    fn draft(n: u8) -> (String, Vec<u8>) {
        (format!("https://talen.example/{n}"), vec![b'a' + n; 2000 + usize::from(n)])
    }

    fn written(gzip: bool) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new(), gzip);
        for n in 0..3 {
            let (url, body) = draft(n);
            let record = Draft::new("resource", "2032-03-04T09:28:00Z").target(&url).body("text/plain", &body);
            writer.write(&record).unwrap();
        }
        writer.into_inner()
    }

    fn targets(bytes: &[u8]) -> Vec<String> {
        Reader::new(bytes).map(|r| r.map_or_else(|e| format!("{e}"), |r| r.target().unwrap().to_owned())).collect()
    }

    #[test]
    fn reads_what_was_written_and_tells_where() {
        for gzip in [true, false] {
            let bytes = written(gzip);
            let records: Vec<Record> = Reader::new(bytes.as_slice()).map(Result::unwrap).collect();
            assert_eq!(records.len(), 3);
            for (n, record) in (0..).zip(&records) {
                let (url, body) = draft(n);
                assert_eq!((record.target(), &record.body), (Some(url.as_str()), &body));
                assert!(!record.cut && record.passed_over == 0);
                let at = usize::try_from(record.offset).unwrap();
                assert_eq!(Reader::new(&bytes[at..]).next().unwrap().unwrap().target(), Some(url.as_str()));
            }
        }
        // All records in one member, and bare line feeds.
        use std::io::Write as _;
        let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        pack.write_all(&written(false)).unwrap();
        assert_eq!(targets(&pack.finish().unwrap()).len(), 3);
        assert_eq!(targets(b"WARC/1.0\nWARC-Target-URI: <a>\nContent-Length: 1\n\nx\n\n"), ["a"]);
    }

    #[test]
    fn goes_on_behind_damage() {
        let mut bytes = written(true);
        let second = usize::try_from(Reader::new(bytes.as_slice()).nth(1).unwrap().unwrap().offset).unwrap();
        bytes[second + 20..second + 60].fill(0xff);
        let read = targets(&bytes);
        assert!(read.contains(&draft(0).0) && read.contains(&draft(2).0), "{read:?}");
        assert!(read.iter().any(|line| line.starts_with(&format!("at byte {second}"))), "{read:?}");
        let mut plain = b"rubbish\n".to_vec();
        plain.extend(written(false));
        assert_eq!(Reader::new(plain.as_slice()).next().unwrap().unwrap().passed_over, 8);
        // Cut short anywhere: no panic, and the whole records before the cut are there.
        for gzip in [true, false] {
            let whole = written(gzip);
            for end in (0..whole.len()).step_by(37) {
                let _ = targets(&whole[..end]);
            }
        }
    }

    #[test]
    fn bombs_end_early() {
        let mut writer = Writer::new(Vec::new(), true);
        writer.write(&Draft::new("resource", "d").body("text/plain", &vec![0; 4 << 20])).unwrap();
        writer.write(&Draft::new("resource", "d").target("b").body("text/plain", b"after")).unwrap();
        let bytes = writer.into_inner();
        let all: Vec<_> = Reader::new(bytes.as_slice()).collect();
        assert!(all[0].as_ref().is_err_and(|e| e.reason.contains("200 to 1")), "{:?}", all[0]);
        assert_eq!(all.last().unwrap().as_ref().unwrap().target(), Some("b"));
    }
}
