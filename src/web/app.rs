//! What all requests share: the store's context, the lanes of work, the jobs, and the wish to stop.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep, timeout};

use super::door::Door;
use super::jobs::Jobs;
use super::problem::Problem;
use super::settings::{BadSettings, Settings};
use super::spool::Spooler;
use super::workers::{Lane, StopWhenGone};
use crate::workflow::{self, Context, Progress, Silent};

/// Pages that are fetched at once on users' behalf.
const FETCHES: usize = 8;
/// Articles that are put into full text before the writer's place is given on.
const FILLED_AT_ONCE: u64 = 512;
/// Runs over the whole store at once.
const LONG: usize = 1;

/// Shared by all requests.
#[derive(Clone)]
pub(super) struct App(Arc<Inner>);

pub(super) struct Inner {
    pub settings: Settings,
    pub door: Door,
    pub jobs: Jobs,
    pub lanes: Lanes,
    context: Context,
    held: Arc<AtomicU64>,
    /// Whether the writer has been asked to fill the full text.
    filling: AtomicBool,
    running: Mutex<Vec<Weak<AtomicBool>>>,
    stopping: watch::Sender<bool>,
    /// Set when what was begun has had its time to end.
    over: AtomicBool,
}

/// Where work is done; each kind waits for its own kind only.
pub(super) struct Lanes {
    /// Looks at the store that take a moment.
    pub look: Lane,
    pub trace: Lane,
    /// Traces of pages that must be fetched first.
    pub fetch: Lane,
    pub long: Lane,
    /// One writer.
    pub write: Lane,
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    pub fn new(settings: Settings, mut context: Context) -> Result<Self, BadSettings> {
        context.fills = false;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let waiting = settings.bounds.waiting;
        let lane = |at_once| Lane::new(at_once, waiting);
        let lanes = Lanes {
            look: lane(cores),
            trace: lane(cores),
            fetch: lane(FETCHES),
            long: lane(LONG),
            write: lane(1),
        };
        Ok(Self(Arc::new(Inner {
            door: Door::new(&settings)?,
            jobs: Jobs::default(),
            lanes,
            context,
            held: Arc::default(),
            filling: AtomicBool::new(false),
            running: Mutex::default(),
            stopping: watch::Sender::new(false),
            over: AtomicBool::new(false),
            settings,
        })))
    }

    /// Does blocking work in a lane. The work is asked to stop when whoever waits for it is gone, or has
    /// waited too long.
    pub async fn work<T: Send + 'static, E: Into<Problem> + Send + 'static>(
        &self,
        lane: impl FnOnce(&Lanes) -> &Lane,
        work: impl FnOnce(&Context) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem> {
        let place = lane(&self.lanes).enter().await?;
        let stop = self.begin()?;
        let context = self.context_with(&stop, Box::new(Silent));
        let _gone = StopWhenGone(stop);
        let done = spawn_blocking(move || {
            let _place = place;
            work(&context)
        });
        let Ok(done) = timeout(self.settings.bounds.answer_time, done).await else {
            let seconds = self.settings.bounds.answer_time.as_secs();
            return Err(Problem::too_slow(format!(
                "the answer took longer than {seconds} seconds; ask for a job with `Prefer: respond-async`"
            )));
        };
        let done = done.map_err(|error| Problem::broken(error.to_string()))?;
        done.map_err(Into::into)
    }

    /// Does blocking work that takes a moment. What an answer is made of belongs to it too: the threads that talk
    /// to clients have no time for lists.
    pub async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Context) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.work(|lanes| &lanes.look, work).await
    }

    /// Lets the writer put into full text what waits for it; a search itself writes nothing.
    pub fn fill(&self) {
        if self.settings.read_only || self.filling.swap(true, Ordering::Relaxed) {
            return;
        }
        let app = self.clone();
        tokio::spawn(async move {
            // In turns and with rests, so that neither who adds nor who traces waits for it: it takes a fifth of one core.
            // What fails is tried again at the next search.
            while let Ok(1..) = app.look(|context| Ok(workflow::unsearched(context)?)).await {
                let begun = Instant::now();
                let turn = app.work(|lanes| &lanes.write, |c| workflow::fill(c, FILLED_AT_ONCE));
                if !turn.await.is_ok_and(|filled| filled > 0) {
                    break;
                }
                sleep(begun.elapsed() * 4).await;
            }
            app.filling.store(false, Ordering::Relaxed);
        });
    }

    /// The store's context for one piece of work.
    pub fn context_with(
        &self,
        stop: &Arc<AtomicBool>,
        progress: Box<dyn Progress + Send + Sync>,
    ) -> Context {
        self.context.beside(Arc::clone(stop), progress)
    }

    /// A stop for a new piece of work, which the server's own stop sets too.
    pub fn begin(&self) -> Result<Arc<AtomicBool>, Problem> {
        let stop = Arc::new(AtomicBool::new(false));
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if self.over.load(Ordering::Relaxed) {
            return Err(Problem::stopping());
        }
        running.retain(|other| other.strong_count() > 0);
        running.push(Arc::downgrade(&stop));
        Ok(stop)
    }

    /// Bounds for a body of at most so many bytes.
    pub fn spooler(&self, most: u64) -> Spooler {
        Spooler { bounds: self.settings.bounds.clone(), all: Arc::clone(&self.held), most }
    }

    /// The store's file, thresholds and word lists.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Whoever only listens may go: no new requests come.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Tells when the server stops.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Asks all work to end with its batch; from now on nothing new is begun.
    pub fn interrupt(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        self.over.store(true, Ordering::Relaxed);
        for stop in running.iter().filter_map(Weak::upgrade) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Pieces of work under way.
    pub fn at_work(&self) -> usize {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.iter().filter(|stop| stop.strong_count() > 0).count()
    }

    /// Whether anything may be added.
    pub fn writable(&self) -> Result<(), Problem> {
        if self.settings.read_only {
            return Err(Problem::forbidden(
                "this server only reads; it was started with --read-only",
            ));
        }
        Ok(())
    }
}
