//! Why a verdict came out as it did, in words for the people who write the articles.

use crate::{
    answer::{Ruling, Verdict},
    cli::ask::verdict_name,
    conversation::{Considered, Thresholds},
};

/// One line: the verdict and what it rests on.
pub(super) fn summary(verdict: &Verdict) -> String {
    let reason = verdict.ruling.reason().map(|reason| format!(" ({})", reason.as_str())).unwrap_or_default();
    let best = verdict.decision.candidates.first();
    let best = best.map_or_else(
        || "no article has any of the words".to_owned(),
        |best| format!("{} with confidence {:.2}", best.article, best.confidence),
    );
    format!("{}{reason}: {best}", verdict_name(&verdict.ruling))
}

/// The verdict, the rule behind it and all candidates.
pub(super) fn table(verdict: &Verdict) -> String {
    let decision = &verdict.decision;
    let mut lines = vec![
        summary(verdict),
        format!("Because: {}", rule_in_words(verdict)),
        format!("Words that were looked for: {}", decision.question),
        String::new(),
        "confidence  one phrasing  spelling  whole article  rare words  article".to_owned(),
    ];
    lines.extend(decision.candidates.iter().flat_map(candidate_lines));
    lines.extend([
        String::new(),
        "one phrasing:  how much of the title or of one of the questions is the same words".to_owned(),
        "spelling:      the same, letter by letter, so that other forms of a word count".to_owned(),
        "whole article: how much of the article, with its body, is about the same words".to_owned(),
        "rare words:    how many of the question's telling words the article has".to_owned(),
    ]);
    lines.join("\n")
}

fn candidate_lines(candidate: &Considered) -> Vec<String> {
    let percent = |name: &str| {
        let feature = candidate.features.get(name);
        feature.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", (share * 100.0).clamp(0.0, 100.0)))
    };
    let found = match candidate.matched.as_slice() {
        [] => String::new(),
        words => format!("\n            found: {}", words.join(", ")),
    };
    vec![format!(
        "{:>10.2}  {:>12}  {:>8}  {:>13}  {:>10}  {}{found}",
        candidate.confidence,
        percent("l_cos"),
        percent("g_cos"),
        percent("a_cos"),
        percent("bm"),
        candidate.article,
    )]
}

fn rule_in_words(verdict: &Verdict) -> String {
    let Thresholds { answer_at, sure_at, clarify_at } = verdict.decision.thresholds;
    match (&verdict.ruling, verdict.decision.rule.as_str()) {
        (_, "exact_phrase") => "the message is one of the article's questions, word for word".to_owned(),
        (Ruling::RequestAgent { .. }, _) => "the message asks for a person".to_owned(),
        (Ruling::Smalltalk { .. }, _) => "nearly all of the message is small talk".to_owned(),
        (Ruling::Answer { is_sure: true, .. }, _) => format!("the confidence is at least sure_at = {sure_at:.2}"),
        (Ruling::Answer { .. }, _) => {
            format!(
                "the confidence is at least answer_at = {answer_at:.2} but below sure_at = {sure_at:.2}, so it is a guess"
            )
        }
        (Ruling::Clarify { .. }, _) => {
            format!("the confidence is at least clarify_at = {clarify_at:.2} but below answer_at = {answer_at:.2}")
        }
        (Ruling::Escalate { found: Some(_), .. }, _) => "the article says `action: escalate`".to_owned(),
        (Ruling::Say { .. }, _) => "the message is a reply to what the bot asked".to_owned(),
        (_, "nothing_found") => "no article has any of the words".to_owned(),
        (Ruling::Escalate { .. }, _) => format!("the confidence is below clarify_at = {clarify_at:.2}"),
    }
}
