//! What does a Bitcoin block header show, without the chain? Its Merkle root, its time, and the work somebody put into it.
//!
//! A header is 80 bytes: version, hash of the block before, Merkle root, time, target, nonce. Its hash (SHA-256 twice) must not
//! be above the target, which takes work to find. That is checked here, and all that can be: whether the block is in the chain,
//! and at which height, is known to who has the chain. What a header proves is said in `docs/integrity.md`.
//!
//! ```
//! use rashomon_store::anchor::Header;
//! // the first block
//! let header = concat!(
//!     "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc388",
//!     "8a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
//! );
//! let header = Header::read(header.as_bytes()).unwrap().remove(0);
//! assert_eq!((header.work().unwrap(), header.time().as_str()), (32, "2009-01-03T18:15:05Z"));
//! assert_eq!(header.name(), "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
//! ```

use super::digest_of;
use crate::hex;
use crate::log::merkle::Hash;

/// Bytes of a header.
const LENGTH: usize = 80;
/// The easiest target Bitcoin ever had, with which it began (`chainparams.cpp`, `powLimit`; `0x1d00ffff` in its compact form).
const EASIEST: Hash = {
    let mut target = [0; 32];
    target[4] = 0xff;
    target[5] = 0xff;
    target
};
/// From when on no block took so few hashes, as a power of two: at most half of what the easiest target since then takes. Targets
/// are those of Electrum's list of checkpoints (`electrum/chains/checkpoints.json` at 309b2a9: one of every fortnight to the autumn of
/// 2024), read by years: difficulty 4.1·10^10 in 2015, 1.0·10^11, 3.2·10^11, 1.9·10^12, 5.1·10^12 in 2019, 1.4·10^13 in 2020 and again
/// in 2021, 2.4·10^13 in 2022, 7.0·10^13 in 2024, times 2^32 hashes. What comes after is not in it: there a sixteenth of 2024 will do.
const LEAST: [(u32, u32); 9] = [
    (1_420_070_400, 66), // 2015
    (1_451_606_400, 67),
    (1_483_228_800, 69),
    (1_514_764_800, 71),
    (1_546_300_800, 73),
    (1_577_836_800, 74), // 2020
    (1_640_995_200, 75), // 2022
    (1_704_067_200, 76), // 2024
    (1_735_689_600, 74), // 2025
];

/// A block header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header([u8; LENGTH]);

impl Header {
    /// Headers as 80 bytes, or as hexadecimal, one a line (`bitcoin-cli getblockheader HASH false`).
    ///
    /// # Errors
    /// Why it is none: lower case, no full stop.
    pub fn read(given: &[u8]) -> Result<Vec<Self>, String> {
        if let Ok(bytes) = given.try_into() {
            return Ok(vec![Self(bytes)]);
        }
        let text = std::str::from_utf8(given).unwrap_or("");
        let line = |line: &str| {
            let bytes = hex::bytes(&line.to_ascii_lowercase()).and_then(|bytes| bytes.try_into().ok());
            bytes.map(Self).ok_or("no block header: that is 80 bytes, or 160 hexadecimal digits".to_owned())
        };
        let lines = text.split_whitespace().map(line).collect::<Result<Vec<_>, _>>()?;
        if lines.is_empty() { Err("no block header in it".to_owned()) } else { Ok(lines) }
    }

    fn part<const N: usize>(&self, at: usize) -> [u8; N] {
        self.0.get(at..at + N).and_then(|part| part.try_into().ok()).unwrap_or([0; N])
    }

    /// The Merkle root of the block's transactions, in the order of bytes it is hashed in.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.part(36)
    }

    /// The time it states (RFC 3339, UTC): by Bitcoin's rules at most two hours ahead, and not much behind.
    #[must_use]
    pub fn time(&self) -> String {
        let seconds = u32::from_le_bytes(self.part(68));
        jiff::Timestamp::from_second(seconds.into()).map_or_else(|_| String::new(), |time| time.to_string())
    }

    /// The hash of the header, highest byte first.
    fn hash(&self) -> Hash {
        let mut hash = digest_of(&digest_of(&self.0));
        hash.reverse();
        hash
    }

    /// The hash of the block, as it is usually written.
    #[must_use]
    pub fn name(&self) -> String {
        hex::text(&self.hash())
    }

    /// How many hashes a header like this takes on average, as the power of two below.
    ///
    /// # Errors
    /// Why nobody has put that work into it: lower case, no full stop.
    pub fn work(&self) -> Result<u32, &'static str> {
        let bits = u32::from_le_bytes(self.part(72));
        let target = target(bits).ok_or("its target is none")?;
        if target > EASIEST {
            return Err("its target is easier than any Bitcoin had");
        }
        if self.hash() > target {
            return Err("its hash does not meet its own target: nobody has put the work into it");
        }
        // 2^256 / (target + 1): as many bits as the target has zeros before it
        let zeros: u32 = target.iter().take_while(|byte| **byte == 0).count().try_into().unwrap_or(0);
        let first = target.iter().find(|byte| **byte != 0).copied().unwrap_or(0xff);
        let work = zeros * 8 + first.leading_zeros();
        let time = u32::from_le_bytes(self.part(68));
        if LEAST.iter().rfind(|(since, _)| time >= *since).is_some_and(|(_, least)| work < *least) {
            return Err(
                "it took less work than any block of Bitcoin at the time it states: it is forged, or of another chain",
            );
        }
        Ok(work)
    }
}

/// A target from its compact form: three digits to the base 256 and the place of the first.
fn target(bits: u32) -> Option<Hash> {
    let [exponent, high, middle, low] = bits.to_be_bytes();
    let mut target = [0u8; 32];
    for (digit, place) in [high, middle, low].into_iter().zip(1..) {
        // place 1 is that of the highest of `exponent` digits
        let at = 32i32 + place - 1 - i32::from(exponent);
        match usize::try_from(at).ok().and_then(|at| target.get_mut(at)) {
            Some(slot) => *slot = digit,
            None if at < 0 && digit != 0 => return None, // too large
            None => {}
        }
    }
    // a negative number, and nothing
    (high < 0x80 && target != [0; 32]).then_some(target)
}

/// A Merkle root as it is usually written: the other way round.
#[must_use]
pub fn shown(root: &[u8]) -> String {
    let reversed: Vec<u8> = root.iter().rev().copied().collect();
    hex::text(&reversed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Block 358391, the one the reference's first example ends in.
    const BLOCK: &str = "02000000b96394585a281b7e5f438fd1c9ed492645a1fd61cb3802040000000000000000007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a1e376755f58616186272def6";

    #[test]
    fn a_real_header_bears_its_work_and_no_other_does() {
        let header = Header::read(BLOCK.as_bytes()).unwrap()[0];
        assert_eq!(header.name(), "000000000000000003e892881a8cdcdc117c06d444057c98b6f04a9ee75a2319");
        assert_eq!(shown(&header.root()), "8a1b66ecb7cbd07d8139a7e7d7f2c41aab1f5009b8364aaf61d03ad245e47e00");
        assert_eq!((header.time().as_str(), header.work()), ("2015-05-28T15:41:18Z", Ok(67)));
        for n in 0..LENGTH {
            let mut other = header;
            other.0[n] ^= 1;
            assert!(other.work().is_err(), "byte {n}");
        }
    }

    #[test]
    fn cheap_headers_are_refused() {
        let mut header = Header::read(BLOCK.as_bytes()).unwrap()[0];
        // the target of a test network: half of all hashes meet it
        header.0[72..76].copy_from_slice(&0x207f_ffffu32.to_le_bytes());
        assert_eq!(header.work(), Err("its target is easier than any Bitcoin had"));
        for bits in [0u32, 0x1d80_ffff, 0xff12_3456, 0x0100_0000] {
            header.0[72..76].copy_from_slice(&bits.to_le_bytes());
            assert!(header.work().is_err(), "{bits:x}");
        }
        assert!(LEAST.windows(2).all(|pair| pair[0].0 < pair[1].0));
        // what was hard enough at the time
        let first = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
        assert_eq!(Header::read(first.as_bytes()).unwrap()[0].work(), Ok(32));
    }

    #[test]
    fn targets_are_read_as_bitcoin_does() {
        let shown = |bits| target(bits).map(|target| hex::text(&target));
        let whole = |digits: &str, zeros: usize| Some(format!("{:0>64}", format!("{digits}{}", "00".repeat(zeros))));
        assert_eq!((shown(0x1d00_ffff), target(0x1d00_ffff)), (whole("ffff", 26), Some(EASIEST)));
        assert_eq!(shown(0x1816_86f5), whole("1686f5", 21));
        assert_eq!(shown(0x0312_3456), whole("123456", 0));
        assert_eq!(shown(0x0212_3456), whole("1234", 0));
        assert_eq!(shown(0x2200_00ff), whole("ff", 31));
        assert_eq!((shown(0x2212_3456), shown(0x0380_0000), shown(0)), (None, None, None));
    }

    #[test]
    fn headers_are_bytes_or_digits() {
        let header = Header::read(BLOCK.as_bytes()).unwrap()[0];
        assert_eq!(Header::read(&header.0), Ok(vec![header]));
        assert_eq!(Header::read(format!("{BLOCK}\n{}\n", BLOCK.to_uppercase()).as_bytes()), Ok(vec![header, header]));
        for bad in [&b""[..], b"\n", b"00", &header.0[1..], &BLOCK.as_bytes()[1..], &[0xff; 79]] {
            assert!(Header::read(bad).is_err());
        }
    }
}
