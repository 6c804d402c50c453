//! Logistic regression with few numbers, held near what is usual.

/// What is known of one outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point<const N: usize> {
    pub(super) features: [f64; N],
    /// 1 for yes, 0 for no.
    pub(super) outcome: f64,
    pub(super) weight: f64,
}

/// What a number usually is, and how much deviation from it costs: the inverse of its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usual {
    pub(super) value: f64,
    pub(super) pull: f64,
}

const NEWTON_STEPS: usize = 40;
/// No number moves further than this in one step: far out, the curve is too flat to be believed.
const LONGEST_STEP: f64 = 1.0;

/// The numbers that make the outcomes likeliest, where what is usual counts too.
pub(super) fn fit<const N: usize>(points: &[Point<N>], usual: &[Usual; N]) -> [f64; N] {
    let mut numbers = usual.map(|usual| usual.value);
    for _ in 0..NEWTON_STEPS {
        let (gradient, curve) = slope_and_curve(points, usual, &numbers);
        let step = solve(curve, gradient);
        for (number, step) in numbers.iter_mut().zip(step) {
            *number -= step.clamp(-LONGEST_STEP, LONGEST_STEP);
        }
    }
    numbers
}

/// `1 / (1 + e⁻ˣ)`.
pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn slope_and_curve<const N: usize>(
    points: &[Point<N>],
    usual: &[Usual; N],
    numbers: &[f64; N],
) -> ([f64; N], [[f64; N]; N]) {
    let mut gradient = [0.0; N];
    let mut curve = [[0.0; N]; N];
    let usual = usual.iter().zip(numbers).zip(gradient.iter_mut().zip(curve.iter_mut())).enumerate();
    for (place, ((usual, number), (gradient, row))) in usual {
        *gradient = usual.pull * (number - usual.value);
        if let Some(own) = row.get_mut(place) {
            *own = usual.pull;
        }
    }
    for point in points {
        let p = logistic(product(&point.features, numbers));
        let (error, bend) = (point.weight * (p - point.outcome), point.weight * p * (1.0 - p));
        for ((feature, gradient), row) in point.features.iter().zip(&mut gradient).zip(&mut curve) {
            *gradient += error * feature;
            row.iter_mut().zip(&point.features).for_each(|(cell, other)| *cell += bend * feature * other);
        }
    }
    (gradient, curve)
}

/// Solves a small symmetric positive system by Gauss's elimination.
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for pivot in 0..N {
        let (Some(&row), Some(&value)) = (matrix.get(pivot), right.get(pivot)) else { break };
        let diagonal = row.get(pivot).copied().filter(|value| value.abs() > f64::MIN_POSITIVE).unwrap_or(1.0);
        for (place, (other, other_value)) in matrix.iter_mut().zip(&mut right).enumerate() {
            if place == pivot {
                for cell in other.iter_mut() {
                    *cell /= diagonal;
                }
                *other_value /= diagonal;
                continue;
            }
            let factor = other.get(pivot).copied().unwrap_or_default() / diagonal;
            other.iter_mut().zip(&row).for_each(|(cell, own)| *cell -= factor * own);
            *other_value -= factor * value;
        }
    }
    right
}

fn product<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: Usual = Usual { value: 0.0, pull: 1e-6 };

    fn points(all: &[(f64, usize, usize)]) -> Vec<Point<2>> {
        let point = |x, outcome| Point { features: [x, 1.0], outcome, weight: 1.0 };
        all.iter().flat_map(|&(x, yes, no)| [vec![point(x, 1.0); yes], vec![point(x, 0.0); no]].concat()).collect()
    }

    #[test]
    fn a_system_is_solved() {
        let found = solve([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]], [6.0, 10.0, 8.0]);
        for (found, expected) in found.into_iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }

    #[test]
    fn shares_are_found_again() {
        let [slope, offset] = fit(&points(&[(0.0, 50, 50), (1.0, 80, 20)]), &[FREE; 2]);
        assert!((logistic(offset) - 0.5).abs() < 1e-3 && (logistic(slope + offset) - 0.8).abs() < 1e-3);
    }

    #[test]
    fn without_points_everything_is_as_usual() {
        let usual = [Usual { value: 1.0, pull: 4.0 }, Usual { value: -0.5, pull: 1.0 }];
        let [slope, offset] = fit(&[], &usual);
        assert!((slope - 1.0).abs() < 1e-9 && (offset + 0.5).abs() < 1e-9, "{slope} {offset}");
    }

    #[test]
    fn what_is_certain_stays_finite() {
        let found = fit(&points(&[(0.0, 0, 30), (1.0, 30, 0)]), &[Usual { value: 0.0, pull: 1.0 }; 2]);
        assert!(found.iter().all(|number| number.is_finite()), "{found:?}");
    }
}
