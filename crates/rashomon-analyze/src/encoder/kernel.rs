//! How are matrices multiplied fast, and to the same bit on every machine?
//!
//! Weights are int8 with one scale per output row, widened to i16 when loaded; activations are quantised **per row** to
//! ±[`TOP`] as i16. Products are summed in i32, which cannot overflow (8191 × 127 × 1536 < 2³¹) and does not depend on the
//! order of summing: so AVX-512, AVX2 and plain code give the same bits, and so does every way of cutting a text into
//! batches. The instruction set is chosen at run time by `pulp`, whose tokens prove that the CPU has it.
//!
//! Main types: [`Matrix`] (weights), [`Activations`] (a quantised left side), [`Engine`] (an instruction set).

use pulp::NullaryFnOnce;
// not `pulp::cast`, which sends every vector through memory and makes the kernel four times slower
#[cfg(target_arch = "x86_64")]
use pulp::bytemuck::cast;

/// Rows of activations one kernel call takes.
pub(super) const BLOCK: usize = 8;
/// Outputs one kernel call makes.
pub(super) const PANEL: usize = 32;
/// Largest quantised activation (14 bits with sign).
pub(super) const TOP: f32 = 8191.0;

/// Sums of one kernel call: rows by outputs.
type Sums = [[i32; PANEL]; BLOCK];

/// A linear map: `outputs × inputs` weights, one scale and one bias per output.
#[derive(Debug, Clone)]
pub(super) struct Matrix {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// Per panel of 32 outputs, per pair of inputs: the 32 outputs' two weights.
    panels: Vec<[i16; 2 * PANEL]>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// From row-major int8 weights (`outputs` rows), scales and biases. `inputs` must be even.
    pub(super) fn new(weights: &[i8], scale: &[f32], bias: &[f32], outputs: usize, inputs: usize) -> Self {
        let n_panels = outputs.div_ceil(PANEL);
        let mut panels = vec![[0i16; 2 * PANEL]; n_panels * inputs / 2];
        for (row, line) in weights.chunks_exact(inputs.max(1)).take(outputs).enumerate() {
            let at = (row / PANEL) * (inputs / 2);
            for (pair, w) in line.chunks_exact(2).enumerate() {
                let slot = &mut panels[at + pair];
                slot[2 * (row % PANEL)] = i16::from(w[0]);
                slot[2 * (row % PANEL) + 1] = i16::from(w[1]);
            }
        }
        let pad = |v: &[f32]| {
            let mut v = v.to_vec();
            v.resize(n_panels * PANEL, 0.0);
            v
        };
        Self { inputs, outputs, panels, scale: pad(scale), bias: pad(bias) }
    }
}

/// Rows of numbers, quantised and laid out for the kernel.
#[derive(Debug, Default)]
pub(super) struct Activations {
    rows: usize,
    /// Per block of 8 rows, per pair of inputs: the 8 rows' two numbers, the first in the low half.
    pairs: Vec<[i32; BLOCK]>,
    scale: Vec<f32>,
}

/// An instruction set the kernel is written for.
pub(super) trait Engine: Copy {
    /// Runs `f` compiled for this instruction set.
    fn run<F: NullaryFnOnce>(self, f: F) -> F::Output;
    /// Sums of products of a block of rows with a panel of outputs, over all pairs of inputs.
    fn sums(self, rows: &[[i32; BLOCK]], panel: &[[i16; 2 * PANEL]]) -> Sums;
}

/// Plain Rust, for any machine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain;

impl Engine for Plain {
    fn run<F: NullaryFnOnce>(self, f: F) -> F::Output {
        f.call()
    }

    #[inline(always)]
    fn sums(self, rows: &[[i32; BLOCK]], panel: &[[i16; 2 * PANEL]]) -> Sums {
        let mut sums = [[0i32; PANEL]; BLOCK];
        for (a, w) in rows.iter().zip(panel) {
            for (r, sum) in sums.iter_mut().enumerate() {
                let (x, y) = (i32::from(a[r] as i16), a[r] >> 16);
                for (o, s) in sum.iter_mut().enumerate() {
                    *s += x * i32::from(w[2 * o]) + y * i32::from(w[2 * o + 1]);
                }
            }
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
impl Engine for pulp::x86::V3 {
    #[inline(always)]
    fn run<F: NullaryFnOnce>(self, f: F) -> F::Output {
        self.vectorize(f)
    }

    #[inline(always)]
    fn sums(self, rows: &[[i32; BLOCK]], panel: &[[i16; 2 * PANEL]]) -> Sums {
        use core::arch::x86_64::__m256i;
        let zero = self.avx._mm256_setzero_si256();
        let mut sums = [[0i32; PANEL]; BLOCK];
        // 16 registers: four rows by sixteen outputs at a time
        for half in 0..2 {
            for quarter in 0..2 {
                let mut acc = [[zero; 2]; 4];
                for (a, w) in rows.iter().zip(panel) {
                    let w: [__m256i; 4] = cast(*w);
                    for (r, acc) in acc.iter_mut().enumerate() {
                        let x = self.avx._mm256_set1_epi32(a[4 * half + r]);
                        for (o, acc) in acc.iter_mut().enumerate() {
                            let product = self.avx2._mm256_madd_epi16(x, w[2 * quarter + o]);
                            *acc = self.avx2._mm256_add_epi32(*acc, product);
                        }
                    }
                }
                let acc: [[i32; 16]; 4] = cast(acc);
                for (r, acc) in acc.iter().enumerate() {
                    sums[4 * half + r][16 * quarter..16 * quarter + 16].copy_from_slice(acc);
                }
            }
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
impl Engine for pulp::x86::V4 {
    #[inline(always)]
    fn run<F: NullaryFnOnce>(self, f: F) -> F::Output {
        self.vectorize(f)
    }

    #[inline(always)]
    fn sums(self, rows: &[[i32; BLOCK]], panel: &[[i16; 2 * PANEL]]) -> Sums {
        use core::arch::x86_64::__m512i;
        let mut acc = [[self.avx512f._mm512_setzero_si512(); 2]; BLOCK];
        for (a, w) in rows.iter().zip(panel) {
            let w: [__m512i; 2] = cast(*w);
            for (r, acc) in acc.iter_mut().enumerate() {
                let x = self.avx512f._mm512_set1_epi32(a[r]);
                for (o, acc) in acc.iter_mut().enumerate() {
                    *acc = self.avx512f._mm512_add_epi32(*acc, self.avx512bw._mm512_madd_epi16(x, w[o]));
                }
            }
        }
        cast(acc)
    }
}

/// Quantises `x` (`rows × inputs`, row-major): each row by its own largest magnitude.
pub(super) struct Quantise<'a> {
    pub(super) x: &'a [f32],
    pub(super) inputs: usize,
    pub(super) to: &'a mut Activations,
}

impl NullaryFnOnce for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { x, inputs, to } = self;
        let rows = x.len() / inputs.max(1);
        to.rows = rows;
        to.scale.clear();
        to.pairs.clear();
        to.pairs.resize(rows.div_ceil(BLOCK) * inputs / 2, [0; BLOCK]);
        let mut line: Vec<i16> = vec![0; inputs];
        for (row, x) in x.chunks_exact(inputs).enumerate() {
            let mut tops = [0f32; 16];
            for part in x.chunks_exact(16) {
                for (top, v) in tops.iter_mut().zip(part) {
                    *top = if v.abs() > *top { v.abs() } else { *top };
                }
            }
            let top = tops.iter().fold(0f32, |a, &b| if b > a { b } else { a });
            let (step, inverse) = if top > 0.0 { (top / TOP, TOP / top) } else { (0.0, 0.0) };
            to.scale.push(step);
            for (q, v) in line.iter_mut().zip(x) {
                // adding 1.5 × 2²³ rounds to the nearest integer, ties to even, and leaves it in the low bits
                *q = ((v * inverse + 12_582_912.0).to_bits() & 0xffff) as i16;
            }
            let at = (row / BLOCK) * (inputs / 2);
            for (slot, q) in to.pairs[at..at + inputs / 2].iter_mut().zip(line.chunks_exact(2)) {
                slot[row % BLOCK] = (i32::from(q[1]) << 16) | (i32::from(q[0]) & 0xffff);
            }
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

impl<E: Engine> NullaryFnOnce for Multiply<'_, E> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { engine, a, w, out } = self;
        out.clear();
        out.resize(a.rows * w.outputs, 0.0);
        let pairs = w.inputs / 2;
        for (p, panel) in w.panels.chunks_exact(pairs.max(1)).enumerate() {
            let from = p * PANEL;
            let width = PANEL.min(w.outputs - from);
            let (scale, bias) = (&w.scale[from..from + PANEL], &w.bias[from..from + PANEL]);
            for (b, block) in a.pairs.chunks_exact(pairs).enumerate() {
                let sums = engine.sums(block, panel);
                for (r, sums) in sums.iter().enumerate().take(a.rows - b * BLOCK) {
                    let row = b * BLOCK + r;
                    let step = a.scale[row];
                    let mut line = [0f32; PANEL];
                    for o in 0..PANEL {
                        line[o] = sums[o] as f32 * (step * scale[o]) + bias[o];
                    }
                    out[row * w.outputs + from..][..width].copy_from_slice(&line[..width]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
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

    fn product<E: Engine>(engine: E, x: &[f32], w: &Matrix) -> Vec<f32> {
        let (mut a, mut out) = (Activations::default(), Vec::new());
        engine.run(Quantise { x, inputs: w.inputs, to: &mut a });
        engine.run(Multiply { engine, a: &a, w, out: &mut out });
        out
    }

    #[test]
    fn every_engine_gives_the_same_bits_and_the_right_product() {
        let (rows, inputs, outputs) = (11, 64, 37);
        let x = noise(rows * inputs, 1);
        let weights: Vec<i8> = noise(outputs * inputs, 2).iter().map(|v| (v * 60.0) as i8).collect();
        let (scale, bias) = (noise(outputs, 3), noise(outputs, 4));
        let w = Matrix::new(&weights, &scale, &bias, outputs, inputs);
        let plain = product(Plain, &x, &w);
        for (at, &got) in plain.iter().enumerate() {
            let (r, o) = (at / outputs, at % outputs);
            let sum: f32 = (0..inputs).map(|i| x[r * inputs + i] * f32::from(weights[o * inputs + i])).sum::<f32>()
                * scale[o]
                + bias[o];
            assert!((got - sum).abs() < 0.2, "row {r}, output {o}: {got} against {sum}");
        }
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(v3) = pulp::x86::V3::try_new() {
                assert_eq!(product(v3, &x, &w), plain);
            }
            if let Some(v4) = pulp::x86::V4::try_new() {
                assert_eq!(product(v4, &x, &w), plain);
            }
        }
        // a row alone gives what it gives among others
        assert_eq!(product(Plain, &x[3 * inputs..4 * inputs], &w), plain[3 * outputs..4 * outputs]);
    }
}
