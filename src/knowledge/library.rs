//! What the files of a knowledge base say: articles, canned responses, synonyms, answer tests, wording.

use std::{collections::BTreeMap, sync::Arc, time::SystemTime};

use sha2::{Digest, Sha256};

use crate::{
    article::{
        Page,
        answer_test::{self, AnswerTest},
        canned::{self, Canned},
        read_page, synonyms, wording,
    },
    knowledge::{
        builtin,
        folder::{File, FileKind, Folder, Skipped},
    },
};

/// One file of articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The path in the folder, with `/`.
    pub path: String,
    /// The text that is served.
    pub text: Arc<str>,
    /// When it was last written, if the file system knows.
    pub modified: Option<SystemTime>,
    /// What it says.
    pub page: Page,
}

/// Texts by locale and name.
pub type Texts = BTreeMap<String, BTreeMap<String, String>>;

/// Everything that a knowledge base's files say.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The files of articles by path, built-in ones too.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// Agents' prepared texts by shortcut.
    pub canned: BTreeMap<String, Canned>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Answer tests, with the path of their file.
    pub answer_tests: Vec<(String, AnswerTest)>,
    /// The bot's sentences by locale and key.
    pub wording: Texts,
    /// The words by which the bot hears what visitors want, by locale and list.
    pub words: Texts,
    /// Files that are not served as they are now, and why.
    pub skipped: Vec<Skipped>,
    /// The paths of other files, for instance images.
    pub others: Vec<String>,
    /// Hash of all that is served.
    pub version: String,
}

impl Library {
    /// Reads the files. What was good in `before` and is broken now stays as it was.
    pub fn new(folder: &Folder, before: Option<&Self>) -> Self {
        let mut library = Self { skipped: folder.skipped.clone(), others: folder.others.clone(), ..Self::default() };
        let mut digest = Sha256::new();
        for file in builtin::FILES.iter().chain(&folder.files) {
            library.add(file, before);
        }
        for skipped in &folder.skipped {
            let last_good = before.and_then(|before| before.sources.get(&skipped.path));
            library.sources.extend(last_good.map(|source| (skipped.path.clone(), source.clone())));
        }
        let others = folder.files.iter().filter(|file| file.kind != FileKind::Article);
        let served = library.sources.values().map(|source| (&source.path, &source.text));
        for (path, text) in served.chain(others.map(|file| (&file.path, &file.text))) {
            digest.update(format!("{path}\n{}\n", text.len()));
            digest.update(text.as_bytes());
        }
        library.version =
            digest.finalize().iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        library
    }

    fn add(&mut self, file: &File, before: Option<&Self>) {
        match file.kind {
            FileKind::Article => self.add_source(file, before),
            FileKind::Canned => {
                let shortcut = shortcut_of(&file.path);
                self.canned.insert(shortcut.to_owned(), canned::parse(shortcut, &file.text));
            }
            FileKind::Synonyms => self.synonyms.extend(synonyms::parse(&file.text).0),
            FileKind::AnswerTests => {
                let tests = answer_test::parse(&file.text).0;
                self.answer_tests.extend(tests.into_iter().map(|test| (file.path.clone(), test)));
            }
            FileKind::Wording => {
                let sentences = wording::parse(&file.text).0;
                self.wording.entry(locale_of(&file.path).to_owned()).or_default().extend(sentences);
            }
            FileKind::Words => {
                let lists = wording::parse(&file.text).0;
                self.words.entry(locale_of(&file.path).to_owned()).or_default().extend(lists);
            }
        }
    }

    fn add_source(&mut self, file: &File, before: Option<&Self>) {
        let last_good = before.and_then(|before| before.sources.get(&file.path));
        let source = match last_good {
            Some(source) if Arc::ptr_eq(&source.text, &file.text) => source.clone(),
            Some(_) | None => self.read_source(file, last_good),
        };
        self.sources.insert(file.path.clone(), source);
    }

    fn read_source(&mut self, file: &File, last_good: Option<&Arc<Source>>) -> Arc<Source> {
        let page = read_page(&file.path, &file.text);
        let reason = if file.text.trim().is_empty() {
            Some("is empty")
        } else {
            page.is_broken().then_some("has a front matter that cannot be read")
        };
        match (reason, last_good) {
            (Some(reason), Some(last_good)) if !last_good.page.is_broken() => {
                let reason = format!("{reason}: its last good version stays");
                self.skipped.push(Skipped { path: file.path.clone(), reason });
                last_good.clone()
            }
            _ => Arc::new(Source { path: file.path.clone(), text: file.text.clone(), modified: file.modified, page }),
        }
    }
}

fn shortcut_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(shortcut, _)| shortcut)
}

/// The second part of `_builtin/<locale>/<name>`.
pub(super) fn locale_of(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}
