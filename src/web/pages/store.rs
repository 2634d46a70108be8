//! `/store`: what is on file, what was refused, which sites are followed, whether the store is sound.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::super::app::App;
use super::super::jobs::{Plan, begin};
use super::super::problem::Problem;
use super::super::words::{ENGLISH, Words};
use super::outlet::place;
use super::working::working;
use super::{Answer, Page};
use crate::model::{CheckReport, Coverage, Refusal, Report, Stats, WatchedSite};
use crate::workflow::{self, Context, Done, Filter};

/// Refusals that are shown, the latest first.
const REFUSED: usize = 100;

#[derive(Template)]
#[template(path = "pages/store.html")]
struct StorePage<'a> {
    w: &'a Words,
    here: &'a str,
    stats: &'a Stats,
    outlets: Vec<Held>,
    sites: Vec<WatchedSite>,
    refused: Vec<Refusal>,
    stale: bool,
}

/// An outlet with the number of its articles.
struct Held {
    place: String,
    name: String,
    articles: u64,
    first: String,
    last: String,
}

pub(super) async fn store(State(app): State<App>) -> Answer {
    let refused = app.jobs.refused(REFUSED);
    Ok(app.look(move |context| page(context, refused)).await?)
}

fn page(context: &Context, refused: Vec<Refusal>) -> Result<Response, Problem> {
    let stats = workflow::stats(context)?;
    let stale = stats.schemes.iter().any(|(_, held, current)| held != current);
    let page = StorePage {
        w: &ENGLISH,
        here: "/store",
        stats: &stats,
        outlets: held(workflow::coverage(context, &Filter::default())?),
        sites: workflow::watched(context)?,
        refused,
        stale,
    };
    Ok(Page(page).into_response())
}

/// The outlets, those with the most articles first.
fn held(days: Vec<Coverage>) -> Vec<Held> {
    let mut outlets: Vec<Held> = Vec::new();
    for day in days {
        let when = day.day.unwrap_or_default();
        match outlets.last_mut() {
            Some(held) if held.name == day.outlet => {
                held.articles += day.articles;
                if held.first.is_empty() {
                    held.first.clone_from(&when);
                }
                held.last = when;
            }
            _ => outlets.push(Held {
                place: place(&day.outlet),
                name: day.outlet,
                articles: day.articles,
                first: when.clone(),
                last: when,
            }),
        }
    }
    outlets.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
    outlets
}

/// Begins to look whether the store is sound.
pub(super) async fn check(State(app): State<App>) -> Answer {
    let plan = Plan {
        kind: "check",
        lane: |lanes| &lanes.long,
        work: Box::new(|context| {
            let report = workflow::check(context, false)?;
            Ok(Done { value: Report::Check(report), refused: Vec::new() })
        }),
    };
    let job = begin(&app, plan)?;
    super::home::wait(&job).await;
    Ok(Redirect::to(&format!("/check/{}", job.id)).into_response())
}

#[derive(Template)]
#[template(path = "pages/check.html")]
struct CheckPage<'a> {
    w: &'a Words,
    here: &'a str,
    report: &'a CheckReport,
}

/// `/check/JOB`
pub(super) async fn checked(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let job = app.jobs.find(&id)?;
    if job.result().is_none() {
        return Ok(working(&job));
    }
    match &job.outcome()?.value {
        Report::Check(report) => {
            Ok(Page(CheckPage { w: &ENGLISH, here: "/store", report }).into_response())
        }
        _ => Err(Problem::not_found("that job is no check").into()),
    }
}
