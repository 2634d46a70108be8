//! Which of the candidates a query was translated or rewritten from.

use std::cell::{LazyCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use super::align::{Aligned, Hit, align};
use super::frequency::Frequencies;
use super::grid::{Grid, Query};
use super::score::{Features, Rival, Scored, features, probability};
use super::sentence::{Reading, Sentence, Weighed, sentences};
use super::verbatim::is_verbatim;
use crate::language::{self, AnchorClass, Lexicons};
use crate::model::{AnchorPair, Dossier, ParagraphMatch, Relation, Thresholds};
use crate::tracer::align::align as align_words;
use crate::tracer::body::Body;
use crate::tracer::compare::later_first;
use crate::tracer::sources::is_source;
use crate::tracer::witness::Witness;

/// What a judgement across languages and wordings needs besides the query.
#[derive(Clone, Copy)]
pub struct Crossing<'a> {
    /// Articles that share the query's anchors.
    pub candidates: &'a [Arc<Witness>],
    pub lexicons: &'a Lexicons,
    /// By language: how often the query's anchors stand in what is on file.
    pub frequencies: &'a HashMap<String, Frequencies>,
    pub thresholds: &'a Thresholds,
    /// Whether sources in other languages are looked for, and in other words.
    pub translation: bool,
    pub rewriting: bool,
    /// Whether the figures of candidates that are far from being named are wanted as well.
    pub explain: bool,
}

impl Crossing<'_> {
    /// Whether a source of this article's language is looked for.
    pub fn wants(&self, query: &Dossier, source: &Dossier) -> bool {
        let same = language_of(query) == language_of(source);
        if same { self.rewriting } else { self.translation }
    }
}

/// A candidate that has been aligned with the query.
#[derive(Debug, Clone)]
pub struct Crossed<'a> {
    pub source: &'a Witness,
    /// Probability that the query's text came from it, 0..1.
    pub probability: f64,
    pub relation: Relation,
    pub aligned: Aligned,
    pub paragraphs: Vec<ParagraphMatch>,
    /// The figures that the probability was made from.
    pub features: Features,
}

/// The candidates with their probabilities, best first; those that have its very words instead are none.
pub fn judge<'a>(
    query: &'a Dossier,
    candidates: &[&'a Witness],
    crossing: &Crossing<'a>,
) -> Vec<Crossed<'a>> {
    judge_in(Asked::Traced(query), candidates, crossing)
}

/// As [`judge`], of another article than the one that is traced: as far as the anchors go that the traced one has.
pub fn judge_known<'a>(
    article: &'a Witness,
    candidates: &[&'a Witness],
    crossing: &Crossing<'a>,
) -> Vec<Crossed<'a>> {
    judge_in(Asked::Known(article), candidates, crossing)
}

fn judge_in<'a>(
    query: Asked<'a>,
    candidates: &[&'a Witness],
    crossing: &Crossing<'a>,
) -> Vec<Crossed<'a>> {
    let mut readings = Readings::default();
    let pairs: Vec<Pair> = candidates
        .iter()
        .map(|source| Pair::read(query, source, crossing, &mut readings))
        .collect();
    let rivals = Rivals::new(&pairs, crossing);
    let words = LazyCell::new(|| Body::new(&query.dossier().article));
    let is_same_words = |found: &Crossed| {
        found.relation == Relation::Rewritten
            && found.probability >= HOPELESS
            && is_verbatim(&words, found.source.body(), found.aligned.of_query, crossing.thresholds)
    };
    let judged = rivals.order.iter().map(|&candidate| rivals.judged(candidate));
    let mut judged: Vec<Crossed<'a>> = judged.filter(|found| !is_same_words(found)).collect();
    judged.sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then_with(|| a.source.address().cmp(&b.source.address()))
    });
    judged
}

/// Probability, without a rival, below which a candidate is not looked at closer.
const HOPELESS: f64 = 0.2;
/// Probability from which a rival is the same text in other words, and no rival.
const RETOLD: f64 = 0.9;
/// Probability that a candidate needs whose rivals were taken for its own text in other words: that is one more thing
/// to be wrong about.
const SURE_WITHOUT_RIVALS: f64 = 0.9;

/// The candidates as rivals of one another.
struct Rivals<'p, 'a> {
    pairs: &'p [Pair<'a>],
    /// The highest score first.
    order: Vec<usize>,
    crossing: &'p Crossing<'a>,
    /// Whether two carry the same text, and whether one retells the other, once that was asked.
    same: Asking,
    retold: Asking,
}

/// What was answered of two candidates.
type Asking = RefCell<HashMap<(usize, usize), bool>>;

fn once(asking: &Asking, (a, b): (usize, usize), answer: impl FnOnce() -> bool) -> bool {
    let pair = (a.min(b), a.max(b));
    let known = asking.borrow().get(&pair).copied();
    known.unwrap_or_else(|| {
        let answer = answer();
        asking.borrow_mut().insert(pair, answer);
        answer
    })
}

impl<'p, 'a> Rivals<'p, 'a> {
    fn new(pairs: &'p [Pair<'a>], crossing: &'p Crossing<'a>) -> Self {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by(|&a, &b| pairs[b].aligned.score.total_cmp(&pairs[a].aligned.score));
        Self { pairs, order, crossing, same: Asking::default(), retold: Asking::default() }
    }

    fn judged(&self, candidate: usize) -> Crossed<'a> {
        let pair = &self.pairs[candidate];
        let alone = pair.scored(Rival::default());
        // No rival makes a candidate likelier: what is hopeless without any needs none to be found.
        if alone.1 < HOPELESS && !self.crossing.explain {
            return pair.judged(alone);
        }
        let beside = pair.scored(self.runner_up(candidate, false));
        let named = self.crossing.thresholds.name_source;
        // A text that was retold stands beside its own retellings, which a margin over the next best must not count.
        if beside.1 >= named || alone.1 < SURE_WITHOUT_RIVALS {
            return pair.judged(beside);
        }
        let apart = pair.scored(self.runner_up(candidate, true));
        pair.judged(if apart.1 >= SURE_WITHOUT_RIVALS { apart } else { beside })
    }

    /// The best other candidate that does not carry the same text, in the same words or, where `retold`, in others.
    fn runner_up(&self, candidate: usize, retold: bool) -> Rival {
        let others = self.order.iter().copied().filter(|&other| other != candidate);
        others
            .filter(|&other| self.pairs[other].aligned.best.score > 1.0)
            .find(|&other| {
                !(self.carries_same(candidate, other)
                    || retold && self.is_retelling(candidate, other))
            })
            .map_or_else(Rival::default, |other| Rival::of(&self.pairs[other].aligned))
    }

    fn carries_same(&self, a: usize, b: usize) -> bool {
        once(&self.same, (a, b), || {
            let (ours, theirs) = (self.pairs[a].source.body(), self.pairs[b].source.body());
            let thresholds = self.crossing.thresholds;
            let matched = align_words(ours, theirs, thresholds);
            is_source(ours.len().min(theirs.len()), &matched, thresholds)
        })
    }

    fn is_retelling(&self, a: usize, b: usize) -> bool {
        once(&self.retold, (a, b), || {
            let (copy, source) = later_first(self.pairs[a].source, self.pairs[b].source);
            if !self.crossing.wants(copy, source) {
                return false;
            }
            let asked = Asked::Known(copy);
            let pair = Pair::read(asked, source, self.crossing, &mut Readings::default());
            pair.scored(Rival::default()).1 >= RETOLD
        })
    }
}

/// The article that a source is sought of.
#[derive(Clone, Copy)]
enum Asked<'a> {
    /// The one that is traced.
    Traced(&'a Dossier),
    /// Another one: only anchors of the article that is traced count, of others it is not known how common they are.
    Known(&'a Witness),
}

impl<'a> Asked<'a> {
    fn dossier(self) -> &'a Dossier {
        match self {
            Self::Traced(dossier) => dossier,
            Self::Known(witness) => witness,
        }
    }
}

/// Query and one candidate, read for one another.
struct Pair<'a> {
    query: &'a Dossier,
    source: &'a Witness,
    ours: Rc<Query>,
    theirs: Arc<Vec<Sentence>>,
    /// Of the source's language.
    frequencies: &'a Frequencies,
    aligned: Aligned,
    same_language: bool,
}

/// The query's sentences, read once for each kind of candidate: same language or not, l and r told
/// apart or not.
#[derive(Default)]
struct Readings(HashMap<(bool, bool), Rc<Query>>);

impl<'a> Pair<'a> {
    fn read(
        asked: Asked<'a>,
        source: &'a Witness,
        crossing: &Crossing<'a>,
        readings: &mut Readings,
    ) -> Self {
        let query = asked.dossier();
        let (ours, theirs) = (language_of(query), language_of(source));
        let frequencies = |language: &str| crossing.frequencies.get(language).unwrap_or(&UNKNOWN);
        let same_language = ours == theirs;
        let folded = language::folds_l(ours) != language::folds_l(theirs);
        let read = |dossier: &Dossier, language: &str| {
            let lexicon = crossing.lexicons.table(language);
            let reading = Reading { lexicon: &lexicon, same_language, folded };
            sentences(&dossier.article, language, &reading)
        };
        let counted = |read: &[Sentence], language: &str| -> Vec<Sentence> {
            read.iter().map(|sentence| sentence.known_to(frequencies(language))).collect()
        };
        let kind = (same_language, folded);
        let ours_read = readings.0.entry(kind).or_insert_with(|| {
            let sentences = match asked {
                Asked::Traced(dossier) => read(dossier, ours),
                Asked::Known(witness) => {
                    counted(&witness.sentences(kind, || read(witness, ours)), ours)
                }
            };
            Rc::new(Query::new(sentences, frequencies(ours)))
        });
        let ours_read = Rc::clone(ours_read);
        let kept = source.sentences(kind, || read(source, theirs));
        let theirs_read = match asked {
            Asked::Traced(_) => kept,
            Asked::Known(_) => Arc::new(counted(&kept, theirs)),
        };
        let expansion = expansion(ours) - expansion(theirs);
        let grid = Grid::new(&theirs_read, &ours_read, frequencies(theirs));
        Self {
            aligned: align(&theirs_read, &ours_read.sentences, &grid, expansion),
            query,
            source,
            ours: ours_read,
            theirs: theirs_read,
            frequencies: frequencies(theirs),
            same_language,
        }
    }

    /// Its figures beside the best other candidate, and their probability.
    fn scored(&self, runner_up: Rival) -> (Features, f64) {
        let features = features(&Scored {
            aligned: &self.aligned,
            runner_up,
            same_language: self.same_language,
            articles: self.frequencies.articles(),
        });
        (features, probability(&features))
    }

    fn judged(&self, (features, probability): (Features, f64)) -> Crossed<'a> {
        let relation = if self.same_language { Relation::Rewritten } else { Relation::Translated };
        let shown = probability >= WORTH_SHOWING;
        Crossed {
            source: self.source,
            probability,
            relation,
            aligned: self.aligned.clone(),
            paragraphs: if shown { self.paragraphs(relation) } else { Vec::new() },
            features,
        }
    }

    /// Paragraphs that were paired, with the anchors that a person can check.
    fn paragraphs(&self, relation: Relation) -> Vec<ParagraphMatch> {
        let mut found: Vec<ParagraphMatch> = Vec::new();
        let grid = Grid::new(&self.theirs, &self.ours, self.frequencies);
        let sentences = &self.ours.sentences;
        for hit in &self.aligned.hits {
            let ours = sentences[hit.query.clone()].iter().find_map(|s| s.paragraph);
            let theirs = self.theirs[hit.source.clone()].iter().find_map(|s| s.paragraph);
            let (Some(query), Some(source)) = (ours, theirs) else { continue };
            let length: usize = sentences[hit.query.clone()].iter().map(|s| s.length).sum();
            let whole = self.query.article.paragraphs[query].text.chars().count().max(1);
            let share = length as f64 / whole as f64;
            let anchors = self.anchor_pairs(hit, &grid);
            match found.iter_mut().find(|m| m.query == query && m.source == source) {
                Some(known) => {
                    known.score = (known.score + share).min(1.0);
                    known.anchors.extend(anchors);
                }
                None => found.push(ParagraphMatch {
                    query,
                    source,
                    relation,
                    score: share.min(1.0),
                    anchors,
                }),
            }
        }
        found.retain(|pair| pair.anchors.len() >= FEWEST_PAIRS);
        found
    }

    /// The words behind the anchors that a pair of sentences shares: names, numbers, meanings.
    fn anchor_pairs(&self, hit: &Hit, grid: &Grid) -> Vec<AnchorPair> {
        let mut found: Vec<(f64, AnchorPair)> = Vec::new();
        for ours in hit.query.clone() {
            for theirs in hit.source.clone() {
                for (source, query, rank) in grid.anchors(theirs, ours) {
                    if query.class == AnchorClass::Word && query.end - query.start < LONG_WORD {
                        continue;
                    }
                    let query = word(self.query, &self.ours.sentences[ours], query);
                    let source = word(self.source, &self.theirs[theirs], source);
                    let (Some(query), Some(source)) = (query, source) else { continue };
                    let pair = AnchorPair { query: query.into(), source: source.into() };
                    if !found.iter().any(|(_, known)| *known == pair) {
                        found.push((rank, pair));
                    }
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.into_iter().take(MAX_PAIRS).map(|(_, pair)| pair).collect()
    }
}

/// The word that an anchor was read from.
fn word<'d>(dossier: &'d Dossier, sentence: &Sentence, anchor: &Weighed) -> Option<&'d str> {
    let text: &str = match sentence.paragraph {
        Some(number) => &dossier.article.paragraphs.get(number)?.text,
        None => dossier.article.title.as_deref()?,
    };
    text.get(anchor.start as usize..anchor.end as usize)
}

/// Of a language of which nothing is on file.
static UNKNOWN: LazyLock<Frequencies> = LazyLock::new(Frequencies::default);
/// Bytes of a word whose skeleton is no accident; what a shorter one shares is not shown.
const LONG_WORD: u32 = 6;
/// Probability below which nobody is shown how the paragraphs meet.
const WORTH_SHOWING: f64 = 0.1;
/// Anchor pairs that two paragraphs must rest on to be shown: one word in common is chance, wherever it stands.
const FEWEST_PAIRS: usize = 2;
/// Anchor pairs that are shown for a pair of sentences, the rarest first.
const MAX_PAIRS: usize = 6;

fn language_of(dossier: &Dossier) -> &str {
    dossier.article.language.as_deref().unwrap_or("und")
}

/// Usual log length of a text in characters, against English.
fn expansion(language: &str) -> f64 {
    match language {
        "zh" => -1.15,
        "ja" => -0.85,
        "ko" => -0.65,
        "de" | "fr" | "es" | "it" | "ro" | "el" => 0.1,
        _ => 0.05,
    }
}
