//! A sentence encoder of a few kilobytes with weights by chance, for tests of everything around one.

use std::{fs, path::Path};

use candle_core::{DType, Device};
use candle_nn::{VarBuilder, VarMap};
use candle_transformers::models::bert::{BertModel, Config};
use serde_json::{Map, json};

const WORDS: [&str; 16] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "how", "long", "does", "delivery", "take", "when", "is", "my", "money", "back",
    "refund", "vat",
];

/// Writes the encoder's files into a folder.
pub(in crate::knowledge) fn write(folder: &Path) {
    let config = json!({
        "vocab_size": WORDS.len(), "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 16, "hidden_act": "gelu", "hidden_dropout_prob": 0.0, "max_position_embeddings": 64,
        "type_vocab_size": 2, "initializer_range": 0.02, "layer_norm_eps": 1e-12, "pad_token_id": 0,
        "model_type": "bert",
    });
    let vocabulary: Map<_, _> =
        WORDS.iter().zip(0..).map(|(word, number)| ((*word).to_owned(), json!(number))).collect();
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("config.json"), config.to_string()).unwrap();
    fs::write(folder.join("tokenizer.json"), json!({"model": {"vocab": vocabulary}}).to_string()).unwrap();
    let weights = VarMap::new();
    let parsed: Config = serde_json::from_value(config).unwrap();
    BertModel::load(VarBuilder::from_varmap(&weights, DType::F32, &Device::Cpu), &parsed).unwrap();
    weights.save(folder.join("model.safetensors")).unwrap();
}
