//! How near articles are to a question in meaning: vectors of phrasings and passages, compared by their cosine.

use std::{collections::HashMap, ops::Range, sync::Arc};

use crate::{
    article::{hit::SemanticFeatures, passage::word_count},
    knowledge::{
        discriminant::{Discriminant, Place, log_shares},
        embedding::{Embedder, Row, Rows, Vector},
        ranked::keep_greatest,
        reading::Reading,
    },
};

/// A vector is made from at most about so many words of the body, and so many are made of an article.
const WORDS: usize = 60;
const MOST_PASSAGES: usize = 8;

/// One article's vectors, side by side: the mean of the phrasings, the phrasings, the parts of the body, the near misses.
pub(super) struct Meaning {
    rows: Rows,
    phrasings: usize,
    parts: usize,
    near_misses: usize,
}

/// What was learnt from nearly the same articles. Where one has not changed, its place has not either: finding it costs
/// more than anything else when one file among thousands changes.
#[derive(Clone, Copy)]
pub(super) struct Learnt<'a> {
    pub(super) meanings: &'a [Arc<Meaning>],
    pub(super) meaning: &'a MeaningIndex,
}

/// The vectors of one language's articles.
pub(super) struct MeaningIndex {
    embedder: Arc<Embedder>,
    discriminant: Arc<Discriminant>,
    places: Vec<Place>,
    directions: Rows,
}

/// A question's vector, and the logarithm of each article's share.
pub(super) struct AskedMeaning {
    vector: Vector,
    shares: Vec<f32>,
}

impl Meaning {
    /// The vectors of an article that has been read.
    pub(super) fn new(embedder: &Embedder, reading: &Reading) -> Self {
        let texts = texts(reading);
        let embed = |texts: &[String]| texts.iter().filter_map(|text| embedder.embed_lasting(text)).collect::<Vec<_>>();
        let (phrasings, parts) = (embed(&texts.phrasings), embed(&texts.parts));
        let near_misses = embed(&reading.article.not_questions);
        let centre = mean(&phrasings);
        let all = phrasings.iter().chain(&parts).chain(&near_misses);
        Self {
            rows: Rows::new(embedder.width(), std::iter::once(centre.as_ref()).chain(all.map(Some))),
            phrasings: phrasings.len(),
            parts: parts.len(),
            near_misses: near_misses.len(),
        }
    }

    /// What the article says: phrasings and parts.
    fn vectors(&self) -> Vec<Row<'_>> {
        self.rows.range(1..1 + self.phrasings + self.parts).collect()
    }
}

impl<'a> Learnt<'a> {
    /// The places by the articles' vectors.
    fn places(self) -> HashMap<*const Meaning, &'a Place> {
        self.meanings.iter().map(Arc::as_ptr).zip(&self.meaning.places).collect()
    }
}

impl MeaningIndex {
    /// What these articles mean.
    pub(super) fn new(embedder: &Arc<Embedder>, meanings: &[Arc<Meaning>], before: Option<Learnt<'_>>) -> Self {
        let vectors: Vec<Vec<Row<'_>>> = meanings.iter().map(|meaning| meaning.vectors()).collect();
        let width = embedder.width();
        let learn = || Arc::new(Discriminant::learn(width, embedder.reach(), &vectors));
        let discriminant = before.map_or_else(learn, |before| before.meaning.discriminant.clone());
        let known = before.map(Learnt::places).unwrap_or_default();
        let place = |(meaning, vectors): (&Arc<Meaning>, &Vec<Row<'_>>)| {
            known.get(&Arc::as_ptr(meaning)).map_or_else(|| discriminant.place(vectors), |place| Place::clone(place))
        };
        let places: Vec<Place> = meanings.iter().zip(&vectors).map(place).collect();
        Self {
            embedder: embedder.clone(),
            directions: Rows::new(width, places.iter().map(Place::direction)),
            places,
            discriminant,
        }
    }

    /// The vector of a text; none for a text without words.
    pub(super) fn embed(&self, text: &str) -> Option<Vector> {
        self.embedder.embed(text)
    }

    /// How near each article as a whole is to a question.
    pub(super) fn ask(&self, vector: Vector) -> AskedMeaning {
        let view = self.discriminant.view(&vector);
        let mut shares: Vec<f32> = view.map_or_else(Vec::new, |(view, length)| {
            let seen = self.directions.iter().zip(&self.places);
            seen.map(|(direction, place)| place.likelihood(direction.cosine(&view), length)).collect()
        });
        log_shares(&mut shares);
        AskedMeaning { vector, shares }
    }
}

impl AskedMeaning {
    /// The question's vector.
    pub(super) fn vector(&self) -> &Vector {
        &self.vector
    }

    /// How near the question is to what the article must not answer.
    pub(super) fn nearest_miss(&self, meaning: &Meaning) -> f32 {
        let first = 1 + meaning.phrasings + meaning.parts;
        self.nearest_of(meaning, first..first + meaning.near_misses)
    }

    fn nearest_of(&self, meaning: &Meaning, rows: Range<usize>) -> f32 {
        meaning.rows.range(rows).map(|row| row.cosine(&self.vector)).fold(0.0, f32::max)
    }

    /// The numbers of so many articles that have the largest shares.
    pub(super) fn likeliest(&self, count: usize) -> Vec<usize> {
        let mut numbered: Vec<(f32, usize)> = self.shares.iter().copied().zip(0..).collect();
        keep_greatest(&mut numbered, count);
        numbered.into_iter().map(|(_, number)| number).collect()
    }

    /// How near an article is, by its number and its vectors.
    pub(super) fn score(&self, number: usize, meaning: &Meaning) -> SemanticFeatures {
        let body = 1 + meaning.phrasings;
        SemanticFeatures {
            d_max: self.nearest_of(meaning, 1..body),
            d_cen: self.nearest_of(meaning, 0..1),
            d_body: self.nearest_of(meaning, body..body + meaning.parts),
            lr: self.share(number),
        }
    }

    /// The logarithm of an article's share, as the features have it.
    pub(super) fn share(&self, number: usize) -> f32 {
        self.shares.get(number).copied().unwrap_or_default()
    }
}

/// The texts of an article that have a meaning of their own.
struct Texts {
    /// Title and questions.
    phrasings: Vec<String>,
    parts: Vec<String>,
}

fn texts(reading: &Reading) -> Texts {
    let article = &reading.article;
    let bodies = reading.passages.iter().map(|passage| passage.passage.text.as_str());
    Texts {
        phrasings: std::iter::once(&article.title).chain(&article.questions).cloned().collect(),
        parts: bodies.flat_map(parts).take(MOST_PASSAGES).collect(),
    }
}

fn mean(vectors: &[Vector]) -> Option<Vector> {
    let mut sum = vec![0.0; vectors.first()?.bits().len()];
    for vector in vectors {
        sum.iter_mut().zip(vector.values()).for_each(|(sum, value)| *sum += value);
    }
    Vector::new(&sum)
}

/// A text in parts of about [`WORDS`], cut between lines where possible.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut room = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        for piece in words.chunks(WORDS) {
            let count = piece.len();
            match parts.last_mut() {
                Some(part) if count <= room => {
                    part.push(' ');
                    part.push_str(&piece.join(" "));
                    room -= count;
                }
                Some(_) | None => {
                    parts.push(piece.join(" "));
                    room = WORDS.saturating_sub(count);
                }
            }
        }
    }
    parts.retain(|part| word_count(part) > 0);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_into_parts() {
        let line = |count: usize| vec!["word"; count].join(" ");
        for (text, expected) in [
            (String::new(), vec![]),
            (line(20), vec![20]),
            (format!("{}\n{}\n{}", line(30), line(30), line(1)), vec![60, 1]),
            (line(150), vec![60, 60, 30]),
        ] {
            assert_eq!(parts(&text).iter().map(|part| word_count(part)).collect::<Vec<_>>(), expected);
        }
    }
}
