//! A relative link, an anchor, an id under `related` or an id in `_answers.yaml` leads to nothing.
//!
//! Links are relative to the article's own folder (`[track it](../orders/track.md#late)`); ids are paths from the root
//! without `.md` (`orders/track`). `README.md` and names that begin with `_` or `.` are not articles.

use crate::{
    article::{
        ArticleId,
        link::{self, Target},
        outline::Link,
        value::nearest,
    },
    lint::{Finding, KnowledgeBase, PageFile, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "broken-link",
    severity: Severity::Warning,
    summary: "A link, a related article or an answer test names what is not there",
    source: include_str!("broken_link.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let links = knowledge_base.files().flat_map(|file| broken_links(knowledge_base, file));
    let related = knowledge_base.files().flat_map(|file| broken_related(knowledge_base, file));
    links.chain(related).chain(broken_tests(knowledge_base)).collect()
}

fn broken_links(knowledge_base: &KnowledgeBase, file: &PageFile) -> Vec<Finding> {
    let reason = |link: &Link| match link::resolve(&file.page.article.id, &link.target) {
        Target::Article(id) if id.file() == file.page.article.id.as_str() => missing_heading(file, &id),
        Target::Article(id) => missing_article(knowledge_base, &id),
        Target::File(path) => missing_file(knowledge_base, &path),
        Target::Folder(path) => missing_folder(knowledge_base, &path),
        Target::Outside => Some("it leads out of the knowledge base".to_owned()),
        Target::Elsewhere => None,
    };
    let links = file.page.outline.links.iter().filter_map(|link| Some((link, reason(link)?)));
    links.map(|(link, reason)| Finding::new(&file.path, link.line, format!("`{}`: {reason}", link.target))).collect()
}

fn broken_related(knowledge_base: &KnowledgeBase, file: &PageFile) -> Vec<Finding> {
    let line = file.page.line_of("related");
    let reasons = file.page.article.related.iter().filter_map(|id| missing_article(knowledge_base, id));
    reasons.map(|reason| Finding::new(&file.path, line, format!("`related`: {reason}"))).collect()
}

fn broken_tests(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let named = knowledge_base.tests().flat_map(|(path, test)| {
        test.expect.articles().iter().filter_map(move |id| Some((path, test, missing_article(knowledge_base, id)?)))
    });
    named.map(|(path, test, reason)| Finding::new(path, test.line, format!("`expect`: {reason}"))).collect()
}

fn missing_article(knowledge_base: &KnowledgeBase, id: &ArticleId) -> Option<String> {
    if knowledge_base.has(id) {
        return None;
    }
    let Some(file) = knowledge_base.page(id) else {
        let hint = nearest_article(knowledge_base, id).map(|near| format!("; did you mean `{near}`?"));
        return Some(format!("there is no article `{}`{}", id.file(), hint.unwrap_or_default()));
    };
    missing_heading(file, id)
}

fn missing_heading(file: &PageFile, id: &ArticleId) -> Option<String> {
    let anchor = id.anchor()?;
    let anchors: Vec<&str> = file.page.outline.headings.iter().map(|heading| heading.slug.as_str()).collect();
    let hint = nearest(anchor, &anchors).map(|near| format!("; did you mean `#{near}`?")).unwrap_or_default();
    (!anchors.contains(&anchor)).then(|| format!("`{}` has no heading `#{anchor}`{hint}", file.path))
}

/// An article of the same name in another folder, or one whose id is nearly the same.
fn nearest_article<'a>(knowledge_base: &'a KnowledgeBase, id: &ArticleId) -> Option<&'a str> {
    let name = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
    let ids: Vec<&str> = knowledge_base.pages.keys().map(ArticleId::as_str).collect();
    let namesake = ids.iter().copied().find(|other| name(other) == name(id.file()));
    namesake.or_else(|| nearest(id.file(), &ids))
}

fn missing_file(knowledge_base: &KnowledgeBase, path: &str) -> Option<String> {
    let is_there = knowledge_base.others.contains(path) || missing_folder(knowledge_base, path).is_none();
    (!is_there).then(|| format!("there is no file `{path}`"))
}

fn missing_folder(knowledge_base: &KnowledgeBase, path: &str) -> Option<String> {
    let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
    let is_there = knowledge_base.files().any(|file| file.path.starts_with(&prefix));
    (!is_there).then(|| format!("there is no folder `{path}` with articles"))
}
