//! Which articles on file are worth aligning with a query: by shared words, and by shared anchors.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::circumstances::Known;
use super::context::{Context, WorkflowError};
use super::trace::TraceOptions;
use super::witnesses::{Scores, Witnesses};
use crate::fingerprinter::{parts_held, story_shingles};
use crate::ingest;
use crate::language::{AnchorClass, Lexicons, QueryAnchors, Term};
use crate::model::{Article, Dossier, Outlet, Searched, Thresholds};
use crate::store::{Index, Posting, Reach, Readers, Store, View};
use crate::tracer::crossing::Frequencies;
use crate::tracer::{Circumstances, Crossing, Part, Witness, derivation_time};

/// Candidates that are aligned sentence by sentence, in the query's language and in others.
const CROSSING_CANDIDATES: usize = 16;
/// Share of the best candidate's cosine from which another one is aligned.
const WORTH_ALIGNING: f64 = 0.35;
/// Shingles below which a text is too short to ask for two in common.
pub(super) const FEW_SHINGLES: usize = 12;
/// Candidates whose length is asked for before they are ranked.
const CROSSING_POOL: usize = 300;
/// Postings that a query's shingles are followed through, those of the rarest first.
pub(super) const SHINGLE_POSTINGS: usize = 20_000;
/// Postings that its anchors are followed through in each language: these rank, and are more alike.
const ANCHOR_POSTINGS: usize = 60_000;

/// Days by which dates that only name the day, in whatever zone, may be off.
const SLACK_DAYS: i64 = 2;

/// What all traces of a run share.
pub struct Desk<'a> {
    readers: Readers,
    witnesses: Witnesses,
    thresholds: &'a Thresholds,
    options: &'a TraceOptions,
    lexicons: &'a Lexicons,
    against: Vec<Arc<Witness>>,
    searched: Searched,
    /// Articles on file by language.
    languages: Vec<(String, u64)>,
    /// Whether index packs are on file.
    packs: bool,
    known: Known,
}

/// What a query is compared with on its words.
pub struct Found {
    pub same_words: Vec<Arc<Witness>>,
    /// Parts of the query that more articles on file hold than a story has copies.
    pub frequent: Vec<Part>,
    pub searched: Searched,
    /// By credited agency: its own items of the query's days.
    pub named_items: BTreeMap<String, u64>,
    /// Filled in when the tracer asks for it.
    across: OnceCell<Result<Option<Across>, WorkflowError>>,
}

impl Found {
    /// What the tracer needs to look across languages and wordings; looked for when it is first asked for.
    pub fn crossing<'f>(
        &'f self,
        desk: &'f Desk,
        view: &View,
        query: &Dossier,
    ) -> Option<Crossing<'f>> {
        let found = self.across.get_or_init(|| desk.across(view, query));
        found.as_ref().ok()?.as_ref().map(|found| desk.crossing(found))
    }

    /// The articles that were compared across languages and wordings.
    pub fn other_words(&self) -> &[Arc<Witness>] {
        match self.across.get() {
            Some(Ok(Some(across))) => &across.candidates,
            _ => &[],
        }
    }

    /// Itself, or what went wrong while the tracer asked.
    pub fn sound(mut self) -> Result<Self, WorkflowError> {
        match self.across.take() {
            Some(Err(error)) => Err(error),
            Some(across) => Ok(Self { across: OnceCell::from(across), ..self }),
            None => Ok(self),
        }
    }
}

/// What shares shingles with a query.
struct Sharing {
    /// Best first.
    documents: Vec<u32>,
    /// Shingles of the query that are in more documents than a candidate is found by, ascending.
    frequent: Vec<u64>,
}

/// What a query is compared with across languages and wordings.
#[derive(Default)]
pub struct Across {
    pub candidates: Vec<Arc<Witness>>,
    frequencies: HashMap<String, Frequencies>,
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
            packs: !store.packs()?.is_empty(),
            thresholds: &context.thresholds,
            readers: store.readers(),
            witnesses: Witnesses::default(),
            known: Known::default(),
            options,
            lexicons,
            against: against.into_iter().map(|dossier| Arc::new(Witness::new(dossier))).collect(),
        })
    }

    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    pub fn thresholds(&self) -> &Thresholds {
        self.thresholds
    }

    /// Whether index packs may know more.
    pub fn has_packs(&self) -> bool {
        self.packs
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

    /// What the tracer needs to look across languages and wordings.
    pub fn crossing<'f>(&'f self, found: &'f Across) -> Crossing<'f> {
        Crossing {
            lexicons: self.lexicons,
            frequencies: &found.frequencies,
            thresholds: self.thresholds,
            candidates: &found.candidates,
            translation: self.options.translation,
            rewriting: self.options.rewriting,
            explain: self.options.explain,
        }
    }

    /// How many of each credited agency's own items of the query's days are at hand.
    fn named_items(
        &self,
        view: &View,
        query: &Dossier,
    ) -> Result<BTreeMap<String, u64>, WorkflowError> {
        let mut items = BTreeMap::new();
        let Some(at) = derivation_time(query) else { return Ok(items) };
        let window = self.thresholds.named_window_days;
        let near = |other: &Dossier| {
            let days = derivation_time(other).map(|other| (other - at).abs() / 86_400);
            days.is_some_and(|days| days <= window)
        };
        for credit in &query.article.credits {
            let Some(agency) = &credit.agency else { continue };
            let is_own = |other: &Dossier| other.outlet.agency.as_ref() == Some(agency);
            let given = self.against.iter().filter(|w| near(w) && is_own(w)).count() as u64;
            items.insert(credit.party(), view.items_of(agency, at, window)? + given);
        }
        Ok(items)
    }

    /// What is known of the query's outlet and of others beside their texts.
    pub fn circumstances(
        &self,
        view: &View,
        query: &Dossier,
        others: &[&Outlet],
    ) -> Result<Circumstances, WorkflowError> {
        self.known.circumstances(view, query, others, self.thresholds.furniture_pages)
    }

    /// Everything that a query's page shows, where it was captured as a page.
    pub fn page(view: &View, query: &Dossier) -> Option<Vec<String>> {
        let bytes = match (&query.article.capture, query.id) {
            (Some(capture), _) => capture.bytes.clone(),
            (None, Some(id)) => view.captured(id).ok()??.bytes,
            (None, None) => return None,
        };
        ingest::shown(&bytes)
    }

    /// The articles whose words are worth aligning with a query's.
    pub fn candidates(&self, view: &View, query: &Dossier) -> Result<Found, WorkflowError> {
        let mut searched = self.searched.clone();
        let at = derivation_time(query);
        searched.of_its_time =
            view.of_its_time(at, self.thresholds.time_window_days, &query.outlet.key)?
                + self.against.len() as u64;
        let sharing = self.sharing(view, &query.article, self.thresholds.max_candidates)?;
        let same_words = self.read(view, &sharing.documents, query)?;
        let frequent = parts_held(&query.article, &sharing.frequent);
        let named_items = self.named_items(view, query)?;
        Ok(Found { same_words, frequent, searched, named_items, across: OnceCell::new() })
    }

    /// The articles worth aligning with a query across languages and wordings; `None` where that is turned off.
    pub fn across(&self, view: &View, query: &Dossier) -> Result<Option<Across>, WorkflowError> {
        if !self.options.translation && !self.options.rewriting {
            return Ok(None);
        }
        let mut frequencies = HashMap::new();
        let documents = self.by_meaning(view, query, &mut frequencies)?;
        Ok(Some(Across { candidates: self.read(view, &documents, query)?, frequencies }))
    }

    /// These documents, and what is compared beside the store, all but the query itself.
    fn read(
        &self,
        view: &View,
        documents: &[u32],
        query: &Dossier,
    ) -> Result<Vec<Arc<Witness>>, WorkflowError> {
        let mut found = self.witnesses.read(view, documents)?;
        // An article of several pages may have been found at more than one.
        let mut known = HashSet::new();
        found.retain(|other| other.id.is_none_or(|id| known.insert(id)));
        found.extend(self.against.iter().cloned());
        found.retain(|other| {
            let same_number = other.id.is_some() && other.id == query.id;
            !same_number && other.article.identity != query.article.identity
        });
        Ok(found)
    }

    /// All documents that may share text with an article.
    pub fn sharing_words(&self, view: &View, article: &Article) -> Result<Vec<u32>, WorkflowError> {
        Ok(self.sharing(view, article, usize::MAX)?.documents)
    }

    /// Documents that share shingles with the query, the rarest counting most, best first.
    fn sharing(&self, view: &View, query: &Article, most: usize) -> Result<Sharing, WorkflowError> {
        let shingles = story_shingles(query);
        let held = view.lookup_rarest(Index::Shingle, &shingles, self.reach(SHINGLE_POSTINGS))?;
        let total = self.searched.articles.max(1) as f64;
        let fewest = fewest_shared(shingles.len());
        let beyond = |posting: &&Posting| posting.frequency > self.thresholds.longest_list;
        let frequent = held.iter().filter(beyond).map(|posting| posting.key).collect();
        let documents = Scores::of_this_thread(|scores| {
            for posting in &held {
                let worth = ((total + 1.0) / posting.frequency.max(1) as f64).ln();
                for &document in &posting.documents {
                    scores.add(document, worth);
                }
            }
            let ranked = scores.best(most, fewest);
            ranked.into_iter().map(|(document, _)| document).collect()
        });
        Ok(Sharing { documents, frequent })
    }

    fn reach(&self, postings: usize) -> Reach {
        Reach { longest_list: self.thresholds.longest_list, postings }
    }

    /// Documents that share the query's anchors, language by language.
    fn by_meaning(
        &self,
        view: &View,
        query: &Dossier,
        frequencies: &mut HashMap<String, Frequencies>,
    ) -> Result<Vec<u32>, WorkflowError> {
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
            let terms = anchors.terms(language, self.lexicons);
            let keys: Vec<u64> =
                terms.iter().flat_map(|term| term.index_keys.iter().copied()).collect();
            let held = view.lookup_rarest(Index::Anchor, &keys, self.reach(ANCHOR_POSTINGS))?;
            let (documents, of_language) = by_anchors(&terms, *articles, &held);
            frequencies.insert(language.clone(), of_language);
            let ranked = if same { &mut same_language } else { &mut others };
            ranked.extend(documents.into_iter().filter(|(document, _)| Some(*document) != itself));
        }
        frequencies.entry(own.to_owned()).or_default();
        let times = self.possible_times(query);
        let mut documents = closest(view, same_language, &times)?;
        documents.extend(closest(view, others, &times)?);
        Ok(documents)
    }

    /// Seconds since 1970 at which a source of the query's may be said to have been published.
    fn possible_times(&self, query: &Dossier) -> RangeInclusive<i64> {
        let Some(at) = derivation_time(query) else { return i64::MIN..=i64::MAX };
        let window = self.thresholds.source_window_days;
        let from = window.map_or(i64::MIN, |days| at - (days + SLACK_DAYS) * 86_400);
        // Where it is known when the query was first seen, a source may claim to be the younger one and not be it.
        let seen = query.article.first_seen.is_some();
        from..=if seen { i64::MAX } else { at + SLACK_DAYS * 86_400 }
    }
}

/// Shingles that two texts must share: one in common is chance in a long text; a short one has no more to give.
fn fewest_shared(shingles: usize) -> u32 {
    if shingles < FEW_SHINGLES { 1 } else { 2 }
}

/// The documents worth aligning, by cosine: a long article shares more by chance, so the root of its
/// length is the norm. Texts in the query's own language share more than any translation, so each
/// kind is ranked apart. What was published at no time that a source may have takes no one's place.
fn closest(
    view: &View,
    ranked: Vec<(u32, f64)>,
    times: &RangeInclusive<i64>,
) -> Result<Vec<u32>, WorkflowError> {
    let pool: Vec<u32> = ranked.iter().map(|(document, _)| *document).collect();
    let known = ranked.into_iter().zip(view.words(&pool)?);
    let mut ranked: Vec<(u32, f64)> = known
        .filter(|(_, (_, at))| at.is_none_or(|at| times.contains(&at)))
        .map(|((document, score), (words, _))| (document, score / f64::from(words.max(1)).sqrt()))
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let least = ranked.first().map_or(0.0, |(_, score)| WORTH_ALIGNING * score);
    ranked.retain(|(_, score)| *score >= least);
    Ok(ranked.into_iter().take(CROSSING_CANDIDATES).map(|(document, _)| document).collect())
}

/// Ranks the documents of one language by the query's anchors, best first. `held`: what the index knows of the
/// terms' keys, one term's after the other's.
pub(super) fn by_anchors(
    terms: &[Term],
    articles: u64,
    held: &[Posting],
) -> (Vec<(u32, f64)>, Frequencies) {
    let mut frequencies = Frequencies::new(articles);
    let best = Scores::of_this_thread(|scores| {
        let mut rest = held;
        for term in terms {
            let (mine, others) = rest.split_at(term.index_keys.len().min(rest.len()));
            rest = others;
            let count: u64 = mine.iter().map(|held| held.frequency as u64).sum();
            frequencies.set(term.key, count.min(articles));
            let worth = (class_weight(term) * frequencies.idf(term.key)).powi(2);
            if worth <= 0.0 {
                continue;
            }
            let mut documents: Vec<u32> =
                mine.iter().flat_map(|held| held.documents.iter().copied()).collect();
            if mine.len() > 1 {
                documents.sort_unstable();
                documents.dedup();
            }
            for document in documents {
                scores.add(document, worth);
            }
        }
        scores.best(CROSSING_POOL, 1)
    });
    (best, frequencies)
}

pub(super) fn class_weight(term: &Term) -> f64 {
    let class = match term.class {
        AnchorClass::Number | AnchorClass::Name => 1.0,
        AnchorClass::Meaning => 0.7,
        AnchorClass::Word | AnchorClass::Stem => 0.5,
    };
    class * f64::from(term.weight)
}
