//! Which words look at which? Attention of all heads of a layer, in whole numbers.
//!
//! Per head, queries are rows of unsigned bytes (a step and a zero point a row, as [`Activations`]), keys rows of int8 and
//! values columns of int8 with one scale each. A row's scores become e^(score − greatest) in 255ths, rounded, and these
//! weigh the values; their sum divides. So both products are the kernel's and exact, whatever the machine.

use super::arithmetic::power;
use super::engine::{BLOCK, Engine, PANEL, Quad, Work};
use super::kernel::{Activations, Meaning, Quantise, round};

/// Width of a head.
pub(super) const HEAD: usize = PANEL;
/// Quads of a head's width.
const QUADS: usize = HEAD / 4;

/// Where attention works; kept from layer to layer.
#[derive(Debug, Default)]
pub(super) struct Looking {
    queries: Activations,
    /// One head's queries, row by row.
    line: Vec<f32>,
    /// Per 32 rows, per four numbers of a head.
    keys: Vec<Quad>,
    key_scale: Vec<f32>,
    key_total: Vec<i32>,
    /// Per four rows.
    values: Vec<Quad>,
    /// Scores of a block, row by row.
    scores: Vec<f32>,
    /// How much each row of a block looks at each row.
    weights: Activations,
}

/// Attention of all heads; queries are already scaled (folded into the weights at export).
pub(super) struct Attend<'a, E> {
    pub(super) engine: E,
    /// `rows × 3 width`: queries, keys, values.
    pub(super) qkv: &'a [f32],
    /// Width of the layer, a multiple of [`HEAD`].
    pub(super) width: usize,
    pub(super) looking: &'a mut Looking,
    pub(super) context: &'a mut Vec<f32>,
}

impl<E: Engine> Work for Attend<'_, E> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { engine, qkv, width, looking, context } = self;
        let rows = qkv.len() / (3 * width);
        context.clear();
        context.resize(rows * width, 0.0);
        for at in (0..width).step_by(HEAD) {
            looking.line.clear();
            for row in qkv.chunks_exact(3 * width) {
                looking.line.extend_from_slice(&row[at..at + HEAD]);
            }
            Quantise { engine, x: &looking.line, inputs: HEAD, to: &mut looking.queries }.call();
            looking.keys(&qkv[width + at..], 3 * width, rows);
            let scale = looking.values(&qkv[2 * width + at..], 3 * width, rows);
            for block in 0..rows.div_ceil(BLOCK) {
                let totals = looking.weigh(engine, block, rows);
                let sums = engine.sums(looking.weights.block::<E>(0), &looking.values);
                for (r, (sums, total)) in sums.iter().zip(totals).enumerate().take(rows - block * BLOCK) {
                    let inverse = 1.0 / total as f32;
                    let out = &mut context[(block * BLOCK + r) * width + at..][..HEAD];
                    for ((out, &sum), scale) in out.iter_mut().zip(sums).zip(&scale) {
                        *out = sum as f32 * (scale * inverse);
                    }
                }
            }
        }
    }
}

/// Scale of int8 numbers with this greatest magnitude, and its inverse.
#[inline(always)]
fn scale(top: f32) -> (f32, f32) {
    if top > 0.0 { (top / 127.0, 127.0 / top) } else { (0.0, 0.0) }
}

impl Looking {
    /// Keys of a head: the first `HEAD` numbers of every `stride`.
    #[inline(always)]
    fn keys(&mut self, x: &[f32], stride: usize, rows: usize) {
        let padded = rows.next_multiple_of(PANEL);
        self.keys.clear();
        self.keys.resize(padded / PANEL * QUADS, [0; 4 * PANEL]);
        self.key_scale.clear();
        self.key_scale.resize(padded, 0.0);
        self.key_total.clear();
        self.key_total.resize(padded, 0);
        for (row, x) in x.chunks(stride).enumerate().take(rows) {
            let Some(x) = x.first_chunk::<HEAD>() else { continue };
            let mut tops = [0f32; 16];
            for part in x.as_chunks::<16>().0 {
                for (top, v) in tops.iter_mut().zip(part) {
                    *top = if v.abs() > *top { v.abs() } else { *top };
                }
            }
            let (step, inverse) = scale(tops.iter().fold(0f32, |a, &b| if b > a { b } else { a }));
            let mut q = [0i8; HEAD];
            for (q, v) in q.iter_mut().zip(x) {
                *q = round(v * inverse) as i8;
            }
            self.key_scale[row] = step * std::f32::consts::LOG2_E;
            self.key_total[row] = q.iter().map(|&q| i32::from(q)).sum();
            let from = 4 * (row % PANEL);
            for (slot, q) in self.keys[row / PANEL * QUADS..].iter_mut().zip(q.as_chunks::<4>().0) {
                slot[from..from + 4].copy_from_slice(q);
            }
        }
    }

    /// Values of a head likewise; their scales come back.
    #[inline(always)]
    fn values(&mut self, x: &[f32], stride: usize, rows: usize) -> [f32; HEAD] {
        let mut tops = [0f32; HEAD];
        for x in x.chunks(stride).take(rows) {
            for (top, v) in tops.iter_mut().zip(x) {
                *top = if v.abs() > *top { v.abs() } else { *top };
            }
        }
        let (mut steps, mut inverses) = ([0f32; HEAD], [0f32; HEAD]);
        for ((step, inverse), top) in steps.iter_mut().zip(&mut inverses).zip(tops) {
            (*step, *inverse) = scale(top);
        }
        self.values.clear();
        self.values.resize(rows.next_multiple_of(PANEL) / 4, [0; 4 * PANEL]);
        for (row, x) in x.chunks(stride).enumerate().take(rows) {
            let mut q = [0i8; HEAD];
            for ((q, v), inverse) in q.iter_mut().zip(x).zip(&inverses) {
                *q = round(v * inverse) as i8;
            }
            for (slot, q) in self.values[row / 4].as_chunks_mut::<4>().0.iter_mut().zip(q) {
                slot[row % 4] = q;
            }
        }
        steps
    }

    /// How much each row of a block looks at each row, in `weights`; their sums come back.
    #[inline(always)]
    fn weigh<E: Engine>(&mut self, engine: E, block: usize, rows: usize) -> [i32; BLOCK] {
        let padded = rows.next_multiple_of(PANEL);
        let queries = self.queries.block::<E>(block);
        self.scores.resize(BLOCK * padded, 0.0);
        let steps = self.queries.steps(block);
        let of_keys = self.key_scale.as_chunks().0.iter().zip(self.key_total.as_chunks().0);
        for (panel, (keys, (scale, total))) in self.keys.chunks_exact(QUADS).zip(of_keys).enumerate() {
            let meaning = Meaning { scale, bias: &[0.0; PANEL], total };
            let sums = engine.sums(queries, keys);
            for (r, (sums, &step)) in sums.iter().zip(steps).enumerate() {
                if let Some(line) = self.scores[r * padded + panel * PANEL..].first_chunk_mut::<PANEL>() {
                    meaning.write(sums, step, line);
                }
            }
        }
        self.weights.shape(BLOCK, padded);
        let mut totals = [1i32; BLOCK];
        for (r, line) in self.scores.chunks_exact_mut(padded).enumerate().take(steps.len().min(BLOCK)) {
            // what is only there to fill the panel is not looked at
            line[rows..].fill(f32::NEG_INFINITY);
            let mut tops = [f32::NEG_INFINITY; 16];
            for part in line.as_chunks::<16>().0 {
                for (top, &v) in tops.iter_mut().zip(part) {
                    *top = if v > *top { v } else { *top };
                }
            }
            let top = tops.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
            let mut sums = [0i32; 16];
            for (q, part) in self.weights.row(r).as_chunks_mut::<16>().0.iter_mut().zip(line.as_chunks::<16>().0) {
                for ((q, sum), v) in q.iter_mut().zip(&mut sums).zip(part) {
                    let w = round(255.0 * power(v - top));
                    *sum += w;
                    *q = w as u8;
                }
            }
            totals[r] = sums.iter().sum::<i32>().max(1);
        }
        self.weights.done(engine);
        totals
    }
}
