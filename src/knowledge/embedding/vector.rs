//! Vectors of length one in sixteen bits a value: half the memory of floats, and compared several times faster.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How many sums of a product are kept side by side: the compiler puts them into registers, and none waits for another.
const LANES: usize = 32;

/// What 1.0 is.
const ONE: f32 = 32_767.0;

/// A vector of length one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vector(Box<[i16]>);

impl Vector {
    /// The vector with this direction; none when it has no direction.
    pub fn new(values: &[f32]) -> Option<Self> {
        let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
        if !length.is_finite() || length <= f32::MIN_POSITIVE {
            return None;
        }
        Some(Self(values.iter().map(|value| (value / length * ONE).round() as i16).collect()))
    }

    /// The vector with these sixteen-bit values.
    pub fn from_bits(values: impl Iterator<Item = i16>) -> Self {
        Self(values.collect())
    }

    /// Its values as they are kept.
    pub fn bits(&self) -> &[i16] {
        &self.0
    }

    /// The cosine to another one; 0 when they are of different models.
    pub fn cosine(&self, other: &Self) -> f32 {
        dot(&self.0, &other.0)
    }

    /// Its values.
    pub fn values(&self) -> impl Iterator<Item = f32> {
        self.row().values()
    }

    /// The vector as one of many.
    pub fn row(&self) -> Row<'_> {
        Row(&self.0)
    }
}

/// A vector that lies among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a>(&'a [i16]);

impl Row<'_> {
    /// How many values it has.
    pub fn width(self) -> usize {
        self.0.len()
    }

    /// The cosine to a vector; 0 when they are of different models, and for a row of zeros.
    pub fn cosine(self, vector: &Vector) -> f32 {
        dot(self.0, &vector.0)
    }
}

impl<'a> Row<'a> {
    /// Its values.
    pub fn values(self) -> impl Iterator<Item = f32> + 'a {
        self.0.iter().map(|&value| f32::from(value) / ONE)
    }
}

/// The product of two vectors of length one at most.
fn dot(a: &[i16], b: &[i16]) -> f32 {
    if a.len() != b.len() {
        return 0.0;
    }
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [0_i32; LANES];
    // Vectors of length one cannot overflow; sums that need not look out for it are faster.
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum = sum.wrapping_add(i32::from(*a) * i32::from(*b));
        }
    }
    let rest = a_rest.iter().zip(b_rest).fold(0_i32, |sum, (a, b)| sum.wrapping_add(i32::from(*a) * i32::from(*b)));
    let product = sums.into_iter().fold(rest, i32::wrapping_add);
    (product as f32 / (ONE * ONE)).clamp(-1.0, 1.0)
}

/// Many vectors one behind the other, as a question goes through them.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    width: usize,
    values: Vec<i16>,
}

impl Rows {
    /// Rows of these vectors; an article without one has a row of zeros.
    pub fn new<'a>(width: usize, vectors: impl Iterator<Item = Option<&'a Vector>>) -> Self {
        let mut values = Vec::new();
        for vector in vectors {
            let start = values.len();
            values.extend(vector.map(Vector::bits).filter(|bits| bits.len() == width).unwrap_or_default());
            values.resize(start + width, 0);
        }
        Self { width, values }
    }

    /// Every row in its order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.values.chunks_exact(self.width.max(1)).map(Row)
    }

    /// Those of the rows with these numbers that there are.
    pub fn range(&self, numbers: Range<usize>) -> impl Iterator<Item = Row<'_>> {
        let values = self.values.get(numbers.start * self.width..numbers.end * self.width).unwrap_or_default();
        values.chunks_exact(self.width.max(1)).map(Row)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn vectors_of_different_models_have_nothing_in_common() {
        let [one, other] = [&[1.0][..], &[1.0, 0.0]].map(|values| Vector::new(values).unwrap());
        assert!(one.cosine(&other).abs() < f32::EPSILON);
    }

    #[test]
    fn no_direction_no_vector() {
        for values in [&[][..], &[0.0, 0.0], &[f32::NAN], &[f32::INFINITY]] {
            assert_eq!(Vector::new(values), None, "{values:?}");
        }
    }

    proptest! {
        #[test]
        fn cosines_are_as_those_of_floats(a in prop::array::uniform32(-1.0_f32..1.0), b in prop::array::uniform32(-1.0_f32..1.0)) {
            let length = |v: &[f32]| v.iter().map(|x| x * x).sum::<f32>().sqrt();
            let exact = a.iter().zip(&b).map(|(x, y)| x * y).sum::<f32>() / length(&a) / length(&b);
            let (Some(a), Some(b)) = (Vector::new(&a), Vector::new(&b)) else { return Ok(()) };
            prop_assert!((a.cosine(&b) - exact).abs() < 1e-3);
            let rows = Rows::new(32, [Some(&a), None].into_iter());
            let products: Vec<f32> = rows.iter().map(|row| row.cosine(&b)).collect();
            prop_assert!((products[0] - exact).abs() < 1e-3 && products[1].abs() < f32::EPSILON);
            prop_assert_eq!(rows.range(0..1).collect::<Vec<_>>(), [a.row()]);
            prop_assert_eq!(rows.range(1..3).count(), 0);
        }
    }
}
