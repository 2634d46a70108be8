//! A text that bears witness in a comparison: an article with its words made ready, once, for all that ask for them.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::body::Body;
use super::crossing::Sentence;
use crate::model::Dossier;

/// An article as it is compared with others; its words are read when they are first asked for and kept.
#[derive(Debug, Clone, Default)]
pub struct Witness {
    dossier: Dossier,
    body: OnceLock<Body>,
    /// Its sentences with their anchors, as pairs of each kind read them.
    sentences: [OnceLock<Arc<Vec<Sentence>>>; 4],
}

impl Witness {
    pub fn new(dossier: Dossier) -> Self {
        Self { dossier, ..Self::default() }
    }

    /// The article alone.
    pub fn into_dossier(self) -> Dossier {
        self.dossier
    }

    /// Its sentences as a pair reads them: in the other's language or not, l told from r or not. They are read with the
    /// lexicons of the run that first asks, which no other run's witness shares.
    pub fn sentences(
        &self,
        (same_language, folded): (bool, bool),
        read: impl FnOnce() -> Vec<Sentence>,
    ) -> Arc<Vec<Sentence>> {
        let kind = 2 * usize::from(same_language) + usize::from(folded);
        Arc::clone(self.sentences[kind].get_or_init(|| Arc::new(read())))
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
