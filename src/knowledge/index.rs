//! The full-text index: which articles are worth a closer look.
//!
//! It is made once from many articles and never changed. Articles that are new or changed since then lie in a small
//! second part; those that are gone are passed over. It lives in memory; the folder on disk is a copy that makes the
//! next start faster, and losing or damaging it costs nothing else.

mod cache;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{
    Searcher, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    columnar::Column,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TextAnalyzer, TokenizerManager, WhitespaceTokenizer},
};

pub(super) use self::cache::Cache;

/// Changes whenever the schema does.
pub(super) const VERSION: u32 = 2;

/// How many articles get a closer look.
const CANDIDATES: usize = 50;

/// So few new articles need no search.
const MOST_UNSEARCHED: usize = 8;

/// With more articles in the second part than one in so many, all become one part again.
const LARGEST_SHARE: usize = 10;

/// Enough for any knowledge base to become one segment, in bytes.
const WRITER_MEMORY: usize = 50_000_000;
const SMALL_WRITER_MEMORY: usize = 15_000_000;

const TERMS: &str = "terms";

/// An article as the index sees it.
pub(super) struct Document {
    /// Of its content: another content has another key.
    pub(super) key: u64,
    pub(super) is_for_agents: bool,
    /// Its terms with spaces between, each with its language before it.
    pub(super) text: String,
}

#[derive(Clone, Copy)]
struct Fields {
    key: Field,
    public: Field,
    agents: Field,
}

/// The index of one state of the articles.
pub(super) struct Index {
    base: Arc<Part>,
    recent: Option<Part>,
    /// The articles' numbers by their keys.
    numbers: FxHashMap<u64, usize>,
}

/// Some articles in an index of tantivy's.
struct Part {
    searcher: Searcher,
    fields: Fields,
    columns: Vec<Column<u64>>,
    keys: FxHashSet<u64>,
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
                (0..keys.len()).filter(|at| !keys.get(*at).is_some_and(|k| before.base.has(*k))).collect();
            if new.len() * LARGEST_SHARE <= keys.len().max(LARGEST_SHARE) {
                let recent = if new.is_empty() {
                    None
                } else {
                    Some(Part::make(new.into_iter().map(document), SMALL_WRITER_MEMORY)?.0)
                };
                return Ok(Self { base: before.base.clone(), recent, numbers });
            }
        }
        let cached = cache.and_then(|(cache, key)| cached(cache, key, keys));
        let base = match cached {
            Some(part) => part,
            None => made(keys.len(), cache, document)?,
        };
        Ok(Self { base: Arc::new(base), recent: None, numbers })
    }

    /// The numbers of the articles in this language that have most of these terms, and of those that are new, whatever
    /// they say, while they are so few that looking at them is quicker than a search.
    pub(super) fn candidates(
        &self,
        language: &str,
        is_for_agents: bool,
        terms: &[String],
    ) -> Result<Vec<usize>, TantivyError> {
        let mut keys = match &self.recent {
            Some(part) if part.keys.len() <= MOST_UNSEARCHED => part.keys.iter().copied().collect(),
            Some(part) => part.candidates(language, is_for_agents, terms)?,
            None => Vec::new(),
        };
        keys.extend(self.base.candidates(language, is_for_agents, terms)?);
        Ok(keys.into_iter().filter_map(|key| self.numbers.get(&key).copied()).collect())
    }
}

impl Part {
    fn new(index: &tantivy::Index) -> Result<Self, TantivyError> {
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("the index was made by another version".to_owned()));
        }
        let searcher = index.reader()?.searcher();
        let segments = searcher.segment_readers();
        let columns: Vec<Column<u64>> =
            segments.iter().map(|segment| segment.fast_fields().u64("key")).collect::<Result<_, _>>()?;
        let documents = columns.iter().zip(segments);
        let keys = documents.flat_map(|(column, segment)| segment.doc_ids_alive().filter_map(|doc| column.first(doc)));
        Ok(Self { keys: keys.collect(), searcher, fields, columns })
    }

    fn make(
        documents: impl Iterator<Item = Document>,
        memory: usize,
    ) -> Result<(Self, tantivy::directory::RamDirectory), TantivyError> {
        let (schema, fields) = schema();
        let tokenizers = TokenizerManager::default();
        tokenizers.register(TERMS, TextAnalyzer::from(WhitespaceTokenizer::default()));
        let directory = tantivy::directory::RamDirectory::create();
        let index =
            tantivy::Index::builder().schema(schema).tokenizers(tokenizers).open_or_create(directory.clone())?;
        let mut writer = index.writer_with_num_threads(1, memory)?;
        for document in documents {
            let mut made = TantivyDocument::default();
            made.add_u64(fields.key, document.key);
            made.add_text(if document.is_for_agents { fields.agents } else { fields.public }, document.text);
            writer.add_document(made)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok((Self::new(&index)?, directory))
    }

    fn has(&self, key: u64) -> bool {
        self.keys.contains(&key)
    }

    fn candidates(&self, language: &str, is_for_agents: bool, terms: &[String]) -> Result<Vec<u64>, TantivyError> {
        let fields =
            if is_for_agents { vec![self.fields.public, self.fields.agents] } else { vec![self.fields.public] };
        let any = terms.iter().flat_map(|term| {
            let text = format!("{language}:{term}");
            fields.iter().map(move |field| (Occur::Should, term_query(*field, &text)))
        });
        let query = BooleanQuery::new(any.collect());
        let found = self.searcher.search(&query, &TopDocs::with_limit(CANDIDATES).order_by_score())?;
        let key = |address: tantivy::DocAddress| self.columns.get(address.segment_ord as usize)?.first(address.doc_id);
        Ok(found.into_iter().filter_map(|(_, address)| key(address)).collect())
    }
}

/// The copy with this key, if it is whole and has exactly these articles.
fn cached(cache: &Cache, key: &str, keys: &[u64]) -> Option<Part> {
    let directory = cache.load(key)?;
    let opened = tantivy::Index::open(directory).and_then(|index| Part::new(&index));
    let part = opened.inspect_err(|error| cache.set_aside(key, &error.to_string())).ok()?;
    if part.keys.len() == keys.len() && keys.iter().all(|key| part.has(*key)) {
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

fn term_query(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer(TERMS).set_index_option(IndexRecordOption::WithFreqs);
    let terms = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        key: schema.add_u64_field("key", FAST),
        public: schema.add_text_field("public", terms.clone()),
        agents: schema.add_text_field("agents", terms),
    };
    (schema.build(), fields)
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
        index.candidates(language, is_for_agents, &terms).unwrap()
    }

    #[test]
    fn candidates_share_language_audience_and_a_term() {
        let index = open(&[0, 1, 2, 3], None, None);
        for (language, is_for_agents, asked, expected) in [
            ("en", false, "sofa refund", vec![0]),
            ("en", true, "refund goodwill", vec![3, 0]),
            ("de", false, "refund", vec![2]),
            ("en", false, "body parcel", vec![1, 0]),
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
