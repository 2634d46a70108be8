//! What every use case is given: the store's place, thresholds, lexicons, progress, and the wish to stop.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::credits::Names;
use crate::ingest::{IngestError, Limits};
use crate::language::Lexicons;
use crate::language::lexicon::{News, Source};
use crate::model::{Refusal, Thresholds};
use crate::reporter::bundle::{BundleError, StampError};
use crate::store::{Options, PackError, Scheme, Store, StoreError};

use super::warm::{Opened, Warm};

/// Which lexicons a run uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LexiconChoice {
    None,
    /// Those built in, and those in the data directory.
    #[default]
    Builtin,
    /// Those of this directory, beside the built-in ones.
    Dir(PathBuf),
}

/// Where long work says how far it is.
pub trait Progress {
    /// So much is done, of so much where that is known.
    fn step(&self, done: u64, total: Option<u64>, what: &str);
    /// An input was refused.
    fn warn(&self, refusal: &Refusal);
    /// Something that the user should know, and that is no part of the result.
    fn note(&self, text: &str);
    fn finish(&self);
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _: u64, _: Option<u64>, _: &str) {}
    fn warn(&self, _: &Refusal) {}
    fn note(&self, _: &str) {}
    fn finish(&self) {}
}

/// What every use case is given.
pub struct Context {
    pub db: PathBuf,
    /// Whether captured bytes are kept.
    pub captures: bool,
    /// Whether a search may first put into full text what waits for it, which writes to the store.
    pub fills: bool,
    pub thresholds: Thresholds,
    pub lexicons: LexiconChoice,
    /// Where the dictionaries that the user has added are kept.
    pub lexicon_dir: Option<PathBuf>,
    /// Whether addresses inside private networks may be fetched too.
    pub allow_private: bool,
    /// Set when the user wants to stop: the batch at hand is finished, the rest is left.
    pub interrupted: Arc<AtomicBool>,
    pub progress: Box<dyn Progress + Send + Sync>,
    /// What stays ready for the next use of the same store.
    pub warm: Arc<Warm>,
}

impl Context {
    /// What inputs are held to.
    pub(super) fn limits(&self) -> Limits {
        Limits { allow_private: self.allow_private, ..Limits::default() }
    }

    /// The same store and settings for another piece of work, with a stop and a progress of its own.
    #[must_use]
    pub fn beside(
        &self,
        interrupted: Arc<AtomicBool>,
        progress: Box<dyn Progress + Send + Sync>,
    ) -> Self {
        Self {
            db: self.db.clone(),
            captures: self.captures,
            fills: self.fills,
            thresholds: self.thresholds.clone(),
            lexicons: self.lexicons.clone(),
            lexicon_dir: self.lexicon_dir.clone(),
            allow_private: self.allow_private,
            interrupted,
            progress,
            warm: Arc::clone(&self.warm),
        }
    }

    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// The store for putting fingerprints into it: from now on those of this build's schemes.
    pub(super) fn open(&self) -> Result<Store, WorkflowError> {
        let mut store = self.open_as_it_is()?;
        store.set_schemes(&super::rebuild::schemes())?;
        self.tell_of_stale(&store)?;
        Ok(store)
    }

    /// The store for changes that leave its schemes alone.
    pub(super) fn open_as_it_is(&self) -> Result<Store, WorkflowError> {
        Ok(Store::open(&self.db, Options { captures: self.captures, read_only: false })?)
    }

    /// Says what will not be found, since its fingerprints are of another version.
    fn tell_of_stale(&self, store: &Store) -> Result<(), WorkflowError> {
        let known = store.schemes()?;
        let of_old = |s: &Scheme| s.name != "extractor" && !known.contains(s);
        let waiting = if super::rebuild::schemes().iter().any(of_old) {
            store.stats()?.revisions
        } else {
            store.stale_count()?
        };
        if waiting > 0 {
            self.progress.note(&format!(
                "{waiting} texts on file have fingerprints of another version and may not be found; `copytrail rebuild` brings them up to date"
            ));
        }
        Ok(())
    }

    /// The store for looking at it; an empty one where none has been made yet.
    pub(super) fn open_to_read(&self) -> Result<Opened, WorkflowError> {
        if !self.db.exists() {
            return Ok(Opened::for_once(Store::temporary()?));
        }
        if let Some(opened) = self.warm.idle() {
            return Ok(opened);
        }
        let options = Options { captures: self.captures, read_only: true };
        let store = Store::open(&self.db, options)?;
        self.tell_of_stale(&store)?;
        Ok(self.warm.lend(store))
    }

    /// The outlets that the user's table adds to those that a credit may name. A store that cannot be read adds none:
    /// what needs it says so.
    pub(super) fn names(&self) -> Names {
        if !self.db.exists() {
            return Names::default();
        }
        let options = Options { captures: self.captures, read_only: true };
        let rules = Store::open(&self.db, options).and_then(|store| store.outlet_rules());
        rules.map_or_else(|_| Names::default(), |rules| Names::of(&rules))
    }

    pub(super) fn lexicons(&self) -> Arc<Lexicons> {
        self.warm.lexicons(|| match &self.lexicons {
            LexiconChoice::None => Lexicons::new(Vec::new()),
            LexiconChoice::Builtin => with_builtin(self.lexicon_dir.as_deref()),
            LexiconChoice::Dir(dir) => with_builtin(Some(dir)),
        })
    }
}

impl Context {
    /// Whether a run uses any lexicon at all.
    pub(super) fn uses_lexicons(&self) -> bool {
        self.lexicons != LexiconChoice::None
    }

    /// The folder of the dictionaries that a run uses, if there is one.
    pub(super) fn lexicon_folder(&self) -> Option<&Path> {
        match &self.lexicons {
            LexiconChoice::None => None,
            LexiconChoice::Builtin => self.lexicon_dir.as_deref(),
            LexiconChoice::Dir(dir) => Some(dir),
        }
    }
}

fn with_builtin(dir: Option<&Path>) -> Lexicons {
    let mut sources: Vec<Box<dyn Source>> = vec![Box::new(News)];
    sources.extend(dir.map(super::lexicon::sources_in).unwrap_or_default());
    Lexicons::new(sources)
}

/// What came of a use case, and what was refused on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done<T> {
    pub value: T,
    pub refused: Vec<Refusal>,
}

/// Why a use case could not be done at all.
#[derive(Debug, thiserror::Error)]
pub enum WorkflowError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Ingest(#[from] IngestError),
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A file that was named and cannot be read.
    #[error("{0}: cannot be read: {1}; check its name and permissions")]
    Unreadable(String, std::io::Error),
    #[error("{0} {1}")]
    NoBundle(String, BundleError),
    #[error("{0} gave no time stamp: {1}")]
    NoStamp(String, StampError),
    /// Every input was refused.
    #[error("nothing could be read from {inputs}: {reason}")]
    NothingRead { inputs: String, reason: String },
    #[error("{0} is neither an article on file nor a file; `copytrail list` shows what is on file")]
    NotFound(String),
    #[error("no article of {0} is on file; `copytrail coverage` shows whose are")]
    NoOutlet(String),
    #[error(
        "no trace of {0} is kept that holds; `copytrail audit` or `copytrail trace --all` makes them"
    )]
    Untraced(String),
    #[error("no pack {0} is on file; `copytrail packs` lists those that are")]
    NoPack(String),
    #[error(transparent)]
    Pack(PackError),
    #[error(
        "the indexes are of another version than this program's; `copytrail rebuild` first, then make the pack"
    )]
    StaleForPack,
    #[error("no licence: {0}")]
    BadLicence(String),
    #[error("--published {0}: not a date; give it as 2025-05-16 or 2025-05-16T07:20:00+02:00")]
    BadDate(String),
    #[error("no folder for temporary files: {0}; set TMPDIR to one that can be written")]
    Folder(std::io::Error),
    #[error("{0}: {1}; dictionaries cannot be kept there, COPYTRAIL_DATA names another folder")]
    LexiconFolder(String, std::io::Error),
    #[error("--ignore-robots is for a single address, and {0} are given; fetch them one by one")]
    ManyWithoutRobots(usize),
    #[error("{0}: {1}; --outlets takes a table or list with a domain in its first column")]
    OutletsFile(String, std::io::Error),
    #[error("{0} is neither a domain nor a domain and path, such as paper.example/regional")]
    NoPlace(String),
    #[error("{0} holds no article: {1}")]
    NoArticle(String, String),
    #[error(
        "stopped by the user; what was done so far is kept, the same command goes on from there"
    )]
    Interrupted,
}

impl WorkflowError {
    /// Of a pack; where the store is at fault, of that.
    pub(super) fn of_pack(error: PackError) -> Self {
        match error {
            PackError::Store(error) => Self::Store(error),
            other => Self::Pack(other),
        }
    }
}
