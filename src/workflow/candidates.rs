//! Which articles on file are worth aligning with a query: by shared words, and by shared anchors.

use std::collections::HashMap;

use super::context::{Context, WorkflowError};
use super::trace::TraceOptions;
use crate::fingerprinter::story_shingles;
use crate::language::{AnchorClass, Lexicons, QueryAnchors, Term};
use crate::model::{Article, Dossier, Searched, Thresholds};
use crate::store::{Index, Posting, Readers, Store, View};
use crate::tracer::crossing::Frequencies;
use crate::tracer::{Crossing, derivation_time};

/// Candidates that are aligned sentence by sentence, in the query's language and in others.
const CROSSING_CANDIDATES: usize = 16;
/// Share of the best candidate's cosine from which another one is aligned.
const WORTH_ALIGNING: f64 = 0.35;
/// Shingles below which a text is too short to ask for two in common.
const FEW_SHINGLES: usize = 12;
/// Candidates whose length is asked for before they are ranked.
const CROSSING_POOL: usize = 300;

/// What all traces of a run share.
pub struct Desk<'a> {
    readers: Readers,
    thresholds: &'a Thresholds,
    options: &'a TraceOptions,
    lexicons: &'a Lexicons,
    against: Vec<Dossier>,
    searched: Searched,
    /// Articles on file by language.
    languages: Vec<(String, u64)>,
}

/// What a query is compared with.
#[derive(Default)]
pub struct Found {
    pub same_words: Vec<Dossier>,
    pub other_words: Vec<Dossier>,
    pub frequencies: HashMap<String, Frequencies>,
    pub searched: Searched,
}

impl<'a> Desk<'a> {
    pub fn new(
        context: &'a Context,
        store: &Store,
        options: &'a TraceOptions,
        lexicons: &'a Lexicons,
        against: Vec<Dossier>,
    ) -> Result<Self, WorkflowError> {
        Ok(Self {
            searched: store.searched()?,
            languages: store.languages()?,
            thresholds: &context.thresholds,
            readers: store.readers(),
            options,
            lexicons,
            against,
        })
    }

    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    pub fn thresholds(&self) -> &Thresholds {
        self.thresholds
    }

    /// Whether the figures behind the judgements are wanted.
    pub fn explain(&self) -> bool {
        self.options.explain
    }

    /// Whether the reports hold the texts side by side.
    pub fn wants_texts(&self) -> bool {
        self.options.texts
    }

    pub fn lexicons(&self) -> &Lexicons {
        self.lexicons
    }

    /// What the tracer needs to look across languages and wordings; `None` where that is turned off.
    pub fn crossing<'f>(&'f self, found: &'f Found) -> Option<Crossing<'f>> {
        let wanted = self.options.translation || self.options.rewriting;
        wanted.then_some(Crossing {
            lexicons: self.lexicons,
            frequencies: &found.frequencies,
            thresholds: self.thresholds,
            candidates: &found.other_words,
            translation: self.options.translation,
            rewriting: self.options.rewriting,
            explain: self.options.explain,
        })
    }

    /// The articles worth aligning with a query.
    pub fn candidates(&self, view: &View, query: &Dossier) -> Result<Found, WorkflowError> {
        let mut found = Found { searched: self.searched.clone(), ..Found::default() };
        let at = derivation_time(query);
        found.searched.of_its_time =
            view.of_its_time(at, self.thresholds.time_window_days, &query.outlet.key)?
                + self.against.len() as u64;
        let own = |dossier: &Dossier| {
            (dossier.id.is_some() && dossier.id == query.id)
                || dossier.article.identity == query.article.identity
        };
        let documents = self.by_shingles(view, &query.article)?;
        found.same_words = view.dossiers(&documents)?;
        found.same_words.extend(self.against.iter().cloned());
        found.same_words.retain(|dossier| !own(dossier));
        if self.options.translation || self.options.rewriting {
            self.cross(view, query, &mut found)?;
            found.other_words.extend(self.against.iter().cloned());
            found.other_words.retain(|dossier| !own(dossier));
        }
        Ok(found)
    }

    /// Documents that share the rarest shingles with the query, best first.
    fn by_shingles(&self, view: &View, query: &Article) -> Result<Vec<u32>, WorkflowError> {
        Ok(best(self.sharing(view, query)?, self.thresholds.max_candidates))
    }

    /// All documents that may share text with an article: those of the stories that it touches.
    pub fn touched(&self, view: &View, article: &Article) -> Result<Vec<u32>, WorkflowError> {
        Ok(self.sharing(view, article)?.into_keys().collect())
    }

    /// Documents that share shingles with the query, with what these are worth.
    fn sharing(&self, view: &View, query: &Article) -> Result<HashMap<u32, f64>, WorkflowError> {
        let shingles = story_shingles(query);
        let held = view.lookup(Index::Shingle, &shingles, self.thresholds.longest_list)?;
        let total = self.searched.articles.max(1) as f64;
        let mut scores: HashMap<u32, (f64, usize)> = HashMap::new();
        for posting in &held {
            let worth = ((total + 1.0) / posting.frequency.max(1) as f64).ln();
            for &document in &posting.documents {
                let (score, shared) = scores.entry(document).or_default();
                *score += worth;
                *shared += 1;
            }
        }
        // One shingle in common is chance in a long text; a short one has no more to give.
        let fewest = if shingles.len() < FEW_SHINGLES { 1 } else { 2 };
        Ok(scores
            .into_iter()
            .filter(|(_, (_, shared))| *shared >= fewest)
            .map(|(document, (score, _))| (document, score))
            .collect())
    }

    /// Documents that share the query's anchors, language by language.
    fn cross(&self, view: &View, query: &Dossier, found: &mut Found) -> Result<(), WorkflowError> {
        let own = query.article.language.as_deref().unwrap_or("und");
        let itself = match query.id {
            Some(id) => view.document(id)?,
            None => None,
        };
        let (mut same_language, mut others) = (Vec::new(), Vec::new());
        let targets: Vec<&str> =
            self.languages.iter().map(|(language, _)| language.as_str()).collect();
        let anchors = QueryAnchors::read(&query.article, own, &targets, self.lexicons);
        for (language, articles) in &self.languages {
            let same = language == own;
            if same && !self.options.rewriting || !same && !self.options.translation {
                continue;
            }
            let (documents, frequencies) =
                by_anchors(&anchors.terms(language, self.lexicons), *articles, |keys| {
                    view.lookup(Index::Anchor, keys, self.thresholds.longest_list)
                })?;
            found.frequencies.insert(language.clone(), frequencies);
            let ranked = if same { &mut same_language } else { &mut others };
            let pool = documents.into_iter().filter(|(document, _)| Some(*document) != itself);
            ranked.extend(pool.take(CROSSING_POOL));
        }
        found.frequencies.entry(own.to_owned()).or_default();
        let mut documents = closest(view, same_language)?;
        documents.extend(closest(view, others)?);
        found.other_words = view.dossiers(&documents)?;
        Ok(())
    }
}

/// The documents worth aligning, by cosine: a long article shares more by chance, so the root of its
/// length is the norm. Texts in the query's own language share more than any translation, so each
/// kind is ranked apart.
fn closest(view: &View, mut ranked: Vec<(u32, f64)>) -> Result<Vec<u32>, WorkflowError> {
    let pool: Vec<u32> = ranked.iter().map(|(document, _)| *document).collect();
    for ((_, score), words) in ranked.iter_mut().zip(view.words(&pool)?) {
        *score /= f64::from(words.max(1)).sqrt();
    }
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let least = ranked.first().map_or(0.0, |(_, score)| WORTH_ALIGNING * score);
    ranked.retain(|(_, score)| *score >= least);
    Ok(ranked.into_iter().take(CROSSING_CANDIDATES).map(|(document, _)| document).collect())
}

fn best(scores: HashMap<u32, f64>, most: usize) -> Vec<u32> {
    let mut ranked: Vec<(u32, f64)> = scores.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().take(most).map(|(document, _)| document).collect()
}

/// Ranks the documents of one language by the query's anchors, best first. `lookup` answers for index keys.
fn by_anchors<E>(
    terms: &[Term],
    articles: u64,
    lookup: impl Fn(&[u64]) -> Result<Vec<Posting>, E>,
) -> Result<(Vec<(u32, f64)>, Frequencies), E> {
    let keys: Vec<u64> = terms.iter().flat_map(|term| term.index_keys.iter().copied()).collect();
    let held = lookup(&keys)?;
    let mut frequencies = Frequencies::new(articles);
    // By document number: half a million postings to a query are nothing for an array, and much for a map.
    let mut scores: Vec<f64> = Vec::new();
    let mut touched: Vec<u32> = Vec::new();
    let mut rest = held.as_slice();
    for term in terms {
        let (mine, others) = rest.split_at(term.index_keys.len().min(rest.len()));
        rest = others;
        let count: u64 = mine.iter().map(|held| held.frequency as u64).sum();
        frequencies.set(term.key, count.min(articles));
        let worth = (class_weight(term) * frequencies.idf(term.key)).powi(2);
        let mut documents: Vec<u32> =
            mine.iter().flat_map(|held| held.documents.iter().copied()).collect();
        documents.sort_unstable();
        documents.dedup();
        if worth <= 0.0 {
            continue;
        }
        for document in documents {
            let at = document as usize;
            if at >= scores.len() {
                scores.resize(at + 1, 0.0);
            }
            if scores[at] == 0.0 {
                touched.push(document);
            }
            scores[at] += worth;
        }
    }
    let mut documents: Vec<(u32, f64)> =
        touched.into_iter().map(|document| (document, scores[document as usize])).collect();
    let best_first = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if documents.len() > CROSSING_POOL {
        documents.select_nth_unstable_by(CROSSING_POOL, best_first);
        documents.truncate(CROSSING_POOL);
    }
    documents.sort_by(best_first);
    Ok((documents, frequencies))
}

fn class_weight(term: &Term) -> f64 {
    let class = match term.class {
        AnchorClass::Number | AnchorClass::Name => 1.0,
        AnchorClass::Meaning => 0.7,
        AnchorClass::Word | AnchorClass::Stem => 0.5,
    };
    class * f64::from(term.weight)
}
