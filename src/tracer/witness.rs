//! A text that bears witness in a comparison: an article with its words made ready, once, for all that ask for them.

use std::ops::Deref;
use std::sync::OnceLock;

use super::body::Body;
use super::left_out::LeftOut;
use crate::model::Dossier;

/// An article as it is compared with others; its words are read when they are first asked for and kept.
#[derive(Debug, Clone, Default)]
pub struct Witness {
    dossier: Dossier,
    left_out: Vec<LeftOut>,
    body: OnceLock<Body>,
}

impl Witness {
    pub fn new(dossier: Dossier) -> Self {
        Self { dossier, ..Self::default() }
    }

    /// An article of which some paragraphs do not count.
    pub fn without(dossier: Dossier, left_out: Vec<LeftOut>) -> Self {
        Self { dossier, left_out, ..Self::default() }
    }

    /// The paragraphs that do not count.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The article alone.
    pub fn into_dossier(self) -> Dossier {
        self.dossier
    }

    /// The words of its story.
    pub fn body(&self) -> &Body {
        self.body.get_or_init(|| {
            let left_out: Vec<usize> = self.left_out.iter().map(|left| left.paragraph).collect();
            Body::without(&self.dossier.article, &left_out)
        })
    }
}

impl Deref for Witness {
    type Target = Dossier;

    fn deref(&self) -> &Dossier {
        &self.dossier
    }
}
