//! Blocking work on few threads: who waits is counted, who leaves stops what was begun for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::Problem;

/// A lane of work: so many at once, so many waiting, the rest is told to come back.
pub(super) struct Lane {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
}

impl Lane {
    pub fn new(at_once: usize, most_waiting: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once)),
            waiting: AtomicUsize::new(0),
            most_waiting,
        }
    }

    /// A place in the lane, in the order of asking.
    pub async fn enter(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let _counted = Counted::new(&self.waiting, self.most_waiting)?;
        Arc::clone(&self.places).acquire_owned().await.map_err(|_| Problem::stopping())
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// One that waits; leaves the count when it is dropped.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize, most: usize) -> Result<Self, Problem> {
        let before = count.fetch_add(1, Ordering::Relaxed);
        let counted = Self(count);
        if before >= most {
            let detail = format!("{most} requests are waiting already; try again in a moment");
            return Err(Problem::too_many(detail));
        }
        Ok(counted)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Asks work to stop when whoever waits for it is gone.
pub(super) struct StopWhenGone(pub Arc<AtomicBool>);

impl StopWhenGone {
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Drop for StopWhenGone {
    fn drop(&mut self) {
        self.now();
    }
}
