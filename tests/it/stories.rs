//! Sixty conversations with the bot on the demo's articles, from `tests/fixtures/stories.txt`, through the real desk.

use std::{collections::BTreeSet, sync::Arc};

use frontdesk::{
    answer::Policy,
    chat::{Chat, Done, Guest, Rules, VisitorAct},
    cli::serve,
    clock::new_id,
    config::Settings,
    conversation::{Author, Choice, ClientId, Event, EventKind, Message, ReplyOption, Seq, VisitorId},
    store::{SqliteStore, Visitor},
};
use tempfile::TempDir;

use crate::support::{MovableClock, demo};

/// A visitor at a desk of their own.
struct Scene {
    chat: Arc<Chat>,
    guest: Guest,
    read: Seq,
    /// The events since the visitor last did something.
    news: Vec<Event>,
    /// What the bot last said that can be judged or chosen from.
    last: Option<(Seq, Message)>,
    _data: TempDir,
}

impl Scene {
    async fn new(locale: &str, turn_budget: u32) -> Self {
        let data = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(data.path()).unwrap());
        let rules = serve::rules(&Settings::default());
        let rules = Rules { answers: Policy::default(), turn_budget, searches: 2, ..rules };
        let chat = Chat::open(store, demo(), Arc::new(MovableClock::default()), rules).await.unwrap();
        let id = VisitorId(new_id());
        let guest = Guest { id, locale: locale.to_owned(), profile: Visitor::unknown(id) };
        Self { chat, guest, read: Seq(0), news: Vec::new(), last: None, _data: data }
    }

    async fn says(&mut self, breaths: &[&str]) {
        let acts: Vec<_> = breaths.iter().map(|text| said(text, None)).collect();
        self.does(acts).await;
    }

    async fn does(&mut self, acts: Vec<VisitorAct>) {
        let sent = acts.into_iter().map(|act| self.chat.visitor_acts(&self.guest, ClientId(new_id()), act));
        let done = futures_util::future::join_all(sent).await;
        let Ok(Done::Committed { conversation }) = done.last().unwrap() else { panic!("{done:?}") };
        self.news = self.chat.events(*conversation, self.read).await.unwrap();
        self.read = self.news.last().map_or(self.read, |event| event.seq);
        for event in &self.news {
            if let EventKind::Message { message } = &event.kind
                && message.author == Author::Bot
            {
                self.last = Some((event.seq, Message::clone(message)));
            }
        }
    }

    fn option(&self, which: &str) -> ReplyOption {
        let options = &self.last.as_ref().unwrap().1.options;
        let option = if which == "last" { options.last() } else { options.get(which.parse::<usize>().unwrap() - 1) };
        option.unwrap_or_else(|| panic!("no option {which} in {options:?}")).clone()
    }

    /// One line of a story; what is wrong, if something is.
    async fn plays(&mut self, mark: &str, rest: &str) -> Result<(), String> {
        match mark {
            ">" => self.says(&rest.split(" >> ").collect::<Vec<_>>()).await,
            "*" => {
                let option = self.option(rest);
                let article = if let Choice::Article(id) = option.choice { Some(id) } else { None };
                self.does(vec![said(&option.label, article)]).await;
            }
            "+" | "-" => {
                let seq = self.last.as_ref().unwrap().0;
                self.does(vec![VisitorAct::RateAnswer { seq, helpful: mark == "+" }]).await;
            }
            "!" => self.does(vec![VisitorAct::RequestAgent]).await,
            "~" => self.does(vec![VisitorAct::End]).await,
            "<" => {
                let found = summary(&self.news);
                let has = |word: &str| found.contains(word);
                let is_met = |word: &str| word.strip_prefix('!').map_or_else(|| has(word), |word| !has(word));
                if !rest.split(' ').all(is_met) {
                    return Err(format!("expected {rest:?}, but {found:?}"));
                }
            }
            _ => panic!("{mark} {rest}"),
        }
        Ok(())
    }
}

fn said(text: &str, article: Option<String>) -> VisitorAct {
    VisitorAct::Send { text: text.to_owned(), article, new: false }
}

/// What came of the visitor's act, in the words of the stories.
fn summary(events: &[Event]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for event in events {
        if let EventKind::Message { message } = &event.kind
            && message.author == Author::Bot
        {
            describe(message, &mut words);
        }
        if event.kind == EventKind::Offered {
            words.insert("offer".to_owned());
        }
        if let EventKind::Escalated { reason, .. } = &event.kind {
            words.extend(["person".to_owned(), reason.as_str().to_owned()]);
        }
    }
    words
}

fn describe(message: &Message, words: &mut BTreeSet<String>) {
    assert!(!message.text.trim().is_empty(), "the bot said nothing: {message:?}");
    assert!(!message.text.contains("{{"), "an unfilled place holder: {}", message.text);
    let chosen = message
        .options
        .iter()
        .filter_map(|option| if let Choice::Article(id) = &option.choice { Some(id.clone()) } else { None });
    let chosen: Vec<_> = chosen.collect();
    if !chosen.is_empty() {
        words.insert("which".to_owned());
    }
    words.extend(chosen);
    if !message.sources.is_empty() {
        words.insert("answer".to_owned());
    }
    words.extend(message.sources.iter().map(|source| source.article.clone()));
    match message.decision.as_ref().map(|decision| decision.rule.as_str()) {
        Some("smalltalk" | "exact_phrase" | "no_agent_needed") => drop(words.insert("talk".to_owned())),
        Some("answer_at") => drop(words.insert("guess".to_owned())),
        _ => {}
    }
}

#[tokio::test]
async fn sixty_conversations_go_as_people_expect() {
    let text = include_str!("../fixtures/stories.txt").replace("\n>> ", " >> ");
    let stories: Vec<_> = text.split("\n# ").skip(1).collect();
    assert!(stories.len() >= 60, "{} stories", stories.len());
    let mut wrong = Vec::new();
    for story in stories {
        let mut lines = story.lines().filter(|line| !line.trim().is_empty());
        let title = lines.next().unwrap();
        let setting = |mark: char| story.lines().find_map(|line| line.strip_prefix(mark)).map(str::trim);
        let mut scene = Scene::new(setting('@').unwrap_or("en"), setting('%').map_or(20, |n| n.parse().unwrap())).await;
        for line in lines.filter(|line| !line.starts_with(['@', '%'])) {
            let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
            if let Err(reason) = scene.plays(mark, rest).await {
                wrong.push(format!("{title}: {line}: {reason}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
