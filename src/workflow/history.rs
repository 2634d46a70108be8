//! `search --history`: what an article once said and no longer says.

use super::context::{Context, WorkflowError};
use super::witnesses::Scores;
use crate::fingerprinter::all_shingles;
use crate::language;
use crate::model::{Article, Dossier, Paragraph, SearchHit, Thresholds};
use crate::store::{Index, Store};
use crate::tracer::{self, Witness};

/// Earlier revisions that are aligned with what is sought.
const CANDIDATES: usize = 60;
/// Share of the words that an earlier revision must have in runs.
const LEAST: f64 = 0.5;

/// Earlier revisions that hold a passage, best first. It is looked for by its runs of words, of at least five (ten
/// characters in Chinese, Japanese and Thai), not by stems, of which
/// the index keeps a third: a passage of fewer than a dozen words may be missed. What the article still says is not
/// among it.
pub fn history(
    context: &Context,
    passage: &str,
    limit: usize,
) -> Result<Vec<SearchHit>, WorkflowError> {
    let store = context.open_to_read()?;
    let keys = all_shingles(passage, &language::words(passage));
    let held = store.lookup_history(Index::Shingle, &keys, context.thresholds.longest_list)?;
    let ranked = Scores::of_this_thread(|scores| {
        for posting in &held {
            for &document in &posting.documents {
                scores.add(document, 1.0 / posting.frequency.max(1) as f64);
            }
        }
        scores.best(usize::MAX, 1)
    });
    let sought = witness(passage);
    let mut hits = Vec::new();
    let mut looked_at = 0;
    for (document, _) in ranked {
        if looked_at == CANDIDATES || store.is_current(document)? {
            continue;
        }
        looked_at += 1;
        hits.extend(hit(context, &store, &sought, document)?);
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits.truncate(limit);
    Ok(hits)
}

fn witness(text: &str) -> Witness {
    let paragraphs = vec![Paragraph { text: text.to_owned(), ..Paragraph::default() }];
    Witness::new(Dossier {
        article: Article { paragraphs, ..Article::default() },
        ..Dossier::default()
    })
}

/// The earlier revision, if its article no longer has what it had of the passage.
fn hit(
    context: &Context,
    store: &Store,
    sought: &Witness,
    document: u32,
) -> Result<Option<SearchHit>, WorkflowError> {
    let (Some(earlier), Some(number)) =
        (store.dossiers(&[document])?.pop(), store.revision_number(document)?)
    else {
        return Ok(None);
    };
    let Some(id) = earlier.id else { return Ok(None) };
    let (Some(row), Some(current)) = (store.row(id)?, store.dossier(id)?) else { return Ok(None) };
    let words = sought.body().len().max(1) as f64;
    // A passage that somebody asks for may be shorter than what tells copy.
    let given = &context.thresholds;
    let min_stretch_words = given.min_stretch_words.min(sought.body().len());
    let thresholds = Thresholds { min_stretch_words, ..given.clone() };
    let share = |dossier: Dossier| {
        let other = Witness::new(dossier);
        let matched = tracer::align(sought.body(), other.body(), &thresholds);
        let place = matched.to_source.iter().find(|at| **at > 0).map(|at| *at as usize - 1);
        let paragraph = place.and_then(|at| other.body().tokens.get(at)).map(|t| t.paragraph);
        let text = paragraph.and_then(|number| other.article.paragraphs.get(number as usize));
        (matched.words() as f64 / words, text.map_or(String::new(), |p| p.text.clone()))
    };
    let ((was, snippet), (is, _)) = (share(earlier), share(current));
    let gone = was >= LEAST && was > is;
    Ok(gone.then_some(SearchHit { article: row, score: was, snippet, revision: Some(number) }))
}
