//! A story as sentences with their anchors.

use std::ops::Range;

use super::frequency::Frequencies;
use super::ratio::missed;
use crate::language::{self, AnchorClass, Table};
use crate::model::Article;

/// An anchor of a sentence with what the ratio needs of it.
#[derive(Debug, Clone, Copy)]
pub struct Weighed {
    pub key: u64,
    pub class: AnchorClass,
    pub weight: f32,
    /// What it costs when the other side has it not.
    pub missed: f64,
    /// Byte offsets in the paragraph.
    pub start: u32,
    pub end: u32,
}

/// A sentence of a story.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Sorted by key, each once.
    pub anchors: Vec<Weighed>,
    /// Characters.
    pub length: usize,
    /// Paragraph number; `None` for the title.
    pub paragraph: Option<usize>,
    /// Sum of what its anchors cost when missed.
    pub missed: f64,
    /// How many times a usual sentence's anchors it has: chance grows with it.
    pub size: f64,
}

impl Sentence {
    fn new(anchors: Vec<Weighed>, length: usize) -> Self {
        Self {
            missed: anchors.iter().map(|anchor| anchor.missed).sum(),
            size: (anchors.len() as f64 / USUAL_ANCHORS).max(1.0),
            length,
            paragraph: None,
            anchors,
        }
    }

    /// The same with those anchors only that these frequencies know.
    #[must_use]
    pub fn known_to(&self, frequencies: &Frequencies) -> Self {
        let known = self.anchors.iter().filter(|anchor| frequencies.knows(anchor.key));
        Self { paragraph: self.paragraph, ..Self::new(known.copied().collect(), self.length) }
    }
}

/// Anchors of a usual sentence.
const USUAL_ANCHORS: f64 = 12.0;

/// A language's view of a pair: its lexicon, and what the pair's languages ask.
pub struct Reading<'a> {
    pub lexicon: &'a Table,
    /// Query and source are in the same language: stems count.
    pub same_language: bool,
    /// One of the two languages does not tell l from r.
    pub folded: bool,
}

/// The sentences of title and story: paragraph number, or none for the title, the text, and where in it they stand.
fn places(article: &Article) -> impl Iterator<Item = (Option<usize>, &str, Range<usize>)> {
    let title = article.title.iter().map(|title| (None, title.as_str()));
    let story = article.paragraphs.iter().enumerate();
    let story = story
        .filter(|(_, paragraph)| paragraph.role.is_story())
        .map(|(number, paragraph)| (Some(number), paragraph.text.as_str()));
    title.chain(story).flat_map(|(paragraph, text)| {
        language::sentences(text).into_iter().map(move |range| (paragraph, text, range))
    })
}

/// The sentences of title and story as they are written, in the order that alignments count them in.
pub fn sentence_texts(article: &Article) -> Vec<&str> {
    places(article).filter_map(|(_, text, range)| text.get(range)).collect()
}

/// The sentences of title and story.
pub fn sentences(article: &Article, language: &str, reading: &Reading) -> Vec<Sentence> {
    places(article)
        .map(|(paragraph, text, range)| {
            let (from, sentence) = (range.start, &text[range]);
            Sentence { paragraph, ..read(sentence, from, language, reading) }
        })
        .collect()
}

fn read(text: &str, from: usize, language: &str, reading: &Reading) -> Sentence {
    let offset = u32::try_from(from).unwrap_or(u32::MAX);
    let found = language::anchors(text, language, reading.lexicon);
    let counts = |class| match class {
        AnchorClass::Stem => reading.same_language && language != "en",
        _ => true,
    };
    let mut anchors: Vec<Weighed> = found
        .iter()
        .filter(|anchor| counts(anchor.class))
        .map(|anchor| {
            let key = if reading.folded { anchor.folded } else { anchor.key };
            Weighed {
                key,
                class: anchor.class,
                weight: anchor.weight,
                missed: missed(anchor.class, anchor.weight),
                start: anchor.start.saturating_add(offset),
                end: anchor.end.saturating_add(offset),
            }
        })
        .collect();
    anchors.sort_unstable_by_key(|anchor| anchor.key);
    anchors.dedup_by_key(|anchor| anchor.key);
    Sentence::new(anchors, text.chars().count())
}
