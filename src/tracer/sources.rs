//! Which matches are sources, and in what order.

use super::align::{self, Matched};
use super::chain::relation;
use super::story::Member;
use crate::model::{SourceMatch, Thresholds};

/// Whether a match is copy at all: a share of the article, or a long stretch in an article of any length.
pub fn is_source(query_words: usize, matched: &Matched, thresholds: &Thresholds) -> bool {
    let words = matched.words();
    words >= thresholds.min_paragraph_words
        && (words as f64 >= thresholds.copy_share * query_words as f64
            || matched.longest_stretch() >= thresholds.copy_run_words)
}

/// The match as reported, ranked by coverage × density as Churnalism does.
pub fn source_match(query: &Member, source: &Member, matched: &Matched) -> SourceMatch {
    let alignment = align::report(query.body, source.body, matched);
    let dossier = source.dossier;
    SourceMatch {
        url: dossier.address(),
        id: dossier.id,
        outlet: Some(dossier.outlet.name.clone()),
        title: dossier.article.title.clone(),
        published: dossier.article.published.as_ref().map(|moment| moment.text.clone()),
        language: dossier.article.language.clone(),
        relation: relation(alignment.copied, alignment.of_source),
        copied: alignment.copied,
        of_source: alignment.of_source,
        score: alignment.copied * alignment.density,
        paragraphs: alignment.paragraphs,
    }
}
