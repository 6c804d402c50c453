//! A sentence encoder for tests: the architecture of the real one, tiny, with weights drawn by chance.

use std::{collections::BTreeMap, fs, path::Path};

use candle_core::{DType, Device};
use candle_nn::{VarBuilder, VarMap};
use candle_transformers::models::bert::{BertModel, Config};
use serde_json::json;

const WORDS: [&str; 14] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "how", "long", "does", "delivery", "take", "when", "is", "my", "money", "back",
];

/// Writes the files of an encoder that knows a dozen words.
pub(crate) fn write_tiny_encoder(folder: &Path) {
    let config = json!({
        "vocab_size": WORDS.len(), "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 32, "hidden_act": "gelu", "hidden_dropout_prob": 0.0, "max_position_embeddings": 256,
        "type_vocab_size": 2, "initializer_range": 0.02, "layer_norm_eps": 1e-12, "pad_token_id": 0,
    });
    let vocabulary: BTreeMap<_, _> = WORDS.iter().zip(0..).collect();
    fs::write(folder.join("config.json"), config.to_string()).unwrap();
    fs::write(folder.join("tokenizer.json"), json!({ "model": { "vocab": vocabulary } }).to_string()).unwrap();
    let weights = VarMap::new();
    let config: Config = serde_json::from_value(config).unwrap();
    BertModel::load(VarBuilder::from_varmap(&weights, DType::F32, &Device::Cpu), &config).unwrap();
    weights.save(folder.join("model.safetensors")).unwrap();
}
