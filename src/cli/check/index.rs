//! What the index says about the articles' own questions, as data for the rules.

use std::collections::BTreeMap;

use crate::{
    answer::{Policy, decide},
    article::{Action, Article, ArticleId, hit::Question},
    conversation::Considered,
    knowledge::{Knowledge, KnowledgeError, Snapshot},
    lint::{Asked, KnowledgeBase, Neighbours},
};

/// Two articles are near duplicates when one scores at least this share of the other's own score for its questions.
const NEARLY_THE_SAME: f64 = 0.85;

/// So many articles behind the first are compared with it.
const COMPARED: usize = 3;

/// Asks the index every article's title and questions.
///
/// # Errors
/// When the index cannot be searched.
pub fn ask_index(knowledge: &Knowledge, knowledge_base: &mut KnowledgeBase) -> Result<(), KnowledgeError> {
    let snapshot = knowledge.snapshot();
    let mut shares: BTreeMap<(ArticleId, ArticleId), f64> = BTreeMap::new();
    for article in snapshot.searchable_articles().filter(|article| is_answer(article)) {
        let phrasings: Vec<_> = std::iter::once(&article.title).chain(&article.questions).collect();
        for phrasing in &phrasings {
            let found = found(&snapshot, &article, phrasing)?;
            let first = found.first().map(|first| ArticleId(first.article.clone()));
            knowledge_base.asked.push(Asked { article: article.id.clone(), phrasing: (*phrasing).clone(), first });
            for (other, share) in shares_of(&article, &found) {
                *shares.entry((article.id.clone(), other)).or_default() += share / phrasings.len() as f64;
            }
        }
    }
    knowledge_base.neighbours.extend(neighbours(&shares));
    Ok(())
}

fn is_answer(article: &Article) -> bool {
    matches!(article.action, Action::Answer | Action::Escalate) && !article.id.is_builtin()
}

/// The articles that are found, best first, small talk apart.
fn found(snapshot: &Snapshot, article: &Article, phrasing: &str) -> Result<Vec<Considered>, KnowledgeError> {
    let question = Question {
        locale: article.locale.clone().or_else(|| Some(snapshot.locale().to_owned())),
        audience: article.audience,
        ..Question::new(phrasing)
    };
    let candidates = decide(&snapshot.search(&question)?, &Policy::default()).decision.candidates;
    let is_own = |candidate: &&Considered| !ArticleId(candidate.article.clone()).is_builtin();
    Ok(candidates.iter().filter(is_own).cloned().collect())
}

/// How the next articles' scores compare with the article's own.
fn shares_of(article: &Article, found: &[Considered]) -> Vec<(ArticleId, f64)> {
    let score = |candidate: &Considered| f64::from(candidate.features.get("score").unwrap_or_default());
    let own = found.iter().find(|candidate| candidate.article == article.id.as_str()).map_or(0.0, score);
    let others = found.iter().filter(|candidate| candidate.article != article.id.as_str() && own > 0.0);
    let share = |other: &Considered| (ArticleId(other.article.clone()), (score(other) / own).clamp(0.0, 1.0));
    others.take(COMPARED).map(share).collect()
}

/// Each pair once, under the article that comes first.
fn neighbours(shares: &BTreeMap<(ArticleId, ArticleId), f64>) -> Vec<Neighbours> {
    let near = shares.iter().filter(|(_, share)| **share >= NEARLY_THE_SAME);
    let is_first = |article: &ArticleId, other: &ArticleId| {
        let back = shares.get(&(other.clone(), article.clone())).is_some_and(|share| *share >= NEARLY_THE_SAME);
        article < other || !back
    };
    let once = near.filter(|((article, other), _)| is_first(article, other));
    once.map(|((article, other), share)| Neighbours {
        article: article.clone(),
        other: other.clone(),
        similarity: *share,
    })
    .collect()
}
