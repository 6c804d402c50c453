//! The features of every article for a question, through inverted lists.
//!
//! Measured, not invented: TF-IDF cosines to phrasings and articles, and BM25 as a share of its maximum.

mod cosine;

use self::cosine::{Cosines, counted};
use crate::{article::hit::Features, knowledge::analysis::Token};

/// BM25's saturation and length normalisation.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What the features of one article are made from.
pub(super) struct ArticleText {
    /// Title and questions.
    pub(super) phrasings: Vec<Vec<Token>>,
    /// Near misses that it must not answer.
    pub(super) near_misses: Vec<Vec<Token>>,
    /// The terms of its body.
    pub(super) body: Vec<String>,
}

/// An article as a question sees it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Scored {
    pub(super) features: Features,
    /// Whether the question is nearer to one of its near misses than to any of its phrasings.
    pub(super) is_near_miss: bool,
}

/// One phrasing or near miss.
struct Phrase {
    article: usize,
    is_near_miss: bool,
}

/// The inverted lists of one language's articles.
pub(super) struct FeatureIndex {
    article_count: usize,
    phrases: Vec<Phrase>,
    words: Cosines,
    grams: Cosines,
    articles: Cosines,
    /// For each term of `articles`: article and the saturated frequency of the term in it.
    saturated: Vec<Vec<(u32, f32)>>,
}

impl FeatureIndex {
    /// The inverted lists of these articles.
    pub(super) fn new(texts: &[ArticleText]) -> Self {
        let mut phrases = Vec::new();
        let mut words = Vec::new();
        let mut grams = Vec::new();
        for (article, text) in texts.iter().enumerate() {
            let all = text.phrasings.iter().map(|phrase| (phrase, false));
            for (phrase, is_near_miss) in all.chain(text.near_misses.iter().map(|phrase| (phrase, true))) {
                words.push(terms(phrase));
                grams.push(character_grams(phrase));
                phrases.push(Phrase { article, is_near_miss });
            }
        }
        let owners: Vec<_> = phrases.iter().map(|phrase| (!phrase.is_near_miss).then_some(phrase.article)).collect();
        let whole: Vec<Vec<String>> = texts.iter().map(whole_article).collect();
        let articles = Cosines::new(&whole, &(0..whole.len()).map(Some).collect::<Vec<_>>());
        Self {
            article_count: texts.len(),
            words: Cosines::new(&words, &owners),
            grams: Cosines::new(&grams, &owners),
            saturated: saturated_frequencies(&articles, &whole),
            articles,
            phrases,
        }
    }

    /// Every article's features, in the order of the articles.
    pub(super) fn score(&self, question: &[Token]) -> Vec<Scored> {
        let question_terms = terms(question);
        let mut scored = vec![Scored::default(); self.article_count];
        self.score_phrases(&question_terms, &character_grams(question), &mut scored);
        let shares = self.bm25_shares(&question_terms);
        for ((scored, a_cos), bm) in scored.iter_mut().zip(self.articles.compare(&question_terms)).zip(shares) {
            scored.features.a_cos = a_cos;
            scored.features.bm = bm;
        }
        scored
    }

    fn score_phrases(&self, terms: &[String], grams: &[String], scored: &mut [Scored]) {
        let mut nearest_miss = vec![0.0_f32; scored.len()];
        let mut nearest = vec![0.0_f32; scored.len()];
        let cosines = self.words.compare(terms).into_iter().zip(self.grams.compare(grams));
        for (phrase, (l_cos, g_cos)) in self.phrases.iter().zip(cosines) {
            let (Some(scored), Some(nearest), Some(nearest_miss)) =
                (scored.get_mut(phrase.article), nearest.get_mut(phrase.article), nearest_miss.get_mut(phrase.article))
            else {
                continue;
            };
            if phrase.is_near_miss {
                *nearest_miss = nearest_miss.max(l_cos + g_cos);
            } else {
                *nearest = nearest.max(l_cos + g_cos);
                scored.features.l_cos = scored.features.l_cos.max(l_cos);
                scored.features.g_cos = scored.features.g_cos.max(g_cos);
            }
        }
        for ((scored, nearest), nearest_miss) in scored.iter_mut().zip(nearest).zip(nearest_miss) {
            scored.is_near_miss = nearest_miss > nearest;
        }
    }

    /// BM25 divided by `(K1 + 1) · Σ idf`, the most that the question could reach in any article.
    fn bm25_shares(&self, question: &[String]) -> Vec<f32> {
        let mut shares = vec![0.0; self.article_count];
        let mut distinct: Vec<&String> = question.iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let most: f32 = distinct.iter().map(|term| self.articles.idf(term)).sum();
        for term in distinct {
            let Some(list) = self.articles.term(term).and_then(|term| self.saturated.get(term)) else { continue };
            let idf = self.articles.idf(term);
            for &(article, frequency) in list {
                if let Some(share) = shares.get_mut(article as usize) {
                    *share += idf * frequency / most;
                }
            }
        }
        shares
    }

    /// How rare a term is among the articles; unknown terms are the rarest.
    pub(super) fn idf(&self, term: &str) -> f32 {
        self.articles.idf(term)
    }

    /// Whether this article has the term.
    pub(super) fn has(&self, article: usize, term: &str) -> bool {
        let list = self.articles.term(term).and_then(|term| self.saturated.get(term));
        list.is_some_and(|list| list.binary_search_by_key(&(article as u32), |(holder, _)| *holder).is_ok())
    }

    /// Whether any article has the term.
    pub(super) fn knows(&self, term: &str) -> bool {
        self.articles.term(term).is_some()
    }
}

fn terms(tokens: &[Token]) -> Vec<String> {
    tokens.iter().map(|token| token.term.clone()).collect()
}

fn whole_article(text: &ArticleText) -> Vec<String> {
    let phrasings = text.phrasings.iter().flatten().map(|token| token.term.clone());
    phrasings.chain(text.body.iter().cloned()).collect()
}

/// Runs of three and four characters of `_word_`, for each word.
fn character_grams(tokens: &[Token]) -> Vec<String> {
    let mut grams = Vec::new();
    for token in tokens {
        let framed: Vec<char> = std::iter::once('_').chain(token.word.chars()).chain(std::iter::once('_')).collect();
        for length in [3, 4] {
            grams.extend(framed.windows(length).map(|gram| gram.iter().collect::<String>()));
        }
    }
    grams
}

/// `tf / (tf + K1 · (1 − B + B · length / mean length))` for each term and article.
fn saturated_frequencies(articles: &Cosines, texts: &[Vec<String>]) -> Vec<Vec<(u32, f32)>> {
    let mean = texts.iter().map(Vec::len).sum::<usize>() as f32 / texts.len().max(1) as f32;
    let mut lists = vec![Vec::new(); articles.term_count()];
    for (article, text) in texts.iter().enumerate() {
        let norm = K1 * (1.0 - B + B * text.len() as f32 / mean.max(1.0));
        for (term, count) in counted(text.iter().filter_map(|term| articles.term(term)).collect()) {
            if let Some(list) = lists.get_mut(term) {
                list.push((article as u32, count / (count + norm)));
            }
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::analysis::{Analyzer, Language};

    fn index(articles: &[(&[&str], &[&str], &str)]) -> (Analyzer, FeatureIndex) {
        let analyzer = Analyzer::new(Language::ENGLISH, &[]);
        let tokens = |texts: &[&str]| texts.iter().map(|text| analyzer.tokens(text)).collect::<Vec<_>>();
        let texts: Vec<ArticleText> = articles
            .iter()
            .map(|(phrasings, near_misses, body)| ArticleText {
                phrasings: tokens(phrasings),
                near_misses: tokens(near_misses),
                body: terms(&analyzer.tokens(body)),
            })
            .collect();
        let index = FeatureIndex::new(&texts);
        (analyzer, index)
    }

    #[test]
    fn the_same_words_are_as_near_as_can_be() {
        let (analyzer, index) =
            index(&[(&["Where is my parcel?"], &[], "It is on its way."), (&["Return a sofa"], &[], "Pack it.")]);
        let scored = index.score(&analyzer.tokens("where is the parcel"));
        let [parcel, sofa] = scored.as_slice() else { unreachable!("two articles") };
        assert!((parcel.features.l_cos - 1.0).abs() < 1e-5);
        assert!((parcel.features.g_cos - 1.0).abs() < 1e-5);
        assert!(parcel.features.a_cos > 0.5 && parcel.features.bm > 0.3);
        assert_eq!(sofa.features, Features::default());
    }

    #[test]
    fn unknown_words_make_everything_less_near() {
        let (analyzer, index) = index(&[(&["Where is my parcel?"], &[], "It is on its way.")]);
        let near = index.score(&analyzer.tokens("parcel"))[0].features;
        let far = index.score(&analyzer.tokens("parcel zebra quantum"))[0].features;
        assert!(far.l_cos < near.l_cos && far.g_cos < near.g_cos && far.a_cos < near.a_cos && far.bm < near.bm);
    }

    #[test]
    fn a_near_miss_is_told_from_a_phrasing() {
        let (analyzer, index) = index(&[(&["How long does delivery take?"], &["how long does a refund take"], "")]);
        for (question, expected) in [("how long does my refund take", true), ("how long does delivery take", false)] {
            assert_eq!(index.score(&analyzer.tokens(question))[0].is_near_miss, expected, "{question}");
        }
    }

    #[test]
    fn nothing_in_nothing_out() {
        let (analyzer, index) = index(&[]);
        assert!(index.score(&analyzer.tokens("anything")).is_empty());
        let (analyzer, index) = self::index(&[(&[""], &[], "")]);
        assert_eq!(index.score(&analyzer.tokens("")), [Scored::default()]);
    }
}
