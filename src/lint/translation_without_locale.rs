//! An article has `translation_of` and no `locale`, or the language of the article that it translates.
//!
//! Without its language the two versions compete for the same questions. Add `locale:`, for instance `locale: de`.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "translation-without-locale",
    severity: Severity::Warning,
    summary: "A translation does not say its language",
    source: include_str!("translation_without_locale.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let alike = knowledge_base.files().filter_map(|file| {
        let source = knowledge_base.page(file.page.article.translation_of.as_ref()?)?;
        let locale = knowledge_base.locale_of(&file.page.article);
        (knowledge_base.locale_of(&source.page.article) == locale).then_some((file, locale))
    });
    let message = |locale| format!("the article and what it translates are both in `{locale}`: set its own `locale`");
    alike.map(|(file, locale)| Finding::new(&file.path, file.page.line_of("translation_of"), message(locale))).collect()
}
