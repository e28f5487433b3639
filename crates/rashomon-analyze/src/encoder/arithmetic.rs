//! How are the curved functions computed the same way everywhere? Exponential, GELU, softmax, layer normalisation.
//!
//! Only additions, multiplications, divisions and square roots, which IEEE 754 fixes to the bit, in an order written
//! down here: sums run in sixteen lanes that are then added in a fixed tree. No library functions, no fused operations.

use super::engine::Work;

/// e^x for x ≤ 88; below −87 it is 0. Relative error below 3·10⁻⁷.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let low = x < -87.0;
    let y = if low { -87.0 } else { x };
    // x = n ln 2 + r with |r| ≤ ½ ln 2; ln 2 in two parts so that n ln 2 is exact
    let shifted = y * core::f32::consts::LOG2_E + 12_582_912.0;
    let n = shifted - 12_582_912.0;
    let r = (y - n * 0.693_359_4) - n * -2.121_944_4e-4;
    let p =
        1.0 + r * (1.0 + r * (0.5 + r * (0.166_666_66 + r * (0.041_666_42 + r * (0.008_333_68 + r * 0.001_388_73)))));
    let power = shifted.to_bits().wrapping_sub(12_582_912f32.to_bits()).wrapping_add(127) << 23;
    let e = p * f32::from_bits(power);
    if low { 0.0 } else { e }
}

/// 2^x for x ≤ 0, relative error below 10⁻⁴; below −20 it is 2⁻²⁰. Enough for what is then rounded to 255ths.
#[inline(always)]
pub(super) fn power(x: f32) -> f32 {
    let x = if x > -20.0 { x } else { -20.0 };
    let shifted = x + 12_582_912.0;
    let f = x - (shifted - 12_582_912.0);
    // least relative error of a cubic on |f| ≤ ½
    let p = 0.999_928_06 + f * (0.693_261 + f * (0.242_611_57 + f * 0.055_171_765));
    let n = shifted.to_bits().wrapping_sub(12_582_912f32.to_bits()).wrapping_add(127) << 23;
    p * f32::from_bits(n)
}

/// Gaussian error linear unit x Φ(x), error below 7·10⁻⁵ for |x| ≤ 3.6, and beyond as if Φ were 1.6·10⁻⁴ or one less that.
///
/// Φ − ½ is an odd polynomial of least error times x: no division, and far finer than the bytes its results become.
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    let t = if x < 3.6 { x } else { 3.6 };
    let t = if t > -3.6 { t } else { -3.6 };
    let s = t * t;
    let mut p = 3.890_405_5e-8;
    for c in [-2.332_931_2e-6, 6.096_232_8e-5, -9.265_201_6e-4, 9.259_546e-3, -6.552_994e-2, 3.984_974_3e-1] {
        p = p * s + c;
    }
    x * (0.5 + t * p)
}

/// Sum in sixteen lanes and a fixed tree.
#[inline(always)]
pub(super) fn sum(x: &[f32]) -> f32 {
    let mut lanes = [0f32; 16];
    let parts = x.chunks_exact(16);
    for (lane, v) in lanes.iter_mut().zip(parts.remainder()) {
        *lane += v;
    }
    for part in parts {
        for (lane, v) in lanes.iter_mut().zip(part) {
            *lane += v;
        }
    }
    tree(lanes)
}

#[inline(always)]
fn tree(mut lanes: [f32; 16]) -> f32 {
    for width in [8, 4, 2, 1] {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
    }
    lanes[0]
}

/// Replaces a row by e^(x − max) and gives the sum.
#[inline(always)]
pub(super) fn exponentials(x: &mut [f32]) -> f32 {
    let mut tops = [f32::NEG_INFINITY; 16];
    for part in x.chunks(16) {
        for (top, &v) in tops.iter_mut().zip(part) {
            *top = if v > *top { v } else { *top };
        }
    }
    let top = tops.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
    for v in x.iter_mut() {
        *v = exp(*v - top);
    }
    sum(x)
}

/// Softmax of a short row, for scores.
pub(super) fn softmax(x: &[f32]) -> Vec<f32> {
    let mut e = x.to_vec();
    let total = exponentials(&mut e);
    for v in &mut e {
        *v /= total;
    }
    e
}

/// Gain and offset of a layer normalisation.
#[derive(Debug, Clone)]
pub(super) struct Norm {
    pub(super) gain: Vec<f32>,
    pub(super) offset: Vec<f32>,
}

/// `h = norm(h + add)`, row by row.
pub(super) struct AddNorm<'a> {
    pub(super) h: &'a mut [f32],
    pub(super) add: &'a [f32],
    pub(super) norm: &'a Norm,
}

impl Work for AddNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let n = self.norm.gain.len();
        for (h, add) in self.h.chunks_exact_mut(n).zip(self.add.chunks_exact(n)) {
            for (h, a) in h.iter_mut().zip(add) {
                *h += a;
            }
            normalise(h, self.norm);
        }
    }
}

/// Normalises one row to mean 0 and variance 1, then gain and offset (ε = 10⁻¹², as BERT).
#[inline(always)]
pub(super) fn normalise(row: &mut [f32], norm: &Norm) {
    let n = row.len() as f32;
    let mean = sum(row) / n;
    let mut lanes = [0f32; 16];
    for part in row.chunks_exact(16) {
        for (lane, v) in lanes.iter_mut().zip(part) {
            let d = v - mean;
            *lane += d * d;
        }
    }
    let scale = 1.0 / (tree(lanes) / n + 1e-12).sqrt();
    for ((v, g), o) in row.iter_mut().zip(&norm.gain).zip(&norm.offset) {
        *v = (*v - mean) * scale * g + o;
    }
}

/// GELU of every number.
pub(super) struct Gelu<'a>(pub(super) &'a mut [f32]);

impl Work for Gelu<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for v in self.0.iter_mut() {
            *v = gelu(*v);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_agree_with_known_values() {
        for (x, e) in
            [(0.0, 1.0), (1.0, std::f32::consts::E), (-1.0, 0.367_879_44), (-20.0, 2.061_153_6e-9), (10.0, 22_026.466)]
        {
            assert!((exp(x) / e - 1.0).abs() < 5e-7, "exp {x}: {}", exp(x));
        }
        assert_eq!(exp(-200.0), 0.0);
        for (x, e) in [(0.0, 1.0), (-0.5, 0.707_106_77), (-1.0, 0.5), (-7.3, 0.006_345_722)] {
            assert!((power(x) / e - 1.0).abs() < 1e-4, "power {x}: {}", power(x));
        }
        assert!(power(f32::NEG_INFINITY) < 1e-6);
        for (x, e) in [
            (0.0, 0.0),
            (1.0, 0.841_344_7),
            (-1.0, -0.158_655_3),
            (2.5, 2.484_475_8),
            (-3.0, -0.004_049_694),
            (9.0, 9.0),
        ] {
            assert!((gelu(x) - e).abs() < 2e-4 + e.abs() * 2e-4, "gelu {x}: {}", gelu(x));
        }
        assert!(gelu(-9.0).abs() < 2e-3);
    }

    #[test]
    fn a_normalised_row_has_mean_zero_and_variance_one() {
        let mut row: Vec<f32> = (0..32).map(|i| (i * i % 17) as f32).collect();
        normalise(&mut row, &Norm { gain: vec![1.0; 32], offset: vec![0.0; 32] });
        assert!(sum(&row).abs() < 1e-4);
        assert!((row.iter().map(|v| v * v).sum::<f32>() / 32.0 - 1.0).abs() < 1e-4);
    }
}
