//! TF-IDF cosines of one text to many, through inverted lists.

use std::collections::HashMap;

/// Many texts as normalised vectors of weighted terms.
pub(super) struct Cosines {
    ids: HashMap<String, usize>,
    /// For each term: how rare it is.
    rarities: Vec<f32>,
    /// Of a term that no text has.
    unknown_idf: f32,
    /// For each term: the texts that have it, and its share in them.
    lists: Vec<Vec<(u32, f32)>>,
    text_count: usize,
}

impl Cosines {
    /// The vectors of texts, each a list of terms. A term is as rare as the articles that have it are few; a text
    /// without an owner counts for none.
    pub(super) fn new(texts: &[Vec<String>], owners: &[Option<usize>]) -> Self {
        let mut ids = HashMap::new();
        let frequencies: Vec<Frequencies> =
            texts.iter().map(|text| counted(text.iter().map(|term| id_of(&mut ids, term)).collect())).collect();
        let article_count = owners.iter().flatten().max().map_or(0, |last| last + 1);
        let holders = holders(&frequencies, owners, ids.len());
        let rarities: Vec<f32> = holders.into_iter().map(|holders| idf(article_count, holders)).collect();
        let lists = inverted(&frequencies, &rarities);
        Self { ids, rarities, unknown_idf: idf(article_count, 0), lists, text_count: texts.len() }
    }

    /// The cosine of this text to each of the texts.
    pub(super) fn compare(&self, text: &[String]) -> Vec<f32> {
        let mut cosines = vec![0.0; self.text_count];
        let counts = counted(text.iter().map(String::as_str).collect());
        let weights: Vec<_> = counts.into_iter().map(|(term, n)| (term, sublinear(n) * self.idf(term))).collect();
        let norm = norm(weights.iter().map(|(_, weight)| *weight));
        for (term, weight) in weights {
            let Some(list) = self.term(term).and_then(|term| self.lists.get(term)) else { continue };
            for &(text, share) in list {
                if let Some(cosine) = cosines.get_mut(text as usize) {
                    *cosine += weight / norm * share;
                }
            }
        }
        cosines
    }

    /// `ln(1 + (N − df + 0.5) / (df + 0.5))`, with df 0 for terms that no text has.
    pub(super) fn idf(&self, term: &str) -> f32 {
        self.term(term).and_then(|term| self.rarities.get(term)).copied().unwrap_or(self.unknown_idf)
    }

    /// The number of a term, if any text has it.
    pub(super) fn term(&self, term: &str) -> Option<usize> {
        self.ids.get(term).copied()
    }

    /// How many different terms there are.
    pub(super) fn term_count(&self) -> usize {
        self.ids.len()
    }
}

/// Terms with how often each occurs, in order: sums of floats must not depend on a map's order.
type Frequencies = Vec<(usize, f32)>;

/// Each item once, in order, with how often it occurs.
pub(super) fn counted<T: Ord + Copy>(mut items: Vec<T>) -> Vec<(T, f32)> {
    items.sort_unstable();
    items.chunk_by(T::eq).filter_map(|run| run.first().map(|&item| (item, run.len() as f32))).collect()
}

fn id_of(ids: &mut HashMap<String, usize>, term: &str) -> usize {
    if let Some(id) = ids.get(term) {
        return *id;
    }
    let id = ids.len();
    ids.insert(term.to_owned(), id);
    id
}

/// How many articles have each term; the texts of one article follow one another.
fn holders(frequencies: &[Frequencies], owners: &[Option<usize>], term_count: usize) -> Vec<usize> {
    let mut holders = vec![0; term_count];
    let mut last_holder = vec![None; term_count];
    for (counts, owner) in frequencies.iter().zip(owners).filter(|(_, owner)| owner.is_some()) {
        for &(term, _) in counts {
            if let (Some(last), Some(count)) = (last_holder.get_mut(term), holders.get_mut(term))
                && *last != *owner
            {
                *last = *owner;
                *count += 1;
            }
        }
    }
    holders
}

fn inverted(frequencies: &[Frequencies], rarities: &[f32]) -> Vec<Vec<(u32, f32)>> {
    let mut lists = vec![Vec::new(); rarities.len()];
    for (text, counts) in frequencies.iter().enumerate() {
        let weight = |term: usize, count: f32| sublinear(count) * rarities.get(term).copied().unwrap_or_default();
        let norm = norm(counts.iter().map(|&(term, count)| weight(term, count)));
        for &(term, count) in counts {
            if let Some(list) = lists.get_mut(term) {
                list.push((text as u32, weight(term, count) / norm));
            }
        }
    }
    lists
}

fn idf(articles: usize, holders: usize) -> f32 {
    let (articles, holders) = (articles as f32, holders as f32);
    (1.0 + (articles - holders + 0.5) / (holders + 0.5)).ln()
}

fn sublinear(count: f32) -> f32 {
    1.0 + count.ln()
}

fn norm(weights: impl Iterator<Item = f32>) -> f32 {
    let norm = weights.map(|weight| weight * weight).sum::<f32>().sqrt();
    if norm > 0.0 { norm } else { 1.0 }
}
