//! How near articles are to a question in meaning: vectors of phrasings and passages, compared by their cosine.

use crate::{
    article::hit::SemanticFeatures,
    knowledge::embedding::{StaticModel, cosine, normalised},
};

/// The vectors of one language's articles.
pub(super) struct MeaningIndex {
    model: &'static StaticModel,
    articles: Vec<Meaning>,
}

/// One article's vectors, each of length one.
struct Meaning {
    phrasings: Vec<Vec<f32>>,
    passages: Vec<Vec<f32>>,
    /// The mean of the phrasings.
    centre: Option<Vec<f32>>,
}

/// The texts of an article that have a meaning of their own.
pub(super) struct MeaningfulText {
    /// Title and questions.
    pub(super) phrasings: Vec<String>,
    /// The parts of its body.
    pub(super) passages: Vec<String>,
}

impl MeaningIndex {
    /// The vectors of these articles; none when the built-in model cannot be read.
    pub(super) fn new(texts: &[MeaningfulText]) -> Option<Self> {
        let model = StaticModel::builtin().ok()?;
        Some(Self { model, articles: texts.iter().map(|text| Meaning::new(model, text)).collect() })
    }

    /// How near each article is to the question, in the order of the articles; nothing for a question without words.
    pub(super) fn score(&self, question: &str) -> Option<Vec<SemanticFeatures>> {
        let question = self.model.embed(question)?;
        Some(self.articles.iter().map(|article| article.nearness(&question)).collect())
    }
}

impl Meaning {
    fn new(model: &StaticModel, text: &MeaningfulText) -> Self {
        let embed = |texts: &[String]| texts.iter().filter_map(|text| model.embed(text)).collect::<Vec<_>>();
        let phrasings = embed(&text.phrasings);
        Self { centre: mean(&phrasings), passages: embed(&text.passages), phrasings }
    }

    fn nearness(&self, question: &[f32]) -> SemanticFeatures {
        let nearest = |vectors: &[Vec<f32>]| vectors.iter().map(|vector| cosine(question, vector)).fold(0.0, f32::max);
        SemanticFeatures {
            d_max: nearest(&self.phrasings),
            d_cen: self.centre.as_ref().map_or(0.0, |centre| cosine(question, centre).max(0.0)),
            d_body: nearest(&self.passages),
        }
    }
}

fn mean(vectors: &[Vec<f32>]) -> Option<Vec<f32>> {
    let mut sum = vec![0.0; vectors.first()?.len()];
    for vector in vectors {
        for (sum, value) in sum.iter_mut().zip(vector) {
            *sum += value;
        }
    }
    normalised(sum)
}
