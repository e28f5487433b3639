//! What does the network make of a window? MiniLM-L6 (Wang et al. 2020), six layers of 384 numbers, twelve heads.
//!
//! [`Network::words`] gives one vector per token (at its first piece), [`Network::heads`] the scores of all flat heads,
//! [`Network::link`] the scores of source and content for one cue. See `training/network.py` for the same in PyTorch.

use super::arithmetic::{AddNorm, Gelu, Norm, gelu, normalise};
use super::attention::{Attend, Looking};
use super::engine::{self, Engine, Work, WorkOn};
use super::kernel::{Activations, Matrix, Multiply, Quantise};
use super::weights::{File, WeightError};
use super::window::{Input, WINDOW};

/// Width of the encoder.
pub(super) const D: usize = 384;
const LAYERS: usize = 6;
const FEED: usize = 1536;
/// Width of the linker's two layers.
const PAIR: usize = 256;
const PAIR2: usize = 128;
/// Flat tags: O, B- and I- of source, cue, content.
pub(super) const TAGS: usize = 7;
/// Labels of a word as seen from a cue: outside, source, content.
pub(super) const ROLES: usize = 3;
/// Pieces of BERT's vocabulary.
const PIECES: usize = 30522;

struct Layer {
    qkv: Matrix,
    out: Matrix,
    norm1: Norm,
    up: Matrix,
    down: Matrix,
    norm2: Norm,
}

/// Scores and transition weights of a linear chain.
pub(super) struct Chain {
    /// `from × to`.
    pub(super) transition: Vec<f32>,
    pub(super) start: Vec<f32>,
}

/// The weights, ready to run.
pub(super) struct Network {
    word: Vec<i8>,
    word_scale: Vec<f32>,
    position: Vec<f32>,
    shape: Vec<f32>,
    quote: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    heads: Matrix,
    pub(super) tag_chain: Chain,
    pair_word: Matrix,
    pair_cue: Matrix,
    pair_tag: Vec<f32>,
    pair_distance: Vec<f32>,
    pair_paragraph: Vec<f32>,
    pair_between: Vec<f32>,
    pair_conv: Matrix,
    pair_out: Matrix,
    pub(super) pair_chain: Chain,
    distances: Vec<usize>,
}

/// What the linker knows of a word and a cue besides their vectors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Relation {
    /// Words from the cue's edge, negative before it, 0 inside.
    pub(super) distance: isize,
    /// Paragraphs from the cue's, cut to ±2.
    pub(super) paragraphs: i8,
    /// Openings of other cues between, negative before, cut to ±4.
    pub(super) between: i8,
}

/// A place to work in, kept from window to window.
#[derive(Default)]
pub(super) struct Scratch {
    a: Activations,
    x: Vec<f32>,
    y: Vec<f32>,
    looking: Looking,
    context: Vec<f32>,
}

impl Network {
    pub(super) fn load(file: &File<'_>) -> Result<Self, WeightError> {
        let n_heads =
            TAGS + file.header.upos.len() + file.header.names.iter().map(|(_, k)| 1 + 2 * k.len()).sum::<usize>();
        let (word, word_scale) = file.rows("word", PIECES, D)?;
        let chain = |name: &str, n: usize| -> Result<Chain, WeightError> {
            Ok(Chain {
                transition: file.floats(&format!("{name}.transition"), &[n, n])?,
                start: file.floats(&format!("{name}.start"), &[n])?,
            })
        };
        let layers = (0..LAYERS)
            .map(|i| {
                let name = |part: &str| format!("layers.{i}.{part}");
                Ok(Layer {
                    qkv: file.matrix(&name("qkv"), 3 * D, D)?,
                    out: file.matrix(&name("o"), D, D)?,
                    norm1: file.norm(&name("ln1"), D)?,
                    up: file.matrix(&name("up"), FEED, D)?,
                    down: file.matrix(&name("down"), D, FEED)?,
                    norm2: file.norm(&name("ln2"), D)?,
                })
            })
            .collect::<Result<_, WeightError>>()?;
        let distances = file.header.distances.clone();
        Ok(Self {
            word,
            word_scale,
            position: file.floats("position", &[WINDOW, D])?,
            shape: file.floats("shape", &[12, D])?,
            quote: file.floats("quote", &[4, D])?,
            norm: file.norm("ln0", D)?,
            layers,
            heads: file.matrix("heads", n_heads, D)?,
            tag_chain: chain("tag_crf", TAGS)?,
            pair_word: file.matrix("pair_word", PAIR, D)?,
            pair_cue: file.matrix("pair_cue", PAIR, D)?,
            pair_tag: file.floats("pair_tag", &[TAGS, PAIR])?,
            pair_distance: file.floats("pair_distance", &[2 * (distances.len() + 1) + 1, PAIR])?,
            pair_paragraph: file.floats("pair_paragraph", &[5, PAIR])?,
            pair_between: file.floats("pair_between", &[9, PAIR])?,
            pair_conv: file.matrix("pair_conv", PAIR2, 3 * PAIR)?,
            pair_out: file.matrix("pair_out", ROLES, PAIR2)?,
            pair_chain: chain("pair_crf", ROLES)?,
            distances,
        })
    }

    /// One vector per token of the window, `tokens × D`.
    pub(super) fn words(&self, input: &Input, scratch: &mut Scratch) -> Vec<f32> {
        engine::best(Words { network: self, input, scratch })
    }

    /// The same on a given instruction set.
    pub(super) fn words_on<E: Engine>(&self, engine: E, input: &Input, scratch: &mut Scratch) -> Vec<f32> {
        let mut h = engine.run(Embed { network: self, input });
        for layer in &self.layers {
            let Scratch { a, x, y, looking, context } = &mut *scratch;
            engine.run(Quantise { engine, x: &h, inputs: D, to: a });
            engine.run(Multiply { engine, a, w: &layer.qkv, out: x });
            engine.run(Attend { engine, qkv: x, width: D, looking, context });
            engine.run(Quantise { engine, x: context, inputs: D, to: a });
            engine.run(Multiply { engine, a, w: &layer.out, out: x });
            engine.run(AddNorm { h: &mut h, add: x, norm: &layer.norm1 });
            engine.run(Quantise { engine, x: &h, inputs: D, to: a });
            engine.run(Multiply { engine, a, w: &layer.up, out: y });
            engine.run(Gelu(y));
            engine.run(Quantise { engine, x: y, inputs: FEED, to: a });
            engine.run(Multiply { engine, a, w: &layer.down, out: x });
            engine.run(AddNorm { h: &mut h, add: x, norm: &layer.norm2 });
        }
        let mut words = Vec::with_capacity(input.first.len() * D);
        for &at in &input.first {
            words.extend_from_slice(&h[at * D..(at + 1) * D]);
        }
        words
    }

    /// `x × wᵀ + bias` on the best instruction set there is.
    fn map(x: &[f32], w: &Matrix, scratch: &mut Scratch) -> Vec<f32> {
        let mut out = Vec::new();
        engine::best(Map { x, w, a: &mut scratch.a, out: &mut out });
        out
    }

    /// Scores of all flat heads: `tokens × (tags, parts of speech, names schemes)`.
    pub(super) fn heads(&self, words: &[f32], scratch: &mut Scratch) -> Vec<f32> {
        Self::map(words, &self.heads, scratch)
    }

    /// Number of scores per token of [`Self::heads`].
    pub(super) fn n_heads(&self) -> usize {
        self.heads.outputs
    }

    /// The linker's view of every word, before any cue is known; `tags` are the flat tags' probabilities.
    pub(super) fn link_words(&self, words: &[f32], tags: &[[f32; TAGS]], scratch: &mut Scratch) -> Vec<f32> {
        let mut out = Self::map(words, &self.pair_word, scratch);
        for (row, tags) in out.chunks_exact_mut(PAIR).zip(tags) {
            for (p, w) in tags.iter().zip(self.pair_tag.chunks_exact(PAIR)) {
                for (r, w) in row.iter_mut().zip(w) {
                    *r += p * w;
                }
            }
        }
        out
    }

    /// Scores `tokens × 3` (outside, source, content) as seen from the cue whose mean vector is given.
    pub(super) fn link(&self, seen: &[f32], cue: &[f32], relations: &[Relation], scratch: &mut Scratch) -> Vec<f32> {
        let cue = Self::map(cue, &self.pair_cue, scratch);
        let mut x = vec![0f32; (relations.len() + 2) * PAIR];
        for ((row, seen), relation) in x[PAIR..].chunks_exact_mut(PAIR).zip(seen.chunks_exact(PAIR)).zip(relations) {
            let at = |table: &'_ [f32], i: usize| -> std::ops::Range<usize> {
                let from = i.min(table.len() / PAIR - 1) * PAIR;
                from..from + PAIR
            };
            let distance = &self.pair_distance[at(&self.pair_distance, self.bucket(relation.distance))];
            let paragraph = &self.pair_paragraph[at(&self.pair_paragraph, offset(relation.paragraphs, 2))];
            let between = &self.pair_between[at(&self.pair_between, offset(relation.between, 4))];
            for i in 0..PAIR {
                row[i] = gelu(seen[i] + cue[i] + distance[i] + paragraph[i] + between[i]);
            }
        }
        let mut around = Vec::with_capacity(relations.len() * 3 * PAIR);
        for i in 0..relations.len() {
            around.extend_from_slice(&x[i * PAIR..(i + 3) * PAIR]);
        }
        let mut hidden = Self::map(&around, &self.pair_conv, scratch);
        for v in &mut hidden {
            *v = gelu(*v);
        }
        Self::map(&hidden, &self.pair_out, scratch)
    }

    /// Bucket of a signed distance: 0 inside the cue, then the buckets before it, then those after.
    fn bucket(&self, distance: isize) -> usize {
        let far = distance.unsigned_abs();
        let edge = self.distances.iter().take_while(|&&d| d < far).count() + 1;
        match distance {
            0 => 0,
            d if d < 0 => edge,
            _ => edge + self.distances.len() + 1,
        }
    }
}

/// [`Network::words`] on an engine.
struct Words<'a> {
    network: &'a Network,
    input: &'a Input,
    scratch: &'a mut Scratch,
}

impl WorkOn for Words<'_> {
    type Output = Vec<f32>;

    fn on<E: Engine>(self, engine: E) -> Vec<f32> {
        self.network.words_on(engine, self.input, self.scratch)
    }
}

/// One linear map.
struct Map<'a> {
    x: &'a [f32],
    w: &'a Matrix,
    a: &'a mut Activations,
    out: &'a mut Vec<f32>,
}

impl WorkOn for Map<'_> {
    type Output = ();

    fn on<E: Engine>(self, engine: E) {
        let Self { x, w, a, out } = self;
        engine.run(Quantise { engine, x, inputs: w.inputs, to: a });
        engine.run(Multiply { engine, a, w, out });
    }
}

fn offset(value: i8, reach: i8) -> usize {
    usize::try_from(value.clamp(-reach, reach) + reach).unwrap_or(0)
}

/// Sums the embeddings of every piece and normalises.
struct Embed<'a> {
    network: &'a Network,
    input: &'a Input,
}

impl Work for Embed<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn call(self) -> Vec<f32> {
        let Self { network: n, input } = self;
        let mut h = vec![0f32; input.pieces.len() * D];
        for (at, (row, &(piece, shape, quote))) in h.chunks_exact_mut(D).zip(&input.pieces).enumerate() {
            let piece = (piece as usize).min(PIECES - 1);
            let word = &n.word[piece * D..(piece + 1) * D];
            let scale = n.word_scale[piece];
            let position = &n.position[at.min(WINDOW - 1) * D..][..D];
            let shape = &n.shape[usize::from(shape) * D..][..D];
            let quote = &n.quote[usize::from(quote) * D..][..D];
            for i in 0..D {
                row[i] = f32::from(word[i]) * scale + position[i] + shape[i] + quote[i];
            }
            normalise(row, &n.norm);
        }
        h
    }
}
