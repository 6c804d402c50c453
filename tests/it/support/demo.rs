//! The demo's articles, read once for all stories.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use frontdesk::knowledge::{Knowledge, Options};

static DEMO: LazyLock<Arc<Knowledge>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge-base");
    Arc::new(Knowledge::open(Options { folder, locale: "en".to_owned(), ..Options::default() }).unwrap())
});

pub(crate) fn demo() -> Arc<Knowledge> {
    DEMO.clone()
}
