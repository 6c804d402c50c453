//! As many articles as a test wants.

use std::fs;

use tempfile::TempDir;

const THINGS: [&str; 20] = [
    "armchair",
    "bookcase",
    "carpet",
    "ceiling lamp",
    "clock",
    "coat rack",
    "cot",
    "curtain",
    "cushion",
    "desk",
    "doormat",
    "duvet",
    "fan",
    "footstool",
    "kettle",
    "mattress",
    "mirror",
    "parasol",
    "shelf",
    "wardrobe",
];
const ACTS: [&str; 10] =
    ["assemble", "clean", "return", "exchange", "insure", "repair", "recycle", "measure", "paint", "polish"];

/// A folder of so many articles.
pub(crate) fn of(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..count {
        let question = question(number);
        let text = format!(
            "---\ntitle: {question}?\nquestions:\n  - {question}\n  - help me with this {number}\n---\n\
             This is article {number}. Find your order first, then follow the steps.\n"
        );
        fs::write(folder.path().join(format!("article-{number}.md")), text).unwrap();
    }
    folder
}

/// What is asked about an article.
pub(crate) fn question(number: usize) -> String {
    let (act, thing) = (ACTS[number % ACTS.len()], THINGS[number / ACTS.len() % THINGS.len()]);
    format!("how do i {act} the {thing} of model {number}")
}
