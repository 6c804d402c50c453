//! What visitors and agents say about the bot's answers, kept to make the next ones better.

use jiff::{SignedDuration, Timestamp};
use tracing::warn;

pub use crate::answer::gaps::Gap;
use crate::{
    answer::gaps::{Question, grouped},
    chat::{Chat, ChatError},
    conversation::{Author, ConversationId, EventKind, Message, Seq},
    store::{Judge, Label},
};

/// More unanswered questions than these are not grouped at once.
const MOST_QUESTIONS: u32 = 2000;

impl Chat {
    /// Keeps an agent's verdict on what the bot said: this article is right, or none is.
    ///
    /// # Errors
    /// [`ChatError::NotFound`] when there is no such answer or article.
    pub async fn judge(&self, id: ConversationId, answer: Seq, article: Option<String>) -> Result<(), ChatError> {
        self.load(id).await?;
        let known = article.as_deref().is_none_or(|article| self.knowledge.snapshot().article(article).is_some());
        if !known {
            return Err(ChatError::NotFound("there is no article with this id"));
        }
        let (_, text) = self.judged(id, answer).await?;
        self.keep_label(id, answer, text, article, Judge::Agent).await
    }

    /// The questions since then that no article answered, the most frequent first.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn gaps(&self, for_the_last: SignedDuration) -> Result<Vec<Gap>, ChatError> {
        let since = self.clock.now().checked_sub(for_the_last).unwrap_or(Timestamp::MIN);
        let unanswered = self.store.unanswered(since, MOST_QUESTIONS).await?;
        let judged = self.store.labels(MOST_QUESTIONS).await?;
        let missing = judged.into_iter().filter(|label| label.article.is_none() && label.at >= since);
        let missing = missing.map(|label| Question {
            conversation: label.conversation,
            answer: label.answer,
            at: label.at,
            text: label.text,
            locale: label.locale,
            nearest: None,
        });
        let unanswered = unanswered.into_iter().map(|question| Question {
            conversation: question.conversation,
            answer: question.answer,
            at: question.at,
            text: question.text,
            locale: question.locale,
            nearest: question.nearest,
        });
        Ok(grouped(unanswered.chain(missing).collect()))
    }

    /// Keeps a visitor's thumb. The rating itself is kept already, so that a failure here is no more than a lost hint.
    pub(crate) async fn keep_thumb(&self, id: ConversationId, answer: Seq, is_helpful: bool) {
        let kept = async {
            let (message, text) = self.judged(id, answer).await?;
            let article = message.sources.first().map(|source| source.article.clone()).filter(|_| is_helpful);
            if is_helpful && article.is_none() {
                return Ok(());
            }
            self.keep_label(id, answer, text, article, Judge::Visitor).await
        };
        let kept: Result<(), ChatError> = kept.await;
        if let Err(error) = kept {
            warn!(conversation = %id, %error, "a visitor's judgement of an answer could not be kept as a label");
        }
    }

    /// The bot's message with this number, and the question that it answers.
    async fn judged(&self, id: ConversationId, answer: Seq) -> Result<(Message, String), ChatError> {
        let missing = ChatError::NotFound("there is no answer with this number");
        let Some(message) = self.message(id, answer).await?.filter(|message| message.author == Author::Bot) else {
            return Err(missing);
        };
        let Some(question) = message.reply_to else { return Err(missing) };
        let question = self.message(id, question).await?.map(|question| question.text);
        Ok((message, question.ok_or(missing)?))
    }

    async fn message(&self, id: ConversationId, seq: Seq) -> Result<Option<Message>, ChatError> {
        let event = self.store.event(id, seq).await?;
        Ok(event.and_then(|event| if let EventKind::Message { message } = event.kind { Some(*message) } else { None }))
    }

    async fn keep_label(
        &self,
        conversation: ConversationId,
        answer: Seq,
        text: String,
        article: Option<String>,
        judge: Judge,
    ) -> Result<(), ChatError> {
        let locale = self.load(conversation).await?.locale;
        let label = Label { conversation, answer, at: self.clock.now(), text, locale, article, judge };
        Ok(self.store.add_label(label).await?)
    }
}
