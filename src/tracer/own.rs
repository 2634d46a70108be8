//! What an outlet repeats of its own earlier output: nobody else's copy, and told apart.

use std::sync::Arc;

use super::align::align;
use super::derivation::derivation_time;
use super::sources::is_source;
use super::trace::is_own;
use super::witness::Witness;
use crate::model::{ArticleId, Dossier, Thresholds};

/// Share of the query's words that stand in its outlet's own earlier articles, 0..1, and the article that has most of
/// them. An article without a date is earlier where its number is lower.
#[must_use]
pub fn repeated(
    query: &Witness,
    candidates: &[Arc<Witness>],
    thresholds: &Thresholds,
) -> (f64, Option<ArticleId>) {
    let body = query.body();
    let mut covered = vec![false; body.len()];
    let mut most = (0, None);
    for other in candidates.iter().filter(|other| is_own(query, other) && is_earlier(other, query))
    {
        let matched = align(body, other.body(), thresholds);
        if !is_source(body.len(), &matched, thresholds) {
            continue;
        }
        for (word, to) in covered.iter_mut().zip(&matched.to_source) {
            *word |= *to > 0;
        }
        if matched.words() > most.0 {
            most = (matched.words(), other.id);
        }
    }
    let words = covered.iter().filter(|covered| **covered).count();
    (words as f64 / body.len().max(1) as f64, most.1)
}

fn is_earlier(other: &Dossier, query: &Dossier) -> bool {
    let at = (derivation_time(other), derivation_time(query));
    match at {
        (Some(other), Some(query)) if other != query => other < query,
        _ => other.id < query.id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Moment, Outlet, Paragraph, Precision};

    fn article(id: ArticleId, outlet: &str, second: i64, text: &str) -> Dossier {
        let published =
            Moment { text: String::new(), seconds: second, precision: Precision::Instant };
        let paragraph = Paragraph { text: text.into(), ..Paragraph::default() };
        Dossier {
            id: Some(id),
            article: Article {
                published: Some(published),
                paragraphs: vec![paragraph],
                ..Article::default()
            },
            outlet: Outlet { key: outlet.into(), ..Outlet::default() },
        }
    }

    #[test]
    fn only_the_outlets_own_earlier_text_counts() {
        let text = "The harbour board said on Monday that the crane at the north pier would stay where it is \
                    until the insurers had looked at the damage and the town had heard from the owner.";
        let query = Witness::new(article(2, "a.example", 100, text));
        let earlier = article(1, "a.example", 50, text);
        let later = article(3, "a.example", 150, text);
        let others = article(4, "b.example", 50, text);
        let share = |candidates: Vec<Dossier>| {
            let on_file = |dossier| Arc::new(Witness::new(dossier));
            let candidates: Vec<Arc<Witness>> = candidates.into_iter().map(on_file).collect();
            repeated(&query, &candidates, &Thresholds::default())
        };
        assert_eq!(share(vec![earlier]), (1.0, Some(1)));
        assert_eq!(share(vec![later, others]), (0.0, None));
    }
}
