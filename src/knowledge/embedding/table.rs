//! The table of vectors: rows of signed bytes, each with its own scale.

use crate::knowledge::embedding::ModelError;

const MAGIC: &[u8] = b"FDVEC1\0\0";

/// Rows of bytes that stay where they are, and what a byte is worth in each row.
#[derive(Debug)]
pub(super) struct Table {
    dimensions: usize,
    scales: Vec<f32>,
    bytes: &'static [u8],
}

impl Table {
    /// Reads the head and the scales; the rows stay bytes.
    pub(super) fn new(file: &'static [u8]) -> Result<Self, ModelError> {
        let rest = file.strip_prefix(MAGIC).ok_or(ModelError::NotATable)?;
        let (rows, rest) = rest.split_first_chunk::<4>().ok_or(ModelError::NotATable)?;
        let (dimensions, rest) = rest.split_first_chunk::<4>().ok_or(ModelError::NotATable)?;
        let (rows, dimensions) = (u32::from_le_bytes(*rows), u32::from_le_bytes(*dimensions));
        let head = file.len() - rest.len();
        let expected =
            u64::from(rows).saturating_mul(u64::from(dimensions) + size_of::<f32>() as u64).saturating_add(head as u64);
        let (rows, dimensions) = (rows as usize, dimensions as usize);
        let split = rest.split_at_checked(rows.saturating_mul(size_of::<f32>()));
        let (scales, bytes) = split
            .filter(|_| expected == file.len() as u64)
            .ok_or(ModelError::WrongSize { expected, actual: file.len() as u64 })?;
        let scales: Vec<f32> = scales.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if let Some(row) = scales.iter().position(|scale| !scale.is_finite()) {
            return Err(ModelError::BadScale { row });
        }
        Ok(Self { dimensions, scales, bytes })
    }

    pub(super) fn rows(&self) -> usize {
        self.scales.len()
    }

    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Adds a row to a sum; a row that is not there adds nothing.
    pub(super) fn add_row(&self, row: u32, sum: &mut [f32]) {
        let start = row as usize * self.dimensions;
        let bytes = self.bytes.get(start..start + self.dimensions);
        let (Some(bytes), Some(&scale)) = (bytes, self.scales.get(row as usize)) else { return };
        for (value, &byte) in sum.iter_mut().zip(bytes) {
            *value += f32::from(byte.cast_signed()) * scale;
        }
    }
}
