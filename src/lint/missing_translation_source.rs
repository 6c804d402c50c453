//! The id under `translation_of` names no article.
//!
//! It links the versions of one article, so that a visitor gets the one in their language. Write the id of the article
//! that was translated: its path from the root without `.md`.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "missing-translation-source",
    severity: Severity::Warning,
    summary: "An article is a translation of one that is not there",
    source: include_str!("missing_translation_source.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let broken = knowledge_base.files().filter_map(|file| {
        let source = file.page.article.translation_of.as_ref()?;
        (!knowledge_base.has(source)).then_some((file, source))
    });
    let message = |source| format!("there is no article `{source}` that this could be a translation of");
    broken
        .map(|(file, source)| Finding::new(&file.path, file.page.line_of("translation_of"), message(source)))
        .collect()
}
