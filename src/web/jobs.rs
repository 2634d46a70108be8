//! Long work: what is under way, how far it is, and what came of it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::http::StatusCode;
use serde::Serialize;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::app::{App, Lanes};
use super::door::random_name;
use super::problem::Problem;
use super::progress::Reporting;
use super::spool::Spool;
use super::workers::Lane;
use crate::model::{Refusal, Report};
use crate::workflow::{Context, Done, WorkflowError};

/// Jobs that are under way or waiting at once.
const MOST_UNDER_WAY: usize = 64;
/// Jobs whose results are kept; the oldest that is done goes first.
const KEPT: usize = 128;

/// Where a job stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    #[default]
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl Stage {
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// What is to be seen of a job.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Seen {
    pub stage: Stage,
    /// Things done, of so many where that is known.
    pub done: u64,
    pub total: Option<u64>,
    pub what: String,
    /// Inputs refused so far.
    pub refused: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What came of a job.
pub(super) type Result = std::result::Result<Done<Report>, Problem>;

/// One piece of long work.
pub(super) struct Job {
    pub id: String,
    /// What it does: `trace`, `add`, `clusters`.
    pub kind: &'static str,
    pub state: Arc<watch::Sender<Seen>>,
    stop: Arc<AtomicBool>,
    result: OnceLock<Result>,
}

impl Job {
    pub fn seen(&self) -> Seen {
        self.state.borrow().clone()
    }

    /// Its result, once it is over.
    pub fn result(&self) -> Option<&Result> {
        self.result.get()
    }

    /// What came of it.
    pub fn outcome(&self) -> std::result::Result<&Done<Report>, Problem> {
        match self.result() {
            None => Err(Problem::new(
                StatusCode::CONFLICT,
                "not done",
                "the job is not done yet; look at it again, or listen to its events",
            )),
            Some(Err(problem)) => Err(problem.clone()),
            Some(Ok(done)) => Ok(done),
        }
    }

    /// Asks it to end with its batch.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn end(&self, result: Result) {
        let stopped = self.stop.load(Ordering::Relaxed);
        let (stage, problem) = match &result {
            Ok(_) => (Stage::Done, None),
            Err(_) if stopped => (Stage::Cancelled, None),
            Err(problem) => (Stage::Failed, Some(problem.detail.clone())),
        };
        let _ = self.result.set(result);
        self.state.send_modify(|seen| {
            seen.stage = stage;
            seen.problem = problem;
        });
    }
}

/// All jobs of this run of the server, oldest first.
#[derive(Default)]
pub(super) struct Jobs(Mutex<VecDeque<Arc<Job>>>);

impl Jobs {
    pub fn find(&self, id: &str) -> std::result::Result<Arc<Job>, Problem> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().find(|job| job.id == id).map(Arc::clone).ok_or_else(|| {
            Problem::not_found(
                "there is no such job; results are kept until the server stops or many newer ones came",
            )
        })
    }

    pub fn under_way(&self) -> usize {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().filter(|job| job.result().is_none()).count()
    }

    /// Takes a job out of the list; what it does is asked to end by [`Job::cancel`].
    pub fn forget(&self, id: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|job| job.id != id);
    }

    /// What adding has refused, the latest first.
    pub fn refused(&self, most: usize) -> Vec<Refusal> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let added = jobs.iter().rev().filter(|job| job.kind == "add");
        let done = added.filter_map(|job| job.result()?.as_ref().ok());
        done.flat_map(|done| done.refused.iter().cloned()).take(most).collect()
    }

    fn enter(&self, job: &Arc<Job>) -> std::result::Result<(), Problem> {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if jobs.iter().filter(|job| job.result().is_none()).count() >= MOST_UNDER_WAY {
            let detail = format!("{MOST_UNDER_WAY} jobs are under way; wait until one is done");
            return Err(Problem::too_many(detail));
        }
        if jobs.len() >= KEPT
            && let Some(oldest) = jobs.iter().position(|job| job.result().is_some())
        {
            jobs.remove(oldest);
        }
        jobs.push_back(Arc::clone(job));
        Ok(())
    }
}

/// Work that a job does.
pub(super) type Work =
    Box<dyn FnOnce(&Context) -> std::result::Result<Done<Report>, WorkflowError> + Send>;

/// A job that is to be begun.
pub(super) struct Plan {
    pub kind: &'static str,
    pub lane: fn(&Lanes) -> &Lane,
    pub work: Work,
}

/// Begins a job; it goes on whoever looks at it.
pub(super) fn begin(app: &App, plan: Plan) -> std::result::Result<Arc<Job>, Problem> {
    let job = Arc::new(Job {
        id: random_name()?,
        kind: plan.kind,
        state: Arc::new(watch::Sender::new(Seen::default())),
        stop: app.begin()?,
        result: OnceLock::new(),
    });
    app.jobs.enter(&job)?;
    let (app, running) = (app.clone(), Arc::clone(&job));
    tokio::spawn(async move {
        let result = run(&app, &running, plan.lane, plan.work).await;
        running.end(result);
        if running.kind == "add" {
            app.fill();
        }
    });
    Ok(job)
}

async fn run(app: &App, job: &Arc<Job>, lane: fn(&Lanes) -> &Lane, work: Work) -> Result {
    let place = lane(&app.lanes).enter().await?;
    if job.stop.load(Ordering::Relaxed) {
        return Err(Problem::stopping());
    }
    job.state.send_modify(|seen| seen.stage = Stage::Running);
    let context = app.context_with(&job.stop, Box::new(Reporting(Arc::clone(&job.state))));
    let done = spawn_blocking(move || {
        let _place = place;
        work(&context)
    });
    let done = done.await.map_err(|error| Problem::broken(error.to_string()))??;
    job.state.send_modify(|seen| seen.refused = done.refused.len() as u64);
    Ok(done)
}

/// What was refused, under the name that the sender knows.
pub(super) fn renamed(refused: Vec<Refusal>, spool: &Spool) -> Vec<Refusal> {
    let path = spool.input();
    let rename =
        |refusal: Refusal| Refusal { file: refusal.file.replace(&path, &spool.name), ..refusal };
    refused.into_iter().map(rename).collect()
}
