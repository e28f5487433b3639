//! What does a learned reader see in a text? Attributions, names and parts of speech, from one small network.
//!
//! [`Encoder::load`] opens a weight file (the shipped one is `rashomon_weights::READER`), [`Encoder::read`] reads a text.
//! One MiniLM-L6 encoder looks at windows of whole paragraphs; its heads label every word flat (source, cue, content,
//! names, part of speech), and the *linker* then looks at the window once more from every cue: which words are its
//! source, which its content? So split contents, shared sources and relations without a source come out as they are.
//!
//! The result does not depend on the machine, on the number of texts read before, or on anything but text, spans and
//! weights (see `kernel` for how). It is a pure function, runs on one thread, and takes time linear in the text.
//!
//! ```no_run
//! # fn weights() -> &'static [u8] { &[] }
//! use rashomon_analyze::encoder::Encoder;
//! use rashomon_model::span::Span;
//!
//! let encoder = Encoder::load(weights()).expect("the shipped weights are whole");
//! let text = "The ministry said the bridge was hit.";
//! let all = [Span::from_usize(0, text.len())];
//! for relation in encoder.read(text, &all, &all).relations {
//!     println!("{:?} says {:?}", relation.source, relation.content);
//! }
//! ```

mod arithmetic;
mod attention;
mod decode;
mod engine;
mod kernel;
mod layers;
mod network;
mod weights;
mod window;
mod wordpiece;

#[cfg(test)]
mod tests;

use rashomon_model::span::Span;

use arithmetic::softmax;
use network::{Network, ROLES, Relation as View, Scratch, TAGS};
pub use weights::WeightError;
use window::{WINDOW, Window};
use wordpiece::{Tokens, Vocabulary};

/// Flat tags of a cue's first and further words.
const CUE: (usize, usize) = (3, 4);
/// Roles as the linker numbers them.
const SOURCE: usize = 1;
const CONTENT: usize = 2;

/// One attribution as the network sees it; spans sorted, in bytes of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Who says it; empty if elided or not named.
    pub source: Vec<Span>,
    /// The words that attribute; never empty.
    pub cue: Vec<Span>,
    /// What is attributed; never empty.
    pub content: Vec<Span>,
    /// Mean probability of the labels chosen for cue and content, 0..=1.
    pub score: f32,
}

/// What a name names, over all schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation of any sort: bodies of state, parties, armed groups, outlets.
    Organisation,
    /// A place with a name.
    Place,
    /// A building or installation.
    Facility,
    /// A nationality, people or religion.
    Nationality,
    /// A weapon, munition, or military vehicle or vessel.
    Weapon,
    /// A product or vehicle.
    Product,
    /// A named event.
    Event,
    /// A law, treaty, document or work.
    Document,
    /// A date or time.
    Time,
    /// A number, share, measure or sum of money.
    Quantity,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Extent.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
    /// Mean probability of its labels, 0..=1.
    pub score: f32,
}

/// A name as one annotation scheme labels it (`news`, `re3d`, `crossner`, `uner`), for measuring on that scheme's set.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// Extent.
    pub span: Span,
    /// The scheme's own label, e.g. `MilitaryPlatform`.
    pub label: String,
    /// Mean probability of its labels, 0..=1.
    pub score: f32,
}

/// A word or punctuation mark with its part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Extent; "U.S." is four of these.
    pub span: Span,
    /// Universal part of speech, e.g. `VERB`.
    pub pos: &'static str,
}

/// What was read in one text; every list in text order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// Attributions, by cue.
    pub relations: Vec<Relation>,
    /// Names: those of the `news` scheme, and weapons and bodies only `re3d` knows.
    pub names: Vec<Name>,
    /// The same text under every scheme, in the weight file's order.
    pub schemes: Vec<(String, Vec<Labelled>)>,
    /// Words and marks.
    pub words: Vec<Word>,
}

/// A loaded network.
pub struct Encoder {
    network: Network,
    vocabulary: Vocabulary,
    name: String,
    sha256: String,
    schemes: Vec<(String, Vec<String>)>,
    upos: Vec<&'static str>,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encoder").field("name", &self.name).field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

const UPOS: [&str; 17] = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
];

impl Encoder {
    /// Opens a weight file held in memory.
    ///
    /// # Errors
    /// If it is no weight file, its digest does not fit, or a tensor is missing or misshapen.
    pub fn load(bytes: &[u8]) -> Result<Self, WeightError> {
        let file = weights::File::open(bytes)?;
        let upos = file.header.upos.iter().map(|tag| UPOS.iter().copied().find(|t| t == tag).unwrap_or("X")).collect();
        Ok(Self {
            network: Network::load(&file)?,
            vocabulary: Vocabulary::new(file.vocabulary()?),
            name: file.header.name.clone(),
            sha256: file.sha256.clone(),
            schemes: file.header.names.clone(),
            upos,
        })
    }

    /// The model's name with its version, e.g. `reader-minilm-l6-1`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the weight file up to its digest, in hexadecimal: what the file itself carries at its end.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Reads a text. `sentences` and `paragraphs` are sorted and do not overlap; words outside every paragraph are
    /// not read. No relation or name runs over the end of a window (192 wordpieces, about 140 words).
    #[must_use]
    pub fn read(&self, text: &str, sentences: &[Span], paragraphs: &[Span]) -> Reading {
        let tokens = wordpiece::tokens(text, sentences, paragraphs, &self.vocabulary);
        let mut scratch = Scratch::default();
        let mut out = Reading {
            schemes: self.schemes.iter().map(|(s, _)| (s.clone(), Vec::new())).collect(),
            ..Reading::default()
        };
        for window in window::windows(&tokens, WINDOW) {
            let input = window::input(&tokens, window);
            let words = self.network.words(&input, &mut scratch);
            self.read_window(&tokens, window, &words, &mut scratch, &mut out);
        }
        out.names = product_names(&out.schemes);
        out
    }

    fn read_window(&self, tokens: &Tokens, window: Window, words: &[f32], scratch: &mut Scratch, out: &mut Reading) {
        let list = &tokens.list[window.from..window.to];
        let scores = self.network.heads(words, scratch);
        let width = self.network.n_heads();
        let column = |from: usize, n: usize| -> Vec<f32> {
            scores.chunks_exact(width).flat_map(|row| row[from..from + n].iter().copied()).collect()
        };
        let tags = column(0, TAGS);
        self.relations(tokens, window, words, &tags, scratch, out);
        let n_upos = self.upos.len();
        for (token, row) in list.iter().zip(column(TAGS, n_upos).chunks_exact(n_upos.max(1))) {
            out.words.push(Word { span: token.span, pos: self.upos.get(top(row)).copied().unwrap_or("X") });
        }
        let breaks: Vec<bool> = (0..list.len()).map(|i| i > 0 && list[i].paragraph != list[i - 1].paragraph).collect();
        let mut from = TAGS + n_upos;
        for ((_, kinds), (_, found)) in self.schemes.iter().zip(&mut out.schemes) {
            let n = 1 + 2 * kinds.len();
            let rows = column(from, n);
            from += n;
            let labels: Vec<usize> = rows.chunks_exact(n).map(top).collect();
            for (a, b, kind) in decode::bio(&labels, &breaks) {
                let sure: f32 = (a..b).map(|i| softmax(&rows[i * n..(i + 1) * n])[labels[i]]).sum();
                found.push(Labelled {
                    span: list[a].span.cover(list[b - 1].span),
                    label: kinds[kind].clone(),
                    score: sure / (b - a) as f32,
                });
            }
        }
    }

    fn relations(
        &self,
        tokens: &Tokens,
        window: Window,
        words: &[f32],
        tags: &[f32],
        scratch: &mut Scratch,
        out: &mut Reading,
    ) {
        let list = &tokens.list[window.from..window.to];
        let labels = decode::viterbi(tags, &self.network.tag_chain);
        let cues = decode::runs(&labels, CUE.0, CUE.1);
        if cues.is_empty() {
            return;
        }
        let likely: Vec<[f32; TAGS]> =
            tags.chunks_exact(TAGS).map(|row| softmax(row).try_into().unwrap_or([0.0; TAGS])).collect();
        let seen = self.network.link_words(words, &likely, scratch);
        let starts: Vec<usize> = (0..list.len())
            .scan(0usize, |n, i| {
                *n += usize::from(cues.iter().any(|c| c.0 == i));
                Some(*n)
            })
            .collect();
        for &(a, b) in &cues {
            let mut mean = vec![0f32; network::D];
            for word in words[a * network::D..b * network::D].chunks_exact(network::D) {
                for (m, w) in mean.iter_mut().zip(word) {
                    *m += w;
                }
            }
            for m in &mut mean {
                *m /= (b - a) as f32;
            }
            let views: Vec<View> = (0..list.len()).map(|i| view(tokens, window, &starts, (a, b), i)).collect();
            let scores = self.network.link(&seen, &mean, &views, scratch);
            let roles = decode::viterbi(&scores, &self.network.pair_chain);
            let pieces = |role: usize| spans(tokens, window, &roles, role);
            let content = pieces(CONTENT);
            if content.is_empty() {
                continue;
            }
            let (mut sure, mut n) = (0.0, 0);
            for (role, row) in roles.iter().zip(scores.chunks_exact(ROLES)) {
                if *role == CONTENT {
                    sure += softmax(row)[CONTENT];
                    n += 1;
                }
            }
            let cue_sure: f32 = likely[a..b].iter().map(|p| p[CUE.0] + p[CUE.1]).sum::<f32>() / (b - a) as f32;
            out.relations.push(Relation {
                source: pieces(SOURCE),
                cue: vec![list[a].span.cover(list[b - 1].span)],
                content,
                score: 0.5 * (cue_sure + sure / n as f32),
            });
        }
    }
}

/// How token `i` of the window lies to the cue.
fn view(tokens: &Tokens, window: Window, starts: &[usize], cue: (usize, usize), i: usize) -> View {
    let list = &tokens.list[window.from..window.to];
    let signed = |n: usize| isize::try_from(n).unwrap_or(isize::MAX);
    let distance = if i < cue.0 {
        signed(i) - signed(cue.0)
    } else if i >= cue.1 {
        signed(i) - signed(cue.1) + 1
    } else {
        0
    };
    let cut = |n: isize, reach: isize| i8::try_from(n.clamp(-reach, reach)).unwrap_or(0);
    let paragraphs = i64::from(list[i].paragraph) - i64::from(list[cue.0].paragraph);
    let (here, mine) = (signed(starts[i]), signed(starts[cue.0]));
    let between = if distance >= 0 { cut(here - mine, 4).max(0) } else { -cut(mine - 1 - here, 4).max(0) };
    View { distance, paragraphs: i8::try_from(paragraphs.clamp(-2, 2)).unwrap_or(0), between }
}

/// Spans of the tokens with this role; neighbours in one paragraph join.
fn spans(tokens: &Tokens, window: Window, roles: &[usize], role: usize) -> Vec<Span> {
    let list = &tokens.list[window.from..window.to];
    let mut out: Vec<Span> = Vec::new();
    for (i, token) in list.iter().enumerate() {
        if roles[i] != role {
            continue;
        }
        let joins = i > 0 && roles[i - 1] == role && list[i - 1].paragraph == token.paragraph;
        match out.last_mut() {
            Some(last) if joins => *last = last.cover(token.span),
            _ => out.push(token.span),
        }
    }
    out
}

/// Index of the largest number, the first of equals.
fn top(row: &[f32]) -> usize {
    (1..row.len()).fold(0, |a, i| if row[i] > row[a] { i } else { a })
}

/// One list out of the schemes: `news` first, then what `re3d` alone knows where nothing lies yet.
fn product_names(schemes: &[(String, Vec<Labelled>)]) -> Vec<Name> {
    let scheme = |name: &'static str| schemes.iter().filter(move |(s, _)| s == name).flat_map(|(_, found)| found);
    let mut out: Vec<Name> = scheme("re3d")
        .filter(|n| matches!(n.label.as_str(), "Weapon" | "MilitaryPlatform"))
        .map(|n| Name { span: n.span, kind: NameKind::Weapon, score: n.score })
        .collect();
    let mut more: Vec<Name> = Vec::new();
    for n in scheme("news") {
        let kind = match n.label.as_str() {
            "PERSON" => NameKind::Person,
            "NORP" => NameKind::Nationality,
            "FAC" => NameKind::Facility,
            "ORG" => NameKind::Organisation,
            "GPE" | "LOC" => NameKind::Place,
            "PRODUCT" => NameKind::Product,
            "EVENT" => NameKind::Event,
            "WORK_OF_ART" | "LAW" => NameKind::Document,
            "DATE" | "TIME" => NameKind::Time,
            "PERCENT" | "MONEY" | "QUANTITY" | "CARDINAL" => NameKind::Quantity,
            _ => continue,
        };
        more.push(Name { span: n.span, kind, score: n.score });
    }
    out = merge(out, more);
    let bodies: Vec<Name> = scheme("re3d")
        .filter_map(|n| {
            let kind = match n.label.as_str() {
                "Organisation" => NameKind::Organisation,
                "Person" => NameKind::Person,
                "Location" => NameKind::Place,
                "Nationality" => NameKind::Nationality,
                _ => return None,
            };
            Some(Name { span: n.span, kind, score: n.score })
        })
        .collect();
    merge(out, bodies)
}

/// Both lists in text order; of `more` only what overlaps nothing of `first`.
fn merge(first: Vec<Name>, more: Vec<Name>) -> Vec<Name> {
    let mut out = Vec::with_capacity(first.len() + more.len());
    let mut more = more.into_iter().peekable();
    for name in first {
        while let Some(next) = more.next_if(|m| m.span.end <= name.span.start) {
            out.push(next);
        }
        while more.next_if(|m| m.span.overlaps(name.span)).is_some() {}
        out.push(name);
    }
    out.extend(more);
    out
}
