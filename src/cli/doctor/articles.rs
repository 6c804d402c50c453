//! The articles, what is derived from them, and the model.

use crate::{
    article::hit::Level,
    cli::{
        Context,
        check::{self, Findings},
        doctor::Finding,
    },
    knowledge::{Knowledge, Options, embedding::files},
};

pub(super) fn examine(context: &Context) -> Vec<Finding> {
    vec![articles(context), lint(context), index(context), model(context)]
}

fn articles(context: &Context) -> Finding {
    let options = Options { cache: None, level: Level::Lexical, ..context.knowledge_options() };
    match Knowledge::open(options) {
        Ok(knowledge) if knowledge.snapshot().article_count() == 0 => Finding::look(
            format!("no articles in {}", context.knowledge().display()),
            "write the first one, or name the right folder with --knowledge",
        ),
        Ok(knowledge) => {
            let snapshot = knowledge.snapshot();
            let skipped = snapshot.library().skipped.len();
            let what = format!("{} articles in {}", snapshot.article_count(), context.knowledge().display());
            match skipped {
                0 => Finding::good(what),
                skipped => Finding::look(format!("{what}, {skipped} files left out"), "`frontdesk check` says why"),
            }
        }
        Err(error) => Finding::bad(error.to_string(), "name the right folder with --knowledge"),
    }
}

/// What an editor should look at, in numbers only.
fn lint(context: &Context) -> Finding {
    match check::count(context) {
        Ok(Findings { errors: 0, warnings: 0 }) => {
            Finding::good("`frontdesk check` finds nothing wrong in the articles")
        }
        Ok(Findings { errors: 0, warnings }) => {
            Finding::look(format!("{warnings} warnings in the articles"), "`frontdesk check` names each with its line")
        }
        Ok(Findings { errors, warnings }) => Finding::look(
            format!("{errors} errors and {warnings} warnings in the articles"),
            "`frontdesk check` names each with its line; mend the errors first",
        ),
        Err(error) => Finding::look(format!("the articles cannot be checked: {error:#}"), "look at their folder first"),
    }
}

/// The copy of the full-text index that makes a start quick.
fn index(context: &Context) -> Finding {
    let folder = context.data().join("cache").join("index");
    let copies = std::fs::read_dir(&folder).map(|entries| entries.flatten().map(|entry| entry.file_name()).collect());
    let copies: Vec<std::ffi::OsString> = copies.unwrap_or_default();
    if copies.iter().any(|name| name == "set-aside") {
        return Finding::look(
            "a damaged copy of the search index was set aside, and made again from the articles",
            "nothing is lost; if it happens again, have the disk checked",
        );
    }
    match copies.len() {
        0 => Finding::good("no copy of the search index yet: the next start makes one"),
        _ => Finding::good("a copy of the search index makes the next start quick"),
    }
}

fn model(context: &Context) -> Finding {
    let folder = context.encoder.clone().unwrap_or_else(|| files::folder(context.data()));
    let is_here = files::is_complete(&folder);
    match context.level {
        Level::Encoder if !is_here => Finding::bad(
            format!("the sentence encoder is not whole in {}: the built-in model answers", folder.display()),
            "get it with `frontdesk model fetch`, or set answers.model to \"auto\"",
        ),
        Level::Encoder => Finding::good(format!("the sentence encoder in {} compares questions", folder.display())),
        Level::Static => {
            Finding::good("the built-in model compares questions; `frontdesk model fetch` gets a better one")
        }
        Level::Lexical => Finding::look(
            "questions are compared by their words alone",
            "set answers.model to \"auto\" unless memory is very short",
        ),
    }
}
