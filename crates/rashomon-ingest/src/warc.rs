//! What was asked and what was answered, byte for byte? Web archives in the WARC 1.0 and 1.1 format, read and written.
//!
//! [`Reader`] streams records from plain or gzipped files (one member a record, as the standard wants, or all in one), with the
//! place of each, and goes on behind damage. [`Writer`] writes one member a record, so that a record can be fetched by its
//! place alone (as WACZ indexes do).
//!
//! Source: ISO 28500:2017, "WARC File Format 1.1" (iipc.github.io/warc-specifications).
//!
//! ```
//! use rashomon_ingest::warc::{Draft, Reader, Writer};
//! let mut writer = Writer::new(Vec::new(), true);
//! let kept = Draft::new("resource", "2032-03-04T09:28:00Z").target("https://talen.example/a").body("text/plain", b"Shells hit Talen.");
//! let id = writer.write(&kept).unwrap().id;
//! let bytes = writer.into_inner();
//! let record = Reader::new(bytes.as_slice()).next().unwrap().unwrap();
//! assert_eq!((record.id(), record.target(), record.body.as_slice()), (Some(id.as_str()), Some("https://talen.example/a"), &b"Shells hit Talen."[..]));
//! ```

mod reader;
mod record;
mod unpack;
mod writer;

pub use reader::{Reader, WarcError};
pub use record::Record;
pub use writer::{Draft, Placed, Writer};
