//! The articles' own questions, each asked as if its article had never been known to be asked it.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    article::{
        Action, Article, ArticleId,
        hit::{Hits, Question},
    },
    knowledge::{KnowledgeError, Snapshot},
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
    let own = own_questions(snapshot);
    for fold in 0..FOLDS.min(own.len()) {
        let hidden: Vec<&OwnQuestion> = own.iter().skip(fold).step_by(FOLDS).collect();
        let keys: BTreeSet<(&ArticleId, usize)> = hidden.iter().map(|own| (&own.article.id, own.number)).collect();
        let searchable = snapshot.without_questions(|article, number| keys.contains(&(&article.id, number)))?;
        for own in hidden {
            let question = Question {
                locale: own.article.locale.clone().or_else(|| Some(snapshot.locale().to_owned())),
                audience: own.article.audience,
                ..Question::new(own.text())
            };
            each(own, searchable.search(&question)?);
        }
    }
    Ok(())
}

fn own_questions(snapshot: &Snapshot) -> Vec<OwnQuestion> {
    let is_asked = |article: &Arc<Article>| {
        matches!(article.action, Action::Answer | Action::Escalate) && !article.id.is_builtin()
    };
    let asked = snapshot.searchable_articles().filter(is_asked);
    asked
        .flat_map(|article| {
            (0..article.questions.len()).map(move |number| OwnQuestion { article: article.clone(), number })
        })
        .collect()
}
