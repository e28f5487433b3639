//! Which instructions does this machine have, and how do sums of products look in each?
//!
//! An [`Engine`] is a token that proves its instruction set is there (`archmage` hands it out after asking the CPU, so no
//! unsafe code is needed). All engines add the same integers, so they give the same bits. [`best`] runs a piece of work on the
//! widest set the machine has: AVX-512 with VNNI (Ice Lake, Zen 4 and later), AVX-512, AVX2, or plain code for any machine.
//!
//! Main types: [`Engine`], [`Work`] (something to be compiled for each set), [`Rows`] (the left side of a product).

#[cfg(target_arch = "x86_64")]
use archmage::prelude::*;
#[cfg(target_arch = "x86_64")]
use bytemuck::cast;

/// Rows of activations one kernel call takes.
pub(super) const BLOCK: usize = 8;
/// Outputs one kernel call makes.
pub(super) const PANEL: usize = 32;

/// Sums of one kernel call: rows by outputs.
pub(super) type Sums = [[i32; PANEL]; BLOCK];

/// Four inputs of a panel: per output its four weights.
pub(super) type Quad = [i8; 4 * PANEL];

/// Four inputs of a block of rows: per row four unsigned bytes, as they lie in memory.
pub(super) type Bytes = [u32; BLOCK];

/// The same, each byte in two.
pub(super) type Wide = [u64; BLOCK];

/// A block of rows, quad by quad, in the form the engine asks for; the other is empty.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) bytes: &'a [Bytes],
    pub(super) wide: &'a [Wide],
}

/// A piece of work that each engine compiles for itself.
pub(super) trait Work {
    /// What comes out.
    type Output;
    /// Does it; mark the implementation `#[inline(always)]`.
    fn call(self) -> Self::Output;
}

/// A piece of work that needs to know its engine.
pub(super) trait WorkOn {
    /// What comes out.
    type Output;
    /// Does it on this engine.
    fn on<E: Engine>(self, engine: E) -> Self::Output;
}

/// An instruction set the kernel is written for.
pub(super) trait Engine: Copy {
    /// Whether [`Rows::wide`] is needed.
    const WIDE: bool;
    /// Runs `work` compiled for this instruction set.
    fn run<W: Work>(self, work: W) -> W::Output;
    /// Sums of products of a block of rows with a panel of outputs.
    fn sums(self, rows: Rows<'_>, panel: &[Quad]) -> Sums;
}

/// Runs `work` on the best engine of this machine.
pub(super) fn best<W: WorkOn>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(engine) = X64V4xToken::summon() {
            return work.on(engine);
        }
        if let Some(engine) = X64V4Token::summon() {
            return work.on(engine);
        }
        if let Some(engine) = X64V3Token::summon() {
            return work.on(engine);
        }
    }
    work.on(Plain)
}

/// Runs `work` on every engine of this machine, plain code first.
#[cfg(test)]
pub(super) fn all<W: WorkOn + Clone>(work: &W) -> Vec<W::Output> {
    let mut out = vec![work.clone().on(Plain)];
    #[cfg(target_arch = "x86_64")]
    {
        out.extend(X64V3Token::summon().map(|engine| work.clone().on(engine)));
        out.extend(X64V4Token::summon().map(|engine| work.clone().on(engine)));
        out.extend(X64V4xToken::summon().map(|engine| work.clone().on(engine)));
    }
    out
}

/// Plain Rust, for any machine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain;

impl Engine for Plain {
    const WIDE: bool = false;

    fn run<W: Work>(self, work: W) -> W::Output {
        work.call()
    }

    #[inline(always)]
    fn sums(self, rows: Rows<'_>, panel: &[Quad]) -> Sums {
        let mut sums = [[0i32; PANEL]; BLOCK];
        for (a, w) in rows.bytes.iter().zip(panel) {
            for (a, sums) in a.iter().zip(&mut sums) {
                let a = a.to_ne_bytes();
                for (w, sum) in w.as_chunks::<4>().0.iter().zip(sums) {
                    for (&a, &w) in a.iter().zip(w) {
                        *sum += i32::from(a) * i32::from(w);
                    }
                }
            }
        }
        sums
    }
}

/// AVX-512 with VNNI: 64 products an instruction.
#[cfg(target_arch = "x86_64")]
impl Engine for X64V4xToken {
    const WIDE: bool = false;

    fn run<W: Work>(self, work: W) -> W::Output {
        #[arcane]
        fn run<W: Work>(_token: X64V4xToken, work: W) -> W::Output {
            work.call()
        }
        run(self, work)
    }

    #[inline(always)]
    fn sums(self, rows: Rows<'_>, panel: &[Quad]) -> Sums {
        #[arcane]
        fn sums(_token: X64V4xToken, rows: &[Bytes], panel: &[Quad]) -> Sums {
            let mut acc = [[_mm512_setzero_si512(); 2]; BLOCK];
            for (a, w) in rows.iter().zip(panel) {
                let w: [__m512i; 2] = cast(*w);
                for (a, acc) in a.iter().zip(&mut acc) {
                    let a = _mm512_set1_epi32(a.cast_signed());
                    for (w, acc) in w.iter().zip(acc) {
                        *acc = _mm512_dpbusd_epi32(*acc, a, *w);
                    }
                }
            }
            cast(acc)
        }
        sums(self, rows.bytes, panel)
    }
}

/// AVX-512 without VNNI: four rows by 32 outputs at a time, 32 products an instruction.
#[cfg(target_arch = "x86_64")]
impl Engine for X64V4Token {
    const WIDE: bool = true;

    fn run<W: Work>(self, work: W) -> W::Output {
        #[arcane]
        fn run<W: Work>(_token: X64V4Token, work: W) -> W::Output {
            work.call()
        }
        run(self, work)
    }

    #[inline(always)]
    fn sums(self, rows: Rows<'_>, panel: &[Quad]) -> Sums {
        #[arcane]
        fn sums(_token: X64V4Token, rows: &[Wide], panel: &[Quad]) -> Sums {
            let mut sums = [[0i32; PANEL]; BLOCK];
            for half in 0..BLOCK / 4 {
                let mut acc = [[_mm512_setzero_si512(); 4]; 4];
                for (a, w) in rows.iter().zip(panel) {
                    let w: [__m256i; 4] = cast(*w);
                    let w = [
                        _mm512_cvtepi8_epi16(w[0]),
                        _mm512_cvtepi8_epi16(w[1]),
                        _mm512_cvtepi8_epi16(w[2]),
                        _mm512_cvtepi8_epi16(w[3]),
                    ];
                    for (a, acc) in a[4 * half..4 * half + 4].iter().zip(&mut acc) {
                        let a = _mm512_set1_epi64(a.cast_signed());
                        for (w, acc) in w.iter().zip(acc) {
                            *acc = _mm512_add_epi32(*acc, _mm512_madd_epi16(a, *w));
                        }
                    }
                }
                let acc: [[[i32; 2]; PANEL]; 4] = cast(acc);
                for (acc, sums) in acc.iter().zip(&mut sums[4 * half..]) {
                    for (acc, sum) in acc.iter().zip(sums) {
                        *sum = acc[0] + acc[1];
                    }
                }
            }
            sums
        }
        sums(self, rows.wide, panel)
    }
}

/// AVX2: four rows by eight outputs at a time, 16 products an instruction.
#[cfg(target_arch = "x86_64")]
impl Engine for X64V3Token {
    const WIDE: bool = true;

    fn run<W: Work>(self, work: W) -> W::Output {
        #[arcane]
        fn run<W: Work>(_token: X64V3Token, work: W) -> W::Output {
            work.call()
        }
        run(self, work)
    }

    #[inline(always)]
    fn sums(self, rows: Rows<'_>, panel: &[Quad]) -> Sums {
        #[arcane]
        fn sums(_token: X64V3Token, rows: &[Wide], panel: &[Quad]) -> Sums {
            let mut sums = [[0i32; PANEL]; BLOCK];
            for half in 0..BLOCK / 4 {
                for quarter in 0..4 {
                    let mut acc = [[_mm256_setzero_si256(); 2]; 4];
                    for (a, w) in rows.iter().zip(panel) {
                        let w: [[__m128i; 2]; 4] = cast(*w);
                        let w = [_mm256_cvtepi8_epi16(w[quarter][0]), _mm256_cvtepi8_epi16(w[quarter][1])];
                        for (a, acc) in a[4 * half..4 * half + 4].iter().zip(&mut acc) {
                            let a = _mm256_set1_epi64x(a.cast_signed());
                            for (w, acc) in w.iter().zip(acc) {
                                *acc = _mm256_add_epi32(*acc, _mm256_madd_epi16(a, *w));
                            }
                        }
                    }
                    let acc: [[[i32; 2]; 8]; 4] = cast(acc);
                    for (acc, sums) in acc.iter().zip(&mut sums[4 * half..]) {
                        for (acc, sum) in acc.iter().zip(&mut sums[8 * quarter..]) {
                            *sum = acc[0] + acc[1];
                        }
                    }
                }
            }
            sums
        }
        sums(self, rows.wide, panel)
    }
}
