//! A text that bears witness in a comparison: an article with its words made ready, once, for all that ask for them.

use std::ops::Deref;
use std::sync::OnceLock;

use super::body::Body;
use crate::model::Dossier;

/// An article as it is compared with others; its words are read when they are first asked for and kept.
#[derive(Debug, Clone, Default)]
pub struct Witness {
    dossier: Dossier,
    body: OnceLock<Body>,
}

impl Witness {
    pub fn new(dossier: Dossier) -> Self {
        Self { dossier, body: OnceLock::new() }
    }

    /// The article alone.
    pub fn into_dossier(self) -> Dossier {
        self.dossier
    }

    /// The words of its story.
    pub fn body(&self) -> &Body {
        self.body.get_or_init(|| Body::new(&self.dossier.article))
    }
}

impl Deref for Witness {
    type Target = Dossier;

    fn deref(&self) -> &Dossier {
        &self.dossier
    }
}
