//! Why a verdict came out as it did, in words for the people who write the articles.

use crate::{
    answer::Verdict,
    cli::ask::verdict_name,
    conversation::{Considered, Thresholds},
};

/// The columns: what is printed above them, the feature below, and what it means.
const COLUMNS: [(&str, &str, &str); 5] = [
    ("same words", "l_cos", "how much of the title or of one of the questions is the same words"),
    ("spelling", "g_cos", "the same letter by letter, so that other forms of a word and slips count"),
    ("meaning", "d_max", "how near a question's meaning is, whatever its words (– where there is no model)"),
    ("whole text", "a_cos", "how much of the article, its text included, is about the same words"),
    ("rare words", "bm", "how many of the question's telling words the article has"),
];

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

/// The verdict, the rule behind it, all candidates, and what an editor can do.
pub(super) fn table(verdict: &Verdict) -> String {
    let decision = &verdict.decision;
    let (because, advice) = rule_in_words(&decision.rule, &decision.thresholds, decision.candidates.first());
    let headings = COLUMNS.map(|(heading, ..)| format!("{heading:>10}")).join("  ");
    let mut lines = vec![
        summary(verdict),
        format!("Because: {because}."),
        format!("To change that: {advice}."),
        format!("Words that were looked for: {}", decision.question),
        String::new(),
        format!("confidence  {headings}  article"),
    ];
    lines.extend(decision.candidates.iter().map(candidate_lines));
    lines.push(String::new());
    lines.extend(COLUMNS.map(|(heading, _, meaning)| format!("{heading:<11} {meaning}")));
    lines.push("An article that is missing here has none of the words, or names a nearer `not_questions`.".to_owned());
    lines.join("\n")
}

fn candidate_lines(candidate: &Considered) -> String {
    let percent = |name: &str| {
        let feature = candidate.features.get(name);
        feature.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", (share * 100.0).clamp(0.0, 100.0)))
    };
    let columns = COLUMNS.map(|(_, name, _)| format!("{:>10}", percent(name))).join("  ");
    let found = match candidate.matched.as_slice() {
        [] => String::new(),
        words => format!("\n            has: {}", words.join(", ")),
    };
    let Considered { article, title, confidence, .. } = candidate;
    format!("{confidence:>10.2}  {columns}  {article} ({title}){found}")
}

/// Why, and what an editor can do about it.
fn rule_in_words(rule: &str, thresholds: &Thresholds, best: Option<&Considered>) -> (String, String) {
    let Thresholds { answer_at, sure_at, clarify_at } = thresholds;
    let best = best.map_or("the best article", |best| best.article.as_str());
    let (because, advice) = match rule {
        "sure_at" => (
            format!("the confidence of {best} is at least sure_at = {sure_at:.2}"),
            format!(
                "if it is the wrong article, name the question under `not_questions` of {best} and under `questions` of the right one"
            ),
        ),
        "answer_at" => (
            format!(
                "the confidence of {best} is at least answer_at = {answer_at:.2} but below sure_at = {sure_at:.2}, so it is a guess"
            ),
            format!(
                "if it is the right article, add these words to its `questions`; if not, to `not_questions` of {best}"
            ),
        ),
        "clarify_at" => (
            format!(
                "the confidence is at least clarify_at = {clarify_at:.2} but below answer_at = {answer_at:.2}, so the visitor is asked"
            ),
            "if one of them is right, add these words to its `questions`".to_owned(),
        ),
        "article_rule" => {
            (format!("{best} says `action: escalate`"), "remove that line, if the bot may answer alone".to_owned())
        }
        "request_agent" | "vague_request" => (
            "the words ask for a person, or may do so".to_owned(),
            "the words that count are in `_builtin/<locale>/_words.yaml`".to_owned(),
        ),
        "no_agent_needed" => (
            "the visitor says that no person is wanted".to_owned(),
            "the words that count are in `_builtin/<locale>/_words.yaml`".to_owned(),
        ),
        "exact_phrase" | "smalltalk" => (
            format!("all of the message is small talk, as in {best}"),
            format!("put a file of your own at `{best}.md`"),
        ),
        "other_language" => (
            "there are no articles in the language of the message".to_owned(),
            "translate the most asked articles, with `locale` and `translation_of`".to_owned(),
        ),
        "nothing_found" | "faint" => (
            "no article has more than a few letters in common with it".to_owned(),
            "if an article should answer, add these words to its `questions`; if there is none, write it".to_owned(),
        ),
        _ => (
            format!("the confidence is below clarify_at = {clarify_at:.2}"),
            "if an article should answer, add these words to its `questions`; if there is none, write it".to_owned(),
        ),
    };
    (because, advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        answer::Policy,
        conversation::{Measures, Reason},
    };

    #[test]
    fn an_editor_sees_why_and_what_to_do() {
        let mut verdict = Verdict::undecided("sofa colours", Reason::LowConfidence, &Policy::default());
        let features = Measures::new([("l_cos", 0.5), ("bm", 0.25)]);
        let matched = vec!["sofa".to_owned()];
        let best =
            Considered { article: "care/sofa".into(), title: "Sofa care".into(), confidence: 0.12, matched, features };
        verdict.decision.candidates = vec![best].into();
        let table = table(&verdict);
        for expected in [
            "escalate (low_confidence): care/sofa with confidence 0.12",
            "Because: the confidence is below clarify_at = 0.20.",
            "To change that: if an article should answer",
            "      0.12        50 %           –           –           –        25 %  care/sofa (Sofa care)",
            "has: sofa",
        ] {
            assert!(table.contains(expected), "{expected} in\n{table}");
        }
    }
}
