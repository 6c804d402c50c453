//! What editors could write next: the questions that no article answered.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

pub use crate::answer::gaps::Gap;
use crate::{
    answer::gaps::{Question, grouped},
    chat::{Chat, ChatError},
    conversation::{ConversationId, Seq},
    store::{Record, RecordKind},
};

/// More unanswered questions than these are not grouped at once.
const MOST_QUESTIONS: u32 = 2000;

/// An agent's word on a question, as far as it matters here.
#[derive(Deserialize)]
struct Label {
    text: String,
    gold: Vec<String>,
    locale: String,
    seq: u64,
}

impl Chat {
    /// The questions of the last time that no article answered, the most frequent first.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn gaps(&self, for_the_last: SignedDuration) -> Result<Vec<Gap>, ChatError> {
        let since = self.clock.now().checked_sub(for_the_last).unwrap_or(Timestamp::MIN);
        let unanswered = self.store.unanswered(since, MOST_QUESTIONS).await?.into_iter().map(|question| Question {
            conversation: question.conversation,
            seq: question.seq,
            at: question.at,
            text: question.text,
            locale: question.locale,
            nearest: question.nearest,
            confidence: question.confidence,
            passed: question.passed,
        });
        let labels = self.store.records(RecordKind::Label, None).await?;
        let labelled = labels.iter().filter(|record| record.changed_at >= since).filter_map(without_article);
        Ok(grouped(unanswered.chain(labelled).collect()))
    }
}

/// A question for which an agent said that there is no article.
fn without_article(record: &Record) -> Option<Question> {
    let label: Label = serde_json::from_str(&record.body).ok()?;
    let conversation: ConversationId = record.conversation.filter(|_| label.gold.is_empty())?;
    let Label { text, locale, seq, .. } = label;
    let question = Question {
        conversation,
        seq: Seq(seq),
        at: record.changed_at,
        text,
        locale,
        nearest: None,
        confidence: None,
        passed: true,
    };
    Some(question)
}
