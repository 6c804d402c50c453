//! Questions that no article answered, grouped so that an editor sees what to write next.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::conversation::{ConversationId, Seq};

/// Two questions that share this part of the shorter one's words are about the same thing.
const SAME_THING: f32 = 0.6;

/// How many of its questions a group shows.
const EXAMPLES: usize = 5;

/// Words shorter than this say little about what a question is about.
const SHORTEST_WORD: usize = 4;

/// A question without an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// In which conversation.
    pub conversation: ConversationId,
    /// The visitor's message.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub text: String,
    /// The visitor's language, as a BCP 47 tag.
    pub locale: String,
    /// The article that was nearest.
    pub nearest: Option<String>,
    /// How sure the bot was of it, 0 to 1.
    pub confidence: Option<f32>,
    /// Whether a person was fetched afterwards.
    pub passed: bool,
}

/// Questions about one thing that no article answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// How many there were.
    pub count: usize,
    /// When the last one was asked.
    pub last_at: Timestamp,
    /// The visitors' language.
    pub locale: String,
    /// The latest of them.
    pub examples: Vec<Question>,
    /// The article that was nearest most often.
    pub nearest: Option<String>,
    /// The highest confidence that any article had, 0 to 1.
    pub best: Option<f32>,
    /// After how many of them a person was fetched.
    pub passed: usize,
}

/// The questions in groups, the largest first. An agent's verdict on a question that is there already counts once.
pub fn grouped(mut questions: Vec<Question>) -> Vec<Gap> {
    let mut seen = BTreeSet::new();
    questions.retain(|question| seen.insert((question.conversation, question.seq)));
    questions.sort_by_key(|question| std::cmp::Reverse(question.at));
    let mut groups: Vec<(BTreeSet<String>, Vec<Question>)> = Vec::new();
    for question in questions {
        let words = telling_words(&question.text);
        let same = |(others, group): &&mut (BTreeSet<String>, Vec<Question>)| {
            group.first().is_some_and(|first| first.locale == question.locale) && is_same(&words, others)
        };
        if let Some((_, group)) = groups.iter_mut().find(same) {
            group.push(question);
        } else {
            groups.push((words, vec![question]));
        }
    }
    let mut gaps: Vec<Gap> = groups.into_iter().filter_map(|(_, group)| gap(group)).collect();
    gaps.sort_by(|a, b| b.count.cmp(&a.count).then(b.last_at.cmp(&a.last_at)));
    gaps
}

fn gap(group: Vec<Question>) -> Option<Gap> {
    let first = group.first()?;
    let mut nearest: BTreeMap<&String, usize> = BTreeMap::new();
    for article in group.iter().filter_map(|question| question.nearest.as_ref()) {
        *nearest.entry(article).or_default() += 1;
    }
    Some(Gap {
        count: group.len(),
        last_at: first.at,
        locale: first.locale.clone(),
        nearest: nearest.into_iter().max_by_key(|(_, count)| *count).map(|(article, _)| article.clone()),
        best: group.iter().filter_map(|question| question.confidence).max_by(f32::total_cmp),
        passed: group.iter().filter(|question| question.passed).count(),
        examples: group.into_iter().take(EXAMPLES).collect(),
    })
}

/// The words of a question that say what it is about; all of them when none is long.
fn telling_words(text: &str) -> BTreeSet<String> {
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let long: BTreeSet<String> = words().filter(|word| word.chars().count() >= SHORTEST_WORD).collect();
    if long.is_empty() { words().collect() } else { long }
}

fn is_same(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shorter = one.len().min(other.len()).max(1);
    one.intersection(other).count() as f32 / shorter as f32 >= SAME_THING
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn question(number: i64, text: &str) -> Question {
        Question {
            conversation: ConversationId(Uuid::from_u128(number as u128)),
            seq: Seq(1),
            at: Timestamp::from_second(number).unwrap(),
            text: text.to_owned(),
            locale: "en".to_owned(),
            nearest: Some("care/stains".to_owned()),
            confidence: Some(0.1 * number as f32),
            passed: number == 2,
        }
    }

    #[test]
    fn questions_about_one_thing_are_one_gap() {
        let asked = [
            "do you tune pianos",
            "can you tune the pianos of friends",
            "where can i park",
            "is tuning of pianos possible, do you tune them",
        ];
        let questions = asked.iter().zip(1..).map(|(text, number)| question(number, text)).collect::<Vec<_>>();
        let again = question(1, "do you tune pianos");
        let gaps = grouped(questions.into_iter().chain([again]).collect());
        let told: Vec<_> = gaps.iter().map(|gap| (gap.count, gap.examples.first().unwrap().text.as_str())).collect();
        assert_eq!(told, [(3, asked[3]), (1, asked[2])]);
        assert_eq!(gaps[0].nearest.as_deref(), Some("care/stains"));
        assert_eq!((gaps[0].best, gaps[0].passed), (Some(0.4), 1));
        assert!(grouped(Vec::new()).is_empty());
    }
}
