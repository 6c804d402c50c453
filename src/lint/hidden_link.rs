//! An article for everybody links to a draft or to an article for agents.
//!
//! Visitors who follow the link find nothing, and learn the name of what is not meant for them. Link to a public
//! article, or make the other one public.

use crate::{
    article::{
        ArticleId, Audience,
        link::{self, Target},
    },
    lint::{Finding, KnowledgeBase, PageFile, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "hidden-link",
    severity: Severity::Warning,
    summary: "An article for everybody links to one that visitors cannot see",
    source: include_str!("hidden_link.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let public = knowledge_base.files().filter(|file| !is_hidden(file));
    public.flat_map(|file| links(file).filter_map(|(id, line)| hidden(knowledge_base, file, &id, line))).collect()
}

fn hidden(knowledge_base: &KnowledgeBase, file: &PageFile, id: &ArticleId, line: u32) -> Option<Finding> {
    let other = knowledge_base.page(id).filter(|other| is_hidden(other))?;
    let why = if other.page.is_hidden() { "is a draft" } else { "is for agents only" };
    Some(Finding::new(
        &file.path,
        line,
        format!("visitors cannot open `{}`, which {why}: link to a public article", id.file()),
    ))
}

fn is_hidden(file: &PageFile) -> bool {
    file.page.is_hidden() || file.page.article.audience == Audience::Agents
}

fn links(file: &PageFile) -> impl Iterator<Item = (ArticleId, u32)> {
    let article = &file.page.article;
    let related = article.related.iter().map(|id| (id.clone(), file.page.line_of("related")));
    let links = file.page.outline.links.iter().filter_map(|link| match link::resolve(&article.id, &link.target) {
        Target::Article(id) => Some((id, link.line)),
        Target::File(_) | Target::Folder(_) | Target::Elsewhere | Target::Outside => None,
    });
    links.chain(related)
}
