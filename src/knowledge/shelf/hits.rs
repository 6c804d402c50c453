//! Which articles are nearest to a question, and how near: a few candidates, looked at more and more closely.

use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

use crate::{
    article::{
        Audience,
        hit::{Hit, SemanticFeatures},
        passage::Passage,
    },
    knowledge::{
        KnowledgeError,
        features::{Asked, Scored},
        index::Index,
        meaning::AskedMeaning,
        ranked::keep_greatest,
        reading::Reading,
        shelf::{Shelf, question::ShelvedQuestion},
        terms::Terms,
    },
};

/// How many articles get a closer look because they mean about the same as the question.
const KINDRED: usize = 20;

/// Fewer articles than this all get a closer look.
const FEW: usize = 100;

/// Of the articles that get a closer look, the vectors of so many are compared: those that are nearest otherwise.
const MOST_COMPARED: usize = 40;

/// How many articles a search gives.
const MOST_HITS: usize = 24;

/// Of so many, the nearest ones, it tells too which words and which part of them are meant.
const MOST_EXPLAINED: usize = 10;

/// An article that may answer a question.
struct Found<'a> {
    number: usize,
    reading: &'a Arc<Reading>,
    scored: Scored,
}

impl Found<'_> {
    fn nearer_first(&self, other: &Self) -> Ordering {
        let nearer = other.scored.nearness().total_cmp(&self.scored.nearness());
        nearer.then(self.number.cmp(&other.number))
    }
}

impl Shelf {
    /// The articles that are nearest to the question, best first by and large.
    pub(in crate::knowledge) fn hits(
        &self,
        question: &ShelvedQuestion,
        index: &Index,
        audience: Audience,
    ) -> Result<Vec<Hit>, KnowledgeError> {
        let terms = self.stock.terms.read();
        let candidates = self.candidates(question, &terms, index, audience)?;
        let numbers: Vec<Option<u32>> = question.tokens.iter().map(|(token, _)| terms.word(&token.term)).collect();
        let found = self.nearest(question, &terms, candidates);
        let hit = |(place, found): (usize, Found<'_>)| {
            let hit = Hit::new(found.reading.article.clone(), found.scored.features);
            if place < MOST_EXPLAINED { self.explained(hit, found.reading, question, &numbers) } else { hit }
        };
        Ok(found.into_iter().enumerate().map(hit).collect())
    }

    /// The nearest of these articles, the nearest first.
    fn nearest(&self, question: &ShelvedQuestion, terms: &Terms, candidates: Vec<usize>) -> Vec<Found<'_>> {
        let asked = self.stock.features.ask(&question.tokens, terms);
        let found = |number| {
            let reading = self.stock.readings.get(number)?;
            Some(Found { number, reading, scored: self.score(&asked, question, number) })
        };
        let mut found: Vec<Found<'_>> = self.most_alike(&asked, question, candidates).filter_map(found).collect();
        if let Some(asked) = &question.meaning {
            for found in &mut found {
                self.compare(asked, found);
            }
        }
        found.retain(|found| !found.scored.is_near_miss());
        found.sort_unstable_by(Found::nearer_first);
        found.truncate(MOST_HITS);
        found
    }

    /// Of these articles, those whose vectors are worth comparing, in no order.
    fn most_alike(
        &self,
        asked: &Asked,
        question: &ShelvedQuestion,
        candidates: Vec<usize>,
    ) -> impl Iterator<Item = usize> {
        let ranked = candidates.into_iter().map(|number| (self.score(asked, question, number).nearness(), number));
        let mut ranked: Vec<(f32, usize)> = ranked.collect();
        keep_greatest(&mut ranked, MOST_COMPARED);
        ranked.into_iter().map(|(_, number)| number)
    }

    /// The hit with the article's part that is meant, and the words that it shares with the question.
    fn explained(&self, hit: Hit, reading: &Reading, question: &ShelvedQuestion, numbers: &[Option<u32>]) -> Hit {
        let passage = self.nearest_passage(reading, numbers);
        Hit { passage, matched: matched(reading, question, numbers), ..hit }
    }

    fn candidates(
        &self,
        question: &ShelvedQuestion,
        known: &Terms,
        index: &Index,
        audience: Audience,
    ) -> Result<Vec<usize>, KnowledgeError> {
        let is_visible = |number: &usize| {
            audience == Audience::Agents
                || self.stock.readings.get(*number).is_some_and(|it| it.article.audience == Audience::Public)
        };
        if self.stock.readings.len() <= FEW {
            return Ok((0..self.stock.readings.len()).filter(is_visible).collect());
        }
        let terms = self.telling(question, known);
        let found = index.candidates(self.stock.analyzer.code(), audience == Audience::Agents, &terms)?;
        let mut candidates: Vec<usize> =
            found.into_iter().filter_map(|candidate| candidate.checked_sub(self.stock.first)).collect();
        candidates.extend(question.meaning.iter().flat_map(|meaning| meaning.likeliest(KINDRED)));
        candidates.retain(is_visible);
        candidates.sort_unstable();
        candidates.dedup();
        Ok(candidates)
    }

    /// The question's words that few articles have; all of them, if there is no such word.
    fn telling(&self, question: &ShelvedQuestion, known: &Terms) -> Vec<String> {
        let terms: BTreeSet<&str> = question.tokens.iter().map(|(token, _)| token.term.as_str()).collect();
        let is_telling = |term: &&&str| !self.stock.features.is_common(known.word(term));
        let telling: Vec<String> = terms.iter().filter(is_telling).map(|term| (*term).to_owned()).collect();
        if telling.is_empty() { terms.into_iter().map(str::to_owned).collect() } else { telling }
    }

    /// How near an article is but for its vectors.
    fn score(&self, asked: &Asked, question: &ShelvedQuestion, number: usize) -> Scored {
        let mut scored = self.stock.features.score(asked, number);
        let share =
            |meaning: &AskedMeaning| SemanticFeatures { lr: meaning.share(number), ..SemanticFeatures::default() };
        scored.features.semantic = question.meaning.as_ref().map(share);
        scored
    }

    fn compare(&self, asked: &AskedMeaning, found: &mut Found<'_>) {
        let Some(meaning) = self.meanings.get(found.number) else { return };
        let semantic = asked.score(found.number, meaning);
        found.scored.nearest += semantic.d_max;
        found.scored.nearest_miss += asked.nearest_miss(meaning);
        found.scored.features.semantic = Some(semantic);
    }

    fn nearest_passage(&self, reading: &Reading, asked: &[Option<u32>]) -> Option<Arc<Passage>> {
        let [_, _, ..] = reading.passages.as_slice() else { return None };
        let weighed = reading.passages.iter().rev().map(|passage| {
            let shared = asked.iter().flatten().filter(|term| passage.terms.of(**term) > 0.0);
            (shared.map(|term| self.stock.features.article_rarity_of(Some(*term))).sum::<f32>(), passage)
        });
        weighed.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, passage)| passage.passage.clone())
    }
}

fn matched(reading: &Reading, question: &ShelvedQuestion, numbers: &[Option<u32>]) -> Vec<String> {
    let mut matched: Vec<String> = Vec::new();
    for ((token, _), number) in question.tokens.iter().zip(numbers) {
        let has = number.is_some_and(|term| reading.terms.of(term) > 0.0);
        if has && !matched.contains(&token.word) {
            matched.push(token.word.clone());
        }
    }
    matched
}
