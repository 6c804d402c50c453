//! Queues: who answers what, when, and how conversations find their agent.

use serde::{Deserialize, Serialize};

use crate::{conversation::AgentId, queue::Hours};

/// The queue that is always there.
pub const DEFAULT: &str = "default";
const LONGEST_NAME: usize = 60;
const LONGEST_TITLE: usize = 100;

/// A line of conversations and the team that answers them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Queue {
    /// The name that articles use, such as `orders`.
    pub name: String,
    /// The name that agents see.
    pub title: String,
    /// Who answers it; nobody named means every agent.
    pub members: Vec<AgentId>,
    /// The languages that it is for, as BCP 47 tags; shown to agents.
    pub languages: Vec<String>,
    /// How many conversations a member may have at once to get another one from here; 0 is without limit.
    pub capacity: u32,
    /// How many conversations may wait; 0 is without limit.
    pub cap: u32,
    /// How conversations find their agent.
    pub assignment: Assignment,
    /// When it is open.
    pub hours: Hours,
    /// Within how many seconds a person should answer; absent is as the settings say, 0 without a target.
    pub first_reply_s: Option<u32>,
}

/// How conversations find their agent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignment {
    /// Agents take them.
    #[default]
    Manual,
    /// The desk gives each to the agent with the fewest.
    Balanced,
}

impl Default for Queue {
    fn default() -> Self {
        Self::named(DEFAULT, "Everybody")
    }
}

impl Queue {
    /// A queue that every agent answers, always open.
    pub fn named(name: &str, title: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            members: Vec::new(),
            languages: Vec::new(),
            capacity: 0,
            cap: 0,
            assignment: Assignment::Manual,
            hours: Hours::default(),
            first_reply_s: None,
        }
    }

    /// Whether this agent answers it.
    pub fn has_member(&self, agent: AgentId) -> bool {
        self.members.is_empty() || self.members.contains(&agent)
    }

    /// What is wrong with it, in words for whoever wrote it.
    pub fn fault(&self) -> Option<&'static str> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if self.name.is_empty() || self.name.len() > LONGEST_NAME || !self.name.chars().all(is_plain) {
            return Some("a queue's name is made of the letters a to z, digits, - and _: articles refer to it");
        }
        if self.title.trim().is_empty() || self.title.chars().count() > LONGEST_TITLE {
            return Some("please give the queue a title of at most 100 characters: agents see it");
        }
        self.hours.fault()
    }
}

/// Every queue; the default one is always among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queues(Vec<Queue>);

impl Default for Queues {
    fn default() -> Self {
        Self::of(Vec::new())
    }
}

impl Queues {
    /// These queues, the default one first.
    pub fn of(mut queues: Vec<Queue>) -> Self {
        if !queues.iter().any(|queue| queue.name == DEFAULT) {
            queues.push(Queue::default());
        }
        queues.sort_by(|a, b| (a.name != DEFAULT, &a.title, &a.name).cmp(&(b.name != DEFAULT, &b.title, &b.name)));
        Self(queues)
    }

    /// All of them, the default one first.
    pub fn all(&self) -> &[Queue] {
        &self.0
    }

    /// The queue of this name, if there is one.
    pub fn find(&self, name: &str) -> Option<&Queue> {
        self.0.iter().find(|queue| queue.name == name)
    }

    /// The queue that a name means: an unknown one, such as that of a queue that was deleted, and none at all
    /// mean the default one.
    pub fn get(&self, name: Option<&str>) -> &Queue {
        static FALLBACK: std::sync::LazyLock<Queue> = std::sync::LazyLock::new(Queue::default);
        let named = name.and_then(|name| self.find(name)).or_else(|| self.find(DEFAULT));
        named.unwrap_or(&FALLBACK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_queue_is_always_there_and_first() {
        let queues = Queues::of(vec![Queue::named("orders", "Orders"), Queue::named("billing", "Billing")]);
        let names: Vec<_> = queues.all().iter().map(|queue| queue.name.as_str()).collect();
        assert_eq!(names, ["default", "billing", "orders"]);
        for (name, expected) in [(None, "default"), (Some("orders"), "orders"), (Some("gone"), "default")] {
            assert_eq!(queues.get(name).name, expected);
        }
    }

    #[test]
    fn names_are_what_articles_can_write() {
        assert_eq!(Queue::default().fault(), None);
        for bad in ["", "Orders", "a b", "ä", "a/b"] {
            assert!(Queue::named(bad, "Title").fault().is_some(), "{bad}");
        }
        assert!(Queue::named("orders", " ").fault().is_some());
    }
}
