//! An article shows a picture that is not in the folder.
//!
//! The path is relative to the article's own folder. Pictures below a name that begins with `_` or `.` are not served.

use crate::{
    article::{
        link::{self, Target},
        outline::Image,
    },
    lint::{Finding, KnowledgeBase, PageFile, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "missing-image",
    severity: Severity::Warning,
    summary: "A picture is not there",
    source: include_str!("missing_image.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.files().flat_map(|file| missing(knowledge_base, file)).collect()
}

fn missing(knowledge_base: &KnowledgeBase, file: &PageFile) -> Vec<Finding> {
    let reason = |image: &Image| match link::resolve(&file.page.article.id, &image.src) {
        Target::File(path) if knowledge_base.others.contains(&path) => None,
        Target::File(path) => Some(format!("there is no picture `{path}`: add it, or correct the path")),
        Target::Outside => Some(format!("`{}` leads out of the knowledge base: move the picture into it", image.src)),
        Target::Article(_) | Target::Folder(_) => Some(format!("`{}` is no picture", image.src)),
        Target::Elsewhere => None,
    };
    let images = file.page.outline.images.iter().filter_map(|image| Some((image.line, reason(image)?)));
    images.map(|(line, reason)| Finding::new(&file.path, line, reason)).collect()
}
