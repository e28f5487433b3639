//! What is in a weight file, and is it whole?
//!
//! Layout, little-endian: the eight bytes `RASHOMON`; a u32, the length of the header; the header, JSON; the blobs,
//! each at a multiple of 64 bytes from the start of the file; and last, 32 bytes: the SHA-256 of everything before.
//! A tensor is `i8` rows with one f32 scale a row, or plain `f32`; the vocabulary is text, one piece a line.
//! `training/export.py` writes it; `docs/models.md` describes it for those who bring their own.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::arithmetic::Norm;
use super::kernel::Matrix;

/// Why a weight file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeightError {
    /// Not such a file at all.
    NotWeights,
    /// Cut short or changed: the digest at its end does not fit.
    Digest,
    /// The header cannot be read; what the JSON reader says.
    Header(String),
    /// A tensor is missing or has the wrong shape; its name.
    Tensor(String),
}

impl std::fmt::Display for WeightError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotWeights => write!(f, "not a rashomon weight file"),
            Self::Digest => write!(f, "weight file damaged: its digest does not fit"),
            Self::Header(why) => write!(f, "weight file header unreadable: {why}"),
            Self::Tensor(name) => write!(f, "weight file lacks a tensor or has it in another shape: {name}"),
        }
    }
}

impl std::error::Error for WeightError {}

#[derive(Debug, Deserialize)]
pub(super) struct Header {
    pub(super) format: String,
    pub(super) name: String,
    /// Scheme of names → its kinds, in the order of the heads.
    pub(super) names: Vec<(String, Vec<String>)>,
    pub(super) upos: Vec<String>,
    /// Upper ends of the distance buckets of the linker, in words.
    pub(super) distances: Vec<usize>,
    vocabulary: (usize, usize),
    tensors: BTreeMap<String, Place>,
}

#[derive(Debug, Deserialize)]
struct Place {
    #[serde(rename = "type")]
    kind: String,
    shape: Vec<usize>,
    at: usize,
    #[serde(default)]
    scale: Option<usize>,
}

/// An opened weight file.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    pub(super) header: Header,
    pub(super) sha256: String,
}

impl<'a> File<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, WeightError> {
        let body = bytes.len().checked_sub(32).and_then(|n| bytes.get(..n)).ok_or(WeightError::NotWeights)?;
        let length =
            body.strip_prefix(b"RASHOMON").and_then(|rest| rest.first_chunk::<4>()).ok_or(WeightError::NotWeights)?;
        let length = u32::from_le_bytes(*length) as usize;
        let digest = Sha256::digest(body);
        if bytes.get(body.len()..) != Some(digest.as_slice()) {
            return Err(WeightError::Digest);
        }
        let json = body.get(12..12 + length).ok_or(WeightError::NotWeights)?;
        let header: Header = serde_json::from_slice(json).map_err(|e| WeightError::Header(e.to_string()))?;
        if header.format != "rashomon/weights/1" {
            return Err(WeightError::Header(format!("unknown format {}", header.format)));
        }
        let sha256 = digest.iter().map(|b| format!("{b:02x}")).collect();
        Ok(Self { bytes: body, header, sha256 })
    }

    pub(super) fn vocabulary(&self) -> Result<&'a str, WeightError> {
        let (at, length) = self.header.vocabulary;
        self.bytes
            .get(at..at.saturating_add(length))
            .and_then(|b| std::str::from_utf8(b).ok())
            .ok_or_else(|| WeightError::Tensor("vocabulary".into()))
    }

    fn place(&self, name: &str, kind: &str, shape: &[usize]) -> Result<&Place, WeightError> {
        self.header
            .tensors
            .get(name)
            .filter(|p| p.kind == kind && p.shape == shape)
            .ok_or_else(|| WeightError::Tensor(name.into()))
    }

    fn floats_at(&self, at: usize, n: usize, name: &str) -> Result<Vec<f32>, WeightError> {
        let bytes = self.bytes.get(at..at.saturating_add(4 * n)).ok_or_else(|| WeightError::Tensor(name.into()))?;
        let floats: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        // an infinity would make sums that are not numbers
        if floats.iter().all(|v| v.is_finite()) { Ok(floats) } else { Err(WeightError::Tensor(name.into())) }
    }

    /// A plain tensor of this shape.
    pub(super) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        let place = self.place(name, "f32", shape)?;
        self.floats_at(place.at, shape.iter().product(), name)
    }

    /// Rows of int8 with their scales.
    pub(super) fn rows(&self, name: &str, rows: usize, width: usize) -> Result<(Vec<i8>, Vec<f32>), WeightError> {
        let place = self.place(name, "i8", &[rows, width])?;
        let wrong = || WeightError::Tensor(name.into());
        let bytes = self.bytes.get(place.at..place.at.saturating_add(rows * width)).ok_or_else(wrong)?;
        let scale = self.floats_at(place.scale.ok_or_else(wrong)?, rows, name)?;
        Ok((bytes.iter().map(|b| b.cast_signed()).collect(), scale))
    }

    /// The linear map `name.weight`, `name.bias`.
    pub(super) fn matrix(&self, name: &str, outputs: usize, inputs: usize) -> Result<Matrix, WeightError> {
        let (weights, scale) = self.rows(&format!("{name}.weight"), outputs, inputs)?;
        let bias = self.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Matrix::new(&weights, &scale, &bias, outputs, inputs))
    }

    /// The layer normalisation `name.weight`, `name.bias`.
    pub(super) fn norm(&self, name: &str, width: usize) -> Result<Norm, WeightError> {
        Ok(Norm {
            gain: self.floats(&format!("{name}.weight"), &[width])?,
            offset: self.floats(&format!("{name}.bias"), &[width])?,
        })
    }
}
