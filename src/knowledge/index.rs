//! The full-text index: which articles are worth a closer look.
//!
//! It is made once from many articles and never changed. Articles that are new or changed since then lie in a small
//! second part; those that are gone are passed over. It lives in memory; the folder on disk is a copy that makes the
//! next start faster, and losing or damaging it costs nothing else.

mod cache;
mod part;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::{DocAddress, TantivyError};

pub(super) use self::cache::Cache;
use self::part::Part;

/// Changes whenever the schema does.
pub(super) const VERSION: u32 = 3;

/// So few new articles need no search.
const MOST_UNSEARCHED: usize = 8;

/// With more articles in the second part than one in so many, all become one part again.
const LARGEST_SHARE: usize = 10;

/// Enough for any knowledge base to become one segment, in bytes.
const WRITER_MEMORY: usize = 50_000_000;
const SMALL_WRITER_MEMORY: usize = 15_000_000;

/// An article as the index sees it.
pub(super) struct Document {
    /// Of its content: another content has another key.
    pub(super) key: u64,
    pub(super) is_for_agents: bool,
    /// Its terms with spaces between, each with its language before it.
    pub(super) text: String,
}

/// The index of one state of the articles.
pub(super) struct Index {
    base: Numbered,
    recent: Option<Numbered>,
}

/// A part of the index, with the numbers that its articles have now; those that are gone have none.
struct Numbered {
    part: Arc<Part>,
    numbers: Vec<Vec<Option<usize>>>,
}

impl Index {
    /// The index of articles with these keys, in order: from the cache if it is there and whole, else made from the
    /// articles; on the base of an earlier one where there is one.
    pub(super) fn open(
        keys: &[u64],
        before: Option<&Self>,
        cache: Option<(&Cache, &str)>,
        document: impl Fn(usize) -> Document,
    ) -> Result<Self, TantivyError> {
        let numbers: FxHashMap<u64, usize> = keys.iter().enumerate().map(|(number, key)| (*key, number)).collect();
        if let Some(before) = before {
            let new: Vec<usize> =
                (0..keys.len()).filter(|at| !keys.get(*at).is_some_and(|key| before.base.part.has(*key))).collect();
            if new.len() * LARGEST_SHARE <= keys.len().max(LARGEST_SHARE) {
                let recent = if new.is_empty() {
                    None
                } else {
                    let (part, _) = Part::make(new.into_iter().map(document), SMALL_WRITER_MEMORY)?;
                    Some(Numbered::new(Arc::new(part), &numbers))
                };
                return Ok(Self { base: Numbered::new(before.base.part.clone(), &numbers), recent });
            }
        }
        let cached = cache.and_then(|(cache, key)| cached(cache, key, keys));
        let base = match cached {
            Some(part) => part,
            None => made(keys.len(), cache, document)?,
        };
        Ok(Self { base: Numbered::new(Arc::new(base), &numbers), recent: None })
    }

    /// The numbers of the articles in this language that have one of these terms, and of those that are new, whatever
    /// they say, while they are so few that looking at them is quicker than a search.
    pub(super) fn candidates(
        &self,
        language: &str,
        is_for_agents: bool,
        terms: &[String],
    ) -> Result<Vec<usize>, TantivyError> {
        let mut candidates = self.base.candidates(language, is_for_agents, terms)?;
        match &self.recent {
            Some(recent) if recent.part.len() <= MOST_UNSEARCHED => candidates.extend(recent.all()),
            Some(recent) => candidates.extend(recent.candidates(language, is_for_agents, terms)?),
            None => {}
        }
        Ok(candidates)
    }
}

impl Numbered {
    fn new(part: Arc<Part>, numbers: &FxHashMap<u64, usize>) -> Self {
        let number = |key: &u64| numbers.get(key).copied();
        Self { numbers: part.keys().map(|keys| keys.iter().map(number).collect()).collect(), part }
    }

    fn all(&self) -> impl Iterator<Item = usize> {
        self.numbers.iter().flatten().copied().flatten()
    }

    fn candidates(&self, language: &str, is_for_agents: bool, terms: &[String]) -> Result<Vec<usize>, TantivyError> {
        let found = self.part.matching(language, is_for_agents, terms)?;
        let number = |at: DocAddress| *self.numbers.get(at.segment_ord as usize)?.get(at.doc_id as usize)?;
        Ok(found.into_iter().filter_map(number).collect())
    }
}

/// The copy with this key, if it is whole and has exactly these articles.
fn cached(cache: &Cache, key: &str, keys: &[u64]) -> Option<Part> {
    let directory = cache.load(key)?;
    let opened = tantivy::Index::open(directory).and_then(|index| Part::new(&index));
    let part = opened.inspect_err(|error| cache.set_aside(key, &error.to_string())).ok()?;
    if part.len() == keys.len() && keys.iter().all(|key| part.has(*key)) {
        return Some(part);
    }
    cache.set_aside(key, "it has other articles");
    None
}

fn made(
    count: usize,
    cache: Option<(&Cache, &str)>,
    document: impl Fn(usize) -> Document,
) -> Result<Part, TantivyError> {
    let (part, directory) = Part::make((0..count).map(document), WRITER_MEMORY)?;
    if let Some((cache, key)) = cache {
        cache.save(key, &directory);
    }
    Ok(part)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const ARTICLES: [(&str, bool, &str); 4] = [
        ("en", false, "refund sofa body"),
        ("en", false, "parcel body"),
        ("de", false, "refund body"),
        ("en", true, "refund goodwill body"),
    ];

    fn document(number: usize) -> Document {
        let (language, is_for_agents, terms) = ARTICLES[number];
        let text = terms.split(' ').fold(String::new(), |text, term| text + &format!("{language}:{term} "));
        Document { key: number as u64, is_for_agents, text }
    }

    fn open(keys: &[u64], before: Option<&Index>, cache: Option<&Cache>) -> Index {
        Index::open(keys, before, cache.map(|cache| (cache, "k")), |at| document(keys[at] as usize)).unwrap()
    }

    fn search(index: &Index, language: &str, is_for_agents: bool, text: &str) -> Vec<usize> {
        let terms: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let mut found = index.candidates(language, is_for_agents, &terms).unwrap();
        found.sort_unstable();
        found
    }

    #[test]
    fn candidates_share_language_audience_and_a_term() {
        let index = open(&[0, 1, 2, 3], None, None);
        for (language, is_for_agents, asked, expected) in [
            ("en", false, "sofa refund", vec![0]),
            ("en", true, "refund goodwill", vec![0, 3]),
            ("de", false, "refund", vec![2]),
            ("en", false, "body parcel", vec![0, 1]),
            ("en", false, "zebra", vec![]),
            ("fr", false, "refund", vec![]),
            ("en", false, "", vec![]),
        ] {
            assert_eq!(search(&index, language, is_for_agents, asked), expected, "{asked}");
        }
    }

    #[test]
    fn no_articles_no_candidates() {
        assert!(search(&open(&[], None, None), "en", false, "refund").is_empty());
    }

    #[test]
    fn what_changes_is_found_and_what_goes_is_not() {
        let before = open(&[1, 2], None, None);
        let after = open(&[0, 2], Some(&before), None);
        assert_eq!(search(&after, "en", false, "body"), [0]);
        assert_eq!(search(&after, "de", false, "body"), [0, 1], "the new one is looked at without a search");
        assert_eq!(search(&open(&[2], Some(&after), None), "en", false, "body"), [0; 0]);
    }

    #[test]
    fn a_valid_copy_is_used_and_a_damaged_one_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        let keys = [0, 1, 2, 3];
        let reopen = |document: &dyn Fn(usize) -> Document| {
            let index = Index::open(&keys, None, Some((&cache, "k")), document).unwrap();
            assert_eq!(search(&index, "en", false, "refund"), [0]);
        };
        reopen(&document);
        reopen(&|_| unreachable!("it is cached"));
        let copy = folder.path().join("k");
        let segment = || {
            let mut files = fs::read_dir(&copy).unwrap().map(|entry| entry.unwrap().path());
            files.find(|file| file.extension().is_some_and(|extension| extension == "term")).unwrap()
        };
        let damages: [&dyn Fn(); 5] = [
            &|| fs::remove_dir_all(&copy).unwrap(),
            &|| fs::write(copy.join("meta.json"), "{").unwrap(),
            &|| fs::remove_file(segment()).unwrap(),
            &|| {
                let mut bytes = fs::read(segment()).unwrap();
                bytes[3] ^= 1;
                fs::write(segment(), bytes).unwrap();
            },
            &|| fs::remove_file(copy.join("checksums.json")).unwrap(),
        ];
        for damage in damages {
            damage();
            let made = std::cell::Cell::new(0);
            reopen(&|number| {
                made.set(made.get() + 1);
                document(number)
            });
            assert_eq!(made.get(), 4);
        }
        fs::write(copy.join(".tantivy-writer.lock"), "").unwrap();
        reopen(&|_| unreachable!("a stale lock is no damage"));
        let other = Index::open(&[0, 1], None, Some((&cache, "k")), document).unwrap();
        assert_eq!(search(&other, "en", true, "goodwill"), [0; 0], "a copy of other articles is not believed");
    }

    #[test]
    fn a_cache_that_cannot_be_written_costs_nothing_else() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let index = open(&[0], None, Some(&Cache::new(file.path())));
        assert_eq!(search(&index, "en", false, "refund"), [0]);
    }
}
