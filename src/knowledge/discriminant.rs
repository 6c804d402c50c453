//! Which article a vector most likely belongs to, learnt from the vectors of phrasings and passages.
//!
//! Fisher's linear discriminant: one covariance for all articles, shrunken towards a ball. It is solved, not trained
//! step by step, so that it takes as long for 10,000 articles as reading them; on the public cases it is as good as a
//! logistic regression on the same vectors, or better.

use crate::knowledge::embedding::{Row, Rows, Vector};

/// How much of a ball is in the covariance, beside the vectors' own variance.
const SHRINKAGE: f64 = 0.2;

/// Every article's mean is drawn to the common one as by so many vectors.
const PRIOR: f32 = 1.0;

/// The covariance is learnt from at most so many vectors.
const MOST_SAMPLES: usize = 4_000;

/// The least log of a probability that still tells articles apart, and what makes it 1.
const LEAST: f32 = -12.0;
const SCALE: f32 = 10.0;

/// What is so far behind the likeliest adds nothing to a sum, not even ten thousand times; most articles are.
const NOTHING: f32 = -24.0;

/// What turns a vector into a likelihood for each article.
#[derive(Clone, Default)]
pub(super) struct Discriminant {
    /// The mean of all vectors.
    centre: Vec<f32>,
    /// The inverse of the covariance within articles: each row at length one, and how long it is.
    precision: Rows,
    lengths: Vec<f32>,
    /// How much of the way from the centre to its article's mean a question comes.
    reach: f32,
}

/// One article's place, as the discriminant sees it.
#[derive(Clone)]
pub(super) struct Place {
    /// From the centre of all to where the article's questions are expected, at length one, and how far.
    direction: Option<Vector>,
    distance: f32,
    /// Half of what the direction itself comes to.
    offset: f32,
}

impl Discriminant {
    /// Learns from each article's vectors. A question is expected at `reach` of the way to its article's mean.
    pub(super) fn learn(width: usize, reach: f32, articles: &[Vec<Row<'_>>]) -> Self {
        let all: Vec<Row<'_>> = articles.iter().flatten().copied().filter(|row| row.width() == width).collect();
        let centre = mean(width, &all);
        let mut covariance = vec![0.0_f32; width * width];
        let mut spread = 0.0_f64;
        let stride = all.len().div_ceil(MOST_SAMPLES).max(1);
        let mut count = 0_usize;
        let mut seen = 0_usize;
        for vectors in articles {
            let own = drawn(width, vectors, &centre);
            for vector in vectors.iter().filter(|vector| vector.width() == width) {
                seen += 1;
                if !seen.is_multiple_of(stride) {
                    continue;
                }
                count += 1;
                let away: Vec<f32> = vector.values().zip(&own).map(|(value, own)| value - own).collect();
                add_outer_product(&away, &mut covariance);
                spread += vector.values().zip(&centre).map(|(v, c)| f64::from((v - c) * (v - c))).sum::<f64>();
            }
        }
        let count = count.max(1) as f64;
        let ball = SHRINKAGE * spread / count / width.max(1) as f64 + f64::EPSILON;
        let entry = |row: usize, column: usize| {
            let (low, high) = (row.min(column), row.max(column));
            let shared = covariance.get(high * width + low).copied().map_or(0.0, f64::from) / count;
            shared + if row == column { ball } else { 0.0 }
        };
        let matrix = (0..width * width).map(|at| entry(at / width, at % width)).collect();
        let precision = inverse(matrix, width);
        let rows: Vec<&[f32]> = precision.chunks_exact(width.max(1)).collect();
        let directions: Vec<Option<Vector>> = rows.iter().map(|row| Vector::new(row)).collect();
        Self {
            centre,
            precision: Rows::new(width, directions.iter().map(Option::as_ref)),
            lengths: rows.into_iter().map(length).collect(),
            reach,
        }
    }

    /// Where an article with these vectors is.
    pub(super) fn place(&self, vectors: &[Row<'_>]) -> Place {
        let own = drawn(self.centre.len(), vectors, &self.centre);
        let away: Vec<f32> = own.iter().zip(&self.centre).map(|(own, centre)| (own - centre) * self.reach).collect();
        let turned = self.turn(&away);
        let offset = away.iter().zip(&turned).map(|(a, b)| a * b).sum::<f32>() / 2.0;
        Place { direction: Vector::new(&away), distance: length(&away), offset }
    }

    /// The question's vector as it is compared with the places, and its length.
    pub(super) fn view(&self, question: &Vector) -> Option<(Vector, f32)> {
        let away: Vec<f32> = question.values().zip(&self.centre).map(|(value, centre)| value - centre).collect();
        let turned = self.turn(&away);
        Some((Vector::new(&turned)?, length(&turned)))
    }

    /// The product of the inverse covariance and a vector.
    fn turn(&self, vector: &[f32]) -> Vec<f32> {
        let Some(direction) = Vector::new(vector) else { return vec![0.0; vector.len()] };
        let far = length(vector);
        self.precision.iter().zip(&self.lengths).map(|(row, length)| row.cosine(&direction) * length * far).collect()
    }
}

impl Place {
    pub(super) fn direction(&self) -> Option<&Vector> {
        self.direction.as_ref()
    }

    /// How likely the article is, as a logarithm without a common part.
    pub(super) fn likelihood(&self, product: f32, view_length: f32) -> f32 {
        product * self.distance * view_length - self.offset
    }
}

/// The logarithms of the articles' shares, from 0 for certainty down to −1.2.
pub(super) fn log_shares(likelihoods: &mut [f32]) {
    let most = likelihoods.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let behind = likelihoods.iter().map(|likelihood| likelihood - most).filter(|behind| *behind > NOTHING);
    let all = behind.map(f32::exp).sum::<f32>().ln();
    for likelihood in likelihoods {
        *likelihood = (*likelihood - most - all).max(LEAST) / SCALE;
    }
}

fn length(vector: &[f32]) -> f32 {
    vector.iter().map(|value| value * value).sum::<f32>().sqrt()
}

fn mean(width: usize, vectors: &[Row<'_>]) -> Vec<f32> {
    let mut sum = vec![0.0; width];
    for vector in vectors {
        sum.iter_mut().zip(vector.values()).for_each(|(sum, value)| *sum += value);
    }
    for value in &mut sum {
        *value /= vectors.len().max(1) as f32;
    }
    sum
}

/// The vectors' mean, drawn to the common centre: few vectors say little.
fn drawn(width: usize, vectors: &[Row<'_>], centre: &[f32]) -> Vec<f32> {
    let own: Vec<Row<'_>> = vectors.iter().copied().filter(|vector| vector.width() == width).collect();
    let count = own.len() as f32;
    let mean = mean(width, &own);
    mean.iter().zip(centre).map(|(own, centre)| (own * count + centre * PRIOR) / (count + PRIOR)).collect()
}

/// Adds the lower half of a vector's product with itself.
fn add_outer_product(vector: &[f32], sums: &mut [f32]) {
    for (row, (value, sums)) in vector.iter().zip(sums.chunks_exact_mut(vector.len().max(1))).enumerate() {
        for (sum, other) in sums.iter_mut().zip(vector.iter().take(row + 1)) {
            *sum += value * other;
        }
    }
}

/// The inverse of a symmetric positive matrix, by Gauss and Jordan; its pivots cannot vanish, because the ball is in it.
fn inverse(mut matrix: Vec<f64>, width: usize) -> Vec<f32> {
    let mut inverse: Vec<f64> = (0..width * width).map(|at| f64::from(u8::from(at / width == at % width))).collect();
    for pivot in 0..width {
        let rows = pivot * width..(pivot + 1) * width;
        let (Some(own), Some(own_inverse)) = (matrix.get(rows.clone()), inverse.get(rows)) else { break };
        let scale = 1.0 / own.get(pivot).copied().filter(|value| value.abs() > f64::EPSILON).unwrap_or(1.0);
        let own: Vec<f64> = own.iter().map(|value| value * scale).collect();
        let own_inverse: Vec<f64> = own_inverse.iter().map(|value| value * scale).collect();
        let others = matrix.chunks_exact_mut(width).zip(inverse.chunks_exact_mut(width)).enumerate();
        for (row, (values, inverse_values)) in others {
            if row == pivot {
                values.copy_from_slice(&own);
                inverse_values.copy_from_slice(&own_inverse);
                continue;
            }
            let factor = values.get(pivot).copied().unwrap_or_default();
            values.iter_mut().zip(&own).for_each(|(value, own)| *value -= factor * own);
            inverse_values.iter_mut().zip(&own_inverse).for_each(|(value, own)| *value -= factor * own);
        }
    }
    inverse.into_iter().map(|value| value as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(values: &[f32]) -> Vector {
        Vector::new(values).unwrap()
    }

    fn shares(articles: &[Vec<Vector>], question: &Vector) -> Vec<f32> {
        shares_at(1.0, articles, question)
    }

    fn shares_at(reach: f32, articles: &[Vec<Vector>], question: &Vector) -> Vec<f32> {
        let borrowed: Vec<Vec<Row<'_>>> =
            articles.iter().map(|vectors| vectors.iter().map(Vector::row).collect()).collect();
        let discriminant = Discriminant::learn(question.bits().len(), reach, &borrowed);
        let (view, length) = discriminant.view(question).unwrap();
        let likelihood = |vectors: &Vec<Row<'_>>| {
            let place = discriminant.place(vectors);
            place.likelihood(place.direction().map_or(0.0, |direction| direction.cosine(&view)), length)
        };
        let mut likelihoods: Vec<f32> = borrowed.iter().map(likelihood).collect();
        log_shares(&mut likelihoods);
        likelihoods
    }

    #[test]
    fn the_inverse_undoes_the_matrix() {
        let inverse = inverse(vec![4.0, 1.0, 1.0, 3.0], 2);
        for (found, expected) in inverse.into_iter().zip([3.0 / 11.0, -1.0 / 11.0, -1.0 / 11.0, 4.0 / 11.0]) {
            assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        }
    }

    #[test]
    fn a_direction_that_varies_within_articles_counts_less() {
        // The third value is noise within both articles; the first two tell them apart.
        let one = vec![vector(&[1.0, 0.1, 1.0]), vector(&[1.0, 0.1, -1.0]), vector(&[1.0, 0.0, 0.2])];
        let other = vec![vector(&[0.1, 1.0, -1.0]), vector(&[0.1, 1.0, 1.0]), vector(&[0.0, 1.0, -0.2])];
        let found = shares(&[one, other], &vector(&[0.6, 0.4, -1.0]));
        assert!(found[0] > found[1] && found[0] <= 0.0 && found[1] >= -1.2, "{found:?}");
    }

    #[test]
    fn a_far_article_is_found_from_halfway_when_no_question_is_expected_to_come_further() {
        let far = vec![vector(&[1.0, 0.1]), vector(&[1.0, -0.1])];
        let near = vec![vector(&[0.6, 0.8]), vector(&[0.7, 0.7]), vector(&[0.5, 0.85])];
        let articles = [far, near];
        let found = [1.0, 0.5].map(|reach| shares_at(reach, &articles, &vector(&[0.9, 0.5])));
        assert_eq!(found.each_ref().map(|shares| shares[0] > shares[1]), [false, true], "{found:?}");
    }

    #[test]
    fn an_article_without_a_vector_is_no_trouble() {
        let found = shares(
            &[vec![], vec![vector(&[1.0, 0.0]), vector(&[0.8, 0.6])], vec![vector(&[0.0, 1.0])]],
            &vector(&[1.0, 0.0]),
        );
        assert!(found.iter().all(|share| share.is_finite()) && found[1] > found[2], "{found:?}");
        let mut none: [f32; 0] = [];
        log_shares(&mut none);
    }
}
