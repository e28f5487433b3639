//! What is packed in this gzip file? Member by member; zeros behind the last are padding, as for gzip(1).

use std::io::Read;

use flate2::bufread::GzDecoder;

/// Reads what all members unpack to.
pub(super) struct Members<'a>(GzDecoder<&'a [u8]>);

impl<'a> Members<'a> {
    /// The members of a file.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(GzDecoder::new(bytes))
    }
}

impl Read for Members<'_> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let n = self.0.read(room)?;
            let rest = *self.0.get_ref();
            if n > 0 || room.is_empty() || rest.iter().all(|b| *b == 0) {
                return Ok(n);
            }
            self.0 = GzDecoder::new(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn zeros_behind_the_last_member_are_padding() {
        let packed = |text: &[u8]| {
            let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            pack.write_all(text).unwrap();
            pack.finish().unwrap()
        };
        let read = |bytes: &[u8]| {
            let mut out = String::new();
            Members::new(bytes).read_to_string(&mut out).map(|_| out).map_err(|error| error.to_string())
        };
        let two = [packed(b"Shells hit "), packed(b""), packed(b"Talen.")].concat();
        assert_eq!(read(&two).unwrap(), "Shells hit Talen.");
        assert_eq!(read(&[two.as_slice(), &[0; 700]].concat()).unwrap(), "Shells hit Talen.");
        assert!(read(&[two.as_slice(), b"\0\0rest"].concat()).is_err());
        assert!(read(&two[..two.len() - 3]).is_err());
    }
}
