//! The bot's own words: every sentence and every list of words in every language that ships.

use frontdesk::conversation::Reason;

use crate::support::demo;

/// What is said besides why a person is fetched.
const SENTENCES: [&str; 29] = [
    "guess_intro",
    "helped_question",
    "clarify_intro",
    "option_none",
    "offer_agent",
    "offer_ambiguous",
    "offer_repeated",
    "offer_angry",
    "option_agent",
    "option_rephrase",
    "rephrase_prompt",
    "nobody_available",
    "contact_thanks",
    "claimed",
    "released",
    "resolved",
    "withdrawn",
    "reopened",
    "helpful_thanks",
    "not_helpful_offer",
    "read_more",
    "other_language",
    "greeting_home",
    "bot_disclosure",
    "bot_name",
    "language_name",
    "escalated_asked_for_agent",
    "escalated_search_failed",
    "escalated_stopping",
];

const LISTS: [&str; 11] =
    ["people", "anybody", "contact", "wish", "please", "bots", "negations", "mentions", "angry", "yes", "no"];

#[test]
fn every_language_has_every_sentence_in_its_own_words() {
    let snapshot = demo().snapshot();
    let reasons = Reason::ALL.map(|reason| format!("escalated_{}", reason.as_str()));
    let keys: Vec<&str> = SENTENCES.into_iter().chain(reasons.iter().map(String::as_str)).collect();
    let wording = &snapshot.library().wording;
    assert!(wording.len() >= 20, "{} languages", wording.len());
    let english = &wording["en"];
    let mut wrong = Vec::new();
    for (locale, sentences) in wording {
        for key in &keys {
            let own = sentences.get(*key).filter(|sentence| !sentence.trim().is_empty());
            let may_be_english = locale == "en" || *key == "bot_name";
            if !own.is_some_and(|own| may_be_english || english.get(*key) != Some(own)) {
                wrong.push(format!("{locale}: {key}"));
            }
        }
        let of_reasons: std::collections::BTreeSet<_> = reasons.iter().filter_map(|key| sentences.get(key)).collect();
        if of_reasons.len() != reasons.len() {
            wrong.push(format!("{locale}: two reasons have the same sentence"));
        }
        for (key, holder) in
            [("contact_thanks", "{{email}}"), ("claimed", "{{agent}}"), ("other_language", "{{languages}}")]
        {
            if !sentences.get(key).is_some_and(|sentence| sentence.contains(holder)) {
                wrong.push(format!("{locale}: {key} without {holder}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_language_hears_people_who_want_a_person() {
    let snapshot = demo().snapshot();
    let library = snapshot.library();
    let languages = |texts: &frontdesk::knowledge::library::Texts| texts.keys().cloned().collect::<Vec<_>>();
    assert_eq!(languages(&library.words), languages(&library.wording));
    for (locale, lists) in &library.words {
        for list in LISTS {
            let words =
                lists.get(list).map_or(0, |words| words.split(',').filter(|word| !word.trim().is_empty()).count());
            assert!(words >= 2, "{locale}: {list} has {words} words");
        }
        for name in ["no-agent", "request-agent"] {
            assert!(snapshot.article(&format!("_builtin/{locale}/{name}")).is_some(), "{locale}: {name}");
        }
    }
}
