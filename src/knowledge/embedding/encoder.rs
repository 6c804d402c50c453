//! A full sentence encoder, in process: all-MiniLM-L6-v2, or another BERT with word pieces.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::knowledge::embedding::{
    Vector,
    memory::{Memory, Remembered},
    word_pieces::WordPieces,
};

/// Longer texts are cut, in word pieces.
const MOST_PIECES: usize = 256;

/// A vocabulary of more pieces is of many languages.
const LARGEST_ENGLISH_VOCABULARY: usize = 60_000;

/// Why an encoder cannot be used.
#[derive(Debug, Error)]
pub enum EncoderError {
    /// A file is missing or cannot be read.
    #[error("cannot read the sentence encoder's {path}: run `frontdesk model fetch`, or name its folder")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file says something else than expected.
    #[error("the sentence encoder's {path} cannot be used: {reason}")]
    Unusable {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The weights are not those of the model.
    #[error("the sentence encoder's weights do not fit its configuration")]
    Weights(#[from] candle_core::Error),
}

/// A sentence encoder and what it has encoded lately.
pub struct Encoder {
    model: BertModel,
    pieces: WordPieces,
    start: u32,
    end: u32,
    width: usize,
    is_multilingual: bool,
    memory: Memory,
}

#[derive(Deserialize)]
struct TokenizerFile {
    model: TokenizerModel,
}

#[derive(Deserialize)]
struct TokenizerModel {
    #[serde(default)]
    vocab: BTreeMap<String, u32>,
}

impl Encoder {
    /// The encoder whose files lie in a folder. `kept` is the folder where vectors of articles outlive the process.
    pub fn open(folder: &Path, kept: Option<&Path>) -> Result<Self, EncoderError> {
        let config: Config = parse(&folder.join("config.json"))?;
        let tokenizer_path = folder.join("tokenizer.json");
        let tokenizer: TokenizerFile = parse(&tokenizer_path)?;
        let unusable =
            |reason: &str| EncoderError::Unusable { path: tokenizer_path.clone(), reason: reason.to_owned() };
        let vocabulary = tokenizer.model.vocab.into_iter().map(|(piece, number)| (Cow::Owned(piece), number));
        let pieces = WordPieces::numbered(vocabulary)
            .map_err(|_| unusable("it has no vocabulary of word pieces; only BERT's kind is understood"))?;
        let special = |name: &str| pieces.number(name).ok_or_else(|| unusable("it lacks [CLS] or [SEP]"));
        let weights = read(&folder.join("model.safetensors"))?;
        let digest = Sha256::digest(&weights);
        let hash = digest.iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let variables = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu)?;
        Ok(Self {
            start: special("[CLS]")?,
            end: special("[SEP]")?,
            width: config.hidden_size,
            is_multilingual: pieces.len() > LARGEST_ENGLISH_VOCABULARY,
            model: BertModel::load(variables, &config)?,
            pieces,
            memory: Memory::open(kept.map(|folder| folder.join(format!("{hash}.vectors"))), config.hidden_size),
        })
    }

    /// How long its vectors are.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether it understands more than English.
    pub fn is_multilingual(&self) -> bool {
        self.is_multilingual
    }

    /// The text's vector; none for a text without a word. Takes milliseconds unless the text was met lately.
    pub fn embed(&self, text: &str) -> Option<Vector> {
        if let Some(Remembered(vector)) = self.memory.recall(text) {
            return vector;
        }
        let encoded = self.encode(text).inspect_err(|error| tracing::error!(%error, "the sentence encoder failed"));
        let vector = encoded.unwrap_or_default();
        self.memory.note(text, vector.clone());
        vector
    }

    /// The vector of an article's text, to be remembered beyond the process.
    pub fn embed_lasting(&self, text: &str) -> Option<Vector> {
        self.memory.recall_lasting(text).or_else(|| {
            let vector = self.embed(text)?;
            self.memory.note_lasting(text, &vector);
            Some(vector)
        })
    }

    /// Keeps the articles' vectors for the next start.
    pub fn save(&self) {
        self.memory.save();
    }

    fn encode(&self, text: &str) -> candle_core::Result<Option<Vector>> {
        let mut tokens = vec![self.start];
        tokens.extend(self.pieces.tokens(text).into_iter().take(MOST_PIECES - 2));
        if tokens.len() == 1 {
            return Ok(None);
        }
        tokens.push(self.end);
        let tokens = Tensor::new(tokens, &Device::Cpu)?.unsqueeze(0)?;
        let states = self.model.forward(&tokens, &tokens.zeros_like()?, None)?;
        let mean: Vec<f32> = states.mean(1)?.squeeze(0)?.to_vec1()?;
        Ok(Vector::new(&mean))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, EncoderError> {
    std::fs::read(path).map_err(|source| EncoderError::Unreadable { path: path.to_owned(), source })
}

fn parse<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T, EncoderError> {
    serde_json::from_slice(&read(path)?)
        .map_err(|error| EncoderError::Unusable { path: path.to_owned(), reason: error.to_string() })
}
