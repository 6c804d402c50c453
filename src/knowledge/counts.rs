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
    // Nearly all occur once, and a logarithm takes long.
    if count > 1.0 { 1.0 + count.ln() } else { count }
}

/// `ln(1 + (N − df + 0.5) / (df + 0.5))`: how rare a term is that `holders` of so many articles have.
pub(super) fn rarity(articles: usize, holders: u32) -> f32 {
    let (articles, holders) = (articles as f32, holders as f32);
    (1.0 + (articles - holders + 0.5) / (holders + 0.5)).ln()
}

/// Counts the articles that have each number.
pub(super) struct Holders {
    counts: Vec<u32>,
    last: Vec<u32>,
}

impl Holders {
    /// Of so many numbers.
    pub(super) fn new(numbers: usize) -> Self {
        Self { counts: vec![0; numbers], last: vec![0; numbers] }
    }

    /// Notes what an article has; the texts of one article follow one another.
    pub(super) fn note(&mut self, counts: &Counts, article: u32) {
        for (number, _) in counts.iter() {
            let number = number as usize;
            if let (Some(count), Some(last)) = (self.counts.get_mut(number), self.last.get_mut(number))
                && *last != article
            {
                *last = article;
                *count += 1;
            }
        }
    }

    /// How rare each number is among so many articles.
    pub(super) fn rarities(self, articles: usize) -> Vec<f32> {
        self.counts.into_iter().map(|holders| rarity(articles, holders)).collect()
    }
}

/// Which texts have each term, and what it weighs there: one sum over all texts takes as long as the terms of the
/// question are frequent, however long the texts are.
pub(super) struct Postings<W> {
    /// Where the texts of each term begin, and after the last one's.
    starts: Vec<u32>,
    texts: Vec<u32>,
    /// Beside each text.
    weights: Vec<W>,
}

impl<W: Copy + Default> Postings<W> {
    /// Of these texts, numbered in their order. `weight` says what a term weighs in a text that has it so often.
    pub(super) fn new<'a>(
        terms: usize,
        texts: impl Iterator<Item = &'a Counts> + Clone,
        weight: impl Fn(u32, f32) -> W,
    ) -> Self {
        let mut starts = vec![0_u32; terms + 1];
        for (term, _) in texts.clone().flat_map(Counts::iter) {
            if let Some(count) = starts.get_mut(term as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut free = starts.clone();
        let mut postings = Self { starts, texts: vec![0; sum as usize], weights: vec![W::default(); sum as usize] };
        for (text, counts) in (0..).zip(texts) {
            for (term, count) in counts.iter() {
                let Some(place) = free.get_mut(term as usize) else { continue };
                let at = *place as usize;
                if let (Some(posting), Some(own)) = (postings.texts.get_mut(at), postings.weights.get_mut(at)) {
                    (*posting, *own) = (text, weight(text, count));
                }
                *place += 1;
            }
        }
        postings
    }

    /// The texts that have the term, with what it weighs in each.
    pub(super) fn of(&self, term: u32) -> impl Iterator<Item = (u32, W)> {
        let ends = self.starts.get(term as usize..).and_then(|starts| starts.first_chunk());
        let place = ends.map_or(0..0, |&[start, end]: &[u32; 2]| start as usize..end as usize);
        let texts = self.texts.get(place.clone()).unwrap_or_default();
        let weights = self.weights.get(place).unwrap_or_default();
        texts.iter().copied().zip(weights.iter().copied())
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
        fn every_text_that_has_a_term_is_found_by_it(
            texts in prop::collection::vec(prop::collection::vec(0_u32..40, 0..20), 0..12),
            asked in prop::collection::vec(0_u32..60, 0..12),
        ) {
            let texts: Vec<_> = texts.into_iter().map(Counts::new).collect();
            let postings = Postings::new(40, texts.iter(), |_, count| count);
            for term in asked {
                let has = |(text, counts): (usize, &Counts)| Some((text as u32, counts.of(term))).filter(|(_, count)| *count > 0.0);
                let expected: Vec<_> = texts.iter().enumerate().filter_map(has).collect();
                prop_assert_eq!(postings.of(term).collect::<Vec<_>>(), expected);
            }
        }
    }
}
