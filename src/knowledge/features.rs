//! The features of an article for a question, word by word and letter by letter.
//!
//! Measured, not invented: TF-IDF cosines to phrasings and articles, and BM25 as a share of its maximum.

use std::sync::Arc;

use crate::{
    article::hit::Features,
    knowledge::{
        analysis::Token,
        counts::{Counts, Holders, Postings, rarity, sublinear},
        reading::{Phrase, Reading},
        terms::{Terms, grams},
    },
};

/// BM25's saturation and length normalisation.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// A word that more than one article in so many has tells none of them from the others.
const COMMON: usize = 4;

/// More often than this, a term weighs no more in a phrase.
const MOST_TIMES: usize = u8::MAX as usize;

/// How rare everything is among one language's articles, and how long the articles' vectors are.
pub(super) struct FeatureIndex {
    /// For each word: how rare it is among phrasings, and among whole articles.
    phrasing_rarity: Vec<f32>,
    article_rarity: Vec<f32>,
    gram_rarity: Vec<f32>,
    /// Of what no article has.
    unknown_rarity: f32,
    /// Of what one article in [`COMMON`] has.
    common_rarity: f32,
    /// Of each article.
    norms: Vec<Norms>,
    /// The phrasings and near misses of all articles, one article's after the other's, with how often each has the term.
    by_word: Postings<u8>,
    by_gram: Postings<u8>,
    /// What a term weighs that a phrase has so often.
    weights: [f32; MOST_TIMES + 1],
    articles: Postings<Share>,
}

/// What a term weighs in an article.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    /// In the article's vector, but for the term's rarity and the vector's length.
    weight: f32,
    /// Of the most that BM25 gives for the term.
    bm25: f32,
}

/// The lengths of one article's vectors.
struct Norms {
    /// The number of its first phrasing among all.
    first: usize,
    /// How many phrasings it has.
    own: usize,
    /// Of each phrasing, then of each near miss: words and grams.
    phrases: Box<[(f32, f32)]>,
    article: f32,
}

/// What a question has in common with every phrasing, near miss and article.
pub(super) struct Asked {
    /// Products by phrasing: of words, and of grams.
    words: Vec<f32>,
    grams: Vec<f32>,
    /// By article: the cosine but for the article's length, and the share of BM25's maximum.
    articles: Vec<(f32, f32)>,
}

/// An article as a question sees it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Scored {
    pub(super) features: Features,
    /// How near the nearest of its phrasings is, and the nearest of its near misses, all ways of comparing together.
    pub(super) nearest: f32,
    pub(super) nearest_miss: f32,
}

impl Scored {
    /// Whether the question is nearer to one of its near misses than to any of its phrasings.
    pub(super) fn is_near_miss(&self) -> bool {
        self.nearest_miss > self.nearest
    }

    /// What decides who is given away: the features' plain sum.
    pub(super) fn nearness(&self) -> f32 {
        let Features { l_cos: _, g_cos, a_cos, bm, semantic } = self.features;
        let meaning = semantic.map_or(0.0, |s| s.d_max + s.d_cen + s.d_body + s.lr);
        g_cos + a_cos + bm + meaning
    }
}

impl FeatureIndex {
    /// How rare everything is among these articles.
    pub(super) fn new(readings: &[Arc<Reading>], terms: &Terms) -> Self {
        let count = readings.len();
        let mut phrasing_holders = Holders::new(terms.word_count());
        let mut article_holders = Holders::new(terms.word_count());
        let mut gram_holders = Holders::new(terms.gram_count());
        for (article, reading) in (1..).zip(readings) {
            for phrase in &reading.phrasings {
                phrasing_holders.note(&phrase.terms, article);
                gram_holders.note(&phrase.grams, article);
            }
            article_holders.note(&reading.terms, article);
        }
        let saturations = saturations(readings);
        let share = |article: u32, count: f32| Share {
            weight: sublinear(count),
            bm25: count / (count + saturations.get(article as usize).copied().unwrap_or(K1)),
        };
        let times = |_: u32, count: f32| count as u8;
        let mut index = Self {
            phrasing_rarity: phrasing_holders.rarities(count),
            article_rarity: article_holders.rarities(count),
            gram_rarity: gram_holders.rarities(count),
            unknown_rarity: rarity(count, 0),
            common_rarity: rarity(count, (count / COMMON) as u32),
            norms: Vec::new(),
            by_word: Postings::new(terms.word_count(), phrases(readings).map(|phrase| &phrase.terms), times),
            by_gram: Postings::new(terms.gram_count(), phrases(readings).map(|phrase| &phrase.grams), times),
            weights: std::array::from_fn(|times| sublinear(times as f32)),
            articles: Postings::new(terms.word_count(), readings.iter().map(|reading| &reading.terms), share),
        };
        let mut first = 0;
        for reading in readings {
            let norms = index.norms_of(reading, first);
            first += norms.phrases.len();
            index.norms.push(norms);
        }
        index
    }

    /// The question's words, each with how much it counts, ready to be compared.
    pub(super) fn ask(&self, tokens: &[(Token, f32)], terms: &Terms) -> Asked {
        let numbered: Vec<_> = tokens.iter().map(|(token, weight)| (terms.word(&token.term), *weight)).collect();
        let mut runs = Vec::new();
        for (token, weight) in tokens {
            grams(&token.word, |gram| runs.push((terms.gram(gram), *weight)));
        }
        Asked {
            articles: self.shared(numbered.clone()),
            words: self.products(&self.by_word, &self.phrasing_rarity, numbered),
            grams: self.products(&self.by_gram, &self.gram_rarity, runs),
        }
    }

    /// How near an article is, by its number.
    pub(super) fn score(&self, asked: &Asked, number: usize) -> Scored {
        let Some(norms) = self.norms.get(number) else { return Scored::default() };
        let mut scored = Scored::default();
        for (place, &(words, runs)) in norms.phrases.iter().enumerate() {
            let product = |of: &[f32]| of.get(norms.first + place).copied().unwrap_or_default();
            let (l_cos, g_cos) = (product(&asked.words) / words, product(&asked.grams) / runs);
            if place < norms.own {
                scored.nearest = scored.nearest.max(l_cos + g_cos);
                scored.features.l_cos = scored.features.l_cos.max(l_cos);
                scored.features.g_cos = scored.features.g_cos.max(g_cos);
            } else {
                scored.nearest_miss = scored.nearest_miss.max(l_cos + g_cos);
            }
        }
        let (cosine, share) = asked.articles.get(number).copied().unwrap_or_default();
        scored.features.a_cos = cosine / norms.article;
        scored.features.bm = share;
        scored
    }

    /// How rare a word is among the articles; one that nobody has is the rarest.
    pub(super) fn article_rarity_of(&self, term: Option<u32>) -> f32 {
        self.of(&self.article_rarity, term)
    }

    /// Whether so many articles have the word that it finds none of them: going through all of those takes longer than
    /// everything else.
    pub(super) fn is_common(&self, term: Option<u32>) -> bool {
        self.article_rarity_of(term) < self.common_rarity
    }

    /// Whether any of these articles has the word.
    pub(super) fn has(&self, term: u32) -> bool {
        self.article_rarity_of(Some(term)) < self.unknown_rarity
    }

    fn of(&self, rarities: &[f32], number: Option<u32>) -> f32 {
        number.and_then(|number| rarities.get(number as usize)).copied().unwrap_or(self.unknown_rarity)
    }

    /// What every phrasing and near miss shares with these, which need not be in order.
    fn products(&self, postings: &Postings<u8>, rarities: &[f32], items: Vec<(Option<u32>, f32)>) -> Vec<f32> {
        let mut sums = vec![0.0; self.norms.last().map_or(0, |last| last.first + last.phrases.len())];
        for (number, weight, _) in weighed(items, |number| self.of(rarities, number)) {
            let Some(term) = number else { continue };
            let weight = weight * self.of(rarities, number);
            for (text, times) in postings.of(term) {
                if let (Some(sum), Some(own)) = (sums.get_mut(text as usize), self.weights.get(usize::from(times))) {
                    *sum += weight * own;
                }
            }
        }
        sums
    }

    /// What every article shares with these: the cosine but for its length, and its part of BM25's maximum.
    fn shared(&self, items: Vec<(Option<u32>, f32)>) -> Vec<(f32, f32)> {
        let weights = weighed(items, |term| self.article_rarity_of(term));
        let most: f32 = weights.iter().map(|(term, _, factor)| factor * self.article_rarity_of(*term)).sum();
        let mut sums = vec![(0.0, 0.0); self.norms.len()];
        for (number, weight, factor) in weights {
            let Some(term) = number else { continue };
            let rarity = self.article_rarity_of(number);
            let (weight, most) = (weight * rarity, factor * rarity / most.max(f32::MIN_POSITIVE));
            for (article, share) in self.articles.of(term) {
                let Some((cosine, bm)) = sums.get_mut(article as usize) else { continue };
                *cosine += weight * share.weight;
                *bm += most * share.bm25;
            }
        }
        sums
    }

    fn norms_of(&self, reading: &Reading, first: usize) -> Norms {
        let norm = |counts: &Counts, rarities: &[f32]| {
            let weights = counts.iter().map(|(number, count)| sublinear(count) * self.of(rarities, Some(number)));
            positive(weights.map(|weight| weight * weight).sum::<f32>().sqrt())
        };
        let phrase =
            |phrase: &Phrase| (norm(&phrase.terms, &self.phrasing_rarity), norm(&phrase.grams, &self.gram_rarity));
        Norms {
            first,
            own: reading.phrasings.len(),
            phrases: reading.phrases().map(phrase).collect(),
            article: norm(&reading.terms, &self.article_rarity),
        }
    }
}

/// BM25's `K1 · (1 − B + B · length / mean length)` of each article.
fn saturations(readings: &[Arc<Reading>]) -> Vec<f32> {
    let lengths: Vec<f32> = readings.iter().map(|reading| reading.terms.total()).collect();
    let mean = (lengths.iter().sum::<f32>() / lengths.len().max(1) as f32).max(1.0);
    lengths.into_iter().map(|length| K1 * (1.0 - B + B * length / mean)).collect()
}

fn phrases(readings: &[Arc<Reading>]) -> impl Iterator<Item = &Phrase> + Clone {
    readings.iter().flat_map(|reading| reading.phrases())
}

/// Each number once with its weight in a vector of length one, and the greatest factor that it came with. What nobody
/// has counts in the length.
fn weighed(mut items: Vec<(Option<u32>, f32)>, rarity: impl Fn(Option<u32>) -> f32) -> Vec<(Option<u32>, f32, f32)> {
    items.sort_unstable_by_key(order);
    let is_same = |a: &(Option<u32>, f32), b: &(Option<u32>, f32)| a.0.is_some() && a.0 == b.0;
    let mut weights: Vec<_> = items
        .chunk_by(is_same)
        .filter_map(|run| {
            let (number, factor) = *run.last()?;
            Some((number, factor * sublinear(run.len() as f32) * rarity(number), factor))
        })
        .collect();
    let norm = positive(weights.iter().map(|(_, weight, _)| weight * weight).sum::<f32>().sqrt());
    for (_, weight, _) in &mut weights {
        *weight /= norm;
    }
    weights
}

/// By number, then by how much it counts, which is positive: what nobody has comes last. One number sorts fastest.
fn order((number, weight): &(Option<u32>, f32)) -> u64 {
    u64::from(number.unwrap_or(u32::MAX)) << u32::BITS | u64::from(weight.to_bits())
}

fn positive(norm: f32) -> f32 {
    if norm > 0.0 { norm } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::read_page,
        knowledge::analysis::{Analyzer, Language},
    };

    struct Desk {
        analyzer: Analyzer,
        terms: Terms,
        readings: Vec<Arc<Reading>>,
        index: FeatureIndex,
    }

    impl Desk {
        fn new(articles: &[&str]) -> Self {
            let analyzer = Analyzer::new(Language::ENGLISH, &[]);
            let mut terms = Terms::default();
            let read =
                |text: &&str| Arc::new(Reading::new(&Arc::new(read_page("a.md", text).article), &analyzer, &mut terms));
            let readings: Vec<_> = articles.iter().map(read).collect();
            Self { index: FeatureIndex::new(&readings, &terms), analyzer, terms, readings }
        }

        fn score(&self, question: &str) -> Vec<Scored> {
            let tokens: Vec<_> = self.analyzer.tokens(question).into_iter().map(|token| (token, 1.0)).collect();
            let asked = self.index.ask(&tokens, &self.terms);
            (0..self.readings.len()).map(|number| self.index.score(&asked, number)).collect()
        }
    }

    #[test]
    fn the_same_words_are_as_near_as_can_be() {
        let desk = Desk::new(&["# Where is my parcel?\nIt is on its way.", "# Return a sofa\nPack it."]);
        let scored = desk.score("where is the parcel");
        let [parcel, sofa] = scored.as_slice() else { unreachable!("two articles") };
        assert!((parcel.features.l_cos - 1.0).abs() < 1e-5);
        assert!((parcel.features.g_cos - 1.0).abs() < 1e-5);
        assert!(parcel.features.a_cos > 0.5 && parcel.features.bm > 0.3);
        assert_eq!(sofa.features, Features::default());
    }

    #[test]
    fn unknown_words_make_everything_less_near() {
        let desk = Desk::new(&["# Where is my parcel?\nIt is on its way."]);
        let near = desk.score("parcel")[0].features;
        let far = desk.score("parcel zebra quantum")[0].features;
        assert!(far.l_cos < near.l_cos && far.g_cos < near.g_cos && far.a_cos < near.a_cos && far.bm < near.bm);
    }

    #[test]
    fn a_near_miss_is_told_from_a_phrasing() {
        let desk = Desk::new(&[
            "---\ntitle: How long does delivery take?\nnot_questions: [how long does a refund take]\n---\n",
        ]);
        for (question, expected) in [("how long does my refund take", true), ("how long does delivery take", false)] {
            assert_eq!(desk.score(question)[0].is_near_miss(), expected, "{question}");
        }
    }

    #[test]
    fn a_word_of_many_articles_is_common() {
        let lamps = ["# Lamp one", "# Lamp two", "# Lamp three", "# Lamp four", "# Sofa five"];
        let desk = Desk::new(&lamps);
        for (word, expected) in [("lamp", true), ("sofa", false), ("zebra", false)] {
            assert_eq!(desk.index.is_common(desk.terms.word(word)), expected, "{word}");
        }
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert!(Desk::new(&[]).score("anything").is_empty());
        assert_eq!(Desk::new(&["---\ntitle: Sofa\n---\n"]).score(""), [Scored::default()]);
    }
}
