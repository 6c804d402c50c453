//! The articles and sentences that ship with the program, in the folder `builtin` of the repository.

use std::sync::{Arc, LazyLock};

use rust_embed::Embed;

use crate::knowledge::folder::{File, kind_of};

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/builtin"]
struct Embedded;

/// The shipped files, as if they lay in `_builtin` of the knowledge base.
pub(super) static FILES: LazyLock<Vec<File>> =
    LazyLock::new(|| Embedded::iter().filter_map(|name| file(&name)).collect());

fn file(name: &str) -> Option<File> {
    let path = format!("_builtin/{name}");
    let bytes = Embedded::get(name)?.data;
    let text: Arc<str> = std::str::from_utf8(&bytes).ok()?.into();
    Some(File { kind: kind_of(&path)?, path, text, modified: None })
}
