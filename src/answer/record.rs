//! What a decision was made from, for agents and editors.

use crate::{
    answer::{MOST_CANDIDATES, Policy, Ruling, confidence::Rated},
    article::hit::{Hits, PhraseHit},
    conversation::{Considered, Decision, Measures},
};

pub(super) fn record(hits: &Hits, policy: &Policy, rated: &[Rated<'_>], ruling: &Ruling, rule: &str) -> Decision {
    Decision {
        question: hits.question.clone(),
        verdict: ruling.kind(),
        rule: rule.to_owned(),
        candidates: rated.iter().take(MOST_CANDIDATES).map(considered).collect(),
        thresholds: policy.thresholds,
        knowledge_version: hits.version.clone(),
        took_us: 0,
    }
}

fn considered(rated: &Rated<'_>) -> Considered {
    let features = rated.hit.features;
    let semantic = features.semantic.map(|semantic| {
        [("d_max", semantic.d_max), ("d_cen", semantic.d_cen), ("d_body", semantic.d_body), ("lr", semantic.lr)]
    });
    let lexical = [
        ("l_cos", features.l_cos),
        ("g_cos", features.g_cos),
        ("a_cos", features.a_cos),
        ("bm", features.bm),
        ("score", rated.score),
        ("margin", rated.margin),
        ("share", rated.share),
    ];
    Considered {
        article: rated.hit.article.id.to_string(),
        title: rated.hit.article.title.clone(),
        confidence: rated.confidence,
        matched: rated.hit.matched.clone(),
        features: Measures::new(lexical.into_iter().chain(semantic.into_iter().flatten())),
    }
}

pub(super) fn considered_phrase(phrase: &PhraseHit) -> Considered {
    let features = [("nearness", phrase.nearness), ("near_miss", phrase.near_miss), ("covered", phrase.covered)];
    Considered {
        article: phrase.article.id.to_string(),
        title: phrase.article.title.clone(),
        confidence: phrase.nearness,
        matched: Vec::new(),
        features: Measures::new(features),
    }
}
