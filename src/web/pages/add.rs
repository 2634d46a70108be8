//! `/add`: articles into the store.

use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::super::adding::{Input, add as add_it, address};
use super::super::app::App;
use super::super::jobs::{Plan, begin};
use super::super::problem::Problem;
use super::super::words::{ENGLISH, Words};
use super::form;
use super::home::wait;
use super::working::working;
use super::{Answer, Page};
use crate::model::{Added, Refusal, Report, WatchedSite};
use crate::workflow::{self, Context, Done, WatchOptions, WorkflowError};

#[derive(Template)]
#[template(path = "pages/add.html")]
struct AddPage<'a> {
    w: &'a Words,
    here: &'a str,
    read_only: bool,
}

pub(super) async fn form(State(app): State<App>) -> Response {
    let read_only = app.settings.read_only;
    Page(AddPage { w: &ENGLISH, here: "/add", read_only }).into_response()
}

/// Begins to add what the form holds.
pub(super) async fn add(State(app): State<App>, fields: Multipart) -> Answer {
    app.writable()?;
    let form = form::read(&app, fields, app.settings.bounds.addition).await?;
    let given = form.given;
    let work: super::super::jobs::Work = match (form.sent, form.address, form.site) {
        (Some(spool), _, _) => Box::new(move |c| added(add_it(c, &Input::Sent(spool), &given))),
        (None, Some(page), _) => {
            let input = address(&page)?;
            Box::new(move |context| added(add_it(context, &input, &given)))
        }
        (None, None, Some(site)) => Box::new(move |context| looked_through(context, &site)),
        (None, None, None) => return Err(Problem::bad_request(ENGLISH.add_nothing).into()),
    };
    let job = begin(&app, Plan { kind: "add", lane: |lanes| &lanes.write, work })?;
    wait(&job).await;
    Ok(Redirect::to(&format!("/add/{}", job.id)).into_response())
}

fn added(done: Result<Done<Added>, WorkflowError>) -> Result<Done<Report>, WorkflowError> {
    let done = done?;
    Ok(Done { value: Report::Add(done.value), refused: done.refused })
}

/// One round over a site's feeds and sitemaps.
fn looked_through(context: &Context, site: &str) -> Result<Done<Report>, WorkflowError> {
    let mut sites = Vec::new();
    let options = WatchOptions { once: true, ..WatchOptions::default() };
    let done =
        workflow::watch(context, &[site.to_owned()], &options, &mut |seen| sites.push(seen))?;
    Ok(Done { value: Report::Watch(sites), refused: done.refused })
}

#[derive(Template)]
#[template(path = "pages/added.html")]
struct AddedPage<'a> {
    w: &'a Words,
    here: &'a str,
    added: Option<&'a Added>,
    sites: &'a [WatchedSite],
    refused: &'a [Refusal],
}

/// `/add/JOB`: what became of it.
pub(super) async fn outcome(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let job = app.jobs.find(&id)?;
    if job.result().is_none() {
        return Ok(working(&job));
    }
    let done = job.outcome()?;
    let (added, sites): (Option<&Added>, &[WatchedSite]) = match &done.value {
        Report::Add(added) => (Some(added), &[]),
        Report::Watch(sites) => (None, sites),
        _ => return Err(Problem::not_found("that job added nothing").into()),
    };
    let page = AddedPage { w: &ENGLISH, here: "/add", added, sites, refused: &done.refused };
    Ok(Page(page).into_response())
}
