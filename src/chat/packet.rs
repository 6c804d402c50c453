//! The packet: what an agent gets with a conversation, so that nobody has to ask the visitor again.

use std::collections::BTreeSet;

use crate::{
    article::canned::Canned,
    chat::{Chat, ChatError},
    conversation::{Conversation, ConversationId, Event, Reason, Seq, Summary},
    store::{Sight, Visitor},
};

/// How many of a visitor's earlier conversations are shown.
const EARLIER: u32 = 3;
/// Shorter words say little about a topic.
const SHORTEST_WORD: usize = 4;
/// So many failures of the bot deserve an apology.
const APOLOGY_AT: u32 = 2;

/// What an agent gets with a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Packet {
    /// The conversation.
    pub conversation: Conversation,
    /// It in short.
    pub summary: Summary,
    /// Why a person is needed, in a sentence; nothing while none is.
    pub why: Option<String>,
    /// Whose it is.
    pub visitor: Visitor,
    /// Their last conversations before, the latest first.
    pub earlier: Vec<Conversation>,
    /// A prepared text that may fit.
    pub canned: Option<Canned>,
    /// Whether to begin with an apology.
    pub apologise: bool,
}

impl Chat {
    /// What somebody who may see a conversation gets with it.
    ///
    /// # Errors
    /// [`ChatError::NotFound`] and when the store cannot be used.
    pub async fn packet(&self, sight: &Sight, id: ConversationId) -> Result<Packet, ChatError> {
        let conversation = self.load_for(sight, id).await?;
        let summary = Summary::of(&self.all_events(id).await?);
        let visitor = self.store.visitor(conversation.visitor).await?;
        let visitor = visitor.unwrap_or_else(|| Visitor::unknown(conversation.visitor));
        let mut earlier = self.store.conversations_of(conversation.visitor, EARLIER + 1).await?;
        earlier.retain(|other| other.id != id && other.started_at <= conversation.started_at);
        earlier.retain(|other| sight.shows(other));
        earlier.truncate(EARLIER as usize);
        let apologise = summary.failures >= APOLOGY_AT;
        Ok(Packet {
            why: why(&conversation, &summary),
            canned: self.fitting_canned(&summary, apologise),
            summary,
            visitor,
            earlier,
            apologise,
            conversation,
        })
    }

    async fn all_events(&self, id: ConversationId) -> Result<Vec<Event>, ChatError> {
        let mut events: Vec<Event> = Vec::new();
        loop {
            let page = self.events(id, events.last().map_or(Seq(0), |event| event.seq)).await?;
            if page.is_empty() {
                return Ok(events);
            }
            events.extend(page);
        }
    }

    /// The prepared text that shares most words with the last question; after failures one that apologises.
    fn fitting_canned(&self, summary: &Summary, apologise: bool) -> Option<Canned> {
        let snapshot = self.knowledge.snapshot();
        let asked: BTreeSet<String> = words(&summary.questions.last()?.text).collect();
        let rate = |canned: &Canned| {
            let text = format!("{} {} {}", canned.shortcut, canned.title, canned.text).to_lowercase();
            let shared = words(&text).collect::<BTreeSet<_>>().intersection(&asked).count();
            let is_sorry = apologise && (text.contains("sorry") || text.contains("apolog"));
            (shared > 0 || is_sorry).then_some((is_sorry, shared))
        };
        let rated = snapshot.library().canned.values().filter_map(|canned| Some((rate(canned)?, canned)));
        rated.max_by_key(|(rating, _)| *rating).map(|(_, canned)| canned.clone())
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST_WORD);
    words.map(str::to_lowercase)
}

/// Why a person is needed, in a sentence for agents.
fn why(conversation: &Conversation, summary: &Summary) -> Option<String> {
    let reason = conversation.status.wait().map(|wait| wait.reason).or(summary.reason)?;
    let best = summary.candidates.first();
    Some(match reason {
        Reason::AskedForAgent => "asked for a person".to_owned(),
        Reason::LowConfidence => match (best, &summary.decision) {
            (Some(best), Some(decision)) => {
                let limit = decision.thresholds.answer_at;
                format!("no article above {limit:.2}, best {:.2} “{}”", best.confidence, best.title)
            }
            (_, _) => "no article was near enough".to_owned(),
        },
        Reason::Ambiguous => {
            let titles: Vec<_> = summary.candidates.iter().map(|one| format!("“{}”", one.title)).collect();
            format!("several articles were equally near: {}", titles.join(", "))
        }
        Reason::NotHelpful => match summary.tried.last() {
            Some(tried) => format!("said that the answer “{}” did not help", tried.source.title),
            None => "said that the answer did not help".to_owned(),
        },
        Reason::ArticleRule => match best {
            Some(best) => format!("the article “{}” leaves this to a person", best.title),
            None => "the article leaves this to a person".to_owned(),
        },
        Reason::Repeated => "asked the same thing again".to_owned(),
        Reason::Angry => "seems upset".to_owned(),
        Reason::TurnBudget => "the bot had its turns and it was not solved".to_owned(),
        Reason::SearchFailed => "the search failed, the bot could not look for an answer".to_owned(),
        Reason::OtherLanguage => format!("no article is in the visitor's language ({})", conversation.locale),
        Reason::Stopping => "the server was stopped in the middle of an answer".to_owned(),
    })
}
