//! How are the places kept? A flat file that is used where it lies.
//!
//! The file has a head and seven sections; nothing is parsed when it is opened, each record is decoded when it is asked
//! for. Places are sorted by (kind, id): continents, countries, divisions of first and second order, settlements, so that
//! a parent is always found among the first 65,535 records. All numbers are little-endian.
//!
//! | section | what |
//! |---|---|
//! | records | [`RECORD`] bytes each: id, latitude and longitude (1e-4 degrees), population, offset of the name, parent, country, kind, radius code |
//! | names | names to show, one after the other |
//! | fst | strong key → posting or list of postings |
//! | postings | u32: place (19 bits), primary (1 bit), plain tag (12 bits) |
//! | blocks | offsets of the blocks of other names, [`BLOCK`] places each |
//! | others | the blocks: deflated lines, one a place, names separated by tabs |

use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// Bytes of one record.
pub(crate) const RECORD: usize = 24;
/// Places to a block of other names.
pub(crate) const BLOCK: usize = 32;
/// First bytes of the file; the digit is the version of the format.
pub(crate) const MAGIC: &[u8; 8] = b"RSHGAZ01";
/// Number of sections.
pub(crate) const SECTIONS: usize = 6;

/// Kinds in file order; the code is the index.
pub(crate) const KINDS: [&str; 10] =
    ["continent", "sea", "region", "country", "admin1", "admin2", "city", "town", "village", "settlement"];

/// One record as decoded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Record {
    /// Number of the id (GeoNames number, or number of the region list with [`REGION_BIT`]).
    pub(crate) id: u32,
    /// Degrees north.
    pub(crate) latitude: f64,
    /// Degrees east.
    pub(crate) longitude: f64,
    /// Inhabitants, 0 if not recorded.
    pub(crate) population: u32,
    /// Index of the containing division, if any.
    pub(crate) parent: Option<u32>,
    /// Index of the country, if any.
    pub(crate) country: Option<u32>,
    /// Index into [`KINDS`].
    pub(crate) kind: u8,
    /// Radius in kilometres.
    pub(crate) radius_km: f64,
    /// Offset of the name.
    name: u32,
}

/// Bit of a record's id that marks a place of the project's own list of seas and regions.
pub(crate) const REGION_BIT: u32 = 1 << 31;

/// One posting: a place that bears the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    /// Index of the place.
    pub(crate) place: u32,
    /// Whether the name is the one shown.
    pub(crate) primary: bool,
    /// Twelve bits of the plain key.
    pub(crate) tag: u16,
}

impl Posting {
    /// As stored.
    pub(crate) fn pack(self) -> u32 {
        (self.place << 13) | (u32::from(self.primary) << 12) | u32::from(self.tag & 0xfff)
    }

    /// From storage.
    pub(crate) fn unpack(raw: u32) -> Self {
        Self { place: raw >> 13, primary: raw & 0x1000 != 0, tag: u16::try_from(raw & 0xfff).unwrap_or(0) }
    }
}

/// Radius of a code: half a kilometre, growing by a tenth a step.
pub(crate) fn radius_of(code: u8) -> f64 {
    static RADII: LazyLock<[f64; 256]> = LazyLock::new(|| {
        std::array::from_fn(|code| {
            let km = 0.5 * 1.1_f64.powi(i32::try_from(code).unwrap_or(0));
            (km * 10.0).round() / 10.0
        })
    });
    RADII.get(usize::from(code)).copied().unwrap_or(0.0)
}

/// Bytes of a file, embedded or made at run time.
#[derive(Clone)]
pub(crate) enum Bytes {
    /// Embedded in the binary.
    Embedded(&'static [u8]),
    /// Packed from a user's list.
    Made(Arc<[u8]>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Made(bytes) => bytes,
        }
    }
}

/// One section of a file.
#[derive(Clone)]
pub(crate) struct Section {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.bytes.as_ref().get(self.range.clone()).unwrap_or(&[])
    }
}

/// The file opened.
pub(crate) struct Table {
    records: Section,
    names: Section,
    map: fst::Map<Section>,
    postings: Section,
    blocks: Section,
    others: Section,
}

/// Reads a u32 at a byte offset; 0 past the end.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// Reads a u16 at a byte offset; 0 past the end.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

/// Reads a signed 24-bit number.
fn i24_at(bytes: &[u8], at: usize) -> i32 {
    let raw = bytes.get(at..at + 3).map_or([0; 3], |three| {
        let mut out = [0; 3];
        out.copy_from_slice(three);
        out
    });
    i32::from_le_bytes([0, raw[0], raw[1], raw[2]]) >> 8
}

impl Table {
    /// Opens the file: checks head and section lengths, reads nothing else. `None` if it is not such a file.
    pub(crate) fn open(bytes: &Bytes) -> Option<Self> {
        let file = bytes.as_ref();
        if file.get(..8)? != MAGIC {
            return None;
        }
        let mut start = 8 + 4 * SECTIONS;
        let mut sections = Vec::with_capacity(SECTIONS);
        for i in 0..SECTIONS {
            let length = u32_at(file, 8 + 4 * i) as usize;
            file.get(start..start + length)?;
            sections.push(Section { bytes: bytes.clone(), range: start..start + length });
            start += length;
        }
        let [records, names, map, postings, blocks, others] = <[Section; SECTIONS]>::try_from(sections).ok()?;
        Some(Self { records, names, map: fst::Map::new(map).ok()?, postings, blocks, others })
    }

    /// Number of places.
    pub(crate) fn len(&self) -> usize {
        self.records.as_ref().len() / RECORD
    }

    /// The record at an index.
    pub(crate) fn record(&self, index: u32) -> Option<Record> {
        let at = index as usize * RECORD;
        let r = self.records.as_ref().get(at..at + RECORD)?;
        let above = |raw: u16| (raw != 0).then(|| u32::from(raw) - 1);
        Some(Record {
            id: u32_at(r, 0),
            latitude: f64::from(i24_at(r, 4)) / 1e4,
            longitude: f64::from(i24_at(r, 7)) / 1e4,
            population: u32_at(r, 10),
            name: u32_at(r, 14),
            parent: above(u16_at(r, 18)),
            country: above(u16_at(r, 20)),
            kind: r[22],
            radius_km: radius_of(r[23]),
        })
    }

    /// The number at a byte offset of a record.
    fn field(&self, index: u32, at: usize) -> Option<u32> {
        let start = index as usize * RECORD;
        self.records.as_ref().get(start..start + RECORD).map(|record| u32_at(record, at))
    }

    /// The name to show.
    pub(crate) fn name(&self, index: u32) -> &str {
        let names = self.names.as_ref();
        let start = self.field(index, 14).map_or(0, |at| at as usize);
        let end = self.field(index + 1, 14).map_or(names.len(), |at| at as usize);
        names.get(start..end).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or("")
    }

    /// The other names, as spelt.
    pub(crate) fn others(&self, index: u32) -> Vec<String> {
        let block = index as usize / BLOCK;
        let start = u32_at(self.blocks.as_ref(), 4 * block) as usize;
        let end = u32_at(self.blocks.as_ref(), 4 * (block + 1)) as usize;
        let Some(bytes) = self.others.as_ref().get(start..end) else {
            return Vec::new();
        };
        let Ok(text) = miniz_oxide::inflate::decompress_to_vec_with_limit(bytes, 1 << 22) else {
            return Vec::new();
        };
        let Ok(text) = String::from_utf8(text) else {
            return Vec::new();
        };
        text.split('\n')
            .nth(index as usize % BLOCK)
            .unwrap_or("")
            .split('\t')
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The places that bear a strong key.
    pub(crate) fn bearing(&self, strong: &str) -> Vec<Posting> {
        self.map.get(strong.as_bytes()).map_or_else(Vec::new, |value| self.expand(value))
    }

    /// Whether some place bears the key, plainly.
    pub(crate) fn bears_plainly(&self, strong: &str, tag: u16) -> bool {
        self.bearing(strong).iter().any(|posting| posting.tag == tag)
    }

    /// Postings of a value of the map.
    pub(crate) fn expand(&self, value: u64) -> Vec<Posting> {
        let low = u32::try_from(value & 0xffff_ffff).unwrap_or(0);
        let count = u32::try_from(value >> 32).unwrap_or(0);
        if count == 0 {
            return vec![Posting::unpack(low)];
        }
        (low..low.saturating_add(count))
            .map(|i| Posting::unpack(u32_at(self.postings.as_ref(), 4 * i as usize)))
            .collect()
    }

    /// The map from strong keys, for walks other than an exact look-up.
    pub(crate) fn keys(&self) -> &fst::Map<Section> {
        &self.map
    }

    /// Index of the place with this number: a binary search in each kind's run (kinds are few).
    pub(crate) fn find(&self, id: u32) -> Option<u32> {
        let n = u32::try_from(self.len()).unwrap_or(0);
        let rank = |i: u32| {
            let start = i as usize * RECORD;
            let record = self.records.as_ref().get(start..start + RECORD);
            record.map_or((u8::MAX, 0), |r| (rank(r[22]), u32_at(r, 0)))
        };
        (0..=rank_max()).find_map(|kind| {
            let (mut low, mut high) = (0, n);
            while low < high {
                let middle = low + (high - low) / 2;
                if rank(middle) < (kind, id) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            (low < n && rank(low) == (kind, id)).then_some(low)
        })
    }
}

/// Sort rank of a kind: the settlements of all sizes stand together.
pub(crate) fn rank(kind: u8) -> u8 {
    kind.min(6)
}

/// Highest sort rank.
fn rank_max() -> u8 {
    6
}
