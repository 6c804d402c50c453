//! The full-text index: which articles are worth a closer look.
//!
//! It is made once for a state of the articles and never changed: another state has another index. It lives in memory;
//! the folder on disk is a copy that makes the next start faster, and losing or damaging it costs nothing else.

mod cache;

use tantivy::{
    DocAddress, Searcher, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    columnar::Column,
    query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery},
    schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TextAnalyzer, TokenizerManager, WhitespaceTokenizer},
};

pub(super) use self::cache::Cache;

/// Changes whenever the schema does.
pub(super) const VERSION: u32 = 1;

/// How many articles get a closer look.
const CANDIDATES: usize = 50;

/// Enough for any knowledge base to become one segment, in bytes.
const WRITER_MEMORY: usize = 50_000_000;

const TERMS: &str = "terms";

/// An article as the index sees it: the texts are terms with spaces between.
pub(super) struct Document {
    /// The article's number in the snapshot.
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) language: String,
    pub(super) for_agents: bool,
    pub(super) title: String,
    pub(super) questions: Vec<String>,
    pub(super) headings: Vec<String>,
    pub(super) passages: Vec<String>,
}

#[derive(Clone, Copy)]
struct Fields {
    number: Field,
    id: Field,
    language: Field,
    audience: Field,
    title: Field,
    questions: Field,
    headings: Field,
    passages: Field,
}

/// The index of one state of the articles.
pub(super) struct Index {
    searcher: Searcher,
    fields: Fields,
    numbers: Vec<Column<u64>>,
}

impl Index {
    /// The index with this key: from the cache if it is there and whole, else made from the documents.
    pub(super) fn open(
        cache: Option<&Cache>,
        key: &str,
        documents: impl FnOnce() -> Vec<Document>,
    ) -> Result<Self, TantivyError> {
        let cached = cache.and_then(|cache| {
            let directory = cache.load(key)?;
            let opened = tantivy::Index::open(directory).and_then(|index| Self::new(&index));
            opened.inspect_err(|error| cache.set_aside(key, &error.to_string())).ok()
        });
        if let Some(index) = cached {
            return Ok(index);
        }
        let (made, directory) = make(documents())?;
        if let Some(cache) = cache {
            cache.save(key, &directory);
        }
        Self::new(&made)
    }

    fn new(index: &tantivy::Index) -> Result<Self, TantivyError> {
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("the index was made by another version".to_owned()));
        }
        let searcher = index.reader()?.searcher();
        let segments = searcher.segment_readers();
        let numbers = segments.iter().map(|segment| segment.fast_fields().u64("number")).collect::<Result<_, _>>()?;
        Ok(Self { searcher, fields, numbers })
    }

    /// The numbers of the articles in this language that have most of these terms, best first.
    pub(super) fn candidates(
        &self,
        language: &str,
        for_agents: bool,
        terms: &[String],
    ) -> Result<Vec<usize>, TantivyError> {
        let query = self.query(language, for_agents, terms);
        let found = self.searcher.search(&query, &TopDocs::with_limit(CANDIDATES).order_by_score())?;
        Ok(found.into_iter().filter_map(|(_, address)| self.number(address)).collect())
    }

    fn query(&self, language: &str, for_agents: bool, terms: &[String]) -> BooleanQuery {
        let must = |field, text: &str| (Occur::Must, term_query(field, text));
        let any = terms.iter().flat_map(|term| self.weighted_fields().map(|field| boosted(field, term))).collect();
        let mut clauses = vec![
            must(self.fields.language, language),
            (Occur::Must, Box::new(BooleanQuery::union(any)) as Box<dyn Query>),
        ];
        if !for_agents {
            clauses.push(must(self.fields.audience, audience(false)));
        }
        BooleanQuery::new(clauses)
    }

    /// Only who gets a closer look depends on these weights, not who wins.
    fn weighted_fields(&self) -> [(Field, f32); 4] {
        let Fields { title, questions, headings, passages, .. } = self.fields;
        [(title, 2.0), (questions, 2.0), (headings, 1.5), (passages, 1.0)]
    }

    fn number(&self, address: DocAddress) -> Option<usize> {
        let column = self.numbers.get(address.segment_ord as usize)?;
        column.first(address.doc_id).map(|number| number as usize)
    }
}

fn boosted((field, weight): (Field, f32), term: &str) -> Box<dyn Query> {
    Box::new(BoostQuery::new(term_query(field, term), weight))
}

fn term_query(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn audience(for_agents: bool) -> &'static str {
    if for_agents { "agents" } else { "public" }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer(TERMS).set_index_option(IndexRecordOption::WithFreqs);
    let terms = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        number: schema.add_u64_field("number", FAST),
        id: schema.add_text_field("id", STRING | STORED),
        language: schema.add_text_field("language", STRING),
        audience: schema.add_text_field("audience", STRING),
        title: schema.add_text_field("title", terms.clone()),
        questions: schema.add_text_field("questions", terms.clone()),
        headings: schema.add_text_field("headings", terms.clone()),
        passages: schema.add_text_field("passages", terms),
    };
    (schema.build(), fields)
}

fn make(documents: Vec<Document>) -> Result<(tantivy::Index, tantivy::directory::RamDirectory), TantivyError> {
    let (schema, fields) = schema();
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TERMS, TextAnalyzer::from(WhitespaceTokenizer::default()));
    let directory = tantivy::directory::RamDirectory::create();
    let index = tantivy::Index::builder().schema(schema).tokenizers(tokenizers).open_or_create(directory.clone())?;
    let mut writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    for document in documents {
        writer.add_document(tantivy_document(&fields, document))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok((index, directory))
}

fn tantivy_document(fields: &Fields, document: Document) -> TantivyDocument {
    let mut made = TantivyDocument::default();
    made.add_u64(fields.number, document.number);
    made.add_text(fields.id, document.id);
    made.add_text(fields.language, document.language);
    made.add_text(fields.audience, audience(document.for_agents));
    made.add_text(fields.title, document.title);
    for (field, texts) in [
        (fields.questions, document.questions),
        (fields.headings, document.headings),
        (fields.passages, document.passages),
    ] {
        for text in texts {
            made.add_text(field, text);
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn document(number: u64, language: &str, for_agents: bool, title: &str) -> Document {
        Document {
            number,
            id: format!("article-{number}"),
            language: language.to_owned(),
            for_agents,
            title: title.to_owned(),
            questions: vec!["question".to_owned()],
            headings: Vec::new(),
            passages: vec!["body".to_owned()],
        }
    }

    fn documents() -> Vec<Document> {
        vec![
            document(0, "en", false, "refund sofa"),
            document(1, "en", false, "parcel"),
            document(2, "de", false, "refund"),
            document(3, "en", true, "refund goodwill"),
        ]
    }

    fn terms(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn candidates_share_language_audience_and_a_term() {
        let index = Index::open(None, "k", documents).unwrap();
        for (language, for_agents, asked, expected) in [
            ("en", false, "sofa refund", vec![0]),
            ("en", true, "refund goodwill", vec![3, 0]),
            ("de", false, "refund", vec![2]),
            ("en", false, "body parcel", vec![1, 0]),
            ("en", false, "zebra", vec![]),
            ("fr", false, "refund", vec![]),
        ] {
            assert_eq!(index.candidates(language, for_agents, &terms(asked)).unwrap(), expected, "{asked}");
        }
        assert!(index.candidates("en", false, &[]).unwrap().is_empty());
    }

    #[test]
    fn no_articles_no_candidates() {
        let index = Index::open(None, "k", Vec::new).unwrap();
        assert!(index.candidates("en", false, &terms("refund")).unwrap().is_empty());
    }

    #[test]
    fn a_valid_copy_is_used_and_a_damaged_one_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        let search = |index: &Index| index.candidates("en", false, &terms("refund")).unwrap();
        assert_eq!(search(&Index::open(Some(&cache), "k", documents).unwrap()), [0]);
        assert_eq!(search(&Index::open(Some(&cache), "k", || unreachable!("it is cached")).unwrap()), [0]);
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
            let mut was_made = false;
            let index = Index::open(Some(&cache), "k", || {
                was_made = true;
                documents()
            });
            assert!(was_made);
            assert_eq!(search(&index.unwrap()), [0]);
        }
        fs::write(copy.join(".tantivy-writer.lock"), "").unwrap();
        assert_eq!(search(&Index::open(Some(&cache), "k", || unreachable!("a stale lock is no damage")).unwrap()), [0]);
    }

    #[test]
    fn a_cache_that_cannot_be_written_costs_nothing_else() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let index = Index::open(Some(&Cache::new(file.path())), "k", documents).unwrap();
        assert_eq!(index.candidates("en", false, &terms("refund")).unwrap(), [0]);
    }
}
