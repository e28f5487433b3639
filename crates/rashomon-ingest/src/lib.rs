//! Here are bytes: what is the article?
//!
//! [`read::inputs`] walks files and folders, [`open`] takes archives, messages, feeds and tables apart; they give one [`Input`]
//! per article and one [`Refusal`] per thing left out. [`extract()`] turns an input into a [`Document`]: it decodes ([`decode`]), finds the article among page furniture
//! ([`html`], [`markdown`], [`plain`]), reads what the page says of itself (headline, byline, date, publisher, credits),
//! and fixes the canonical text once ([`canonical`]). [`codes`] explains every refusal and note.
//!
//! ```
//! use rashomon_ingest::{Input, MediaType, extract};
//! let page = b"Shells hit market in Talen\n\nThursday 04 March 2032 09:28 BST\n\nShells hit a market on Wednesday, residents said.";
//! let doc = extract(Input::new("talen.txt", MediaType::Plain, page.to_vec())).unwrap().value;
//! assert_eq!(doc.title.as_deref(), Some("Shells hit market in Talen"));
//! assert_eq!(doc.published.unwrap().edtf(), "2032-03-04");
//! ```

pub mod canonical;
pub mod codes;
pub mod decode;
pub mod html;
pub mod http;
pub mod limits;
pub mod markdown;
pub mod open;
pub mod pdf;
pub mod plain;
pub mod read;
pub mod refusal;
pub mod warc;

mod credits;
mod draft;
mod extract;
mod furniture;
mod language;
mod letterhead;
mod office;
mod stamp;
mod words;

pub use canonical::distinct;
pub use extract::{extract, extract_with};
pub use rashomon_model::Document;
pub use read::{Given, IngestError, Input, MediaType, Refusal, Share};
