//! From a verdict to what the bot says, after the rules of the hand-over.

use std::sync::Arc;

use crate::{
    answer::{Found, Ruling, Verdict, Wording},
    article::{
        Article,
        links::{absolute, article_url},
        passage::word_count,
    },
    block::{Block, Span, paragraphs, plain_text},
    conversation::{Author, BotReply, Choice, Message, Outcome, Reason, ReplyOption, Source},
};

/// Longer articles are answered with their best passage, in words.
const WHOLE_UP_TO: usize = 120;

/// What a reply depends on besides the verdict: the conversation before it, and the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// Whether the bot has offered a person; it does so once.
    pub offered: bool,
    /// How many times in a row the bot had no answer that helped.
    pub misses: u32,
    /// How many times the bot has spoken.
    pub turns: u32,
    /// How many times it may speak before a person takes over; 0 is without a limit.
    pub turn_budget: u32,
    /// Whether somebody can take over now.
    pub agents_available: bool,
    /// The languages of the articles, each in its own words.
    pub languages: &'a str,
    /// Where the articles are served, without a slash at the end.
    pub public_url: &'a str,
}

/// What the bot says.
pub fn reply(verdict: Verdict, facts: &Facts<'_>, wording: &Wording) -> BotReply {
    let speaker = Speaker { facts, wording, is_upset: verdict.heard.is_upset() };
    let mut reply = if facts.is_budget_spent() && verdict.ruling.needs_a_turn() {
        speaker.escalate(Reason::TurnBudget, None, Vec::new())
    } else {
        speaker.rule(&verdict.ruling)
    };
    reply.message.confidence = Some(verdict.confidence);
    reply.message.decision = Some(Box::new(verdict.decision));
    reply
}

/// What the bot says when a visitor has judged an answer.
pub fn reply_to_rating(is_helpful: bool, facts: &Facts<'_>, wording: &Wording) -> BotReply {
    let speaker = Speaker { facts, wording, is_upset: false };
    if is_helpful {
        return BotReply::said(message(paragraphs(wording.sentence("helpful_thanks"))));
    }
    speaker.miss(Reason::NotHelpful)
}

impl Facts<'_> {
    fn is_budget_spent(&self) -> bool {
        self.turn_budget > 0 && self.turns >= self.turn_budget
    }
}

impl Ruling {
    /// Whether it is more than a word in passing.
    fn needs_a_turn(&self) -> bool {
        match self {
            Self::Answer { .. } | Self::Clarify { .. } => true,
            Self::Escalate { found, .. } => found.is_none(),
            Self::Smalltalk { .. } | Self::RequestAgent { .. } | Self::Say { .. } => false,
        }
    }
}

struct Speaker<'a> {
    facts: &'a Facts<'a>,
    wording: &'a Wording,
    is_upset: bool,
}

impl Speaker<'_> {
    fn rule(&self, ruling: &Ruling) -> BotReply {
        match ruling {
            Ruling::Answer { found, is_sure } => self.answer(found, *is_sure),
            Ruling::Clarify { options } => self.clarify(options),
            Ruling::Escalate { reason, .. } if offer(*reason).is_some() => self.miss(*reason),
            Ruling::Escalate { reason, queue, found } => {
                let mut reply = self.escalate(*reason, queue.clone(), self.found_blocks(found.as_ref()));
                reply.message.sources = found.iter().map(|found| self.source(found)).collect();
                reply
            }
            Ruling::Smalltalk { article } => BotReply::said(message(self.body(article))),
            Ruling::RequestAgent { article } => self.request_agent(article),
            Ruling::Say { key } => BotReply::said(message(self.said(key))),
        }
    }

    fn answer(&self, found: &Found, is_sure: bool) -> BotReply {
        let mut blocks = self.found_blocks(Some(found));
        if !is_sure {
            blocks.splice(0..0, self.said("guess_intro"));
            blocks.extend(self.said("helped_question"));
        }
        let sources = vec![self.source(found)];
        if self.is_upset {
            blocks.extend(self.said("offer_angry"));
            return self.offer(blocks).with_sources(sources);
        }
        BotReply::said(message(blocks)).with_sources(sources)
    }

    fn clarify(&self, options: &[Arc<Article>]) -> BotReply {
        let options = options.iter().map(|article| ReplyOption {
            label: article.title.clone(),
            choice: Choice::Article(article.id.to_string()),
        });
        let options = options.chain([self.option("option_none", Choice::Rephrase)]);
        BotReply::said(message(self.said("clarify_intro"))).with_options(options.collect())
    }

    /// The first miss offers a person, once in a conversation; the second in a row fetches one.
    fn miss(&self, reason: Reason) -> BotReply {
        let cannot_wait = matches!(reason, Reason::Angry | Reason::Repeated);
        if self.facts.misses > 0 || (self.facts.offered && cannot_wait) {
            return self.escalate(reason, None, Vec::new());
        }
        if self.facts.offered {
            return BotReply::said(message(self.said("rephrase_prompt")));
        }
        let languages = [("languages", self.facts.languages)];
        self.offer(paragraphs(&self.wording.filled(offer(reason).unwrap_or("offer_agent"), &languages)))
    }

    fn offer(&self, blocks: Vec<Block>) -> BotReply {
        let options =
            vec![self.option("option_agent", Choice::RequestAgent), self.option("option_rephrase", Choice::Rephrase)];
        BotReply { message: message(blocks), outcome: Outcome::Offered }.with_options(options)
    }

    fn option(&self, key: &str, choice: Choice) -> ReplyOption {
        ReplyOption { label: self.wording.sentence(key).to_owned(), choice }
    }

    fn request_agent(&self, article: &Article) -> BotReply {
        let mut blocks = self.body(article);
        if blocks.is_empty() {
            return self.escalate(Reason::AskedForAgent, article.queue.clone(), blocks);
        }
        if !self.facts.agents_available {
            blocks.extend(self.said("nobody_available"));
        }
        let outcome = Outcome::Escalated { reason: Reason::AskedForAgent, queue: article.queue.clone() };
        BotReply { message: message(blocks), outcome }
    }

    fn escalate(&self, reason: Reason, queue: Option<String>, mut blocks: Vec<Block>) -> BotReply {
        blocks.extend(paragraphs(&self.wording.escalated(reason, self.facts.agents_available)));
        BotReply { message: message(blocks), outcome: Outcome::Escalated { reason, queue } }
    }

    fn found_blocks(&self, found: Option<&Found>) -> Vec<Block> {
        let Some(found) = found else { return Vec::new() };
        let article = &found.article;
        match &found.passage {
            Some(passage) if word_count(&plain_text(&article.body)) > WHOLE_UP_TO => {
                let heading = passage
                    .heading
                    .as_deref()
                    .map(|heading| Block::Paragraph { spans: vec![Span { bold: true, ..Span::plain(heading) }] });
                let mut blocks: Vec<Block> = heading.into_iter().collect();
                blocks.extend(absolute(&passage.blocks, &article.id, self.facts.public_url));
                blocks.push(self.read_more(article));
                blocks
            }
            _ => self.body(article),
        }
    }

    fn body(&self, article: &Article) -> Vec<Block> {
        absolute(&article.body, &article.id, self.facts.public_url)
    }

    fn read_more(&self, article: &Article) -> Block {
        let href = Some(article_url(self.facts.public_url, &article.id));
        Block::Paragraph { spans: vec![Span { href, ..Span::plain(self.wording.sentence("read_more")) }] }
    }

    fn source(&self, found: &Found) -> Source {
        let id = &found.article.id;
        let of_passage = found.passage.as_ref().and_then(|passage| passage.anchor.clone());
        Source {
            article: id.to_string(),
            title: found.article.title.clone(),
            url: article_url(self.facts.public_url, id),
            anchor: id.anchor().map(str::to_owned).or(of_passage),
        }
    }

    fn said(&self, key: &str) -> Vec<Block> {
        paragraphs(self.wording.sentence(key))
    }
}

/// The sentence that offers a person, for reasons that begin with an offer.
fn offer(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::LowConfidence => Some("offer_agent"),
        Reason::Ambiguous => Some("offer_ambiguous"),
        Reason::NotHelpful => Some("not_helpful_offer"),
        Reason::Repeated => Some("offer_repeated"),
        Reason::Angry => Some("offer_angry"),
        Reason::OtherLanguage => Some("other_language"),
        Reason::AskedForAgent | Reason::ArticleRule | Reason::TurnBudget | Reason::SearchFailed | Reason::Stopping => {
            None
        }
    }
}

fn message(blocks: Vec<Block>) -> Message {
    Message { text: plain_text(&blocks), blocks, ..Message::plain(Author::Bot, "") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        answer::{
            Policy,
            tests::{article, article_saying},
        },
        article::passage::passages,
    };

    const FACTS: Facts<'static> = Facts {
        offered: false,
        misses: 0,
        turns: 0,
        turn_budget: 20,
        agents_available: true,
        languages: "English",
        public_url: "https://desk.example",
    };

    /// A wording whose sentences are their keys.
    fn wording() -> Wording {
        let keys = [
            "guess_intro",
            "helped_question",
            "clarify_intro",
            "offer_agent",
            "option_agent",
            "option_none",
            "option_rephrase",
            "offer_ambiguous",
            "offer_repeated",
            "offer_angry",
            "other_language",
            "rephrase_prompt",
            "nobody_available",
            "not_helpful_offer",
            "helpful_thanks",
            "read_more",
        ];
        let reasons = Reason::ALL.map(|reason| format!("escalated_{}", reason.as_str()));
        let keys = keys.into_iter().map(str::to_owned).chain(reasons);
        Wording::new(keys.map(|key| (key.clone(), format!("<{key}>"))).collect())
    }

    fn verdict(ruling: Ruling) -> Verdict {
        Verdict { ruling, ..Verdict::undecided("q", Reason::LowConfidence, &Policy::default()) }
    }

    fn escalate(reason: Reason) -> Verdict {
        Verdict::undecided("q", reason, &Policy::default())
    }

    fn answer(article: Arc<Article>, is_sure: bool) -> Verdict {
        verdict(Ruling::Answer { found: Found { article, passage: None }, is_sure })
    }

    /// The text with the outcome and the options behind it.
    fn story(verdict: &Verdict, facts: &Facts<'_>) -> String {
        shown(&reply(verdict.clone(), facts, &wording()))
    }

    fn shown(reply: &BotReply) -> String {
        let outcome = match &reply.outcome {
            Outcome::Said => "said".to_owned(),
            Outcome::Offered => "offered".to_owned(),
            Outcome::Escalated { reason, queue } => format!("{} {}", reason.as_str(), queue.as_deref().unwrap_or("-")),
        };
        let options: Vec<_> = reply.message.options.iter().map(|option| option.label.as_str()).collect();
        format!("{} → {outcome} {}", reply.message.text.replace('\n', " "), options.join(" ")).trim().to_owned()
    }

    #[test]
    fn the_bot_says_what_the_rules_say() {
        let injury = article_saying("injury", "---\ntitle: Hurt\naction: escalate\nqueue: safety\n---\nWe are sorry.");
        let chosen = Verdict::chosen(&injury, "v", &Policy::default());
        let away = Facts { agents_available: false, ..FACTS };
        let missed = Facts { misses: 1, offered: true, ..FACTS };
        let spent = Facts { turns: 20, ..FACTS };
        let low = escalate(Reason::LowConfidence);
        for (verdict, facts, expected) in [
            (answer(article("a"), true), FACTS, "All about a. → said"),
            (answer(article("a"), false), FACTS, "<guess_intro> All about a. <helped_question> → said"),
            (low.clone(), FACTS, "<offer_agent> → offered <option_agent> <option_rephrase>"),
            (low.clone(), missed, "<escalated_low_confidence> → low_confidence -"),
            (low.clone(), Facts { offered: true, ..FACTS }, "<rephrase_prompt> → said"),
            (low, Facts { misses: 1, ..away }, "<escalated_low_confidence> <nobody_available> → low_confidence -"),
            (escalate(Reason::SearchFailed), FACTS, "<escalated_search_failed> → search_failed -"),
            (chosen.clone(), FACTS, "We are sorry. <escalated_article_rule> → article_rule safety"),
            (
                verdict(Ruling::Clarify { options: vec![article("a"), article("b")] }),
                FACTS,
                "<clarify_intro> → said About a About b <option_none>",
            ),
            (verdict(Ruling::Smalltalk { article: article("hi") }), FACTS, "All about hi. → said"),
            (verdict(Ruling::RequestAgent { article: article("r") }), FACTS, "All about r. → asked_for_agent -"),
            (
                verdict(Ruling::RequestAgent { article: article("r") }),
                away,
                "All about r. <nobody_available> → asked_for_agent -",
            ),
            (answer(article("a"), true), spent, "<escalated_turn_budget> → turn_budget -"),
            (answer(article("a"), true), Facts { turn_budget: 0, ..spent }, "All about a. → said"),
            (verdict(Ruling::Smalltalk { article: article("hi") }), spent, "All about hi. → said"),
        ] {
            assert_eq!(story(&verdict, &facts), expected);
        }
    }

    #[test]
    fn a_judged_answer_is_thanked_for_or_made_good() {
        for (is_helpful, misses, expected) in [
            (true, 0, "<helpful_thanks> → said"),
            (false, 0, "<not_helpful_offer> → offered <option_agent> <option_rephrase>"),
            (false, 1, "<escalated_not_helpful> → not_helpful -"),
        ] {
            let reply = reply_to_rating(is_helpful, &Facts { misses, ..FACTS }, &wording());
            assert_eq!(shown(&reply), expected);
        }
    }

    #[test]
    fn a_long_article_is_answered_with_its_best_part_and_a_short_one_whole() {
        let filler = "word ".repeat(70);
        let long =
            article_saying("long", &format!("# Long\n\n{filler}\n\n## Steps\n\n1. one\n2. two\n\n## Rest\n\n{filler}"));
        let steps = passages(&long).into_iter().find(|passage| passage.anchor.as_deref() == Some("steps")).unwrap();
        let found = Found { article: long, passage: Some(Arc::new(steps)) };
        let reply = reply(verdict(Ruling::Answer { found, is_sure: true }), &FACTS, &wording());
        assert_eq!(reply.message.text, "Steps\none\ntwo\n<read_more>");
        assert!(matches!(reply.message.blocks[1], Block::List { ordered: true, .. }));
        let [source] = reply.message.sources.as_slice() else { panic!("one source") };
        assert_eq!((source.url.as_str(), source.anchor.as_deref()), ("https://desk.example/help/long", Some("steps")));

        let short = article_saying("short", "# Short\n\n## One\n\nfirst\n\n## Two\n\nsecond");
        let part = passages(&short).into_iter().next().map(Arc::new);
        let found = Found { article: short, passage: part };
        let text = super::reply(verdict(Ruling::Answer { found, is_sure: true }), &FACTS, &wording()).message.text;
        assert_eq!(text, "One\nfirst\nTwo\nsecond");
    }
}
