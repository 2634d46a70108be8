//! `review`: what people decide about findings, in and out.

use super::context::{Context, Done, WorkflowError};
use super::sheet::Sheet;
use crate::ingest;
use crate::model::{ArticleId, Decision, Refusal, ReviewRow};
use crate::store::{Review, Store};

/// What a person says of findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub decision: Decision,
    pub by: String,
    pub note: String,
}

/// Keeps a decision about these articles; gives the decisions as they are on file then.
pub fn review(
    context: &Context,
    articles: &[String],
    said: &Said,
) -> Result<Done<Vec<ReviewRow>>, WorkflowError> {
    let rows = articles.iter().map(|article| Asked {
        article: article.clone(),
        said: said.clone(),
        at: None,
        place: (article.clone(), None),
    });
    keep(context, rows.collect())
}

/// Takes decisions from CSV files: article (address, number or your own id), decision, by, note, at.
pub fn import_reviews(
    context: &Context,
    files: &[String],
) -> Result<Done<Vec<ReviewRow>>, WorkflowError> {
    let mut asked = Vec::new();
    let mut refused = Vec::new();
    for file in files {
        let sheet = Sheet::read(file, &["article", "decision", "by"])?;
        for (line, cells) in sheet.rows() {
            let text = |name: &str| cells.get(name).unwrap_or_default();
            let at = ingest::parse_moment(&text("at")).map(|moment| moment.seconds);
            if at.is_none() && !text("at").is_empty() {
                let reason = format!("at {} is no date; give it as 2025-05-16", text("at"));
                refused.push(Refusal { file: file.clone(), line: Some(line), reason });
                continue;
            }
            match decision(&text("decision")) {
                Some(decision) if !text("by").is_empty() => asked.push(Asked {
                    article: text("article"),
                    said: Said { decision, by: text("by"), note: text("note") },
                    at,
                    place: (file.clone(), Some(line)),
                }),
                found => {
                    let reason = match found {
                        Some(_) => "says not who decided".to_owned(),
                        None => format!(
                            "“{}” is no decision; give confirmed, dismissed or licensed",
                            text("decision")
                        ),
                    };
                    refused.push(Refusal { file: file.clone(), line: Some(line), reason });
                }
            }
        }
    }
    let mut done = keep(context, asked)?;
    done.refused.append(&mut refused);
    Ok(done)
}

/// The decisions on file, the latest first.
pub fn reviews(context: &Context) -> Result<Vec<ReviewRow>, WorkflowError> {
    Ok(context.open_to_read()?.reviews()?)
}

/// The decision about one article, where there is one.
pub fn review_of(
    context: &Context,
    article: ArticleId,
) -> Result<Option<ReviewRow>, WorkflowError> {
    Ok(context.open_to_read()?.review_of(article)?)
}

/// Takes the decisions about these articles back.
pub fn withdraw(context: &Context, articles: &[String]) -> Result<Vec<ReviewRow>, WorkflowError> {
    let mut store = context.open_as_it_is()?;
    let mut ids = Vec::new();
    for article in articles {
        ids.push(super::look::find(&store, article)?);
    }
    let mut before = store.reviews()?;
    store.withdraw_reviews(&ids)?;
    before.retain(|row| ids.contains(&row.article));
    Ok(before)
}

/// A decision that is asked for, and where.
struct Asked {
    article: String,
    said: Said,
    at: Option<i64>,
    place: (String, Option<usize>),
}

fn decision(word: &str) -> Option<Decision> {
    match word.trim().to_lowercase().as_str() {
        "confirmed" | "confirm" => Some(Decision::Confirmed),
        "dismissed" | "dismiss" => Some(Decision::Dismissed),
        "licensed" | "licenced" => Some(Decision::Licensed),
        _ => None,
    }
}

fn keep(context: &Context, asked: Vec<Asked>) -> Result<Done<Vec<ReviewRow>>, WorkflowError> {
    let mut store = context.open_as_it_is()?;
    let mut done = Done::<Vec<ReviewRow>>::default();
    let mut known = Vec::new();
    for row in asked {
        match found(&store, &row)? {
            Some(review) => known.push((review, row.place)),
            None => done.refused.push(refusal(
                &row.place,
                &format!("{}: not on file; `copytrail list` shows what is", row.article),
            )),
        }
    }
    let reviews: Vec<Review> = known.iter().map(|(review, _)| review.clone()).collect();
    let without = store.review(&reviews)?;
    for (review, place) in known.iter().filter(|(review, _)| without.contains(&review.article)) {
        let says = format!(
            "article {} has no finding that holds; `copytrail audit` or `trace --all` first",
            review.article
        );
        done.refused.push(refusal(place, &says));
    }
    done.value = store.reviews()?;
    done.value.retain(|row| {
        reviews.iter().any(|review| review.article == row.article)
            && !without.contains(&row.article)
    });
    if done.value.is_empty() {
        let reason = done.refused.first().map_or("no line holds one", |first| &first.reason);
        let (inputs, reason) = ("the decisions".to_owned(), reason.to_owned());
        return Err(WorkflowError::NothingRead { inputs, reason });
    }
    Ok(done)
}

fn found(store: &Store, row: &Asked) -> Result<Option<Review>, WorkflowError> {
    let said = &row.said;
    Ok(store.find(&row.article)?.map(|article| Review {
        article,
        decision: said.decision,
        by: said.by.clone(),
        note: said.note.clone(),
        at: row.at,
    }))
}

fn refusal((file, line): &(String, Option<usize>), reason: &str) -> Refusal {
    Refusal { file: file.clone(), line: *line, reason: reason.to_owned() }
}
