//! Abuse, one test a case, named by its number. A case whose test reads better beside its like is in another file under
//! the same number; `cases` finds them all, and says which cannot happen here.

mod absent;
mod articles;
mod cases;
mod departments;
mod guesses;
mod identities;
mod tables;
mod timing;
mod words;

use std::{fs, path::Path};

use crate::support::TestServer;

/// A knowledge base of these files.
fn articles(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

async fn serving(folder: &Path) -> TestServer {
    TestServer::start_with(|settings, _| settings.knowledge.dir = folder.display().to_string()).await
}
