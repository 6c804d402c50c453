//! The files of a knowledge base: read defensively, because anything may lie in a folder.

use std::{
    fs::{self, File as OpenFile, Metadata},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

/// Larger files are no articles.
const LARGEST: u64 = 1024 * 1024;

/// Deeper folders are not read.
const DEEPEST: usize = 32;

/// Everything that a knowledge base's folder holds, in the order of the paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// The files that mean something.
    pub files: Vec<File>,
    /// What looks like an article and cannot be read.
    pub skipped: Vec<Skipped>,
    /// The paths of all other files, for instance images.
    pub others: Vec<String>,
}

/// One file that means something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path in the folder, with `/`.
    pub path: String,
    /// What it is, by its path.
    pub kind: FileKind,
    /// What it says.
    pub text: Arc<str>,
    /// When it was last written, if the file system knows.
    pub modified: Option<SystemTime>,
}

/// What a file is, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// An article or a page of questions, built-in ones' replacements too.
    Article,
    /// A canned response.
    Canned,
    /// Words that mean the same.
    Synonyms,
    /// Answer tests.
    AnswerTests,
    /// The bot's sentences in one language.
    Wording,
    /// The words by which the bot hears that somebody wants a person, in one language.
    Words,
}

/// A file that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The path in the folder, with `/`.
    pub path: String,
    /// Why, for the editor.
    pub reason: String,
}

/// Reads a knowledge base's folder.
pub fn read(root: &Path) -> io::Result<Folder> {
    reread(root, &Folder::default())
}

/// Reads the folder again; files that have not changed since `before` are not opened.
pub fn reread(root: &Path, before: &Folder) -> io::Result<Folder> {
    let mut walk = Walk { root: root.canonicalize()?, before, found: Folder::default() };
    let entries = sorted_entries(root)?;
    walk.enter(entries, "", &mut vec![walk.root.clone()]);
    let mut folder = walk.found;
    folder.files.sort_by(|a, b| a.path.cmp(&b.path));
    folder.skipped.sort_by(|a, b| a.path.cmp(&b.path));
    folder.others.sort();
    Ok(folder)
}

impl Folder {
    /// The file with this path.
    pub fn file(&self, path: &str) -> Option<&File> {
        let position = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(position)
    }
}

struct Walk<'a> {
    root: PathBuf,
    before: &'a Folder,
    found: Folder,
}

impl Walk<'_> {
    fn enter(&mut self, entries: Vec<(String, PathBuf)>, prefix: &str, above: &mut Vec<PathBuf>) {
        for (name, location) in entries {
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if !is_ignored(&path)
                && let Err(reason) = self.visit(&path, &location, above)
            {
                self.found.skipped.push(Skipped { path, reason });
            }
        }
    }

    fn visit(&mut self, path: &str, location: &Path, above: &mut Vec<PathBuf>) -> Result<(), String> {
        let target = location.canonicalize().map_err(|error| format!("cannot be found: {error}"))?;
        if !target.starts_with(&self.root) {
            return Err("links to a place outside the folder".to_owned());
        }
        let metadata = fs::metadata(&target).map_err(|error| format!("cannot be looked at: {error}"))?;
        if metadata.is_dir() {
            return self.visit_folder(path, target, above);
        }
        match kind_of(path) {
            _ if !metadata.is_file() => Err("is neither a file nor a folder".to_owned()),
            Some(kind) => self.visit_file(path, kind, &target, &metadata),
            None => {
                self.found.others.extend((!is_private(path) && !is_readme(path)).then(|| path.to_owned()));
                Ok(())
            }
        }
    }

    fn visit_folder(&mut self, path: &str, target: PathBuf, above: &mut Vec<PathBuf>) -> Result<(), String> {
        if above.contains(&target) {
            return Err("links to a folder that contains it".to_owned());
        }
        if above.len() >= DEEPEST {
            return Err(format!("is more than {DEEPEST} folders deep"));
        }
        let entries = sorted_entries(&target).map_err(|error| format!("cannot be listed: {error}"))?;
        above.push(target);
        self.enter(entries, path, above);
        above.pop();
        Ok(())
    }

    fn visit_file(&mut self, path: &str, kind: FileKind, target: &Path, metadata: &Metadata) -> Result<(), String> {
        let modified = metadata.modified().ok();
        let unchanged = self
            .before
            .file(path)
            .filter(|file| modified.is_some() && file.modified == modified && file.text.len() as u64 == metadata.len());
        let text = match unchanged {
            Some(file) => file.text.clone(),
            None => read_text(target, metadata.len())?,
        };
        self.found.files.push(File { path: path.to_owned(), kind, text, modified });
        Ok(())
    }
}

fn read_text(target: &Path, length: u64) -> Result<Arc<str>, String> {
    let too_large = || format!("is larger than {} KiB", LARGEST / 1024);
    if length > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    OpenFile::open(target)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large());
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("is not UTF-8 after {} bytes", error.utf8_error().valid_up_to()))?;
    Ok(text.into())
}

fn sorted_entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    entries.sort();
    Ok(entries)
}

/// What is never looked at: hidden names, editors' temporary files, private folders that mean nothing.
fn is_ignored(path: &str) -> bool {
    let name = file_name(path);
    let is_temporary = name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
        || has_extension(name, "swp")
        || has_extension(name, "tmp");
    name.starts_with('.') || is_temporary || name.contains('\\')
}

/// What a file is, by its path; nothing when it means nothing.
pub(super) fn kind_of(path: &str) -> Option<FileKind> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folders: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let is_public = folders.iter().all(|part| !part.starts_with('_'));
    let is_article = has_extension(name, "md") && !name.starts_with('_') && !is_readme(path);
    match folders.as_slice() {
        ["_builtin", _] if name == "_wording.yaml" => Some(FileKind::Wording),
        ["_builtin", _] if name == "_words.yaml" => Some(FileKind::Words),
        ["_builtin", _] if is_article => Some(FileKind::Article),
        [before @ .., "_canned"] if is_article && before.iter().all(|part| !part.starts_with('_')) => {
            Some(FileKind::Canned)
        }
        _ if !is_public => None,
        _ => match name {
            "_synonyms.yaml" => Some(FileKind::Synonyms),
            "_answers.yaml" => Some(FileKind::AnswerTests),
            _ => is_article.then_some(FileKind::Article),
        },
    }
}

fn is_private(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('_'))
}

fn is_readme(path: &str) -> bool {
    file_name(path).eq_ignore_ascii_case("readme.md")
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn paths(folder: &Folder) -> Vec<(&str, FileKind)> {
        folder.files.iter().map(|file| (file.path.as_str(), file.kind)).collect()
    }

    #[test]
    fn a_file_is_what_its_path_says() {
        let folder = folder_with(&[
            ("shipping/time.md", b"a"),
            ("shipping/photo.png", b"\x89PNG"),
            ("shipping/_answers.yaml", b"[]"),
            ("_synonyms.yaml", b"[]"),
            ("_answers.yaml", b"[]"),
            ("_canned/hello.md", b"b"),
            ("_builtin/en/thanks.md", b"c"),
            ("_builtin/en/_wording.yaml", b"{}"),
            ("_drafts/idea.md", b"x"),
            ("_notes.md", b"x"),
            (".git/HEAD.md", b"x"),
            ("ReadMe.md", b"x"),
            ("shipping/README.md", b"x"),
            ("shipping/.#time.md", b"x"),
            ("shipping/#time.md#", b"x"),
            ("shipping/time.md~", b"x"),
            ("shipping/.time.md.swp", b"x"),
            ("shipping/time.tmp", b"x"),
            ("4913", b"x"),
        ]);
        let read = read(folder.path()).unwrap();
        assert_eq!(
            paths(&read),
            [
                ("_answers.yaml", FileKind::AnswerTests),
                ("_builtin/en/_wording.yaml", FileKind::Wording),
                ("_builtin/en/thanks.md", FileKind::Article),
                ("_canned/hello.md", FileKind::Canned),
                ("_synonyms.yaml", FileKind::Synonyms),
                ("shipping/_answers.yaml", FileKind::AnswerTests),
                ("shipping/time.md", FileKind::Article),
            ]
        );
        assert_eq!(read.others, ["shipping/photo.png"]);
        assert_eq!(read.skipped, []);
    }

    #[test]
    fn what_cannot_be_an_article_is_named() {
        let folder =
            folder_with(&[("good.md", b"a"), ("latin.md", b"caf\xe9"), ("large.md", &vec![b'x'; 1024 * 1024 + 1])]);
        let read = read(folder.path()).unwrap();
        let skipped: Vec<_> =
            read.skipped.iter().map(|skipped| format!("{} {}", skipped.path, skipped.reason)).collect();
        assert_eq!(skipped, ["large.md is larger than 1024 KiB", "latin.md is not UTF-8 after 3 bytes"]);
        assert_eq!(paths(&read), [("good.md", FileKind::Article)]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_do_no_harm() {
        use std::os::unix::{fs::symlink, net::UnixListener};

        let elsewhere = folder_with(&[("secret.md", b"x")]);
        let folder = folder_with(&[("a/good.md", b"a")]);
        let at = |path: &str| folder.path().join(path);
        symlink(elsewhere.path().join("secret.md"), at("a/secret.md")).unwrap();
        symlink(elsewhere.path(), at("b")).unwrap();
        symlink("/proc/self/environ", at("environ.md")).unwrap();
        symlink("/dev/zero", at("zero.md")).unwrap();
        symlink(folder.path(), at("a/loop")).unwrap();
        symlink(at("a/good.md"), at("also.md")).unwrap();
        symlink(at("missing.md"), at("dangling.md")).unwrap();
        let _socket = UnixListener::bind(at("socket.md")).unwrap();
        std::process::Command::new("mkfifo").arg(at("pipe.md")).status().unwrap();

        let read = read(folder.path()).unwrap();
        assert_eq!(paths(&read), [("a/good.md", FileKind::Article), ("also.md", FileKind::Article)]);
        let skipped: Vec<_> = read.skipped.iter().map(|skipped| skipped.path.as_str()).collect();
        assert_eq!(
            skipped,
            ["a/loop", "a/secret.md", "b", "dangling.md", "environ.md", "pipe.md", "socket.md", "zero.md"]
        );
    }

    #[test]
    fn only_what_changed_is_opened_again() {
        let folder = folder_with(&[("a.md", b"one"), ("b.md", b"two")]);
        let before = read(folder.path()).unwrap();
        fs::write(folder.path().join("b.md"), "three").unwrap();
        fs::write(folder.path().join("c.md"), "four").unwrap();
        let after = reread(folder.path(), &before).unwrap();
        let text = |path: &str| after.file(path).unwrap().text.clone();
        assert!(Arc::ptr_eq(&text("a.md"), &before.file("a.md").unwrap().text));
        assert_eq!((&*text("b.md"), &*text("c.md")), ("three", "four"));
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        assert!(read(Path::new("/nowhere/at/all")).is_err());
    }
}
