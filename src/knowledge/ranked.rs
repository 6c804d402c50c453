//! The greatest of many, without putting all of them in order.

/// Keeps the so many greatest, in no order; of equals those with the lowest numbers.
pub(super) fn keep_greatest(ranked: &mut Vec<(f32, usize)>, most: usize) {
    if ranked.len() > most {
        ranked.select_nth_unstable_by(most, |(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
        ranked.truncate(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_are_kept() {
        for (values, most, expected) in [
            (vec![1.0, 3.0, 2.0], 2, vec![1, 2]),
            (vec![1.0, 1.0, 1.0], 2, vec![0, 1]),
            (vec![1.0, 3.0], 2, vec![0, 1]),
            (vec![f32::MIN, 0.0], 0, vec![]),
        ] {
            let mut ranked: Vec<(f32, usize)> = values.into_iter().zip(0..).collect();
            keep_greatest(&mut ranked, most);
            let mut kept: Vec<usize> = ranked.into_iter().map(|(_, number)| number).collect();
            kept.sort_unstable();
            assert_eq!(kept, expected);
        }
    }
}
