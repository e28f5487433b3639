//! How are matrices multiplied fast, and to the same bit on every machine?
//!
//! Weights are int8 with one scale per output row; activations are quantised **per row** to unsigned bytes with a step and a
//! zero point of their own. Products are summed in i32, which cannot overflow (255 × 128 × 1536 < 2³¹) and does not depend
//! on the order of summing: so every instruction set gives the same bits (see [`engine`](super::engine)), and so does
//! every way of cutting a text into batches.
//!
//! Main types: [`Matrix`] (weights), [`Activations`] (a quantised left side), [`Multiply`].

use bytemuck::cast_slice_mut;

use super::engine::{BLOCK, Bytes, Engine, PANEL, Quad, Rows, Sums, Wide, Work};

/// A linear map: `outputs × inputs` weights, one scale and one bias per output.
#[derive(Debug, Clone)]
pub(super) struct Matrix {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// Per panel of 32 outputs, per four inputs.
    panels: Vec<Quad>,
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// Sum of each output's weights: what the rows' zero points add, to be taken away.
    total: Vec<i32>,
}

impl Matrix {
    /// From row-major int8 weights (`outputs` rows), scales and biases. `inputs` must be a multiple of 32.
    pub(super) fn new(weights: &[i8], scale: &[f32], bias: &[f32], outputs: usize, inputs: usize) -> Self {
        let n_panels = outputs.div_ceil(PANEL);
        let mut panels = vec![[0i8; 4 * PANEL]; n_panels * inputs / 4];
        let mut total = Vec::with_capacity(n_panels * PANEL);
        for (row, line) in weights.chunks_exact(inputs.max(1)).take(outputs).enumerate() {
            let at = (row / PANEL) * (inputs / 4);
            let from = 4 * (row % PANEL);
            for (slot, w) in panels[at..].iter_mut().zip(line.chunks_exact(4)) {
                slot[from..from + 4].copy_from_slice(w);
            }
            total.push(line.iter().map(|&w| i32::from(w)).sum());
        }
        let pad = |v: &[f32]| {
            let mut v = v.to_vec();
            v.resize(n_panels * PANEL, 0.0);
            v
        };
        total.resize(n_panels * PANEL, 0);
        Self { inputs, outputs, panels, scale: pad(scale), bias: pad(bias), total }
    }
}

/// Rows of numbers as unsigned bytes, laid out for the kernel; padded to whole blocks with rows nobody reads.
#[derive(Debug, Default)]
pub(super) struct Activations {
    rows: usize,
    quads: usize,
    /// Row by row, four bytes in a number as they lie in memory.
    lines: Vec<u32>,
    /// Per block, per four inputs.
    bytes: Vec<Bytes>,
    /// The same for engines that want it.
    wide: Vec<Wide>,
    /// Value of one step and number of steps that is zero, per row.
    step: Vec<(f32, i32)>,
}

impl Activations {
    /// So many rows of so many inputs (a multiple of 32), whatever they hold.
    #[inline(always)]
    pub(super) fn shape(&mut self, rows: usize, inputs: usize) {
        (self.rows, self.quads) = (rows, inputs / 4);
        self.lines.resize(rows.next_multiple_of(BLOCK) * self.quads, 0);
        self.step.resize(rows, (0.0, 0));
    }

    /// The bytes of a row.
    #[inline(always)]
    pub(super) fn row(&mut self, row: usize) -> &mut [u8] {
        cast_slice_mut(&mut self.lines[row * self.quads..(row + 1) * self.quads])
    }

    /// To be called when all rows are written, before [`Self::block`].
    #[inline(always)]
    pub(super) fn done<E: Engine>(&mut self, _engine: E) {
        self.bytes.resize(self.lines.len() / BLOCK, [0; BLOCK]);
        let blocks = self.lines.chunks_exact(BLOCK * self.quads).zip(self.bytes.chunks_exact_mut(self.quads));
        for (lines, bytes) in blocks {
            for (at, tile) in bytes.as_chunks_mut::<8>().0.iter_mut().enumerate() {
                for (r, line) in lines.chunks_exact(self.quads).enumerate().take(BLOCK) {
                    for (quad, slot) in line.as_chunks::<8>().0[at].iter().zip(tile.iter_mut()) {
                        slot[r] = *quad;
                    }
                }
            }
        }
        if E::WIDE {
            self.wide.resize(self.bytes.len(), [0; BLOCK]);
            for (wide, quads) in self.wide.iter_mut().zip(&self.bytes) {
                for (wide, &quad) in wide.iter_mut().zip(quads) {
                    *wide = widen(quad);
                }
            }
        }
    }

    /// A block of 8 rows.
    #[inline(always)]
    pub(super) fn block<E: Engine>(&self, block: usize) -> Rows<'_> {
        let range = block * self.quads..(block + 1) * self.quads;
        if E::WIDE {
            Rows { bytes: &[], wide: &self.wide[range] }
        } else {
            Rows { bytes: &self.bytes[range], wide: &[] }
        }
    }

    /// Step and zero point of its rows.
    #[inline(always)]
    pub(super) fn steps(&self, block: usize) -> &[(f32, i32)] {
        &self.step[block * BLOCK..]
    }
}

/// Quantises `x` (`rows × inputs`, row-major): each row from its least to its greatest number (or zero) in 255 steps.
pub(super) struct Quantise<'a, E> {
    pub(super) engine: E,
    pub(super) x: &'a [f32],
    pub(super) inputs: usize,
    pub(super) to: &'a mut Activations,
}

/// Adding 1.5 × 2²³ rounds to the nearest integer, ties to even, and leaves it in the low bits.
const ROUND: f32 = 12_582_912.0;

/// The nearest integer, if its magnitude is below 2²².
#[inline(always)]
pub(super) fn round(x: f32) -> i32 {
    (x + ROUND).to_bits().cast_signed() - ROUND.to_bits().cast_signed()
}

/// Least and greatest of the numbers and zero; they come in sixteens.
#[inline(always)]
fn extent(x: &[f32]) -> (f32, f32) {
    let (mut low, mut high) = ([0f32; 16], [0f32; 16]);
    for part in x.as_chunks::<16>().0 {
        for ((low, high), &v) in low.iter_mut().zip(&mut high).zip(part) {
            *low = if v < *low { v } else { *low };
            *high = if v > *high { v } else { *high };
        }
    }
    let least = low.iter().fold(0f32, |a, &b| if b < a { b } else { a });
    (least, high.iter().fold(0f32, |a, &b| if b > a { b } else { a }))
}

impl<E: Engine> Work for Quantise<'_, E> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { engine, x, inputs, to } = self;
        to.shape(x.len() / inputs.max(1), inputs);
        for (row, x) in x.chunks_exact(inputs).enumerate() {
            let (low, high) = extent(x);
            let range = high - low;
            let (step, inverse) = if range > 0.0 { (range / 255.0, 255.0 / range) } else { (0.0, 0.0) };
            let zero = round(-low * inverse);
            to.step[row] = (step, zero);
            for (q, v) in to.row(row).iter_mut().zip(x) {
                *q = (round(v * inverse) + zero).clamp(0, 255) as u8;
            }
        }
        to.done(engine);
    }
}

/// Four bytes, as they lie in memory, as four pairs of bytes.
#[inline(always)]
fn widen(quad: u32) -> u64 {
    let q = u64::from(quad);
    (q & 0xff) | (q & 0xff00) << 8 | (q & 0xff_0000) << 16 | (q & 0xff00_0000) << 24
}

/// Panel after panel of `per outputs`: what a product's sums mean.
#[derive(Clone, Copy)]
pub(super) struct Meaning<'a> {
    pub(super) scale: &'a [f32; PANEL],
    pub(super) bias: &'a [f32; PANEL],
    pub(super) total: &'a [i32; PANEL],
}

impl Meaning<'_> {
    /// The numbers a row of sums stands for.
    #[inline(always)]
    pub(super) fn write(self, sums: &[i32; PANEL], (step, zero): (f32, i32), out: &mut [f32; PANEL]) {
        for o in 0..PANEL {
            out[o] = (sums[o] - zero * self.total[o]) as f32 * (step * self.scale[o]) + self.bias[o];
        }
    }
}

/// `out = activations × weightsᵀ + bias`, `rows × outputs`, row-major.
pub(super) struct Multiply<'a, E> {
    pub(super) engine: E,
    pub(super) a: &'a Activations,
    pub(super) w: &'a Matrix,
    pub(super) out: &'a mut Vec<f32>,
}

impl<E: Engine> Work for Multiply<'_, E> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { engine, a, w, out } = self;
        out.resize(a.rows * w.outputs, 0.0);
        let quads = (w.inputs / 4).max(1);
        let meanings = w.scale.as_chunks().0.iter().zip(w.bias.as_chunks().0).zip(w.total.as_chunks().0);
        for (p, (panel, ((scale, bias), total))) in w.panels.chunks_exact(quads).zip(meanings).enumerate() {
            let meaning = Meaning { scale, bias, total };
            let from = p * PANEL;
            for b in 0..a.rows.div_ceil(BLOCK) {
                let sums: Sums = engine.sums(a.block::<E>(b), panel);
                for (r, (sums, &step)) in sums.iter().zip(a.steps(b)).enumerate() {
                    let out = &mut out[(b * BLOCK + r) * w.outputs..(b * BLOCK + r + 1) * w.outputs][from..];
                    if let Some(out) = out.first_chunk_mut::<PANEL>() {
                        meaning.write(sums, step, out);
                    } else {
                        let mut line = [0f32; PANEL];
                        meaning.write(sums, step, &mut line);
                        out.copy_from_slice(&line[..out.len()]);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::engine::{self, Plain, WorkOn};
    use super::*;

    /// Numbers without a pattern, the same each time.
    fn noise(n: usize, seed: u64) -> Vec<f32> {
        let mut s = seed;
        (0..n)
            .map(|_| {
                s = s.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((s >> 40) as f32 / (1u64 << 24) as f32) * 4.0 - 2.0
            })
            .collect()
    }

    #[derive(Clone)]
    struct Product<'a>(&'a [f32], &'a Matrix);

    impl WorkOn for Product<'_> {
        type Output = Vec<f32>;

        fn on<E: Engine>(self, engine: E) -> Vec<f32> {
            let (mut a, mut out) = (Activations::default(), Vec::new());
            engine.run(Quantise { engine, x: self.0, inputs: self.1.inputs, to: &mut a });
            engine.run(Multiply { engine, a: &a, w: self.1, out: &mut out });
            out
        }
    }

    #[test]
    fn every_engine_gives_the_same_bits_and_the_right_product() {
        let (rows, inputs, outputs) = (11, 64, 37);
        let x = noise(rows * inputs, 1);
        let weights: Vec<i8> = noise(outputs * inputs, 2).iter().map(|v| (v * 60.0) as i8).collect();
        let (scale, bias) = (noise(outputs, 3), noise(outputs, 4));
        let w = Matrix::new(&weights, &scale, &bias, outputs, inputs);
        let plain = Product(&x, &w).on(Plain);
        for (at, &got) in plain.iter().enumerate() {
            let (r, o) = (at / outputs, at % outputs);
            let row = &weights[o * inputs..(o + 1) * inputs];
            let sum: f32 = x[r * inputs..].iter().zip(row).map(|(x, &w)| x * f32::from(w)).sum();
            // half a step of 4/255 a product, in the same direction at worst
            let error = row.iter().map(|&w| f32::from(w).abs()).sum::<f32>() * scale[o].abs() * 2.1 / 255.0;
            assert!((got - sum * scale[o] - bias[o]).abs() < error, "row {r}, output {o}: {got} against {sum}");
        }
        for (which, out) in engine::all(&Product(&x, &w)).iter().enumerate() {
            assert_eq!(out, &plain, "engine {which}");
        }
        // a row alone gives what it gives among others
        assert_eq!(Product(&x[3 * inputs..4 * inputs], &w).on(Plain), plain[3 * outputs..4 * outputs]);
    }

    #[test]
    fn extremes_do_not_overflow() {
        let inputs = 1536;
        for (weight, value) in [(-128, 1.0), (127, 1.0), (-128, -1.0)] {
            let w = Matrix::new(&vec![weight; inputs], &[1.0], &[0.0], 1, inputs);
            let expected = f32::from(weight) * value * inputs as f32;
            for out in engine::all(&Product(&vec![value; inputs], &w)) {
                assert!((out[0] / expected - 1.0).abs() < 1e-6, "{out:?} against {expected}");
            }
        }
    }
}
