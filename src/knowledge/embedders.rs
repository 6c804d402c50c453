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

/// The models that are at hand.
#[derive(Clone, Default)]
pub(super) struct Embedders {
    table: Option<Arc<Embedder>>,
    encoder: Option<Arc<Embedder>>,
}

impl Embedders {
    /// The built-in model, unless words alone are wanted.
    pub(super) fn builtin(level: Level) -> Self {
        let table = StaticModel::builtin().ok().filter(|_| level != Level::Lexical);
        Self { table: table.map(|model| Arc::new(Embedder::Table(model))), encoder: None }
    }

    /// The models that the options ask for. Loading a full encoder takes a part of a second.
    pub(super) fn new(options: &Options) -> Result<Self, KnowledgeError> {
        let mut embedders = Self::builtin(options.level);
        if let Some(folder) = options.encoder.as_ref().filter(|_| options.level == Level::Encoder) {
            let kept = options.cache.as_ref().map(|cache| cache.join("vectors"));
            embedders.encoder = Some(Arc::new(Embedder::Encoder(Arc::new(Encoder::open(folder, kept.as_deref())?))));
        }
        Ok(embedders)
    }

    /// What turns texts of a language into vectors; nothing when there is no model for it.
    pub(super) fn of(&self, language: Language) -> Option<Arc<Embedder>> {
        let is_for_all = self.encoder.as_deref().is_some_and(|encoder| match encoder {
            Embedder::Encoder(encoder) => encoder.is_multilingual(),
            Embedder::Table(_) => false,
        });
        if language != Language::ENGLISH && !is_for_all {
            return None;
        }
        self.encoder.clone().or_else(|| self.table.clone())
    }

    /// Keeps what was made for the next start.
    pub(super) fn save(&self) {
        if let Some(Embedder::Encoder(encoder)) = self.encoder.as_deref() {
            encoder.save();
        }
    }
}
