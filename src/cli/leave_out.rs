//! The articles' own questions, each asked as if its article had never been known to be asked it.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    article::{
        Action, Article, ArticleId,
        hit::{Hits, Question},
    },
    knowledge::{KnowledgeError, Searchable, Snapshot},
};

/// The questions are hidden a fifth at a time.
const FOLDS: usize = 5;

/// One of an article's own questions.
pub(crate) struct OwnQuestion {
    pub(crate) article: Arc<Article>,
    number: usize,
}

impl OwnQuestion {
    /// What is asked.
    pub(crate) fn text(&self) -> &str {
        self.article.questions.get(self.number).map_or("", String::as_str)
    }
}

/// How many questions there are.
pub(crate) fn count(snapshot: &Snapshot) -> usize {
    own_questions(snapshot).len()
}

/// Asks each, and hands on what was found.
pub(crate) fn ask(snapshot: &Snapshot, mut each: impl FnMut(&OwnQuestion, Hits)) -> Result<(), KnowledgeError> {
    hide(snapshot, usize::MAX, |own, question, searchable| {
        each(own, searchable.search(question)?);
        Ok(())
    })
}

/// Hides all questions, a fifth at a time, and hands on so many of each fifth with what can then be searched.
pub(crate) fn hide(
    snapshot: &Snapshot,
    most: usize,
    mut each: impl FnMut(&OwnQuestion, &Question, &Searchable<'_>) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    let own = own_questions(snapshot);
    for fold in 0..FOLDS.min(own.len()) {
        let hidden: Vec<&OwnQuestion> = own.iter().skip(fold).step_by(FOLDS).collect();
        let keys: BTreeSet<(&ArticleId, usize)> = hidden.iter().map(|own| (&own.article.id, own.number)).collect();
        let searchable = snapshot.without_questions(|article, number| keys.contains(&(&article.id, number)))?;
        let stride = hidden.len().div_ceil(most).max(1);
        for own in hidden.into_iter().step_by(stride) {
            let question = Question {
                locale: own.article.locale.clone().or_else(|| Some(snapshot.locale().to_owned())),
                audience: own.article.audience,
                ..Question::new(own.text())
            };
            each(own, &question, &searchable)?;
        }
    }
    Ok(())
}

/// How many articles can be asked.
pub(crate) fn articles(snapshot: &Snapshot) -> usize {
    snapshot.searchable_articles().filter(is_asked).count()
}

fn is_asked(article: &Arc<Article>) -> bool {
    matches!(article.action, Action::Answer | Action::Escalate) && !article.id.is_builtin()
}

fn own_questions(snapshot: &Snapshot) -> Vec<OwnQuestion> {
    let asked = snapshot.searchable_articles().filter(is_asked);
    asked
        .flat_map(|article| {
            (0..article.questions.len()).map(move |number| OwnQuestion { article: article.clone(), number })
        })
        .collect()
}
