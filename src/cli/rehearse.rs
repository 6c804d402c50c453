//! Rehearsals: the articles' own questions are asked, hidden from their articles, to learn how sure to be here.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    answer::{
        Policy,
        calibration::ByLevel,
        confidence,
        rehearsal::{Rehearsal, Rehearsals, Rehearsed},
    },
    article::{
        ArticleId,
        hit::{Hits, Take},
    },
    cli::leave_out::{self, OwnQuestion},
    knowledge::{KnowledgeError, Snapshot},
};

/// So many questions of each fifth are asked.
const MOST_QUESTIONS: usize = 200;

/// With fewer questions an article has besides its title, hiding one changes the article too much.
const FEWEST_QUESTIONS: usize = 2;

const FILE: &str = "rehearsals.json";

/// Changes whenever the same articles would teach something else.
const VERSION: u32 = 4;

/// What was learnt, and from what.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: String,
    rehearsals: Rehearsals,
}

/// What the articles' own questions teach, as it was kept in the folder or learnt now. Seconds for thousands of articles.
pub(crate) fn rehearse(snapshot: &Snapshot, folder: &Path) -> Result<Rehearsals, KnowledgeError> {
    let version = format!("{}-{:?}-{VERSION}", snapshot.version(), snapshot.levels().first());
    if let Some(kept) = load(folder).filter(|kept| kept.version == version) {
        return Ok(kept.rehearsals);
    }
    let rehearsals = learn(snapshot)?;
    let kept = Kept { version, rehearsals };
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(folder.join(FILE), serde_json::to_vec(&kept)?));
    if let Err(error) = written {
        tracing::warn!(folder = %folder.display(), %error, "what was learnt by rehearsal cannot be kept");
    }
    Ok(rehearsals)
}

fn load(folder: &Path) -> Option<Kept> {
    serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()
}

/// What the articles' own questions teach now.
///
/// # Errors
/// When the index cannot be searched.
pub fn learn(snapshot: &Snapshot) -> Result<Rehearsals, KnowledgeError> {
    let mut rehearsed = ByLevel::<Vec<Rehearsed>>::default();
    if leave_out::count(snapshot) < FEWEST_QUESTIONS * leave_out::articles(snapshot) {
        return Ok(Rehearsals::default());
    }
    leave_out::hide(snapshot, MOST_QUESTIONS, |own, question, searchable| {
        let hits = searchable.search_quickly(question)?;
        rehearsed.of_mut(hits.level).extend(both(own, hits));
        Ok(())
    })?;
    // Not of the encoder: on the public cases with many alike articles it became far too careful.
    let ByLevel { lexical, builtin, encoder: _ } = rehearsed;
    // Where words alone are for a few languages beside the desk's own, their small shelves teach too little.
    let lexical = if lexical.len() > builtin.len() { Rehearsal::learn(&lexical) } else { None };
    Ok(ByLevel { lexical, builtin: Rehearsal::learn(&builtin), encoder: None })
}

/// A hidden question with its article and without.
fn both(own: &OwnQuestion, hits: Hits) -> [Rehearsed; 2] {
    let policy = Policy::default();
    let id = &own.article.id;
    let with = {
        let rated = confidence::rate(&hits, &policy);
        let best = rated.first();
        Rehearsed::with_article(best, best.is_some_and(|best| best.hit.article.id == *id))
    };
    let hits = without(hits, id);
    [with, Rehearsed::without_article(confidence::rate(&hits, &policy).first())]
}

/// The hits as if an article were not there.
pub(crate) fn without(mut hits: Hits, id: &ArticleId) -> Hits {
    hits.hits.retain(|hit| hit.article.id != *id);
    let other = |mut take: Take| {
        take.hits.retain(|hit| hit.article.id != *id);
        take
    };
    hits.takes = hits.takes.into_iter().map(other).collect();
    hits
}
