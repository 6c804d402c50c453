//! How often each term stands in a text, in order of the terms.

/// Terms with how often each occurs, in order: sums of floats must not depend on a map's order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Counts(Box<[(u32, f32)]>);

impl Counts {
    /// The terms of a text, in any order.
    pub(super) fn new(mut terms: Vec<u32>) -> Self {
        terms.sort_unstable();
        let runs = terms.chunk_by(u32::eq);
        Self(runs.filter_map(|run| run.first().map(|&term| (term, run.len() as f32))).collect())
    }

    /// Each term once, with how often it occurs.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, f32)> {
        self.0.iter().copied()
    }

    /// How often a term occurs; 0 for one that does not.
    pub(super) fn of(&self, term: u32) -> f32 {
        let found = self.0.binary_search_by_key(&term, |(term, _)| *term).ok();
        found.and_then(|at| self.0.get(at)).map_or(0.0, |(_, count)| *count)
    }

    /// How long the text is in terms.
    pub(super) fn total(&self) -> f32 {
        self.iter().map(|(_, count)| count).sum()
    }
}

/// A term that occurs more often weighs more, but less than as often.
pub(super) fn sublinear(count: f32) -> f32 {
    if count > 0.0 { 1.0 + count.ln() } else { 0.0 }
}

/// `ln(1 + (N − df + 0.5) / (df + 0.5))`: how rare a term is that `holders` of so many articles have.
pub(super) fn rarity(articles: usize, holders: u32) -> f32 {
    let (articles, holders) = (articles as f32, holders as f32);
    (1.0 + (articles - holders + 0.5) / (holders + 0.5)).ln()
}

/// Numbers by term, in a table that is small enough to stay in the fastest memory.
pub(super) struct Weights {
    slots: Box<[(u32, f32)]>,
    shift: u32,
}

/// No term has this number.
const FREE: u32 = u32::MAX;

impl Weights {
    /// The weights of these terms, each once.
    pub(super) fn new(weights: &[(u32, f32)]) -> Self {
        let bits = (2 * weights.len().max(8)).next_power_of_two().trailing_zeros();
        let mut table = Self { slots: vec![(FREE, 0.0); 1 << bits].into(), shift: u32::BITS - bits };
        for &(term, weight) in weights {
            let mut place = table.home(term);
            while table.slots.get(place).is_some_and(|(taken, _)| *taken != FREE && *taken != term) {
                place = (place + 1) % table.slots.len();
            }
            if let Some(slot) = table.slots.get_mut(place) {
                *slot = (term, weight);
            }
        }
        table
    }

    /// The weight of a term; 0 for one that has none.
    pub(super) fn of(&self, term: u32) -> f32 {
        let mut place = self.home(term);
        while let Some(&(found, weight)) = self.slots.get(place) {
            if found == term {
                return weight;
            }
            if found == FREE {
                return 0.0;
            }
            place = (place + 1) % self.slots.len();
        }
        0.0
    }

    /// Fibonacci hashing: neighbours in number are far apart in the table.
    fn home(&self, term: u32) -> usize {
        (term.wrapping_mul(0x9E37_79B9) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn terms_are_counted_in_order() {
        let counts = Counts::new(vec![7, 3, 7, 9]);
        assert_eq!(counts.iter().collect::<Vec<_>>(), [(3, 1.0), (7, 2.0), (9, 1.0)]);
        assert_eq!([counts.of(7), counts.of(8), counts.total()].map(|count| count as u32), [2, 0, 4]);
    }

    #[test]
    fn the_rarest_term_is_one_that_nobody_has() {
        assert!(rarity(10, 0) > rarity(10, 1) && rarity(10, 1) > rarity(10, 10) && rarity(10, 10) > 0.0);
    }

    proptest! {
        #[test]
        fn every_weight_is_found_again(terms in prop::collection::btree_set(0_u32..u32::MAX, 0..200), other in 0_u32..u32::MAX) {
            let weights: Vec<_> = terms.iter().map(|term| (*term, *term as f32 + 1.0)).collect();
            let table = Weights::new(&weights);
            for (term, weight) in weights {
                prop_assert!((table.of(term) - weight).abs() < f32::EPSILON * weight);
            }
            prop_assert_eq!(table.of(other) > 0.0, terms.contains(&other));
        }
    }
}
