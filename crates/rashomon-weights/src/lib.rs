//! What does the learned reader know? Its weights, as data; nothing is computed here.
//!
//! Opened by `rashomon_analyze::encoder::Encoder::load`, which checks the digest. Where they come from, what they were
//! trained on and how good they are: [`MODEL_CARD`]. A user's own file of the same format may take their place.

/// The reader: encoder, heads, linker and vocabulary in one `rashomon/weights/1` file.
pub static READER: &[u8] = include_bytes!("../data/reader.weights");

/// The judge of what the rules find, for reading fast: a `rashomon/judge/1` file for `rashomon_analyze::attribution::Judge`.
pub static JUDGE: &[u8] = include_bytes!("../data/judge.weights");

/// Where the weights come from: data, licences, date, commands, scores (Markdown).
pub static MODEL_CARD: &str = include_str!("../MODEL_CARD.md");
