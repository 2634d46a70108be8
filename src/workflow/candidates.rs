//! Which articles on file are worth aligning with a query: by shared words, and by shared anchors.

use std::collections::HashMap;

use crate::language::{AnchorClass, Lexicons, Term, terms};
use crate::model::Article;
use crate::tracer::crossing::Frequencies;

/// What an index knows of a key.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// Articles that hold it.
    pub count: u64,
    /// Their document numbers; empty where they are too many to say anything.
    pub documents: Vec<u32>,
}

/// Candidates in one language, with what the query's anchors are worth there.
#[derive(Debug, Clone, Default)]
pub struct Ranked {
    /// Documents with the sum of tf-idf products, best first.
    pub documents: Vec<(u32, f64)>,
    pub frequencies: Frequencies,
}

/// Ranks the documents of one language by the query's anchors. `lookup` answers for index keys.
pub fn by_anchors<E>(
    query: &Article,
    target: &str,
    articles: u64,
    lexicons: &Lexicons,
    lookup: impl Fn(&[u64]) -> Result<Vec<Held>, E>,
) -> Result<Ranked, E> {
    let language = query.language.as_deref().unwrap_or("und");
    let terms = terms(query, language, target, lexicons);
    let keys: Vec<u64> = terms.iter().flat_map(|term| term.index_keys.iter().copied()).collect();
    let held = lookup(&keys)?;
    let mut frequencies = Frequencies::new(articles);
    let mut scores: HashMap<u32, f64> = HashMap::new();
    let mut rest = held.as_slice();
    for term in &terms {
        let (mine, others) = rest.split_at(term.index_keys.len().min(rest.len()));
        rest = others;
        let count: u64 = mine.iter().map(|held| held.count).sum();
        frequencies.set(term.key, count.min(articles));
        let worth = (class_weight(term) * frequencies.idf(term.key)).powi(2);
        let mut documents: Vec<u32> =
            mine.iter().flat_map(|held| held.documents.iter().copied()).collect();
        documents.sort_unstable();
        documents.dedup();
        for document in documents {
            *scores.entry(document).or_default() += worth;
        }
    }
    let mut documents: Vec<(u32, f64)> = scores.into_iter().collect();
    documents.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Ok(Ranked { documents, frequencies })
}

fn class_weight(term: &Term) -> f64 {
    let class = match term.class {
        AnchorClass::Number | AnchorClass::Name => 1.0,
        AnchorClass::Meaning => 0.7,
        AnchorClass::Word | AnchorClass::Stem => 0.5,
    };
    class * f64::from(term.weight)
}
