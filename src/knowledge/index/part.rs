//! Some articles in an index of tantivy's, made once.

use rustc_hash::FxHashSet;
use tantivy::{
    DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyDocument, TantivyError, Term,
    collector::{Collector, SegmentCollector},
    directory::RamDirectory,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TextAnalyzer, TokenizerManager, WhitespaceTokenizer},
};

use crate::knowledge::index::Document;

const TERMS: &str = "terms";

/// Some articles in an index of tantivy's.
pub(super) struct Part {
    searcher: Searcher,
    fields: Fields,
    /// Of each segment's documents.
    keys: Vec<Vec<u64>>,
    has: FxHashSet<u64>,
}

/// Collects whatever matches: it is ranked by what is known of the articles, not by tantivy's scores.
struct Matching;

#[derive(Clone, Copy)]
struct Fields {
    key: Field,
    public: Field,
    agents: Field,
}

impl Part {
    pub(super) fn new(index: &tantivy::Index) -> Result<Self, TantivyError> {
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("the index was made by another version".to_owned()));
        }
        let searcher = index.reader()?.searcher();
        let keys: Vec<Vec<u64>> = searcher.segment_readers().iter().map(keys_of).collect::<Result<_, _>>()?;
        Ok(Self { has: keys.iter().flatten().copied().collect(), searcher, fields, keys })
    }

    pub(super) fn make(
        documents: impl Iterator<Item = Document>,
        memory: usize,
    ) -> Result<(Self, RamDirectory), TantivyError> {
        let (schema, fields) = schema();
        let tokenizers = TokenizerManager::default();
        tokenizers.register(TERMS, TextAnalyzer::from(WhitespaceTokenizer::default()));
        let directory = RamDirectory::create();
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

    /// How many articles there are.
    pub(super) fn len(&self) -> usize {
        self.has.len()
    }

    pub(super) fn has(&self, key: u64) -> bool {
        self.has.contains(&key)
    }

    /// Of each segment, its documents' keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Vec<u64>> {
        self.keys.iter()
    }

    /// The public articles in this language that have one of these terms, and those for agents too if they are asked for.
    pub(super) fn matching(
        &self,
        language: &str,
        is_for_agents: bool,
        terms: &[String],
    ) -> Result<Vec<DocAddress>, TantivyError> {
        let fields =
            if is_for_agents { vec![self.fields.public, self.fields.agents] } else { vec![self.fields.public] };
        let any = terms.iter().flat_map(|term| {
            let text = format!("{language}:{term}");
            fields.iter().map(move |field| (Occur::Should, term_query(*field, &text)))
        });
        self.searcher.search(&BooleanQuery::new(any.collect()), &Matching)
    }
}

impl Collector for Matching {
    type Fruit = Vec<DocAddress>;
    type Child = MatchingOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<MatchingOfSegment> {
        Ok(MatchingOfSegment { segment, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<DocAddress>>) -> tantivy::Result<Vec<DocAddress>> {
        Ok(segments.concat())
    }
}

struct MatchingOfSegment {
    segment: SegmentOrdinal,
    found: Vec<DocAddress>,
}

impl SegmentCollector for MatchingOfSegment {
    type Fruit = Vec<DocAddress>;

    fn collect(&mut self, document: DocId, _: Score) {
        self.found.push(DocAddress::new(self.segment, document));
    }

    fn harvest(self) -> Vec<DocAddress> {
        self.found
    }
}

/// The keys of a segment's documents; none is ever deleted.
fn keys_of(segment: &SegmentReader) -> Result<Vec<u64>, TantivyError> {
    let column = segment.fast_fields().u64("key")?;
    Ok((0..segment.max_doc()).filter_map(|document| column.first(document)).collect())
}

fn term_query(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer(TERMS);
    let indexing = indexing.set_index_option(IndexRecordOption::Basic).set_fieldnorms(false);
    let terms = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        key: schema.add_u64_field("key", FAST),
        public: schema.add_text_field("public", terms.clone()),
        agents: schema.add_text_field("agents", terms),
    };
    (schema.build(), fields)
}
