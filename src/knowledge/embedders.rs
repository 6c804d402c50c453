//! Which model reads which language.

use std::sync::Arc;

use crate::{
    article::hit::Level,
    knowledge::{
        KnowledgeError, Options,
        analysis::Language,
        embedding::{Embedder, Encoder, StaticModel},
    },
};

/// The model that is part of the program, for the language that it is made for, unless words alone are wanted.
pub(super) fn builtin(level: Level, language: Language) -> Option<Arc<Embedder>> {
    if level == Level::Lexical || language != Language::ENGLISH {
        return None;
    }
    StaticModel::builtin().ok().map(|model| Arc::new(Embedder::Table(model)))
}

/// A full sentence encoder.
pub(super) struct Deep {
    embedder: Arc<Embedder>,
    encoder: Arc<Encoder>,
}

impl Deep {
    /// The encoder that the options ask for, if they do. Loading it takes a part of a second.
    pub(super) fn open(options: &Options) -> Result<Option<Self>, KnowledgeError> {
        let Some(folder) = options.encoder.as_ref().filter(|_| options.level == Level::Encoder) else {
            return Ok(None);
        };
        let kept = options.cache.as_ref().map(|cache| cache.join("vectors"));
        let encoder = Arc::new(Encoder::open(folder, kept.as_deref())?);
        Ok(Some(Self { embedder: Arc::new(Embedder::Encoder(encoder.clone())), encoder }))
    }

    /// The encoder, for a language that it understands.
    pub(super) fn of(&self, language: Language) -> Option<Arc<Embedder>> {
        let understands = language == Language::ENGLISH || self.encoder.is_multilingual();
        understands.then(|| self.embedder.clone())
    }

    /// Keeps what was made for the next start.
    pub(super) fn save(&self) {
        self.encoder.save();
    }
}
